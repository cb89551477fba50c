"""Where did each incident happen: degrees and metres of each row, or the reason that its coordinates can't be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lamplighter.sources.extract.mapping import Ground, Mapping
from lamplighter.sources.police_uk.judging import (
    LAT_MAX,
    LAT_MIN,
    LON_MAX,
    LON_MIN,
    NOT_FINITE,
    ONE_MISSING,
    SWAPPED,
    ZERO,
    Reasons,
)
from lamplighter.sources.police_uk.rows import NOT_NUMBERS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BRITISH_GRID, DEGREES = "EPSG:27700", "EPSG:4326"
OUTSIDE = "coordinates outside the ground that the mapping names"
_BRITISH_BOX = (LON_MIN, LAT_MIN, LON_MAX, LAT_MAX)


@dataclass(frozen=True, kw_only=True)
class Points:
    """Degrees (WGS 84) and metres of every row, NaN where it has no point. name: how the metres were made, None if none were."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    easting_m: NDArray[np.float64]
    northing_m: NDArray[np.float64]
    located: NDArray[np.bool_]
    name: str | None


def points_of(columns: dict[str, Sequence[str | None]], mapping: Mapping, reasons: Reasons) -> Points:
    """The point of each row. Neither coordinate is legitimate; one alone, and one that can't be, refuse the row.

    columns: our field → cells, for the coordinates that the mapping names.
    """
    import numpy as np

    pair = ("lon", "lat") if "lon" in columns else ("easting", "northing")
    rows = len(reasons.codes)
    none = np.full(rows, np.nan)
    if pair[0] not in columns:
        return Points(lon=none, lat=none, easting_m=none, northing_m=none, located=np.zeros(rows, bool), name=None)
    (x, no_x, worded_x), (y, no_y, worded_y) = (_numbers(columns[each]) for each in pair)
    reasons.refuse(no_x != no_y, ONE_MISSING)
    reasons.refuse(worded_x | worded_y, NOT_NUMBERS)
    given = ~no_x & ~no_y
    reasons.refuse(given & ~(np.isfinite(x) & np.isfinite(y)), NOT_FINITE)
    ground = mapping.ground
    box = ground.within or _box(ground)
    usable = given & reasons.kept()
    lon, lat = _degrees(x, y, usable, ground)
    inside = _inside(lon, lat, box)
    # 0 is a point of the sea off Africa, or the corner of a grid: where somebody left a field empty.
    at_zero, on_zero = (x == 0) & (y == 0), (x == 0) | (y == 0)
    reasons.refuse(usable & (at_zero | on_zero & ~inside), ZERO)
    turned_lon, turned_lat = _degrees(y, x, usable & ~inside, ground)
    reasons.refuse(usable & ~inside & _inside(turned_lon, turned_lat, box), SWAPPED)
    reasons.refuse(usable & ~inside, OUTSIDE)
    located = usable & inside
    easting, northing = _metres(x, y, lon, lat, located, ground)
    lon, lat, easting, northing = (np.where(located, each, np.nan) for each in (lon, lat, easting, northing))
    return Points(
        lon=lon,
        lat=lat,
        easting_m=easting,
        northing_m=northing,
        located=located,
        name=_name(ground) if located.any() else None,
    )


def _numbers(cells: Sequence[str | None]) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    import numpy as np

    missing = np.array([cell is None for cell in cells], bool)
    values, worded = np.full(len(cells), np.nan), np.zeros(len(cells), bool)
    for at, cell in enumerate(cells):
        if cell is None:
            continue
        try:
            values[at] = float(cell)
        except ValueError:
            worded[at] = True
    return values, missing, worded


def _degrees(
    x: NDArray[np.float64], y: NDArray[np.float64], usable: NDArray[np.bool_], ground: Ground
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    if ground.crs == DEGREES:
        return np.where(usable, x, np.nan), np.where(usable, y, np.nan)
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    if not usable.any():
        return lon, lat
    if ground.crs == BRITISH_GRID:
        from convertbng.cutil import convert_lonlat

        found = convert_lonlat(np.ascontiguousarray(x[usable]), np.ascontiguousarray(y[usable]))
    else:
        from lamplighter.sources.ground_abroad import transformed

        found = transformed(x[usable], y[usable], crs=ground.crs, to=DEGREES)
    lon[usable], lat[usable] = (np.asarray(each) for each in found)
    return lon, lat


def _metres(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    located: NDArray[np.bool_],
    ground: Ground,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    if ground.crs == ground.metres:
        return x, y
    easting, northing = np.full(len(x), np.nan), np.full(len(x), np.nan)
    if not located.any():
        return easting, northing
    if ground.metres == BRITISH_GRID:
        from lamplighter.sources.ground import british_grid

        found = british_grid(lon[located], lat[located])
    else:
        from lamplighter.sources.ground_abroad import checked_metres, transformed

        checked_metres(ground.metres)
        found = transformed(x[located], y[located], crs=ground.crs, to=ground.metres)
    easting[located], northing[located] = found
    return easting, northing


def _box(ground: Ground) -> tuple[float, float, float, float]:
    if ground.metres == BRITISH_GRID:
        return _BRITISH_BOX
    from lamplighter.sources.ground_abroad import area_of_use

    return area_of_use(ground.metres)


def _inside(
    lon: NDArray[np.float64], lat: NDArray[np.float64], box: tuple[float, float, float, float]
) -> NDArray[np.bool_]:
    import numpy as np

    west, south, east, north = box
    with np.errstate(invalid="ignore"):
        return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _name(ground: Ground) -> str:
    if ground.metres == BRITISH_GRID and ground.crs == BRITISH_GRID:
        return "British National Grid (EPSG:27700), as the file gives it"
    if ground.metres == BRITISH_GRID:
        from lamplighter.sources.ground import british_grid_name

        return british_grid_name()
    from lamplighter.sources.ground_abroad import ground_name

    return ground_name(ground.metres)
