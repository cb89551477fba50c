"""How sure is the order of the places, and what course did each take? Tiers, dispersion, classes, intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lamplighter.methods.dispersion import Dispersion, dispersion
from lamplighter.methods.place_classes import PlaceClass, classes_of
from lamplighter.methods.tiers import Tiers, tiers_of
from lamplighter.studies.incidents.place_growing import GrownPlaces
from lamplighter.studies.incidents.place_weighing import Weighing, judged_by_harm
from lamplighter.studies.incidents.points import PointMonths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LAST = 12  # months present that the places are chosen on
FEWEST_MONTHS = 3  # fewer tell nothing of how much a place varies


@dataclass(frozen=True, kw_only=True, eq=False)
class Judged:
    """Of the ranked places, in the order in which they were chosen; tiers, spread and courses None where months are too few.

    ranked_rows, ranked_harm: what a place could hold of the last months, in rows and in days (None unless chosen by harm).
    harm: days of the last months in every place, those apart too; None where harm can't be told.
    """

    tiers: Tiers | None
    spread: Dispersion | None
    courses: tuple[PlaceClass, ...] | None
    ranked_rows: int
    harm: NDArray[np.float64] | None
    harm_spread: Dispersion | None
    ranked_harm: float | None


def judge(points: PointMonths, grown: GrownPlaces, weighed: Weighing, *, first: int) -> Judged:
    """Tiers by what places are chosen by; classes by counts. Rows of places that are institutions by a person are in neither."""
    level = points.counts.sum(axis=0) - grown.monthly[grown.apart].sum(axis=0)
    tiers, spread, courses = _by_count(grown.monthly[grown.ranked], level, first=first)
    by_month = None if weighed.harm is None else grown.cover.member_sums(weighed.harm)
    harm_spread = ranked_harm = None
    if weighed.by == "harm" and weighed.harm is not None and by_month is not None:
        days = weighed.harm.sum(axis=0) - by_month[grown.apart].sum(axis=0)
        ranked_harm = float(days.sum())
        tiers, harm_spread = judged_by_harm(
            by_month[grown.ranked], days, average=weighed.average, first=first, fewest_months=FEWEST_MONTHS
        )
    return Judged(
        tiers=tiers,
        spread=spread,
        courses=courses,
        ranked_rows=int(level[-LAST:].sum()),
        harm=None if by_month is None else by_month.sum(axis=1),
        harm_spread=harm_spread,
        ranked_harm=ranked_harm,
    )


def _by_count(
    monthly: NDArray[np.int64], level: NDArray[np.int64], *, first: int
) -> tuple[Tiers | None, Dispersion | None, tuple[PlaceClass, ...] | None]:
    """Tiers by the last 12 months with the dispersion that these show, classes by all: as their false calls are measured."""
    known = level > 0  # a month without any row of the question says nothing of a place's share
    last = monthly[:, -LAST:][:, known[-LAST:]]
    if len(monthly) < 2 or last.shape[1] < FEWEST_MONTHS:
        return None, None, None
    spread = dispersion(last, level=level[-LAST:][known[-LAST:]])
    tiers = tiers_of(last.sum(axis=1), spread.of_places, first=first) if len(monthly) > first else None
    return tiers, spread, classes_of(monthly[:, known], level=level[known])


def interval(count: float, spread: float | None, *, times: float = 1.0) -> tuple[float | None, float | None]:
    """95% of where the place's true count lies: the gamma of `methods.tiers`, with its dispersion. times: days of a crime."""
    if spread is None:
        return None, None
    from scipy.special import gammaincinv

    shape = (count + 0.5) / spread
    low, high = (float(gammaincinv(shape, p) * spread * times) for p in (0.025, 0.975))
    return round(low, 1), round(high, 1)
