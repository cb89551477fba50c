"""What kind of place is it: institution, facility, street or homes? From the texts, premises and settings of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from lamplighter import definitions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR_INSTITUTION_M = 500.0
DECIDING_SHARE = 0.5
STREET, HOME = "street", "home"
MAY_BE_HOMES = "unknown, may be homes"
PUBLIC = "public"
_BEFORE = "on or near "


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind as definitions name it. setting: public, home, online or unknown. status: of the definition."""

    name: str
    institution: bool
    risky_facility: bool
    setting: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the rows of one map point or place say: each text, premises and setting with its rows (None is not stated)."""

    texts: Mapping[str | None, int] = field(default_factory=dict)
    premises: Mapping[str | None, int] = field(default_factory=dict)
    settings: Mapping[str | None, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All rows, by whichever of the three says most."""
        return max((sum(each.values()) for each in (self.texts, self.premises, self.settings)), default=0)


@dataclass(frozen=True, kw_only=True)
class PlaceKind:
    """kind: in words. patrol: may a patrol be drawn here? because: why, for the page. rows_of_kind: the rows that say so."""

    kind: str
    institution: bool
    risky_facility: bool
    patrol: bool
    because: str
    rows: int
    rows_of_kind: int


@dataclass(frozen=True, kw_only=True)
class RiskyFacility:
    """A kind of facility: how many map points have it, their rows, and the fewest points that hold half of those."""

    kind: str
    points: int
    rows: int
    points_with_half: int


def kind_of_text(text: str | None) -> Kind | None:
    """`On or near Prison` → prison; None for a street, `On or near Hospital Lane` among them, and for no text.

    Only the exact words count: the publisher writes a facility as its bare kind, and any name besides is a street's.
    """
    if text is None:
        return None
    plain = " ".join(text.split()).casefold()
    return _kinds_of_texts().get(plain.removeprefix(_BEFORE))


def kind_of_premises(premises: str | None) -> Kind | None:
    """A word for premises, of any vocabulary that is shipped → its kind; None where none knows it."""
    return None if premises is None else _kinds_of_premises().get(" ".join(premises.split()).casefold())


def kind_of(told: Told, *, says_counts: bool = True) -> PlaceKind:
    """What kind of place do these rows speak of, and may a patrol be drawn there?

    The rules, the first that holds: half of the rows or more lie at one kind of institution: that institution, no patrol; at
    any institutions together: the largest of them, no patrol; at one kind of facility: that facility, and a patrol where it is
    public; half of the rows are at home: homes, no patrol; half are public: a street; otherwise a plain street's name is all
    that is known: it may be homes, and no patrol is drawn.
    says_counts: may the reason say of how many rows? Of an extract it may not: rows less those of the place are those at home.
    A row's own premises count before its text; texts of street data are those of the nearest map point, not of the crime.
    Misleads where a facility's point stands for the streets round it: a supermarket's is also that of the flats next door.
    """
    rows = told.rows

    def part(count: int) -> str:
        many = f"{count:,} of the {rows:,}" if says_counts else "half or more of the"
        return f"{many} rows at its map points"

    by_kind = _rows_by_kind(told)
    needed = rows * DECIDING_SHARE
    held = sum(count for kind, count in by_kind.items() if kind.institution)
    if rows and held >= needed:
        kind = _largest({kind: count for kind, count in by_kind.items() if kind.institution})
        words = f"{part(held)} lie at an institution: no street crime"
        return _place(kind.name, told, kind=kind, patrol=False, because=words, of_kind=held)
    facilities = {kind: count for kind, count in by_kind.items() if kind.risky_facility}
    if facilities and facilities[_largest(facilities)] >= needed:
        kind = _largest(facilities)
        words = f"{part(facilities[kind])} are named by it"
        return _place(
            kind.name, told, kind=kind, patrol=kind.setting == PUBLIC, because=words, of_kind=facilities[kind]
        )
    at_home, public = told.settings.get(HOME, 0), told.settings.get(PUBLIC, 0)
    if rows and at_home >= needed:
        words = f"{part(at_home)} happened at home"
        return _place(HOME, told, patrol=False, because=words, of_kind=at_home)
    if rows and public >= needed:
        words = f"{part(public)} are in public by the source"
        return _place(STREET, told, patrol=True, because=words, of_kind=public)
    words = "A street's name is all that is known; the source does not say that it was in public"
    return _place(MAY_BE_HOMES, told, patrol=False, because=words, of_kind=0)


def near_institutions(
    xy_m: NDArray[np.float64], institutions_xy_m: NDArray[np.float64], *, within_m: float = NEAR_INSTITUTION_M
) -> NDArray[np.int64]:
    """For each map point, which institution lies within that distance (the nearest, the first of two as near); −1 for none.

    xy_m, institutions_xy_m: metres, shapes (n, 2) and (k, 2). An institution's own point is near itself. A flag is a
    question, not an answer: the point may be the same site under another name, or a street that has nothing to do with it.
    """
    import numpy as np

    if not len(institutions_xy_m) or not len(xy_m):
        return np.full(len(xy_m), -1, np.int64)
    away = np.hypot(*(xy_m[:, None, axis] - institutions_xy_m[None, :, axis] for axis in (0, 1)))
    nearest = away.argmin(axis=1)
    return np.where(away[np.arange(len(xy_m)), nearest] <= within_m, nearest, -1).astype(np.int64)


def risky_facilities(points: Sequence[Told]) -> tuple[RiskyFacility, ...]:
    """Which kinds of facility hold most rows, and in how few of them does half of it happen? Most rows first."""
    at: dict[str, list[int]] = {}
    for told in points:
        for kind, count in _rows_by_kind(told).items():
            if kind.risky_facility and count:
                at.setdefault(kind.name, []).append(count)
    found = []
    for name, counts in at.items():
        counts.sort(reverse=True)
        held, few = 0, 0
        while held * 2 < sum(counts):
            held += counts[few]
            few += 1
        found.append(RiskyFacility(kind=name, points=len(counts), rows=sum(counts), points_with_half=few))
    return tuple(sorted(found, key=lambda each: (-each.rows, each.kind)))


def _rows_by_kind(told: Told) -> dict[Kind, int]:
    by_premises: Counter[Kind] = Counter()
    for word, count in told.premises.items():
        kind = kind_of_premises(word)
        if kind:
            by_premises[kind] += count
    if by_premises:
        return dict(by_premises)
    by_text: Counter[Kind] = Counter()
    for text, count in told.texts.items():
        kind = kind_of_text(text)
        if kind:
            by_text[kind] += count
    return dict(by_text)


def _largest(by_kind: Mapping[Kind, int]) -> Kind:
    return min(by_kind, key=lambda kind: (-by_kind[kind], kind.name))


def _place(name: str, told: Told, *, patrol: bool, because: str, of_kind: int, kind: Kind | None = None) -> PlaceKind:
    return PlaceKind(
        kind=name,
        institution=kind is not None and kind.institution,
        risky_facility=kind is not None and kind.risky_facility,
        patrol=patrol,
        because=because,
        rows=told.rows,
        rows_of_kind=of_kind,
    )


@cache
def _kinds_of_texts() -> dict[str, Kind]:
    return {row["text"].casefold(): _kind(row) for row in definitions.kinds_of_place()}


@cache
def _kinds_of_premises() -> dict[str, Kind]:
    return {
        " ".join(row["premises"].split()).casefold(): _kind(row)
        for vocabulary in definitions.premises_vocabularies()
        for row in definitions.premises_kinds(vocabulary)
    }


def _kind(row: Mapping[str, str]) -> Kind:
    return Kind(
        name=row["kind"],
        institution=row["institution"] == "yes",
        risky_facility=row["risky_facility"] == "yes",
        setting=row["setting"],
        status=row["status"],
    )
