"""The demo: from the bundled files to a site and two profiles; a second one finds nothing changed."""

from __future__ import annotations

import gzip
import io
import json
import shlex
import shutil
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lamplighter.cli import main
from lamplighter.reports.profile.writing import RECEIPT

PROJECT = Path(__file__).parents[2]
TABLES = PROJECT / "data" / "mps"
SAMPLE = PROJECT / "data" / "police-uk-doncaster"
MADE_UP = PROJECT / "data" / "made-up-extract"
FIVE_MONTHS = ("2021-05", "2021-06", "2021-07", "2021-08", "2021-09")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What two demos said, one after the other, and what lies there after each."""

    first: str
    second: str
    out: Path
    plan: Path
    files_first: dict[str, bytes]
    files_second: dict[str, bytes]

    def told(self, name: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((self.out / name / "profile.json").read_text(encoding="utf-8"))
        return told


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    home = tmp_path_factory.mktemp("demo")
    street, tables, plan, out = home / "street", home / "tables", home / "plan", home / "out"
    street.mkdir()
    tables.mkdir()
    pq.write_table(pq.read_table(TABLES / "vawg-offences.parquet").slice(0, 500), tables / "vawg-offences.parquet")
    for month in FIVE_MONTHS:
        shutil.copy(SAMPLE / f"{month}-doncaster-street.csv.gz", street)
    said = []
    with redirect_stdout(io.StringIO()):
        assert main(["plan", "new", str(plan), "--title", "Safer nights", "--body", "Northam Constabulary"]) == 0
    (plan / "promises.csv").write_text("id,version,kind,title\nA05,V1,action,Look\n", encoding="utf-8")
    files = []
    for _ in range(2):
        with redirect_stdout(io.StringIO()) as spoken:
            code = main([
                "demo", "--plan", str(plan), "--data", str(tables), "--street", str(street),
                "--extract", str(MADE_UP), "--out", str(out),
            ])  # fmt: skip
        assert code == 0
        said.append(spoken.getvalue())
        files.append(
            {
                path.relative_to(out).as_posix(): path.read_bytes()
                for name in ("profile-doncaster", "profile-made-up")
                for path in sorted((out / name).rglob("*"))
                if path.is_file() and path.name != RECEIPT  # which lists decisions.toml only where it was new
            }
        )
    return Shown(first=said[0], second=said[1], out=out, plan=plan, files_first=files[0], files_second=files[1])


def rows_in_files() -> int:
    """Lines of the five files without their heads: no row of the sample has a break of line in it."""
    return sum(
        len(gzip.decompress((SAMPLE / f"{month}-doncaster-street.csv.gz").read_bytes()).splitlines()) - 1
        for month in FIVE_MONTHS
    )


def spoken(words: str) -> str:
    """Without the breaks of lines."""
    return " ".join(words.split())


@pytest.mark.parametrize("name", ["profile-doncaster", "profile-made-up"])
def test_each_profile_has_every_document(shown: Shown, name: str):
    wanted = {
        "profile.html", "profile.pdf", "profile.docx", "brief.pdf", "profile.json", "places.gpkg", "places.geojson",
        "tables.xlsx", "decisions.toml",
    }  # fmt: skip
    assert wanted <= {path.name for path in (shown.out / name).iterdir()}


def test_the_rows_of_the_real_profile_are_those_of_the_files(shown: Shown):
    told = shown.told("profile-doncaster")
    assert told["question"]["area"]["name"] == "Doncaster"
    assert told["completeness"]["rows_read"] == told["completeness"]["rows_of_force"] == rows_in_files()
    assert told["completeness"]["months_present"] == list(FIVE_MONTHS)
    assert not told["synthetic"]


def test_the_made_up_profile_says_so_where_it_is_told_and_in_its_file(shown: Shown):
    told = shown.told("profile-made-up")
    assert told["synthetic"]
    real, made_up = spoken(shown.first).split("5. The same")
    assert told["synthetic_words"] in made_up
    assert told["synthetic_words"] not in real
    assert told["synthetic_words"] in (shown.out / "profile-made-up" / "profile.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["profile-doncaster", "profile-made-up"])
def test_every_finding_of_page_one_is_said(shown: Shown, name: str):
    findings = shown.told(name)["summary"]["findings"]
    assert findings
    for each in findings:
        assert spoken(each["text"]) in spoken(shown.first)


def test_a_second_demo_finds_nothing_changed(shown: Shown):
    assert "Made again, and nothing changed" not in shown.first
    assert shown.second.count("Made again, and nothing changed") == 2
    assert shown.files_first == shown.files_second


def test_the_command_that_it_prints_links_the_profile_to_the_copy_of_the_plan(shown: Shown):
    lines = shown.first.splitlines()
    [copy] = [shlex.split(line) for line in lines if line.startswith("   cp -r ")]
    [link] = [shlex.split(line) for line in lines if " evidence add " in line]
    shutil.copytree(copy[2], copy[3])
    with redirect_stdout(io.StringIO()) as told:
        assert main(link[2:]) == 0
    assert "to A05, open" in told.getvalue()
    assert "A05" in (Path(copy[3]) / "evidence.csv").read_text(encoding="utf-8")
    assert "A05" not in (shown.plan / "evidence.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("option", "words"),
    [("--street", "There is no street file in"), ("--extract", "There is no made-up-extract.csv in")],
)
def test_a_folder_without_its_files_is_named_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, words: str
):
    given = {
        "--plan": PROJECT / "plans" / "met-vawg-2021",
        "--data": TABLES,
        "--street": SAMPLE,
        "--extract": MADE_UP,
        "--out": tmp_path / "demo",
    }
    given[option] = tmp_path
    assert main(["demo", *(str(each) for pair in given.items() for each in pair)]) == 3
    said = capsys.readouterr()
    assert words in said.err
    assert f"name {option}" in said.err
    assert not (tmp_path / "demo").exists()
