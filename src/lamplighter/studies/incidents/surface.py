"""Where the rows of a question crowd, as cells and as a smooth surface: evidence and picture, never the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from lamplighter.errors import InputError
from lamplighter.methods.density import DensitySurface, density
from lamplighter.methods.gi_star import CONTROLS, LEVEL, PERMUTATIONS, Control, GiStar, gi_star, hot_cells
from lamplighter.methods.grid import CELL_SIZE_M, FIRST, Grid, HalfCellShift, grid_over, half_cell_shift
from lamplighter.methods.map_points import map_points
from lamplighter.schema import brief_words, month_text
from lamplighter.studies.incidents.points import EASTING, NORTHING, point_months
from lamplighter.studies.incidents.saying import Figure, Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lamplighter.studies.incidents.chosen import Chosen

BANDWIDTH_M = 300.0
AROUND_CELLS = 1.5  # the eight cells around one, and itself: a middle is at most 1.42 cells from theirs
CONTROL: Control = "benjamini_hochberg_one_sided"
LAST = 12
TOP = 10
LEAST_CELLS = 2 * FIRST  # of fewer, most cells are among the first whatever the grid
LEVELS = 5
CELL_RULE = (
    "Cells in which any row of the force ever lay in this area, of any offence and month, on its own ground: a cell that was"
    " never used may be field or water, and no cell that could be hot. Cells without a row of the question are 0, not left out."
)
CONTROL_RULE = (
    "Cells are called hot by one-sided p from the normal distribution, by the control of Benjamini and Hochberg at 5%, because"
    " only crowding is looked for. The other controls stand beside it, and what each calls by 999 permutations, where no p is"
    " below 1 in 1,000. With nine cells or fewer around each, and counts as uneven as crime, they differ: trust what both call."
)
BANDWIDTH_RULE = (
    "A bandwidth of 300 metres is a choice: nothing in the data decides it, and 200 or 800 metres name other crowds."
)
LEVEL_RULE = (
    "Level 5 is half of the highest density or more, and each level below half of the one above; less is not drawn."
)
_CANNOT = (
    "Which address or side of a street is meant: points are snapped, and a surface smooths them further.",
    "Whether more happens there than the people who pass would lead one to expect: nobody counts them in this source.",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class SurfaceCells:
    """For the picture. easting_m, northing_m: south-west corners, shape (cells,). level: 1 (least) to 5, shape (cells,)."""

    easting_m: NDArray[np.float64]
    northing_m: NDArray[np.float64]
    level: NDArray[np.int64]
    size_m: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Hot:
    """Gi* of every cell by both ways of telling p. counts: rows a cell. xy_m: the cells' middles, shape (cells, 2)."""

    xy_m: NDArray[np.float64]
    counts: NDArray[np.int64]
    analytic: GiStar
    permuted: GiStar

    def hot(self, control: Control, *, permuted: bool = False) -> int:
        """How many cells are hot by this control, by p from the normal distribution or by permutation."""
        return int(hot_cells(self.permuted if permuted else self.analytic, control=control).hot.sum())


@dataclass(frozen=True, kw_only=True, eq=False)
class Surface:
    """The section `surface`, and `drawn` for its picture, which is in no JSON. hot, smooth, shift: None where not told."""

    why_not: str | None
    period: str
    rows: int
    cells: int
    hot: Hot | None = None
    gi_why_not: str | None = None
    smooth: DensitySurface | None = None
    shift: HalfCellShift | None = None
    drawn: SurfaceCells | None = None
    seed: int = 0

    def told(self) -> dict[str, Any]:
        """The section of profile.json."""
        return {
            "available": self.why_not is None,
            "why_not": self.why_not,
            "period": self.period,
            "rows": self.rows,
            "cell_size_m": CELL_SIZE_M,
            "cells": self.cells,
            "cell_rule": CELL_RULE,
            "gi": self._gi(),
            "gi_why_not": self.gi_why_not,
            "density": self._density(),
            "half_cell": self._half_cell(),
        }

    def _gi(self) -> dict[str, Any] | None:
        if self.hot is None:
            return None
        found = self.hot
        order = np.lexsort((found.xy_m[:, 1], found.xy_m[:, 0], -found.counts, -np.round(found.analytic.z, 6)))
        return {
            "permutations": PERMUTATIONS,
            "seed": self.seed,
            "level": LEVEL,
            "around_m": AROUND_CELLS * CELL_SIZE_M,
            "control_chosen": CONTROL,
            "control_rule": CONTROL_RULE,
            "hot": [
                {
                    "control": name,
                    "words": words,
                    "hot": found.hot(name),
                    "hot_permuted": found.hot(name, permuted=True),
                    "chosen": name == CONTROL,
                }
                for name, words in CONTROLS.items()
            ],
            "top": [
                {
                    "easting_m": float(found.xy_m[at, 0]),
                    "northing_m": float(found.xy_m[at, 1]),
                    "count": int(found.counts[at]),
                    "z": round(float(found.analytic.z[at]), 2),
                    "p": _significant(found.analytic.p_hot[at]),
                    "p_permuted": round(float(found.permuted.p_hot[at]), 3),
                }
                for at in order[:TOP]
                if np.isfinite(found.analytic.z[at])
            ],
        }

    def _density(self) -> dict[str, Any] | None:
        if self.smooth is None:
            return None
        return {
            "bandwidth_m": self.smooth.bandwidth_m,
            "bandwidth_rule": BANDWIDTH_RULE,
            "kernel": self.smooth.kernel,
            "highest_per_km2": round(float(self.smooth.per_km2.max()), 1),
            "level_rule": LEVEL_RULE,
        }

    def _half_cell(self) -> dict[str, Any] | None:
        if self.shift is None:
            return None
        lost = [each.share_lost for each in self.shift.shifts]
        return {
            "first": self.shift.first,
            "held": round(self.shift.held),
            "share_lost_low": round(min(lost), 3),
            "share_lost_high": round(max(lost), 3),
            "highest": round(self.shift.highest),
            "highest_shifted": [round(each.highest) for each in self.shift.shifts],
        }

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Cells, hot ones by the control that is used, the highest density, and what half a cell's shift takes away."""
        return () if self.why_not else tuple(self._figures())

    def _figures(self) -> Iterator[Figure]:
        def one(name: str, label: str, value: float, unit: str, definition: str, **parts: Any) -> Figure:
            return Figure(
                id=f"surface.{name}", label=label, value=value, unit=unit, definition=definition, period=self.period,
                rows=self.rows, **parts,
            )  # fmt: skip

        size = f"{CELL_SIZE_M:g} metres"
        yield one("cells", "Cells looked at", self.cells, "cells", f"Squares of {size}. {CELL_RULE}")
        if self.hot is not None:
            yield one("hot", "Hot cells", self.hot.hot(CONTROL), "cells", f"Gi* of cells of {size}. {CONTROL_RULE}",
                      numerator=self.hot.hot(CONTROL), denominator=self.cells)  # fmt: skip
        if self.smooth is not None:
            highest = round(float(self.smooth.per_km2.max()), 1)
            yield one("highest_per_km2", "Highest density", highest, "rows a square kilometre", BANDWIDTH_RULE)
        for name, words, value in self._lost():
            yield one(
                f"half_cell_{name}", f"{words} of what the first cells lose by half a cell's shift", value, "%",
                f"Of the rows in the first {FIRST} cells, those that are not in the first {FIRST} when the grid is moved by"
                " half a cell east, north or both.",
            )  # fmt: skip

    def _lost(self) -> list[tuple[str, str, float]]:
        if self.shift is None:
            return []
        lost = [100 * each.share_lost for each in self.shift.shifts]
        return [("low", "Least", round(min(lost), 1)), ("high", "Most", round(max(lost), 1))]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """That a ranking of cells would be an accident of the grid, where it would."""
        lost = self._lost()
        if not lost or lost[1][2] < 1:
            return ()
        low, high = (brief_words(each[2]) for each in lost)
        return (
            Finding(
                text=f"Half a cell's shift of the grid would take {low}% to {high}% of their rows out of the first cells: no"
                " ranking is made of cells.",
                figure_ids=("surface.half_cell_low", "surface.half_cell_high"),
                confidence="high",
                weight=5,
            ),
        )

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What a surface leaves open."""
        return () if self.why_not else _CANNOT


def surface(chosen: Chosen) -> Surface:
    """Where do the ranked rows of the last 12 months present crowd more than the same rows scattered over used cells would?

    Gi* (Ord and Getis 1995) with the eight cells around each and itself, weights 0 and 1; p from the normal distribution and
    from 999 permutations by the question's seed; hot cells under each control of false discovery. Gaussian density of 300 m.
    What half a cell's shift of the grid changes. Everything on squares of 250 m, whose lines lie at multiples from the map's
    origin. Misleads as evidence of anything but crowding, and at the edge of the area: beyond it nothing is counted.
    """
    points = point_months(chosen)
    months = chosen.months[-LAST:]
    period = month_text(months[0]) if len(months) == 1 else f"{month_text(months[0])} to {month_text(months[-1])}"
    counts = points.last(LAST)
    east, north = points.xy_m[counts > 0].T
    counts = counts[counts > 0]
    rows = int(counts.sum())
    used = chosen.ask(
        f"select distinct {EASTING} as e, {NORTHING} as n from asked where in_area and located and own_ground order by 1, 2"  # noqa: S608
    )
    if not rows:
        return Surface(
            why_not="no row of the last twelve months that may be ranked has a point", period=period, rows=0, cells=0
        )
    ever_east, ever_north = (used[name].to_numpy().astype(np.float64) for name in ("e", "n"))
    try:
        grid = grid_over(ever_east, ever_north)
    except InputError as error:
        return Surface(why_not=str(error), period=period, rows=rows, cells=0)
    cells = np.unique(grid.cell_of(ever_east, ever_north))
    held = np.rint(grid.sums(east, north, weights=counts).ravel()).astype(np.int64)
    hot, gi_why_not = _hot(grid, cells, held, seed=chosen.question.seed)
    smooth = density(east, north, grid=grid, bandwidth_m=BANDWIDTH_M, weights=counts)
    enough = np.count_nonzero(held) >= LEAST_CELLS
    return Surface(
        why_not=None,
        period=period,
        rows=rows,
        cells=len(cells),
        hot=hot,
        gi_why_not=gi_why_not,
        smooth=smooth,
        shift=half_cell_shift(east, north, weights=counts) if enough else None,
        drawn=_drawn(smooth),
        seed=chosen.question.seed,
    )


def _hot(grid: Grid, cells: NDArray[np.int64], held: NDArray[np.int64], *, seed: int) -> tuple[Hot | None, str | None]:
    xy = grid.centres_of(cells)
    counts = held[cells]
    try:
        near = map_points(xy, radius_m=AROUND_CELLS * grid.cell_size_m)
        return Hot(
            xy_m=xy,
            counts=counts,
            analytic=gi_star(counts, near=near),
            permuted=gi_star(counts, near=near, permutations=PERMUTATIONS, seed=seed),
        ), None
    except InputError as error:
        return None, str(error)


def _drawn(smooth: DensitySurface) -> SurfaceCells:
    """The cells of a level, from the south-west, by how many times the highest density halves down to them."""
    values = smooth.per_km2.ravel()
    highest = float(values.max())
    level = np.zeros(values.size, dtype=np.int64)
    for step in range(LEVELS):
        level[values >= highest / 2 ** (LEVELS - step)] = step + 1
    at = np.flatnonzero(level)
    corners = smooth.grid.centres_of(at) - smooth.grid.cell_size_m / 2
    return SurfaceCells(
        easting_m=corners[:, 0], northing_m=corners[:, 1], level=level[at], size_m=smooth.grid.cell_size_m
    )


def _significant(value: Any) -> float | None:
    """A probability to two digits that count."""
    return float(f"{cast(float, value):.2g}") if np.isfinite(value) else None
