"""The map layers of a profile: a GeoPackage in metres of its ground, and a GeoJSON of its places in degrees."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any

from lamplighter.errors import InputError, listed
from lamplighter.reports.profile.geopackage import Corner, MapLayer, SqlType, geopackage
from lamplighter.reports.profile.layer_looks import INSTITUTIONS, PLACE_POINTS, PLACES, Look, qml_of, sld_of
from lamplighter.reports.profile.typesetting import day_of
from lamplighter.reports.profile.wording import Data, items, part, text
from lamplighter.sources.ground import BRITISH_GRID, degrees_of
from lamplighter.sources.ground_abroad import definition_of, transformed

if TYPE_CHECKING:
    import numpy as np

WGS84 = "EPSG:4326"
CORNERS = 64
_CODE = re.compile(r"\((EPSG:\d+)\)")
# Properties of a place that the layers have, named as in profile.json. Lists and tables of counts are JSON in a GeoPackage.
PLACE_COLUMNS: Mapping[str, SqlType] = {
    "id": "TEXT", "name": "TEXT", "rank": "INTEGER", "tier": "TEXT", "probability": "REAL", "low_rank": "INTEGER",
    "high_rank": "INTEGER", "kind": "TEXT", "kind_because": "TEXT", "kind_suggested": "TEXT", "overruled": "BOOLEAN",
    "overruled_by": "TEXT", "patrol": "BOOLEAN", "near_institution": "TEXT", "near_institution_m": "REAL", "class": "TEXT",
    "class_words": "TEXT", "count": "INTEGER", "count_low": "REAL", "count_high": "REAL", "count_period": "INTEGER",
    "chosen_by": "TEXT", "harm": "REAL", "harm_low": "REAL", "harm_high": "REAL",
    "years": "TEXT", "settings": "TEXT", "months": "TEXT", "district": "TEXT", "points": "INTEGER",
    "radius_m": "REAL", "reach_m": "REAL", "easting_m": "REAL", "northing_m": "REAL", "lon": "REAL", "lat": "REAL",
    "news": "TEXT", "from_ids": "TEXT", "overlap": "REAL",
}  # fmt: skip
INSTITUTION_COLUMNS: Mapping[str, SqlType] = {
    "id": "TEXT", "name": "TEXT", "kind": "TEXT", "count": "INTEGER", "count_period": "INTEGER", "years": "TEXT",
    "near": "TEXT", "easting_m": "REAL", "northing_m": "REAL", "lon": "REAL", "lat": "REAL", "decided_by": "TEXT",
    "decided_because": "TEXT",
}  # fmt: skip
POINT_COLUMNS: Mapping[str, SqlType] = {
    "place_id": "TEXT", "place_name": "TEXT", "place_rank": "INTEGER", "easting_m": "REAL", "northing_m": "REAL",
    "count": "INTEGER",
}  # fmt: skip


def ground_code(told: Data) -> str:
    """The system of the profile's metres, such as `EPSG:27700`. Raises InputError where its imports lie on several, or none."""
    named = text(part(told, "provenance").get("ground"))
    codes = sorted(set(_CODE.findall(named)))
    if len(codes) != 1:
        has = f"lie on several grounds: {listed(codes)}" if codes else "do not say on which ground their metres are"
        raise InputError(
            f"The imports of this profile {has}. Import them into a workspace of their own, with one `ground`."
        )
    return codes[0]


def places_gpkg(told: Data) -> bytes:
    """places.gpkg: `places` as circles, `place_points` that they hold, `institutions`, and a default style for each.

    In the metres of the profile's ground; properties named as in profile.json. A layer is there where it holds nothing too;
    where no row of the source has a point there is no ground, and the empty layers are in degrees.
    Misleads if a circle is taken for the ground of the crimes: it is as far as a place may reach, and points are snapped.
    """
    code = _ground_of_layers(told)
    name, wkt = definition_of(code)
    return geopackage(
        [_places(told), _place_points(told), _institutions(told)],
        epsg=int(code.removeprefix("EPSG:")), system=name, wkt=wkt,
        on=day_of(part(told, "provenance").get("made_on")).isoformat(),
    )  # fmt: skip


def places_geojson(told: Data) -> bytes:
    """places.geojson: the circles in longitude and latitude (RFC 7946), counter-clockwise, properties as in profile.json."""
    places = items(told, "places")
    rings = _in_degrees([_circle(each) for each in places], code=ground_code(told)) if places else []
    features = [
        {
            "type": "Feature",
            "id": place["id"],
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {name: place.get(name) for name in PLACE_COLUMNS},
        }
        for place, ring in zip(places, rings, strict=True)
    ]
    heading = {name: told.get(name) for name in ("title", "what_it_is", "caution", "synthetic")}
    made = {"type": "FeatureCollection", **heading, "features": features}
    return (json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode("utf-8")


def _ground_of_layers(told: Data) -> str:
    """The ground, or degrees where nothing is drawn because no row of the source has a point."""
    drawn = items(told, "places") or items(told, "institutions")
    return ground_code(told) if drawn or part(told, "provenance").get("ground") else WGS84


def _places(told: Data) -> MapLayer:
    rows = [(_circle(each), _values(each, PLACE_COLUMNS)) for each in items(told, "places")]
    return _layer("places", told, "Places", PLACE_COLUMNS, rows, PLACES)


def _place_points(told: Data) -> MapLayer:
    rows = []
    for place in items(told, "places"):
        for easting, northing, count in items(place, "members"):
            at = (float(easting), float(northing))
            rows.append(([at], [place["id"], place["name"], place["rank"], *at, count]))
    return _layer("place_points", told, "Map points of the places", POINT_COLUMNS, rows, PLACE_POINTS)


def _institutions(told: Data) -> MapLayer:
    rows = [
        ([(float(each["easting_m"]), float(each["northing_m"]))], _values(each, INSTITUTION_COLUMNS))
        for each in items(told, "institutions")
    ]
    return _layer("institutions", told, "Institutions, ranked nowhere", INSTITUTION_COLUMNS, rows, INSTITUTIONS)


def _layer(
    name: str,
    told: Data,
    what: str,
    columns: Mapping[str, SqlType],
    rows: Sequence[tuple[Sequence[Corner], Sequence[Any]]],
    look: Look,
) -> MapLayer:
    made_up = f"{text(told.get('synthetic_words'))} " if told.get("synthetic") else ""
    return MapLayer(
        name=name,
        title=f"{what}. {made_up}{text(told.get('title'))}. {text(told.get('caution'))}",
        kind="POLYGON" if look.shape == "fill" else "POINT",
        columns=columns,
        rows=rows,
        qml=qml_of(look),
        sld=sld_of(look, layer=name),
    )


def _values(each: Mapping[str, Any], columns: Mapping[str, SqlType]) -> list[Any]:
    return [_value(each.get(name)) for name in columns]


def _value(value: Any) -> Any:
    """As a cell of a GeoPackage: yes and no as 1 and 0, a list or a table of counts as JSON."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return value


def _circle(place: Mapping[str, Any]) -> list[Corner]:
    """As far as the place may reach: counter-clockwise, its last corner its first, to the centimetre."""
    x, y, radius = float(place["easting_m"]), float(place["northing_m"]), float(place["radius_m"])
    turns = [2 * pi * at / CORNERS for at in range(CORNERS)]
    ring = [(round(x + radius * cos(turn), 2), round(y + radius * sin(turn), 2)) for turn in turns]
    return [*ring, ring[0]]


def _in_degrees(rings: Sequence[Sequence[Corner]], *, code: str) -> list[list[list[float]]]:
    import numpy as np

    corners = np.array([corner for ring in rings for corner in ring], dtype=np.float64)
    lon, lat = _degrees(corners, code=code)
    flat = [[round(float(a), 7), round(float(b), 7)] for a, b in zip(lon, lat, strict=True)]
    size = CORNERS + 1
    return [flat[at : at + size] for at in range(0, len(flat), size)]


def _degrees(corners: np.ndarray[Any, np.dtype[np.float64]], *, code: str) -> tuple[Any, Any]:
    if code == BRITISH_GRID:
        return degrees_of(corners[:, 0], corners[:, 1])
    return transformed(corners[:, 0], corners[:, 1], crs=code, to=WGS84)
