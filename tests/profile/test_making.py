"""A whole profile is the same profile in whatever order, files, folders and packing its rows came."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import BUNDLED, MADE_ON, NOON

from lamplighter.profile.making import Given, Profile, make_profile, scales_of
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.workspace import Workspace, import_extract, import_police_uk

FEW = ProfileQuestion(places=5, chosen_places=20)
MONTH = 1  # the column of the month in a street file


def made(workspace: Path, *, on: date = MADE_ON, question: ProfileQuestion = FEW, **given: Any) -> Profile:
    return make_profile(Workspace.open(workspace), question, made_on=on, given=Given(**given))


def but_for_provenance(profile: Profile) -> dict[str, Any]:
    return {name: section for name, section in profile.told.items() if name != "provenance"}


def csv_text(heads, rows) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    return text.getvalue()


@pytest.fixture(scope="module")
def as_it_came(small_workspace) -> Profile:
    return made(small_workspace)


def shuffled(sample, folder: Path) -> list[Path]:
    rows = list(sample.rows)
    random.Random(1).shuffle(rows)  # noqa: S311
    (folder / "all.csv").write_text(csv_text(sample.heads, rows), encoding="utf-8", newline="")
    return [folder / "all.csv"]


def by_month_in_nested_folders(sample, folder: Path) -> list[Path]:
    for month in {row[MONTH] for row in sample.rows}:
        path = folder / "download" / "deep" / month / f"{month}-south-yorkshire-street.csv"
        path.parent.mkdir(parents=True)
        rows = [row for row in reversed(sample.rows) if row[MONTH] == month]
        path.write_text(csv_text(sample.heads, rows), encoding="utf-8", newline="")
    return [folder / "download"]


def thirds_in_a_zip(sample, folder: Path) -> list[Path]:
    """Each file holds rows of every month, so a month comes in three parts."""
    with zipfile.ZipFile(folder / "download.zip", "w") as packed:
        for third in range(3):
            packed.writestr(f"a/{third}/part-street.csv", csv_text(sample.heads, sample.rows[third::3]))
    return [folder / "download.zip"]


@pytest.mark.parametrize("packed", [shuffled, by_month_in_nested_folders, thirds_in_a_zip])
def test_street_rows_give_the_same_profile_whatever_order_files_and_folders_they_came_in(
    as_it_came, sample_rows, tmp_path, packed: Callable
):
    import_police_uk(packed(sample_rows, tmp_path), workspace=tmp_path / "w", now=NOON)
    other = made(tmp_path / "w")
    assert but_for_provenance(other) == but_for_provenance(as_it_came)
    assert other.told["provenance"]["imports"] != as_it_came.told["provenance"]["imports"]
    assert (other.points.counts == as_it_came.points.counts).all()


def test_a_row_less_is_another_profile(as_it_came, sample_rows, tmp_path):
    violence = next(at for at, row in enumerate(sample_rows.rows) if row[9] == "Violence and sexual offences")
    rows = sample_rows.rows[:violence] + sample_rows.rows[violence + 1 :]
    (tmp_path / "a.csv").write_text(csv_text(sample_rows.heads, rows), encoding="utf-8", newline="")
    import_police_uk([tmp_path / "a.csv"], workspace=tmp_path / "w", now=NOON)
    one, other = (
        {each["id"]: each["value"] for each in told.told["figures"]} for told in (as_it_came, made(tmp_path / "w"))
    )
    assert other["count"] == one["count"] - 1


def test_the_rows_of_an_extract_give_the_same_profile_in_another_order(made_up_profile, tmp_path):
    source = BUNDLED / "made-up-extract"
    heads, *rows = csv.reader(io.StringIO((source / "made-up-extract.csv").read_text(encoding="utf-8")))
    random.Random(2).shuffle(rows)  # noqa: S311
    (tmp_path / "made-up.csv").write_text(csv_text(heads, rows), encoding="utf-8", newline="")
    import_extract([tmp_path / "made-up.csv"], mapping=source / "mapping.toml", workspace=tmp_path / "w", now=NOON)
    other = made(tmp_path / "w", question=ProfileQuestion())
    told = json.loads(other.as_json())
    assert {**told, "provenance": None} == {**made_up_profile.told, "provenance": None}


def test_files_that_were_brought_in_twice_give_what_they_gave_once(as_it_came, small_csv, sample_rows, tmp_path):
    import_police_uk([small_csv], workspace=tmp_path / "w", now=NOON)
    import_police_uk([small_csv], workspace=tmp_path / "w", now=NOON)
    twice = made(tmp_path / "w")
    assert but_for_provenance(twice) == but_for_provenance(as_it_came)
    assert twice.told["completeness"]["rows_read"] == len(sample_rows.rows) == 3_191
    assert len(twice.told["provenance"]["imports"]) == 1


def test_refused_rows_of_a_file_that_was_brought_in_twice_are_told_once(made_up_profile, tmp_path):
    source = BUNDLED / "made-up-extract"
    for _ in range(2):
        import_extract(
            [source / "made-up-extract.csv"], mapping=source / "mapping.toml", workspace=tmp_path / "w", now=NOON
        )
    told = made(tmp_path / "w").told["completeness"]
    assert (told["rows_read"], told["rows_kept"], told["rows_refused"], told["rows_duplicate"]) == (1_638, 1_630, 8, 0)


def test_the_same_order_gives_the_same_bytes_and_a_year_later_only_the_day_differs(as_it_came, small_workspace):
    assert made(small_workspace).as_json() == as_it_came.as_json()
    later = made(small_workspace, on=date(2027, 11, 25))
    assert but_for_provenance(later) == but_for_provenance(as_it_came)
    assert later.told["provenance"] == {**as_it_came.told["provenance"], "made_on": "2027-11-25"}


def test_places_keep_their_ids_by_the_profile_before_and_it_is_said_what_became_of_each(
    as_it_came, sample_rows, tmp_path
):
    before = json.loads(as_it_came.as_json())
    rows = [row for row in sample_rows.rows if row[MONTH] < "2021-06"]  # three months fewer: another twelve months
    (tmp_path / "a.csv").write_text(csv_text(sample_rows.heads, rows), encoding="utf-8", newline="")
    import_police_uk([tmp_path / "a.csv"], workspace=tmp_path / "w", now=NOON)
    alone, after = made(tmp_path / "w").told, made(tmp_path / "w", previous=before).told
    known = {each["id"] for each in before["places_method"]["known"]}
    for place in after["places"]:
        assert place["news"] in ("kept", "merged", "split", "born")
        assert (place["id"] in known) == (place["news"] != "born" and place["id"] in place["from_ids"])
    kept = [place for place in after["places"] if place["news"] == "kept"]
    assert kept, "no place of a town is lost in three months"
    ended = {each["id"]: each for each in after["places_method"]["ended"]}
    standing = {each["id"] for each in after["places_method"]["known"]}
    assert known <= standing | set(ended)
    # What the ids are changes nothing else.
    assert [each["count"] for each in alone["places"]] == [each["count"] for each in after["places"]]


def test_scales_reach_as_far_as_the_highest_that_is_drawn():
    told = {
        "trend": {"months": [{"count": 5, "upper": 9.5}, {"count": None, "upper": None}, {"count": 12, "upper": 9.5}]},
        "places": [{"count": 4, "count_high": 11}, {"count": 3, "count_high": None}],
        "places_method": {"chosen_by": "count"},
    }
    assert scales_of(told) == {"month_top": 12, "place_top": 11}
    assert scales_of({**told, "trend": {"months": []}, "places": []}) == {"month_top": 0, "place_top": 0}


def test_every_number_of_the_summary_is_a_figure_that_its_sentence_cites(whole_profile, every_number_is_cited_by):
    findings = [*whole_profile.told["summary"]["findings"], *whole_profile.told["inferences"]]
    assert findings
    every_number_is_cited_by(findings, whole_profile.told["figures"])


def test_no_figure_id_stands_twice_and_every_id_that_is_cited_is_there(whole_profile):
    ids = [each["id"] for each in whole_profile.told["figures"]]
    assert len(ids) == len(set(ids))
    cited = {one for each in whole_profile.told["inferences"] for one in each["figure_ids"]}
    cited |= {one for each in whole_profile.told["recommendations"] for one in each.get("figure_ids", ())}
    assert cited <= set(ids)


def test_the_count_of_the_sample_is_what_its_rows_say(doncaster_profile):
    """By hand: zcat *.csv.gz | grep -c 'Doncaster [0-9]*[A-Z],Violence and sexual offences'."""
    figures = {each["id"]: each["value"] for each in doncaster_profile.told["figures"]}
    told = doncaster_profile.told["completeness"]
    assert (told["rows_read"], told["months_missing"]) == (127_628, ["2019-07"])
    assert figures["count"] == 39_008
    assert len(doncaster_profile.told["what_this_cannot_say"]) >= 6


def test_institutions_are_no_places_and_street_data_draw_no_patrol(doncaster_profile):
    told = doncaster_profile.told
    assert {each["kind"] for each in told["institutions"]} <= {"prison", "hospital", "police station"}
    assert not {each["kind"] for each in told["places"]} & {"prison", "hospital", "police station"}
    assert not any(each["patrol"] for each in told["places"])
    assert [each["rank"] for each in told["places"]] == list(range(1, 21))
