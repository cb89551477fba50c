"""The figures of a profile: placed by what profile.json holds, well-formed whatever a name holds, the same bytes every time."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from lamplighter.reports.charts.look import AMBER, BRAND, UNKNOWN
from lamplighter.reports.profile.drawings import drawings
from lamplighter.reports.profile.drawn import DensityCells, Drawn
from lamplighter.reports.profile.figures_svg import charts, trend
from lamplighter.reports.profile.labelling import Box, Label, placed_labels
from lamplighter.reports.profile.map_drawing import maps, scale_bar_m
from lamplighter.reports.profile.tonight import places_for_tonight
from lamplighter.reports.profile.week_drawing import STEPS, week_charts

EVERY = (
    "trend", "year-on-year", "hours", "hours-public", "hours-home", "lorenz", "places-map", "ranked-bars", "surface",
    "victims-age", "victims-ethnicity", "outcomes", "outcomes-cohorts", "attrition", "inset-p0000000001",
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def _root(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 (our own bytes)


def _words(svg: str) -> list[str]:
    return [each.text or "" for each in _root(svg).iter(f"{SVG}text")]


def _alt(svg: str) -> str:
    return _root(svg).attrib["aria-label"]


def test_every_figure_is_there_well_formed_and_an_image_with_a_name(extract_told: dict[str, Any], drawn: Drawn) -> None:
    made = drawings(extract_told, drawn)
    for name in EVERY:
        root = _root(made[name])
        assert root.attrib["role"] == "img"
        assert len(root.attrib["aria-label"]) > 20, name
    assert "hours-online" not in made  # too few rows to be told: null in the profile


def test_the_same_profile_draws_the_same_bytes(profiles: Any) -> None:
    assert drawings(profiles.extract_told(), profiles.drawn()) == drawings(profiles.extract_told(), profiles.drawn())


def test_a_name_that_is_markup_stays_words(extract_told: dict[str, Any], drawn: Drawn) -> None:
    for svg in drawings(extract_told, drawn).values():
        assert "<script" not in svg
    assert any("<script>" in words for words in _words(drawings(extract_told, drawn)["ranked-bars"]))


def test_a_letter_that_xml_cannot_hold_is_left_out(extract_told: dict[str, Any], drawn: Drawn) -> None:
    extract_told["places"][0]["name"] = "Silver\x00 Street\x0b"
    made = drawings(extract_told, drawn)
    assert any(each.startswith("1. Silver Street: ") for each in _words(made["ranked-bars"]))


def test_what_the_profile_does_not_hold_is_not_drawn(empty_told: dict[str, Any], drawn: Drawn) -> None:
    made = drawings(empty_told, drawn)
    assert "places-map" in made  # the points are there
    assert not {"trend", "year-on-year", "lorenz", "ranked-bars", "hours", "outcomes", "attrition"} & set(made)


def test_without_a_point_there_is_no_map(empty_told: dict[str, Any]) -> None:
    nothing = Drawn(xy_m=np.zeros((0, 2)), lonlat=np.zeros((0, 2)), counts=np.zeros(0, np.int64))
    assert maps(empty_told, nothing) == {}


def test_a_missing_month_is_a_question_mark_and_never_a_fall_to_nought(extract_told: dict[str, Any]) -> None:
    svg = charts(extract_told)["trend"]
    assert "?" in _words(svg)
    assert "Missing and left open: July 2023" in _alt(svg)
    lines = [each.attrib["d"] for each in _root(svg).iter(f"{SVG}path") if each.attrib.get("stroke-width") == "2"]
    counts = [each for each in lines if each.count("L") > 1]
    assert [each.count("L") + 1 for each in counts] == [
        6,
        29,
    ]  # January to June 2023, then August 2023 to December 2025
    floor = 30 + 220
    assert all(float(y) < floor for each in counts for y in re.findall(r",([\d.]+)", each))


def test_a_month_outside_the_limits_has_a_mark_of_its_own(extract_told: dict[str, Any]) -> None:
    with_one = charts(extract_told)["trend"]
    for each in extract_told["trend"]["months"]:
        each["outside"] = False
    without = charts(extract_told)["trend"]
    diamonds = [each for each in _root(with_one).iter(f"{SVG}path") if each.attrib.get("fill") == AMBER]
    assert len(diamonds) == 2  # the month, and the key
    assert AMBER not in without


def test_for_an_area_smaller_than_its_force_the_share_with_a_point_is_drawn_under_the_trend(
    extract_told: dict[str, Any],
) -> None:
    assert not any("have a point" in words for words in _words(trend(extract_told) or ""))
    extract_told["trend"]["counts_from"] = "located rows"
    assert any("have a point" in words for words in _words(trend(extract_told) or ""))


def test_bars_are_as_long_as_their_counts_and_carry_them(extract_told: dict[str, Any]) -> None:
    for place in extract_told["places"]:
        place["count_low"] = place["count_high"] = None
    extract_told["places"] = extract_told["places"][:2]
    svg = charts(extract_told)["ranked-bars"]
    spans = [re.findall(r"([\d.]+),[\d.]+", each.attrib["d"]) for each in _root(svg).iter(f"{SVG}path")]
    lengths = [
        max(map(float, xs)) - min(map(float, xs)) for xs in spans if max(map(float, xs)) - min(map(float, xs)) > 25
    ]
    assert lengths[1] / lengths[0] == pytest.approx(30 / 61, abs=0.002)
    assert {each.rpartition(": ")[2] for each in _words(svg) if each[:3] in ("1. ", "2. ")} == {"61", "30"}


def test_a_count_that_is_marked_has_words_and_no_bar(extract_told: dict[str, Any]) -> None:
    extract_told["victims"]["by_age"] = [
        {"band": "under 18", "count": None, "shown": "under 10"},
        {"band": "18 to 24", "count": 240, "shown": "240"},
        {"band": "unknown", "count": 40, "shown": "40"},
    ]
    svg = charts(extract_told)["victims-age"]
    assert "Under 18: under 10" in _words(svg)
    assert svg.count(f'fill="{UNKNOWN}" stroke') == 1  # the unknown is drawn, in grey
    assert svg.count("Z") == 2


def test_an_outcome_too_rare_to_be_shown_is_named_without_a_bar_and_no_outcome_is_grey(
    extract_told: dict[str, Any],
) -> None:
    extract_told["outcomes"]["groups"] = [
        {"group": "charged", "is_outcome": True, "count": 70, "of_all": 0.7, "of_known": 1.0},
        {"group": "cautioned", "is_outcome": True, "count": None, "of_all": None, "of_known": None},
        {"group": "no outcome yet", "is_outcome": False, "count": 30, "of_all": 0.3, "of_known": None},
    ]
    svg = charts(extract_told)["outcomes"]
    assert {"Charged: 70% of all rows", "Cautioned: too few to be shown", "70", "30"} <= set(_words(svg))
    fills = [each.attrib.get("fill") for each in _root(svg).iter(f"{SVG}path")]
    assert fills == [BRAND, UNKNOWN, BRAND, UNKNOWN]  # two bars and the key


def test_a_month_whose_outcomes_are_not_told_is_not_drawn_as_one_without(extract_told: dict[str, Any]) -> None:
    one = {"rows": 40, "with_outcome": 30, "immature": False, "groups": {}}
    extract_told["outcomes"]["cohorts"] = [{"month": "2025-01"} | one, {"month": "2025-03"} | one]
    assert _words(charts(extract_told)["outcomes-cohorts"]).count("?") == 2  # February is missing; and the key
    extract_told["outcomes"]["cohorts"] = [
        {"month": "2025-01"} | one,
        {"month": "2025-02"} | one | {"with_outcome": None},
    ]
    assert _words(charts(extract_told)["outcomes-cohorts"]).count("?") == 2
    extract_told["outcomes"]["cohorts"] = [{"month": "2025-01"} | one, {"month": "2025-02"} | one | {"with_outcome": 0}]
    assert "?" not in _words(charts(extract_told)["outcomes-cohorts"])


def test_the_darkest_square_is_the_busiest_hour_and_a_window_past_midnight_runs_into_the_next_day(
    extract_told: dict[str, Any],
) -> None:
    hours = [[0.0] * 24 for _ in range(7)]
    hours[4][22], hours[5][1] = 10.0, 5.0
    extract_told["time"] |= {
        "hours": hours, "by_setting": {},
        "windows": [{"days": "Friday and Saturday", "from_hour": 22, "to_hour": 2, "share": 90, "rows": 15, "words": "late"}],
    }  # fmt: skip
    svg = week_charts(extract_told)["hours"]
    squares = [each.attrib["fill"] for each in _root(svg).iter(f"{SVG}path") if each.attrib.get("fill") in STEPS]
    assert len(squares) == 168 + 5  # and the five of the key
    assert squares[4 * 24 + 22] == STEPS[4]
    assert squares[5 * 24 + 1] == STEPS[2]  # half of the highest: the third fifth
    assert "on Friday from 22:00" in _alt(svg)
    frames = [each for each in _root(svg).iter(f"{SVG}path") if each.attrib.get("stroke-width") == "2.4"]
    assert len(frames) == 4  # two evenings and two nights


def test_street_data_have_no_week(street_told: dict[str, Any]) -> None:
    assert week_charts(street_told) == {}


def test_no_label_lies_on_another_when_twenty_places_share_a_town_centre() -> None:
    marks = [(300.0 + 7 * (at % 5), 300.0 + 7 * (at // 5)) for at in range(20)]
    labels = [
        Label(mark=each, words=f"{at} street", width_px=120, short=f"{at}", short_width_px=24)
        for at, each in enumerate(marks)
    ]
    room = Box(left=0, top=0, right=640, bottom=640)
    placed = placed_labels(labels, room=room)
    assert [each.label for each in placed] == labels
    assert all(each.box.within(room) for each in placed)
    assert not any(a.box.touches(b.box, gap=0) for at, a in enumerate(placed) for b in placed[at + 1 :])
    assert not any(each.box.holds(mark, gap=0) for each in placed for mark in marks)


def test_a_label_without_room_still_says_its_number() -> None:
    label = Label(mark=(15.0, 15.0), words="1 a street", width_px=200, short="1", short_width_px=18)
    [placed] = placed_labels([label], room=Box(left=0, top=0, right=30, bottom=30))
    assert placed.words == "1"


def test_every_place_is_on_the_map_by_its_number_and_first_street(extract_told: dict[str, Any], drawn: Drawn) -> None:
    svg = maps(extract_told, drawn)["places-map"]
    assert any(each.startswith("1 Silver Street") for each in _words(svg))
    assert {each.split()[0] for each in _words(svg)} >= {"1", "2", "3", "4", "N"}


def test_north_is_up_and_a_kilometre_is_as_long_both_ways(extract_told: dict[str, Any]) -> None:
    xy = np.array([[0.0, 0.0], [1000.0, 0.0], [0.0, 1000.0]])
    drawn = Drawn(xy_m=xy, lonlat=xy, counts=np.ones(3, np.int64))
    extract_told |= {"places": [], "institutions": []}
    svg = maps(extract_told, drawn)["places-map"]
    path = next(each.attrib["d"] for each in _root(svg).iter(f"{SVG}path") if each.attrib["d"].startswith("M0,0m"))
    steps = [tuple(map(int, each)) for each in re.findall(r"m(-?\d+),(-?\d+)h3", path)]
    north, south_west, south_east = steps[0], steps[1], steps[2]
    assert south_west[1] > 0  # the north point comes first from the top
    assert south_east[1] == 0
    assert north[0] > 0
    assert south_west[1] == pytest.approx(south_east[0] + 3, abs=1)


def test_twenty_thousand_points_stay_a_small_picture(extract_told: dict[str, Any]) -> None:
    made = np.random.default_rng(1).uniform([440000, 390000], [480000, 430000], size=(20_000, 2))
    drawn = Drawn(xy_m=made, lonlat=made, counts=np.ones(20_000, np.int64))
    found = maps(extract_told, drawn)
    assert sum(len(each) for each in found.values()) < 700_000
    assert "places-map-close" in found  # the four places fill a small part of that ground


def test_the_users_layers_are_drawn_and_named_in_the_key(extract_told: dict[str, Any], drawn: Drawn) -> None:
    words = _words(maps(extract_told, drawn)["places-map"])
    assert {"Town centre", "Bus route", "Stations"} <= set(words)


def test_no_closer_map_is_drawn_where_the_circles_are_well_seen_on_the_whole_one(
    extract_told: dict[str, Any],
) -> None:
    # Three places within 200 m. On 6 km of ground over some 650 px a reach of 141 m is 15 px; on 40 km it is 2 px.
    for at, place in enumerate(extract_told["places"]):
        place["easting_m"], place["northing_m"] = 450_000.0 + 50 * at, 400_000.0
    for ground_m, is_drawn in ((5_000, False), (40_000, True)):
        corners = np.array([[450_000.0, 400_000.0], [450_000.0 + ground_m, 400_000.0 + ground_m / 2]])
        held = Drawn(xy_m=corners, lonlat=np.zeros((2, 2)), counts=np.ones(2, np.int64))
        assert ("places-map-close" in maps(extract_told, held)) is is_drawn


def test_the_surface_fills_its_paper_though_a_point_lies_far_off(extract_told: dict[str, Any]) -> None:
    # Four cells of 250 m in a square and one point 60 km east of them: a cell is as wide as without that point.
    extract_told["places"] = []
    cells = DensityCells(
        easting_m=np.array([0.0, 250.0, 0.0, 250.0]), northing_m=np.array([0.0, 0.0, 250.0, 250.0]),
        level=np.array([1, 2, 3, 5]), size_m=250.0,
    )  # fmt: skip
    made = [
        maps(extract_told, Drawn(xy_m=np.array(xy), lonlat=np.zeros((2, 2)), counts=np.ones(2, np.int64), cells=cells))
        for xy in ([[0.0, 0.0], [500.0, 500.0]], [[0.0, 0.0], [60_000.0, 500.0]])
    ]
    sides = [float(re.search(r"h([\d.]+)v", each["surface"])[1]) for each in made]
    assert sides[0] == sides[1] > 50


def test_the_closer_map_shows_where_most_places_lie_together(extract_told: dict[str, Any]) -> None:
    first, second, third, fourth = extract_told["places"]
    for at, each in enumerate((first, second, third)):
        each |= {"easting_m": 450_000.0 + 300 * at, "northing_m": 400_000.0}
    fourth |= {"easting_m": 470_000.0, "northing_m": 420_000.0}
    xy = np.array([[450_000.0, 400_000.0], [470_000.0, 420_000.0]])
    drawn = Drawn(xy_m=xy, lonlat=xy, counts=np.ones(2, np.int64))
    ranks = {each.split()[0] for each in _words(maps(extract_told, drawn)["places-map-close"])}
    assert {"1", "2", "3"} <= ranks
    assert "4" not in ranks
    second["easting_m"] = 460_000.0
    assert "places-map-close" not in maps(extract_told, drawn)  # two together are no reason for a map


def test_the_map_of_tonight_holds_every_place_of_tonight_and_no_other(
    extract_told: dict[str, Any], drawn: Drawn
) -> None:
    tonight = [str(each["rank"]) for each in places_for_tonight(extract_told)]
    assert tonight == ["1", "3", "4"]  # the second may be homes: no patrol is drawn there
    words = _words(maps(extract_told, drawn)["tonight-map"])
    assert sorted(each.split()[0] for each in words if each[0].isdigit() and not each.endswith(" m")) == tonight


def test_an_institution_is_a_cross_and_no_place(extract_told: dict[str, Any], drawn: Drawn) -> None:
    assert "institution, not ranked" in _words(maps(extract_told, drawn)["places-map"])
    extract_told["institutions"] = []
    assert "institution, not ranked" not in _words(maps(extract_told, drawn)["places-map"])


def test_an_inset_writes_the_rows_of_its_busiest_point(extract_told: dict[str, Any], drawn: Drawn) -> None:
    place = extract_told["places"][0]
    place["members"] = [
        [place["easting_m"], place["northing_m"], 1234],
        [place["easting_m"] + 50, place["northing_m"], 1],
    ]
    svg = maps(extract_told, drawn)[f"inset-{place['id']}"]
    assert "1,234" in _words(svg)
    assert "2 map points of the place" in _alt(svg)


@pytest.mark.parametrize(("most", "length"), [(1234, 1000), (999, 500), (250, 200), (100, 100), (49_999, 20_000)])
def test_a_scale_bar_is_a_round_length(most: float, length: float) -> None:
    assert scale_bar_m(most) == length
