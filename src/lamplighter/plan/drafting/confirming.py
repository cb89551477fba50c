"""Confirmed items of a draft as records of the plan folder: added, taken back after an undo, never written over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from lamplighter.plan.drafting.draft_folder import DraftDate, DraftFigure, DraftPromise, DraftSentence
from lamplighter.plan.drafting.review import Item, Review, confirmed_of
from lamplighter.plan.editing import write_text
from lamplighter.plan.folder import as_csv, load_plan
from lamplighter.plan.records import RECORD_TYPES, Decision, Figure, Promise, Sentence, Source
from lamplighter.schema import NOT_KNOWN

_SIGN = "Confirmed in the review of the draft"
_TITLE_AT_MOST = 160
_WRITTEN = ("sources", "sentences", "promises", "figures", "decisions")


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """What a review did to the records; `kept` are records that somebody changed since, which are left alone."""

    added: dict[str, int]
    taken_back: dict[str, int]
    kept: tuple[str, ...]


def write_confirmed(review: Review) -> Confirmed:
    """Brings the folder's records in line with the answers. Twice changes nothing.

    A record that differs from what the review would have written was changed by hand: it is neither replaced nor removed.
    """
    plan = load_plan(review.folder)
    ours = {each.record_id for each in plan.decisions if _is_ours(each)}
    wanted = _records(review)
    added: dict[str, int] = {}
    taken_back: dict[str, int] = {}
    kept: list[str] = []
    for kind in _WRITTEN:
        before = {record.id: record for record in plan.of(kind)}
        after = dict(before)
        for record in wanted[kind]:
            there = before.get(record.id)
            if there is None:
                after[record.id] = record
                added[kind] = added.get(kind, 0) + 1
            elif kind in ("promises", "figures") and there != record and _as_written(kind, there, review):
                after[record.id] = record
        stay = {record.id for record in wanted[kind]}
        for record_id, there in before.items():
            if record_id in stay or not _may_go(kind, there, review, ours):
                continue
            if kind in ("promises", "figures") and not _as_written(kind, there, review):
                kept.append(record_id)
                continue
            if kind == "decisions" and there.record_id in kept:
                continue
            del after[record_id]
            taken_back[kind] = taken_back.get(kind, 0) + 1
        if after != before:
            record_type = RECORD_TYPES[kind]
            write_text(review.folder / record_type.FILE, as_csv(record_type, list(after.values())))
    return Confirmed(added=added, taken_back=taken_back, kept=tuple(kept))


def _is_ours(decision: Decision) -> bool:
    return decision.kind == "reading" and (decision.reason or "").startswith(_SIGN)


def _may_go(kind: str, record: Any, review: Review, ours: Iterable[str | None]) -> bool:
    """Was this record written by this review, so that an undone answer may take it back?"""
    if kind == "decisions":
        return _is_ours(record) and record.record_id in {each.id for each in review.items}
    return kind in ("promises", "figures") and record.id in ours and record.id in {each.id for each in review.items}


def _as_written(kind: str, record: Any, review: Review) -> bool:
    """Is the record one that this review could have written? The reviewer's name and the day may be anybody's."""
    item = next((each for each in review.items if each.id == record.id), None)
    if item is None:
        return False
    if kind == "promises":
        words = {
            each.row.words for each in review.items if each.kind == "date" and each.sentence.id == item.sentence.id
        }
        by_hand = record.due_reason is not None and not record.due_reason.startswith(_SIGN)
        return (
            _undated(record) == _undated(_promise(item, review)) and not by_hand and record.due_words in {None, *words}
        )
    near = {each.id for each in review.items if each.kind == "promise" and each.sentence.id == item.sentence.id}
    linked = set(record.promise_ids) <= near and record.role == ("target" if record.promise_ids else "context")
    bare = replace(record, promise_ids=(), role="context", typed_by=None, typed_on=None)
    return bool(linked and bare == _figure(item, review))


def _undated(promise: Promise) -> Promise:
    return replace(promise, due_words=None, due_from=None, due_to=None, due_read_by=None, due_reason=None)


def _dated(review: Review) -> dict[str, tuple[Item, str]]:
    """By sentence: the confirmed date that looks forward, and who confirmed it. The last to come due stands."""
    found: dict[str, tuple[Item, str]] = {}
    for item, answer in confirmed_of(review, DraftDate):
        if item.row.looks != "back":
            found[item.sentence.id] = (item, answer.answered_by)
    return found


def _records(review: Review) -> dict[str, list[Any]]:
    dated = _dated(review)
    promises, figures, decisions = [], [], []
    stated: dict[str, DraftSentence] = {}
    promised: dict[str, str] = {}
    for item, answer in confirmed_of(review, DraftPromise):
        promise = _promise(item, review)
        if item.sentence.id in dated:
            date_item, by = dated[item.sentence.id]
            promise = replace(
                promise,
                due_words=date_item.row.words,
                due_from=date_item.row.begins,
                due_to=date_item.row.ends,
                due_read_by=by if date_item.row.ends else None,
                due_reason=f"{_SIGN}: the date stands in the promise's own sentence" if date_item.row.ends else None,
            )
        promises.append(promise)
        promised[item.sentence.id] = promise.id
        stated[item.sentence.id] = item.sentence
        decisions.append(_decision(item, answer))
    for item, answer in confirmed_of(review, DraftFigure):
        of = promised.get(item.sentence.id)
        figure = replace(
            _figure(item, review),
            promise_ids=(of,) if of else (),
            role="target" if of else "context",
            typed_by=answer.answered_by,
            typed_on=answer.answered_on,
        )
        figures.append(figure)
        stated[item.sentence.id] = item.sentence
        decisions.append(_decision(item, answer))
    sentences = [
        Sentence(
            id=each.id,
            version=review.text.version,
            position=each.position,
            paraphrase=each.text,
            sha256=each.sha256,
            source_id=_source_id(review),
        )
        for each in stated.values()
    ]
    source = Source(id=_source_id(review), title=review.text.name, kind="Plan text", status="verified")
    return {
        "sources": [source] if sentences else [],
        "sentences": sentences,
        "promises": promises,
        "figures": figures,
        "decisions": decisions,
    }


def _source_id(review: Review) -> str:
    return f"src-draft-{(review.text.sha256 or '')[:8]}"


def _promise(item: Item, review: Review) -> Promise:
    words = item.sentence.text.strip("“”\"' ").rstrip(";")
    title = words if len(words) <= _TITLE_AT_MOST else words[:_TITLE_AT_MOST].rsplit(" ", 1)[0] + " …"
    return Promise(
        id=item.id, version=review.text.version, kind=item.row.kind, title=title, sentence_ids=(item.sentence.id,)
    )


def _figure(item: Item, review: Review) -> Figure:
    row: DraftFigure = item.row
    unit = row.unit or NOT_KNOWN
    return Figure(
        id=item.id,
        role="context",
        label=f"{row.words} {row.counts or ''}".strip(),
        value=row.value,
        qualifier=row.qualifier,
        unit=unit,
        as_of_words=row.date_words,
        source_id=_source_id(review),
        sentence_id=item.sentence.id,
        status="verified",
    )


def _decision(item: Item, answer: Any) -> Decision:
    return Decision(
        id=f"X-{item.id}-draft",
        kind="reading",
        record_id=item.id,
        decided_by=answer.answered_by,
        decided_on=answer.answered_on,
        reason=f"{_SIGN}: {item.row.why}",
    )
