"""Is it the same place as last time? Ids that outlive a run, and what was born, merged, split or is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from lamplighter.errors import InputError

Point = tuple[int, int]  # easting and northing in whole metres: what two runs can agree on

K = TypeVar("K", str, int)

HALF = 0.5
QUARTER = 0.25

KEPT, MERGED, SPLIT, BORN, GONE = "kept", "merged", "split", "born", "gone"


@dataclass(frozen=True, kw_only=True)
class KnownPlace:
    """A place of the run before: its id and its map points."""

    id: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class PlaceNow:
    """What a place of this run is called and where it came from.

    news: "kept" (the same place), "merged" (it took in other places of the run before), "split" (it is a part of one),
    or "born". from_ids: the places it comes from, the one whose id it keeps first. overlap: what it has in common with
    that one, as a share of both together, 0 to 1; None where no id was kept.
    """

    id: str
    news: str
    from_ids: tuple[str, ...]
    overlap: float | None


@dataclass(frozen=True, kw_only=True)
class PlaceEnded:
    """A place of the run before whose id nobody keeps: "merged" or "split" into those named, or "gone"."""

    id: str
    news: str
    into_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Identities:
    """now: one for each place of this run, in the order given. ended: those of the run before, by id."""

    now: tuple[PlaceNow, ...]
    ended: tuple[PlaceEnded, ...]


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """One place before and one now that share points. of_old, of_new: the common weight as a share of each."""

    old: str
    new: int
    of_old: float
    of_new: float
    overlap: float


def keep_ids(
    before: Sequence[KnownPlace], now: Sequence[Iterable[Point]], *, weights: Mapping[Point, float] | None = None
) -> Identities:
    """Which places of this run are those of the run before, and what became of the others?

    before: places with ids and points, no point in two; empty for a first run. now: the points of each place of this
    run, no point in two. weights: what lies at each point in this run; a point without one weighs nothing, and places
    without any weight are compared by their number of points.
    Two places are the same when what they have in common is at least half of the lighter and a quarter of the heavier;
    of several, the pair that overlaps most comes first, each place in one pair only. A place that holds half or more
    of others has taken them in (merged); one that has half or more of its weight from a place that goes on elsewhere
    is split off. A new id is a hash of the place's own first points, so that two people who run the same data get the
    same ids; from then on it stays though the points change.
    Misleads after a long time: each run is matched with the one before only, and a place may wander off street by
    street under one id. "Gone" means not chosen now; it may have fallen just below the last that was.
    Raises InputError for a place without points, a point in two places, or an id that stands twice.
    """
    olds = _checked([(each.id, each.points) for each in before], "in the run before")
    news = _checked(list(enumerate(now)), "in this run")
    pairs = _pairs(olds, news, weights or {})
    kept: dict[int, _Pair] = {}
    taken: set[str] = set()
    for pair in pairs:
        if _same(pair) and pair.new not in kept and pair.old not in taken:
            kept[pair.new] = pair
            taken.add(pair.old)
    ids = _ids(news, kept, known=set(olds))
    return Identities(
        now=tuple(_now(number, ids[number], kept.get(number), pairs) for number in range(len(news))),
        ended=tuple(_ended(old, pairs, ids) for old in sorted(olds) if old not in taken),
    )


def new_id(points: Iterable[Point], *, known: Iterable[str] = ()) -> str:
    """The id of a place that begins with these points, whatever their order: `p` and eight characters of their hash."""
    told = ";".join(f"{x},{y}" for x, y in sorted(points))
    used, turn = set(known), 0
    while True:
        # The first turn has no mark, so that runs which don't know of each other agree.
        found = "p" + sha256((told + "#" * turn).encode()).hexdigest()[:8]
        if found not in used:
            return found
        turn += 1


def _checked(told: Sequence[tuple[K, Iterable[Point]]], when: str) -> dict[K, frozenset[Point]]:
    """The points of each place. Raises InputError for a place without points, one told twice, or a point in two."""
    places: dict[K, frozenset[Point]] = {}
    owner: dict[Point, K] = {}
    for name, points in told:
        own = frozenset(points)
        if name in places:
            raise InputError(f"Place {name} stands twice {when}. Give each place once.")
        if not own:
            raise InputError(f"Place {name} {when} has no points. Leave it out.")
        for point in sorted(own):
            if point in owner:
                raise InputError(
                    f"The point {point[0]}, {point[1]} is in places {owner[point]} and {name} {when}. "
                    "A map point belongs to one place only."
                )
            owner[point] = name
        places[name] = own
    return places


def _pairs(
    olds: Mapping[str, frozenset[Point]], news: Mapping[int, frozenset[Point]], weights: Mapping[Point, float]
) -> list[_Pair]:
    """All pairs that share a point, those that overlap most first; of equal ones by id, then by where the new one lies."""
    new_at = {point: number for number, points in news.items() for point in points}
    found = []
    for old, points in olds.items():
        for number in {new_at[point] for point in points if point in new_at}:
            both, other = points & news[number], news[number]
            of_old, of_new = _share(both, points, weights), _share(both, other, weights)
            found.append(
                _Pair(old=old, new=number, of_old=of_old, of_new=of_new, overlap=_share(both, points | other, weights))
            )
    return sorted(found, key=lambda each: (-each.overlap, -each.of_old, each.old, min(news[each.new])))


def _share(part: frozenset[Point], whole: frozenset[Point], weights: Mapping[Point, float]) -> float:
    """How much of the whole is in the part, by weight, or by points when nothing in it weighs anything."""
    # Added up in a fixed order, so that the same points give the same float in every run.
    weight = sum(weights.get(each, 0.0) for each in sorted(whole))
    if weight > 0:
        return sum(weights.get(each, 0.0) for each in sorted(part)) / weight
    return len(part) / len(whole)


def _same(pair: _Pair) -> bool:
    return max(pair.of_old, pair.of_new) >= HALF and min(pair.of_old, pair.of_new) >= QUARTER


def _ids(news: Mapping[int, frozenset[Point]], kept: Mapping[int, _Pair], *, known: set[str]) -> dict[int, str]:
    """Kept ids, and new ones given from the west so that the order of the places changes nothing."""
    ids = {number: pair.old for number, pair in kept.items()}
    used = set(known)
    for number in sorted(set(news) - set(kept), key=lambda each: min(news[each])):
        ids[number] = new_id(news[number], known=used)
        used.add(ids[number])
    return ids


def _now(number: int, own_id: str, kept: _Pair | None, pairs: Sequence[_Pair]) -> PlaceNow:
    mine = [each for each in pairs if each.new == number and each is not kept]
    taken_in = tuple(each.old for each in mine if each.of_old >= HALF)
    first = () if kept is None else (kept.old,)
    overlap = None if kept is None else kept.overlap
    if taken_in:
        return PlaceNow(id=own_id, news=MERGED, from_ids=(*first, *taken_in), overlap=overlap)
    if kept is not None:
        parts = [each for each in pairs if each.old == kept.old and each.of_new >= HALF]
        news = SPLIT if kept in parts and len(parts) > 1 else KEPT
        return PlaceNow(id=own_id, news=news, from_ids=first, overlap=overlap)
    cut_from = tuple(each.old for each in mine if each.of_new >= HALF)
    return PlaceNow(id=own_id, news=SPLIT if cut_from else BORN, from_ids=cut_from, overlap=None)


def _ended(old: str, pairs: Sequence[_Pair], ids: Mapping[int, str]) -> PlaceEnded:
    mine = [each for each in pairs if each.old == old]
    into = tuple(ids[each.new] for each in mine if each.of_old >= HALF)
    if into:
        return PlaceEnded(id=old, news=MERGED, into_ids=into)
    parts = tuple(ids[each.new] for each in mine if each.of_new >= HALF)
    return PlaceEnded(id=old, news=SPLIT if parts else GONE, into_ids=parts)
