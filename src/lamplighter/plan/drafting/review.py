"""The review of a draft: one answer an item, kept at once; confirmed items become records with the reviewer's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError
from lamplighter.plan.drafting.draft_folder import (
    DRAFT,
    DraftDate,
    DraftedText,
    DraftFigure,
    DraftProgramme,
    DraftPromise,
    DraftSentence,
    ReviewAnswer,
    read_draft,
)
from lamplighter.plan.editing import write_text
from lamplighter.plan.folder import as_csv

KINDS = {DraftPromise: "promise", DraftFigure: "figure", DraftDate: "date", DraftProgramme: "programme"}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to decide, with the sentence it stands in."""

    id: str
    kind: str
    row: Any
    sentence: DraftSentence

    @property
    def words(self) -> str:
        """What is asked about, in a line."""
        row = self.row
        if isinstance(row, DraftPromise):
            return f"promise ({row.kind}): {self.sentence.text}"
        if isinstance(row, DraftFigure):
            of = (
                f" {row.unit}"
                if row.unit and row.unit not in ("%", "£", "$", "€")
                else ""
                if row.unit
                else " (unit not said)"
            )
            return (
                f"figure: {row.words}{of}"
                + (f", {row.date_words}" if row.date_words else "")
                + (f" ({row.role})" if row.role else "")
            )
        return f"{self.kind}: {row.words}"


@dataclass(frozen=True, kw_only=True)
class Review:
    """A draft as far as it is decided. `answers` are in the order in which they were given."""

    folder: Path
    text: DraftedText
    items: tuple[Item, ...]
    answers: tuple[ReviewAnswer, ...]

    @property
    def left(self) -> tuple[Item, ...]:
        """What is not decided yet, in the order of the text."""
        decided = {each.id for each in self.answers}
        return tuple(each for each in self.items if each.id not in decided)

    def answered(self, answer: str) -> tuple[Item, ...]:
        given = {each.id for each in self.answers if each.answer == answer}
        return tuple(each for each in self.items if each.id in given)


def open_review(folder: Path) -> Review:
    """The review of a folder's draft, from where it was left."""
    told = read_draft(folder)
    sentences = {each.id: each for each in told[DraftSentence]}
    items = [
        Item(id=row.id, kind=name, row=row, sentence=sentences[row.sentence_id])
        for kind, name in KINDS.items()
        for row in told[kind]
        if row.sentence_id in sentences
    ]
    kinds = list(KINDS.values())
    return Review(
        folder=folder,
        text=told[DraftedText][0],
        items=tuple(sorted(items, key=lambda each: (each.sentence.position, kinds.index(each.kind), each.id))),
        answers=tuple(sorted(told[ReviewAnswer], key=lambda each: each.number)),
    )


def decide(review: Review, item_id: str, answer: str, *, by: str, today: date) -> Review:
    """The review with one more answer, kept in the folder before this returns."""
    if not by.strip():
        raise InputError("An answer needs a name. Give --by NAME.")
    if item_id not in {each.id for each in review.left}:
        raise InputError(f"{item_id} is not waiting for an answer.")
    number = max((each.number for each in review.answers), default=0) + 1
    given = ReviewAnswer(id=item_id, number=number, answer=answer, answered_by=by.strip(), answered_on=today)
    return _kept(replace(review, answers=(*review.answers, given)))


def undo(review: Review) -> tuple[Review, str | None]:
    """The review without its last answer, and the id of that item; (as it was, None) if nothing was answered."""
    if not review.answers:
        return review, None
    return _kept(replace(review, answers=review.answers[:-1])), review.answers[-1].id


def _kept(review: Review) -> Review:
    write_text(review.folder / DRAFT / ReviewAnswer.FILE, as_csv(ReviewAnswer, review.answers))
    return review


def confirmed_of(review: Review, kind: type) -> Sequence[tuple[Item, ReviewAnswer]]:
    """The confirmed items of one kind with their answers, in the order of the text."""
    given = {each.id: each for each in review.answers if each.answer == "confirmed"}
    return [(each, given[each.id]) for each in review.items if isinstance(each.row, kind) and each.id in given]
