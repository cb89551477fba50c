"""Promises across versions: what became of each, what each came from, and whether the rows that say so fit together."""

from __future__ import annotations

from collections.abc import Iterator

from lamplighter.errors import listed
from lamplighter.plan.book import CameFrom, Fate
from lamplighter.plan.folder import Plan, Problem, Version
from lamplighter.plan.records.columns import is_known
from lamplighter.plan.records.promising import Promise, Successor

DROPPED = "dropped"
MERGED = "merged"
NOT_FOUND = "not found"


def later_ids(row: Successor) -> tuple[str, ...]:
    """The promises that a row leads to: none where it says `n/a` or nothing."""
    return tuple(each for each in row.to_ids if is_known(each))


def fates_of(plan: Plan, promise: Promise) -> tuple[Fate, ...]:
    """What became of the promise in each later version, followed through what it became in the versions between.

    `dropped` is worked out only of a version that is marked complete; of another it is said only where a named person read
    it so. After that there is nothing left to follow, unless a row takes the promise up again.
    """
    order = [each.id for each in plan.header.versions]
    found: list[Fate] = []
    alive: tuple[str, ...] = (promise.id,)
    for version in plan.header.versions[order.index(promise.version) + 1 :]:
        followed: list[str] = []
        asked = alive if alive == (promise.id,) else (promise.id, *alive)
        told_of = set()
        for each in asked:
            rows = [row for row in plan.lookup.about("successors", each) if row.version == version.id]
            for row in rows:
                told_of.add(each)
                found.append(_told(row, promise))
                followed += later_ids(row)
        for each in alive:
            if each not in told_of and promise.id not in told_of:
                found.append(_untold(plan, version, each, promise))
                followed += [] if version.complete else [each]
        alive = tuple(dict.fromkeys(followed))
    return tuple(found)


def _told(row: Successor, promise: Promise) -> Fate:
    by_way = "" if row.promise_id == promise.id else f"By way of {row.promise_id}: "
    return Fate(
        version=row.version,
        fate=row.fate or "",
        to_ids=later_ids(row),
        words=f"{by_way}{row.reason or ''}",
        read_by=row.read_by,
    )


def _untold(plan: Plan, version: Version, promise_id: str, promise: Promise) -> Fate:
    """What is said of a promise that no row is about: dropped from a version that is known whole, else not found."""
    known = plan.lookup.known_in(version.id)
    by_way = "" if promise_id == promise.id else f" (looked for as {promise_id}, which it became)"
    if version.complete:
        carries = "it" if promise_id == promise.id else f"{promise_id}, which it became"
        words = f"Dropped: none of the {known} promises of {version.title} carries {carries}."
        return Fate(version=version.id, fate=DROPPED, to_ids=(), words=words)
    stated = f", which states {version.promises_stated}" if version.promises_stated else ""
    words = f"Not found in the {_in_words(known)} commitments known ({version.title}{stated}){by_way}."
    return Fate(version=version.id, fate=NOT_FOUND, to_ids=(), words=words)


def came_from(plan: Plan, promise: Promise) -> tuple[CameFrom, ...]:
    """Every earlier promise that this one came from, straight or through others: the nearest version first."""
    order = {each.id: at for at, each in enumerate(plan.header.versions)}
    by_id = plan.lookup.by_id("promises")
    found: dict[tuple[str, str], CameFrom] = {}
    waiting = [promise.id]
    while waiting:
        to_id = waiting.pop(0)
        for row in plan.lookup.leading_to(to_id):
            earlier = by_id.get(row.promise_id)
            if to_id not in later_ids(row) or earlier is None or (row.promise_id, to_id) in found:
                continue
            found[row.promise_id, to_id] = CameFrom(
                promise_id=row.promise_id,
                version=earlier.version,
                to_id=to_id,
                fate=row.fate or "",
                words=row.reason or "",
                read_by=row.read_by,
            )
            waiting.append(row.promise_id)
    return tuple(
        sorted(found.values(), key=lambda each: (-order.get(each.version, 0), each.promise_id, each.to_id)),
    )


def fate_problems(plan: Plan) -> Iterator[Problem]:
    """The rows of successors.csv whose later promises don't fit the fate, or stand in another version than they say."""
    order = {each.id: at for at, each in enumerate(plan.header.versions)}
    by_id = {each.id: each for each in plan.promises}
    for row in plan.successors:
        for name, message in (*_misfits(plan, row), *_out_of_order(row, by_id, order)):
            yield Problem(
                file=Successor.FILE,
                line=plan.line_of("successors", row.id),
                record_id=row.id,
                name=name,
                message=f"{row.id}: {message}",
                serious=True,
            )


def _misfits(plan: Plan, row: Successor) -> Iterator[tuple[str, str]]:
    to_ids = later_ids(row)
    name = "fate does not fit"
    if row.fate == DROPPED:
        if to_ids:
            yield (
                name,
                f"{row.promise_id} is dropped, yet leads to {listed(to_ids)}. Empty to_ids, or say another fate.",
            )
        others = [each for each in _beside(plan, row) if each.fate != DROPPED]
        if others:
            told = listed(f"{each.fate} in {each.id}" for each in others)
            yield name, f"{row.promise_id} is dropped here and {told}. Keep one of them."
        return
    if not to_ids:
        yield name, f"{row.promise_id} is {row.fate}, but into what is not said. Name the later promises under to_ids."
    elif row.fate == "carried" and len(to_ids) > 1:
        yield name, f"{row.promise_id} is carried into {listed(to_ids)}. One that became several is split."
    elif row.fate == "split" and len({*to_ids, *(to for each in _beside(plan, row) for to in later_ids(each))}) < 2:
        yield name, f"{row.promise_id} is split, but leads to {to_ids[0]} alone. Name the others, or say changed."
    elif row.fate == MERGED and not _partners(plan, row):
        message = (
            f"{row.promise_id} is merged into {listed(to_ids)}, but no other promise is. Add a merged row for each of the "
            "others, or say changed."
        )
        yield name, message


def _beside(plan: Plan, row: Successor) -> list[Successor]:
    """The other rows about the same promise in the same version."""
    rows = plan.lookup.about("successors", row.promise_id)
    return [each for each in rows if each.version == row.version and each.id != row.id]


def _partners(plan: Plan, row: Successor) -> list[Successor]:
    """The rows of other promises that were merged into the same later promise."""
    beside = (each for to_id in later_ids(row) for each in plan.lookup.leading_to(to_id))
    return [each for each in beside if each.fate == MERGED and each.promise_id != row.promise_id]


def _out_of_order(row: Successor, by_id: dict[str, Promise], order: dict[str, int]) -> Iterator[tuple[str, str]]:
    """An id or a version that is not there is named elsewhere."""
    earlier = by_id.get(row.promise_id)
    if earlier is not None and order.get(earlier.version, -1) >= order.get(row.version, len(order)):
        message = (
            f"{row.promise_id} is of {earlier.version}, which is no earlier version than {row.version}. "
            "Put the earlier promise under promise_id."
        )
        yield "fate out of order", message
    for each in later_ids(row):
        later = by_id.get(each)
        if later is not None and later.version != row.version and row.version in order:
            message = f"it is about {row.version}, but {each} is of {later.version}. Mend the version or the id."
            yield "fate out of order", message


def _in_words(count: int) -> str:
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return names[count] if count < len(names) else str(count)
