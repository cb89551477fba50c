"""What a method takes for a series: numbers in time order, equally spaced, with nan where nothing is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lamplighter.errors import InputError

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


def series_of(values: ArrayLike, *, name: str, at_least: float | None = None) -> Numbers:
    """The values as floats, shape (n,); None and nan are unknown. InputError for infinities and numbers too low."""
    try:
        numbers = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as why:
        raise InputError(
            f"{name}: not a list of numbers. Give one number a period, and nan where it is unknown."
        ) from why
    if numbers.ndim != 1:
        raise InputError(f"{name}: shape {numbers.shape} is not one series. Give one number a period.")
    if np.isinf(numbers).any():
        raise InputError(
            f"{name}: position {_first(np.isinf(numbers))} is infinite. Give nan where a value is unknown."
        )
    if at_least is not None and (low := numbers < at_least).any():
        raise InputError(
            f"{name}: position {_first(low)} is {numbers[low][0]:g}, below {at_least:g}. "
            "Correct it, or give nan if it is unknown."
        )
    return numbers


def mask_of(flags: ArrayLike | None, *, name: str, points: int) -> Mask:
    """The flags as booleans, shape (points,); None means that none is set. Raises InputError on another length."""
    if flags is None:
        return np.zeros(points, dtype=np.bool_)
    mask = np.array(flags, dtype=np.bool_)
    if mask.shape != (points,):
        raise InputError(f"{name}: {mask.size} flags for {points} points. Give one flag a point.")
    return mask


def phase_edges(starts: ArrayLike, *, points: int) -> tuple[tuple[int, int], ...]:
    """The stretches [start, end) between marked breaks; 0 is a start. InputError for a break outside the series."""
    marked = {int(each) for each in np.atleast_1d(np.array(starts, dtype=np.int64))}
    for each in sorted(marked):
        if not 0 <= each < max(points, 1):
            raise InputError(
                f"A break at position {each} is outside a series of {points} points. Use 0 to {points - 1}."
            )
    first = sorted(marked | {0})
    return tuple(zip(first, [*first[1:], points], strict=True))


def _first(mask: Mask) -> int:
    return int(np.flatnonzero(mask)[0])
