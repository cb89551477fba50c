"""Map layers that a user gives: areas to make a profile of, and what is drawn under one (GeoPackage, GeoJSON, Shapefile)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lamplighter.errors import FileRefused, listed
from lamplighter.schema import visible
from lamplighter.sources.ground import BRITISH_GRID, british_grid, degrees_of
from lamplighter.sources.ground_abroad import epsg_of, transformed
from lamplighter.sources.layer_files import WGS84, layer_named, read_layer_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LayerKind = Literal["points", "lines", "areas"]
Across = Callable[[Any, Any], tuple[Any, Any]]
_AREAS = ("Polygon", "MultiPolygon")
# Columns that hold the name of an area, the likeliest first. The statistics office writes LAD22NM, WD24NM, LSOA21NM.
_NAME_COLUMNS = (
    "name", "area_name", "areaname", "area", "bcu_name", "bcu", "borough", "borough_name", "district", "neighbourhood",
    "neighbourhood_name", "ward_name", "ward", "beat", "sector", "sitename", "title", "label", "namelsad", "community",
)  # fmt: skip
_MOST_NAME = 120


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


def read_areas(given: str | Path) -> list[Outline]:
    """The areas of a layer file, by name, each with its outline in longitude and latitude.

    given: a GeoPackage, GeoJSON (packed by gzip too) or Shapefile (zipped too); `file.gpkg#layer` names one of several layers.
    Names come from the likeliest column that has a different one for every area; a shape that crosses itself is mended. From
    the British National Grid by OSTN15, exact to the millimetre; from any other system by pyproj, to a few metres where a
    grid file would be needed. Misleads where a file names a wrong system: outlines then lie elsewhere.
    Raises FileRefused, with what to do, for a file that is broken, has no polygons, or has areas without a name of their own;
    NoSuchName for a layer that is not there; InputError for a system that is not known; PartMissing.
    """
    import shapely

    read, file = read_layer_file(given), layer_named(given)[0].name
    if not len(read.shapes):
        raise FileRefused(f"{file} holds no area: its layer {read.layer} is empty. Give one with polygons.")
    outlines = []
    for row, shape in enumerate(read.shapes, start=1):
        if shape is None or shape.is_empty or shape.geom_type not in _AREAS:
            has = "has no shape" if shape is None or shape.is_empty else f"is a {shape.geom_type}"
            raise FileRefused(
                f"{file}: feature {row} {has}, so it bounds no area. Delete it, or give a layer of polygons."
            )
        outlines.append(_areas_only(shapely.make_valid(shape)) if not shape.is_valid else shape)
    names = _names_of(read.columns, len(outlines), file=file)
    outside = f"lies outside {read.crs}, the system that the file names. Export it again."
    there = _moved(outlines, names, lambda x, y: _to_degrees(x, y, crs=read.crs), file=file, outside=outside)
    for name, outline in zip(names, there, strict=True):
        _check_degrees(outline, f"{file}: {name}")
    # A rounding in the change of system can let an edge touch another.
    made = [each if each.is_valid else _areas_only(shapely.make_valid(each)) for each in there]
    return [Outline(name=name, outline=each) for name, each in zip(names, made, strict=True)]


def read_layer(given: str | Path, *, ground: str) -> tuple[PictureLayer, ...]:
    """What a file has to draw under a map: one layer a kind of shape (areas, lines, points), empty ones left out.

    given: as `read_areas`. ground: the code of the metres that the profile is drawn in, such as `EPSG:27700`. Shapes without
    a place in it are refused, since a map that silently lacks something misleads. Raises as `read_areas`.
    """

    read, file = read_layer_file(given), layer_named(given)[0].name
    shapes = [each for each in read.shapes if each is not None and not each.is_empty]
    if not shapes:
        raise FileRefused(f"{file} has nothing to draw: its layer {read.layer} is empty.")
    labels = _labels_of(read.columns, len(read.shapes))
    named = [label for label, each in zip(labels, read.shapes, strict=True) if each is not None and not each.is_empty]
    outside = f"reaches outside {ground}, the ground of the maps. Cut the layer to the area first."
    there = _moved(
        shapes, named, lambda x, y: _to_metres(x, y, crs=read.crs, ground=ground), file=file, outside=outside
    )
    found: dict[LayerKind, list[tuple[Any, str | None]]] = {"areas": [], "lines": [], "points": []}
    for shape, label in zip(there, named, strict=True):
        for part in _parts_of(shape):
            found[_kind_of(part)].append((part, label))
    return tuple(_picture(read.layer, kind, parts) for kind, parts in found.items() if parts)


def _picture(name: str, kind: LayerKind, parts: Sequence[tuple[Any, str | None]]) -> PictureLayer:
    import shapely

    if kind == "points":
        xy = shapely.get_coordinates([part for part, _ in parts])
        return PictureLayer(name=name, kind=kind, shapes=(xy,), names=(None,))
    lines = [
        (shapely.get_coordinates(ring), label)
        for part, label in parts
        for ring in ([part.exterior, *part.interiors] if kind == "areas" else [part])
    ]
    return PictureLayer(
        name=name, kind=kind, shapes=tuple(line for line, _ in lines), names=tuple(label for _, label in lines)
    )


def _parts_of(shape: Any) -> list[Any]:
    import shapely

    parts = [each for each in shapely.get_parts(shape) if not each.is_empty]
    return [part for each in parts for part in (_parts_of(each) if hasattr(each, "geoms") else [each])]


def _kind_of(shape: Any) -> LayerKind:
    kinds: dict[str, LayerKind] = {"Polygon": "areas", "Point": "points"}
    return kinds.get(shape.geom_type, "lines")


def _areas_only(shape: Any) -> Any:
    """The polygons of a mended shape: mending a pinched one may leave lines and points beside them."""
    import shapely

    polygons = [each for each in _parts_of(shape) if each.geom_type == "Polygon"]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _to_degrees(x: NDArray[np.float64], y: NDArray[np.float64], *, crs: str) -> tuple[Any, Any]:
    code = epsg_of(crs)
    if code == WGS84:
        return x, y
    return degrees_of(x, y) if code == BRITISH_GRID else transformed(x, y, crs=crs, to=WGS84)


def _to_metres(x: NDArray[np.float64], y: NDArray[np.float64], *, crs: str, ground: str) -> tuple[Any, Any]:
    if epsg_of(crs) == ground:
        return x, y
    lon, lat = _to_degrees(x, y, crs=crs)
    return british_grid(lon, lat) if ground == BRITISH_GRID else transformed(lon, lat, crs=WGS84, to=ground)


def _moved(
    shapes: Sequence[Any], names: Sequence[str | None], across: Across, *, file: str, outside: str
) -> Sequence[Any]:
    """The shapes with each corner taken across. Raises FileRefused if one has no place there: no map lacks it in silence."""
    import numpy as np
    import shapely

    made = np.array(shapes, dtype=object)
    corners, of = shapely.get_coordinates(made, return_index=True)
    moved = np.column_stack(across(corners[:, 0], corners[:, 1]))
    lost = ~np.isfinite(moved).all(axis=1)
    if lost.any():
        at = int(of[lost][0])
        raise FileRefused(f"{file}: {names[at] or f'feature {at + 1}'} {outside}")
    return list(shapely.set_coordinates(made, moved))


def _check_degrees(outline: Any, what: str) -> None:
    west, south, east, north = outline.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise FileRefused(
            f"{what}: its coordinates are no longitude and latitude, though the file says so. Export it in WGS84"
            " (EPSG:4326), or let it name its own system."
        )


def _names_of(columns: Mapping[str, Sequence[Any]], rows: int, *, file: str) -> list[str]:
    """A name for each area out of the likeliest column in which all differ. Raises FileRefused with what to do."""
    likely = _likely(columns)
    if not likely:
        if rows == 1:
            return [file.split(".")[0]]
        raise FileRefused(f"{file}: no column names its areas. Add a text column called name, and fill it for each.")
    for column in likely:
        names = [_text(value) for value in columns[column]]
        if all(names) and len({name.casefold() for name in names}) == rows:
            return names
    first = likely[0]
    names = [_text(value) for value in columns[first]]
    if "" in names:
        at = names.index("")
        raise FileRefused(
            f"{file}: feature {at + 1} has no name in the column {first}. Fill it in, or delete the feature."
        )
    counted = Counter(name.casefold() for name in names)
    twice = [name for name in dict.fromkeys(names) if counted[name.casefold()] > 1]
    raise FileRefused(
        f"{file}: {listed(twice, most=4)} in the column {first} name more than one area. Give each a name of its own, or"
        " dissolve the parts of one into a multipolygon."
    )


def _labels_of(columns: Mapping[str, Sequence[Any]], rows: int) -> list[str | None]:
    likely = _likely(columns)
    return [_text(value) or None for value in columns[likely[0]]] if likely else [None] * rows


def _likely(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """Columns that may name what they stand beside, the likeliest first: by their own name, then any that holds only text."""
    filled = [name for name, values in columns.items() if any(_text(value) for value in values)]
    texts = [name for name in filled if all(value is None or isinstance(value, str) for value in columns[name])]
    folded = {name: name.casefold().replace(" ", "_") for name in filled}
    known = sorted(
        (name for name in filled if folded[name] in _NAME_COLUMNS), key=lambda e: _NAME_COLUMNS.index(folded[e])
    )
    official = [name for name in texts if name.upper().endswith("NM") and name not in known]
    if known or official:
        # A layer of wards names its boroughs too: the column in which most differ is that of the areas themselves.
        return sorted([*known, *official], key=lambda name: -len({_text(value).casefold() for value in columns[name]}))
    return texts if len(texts) == 1 else []


def _text(value: Any) -> str:
    return "" if value is None else " ".join(visible(str(value)).split())[:_MOST_NAME]
