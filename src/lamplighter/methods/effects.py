"""How large is a change, and between which bounds could it lie? Differences, ratios and shares with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.series import Numbers, series_of

LEVEL = 0.95


@dataclass(frozen=True, kw_only=True)
class LevelShift:
    """Mean after minus mean before, per period; low and high are None when there is no spread to judge by."""

    difference: float
    low: float | None
    high: float | None
    mean_before: float
    mean_after: float
    points_before: int
    points_after: int
    level: float


@dataclass(frozen=True, kw_only=True)
class RateChange:
    """Rate after over rate before: a ratio of 0.8 is −20 percent. None is unknown (nothing before; no events after).

    dispersion: how many times the Poisson variance was allowed for; stated, never silent.
    """

    ratio: float | None
    low: float | None
    high: float | None
    percent: float | None
    percent_low: float | None
    percent_high: float | None
    events_before: float
    events_after: float
    dispersion: float
    level: float


@dataclass(frozen=True, kw_only=True)
class Share:
    """k of n with its interval; share is None when n is 0, and the interval is then all of 0 to 1."""

    share: float | None
    low: float
    high: float
    level: float


@dataclass(frozen=True, kw_only=True)
class ShareBounds:
    """A share when some are unknown: among those known, and the least and most that it could be of all.

    `low` is also the share as recorded: those unknown counted as if none of them belonged. None when there is nobody.
    """

    of_known: float | None
    low: float | None
    high: float | None
    unknown_share: float | None


def level_shift(before: ArrayLike, after: ArrayLike, *, level: float = LEVEL) -> LevelShift:
    """By how much a month did the level move?

    before, after: one number a period, shapes (n,) and (m,), nan unknown. The interval is Welch's (unequal variances,
    t), and needs two known periods on each side and some spread; otherwise it is None.
    Misleads when neighbouring months resemble each other or the season differs between the two sides (interval too
    narrow), and when the moment of change was chosen because the series moved there (difference too large).
    Raises InputError when a side has no known period. Source: Welch 1947.
    """
    first, second = _known(before, "before"), _known(after, "after")
    difference = float(second.mean() - first.mean())
    half_width = _welch_half_width(first, second, level)
    return LevelShift(
        difference=difference,
        low=None if half_width is None else difference - half_width,
        high=None if half_width is None else difference + half_width,
        mean_before=float(first.mean()),
        mean_after=float(second.mean()),
        points_before=first.size,
        points_after=second.size,
        level=level,
    )


def dispersion_of(*segments: tuple[ArrayLike, ArrayLike]) -> float | None:
    """How many times the Poisson variance do counts have around each segment's own rate?

    segments: pairs (counts, exposure), shapes (n,), nan unknown. Pearson's χ² over its degrees of freedom; 1 is
    Poisson. None when no segment has more than one known period with events.
    Misleads when a segment holds a trend or a season: those are counted as dispersion.
    Raises InputError for a negative count or unequal lengths. Source: McCullagh & Nelder 1989, §4.5.
    """
    chi_square, freedom = 0.0, 0
    for counts, exposure in segments:
        events, at_risk = _events(counts, exposure)
        if events.size < 2 or events.sum() == 0:
            continue
        expected = events.sum() / at_risk.sum() * at_risk
        chi_square += float(((events - expected) ** 2 / expected).sum())
        freedom += events.size - 1
    return chi_square / freedom if freedom else None


def count_ratio(
    events_before: float,
    events_after: float,
    *,
    dispersion: float,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    degrees_of_freedom: int | None = None,
    level: float = LEVEL,
) -> RateChange:
    """By what factor did a rate change, allowing counts that are more spread than Poisson? (quasi-Poisson)

    events_*: totals; exposure_*: what they fell into (days, months), > 0. dispersion: variance over mean of the
    counts that were added up (`dispersion_of`); below 1 is taken as 1, because a few even months are no evidence of
    certainty.
    degrees_of_freedom: of that dispersion, for a t instead of a normal interval. The interval is on the log ratio.
    Misleads below about 10 events a side, and when the dispersion comes from months that resemble their neighbours.
    Raises InputError for negative or infinite events, and for an exposure or dispersion that is not above 0.
    """
    for name, value, fits in (
        ("events_before", events_before, events_before >= 0),
        ("events_after", events_after, events_after >= 0),
        ("exposure_before", exposure_before, exposure_before > 0),
        ("exposure_after", exposure_after, exposure_after > 0),
        ("dispersion", dispersion, dispersion > 0),
    ):
        if not (fits and np.isfinite(value)):
            raise InputError(
                f"{name} is {value:g}. Events must be 0 or more, exposures and the dispersion above 0, and all finite."
            )
    allowed = max(dispersion, 1.0)
    ratio = low = high = None
    if events_before > 0:
        ratio = (events_after / exposure_after) / (events_before / exposure_before)
        if events_after > 0:
            spread = _quantile(level, degrees_of_freedom) * sqrt(allowed * (1 / events_before + 1 / events_after))
            low, high = exp(log(ratio) - spread), exp(log(ratio) + spread)
    return RateChange(
        ratio=ratio,
        low=low,
        high=high,
        percent=_percent(ratio),
        percent_low=_percent(low),
        percent_high=_percent(high),
        events_before=events_before,
        events_after=events_after,
        dispersion=allowed,
        level=level,
    )


def rate_change(
    before: ArrayLike,
    after: ArrayLike,
    *,
    exposure_before: ArrayLike | None = None,
    exposure_after: ArrayLike | None = None,
    level: float = LEVEL,
) -> RateChange:
    """By how many percent did a monthly count change, with an interval from the months' own spread?

    before, after: counts a period, shapes (n,) and (m,), nan unknown; exposures of the same shapes (days), 1 if not
    given. The dispersion is estimated around the two rates (never below 1) and the interval is a t interval with its
    n + m − 2 degrees of freedom. With a single known period on each side there is no spread, and InputError asks for
    `count_ratio`.
    Misleads as `count_ratio` and `level_shift` do; the release of a percentage without its two counts misleads
    always.
    """
    first = _events(before, np.ones(np.shape(before)) if exposure_before is None else exposure_before)
    second = _events(after, np.ones(np.shape(after)) if exposure_after is None else exposure_after)
    freedom = sum(events.size - 1 for events, _ in (first, second) if events.size > 1 and events.sum() > 0)
    if not first[0].size or not second[0].size:
        raise InputError("A side of the comparison has no known period. Give at least one count before and one after.")
    if first[0].size + second[0].size == 2:
        raise InputError("One period on each side shows no spread. Use count_ratio with a dispersion that you state.")
    estimated = dispersion_of(first, second)
    return count_ratio(
        float(first[0].sum()),
        float(second[0].sum()),
        dispersion=estimated or 1.0,
        exposure_before=float(first[1].sum()),
        exposure_after=float(second[1].sum()),
        degrees_of_freedom=freedom or None,
        level=level,
    )


def wilson(k: float, n: float, *, level: float = LEVEL) -> Share:
    """Between which bounds does a share lie, when k of n were seen?

    Stays within 0 and 1 and is sound for small n. Misleads when the n are not independent draws (victims of one
    incident, a clustered survey): the interval is then too narrow. Raises InputError unless 0 <= k <= n.
    Source: Wilson 1927; Brown, Cai & DasGupta 2001.
    """
    if not (0 <= k <= n and np.isfinite(n)):
        raise InputError(f"{k:g} of {n:g} is no share. The part must lie between 0 and the whole.")
    if n == 0:
        return Share(share=None, low=0.0, high=1.0, level=level)
    z = _quantile(level, None)
    share = k / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half_width = z / (1 + z**2 / n) * sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # At the ends the bound is the end itself; the formula misses it by a rounding.
    return Share(
        share=share,
        low=0.0 if k == 0 else max(0.0, middle - half_width),
        high=1.0 if k == n else min(1.0, middle + half_width),
        level=level,
    )


def share_bounds(k: float, *, known: float, unknown: float) -> ShareBounds:
    """What share could it be, when for some nothing is known?

    k of `known` belong; of `unknown` more nobody can say. The bounds are k/(known+unknown), if none of them belongs,
    and (k+unknown)/(known+unknown), if all do: no assumption, so no level of confidence. The share among the known is
    the share of all only if the unknown are like the known, which nothing here shows.
    Misleads when the bounds of two years are compared as if they were intervals: both may hold any value within.
    Raises InputError unless 0 <= k <= known and unknown >= 0. Source: Manski 2003, Partial identification, ch. 1.
    """
    if not (0 <= k <= known and unknown >= 0 and np.isfinite(known) and np.isfinite(unknown)):
        raise InputError(
            f"{k:g} of {known:g} known and {unknown:g} unknown is no share. The part must lie between 0 and the known."
        )
    everybody = known + unknown
    return ShareBounds(
        of_known=k / known if known else None,
        low=k / everybody if everybody else None,
        high=(k + unknown) / everybody if everybody else None,
        unknown_share=unknown / everybody if everybody else None,
    )


def _known(values: ArrayLike, name: str) -> Numbers:
    points = series_of(values, name=name)
    points = points[~np.isnan(points)]
    if not points.size:
        raise InputError(f"{name}: no known period. Give at least one.")
    return points


def _events(counts: ArrayLike, exposure: ArrayLike) -> tuple[Numbers, Numbers]:
    events = series_of(counts, name="counts", at_least=0)
    at_risk = series_of(exposure, name="exposure", at_least=0)
    if events.shape != at_risk.shape:
        raise InputError(f"exposure: {at_risk.size} values for {events.size} counts. Give one exposure a count.")
    known = ~np.isnan(events)
    if not (at_risk[known] > 0).all():
        raise InputError("exposure: not above 0 beside a known count. Give an exposure above 0, or nan for the count.")
    return events[known], at_risk[known]


def _welch_half_width(first: Numbers, second: Numbers, level: float) -> float | None:
    if first.size < 2 or second.size < 2:
        return None
    parts = np.array([first.var(ddof=1) / first.size, second.var(ddof=1) / second.size])
    if parts.sum() <= (1e-12 * max(np.abs(first).max(), np.abs(second).max())) ** 2:
        return None
    share = parts / parts.sum()  # divided first, so that tiny variances don't vanish when squared
    freedom = 1 / float(share[0] ** 2 / (first.size - 1) + share[1] ** 2 / (second.size - 1))
    return _quantile(level, freedom) * sqrt(float(parts.sum()))


def _quantile(level: float, degrees_of_freedom: float | None) -> float:
    """How many standard errors an interval of this level reaches to each side: normal, or t."""
    from scipy import special

    if not 0 < level < 1:
        raise InputError(f"A level of {level:g} is no probability. Use 0.95 for 95%.")
    tail = (1 + level) / 2
    return float(special.ndtri(tail) if degrees_of_freedom is None else special.stdtrit(degrees_of_freedom, tail))


def _percent(ratio: float | None) -> float | None:
    return None if ratio is None else (ratio - 1) * 100
