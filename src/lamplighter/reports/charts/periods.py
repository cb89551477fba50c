"""Where a period stands on a time axis, in months: without a date type, so that no time zone can move it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import lru_cache

_MONTH = re.compile(r"(\d{4})-(\d{2})(?!\d)")
_NAMED = re.compile(
    r"(?:(year|12 months|twelve months)\s+(?:ending|to)\s+)?(" + "|".join(calendar.month_name[1:]) + r")\s+(\d{4})"
)
_SPLIT = re.compile(r"(\d{4})/(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_MONTHS = {name: at for at, name in enumerate(calendar.month_name) if name}


@lru_cache(maxsize=4096)
def place_of(period: str) -> float | None:
    """`2014-01` → 24168 (year * 12 + month − 1); a year stands at its middle; None if the words name no year.

    A year that ends with a month stands at its middle too, half a year before its end. Where several months are named the
    last counts.
    """
    if found := _MONTH.findall(period):
        year, month = found[-1]
        return int(year) * 12 + int(month) - 1 if 1 <= int(month) <= 12 else None
    if named := _NAMED.findall(period):
        whole_year, name, year = named[-1]
        end = int(year) * 12 + _MONTHS[name] - 1
        return end - 5.5 if whole_year else float(end)
    if split := _SPLIT.findall(period):
        return int(split[-1][0]) * 12 + 8.5
    if years := _YEAR.findall(period):
        return int(years[-1]) * 12 + 5.5
    return None


def short_words(period: str) -> str:
    """`2014-01` → `Jan 2014`; anything else as it is."""
    found = _MONTH.fullmatch(period)
    if not found or not 1 <= int(found[2]) <= 12:
        return period
    return f"{calendar.month_abbr[int(found[2])]} {found[1]}"


def ticks(first: float, last: float, *, most: int, yearly: bool = False) -> list[tuple[float, str]]:
    """Where the axis is labelled and with what: Januaries with their year, or single months when the span is under two years.

    `yearly`: the points are whole years, so that a year is labelled where its point stands, at its middle.
    """
    if last - first < 24 and not yearly:
        step = max(1, -(-int(last - first + 1) // most))
        months = range(int(first), int(last) + 1, step)
        return [(each, f"{calendar.month_abbr[each % 12 + 1]} {each // 12}") for each in months]
    offset = 5.5 if yearly else 0.0
    years = range(-(-int(first - offset) // 12), int(last - offset) // 12 + 1)
    step = max(1, -(-len(years) // most))
    return [(each * 12 + offset, str(each)) for each in years if (each - years[0]) % step == 0]


def is_yearly(places: Iterable[float]) -> bool:
    """Does every point stand at the middle of a calendar year?"""
    return all(each % 12 == 5.5 for each in places)
