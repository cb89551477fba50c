"""Control limits: how far a series moves when nothing has happened, from a stated baseline window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.series import Mask, Numbers, mask_of, phase_edges, series_of

MEAN_RANGE_PER_SD = (
    1.128  # d2: the mean distance between two draws from one normal distribution, in standard deviations
)
RANGE_LIMIT = 3.267  # D4: how many mean moving ranges a single moving range may reach
FEWEST_BASELINE_POINTS = 12  # under a year of months, limits are called provisional

Method = Literal["xmr", "u", "laney"]
Baseline = slice | int | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Limits:
    """The lines of a control chart, one value a point; nan where no limit can be worked out.

    centre, lower, upper: shape (n,), in the units of the series (for counts with an exposure: per unit of exposure).
    near_lower, near_upper: two thirds of the way from the centre to the limit. The way is measured to the limit
    before it is cut off at 0, so that a chart of small counts does not get a warning line that is too near.
    sigma_z: how much wider than Poisson the Laney limits are (1 = as Poisson); None for other methods.
    range_limit: the largest moving range to expect; XmR only.
    baseline_points: how many known points the limits were worked out from.
    """

    method: Method
    centre: Numbers
    lower: Numbers
    upper: Numbers
    near_lower: Numbers
    near_upper: Numbers
    sigma_z: float | None = None
    range_limit: float | None = None
    baseline_points: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Phase:
    """One stretch [start, end) between marked breaks, with limits from its own baseline [start, baseline_end).

    short_baseline: fewer than 12 known points in the baseline, so the limits are provisional.
    """

    start: int
    end: int
    baseline_end: int
    baseline_points: int
    short_baseline: bool
    limits: Limits


def xmr_limits(
    values: ArrayLike, baseline: Baseline = None, *, lowest: float | None = 0.0, leave_out: ArrayLike | None = None
) -> Limits:
    """Between which lines do single values stay while nothing changes? (XmR, or individuals chart)

    values: one number a period, shape (n,); nan is unknown and is left out, never 0.
    baseline: the points that the limits come from: the first k, a slice, or None for all.
    lowest: what the series can't go below (0 for counts, rates and delays); None for a series that may be negative.
    leave_out: flags of points that don't enter the baseline (immature months, say).
    The centre is the mean; the limits are 3/1.128 mean moving ranges away (printed elsewhere as 2.66). A moving range
    needs two neighbours that are both known: none is taken across a gap. No range is screened out, however large.
    Returns nan limits when the baseline has no two known neighbours.
    Misleads when a series has a season or a trend, or jumps up and down by turns (limits too wide), when neighbours
    are alike (limits too narrow: false calls), and below about 5 a period, where values are too lumpy.
    Raises InputError for infinities and for a baseline outside the series.
    Source: Wheeler, Understanding Variation (1993); Montgomery, Statistical Quality Control, ch. 6.
    """
    points = series_of(values, name="values")
    used = _kept(points, baseline, leave_out)
    centre, mean_range = centre_and_mean_range(used)
    half_width = np.full(points.shape, 3 * mean_range / MEAN_RANGE_PER_SD)
    return _limits(
        method="xmr",
        centre=centre,
        half_width=half_width,
        lowest=lowest,
        range_limit=None if np.isnan(mean_range) else float(RANGE_LIMIT * mean_range),
        baseline_points=_known(used),
    )


def u_limits(
    counts: ArrayLike, exposure: ArrayLike, baseline: Baseline = None, *, leave_out: ArrayLike | None = None
) -> Limits:
    """Between which lines would a rate stay if events fell independently of each other? (u chart; c if exposure is 1)

    counts: events a period, shape (n,), nan unknown. exposure: what they could have fallen into (days), above 0.
    The centre is all baseline events over all baseline exposure; limits are 3·√(centre/exposure) away, in events
    per unit of exposure, and 0 where the lower would be negative.
    Misleads nearly always on crime: counts are more spread than Poisson, and this chart cries wolf (29 of 44 months
    of one force's violence). It is here to be compared with `laney_limits`, which should be used instead.
    Raises InputError for a negative count, an exposure that is not above 0 beside a known count, or unequal lengths.
    Source: Montgomery, ch. 7.
    """
    events, at_risk = _counts_and_exposure(counts, exposure)
    used = _kept(events, baseline, leave_out)
    centre = _rate(used, at_risk)
    return _limits(
        method="u", centre=centre, half_width=3 * np.sqrt(centre / at_risk), lowest=0.0, baseline_points=_known(used)
    )


def laney_limits(
    counts: ArrayLike, exposure: ArrayLike, baseline: Baseline = None, *, leave_out: ArrayLike | None = None
) -> Limits:
    """Between which lines does a rate stay while nothing changes, when counts are more spread than Poisson? (Laney u′)

    Takes and returns what `u_limits` does, with the limits σz times as far from the centre. σz is the mean distance
    between neighbouring standardised points over 1.128: 1 when counts behave as Poisson, 2.9 for one force's monthly
    violence. A share of a total may be passed as counts = its part, exposure = its total: the binomial and the
    Poisson form differ by a constant that σz cancels. With equal exposures the limits are exactly those of XmR.
    Misleads as XmR does: with a season, a trend or few events. σz below 1 (more even than chance) usually means that
    the counts are not independent draws, or that the exposure is wrong.
    Raises InputError as `u_limits`. Source: Laney, Improved control charts for attributes, Quality Engineering 14
    (2002).
    """
    events, at_risk = _counts_and_exposure(counts, exposure)
    used = _kept(events, baseline, leave_out)
    centre = _rate(used, at_risk)
    one_sd = np.sqrt(centre / at_risk)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (used / at_risk - centre) / one_sd
    if centre == 0:  # nothing ever happened in the baseline: no spread, and no 0/0
        z = np.where(np.isnan(used), np.nan, 0.0)
    sigma_z = float(centre_and_mean_range(z)[1] / MEAN_RANGE_PER_SD)
    return _limits(
        method="laney",
        centre=centre,
        half_width=3 * one_sd * sigma_z,
        lowest=0.0,
        sigma_z=None if np.isnan(sigma_z) else sigma_z,
        baseline_points=_known(used),
    )


def phased(
    counts: ArrayLike,
    exposure: ArrayLike | None = None,
    *,
    starts: Sequence[int] = (),
    baseline_points: int | None = 24,
    method: Method = "laney",
    leave_out: ArrayLike | None = None,
) -> tuple[Phase, ...]:
    """What are the limits of each stretch between marked breaks, each from its own first points?

    counts, exposure: shape (n,), as in `u_limits`; no exposure means 1 a period. XmR takes counts over exposure.
    starts: positions where a new phase begins (0 is always one). baseline_points: the first so many periods of each
    phase, a gap counted as a period; None, or a phase that is shorter, takes all that it has.
    Each phase is flagged `short_baseline` when fewer than 12 of its baseline points are known; with no two known
    neighbours its limits are nan, and nothing in it can signal.
    Misleads when a break is marked because the series moved there: limits re-based after the fact hide what they
    follow.
    Raises InputError as `u_limits`, and for a break outside the series.
    """
    events = series_of(counts, name="counts", at_least=0)
    at_risk = np.ones(events.shape) if exposure is None else np.array(exposure, dtype=np.float64)
    left_out = mask_of(leave_out, name="leave_out", points=events.size)
    if baseline_points is not None and baseline_points < 2:
        raise InputError(
            f"A baseline of {baseline_points} points has no spread. Use 2 or more; 24 months is the default."
        )
    if at_risk.shape != events.shape:
        raise InputError(f"exposure: {at_risk.size} values for {events.size} counts. Give one exposure a count.")
    return tuple(
        _phase(events, at_risk, left_out, start=start, end=end, baseline_points=baseline_points, method=method)
        for start, end in phase_edges(starts, points=events.size)
    )


def joined(phases: Sequence[Phase]) -> Limits:
    """The lines of all phases end to end, shape (n,), for charts and run rules; σz only if there is one phase."""
    if not phases:
        raise InputError("There are no phases to join. Give at least one.")
    only = phases[0].limits if len(phases) == 1 else None

    def line(name: str) -> Numbers:
        return np.concatenate([getattr(phase.limits, name) for phase in phases])

    return Limits(
        method=phases[0].limits.method,
        centre=line("centre"),
        lower=line("lower"),
        upper=line("upper"),
        near_lower=line("near_lower"),
        near_upper=line("near_upper"),
        sigma_z=only.sigma_z if only else None,
        range_limit=only.range_limit if only else None,
        baseline_points=sum(phase.baseline_points for phase in phases),
    )


def centre_and_mean_range(values: Numbers) -> tuple[Numbers, Numbers]:
    """The mean and the mean moving range along the last axis, of what is known; nan when nothing is."""
    ranges = np.abs(np.diff(values, axis=-1))
    return _mean_of_known(values), _mean_of_known(ranges)


def _mean_of_known(values: Numbers) -> Numbers:
    known = ~np.isnan(values)
    how_many = known.sum(axis=-1)
    total = np.where(known, values, 0.0).sum(axis=-1)
    return np.where(how_many > 0, total / np.maximum(how_many, 1), np.nan)


def _phase(
    events: Numbers,
    at_risk: Numbers,
    left_out: Mask,
    *,
    start: int,
    end: int,
    baseline_points: int | None,
    method: Method,
) -> Phase:
    inside = slice(start, end)
    first = end - start if baseline_points is None else min(baseline_points, end - start)
    out = left_out[inside]
    if method == "xmr":
        limits = xmr_limits(_rates(events[inside], at_risk[inside]), first, leave_out=out)
    elif method == "u":
        limits = u_limits(events[inside], at_risk[inside], first, leave_out=out)
    elif method == "laney":
        limits = laney_limits(events[inside], at_risk[inside], first, leave_out=out)
    else:
        raise InputError(f"There are no limits called {method!r}. Use laney, xmr or u.")
    return Phase(
        start=start,
        end=end,
        baseline_end=start + first,
        baseline_points=limits.baseline_points,
        short_baseline=limits.baseline_points < FEWEST_BASELINE_POINTS,
        limits=limits,
    )


def _counts_and_exposure(counts: ArrayLike, exposure: ArrayLike) -> tuple[Numbers, Numbers]:
    events = series_of(counts, name="counts", at_least=0)
    at_risk = series_of(exposure, name="exposure")
    _check_exposure(events, at_risk)
    return events, np.where(at_risk > 0, at_risk, np.nan)


def _rates(events: Numbers, at_risk: Numbers) -> Numbers:
    _check_exposure(events, at_risk)
    return events / np.where(at_risk > 0, at_risk, np.nan)


def _check_exposure(events: Numbers, at_risk: Numbers) -> None:
    if at_risk.shape != events.shape:
        raise InputError(f"exposure: {at_risk.size} values for {events.size} counts. Give one exposure a count.")
    without = ~np.isnan(events) & ~(at_risk > 0)
    if without.any():
        where = int(np.flatnonzero(without)[0])
        raise InputError(
            f"exposure: position {where} is {at_risk[where]:g} beside a known count. "
            "Give an exposure above 0, or nan for the count."
        )


def _kept(values: Numbers, baseline: Baseline, leave_out: ArrayLike | None) -> Numbers:
    """The values with nan wherever they are outside the baseline or left out."""
    inside = np.zeros(values.shape, dtype=np.bool_)
    if isinstance(baseline, slice):
        inside[baseline] = True
    elif baseline is None:
        inside[:] = True
    elif 0 < baseline <= values.size:
        inside[:baseline] = True
    elif values.size:
        raise InputError(
            f"A baseline of the first {baseline} points does not fit a series of {values.size}. Use 1 to {values.size}."
        )
    inside &= ~mask_of(leave_out, name="leave_out", points=values.size)
    return np.where(inside, values, np.nan)


def _rate(used: Numbers, at_risk: Numbers) -> float:
    known = ~np.isnan(used)
    return float(used[known].sum() / at_risk[known].sum()) if known.any() else float("nan")


def _known(used: Numbers) -> int:
    return int(np.count_nonzero(~np.isnan(used)))


def _limits(
    *,
    method: Method,
    centre: float | Numbers,
    half_width: Numbers,
    lowest: float | None,
    baseline_points: int,
    sigma_z: float | None = None,
    range_limit: float | None = None,
) -> Limits:
    line = np.full(half_width.shape, float(centre))
    lower = line - half_width
    return Limits(
        method=method,
        centre=line,
        lower=lower if lowest is None else np.maximum(lower, lowest),
        upper=line + half_width,
        near_lower=line - half_width * 2 / 3,
        near_upper=line + half_width * 2 / 3,
        sigma_z=sigma_z,
        range_limit=range_limit,
        baseline_points=baseline_points,
    )
