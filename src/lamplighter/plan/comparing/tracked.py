"""The comparison as one text with tracked changes: without the additions it is A in order, without the deletions it is B."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lamplighter.plan.comparing.changes import Change, Comparison
from lamplighter.plan.comparing.sides import Line
from lamplighter.plan.comparing.wording import KEPT, PUT, TAKEN, Piece, pieces


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One sentence in the tracked text. `mark` is of the whole paragraph: kept, taken out or put in."""

    mark: str
    pieces: tuple[Piece, ...]
    line: Line
    change: Change


def tracked(comparison: Comparison) -> Iterator[Paragraph]:
    """Each sentence of either side once, but one kept in place once for both.

    A sentence that moved, was split or was merged is taken out where it stood and put in where it stands.
    """
    a, b = comparison.a.lines, comparison.b.lines
    at_a = {line.id: at for at, line in enumerate(a)}
    at_b = {line.id: at for at, line in enumerate(b)}
    anchors = []
    if comparison.a.ordered and comparison.b.ordered:
        kept = (each for each in comparison.changes if each.kept_in_place)
        anchors = sorted((at_a[each.before[0].id], at_b[each.after[0].id]) for each in kept)
    from_a = from_b = 0
    for here, there in (*anchors, (len(a), len(b))):
        for line in a[from_a:here]:
            change = comparison.by_before[line.id]
            yield Paragraph(mark=TAKEN, pieces=(Piece(mark=TAKEN, words=line.words),), line=line, change=change)
        for line in b[from_b:there]:
            change = comparison.by_after[line.id]
            yield Paragraph(mark=PUT, pieces=(Piece(mark=PUT, words=line.words),), line=line, change=change)
        if here < len(a):
            change = comparison.by_before[a[here].id]
            same = (Piece(mark=KEPT, words=b[there].words),)
            told = same if change.kind == "same" else pieces(a[here].words, b[there].words)
            yield Paragraph(mark=KEPT, pieces=told, line=b[there], change=change)
        from_a, from_b = here + 1, there + 1
