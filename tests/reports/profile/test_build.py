"""All files of one profile: the same count everywhere, the same bytes twice, and nothing half-written when something is wrong."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.conftest import MADE_ON, pages_of

from lamplighter.errors import FileRefused, InputError
from lamplighter.profile.making import make_profile
from lamplighter.reports.profile.build import ProfileOrder, area_named, files_of, profile_told, write_profile
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.workspace import Workspace

FEW = ProfileQuestion(places=3, chosen_places=10)
EVERY = {
    "profile.html", "profile.pdf", "profile.docx", "profile.json", "profile.schema.json", "brief.pdf", "places.gpkg",
    "places.geojson", "tables.xlsx", "decisions.toml",
}  # fmt: skip


def order(workspace: Path, out: Path, **other: Any) -> ProfileOrder:
    return ProfileOrder(workspace=workspace, out=out, made_on=MADE_ON, **{"question": FEW, **other})


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def counts_in(words: str) -> dict[str, int]:
    """`282 rows (interval 181 to 407) in … [places.p1.count]` → {"p1": 282}, out of running text."""
    said = re.finditer(r"([\d,]+) rows? \(interval[^)]*\)(?:(?! rows? \(interval).)*?places\.(\w+)\.count", words)
    return {each[2]: int(each[1].replace(",", "")) for each in said}


@cache
def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return " ".join(pages_of(path))
    if path.suffix == ".docx":
        with ZipFile(path) as word:
            return re.sub(r"<[^>]+>", "", word.read("word/document.xml").decode("utf-8"))
    return unescape(re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8")))


def test_every_kind_of_file_is_there(whole_profile):
    files = files_in(whole_profile.out)
    assert set(files) >= EVERY
    assert {"tables/places.csv", "tables/figures.csv", "figures/trend.svg", "figures/places-map.svg"} <= set(files)
    assert set(whole_profile.written.files) == set(files) - {".lamplighter-profile.json", ".lamplighter-profile.lock"}


@pytest.mark.parametrize("name", ["profile.html", "profile.pdf", "profile.docx"])
def test_a_place_has_the_count_of_the_profile_in_every_document(whole_profile, name):
    told = {each["id"]: each["count"] for each in whole_profile.told["places"]}
    assert counts_in(text_of(whole_profile.out / name)) == told


def test_a_place_has_the_count_of_the_profile_in_every_layer_and_table(whole_profile, tmp_path):
    out, told = whole_profile.out, {each["id"]: each["count"] for each in whole_profile.told["places"]}
    layer = json.loads((out / "places.geojson").read_text(encoding="utf-8"))
    assert {each["id"]: each["properties"]["count"] for each in layer["features"]} == told
    (tmp_path / "copy.gpkg").write_bytes((out / "places.gpkg").read_bytes())
    db = sqlite3.connect(tmp_path / "copy.gpkg")
    try:
        assert dict(db.execute("select id, count from places").fetchall()) == told
    finally:
        db.close()
    with (out / "tables" / "places.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["place_id"]: int(row["count"]) for row in csv.DictReader(file)} == told
    heads, *rows = load_workbook(out / "tables.xlsx", read_only=True)["places"].iter_rows(values_only=True)
    assert {row[heads.index("place_id")]: row[heads.index("count")] for row in rows} == told
    figures = {each["id"]: each["value"] for each in whole_profile.told["figures"]}
    assert {name: figures[f"places.{name}.count"] for name in told} == told


def test_tonights_page_is_one_page_and_has_the_counts_of_the_places_that_it_names(whole_profile):
    assert len(PdfReader(whole_profile.out / "brief.pdf").pages) == 1
    words = text_of(whole_profile.out / "brief.pdf")
    assert any(each["name"] in words for each in whole_profile.told["places"][:5])


def test_the_same_order_twice_gives_the_same_bytes_of_every_file(small_workspace, tmp_path):
    for out in ("one", "two"):
        write_profile(order(small_workspace, tmp_path / out))
    one, two = files_in(tmp_path / "one"), files_in(tmp_path / "two")
    assert [name for name in one if one[name] != two.get(name)] == []
    assert set(one) == set(two)
    write_profile(order(small_workspace, tmp_path / "one"))
    again = files_in(tmp_path / "one")
    assert [name for name in one if one[name] != again.get(name)] == [".lamplighter-profile.json"]


def test_a_year_later_only_what_tells_the_day_has_changed(small_workspace):
    profile = make_profile(Workspace.open(small_workspace), FEW, made_on=MADE_ON)
    later = replace(
        profile, told={**profile.told, "provenance": {**profile.told["provenance"], "made_on": "2027-11-25"}}
    )
    one, two = files_of(profile), files_of(later)
    changed = {name for name in one if one[name] != two[name]}
    assert changed <= {
        "profile.json", "profile.html", "profile.pdf", "profile.docx", "brief.pdf", "places.gpkg", "tables.xlsx",
    }  # fmt: skip
    assert not [name for name in changed if name.startswith(("figures/", "tables/"))]


def test_a_run_again_keeps_what_somebody_wrote_into_decisions_and_shows_it(small_workspace, tmp_path):
    out = tmp_path / "profile"
    write_profile(order(small_workspace, out))
    filled = (out / "decisions.toml").read_text(encoding="utf-8").replace('asked_by = ""', 'asked_by = "Insp. A. Noor"')
    (out / "decisions.toml").write_text(filled, encoding="utf-8")
    write_profile(order(small_workspace, out))
    assert (out / "decisions.toml").read_text(encoding="utf-8") == filled
    told = json.loads((out / "profile.json").read_text(encoding="utf-8"))
    assert told["terms"]["asked_by"] == "Insp. A. Noor"
    assert [each["name"] for each in told["provenance"]["given"]] == ["decisions.toml"]
    assert "Insp. A. Noor" in text_of(out / "profile.html")
    assert not list(out.glob("decisions.kept*"))


def test_a_template_that_nobody_filled_in_is_nothing_that_was_given(doncaster_profile):
    assert doncaster_profile.told["provenance"]["given"] == []
    assert doncaster_profile.told["terms"]["asked_by"] is None


def test_what_somebody_else_put_into_the_folder_stays(small_workspace, tmp_path):
    out = tmp_path / "profile"
    (out / "figures").mkdir(parents=True)
    mine = {"notes.txt": b"mine", "figures/photo.svg": b"<svg/>", "profile.docx": b"my own report"}
    for name, content in mine.items():
        (out / name).write_bytes(content)
    written = write_profile(order(small_workspace, out))
    assert (out / "notes.txt").read_bytes() == b"mine"
    assert (out / "figures" / "photo.svg").read_bytes() == b"<svg/>"
    assert (out / "profile.kept.docx").read_bytes() == b"my own report"
    assert "profile.kept.docx" in written.sentences[-1]


def test_a_run_that_is_ended_while_writing_leaves_every_file_whole(small_workspace, tmp_path, monkeypatch):
    out = tmp_path / "profile"
    write_profile(order(small_workspace, out))
    before = files_in(out)
    moved: list[Path] = []
    replace_path = Path.replace

    def ended(self: Path, target: Path) -> Path:
        if len(moved) == 3 and self.parent.name != "before":
            raise KeyboardInterrupt
        moved.append(self)
        return replace_path(self, target)

    monkeypatch.setattr(Path, "replace", ended)
    with pytest.raises(KeyboardInterrupt):
        write_profile(order(small_workspace, out, question=replace(FEW, places=2)))
    monkeypatch.undo()
    assert files_in(out) == before


def test_an_empty_workspace_is_told_how_to_be_filled(tmp_path):
    Workspace.create_or_open(tmp_path / "w")
    with pytest.raises(InputError, match=r"holds no incidents\. Import street data"):
        write_profile(order(tmp_path / "w", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{}", "is no profile"),
        ("[1]", "is no profile"),
        ('{"schema_version": "1", "places_me', "is no profile"),
        ('{"schema_version": "9", "places_method": {}}', "schema version 9; this version reads 1"),
        ('{"schema_version": "1", "places_method": {"known": [{"id": "p1"}]}}', "known|changed by hand"),
        ('{"schema_version": "1", "places_method": {"known": "p1"}}', "known|changed by hand"),
        ('{"schema_version": "1", "places_method": []}', "is no profile|changed by hand|places_method"),
    ],
)
def test_a_profile_before_that_is_none_is_refused_by_name(content, says):
    with pytest.raises((FileRefused, InputError), match=says) as told:
        profile_told(content.encode(), name="before.json")
    assert "before.json" in str(told.value)


def test_the_name_of_an_area_is_a_name_and_a_file_with_two_is_for_each(two_squares):
    assert area_named("Doncaster") == "Doncaster"
    with pytest.raises(InputError, match=r"holds 2 areas\. Name a file with one, or use --each"):
        area_named(str(two_squares))


def test_a_square_is_an_area_whose_rows_are_those_inside_it(small_workspace, sample_rows, one_square, tmp_path):
    """By hand: rows of the offence whose longitude is west of −1.13 and at most at the square's edges."""
    west, south, east, north = one_square.bounds
    inside = [
        row
        for row in sample_rows.rows
        if row[9] == "Violence and sexual offences"
        and west <= float(row[4]) <= east
        and south <= float(row[5]) <= north
    ]
    made = make_profile(
        Workspace.open(small_workspace), replace(FEW, area=area_named(str(one_square.path))), made_on=date(2026, 11, 25)
    )
    figures: Mapping[str, Any] = {each["id"]: each["value"] for each in made.told["figures"]}
    assert figures["count"] == len(inside) > 50
    assert made.told["question"]["area"] == {
        "name": "West square", "kind": "polygon", "force": "South Yorkshire Police", "code": None,
    }  # fmt: skip


def test_pictures_of_made_up_data_say_so_when_they_are_passed_on_alone(made_up_profile, doncaster_profile):
    pictures = sorted((made_up_profile.out / "figures").glob("*.svg"))
    assert pictures
    for path in pictures:
        assert path.read_text(encoding="utf-8").count("Made-up data: no person, force or crime in it is real.") == 1
    for path in (doncaster_profile.out / "figures").glob("*.svg"):
        assert "Made-up" not in path.read_text(encoding="utf-8")
