"""`plan build` as a whole, on a small made-up plan and the made-up tables that the documentation ships."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from lamplighter.cli import main
from lamplighter.reports.site.formats import size

HERE = Path(__file__).resolve().parents[3]
EXAMPLE = HERE / "docs" / "example"
TEXT = "Northam's plan\n\nWe will train 60 people on the doors by 31 March 2024. We will light the path.\n"
PROMISES = (
    "id,version,kind,title,sentence_ids,due_words,due_to,definition_ids\n"
    "A1,V1,action,Train 60 people,S2,by 31 March 2024,2024-03-31,D-TRAINED\n"
    "O1,V1,objective,More reported and less done,,,,D-RECORDED\n"
)
FIGURES = (
    "id,promise_ids,role,label,value,unit,as_of,source_id,definition_id,definition_version\n"
    "G1,A1,target,People to train,60,people,2023-06-01,src-plan,D-TRAINED,1\n"
    "G2,A1,current,People trained,48,people,2024-02-15,src-plan,D-TRAINED,1\n"
)
CARDS = (
    "id,version,name,plain_definition,needs,status\n"
    "D-TRAINED,1,Trained,People who finished the course,training.trained,unverified\n"
)
SOURCES = "id,title,by_promiser,kind,access,provides\nsrc-plan,Northam's plan (synthetic),yes,plan text,open,\n"
HEADER = (
    'schema_version = 2\ntitle = "Northam: a synthetic plan"\nbody = "Northam"\nas_of = 2024-06-30\n\n'
    '[[version]]\nid = "V1"\ntitle = "First"\ncomplete = true\n'
)


@pytest.fixture
def northam(tmp_path: Path) -> Path:
    """A plan folder, its text, and a workspace with the made-up tables, all in one folder."""
    from lamplighter.plan.text import digest_of

    folder = tmp_path / "northam"
    folder.mkdir()
    sentence = digest_of("We will train 60 people on the doors by 31 March 2024.")
    sentences = (
        f"id,version,position,paraphrase,sha256,source_id\nS2,V1,2,Door staff get a course.,{sentence},src-plan\n"
    )
    for name, content in (
        ("plan.toml", HEADER), ("promises.csv", PROMISES), ("figures.csv", FIGURES), ("definitions.csv", CARDS),
        ("sources.csv", SOURCES), ("sentences.csv", sentences),
    ):  # fmt: skip
        (folder / name).write_text(content, encoding="utf-8")
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    files = [str(EXAMPLE / "made-up-offences.csv"), str(EXAMPLE / "made-up-victims.csv")]
    assert main(["import", "mps-vawg", *files, "--workspace", str(tmp_path / "evidence"), "--quiet"]) == 0
    return tmp_path


@pytest.fixture
def build(northam: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Build the site; gives what was said."""

    def run(*more: str, exit_code: int = 0, out: str = "site") -> str:
        arguments = ["plan", "build", str(northam / "northam"), "--workspace", str(northam / "evidence")]
        capsys.readouterr()
        assert main([*arguments, "--out", str(northam / out), *more]) == exit_code
        said = capsys.readouterr()
        return said.out + said.err

    return run


def digests(folder: Path) -> dict[str, str]:
    return {
        each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_one_command_writes_site_report_and_data(northam: Path, build: Callable[..., str]) -> None:
    assert "Open" in build()
    site = northam / "site"
    assert (site / "report.pdf").read_bytes().startswith(b"%PDF-")
    told = json.loads((site / "plan.json").read_text(encoding="utf-8"))
    assert told["as_of"] == "2024-06-30"
    by_id = {each["id"]: each for each in told["promises"]}
    assert (by_id["A1"]["evidence"], by_id["A1"]["delivery"]) == ("can't be shown", "partly")
    assert "48 of 60 = 80.0%" in by_id["A1"]["delivery_because"]
    assert "48 of 60 = 80.0%" in (site / "promises" / "A1.html").read_text(encoding="utf-8")


def test_brief_report_and_word_document_lie_beside_the_site_and_their_sizes_are_said(
    northam: Path, build: Callable[..., str]
) -> None:
    build()
    site = northam / "site"
    assert len(PdfReader(site / "brief.pdf").pages) == 1
    assert (site / "report.docx").read_bytes().startswith(b"PK")
    downloads = (site / "downloads.html").read_text(encoding="utf-8")
    first = (site / "index.html").read_text(encoding="utf-8")
    for name, words in (("brief.pdf", "PDF"), ("report.pdf", "PDF"), ("report.docx", "Word, DOCX")):
        thousands = round((site / name).stat().st_size / 1000)
        assert re.search(rf'href="{re.escape(name)}">[^<]* \({words}, {thousands} KB\)<', downloads), name
        assert f'href="{name}"' in first


@pytest.mark.parametrize(("length", "words"), [(0, "1 KB"), (1499, "1 KB"), (857_816, "858 KB"), (3_953_657, "4.0 MB")])
def test_a_size_is_said_in_kilobytes_or_megabytes(length: int, words: str) -> None:
    assert size(length) == words


def test_the_same_folder_workspace_and_day_give_the_same_bytes_in_new_york_and_in_tokyo(northam: Path) -> None:
    for zone in ("America/New_York", "Asia/Tokyo"):
        arguments = ["plan", "build", "northam", "--workspace", "evidence", "--out", zone.replace("/", "-"), "--quiet"]
        subprocess.run(
            [sys.executable, "-m", "lamplighter", *arguments],
            check=True,
            cwd=northam,
            env={**os.environ, "TZ": zone, "PYTHONPATH": str(HERE / "src"), "PYTHONHASHSEED": str(len(zone))},
        )
    one, other = digests(northam / "America-New_York"), digests(northam / "Asia-Tokyo")
    assert one == other
    assert len(one) > 40


def test_a_second_build_says_that_nothing_changed_and_touches_nothing(northam: Path, build: Callable[..., str]) -> None:
    build()
    before = {each: each.stat().st_mtime_ns for each in (northam / "site").rglob("*")}
    assert "Nothing changed" in build()
    assert {each: each.stat().st_mtime_ns for each in (northam / "site").rglob("*")} == before


@pytest.mark.parametrize("harm", ["changed", "removed"])
def test_a_site_that_somebody_touched_is_written_again(northam: Path, build: Callable[..., str], harm: str) -> None:
    build()
    whole = digests(northam / "site")
    page = northam / "site" / "promises" / "A1.html"
    page.write_text("kept!", encoding="utf-8") if harm == "changed" else page.unlink()
    assert "Wrote" in build()
    assert digests(northam / "site") == whole


def test_another_day_is_another_site(northam: Path, build: Callable[..., str]) -> None:
    build()
    assert "Wrote" in build("--as-of", "2024-01-31")
    told = json.loads((northam / "site" / "plan.json").read_text(encoding="utf-8"))
    assert told["as_of"] == "2024-01-31"
    assert next(each for each in told["promises"] if each["id"] == "A1")["delivery"] == "not yet due"


def test_a_folder_with_an_error_writes_nothing_and_says_where(northam: Path, build: Callable[..., str]) -> None:
    build()
    whole = digests(northam / "site")
    promises = northam / "northam" / "promises.csv"
    promises.write_text(PROMISES.replace("S2,", "S9,"), encoding="utf-8")
    said = build(exit_code=3)
    assert "promises.csv:2" in said
    assert "S9" in said
    assert digests(northam / "site") == whole


def test_a_folder_of_somebody_elses_files_is_left_alone(northam: Path, build: Callable[..., str]) -> None:
    (northam / "site").mkdir()
    (northam / "site" / "thesis.txt").write_text("ten years", encoding="utf-8")
    assert "not a site that Lamplighter wrote" in build(exit_code=3)
    assert digests(northam / "site").keys() == {"thesis.txt"}


def test_my_own_copy_of_the_text_is_shown_to_me_and_only_where_i_ask(northam: Path, build: Callable[..., str]) -> None:
    sentence = "We will train 60 people on the doors"
    build("--text", str(northam / "text.txt"), out="mine")
    build(out="everybodys")
    assert sentence in (northam / "mine" / "promises" / "A1.html").read_text(encoding="utf-8")
    for page in (northam / "everybodys").rglob("*.html"):
        assert sentence not in page.read_text(encoding="utf-8")


def test_without_a_workspace_the_plan_is_shown_and_nothing_is_measured(
    northam: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "build", str(northam / "northam"), "--out", str(northam / "bare"), "--quiet"]) == 0
    told = json.loads((northam / "bare" / "plan.json").read_text(encoding="utf-8"))
    assert told["measures"] == []
    assert len(told["promises"]) == 2
    assert capsys.readouterr().out == ""


def test_what_would_be_needed_names_only_what_no_source_provides(northam: Path, build: Callable[..., str]) -> None:
    """O1 needs crimes by month and prevalence; a source that provides the crimes leaves the prevalence."""
    sources = northam / "northam" / "sources.csv"
    told = (
        sources.read_text(encoding="utf-8") + "src-open,Open tables,no,open data,open,recorded.vawg_crimes_by_month\n"
    )
    sources.write_text(told, encoding="utf-8")
    promises = northam / "northam" / "promises.csv"
    promises.write_text(PROMISES.replace("D-RECORDED\n", "D-RECORDED;D-PREVALENCE\n"), encoding="utf-8")
    build()
    page = (northam / "site" / "promises" / "O1.html").read_text(encoding="utf-8")
    needed = page[page.index('id="needed"') : page.index("As facts that a source")]
    assert "prevalence among women in London" in needed
    assert "VAWG crimes by month recorded" not in needed
