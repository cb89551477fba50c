"""Where do full cells lie together more than chance would put them? Gi*, with the choice of false-discovery control said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lamplighter.errors import InputError
from lamplighter.methods.map_points import MapPoints
from lamplighter.methods.series import Mask, Numbers

PERMUTATIONS = 999
LEVEL = 0.05
Control = Literal["none", "benjamini_hochberg", "benjamini_hochberg_one_sided", "benjamini_yekutieli"]
CONTROLS: dict[Control, str] = {
    "none": "every cell judged by itself, two-sided: of many cells one in twenty is called where there is nothing",
    "benjamini_hochberg": "Benjamini and Hochberg over two-sided p, hot and cold cells looked for alike",
    "benjamini_hochberg_one_sided": "Benjamini and Hochberg over one-sided p, only hot cells looked for",
    "benjamini_yekutieli": "Benjamini and Yekutieli over two-sided p: holds whatever the dependence, and calls fewest",
}


@dataclass(frozen=True, kw_only=True)
class GiStar:
    """Gi* of every cell in the order given, shapes (n,), nan where all cells are within reach and nothing can be said.

    z: how far the sum around a cell lies from what chance gives, in standard deviations. p_hot: one-sided; p_two_sided.
    p come from the normal distribution, or from `permutations` reshufflings by `seed` when these are not None.
    """

    z: Numbers
    p_hot: Numbers
    p_two_sided: Numbers
    permutations: int | None
    seed: int | None


@dataclass(frozen=True, kw_only=True)
class HotCells:
    """Which cells are called hot and cold, shapes (n,), by which control, said in words."""

    hot: Mask
    cold: Mask
    control: Control
    control_in_words: str
    level: float


def gi_star(values: ArrayLike, *, near: MapPoints, permutations: int | None = None, seed: int | None = None) -> GiStar:
    """Is there more in a cell and around it than if the same values were scattered anyhow over the same cells?

    values: what each cell holds, shape (n,), in the order in which its middle was given to `map_points`, whose radius
    says which cells count as around (binary weights, the cell itself included). Cells without a crime belong in: their
    zeros are part of the question, and leaving them out asks another one.
    permutations (999 is usual; needs seed): p by conditional permutation. A cell keeps its own value and its neighbours'
    are drawn from all others without replacement; p is (draws at least as high + 1)/(permutations + 1), two-sided twice
    the smaller. All cells are judged against the same draws, as esda does, so their chance errors go together; and no p
    is below 1/(permutations + 1), which no control of many thousand cells will ever call. z is the same either way.
    Misleads when counts are few (the normal distribution fits badly below some 20 neighbours), when the ground between
    has nobody to be a victim (a park beside a town centre makes it hotter), and as evidence of anything but crowding:
    where people are, crime is.
    Raises InputError for fewer than 3 cells, other lengths, unknown values, and values that are all the same.
    Source: Ord & Getis 1995, equation 14 with weights 0 and 1; Anselin 1995 for the permutations.
    """
    held = _values_of(values, near)
    around = near.sums_around(held)
    reached = np.diff(near.starts).astype(np.float64)
    n, mean, deviation = held.size, held.mean(), held.std()
    if not deviation > 1e-12 * np.abs(held).max():
        raise InputError(
            f"All {n} cells hold {held[0]:g}: no cell can stand out. Ask of a longer period or a larger area."
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (around - reached * mean) / (deviation * np.sqrt(reached * (n - reached) / (n - 1)))
    z[reached == n] = np.nan
    if permutations is None:
        p_hot, p_two_sided = _normal_p(z)
    else:
        if permutations < 1 or seed is None:
            raise InputError(
                f"{permutations} permutations with seed {seed}. Give 1 or more (999 is usual), and a seed."
            )
        p_hot, p_two_sided = _permuted_p(held, around, near, permutations, seed)
        p_hot[reached == n] = p_two_sided[reached == n] = np.nan
    back = np.empty(n, dtype=np.int64)
    back[near.order] = np.arange(n)
    return GiStar(z=z[back], p_hot=p_hot[back], p_two_sided=p_two_sided[back], permutations=permutations, seed=seed)


def hot_cells(answer: GiStar, *, control: Control, level: float = LEVEL) -> HotCells:
    """Which cells are hot when so many were tried, by the control that is named?

    No default for the control: one small map gives 5, 1 or 5 hot cells by it. Under the one-sided control no cell is
    called cold. Neighbouring cells share their surroundings, so five hot cells in a row may be one fact.
    Raises InputError for another control and a level that is no probability.
    """
    if control not in get_args(Control):
        raise InputError(f"There is no control called {control!r}. Use {', '.join(get_args(Control))}.")
    if not 0 < level < 1:
        raise InputError(f"A level of {level:g} is no probability. Use 0.05 for 5%.")
    one_sided = control == "benjamini_hochberg_one_sided"
    called = adjusted(answer.p_hot if one_sided else answer.p_two_sided, control=control) <= level
    return HotCells(
        hot=called & (answer.z > 0),
        cold=called & (answer.z < 0) & (not one_sided),
        control=control,
        control_in_words=CONTROLS[control],
        level=level,
    )


def adjusted(p: ArrayLike, *, control: Control) -> Numbers:
    """The smallest level at which each would still be called, shape (n,); nan stays nan and counts as not tried."""
    raw = np.array(p, dtype=np.float64)
    tried = ~np.isnan(raw)
    if control != "none" and tried.any():
        raw[tried] = _stepped_up(raw[tried], any_dependence=control == "benjamini_yekutieli")
    return raw


def _stepped_up(p: Numbers, *, any_dependence: bool) -> Numbers:
    """As SciPy's `false_discovery_control` has it, whose module takes longer to load than a map's Gi* takes."""
    order = np.argsort(p)
    rank = np.arange(1, p.size + 1)
    stepped = p[order] * (p.size / rank)
    if any_dependence:
        stepped *= (1 / rank).sum()
    found = np.empty_like(stepped)
    found[order] = np.minimum.accumulate(stepped[::-1])[::-1]
    return np.clip(found, 0, 1)


def _values_of(values: ArrayLike, near: MapPoints) -> Numbers:
    """The values in the order of the map, checked."""
    held = np.array(values, dtype=np.float64)
    if held.shape != near.order.shape:
        raise InputError(f"{held.size} values for {near.order.size} cells. Give one a cell, 0 where nothing happened.")
    if held.size < 3:
        raise InputError(f"{held.size} cells are too few to stand out from. Give 3 or more.")
    unknown = ~np.isfinite(held)
    if unknown.any():
        raise InputError(f"Cell {int(np.flatnonzero(unknown)[0])} holds no number. Give 0 where nothing happened.")
    return np.asarray(held[near.order])


def _normal_p(z: Numbers) -> tuple[Numbers, Numbers]:
    from scipy import special

    return np.asarray(special.ndtr(-z)), np.asarray(2 * special.ndtr(-np.abs(z)))


def _permuted_p(
    held: Numbers, around: Numbers, near: MapPoints, permutations: int, seed: int
) -> tuple[Numbers, Numbers]:
    """One- and two-sided p of every cell against the same draws.

    A draw is an order of as many other cells as any cell has neighbours, and one more. For a cell with k neighbours the
    first k of the draw are its new neighbours, unless the cell itself is among them: then the first k + 1 without it.
    Either way they are k of the others, each set as likely as any, and only the few draws in which a cell meets itself
    need to be looked at one by one.
    """
    neighbours = np.diff(near.starts) - 1
    n, most = held.size, int(neighbours.max())
    longest = min(most + 1, n)
    rng = np.random.default_rng(seed)
    draws = np.stack([rng.choice(n, size=longest, replace=False) for _ in range(permutations)])
    sums = np.zeros((permutations, longest + 1))
    np.cumsum(held[draws], axis=1, out=sums[:, 1:])
    observed = around - held
    # Sums of the same numbers in another order may differ by a rounding, and are still the same sum.
    rounding = 1e-12 * np.abs(held).sum()
    at_least, at_most = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for k in np.unique(neighbours):
        cells = np.flatnonzero(neighbours == k)
        ordered = np.sort(sums[:, k])
        at_least[cells] = permutations - np.searchsorted(ordered, observed[cells] - rounding, side="left")
        at_most[cells] = np.searchsorted(ordered, observed[cells] + rounding, side="right")
    permutation, place = np.nonzero(np.arange(longest) < neighbours[draws])
    itself = draws[permutation, place]
    k = neighbours[itself]
    assumed, true = sums[permutation, k], sums[permutation, k + 1] - held[itself]
    for counted, reaches in ((at_least, _not_below), (at_most, _not_above)):
        change = reaches(true, observed[itself], rounding).astype(np.int64) - reaches(
            assumed, observed[itself], rounding
        )
        np.add.at(counted, itself, change)
    p_hot, p_cold = (at_least + 1) / (permutations + 1), (at_most + 1) / (permutations + 1)
    return p_hot, np.minimum(1.0, 2 * np.minimum(p_hot, p_cold))


def _not_below(sums: Numbers, observed: Numbers, rounding: float) -> NDArray[np.bool_]:
    return np.asarray(sums >= observed - rounding)


def _not_above(sums: Numbers, observed: Numbers, rounding: float) -> NDArray[np.bool_]:
    return np.asarray(sums <= observed + rounding)
