"""Made-up texts and edits whose truth is known word by word: each word remembers the sentence that it was first in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import strategies as st

from lamplighter.plan.comparing.changes import Change, Comparison
from lamplighter.plan.comparing.sides import Side, side_of_text

NEW = -1
SHARED = ("police", "women", "officers", "London", "safer", "streets")
EDITS = ("move", "edit", "merge", "split", "insert", "delete")


@dataclass(frozen=True)
class Word:
    """A word and the place in A of the sentence that it comes from; NEW if it was written later."""

    text: str
    origin: int


@dataclass
class Manuscript:
    """A text under the pen: sentences of words, and how many words were ever written into it."""

    sentences: list[list[Word]]
    written: int = 0
    done: list[str] = field(default_factory=list)

    def word(self, origin: int) -> Word:
        self.written += 1
        return Word(f"w{self.written}x", origin)

    def text(self) -> str:
        return "\n\n".join("We will " + " ".join(each.text for each in words) + "." for words in self.sentences)


@st.composite
def two_versions(draw: st.DrawFn, *, most_edits: int = 8, shortest: int = 3) -> tuple[Manuscript, Manuscript]:
    """A text of 4 to 14 sentences of `shortest` to 14 words, and the same text after some edits."""
    first = Manuscript(sentences=[])
    for at in range(draw(st.integers(4, 14))):
        words = [first.word(at) for _ in range(draw(st.integers(shortest, 12)))]
        words[2:2] = [Word(each, at) for each in draw(st.lists(st.sampled_from(SHARED), max_size=2, unique=True))]
        first.sentences.append(words)
    then = Manuscript(sentences=[list(each) for each in first.sentences], written=first.written)
    for kind in draw(st.lists(st.sampled_from(EDITS), max_size=most_edits)):
        _edit(then, kind, draw)
    return first, then


def _edit(text: Manuscript, kind: str, draw: st.DrawFn) -> None:
    sentences = text.sentences
    at = draw(st.integers(0, len(sentences) - 1))
    if kind == "move":
        taken = sentences.pop(at)
        sentences.insert(draw(st.integers(0, len(sentences))), taken)
    elif kind == "edit":
        words = sentences[at]
        for place in draw(st.lists(st.integers(0, len(words) - 1), min_size=1, max_size=2, unique=True)):
            words[place] = text.word(NEW)
    elif kind == "merge" and at + 1 < len(sentences):
        sentences[at : at + 2] = [sentences[at] + sentences[at + 1]]
    elif kind == "split" and len(sentences[at]) >= 8:
        cut = draw(st.integers(4, len(sentences[at]) - 4))
        sentences[at : at + 1] = [sentences[at][:cut], sentences[at][cut:]]
    elif kind == "insert":
        fresh = [text.word(NEW) for _ in range(draw(st.integers(6, 10)))]
        fresh[1:1] = [Word(each, NEW) for each in draw(st.lists(st.sampled_from(SHARED), max_size=2, unique=True))]
        sentences.insert(at, fresh)
    elif kind == "delete" and len(sentences) > 2:
        del sentences[at]
    elif kind == "repeat":
        sentences.insert(draw(st.integers(0, len(sentences))), list(sentences[at]))
    else:
        return
    text.done.append(kind)


def side(text: Manuscript, name: str) -> Side:
    made = side_of_text(text.text(), name=name)
    assert len(made.lines) == len(text.sentences)
    return made


def mispaired(found: Comparison, first: Manuscript, then: Manuscript) -> list[str]:
    """Every change that is called sure and that the words' true origins don't bear out."""
    here = {line.id: at for at, line in enumerate(found.a.lines)}
    there = {line.id: at for at, line in enumerate(found.b.lines)}
    wrong = []
    for change in found.changes:
        before, after = [here[each.id] for each in change.before], [there[each.id] for each in change.after]
        if why := _wrong(found, change, before, after, first, then):
            wrong.append(f"{change.id} {change.kind}: {why}")
    return wrong


def _wrong(
    found: Comparison, change: Change, before: list[int], after: list[int], first: Manuscript, then: Manuscript
) -> str:
    if change.kind == "unsure":
        return ""
    if change.kind in ("same", "moved"):
        words = [
            [each.text for each in text[at]] for text, at in ((first.sentences, before[0]), (then.sentences, after[0]))
        ]
        return "" if words[0] == words[1] else "other words"
    if change.kind == "gone":
        size = len(first.sentences[before[0]])
        held = [_origins(then, at)[before[0]] for at in range(len(then.sentences))]
        return f"{max(held)} of its {size} words stand in one sentence" if max(held) > 0.6 * size else ""
    if change.kind == "new":
        origins, size = _origins(then, after[0]), len(then.sentences[after[0]])
        placed = {line.id for each in found.changes if each.after for line in each.before}  # a copy of what is placed
        old = max((n for origin, n in origins.items() if origin != NEW and _id(found, origin) not in placed), default=0)
        return f"{old} of its {size} words come from one sentence" if old > 0.6 * size else ""
    for at in after:
        origins, size = _origins(then, at), len(then.sentences[at])
        ours = sum(origins[origin] for origin in before)
        if ours < 0.4 * size:
            return f"only {ours} of {size} words come from there"
        other = max((count for origin, count in origins.items() if origin not in (NEW, *before)), default=0)
        if other > 0.4 * size:
            return f"{other} of {size} words come from a sentence that is not named"
    for at in before:
        if sum(_origins(then, place)[at] for place in after) < 0.4 * len(first.sentences[at]):
            return f"few words of {at} stand there"
    return ""


def _origins(text: Manuscript, at: int) -> Counter[int]:
    return Counter(each.origin for each in text.sentences[at])


def _id(found: Comparison, origin: int) -> str:
    return found.a.lines[origin].id
