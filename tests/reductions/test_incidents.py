"""The incident reductions and the view they look at, on rows that can be added up by eye."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lamplighter.errors import InputError, NoSuchName, WorkspaceDamaged
from lamplighter.reductions import Engine
from lamplighter.schema import month_number
from lamplighter.sources.incidents import INCIDENTS
from lamplighter.workspace import Workspace, import_police_uk

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OCT, NOV, DEC = (month_number(f"2018-{month}") for month in (10, 11, 12))
STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
OUTCOMES = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
POINT = "-1.451664,53.599163,On or near A Road,E01,Northam 001A"
NOWHERE = ",,No Location,,"


def written(path: Path, header: str, *rows: str) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def street(tmp_path):
    """Two thefts of one reference, a burglary without a point, and two incidents that are no crime."""
    return written(
        tmp_path / "street.csv",
        STREET,
        f"t1,2018-10,N,N,{POINT},Theft,Under investigation,",
        f"t1,2018-11,N,N,{POINT},Theft,,",
        f"b1,2018-10,N,N,{NOWHERE},Burglary,Under investigation,",
        f",2018-10,N,N,{POINT},Anti-social behaviour,,",
        f",2018-10,N,N,{POINT},Anti-social behaviour,,",
    )


@pytest.fixture
def home(tmp_path, street):
    import_police_uk([street], workspace=tmp_path / "W", now=NOON)
    return tmp_path / "W"


def answered(home: Path, name: str, **more) -> list[tuple]:
    with Engine(Workspace.open(home)) as engine:
        return [tuple(row.values()) for row in engine.run(name, **more).to_pylist()]


def test_incidents_are_counted_by_month_and_offence_with_a_point_and_without(home):
    assert answered(home, "incidents_by_month_offence") == [
        ("N", OCT, "Anti-social behaviour", True, 2),
        ("N", OCT, "Burglary", False, 1),
        ("N", OCT, "Theft", True, 1),
        ("N", NOV, "Theft", True, 1),
    ]


def test_rows_and_distinct_references_are_told_apart(home):
    assert answered(home, "references_by_force") == [("N", 5, 2)]
    assert answered(home, "references_by_force", last_month=OCT) == [("N", 4, 2)]


def view(home: Path) -> list[dict]:
    with Engine(Workspace.open(home)) as engine:
        found = engine.view("incidents").sql("select * from incidents order by row_id")
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_the_view_has_every_canonical_column_and_nothing_for_what_the_source_lacks(home):
    row = view(home)[0]
    assert set(row) == {*INCIDENTS.names, "outcome_month"}
    assert {row[name] for name in ("victim_sex", "from_minute", "setting", "outcome_day", "offence_code")} == {None}


def test_outcomes_are_joined_on_the_reference_the_newest_first_and_add_no_row(home, tmp_path):
    outcomes = written(
        tmp_path / "outcomes.csv",
        OUTCOMES,
        f"t1,2018-12,N,N,{POINT},Offender given a caution",
        f"t1,2018-11,N,N,{POINT},Suspect charged",
        f"other,2018-12,N,N,{POINT},Suspect charged",
        f",2018-12,N,N,{POINT},Local resolution",
    )
    import_police_uk([outcomes], workspace=home, now=NOON)
    told = [(row["reference"], row["outcome"], row["outcome_month"]) for row in view(home)]
    assert told == [
        ("t1", "Offender given a caution", DEC),
        ("t1", "Offender given a caution", DEC),
        ("b1", "Under investigation", None),
        (None, None, None),
        (None, None, None),
    ]
    assert Workspace.open(home).months("incidents") == (OCT, NOV), "months of outcomes are no months of crimes"


def test_of_two_outcomes_in_one_month_the_later_row_stands(home, tmp_path):
    rows = [f"t1,2018-12,N,N,{POINT},{outcome}" for outcome in ("Suspect charged", "Local resolution")]
    import_police_uk([written(tmp_path / "outcomes.csv", OUTCOMES, *rows)], workspace=home, now=NOON)
    assert {row["outcome"] for row in view(home) if row["reference"] == "t1"} == {"Local resolution"}


def test_a_replaced_month_is_looked_at_once_and_the_rest_of_its_file_still(home, tmp_path):
    later = written(tmp_path / "later.csv", STREET, f"n1,2018-10,N,N,{POINT},Robbery,,")
    import_police_uk([later], workspace=home, now=NOON)
    assert answered(home, "incidents_by_month_offence") == [
        ("N", OCT, "Robbery", True, 1),
        ("N", NOV, "Theft", True, 1),
    ]


def test_what_was_never_imported_is_said_with_the_command_that_does(tmp_path):
    workspace = Workspace.create_or_open(tmp_path / "empty")
    with (
        Engine(workspace) as engine,
        pytest.raises(InputError, match="Import street data or an extract: lamplighter import"),
    ):
        engine.run("references_by_force")


def test_a_source_that_is_not_there_is_named_with_those_that_are(home):
    with (
        Engine(Workspace.open(home), incidents_from="extracts") as engine,
        pytest.raises(NoSuchName, match="police-uk"),
    ):
        engine.run("references_by_force")


def test_a_kept_file_that_is_gone_is_told(home):
    for path in home.rglob("incidents-*.parquet"):
        path.unlink()
    with Engine(Workspace.open(home)) as engine, pytest.raises(WorkspaceDamaged, match="lamplighter verify"):
        engine.run("references_by_force")
