"""One profile an area from one question, on the same scales, in folders of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import EAST_SQUARE, MADE_ON, SEA_SQUARE, WEST_SQUARE, squares

from lamplighter.errors import FileRefused, InputError
from lamplighter.reports.profile.build import ProfileOrder
from lamplighter.reports.profile.each import write_each
from lamplighter.studies.incidents.question import ProfileQuestion

FEW = ProfileQuestion(places=3, chosen_places=10)


def order(workspace: Path, out: Path, **other: Any) -> ProfileOrder:
    return ProfileOrder(workspace=workspace, out=out, made_on=MADE_ON, **{"question": FEW, **other})


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two squares of Doncaster and one at sea, not in the order of the alphabet."""
    named = {"west square": WEST_SQUARE, "The Sea": SEA_SQUARE, "East square": EAST_SQUARE}
    return squares(tmp_path_factory.mktemp("areas") / "areas.geojson", named)


@pytest.fixture(scope="module")
def made(small_workspace, areas, tmp_path_factory):
    out = tmp_path_factory.mktemp("each") / "profiles"
    return write_each(order(small_workspace, out), each=str(areas))


def told_of(made: Any, folder: str) -> dict[str, Any]:
    return json.loads((made.out / folder / "profile.json").read_text(encoding="utf-8"))


def rows_of(made: Any) -> list[dict[str, Any]]:
    return json.loads((made.out / "areas.json").read_text(encoding="utf-8"))


def test_each_area_has_a_whole_profile_in_a_folder_of_its_own(made):
    for folder in ("west-square", "east-square"):
        names = {path.name for path in (made.out / folder).iterdir()}
        assert {"profile.html", "profile.pdf", "profile.docx", "profile.json", "brief.pdf", "places.gpkg"} <= names
    assert not (made.out / "the-sea").exists()
    assert {"index.html", "areas.csv", "areas.json"} <= {path.name for path in made.out.iterdir()}


def test_areas_stand_in_the_order_of_the_alphabet_whatever_their_case(made):
    assert [row["area"] for row in rows_of(made)] == ["East square", "The Sea", "west square"]
    page = (made.out / "index.html").read_text(encoding="utf-8")
    assert page.index("east-square/profile.html") < page.index("west-square/profile.html")


def test_an_area_without_a_row_has_a_line_with_its_reason_and_no_numbers(made):
    [sea] = [row for row in rows_of(made) if row["area"] == "The Sea"]
    assert "No map point of South Yorkshire Police lies in The Sea" in sea["why_not"]
    assert {name for name, value in sea.items() if value is not None} == {"area", "folder", "why_not"}
    assert any(each.startswith("The Sea: ") for each in made.sentences)
    assert made.sentences[0].startswith("2 areas from one question")
    assert "The Sea: No map point" in (made.out / "index.html").read_text(encoding="utf-8")


def test_one_question_and_the_same_scales_hold_for_all(made):
    west, east = told_of(made, "west-square"), told_of(made, "east-square")
    assert west["scales"] == east["scales"]
    assert {name: value for name, value in west["question"].items() if name != "area"} == {
        name: value for name, value in east["question"].items() if name != "area"
    }
    for told in (west, east):
        highest = max([each["count_high"] or 0 for each in told["places"]] + [each["count"] for each in told["places"]])
        assert told["scales"]["place_top"] >= highest
    tops = [max(each["upper"] or 0 for each in told["trend"]["months"]) for told in (west, east)]
    assert west["scales"]["month_top"] >= max(tops)


def test_the_table_holds_the_numbers_of_the_profiles(made, sample_rows):
    for folder, bounds in (("west-square", WEST_SQUARE), ("east-square", EAST_SQUARE)):
        west, south, east, north = bounds
        inside = [
            row
            for row in sample_rows.rows
            if row[9] == "Violence and sexual offences"
            and west <= float(row[4]) <= east
            and south <= float(row[5]) <= north
        ]
        [row] = [each for each in rows_of(made) if each["folder"] == folder]
        assert row["count"] == len(inside)
        first = told_of(made, folder)["places"][0]
        assert (row["first_place"], row["first_place_count"]) == (first["name"], first["count"])


def test_decisions_of_an_area_are_kept_and_read_and_a_mistake_in_them_is_said_before_anything_is_written(
    made, small_workspace, areas
):
    path = made.out / "west-square" / "decisions.toml"
    template = path.read_text(encoding="utf-8")
    before = (made.out / "areas.json").read_bytes()
    path.write_text("[terms\n", encoding="utf-8")
    try:
        with pytest.raises(FileRefused, match=r"decisions\.toml is no valid TOML"):
            write_each(order(small_workspace, made.out), each=str(areas))
    finally:
        path.write_text(template, encoding="utf-8")
    assert (made.out / "areas.json").read_bytes() == before


@pytest.mark.parametrize(
    ("other", "each", "says"),
    [
        ({"question": ProfileQuestion(area="Doncaster")}, "districts", "--area names one area and --each several"),
        ({"decisions": Path("decisions.toml")}, "districts", "Each area has decisions of its own"),
        ({}, "nowhere.gpkg", "There is no file nowhere.gpkg"),
        ({"previous": Path("nowhere")}, "districts", "can't be read"),
    ],
)
def test_what_cannot_go_together_is_said_and_nothing_is_written(small_workspace, tmp_path, other, each, says):
    with pytest.raises(InputError, match=says):
        write_each(order(small_workspace, tmp_path / "out", **other), each=each)
    assert not (tmp_path / "out").exists()


def test_a_file_without_areas_is_refused(small_workspace, tmp_path):
    empty = squares(tmp_path / "empty.geojson", {})
    with pytest.raises(FileRefused, match="holds no area"):
        write_each(order(small_workspace, tmp_path / "out"), each=str(empty))
    assert not (tmp_path / "out").exists()


def test_areas_that_all_lie_at_sea_are_refused_with_the_reason(small_workspace, tmp_path):
    sea = squares(tmp_path / "sea.geojson", {"Dogger": SEA_SQUARE})
    with pytest.raises(InputError, match=r"No area could be profiled\..*No map point of .* lies in Dogger"):
        write_each(order(small_workspace, tmp_path / "out"), each=str(sea))
    assert not (tmp_path / "out").exists()


def test_an_extract_that_names_no_districts_is_told_to_give_a_file(made_up_profile, tmp_path):
    with pytest.raises(InputError, match=r"Made-up Constabulary names no districts\. Give --each a file of areas\."):
        write_each(order(made_up_profile.workspace, tmp_path / "out"), each="districts")
    assert not (tmp_path / "out").exists()
