"""When does a control chart call a change? The four rules of the NHS's `plot the dots`, each by name, with its run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError, NoSuchName
from lamplighter.methods.series import Mask, Numbers, mask_of, phase_edges, series_of
from lamplighter.methods.spc import Limits

RULES: dict[str, str] = {
    "outside": "one point outside the limits",
    "shift": "7 or more points in a row on one side of the centre line",
    "trend": "7 or more points in a row, each above (or each below) the one before",
    "two_of_three": "2 of 3 points in a row beyond two thirds of the way to the same limit",
}
SHIFT_POINTS = 7
TREND_POINTS = 7
ROUNDING = 1e-12  # relative: a point this near to a line is on it, so that sums in another order signal nothing


@dataclass(frozen=True, kw_only=True)
class RunSignal:
    """One run that a rule calls, from position `start` to position `end`, both included, as long as it can be made.

    side: `above` or `below` the centre; for a trend `rising` or `falling`.
    In `two_of_three` the point between two marked ones may itself be ordinary.
    """

    rule: str
    start: int
    end: int
    side: str


def run_signals(
    values: ArrayLike,
    limits: Limits,
    *,
    phase_starts: Sequence[int] = (),
    immature: ArrayLike | None = None,
    rules: Sequence[str] = tuple(RULES),
) -> tuple[RunSignal, ...]:
    """Which runs of this series would not be expected if nothing had changed?

    values: what is charted, shape (n,), in the units of the limits; nan is unknown. limits: of the same length.
    phase_starts: where limits are re-based; no run crosses one. immature: flags of points that may still rise: they
    are never signalled and no run goes through them. A point exactly on the centre line is on neither side and breaks
    a shift; an equal neighbour breaks a trend; an unknown point breaks every run. A point on a limit is inside.
    Points outside the limits count for `two_of_three` as well. A point without limits (nan) is never signalled.
    Returns the signals by start, then in the order of RULES. A signal says that chance is a poor account; it never
    says why.
    Misleads when limits come from few points, when neighbours are alike or seasonal, and when many series are looked
    at: ask `false_calls.false_call_rates` how often a series without any change is called.
    Raises InputError for unequal lengths or a break outside the series, NoSuchName for an unknown rule.
    Source: NHS England, Making data count; rules as in NHSRplotthedots.
    """
    points = series_of(values, name="values")
    if limits.centre.shape != points.shape:
        raise InputError(
            f"{limits.centre.size} limits for {points.size} values. Work the limits out from the same series."
        )
    for rule in rules:
        if rule not in RULES:
            raise NoSuchName("run rule", rule, list(RULES))
    readable = np.where(mask_of(immature, name="immature", points=points.size), np.nan, points)
    found = [
        RunSignal(rule=rule, start=start + first, end=start + last, side=side)
        for start, end in phase_edges(phase_starts, points=points.size)
        for rule in RULES
        if rule in rules
        for side, first, last in _runs(rule, readable[start:end], _part(limits, start, end))
    ]
    order = list(RULES)
    return tuple(sorted(found, key=lambda each: (each.start, order.index(each.rule), each.end)))


def marked(signals: Sequence[RunSignal], *, points: int, rule: str | None = None) -> Mask:
    """Which points lie in a run that was called, shape (points,); of one rule, or of any."""
    mask = np.zeros(points, dtype=np.bool_)
    for each in signals:
        if rule is None or each.rule == rule:
            mask[each.start : each.end + 1] = True
    return mask


def sides(
    rule: str,
    values: Numbers,
    *,
    centre: Numbers,
    lower: Numbers,
    upper: Numbers,
    near_lower: Numbers,
    near_upper: Numbers,
) -> dict[str, Mask]:
    """Which points (for a trend: which steps to the next point) belong to a run of this rule, on each side?

    values: shape (..., n), so that thousands of series are judged at once; the lines broadcast to it. Returns masks
    of shape (..., n), for a trend (..., n−1). No phases and no masks here: `run_signals` cuts the series first.
    """
    slack = ROUNDING * np.maximum(np.abs(centre), np.abs(upper - centre))
    if rule == "outside":
        return {"above": values > upper + slack, "below": values < lower - slack}
    if rule == "shift":
        return {
            "above": _at_least(values > centre + slack, SHIFT_POINTS),
            "below": _at_least(values < centre - slack, SHIFT_POINTS),
        }
    if rule == "trend":
        step = np.diff(values, axis=-1)
        least = np.broadcast_to(slack, values.shape)[..., 1:]
        return {
            "rising": _at_least(step > least, TREND_POINTS - 1),
            "falling": _at_least(step < -least, TREND_POINTS - 1),
        }
    return {
        "above": _near_another(values > near_upper + slack),
        "below": _near_another(values < near_lower - slack),
    }


def _runs(rule: str, values: Numbers, lines: dict[str, Numbers]) -> list[tuple[str, int, int]]:
    """(side, first, last) of each maximal run in one phase."""
    found = []
    for side, mask in sides(rule, values, **lines).items():
        where = np.flatnonzero(mask)
        if not where.size:
            continue
        # Two points beyond two thirds with an ordinary one between them are one run.
        widest_step = 2 if rule == "two_of_three" else 1
        for group in np.split(where, np.flatnonzero(np.diff(where) > widest_step) + 1):
            last = int(group[-1]) + (1 if rule == "trend" else 0)  # a step joins two points
            found.append((side, int(group[0]), last))
    return found


def _part(limits: Limits, start: int, end: int) -> dict[str, Numbers]:
    names = ("centre", "lower", "upper", "near_lower", "near_upper")
    return {name: getattr(limits, name)[start:end] for name in names}


def _at_least(mask: Mask, length: int) -> Mask:
    """The points of `mask` that stand in an unbroken run of at least `length`, along the last axis."""
    points = mask.shape[-1]
    kept = np.zeros_like(mask)
    if points < length:
        return kept
    begins = mask[..., : points - length + 1].copy()
    for offset in range(1, length):
        begins &= mask[..., offset : points - length + 1 + offset]
    for offset in range(length):
        kept[..., offset : points - length + 1 + offset] |= begins
    return kept


def _near_another(mask: Mask) -> Mask:
    """The points of `mask` with another one at most two places away: two of three in a row."""
    kept = np.zeros_like(mask)
    for distance in (1, 2):
        both = mask[..., distance:] & mask[..., : max(mask.shape[-1] - distance, 0)]
        kept[..., distance:] |= both
        kept[..., : both.shape[-1]] |= both
    return kept
