"""Confirmed items of a draft as records of the plan folder: added, taken back after an undo, never written over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from lamplighter.errors import listed
from lamplighter.plan.changing import change_files
from lamplighter.plan.drafting.draft_folder import DraftDate, DraftFigure, DraftProgramme, DraftPromise, DraftSentence
from lamplighter.plan.drafting.review import Item, Review, confirmed_of
from lamplighter.plan.drafting.titles import title_of
from lamplighter.plan.folder import as_csv, load_plan
from lamplighter.plan.records import RECORD_TYPES, Decision, Figure, Promise, Sentence, Source, columns_of
from lamplighter.schema import NOT_KNOWN

_SIGN = "Confirmed in the review of the draft"
_NAMES = "Names "
_WRITTEN = ("sources", "sentences", "promises", "figures", "decisions")
_ByKind = dict[str, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """What a review did to the records.

    `kept` are records that somebody changed since, which are left alone; `used` those that an undo would take back, if other
    records did not need them: id and the records that do. `names` are the confirmed names of programmes, which the draft keeps.
    """

    added: dict[str, int]
    taken_back: dict[str, int]
    kept: tuple[str, ...]
    used: tuple[tuple[str, tuple[str, ...]], ...] = ()
    names: tuple[str, ...] = ()


def write_confirmed(review: Review) -> Confirmed:
    """Brings the folder's records in line with the answers. Twice changes nothing.

    A record that differs from what the review would have written was changed by hand: it is neither replaced nor removed. What an
    undone answer wrote goes, with the sentence and the source if nothing else needs them.
    """
    plan = load_plan(review.folder)
    wanted = _records(review)
    before = {kind: {record.id: record for record in plan.of(kind)} for kind in RECORD_TYPES}
    after = {kind: dict(records) for kind, records in before.items()}
    added: dict[str, int] = {}
    for kind in _WRITTEN:
        for record in wanted[kind]:
            there = before[kind].get(record.id)
            if there is None:
                after[kind][record.id] = record
                added[kind] = added.get(kind, 0) + 1
            elif kind in ("promises", "figures") and there != record and _as_written(kind, there, review):
                after[kind][record.id] = record
    taken_back, kept, used = _take_back(review, wanted, before, after)
    changed = [(RECORD_TYPES[kind], after[kind]) for kind in _WRITTEN if after[kind] != before[kind]]
    change_files(review.folder, {each.FILE: as_csv(each, list(of.values())).encode("utf-8") for each, of in changed})
    names = tuple(item.row.words for item, _ in confirmed_of(review, DraftProgramme))
    return Confirmed(added=added, taken_back=taken_back, kept=tuple(kept), used=tuple(used), names=names)


def _take_back(
    review: Review, wanted: dict[str, list[Any]], before: _ByKind, after: _ByKind
) -> tuple[dict[str, int], list[str], list[tuple[str, tuple[str, ...]]]]:
    """Takes out of `after` what an undone answer had written: first what refers, then what is referred to."""
    taken_back: dict[str, int] = {}
    kept: list[str] = []
    used: list[tuple[str, tuple[str, ...]]] = []
    ours = {each.record_id for each in before["decisions"].values() if _is_ours(each)}
    for kind in ("figures", "promises", "decisions", "sentences", "sources"):
        stay = {record.id for record in wanted[kind]}
        for record_id, there in before[kind].items():
            if record_id in stay or not _may_go(kind, there, review, ours):
                continue
            if kind == "decisions" and there.record_id in after["promises"] | after["figures"]:
                continue
            needed_by = _needed_by(kind, record_id, after)
            written = _as_written(kind, there, review)
            if not written and (kind in ("promises", "figures") or not needed_by):
                kept.append(record_id)
            elif needed_by:
                if kind in ("promises", "figures"):
                    used.append((record_id, needed_by))
            else:
                del after[kind][record_id]
                taken_back[kind] = taken_back.get(kind, 0) + 1
    return taken_back, kept, used


def _needed_by(kind: str, record_id: str, records: _ByKind) -> tuple[str, ...]:
    """The records that name this one in a column that refers to its kind."""
    found = []
    for other, each in records.items():
        names = [column.name for column in columns_of(RECORD_TYPES[other]) if kind in column.refers_to]
        for record in each.values():
            if other == "decisions" and _is_ours(record):
                continue  # it is about the record and goes with it
            held = [getattr(record, name) for name in names]
            if any(record_id == value or (isinstance(value, tuple) and record_id in value) for value in held):
                found.append(record.id)
    return tuple(found)


def _is_ours(decision: Decision) -> bool:
    return decision.kind == "reading" and (decision.reason or "").startswith(_SIGN)


def _may_go(kind: str, record: Any, review: Review, ours: Iterable[str | None]) -> bool:
    """Was this record written by this review, so that an undone answer may take it back?"""
    items = {each.id for each in review.items}
    if kind == "decisions":
        return _is_ours(record) and record.record_id in items
    if kind == "sources":
        return bool(record.id == _source_id(review))
    if kind == "sentences":
        return record.source_id == _source_id(review) and record.id in {each.sentence.id for each in review.items}
    return record.id in ours and record.id in items


def _as_written(kind: str, record: Any, review: Review) -> bool:
    """Is the record one that this review could have written? The reviewer's name and the day may be anybody's."""
    if kind == "decisions":
        return True
    if kind == "sources":
        return bool(record == _source(review))
    if kind == "sentences":
        told = next((each.sentence for each in review.items if each.sentence.id == record.id), None)
        return told is not None and record == _sentence(told, review)
    item = next((each for each in review.items if each.id == record.id), None)
    if item is None:
        return False
    if kind == "promises":
        words = {
            each.row.words for each in review.items if each.kind == "date" and each.sentence.id == item.sentence.id
        }
        by_hand = record.due_reason is not None and not record.due_reason.startswith(_SIGN)
        bare = _undated(record)
        if (record.note or "").startswith(_NAMES):
            bare = replace(bare, note=None)
        return bare == _undated(_promise(item, review)) and not by_hand and record.due_words in {None, *words}
    near = {each.id for each in review.items if each.kind == "promise" and _speaks_to(item, each)}
    linked = set(record.promise_ids) <= near and record.role in ("context", item.row.role or "target")
    bare_figure = replace(record, promise_ids=(), role="context", typed_by=None, typed_on=None)
    return bool(linked and bare_figure == _figure(item, review))


def _speaks_to(figure: Item, promise: Item) -> bool:
    """Does a figure speak to a promise: one of its own sentence, or, for what was reached, of the sentence before?"""
    if figure.sentence.id == promise.sentence.id:
        return True
    return bool(figure.row.role == "current" and figure.sentence.position == promise.sentence.position + 1)


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
    promised: list[Item] = []
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
        names = [
            name.row.words for name, _ in confirmed_of(review, DraftProgramme) if name.row.words in item.sentence.text
        ]
        if names:
            promise = replace(promise, note=f"{_NAMES}{listed(names)}.")
        promises.append(promise)
        promised.append(item)
        stated[item.sentence.id] = item.sentence
        decisions.append(_decision(item, answer))
    for item, answer in confirmed_of(review, DraftFigure):
        of = [each for each in promised if _speaks_to(item, each)]
        own = [each for each in of if each.sentence.id == item.sentence.id] or of
        figure = replace(
            _figure(item, review),
            promise_ids=(own[-1].id,) if own else (),
            role=(item.row.role or "target") if own else "context",
            typed_by=answer.answered_by,
            typed_on=answer.answered_on,
        )
        figures.append(figure)
        stated[item.sentence.id] = item.sentence
        decisions.append(_decision(item, answer))
    sentences = [_sentence(each, review) for each in stated.values()]
    return {
        "sources": [_source(review)] if sentences else [],
        "sentences": sentences,
        "promises": promises,
        "figures": figures,
        "decisions": decisions,
    }


def _sentence(drafted: DraftSentence, review: Review) -> Sentence:
    return Sentence(
        id=drafted.id,
        version=review.text.version,
        position=drafted.position,
        paraphrase=drafted.text,
        sha256=drafted.sha256,
        source_id=_source_id(review),
    )


def _source(review: Review) -> Source:
    return Source(id=_source_id(review), title=review.text.name, kind="Plan text", status="verified")


def _source_id(review: Review) -> str:
    return f"src-draft-{(review.text.sha256 or '')[:8]}"


def _promise(item: Item, review: Review) -> Promise:
    return Promise(
        id=item.id,
        version=review.text.version,
        kind=item.row.kind,
        title=title_of(item.sentence.text),
        sentence_ids=(item.sentence.id,),
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
