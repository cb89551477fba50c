"""From two sides to one comparison: each sentence of either side in exactly one change, in the order of a reader."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
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
    groups = [_exact_group(exact, here, there) for here, there in exact.pairs.items()]
    repeated = "the same words stand more often in one version than in the other; which of them stayed can’t be known"
    groups += [
        Group(kind="unsure", before=here, after=there, overlap=1.0, how=repeated) for here, there in exact.unsure
    ]
    groups += _left_over(a, b, exact, groups, ordered)
    changes = _moves(groups, ordered)
    return comparison_of(a, b, _in_reading_order(a, b, changes))


def comparison_of(a: Side, b: Side, changes: tuple[Change, ...]) -> Comparison:
    """The same changes, found again by the ids of either side."""
    return Comparison(
        a=a,
        b=b,
        changes=changes,
        by_before={line.id: each for each in changes for line in each.before},
        by_after={line.id: each for each in changes for line in each.after},
    )


def _exact_group(exact: Exact, here: int, there: int) -> Group:
    if here in exact.reworded:
        how = "the paraphrase is the same, but the digests of the two texts differ"
        return Group(kind="changed", before=(here,), after=(there,), overlap=None, how=how)
    how = "the paraphrase is the same" if here in exact.alike else "the same words"
    return Group(kind="same", before=(here,), after=(there,), overlap=1.0, how=how)


def _left_over(a: Side, b: Side, exact: Exact, done: list[Group], ordered: bool) -> list[Group]:
    """What became of the sentences that are not the same."""
    done_a = {at for each in done for at in each.before}
    done_b = {at for each in done for at in each.after}
    left = {at: line for at, line in enumerate(a.lines) if at not in done_a}
    right = {at: line for at, line in enumerate(b.lines) if at not in done_b}
    found: list[Group] = []
    places = _same_place(len(a.lines), len(b.lines), exact.pairs, ordered)
    for paraphrased in (False, True):
        of_a = {at: each.words for at, each in left.items() if each.paraphrased is paraphrased}
        of_b = {at: each.words for at, each in right.items() if each.paraphrased is paraphrased}
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


def _same_place(most_a: int, most_b: int, pairs: Mapping[int, int], ordered: bool) -> _Places:
    """Places between the same two unchanged sentences, as long as there are few enough of them."""
    if not ordered:
        return _Places(of_a=(), of_b=(), small=frozenset())
    here = sorted(pairs)
    kept = [here[at] for at in longest_rising([pairs[each] for each in here])]
    kept_b = [pairs[each] for each in kept]
    of_a = tuple(bisect_left(kept, at) for at in range(most_a))
    of_b = tuple(bisect_left(kept_b, at) for at in range(most_b))
    counts_a, counts_b = Counter(of_a), Counter(of_b)  # the unchanged sentence at its end counts too
    small = {each for each in counts_a if max(counts_a[each], counts_b[each]) <= PLACE_SENTENCES + 1}
    return _Places(of_a=of_a, of_b=of_b, small=frozenset(small))


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Do a sentence of A and one of B stand between the same unchanged neighbours?"""

    of_a: tuple[int, ...]
    of_b: tuple[int, ...]
    small: frozenset[int]

    def __call__(self, here: int, there: int) -> bool:
        return bool(self.of_a) and self.of_a[here] == self.of_b[there] and self.of_a[here] in self.small


def _moves(groups: list[Group], ordered: bool) -> list[tuple[Group, bool]]:
    """Each group, and whether it is outside the longest run that keeps its order."""
    if not ordered:
        return [(each, False) for each in groups]
    sure = sorted((each for each in groups if each.kind in _SURE), key=lambda each: each.before[0])
    kept = {id(sure[at]) for at in longest_rising([each.after[0] for each in sure])}
    return [(each, each.kind in _SURE and id(each) not in kept) for each in groups]


def _in_reading_order(a: Side, b: Side, found: list[tuple[Group, bool]]) -> tuple[Change, ...]:
    """In the order of B; what is only in A follows the sentence that it followed in A."""
    kept = sorted((each.before[0], each.after[0]) for each, moved in found if each.kind in _SURE and not moved)
    starts = [here for here, _ in kept]

    def place(told: tuple[Group, bool]) -> tuple[int, int, int]:
        group = told[0]
        if group.after:
            return group.after[0], 0, 0
        at = bisect_left(starts, group.before[0])
        return (kept[at - 1][1] if at else -1), 1, group.before[0]

    width = max(3, len(str(len(found))))
    changes = []
    for number, (group, moved) in enumerate(sorted(found, key=place), 1):
        changes.append(
            Change(
                id=f"C{number:0{width}d}",
                kind="moved" if moved and group.kind == "same" else group.kind,
                moved=moved,
                before=tuple(a.lines[at] for at in group.before),
                after=tuple(b.lines[at] for at in group.after),
                overlap=group.overlap,
                how=group.how,
            )
        )
    return tuple(changes)


def with_reasons(comparison: Comparison, reasons: Mapping[str, tuple[Reason, ...]]) -> Comparison:
    """The same comparison, its changes carrying these reasons (by the change's id)."""
    changes = tuple(
        replace(each, reasons=each.reasons + reasons[each.id]) if each.id in reasons else each
        for each in comparison.changes
    )
    return comparison_of(comparison.a, comparison.b, changes)
