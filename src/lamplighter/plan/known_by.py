"""The plan as it was known on a day: nothing that is dated later, so that an earlier day can be looked from honestly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from lamplighter.errors import InputError
from lamplighter.plan.folder import Plan

# What was done, closed, checked or agreed later had not been by then, and nobody's name stood beside it.
_UNDONE = {
    "done_on": ("done_on",),
    "closed_on": ("closed_on",),
    "verified_on": ("verified_on", "verified_by"),
    "agreed_on": ("agreed_on", "agreed_by", "agreement"),
}
_DATED_BY = ("as_of", "happened_on", "said_on", "made_on", "decided_on", "corrected_on")


def known_by(plan: Plan, today: date) -> Plan:
    """The same plan without versions, sources and records of a later day, and without what was read in such a source.

    A step that was done later stays, as a step still to be done; so does what was closed, checked or agreed later.
    Raises InputError if no version was published by then.
    """
    versions = tuple(each for each in plan.header.versions if not _later(each.published_on, today))
    if not versions:
        raise InputError(
            f"No version of the plan was published by {today.isoformat()}. Look from a later day: --as-of YYYY-MM-DD."
        )
    published = {each.id for each in versions}
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


def _later(day: date | str | None, today: date) -> bool:
    """Is it known to be of a later day? What has no date is not."""
    return isinstance(day, date) and day > today


def _undone(record: Any, today: date) -> Any:
    later = [name for name in _UNDONE if _later(getattr(record, name, None), today)]
    return replace(record, **{told: None for name in later for told in _UNDONE[name]}) if later else record
