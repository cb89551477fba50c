"""Where do crimes crowd, as a smooth surface? A picture and evidence, not the ranking."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, pi
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.grid import Grid, located, weights_of
from lamplighter.methods.series import Numbers

M2_PER_KM2 = 1_000_000.0
AT_A_TIME = 4_000_000  # numbers held in one step: about 32 MB an array, whatever the number of points
Kernel = Literal["gaussian", "quartic"]


@dataclass(frozen=True, kw_only=True)
class DensitySurface:
    """Crimes a square kilometre at the middle of each cell, shape (rows, columns), row 0 in the south.

    weight_total: what the points weigh together; the surface times a cell's area, summed over endless ground, gives it.
    """

    grid: Grid
    per_km2: Numbers
    kernel: Kernel
    bandwidth_m: float
    weight_total: float


def density(
    easting_m: ArrayLike,
    northing_m: ArrayLike,
    *,
    grid: Grid,
    bandwidth_m: float,
    kernel: Kernel = "gaussian",
    weights: ArrayLike | None = None,
) -> DensitySurface:
    """How many crimes a square kilometre are there around each cell's middle, smoothed over its surroundings?

    easting_m, northing_m: shape (n,), in metres; weights: shape (n,), 1 if not given (harm, or how many crimes a point
    has). bandwidth_m: for the gaussian its standard deviation; for the quartic the radius at which it ends, so that the
    quartic spreads a crime as widely as a gaussian of 0.35 times its bandwidth. Every point is added up, none is moved to a
    cell first: the values are exact but for rounding.
    Misleads at the edge of the ground, where what fell outside is smoothed away and not given back; near snapped points
    (the surface is of the map's points, not of doors); and by its bandwidth, which nothing in the data decides: a
    surface of 200 m and one of 800 m name other hot spots.
    Raises InputError for a bandwidth that is not above 0, another kernel, and points that are not located.
    Source: Silverman 1986, §4.2, equations 4.3 and 4.5.
    """
    if kernel not in get_args(Kernel):
        raise InputError(f"There is no kernel called {kernel!r}. Use {' or '.join(get_args(Kernel))}.")
    if not (bandwidth_m > 0 and np.isfinite(bandwidth_m)):
        raise InputError(f"A bandwidth of {bandwidth_m:g} m smooths nothing. Give one above 0, in metres.")
    east, north = located(easting_m, northing_m)
    weight = weights_of(weights, points=east.size)
    total = float(weight.sum())
    east, north, weight = _drawn_together(east, north, weight)
    summed = (_gaussian if kernel == "gaussian" else _quartic)(east, north, weight, grid, bandwidth_m)
    return DensitySurface(
        grid=grid, per_km2=summed * M2_PER_KM2, kernel=kernel, bandwidth_m=bandwidth_m, weight_total=total
    )


def _drawn_together(east: Numbers, north: Numbers, weight: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Points on the same spot as one, with their weights added: street data have some forty crimes a point."""
    if not east.size:
        return east, north, weight
    order = np.lexsort((north, east))
    east, north, weight = east[order], north[order], weight[order]
    new = np.append(True, (np.diff(east) != 0) | (np.diff(north) != 0))
    starts = np.flatnonzero(new)
    return east[starts], north[starts], np.add.reduceat(weight, starts)


def _gaussian(east: Numbers, north: Numbers, weight: Numbers, grid: Grid, bandwidth_m: float) -> Numbers:
    """exp(−(x² + y²)/2h²) is one factor along x times one along y: all points at once as a product of two matrices."""
    summed = np.zeros((grid.rows, grid.columns))
    step = max(1, AT_A_TIME // max(grid.rows, grid.columns))
    for at in range(0, east.size, step):
        part = slice(at, at + step)
        along_x = _bell(grid.centres_east_m[:, None] - east[part], bandwidth_m)
        along_y = _bell(grid.centres_north_m[:, None] - north[part], bandwidth_m)
        along_y *= weight[part]
        summed += along_y @ along_x.T
    return np.asarray(summed / (2 * pi * bandwidth_m**2))


def _bell(distance_m: Numbers, bandwidth_m: float) -> Numbers:
    scaled = distance_m / bandwidth_m
    scaled *= scaled
    scaled *= -0.5
    return np.asarray(np.exp(scaled, out=scaled))


def _quartic(east: Numbers, north: Numbers, weight: Numbers, grid: Grid, bandwidth_m: float) -> Numbers:
    """3/(πh²) (1 − d²/h²)² within h, nothing beyond: only the cells around each point are worked out."""
    size = grid.cell_size_m
    reach = ceil(bandwidth_m / size)
    window = np.arange(2 * reach + 1)
    column = np.floor((east - grid.west_m) / size).astype(np.int64)[:, None] - reach + window
    row = np.floor((north - grid.south_m) / size).astype(np.int64)[:, None] - reach + window
    away_x = (grid.west_m + (column + 0.5) * size - east[:, None]) / bandwidth_m
    away_y = (grid.south_m + (row + 0.5) * size - north[:, None]) / bandwidth_m
    # A cell off the grid is as good as out of reach.
    x2 = np.where((column >= 0) & (column < grid.columns), away_x**2, 2.0)
    y2 = np.where((row >= 0) & (row < grid.rows), away_y**2, 2.0)
    summed = np.zeros(grid.rows * grid.columns)
    step = max(1, AT_A_TIME // window.size**2)
    for at in range(0, east.size, step):
        part = slice(at, at + step)
        left = 1 - (y2[part, :, None] + x2[part, None, :])
        near = left > 0
        cell = row[part, :, None] * grid.columns + column[part, None, :]
        value = weight[part, None, None] * left**2
        summed += np.bincount(cell[near], weights=value[near], minlength=summed.size)
    return np.asarray(summed.reshape(grid.rows, grid.columns) * 3 / (pi * bandwidth_m**2))
