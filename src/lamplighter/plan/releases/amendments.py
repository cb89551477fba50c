"""What was published and now reads otherwise, without a note that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lamplighter.errors import listed
from lamplighter.plan.book import Book
from lamplighter.plan.cells import format_cell
from lamplighter.plan.folder import Plan
from lamplighter.plan.records.running import Correction
from lamplighter.plan.releases.findings import Found
from lamplighter.plan.releases.manifest import Manifest

FIGURE_FIELDS = (
    "label", "value", "qualifier", "rounded_to", "unit", "denominator", "denominator_label", "definition_id", "area",
    "as_of", "as_of_words", "interval_low", "interval_high", "base", "note", "role", "source_id",
)  # fmt: skip
PROMISE_FIELDS = ("kind", "title", "owner", "area", "due_words", "due_from", "due_to", "closed_on", "note")
NAME = "amendment without its note"


def amendments(book: Book, *, previous: Manifest, before: Plan) -> Iterator[Found]:
    """Published figures, promises and definitions that changed or went, and for which nothing new says so.

    What was unknown and is now filled in is no amendment. A figure's note is a correction with the very old and new value, or
    several that lead from the one to the other; a promise's may also be a decision about it; a new version of a definition
    wants a decision or a correction. A promise that has a former address is not gone: its page says what became of it.
    """
    plan = book.plan
    old = {each.id for each in previous.corrections}
    fresh = [each for each in plan.corrections if each.id not in old]
    told_before = {each.id for each in before.decisions}
    decided = {each.record_id for each in plan.decisions if each.id not in told_before}
    moved = {each.id for each in plan.former_addresses if each.kind == "promise"}
    for kind, fields, words in (("figures", FIGURE_FIELDS, "figure"), ("promises", PROMISE_FIELDS, "promise")):
        now = {each.id: each for each in plan.of(kind)}
        for record in before.of(kind):
            after = now.get(record.id)
            if after is None and kind == "promises" and record.id in moved:
                continue
            if after is None:
                message = (
                    f"The {words} {record.id} was published in v{previous.number} and is gone. Put it back; if it was wrong, "
                    "correct it and say so in corrections.csv."
                )
                yield Found(about=record.id, name=NAME, message=message, serious=True)
            elif not (kind == "promises" and record.id in decided):
                yield from _changed(record, after, fields, fresh)
    corrected = {each.record_id for each in fresh}
    published = {each.id: each for each in previous.definitions}
    for card in book.cards.values():
        was = published.get(card.id)
        if was is not None and was.version != card.version and card.id not in decided | corrected:
            message = (
                f"{card.id} was published as version {was.version} and is now version {card.version}. Say what changed and why: "
                "a correction, or a decision (kind reading), about it."
            )
            yield Found(about=card.id, name=NAME, message=message, serious=True)


def _changed(before: Any, after: Any, fields: tuple[str, ...], fresh: list[Correction]) -> Iterator[Found]:
    wanting = []
    for name in fields:
        old, new = format_cell(getattr(before, name)), format_cell(getattr(after, name))
        ours = [each for each in fresh if (each.record_id, each.field) == (before.id, name)]
        if old not in ("", new) and not _lead_to(ours, old, new):
            wanting.append(f"{name} ({old} → {new or 'empty'})")
    if wanting:
        message = (
            f"{before.id} was published with another {listed(wanting)}. Add a row for each to corrections.csv with that old and "
            "new value; or put it back, and add what is new as a row of its own."
        )
        yield Found(about=before.id, name=NAME, message=message, serious=True)


def _lead_to(corrections: list[Correction], old: str, new: str) -> bool:
    """Does one correction say so, or several between two releases, each going on from what the one before it left?"""
    steps = [
        (each.old or "", each.new or "")
        for each in sorted(corrections, key=lambda each: (str(each.corrected_on), each.id))
    ]
    at = old
    for was, became in steps:
        at = became if was == at else at
    return at == new or (old, new) in steps
