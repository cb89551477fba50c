"""A whole text as a draft: its sentences and, for each, what may be a promise, a figure, a date or a programme in it."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lamplighter.plan.drafting.anchoring import anchored
from lamplighter.plan.drafting.cutting import Piece, cut
from lamplighter.plan.drafting.dates import FoundDate, dates_in
from lamplighter.plan.drafting.figures import FoundFigure, figures_in
from lamplighter.plan.drafting.programmes import FoundProgramme, programmes_in
from lamplighter.plan.drafting.promising import FoundPromise, promise_in
from lamplighter.plan.drafting.roles import role_of

NO_FIGURE = (
    "This text has not a single figure: nothing in it can be counted, so nobody can say later how far it was kept."
)


@dataclass(frozen=True, kw_only=True)
class DraftFigure:
    """A figure in its sentence. `unit_from` is the earlier words that lent the unit; `date_words` the sentence's own date.

    `role` is a proposal, and `role_why` its reason.
    """

    sentence: Piece
    found: FoundFigure
    unit: str | None
    unit_from: str
    date_words: str
    role: str = "context"
    role_why: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the rules found in one text. Nothing in it is confirmed."""

    sha256: str
    sentences: tuple[Piece, ...]
    promises: tuple[tuple[Piece, FoundPromise], ...]
    figures: tuple[DraftFigure, ...]
    dates: tuple[tuple[Piece, FoundDate], ...]
    programmes: tuple[tuple[Piece, FoundProgramme], ...]

    @property
    def warning(self) -> str:
        """The sentence for a plan without a figure; empty if it has one."""
        return "" if self.figures else NO_FIGURE


def draft(text: str) -> Draft:
    """The draft of a text. Same text, same draft."""
    pieces = cut(text)
    starts = [piece.start for piece in pieces]

    def sentence_at(offset: int) -> Piece:
        return pieces[max(0, bisect_right(starts, offset) - 1)]

    dates = [(sentence_at(each.start), each) for each in anchored(dates_in(text), text)] if pieces else []
    spans = [(each.start, each.end) for _, each in dates if each.form != "a stretch ahead"]
    found = [(sentence_at(each.start), each) for each in figures_in(text, dates=spans)] if pieces else []
    dates_by_sentence: dict[int, list[FoundDate]] = {}
    for piece, when in dates:
        dates_by_sentence.setdefault(piece.position, []).append(when)
    earlier: deque[tuple[Piece, FoundFigure]] = deque()  # those of this sentence and the two before it
    drafted = []
    for piece, each in found:
        while earlier and piece.position - earlier[0][0].position > 2:
            earlier.popleft()
        drafted.append(_drafted(piece, each, earlier=earlier, dates=dates_by_sentence.get(piece.position, ())))
        earlier.append((piece, each))
    figures = tuple(drafted)
    with_figure = {piece.position for piece, _ in found}
    promises = []
    for piece in pieces:
        told = promise_in(piece, figures=(piece,) if piece.position in with_figure else ())
        if told is not None:
            promises.append((piece, told))
    promised = {piece.position for piece, _ in promises}
    figures = tuple(_with_role(each, text, promised=each.sentence.position in promised) for each in figures)
    return Draft(
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        sentences=pieces,
        promises=tuple(promises),
        figures=figures,
        dates=tuple(dates),
        programmes=tuple((sentence_at(each.start), each) for each in programmes_in(text)) if pieces else (),
    )


def _with_role(figure: DraftFigure, text: str, *, promised: bool) -> DraftFigure:
    before = " ".join(text[figure.sentence.start : figure.found.start].split())
    after = text[figure.found.end : figure.sentence.end]
    role, why = role_of(f"{before} ".lstrip(), " ".join(["", *after.split()]), promised=promised)
    return replace(figure, role=role, role_why=why)


def _drafted(
    piece: Piece,
    found: FoundFigure,
    *,
    earlier: Iterable[tuple[Piece, FoundFigure]],
    dates: Sequence[FoundDate],
) -> DraftFigure:
    unit, unit_from = found.unit, ""
    if unit is None:
        near = [(p, f) for p, f in earlier if f.unit and not re.match(r"[%£$€]|percentage|times", f.unit)]
        if near and re.match(r"(?:so\s+far|have|has|had|were|are|is|was|of\s+(?:them|these)|,)", found.counts, re.I):
            unit, unit_from = near[-1][1].unit, near[-1][1].words + " " + str(near[-1][1].unit)
    nearest = min(dates, key=lambda each: abs(each.start - found.start), default=None)
    return DraftFigure(
        sentence=piece, found=found, unit=unit, unit_from=unit_from, date_words=nearest.words if nearest else ""
    )
