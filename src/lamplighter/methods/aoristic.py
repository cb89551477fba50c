"""At what hour of which weekday, when all that is known is between when and when? Each incident spread over its window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lamplighter.errors import InputError
from lamplighter.methods.series import Mask, Numbers

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60  # minutes
HOURS_A_WEEK = 7 * 24
FIRST_MONDAY = 4 * DAY  # 1970-01-01, minute 0, is a Thursday
Spread = Literal["exact_minute", "whole_hour"]
SPREADS: dict[Spread, str] = {
    "exact_minute": "each hour gets the minutes of the window that fall into it, over the window's length",
    "whole_hour": "the window is rounded up to whole hours from the hour of its start, each with the same weight; a "
    "window without length is left out, one longer than a week spread over all 168 hours alike",
}


@dataclass(frozen=True, kw_only=True)
class HourWeights:
    """Incidents by weekday and hour, shape (7, 24), Monday first, hour 0 from midnight.

    spread: by which method. counted: how many incidents the weights are of. Of those within_one_hour are known to the
    hour (by the method used: all their weight on one cell) and longer_than_day hardly tell an hour at all. Not counted:
    start_unknown; backwards (the end before the start: a row to be refused); without_length (whole_hour only).
    """

    weights: Numbers
    spread: Spread
    counted: int
    within_one_hour: int
    longer_than_day: int
    start_unknown: int
    backwards: int
    without_length: int


def hour_weights(
    from_minute: ArrayLike, to_minute: ArrayLike, *, spread: Spread = "exact_minute", weights: ArrayLike | None = None
) -> HourWeights:
    """When in the week do incidents happen, if each is spread evenly over the time in which it may have happened?

    from_minute, to_minute: minutes since 1970-01-01 by the local clock, shape (n,), nan unknown. Without an end, or with
    an end at the start, an incident stands on the hour of its start. weights: what each counts for, 1 if not given.
    exact_minute (the default): overlap of each clock hour with the window over the window's length; windows of more than
    a week meet the same hour more than once. whole_hour: as Ratcliffe's program does it.
    Misleads when starts are the hour at which a form was opened (a peak at midnight, noon or on the hour), when long
    windows are many (they flatten everything: see longer_than_day), and by an hour across a change of the clock.
    Raises InputError for another spread, other lengths, infinite minutes and weights that are negative or unknown.
    Source: Ratcliffe & McCullagh 1998; Ratcliffe 2002.
    """
    start, end = _windows(from_minute, to_minute, spread)
    weight = np.ones(start.size) if weights is None else np.array(weights, dtype=np.float64)
    if weight.shape != start.shape or not (np.isfinite(weight) & (weight >= 0)).all():
        raise InputError(f"weights: give {start.size}, each 0 or more; leave out what is unknown.")
    known = ~np.isnan(start)
    counted, without_length = _counted(start, end, to_minute, spread)
    summed = np.zeros(HOURS_A_WEEK)
    for hour, part, which in _parts(start[counted], end[counted], spread):
        summed += np.bincount(hour, weights=part * weight[counted][which], minlength=HOURS_A_WEEK)
    first_hour, last_hour = np.floor(start / HOUR), np.ceil(np.maximum(end, start + 1) / HOUR)
    if spread == "whole_hour":
        last_hour = first_hour + np.ceil(np.maximum(end - start, 1) / HOUR)
    return HourWeights(
        weights=summed.reshape(7, 24),
        spread=spread,
        counted=int(counted.sum()),
        within_one_hour=int((counted & (last_hour - first_hour <= 1)).sum()),
        longer_than_day=int((counted & (end - start > DAY)).sum()),
        start_unknown=int((~known).sum()),
        backwards=int((known & (end < start)).sum()),
        without_length=int(without_length.sum()),
    )


def share_within(
    from_minute: ArrayLike, to_minute: ArrayLike, *, hours: ArrayLike, spread: Spread = "exact_minute"
) -> Numbers:
    """How much of each incident falls into these hours of the week (nights, say)? Shape (n,), 0 to 1.

    hours: which, shape (7, 24), Monday first. nan where `hour_weights` would not count the incident. So that places can
    be ranked by night and by day from the same weights. Misleads and raises as `hour_weights`.
    """
    wanted = np.array(hours, dtype=np.bool_)
    if wanted.shape != (7, 24):
        raise InputError(f"hours: shape {wanted.shape} is no week. Give 7 days of 24 hours, Monday first.")
    start, end = _windows(from_minute, to_minute, spread)
    counted, _ = _counted(start, end, to_minute, spread)
    share = np.full(start.size, np.nan)
    inside = np.zeros(int(counted.sum()))
    flat = wanted.ravel()
    for hour, part, which in _parts(start[counted], end[counted], spread):
        inside[which] += np.where(flat[hour], part, 0.0)
    # Eleven twelfths and one twelfth may add up to a hair over 1.
    share[counted] = np.minimum(inside, 1.0)
    return share


def hours_between(first_hour: int, last_hour: int) -> Mask:
    """The hours from first_hour until last_hour on every day, shape (7, 24); over midnight if the last is not later.

    `hours_between(19, 7)` are nights. The same hour twice is the whole day. Raises InputError outside 0 to 24.
    """
    if not (0 <= first_hour < 24 and 0 <= last_hour <= 24):
        raise InputError(f"From {first_hour} to {last_hour} is no part of a day. Use hours from 0 to 24.")
    hour = np.arange(24)
    if first_hour < last_hour:
        chosen = (hour >= first_hour) & (hour < last_hour)
    else:
        chosen = (hour >= first_hour) | (hour < last_hour)
    return np.tile(chosen, (7, 1))


def _windows(from_minute: ArrayLike, to_minute: ArrayLike, spread: Spread) -> tuple[Numbers, Numbers]:
    """Starts and ends, nan where the start is unknown; an unknown end is the start."""
    if spread not in get_args(Spread):
        raise InputError(f"There is no spread called {spread!r}. Use {' or '.join(get_args(Spread))}.")
    start, end = np.array(from_minute, dtype=np.float64), np.array(to_minute, dtype=np.float64)
    if start.ndim != 1 or start.shape != end.shape:
        raise InputError(f"Starts {start.shape} and ends {end.shape} don't pair. Give one of each an incident.")
    if np.isinf(start).any() or np.isinf(end).any():
        raise InputError("A minute is infinite. Give nan where a time is unknown.")
    return start, np.where(np.isnan(end), start, end)


def _counted(start: Numbers, end: Numbers, to_minute: ArrayLike, spread: Spread) -> tuple[Mask, Mask]:
    """Which incidents are spread at all, and which are left out because their window has no length."""
    no_end = np.isnan(np.array(to_minute, dtype=np.float64))
    without_length = (end == start) & ~no_end & (spread == "whole_hour")
    return (end >= start) & ~without_length, without_length


def _parts(
    start: Numbers, end: Numbers, spread: Spread
) -> Iterator[tuple[NDArray[np.int64], Numbers, NDArray[np.int64]]]:
    """The n-th hour of all windows that have one, at a time: its hour of the week, its part of the window, which window."""
    first = np.floor(start / HOUR)
    length = end - start
    if spread == "whole_hour":
        hours = np.minimum(np.maximum(np.ceil(length / HOUR), 1), HOURS_A_WEEK)
    else:
        # Whole weeks fall on every hour alike, so that a window of a year takes no more steps than one of a week.
        weeks = np.floor(length / WEEK)
        long = np.flatnonzero(weeks > 0)
        for each in range(HOURS_A_WEEK if long.size else 0):
            yield np.full(long.size, each), weeks[long] * HOUR / length[long], long
        end = end - weeks * WEEK
        hours = np.where((weeks > 0) & (end == start), 0, np.maximum(np.ceil(end / HOUR) - first, 1))
    for step in range(int(hours.max(initial=0))):
        which = np.flatnonzero(hours > step)
        hour = first[which] + step
        if spread == "whole_hour":
            part = 1 / hours[which]
        else:
            overlap = np.minimum(end[which], (hour + 1) * HOUR) - np.maximum(start[which], hour * HOUR)
            part = np.where(length[which] > 0, overlap / np.where(length[which] > 0, length[which], 1.0), 1.0)
        yield ((hour * HOUR - FIRST_MONDAY) // HOUR % HOURS_A_WEEK).astype(np.int64), part, which
