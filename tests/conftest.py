"""What every test starts from: this clone's own source, and no clock, colour or width of the machine in any output.

The profiles of both bundled sources are made here once for all tests that read them.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from lamplighter.reports.profile.build import Written

os.environ["TZ"] = "Europe/London"
os.environ["NO_COLOR"] = "1"
os.environ["TERM"] = "dumb"
os.environ["COLUMNS"] = "100"

BUNDLED = Path(__file__).resolve().parents[1] / "data"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MADE_ON = date(2026, 11, 25)


@cache
def pages_of(pdf: Path) -> tuple[str, ...]:
    """The text of each page, read once: a profile has forty."""
    from pypdf import PdfReader

    return tuple(" ".join(page.extract_text().split()) for page in PdfReader(pdf).pages)


@dataclass(frozen=True, kw_only=True)
class WholeProfile:
    """A profile with all its files as a command leaves them: tests only read it."""

    workspace: Path
    out: Path
    written: Written
    told: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class SampleRows:
    """Every fortieth row of the bundled sample of Doncaster: 3,191 rows, so that a profile takes a second or two."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _whole(folder: Path, workspace: Path, area: str | None) -> WholeProfile:
    from lamplighter.reports.profile.build import ProfileOrder, write_profile
    from lamplighter.studies.incidents.question import ProfileQuestion

    out = folder / "profile"
    order = ProfileOrder(workspace=workspace, question=ProfileQuestion(area=area), made_on=MADE_ON, out=out)
    written = write_profile(order)
    told = json.loads((out / "profile.json").read_text(encoding="utf-8"))
    return WholeProfile(workspace=workspace, out=out, written=written, told=told)


@pytest.fixture(scope="session")
def doncaster_profile(tmp_path_factory: pytest.TempPathFactory) -> WholeProfile:
    """Doncaster by the bundled sample of data.police.uk."""
    from lamplighter.workspace import import_police_uk

    folder = tmp_path_factory.mktemp("whole-doncaster")
    import_police_uk([BUNDLED / "police-uk-doncaster"], workspace=folder / "workspace", now=NOON)
    return _whole(folder, folder / "workspace", "Doncaster")


@pytest.fixture(scope="session")
def made_up_profile(tmp_path_factory: pytest.TempPathFactory) -> WholeProfile:
    """The bundled made-up extract, with women, times and settings."""
    from lamplighter.workspace import import_extract

    folder, source = tmp_path_factory.mktemp("whole-made-up"), BUNDLED / "made-up-extract"
    import_extract(
        [source / "made-up-extract.csv"], mapping=source / "mapping.toml", workspace=folder / "workspace", now=NOON
    )
    return _whole(folder, folder / "workspace", None)


@pytest.fixture(scope="session", params=["doncaster", "made up"])
def whole_profile(request: pytest.FixtureRequest) -> WholeProfile:
    """Each of the two."""
    made: WholeProfile = request.getfixturevalue(f"{request.param.replace(' ', '_')}_profile")
    return made


@pytest.fixture(scope="session")
def sample_rows() -> SampleRows:
    heads: list[str] = []
    rows: list[tuple[str, ...]] = []
    for path in sorted((BUNDLED / "police-uk-doncaster").glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            heads, *lines = csv.reader(file)
            rows += [tuple(line) for line in lines]
    return SampleRows(heads=tuple(heads), rows=tuple(rows[::40]))


@pytest.fixture(scope="session")
def small_csv(sample_rows: SampleRows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "street.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([sample_rows.heads, *sample_rows.rows])
    return path


@pytest.fixture(scope="session")
def small_workspace(small_csv: Path) -> Path:
    """A workspace of these rows; tests only read it."""
    from lamplighter.workspace import import_police_uk

    folder = small_csv.parent / "workspace"
    import_police_uk([small_csv], workspace=folder, now=NOON)
    return folder


@pytest.fixture(scope="session")
def every_number_is_cited_by() -> Callable[[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]], None]:
    """Every number in sentences of profile.json is the value of a figure that the sentence cites, as it is written there.

    Names of months with their year are no numbers.
    """
    import re

    from lamplighter.schema import brief_words, number_words

    month = r"(January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"

    def check(findings: Sequence[Mapping[str, Any]], figures: Sequence[Mapping[str, Any]]) -> None:
        values = {each["id"]: each["value"] for each in figures}
        for finding in findings:
            cited = [values[each] for each in finding["figure_ids"]]
            written = {words(each) for each in cited if each is not None for words in (number_words, brief_words)}
            for found in re.findall(r"−?\d[\d,]*(?:\.\d+)?", re.sub(month, "", finding["text"])):
                assert found.rstrip(",") in written, (found, finding["text"], sorted(written))

    return check


@dataclass(frozen=True, kw_only=True)
class Square:
    """A layer file with one square. bounds: west, south, east, north in degrees."""

    path: Path
    bounds: tuple[float, float, float, float]


WEST_SQUARE = (-1.16, 53.5, -1.12, 53.54)
EAST_SQUARE = (-1.12, 53.5, -1.08, 53.54)
SEA_SQUARE = (1.0, 54.5, 1.1, 54.6)


def squares(path: Path, named: Mapping[str, tuple[float, float, float, float]]) -> Path:
    """A GeoJSON file of squares by name."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]},
        }
        for name, (w, s, e, n) in named.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def one_square(tmp_path_factory: pytest.TempPathFactory) -> Square:
    path = tmp_path_factory.mktemp("one-square") / "west.geojson"
    return Square(path=squares(path, {"West square": WEST_SQUARE}), bounds=WEST_SQUARE)


@pytest.fixture(scope="session")
def two_squares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("two-squares") / "squares.geojson"
    return squares(path, {"West square": WEST_SQUARE, "East square": EAST_SQUARE})
