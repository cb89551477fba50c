"""What a named person says a place is, against what its rows suggest: which place is meant, and what fits none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lamplighter import definitions


@dataclass(frozen=True, kw_only=True)
class Overruling:
    """What a named person says a place is, against what the rows suggest. Both are kept and shown."""

    kind: str
    patrol: bool
    because: str
    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Decided:
    """of_places: one a place, in the order given. unused: what was decided on and fits no place, or several, and why."""

    of_places: tuple[Overruling | None, ...]
    unused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class PlaceNamed:
    """By what a person may mean a place. street: the text of most of its rows, without `On or near`."""

    id: str
    name: str
    street: str


def decisions_on(overruled: Mapping[str, Overruling], places: Sequence[PlaceNamed]) -> Decided:
    """Which place does each decision mean?

    A decision names a place by its id, by its whole name, or by the exact text of most of its rows, capitals aside; of several
    on one place the id counts before the name, the name before the text. One that fits several places decides nothing: a town
    has more than one Station Road, and only the person knows which is meant.
    """
    of_places: list[Overruling | None] = [None] * len(places)
    unused: list[tuple[str, str]] = []
    named = [(*_fitting(key, places), key) for key in sorted(overruled)]
    for _, fitting, key in sorted(named, key=lambda each: -each[0]):  # ids first, then names, then texts
        if len(fitting) != 1:
            unused.append((key, _why_not(len(fitting), len(places))))
        elif of_places[fitting[0]] is not None:
            unused.append((key, f"{places[fitting[0]].name} is decided on under another name as well"))
        else:
            of_places[fitting[0]] = overruled[key]
    return Decided(of_places=tuple(of_places), unused=tuple(sorted(unused)))


def is_institution(kind: str) -> bool:
    """Is it a kind that is listed apart and ranked nowhere?"""
    every = (*definitions.kinds_of_place(), *definitions.rows("premises_kinds.csv"))
    return any(row["kind"] == kind and row["institution"] == "yes" for row in every)


def _fitting(key: str, places: Sequence[PlaceNamed]) -> tuple[int, list[int]]:
    folded = _folded(key)
    ways = [
        (3, [at for at, each in enumerate(places) if each.id == key]),
        (2, [at for at, each in enumerate(places) if _folded(each.name) == folded]),
        (1, [at for at, each in enumerate(places) if folded and _folded(each.street) == folded]),
    ]
    return next(((by, found) for by, found in ways if found), (0, []))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().removeprefix("on or near ")


def _why_not(fitting: int, places: int) -> str:
    if fitting:
        return f"it fits {fitting} places; write the id or the whole name of one"
    return f"it fits none of the {places} places that were chosen; write the id or the whole name of one"
