"""The sentences that are not the same in both: which became which, by the words they share; what is not clear is unsure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, dropwhile

from lamplighter.plan.comparing.sides import Line
from lamplighter.plan.text import normalised

# Thresholds of the method; comparison.json and the page print them.
LIKE_FROM = 0.3  # of the shorter sentence's words; below it two sentences are never paired, nor unsure
CHANGED_FROM = 0.6  # of the words of both, in the same place of the text: the same sentence, changed
MOVED_FROM = 0.75  # the same, for a sentence that also stands elsewhere: there are more to mistake it for
COVERED_FROM = 0.7  # of a split sentence's words in its parts, and of the parts' words in it; merged likewise
APART_FROM = 0.9  # the same, where the parts are no neighbours
OWN_FROM = 0.4  # of a part's words that no other part brings
CLEAR_BY = 0.15  # how far the best partner must lead the next best
PLACE_SENTENCES = 20  # most sentences between two unchanged ones that still count as one place
_TOLD_WHOLE = 6  # most sentences of an unclear group that are told as one
_PARTS = 4
_FEW = 4  # telling words, up to which a sentence is also looked for word for word
_SHORTEST = 3  # words, below which that would find it everywhere
_FEW_WORDS = 6  # of two sentences together, above which one word in common is too little to look at
_LONGEST_FOR_TWO = int(2 / LIKE_FROM)  # words of the shorter sentence, above which two in common are too little
_COMMON_FROM = 10  # sentences; and a tenth of all
_WORD = re.compile(r"[\w£%]+(?:[.,'&/-]\w+)*")
_LITTLE = (
    "a an and are as at be been being but by can do for from had has have how i in into is it its of on or our shall she so "
    "than that the their them then there these they this those to us was we were what when where which who will with would "
    "you your"
)
_SAYS_LITTLE = frozenset(_LITTLE.split())

Words = frozenset[str]
Running = Mapping[int, Sequence[str]]


class _Cut(dict[str, list[str]]):
    """What stands between two spaces, cut into words: once, however often it stands there."""

    def __missing__(self, piece: str) -> list[str]:
        self[piece] = [piece] if piece.isalnum() else _WORD.findall(piece)
        return self[piece]


def running_words(a: Mapping[int, Line], b: Mapping[int, Line]) -> tuple[Running, Running]:
    """The words of each sentence in their order, as they are compared: without capitals, quotation marks and the like."""
    cut = _Cut()

    def words(line: Line) -> list[str]:
        plain = normalised(line.words) if line.plain is None else line.plain
        return list(chain.from_iterable(map(cut.__getitem__, plain.split())))

    return {at: words(line) for at, line in a.items()}, {at: words(line) for at, line in b.items()}


@dataclass(frozen=True, kw_only=True)
class Group:
    """Sentences of A and of B that belong together, by place; `kind` is changed, merged, split or unsure."""

    kind: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    overlap: float | None
    how: str


def overlap(a: Words, b: Words) -> float:
    """How much of their words two sentences share: twice the shared over the words of both, 0 to 1."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def telling_words(a: Running, b: Running) -> tuple[dict[int, Words], dict[int, Words]]:
    """The words by which each sentence can be told: without small words, and without those of every tenth sentence.

    A sentence that is left with no word keeps all it had.
    """
    found = [{at: frozenset(words) for at, words in side.items()} for side in (a, b)]
    often = Counter(chain.from_iterable(chain(found[0].values(), found[1].values())))
    most = max(_COMMON_FROM, (len(a) + len(b)) // 10)
    little = _SAYS_LITTLE | {word for word, count in often.items() if count > most}
    told = [{at: (words - little) or words for at, words in side.items()} for side in found]
    return told[0], told[1]


def standing_whole(
    running: tuple[Running, Running],
    told: tuple[Mapping[int, Words], Mapping[int, Words]],
    same_place: Callable[[int, int], bool],
) -> set[tuple[int, int]]:
    """Pairs of which one is short and stands whole in the other: how a few words that were merged or split off are found.

    Whole is word for word but for small words at its beginning; in the same place of the text, all its telling words.
    """
    found = set()
    for one, other in ((0, 1), (1, 0)):
        short = []
        for at, words in told[one].items():
            if words and len(words) <= _FEW:
                rest = list(dropwhile(_SAYS_LITTLE.__contains__, running[one][at]))
                sought = f" {' '.join(rest)} " if len(rest) >= _SHORTEST else None
                # who lacks one of the needed words holds the sentence in neither of the two ways
                needed = words.intersection(rest) if sought else words
                short.append((at, words, sought, needed))
        holders = _holders(running[other], only=frozenset().union(*(needed for *_, needed in short)))
        for at, words, sought, needed in short:
            for place in _holding_all(needed, holders):
                pair = (at, place) if one == 0 else (place, at)
                if (sought and sought in f" {' '.join(running[other][place])} ") or (
                    words <= told[other][place] and same_place(*pair)
                ):
                    found.add(pair)
    return found


def _holders(side: Mapping[int, Iterable[str]], *, only: Words) -> Mapping[str, list[int]]:
    """Which sentences hold each of some words? Each sentence once, in order."""
    found: dict[str, list[int]] = {word: [] for word in only}
    for at, words in side.items():
        for word in only.intersection(words):
            found[word].append(at)
    return found


def _holding_all(words: Words, holders: Mapping[str, list[int]]) -> list[int]:
    """The sentences that hold all of these words: those that hold the rarest, if they hold the others too."""
    rarest, *others = sorted((holders.get(word, []) for word in words), key=len)
    for each in others:
        if not rarest:
            break
        there = set(each)
        rarest = [at for at in rarest if at in there]
    return rarest


def near_groups(
    a: Mapping[int, Line], b: Mapping[int, Line], *, same_place: Callable[[int, int], bool], ordered: bool
) -> list[Group]:
    """Which of the sentences left over belong together? Sentences in no group stand in one version only."""
    running = running_words(a, b)
    told_a, told_b = telling_words(*running)
    whole = standing_whole(running, (told_a, told_b), same_place)
    edges = _edges(told_a, told_b, same_place)
    for here, there in whole:
        edges.setdefault((here, there), overlap(told_a[here], told_b[there]))
    partners = _clear_partners(edges, told_a, told_b, same_place)
    back = {there: here for here, there in partners.items()}
    kept = [pair for pair in edges if pair in whole or not _explained(pair, told_a, told_b, partners, back)]
    found: list[Group] = []
    for before, after in _together(kept):
        found += _told(before, after, told_a, told_b, edges, same_place, ordered)
    return found


def _edges(
    a: Mapping[int, Words], b: Mapping[int, Words], same_place: Callable[[int, int], bool]
) -> dict[tuple[int, int], float]:
    """Pairs with enough words in common that one could come from the other, with their overlap."""
    alike = _Alike(b)
    edges = {}
    for here, words in a.items():
        size = len(words)
        for there in alike.to(words):
            others = b[there]
            count = len(words & others)
            score = 2 * count / (size + len(others))
            within = count / min(size, len(others))
            could = score >= 0.5 or (within >= CHANGED_FROM and count >= 2) or (within >= LIKE_FROM and count >= 3)
            if could or (within >= LIKE_FROM and same_place(here, there)):
                edges[here, there] = score
    return edges


class _Alike:
    """Which sentences share enough words with another to be worth a look? Found for all of them at once, a bit each.

    Of most pairs one word is common, which says nothing in a sentence of any length, nor do two words between long ones:
    so the bits of those that share one, two and three words are carried along, word by word, as on an abacus.
    """

    def __init__(self, side: Mapping[int, Words]):
        self._places = list(side)
        self._holding: dict[str, int] = {}
        self._no_longer_than = [0] * (_LONGEST_FOR_TWO + 1)
        for at, words in enumerate(side.values()):
            bit = 1 << at
            for word in words:
                self._holding[word] = self._holding.get(word, 0) | bit
            for size in range(len(words), _LONGEST_FOR_TWO + 1):
                self._no_longer_than[size] |= bit

    def to(self, words: Words) -> Iterator[int]:
        """The sentences that share three words with these, or fewer where one of the two is short."""
        one = two = three = 0
        for word in words:
            bits = self._holding.get(word, 0)
            three |= two & bits
            two |= one & bits
            one |= bits
        likely = three | (two if len(words) <= _LONGEST_FOR_TWO else two & self._no_longer_than[_LONGEST_FOR_TWO])
        if len(words) < _FEW_WORDS:
            likely |= one & self._no_longer_than[_FEW_WORDS - len(words)]
        while likely:
            last = likely & -likely
            yield self._places[last.bit_length() - 1]
            likely ^= last


def _clear_partners(
    edges: Mapping[tuple[int, int], float],
    a: Mapping[int, Words],
    b: Mapping[int, Words],
    same_place: Callable[[int, int], bool],
) -> dict[int, int]:
    """Pairs that are each other's best by a clear lead and above the threshold."""
    first: dict[tuple[str, int], tuple[float, int]] = {}
    second: dict[tuple[str, int], float] = {}
    for (here, there), score in edges.items():
        for node, other in ((("a", here), there), (("b", there), here)):
            best = first.get(node)
            if best is None or score > best[0]:
                second[node] = best[0] if best else 0.0
                first[node] = (score, other)
            else:
                second[node] = max(second[node], score)
    partners = {}
    for here in a:
        if ("a", here) not in first:
            continue
        score, there = first["a", here]
        if first["b", there][1] != here or score < _wanted(here, there, same_place):
            continue
        if score - max(second["a", here], second["b", there]) >= CLEAR_BY:
            partners[here] = there
    return partners


def _wanted(here: int, there: int, same_place: Callable[[int, int], bool]) -> float:
    return CHANGED_FROM if same_place(here, there) else MOVED_FROM


def _explained(
    pair: tuple[int, int],
    a: Mapping[int, Words],
    b: Mapping[int, Words],
    partners: Mapping[int, int],
    back: Mapping[int, int],
) -> bool:
    """Is this likeness only what clear partners share anyway, with no words that went from one to the other?"""
    here, there = pair
    if partners.get(here) == there or (here not in partners and there not in back):
        return False
    lost = a[here] - b[partners[here]] if here in partners else a[here]
    won = b[there] - a[back[there]] if there in back else b[there]
    went = len(lost & won)
    return went < 2 and went < 0.5 * min(len(a[here]), len(b[there]))


def _together(edges: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """The sentences that hang together by edges, in order."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def top(node: tuple[str, int]) -> tuple[str, int]:
        root.setdefault(node, node)
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for here, there in edges:
        root[top(("a", here))] = top(("b", there))
    found: dict[tuple[str, int], tuple[list[int], list[int]]] = {}
    for node in sorted(root):
        found.setdefault(top(node), ([], []))[0 if node[0] == "a" else 1].append(node[1])
    return list(found.values())


def _told(
    here: Sequence[int],
    there: Sequence[int],
    a: Mapping[int, Words],
    b: Mapping[int, Words],
    edges: Mapping[tuple[int, int], float],
    same_place: Callable[[int, int], bool],
    ordered: bool,
) -> list[Group]:
    before, after = tuple(here), tuple(there)
    if len(before) == len(after) == 1:
        score = edges[before[0], after[0]]
        if score >= _wanted(before[0], after[0], same_place):
            return [Group(kind="changed", before=before, after=after, overlap=score, how=_shares(score))]
        why = f"{_shares(score)}: too few to call it the same sentence, too many to call it another"
        return [Group(kind="unsure", before=before, after=after, overlap=score, how=why)]
    beside = all(same_place(x, y) for x in before for y in after)
    if len(before) == 1 and 2 <= len(after) <= _PARTS:
        cover = _parts_cover(a[before[0]], [b[at] for at in after], after, ordered, beside)
        if cover is not None:
            return [Group(kind="split", before=before, after=after, overlap=cover, how=f"together {_shares(cover)}")]
    if len(after) == 1 and 2 <= len(before) <= _PARTS:
        cover = _parts_cover(b[after[0]], [a[at] for at in before], before, ordered, beside)
        if cover is not None:
            return [Group(kind="merged", before=before, after=after, overlap=cover, how=f"together {_shares(cover)}")]
    if len(before) + len(after) <= _TOLD_WHOLE:
        why = "they share words with one another, and which became which is not clear"
        return [Group(kind="unsure", before=before, after=after, overlap=None, how=why)]
    return _nearest(before, after, edges)


def _parts_cover(
    whole: Words, parts: Sequence[Words], places: Sequence[int], ordered: bool, beside: bool
) -> float | None:
    """How well parts make up a whole; None if they leave too much out or add too much. Parts that are no neighbours must
    make it up nearly whole."""
    neighbours = ordered and list(places) == list(range(places[0], places[0] + len(places)))
    wanted = COVERED_FROM if neighbours else APART_FROM
    together: Words = frozenset().union(*parts)
    shared = len(together & whole)
    if shared < wanted * len(whole) or shared < wanted * len(together):
        return None
    for at, part in enumerate(parts):
        others = frozenset().union(*(each for place, each in enumerate(parts) if place != at))
        if len(part & whole) < CHANGED_FROM * len(part) or len((part & whole) - others) < OWN_FROM * len(part):
            return None
    score = overlap(whole, together)
    return score if beside or score >= MOVED_FROM else None


def _nearest(before: Sequence[int], after: Sequence[int], edges: Mapping[tuple[int, int], float]) -> list[Group]:
    """A large unclear group as its nearest pairs, each of them unsure: nobody reads forty sentences in one row."""
    ours, theirs = set(before), set(after)
    inside = [pair for pair in edges if pair[0] in ours and pair[1] in theirs]
    inside.sort(key=lambda pair: (-edges[pair], pair))
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for here, there in inside:
        if here not in paired and there not in taken:
            paired[here] = there
            taken.add(there)
    why = f"nearest of {len(before)} and {len(after)} sentences that share words; which became which is not clear"
    found = [
        Group(kind="unsure", before=(here,), after=(there,), overlap=edges[here, there], how=why)
        for here, there in sorted(paired.items())
    ]
    alone = f"one of {len(before)} and {len(after)} sentences that share words; none is clearly its partner"
    found += [
        Group(kind="unsure", before=(at,), after=(), overlap=None, how=alone) for at in before if at not in paired
    ]
    found += [Group(kind="unsure", before=(), after=(at,), overlap=None, how=alone) for at in after if at not in taken]
    return found


def _shares(score: float) -> str:
    return f"{100 * score:.0f}% of their telling words are shared"
