"""The profile as a PDF: page one is one page, the caution is on every page, all is tagged, counts are those of the JSON."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader

from lamplighter.reports.profile.drawings import drawings
from lamplighter.reports.profile.drawn import Drawn
from lamplighter.reports.profile.pdf import profile_pdf

Told = dict[str, Any]
SECTIONS = (
    "Terms of reference", "What is counted", "What the source holds, and what it can't say", "Trend", "Compared with",
    "Time of the week", "How concentrated it is", "Places", "Kinds of place", "Victims", "Suspects", "Outcomes", "Why it happens",
    "Inferences, and the figures that carry them", "Intelligence requirements", "What is done there today",
    "What became of the last recommendations", "What is known to work elsewhere, and who disagrees", "What else was considered",
    "Recommendations", "Glossary", "How it was worked out", "How to cite each number", "Where everything came from",
)  # fmt: skip
ABSENT_IN_THE_EMPTY_ONE = (
    "Nothing was found that the source is strong enough to say.", "Too few rows have a point for a place to be grown.",
    "No limits: The source can't answer it.", "It recommends nothing.", "Nothing is inferred.", "There is no figure.",
    "Write them in decisions.toml.",
)  # fmt: skip


def pages_of(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def elements_of(pdf: bytes) -> Iterator[Any]:
    """Every element of the structure tree."""
    waiting = [PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while waiting:
        each = waiting.pop()
        each = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(each, dict):
            yield each
            waiting.append(each.get("/K"))
        elif isinstance(each, list):
            waiting += each


def outline_of(pdf: bytes) -> list[str]:
    """Titles of the first level, in order."""
    return [str(each.title) for each in PdfReader(io.BytesIO(pdf)).outline if not isinstance(each, list)]


def test_page_one_has_findings_and_the_decision_wanted_and_nothing_after_it(extract_told: Told) -> None:
    pages = pages_of(profile_pdf(extract_told, drawings={}))
    assert "Moderate confidence. 20 places hold 41% of the rows. [places.held]" in pages[0]
    assert "The decision wanted Nobody has named the decision that is wanted." in pages[0]
    assert "1 of 2 recommendations are drafts" in pages[0]
    assert "Terms of reference" not in pages[0]
    assert "Terms of reference" in pages[1]
    assert len(pages[0].split()) <= 350


def test_five_long_findings_under_a_long_title_still_make_one_first_page(
    extract_told: Told, profiles: ModuleType
) -> None:
    long = " ".join(["A finding of many words that goes on and on about the rows of a place."] * 14)
    extract_told |= {"title": profiles.LONG, "what_it_is": long}
    extract_told["summary"] = {
        "findings": [{"text": long, "figure_ids": ["count", "places.held"], "confidence": "low"}] * 5,
        "decision_wanted": long,
    }
    pages = pages_of(profile_pdf(extract_told, drawings={}))
    assert pages[0].count("Low confidence.") == 5
    assert "The decision wanted" in pages[0]
    assert "Terms of reference" in pages[1]


@pytest.mark.parametrize("kind", ["extract_told", "street_told", "empty_told", "long_told"])
def test_the_caution_and_the_handling_mark_stand_on_every_page(kind: str, profiles: ModuleType, drawn: Drawn) -> None:
    told = getattr(profiles, kind)()
    pages = pages_of(profile_pdf(told, drawings=drawings(told, drawn)))
    mark = "Waterdale and Wood Street by the Old" if kind == "long_told" else "Made up: for anybody"
    assert len(pages) > 3
    assert all(profiles.CAUTION in each and mark in each for each in pages)


def test_the_sections_stand_in_the_order_in_which_they_are_read(extract_told: Told) -> None:
    titles = outline_of(profile_pdf(extract_told, drawings={}))
    assert [each for each in titles if each in SECTIONS] == list(SECTIONS)


def test_an_empty_profile_names_each_section_and_what_lacks(empty_told: Told) -> None:
    pdf = profile_pdf(empty_told, drawings={})
    together = " ".join(pages_of(pdf))
    assert set(SECTIONS) <= set(outline_of(pdf))
    for words in ABSENT_IN_THE_EMPTY_ONE:
        assert words in together, words


def test_it_is_tagged_for_everyone_and_every_picture_has_words(extract_told: Told, drawn: Drawn) -> None:
    made = drawings(extract_told, drawn)
    pdf = profile_pdf(extract_told, drawings=made)
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()  # type: ignore[index]
    kinds = [each.get("/S") for each in elements_of(pdf)]
    figures = [each for each in elements_of(pdf) if each.get("/S") == "/Figure"]
    assert len(figures) >= 8
    assert all(len(str(each["/Alt"])) > 10 for each in figures)
    assert kinds.count("/TH") > 40


def test_the_head_of_a_long_table_stands_on_each_of_its_pages(extract_told: Told) -> None:
    one = extract_told["figures"][0]
    extract_told["figures"] = [{**one, "id": f"row.{at}"} for at in range(200)]
    pages = pages_of(profile_pdf(extract_told, drawings={}))
    holding = [each for each in pages if "[row." in each]
    assert len(holding) > 2
    assert all("Id What Value Period Rows" in each for each in holding)


def test_each_place_has_the_count_of_the_json_and_its_id(extract_told: Told) -> None:
    together = " ".join(pages_of(profile_pdf(extract_told, drawings={})))
    for place in extract_told["places"]:
        interval = f"(interval {place['count_low']} to {place['count_high']})"
        assert (
            f"{place['count']} rows {interval} in January 2025 to December 2025 [places.{place['id']}.count]"
            in together
        )
    [prison] = extract_told["institutions"]
    assert f"Northam Prison Prison {prison['count']}" in together


def test_an_unknown_number_is_not_known_and_never_nought(extract_told: Told) -> None:
    extract_told["places"][0] |= {"count": None, "count_low": None, "count_high": None}
    together = " ".join(pages_of(profile_pdf(extract_told, drawings={})))
    assert "not known rows in January 2025" in together
    assert "July 2023 not known not known" in together


def test_news_of_a_place_is_told_only_where_there_was_a_profile_before(extract_told: Told) -> None:
    assert "Since the last profile: merged (from p0000000007, p0000000008)." in " ".join(
        pages_of(profile_pdf(extract_told, drawings={}))
    )
    extract_told["places_method"]["ended"] = []
    for place in extract_told["places"]:
        place |= {"news": "born", "from_ids": []}
    assert "Since the last profile" not in " ".join(pages_of(profile_pdf(extract_told, drawings={})))


def test_street_data_say_that_no_patrol_is_drawn(street_told: Told) -> None:
    pages = pages_of(profile_pdf(street_told, drawings={}))
    assert "it is no profile of violence against women" in pages[0]
    assert "No patrol is drawn from these places." in " ".join(pages)


def test_a_name_that_would_be_markup_or_a_formula_is_only_words(extract_told: Told, profiles: ModuleType) -> None:
    extract_told["places"][0]["name"] = "#strong[Bold] $x$ *Hall* @gate <label> \\ // end"
    together = " ".join(pages_of(profile_pdf(extract_told, drawings={})))
    assert "#strong[Bold] $x$ *Hall* @gate <label> \\ // end" in together
    assert profiles.SCRIPT in together


@pytest.mark.parametrize(
    "name", ["北京路", "Rue \U0001f600", "شارع", "A\u0000B", "\ud800 lone", "Zero\u200bwidth", "\ufffe"]
)
def test_a_letter_that_no_font_has_does_not_stop_the_profile(extract_told: Told, name: str) -> None:
    extract_told["places"][0]["name"] = f"{name} and Hall Gate"
    together = " ".join(pages_of(profile_pdf(extract_told, drawings={})))
    assert "and Hall Gate" in together


@pytest.mark.parametrize("name", ["A\u030a\u0300\u0302 Road", "\U0001f3f3\ufe0f\u200d\U0001f308 Road", "北京 Road"])
def test_a_letter_in_a_drawing_that_no_font_has_does_not_stop_the_profile(extract_told: Told, name: str) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" viewBox="0 0 90 40">'
        f'<text x="1" y="20" font-size="9">{name}</text></svg>'
    )
    assert profile_pdf(extract_told, drawings={"trend": svg}).startswith(b"%PDF")


def test_an_accent_written_apart_is_set_as_the_letter_that_it_makes(extract_told: Told) -> None:
    told = {**extract_told, "title": "Violence in Cafe\u0301 Lane"}
    assert "Café Lane" in " ".join(pages_of(profile_pdf(told, drawings={})))


def test_a_word_that_no_line_holds_is_broken_into_lines_and_nothing_is_added_to_it(extract_told: Told) -> None:
    extract_told["provenance"]["imports"][0]["files"][0]["name"] = "x" * 400
    lines = "\n".join(
        page.extract_text() for page in PdfReader(io.BytesIO(profile_pdf(extract_told, drawings={}))).pages
    ).split("\n")
    runs = [len(found) for line in lines for found in re.findall("x{5,}", line)]
    assert sum(runs) == 400
    assert max(runs) < 80
    assert not any("\u200b" in line for line in lines)


def test_the_same_profile_gives_the_same_bytes(extract_told: Told, drawn: Drawn) -> None:
    made = drawings(extract_told, drawn)
    assert profile_pdf(extract_told, drawings=made) == profile_pdf(extract_told, drawings=dict(reversed(made.items())))
