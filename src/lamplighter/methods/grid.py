"""Squares of one size over the ground: the unit of a surface and of a backtest, never of a ranking for patrol."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lamplighter.errors import InputError
from lamplighter.methods.series import Numbers

CELL_SIZE_M = 250.0
FIRST = 20
MOST_CELLS = 20_000_000  # 160 MB of counts: past it the extent is more likely a stray point than a force

Cells = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Squares from a south-west corner: column 0 stands in the west, row 0 in the south.

    A cell holds its western and southern edge. Cells are numbered row by row: cell = row × columns + column.
    first_column, first_row: how many cells west and south of here the map's origin, moved by shift_*_m, lies.
    """

    first_column: int
    first_row: int
    columns: int
    rows: int
    cell_size_m: float = CELL_SIZE_M
    shift_east_m: float = 0.0
    shift_north_m: float = 0.0

    @property
    def west_m(self) -> float:
        """Easting of the western edge."""
        return self.first_column * self.cell_size_m + self.shift_east_m

    @property
    def south_m(self) -> float:
        """Northing of the southern edge."""
        return self.first_row * self.cell_size_m + self.shift_north_m

    @property
    def centres_east_m(self) -> Numbers:
        """Eastings of the middles of the columns, shape (columns,)."""
        return np.asarray(self.west_m + (np.arange(self.columns) + 0.5) * self.cell_size_m)

    @property
    def centres_north_m(self) -> Numbers:
        """Northings of the middles of the rows, shape (rows,), from the south."""
        return np.asarray(self.south_m + (np.arange(self.rows) + 0.5) * self.cell_size_m)

    def cell_of(self, easting_m: ArrayLike, northing_m: ArrayLike) -> Cells:
        """The cell in which each point falls, shape (n,); −1 outside the grid. Raises InputError as `located`."""
        east, north = located(easting_m, northing_m)
        # Counted from the map's origin: from the grid's edge a point a hair beside a line would round to its other side,
        # and two grids that share their lines would not share their cells.
        column = np.floor((east - self.shift_east_m) / self.cell_size_m).astype(np.int64) - self.first_column
        row = np.floor((north - self.shift_north_m) / self.cell_size_m).astype(np.int64) - self.first_row
        inside = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        return np.where(inside, row * self.columns + column, -1)

    def sums(self, easting_m: ArrayLike, northing_m: ArrayLike, *, weights: ArrayLike | None = None) -> Numbers:
        """How much falls into each cell, shape (rows, columns)? Points outside are left out; weights are 1 if not given."""
        cell = self.cell_of(easting_m, northing_m)
        weight = weights_of(weights, points=cell.size)
        inside = cell >= 0
        summed = np.bincount(cell[inside], weights=weight[inside], minlength=self.rows * self.columns)
        return np.asarray(summed.reshape(self.rows, self.columns), dtype=np.float64)

    def centres_of(self, cells: Cells) -> Numbers:
        """Easting and northing of the middles of these cells, shape (k, 2)."""
        return np.column_stack([self.centres_east_m[cells % self.columns], self.centres_north_m[cells // self.columns]])


@dataclass(frozen=True, kw_only=True)
class OccupiedCells:
    """The cells that hold anything, fullest first, ties from the south-west: cell numbers and sums, shapes (k,)."""

    grid: Grid
    cells: Cells
    sums: Numbers


@dataclass(frozen=True, kw_only=True)
class ShiftedFirst:
    """What the first cells become when the grid is laid elsewhere.

    share_lost: of the crimes in the first cells of the grid as it lay, how many are not in the first cells of this one.
    highest: the fullest cell of this grid.
    """

    east_m: float
    north_m: float
    share_lost: float
    highest: float


@dataclass(frozen=True, kw_only=True)
class HalfCellShift:
    """How much of a ranking of cells is an accident of where the grid lies; `shifts` east, north and both, by half a cell."""

    cell_size_m: float
    first: int
    held: float
    highest: float
    shifts: tuple[ShiftedFirst, ...]


def grid_over(
    easting_m: ArrayLike,
    northing_m: ArrayLike,
    *,
    cell_size_m: float = CELL_SIZE_M,
    shift_east_m: float = 0.0,
    shift_north_m: float = 0.0,
) -> Grid:
    """The smallest grid that holds all these points, its lines at multiples of the cell size from the map's own origin.

    So that two months, or two forces, share their cells. shift_*: moves the lines, in metres. A point far away makes a
    vast grid: leave out what lies off the force's own ground first. Raises InputError without a point, for a size that
    is not above 0, and for more than 20 million cells.
    """
    east, north = located(easting_m, northing_m)
    if not (cell_size_m > 0 and np.isfinite(cell_size_m)):
        raise InputError(f"A cell of {cell_size_m:g} m holds nothing. Give a size above 0, in metres.")
    if not east.size:
        raise InputError("No point to lay a grid over. Give at least one with easting and northing.")
    column, row = (
        (floor((axis.min() - shift) / cell_size_m), floor((axis.max() - shift) / cell_size_m))
        for axis, shift in ((east, shift_east_m), (north, shift_north_m))
    )
    columns, rows = column[1] - column[0] + 1, row[1] - row[0] + 1
    if columns * rows > MOST_CELLS:
        raise InputError(
            f"That needs {columns:,} × {rows:,} cells of {cell_size_m:g} m. Leave out points far away, or take larger cells."
        )
    return Grid(
        first_column=column[0],
        first_row=row[0],
        columns=columns,
        rows=rows,
        cell_size_m=float(cell_size_m),
        shift_east_m=shift_east_m,
        shift_north_m=shift_north_m,
    )


def occupied_cells(
    easting_m: ArrayLike, northing_m: ArrayLike, *, grid: Grid, weights: ArrayLike | None = None
) -> OccupiedCells:
    """Which cells hold anything at all, and how much?

    Misleads as every count by cell does: the ground between the cells that were ever used may be field or water, and
    half a cell's shift of the grid changes the first of them (`half_cell_shift`).
    """
    sums = grid.sums(easting_m, northing_m, weights=weights).ravel()
    cells = np.flatnonzero(sums > 0)
    order = np.argsort(-sums[cells], kind="stable")
    return OccupiedCells(grid=grid, cells=cells[order], sums=sums[cells][order])


def half_cell_shift(
    easting_m: ArrayLike,
    northing_m: ArrayLike,
    *,
    cell_size_m: float = CELL_SIZE_M,
    first: int = FIRST,
    weights: ArrayLike | None = None,
) -> HalfCellShift:
    """How much of what the first cells hold do they lose when the grid is moved by half a cell?

    easting_m, northing_m: shape (n,); weights: shape (n,), 1 if not given. The grid is moved east, north, and both ways.
    Real hot spots don't move with the grid, so what is lost is the accident in a ranking of cells: with the violence of
    South Yorkshire a quarter to a third. Raises InputError without a point or a cell to rank.
    """
    east, north = located(easting_m, northing_m)
    weight = weights_of(weights, points=east.size)
    if first < 1:
        raise InputError(f"The first {first} cells are none. Give 1 or more.")
    held, highest = _in_first(east, north, weight, cell_size_m, first, 0.0, 0.0)
    total = float(weight[held].sum())
    if not total > 0:
        raise InputError("No cell holds anything. Give points with a weight above 0.")
    half = cell_size_m / 2
    shifts = []
    for shift_east, shift_north in ((half, 0.0), (0.0, half), (half, half)):
        still, most = _in_first(east, north, weight, cell_size_m, first, shift_east, shift_north)
        lost = float(weight[held & ~still].sum()) / total
        shifts.append(ShiftedFirst(east_m=shift_east, north_m=shift_north, share_lost=lost, highest=most))
    return HalfCellShift(cell_size_m=cell_size_m, first=first, held=total, highest=highest, shifts=tuple(shifts))


def located(easting_m: ArrayLike, northing_m: ArrayLike) -> tuple[Numbers, Numbers]:
    """Both as floats, shapes (n,). InputError for unequal lengths and for a point that is not finite."""
    east, north = np.array(easting_m, dtype=np.float64), np.array(northing_m, dtype=np.float64)
    if east.ndim != 1 or east.shape != north.shape:
        raise InputError(f"Eastings {east.shape} and northings {north.shape} don't pair. Give one of each a point.")
    lost = ~(np.isfinite(east) & np.isfinite(north))
    if lost.any():
        at = int(np.flatnonzero(lost)[0])
        raise InputError(f"Point {at} is not located. Leave out rows without a place, and say how many.")
    return east, north


def weights_of(weights: ArrayLike | None, *, points: int) -> Numbers:
    """The weights as floats, shape (points,); 1 each if None. InputError for another length, a negative or unknown one."""
    if weights is None:
        return np.ones(points)
    weight = np.array(weights, dtype=np.float64)
    if weight.shape != (points,):
        raise InputError(f"weights: {weight.size} for {points} points. Give one a point.")
    wrong = ~(np.isfinite(weight) & (weight >= 0))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise InputError(f"weights: position {at} is {weight[at]:g}. Give 0 or more; leave out what is unknown.")
    return weight


def _in_first(
    east: Numbers,
    north: Numbers,
    weight: Numbers,
    cell_size_m: float,
    first: int,
    shift_east: float,
    shift_north: float,
) -> tuple[NDArray[np.bool_], float]:
    """Which points lie in the first cells of the grid as shifted, and how much its fullest cell holds."""
    grid = grid_over(east, north, cell_size_m=cell_size_m, shift_east_m=shift_east, shift_north_m=shift_north)
    full = occupied_cells(east, north, grid=grid, weights=weight)
    chosen = np.isin(grid.cell_of(east, north), full.cells[:first])
    return chosen, float(full.sums[0]) if full.sums.size else 0.0
