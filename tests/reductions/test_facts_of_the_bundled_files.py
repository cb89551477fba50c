"""What the two files that come with Lamplighter are known to add up to, asked through import and reductions."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lamplighter.reductions import Engine
from lamplighter.workspace import Workspace, import_files

DATA = Path(__file__).parents[2] / "data" / "mps"
OUTSIDE_VAWG_GROUP = "Other flagged offences outside of VAWG"
BY_YEAR = {
    2014: 97_564,
    2015: 112_789,
    2016: 118_850,
    2017: 124_977,
    2018: 133_790,
    2019: 139_190,
    2020: 142_873,
    2021: 152_650,
    2022: 153_513,
    2023: 154_316,
    2024: 127_532,
    2025: 132_688,
    2026: 21_271,
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    home = tmp_path_factory.mktemp("met") / "W"
    files = [DATA / "vawg-offences.parquet", DATA / "vawg-victims.parquet"]
    return import_files(files, workspace=home, now=datetime(2026, 3, 1, tzinfo=UTC)), Workspace.open(home)


@pytest.fixture(scope="module")
def engine(imported):
    with Engine(imported[1]) as opened:
        yield opened


def years(table, count):
    total = Counter()
    for row in table.to_pylist():
        total[row["recorded_month"] // 12] += row[count]
    return dict(total)


def test_every_row_is_kept(imported):
    done, _ = imported
    assert [(line.rows_read, line.rows_kept, line.rows_refused) for line in done.files] == [
        (411_341, 411_341, 0),
        (410_576, 410_576, 0),
    ]
    assert (len(done.months_present), done.months_present[0], done.months_present[-1]) == (146, "2014-01", "2026-02")
    assert done.months_missing == ()
    assert done.warnings == ()


def test_what_is_odd_in_the_offence_file_is_counted(imported):
    offences, victims = imported[0].files
    assert offences.notes == {"ward_unknown": 2092, "committed_unknown": 935, "recorded_before_committed": 8}
    assert victims.notes["ward_unknown"] == 2092


def test_the_sheet_by_place_adds_up_by_year(engine):
    assert years(engine.run("crimes_by_month_place"), "crimes") == BY_YEAR


def test_the_sheet_by_offence_adds_up_to_the_same(engine):
    assert years(engine.run("crimes_by_month_subgroup"), "crimes") == BY_YEAR


@pytest.mark.parametrize("name", ["victims_by_month", "victims_by_month_age", "victims_by_month_ethnicity"])
def test_three_sheets_hold_the_same_victims(engine, name):
    assert sum(engine.run(name).column("victims").to_pylist()) == 1_527_047


def test_there_are_34_boroughs_and_695_wards(engine):
    wards = {(row["borough"], row["ward"]) for row in engine.run("crimes_by_month_ward").to_pylist()}
    named = {(borough, ward) for borough, ward in wards if ward is not None}
    assert len({borough for borough, _ in wards}) == 34
    assert {"Unknown", "Other"} < {borough for borough, _ in wards}
    assert len(named) == 695
    assert len({ward for _, ward in named}) == 680


def test_there_are_12_basic_command_units_and_two_that_are_none(engine):
    units = set(engine.run("crimes_by_month_place").column("bcu").to_pylist())
    assert len(units - {"Other", "Unknown"}) == 12


def test_a_fifth_of_every_full_year_is_outside_vawg(engine):
    rows = engine.run("crimes_by_month_subgroup").to_pylist()
    outside = Counter()
    for row in rows:
        if row["offence_group"] == OUTSIDE_VAWG_GROUP:
            outside[row["recorded_month"] // 12] += row["crimes"]
    assert all(0.19 <= outside[year] / total <= 0.24 for year, total in BY_YEAR.items() if year < 2026)
    assert len({row["offence_group"] for row in rows}) == 9


def test_exposure_and_voyeurism_of_2024(engine):
    rows = engine.run("crimes_by_month_subgroup").to_pylist()
    ours = [row for row in rows if row["offence_subgroup"] == "Exposure and Voyeurism"]
    assert sum(row["crimes"] for row in ours if row["recorded_month"] // 12 == 2024) == 1734


def test_delays_hold_every_crime_and_name_the_unknown(engine):
    rows = engine.run("delays_by_year_group").to_pylist()
    assert sum(row["crimes"] for row in rows) == sum(BY_YEAR.values())
    assert {row["why_unknown"] for row in rows if row["delay_months"] is None} == {
        "committed month unknown",
        "recorded before committed",
    }
    assert min(row["delay_months"] for row in rows if row["delay_months"] is not None) == 0


@pytest.mark.parametrize(("year", "unknown", "black"), [(2014, 3.6, 22.5), (2021, 29.1, 16.7), (2025, 25.4, 19.3)])
def test_the_unknown_ethnicity_and_the_share_recorded_as_black(engine, year, unknown, black):
    rows = engine.run("victims_by_month_ethnicity").to_pylist()
    total = Counter()
    for row in (each for each in rows if each["recorded_month"] // 12 == year):
        total[row["ethnicity"]] += row["victims"]
    assert round(100 * total["Unknown"] / total.total(), 1) == unknown
    assert round(100 * total["Black"] / total.total(), 1) == black
