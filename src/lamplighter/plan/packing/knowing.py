"""What was known on a day, and how much was left out because it came later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lamplighter.plan.folder import Plan
from lamplighter.plan.known_by import known_by
from lamplighter.plan.records import RECORD_TYPES, Column, columns_of
from lamplighter.workspace.manifests import Manifest

# The columns that say when a record came into the folder. A page that went later still stood there, with nothing said of it.
WRITTEN_DOWN_ON = ("typed_on", "stamped_on", "gone_on", "linked_on")


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Records of one kind that are not in a pack because they are of a later day."""

    what: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Known:
    """A plan and the imports behind it as they were known on a day. `imports_complete`: every live row was there by then."""

    plan: Plan
    day: date
    imports: tuple[Manifest, ...]
    imports_complete: bool
    left_out: tuple[LeftOut, ...]


def known_on(plan: Plan, day: date, *, imports: Sequence[Manifest] = (), live: Sequence[str] = ()) -> Known:
    """The plan without what is dated later or was written down later, and the imports that had happened.

    imports: all of a workspace. live: the ids of those that its rows now come from. A record that does not say when it was
    written down is held by the day that it speaks of: the pack may then hold what was only found out later, and says so.
    Raises InputError if no version of the plan was published by that day.
    """
    then = known_by(plan, day)
    records = _pointing_to_known(
        plan,
        {kind: tuple(each for each in found if not _written_later(each, day)) for kind, found in then.records.items()},
    )
    there = tuple(each for each in imports if each.at[:10] <= day.isoformat())
    ids = {each.id for each in there}
    left = [
        LeftOut(what=RECORD_TYPES[kind].TITLE, count=len(plan.of(kind)) - len(records[kind]))
        for kind in RECORD_TYPES
        if len(plan.of(kind)) > len(records.get(kind, ()))
    ]
    versions = len(plan.header.versions) - len(then.header.versions)
    left += [LeftOut(what="Versions of the plan", count=versions)] if versions else []
    later = len(imports) - len(there)
    left += [LeftOut(what="Imports", count=later)] if later else []
    return Known(
        plan=replace(then, records=records),
        day=day,
        imports=there,
        imports_complete=all(each in ids for each in live),
        left_out=tuple(left),
    )


def _pointing_to_known(plan: Plan, records: Mapping[str, tuple[Any, ...]]) -> Mapping[str, tuple[Any, ...]]:
    """The records without what they say of one that is left out, and without those that then speak of nothing."""
    while True:
        there = {kind: {each.id for each in found} for kind, found in records.items()}
        gone = {kind: {each.id for each in plan.of(kind)} - ids for kind, ids in there.items()}
        kept = {}
        for kind, found in records.items():
            lost = _lost(kind, gone, there)
            told = (_cleared(each, lost) for each in found) if lost else found
            kept[kind] = tuple(each for each in told if each is not None)
        if kept == records:
            return kept
        records = kept


def _lost(
    kind: str, gone: Mapping[str, set[str]], there: Mapping[str, set[str]]
) -> tuple[tuple[Column, set[str]], ...]:
    """The columns of a kind that may point to what is gone, each with the ids that it may no longer name."""
    found = []
    for column in columns_of(RECORD_TYPES[kind]):
        ids = {id_ for to in column.refers_to for id_ in gone.get(to, ())}
        ids -= {id_ for to in column.refers_to for id_ in there.get(to, ())}
        if ids:
            found.append((column, ids))
    return tuple(found)


def _cleared(record: Any, lost: tuple[tuple[Column, set[str]], ...]) -> Any:
    """The record without ids that are gone; None if a column that it can't do without is then empty."""
    changes: dict[str, Any] = {}
    for column, ids in lost:
        value = getattr(record, column.name)
        if isinstance(value, tuple) and ids & set(value):
            changes[column.name] = tuple(each for each in value if each not in ids)
        elif isinstance(value, str) and value in ids:
            changes[column.name] = None
        if column.required and column.name in changes and not changes[column.name]:
            return None
    return replace(record, **changes) if changes else record


def _written_later(record: Any, day: date) -> bool:
    given = (getattr(record, name, None) for name in WRITTEN_DOWN_ON)
    return any(isinstance(each, date) and each > day for each in given)
