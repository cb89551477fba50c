"""Which counts of a table may leave, and which does adding up give away? The 10-5 rule, with a second mark where it takes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lamplighter.errors import InputError

LEAST, STEP = 10, 5
_SLACK = STEP // 2  # a count that reads 15 is 13 to 17
_HAIR = 1e-6
State = Literal["exact", "rounded", "small", "withheld"]
Sum = tuple[int, Sequence[int]]


@dataclass(frozen=True, kw_only=True)
class SmallCounts:
    """What may be shown of counts, shape (n,).

    shown: the count (exact), its nearest 5 (rounded), nan (small, withheld). state: which of the four each is. open: small
    ones that can still be narrowed from what is shown; then nothing of the table may leave but its exact totals.
    """

    shown: NDArray[np.float64]
    state: tuple[State, ...]
    open: tuple[int, ...]


def ten_five(count: int) -> int | None:
    """A count as it may be shown by itself: None below 10 (zero too), else rounded to the nearest 5."""
    return None if count < LEAST else int(STEP * ((count + _SLACK) // STEP))


def stages_as_shown(counts: Sequence[int]) -> list[int | None]:
    """Counts of which each is a part of the one before, as they may be shown beside each other; the first is exact.

    What falls out between two stages is a count too: where that is below 10, the stage after it is rounded no longer but
    withheld (None), unless the two rounded counts leave open that it is 0 and that it is 9.
    """
    n = len(counts)
    if not n:
        return []
    # Of what falls out only the small is marked; the rest stands nowhere, and can't be used to find a stage again.
    few = [(at, before - after) for at, (before, after) in enumerate(pairwise(counts)) if before - after < LEAST]
    sums: list[Sum] = [(at, (at + 1, n + row)) for row, (at, _) in enumerate(few)]
    found = small_counts([*counts, *(dropped for _, dropped in few)], sums=sums, exact=(0,))
    return [
        counts[0],
        *(int(found.shown[at]) if found.state[at] == "rounded" and not found.open else None for at in range(1, n)),
    ]


def small_counts(counts: ArrayLike, *, sums: Sequence[Sum] = (), exact: Sequence[int] = ()) -> SmallCounts:
    """What of these counts can be shown, so that every count below 10 could still be 0 and could still be 9?

    counts: all that would be published together, totals included, shape (n,). sums: (total, its parts), by position.
    exact: positions that are published as they are, here or elsewhere (the number of rows, the number unknown): the attack
    knows them. A count below 10 is marked, zero too; any other is rounded to the nearest 5, which leaves it 2 either way.
    Then each marked count is attacked by linear programming over all sums at once; where it can't be both 0 and 9 (or as
    far as the exact counts by themselves reach: a part of 3 is 3 at most), the smallest rounded count in a sum with it is
    withheld too, and so on. Which is decided by what would be shown, not by what
    is behind it. Sums of sums along two ways of cutting a table are networks, so that the bounds are those of whole numbers.
    Misleads where somebody knows more than these counts (an earlier release, a longer period, one of the people).
    Raises InputError where a sum does not add up, or a count is negative.
    Source: the 10-5 rule of the Office for National Statistics; second marks checked rather than assumed.
    """
    values = np.array(counts, dtype=np.int64)
    if values.ndim != 1 or (values < 0).any():
        raise InputError("Counts are whole numbers of 0 or more, in one row.")
    for total, parts in sums:
        if values[total] != values[list(parts)].sum():
            raise InputError(f"The parts of count {total} add up to {values[list(parts)].sum()}, not {values[total]}.")
    known = set(exact)
    state: list[State] = [
        "exact" if at in known else "small" if value < LEAST else "rounded" for at, value in enumerate(values)
    ]
    rounded = np.array([ten_five(int(value)) or 0 for value in values], dtype=np.int64)
    attack = _Attack(values, rounded, sums)
    open_ones = []
    # What is withheld later only widens what an earlier one could be: each is attacked until it holds, and not again.
    for marked in [at for at, each in enumerate(state) if each == "small"]:
        while not attack.leaves_open(marked, state):
            second = _second(marked, rounded, state, sums)
            if second is None:
                open_ones.append(marked)
                break
            state[second] = "withheld"
    shown = np.where([each == "exact" for each in state], values, rounded).astype(np.float64)
    shown[[each in ("small", "withheld") for each in state]] = np.nan
    return SmallCounts(shown=shown, state=tuple(state), open=tuple(open_ones))


def _second(broken: int, rounded: NDArray[np.int64], state: Sequence[State], sums: Sequence[Sum]) -> int | None:
    """The smallest rounded count in a sum with the broken one (a part before a total), else the smallest of all, else None."""
    totals = {total for total, _ in sums}
    beside = {at for total, parts in sums if broken in (total, *parts) for at in (total, *parts)}
    for among in (beside, set(range(len(state)))):
        left = [at for at in sorted(among) if state[at] == "rounded"]
        if left:
            return min(left, key=lambda at: (at in totals, rounded[at], at))
    return None


class _Attack:
    """What somebody can find out who adds up and takes away all that is shown."""

    def __init__(self, values: NDArray[np.int64], rounded: NDArray[np.int64], sums: Sequence[Sum]):
        self.values, self.rounded = values, rounded
        self.matrix = np.zeros((len(sums), values.size))
        for row, (total, parts) in enumerate(sums):
            self.matrix[row, total] = 1
            self.matrix[row, list(parts)] = -1

    def leaves_open(self, at: int, state: Sequence[State]) -> bool:
        """Could this marked count still be 0, and still be 9, as far as the exact counts by themselves leave it open?"""
        if not len(self.matrix):
            return True
        exact_only = [_bounds(int(value), 0, each) if each == "exact" else (0, None)
                      for value, each in zip(self.values, state, strict=True)]  # fmt: skip
        shown = [_bounds(int(value), int(near), each)
                 for value, near, each in zip(self.values, self.rounded, state, strict=True)]  # fmt: skip
        widest, left = self._range(at, exact_only), self._range(at, shown)
        least, most = max(0.0, widest[0]), min(LEAST - 1.0, widest[1])
        return left[0] <= least + _HAIR and left[1] >= most - _HAIR

    def _range(self, at: int, bounds: list[tuple[int, int | None]]) -> tuple[float, float]:
        """The least and the most that a count can be within these bounds and sums."""
        from scipy.optimize import linprog

        aim = np.zeros(self.values.size)
        aim[at] = 1
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * aim, A_eq=self.matrix, b_eq=np.zeros(len(self.matrix)), bounds=bounds, method="highs"
            )
            # Unbounded is as wide as it gets; what is behind the counts always fits them, so there is a solution.
            ends.append(sign * found.fun if found.status == 0 else -sign * np.inf)
        return float(ends[0]), float(ends[1])


def _bounds(value: int, near: int, state: State) -> tuple[int, int | None]:
    if state == "exact":
        return value, value
    if state == "rounded":
        return max(near - _SLACK, LEAST), near + _SLACK
    return (0, LEAST - 1) if state == "small" else (LEAST, None)
