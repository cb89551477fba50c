"""Small imports, drawn as lines of text, and a workspace to bring them into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lamplighter.workspace import ImportDone, import_files

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEADER = (
    "bcu_location,borough_name,ward_name_clean_2,recorded_date_months,date_committed_from_date_months,count,sheet,"
    "crimsec_group,crimseccodeexpansion,crimsec_offences,vawg_offence"
)


STREET_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
POINTS = {"A": "-1.451664,53.599163,On or near A Road,E01,Northam 001A", "-": ",,No Location,,"}
POINTS["B"] = "-1.454931,53.597713,On or near B Road,E02,Northam 001B"


@pytest.fixture
def draw(tmp_path: Path) -> Callable[..., Path]:
    """Write an offence file: `Lambeth Abbey 2014-01 3` is a row by place, `Rape 2014-01 3` one by offence."""

    def write(name: str, text: str) -> Path:
        lines = [HEADER]
        for words in (line.split() for line in text.strip().splitlines()):
            month, count = words[-2:]
            if len(words) == 4:
                ward = "" if words[1] == "-" else words[1]
                lines.append(f"South,{words[0]},{ward},{month}-01,{month}-01,{count},Offence count location,,,,")
            else:
                group = words[0]
                lines.append(
                    f",,,{month}-01,{month}-01,{count},Offence count classification,{group},{group},{group},{group}"
                )
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        return path

    return write


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the workspace will be."""
    return tmp_path / "W"


@pytest.fixture
def bring_in(home: Path) -> Callable[..., ImportDone]:
    """Import files at noon on 1 March 2026, or at another time."""

    def run(*paths: Path, now: datetime = NOON, **more) -> ImportDone:
        return import_files(paths, workspace=home, now=now, **more)

    return run


@pytest.fixture
def march(draw) -> Path:
    """Three rows by place in two months."""
    return draw(
        "march.csv",
        """
        Lambeth Abbey 2014-01 3
        Lambeth -     2014-01 1
        Ealing  Abbey 2014-02 5
        """,
    )


@pytest.fixture
def april(draw) -> Path:
    """A later file: February changed, March is new, January is not in it."""
    return draw(
        "april.csv",
        """
        Ealing  Abbey 2014-02 4
        Ealing  Brook 2014-02 2
        Lambeth Abbey 2014-03 7
        """,
    )


@pytest.fixture
def draw_street(tmp_path: Path) -> Callable[..., Path]:
    """Write a street file: `a1 2018-10 Burglary A`, a row each; `-` is no reference, or no point; ASB is no crime."""

    def write(name: str, text: str, *, force: str = "Northam Police") -> Path:
        lines = [STREET_HEADER]
        for reference, month, offence, point in (line.split() for line in text.strip().splitlines()):
            named = "Anti-social behaviour" if offence == "ASB" else offence
            given = "" if reference == "-" else reference
            lines.append(f"{given},{month},{force},{force},{POINTS[point]},{named},Under investigation,")
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-8"))
        return path

    return write
