"""Longitude and latitude → metres on the ground: the British National Grid, with the whole OSTN15 shift."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BRITISH_GRID = "EPSG:27700"


def british_grid(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Easting and northing in metres, to the millimetre; NaN where the point lies outside the grid.

    lon, lat: degrees (WGS84), finite, the same shape. Each distinct point is projected once: street data name a few
    thousand points for hundreds of thousands of rows.
    Misleads by up to some metres where a point was snapped or rounded before it came here, never by its own doing.
    """
    import numpy as np
    from convertbng.cutil import convert_bng

    if not lon.size:
        return np.empty(0), np.empty(0)
    points, where = np.unique(lon + 1j * lat, return_inverse=True)
    easting, northing = convert_bng(np.ascontiguousarray(points.real), np.ascontiguousarray(points.imag))
    return np.asarray(easting)[where], np.asarray(northing)[where]


def degrees_of(easting_m: NDArray[np.float64], northing_m: NDArray[np.float64]) -> tuple[Any, Any]:
    """Longitude and latitude in degrees of points of the British National Grid: the way back, by the same OSTN15 shift.

    A point outside the grid is NaN. There and back differ by less than a millimetre.
    """
    import numpy as np
    from convertbng.cutil import convert_osgb36_to_ll

    if not np.size(easting_m):
        return np.empty(0), np.empty(0)
    lon, lat = convert_osgb36_to_ll(np.array(easting_m, np.float64), np.array(northing_m, np.float64))
    return np.asarray(lon), np.asarray(lat)


def british_grid_name() -> str:
    """The method as it is named beside what it made."""
    return f"British National Grid (EPSG:27700), OSTN15 by convertbng {version('convertbng')}"
