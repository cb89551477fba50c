"""What the rows at each map point weigh in days of harm by month: what places are chosen by, where a profile asks for harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor, log10
from typing import TYPE_CHECKING

import numpy as np

from lamplighter.methods.small_counts import LEAST
from lamplighter.studies.incidents.harm import LAST, LEAST_KNOWN, lies_abroad
from lamplighter.studies.incidents.harm_weights import weights_of
from lamplighter.studies.incidents.points import EASTING, NORTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lamplighter.sources.harm_workbook import HarmWorkbook
    from lamplighter.studies.incidents.chosen import Chosen

Point = tuple[int, int]
FEWEST_ROWS = LEAST  # of fewer rows the days, and a rank by them, would tell what one person suffered
BY_COUNT = "Leave out --weigh-by harm to choose them by count"
STREET = (
    "open street data name a category, within which every row weighs the same, and no offence. Import the force's own extract,"
    f" which names the offence. {BY_COUNT}"
)
ABROAD = f"the weights are of offences in England and Wales, and these rows lie elsewhere. {BY_COUNT}"
TOO_FEW = (
    f"the offences of fewer than nine tenths of the rows have a known weight. Map offence_code to the Home Office's codes, or"
    f" load the workbook of weights (lamplighter definitions load). {BY_COUNT}"
)
ALL_ALIKE = (
    "every row whose weight is known weighs the same, so that harm is the count times a constant. Ask for several offences."
    f" {BY_COUNT}"
)


@dataclass(frozen=True, kw_only=True, eq=False)
class HarmAtPoints:
    """Days of harm of the ranked rows by map point and month, of the last 12 months present.

    why_not: why no place has a harm, with the mend, and then days is empty; else None. days: shape (months,) at each point;
    rows whose offence has no known weight add nothing. average: days of an average crime, weighted by harm; 0 without a row:
    what chance alone gives as variance over mean of sums of days (`methods.dispersion`). weights: their name and status.
    """

    why_not: str | None
    months: tuple[int, ...]
    days: Mapping[Point, NDArray[np.float64]] = field(default_factory=dict)
    average: float = 0.0
    weights: str = ""

    def of(self, xy_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Days by month at these points, whole metres, shape (points, months); 0 where none is."""
        none = np.zeros(len(self.months))
        found = [self.days.get((int(e), int(n)), none) for e, n in xy_m]
        return np.array(found, dtype=np.float64).reshape(len(xy_m), len(self.months))


def harm_at_points(chosen: Chosen, *, loaded: HarmWorkbook | None = None) -> HarmAtPoints:
    """How many days of harm do the ranked rows of the last 12 months present weigh at each map point, by month?

    The keys are whole metres, as of `points.point_months`. Says why not where harm adds nothing to the count, can't be told, or
    is known of fewer than nine tenths of these rows: a place's harm would then say which offences are listed.
    Misleads as the weights do, and because a few grave crimes decide: one more or less changes an order.
    """
    months = chosen.months[-LAST:]
    if chosen.is_street or lies_abroad(chosen):
        return HarmAtPoints(why_not=STREET if chosen.is_street else ABROAD, months=months)
    weights = weights_of(loaded)
    rows = chosen.ask(
        f"select {EASTING} as e, {NORTHING} as n, month, offence, offence_code, cast(count(*) as bigint) as rows from asked"  # noqa: S608
        " where ranked and month >= $first group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4 nulls last, 5 nulls last",
        {"first": months[0]},
    ).to_pylist()
    at_month = {month: at for at, month in enumerate(months)}
    found: dict[Point, NDArray[np.float64]] = {}
    kinds: set[float] = set()
    total = known = 0
    harm = squares = 0.0
    for each in rows:
        _, weight = weights.of(code=each["offence_code"], offence=each["offence"])
        total += each["rows"]
        here = found.setdefault((int(each["e"]), int(each["n"])), np.zeros(len(months)))
        if weight is not None:
            known += each["rows"]
            kinds.add(weight.days)
            here[at_month[each["month"]]] += each["rows"] * weight.days
            harm += each["rows"] * weight.days
            squares += each["rows"] * weight.days**2
    if total and known < LEAST_KNOWN * total:
        return HarmAtPoints(why_not=TOO_FEW, months=months)
    if total and len(kinds) < 2:
        return HarmAtPoints(why_not=ALL_ALIKE, months=months)
    return HarmAtPoints(
        why_not=None, months=months, days=found, average=squares / harm if harm else 0.0,
        weights=f"{weights.name}: {weights.status}",
    )  # fmt: skip


def two_digits(days: float | None) -> float | None:
    """Days to two significant digits: of exact sums and published weights one could tell the single crimes apart."""
    if not days:
        return days
    return float(round(days, 1 - floor(log10(abs(days)))))
