"""What a place is called: by its streets, so that a sergeant knows where it is; never by a house number or a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lamplighter.errors import listed
from lamplighter.schema import visible
from lamplighter.studies.kinds import kind_of_text

MOST_STREETS = 3
MOST_LETTERS = 80  # of one street: the longest that the publisher writes has 50
LEAST_SHARE = 0.15  # of a place's rows: a street with less does not name it beside one with more
_BEFORE = re.compile(r"^on or near\s*", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(\d+x*[a-z]?([-–/]\d+[a-z]?)?|x{2,}|block of)\s+", re.IGNORECASE
)  # 700, 12A, 3-5, XX: a house, not a street
_NOWHERE = frozenset({"", "no location"})
_CAPITAL_S = re.compile(r"(?<=[a-z]['’])S\b")  # the publisher writes St Catherine'S Avenue


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What the rows of one place say of where it is: each text, district, small area and premises with its rows."""

    texts: Mapping[str, int] = field(default_factory=dict)
    districts: Mapping[str, int] = field(default_factory=dict)
    small_areas: Mapping[str, int] = field(default_factory=dict)
    premises: Mapping[str, int] = field(default_factory=dict)
    easting_m: float
    northing_m: float

    @property
    def district(self) -> str | None:
        """The district of most rows."""
        return _most(self.districts)


def street_of(text: str, *, numbered: bool) -> str:
    """`On or near Silver Street` → `Silver Street`; with `numbered` also `700 S BROADWAY` → `S BROADWAY`. Empty for nowhere."""
    plain = _BEFORE.sub("", " ".join(visible(text).split())).strip()
    while numbered and (found := _NUMBER.match(plain)):
        plain = plain[found.end() :].strip()
    plain = _CAPITAL_S.sub("s", plain)
    if len(plain) > MOST_LETTERS:
        plain = plain[: MOST_LETTERS - 1].rstrip() + "…"
    return "" if plain.casefold() in _NOWHERE or plain.isdigit() else plain


def names_of(grounds: Sequence[Ground], *, numbered: bool) -> list[str]:
    """A name for each place, no two alike: its streets by rows, three at most; with the district, then the small area or the
    grid reference where two places would share a name.

    numbered: the texts may begin with house or block numbers, which are left out (an extract; street data has none).
    """
    plain = [_plain(each, numbered=numbered) for each in grounds]
    for more in (lambda each: each.district, lambda each: _most(each.small_areas), _grid):
        twice = {name for name, times in Counter(plain).items() if times > 1}
        if not twice:
            break
        plain = [
            f"{name} ({words})" if name in twice and (words := more(each)) and words not in name else name
            for name, each in zip(plain, grounds, strict=True)
        ]
    return plain


def main_street(ground: Ground, *, numbered: bool) -> str:
    """The text of most of its rows, a street's or a facility's, without `On or near`; empty where no row has one."""
    texts: Counter[str] = Counter()
    for text, rows in ground.texts.items():
        if name := street_of(text, numbered=numbered):
            texts[name] += rows
    return _most(texts) or ""


def _plain(ground: Ground, *, numbered: bool) -> str:
    streets: Counter[str] = Counter()
    facilities: Counter[str] = Counter()
    for text, rows in ground.texts.items():
        if name := street_of(text, numbered=numbered):
            (facilities if kind_of_text(text) else streets)[name] += rows
    if streets:
        by_rows = sorted(streets.items(), key=lambda each: (-each[1], each[0]))
        total = sum(streets.values())
        named: list[str] = []
        for name, rows in by_rows:
            if named and (len(named) == MOST_STREETS or rows < LEAST_SHARE * total):
                break
            if not (numbered and any(_one_street(name, each) for each in named)):
                named.append(name)
        return listed(named)
    what = _most(facilities) or (_most(ground.premises) or "").capitalize() or "Place"
    where = _most(ground.small_areas) or ground.district
    if where and where.isdigit():
        where = f"district {where}"
    return f"{what} in {where}" if where else f"{what} at {_grid(ground)}"


def _one_street(name: str, other: str) -> bool:
    """An extract may write one street as `W 7TH ST`, `7TH ST` and `7TH`: the words of one are all in the other."""
    words, others = set(name.casefold().split()), set(other.casefold().split())
    return words <= others or others <= words


def _grid(ground: Ground) -> str:
    return f"E {ground.easting_m:,.0f} N {ground.northing_m:,.0f}"


def _most(counts: Mapping[str, int]) -> str | None:
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None
