"""The plan as it was known on a day: nothing that is dated later, so that an earlier day can be looked from honestly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lamplighter.errors import InputError
from lamplighter.plan.cells import format_cell, parse_cell
from lamplighter.plan.folder import Plan
from lamplighter.plan.records import RECORD_TYPES, Column, columns_of
from lamplighter.plan.records.running import Correction

# What was done, closed, checked or agreed later had not been by then, and nobody's name stood beside it.
_UNDONE = {
    "done_on": ("done_on",),
    "closed_on": ("closed_on",),
    "verified_on": ("verified_on", "verified_by"),
    "agreed_on": ("agreed_on", "agreed_by", "agreement"),
}
# A definition is known by its version; a correction is never itself rewritten.
_NOT_PUT_BACK = ("definitions", "definition_versions", "corrections")
_DATED_BY = ("as_of", "happened_on", "said_on", "made_on", "decided_on", "corrected_on")


def known_by(plan: Plan, today: date) -> Plan:
    """The same plan without versions, sources and records of a later day, and without what was read in such a source.

    A step that was done later stays, as a step still to be done; so does what was closed, checked or agreed later. What was
    corrected later says what it said then, if the later corrections lead back to it step by step, or nothing, if they tell it in
    words that its column can't hold and the column may be empty; a definition does not: it is told apart by its version.
    Raises InputError if no version was published by then.
    """
    versions = tuple(each for each in plan.header.versions if not _later(each.published_on, today))
    if not versions:
        raise InputError(
            f"No version of the plan was published by {today.isoformat()}. Look from a later day: --as-of YYYY-MM-DD."
        )
    published = {each.id for each in versions}
    plan = _as_it_was(plan, today)
    unread = {each.id for each in plan.sources if _later(each.published_on or each.not_before, today)}

    def known(kind: str, record: Any) -> bool:
        if kind == "sources":
            return record.id not in unread
        if kind in ("sentences", "promises", "successors") and record.version not in published:
            return False
        return getattr(record, "source_id", None) not in unread and not any(
            _later(getattr(record, name, None), today) for name in _DATED_BY
        )

    records = {
        kind: tuple(_undone(each, today) for each in found if known(kind, each)) for kind, found in plan.records.items()
    }
    return replace(plan, header=replace(plan.header, versions=versions), records=records)


def _as_it_was(plan: Plan, today: date) -> Plan:
    """The plan with what was corrected later put back, the last correction first."""
    later = sorted(
        (each for each in plan.corrections if _later(each.corrected_on, today)),
        key=lambda each: (each.corrected_on, each.id),
        reverse=True,
    )
    if not later:
        return plan
    wanted = {each.record_id for each in later}
    records = dict(plan.records)
    for kind, found in plan.records.items():
        if kind not in _NOT_PUT_BACK and any(each.id in wanted for each in found):
            columns = {each.name: each for each in columns_of(RECORD_TYPES[kind])}
            records[kind] = tuple(_put_back(each, later, columns) if each.id in wanted else each for each in found)
    return replace(plan, records=records)


def _put_back(record: Any, later: Sequence[Correction], columns: Mapping[str, Column]) -> Any:
    for each in later:
        column = columns.get(each.field or "")
        if each.record_id != record.id or column is None or column.name == "id":
            continue
        if format_cell(getattr(record, column.name)) != (each.new or ""):
            continue  # it reads otherwise than the correction says, so what it said before is not known either
        was = _was(each, column)
        if was not in (None, ()) or not column.required:
            record = replace(record, **{column.name: was})
    return record


def _was(correction: Correction, column: Column) -> Any:
    """What a cell said before a correction; None where the correction tells it in words that the column can't hold."""
    try:
        return parse_cell(correction.old or "", column)
    except ValueError:
        return None


def _later(day: date | str | None, today: date) -> bool:
    """Is it known to be of a later day? What has no date is not."""
    return isinstance(day, date) and day > today


def _undone(record: Any, today: date) -> Any:
    later = [name for name in _UNDONE if _later(getattr(record, name, None), today)]
    return replace(record, **{told: None for name in later for told in _UNDONE[name]}) if later else record
