"""The map points of a question with their months: what places are grown from and maps are drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lamplighter.studies.incidents.chosen import Chosen

# A map point is a whole metre: what two runs can agree on, and one step finer than any point is true.
EASTING, NORTHING = "floor(easting_m + 0.5e0)", "floor(northing_m + 0.5e0)"


@dataclass(frozen=True, kw_only=True, eq=False)
class PointMonths:
    """Rows at each map point by month present. West to east, then south to north.

    xy_m: whole metres, shape (points, 2). lonlat: degrees, shape (points, 2). counts: shape (points, months). months: month
    numbers, shape (months,).
    """

    xy_m: NDArray[np.float64]
    lonlat: NDArray[np.float64]
    counts: NDArray[np.int64]
    months: NDArray[np.int64]

    def last(self, months: int = 12) -> NDArray[np.int64]:
        """Rows at each point in the last so many months present, shape (points,)."""
        return np.asarray(self.counts[:, -months:].sum(axis=1), dtype=np.int64)


def point_months(chosen: Chosen, *, where: str = "ranked") -> PointMonths:
    """How many rows lie at each map point in each month of the question?

    where: which rows, a condition on the table `asked` that this package writes (`ranked`, `of_question and located`).
    A point without such a row is not there. Months are those present of the force; a month without a row here is a true 0.
    """
    table = chosen.ask(
        f"select {EASTING} as easting_m, {NORTHING} as northing_m, min(lon) as lon, min(lat) as lat, month,"  # noqa: S608
        f" cast(count(*) as bigint) as rows from asked where ({where}) and located and in_period"
        " group by 1, 2, month order by 1, 2, month"
    )
    xy = np.column_stack([table["easting_m"].to_numpy(), table["northing_m"].to_numpy()]).astype(np.float64)
    lonlat = np.column_stack([table["lon"].to_numpy(), table["lat"].to_numpy()]).astype(np.float64)
    months = np.array(chosen.months, dtype=np.int64)
    if not len(xy):
        empty = np.zeros((0, 2))
        return PointMonths(xy_m=empty, lonlat=empty, counts=np.zeros((0, len(months)), np.int64), months=months)
    begins = np.r_[True, (xy[1:] != xy[:-1]).any(axis=1)]
    at = np.cumsum(begins) - 1
    counts = np.zeros((int(at[-1]) + 1, len(months)), dtype=np.int64)
    np.add.at(counts, (at, np.searchsorted(months, table["month"].to_numpy())), table["rows"].to_numpy())
    return PointMonths(xy_m=xy[begins], lonlat=lonlat[begins], counts=counts, months=months)
