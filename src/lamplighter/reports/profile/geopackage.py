"""A GeoPackage (OGC 12-128r17) of small layers, written by the standard library alone: the same layers, the same bytes.

GDAL would do it too, but stamps the hour into the file and is an optional part, and a profile has its map layers always.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

SqlType = Literal["TEXT", "INTEGER", "REAL", "BOOLEAN"]
Corner = tuple[float, float]
_APPLICATION_ID, _VERSION = 0x47504B47, 10300  # "GPKG", 1.3.0
_POINT, _POLYGON = 1, 3


@dataclass(frozen=True, kw_only=True)
class MapLayer:
    """One layer: points, or areas of one ring each. columns: name → type. rows: a shape and one value a column."""

    name: str
    title: str
    kind: Literal["POINT", "POLYGON"]
    columns: Mapping[str, SqlType]
    rows: Sequence[tuple[Sequence[Corner], Sequence[Any]]]
    qml: str
    sld: str


def geopackage(layers: Sequence[MapLayer], *, epsg: int, system: str, wkt: str, on: str) -> bytes:
    """The file's bytes. epsg, system, wkt: the ground of all layers. on: the day that it says it was changed, as 2026-11-25.

    Each layer has its default style in `layer_styles`, which QGIS draws it by when it is opened.
    """
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(_FRAME)
        db.executemany(
            "insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, null)",
            [
                ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
                ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
                ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84),
                *([(system, epsg, "EPSG", epsg, wkt)] if epsg != 4326 else []),
            ],
        )
        for layer in layers:
            _write(db, layer, epsg=epsg, on=on)
        _write_styles(db, layers, on=on)
        db.commit()
        return db.serialize()


def _write(db: sqlite3.Connection, layer: MapLayer, *, epsg: int, on: str) -> None:
    table = _quoted(layer.name)
    columns = "".join(f", {_quoted(name)} {kind}" for name, kind in layer.columns.items())
    db.execute(f"create table {table} (fid integer primary key autoincrement not null, geom {layer.kind}{columns})")
    marks = ", ".join("?" * (len(layer.columns) + 1))
    names = ", ".join(["geom", *(_quoted(name) for name in layer.columns)])
    shapes = [shape for shape, _ in layer.rows]
    db.executemany(
        f"insert into {table} ({names}) values ({marks})",  # noqa: S608  (names that this package fixes itself)
        [(_blob(layer.kind, shape, epsg), *values) for shape, values in layer.rows],
    )
    box: tuple[float | None, ...] = _box([corner for shape in shapes for corner in shape]) if shapes else (None,) * 4
    db.execute(
        "insert into gpkg_contents values (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
        (layer.name, layer.name, layer.title, _moment(on), *box, epsg),
    )
    db.execute("insert into gpkg_geometry_columns values (?, 'geom', ?, ?, 0, 0)", (layer.name, layer.kind, epsg))


def _write_styles(db: sqlite3.Connection, layers: Sequence[MapLayer], *, on: str) -> None:
    db.executemany(
        "insert into layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,"
        " styleSLD, useAsDefault, description, owner, ui, update_time) values ('', '', ?, 'geom', ?, ?, ?, 1, ?, '', null, ?)",
        [(each.name, each.name, each.qml, each.sld, each.title, _moment(on)) for each in layers],
    )
    db.execute(
        "insert into gpkg_contents values ('layer_styles', 'attributes', 'layer_styles', '', ?, null, null, null, null, 0)",
        (_moment(on),),
    )


def _blob(kind: str, shape: Sequence[Corner], epsg: int) -> bytes:
    """A shape as the standard has it: a head with its system (and box, for an area), then well-known binary."""
    if kind == "POINT":
        [(x, y)] = shape
        return struct.pack("<2sBBi", b"GP", 0, 0b001, epsg) + struct.pack("<BIdd", 1, _POINT, x, y)
    west, south, east, north = _box(shape)
    head = struct.pack("<2sBBi4d", b"GP", 0, 0b011, epsg, west, east, south, north)
    corners = b"".join(struct.pack("<dd", x, y) for x, y in shape)
    return head + struct.pack("<BIII", 1, _POLYGON, 1, len(shape)) + corners


def _box(corners: Sequence[Corner]) -> tuple[float, float, float, float]:
    eastings, northings = [x for x, _ in corners], [y for _, y in corners]
    return min(eastings), min(northings), max(eastings), max(northings)


def _moment(on: str) -> str:
    return f"{on}T00:00:00.000Z"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_FRAME = f"""
pragma application_id = {_APPLICATION_ID};
pragma user_version = {_VERSION};
create table gpkg_spatial_ref_sys (
    srs_name text not null, srs_id integer not null primary key, organization text not null,
    organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (
    table_name text not null primary key, data_type text not null, identifier text unique, description text default '',
    last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x double, min_y double,
    max_x double, max_y double, srs_id integer,
    constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
create table gpkg_geometry_columns (
    table_name text not null, column_name text not null, geometry_type_name text not null, srs_id integer not null,
    z tinyint not null, m tinyint not null,
    constraint pk_geom_cols primary key (table_name, column_name), constraint uk_gc_table_name unique (table_name),
    constraint fk_gc_tn foreign key (table_name) references gpkg_contents(table_name),
    constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id));
create table layer_styles (
    id integer primary key autoincrement not null, f_table_catalog text(256), f_table_schema text(256),
    f_table_name text(256), f_geometry_column text(256), styleName text(30), styleQML text, styleSLD text,
    useAsDefault boolean, description text, owner text(30), ui text(30), update_time datetime);
"""
