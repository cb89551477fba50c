"""What single pages say of a promise, a measure, a signal, an unknown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lamplighter.reports.site import write_site


def test_the_first_page_counts_the_answers_of_each_version_out_of_all(pages: dict[str, Any]) -> None:
    words = pages["index.html"].words

    assert "Of 7 promises, 2 are shown." in words
    # Of the six promises and objectives of V1 that stand in the fixture: O1 and P1 by rule, A2 by hand.
    assert "shown 3 of 6 0 of 1" in words
    assert "can't be shown 1 of 6 0 of 1" in words
    assert "A fifth is unknown." in words.split("Where the promises stand")[0]


def test_a_promise_prints_both_answers_with_rule_and_reason(pages: dict[str, Any]) -> None:
    words = pages["promises/A1.html"].words

    assert "can't be shown" in words
    assert "partly" in words
    assert "Worked out for A1." in words
    assert "A card that defines it needs a fact that no known source provides." in words
    assert "The plan names nobody" in words
    assert "“in the spring”, read as 1 March 2025 to 31 May 2025" in words
    assert "Read so by The Northam Watch" in words
    assert "451 days on 31 March 2026" in words
    assert "how many officers are in posts that need it" in words
    assert "A1 has no owner." in words


def test_a_figure_without_a_denominator_says_so_and_one_with_it_shows_it(pages: dict[str, Any]) -> None:
    words = pages["promises/A1.html"].words
    assert "about 400 officers progress Corrected on 1 February 2025" in words
    assert "A nought was lost. denominator not stated" in words
    assert "61.5% of women asked progress interval 58.7 to 64.3 of 1,200 women asked" in pages["promises/A2.html"].words


def test_a_readers_own_text_stands_beside_our_words_and_is_marked(pages: dict[str, Any]) -> None:
    words = pages["promises/A1.html"].words

    assert "From your own copy of the text: So far we are training 500 officers." in words
    assert "From your own copy" not in pages["promises/O1.html"].words


def test_a_site_with_a_readers_own_text_warns_on_every_page_and_has_a_run_of_its_own(
    pages: dict[str, Any], book: Any, charts: Any, tmp_path: Path
) -> None:
    assert all("not ours to publish" in page.words for page in pages.values())
    write_site(replace(book, own_text={}), tmp_path / "site", charts=charts)
    public = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    run = pages["index.html"].words.split(" run ")[1].split()[0]

    assert "not ours to publish" not in public
    assert run not in public


def test_an_override_is_shown_as_one_beside_the_worked_out_answer(pages: dict[str, Any]) -> None:
    words = pages["promises/A2.html"].words

    assert "Set by hand by The Northam Watch on 1 February 2026: We hold the register." in words
    assert "Worked out by rule it would be claimed, not shown" in words
    assert "set by hand; worked out: claimed, not shown" in pages["index.html"].words


def test_opposed_verdicts_stand_side_by_side(pages: dict[str, Any]) -> None:
    words = pages["promises/A2.html"].words

    assert (
        words.index("Speaks for it")
        < words.index("It works.")
        < words.index("Speaks against it")
        < words.index("It does not.")
    )


def test_a_month_that_is_unknown_is_never_drawn_as_nought(pages: dict[str, Any]) -> None:
    words = pages["measures/recorded.html"].words

    assert "August 2023 not known" in words
    assert "unknown, not nil" in words
    assert "still filling up" in words
    assert "break: A new record system" in words


def test_a_measure_shows_card_pair_provenance_and_every_row(pages: dict[str, Any]) -> None:
    words = pages["measures/recorded.html"].words

    assert "The series: 36 rows" in words
    assert "Recording beside prevalence" in words
    assert "12.8% of women women asked; base not read interval unknown" in words
    assert "120 read, 118 used, 2 refused" in words
    assert "Laney u′, from the months January 2023 to December 2024; σz 1.25" in words
    assert "Not drawn: there is no number to draw." in pages["measures/homicide.html"].words


def test_the_bounds_that_the_unknown_allow_are_in_a_table(pages: dict[str, Any]) -> None:
    words = pages["measures/ethnicity.html"].words

    assert "2023 20.0% 16.5%" in words
    assert "16.5% to 36.5%" in words
    assert "It can’t be removed here" in words


def test_a_place_lists_its_wards_and_stands_under_its_unit(pages: dict[str, Any]) -> None:
    assert "North ward 7 9" in pages["measures/place-borough-abbey.html"].words
    assert "South ward 0 not known" in pages["measures/place-borough-abbey.html"].words
    words = pages["places.html"].words
    assert words.index("East (BCU)") < words.index("Abbey")
    assert "It can’t be removed here" in words


def test_what_changed_gives_rule_since_and_effect_and_never_a_cause(pages: dict[str, Any]) -> None:
    words = pages["what-changed.html"].words

    assert (
        "Crimes recorded a month 48 a month more (95% interval 20 to 70) July 2025 July 2025 A month outside the limits"
        in words
    )
    assert "because" not in words.casefold()
    assert "31.8% of 1,000 series" in words
    assert "A cautious reader would switch off: trend." in words


def test_a_promise_not_carried_is_never_called_dropped_by_us(pages: dict[str, Any]) -> None:
    assert "carried. The same course." in pages["versions.html"].words
    assert "no: 1 of 10 known" in pages["versions.html"].words


def test_how_we_know_leads_from_a_number_to_the_file_and_its_refused_rows(pages: dict[str, Any]) -> None:
    page = pages["how-we-know.html"]

    assert {"n-recorded.peak", "study-recorded", "import-0001-ab12cd34"} <= set(page.ids)
    assert "#study-recorded" in page.links
    assert "ab12" * 16 in page.words
    assert "Rows refused: 2 (count missing)" in page.words
    assert "A nought was lost" in page.words


def test_every_csv_of_a_measure_holds_its_points_and_layers(site: Path, book: Any) -> None:
    for measure in book.measures.values():
        text = (site / "measures" / f"{measure.id}.csv").read_bytes().decode("utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        told = [(row["layer"], row["period"], float(row["value"]) if row["value"] else None) for row in rows]
        expected = [("", point.period, point.value) for point in measure.points]
        expected += [(layer.name, point.period, point.value) for layer in measure.layers for point in layer.points]
        assert told == expected
        assert "\r" not in text


def test_a_cell_that_a_spreadsheet_would_run_is_told_as_text(book: Any) -> None:
    from lamplighter.reports.tables import measure_csv

    hostile = replace(book.measures["recorded"], area='=HYPERLINK("evil")', layers=())
    row = next(csv.DictReader(io.StringIO(measure_csv(hostile).decode("utf-8"))))

    assert row["area"] == '\'=HYPERLINK("evil")'


@pytest.mark.parametrize("field", ["title", "means", "owner"])
def test_a_script_in_a_record_is_shown_as_text_and_never_runs(
    book: Any, charts: Any, tmp_path: Path, field: str
) -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    first = book.standings[2]
    bad = replace(first, promise=replace(first.promise, **{field: hostile}))
    standings = tuple(bad if each is first else each for each in book.standings)
    write_site(replace(book, standings=standings), tmp_path / "site", charts=charts)

    for path in (tmp_path / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "<img" not in text
    assert "&lt;script&gt;" in (tmp_path / "site" / "promises" / "A1.html").read_text(encoding="utf-8")


def test_a_plan_without_data_or_findings_still_makes_a_whole_site(book: Any, charts: Any, tmp_path: Path) -> None:
    bare = replace(
        book,
        standings=tuple(replace(each, measure_ids=()) for each in book.standings),
        measures={},
        pairs=(),
        changed=(),
        false_calls=None,
        imports=(),
        revisions=(),
        findings=(),
        traps=(),
        cannot_show=(),
        own_text={},
    )
    write_site(bare, tmp_path / "site", charts=charts)

    assert "No data were imported" in (tmp_path / "site" / "measures.html").read_text(encoding="utf-8")
    assert not (tmp_path / "site" / "places.html").exists()


def test_a_script_in_a_measures_title_does_not_run_from_its_chart_either(book: Any, tmp_path: Path) -> None:
    hostile = replace(book.measures["recorded"], title="<script>alert(1)</script>", unit="</svg><script>x</script>")
    write_site(replace(book, measures={**book.measures, "recorded": hostile}), tmp_path / "site")

    assert "<script" not in (tmp_path / "site" / "measures" / "recorded.html").read_text(encoding="utf-8")
    assert "<script" not in (tmp_path / "site" / "measures" / "recorded.svg").read_text(encoding="utf-8")
