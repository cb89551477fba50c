"""The report in Word: what the PDF says, number for number, with real headings and head rows, and the same bytes always."""

from __future__ import annotations

import html
import io
import itertools
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from lamplighter.reports.docx import report_docx
from lamplighter.reports.pdf import report_pdf

ID = re.compile(r"\[([A-Za-z][A-Za-z0-9.\- ]*)\]")
WRITE = (
    "import json, sys; from pathlib import Path; from lamplighter.reports.docx import report_docx;"
    "told, charts = json.loads(Path(sys.argv[1]).read_text(encoding='utf-8'));"
    "Path(sys.argv[2]).write_bytes(report_docx(told, charts=charts))"
)


@pytest.fixture
def document(told: dict[str, Any], charts: dict[str, str]) -> Any:
    return docx.Document(io.BytesIO(report_docx(told, charts=charts)))


def lines_of(document: Any) -> Iterator[str]:
    """Every paragraph in the order of the page, those in tables too."""
    for each in document.element.body.iter(qn("w:p")):
        yield "".join("\n" if run.tag == qn("w:br") else run.text or "" for run in each.iter(qn("w:t"), qn("w:br")))


def text_of(document: Any) -> str:
    return re.sub(r"\s+", " ", "\n".join(lines_of(document)))


def pdf_text(told: dict[str, Any], charts: dict[str, str]) -> str:
    pages = PdfReader(io.BytesIO(report_pdf(told, charts=charts)[0])).pages
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages))


def test_every_id_that_the_pdf_prints_is_in_the_document_and_no_other(
    told: dict[str, Any], charts: dict[str, str], document: Any
) -> None:
    """Ids are told apart from a hyphenation of the PDF by asking plan.json which there are."""
    in_pdf = set(ID.findall(pdf_text(told, charts)))
    assert {"G-NOW", "G-TARGET", "A1.reached", "plan.cannot-be-shown", "A2", "R-FOR", "recorded-northam"} <= in_pdf
    assert set(ID.findall(text_of(document))) == in_pdf


def test_a_number_stands_with_its_value_and_out_of_how_many_as_in_the_pdf(document: Any) -> None:
    text = text_of(document)
    assert "about 1,234.5 officers [G-NOW] of 2,500 officers who need it" in text
    assert "400 officers [G-TARGET] denominator not stated" in text
    assert "Report back [P1]: Due by 1 May 2022; 31 days ago" in text


@pytest.mark.parametrize(
    "name", ["masthead", "moved", "cannot", "overdue", "rules_note", "method_words", "citing_words"]
)
def test_the_standing_words_are_the_same_in_both(
    told: dict[str, Any], charts: dict[str, str], document: Any, name: str
) -> None:
    from lamplighter.reports.report.words import WORDS

    assert WORDS[name] in text_of(document)
    assert WORDS[name].replace("'", "’") in pdf_text(told, charts).replace("'", "’")


def test_a_correction_stands_beside_its_number_and_in_a_list_in_both_documents(
    told: dict[str, Any], charts: dict[str, str]
) -> None:
    usual = {
        "record_id": "G-NOW",
        "field": "value",
        "corrected_by": "A. Analyst",
        "reason": "Two were counted twice.",
    }
    told["corrections"] = [
        {**usual, "id": "C-1", "old": "12.9", "new": "12.7", "corrected_on": "2022-04-01"},
        {**usual, "id": "C-2", "old": "12.7", "new": "12.5", "corrected_on": "2022-05-01"},
        {**usual, "id": "C-GONE", "record_id": "G-GONE", "old": None, "new": "7", "corrected_on": "2022-03-01"},
    ]
    later = "alue corrected on 1 May 2022: it said 12.7, it says 12.5. Two were counted twice."
    for text in (
        pdf_text(told, charts),
        text_of(docx.Document(io.BytesIO(report_docx(told, charts=charts)))),
    ):
        text = text.replace("- ", "").replace("\u00ad", "")
        shown, listed = text.rindex("V" + later), text.rindex("v" + later)
        assert shown < text.rindex("Corrections") < listed < text.rindex("[C-2]") < text.rindex("[C-1]")
        assert "[G-GONE], value corrected on 1 March 2022: it said nothing, it says 7." in text


def test_a_report_without_a_correction_says_so(document: Any, told: dict[str, Any], charts: dict[str, str]) -> None:
    assert "Nothing has had to be corrected yet." in text_of(document)
    assert "Nothing has had to be corrected yet." in pdf_text(told, charts)


def test_headings_are_real_and_begin_with_the_title(document: Any) -> None:
    styled = [(each.style.name, each.text) for each in document.paragraphs if each.style.name[:4] in ("Titl", "Head")]
    assert styled[0] == ("Title", "Northam: a synthetic plan")
    assert ("Heading 1", "What is overdue") in styled
    assert ("Heading 1", "Bring more offenders to justice [O1]") in styled
    assert ("Heading 2", "Figures") in styled
    levels = [0 if name == "Title" else int(name[-1]) for name, _ in styled]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), "no level is left out"


def test_each_table_has_a_head_row_that_is_marked_and_a_name(document: Any) -> None:
    assert len(document.tables) >= 6
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert others
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_each_chart_is_a_picture_with_the_words_of_the_pdf(document: Any, charts: dict[str, str]) -> None:
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 2
    said = {html.unescape(re.search(r'aria-label="([^"]*)"', svg)[1]) for svg in charts.values()}  # type: ignore[index]
    assert {each.get("descr") for each in pictures} < said
    assert all(len(each.get("descr")) > 80 for each in pictures)
    assert len({each.get("id") for each in pictures}) == 2
    for shape in document.inline_shapes:
        png = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].blob
        width, height = struct.unpack(">II", png[16:24])
        assert png.startswith(b"\x89PNG")
        assert width == 1280, "640 px, twice as sharp"
        assert abs(shape.width / shape.height - width / height) < 0.01, "not stretched"


def test_title_author_day_and_language_come_from_the_plan(document: Any) -> None:
    told = document.core_properties
    assert told.title == "Northam: a synthetic plan: progress report"
    assert told.author == "Northam Constabulary (made up)"
    assert told.language == "en-GB"
    assert told.created.replace(tzinfo=None) == datetime(2022, 6, 1)
    assert told.modified.replace(tzinfo=None) == datetime(2022, 6, 1)
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_new_york_and_tokyo_write_the_same_bytes_and_no_clock_is_in_the_zip(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    kept = tmp_path / "told.json"
    kept.write_text(json.dumps([told, charts]), encoding="utf-8")
    found = []
    for zone in ("America/New_York", "Asia/Tokyo"):
        out = tmp_path / f"{zone.replace('/', '-')}.docx"
        environment = {**os.environ, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", WRITE, str(kept), str(out)], env=environment, check=True)
        found.append(out.read_bytes())
    assert found[0] == found[1]
    with zipfile.ZipFile(io.BytesIO(found[0])) as made:
        assert {each.date_time for each in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_markup_and_letters_that_xml_cannot_hold_are_words_like_any_other(told: dict[str, Any]) -> None:
    told["objectives"][0]["means"] = "a < b & c > d \x0b end"
    text = text_of(docx.Document(io.BytesIO(report_docx(told, charts={}))))
    assert "a < b & c > d \ufffd end" in text
    assert "<b>Not markup</b> #strong[either]." in text


def test_a_plan_without_promises_or_data_still_has_its_document(told: dict[str, Any]) -> None:
    lists = ("promises", "objectives", "figures", "measures", "findings", "what_changed", "pairs", "cannot_show")
    empty = {**told, **{each: [] for each in (*lists, "definitions", "imports")}, "false_calls": None}
    text = text_of(docx.Document(io.BytesIO(report_docx(empty, charts={}))))
    assert "No data was imported, so nothing is said of what moved." in text
    assert "Every promise could be shown from a source that is known." in text
    assert "No promise has a last date that has gone by unmet." in text
