"""Map layers that a user gives: areas to make a profile of, and what is drawn under one (GeoPackage, GeoJSON, Shapefile)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LayerKind = Literal["points", "lines", "areas"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Outline:
    """An area of a layer: its name, and its outline in longitude and latitude (WGS84) as a Shapely polygon."""

    name: str
    outline: Any


@dataclass(frozen=True, kw_only=True, eq=False)
class PictureLayer:
    """What is drawn under a map, in metres of the profile's ground.

    shapes: of `points` one array of shape (n, 2); of `lines` one array a line; of `areas` one array a ring (a hole is a ring
    of its own: fill by the even-odd rule). names: one a shape; None where the file has none, always for points.
    """

    name: str
    kind: LayerKind
    shapes: tuple[NDArray[np.float64], ...]
    names: tuple[str | None, ...] = ()
