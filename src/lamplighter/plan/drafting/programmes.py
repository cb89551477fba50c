"""Names of programmes, operations, funds and units in a text, so that one name is one thing in the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lamplighter.definitions import rows
from lamplighter.plan.drafting.words import any_of, listed_words

_CAPITAL = r"[A-Z][\w’'&-]*"
_JOINED = rf"{_CAPITAL}(?:[ \t]+(?:of|for|and|at|the|to|against|in)[ \t]+{_CAPITAL}|[ \t]+{_CAPITAL})*"
_KINDS = (
    r"Programme|Programmes|Project|Fund|Scheme|Initiative|Campaign|Teams?|Units?|"
    r"Taskforce|Strategy|Framework|Charter|Partnership|Centre|Hub|Pledge"
)


@dataclass(frozen=True, kw_only=True)
class FoundProgramme:
    """A name and where it stands first."""

    start: int
    end: int
    name: str
    sure: str
    why: str


@cache
def _forms() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    known = any_of(listed_words("programmes", "name"))
    names = {"{known}": known, "{capital}": _CAPITAL, "{joined}": _JOINED, "{kinds}": _KINDS}
    told = []
    for row in rows("drafting/programme_forms.csv"):
        pattern = row["pattern"]
        for name, stands_for in names.items():
            pattern = pattern.replace(name, stands_for)
        told.append((row["sure"], row["why"], re.compile(pattern)))
    return tuple(told)


def programmes_in(text: str) -> tuple[FoundProgramme, ...]:
    """The programmes that a text names, each where it is named first."""
    spans: list[tuple[int, int]] = []
    found: dict[str, FoundProgramme] = {}
    for sure, why, pattern in _forms():
        for each in pattern.finditer(text):
            start, end = each.span("name")
            name = re.sub(r"^(?:The|Our|These|This|A|An|And|We)\s+", "", " ".join(each["name"].split())).strip("’'")
            if " " not in name and why.startswith("capitals"):
                continue
            if any(start < b and a < end for a, b in spans):
                continue
            spans.append((start, end))
            if name.casefold() not in found or found[name.casefold()].start > start:
                found[name.casefold()] = FoundProgramme(start=start, end=end, name=name, sure=sure, why=why)
    return tuple(sorted(found.values(), key=lambda each: each.start))
