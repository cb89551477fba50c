"""Days, months, years and periods that a text names. What the words leave open stays unknown: a person reads it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from lamplighter.definitions import rows

_MONTHS = {name.casefold(): at for at, name in enumerate(calendar.month_name) if name}
_SHORT = {name.casefold(): at for at, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = (
    "(?:" + "|".join([*(name.capitalize() for name in _MONTHS), *(f"{name.capitalize()}\\b" for name in _SHORT)]) + ")"
)
_WEEKDAY = "(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\\s+(?:the\\s+)?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d{2}"
_SEASON = "(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_SPAN = r"(?:hours?|days?|weeks?|fortnight|months?|quarters?|years?|decades?)"
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|couple\s+of|few|several)"
_BEFORE_YEAR = (
    r"(?i:in|by|of|on|than|with|versus|since|from|until|till|to|or|between|throughout|"
    r"during|before|after|for|early|mid|late|end\s+of|and|through)"
)

# What stands for each name in braces of drafting/date_forms.csv. There the fullest forms stand first: the first that matches at
# a place is taken. Its groups are read: d, m (or mn, a number), y, e (a last year), ym (the month that a year ends with), iso.
_NAMES = {
    "{month}": _MONTH,
    "{weekday}": _WEEKDAY,
    "{day}": _DAY,
    "{year}": _YEAR,
    "{season}": _SEASON,
    "{span}": _SPAN,
    "{count}": _COUNT,
    "{before_year}": _BEFORE_YEAR,
}
_NAMED = re.compile(
    r"\b(?:Act|Bill|Code|Regulations|Order|Rules|Plan|Strategy|Framework|Programme|Program|Manifesto|Review|Survey|Census|Priority)"
    r"(?:(?:\s+(?:[A-Z][\w’&]*|to|on|for|of|and|against|the|in|[&–-]))*\s+[A-Z][\w’]*)?\s*,?\s*\(?(?:(?:19|20)\d{2}\s*[–-]\s*)?$"
)
_YEAR_FORMS = ("a year", "years", "a financial year")
_FORWARD = re.compile(r"\b(?:by|until|till|within|next|coming|tomorrow|later\s+this|following|due)\b", re.I)
_BACKWARD = re.compile(r"\b(?:last|past|previous|recent|since|ago|yesterday|earlier|ending|ended|today|first)\b", re.I)


@dataclass(frozen=True, kw_only=True)
class FoundDate:
    """Words that name a time. `begins` and `ends` are None where the words alone don't say; `looks` is forward or back.

    `counted_from` is the day that the text gives for itself, where the words ("last month") count from it.
    """

    start: int
    end: int
    words: str
    form: str
    begins: date | None
    ends: date | None
    partly: str = ""
    looks: str = ""
    counted_from: date | None = None

    @property
    def value(self) -> str:
        """`2021-11-04`, `2021-11-01/2021-11-30`, `--11-03` for a day without its year, empty where a person must read it."""
        if self.begins is None or self.ends is None:
            return self.partly
        return (
            self.begins.isoformat()
            if self.begins == self.ends
            else f"{self.begins.isoformat()}/{self.ends.isoformat()}"
        )


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    told = []
    for row in rows("drafting/date_forms.csv"):
        pattern = row["pattern"]
        for name, stands_for in _NAMES.items():
            pattern = pattern.replace(name, stands_for)
        told.append((row["form"], re.compile(pattern)))
    return tuple(told)


def dates_in(text: str) -> tuple[FoundDate, ...]:
    """The dates and periods in a text, in order, none overlapping another."""
    taken: list[FoundDate] = []
    covered = bytearray(len(text))  # letters of a date already: overlaps are looked up, not searched for
    for form, pattern in _forms():
        for found in pattern.finditer(text):
            start, end = found.span()
            if text[start] == "(":
                start += 1
            if covered.find(1, start, end) >= 0:
                continue
            named = _NAMED.search(text[max(0, start - 90) : found.start()].rstrip())
            if form in _YEAR_FORMS and named and re.match(r"of\b|\d|\(", found.group()):
                continue
            told = _read(form, found, text[start:end])
            if told is not None:
                taken.append(told)
                covered[told.start : told.end] = b"\1" * (told.end - told.start)
    return tuple(sorted(taken, key=lambda each: each.start))


def _read(form: str, found: re.Match[str], raw: str) -> FoundDate | None:
    """The days that the words say; None if two numbers with a dash turn out to be no stretch of years."""
    groups = found.groupdict()
    begins: date | None = None
    ends: date | None = None
    partly = ""
    try:
        if groups.get("iso"):
            begins = ends = date.fromisoformat(groups["iso"])
        elif form == "a day":
            month = int(groups["mn"]) if groups.get("mn") else _month(groups["m"])
            day = int(re.sub(r"\D", "", groups["d"]))
            if groups.get("y"):
                begins = ends = date(int(groups["y"]), month, day)
            else:
                date(2024, month, day)  # a leap year: is there such a day at all?
                partly = f"--{month:02d}-{day:02d}"
        elif form == "a month" and groups.get("y"):
            begins, ends = _month_of(int(groups["y"]), _month(groups["m"]))
        elif form == "a year that ends":
            year, month = int(groups["y"]), _month(groups["ym"])
            ends = _month_of(year, month)[1]
            begins = date(year - 1, month + 1, 1) if month < 12 else date(year, 1, 1)
        elif form == "a year":
            begins, ends = date(int(groups["y"]), 1, 1), date(int(groups["y"]), 12, 31)
        elif form == "the end of a year":
            begins = ends = date(int(groups["y"]), 12, 31)
        elif form == "the end of a month":
            begins = ends = _month_of(int(groups["y"]), _month(groups["m"]))[1]
        elif form == "a season" and groups.get("y") and not groups.get("part"):
            begins, ends = season_of(int(groups["y"]), groups["s"])
        elif form == "a fiscal year of the United States":
            year = int(groups["fy"]) if len(groups["fy"]) == 4 else 2000 + int(groups["fy"])
            begins, ends = date(year - 1, 10, 1), date(year, 9, 30)
        elif form in ("years", "a financial year"):
            first, last = int(groups.get("y2") or groups["y"]), int(groups.get("e2") or groups["e"])
            last = last if last > 99 else first // 100 * 100 + last
            if first < 100:
                first, last = 2000 + first, 2000 + last
            if last <= first:
                return None
            short = len(groups.get("e2") or groups["e"]) == 2
            one_financial_year = short and last == first + 1  # 2017-18 is one, 2017-2018 are two years
            if form == "years" and not one_financial_year:
                begins, ends = date(first, 1, 1), date(last, 12, 31)
            elif last == first + 1:
                begins, ends = date(first, 4, 1), date(last, 3, 31)
    except (ValueError, KeyError):
        begins = ends = None  # such as 30 February: words that name a day which no calendar has are left to a person
    start = found.end() - len(raw) if found.group().startswith("(") else found.start()
    looks = "forward" if _FORWARD.search(raw) else "back" if _BACKWARD.search(raw) else ""
    return FoundDate(
        start=start,
        end=found.end(),
        words=" ".join(raw.split()),
        form=form,
        begins=begins,
        ends=ends,
        partly=partly,
        looks=looks,
    )


def season_of(year: int, name: str) -> tuple[date, date]:
    """The three months of a season as weather services count them; winter begins in December and ends in the next year."""
    if name.casefold() == "winter":
        return date(year, 12, 1), _month_of(year + 1, 2)[1]
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}[name.casefold()]
    return date(year, first, 1), _month_of(year, first + 2)[1]


def _month(name: str) -> int:
    folded = name.casefold()
    return _MONTHS[folded] if folded in _MONTHS else _SHORT[folded]


def _month_of(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
