"""Today, last month, in the spring: the days that such words mean, where the text says at its top on which day it was written."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from lamplighter.plan.drafting.dates import FoundDate, season_of

_TOP_AT_MOST = 1_500
_BESIDE_AT_MOST_WORDS = 4
_DATELINE = re.compile(
    r"\b(?:published|date|dated|posted|issued|released?|delivered|updated|held\s+on|(?:as|progress)\s+(?:at|of|to))\b",
    re.I,
)
_NO_DATELINE = re.compile(r"\b(?:by|until|till|before|after|from|since|due|deadline|review|ends?|begins?)\b", re.I)
_WEEKDAYS = {name.casefold(): at for at, name in enumerate(calendar.day_name)}
_TO_COME = re.compile(r"\b(?:will|shall|to\s+be|from|until|by|due|set)\b|[’']ll\b", re.I)


def day_of(text: str, dates: tuple[FoundDate, ...]) -> date | None:
    """The day that a text gives for itself: a full date at its top in a line of its own, or after "Published" and the like."""
    for each in dates:
        if each.start > _TOP_AT_MOST:
            return None
        if each.begins is None or each.begins != each.ends or each.form != "a day":
            continue
        begins, ends = text.rfind("\n", 0, each.start) + 1, text.find("\n", each.end)
        before, after = text[begins : each.start], text[each.end : ends if ends >= 0 else len(text)]
        if _NO_DATELINE.search(before):
            continue
        beside = re.findall(r"[^\W\d_]\w*", f"{before} {after}")
        opens = (
            re.match(r"[\s,()–—:-]*[–—:]\s|\s*-\s", after) and len(re.findall(r"\w+", before)) <= _BESIDE_AT_MOST_WORDS
        )
        if len(beside) <= _BESIDE_AT_MOST_WORDS or _DATELINE.search(before) or opens:
            return each.begins
    return None


def anchored(dates: tuple[FoundDate, ...], text: str) -> tuple[FoundDate, ...]:
    """The same dates; those that count from the text's own day have their days, and `counted_from` says from which."""
    day = day_of(text, dates)
    if day is None:
        return dates
    told = []
    for each in dates:
        span = None
        if each.begins is None and not each.partly:
            sentence = text[max(0, each.start - 120) : each.end + 120]
            span = _days_of(each, day, to_come=_TO_COME.search(sentence) is not None)
        told.append(replace(each, begins=span[0], ends=span[1], counted_from=day) if span else each)
    return tuple(told)


def _days_of(found: FoundDate, day: date, *, to_come: bool) -> tuple[date, date] | None:
    words = found.words.casefold()
    if found.form == "today":
        return _moved(day, {"yesterday": -1, "tomorrow": 1}.get(words, 0))
    if found.form == "a day of the week":
        return _weekday(words, day, to_come=to_come)
    if found.form == "a season":
        return _season(words, day)
    if found.form != "a stretch" or re.search(r"\b(?:end|start|middle|same|financial|fiscal|academic|school)\b", words):
        return None
    step = (
        -1 if re.search(r"\b(?:last|past|previous)\b", words) else 1 if re.search(r"\b(?:next|coming)\b", words) else 0
    )
    if words.endswith("week"):
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    if words.endswith("month"):
        year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
        return date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1])
    if words.endswith("year"):
        return date(day.year + step, 1, 1), date(day.year + step, 12, 31)
    return None


def _moved(day: date, days: int) -> tuple[date, date]:
    return day + timedelta(days=days), day + timedelta(days=days)


def _weekday(words: str, day: date, *, to_come: bool) -> tuple[date, date]:
    """The weekday nearest to the text's own day, on the side of which its sentence speaks."""
    ahead = (_WEEKDAYS[words.split()[-1]] - day.weekday()) % 7
    if words.startswith("last") or not (to_come or words.startswith(("next", "this"))):
        return _moved(day, ahead - 7 if ahead or words.startswith("last") else 0)
    return _moved(day, ahead or (7 if words.startswith("next") else 0))


def _season(words: str, day: date) -> tuple[date, date] | None:
    name = next((each for each in ("spring", "summer", "autumn", "fall", "winter") if each in words), None)
    if name is None or re.search(r"\b(?:early|late|end|over|of|since|from)\b", words):
        return None
    seasons = [season_of(year, name) for year in (day.year - 1, day.year, day.year + 1)]
    if words.startswith("last"):
        return [each for each in seasons if each[1] < day][-1]
    return next(each for each in seasons if each[1] >= day)
