"""Which words of a sentence were taken out and which were put in: pieces that join to the old words or to the new ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

KEPT, TAKEN, PUT = "kept", "taken out", "put in"
_TOKEN = re.compile(r"\s+|[\w£%]+(?:[.,'’&/-]\w+)*|.", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of words and whether it was kept, taken out or put in."""

    mark: str
    words: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words kept and taken out, in order, join to `before`; those kept and put in join to `after`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Piece] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(mark=KEPT, words="".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            found.append(Piece(mark=TAKEN, words="".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(Piece(mark=PUT, words="".join(new[new_from:new_to])))
    return _without_lone_spaces(found)


def _without_lone_spaces(found: list[Piece]) -> tuple[Piece, ...]:
    """A space kept between two rewritten words is part of the rewriting: word by word in two colours can't be read."""
    calm: list[Piece] = []
    for at, piece in enumerate(found):
        between = 0 < at < len(found) - 1 and piece.mark == KEPT and not piece.words.strip()
        calm += [Piece(mark=TAKEN, words=piece.words), Piece(mark=PUT, words=piece.words)] if between else [piece]
    run: dict[str, str] = {}
    joined: list[Piece] = []
    for piece in calm:
        if piece.mark == KEPT:
            joined += _flushed(run)
            joined.append(piece)
        else:
            run[piece.mark] = run.get(piece.mark, "") + piece.words
    return tuple(joined + _flushed(run))


def _flushed(run: dict[str, str]) -> list[Piece]:
    told = [Piece(mark=mark, words=run[mark]) for mark in (TAKEN, PUT) if mark in run]
    run.clear()
    return told


def joined(found: Iterable[Piece], *marks: str) -> str:
    """The words of the pieces with these marks."""
    return "".join(each.words for each in found if each.mark in marks)
