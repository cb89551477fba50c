"""How long do Gi* with 999 permutations and a kernel density surface take, beside esda and scikit-learn on the same cells?

Street data: the folder named by LAMPLIGHTER_STREET_DATA (CSVs of data.police.uk, packed or not, of one force), else the
bundled sample. With a whole force the rows are what a profile of it would meet.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from measuring import row, timed

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "src"))

SAMPLE = HERE / "data" / "police-uk-doncaster"
CELL_SIZE_M = 250.0
BANDWIDTH_M = 500.0
PERMUTATIONS = 999
RUNS = 3
WORST_CELLS = 500
OWN_SHARE = 0.01  # a district with less of the located rows is not the force's own ground, and would make a vast grid


def points_of(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Eastings and northings of all located rows on the force's own ground."""
    from convertbng.cutil import convert_bng

    wanted = ["Longitude", "Latitude", "LSOA name"]
    files = sorted(each for each in folder.rglob("*street.csv*"))
    if not files:
        raise SystemExit(f"No street file of data.police.uk in {folder}. Name a folder that has some.")
    table = pd.concat([pd.read_csv(each, usecols=wanted) for each in files], ignore_index=True).dropna()
    district = table["LSOA name"].str.rsplit(" ", n=1).str[0]
    table = table[district.map(district.value_counts(normalize=True)) >= OWN_SHARE]
    east, north = convert_bng(table["Longitude"].to_numpy(), table["Latitude"].to_numpy())
    return np.asarray(east, dtype=np.float64), np.asarray(north, dtype=np.float64)


def gi_star_row(east: np.ndarray, north: np.ndarray) -> dict[str, Any]:
    """Gi* of every cell of the grid with its queen neighbours and itself; both are given the neighbours."""
    from esda import G_Local
    from libpysal.weights import lat2W

    from lamplighter.methods.gi_star import gi_star
    from lamplighter.methods.grid import grid_over
    from lamplighter.methods.map_points import map_points

    grid = grid_over(east, north, cell_size_m=CELL_SIZE_M)
    counts = grid.sums(east, north).ravel()
    centres = grid.centres_of(np.arange(counts.size))
    near_s, near = timed(lambda: map_points(centres, radius_m=1.5 * CELL_SIZE_M))
    ours_s, ours = timed(lambda: gi_star(counts, near=near, permutations=PERMUTATIONS, seed=0), RUNS)
    weights = lat2W(grid.rows, grid.columns, rook=False)

    def theirs() -> G_Local:
        return G_Local(
            counts,
            weights,
            transform="B",
            star=True,
            permutations=PERMUTATIONS,
            keep_simulations=False,
            n_jobs=1,
            seed=0,
        )

    theirs()  # compiles
    peer_s, peer = timed(theirs, RUNS)
    # esda gives the p of the nearer end, and of a cell amid zeros the least p there is, as if it were rare: where more than
    # expected lies, both mean the same.
    hot = ours.z > 0
    away = np.abs(peer.p_sim - ours.p_hot)[hot]
    return row(
        "gi_star",
        "esda G_Local, warm, one job",
        ours_s,
        peer_s,
        same_answer=bool(np.abs(peer.Zs - ours.z).max() <= 1e-6),
        note=f"{counts.size:,} cells, {PERMUTATIONS} permutations, {peer_s / ours_s:.0f} times as fast (10 wanted); "
        f"finding the neighbours takes {near_s:.2f} s more; z apart by {np.abs(peer.Zs - ours.z).max():.0e} at most, "
        f"p of cells with more than expected by {away.mean():.3f} on average (other draws)",
    )


def density_row(east: np.ndarray, north: np.ndarray) -> dict[str, Any]:
    """A gaussian surface; scikit-learn is given each distinct point once with its weight, which is kindest to it."""
    from sklearn.neighbors import KernelDensity

    from lamplighter.methods.density import density
    from lamplighter.methods.grid import grid_over

    grid = grid_over(east, north, cell_size_m=CELL_SIZE_M)
    ours_s, ours = timed(lambda: density(east, north, grid=grid, bandwidth_m=BANDWIDTH_M), RUNS)
    spots, weights = np.unique(np.column_stack([east, north]), axis=0, return_counts=True)
    centres = grid.centres_of(np.arange(grid.rows * grid.columns))

    def theirs(cells: np.ndarray, leaf_size: int) -> np.ndarray:
        tree = KernelDensity(kernel="gaussian", bandwidth=BANDWIDTH_M, leaf_size=leaf_size)
        return np.exp(tree.fit(spots, sample_weight=weights).score_samples(cells)) * east.size * 1e6

    peer_s, peer = timed(lambda: theirs(centres, 40))
    mine = ours.per_km2.ravel()
    counts = np.flatnonzero(peer > 1e-12 * peer.max())
    apart = np.abs(mine - peer)[counts] / peer[counts]
    # Its tree takes bounds from one another and loses digits where little is left; with all points in one leaf it does not.
    worst = counts[np.argsort(-apart)[:WORST_CELLS]]
    evenly = counts[:: max(1, counts.size // WORST_CELLS)]
    judged = np.union1d(worst, evenly)
    whole = theirs(centres[judged], len(spots))
    true_apart = float((np.abs(mine[judged] - whole) / whole).max())
    return row(
        "density",
        "scikit-learn KernelDensity, gaussian, distinct points with weights",
        ours_s,
        peer_s,
        same_answer=true_apart <= 1e-6,
        note=f"{mine.size:,} cells, {east.size:,} crimes at {len(spots):,} points (ours draws them together within its time), "
        f"{peer_s / ours_s:.0f} times as fast (100 wanted); where the density is above 1e-12 of its highest apart by "
        f"{true_apart:.0e} at most from scikit-learn with all points in one leaf ({judged.size:,} cells, the worst among "
        f"them), by {apart.max():.0e} from its usual tree, which loses digits there",
    )


def rows() -> list[dict[str, Any]]:
    """The rows of the bench table that this file measures."""
    east, north = points_of(Path(os.environ.get("LAMPLIGHTER_STREET_DATA", SAMPLE)))
    return [gi_star_row(east, north), density_row(east, north)]


if __name__ == "__main__":
    print(json.dumps(rows(), indent=1))
