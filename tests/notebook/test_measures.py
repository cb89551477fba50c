"""`lamplighter.open(W)`: which measures, each as of a day, and what is said of a name that is not there."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.notebook.conftest import line, write_workspace

import lamplighter
from lamplighter.errors import InputError, NoSuchName, QuestionRefused, WorkspaceDamaged
from lamplighter.notebook import OpenWorkspace
from lamplighter.reports.tables import measure_csv
from lamplighter.studies.catalogue import answers
from lamplighter.workspace import Workspace, import_files


def test_the_measures_are_those_of_the_catalogue_with_their_first_and_last_period(opened: OpenWorkspace) -> None:
    rows = {each["id"]: each for each in opened.measures}
    assert list(rows) == list(answers(opened.workspace))
    assert rows["recorded-vawg"]["title"] == "VAWG crimes recorded a month"
    assert (rows["recorded-vawg"]["first"], rows["recorded-vawg"]["last"]) == ("2021-01", "2021-05")


def test_a_measure_has_its_points_definition_and_provenance(opened: OpenWorkspace) -> None:
    measured = opened.measure("recorded-vawg")
    assert measured.points["value"] == (4, 5, None, 7, 8)
    assert measured.definition is not None
    assert measured.definition.id == "D-RECORDED"
    assert measured.provenance.rows_used == 4
    assert [name for name, _ in measured.provenance.files] == ["offences.csv"]


@pytest.mark.parametrize("day", [date(2021, 4, 30), "2021-04-30", datetime(2021, 4, 30, 12), date(2021, 5, 30)])
def test_as_of_a_day_no_month_that_ends_later_is_looked_at(opened: OpenWorkspace, day: Any) -> None:
    measured = opened.measure("recorded-vawg", as_of=day)
    assert measured.points["period"][-1] == "2021-04"
    assert measured.points["value"] == (4, 5, None, 7)


def test_a_ward_is_looked_at_as_of_the_day_too(tmp_path: Path) -> None:
    months = [f"{year}-{month:02d}" for year in (2020, 2021) for month in range(1, 13)]
    rows = [line(each, 1 if each < "2021" else 2, sheet="location") for each in months]
    opened = lamplighter.open(write_workspace(tmp_path, rows))
    ward = opened.measure(area="Northam / Abbey", as_of="2021-06-30")
    assert ward.points["period"][-1] == "2021-06"
    assert ward.points["value"][-1] == 6 * 1 + 6 * 2  # half a year of one a month, half of two
    assert opened.measure(area="Northam / Abbey").points["value"][-1] == 12 * 2


def test_a_measure_that_is_not_there_is_answered_with_the_nearest(opened: OpenWorkspace) -> None:
    with pytest.raises(NoSuchName, match=r"no measure called 'recorded-vagw'. Did you mean recorded-vawg"):
        opened.measure("recorded-vagw")


def test_place_and_offence_together_are_refused(opened: OpenWorkspace) -> None:
    with pytest.raises(QuestionRefused):
        opened.measure(area="Northam", offence="Rape")


def test_nothing_asked_is_told_what_to_ask(opened: OpenWorkspace) -> None:
    with pytest.raises(InputError, match="Name a measure"):
        opened.measure()


@pytest.mark.parametrize(
    ("day", "told"), [("30/06/2022", "is not a day"), (2022, "is not a day"), ("2020-12-31", "had ended by")]
)
@pytest.mark.parametrize("asked", [{"measure_id": "recorded-vawg"}, {"area": "Northam / Abbey"}])
def test_a_day_that_is_none_or_before_every_month_is_told_so(
    opened: OpenWorkspace, asked: dict[str, str], day: Any, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        opened.measure(**asked, as_of=day)


def test_a_folder_that_is_no_workspace_is_answered_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lamplighter import"):
        lamplighter.open(tmp_path / "nowhere")


def test_altered_rows_are_not_asked(tmp_path: Path) -> None:
    folder = write_workspace(tmp_path, [line("2021-01", 4)])
    data = next(folder.rglob("*.parquet"))
    data.write_bytes(data.read_bytes() + b" ")
    with pytest.raises(WorkspaceDamaged):
        lamplighter.open(folder)


def test_what_was_opened_does_not_see_a_later_import(tmp_path: Path) -> None:
    folder = write_workspace(tmp_path, [line("2021-01", 4)])
    before = lamplighter.open(folder)
    later = tmp_path / "later.csv"
    later.write_text(
        (tmp_path / "offences.csv").read_text(encoding="utf-8") + line("2021-02", 9) + "\n", encoding="utf-8"
    )
    import_files([later], workspace=folder, now=datetime(2026, 4, 1).astimezone())
    assert before.measure("recorded-vawg").points["value"] == (4,)
    assert lamplighter.open(folder).measure("recorded-vawg").points["value"] == (4, 9)


def test_the_numbers_of_the_bundled_tables_are_those_of_the_sites_csv(bundled: Path) -> None:
    opened = lamplighter.open(bundled)
    found = answers(Workspace.open(bundled))
    for measure_id in ("recorded-vawg", "delay-over-a-year", "victims-ethnicity", "place-borough-lambeth"):
        measured = opened.measure(measure_id)
        rows = list(csv.DictReader(io.StringIO(measure_csv(found[measure_id]).decode("utf-8"))))
        series = [each for each in rows if not each["layer"]]
        assert list(measured.points["period"]) == [each["period"] for each in series]
        for name in ("value", "numerator", "denominator", "low", "high", "centre", "lower_limit", "upper_limit"):
            told = [None if each[name] == "" else float(each[name]) for each in series]
            assert [None if each is None else round(each, 10) for each in measured.points[name]] == told, (
                measure_id,
                name,
            )
        parts = [(each["layer"], each["period"], each["value"]) for each in rows if each["layer"]]
        ours = [(each["layer"], each["period"], each["value"]) for each in measured.layers]
        assert [(name, period) for name, period, _ in ours] == [(name, period) for name, period, _ in parts]
        assert [value for *_, value in ours] == [
            None if value == "" else pytest.approx(float(value)) for *_, value in parts
        ]


def test_each_part_is_shown_at_its_latest_settled_period_and_the_unknown_is_marked(bundled: Path) -> None:
    measured = lamplighter.open(bundled).measure("victims-ethnicity")
    latest = list(measured.latest_layers)
    assert len({each["layer"] for each in latest}) == len(latest) == len(measured.answer.layers)
    assert {each["period"] for each in latest} == {measured.answer.layers[0].points[-1].period}
    assert [each["layer"] for each in latest if each["is_unknown"]] == ["Unknown"]
