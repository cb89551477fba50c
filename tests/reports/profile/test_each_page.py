"""Areas side by side: what stands in the table, what the picture draws, and what is not known."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

import pytest

from lamplighter.reports.profile.each_page import COLUMNS, AreaProfile, change_picture, compared_files


@dataclass(frozen=True)
class Told:
    told: dict[str, Any]


@pytest.fixture
def files(doncaster_profile, made_up_profile) -> dict[str, bytes]:
    """The sample under two names, and an area of which nothing is known."""
    return compared_files(
        [
            AreaProfile(name="Zeta", folder="zeta", profile=Told(doncaster_profile.told)),
            AreaProfile(name="<b>Mid & co</b>", folder="mid", profile=None, why_not="no row <here>"),
            AreaProfile(name="alpha", folder="alpha", profile=Told(doncaster_profile.told)),
        ]
    )


def test_the_table_has_its_columns_and_empty_cells_for_what_is_unknown(files):
    assert files["areas.csv"].startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(files["areas.csv"].decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["area"] for row in rows] == ["<b>Mid & co</b>", "alpha", "Zeta"]
    assert {name for name, value in rows[0].items() if value} == {"area", "folder", "why_not"}
    assert rows[1]["count"] == "39008"
    assert [row["count"] for row in json.loads(files["areas.json"])] == [None, 39_008, 39_008]


def test_a_hostile_name_stands_on_the_page_as_text_and_no_file_is_loaded(files):
    page = files["index.html"].decode("utf-8")
    assert "<b>Mid" not in page
    assert "&lt;b&gt;Mid &amp; co&lt;/b&gt;: no row &lt;here&gt;" in page
    assert "<script" not in page
    assert 'src="http' not in page


def test_the_page_says_what_it_is_not(files, doncaster_profile):
    page = files["index.html"].decode("utf-8")
    assert "not of violence against women and girls" in page
    assert "not evidence about a person or an address" in page


def test_the_page_writes_its_months_out(files):
    page = files["index.html"].decode("utf-8")
    assert "One question for every area: October 2018 to September 2021, places that reach" in page
    assert "2020-10" not in page


def test_made_up_areas_say_so_on_the_page_and_in_the_picture(made_up_profile):
    files = compared_files([AreaProfile(name="A", folder="a", profile=Told(made_up_profile.told))])
    assert "Made-up data" in files["index.html"].decode("utf-8")
    assert "Made-up data" in files["figures/areas-change.svg"].decode("utf-8")


def test_nothing_to_compare_with_is_no_picture():
    assert change_picture([]) is None
    assert change_picture([dict.fromkeys(COLUMNS)]) is None


def test_the_picture_names_each_area_with_its_difference_and_an_area_without_one_is_left_out():
    rows = [
        {**dict.fromkeys(COLUMNS), "area": "One", "difference": 40, "low": -10, "high": 90, "beyond_chance": False},
        {**dict.fromkeys(COLUMNS), "area": "Two", "difference": -105, "low": -180, "high": -30, "beyond_chance": True},
        {**dict.fromkeys(COLUMNS), "area": "Three"},
    ]
    drawn = change_picture(rows)
    assert "One +40 rows, −10 to +90; Two −105 rows, −180 to −30" in drawn
    assert "Three" not in drawn


def test_a_difference_of_none_at_all_is_drawn():
    row = {**dict.fromkeys(COLUMNS), "area": "Flat", "difference": 0, "low": 0, "high": 0, "beyond_chance": False}
    assert "Flat 0 rows, 0 to 0" in change_picture([row])
