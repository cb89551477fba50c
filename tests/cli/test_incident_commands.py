"""The commands on incidents say what was done, what is missing and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lamplighter.cli import main

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
POINT = "-1.451664,53.599163,On or near A Road,E01,Northam 001A"


@pytest.fixture
def draw(tmp_path: Path):
    """Write a street file with a row for each (reference, month)."""

    def write(name: str, *rows: tuple[str, str]) -> str:
        path = tmp_path / name
        lines = [f"{reference},{month},Northam Police,Northam Police,{POINT},Theft,," for reference, month in rows]
        path.write_text("\n".join([STREET, *lines]) + "\n", encoding="utf-8", newline="\n")
        return str(path)

    return write


@pytest.fixture
def home(tmp_path: Path) -> str:
    return str(tmp_path / "W")


def test_an_import_says_what_it_did_month_by_month(draw, home, capsys):
    first = draw("first.csv", ("a", "2018-10"), ("b", "2018-10"), ("c", "2018-12"), ("d", "2018-13"))
    assert main(["import", "police-uk", first, "--workspace", home]) == 0
    said = capsys.readouterr().out
    assert "1 street file: 4 rows read, 3 kept, 1 refused, 0 known already." in said
    assert "Northam Police, incidents: 0 rows before, 3 after." in said
    assert "3 have a point, 0 are anti-social behaviour (never added into crime); 3 different Crime IDs" in said
    assert "Refused: 1, month not a month. See: lamplighter refused 0001-" in said
    assert "Northam Police has no rows for 2018-11: unknown, not zero" in said
    later = draw("later.csv", ("n", "2018-10"), ("m", "2018-10"), ("o", "2018-10"))
    assert main(["import", "police-uk", later, "--workspace", home]) == 0
    assert "Northam Police, incidents, 2018-10: 2 rows before, 3 after." in capsys.readouterr().out
    assert main(["import", "police-uk", later, "--workspace", home]) == 0
    assert "Nothing new: the content of these files was imported before." in capsys.readouterr().out


def test_an_import_as_json_holds_the_listing_and_the_months_that_changed(draw, home, capsys):
    main(["import", "police-uk", draw("a.csv", ("a", "2018-10")), "-w", home, "--json"])
    capsys.readouterr()
    assert main(["import", "police-uk", draw("b.csv", ("b", "2018-10")), "-w", home, "--add", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["month_changes"] == [
        {"table": "incidents", "part": "Northam Police", "month": "2018-10", "rows_before": 1, "rows_after": 2}
    ]
    assert (told["located"], told["distinct_crime_ids"]) == (1, 1)


def test_imports_hides_what_brought_nothing_new_until_it_is_asked(draw, home, capsys):
    first = draw("first.csv", ("a", "2018-10"))
    for _ in range(2):
        main(["import", "police-uk", first, "-w", home, "--quiet"])
    assert capsys.readouterr().out == ""
    main(["imports", "-w", home, "--json"])
    assert len(json.loads(capsys.readouterr().out)) == 1
    main(["imports", "-w", home, "--json", "--all"])
    told = json.loads(capsys.readouterr().out)
    assert [sum(file["rows_duplicate"] for file in each["files"]) for each in told] == [0, 1]
    assert told[0]["kinds"] == {"first.csv": "street"}
    assert "OSTN15" in told[0]["ground"]


def test_coverage_is_told_to_a_person_and_to_a_machine(draw, home, capsys):
    main(["import", "police-uk", draw("a.csv", ("a", "2018-10"), ("a", "2018-12"), ("x", "2018-00")), "-w", home, "-q"])
    assert main(["coverage", "-w", home]) == 0
    said = capsys.readouterr().out
    assert "Northam Police  police-uk  3     2     1" in said
    assert "Northam Police: 1 refused, month not a month." in said
    assert "Northam Police: no row for 2018-11. Unknown, not zero." in said
    assert main(["coverage", "-w", home, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["force"], told["rows_read"], told["distinct_crime_ids"]) == ("Northam Police", 3, 1)


def test_coverage_of_nothing_says_how_to_begin(tmp_path, home, capsys):
    from lamplighter.workspace import Workspace

    Workspace.create_or_open(Path(home))
    assert main(["coverage", "-w", home]) == 0
    assert "No incidents were imported yet. Bring some in: lamplighter import police-uk PATH" in capsys.readouterr().out


def test_a_refused_file_is_exit_code_3_and_a_sentence(tmp_path, home, capsys):
    path = tmp_path / "page.csv"
    path.write_text("<!DOCTYPE html><html></html>", encoding="utf-8")
    assert main(["import", "police-uk", str(path), "-w", home]) == 3
    said = capsys.readouterr().err
    assert "page.csv is no CSV: it holds a web page, perhaps an error page. Download it again" in said
    assert "Traceback" not in said
