"""Tiny workspaces: a CSV as the force would publish it, imported, with months that can be counted on fingers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lamplighter.workspace import Workspace, import_files

NOW = datetime(2026, 3, 31, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[2] / "data" / "mps"
OFFENCES = (
    "bcu_location,borough_name,ward_name_clean_2,recorded_date_months,date_committed_from_date_months,count,sheet,"
    "crimsec_group,crimseccodeexpansion,crimsec_offences,vawg_offence"
)
VICTIMS = (
    "bcu_location,borough_name,ward_name_clean_2,recorded_date_months,date_committed_from_date_months,count,sheet,"
    "age_group,ethnic_appearance_group_group"
)
KIND, PLACE = "Offence count classification", "Offence count location"
V_PLACE, V_AGE, V_ETHNICITY = "Victim count by location", "Victim count by age group", "Victim count by ethnic group"


def day(month: str | None) -> str:
    return f"{month}-01" if month else ""


def months_of(first: int, last: int) -> list[str]:
    """Every month of some years: months_of(2020, 2021) is 2020-01 to 2021-12."""
    return [f"{year}-{month:02d}" for year in range(first, last + 1) for month in range(1, 13)]


class Rows:
    """Lines of the force's two files, by what they count."""

    months_of = staticmethod(months_of)

    @staticmethod
    def kind(
        recorded: str, count: int, *, group: str = "Rape", subgroup: str = "Rape", committed: str | None = "same"
    ) -> str:
        began = recorded if committed == "same" else committed
        return f',,,{day(recorded)},{day(began)},{count},{KIND},"{group}","{subgroup}",{subgroup.split(",")[0]},Yes'

    @staticmethod
    def place(recorded: str, count: int, *, bcu: str = "North", borough: str = "Northam", ward: str = "Abbey") -> str:
        return f"{bcu},{borough},{ward},{day(recorded)},{day(recorded)},{count},{PLACE},,,,"

    @staticmethod
    def victims(recorded: str, *, age: dict[str, int], ethnicity: dict[str, int]) -> list[str]:
        total = sum(age.values()) or sum(ethnicity.values())
        return [
            f"North,Northam,Abbey,{day(recorded)},{day(recorded)},{total},{V_PLACE},,",
            *(f",,,{day(recorded)},{day(recorded)},{count},{V_AGE},{name}," for name, count in age.items()),
            *(f",,,{day(recorded)},{day(recorded)},{count},{V_ETHNICITY},,{name}" for name, count in ethnicity.items()),
        ]


@pytest.fixture(scope="session")
def rows() -> type[Rows]:
    return Rows


@pytest.fixture(scope="session")
def workspace_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Workspace]:
    """A workspace with these lines of the offences file and of the victims file."""

    def make(*, offences: Iterable[str] = (), victims: Iterable[str] = ()) -> Workspace:
        folder = tmp_path_factory.mktemp("tiny")
        files = []
        for name, header, lines in (
            ("offences.csv", OFFENCES, list(offences)),
            ("victims.csv", VICTIMS, list(victims)),
        ):
            if lines:
                (folder / name).write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
                files.append(folder / name)
        import_files(files, workspace=folder / "workspace", now=NOW)
        return Workspace.open(folder / "workspace")

    return make


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The Met's open tables, as they are bundled, imported once."""
    folder = tmp_path_factory.mktemp("real") / "workspace"
    import_files(sorted(DATA.glob("vawg-*.parquet")), workspace=folder, now=NOW)
    return Workspace.open(folder)


@pytest.fixture(scope="session")
def real_answers(real: Workspace) -> dict[str, Any]:
    from lamplighter.studies.catalogue import answers

    return answers(real)


@pytest.fixture(scope="session")
def real_rows() -> dict[str, list[dict[str, Any]]]:
    """The bundled rows themselves by sheet, as plain dictionaries: nothing of ours has touched them."""
    import pyarrow.parquet as pq

    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(DATA.glob("vawg-*.parquet")):
        for row in pq.read_table(path).to_pylist():
            found.setdefault(row["sheet"], []).append(row)
    return found
