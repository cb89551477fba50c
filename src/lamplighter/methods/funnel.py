"""Which areas lie further from all of them together than areas usually do? Funnel limits that know over-dispersion."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, exp, log, pi, sqrt
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.series import Numbers, series_of

TRIM = 0.1
WIDE = 0.998
NARROW = 0.95
How = Literal["additive", "multiplicative", "none"]
Scale = Literal["share", "ratio"]


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How much more areas differ than their counts alone would make them.

    phi: the mean square of the z values, trimmed; 1 is what chance gives, 4 is twice as far apart. tau: the standard
    deviation between areas that is left when chance is taken off, on the working scale; 0 when there is none.
    """

    phi: float
    tau: float
    areas: int
    trim: float
    corrected: bool


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Limits for areas of any size around one target, and how far each area lies from it, in adjusted standard errors.

    target: the share (0 to 1) or ratio of all areas together. z: shape (k,), nan where an area has nothing to judge.
    """

    scale: Scale
    target: float
    spread: Spread
    how: How
    dispersion: float
    z: Numbers

    def limits(self, size: float, *, level: float) -> tuple[float, float]:
        """Between which bounds do areas of this size usually lie? size: the denominator; for a ratio both counts together."""
        if not (size > 0 and np.isfinite(size)):
            raise InputError(f"An area of size {size:g} has no limits. Give a size above 0.")
        reach = _quantile(level) * float(_error(self, np.array([size]))[0])
        if self.scale == "ratio":
            return exp(log(self.target) - reach), exp(log(self.target) + reach)
        middle = asin(sqrt(self.target))
        low, high = max(0.0, middle - reach), min(pi / 2, middle + reach)
        return float(np.sin(low) ** 2), float(np.sin(high) ** 2)

    def side(self, at: int, *, level: float) -> int | None:
        """Where does area `at` lie: 1 above its limits, −1 below, 0 between, None when it can't be judged?"""
        z = float(self.z[at])
        if np.isnan(z):
            return None
        return int(np.sign(z)) if abs(z) > _quantile(level) else 0


def share_funnel(
    counts: ArrayLike, sizes: ArrayLike, *, trim: float = TRIM, how: How = "additive", corrected: bool = True
) -> Funnel:
    """Which areas have a share that is further from the common one than their size and the usual spread explain?

    counts: how many belong, sizes: out of how many, shapes (k,), one an area; nan unknown, an area of size 0 is not judged.
    The target is all counts over all sizes. The working scale is the arcsine of the square root of the share, on which the
    standard error is 1 / (2 √size) whatever the share. how, trim, corrected: see `spread_of`; the default is additive.
    Misleads below about ten areas (the spread is then hardly known), where an area expects fewer than about five, where one
    area holds much of the whole (it is compared with itself), and where areas differ for a reason that everybody knows: the
    funnel then calls that reason.
    Raises InputError unless 0 <= counts <= sizes, and when no area can be judged or the target is 0 or 1.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185–1202; Spiegelhalter et al. 2012, JRSS A 175:1–47.
    """
    part, whole = series_of(counts, name="counts", at_least=0), series_of(sizes, name="sizes", at_least=0)
    judged = _judged(part, whole, "sizes")
    if (part[judged] > whole[judged]).any():
        raise InputError("counts: a count is above its size. Give how many belong, and out of how many.")
    target = float(part[judged].sum() / whole[judged].sum())
    if not 0 < target < 1:
        raise InputError("None or all of the areas' counts belong: there is no share to compare.")
    distances = np.arcsin(np.sqrt(part[judged] / whole[judged])) - asin(sqrt(target))
    return _funnel("share", target, whole, judged, distances, 1.0, trim, how, corrected)


def change_funnel(
    before: ArrayLike,
    after: ArrayLike,
    *,
    dispersion: float = 1.0,
    trim: float = TRIM,
    how: How = "additive",
    corrected: bool = True,
) -> Funnel:
    """Which areas changed otherwise than all of them together, by more than their size and the usual spread explain?

    before, after: counts of two periods of the same length, shapes (k,); nan unknown, an area with neither is not judged.
    The working scale is log(after / before); the target is the ratio of the sums. Its variance is dispersion / (n p (1 − p)),
    n both counts together and p the later period's part of the whole. dispersion: variance over mean of the counts
    (`paired_dispersion`); below 1 is taken as 1. Where a count is 0, half an event is added to both.
    Misleads as `share_funnel` does; and where an area was extreme in the first period, it tends back by itself.
    Raises InputError for a negative count, a dispersion that is not above 0, and when a period has no event at all.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185–1202 (ratios of counts, log scale).
    """
    first, second = series_of(before, name="before", at_least=0), series_of(after, name="after", at_least=0)
    if not (dispersion > 0 and np.isfinite(dispersion)):
        raise InputError(f"dispersion is {dispersion:g}. Give the variance over the mean of the counts, above 0.")
    if first.shape != second.shape:
        raise InputError(f"after: {second.size} counts for {first.size} before. Give both for each area.")
    both = first + second
    judged = _judged(first, both, "after")
    earlier, later = first[judged], second[judged]
    if not earlier.sum() or not later.sum():
        raise InputError("A period has no event in any area: there is no ratio to compare.")
    half = np.where((earlier == 0) | (later == 0), 0.5, 0.0)
    target = float(later.sum() / earlier.sum())
    distances = np.log((later + half) / (earlier + half)) - log(target)
    return _funnel("ratio", target, both, judged, distances, max(dispersion, 1.0), trim, how, corrected)


def spread_of(z: ArrayLike, errors: ArrayLike, *, trim: float = TRIM, corrected: bool = True) -> Spread:
    """How much further apart are areas than chance alone would put them, a few outlying ones set aside?

    z: distance from the target in standard errors, errors: those standard errors, shapes (k,).
    The lowest and the highest `trim` (10%) of z are drawn in to that quantile (winsorised), so that the areas which the
    funnel should call don't widen it. phi is the mean square of what results. tau² is the DerSimonian–Laird moment,
    (k phi − (k − 1)) / (Σw − Σw²/Σw) with w = 1/errors², and never below 0.
    corrected: winsorising draws in ordinary areas too: with 10% the mean square of a normal z falls to 0.68, and limits by the
    published phi call about twice as many areas as they should. We divide by that number; False gives phi as published.
    Misleads below about ten areas: phi then differs from sample to sample by half and more.
    Raises InputError below 3 areas, for a trim outside 0 to 0.5, and for an error that is not above 0.
    Source: Spiegelhalter 2005 (as `share_funnel`), and Quality and Safety in Health Care 14:347–351; DerSimonian & Laird 1986.
    """
    scores, within = series_of(z, name="z"), series_of(errors, name="errors", at_least=0)
    if scores.shape != within.shape or np.isnan(scores).any() or not (within > 0).all():
        raise InputError("z and errors: give one known z and one error above 0 for each area.")
    if scores.size < 3:
        raise InputError(f"{scores.size} areas show no spread. Give at least 3; below about 10 it is hardly known.")
    if not 0 <= trim < 0.5:
        raise InputError(f"A trim of {trim:g} leaves nothing. Use 0.1 to draw in the outer 10% on each side.")
    drawn_in = np.clip(scores, *np.quantile(scores, [trim, 1 - trim]))
    phi = float((drawn_in**2).mean()) / (_kept_of_chance(trim) if corrected else 1.0)
    weights = 1 / within**2
    freedom = float(weights.sum() - (weights**2).sum() / weights.sum())
    tau_squared = max(0.0, (scores.size * phi - (scores.size - 1)) / freedom)
    return Spread(phi=phi, tau=sqrt(tau_squared), areas=scores.size, trim=trim, corrected=corrected)


def paired_dispersion(before: ArrayLike, after: ArrayLike) -> float | None:
    """How many times the Poisson variance do areas' monthly counts have, season and common movement taken out?

    before, after: counts by area and month of two years, shapes (k, m), the same calendar months beside each other.
    Each pair is held against the change of its area and the change of its month in all areas; Pearson's χ² over its
    (k − 1)(m − 1) degrees of freedom. 1 is Poisson; None when fewer than two areas or months have events.
    Misleads when an area's months move together: that is no spread from month to month, and stays unseen here.
    Raises InputError for a negative or unknown count, or unequal shapes. Source: McCullagh & Nelder 1989, §4.5.
    """
    first, second = np.array(before, dtype=np.float64), np.array(after, dtype=np.float64)
    if first.shape != second.shape or first.ndim != 2:
        raise InputError(f"before has shape {first.shape}, after {second.shape}. Give areas by months, the same twice.")
    if not (np.isfinite(first).all() and np.isfinite(second).all() and (first >= 0).all() and (second >= 0).all()):
        raise InputError("A monthly count is negative or unknown. Give whole months of known counts.")
    areas = (first.sum(axis=1) > 0) & (second.sum(axis=1) > 0)
    months = (first.sum(axis=0) > 0) & (second.sum(axis=0) > 0)
    first, second = first[areas][:, months], second[areas][:, months]
    if min(first.shape) < 2:
        return None
    all_areas = second.sum() / first.sum()
    odds = (second.sum(axis=1) / first.sum(axis=1))[:, None] * (second.sum(axis=0) / first.sum(axis=0)) / all_areas
    later, both = odds / (1 + odds), first + second
    seen = both > 0
    chi_square = ((second - both * later) ** 2)[seen] / (both * later * (1 - later))[seen]
    empty = int((~seen).sum())
    freedom = (first.shape[0] - 1) * (first.shape[1] - 1) - empty
    return float(chi_square.sum()) / freedom if freedom > 0 else None


def _funnel(
    scale: Scale,
    target: float,
    sizes: Numbers,
    judged: np.ndarray,
    distances: Numbers,
    dispersion: float,
    trim: float,
    how: How,
    corrected: bool,
) -> Funnel:
    if how not in get_args(How):
        raise InputError(f"No way of allowing for spread is called {how!r}. Use {', '.join(get_args(How))}.")
    within = _within(scale, target, dispersion, sizes[judged])
    spread = spread_of(distances / within, within, trim=trim, corrected=corrected)
    bare = Funnel(scale=scale, target=target, spread=spread, how=how, dispersion=dispersion, z=np.empty(0))
    z = np.full(sizes.size, np.nan)
    z[judged] = distances / _error(bare, sizes[judged])
    return Funnel(scale=scale, target=target, spread=spread, how=how, dispersion=dispersion, z=z)


def _judged(part: Numbers, whole: Numbers, name: str) -> np.ndarray:
    if part.shape != whole.shape:
        raise InputError(f"{name}: {whole.size} for {part.size} areas. Give one each.")
    judged: np.ndarray = ~np.isnan(part) & ~np.isnan(whole) & (whole > 0)
    if judged.sum() < 3:
        raise InputError(f"{int(judged.sum())} areas can be judged. A funnel needs 3, and is hardly known below 10.")
    return judged


def _within(scale: Scale, target: float, dispersion: float, sizes: Numbers) -> Numbers:
    """The standard error that an area's own count gives, on the working scale, when it is like all."""
    if scale == "share":
        return np.asarray(0.5 / np.sqrt(sizes))
    later = target / (1 + target)
    return np.asarray(np.sqrt(dispersion / (sizes * later * (1 - later))))


def _error(funnel: Funnel, sizes: Numbers) -> Numbers:
    """The same with the spread between areas allowed for."""
    within = _within(funnel.scale, funnel.target, funnel.dispersion, sizes)
    if funnel.how == "multiplicative":
        return np.asarray(within * sqrt(max(1.0, funnel.spread.phi)))
    if funnel.how == "additive":
        return np.asarray(np.sqrt(within**2 + funnel.spread.tau**2))
    return within


def _kept_of_chance(trim: float) -> float:
    """The mean square of a standard normal value when `trim` of each end is drawn in: 1 at 0, 0.68 at 0.1."""
    if trim == 0:
        return 1.0
    edge = _quantile(1 - 2 * trim)
    density = exp(-(edge**2) / 2) / sqrt(2 * pi)
    return (1 - 2 * trim) - 2 * edge * density + 2 * trim * edge**2


def _quantile(level: float) -> float:
    from scipy import special

    if not 0 < level < 1:
        raise InputError(f"A level of {level:g} is no probability. Use 0.95 for 95%.")
    return float(special.ndtri((1 + level) / 2))
