"""Which records a pack holds: those of one recommendation, followed from column to column, or all of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lamplighter.errors import InputError, NoSuchName, listed
from lamplighter.plan.folder import Plan
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.records.running import Recommendation
from lamplighter.plan.records.showing import Source

ALL = "all"
_NOT_FOLLOWED = ("promises", "recommendations")  # or one promise's objective would bring the whole plan
_ABOUT = (  # one after the other: what is decided on a finding of a profile is about it
    {"profiles": "evidence_id"},
    {"profile_figures": "profile_id", "profile_findings": "profile_id"},
    {"decisions": "record_id", "corrections": "record_id", "definition_versions": "card_id"},
)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The records of a pack by kind, each in id order, and the recommendations that it is about."""

    recommendations: tuple[Recommendation, ...]
    records: Mapping[str, tuple[Any, ...]]

    def of(self, kind: str) -> tuple[Any, ...]:
        return self.records.get(kind, ())


def chosen(plan: Plan, recommendation: str) -> Chosen:
    """Everything for `all`; for one recommendation its promises, what speaks to them, and all that these refer to.

    Raises NoSuchName for a recommendation that was not known.
    """
    if recommendation == ALL:
        return Chosen(recommendations=plan.of("recommendations"), records=plan.records)
    wanted = [each for each in plan.of("recommendations") if each.id == recommendation]
    if not wanted:
        known = [each.id for each in plan.of("recommendations")]
        raise NoSuchName("recommendation", recommendation, [*known, ALL])
    taken = {("recommendations", recommendation), *(("promises", each) for each in wanted[0].promise_ids)}
    promises = set(wanted[0].promise_ids)
    for kind, records in plan.records.items():
        if kind not in _NOT_FOLLOWED:
            taken |= {(kind, each.id) for each in records if promises & set(_pointed(kind, each, "promises"))}
    by_id = {kind: {each.id: each for each in found} for kind, found in plan.records.items()}
    fresh = set(taken)
    while fresh:
        fresh = {found for kind, id_ in fresh for found in _behind(by_id, kind, id_)} - taken
        taken |= fresh
    for about in _ABOUT:
        ids = {id_ for _, id_ in taken}
        taken |= {
            (kind, each.id) for kind, column in about.items() for each in plan.of(kind) if getattr(each, column) in ids
        }
    return Chosen(
        recommendations=tuple(wanted),
        records={
            kind: tuple(each for each in found if (kind, each.id) in taken) for kind, found in plan.records.items()
        },
    )


def check_may_be_packed(found: Chosen, *, with_restricted: bool) -> tuple[Source, ...]:
    """The sources in the pack that are not open to everybody. Raises InputError, naming them, unless they are wanted."""
    closed = tuple(each for each in found.of("sources") if each.access != "open")
    if closed and not with_restricted:
        raise InputError(
            f"The pack would hold what was read in {listed(each.id for each in closed)}, which sources.csv does not mark open. "
            "Write open under access there if anybody may read it, or pass --with-restricted to pack it for a reader who may."
        )
    return closed


def _pointed(kind: str, record: Any, to: str) -> Iterator[str]:
    """The ids of records of one kind that a record points to."""
    for column in columns_of(RECORD_TYPES[kind]):
        if to in column.refers_to:
            value = getattr(record, column.name)
            yield from value if isinstance(value, tuple) else (value,) if value else ()


def _behind(by_id: Mapping[str, Mapping[str, Any]], kind: str, id_: str) -> Iterator[tuple[str, str]]:
    """What a record refers to and is there, by kind and id."""
    record = by_id.get(kind, {}).get(id_)
    if record is None:
        return
    for column in columns_of(RECORD_TYPES[kind]):
        for to in column.refers_to:
            if to not in _NOT_FOLLOWED:
                yield from ((to, each) for each in _pointed(kind, record, to) if each in by_id.get(to, {}))
