"""By what places are chosen and ranked: rows, or days of harm; what each may be told of, and what both mean in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lamplighter.errors import QuestionRefused
from lamplighter.methods.dispersion import Dispersion, dispersion
from lamplighter.methods.places import Cover, grow_places
from lamplighter.methods.tiers import Tiers, tiers_of
from lamplighter.studies.incidents.harm_at_points import FEWEST_ROWS, HarmAtPoints, two_digits
from lamplighter.studies.incidents.question import WeighBy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lamplighter.studies.incidents.chosen import Chosen
    from lamplighter.studies.incidents.points import PointMonths

UNITS: dict[WeighBy, str] = {"count": "rows", "harm": "days of harm"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Weighing:
    """The last months at each map point. weights: rows or days, shape (points,), what places are grown from.

    harm: days by month, shape (points, months), where harm can be told of this source, else None. average: days of an average
    crime, weighted by harm. circles_left_out: those of fewer than ten rows that weigh more than the last place shown.
    """

    by: WeighBy
    counts: NDArray[np.int64]
    weights: NDArray[np.float64]
    harm: NDArray[np.float64] | None
    average: float
    weights_words: str

    @property
    def words(self) -> str:
        """By what places were chosen, in a sentence."""
        if self.by == "count":
            return "Places are chosen and ranked by how many rows they hold."
        return (
            f"Places are chosen and ranked by days of harm, not by count ({self.weights_words}). Rows whose offence has no known"
            f" weight add nothing. Days are told to two significant digits, and no place of fewer than {FEWEST_ROWS} rows is"
            " listed: its rank would tell what one person suffered."
        )


def weighing_of(chosen: Chosen, points: PointMonths, harm: HarmAtPoints | None, *, last: int) -> Weighing:
    """What lies at each point, by what the question asks. Raises QuestionRefused where harm is asked for and can't be told."""
    asked = chosen.question
    counts = points.last(last)
    days = None if harm is None or harm.why_not else harm.of(points.xy_m)
    if asked.weigh_by == "harm" and (harm is None or days is None):
        why = "no weights were given" if harm is None else harm.why_not
        raise QuestionRefused(f"Places of {chosen.area.name} can't be chosen by harm: {why}.")
    return Weighing(
        by=asked.weigh_by,
        counts=counts,
        weights=np.asarray(counts, dtype=np.float64) if asked.weigh_by == "count" or days is None else days.sum(axis=1),
        harm=days,
        average=harm.average if harm else 0.0,
        weights_words=harm.weights if harm else "",
    )


def grown(chosen: Chosen, points: PointMonths, weighed: Weighing) -> tuple[Cover, int]:
    """The places, in the order in which they were chosen, and how many circles of fewer than ten rows were left out.

    By harm a circle of a few rows may come first for one grave crime, and its rank would tell of what one person suffered; so
    circles are grown until no harm is left, and those of ten rows or more are places. Left out are counted as far as they weigh
    more than the last of the places that are shown.
    """
    asked = chosen.question
    if weighed.by == "count":
        return grow_places(points.xy_m, weighed.weights, radius_m=asked.radius_m, places=asked.chosen_places), 0
    cover = grow_places(points.xy_m, weighed.weights, radius_m=asked.radius_m, places=None)
    rows = cover.member_sums(weighed.counts)
    kept = [each for each, count in zip(cover.places, rows, strict=True) if count >= FEWEST_ROWS]
    kept = kept[: asked.chosen_places]
    least = kept[min(asked.places, len(kept)) - 1].weight if kept else 0.0
    small = sum(each.weight > least for each, count in zip(cover.places, rows, strict=True) if count < FEWEST_ROWS)
    return replace(cover, places=tuple(kept)), small


def judged_by_harm(
    monthly: NDArray[np.float64], level: NDArray[np.float64], *, average: float, first: int, fewest_months: int
) -> tuple[Tiers | None, Dispersion | None]:
    """Tiers of places by their days of harm, with the dispersion that these show; both in crimes of average harm.

    monthly: days of the last months, shape (places, months). Divided by the days of an average crime (weighted by harm), so
    that chance alone is 1, as of counts, and the half crime that the tiers' model starts from is a crime and not half a day.
    Misleads where a place has hardly a grave crime: a gamma knows no such lumps.
    """
    known = level > 0
    if len(monthly) < 2 or known.sum() < fewest_months:
        return None, None
    crimes = monthly[:, known] / average
    spread = dispersion(crimes, level=level[known])
    return (tiers_of(crimes.sum(axis=1), spread.of_places, first=first) if len(monthly) > first else None), spread


def harm_told(days: float | None, *, rows: int) -> float | None:
    """Days of a place as they may leave the workspace: two significant digits, and none of fewer than ten rows."""
    return two_digits(days) if rows >= FEWEST_ROWS else None
