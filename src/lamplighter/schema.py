"""The words that every layer shares: months, days and numbers as they are said, areas, what is unknown, how far a step is."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache

from lamplighter.errors import InputError

NOT_APPLICABLE = "n/a"
NOT_KNOWN = "not known"
NOT_STATED = "denominator not stated"
MADE_UP = "Made-up data: no person, force or crime in it is real."
WORKSPACE_SCHEMA_VERSION = 1
PARTED_WORKSPACE_SCHEMA_VERSION = 2  # the head of a workspace that keeps a table by force and month
PLAN_SCHEMA_VERSION = 2
PLAN_JSON_SCHEMA_VERSION = 2

OnProgress = Callable[[str, int, int], None]  # told what a long step does, how much of it is done, and of how much

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Control characters steer a terminal, marks of direction show other words than stand there, half a character ends in no file.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text without what a reader can't see: control characters but tab and new line, marks of direction, blanks of no width.

    Texts of a source are kept as given; whatever shows one to a person shows this.
    """
    return _UNSEEN.sub("", text)


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


def day_words(day: date) -> str:
    """4 April 2022."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


@cache
def period_words(text: str) -> str:
    """`2021-11` → `November 2021`, `2021-11-04` → `4 November 2021`; anything else stays as it is."""
    try:
        if _MONTH.fullmatch(text):
            return month_words(month_number(text))
        return day_words(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
    except (InputError, ValueError):
        return text


def measured_by(unit: str) -> str:
    """The word before a denominator: a share is `of` its whole, a change is `against` what was there before."""
    return "against" if unit.startswith("% change") else "of"


def number_words(value: float | None) -> str:
    """6800 → 6,800; 12.8 → 12.8; −19.4 with a minus sign; None → not known. In full: who rounds, rounds before."""
    if value is None:
        return NOT_KNOWN
    text = f"{int(value):,}" if float(value).is_integer() else f"{value:,}"
    return text.replace("-", "−")


def brief_words(value: float | None) -> str:
    """A number for the eye: at most one decimal, two below 1: 22.549 → 22.5, 0.254 → 0.25, 6800 → 6,800, None → not known."""
    if value is None or float(value).is_integer():
        return number_words(value)
    return (f"{value:.2f}" if abs(value) < 1 else f"{value:,.1f}").replace("-", "−")


def quantity_words(
    value: float | None, unit: str | None, *, base: float | None = None, qualifier: str | None = None
) -> str:
    """`6,800 officers`, `more than 2,100 arrests`, `108 of 199 people`, `50% of arrests`, `not known arrests`."""
    if value is None:
        return f"{NOT_KNOWN} {unit or ''}".strip()
    of = "" if base is None else f" of {number_words(base)}"
    return in_unit(number_words(value) + of, unit, qualifier=qualifier)


def in_unit(written: str, unit: str | None, *, qualifier: str | None = None) -> str:
    """A number that is written already, with its unit (£1,200; 5%; 3 vans) and how firmly the source puts it."""
    unit = (unit or "").strip()
    if unit[:1] in ("£", "$", "€"):
        minus = "−" if written.startswith("−") else ""
        joined = f"{minus}{unit[0]}{written.removeprefix(minus)}{unit[1:]}"
    else:
        joined = f"{written}{unit}" if unit.startswith("%") else f"{written} {unit}".strip()
    return joined if qualifier in (None, "", "exactly") else f"{qualifier} {joined}"


def days_in_month(number: int) -> int:
    """How many days the month has: the exposure of a monthly count."""
    return calendar.monthrange(number // 12, number % 12 + 1)[1]


def area_key(borough: str, ward: str | None = None) -> str:
    """`Lambeth` or `Lambeth / Brixton Acre Lane`: ward names repeat between boroughs, so a ward is never named alone."""
    return borough if ward is None else f"{borough} / {ward}"


def slug_of(name: str) -> str:
    """`Public fear, alarm, distress` → `public-fear-alarm-distress`, `Ynys Môn` → `ynys-mon`: for addresses, ids and folders.

    Empty where no letter or digit of English is left.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]+", "-", "".join(each for each in plain if not unicodedata.combining(each))).strip("-")


def distinct_slugs(names: Iterable[str], *, taken: Collection[str] = (), lacking: str, most: int = 60) -> list[str]:
    """A slug for each name, no two alike and none of those taken: the second of the same has `-2` behind it, and so on.

    lacking: for a name that leaves nothing. most: letters, but for the number.
    """
    used, found = set(taken), []
    for name in names:
        plain = slug_of(name)[:most].rstrip("-") or lacking
        slug, number = plain, 2
        while slug in used:
            slug, number = f"{plain}-{number}", number + 1
        used.add(slug)
        found.append(slug)
    return found


def tell_nobody(what: str, done: int, of: int) -> None:
    """The `OnProgress` of who does not want to be told."""
