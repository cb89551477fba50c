"""Coverage: a ledger of all that was read, beside a count of what is live."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lamplighter.studies.coverage import coverage
from lamplighter.workspace import Workspace, import_police_uk

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
POINT = "-1.451664,53.599163,On or near A Road,E01,Northam 001A"
SEARCHES = "Type,Date,Object of search"


def row(
    reference: str, month: str, *, force: str = "Northam Police", offence: str = "Theft", point: str = POINT
) -> str:
    return f"{reference},{month},{force},{force},{point},{offence},,"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "W"


@pytest.fixture
def bring(tmp_path, home):
    """Import lines under a name of the site's."""

    def run(name: str, *lines: str, header: str = STREET) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8", newline="\n")
        import_police_uk([path], workspace=home, now=NOON)
        return path

    return run


def test_what_was_read_is_accounted_for_and_what_is_live_is_counted(home, bring):
    bring(
        "one.csv",
        row("a", "2018-10"),
        row("a", "2018-10", point=",,No Location,,"),
        row("", "2018-12", offence="Anti-social behaviour"),
        row("b", "2018-13"),
    )
    (northam,) = coverage(Workspace.open(home))
    assert northam.as_told() == {
        "force": "Northam Police",
        "source": "police-uk",
        "rows_read": 4,
        "rows_kept": 3,
        "rows_refused": 1,
        "rows_duplicate": 0,
        "refused": {"month not a month": 1},
        "rows_live": 3,
        "located": 2,
        "asb_rows": 1,
        "distinct_crime_ids": 1,
        "months_present": ["2018-10", "2018-12"],
        "months_missing": ["2018-11"],
        "months_partial": [],
        "other_rows": {},
    }


def test_the_same_content_again_is_read_and_not_live_twice(home, bring):
    path = bring("one.csv", row("a", "2018-10"), row("b", "2018-10"))
    import_police_uk([path], workspace=home, now=NOON)
    (northam,) = coverage(Workspace.open(home))
    assert (northam.rows_read, northam.rows_kept, northam.rows_duplicate, northam.rows_live) == (4, 2, 2, 2)


def test_a_replaced_month_was_read_twice_and_its_new_rows_are_live(home, bring):
    bring("one.csv", row("a", "2018-10"), row("b", "2018-10"))
    bring("later.csv", row("c", "2018-10"))
    (northam,) = coverage(Workspace.open(home))
    assert (northam.rows_read, northam.rows_kept, northam.rows_live, northam.distinct_crime_ids) == (3, 3, 1, 1)


def test_each_force_has_its_own_account(home, bring):
    bring(
        "both.csv",
        row("a", "2018-10"),
        row("s", "2018-11", force="Southam Police"),
        row("s2", "2018-11", force="Southam Police"),
    )
    northam, southam = coverage(Workspace.open(home))
    assert (northam.force, northam.rows_read, northam.months_present) == ("Northam Police", 1, ("2018-10",))
    assert (southam.force, southam.rows_read, southam.months_present) == ("Southam Police", 2, ("2018-11",))


def test_searches_are_seen_under_their_force_and_enter_no_total(home, bring):
    bring("2018-10-northam-street.csv", row("a", "2018-10"))
    bring("2018-10-northam-stop-and-search.csv", "Person search,2018-10-03T10:00:00+00:00,Drugs", header=SEARCHES)
    (northam,) = coverage(Workspace.open(home))
    assert (northam.rows_read, northam.rows_live) == (1, 1)
    assert northam.other_rows == {"searches": 1}


def test_without_incidents_there_is_nothing_to_cover(home):
    assert coverage(Workspace.create_or_open(home)) == ()
