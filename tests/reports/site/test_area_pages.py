"""The pages of areas: the same numbers as the picture in a table, no ranking, and a link from where a reader looks."""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lamplighter.plan.area_findings import area_findings, area_numbers
from lamplighter.plan.book import Book
from lamplighter.reports.site import write_site
from lamplighter.studies.area_answers import AreaComparison

sys.path.insert(0, str(Path(__file__).parents[1]))
from made_up_areas import COMPARISON

PAGE = "areas-late.html"


def with_areas(charts, *areas: AreaComparison):
    """The stand-in for the charts, which draws a funnel as a square too."""
    charts.areas = lambda comparison: ('<svg viewBox="0 0 9 9" role="img" aria-label="A square"/>', "In words.")
    return charts


@pytest.fixture
def written(book: Book, charts, tmp_path: Path) -> Path:
    numbers = {each.id: each for each in area_numbers([COMPARISON])}
    write_site(
        replace(book, areas=(COMPARISON,), numbers={**book.numbers, **numbers}),
        tmp_path / "site",
        charts=with_areas(charts),
    )
    return tmp_path / "site"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_area_stands_in_the_table_by_name_with_its_interval_and_limits(written: Path):
    page = read(written / PAGE)
    at = [page.index(f">{name}</th>") for name in ("Abbey &lt;b&gt;", "Brook", "Castle", "Dell")]
    assert at == sorted(at)
    cells = page[at[1] : at[2]]
    for told in (
        "North &amp; West",
        "5.0%",
        "4.0% to 6.0%",
        "2.0% to 8.0%",
        "0.8% to 9.5%",
        ">inside<",
        ">20<",
        ">400<",
        ">3<",
    ):
        assert told in cells


def test_what_lies_in_no_area_has_a_table_of_its_own_and_no_limits(written: Path):
    page = read(written / PAGE)
    apart = page[page.index("in no area, shown apart") :]
    assert ">Other</th>" in apart
    assert ">not judged<" in apart[: apart.index("</table>")]


def test_the_page_says_that_it_is_no_ranking_and_how_many_chance_would_put_outside(written: Path):
    page = read(written / PAGE)
    assert "this is no ranking" in page
    assert "2; by chance about 0.20" in page
    assert "All flagged offences are counted." in page


def test_the_page_is_linked_from_where_a_reader_looks_and_not_when_there_is_none(written: Path, site: Path):
    for name in ("measures.html", "places.html", "how-we-know.html"):
        assert f'href="{PAGE}"' in read(written / name)
        assert f'href="{PAGE}"' not in read(site / name)
    assert f'href="{COMPARISON.id}.csv"' in read(written / "downloads.html")
    assert not (site / PAGE).exists()


def test_the_download_has_a_row_an_area_and_empty_limits_where_none_was_judged(written: Path):
    with (written / f"{COMPARISON.id}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [each["area"] for each in rows] == ["Abbey <b>", "Brook", "Castle", "Dell", "Other"]
    assert (rows[1]["value"], rows[1]["limit_95_low"], rows[1]["stands"]) == ("5", "2", "inside the limits")
    assert (rows[4]["limit_95_low"], rows[4]["stands"]) == ("", "not judged")


def test_a_comparison_that_was_refused_says_why_and_draws_nothing(book: Book, charts, tmp_path: Path):
    judgement = replace(COMPARISON.judgement, curve=(), phi=None)
    refused = replace(COMPARISON, judgement=judgement, not_compared="Recording changed in February 2024.", summary="")
    write_site(replace(book, areas=(refused,)), tmp_path / "site", charts=with_areas(charts))
    page = read(tmp_path / "site" / PAGE)
    assert "Recording changed in February 2024." in page
    assert "Not drawn: there are no limits to draw." in page
    assert not (tmp_path / "site" / f"{COMPARISON.id}.svg").exists()


def test_a_number_is_rounded_once_and_a_nought_has_no_sign(book: Book, charts, tmp_path: Path):
    """1.346 is 1.3 and not, by way of 1.35, 1.4; −0.04 is 0.0."""
    first, *others = COMPARISON.judgement.rows
    judgement = replace(COMPARISON.judgement, dispersion=1.346259, rows=(replace(first, low=-0.04), *others))
    areas = (replace(COMPARISON, judgement=judgement),)
    write_site(replace(book, areas=areas), tmp_path / "site", charts=with_areas(charts))
    page = read(tmp_path / "site" / PAGE)
    assert "Variance over mean of the monthly counts" in page
    assert "1.3</dd>" in page.replace(" ", "").replace("\n", "")
    assert ">0.0% to " in page
    assert "−0.0%" not in page


def test_the_sentence_about_boroughs_is_a_finding_and_its_numbers_have_ids():
    (finding,) = area_findings([COMPARISON, replace(COMPARISON, id="areas-late-bcu", level="BCU")])
    assert finding.number_ids == ("areas-late-borough.outside",)
    (number,) = area_numbers([COMPARISON])
    assert (number.id, number.value, number.denominator) == ("areas-late-borough.outside", 2, 4)
    assert area_findings([replace(COMPARISON, summary="")]) == []


def test_each_table_that_can_be_scrolled_has_a_name_of_its_own(written: Path):
    """Two regions of one name can't be told apart by who hears the page."""
    names = re.findall(r'role="region" aria-label="([^"]+)"', read(written / PAGE))
    assert len(names) > 1
    assert len(set(names)) == len(names)
