"""What the bundled sample of Doncaster is known to hold."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lamplighter.reductions import Engine
from lamplighter.schema import month_number
from lamplighter.studies.coverage import coverage
from lamplighter.workspace import Workspace, import_police_uk

DATA = Path(__file__).parents[3] / "data" / "police-uk-doncaster"


@pytest.fixture(scope="module")
def doncaster(tmp_path_factory):
    home = tmp_path_factory.mktemp("doncaster") / "W"
    import_police_uk([DATA], workspace=home, now=datetime(2026, 11, 25, tzinfo=UTC))
    return Workspace.open(home)


def test_the_files_are_the_ones_that_were_cut():
    lines = (DATA / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in DATA.glob("*.gz")} == named
    assert len(named) == 35


def test_the_sample_holds_what_its_page_says(doncaster):
    (force,) = coverage(doncaster)
    assert (force.force, force.rows_read, force.rows_refused) == ("South Yorkshire Police", 127_628, 0)
    assert (force.located, force.asb_rows, force.distinct_crime_ids) == (127_628, 23_562, 104_066)
    assert (force.months_present[0], force.months_present[-1]) == ("2018-10", "2021-09")
    assert (force.months_missing, force.months_partial) == (("2019-07",), ())


def test_violence_of_the_sample_adds_up_by_month(doncaster):
    with Engine(doncaster) as engine:
        rows = engine.run("incidents_by_month_offence").to_pylist()
    violence = {row["month"]: row["incidents"] for row in rows if row["offence"] == "Violence and sexual offences"}
    assert sum(violence.values()) == 39_008
    assert month_number("2019-07") not in violence
