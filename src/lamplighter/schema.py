"""The words that every layer shares: months as numbers, areas as keys, unknown as None, `n/a` as itself."""

from __future__ import annotations

import calendar
import re

from lamplighter.errors import InputError

NOT_APPLICABLE = "n/a"
WORKSPACE_SCHEMA_VERSION = 1
PLAN_SCHEMA_VERSION = 1
PLAN_JSON_SCHEMA_VERSION = 1

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_number(text: str) -> int:
    """`2014-01` → 24168: year * 12 + month − 1, so that months subtract and sort as integers. Raises InputError."""
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise InputError(f"{text!r} is not a month. Write it as 2021-11.")
    return int(found[1]) * 12 + int(found[2]) - 1


def month_text(number: int) -> str:
    """24168 → `2014-01`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_words(number: int) -> str:
    """24168 → `January 2014`."""
    return f"{calendar.month_name[number % 12 + 1]} {number // 12}"


def days_in_month(number: int) -> int:
    """How many days the month has: the exposure of a monthly count."""
    return calendar.monthrange(number // 12, number % 12 + 1)[1]


def area_key(borough: str, ward: str | None = None) -> str:
    """`Lambeth` or `Lambeth / Brixton Acre Lane`: ward names repeat between boroughs, so a ward is never named alone."""
    return borough if ward is None else f"{borough} / {ward}"
