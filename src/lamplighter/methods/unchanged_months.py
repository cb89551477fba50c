"""Made-up months of an area in which nothing changed: what every rule about places must be tried on first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.dispersion import dispersion, level_of, months_of
from lamplighter.methods.map_points import Indices
from lamplighter.methods.places import RADIUS_M, Cover, grow_places
from lamplighter.methods.series import Numbers

HEAVIEST = 100  # the heavier a place, the more its months vary: measured apart for the first hundred …
HEAVY = 1000  # … those after, and all the rest


@dataclass(frozen=True, kw_only=True)
class SteadyArea:
    """An area as it is, with every change taken out.

    shares: each map point's part of the area's crime, shape (points,), in all months the same. level: the area's
    months, shape (months,). groups: which points vary together, shape (points,), 0 to the number of dispersions − 1.
    dispersions: variance over mean of each group's months, 1 or more.
    """

    shares: Numbers
    level: Numbers
    groups: Indices
    dispersions: Numbers


def steady_area(xy_m: ArrayLike, counts: ArrayLike, *, radius_m: float = RADIUS_M) -> SteadyArea:
    """What would this area be like if no place in it had ever changed its share?

    xy_m: map points, shape (points, 2). counts: crimes at each by month, shape (points, months). Places are grown until
    no crime is left; the points of one place vary together, as much as its months were seen to vary from one to the
    next (half its own, half that of places of its size), so that real changes don't pass for noise. The area's months
    keep their level, so a season or a lockdown is in them. Raises InputError as `grow_places` and `dispersion`.
    """
    months = months_of(counts)
    level = level_of(months.sum(axis=0), months.shape[1])
    everywhere = grow_places(xy_m, months.sum(axis=1), radius_m=radius_m, places=None)
    groups = _groups(everywhere, len(months))
    dispersions = np.ones(int(groups.max(initial=-1)) + 1)
    held = everywhere.member_sums(months)
    for start, end in ((0, HEAVIEST), (HEAVIEST, HEAVY), (HEAVY, len(held))):
        if len(held[start:end]):
            dispersions[start : min(end, len(held))] = dispersion(
                held[start:end], level=level, lasting_changes=False
            ).of_places
    return SteadyArea(shares=months.sum(axis=1) / level.sum(), level=level, groups=groups, dispersions=dispersions)


def unchanged_months(area: SteadyArea, *, seed: int | tuple[int, ...]) -> Numbers:
    """One made-up past of the area: crimes by map point and month, shape (points, months).

    Each group's month has one gamma factor for all its points (mean 1), and each point a Poisson count about its share
    of the month's level times that factor: a group's counts are negative binomial with its dispersion. Nothing has a
    memory, so two months differ by chance only. The same seed gives the same months as long as NumPy keeps its
    generators' streams. Raises InputError for a dispersion below 1.
    """
    if not (np.isfinite(area.dispersions) & (area.dispersions >= 1)).all():
        raise InputError("A dispersion below 1 can't be drawn. Use 1 for Poisson counts, or more.")
    rng = np.random.default_rng(seed)
    expected = area.shares[:, None] * area.level
    of_groups = np.zeros((len(area.dispersions), len(area.level)))
    np.add.at(of_groups, area.groups, expected)
    extra = area.dispersions[:, None] - 1
    vary = (extra > 0) & (of_groups > 0)
    shape = np.divide(of_groups, extra, out=np.ones_like(of_groups), where=vary)
    factor = np.where(vary, rng.gamma(shape) / shape, 1.0)
    return rng.poisson(expected * factor[area.groups]).astype(np.float64)


def _groups(everywhere: Cover, points: int) -> Indices:
    """Which place each point is in; a point that no place took never had a crime, and makes a group of its own."""
    groups = np.full(points, -1, dtype=np.int64)
    for number, place in enumerate(everywhere.places):
        groups[list(place.members)] = number
    alone = np.flatnonzero(groups < 0)
    groups[alone] = len(everywhere.places) + np.arange(len(alone))
    return groups
