"""Metres on the ground outside Great Britain, and coordinates that come in another system: by pyproj, loaded only then."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from lamplighter.errors import InputError, PartMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Box = tuple[float, float, float, float]


def utm_of(lon: float, lat: float) -> str:
    """The code of the UTM zone (WGS 84) that a point lies in: −118.3, 34.0 → `EPSG:32611`.

    Norway's and Svalbard's widened zones are left aside: a zone's neighbour serves them with a scale a little worse.
    """
    zone = min(int((lon + 180) // 6) + 1, 60)
    return f"EPSG:{32600 + zone if lat >= 0 else 32700 + zone}"


def transformed(x: NDArray[np.float64], y: NDArray[np.float64], *, crs: str, to: str) -> tuple[Any, Any]:
    """x and y (longitude before latitude, easting before northing) from one system into another; NaN where it has no place."""
    import numpy as np

    pyproj = _pyproj()
    _named(crs), _named(to)
    across = pyproj.Transformer.from_crs(crs, to, always_xy=True)
    there = across.transform(x, y)
    east, north = (np.where(np.isfinite(each), each, np.nan) for each in there)
    return east, north


def checked_metres(crs: str) -> None:
    """Raises InputError unless the system is measured in metres: distances between places are worked out in it."""
    units = {axis.unit_name for axis in _named(crs).axis_info}
    if units != {"metre"}:
        raise InputError(
            f"{crs} is measured in {', '.join(sorted(units))}, not in metres. Name the UTM zone, such as EPSG:32611."
        )


def area_of_use(crs: str) -> Box:
    """West, south, east, north in degrees: where the system is meant to be used."""
    area = _named(crs).area_of_use
    return (area.west, area.south, area.east, area.north) if area else (-180.0, -90.0, 180.0, 90.0)


def epsg_of(crs: str) -> str | None:
    """The code of a system that may come as a whole definition: `EPSG:27700`; None where it has none.

    As a Shapefile's .prj leaves out what tells a system for certain, a likely code is taken as its code.
    """
    code = _named(crs).to_epsg(min_confidence=25)
    return None if code is None else f"EPSG:{code}"


def definition_of(crs: str) -> tuple[str, str]:
    """The system's name, and its definition as well-known text of the kind that every program for maps reads."""
    named = _named(crs)
    return str(named.name), str(named.to_wkt("WKT1_GDAL"))


def ground_name(crs: str) -> str:
    """The method as it is named beside what it made."""
    return f"{_named(crs).name} ({crs}), by pyproj {_pyproj().__version__}"


@cache
def _named(crs: str) -> Any:
    pyproj = _pyproj()
    try:
        return pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError:
        raise InputError(
            f"{crs!r} is no coordinate system that is known. Write its code, such as EPSG:32611."
        ) from None


def _pyproj() -> Any:
    try:
        import pyproj
        import pyproj.exceptions
        import pyproj.network
    except ImportError:
        raise PartMissing("Ground outside Great Britain needs pyproj. Install it: pip install pyproj.") from None
    pyproj.network.set_network_enabled(False)  # a grid file fetched in the middle of an import is a network call
    return pyproj
