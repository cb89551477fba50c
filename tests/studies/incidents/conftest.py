"""Workspaces of incidents small enough to count on fingers, brought in by the real importers, and the question put to them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from math import cos, radians
from pathlib import Path
from typing import Any

import pytest

from lamplighter.reductions import Engine
from lamplighter.schema import brief_words, number_words
from lamplighter.studies.incidents.chosen import Chosen, choose
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.workspace import Workspace, import_extract, import_police_uk

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BUNDLED = Path(__file__).resolve().parents[3] / "data"
STREET_HEADER = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
WEST, SOUTH = -1.45, 53.55  # where `at=(0, 0)` lies
METRES_A_DEGREE = 111_320.0
Row = dict[str, str]


def degrees(at: tuple[float, float]) -> tuple[float, float]:
    """Metres east and north of a point in Northam as longitude and latitude, about right and always the same."""
    east, north = at
    return WEST + east / (METRES_A_DEGREE * cos(radians(SOUTH))), SOUTH + north / METRES_A_DEGREE


@pytest.fixture(scope="session")
def street() -> Callable[..., list[Row]]:
    """Rows of a street file, so many alike: `street("2020-01", 3, at=(250, 0), text="On or near High Street")`.

    at None: no point, no text, no LSOA. reference None: one of its own (none for anti-social behaviour).
    """

    def rows(
        month: str,
        times: int = 1,
        *,
        at: tuple[float, float] | None = (0, 0),
        text: str = "On or near A Road",
        offence: str = "Violence and sexual offences",
        lsoa: str = "Northam 001A",
        outcome: str = "",
        force: str = "Norshire Police",
        reference: str | None = None,
    ) -> list[Row]:
        lon, lat = ("", "") if at is None else (f"{each:.6f}" for each in degrees(at))
        one = {
            "Month": month, "Reported by": force, "Falls within": force, "Longitude": lon, "Latitude": lat,
            "Location": "No Location" if at is None else text, "LSOA code": "" if at is None else f"E {lsoa}",
            "LSOA name": "" if at is None else lsoa, "Crime type": offence, "Last outcome category": outcome,
        }  # fmt: skip
        if reference is not None:
            one["Crime ID"] = reference
        return [dict(one) for _ in range(times)]

    return rows


@pytest.fixture(scope="session")
def street_workspace(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Iterable[Row]], Workspace]:
    """A workspace with these rows of data.police.uk."""

    def make(rows: Iterable[Row]) -> Workspace:
        folder = tmp_path_factory.mktemp("street")
        with (folder / "street.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, STREET_HEADER, restval="")
            writer.writeheader()
            for number, row in enumerate(rows):
                own = "" if row["Crime type"] == "Anti-social behaviour" else f"ref{number}"
                writer.writerow({"Crime ID": own, **row})
        import_police_uk([folder / "street.csv"], workspace=folder / "workspace", now=NOON)
        return Workspace.open(folder / "workspace")

    return make


@pytest.fixture(scope="session")
def extract_workspace(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Workspace]:
    """A workspace with these rows of an extract, by the mapping of the made-up one unless another is given."""

    def make(rows: Iterable[Mapping[str, Any]], *, mapping: str | None = None) -> Workspace:
        folder = tmp_path_factory.mktemp("extract")
        lines = list(rows)
        names = tuple(dict.fromkeys(name for row in lines for name in row))
        if mapping is None:
            mapping = (BUNDLED / "made-up-extract" / "mapping.toml").read_text(encoding="utf-8")
            names = tuple(
                (BUNDLED / "made-up-extract" / "made-up-extract.csv")
                .read_text(encoding="utf-8")
                .splitlines()[0]
                .split(",")
            )
        (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
        with (folder / "extract.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, restval="")
            writer.writeheader()
            writer.writerows(lines)
        import_extract(
            [folder / "extract.csv"], mapping=folder / "mapping.toml", workspace=folder / "workspace", now=NOON
        )
        return Workspace.open(folder / "workspace")

    return make


@pytest.fixture
def chosen_of() -> Iterator[Callable[..., Chosen]]:
    """The rows that a question is about: `chosen_of(workspace)`, `chosen_of(workspace, ProfileQuestion(area="Northam"))`."""
    with ExitStack() as open_engines:

        def choose_of(workspace: Workspace, question: ProfileQuestion | None = None) -> Chosen:
            return choose(open_engines.enter_context(Engine(workspace)), question or ProfileQuestion())

        yield choose_of


@pytest.fixture(scope="session")
def doncaster(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The bundled sample of data.police.uk: Doncaster, 2018-10 to 2021-09, 127,628 rows, July 2019 missing."""
    folder = tmp_path_factory.mktemp("doncaster") / "workspace"
    import_police_uk([BUNDLED / "police-uk-doncaster"], workspace=folder, now=NOON)
    return Workspace.open(folder)


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The bundled made-up extract: 1,630 rows with women, times and settings."""
    folder = tmp_path_factory.mktemp("made-up") / "workspace"
    source = BUNDLED / "made-up-extract"
    import_extract([source / "made-up-extract.csv"], mapping=source / "mapping.toml", workspace=folder, now=NOON)
    return Workspace.open(folder)


@pytest.fixture(scope="session")
def every_number_is_cited() -> Callable[[Any], None]:
    """Every number in a finding is the value of a figure that it cites, as `number_words` or `brief_words` write it.

    Names of months with their year are no numbers.
    """
    month = r"(January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"

    def check(answer: Any) -> None:
        values = {each.id: each.value for each in answer.figures}
        assert len(values) == len(answer.figures), "an id stands for two figures"
        assert answer.findings
        for finding in answer.findings:
            cited = [values[each] for each in finding.figure_ids]
            written = {words(each) for each in cited for words in (number_words, brief_words)}
            for found in re.findall(r"−?\d[\d,]*(?:\.\d+)?", re.sub(month, "", finding.text)):
                assert found.rstrip(",") in written, (found, finding.text)

    return check
