"""Points on a map in metres: checked, put into one order whatever order they came in, and who lies near whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lamplighter.errors import InputError
from lamplighter.methods.series import Numbers

Indices = NDArray[np.int64]
MOST_PAIRS = 30_000_000  # about half a gigabyte of neighbours: past it, points should be drawn together first


@dataclass(frozen=True, kw_only=True)
class MapPoints:
    """Distinct points, west to east and then south to north, with those that lie within `radius_m` of each.

    xy_m: shape (n, 2). order: where each stood in what the caller gave, shape (n,). near[starts[i]:starts[i + 1]] are
    the points within radius_m of point i, itself among them, ascending.
    """

    xy_m: Numbers
    order: Indices
    radius_m: float
    near: Indices
    starts: Indices

    def around(self, point: int) -> Indices:
        """The points within the radius of this one, itself among them, ascending."""
        return self.near[self.starts[point] : self.starts[point + 1]]

    def sums_around(self, values: Numbers) -> Numbers:
        """For each point the sum of `values` within its radius, shape (n,)."""
        if not values.size:
            return np.zeros(0)
        return np.asarray(np.add.reduceat(values[self.near], self.starts[:-1]))


def map_points(xy_m: ArrayLike, *, radius_m: float) -> MapPoints:
    """Who lies within `radius_m` (straight, in metres, the edge included) of whom?

    xy_m: eastings and northings, shape (n, 2), each point once. A straight line knows no river, railway or wall: two
    points 100 m apart can be a mile apart on foot. Raises InputError for another shape, a point that is not finite or
    stands twice, a radius that is not above 0, and for more neighbours than fit into memory.
    """
    from scipy.spatial import cKDTree

    if not (radius_m > 0 and np.isfinite(radius_m)):
        raise InputError(f"A radius of {radius_m:g} m reaches nobody. Give a radius above 0, in metres.")
    order, points = in_map_order(xy_m)
    n = len(points)
    if not n:
        return MapPoints(
            xy_m=points, order=order, radius_m=radius_m, near=np.zeros(0, np.int64), starts=np.zeros(1, np.int64)
        )
    tree = cKDTree(points)
    found = int(tree.count_neighbors(tree, radius_m))
    if found > MOST_PAIRS:
        raise InputError(
            f"{n:,} points have {found:,} neighbours within {radius_m:g} m. Round the points to 10 m and add up what "
            "falls together, or give a smaller radius."
        )
    pairs = tree.query_pairs(radius_m, output_type="ndarray").astype(np.int64)
    centre = np.concatenate([np.arange(n), pairs[:, 0], pairs[:, 1]])
    other = np.concatenate([np.arange(n), pairs[:, 1], pairs[:, 0]])
    by_centre = np.argsort(centre * n + other)  # one key: twice as fast as lexsort
    starts = np.concatenate([[0], np.cumsum(np.bincount(centre, minlength=n))]).astype(np.int64)
    return MapPoints(xy_m=points, order=order, radius_m=radius_m, near=other[by_centre], starts=starts)


def in_map_order(xy_m: ArrayLike) -> tuple[Indices, Numbers]:
    """West to east, then south to north: (where each stood in what was given, the points in this order).

    Answers that take ties in this order don't change when the rows of a file are shuffled. Raises as map_points.
    """
    points = np.array(xy_m, dtype=np.float64)
    if points.size == 0:
        points = points.reshape(0, 2)
    if points.ndim != 2 or points.shape[1] != 2:
        raise InputError(f"Points of shape {points.shape}: give an easting and a northing for each, in metres.")
    if not np.isfinite(points).all():
        which = int(np.flatnonzero(~np.isfinite(points).all(axis=1))[0])
        raise InputError(f"Point {which} is not on the map ({points[which, 0]}, {points[which, 1]}). Leave it out.")
    order = np.lexsort((points[:, 1], points[:, 0])).astype(np.int64)
    points = points[order]
    same = np.flatnonzero((points[1:] == points[:-1]).all(axis=1))
    if same.size:
        x, y = points[same[0]]
        raise InputError(f"The point {x:g}, {y:g} stands twice. Add up what lies at one point first.")
    return order, points
