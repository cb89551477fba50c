"""One page for somebody who decides: always one, in type that can be read, with what was left out counted."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from lamplighter.reports.brief import brief_pdf
from lamplighter.reports.brief.asking import clipped
from lamplighter.reports.brief.telling import ROOMS, brief_data

LARGE = ROOMS[0]


def page_of(pdf: bytes) -> str:
    """The text of the one page."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    return re.sub(r"\s+", " ", pages[0].extract_text())


def sizes_of(pdf: bytes) -> set[float]:
    """Every size of type on the page, in pt."""
    found: set[float] = set()

    def seen(text: str, _: Any, matrix: Any, __: Any, size_pt: float) -> None:
        if text.strip():
            found.add(round(abs(size_pt * matrix[3]), 1))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=seen)
    return found


def day(name: str, planned: str | None, state: str = "confirmed", published: str | None = None) -> dict[str, Any]:
    return {"id": f"R-{name}", "name": name, "state": state, "planned_on": planned, "published_on": published}


def correction(id_: str, on: str) -> dict[str, Any]:
    told = {"id": id_, "record_id": "G-NOW", "field": "value", "old": "1300", "new": "1234.5"}
    return {**told, "corrected_by": "Ann Archer", "corrected_on": on, "reason": "Counted twice."}


def large(told: dict[str, Any]) -> dict[str, Any]:
    """Three thousand promises in nine versions, every word as long as nobody would write it."""
    words = "wordswithoutend " * 60
    first = told["promises"][0]
    promises = []
    for at in range(3000):
        last = (date(2022, 5, 31) + timedelta(days=at - 1500)).isoformat()
        step = {"id": f"M{at}", "title": words, "due_to": "2022-12-01", "done_on": None}
        promises.append(
            {
                **first, "id": f"A{at}", "version": f"V{at % 9}", "title": words, "kind": "action", "due_to": last,
                "delivery": "overdue" if at < 1500 else "not yet due", "delivery_because": words, "milestones": [step],
            }
        )  # fmt: skip
    versions = [{**told["versions"][0], "id": f"V{at}", "title": words} for at in range(9)]
    findings = [
        {**told["findings"][0], "id": f"f{at}", "text": words, "surprising": 90, "figure_ids": ["G-NOW"] * 30}
        for at in range(12)
    ]
    cannot = [
        {"promise_id": f"A{at}", "title": words, "needed_words": [words], "needed": []} for at in range(0, 900, 9)
    ]
    corrections = [{**correction(f"C{at}", "2022-05-01"), "reason": words} for at in range(40)]
    return {
        **told, "title": words, "body": words, "promises": promises, "versions": versions, "findings": findings,
        "cannot_show": cannot, "corrections": corrections,
    }  # fmt: skip


def test_the_page_says_what_stands_what_slipped_what_comes_and_what_to_ask(told: dict[str, Any]) -> None:
    told["corrections"] = [correction("C-OLD", "2022-02-01"), correction("C-NEW", "2022-05-20")]
    calendar = [day("2022-spring", "2022-03-01", "published", "2022-03-01"), day("2022-autumn", "2022-10-03")]
    text = page_of(brief_pdf(told, calendar=calendar))
    assert "Northam: a synthetic plan" in text
    assert "Brief as of 1 June 2022" in text
    assert "Report back [P1]: Due by 1 May 2022; 31 days ago" in text
    assert "3 October 2022. Release 2022-autumn (confirmed) [R-2022-autumn]" in text
    assert "Corrections since the release of 1 March 2022" in text
    assert "[C-NEW]" in text
    assert "G-NOW, value: 1300 became 1234.5 on 20 May 2022. Counted twice." in text
    assert "C-OLD" not in text, "it was out before the last release"
    assert "What stopped “Report back” [P1], and by when will it be done?" in text


def test_promises_are_counted_by_version(told: dict[str, Any]) -> None:
    """Of Northam's five, A1 has 1,234.5 of 400 trained by an outside review; P1's date has passed; three have no date."""
    (row,) = brief_data(told, calendar=[], room=LARGE)["versions"]["items"]
    by_hand = ("5", "1", "1")
    assert (row["promises"], row["shown"], row["kept"]) == by_hand
    assert row["slipped"] == "1"
    assert row["no_date"] == "3"
    told["versions"][0]["promises_stated"] = 9
    (row,) = brief_data(told, calendar=[], room=LARGE)["versions"]["items"]
    assert row["promises"] == "5 of 9 stated"


def test_the_three_most_surprising_findings_are_told_the_most_surprising_first(told: dict[str, Any]) -> None:
    told["findings"] = [
        {"id": f"f{rank}", "about": "data", "text": f"rank {rank}", "figure_ids": [], "surprising": rank}
        for rank in (10, 90, 0, 50, 70)
    ]
    found = brief_data(told, calendar=[], room=LARGE)["findings"]
    assert [each["text"] for each in found["items"]] == ["rank 90", "rank 70", "rank 50"]
    assert found["more"] == "1 more finding: index.html.", "what surprises nobody is not counted"


def test_a_plan_of_three_thousand_promises_is_one_page_and_says_how_many_more_there_are(told: dict[str, Any]) -> None:
    calendar = [day(f"release-{at}", f"2023-{1 + at % 12:02d}-01") for at in range(60)]
    pdf = brief_pdf(large(told), calendar=calendar)
    text = page_of(pdf)
    for what in ("promises", "findings", "dates", "corrections", "earlier versions"):
        assert re.search(rf"\d[\d,]* (more )?{what}: ", text), what
    assert "What to ask" in text
    assert min(sizes_of(pdf)) >= 9.0
    left = int(re.search(r"([\d,]+) more promises: promises.html", text)[1].replace(",", ""))  # type: ignore[index]
    assert 1490 <= left < 1500, "fifteen hundred are overdue, and a few of them are named"


def test_a_plan_with_nothing_in_it_is_one_page_too(told: dict[str, Any]) -> None:
    lists = ("promises", "objectives", "figures", "measures", "findings", "what_changed", "pairs", "cannot_show")
    empty = {**told, **{each: [] for each in (*lists, "definitions", "imports", "corrections")}, "false_calls": None}
    text = page_of(brief_pdf(empty, calendar=[]))
    assert "No promise has a last date that has gone by unmet." in text
    assert "No later date is on record: no step, no last date, no release." in text
    assert "By the rules nothing is lacking." in text


def test_the_page_of_an_ordinary_plan_is_tagged_and_never_below_nine_points(told: dict[str, Any]) -> None:
    pdf = brief_pdf(told, calendar=[])
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]) == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.author == "Northam Constabulary (made up)"
    assert sizes_of(pdf)
    assert min(sizes_of(pdf)) >= 9.0
    assert brief_pdf(told, calendar=[]) == pdf


def test_a_date_that_is_over_a_step_that_is_done_and_a_cancelled_release_are_no_next_dates(
    told: dict[str, Any],
) -> None:
    first = told["promises"][0]
    first["milestones"] = [
        {"id": "M1", "title": "Done already", "due_to": "2022-09-01", "done_on": "2022-05-01"},
        {"id": "M2", "title": "Still to come", "due_to": "2022-09-02", "done_on": None},
        {"id": "M3", "title": "Gone by", "due_to": "2022-05-31", "done_on": None},
        {"id": "M4", "title": "On the day", "due_to": "2022-06-01", "done_on": None},
        {"id": "M5", "title": "In no month", "due_to": None, "done_on": None},
    ]
    calendar = [day("given-up", "2022-07-01", "cancelled"), day("undated", None, "provisional")]
    found = brief_data(told, calendar=calendar, room=LARGE)["dates"]
    assert [each["id"] for each in found["items"]] == ["M4", "M2"]


@pytest.mark.parametrize(
    ("words", "letters", "kept"),
    [
        ("one two", 7, "one two"),
        ("one two three", 9, "one two …"),
        ("one, two", 6, "one …"),
        ("onetwothree", 6, "onetwo …"),
    ],
)
def test_words_are_cut_between_words(words: str, letters: int, kept: str) -> None:
    assert clipped(words, letters) == kept
