"""Opens a map layer file as shapes, columns and the system of its coordinates, and refuses what is not one with a sentence.

A file is told by its first bytes, never by its name alone: GDAL would open many more kinds, and some fetch others from a network.
"""

from __future__ import annotations

import gzip
import json
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from lamplighter.errors import FileRefused, NoSuchName, PartMissing, listed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LAYER_ENDS = (".gpkg", ".geojson", ".geojson.gz", ".json", ".shp", ".zip")
LAYER_MARK = "#"  # boroughs.gpkg#wards names a layer of a file
WGS84 = "EPSG:4326"
MOST_BYTES = 500_000_000  # unpacked: a layer of every street of a force has a tenth of it
_GPKG, _SHAPE, _ZIP, _GZIP = b"SQLite format 3\0", b"\x00\x00\x27\x0a", b"PK", b"\x1f\x8b"
_BESIDE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_KINDS = "a GeoPackage (.gpkg), GeoJSON (.geojson), or a Shapefile (.shp, or its .zip)"


@dataclass(frozen=True, kw_only=True, eq=False)
class LayerRead:
    """shapes: Shapely geometries (None where a feature has none), flat. columns: name → one value a feature, in file order.

    crs: the system of the coordinates, as pyproj reads it. layer: the layer's name, or the file's where it has no name.
    """

    shapes: NDArray[np.object_]
    columns: Mapping[str, Sequence[Any]]
    crs: str
    layer: str


def is_layer_file(words: str) -> bool:
    """Does what somebody typed name a layer file (`wards.geojson`, `met.gpkg#boroughs`), rather than an area by its name?"""
    return layer_named(words)[0].name.lower().endswith(LAYER_ENDS)


def layer_named(given: str | Path) -> tuple[Path, str | None]:
    """`boroughs.gpkg#wards` → the file and the layer; a file that has such a sign in its own name is taken as it is."""
    path = Path(given)
    name, mark, layer = str(given).rpartition(LAYER_MARK)
    if mark and layer and not path.exists():
        return Path(name), layer
    return path, None


def read_layer_file(given: str | Path) -> LayerRead:
    """One layer of a file. Raises FileRefused with what to do, NoSuchName for a layer that is not there, PartMissing."""
    path, layer = layer_named(given)
    if not path.is_file():
        raise FileRefused(f"There is no file {path}. Give {_KINDS}.")
    _parts()
    with path.open("rb") as file:
        begins = file.read(16)
    if begins.startswith(_ZIP):
        with _unpacked(path) as inner:
            return _read(inner, layer, says=path)
    return _read(path, layer, says=path)


def _read(path: Path, layer: str | None, *, says: Path) -> LayerRead:
    with path.open("rb") as file:
        begins = file.read(16)
    if begins.startswith(_GPKG):
        return _from_gdal(path, layer, says=says)
    if begins.startswith(_SHAPE):
        for suffix in (".shx", ".dbf"):
            if not path.with_suffix(suffix).exists() and not path.with_suffix(suffix.upper()).exists():
                raise FileRefused(
                    f"{says.name}: the file {path.stem}{suffix} that belongs to it is missing. Put the Shapefile's files"
                    " beside each other, or give its ZIP."
                )
        return _from_gdal(path, layer, says=says)
    content = _text_of(path, gzipped=begins.startswith(_GZIP), says=says)
    if content.lstrip().startswith("{"):
        if layer is not None and layer != says.name.split(".")[0]:
            raise FileRefused(f"{says.name} is GeoJSON, which has no layers by name. Leave out {LAYER_MARK}{layer}.")
        return _from_json(content, says=says)
    raise FileRefused(f"{says.name} is no map layer that is known. Give {_KINDS}.")


def _text_of(path: Path, *, gzipped: bool, says: Path) -> str:
    try:
        if gzipped:
            with gzip.open(path) as file:
                content = file.read(MOST_BYTES + 1)
        else:
            with path.open("rb") as plain:
                content = plain.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise FileRefused(
                f"{says.name} is larger than {MOST_BYTES // 1_000_000} MB. Simplify it, or take a part of it."
            )
        return content.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error):
        raise FileRefused(f"{says.name} can't be unpacked or read to its end. Fetch or export it again.") from None
    except UnicodeDecodeError:
        raise FileRefused(f"{says.name} is no map layer that is known. Give {_KINDS}.") from None


def _from_json(content: str, *, says: Path) -> LayerRead:
    import numpy as np
    import shapely

    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise FileRefused(f"{says.name} is broken: it is no whole JSON. Export it again.") from None
    features = told.get("features") if told.get("type") == "FeatureCollection" else [told]
    if not isinstance(features, list) or not all(
        isinstance(each, dict) and each.get("type") == "Feature" for each in features
    ):
        raise FileRefused(
            f"{says.name} is JSON, but no GeoJSON with features. Export it as a GeoJSON feature collection."
        )
    shapes = np.empty(len(features), dtype=object)
    for at, each in enumerate(features):
        try:
            shapes[at] = shapely.from_geojson(json.dumps(each["geometry"])) if each.get("geometry") else None
        except (shapely.errors.GEOSException, ValueError, TypeError):
            raise FileRefused(f"{says.name}: the shape of feature {at + 1} is broken. Export it again.") from None
    properties = [each.get("properties") or {} for each in features]
    names = dict.fromkeys(name for each in properties for name in each)
    return LayerRead(
        shapes=shapely.force_2d(shapes),
        columns={name: [each.get(name) for each in properties] for name in names},
        crs=_crs_of_json(told),
        layer=says.name.split(".")[0],
    )


def _crs_of_json(told: Mapping[str, Any]) -> str:
    """WGS84, as the standard has it, unless the file names another system as older ones did."""
    member = told.get("crs")
    name = str((member.get("properties") or {}).get("name") or "") if isinstance(member, dict) else ""
    return WGS84 if not name or "CRS84" in name else name


def _from_gdal(path: Path, layer: str | None, *, says: Path) -> LayerRead:
    import numpy as np
    import pyogrio
    import pyogrio.errors
    import pyogrio.raw
    import shapely

    broken = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # remarks of GDAL on files that it then reads all the same
            held = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
            name = _layer_of(held, layer, says=says)
            meta, _, shapes, fields = pyogrio.raw.read(path, layer=name)
        found = shapely.from_wkb(np.asarray(shapes, dtype=object), on_invalid="raise")
    except broken:
        raise FileRefused(f"{says.name} is broken: it can't be read to its end. Export it again.") from None
    except shapely.errors.GEOSException:
        raise FileRefused(
            f"{says.name}: a shape of it is broken. Mend its geometries (in QGIS: Fix geometries)."
        ) from None
    if not meta["crs"]:
        raise FileRefused(
            f"{says.name} does not say in which system its coordinates are. Export it with one, such as EPSG:4326"
            f"{' (a Shapefile keeps it in the .prj beside it)' if path.suffix.lower() == '.shp' else ''}."
        )
    return LayerRead(
        shapes=shapely.force_2d(found),
        columns={str(name): list(column) for name, column in zip(meta["fields"], fields, strict=True)},
        crs=str(meta["crs"]),
        layer=says.name.split(".")[0] if path.suffix.lower() == ".shp" else name,
    )


def _layer_of(held: Sequence[str], asked: str | None, *, says: Path) -> str:
    if asked is not None:
        folded = {name.casefold(): name for name in held}
        if asked.casefold() not in folded:
            raise NoSuchName(f"layer in {says.name}", asked, list(held))
        return folded[asked.casefold()]
    if not held:
        raise FileRefused(f"{says.name} holds no layer with shapes. Give {_KINDS}.")
    if len(held) > 1:
        raise FileRefused(
            f"{says.name} holds {len(held)} layers: {listed(held, most=12)}. Name one: {says.name}{LAYER_MARK}{held[0]}"
        )
    return held[0]


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """The one layer file of a ZIP, in a folder that is gone afterwards. No path of the ZIP is followed: names in it are ours."""
    with TemporaryDirectory(prefix="lamplighter-") as folder:
        try:
            with zipfile.ZipFile(path) as packed:
                inner = _taken_out(packed, Path(folder), says=path)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise FileRefused(f"{path.name} is broken or locked: it can't be unpacked. Export it again.") from None
        yield inner


def _taken_out(packed: zipfile.ZipFile, folder: Path, *, says: Path) -> Path:
    members = [each for each in packed.infolist() if not each.is_dir() and "__MACOSX" not in each.filename]
    layers = [each for each in members if _suffix(each) in (".shp", ".gpkg", ".geojson", ".json")]
    if len(layers) != 1:
        names = [PurePosixPath(each.filename).name for each in layers]
        told = f"holds {listed(names, most=12)}" if names else "holds no layer"
        raise FileRefused(f"{says.name} {told}. Give a ZIP with one: {_KINDS}.")
    [main] = layers
    stem = main.filename[: -len(_suffix(main))]
    wanted = [main]
    if _suffix(main) == ".shp":
        wanted += [e for e in members if _suffix(e) in _BESIDE[1:] and e.filename[: -len(_suffix(e))] == stem]
    if sum(each.file_size for each in wanted) > MOST_BYTES:
        raise FileRefused(f"{says.name} unpacks to more than {MOST_BYTES // 1_000_000} MB. Take a part of it.")
    for each in wanted:
        with packed.open(each) as inner:
            (folder / f"layer{_suffix(each)}").write_bytes(inner.read(MOST_BYTES))
    return folder / f"layer{_suffix(main)}"


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _parts() -> None:
    try:
        import pyogrio  # noqa: F401
        import shapely  # noqa: F401
    except ImportError:
        raise PartMissing(
            "Map layers need two more parts. Install them: python -m pip install 'lamplighter[layers]'"
        ) from None
