"""Areas and picture layers out of files as people have them: their names, their ground, and what is refused with which mend."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from lamplighter.errors import FileRefused, NoSuchName
from lamplighter.sources.ground import british_grid, degrees_of
from lamplighter.sources.layer_files import is_layer_file
from lamplighter.sources.layers import read_areas, read_layer

WEST = shapely.box(457000, 403000, 458000, 404000)
EAST = shapely.box(458000, 403000, 459000, 404000)
# The corner 457500, 403300 by the full OSTN15 shift; a plain seven-parameter shift lies 2.3 m beside it.
LON, LAT = -1.13416934, 53.52325057


def write_layer(
    path: Path,
    shapes: Sequence[Any],
    *,
    crs: str | None = "EPSG:27700",
    layer: str | None = None,
    append: bool = False,
    driver: str | None = None,
    **columns: Sequence[Any],
) -> Path:
    import pyogrio.raw

    kinds = {shape.geom_type for shape in shapes if shape is not None}
    made = [None if shape is None else shapely.to_wkb(shape) for shape in shapes]
    pyogrio.raw.write(
        path,
        np.array(made, dtype=object),
        [np.array(values, dtype=object) for values in columns.values()],
        list(columns),
        crs=crs,
        layer=layer,
        append=append,
        driver=driver,
        geometry_type=kinds.pop() if len(kinds) == 1 else "Unknown",
    )
    return path


def geojson(*features: tuple[dict[str, Any], dict[str, Any] | None], **more: Any) -> bytes:
    told = [{"type": "Feature", "properties": names, "geometry": shape} for names, shape in features]
    return json.dumps({"type": "FeatureCollection", **more, "features": told}).encode()


def square(west: float, south: float, size: float = 1.0) -> dict[str, Any]:
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def two_beats(tmp_path: Path) -> Path:
    return write_layer(tmp_path / "beats.gpkg", [WEST, EAST], name=["West", "East"])


def test_areas_of_a_geopackage_have_their_names_and_lie_where_they_are(two_beats):
    west, east = read_areas(two_beats)
    assert (west.name, east.name) == ("West", "East")
    inside, outside = shapely.Point(LON, LAT), shapely.Point(-1.12, LAT)
    assert west.outline.contains(inside)
    assert not west.outline.contains(outside)
    assert not east.outline.contains(inside)


def test_the_british_grid_becomes_degrees_by_the_whole_shift_and_not_by_seven_parameters(tmp_path):
    corner = shapely.box(457500, 403300, 457600, 403400)
    (area,) = read_areas(write_layer(tmp_path / "one.gpkg", [corner], name=["One"]))
    corners = shapely.get_coordinates(area.outline)
    assert np.abs(corners - [LON, LAT]).max(axis=1).min() < 1e-8


def test_degrees_and_metres_there_and_back_are_the_same_to_a_millimetre():
    east, north = np.array([457500.0, 180000.0, 651000.0]), np.array([403300.0, 32000.0, 313000.0])
    back = british_grid(*degrees_of(east, north))
    assert np.abs(back[0] - east).max() <= 0.001
    assert np.abs(back[1] - north).max() <= 0.001


@pytest.mark.parametrize("crs", ["EPSG:32630", "EPSG:3857"])
def test_an_outline_in_another_system_lands_on_the_same_ground(tmp_path, crs):
    import pyproj

    across = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    x, y = across.transform(LON, LAT)
    (area,) = read_areas(write_layer(tmp_path / "a.gpkg", [shapely.box(x, y, x + 50, y + 50)], crs=crs, name=["A"]))
    corners = shapely.get_coordinates(area.outline)
    assert np.abs(corners - [LON, LAT]).max(axis=1).min() < 1e-7


def test_geojson_packed_or_plain_with_or_without_a_byte_order_mark_is_the_same(tmp_path):
    content = geojson(({"NAME": "Hillgate"}, square(-1, 53)))
    for name, given in (
        ("a.geojson", content),
        ("b.json", b"\xef\xbb\xbf" + content),
        ("c.geojson.gz", gzip.compress(content)),
    ):
        path = tmp_path / name
        path.write_bytes(given)
        (area,) = read_areas(path)
        assert area.name == "Hillgate"
        assert area.outline.bounds == (-1, 53, 0, 54)


def test_an_older_geojson_that_names_the_british_grid_is_believed(tmp_path):
    path = tmp_path / "grid.geojson"
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    path.write_bytes(geojson(({"name": "A"}, square(457500, 403300, 100)), crs=crs))
    (area,) = read_areas(path)
    assert area.outline.bounds[0] == pytest.approx(LON, abs=2e-5)


def test_a_shapefile_is_read_from_its_zip_at_any_depth_and_nothing_is_left_beside_it(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_layer(
        folder / "beats.shp", [WEST, EAST], LAD22NM=["Doncaster", "Rotherham"], LAD22CD=["E08000017", "E08000018"]
    )
    packed = tmp_path / "beats.zip"
    with zipfile.ZipFile(packed, "w") as made:
        for each in sorted(folder.iterdir()):
            made.write(each, f"export/2022/{each.name}")
    before = set(tmp_path.rglob("*"))
    assert [each.name for each in read_areas(packed)] == ["Doncaster", "Rotherham"]
    assert read_areas(packed)[0].outline.contains(shapely.Point(LON, LAT))
    assert set(tmp_path.rglob("*")) == before


def test_the_column_whose_values_all_differ_names_the_areas(tmp_path):
    path = write_layer(
        tmp_path / "w.gpkg", [WEST, EAST], borough=["Northam", "Northam"], ward_name=["Abbey", "Brook"], code=["1", "2"]
    )
    assert [each.name for each in read_areas(path)] == ["Abbey", "Brook"]


def test_a_single_text_column_names_them_whatever_it_is_called(tmp_path):
    path = write_layer(tmp_path / "w.gpkg", [WEST, EAST], wijk=["Centrum", "Zuid"])
    assert [each.name for each in read_areas(path)] == ["Centrum", "Zuid"]


def test_one_area_without_any_name_is_called_by_its_file(tmp_path):
    (area,) = read_areas(write_layer(tmp_path / "night-time economy.gpkg", [WEST]))
    assert area.name == "night-time economy"


def test_a_layer_is_chosen_by_name_and_else_the_names_are_told(tmp_path):
    path = write_layer(tmp_path / "met.gpkg", [WEST], layer="boroughs", name=["Northam"])
    write_layer(path, [WEST, EAST], layer="wards", append=True, name=["Abbey", "Brook"])
    assert [each.name for each in read_areas(f"{path}#wards")] == ["Abbey", "Brook"]
    with pytest.raises(FileRefused, match=r"2 layers: boroughs and wards\. Name one: met\.gpkg#boroughs"):
        read_areas(path)
    with pytest.raises(NoSuchName, match="Did you mean wards"):
        read_areas(f"{path}#ward")


def test_a_file_with_the_mark_in_its_own_name_is_taken_as_it_is(tmp_path):
    path = tmp_path / "beats #2.geojson"
    path.write_bytes(geojson(({"name": "A"}, square(-1, 53))))
    assert [each.name for each in read_areas(path)] == ["A"]


@pytest.mark.parametrize(
    ("words", "is_file"),
    [
        ("wards.gpkg", True),
        ("met.GPKG#boroughs", True),
        ("a/b.geojson.gz", True),
        ("Doncaster", False),
        ("St. Ann's #2", False),
    ],
)
def test_a_layer_file_is_told_from_the_name_of_an_area(words, is_file):
    assert is_layer_file(words) is is_file


def test_a_name_twice_is_refused_whatever_its_case_and_says_which(tmp_path):
    path = write_layer(tmp_path / "w.gpkg", [WEST, EAST], name=["Abbey", "ABBEY "])
    with pytest.raises(FileRefused, match=r"Abbey and ABBEY in the column name name more than one area.*dissolve"):
        read_areas(path)


def test_an_area_without_a_name_is_refused_with_its_place(tmp_path):
    path = write_layer(tmp_path / "w.gpkg", [WEST, EAST], name=["Abbey", "  "])
    with pytest.raises(FileRefused, match=r"feature 2 has no name in the column name\. Fill it in"):
        read_areas(path)


def test_areas_without_a_column_of_names_are_refused(tmp_path):
    path = write_layer(tmp_path / "w.gpkg", [WEST, EAST])
    with pytest.raises(FileRefused, match="Add a text column called name"):
        read_areas(path)


@pytest.mark.parametrize(
    ("shape", "words"),
    [(shapely.Point(457500, 403300), "is a Point"), (None, "has no shape"), (shapely.Polygon(), "has no shape")],
)
def test_what_bounds_no_area_is_refused_by_its_row(tmp_path, shape, words):
    path = write_layer(tmp_path / "w.gpkg", [WEST, shape], name=["Abbey", "Brook"])
    with pytest.raises(FileRefused, match=f"feature 2 {words}"):
        read_areas(path)


def test_an_outline_that_crosses_itself_is_mended_and_keeps_its_ground(tmp_path):
    bow = shapely.Polygon([(457000, 403000), (458000, 404000), (458000, 403000), (457000, 404000)])
    (area,) = read_areas(write_layer(tmp_path / "w.gpkg", [bow], name=["Bow"]))
    assert area.outline.is_valid
    across = shapely.transform(area.outline, lambda x, y: british_grid(x, y), interleaved=False)
    assert across.area == pytest.approx(500_000, rel=1e-6)  # two triangles of 250,000 m2


def test_heights_are_left_out(tmp_path):
    path = tmp_path / "h.geojson"
    ring = [[-1, 53, 9], [0, 53, 9], [0, 54, 9], [-1, 53, 9]]
    path.write_bytes(geojson(({"name": "A"}, {"type": "Polygon", "coordinates": [ring]})))
    assert not read_areas(path)[0].outline.has_z


def test_metres_that_pass_for_degrees_are_refused(tmp_path):
    path = tmp_path / "wrong.geojson"
    path.write_bytes(geojson(({"name": "A"}, square(457000, 403000, 1000))))
    with pytest.raises(FileRefused, match="no longitude and latitude"):
        read_areas(path)


def test_a_file_that_says_the_british_grid_and_holds_degrees_is_refused(tmp_path):
    path = write_layer(tmp_path / "w.gpkg", [shapely.box(-1.2, 53.4, -1.1, 53.5)], name=["A"])
    with pytest.raises(FileRefused, match="A lies outside EPSG:27700"):
        read_areas(path)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_layer_without_a_system_is_refused(tmp_path):
    path = write_layer(tmp_path / "w.shp", [WEST], crs=None, name=["A"])
    with pytest.raises(FileRefused, match=r"does not say in which system.*\.prj"):
        read_areas(path)


def test_a_shapefile_that_came_alone_says_which_file_is_missing(tmp_path):
    path = write_layer(tmp_path / "w.shp", [WEST], name=["A"])
    path.with_suffix(".dbf").unlink()
    with pytest.raises(FileRefused, match=r"w\.dbf that belongs to it is missing"):
        read_areas(path)


def _cut(path: Path) -> bytes:
    return path.read_bytes()[: path.stat().st_size // 2]


BROKEN: dict[str, tuple[str, bytes]] = {
    "empty": ("a.geojson", b""),
    "a page": ("a.geojson", b"<!DOCTYPE html><html>Not found</html>"),
    "a picture": ("a.gpkg", b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "UTF-16": ("a.geojson", '{"type":"FeatureCollection","features":[]}'.encode("utf-16")),
    "half a JSON": ("a.geojson", geojson(({"name": "A"}, square(-1, 53)))[:-20]),
    "JSON of something else": ("a.json", b'{"rows": [1, 2]}'),
    "a list": ("a.json", b"[1, 2]"),
    "a ring of text": ("a.json", geojson(({"name": "A"}, {"type": "Polygon", "coordinates": "x"}))),
    "no feature": ("a.json", geojson()),
    "a torn gzip": ("a.geojson.gz", gzip.compress(geojson(({"name": "A"}, square(-1, 53))))[:-12]),
    "a torn ZIP": ("a.zip", b"PK\x03\x04" + bytes(40)),
    "SQLite of nothing": ("a.gpkg", b"SQLite format 3\0" + bytes(84)),
    # GDAL itself would follow these to other files, or to a network.
    "a virtual layer": ("a.gpkg", b'<OGRVRTDataSource><OGRVRTLayer name="x"></OGRVRTLayer></OGRVRTDataSource>'),
    "a command": ("a.json", b'{"type": "gdal_streamed_alg", "command_line": "gdal vector read /etc/passwd"}'),
}


@pytest.mark.parametrize("what", list(BROKEN))
def test_what_is_no_layer_is_refused_with_a_sentence(tmp_path, what):
    name, content = BROKEN[what]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=name) as refused:
        read_areas(path)
    assert str(refused.value).endswith(".")


def test_a_geopackage_that_was_cut_short_is_refused(tmp_path, two_beats):
    path = tmp_path / "cut.gpkg"
    path.write_bytes(_cut(two_beats))
    with pytest.raises(FileRefused, match=r"cut\.gpkg"):
        read_areas(path)


def test_no_file_at_all_is_said(tmp_path):
    with pytest.raises(FileRefused, match="There is no file"):
        read_areas(tmp_path / "nothing.gpkg")


@pytest.mark.parametrize("name", ["../../escape.geojson", "/etc/escape.geojson", "C:\\escape.geojson"])
def test_a_zip_that_climbs_out_of_its_folder_writes_nothing_there(tmp_path, name):
    packed = tmp_path / "in" / "a.zip"
    packed.parent.mkdir()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(name, geojson(({"name": "A"}, square(-1, 53))))
    assert [each.name for each in read_areas(packed)] == ["A"]
    assert [each.name for each in tmp_path.rglob("*.geojson")] == []


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("lamplighter.sources.layer_files.MOST_BYTES", 1000)
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.geojson", b" " * 1001)
    with pytest.raises(FileRefused, match="unpacks to more than"):
        read_areas(packed)


def test_a_zip_of_two_layers_says_what_it_holds(tmp_path):
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("a.geojson", b"{}")
        made.writestr("b.geojson", b"{}")
    with pytest.raises(FileRefused, match=r"holds a\.geojson and b\.geojson"):
        read_areas(packed)


def test_a_picture_layer_is_in_metres_of_the_ground_by_kind_of_shape(tmp_path):
    path = tmp_path / "stations.geojson"
    line = {"type": "LineString", "coordinates": [[LON, LAT], [LON, LAT + 0.01]]}
    path.write_bytes(
        geojson(
            ({"name": "Halt"}, {"type": "Point", "coordinates": [LON, LAT]}),
            ({"name": "Track"}, line),
            ({"name": "x"}, None),
        )
    )
    lines, points = read_layer(path, ground="EPSG:27700")
    assert (lines.kind, lines.names, points.kind, points.names) == ("lines", ("Track",), "points", (None,))
    assert points.name == "stations"
    assert np.abs(points.shapes[0] - [457500, 403300]).max() < 0.01
    assert lines.shapes[0].shape == (2, 2)


def test_a_picture_layer_of_wards_is_labelled_by_its_wards_and_not_by_their_borough(tmp_path):
    file = write_layer(tmp_path / "wards.gpkg", [WEST, EAST], borough=["Northam", "Northam"], ward=["West", "East"])
    [areas] = read_layer(file, ground="EPSG:27700")
    assert areas.names == ("West", "East")


def test_a_hole_of_a_picture_layer_is_a_ring_of_its_own_and_parts_are_taken_apart(tmp_path):
    hole = WEST.difference(shapely.box(457400, 403400, 457600, 403600))
    path = write_layer(tmp_path / "centre.gpkg", [shapely.MultiPolygon([hole, EAST.buffer(-1)])], name=["Centre"])
    (areas,) = read_layer(path, ground="EPSG:27700")
    assert areas.kind == "areas"
    assert areas.names == ("Centre",) * 3
    assert [len(ring) for ring in areas.shapes] == [5, 5, 5]


def test_a_picture_layer_abroad_is_in_the_metres_of_its_zone(tmp_path):
    path = tmp_path / "la.geojson"
    path.write_bytes(geojson(({}, {"type": "Point", "coordinates": [-117.0, 34.0]})))
    (points,) = read_layer(path, ground="EPSG:32611")
    assert points.shapes[0][0, 0] == pytest.approx(500_000, abs=0.01)  # the middle meridian of zone 11


def test_a_picture_layer_that_leaves_the_ground_is_refused_and_not_cut_in_silence(tmp_path):
    path = tmp_path / "world.geojson"
    path.write_bytes(geojson(({"name": "Paris"}, {"type": "Point", "coordinates": [2.35, 48.85]})))
    with pytest.raises(FileRefused, match=r"Paris reaches outside EPSG:27700.*Cut the layer"):
        read_layer(path, ground="EPSG:27700")


def test_a_picture_layer_with_nothing_in_it_is_refused(tmp_path):
    path = tmp_path / "none.geojson"
    path.write_bytes(geojson(({"name": "A"}, None)))
    with pytest.raises(FileRefused, match="nothing to draw"):
        read_layer(path, ground="EPSG:27700")


def test_the_package_loads_neither_shapely_nor_pyogrio_before_a_layer_is_read():
    import subprocess
    import sys

    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import lamplighter.sources.layers, sys; print({'shapely', 'pyogrio'} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "set()"
