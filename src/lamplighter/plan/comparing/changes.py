"""From two sides to one comparison: each sentence of either side in exactly one change, in the order of a reader."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lamplighter.plan.comparing.exact import Exact, exact_pairs, longest_rising
from lamplighter.plan.comparing.near import PLACE_SENTENCES, Group, near_groups
from lamplighter.plan.comparing.sides import Line, Side

KINDS = ("same", "changed", "moved", "merged", "split", "new", "gone", "unsure")
NO_REASON = "no reason recorded"
_SURE = ("same", "moved", "changed", "merged", "split")


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a change was made, who says so, and where it is recorded."""

    words: str
    by: str | None = None
    on: date | None = None
    recorded_in: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of some sentences. `moved` goes with every kind: a changed sentence may stand elsewhere too."""

    id: str
    kind: str
    moved: bool = False
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    overlap: float | None = None
    how: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def reason_words(self) -> str:
        """The reasons in a line; `no reason recorded` where there is none."""
        return " ".join(each.words for each in self.reasons) or NO_REASON

    @property
    def kept_in_place(self) -> bool:
        """Is it one sentence in both, at the same place in the order?"""
        return self.kind in ("same", "changed") and not self.moved and len(self.before) == len(self.after) == 1


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two versions, sentence by sentence. `counts` has every kind, nil included, in changes (not in sentences)."""

    a: Side
    b: Side
    changes: tuple[Change, ...]
    by_before: Mapping[str, Change] = field(default_factory=dict)
    by_after: Mapping[str, Change] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(each.kind for each in self.changes)
        return {kind: found[kind] for kind in KINDS}


def compare(a: Side, b: Side) -> Comparison:
    """What became of every sentence of A, and where does every sentence of B come from?

    Same words first, by digest; then the best matches by shared words, above stated thresholds and with a clear lead; a
    split or a merge where neighbours cover the whole; moved is what is not in the longest run that keeps its order, so
    of two neighbours that changed places one is called moved. Anything that could be read two ways is unsure.
    Misleads where a sentence was taken out and another was written from the same words: that reads as a change. Where
    only paraphrases are held, same means that our paraphrase is the same.
    """
    exact = exact_pairs(a, b)
    ordered = a.ordered and b.ordered
    repeated = "the same words stand more often in one version than in the other; which of them stayed can’t be known"
    groups = [Group(kind="unsure", before=here, after=there, overlap=1.0, how=repeated) for here, there in exact.unsure]
    groups += _left_over(a, b, exact, groups, ordered)
    return comparison_of(a, b, _in_reading_order(a, b, exact, groups, ordered))


def comparison_of(a: Side, b: Side, changes: tuple[Change, ...]) -> Comparison:
    """The same changes, found again by the ids of either side."""
    return Comparison(
        a=a,
        b=b,
        changes=changes,
        by_before={line.id: each for each in changes for line in each.before},
        by_after={line.id: each for each in changes for line in each.after},
    )


def _left_over(a: Side, b: Side, exact: Exact, done: list[Group], ordered: bool) -> list[Group]:
    """What became of the sentences that are not the same."""
    done_a = {*exact.pairs, *(at for each in done for at in each.before)}
    done_b = {*exact.pairs.values(), *(at for each in done for at in each.after)}
    left = {at: line for at, line in enumerate(a.lines) if at not in done_a}
    right = {at: line for at, line in enumerate(b.lines) if at not in done_b}
    found: list[Group] = []
    places = _same_place(exact.pairs, left, right, (len(a.lines), len(b.lines)), ordered)
    for paraphrased in (False, True):
        of_a = {at: each for at, each in left.items() if each.paraphrased is paraphrased}
        of_b = {at: each for at, each in right.items() if each.paraphrased is paraphrased}
        if of_a and of_b:
            found += near_groups(of_a, of_b, same_place=places, ordered=ordered)
    grouped_a = {at for each in found for at in each.before}
    grouped_b = {at for each in found for at in each.after}
    alone_a = {at: line for at, line in left.items() if at not in grouped_a}
    alone_b = {at: line for at, line in right.items() if at not in grouped_b}
    for at, line in alone_a.items():
        kind, how = _alone("gone", line, alone_b, b)
        found.append(Group(kind=kind, before=(at,), after=(), overlap=None, how=how))
    for at, line in alone_b.items():
        kind, how = _alone("new", line, alone_a, a)
        found.append(Group(kind=kind, before=(), after=(at,), overlap=None, how=how))
    return found


def _alone(kind: str, line: Line, left: Mapping[int, Line], other: Side) -> tuple[str, str]:
    """Gone or new; unsure where the other version is not all held, or what is left of it can't be held against this."""
    if any(each.paraphrased is not line.paraphrased for each in left.values()):
        return "unsure", "of one version only paraphrases are held, which can’t be compared with words: give its text"
    if not other.complete:
        return "unsure", f"not found, but not all of {other.title} is held, so that it is {kind} can’t be said"
    return kind, "no sentence of the other version shares enough of its words"


def _same_place(
    pairs: Mapping[int, int], left: Iterable[int], right: Iterable[int], sizes: tuple[int, int], ordered: bool
) -> _Places:
    """Places between the same two unchanged sentences, as long as there are few enough of them.

    left, right: the sentences that are asked about; sizes: how many each side has.
    """
    if not ordered:
        return _Places(of_a={}, of_b={})
    here = sorted(pairs)
    kept = [here[at] for at in longest_rising([pairs[each] for each in here])]
    kept_b = [pairs[each] for each in kept]
    return _Places(of_a=_small_places(left, kept, sizes[0]), of_b=_small_places(right, kept_b, sizes[1]))


def _small_places(asked: Iterable[int], kept: Sequence[int], size: int) -> dict[int, int]:
    """The place of each sentence that stands in a small one, numbered by the unchanged sentences before it."""
    found = {}
    for at in asked:
        place = bisect_left(kept, at)
        begins = kept[place - 1] if place else -1
        ends = kept[place] if place < len(kept) else size
        if ends - begins - 1 <= PLACE_SENTENCES:
            found[at] = place
    return found


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Do a sentence of A and one of B stand between the same unchanged neighbours? The place of each that is in a small one."""

    of_a: Mapping[int, int]
    of_b: Mapping[int, int]

    def __call__(self, here: int, there: int) -> bool:
        place = self.of_a.get(here)
        return place is not None and place == self.of_b.get(there)


def _in_reading_order(a: Side, b: Side, exact: Exact, groups: Sequence[Group], ordered: bool) -> tuple[Change, ...]:
    """In the order of B; what is only in A follows the sentence that it followed in A.

    Moved is what is sure and outside the longest run that keeps its order.
    """
    sure = {each.before[0]: each for each in groups if each.kind in _SURE}
    goes = {**exact.pairs, **{here: each.after[0] for here, each in sure.items()}}
    starts = sorted(goes)
    if ordered:
        kept = longest_rising([goes[here] for here in starts])
        moved = set(starts).difference(starts[at] for at in kept)
        starts = [starts[at] for at in kept]
    else:
        moved = set()
    back = {there: here for here, there in exact.pairs.items()}
    at_b = {each.after[0]: each for each in groups if each.after}
    following: dict[int, list[Group]] = {}
    for each in sorted((each for each in groups if not each.after), key=lambda each: each.before[0]):
        at = bisect_left(starts, each.before[0])
        following.setdefault(goes[starts[at - 1]] if at else -1, []).append(each)

    changes: list[Change] = []
    width = max(3, len(str(len(exact.pairs) + len(groups))))

    def tell(group: Group, *, has_moved: bool) -> None:
        changes.append(
            Change(
                id=f"C{len(changes) + 1:0{width}d}",
                kind=group.kind,
                moved=has_moved,
                before=tuple(a.lines[at] for at in group.before),
                after=tuple(b.lines[at] for at in group.after),
                overlap=group.overlap,
                how=group.how,
            )
        )

    for there in range(-1, len(b.lines)):
        if there in back:
            here = back[there]
            kind, overlap, how = _same(exact, here)
            changes.append(
                Change(
                    id=f"C{len(changes) + 1:0{width}d}",
                    kind="moved" if here in moved and kind == "same" else kind,
                    moved=here in moved,
                    before=(a.lines[here],),
                    after=(b.lines[there],),
                    overlap=overlap,
                    how=how,
                )
            )
        elif there in at_b:
            group = at_b[there]
            tell(group, has_moved=group.kind in _SURE and group.before[0] in moved)
        for group in following.get(there, ()):
            tell(group, has_moved=False)
    return tuple(changes)


def _same(exact: Exact, here: int) -> tuple[str, float | None, str]:
    """The kind of a pair of the same words, what they share, and how that is known."""
    if here in exact.reworded:
        return "changed", None, "the paraphrase is the same, but the digests of the two texts differ"
    return "same", 1.0, "the paraphrase is the same" if here in exact.alike else "the same words"


def with_reasons(comparison: Comparison, reasons: Mapping[str, tuple[Reason, ...]]) -> Comparison:
    """The same comparison, its changes carrying these reasons (by the change's id)."""
    changes = tuple(
        replace(each, reasons=each.reasons + reasons[each.id]) if each.id in reasons else each
        for each in comparison.changes
    )
    return comparison_of(comparison.a, comparison.b, changes)
