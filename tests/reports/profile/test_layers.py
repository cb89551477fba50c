"""The map layers of a profile: read by other programs, in the right ground, styled by attributes that are there."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely

from lamplighter import definitions
from lamplighter.errors import InputError
from lamplighter.reports.profile.layer_looks import INSTITUTIONS, PLACE_POINTS, PLACES, Look, Rule, qml_of, sld_of
from lamplighter.reports.profile.layers import (
    INSTITUTION_COLUMNS,
    PLACE_COLUMNS,
    POINT_COLUMNS,
    ground_code,
    places_geojson,
    places_gpkg,
)
from lamplighter.sources.ground import british_grid

LAYERS = {"places": (PLACES, PLACE_COLUMNS), "place_points": (PLACE_POINTS, POINT_COLUMNS),
          "institutions": (INSTITUTIONS, INSTITUTION_COLUMNS)}  # fmt: skip


def opened(path: Path, content: bytes, layer: str) -> tuple[dict[str, Any], list[Any], dict[str, list[Any]]]:
    """A layer as GDAL, which QGIS and ArcGIS read by, sees it: what it says of itself, its shapes, its columns."""
    import pyogrio.raw

    path.write_bytes(content)
    meta, _, shapes, fields = pyogrio.raw.read(path, layer=layer)
    columns = {str(name): list(values) for name, values in zip(meta["fields"], fields, strict=True)}
    return meta, list(shapely.from_wkb(shapes)), columns


def test_gdal_reads_every_layer_in_the_ground_of_the_profile(extract_told, tmp_path):
    content = places_gpkg(extract_told)
    for name, rows, kind in (("places", 4, "Polygon"), ("place_points", 8, "Point"), ("institutions", 1, "Point")):
        meta, shapes, columns = opened(tmp_path / "p.gpkg", content, name)
        assert meta["crs"] == "EPSG:27700"
        assert [shape.geom_type for shape in shapes] == [kind] * rows
        assert list(columns) == list(LAYERS[name][1])


def test_a_place_is_a_circle_around_its_middle_with_its_count(extract_told, tmp_path):
    _, shapes, columns = opened(tmp_path / "p.gpkg", places_gpkg(extract_told), "places")
    first = shapes[0]
    assert (first.centroid.x, first.centroid.y) == pytest.approx((457500, 403300), abs=0.01)
    assert first.bounds == pytest.approx((457359, 403159, 457641, 403441), abs=0.01)
    assert first.area == pytest.approx(0.9984 * np.pi * 141**2, rel=1e-4)  # a ring of 64 corners
    assert columns["count"] == [61, 30, 18, 11]
    assert columns["patrol"] == [1, 0, 1, 1]
    assert json.loads(columns["years"][0]) == extract_told["places"][0]["years"]


def test_unknown_is_null_in_a_layer_and_never_0(extract_told, tmp_path):
    path = tmp_path / "p.gpkg"
    path.write_bytes(places_gpkg(extract_told))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute('select harm, class, tier from places where id = "p0000000003"').fetchall() == [
            (None, None, "possibly among the first 20")
        ]
        assert db.execute("select count(*) from places where tier is null").fetchone() == (1,)


def test_hostile_names_stand_in_the_layers_as_they_are(profiles, extract_told, tmp_path):
    _, _, columns = opened(tmp_path / "p.gpkg", places_gpkg(extract_told), "places")
    assert columns["name"][1:] == [profiles.FORMULA, profiles.SCRIPT, profiles.LONG]


def test_the_points_of_a_place_lie_in_its_circle_and_their_rows_are_its_count(extract_told, tmp_path):
    content = places_gpkg(extract_told)
    _, circles, places = opened(tmp_path / "p.gpkg", content, "places")
    _, points, held = opened(tmp_path / "p.gpkg", content, "place_points")
    circle_of = dict(zip(places["id"], circles, strict=True))
    assert all(circle_of[id_].contains(point) for id_, point in zip(held["place_id"], points, strict=True))
    for id_, count in zip(places["id"], places["count"], strict=True):
        assert sum(rows for one, rows in zip(held["place_id"], held["count"], strict=True) if one == id_) == count


def test_the_same_profile_gives_the_same_bytes_and_another_day_changes_only_when(extract_told, profiles, tmp_path):
    assert places_gpkg(extract_told) == places_gpkg(profiles.extract_told())
    assert places_geojson(extract_told) == places_geojson(profiles.extract_told())
    path = tmp_path / "p.gpkg"
    path.write_bytes(places_gpkg(extract_told))
    with closing(sqlite3.connect(path)) as db:
        moments = db.execute("select distinct last_change from gpkg_contents").fetchall()
        assert moments == [("2026-11-25T00:00:00.000Z",)]
        assert db.execute("select distinct update_time from layer_styles").fetchall() == moments


def test_it_is_a_geopackage_by_its_head_and_its_keys(extract_told, tmp_path):
    path = tmp_path / "p.gpkg"
    content = places_gpkg(extract_told)
    path.write_bytes(content)
    assert content[68:72] == b"GPKG"
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert db.execute("pragma foreign_key_check").fetchall() == []
        assert db.execute("pragma user_version").fetchall() == [(10300,)]
        ids = {row[0] for row in db.execute("select srs_id from gpkg_spatial_ref_sys")}
        assert ids == {-1, 0, 4326, 27700}


def test_each_layer_has_one_default_style_that_names_only_attributes_that_are_there(extract_told, tmp_path):
    path = tmp_path / "p.gpkg"
    path.write_bytes(places_gpkg(extract_told))
    with closing(sqlite3.connect(path)) as db:
        styles = db.execute(
            "select f_table_name, f_geometry_column, useAsDefault, styleQML, styleSLD from layer_styles order by id"
        ).fetchall()
        assert [(row[0], row[1], row[2]) for row in styles] == [(name, "geom", 1) for name in LAYERS]
        for name, _, _, qml, sld in styles:
            has = {row[1] for row in db.execute(f"pragma table_info({name})")}
            look = LAYERS[name][0]
            assert look.attributes <= has
            assert _named_in_qml(qml) == set(look.attributes)
            assert _named_in_sld(sld) == set(look.attributes)


def _named_in_qml(qml: str) -> set[str]:
    """Every attribute in double quotes in a filter or a label of the style, read as XML."""
    root = ElementTree.fromstring(qml)  # noqa: S314  (our own bytes)
    expressions = [each.get("filter", "") for each in root.iter("rule")]
    expressions += [each.get("fieldName", "") for each in root.iter("text-style")]
    return {name for words in expressions for name in re.findall(r'"([^"]+)"', words)}


def _named_in_sld(sld: str) -> set[str]:
    root = ElementTree.fromstring(sld.encode())  # noqa: S314  (our own bytes)
    return {str(each.text) for each in root.iter("{http://www.opengis.net/ogc}PropertyName")}


@pytest.mark.parametrize("look", [PLACES, PLACE_POINTS, INSTITUTIONS])
def test_every_rule_of_a_style_has_a_symbol_and_one_takes_what_is_left(look):
    root = ElementTree.fromstring(qml_of(look))  # noqa: S314  (our own bytes)
    wanted = [each.get("symbol") for each in root.iter("rule")]
    assert wanted == [each.get("name") for each in root.iter("symbol")]
    assert look.rules[-1].attribute is None
    assert {each.get("type") for each in root.iter("symbol")} == {look.shape}


def test_a_style_holds_whatever_its_words_hold():
    look = Look(shape="marker", rules=(Rule(label='A & <B> "C"', colour="#010203"),))
    assert ElementTree.fromstring(qml_of(look)).find("renderer-v2/rules/rule").get("label") == 'A & <B> "C"'  # type: ignore[union-attr]  # noqa: S314
    ElementTree.fromstring(sld_of(look, layer="a & b").encode())  # noqa: S314


def test_the_geojson_is_in_degrees_counter_clockwise_and_closed(extract_told):
    told = json.loads(places_geojson(extract_told))
    assert "crs" not in told
    ring = told["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    polygon = shapely.Polygon(ring)
    assert polygon.exterior.is_ccw
    assert polygon.is_valid
    east, north = british_grid(*np.array(ring).T.copy())
    away = np.hypot(east - 457500, north - 403300)
    assert np.abs(away - 141).max() < 0.03


def test_properties_of_the_geojson_are_those_of_the_profile(extract_told):
    told = json.loads(places_geojson(extract_told))
    for feature, place in zip(told["features"], extract_told["places"], strict=True):
        assert feature["id"] == place["id"]
        assert feature["properties"] == {name: place[name] for name in PLACE_COLUMNS}
    assert told["caution"] == extract_told["caution"]
    assert told["synthetic"] is True


@pytest.mark.parametrize(
    ("section", "columns", "elsewhere"),
    [("places", PLACE_COLUMNS, {"members"}), ("institutions", INSTITUTION_COLUMNS, set())],
)
def test_no_key_of_the_published_schema_is_left_out_of_its_layer(section, columns, elsewhere):
    schema = json.loads(definitions.text_of(f"profile_schema/{section}.json"))
    assert set(schema["items"]["properties"]) == set(columns) | elsewhere


def test_a_profile_without_places_has_its_layers_with_nothing_in_them(empty_told, tmp_path):
    _, shapes, columns = opened(tmp_path / "p.gpkg", places_gpkg(empty_told), "places")
    assert shapes == []
    assert list(columns) == list(PLACE_COLUMNS)
    assert json.loads(places_geojson(empty_told))["features"] == []


def test_ground_abroad_is_the_zone_that_the_imports_name(extract_told, tmp_path):
    extract_told["provenance"]["ground"] = "WGS 84 / UTM zone 11N (EPSG:32611), by pyproj 3.7.2"
    for place in extract_told["places"]:
        place |= {"easting_m": 500000.0, "northing_m": 3762155.0}
    meta, _, _ = opened(tmp_path / "p.gpkg", places_gpkg(extract_told), "places")
    assert meta["crs"] == "EPSG:32611"
    ring = json.loads(places_geojson(extract_told))["features"][0]["geometry"]["coordinates"][0]
    middle = shapely.Polygon(ring).centroid
    assert middle.x == pytest.approx(-117, abs=1e-6)  # the middle meridian of zone 11
    assert middle.y == pytest.approx(34, abs=2e-3)


@pytest.mark.parametrize(
    ("ground", "words"),
    [(None, "do not say on which ground"), ("A (EPSG:27700), x; B (EPSG:32611), y", "EPSG:27700 and EPSG:32611")],
)
def test_no_ground_or_two_of_them_is_refused(extract_told, ground, words):
    extract_told["provenance"]["ground"] = ground
    with pytest.raises(InputError, match=words):
        ground_code(extract_told)


def test_where_no_row_has_a_point_the_layers_are_there_and_empty(extract_told, tmp_path):
    told = extract_told | {
        "places": [],
        "institutions": [],
        "provenance": extract_told["provenance"] | {"ground": None},
    }
    content = places_gpkg(told)
    for name, (_, columns) in LAYERS.items():
        meta, shapes, fields = opened(tmp_path / "p.gpkg", content, name)
        assert (shapes, list(fields), meta["crs"]) == ([], list(columns), "EPSG:4326")
    assert json.loads(places_geojson(told))["features"] == []


def test_where_no_place_was_grown_the_empty_layers_lie_on_the_ground_of_the_source(extract_told, tmp_path):
    content = places_gpkg(extract_told | {"places": [], "institutions": []})
    assert {opened(tmp_path / "p.gpkg", content, name)[0]["crs"] for name in LAYERS} == {"EPSG:27700"}


def test_two_imports_on_the_same_ground_by_two_ways_are_one_ground(extract_told):
    extract_told["provenance"]["ground"] = (
        "British National Grid (EPSG:27700), OSTN15 by convertbng 2.0.0; British National Grid (EPSG:27700), as the file gives it"
    )
    assert ground_code(extract_told) == "EPSG:27700"


def test_a_made_up_profile_says_so_in_each_layer(extract_told, street_told, tmp_path):
    for told, says in ((extract_told, True), (street_told, False)):
        path = tmp_path / "p.gpkg"
        path.write_bytes(places_gpkg(told))
        with closing(sqlite3.connect(path)) as db:
            words = [row[0] for row in db.execute("select description from gpkg_contents where data_type = 'features'")]
        assert [("Made-up data" in each) for each in words] == [says] * 3
        assert all(told["caution"] in each for each in words)
