"""What the pictures and the map layers of a profile need beside profile.json: all map points, the surface, the user's layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lamplighter.sources.layers import PictureLayer


@dataclass(frozen=True, kw_only=True, eq=False)
class DensityCells:
    """Square cells of the ground by how much lies around them. level 1 (least) to 5; a cell without any is not there.

    easting_m, northing_m: their south-west corners, shape (cells,). level: shape (cells,).
    """

    easting_m: NDArray[np.float64]
    northing_m: NDArray[np.float64]
    level: NDArray[np.int64]
    size_m: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """All map points of the question in metres with their rows, the density cells, and the layers that the user gave.

    xy_m, lonlat: shape (points, 2), west to east, then south to north. counts: rows of the whole period, shape (points,).
    """

    xy_m: NDArray[np.float64]
    lonlat: NDArray[np.float64]
    counts: NDArray[np.int64]
    cells: DensityCells | None = None
    layers: Sequence[PictureLayer] = ()
