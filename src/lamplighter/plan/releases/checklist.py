"""The checklist of a release: errors that block it, and warnings that somebody accepts by name and with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lamplighter import definitions
from lamplighter.errors import InputError, listed
from lamplighter.plan.book import Book
from lamplighter.plan.check import CARD_FIELDS, card_digest
from lamplighter.plan.folder import Plan
from lamplighter.plan.records import is_answered
from lamplighter.plan.releases.addresses import addresses_kept
from lamplighter.plan.releases.amendments import amendments
from lamplighter.plan.releases.calendar import announced
from lamplighter.plan.releases.corrections import corrections_of
from lamplighter.plan.releases.findings import Found
from lamplighter.plan.releases.immature import immature_unmarked
from lamplighter.plan.releases.manifest import (
    Accepted,
    Breakdown,
    Definition,
    Manifest,
)
from lamplighter.schema import quantity_words


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """What was checked: `errors` block, `warnings` wait for a reason, `accepted` have one; and the breakdowns shown."""

    errors: tuple[Found, ...]
    warnings: tuple[Found, ...]
    accepted: tuple[Accepted, ...]
    breakdowns: tuple[Breakdown, ...]


def checklist(
    book: Book,
    *,
    name: str,
    builder: str,
    accept: Mapping[str, str],
    previous: Manifest | None,
    previous_plan: Plan | None,
    also: Sequence[Found] = (),
) -> Checklist:
    """Everything that stands against a release. `accept`: warning → reason, by `about: name` or by the name alone.

    also: what stands against something that is built in beside the plan.

    Raises InputError for a reason that is empty, or for a warning to accept that is not there.
    """
    shown = breakdowns_of(book)
    found = [
        *_sources(book.plan),
        *_corrections(book.plan, previous),
        *_definitions(book, previous),
        *(amendments(book, previous=previous, before=previous_plan) if previous and previous_plan else ()),
        *addresses_kept(book, previous),
        *immature_unmarked(book),
        *_cards(book),
        *_absent(shown),
        *_calendar(book.plan, name),
        *_earlier(book, previous),
        *also,
    ]
    warnings = [each for each in found if not each.serious]
    taken, accepted = _accepted(book.plan, warnings, accept, builder)
    return Checklist(
        errors=tuple(each for each in found if each.serious),
        warnings=tuple(each for each in warnings if each.key not in taken),
        accepted=tuple(accepted),
        breakdowns=shown,
    )


def breakdowns_of(book: Book) -> tuple[Breakdown, ...]:
    """Each breakdown that a reader expects, with the measures that show it: a measure does whose card needs that fact."""
    made: list[Breakdown] = []
    for row in definitions.rows("expected_breakdowns.csv"):
        facts = tuple(f"_{each}_" for each in row["facts"].split(";"))
        showing = [
            each
            for each in book.measures.values()
            if any(
                fact in f"_{need.rpartition('.')[2]}_" for need in _needs(book, each.definition_id) for fact in facts
            )
            and any(
                point.value is not None for point in (*each.points, *(p for layer in each.layers for p in layer.points))
            )
        ]
        unknown = [
            f"{quantity_words(round(layer.points[-1].value, 1), each.unit)} unknown in {layer.points[-1].period} ({each.id})"
            for each in showing
            for layer in each.layers
            if layer.is_unknown and layer.points and layer.points[-1].value is not None
        ]
        made.append(
            Breakdown(
                name=row["breakdown"],
                words=row["words"],
                measures=tuple(sorted(each.id for each in showing)),
                unknown="; ".join(unknown),
            )
        )
    return tuple(made)


def definitions_of(book: Book) -> tuple[Definition, ...]:
    """Every definition of the book, as a manifest keeps it."""
    return tuple(
        Definition(id=card.id, version=card.version, name=card.name or "", sha256=card_digest(card))
        for _, card in sorted(book.cards.items())
    )


def _needs(book: Book, card_id: str) -> tuple[str, ...]:
    card = book.cards.get(card_id)
    return card.needs if card else ()


def _sources(plan: Plan) -> Iterator[Found]:
    for each in plan.sources:
        if each.access == "restricted":
            message = (
                f"{each.id} is restricted, and a release is public. Take out what was read there, or, if anybody may read it, "
                "write open under access in sources.csv."
            )
            yield Found(about=each.id, name="restricted source", message=message, serious=True)
        elif each.access != "open":
            message = f"{each.id} does not say who may read it. Write open under access in sources.csv if anybody may."
            yield Found(about=each.id, name="source not marked open", message=message, serious=True)


def _corrections(plan: Plan, previous: Manifest | None) -> Iterator[Found]:
    now = {each.id: each for each in corrections_of(plan)}
    for each in now.values():
        if each.old == each.new:
            message = f"{each.id} corrects {each.record_id} without saying from what to what. Fill old and new."
            yield Found(about=each.id, name="correction without its values", message=message, serious=True)
    for before in previous.corrections if previous else ():
        after = now.get(before.id)
        if after is None:
            message = (
                f"{before.id} ({before.record_id}, {before.field}) was published in v{previous.number if previous else ''} "
                "and is not among the corrections now. Put it back: a correction is kept for good."
            )
            yield Found(about=before.id, name="correction removed", message=message, serious=True)
        elif changed := [
            name
            for name in ("record_id", "field", "old", "new", "reason", "corrected_by", "corrected_on")
            if getattr(before, name) != getattr(after, name)
        ]:
            message = f"{before.id} was published with another {listed(changed)}. Put it back, and add a correction of its own."
            yield Found(about=before.id, name="correction altered", message=message, serious=True)


def _definitions(book: Book, previous: Manifest | None) -> Iterator[Found]:
    """A changed definition needs a new version; and a name that was published is not given to another definition."""
    published = {each.id: each for each in previous.definitions} if previous else {}
    by_name = {each.name.casefold(): each for each in published.values() if each.name}
    for now in definitions_of(book):
        before = published.get(now.id)
        if before is not None and before.version == now.version and before.sha256 != now.sha256:
            message = (
                f"{now.id} ({now.name}) was published as version {now.version} with other words. Give it a new version, or put "
                "the words back."
            )
            yield Found(about=now.id, name="definition changed", message=message, serious=True)
        elif before is None and (same := by_name.get(now.name.casefold())) and same.sha256 != now.sha256:
            message = (
                f"{now.id} is called {now.name!r}, which was published as {same.id} and defined otherwise. Give it another name, "
                f"or a new version of {same.id}."
            )
            yield Found(about=now.id, name="definition changed", message=message, serious=True)


def _cards(book: Book) -> Iterator[Found]:
    """The cards of what the release prints: of its figures and of its measures."""
    used = {each.definition_id for each in book.plan.figures} | {each.definition_id for each in book.measures.values()}
    for card_id in sorted(each for each in used if each is not None and each in book.cards):
        empty = [name for name in CARD_FIELDS if not is_answered(getattr(book.cards[card_id], name))]
        if empty:
            message = f"{card_id} does not say: {listed(empty, most=20)}. Fill them, or write n/a."
            yield Found(about=card_id, name="card not filled", message=message)


def _absent(shown: Sequence[Breakdown]) -> Iterator[Found]:
    present = [each.name for each in shown if each.measures]
    for each in shown:
        if not each.measures:
            message = (
                f"Nothing here is broken down by {each.name} ({each.words}). Present: {listed(present, most=10) or 'none'}. "
                "Add a measure that is, or accept it and say why."
            )
            yield Found(about=each.name, name="breakdown absent", message=message)


def _calendar(plan: Plan, name: str) -> Iterator[Found]:
    row = announced(plan, name)
    if row is None:
        message = f"{name} is not in release_calendar.csv. Announce it there with its day."
        yield Found(about=name, name="release not announced", message=message)
    elif row.state == "cancelled":
        message = f"{name} is cancelled in release_calendar.csv. Give the release another name, or announce it again."
        yield Found(about=name, name="release cancelled", message=message, serious=True)
    elif row.state != "confirmed":
        message = f"{name} is {row.state} in release_calendar.csv. Confirm it with its day."
        yield Found(about=name, name="release not confirmed", message=message)


def _earlier(book: Book, previous: Manifest | None) -> Iterator[Found]:
    if previous is not None and book.as_of.isoformat() < previous.as_of:
        message = (
            f"The plan is looked at from {book.as_of.isoformat()}, and v{previous.number} was from {previous.as_of}. Look from "
            "that day or a later one: --as-of YYYY-MM-DD."
        )
        yield Found(about="as_of", name="earlier day", message=message, serious=True)


def _accepted(
    plan: Plan, warnings: Sequence[Found], accept: Mapping[str, str], builder: str
) -> tuple[set[str], list[Accepted]]:
    """The warnings that the builder accepts now, and those that the plan's own decisions accept already."""
    known = {each.key for each in warnings} | {each.name for each in warnings}
    for key, reason in accept.items():
        if not reason.strip():
            raise InputError(f"{key!r} can't be accepted without a reason. Write it as: --accept {key!r}=REASON")
        if key not in known:
            there = listed(sorted(repr(each.key) for each in warnings), most=12) or "none"
            raise InputError(f"There is no warning {key!r} to accept. There is: {there}.")
    decided = {f"{each.record_id}: {each.warning}": each for each in plan.decisions if each.kind == "accepted warning"}
    accepted = []
    for each in warnings:
        if each.key in accept or each.name in accept:
            reason, by = accept.get(each.key) or accept[each.name], builder
        elif decision := decided.get(each.key):
            reason, by = decision.reason or "", decision.decided_by or ""
        else:
            continue
        accepted.append(
            Accepted(about=each.about, name=each.name, message=each.message, reason=reason.strip(), accepted_by=by)
        )
    return {f"{each.about}: {each.name}" for each in accepted}, accepted
