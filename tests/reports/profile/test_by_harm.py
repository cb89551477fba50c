"""A profile whose places were chosen by harm says so in every output, with rows beside the days."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lamplighter.profile.suggesting import suggestions_of
from lamplighter.reports.profile.bar_drawing import ranked_bars
from lamplighter.reports.profile.blocks import Table
from lamplighter.reports.profile.document import document_of
from lamplighter.reports.profile.drawn import Drawn
from lamplighter.reports.profile.layers import places_geojson, places_gpkg
from lamplighter.reports.profile.page import page
from lamplighter.reports.profile.tables import table_files
from lamplighter.reports.profile.tonight import ROOMS, tonight

Told = dict[str, Any]
BY_HARM = "Places are chosen and ranked by days of harm, not by count."


@pytest.fixture
def harm_told(extract_told: Told) -> Told:
    """The made-up profile as if its places had been chosen by harm: 4,400 days at the first, 100 less at each after it."""
    extract_told["question"]["weigh_by"] = "harm"
    extract_told["places_method"] |= {
        "chosen_by": "harm", "unit": "days of harm", "harm_total": 42000.0, "harm_held": 32000.0, "weight_held_share": 0.77,
        "bound": 33000.0, "bound_share": 0.79, "words": [BY_HARM],
    }  # fmt: skip
    for at, each in enumerate(extract_told["places"]):
        each |= {"chosen_by": "harm", "harm": 4400.0 - 100 * at, "harm_low": 2100.0, "harm_high": 8900.0}
    extract_told["scales"] |= {"place_top": 8900.0}
    return extract_told


def test_the_document_ranks_by_days_and_keeps_rows_beside(harm_told: Told) -> None:
    [ranked] = [
        each
        for each in document_of(harm_told, {}).blocks
        if isinstance(each, Table) and "Places by rank" in each.caption
    ]
    assert ranked.caption == "Places by rank by days of harm"
    first = ["".join(run.words for run in cell) for cell in ranked.rows[0]]
    assert first[4:7] == ["4,400", str(harm_told["places"][0]["count"]), "2,100 to 8,900"]


def test_the_page_says_by_what_places_were_chosen_and_what_share_of_harm_they_hold(harm_told: Told) -> None:
    words = page(harm_told, {})
    for each in (
        "By days of harm.", BY_HARM, "77% of their harm", "could hold more than 79% of the harm", "4,400 days of harm",
        "days of harm</td>",
    ):  # fmt: skip
        assert each in words, each


def test_a_profile_by_count_says_so_and_never_speaks_of_ranks_by_harm(extract_told: Told) -> None:
    captions = [each.caption for each in document_of(extract_told, {}).blocks if isinstance(each, Table)]
    assert "Places by rank" in captions
    assert "ranked by count" in tonight(extract_told, ROOMS[0])["places_note"]


def test_tonight_says_days_before_rows_and_that_the_rank_is_by_harm(harm_told: Told) -> None:
    made = tonight(harm_told, ROOMS[0])
    assert made["places"][0]["why"].startswith("4,400 days of harm (interval 2,100 to 8,900); ")
    assert "ranked by days of harm" in made["places_note"]
    assert "by rank by days of harm" in made["map_alt"]


def test_bars_are_of_days_with_the_interval_of_harm(harm_told: Told) -> None:
    svg = ranked_bars(harm_told)
    assert svg is not None
    assert "Bars of days of harm at each place" in svg
    assert "4,400 (2,100 to 8,900)" in svg


def test_tables_and_layers_carry_by_what_each_place_was_chosen(harm_told: Told, drawn: Drawn, tmp_path: Path) -> None:
    text = table_files(harm_told, drawn)["tables/places.csv"].decode("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(text, newline="")))
    assert [first[name] for name in ("chosen_by", "harm", "harm_low", "harm_high")] == ["harm", "4400", "2100", "8900"]
    geo = json.loads(places_geojson(harm_told))["features"][0]["properties"]
    assert (geo["chosen_by"], geo["harm"], geo["count"]) == ("harm", 4400.0, harm_told["places"][0]["count"])
    (tmp_path / "places.gpkg").write_bytes(places_gpkg(harm_told))
    with closing(sqlite3.connect(tmp_path / "places.gpkg")) as file:
        assert file.execute("select chosen_by, harm, harm_high from places order by rank").fetchone() == (
            "harm",
            4400.0,
            8900.0,
        )


def test_why_here_says_by_what_the_rank_is(harm_told: Told, extract_told: Told) -> None:
    first = suggestions_of(harm_told, is_street=False)[0]
    assert first.why_here.startswith("Rank 1 by days of harm")


def test_where_no_place_has_ten_rows_the_document_says_why_none_is_listed(harm_told: Told) -> None:
    harm_told["places"] = []
    assert BY_HARM in page(harm_told, {})
