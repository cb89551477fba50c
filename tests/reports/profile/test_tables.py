"""The tables of a profile: always there under the same heads, the profile's numbers, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from lamplighter.plan.cells import may_run
from lamplighter.reports.profile.table_columns import COLUMNS, EVERYWHERE, SAYS
from lamplighter.reports.profile.tables import dictionary, table_files

WHICH = ["extract_told", "street_told", "empty_told", "long_told"]
# What dashboards are built on: a change here breaks somebody's refresh.
NAMES = [
    "places", "place_years", "place_months", "institutions", "institution_years", "months", "figures", "concentration",
    "hours", "outcomes", "victims", "kinds", "compared", "harm", "map_points", "recommendations",
]  # fmt: skip


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"tables/{name}.csv"].decode("utf-8-sig"), newline="")))


def book(files: dict[str, bytes]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(files["tables.xlsx"]))


@pytest.mark.parametrize("which", WHICH)
def test_every_table_is_there_with_the_same_heads_whatever_the_source_holds(profiles, drawn, which):
    files = table_files(getattr(profiles, which)(), drawn)
    assert sorted(files) == sorted([*(f"tables/{name}.csv" for name in NAMES), "tables.xlsx"])
    for name in NAMES:
        head = files[f"tables/{name}.csv"].decode("utf-8-sig").splitlines()[0]
        assert head.split(",") == ["area", *COLUMNS[name]]


def test_excel_reads_the_letters_because_each_csv_begins_with_a_byte_order_mark(extract_told, drawn):
    for name, content in table_files(extract_told, drawn).items():
        if name.endswith(".csv"):
            assert content.startswith(b"\xef\xbb\xbf")
            assert not content[3:].startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("which", WHICH)
def test_the_same_profile_gives_the_same_bytes(profiles, drawn, which):
    told = getattr(profiles, which)
    assert table_files(told(), drawn) == table_files(told(), drawn)


def test_a_place_has_the_count_of_the_profile(extract_told, drawn):
    rows = table(table_files(extract_told, drawn), "places")
    assert [(row["place_id"], row["count"], row["count_period"], row["patrol"]) for row in rows] == [
        (each["id"], str(each["count"]), str(each["count_period"]), "yes" if each["patrol"] else "no")
        for each in extract_told["places"]
    ]
    assert [row["count"] for row in rows] == ["61", "30", "18", "11"]


def test_unknown_is_an_empty_cell_and_never_0(extract_told, drawn):
    files = table_files(extract_told, drawn)
    assert table(files, "places")[2]["harm"] == ""
    missing = [row for row in table(files, "months") if row["missing"] == "yes"]
    assert [(row["month"], row["count"], row["per_day"]) for row in missing] == [("2023-07", "", "")]
    marked = [row for row in table(files, "victims") if row["group"] == "under 18"]
    assert [(row["count"], row["shown"]) for row in marked] == [("", "under 10")]


def test_a_places_months_are_the_months_that_are_present(extract_told, drawn):
    rows = [row for row in table(table_files(extract_told, drawn), "place_months") if row["place_id"] == "p0000000001"]
    assert len(rows) == 35
    assert "2023-07" not in [row["month"] for row in rows]
    assert (rows[0]["month"], rows[0]["month_start"], rows[0]["count"]) == ("2023-01", "2023-01-01", "6")
    assert sum(int(row["count"]) for row in rows[-12:]) == 61


def test_a_month_before_the_period_that_is_present_is_none_of_a_places_months(extract_told, drawn):
    extract_told["completeness"]["months_present"].insert(0, "2022-12")
    rows = table(table_files(extract_told, drawn), "place_months")
    assert rows[0]["month"] == "2023-01"


def test_a_year_with_a_missing_month_is_marked(extract_told, drawn):
    rows = table(table_files(extract_told, drawn), "place_years")
    assert [(row["year"], row["year_in_part"]) for row in rows[:3]] == [("2023", "yes"), ("2024", "no"), ("2025", "no")]


def test_the_week_has_168_hours_and_a_setting_that_is_too_small_has_none(extract_told, drawn):
    rows = table(table_files(extract_told, drawn), "hours")
    counted = {
        setting: sum(row["setting"] == setting for row in rows) for setting in ("all", "public", "home", "online")
    }
    assert counted == {"all": 168, "public": 168, "home": 168, "online": 0}
    friday_night = next(row for row in rows if (row["day"], row["hour"], row["setting"]) == ("Friday", "22", "all"))
    assert (friday_night["weekday"], friday_night["rows"], friday_night["percent"]) == ("5", "5.6", "")


@pytest.mark.parametrize("which", WHICH)
def test_no_cell_of_a_csv_begins_like_a_formula(profiles, drawn, which):
    for name, content in table_files(getattr(profiles, which)(), drawn).items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
                running = [cell for cell in row if may_run(cell) and not _is_number(cell)]
                assert running == []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_a_hostile_name_stands_in_the_workbook_as_text(profiles, extract_told, drawn):
    sheet = book(table_files(extract_told, drawn))["places"]
    heads = [cell.value for cell in sheet[1]]
    names = [sheet.cell(row=row, column=heads.index("name") + 1) for row in range(2, 6)]
    assert [cell.value for cell in names] == [
        "Silver Street, High Street and Hall Gate", profiles.FORMULA, profiles.SCRIPT, profiles.LONG,
    ]  # fmt: skip
    assert "f" not in {cell.data_type for cell in names}


def test_the_workbook_and_the_csvs_hold_the_same(extract_told, drawn):
    files = table_files(extract_told, drawn)
    opened = book(files)
    assert opened.sheetnames == ["read me", *NAMES]
    for name in NAMES:
        rows = list(opened[name].iter_rows(values_only=True))
        written = list(csv.reader(io.StringIO(files[f"tables/{name}.csv"].decode("utf-8-sig"), newline="")))
        assert [[_as_text(value) for value in row] for row in rows] == [
            [cell.removeprefix("'") if may_run(cell[1:]) else cell for cell in row] for row in written
        ]


def _as_text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def test_the_read_me_says_what_it_must_not_be_taken_for(extract_told, street_told, drawn):
    def words(told: dict[str, Any]) -> str:
        return " ".join(str(row[2]) for row in book(table_files(told, drawn))["read me"].iter_rows(values_only=True))

    made_up, street = words(extract_told), words(street_told)
    assert extract_told["caution"] in made_up
    assert "Made-up data" in made_up
    assert "Made-up data" not in street
    assert all(each in street for each in street_told["what_this_cannot_say"])


def test_the_points_of_an_extract_stay_in_the_workspace(extract_told, street_told, drawn):
    assert table(table_files(extract_told, drawn), "map_points") == []
    rows = table(table_files(street_told, drawn), "map_points")
    assert sum(int(row["count_period"]) for row in rows) == 120
    assert [row["place_id"] for row in rows] == ["", "p0000000004", "p0000000001", "", "p0000000002", ""]


def test_a_draft_has_no_decision_and_a_decided_one_says_who(extract_told, drawn):
    draft, accepted = table(table_files(extract_told, drawn), "recommendations")
    assert (draft["state"], draft["decided_by"], draft["review_on"]) == ("draft", "", "")
    assert (accepted["decided_by"], accepted["decided_on"], accepted["review_on"]) == (
        "Ada Example", "2026-11-20", "2027-01-15",
    )  # fmt: skip
    assert draft["lacks"] == "a legal basis;an equality check"


def test_a_month_whose_outcomes_are_not_told_has_rows_and_no_count_of_outcomes(extract_told, drawn):
    rows = table(table_files(extract_told, drawn), "outcomes")
    november = [(row["what"], row["count"], row["immature"]) for row in rows if row["month"] == "2025-11"]
    assert november == [("month", "20", "yes"), ("month, with an outcome", "", "yes")]
    by_group = [row for row in rows if row["what"] == "month and group" and row["month"] == "2025-10"]
    assert [(row["group"], row["count"]) for row in by_group] == [
        ("Charged or summonsed", "2"), ("Evidential difficulties", "16"),
    ]  # fmt: skip


def test_every_table_and_column_is_explained():
    assert set(SAYS) == set(COLUMNS)
    told = dictionary()
    assert len(told) == sum(len(columns) + len(EVERYWHERE) for columns in COLUMNS.values())
    assert all(says.endswith(".") for _, _, says in told)


def test_a_key_of_the_profile_that_no_column_takes_is_a_mistake_and_not_lost_in_silence(
    extract_told, drawn, monkeypatch
):
    monkeypatch.delitem(COLUMNS["kinds"], "points")  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="points"):
        table_files(extract_told, drawn)
