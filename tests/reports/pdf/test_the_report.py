"""The report as a document: one page first, tagged and named for everyone, the same bytes everywhere, whole or not at all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from lamplighter.errors import InputError, PartMissing
from lamplighter.reports.pdf import setting, write_report

WRITE = (
    "import json, sys; from pathlib import Path; from lamplighter.reports.pdf import write_report;"
    "told, charts = json.loads(Path(sys.argv[1]).read_text(encoding='utf-8'));"
    "write_report(told, charts=charts, out=Path(sys.argv[2]))"
)


def pages_of(path: Path) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(path).pages]


def test_the_first_page_says_what_moved_what_cannot_be_shown_and_what_is_overdue(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    done = write_report(told, charts=charts, out=tmp_path / "report.pdf")
    pages = pages_of(done.path)
    first = pages[0]
    assert len(pages) == done.pages
    assert "Northam: a synthetic plan" in first
    assert "as of 1 June 2022" in first
    assert "0 of 2 objectives" in first
    assert "9 a month more than the baseline's 203 (+4%; 95% interval +1% to +8%)" in first
    assert "Read with caution" in first
    assert "33.0%" in first
    assert "Visit every victim of exposure [A2]: victims, visits offered and visits accepted" in first
    assert "Report back [P1]: Due by 1 May 2022; 31 days ago" in first
    assert not any("What is overdue" in each for each in pages[1:])


def test_each_objective_begins_a_page_with_its_promises_figures_and_opposed_verdicts(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    pages = pages_of(write_report(told, charts=charts, out=tmp_path / "report.pdf").path)
    one = next(each for each in pages if each.startswith("Bring more offenders to justice [O1]"))
    assert any(
        each.startswith("Treat victims “better” & faster [O2] <b>Not markup</b> #strong[either].") for each in pages
    )
    assert "Baseline: none · Target: none · Denominator: none" in one
    together = " ".join(pages)
    assert "Train 400 officers" in one
    assert "A charity" in together
    assert "An inspector" in together
    assert together.index("Speaks for it") < together.index("A good beginning.") < together.index("Too few.")
    assert "Promises that serve no stated objective" in together
    assert "Report back" in together


def test_the_pair_is_drawn_instead_of_one_of_its_two(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    text = " ".join(pages_of(write_report(told, charts=charts, out=tmp_path / "report.pdf").path))
    assert "by survey" in text
    assert "interval unknown" in text


def test_the_document_is_tagged_titled_in_british_english_and_each_picture_has_words(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    reader = PdfReader(write_report(told, charts=charts, out=tmp_path / "report.pdf").path)
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]) == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Northam: a synthetic plan: progress report"
    assert str(reader.metadata.creation_date).startswith("2022-06-01")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    alts = []
    seen: set[int] = set()

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict) and id(node) not in seen:
            seen.add(id(node))
            if node.get("/S") == "/Figure":
                alts.append(str(node.get("/Alt", "")))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"])
    assert len(alts) == 2
    assert all(len(each) > 80 for each in alts)


def test_no_glyph_is_missing_with_the_house_font_or_without_it(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told["objectives"][0]["means"] = "σz − “quoted” … é £ → ≥"

    def not_built() -> Path:
        raise PartMissing("not built")

    for built in (True, False):
        if not built:
            monkeypatch.setattr(setting, "font_folder", not_built)
        done = write_report(told, charts=charts, out=tmp_path / f"{built}.pdf")
        text = " ".join(pages_of(done.path))
        assert "σz − “quoted” … é £ → ≥" in text
        assert "\ufffd" not in text
        assert "\x00" not in text


def test_new_york_and_tokyo_write_the_same_bytes(told: dict[str, Any], charts: dict[str, str], tmp_path: Path) -> None:
    kept = tmp_path / "told.json"
    kept.write_text(json.dumps([told, charts]), encoding="utf-8")
    found = []
    for zone in ("America/New_York", "Asia/Tokyo"):
        out = tmp_path / f"{zone.replace('/', '-')}.pdf"
        subprocess.run(
            [sys.executable, "-c", WRITE, str(kept), str(out)],
            env={**os.environ, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
        )
        found.append(out.read_bytes())
    assert found[0] == found[1]
    assert found[0].startswith(b"%PDF-")


def test_a_plan_without_measures_false_calls_or_charts_says_so(told: dict[str, Any], tmp_path: Path) -> None:
    bare = {
        **told,
        "measures": [],
        "what_changed": [],
        "pairs": [],
        "false_calls": None,
        "imports": [],
        "findings": [each for each in told["findings"] if each["about"] == "plan"],
    }
    for promise in bare["promises"]:
        promise["measures"] = []
    pages = pages_of(write_report(bare, charts={}, out=tmp_path / "report.pdf").path)
    assert "No data was imported, so nothing is said of what moved." in pages[0]
    assert "No data was imported." in pages[-1]


def test_a_plan_without_any_promise_still_has_its_report(told: dict[str, Any], tmp_path: Path) -> None:
    empty = {
        **told,
        "promises": [],
        "objectives": [],
        "figures": [],
        "measures": [],
        "findings": [],
        "what_changed": [],
        "pairs": [],
        "cannot_show": [],
        "false_calls": None,
        "definitions": [],
        "imports": [],
        "traps": [],
    }
    done = write_report(empty, charts={}, out=tmp_path / "report.pdf")
    assert done.pages >= 2


def test_a_long_first_page_is_set_smaller_and_stays_one_page(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    long = "word " * 480
    told["findings"][0]["text"] = long
    pages = pages_of(write_report(told, charts=charts, out=tmp_path / "report.pdf").path)
    assert "What is overdue" in pages[0]


def test_an_override_is_shown_as_one_beside_what_the_rules_say(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    promise = next(each for each in told["promises"] if each["id"] == "A2")
    promise["evidence"] = "shown"
    promise["evidence_override"] = {
        "answer": "shown",
        "decided_by": "Ada Example",
        "decided_on": "2022-05-01",
        "reason": "I saw it",
    }
    text = " ".join(pages_of(write_report(told, charts=charts, out=tmp_path / "report.pdf").path))
    assert "shown (decided by Ada Example: I saw it; by the rules: can't be shown)" in text


def test_a_full_disk_leaves_the_old_report(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "report.pdf"
    write_report(told, charts=charts, out=out)
    before = out.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_report({**told, "title": "Another"}, charts=charts, out=out)
    assert out.read_bytes() == before
    assert [each.name for each in out.parent.iterdir()] == ["report.pdf"]


def test_without_the_typesetting_engine_the_error_says_what_to_install(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PartMissing, match=r"lamplighter\[report\]"):
        write_report(told, charts=charts, out=tmp_path / "report.pdf")


def test_a_picture_without_words_is_named_by_its_title(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    bare = {name: re.sub(r' aria-label="[^"]*"', "", svg) for name, svg in charts.items()}
    assert write_report(told, charts=bare, out=tmp_path / "report.pdf").pages > 3


def test_a_letter_that_no_font_has_is_named_with_the_words_that_it_stands_in(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
):
    told["title"] = "Plan 中文"
    with pytest.raises(InputError, match=r"have no '中' \(U\+4E2D\)\. Write it in Latin.*It stands in: .*Plan 中文"):
        write_report(told, charts=charts, out=tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()
