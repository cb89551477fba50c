"""The sentences that stand in both versions word for word, and which of them had to move."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from lamplighter.plan.comparing.sides import Line, Side
from lamplighter.plan.text import digest_of


@dataclass(frozen=True, kw_only=True)
class Exact:
    """`pairs`: places in A → places in B with the same words. `unsure`: groups that repeat and can't be told apart.

    `alike`: of the pairs, those where only the paraphrase is known to be the same; `reworded`: those whose paraphrase
    is the same while the digests of the texts are known to differ.
    """

    pairs: dict[int, int]
    unsure: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    alike: frozenset[int]
    reworded: frozenset[int]


def exact_pairs(a: Side, b: Side) -> Exact:
    """Which sentences are the same in both? By the digest of their words, then by paraphrase where only that is held.

    A sentence that stands several times (a heading, say) is paired by its neighbours; what is left is paired in order
    when it stands equally often in both, and is unsure when it does not.
    """
    pairs: dict[int, int] = {}
    unsure: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    _pair_up(
        [each.digest for each in a.lines], [each.digest for each in b.lines], pairs, unsure, a.ordered and b.ordered
    )
    by_digest = set(pairs)
    kept_a = {at for group in unsure for at in group[0]} | by_digest
    kept_b = {at for group in unsure for at in group[1]} | set(pairs.values())
    if a.paraphrased and b.paraphrased:
        keys_a = [None if at in kept_a else _paraphrase(each) for at, each in enumerate(a.lines)]
        keys_b = [None if at in kept_b else _paraphrase(each) for at, each in enumerate(b.lines)]
        _pair_up(keys_a, keys_b, pairs, unsure, a.ordered and b.ordered)
    alike = frozenset(set(pairs) - by_digest)
    return Exact(
        pairs=pairs,
        unsure=tuple(unsure),
        alike=alike,
        reworded=frozenset(at for at in alike if a.lines[at].digest and b.lines[pairs[at]].digest),
    )


def _paraphrase(line: Line) -> str | None:
    return digest_of(line.words) if line.paraphrased and line.words else None


def _pair_up(
    keys_a: Sequence[Hashable],
    keys_b: Sequence[Hashable],
    pairs: dict[int, int],
    unsure: list[tuple[tuple[int, ...], tuple[int, ...]]],
    ordered: bool,
) -> None:
    once_a, once_b = _once(keys_a), _once(keys_b)
    if once_a is not None and once_b is not None:
        pairs.update({here: once_b[key] for key, here in once_a.items() if key in once_b})
        return
    places_a, places_b = _places(keys_a), _places(keys_b)
    several = {}
    for key, here in places_a.items():
        there = places_b.get(key)
        if there is None:
            continue
        if len(here) == len(there) == 1:
            pairs[here[0]] = there[0]
        else:
            several[key] = (here, there)
    if not several:
        return
    if ordered:
        _pair_by_neighbours(several, keys_a, keys_b, pairs)
    taken = set(pairs.values())
    for here, there in several.values():
        left, right = [at for at in here if at not in pairs], [at for at in there if at not in taken]
        if len(left) == len(right):
            pairs.update(zip(left, right, strict=True))
        elif left and right:
            unsure.append((tuple(left), tuple(right)))


def _once(keys: Sequence[Hashable]) -> dict[Hashable, int] | None:
    """Where each key stands, if none stands twice."""
    found = {key: at for at, key in enumerate(keys) if key is not None}
    return found if len(found) == len(keys) else None


def _places(keys: Iterable[Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for at, key in enumerate(keys):
        if key is not None:
            found.setdefault(key, []).append(at)
    return found


def _pair_by_neighbours(
    several: dict[Hashable, tuple[list[int], list[int]]],
    keys_a: Sequence[Hashable],
    keys_b: Sequence[Hashable],
    pairs: dict[int, int],
) -> None:
    """Of sentences that repeat, pairs those that follow or go before a pair already made, where only one choice does."""
    back = {there: here for here, there in pairs.items()}
    waiting = sorted(at for here, _ in several.values() for at in here)
    while waiting:
        still = []
        for at in waiting:
            choice = _beside(at, keys_a, keys_b, pairs, back)
            if choice is not None and _beside(choice, keys_b, keys_a, back, pairs) == at:
                pairs[at], back[choice] = choice, at
            else:
                still.append(at)
        if len(still) == len(waiting):
            return
        waiting = still


def _beside(
    at: int, keys: Sequence[Hashable], keys_there: Sequence[Hashable], pairs: dict[int, int], back: dict[int, int]
) -> int | None:
    """The one place on the other side that has these words, is free, and lies beside this place's paired neighbour."""
    before, after = pairs.get(at - 1), pairs.get(at + 1)
    found = [*([] if before is None else [before + 1]), *([] if after is None else [after - 1])]
    free = {each for each in found if 0 <= each < len(keys_there) and keys_there[each] == keys[at] and each not in back}
    return free.pop() if len(free) == 1 else None


def longest_rising(places: Sequence[int]) -> list[int]:
    """Which entries form the longest rising run (gaps allowed)? Indices into `places`: all others had to move."""
    tails: list[int] = []
    values: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        if not values or place > values[-1]:  # most of them: the run goes on
            before.append(tails[-1] if tails else -1)
            tails.append(at)
            values.append(place)
            continue
        where = bisect_left(values, place)
        before.append(tails[where - 1] if where else -1)
        tails[where], values[where] = at, place
    found = []
    at = tails[-1] if tails else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]
