"""A made-up workspace and plan that can be worked out by hand, and the bundled ones, opened as an analyst opens them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import lamplighter
from lamplighter.notebook import OpenWorkspace
from lamplighter.schema import PLAN_SCHEMA_VERSION
from lamplighter.workspace import import_files

PROJECT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 31, tzinfo=UTC)
HEADER = (
    "bcu_location,borough_name,ward_name_clean_2,recorded_date_months,date_committed_from_date_months,count,sheet,"
    "crimsec_group,crimseccodeexpansion,crimsec_offences,vawg_offence"
)
GROUP = "Rape"
PLAN = {
    "plan.toml": (
        f'schema_version = {PLAN_SCHEMA_VERSION}\ntitle = "Safer <b>nights</b>"\nbody = "Northam & Sons"\nas_of = 2022-06-30\n\n'
        '[[version]]\nid = "V1"\ntitle = "First"\npublished_on = 2021-11-04\ncomplete = true\n'
    ),
    "promises.csv": (
        "id,version,kind,title,due_words,due_from,due_to\n"
        "A1,V1,action,Train <script>alert(1)</script> officers,by the end of 2021,2021-12-31,2021-12-31\n"
        "A2,V1,action,Mend lamps,,,n/a\n"
    ),
    "figures.csv": (
        "id,promise_ids,role,label,value,unit,as_of,source_id\n"
        "G1,A1,target,Officers to train,60,officers,2021-11-04,Q1\n"
        "G2,A1,current,Officers trained,48,officers,2022-03-31,Q1\n"
    ),
    "sources.csv": "id,title,by_promiser,kind\nQ1,The plan,yes,plan text\n",
}


def line(month: str, count: int, *, sheet: str = "classification") -> str:
    """One row of the force's file: so many crimes recorded in a month, by kind or by place."""
    if sheet == "location":
        return f"North,Northam,Abbey,{month}-01,{month}-01,{count},Offence count location,,,,"
    return f",,,{month}-01,{month}-01,{count},Offence count classification,{GROUP},Rape,Rape,Yes"


def write_workspace(folder: Path, lines: list[str], *, name: str = "offences.csv") -> Path:
    """A workspace with these rows in a file of that name."""
    (folder / name).write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    import_files([folder / name], workspace=folder / "workspace", now=NOW)
    return folder / "workspace"


@pytest.fixture(scope="session")
def northam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """January to May 2021 without March: 4, 5, unknown, 7 and 8 crimes, by kind and by place."""
    counts = {"2021-01": 4, "2021-02": 5, "2021-04": 7, "2021-05": 8}
    lines = [
        line(month, count, sheet=sheet) for month, count in counts.items() for sheet in ("classification", "location")
    ]
    return write_workspace(tmp_path_factory.mktemp("northam"), lines)


@pytest.fixture
def opened(northam: Path) -> OpenWorkspace:
    return lamplighter.open(northam)


@pytest.fixture
def plan_folder(tmp_path: Path) -> Path:
    """Two promises, one with a target of 60 and 48 reached, in words that a page must not take for its own."""
    folder = tmp_path / "plan"
    folder.mkdir()
    for name, content in PLAN.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Met's open tables as they are bundled, imported once."""
    folder = tmp_path_factory.mktemp("bundled") / "workspace"
    import_files(sorted((PROJECT / "data" / "mps").glob("vawg-*.parquet")), workspace=folder, now=NOW)
    return folder
