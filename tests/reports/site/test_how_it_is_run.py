"""The page of how the plan is run, a promise's own part of it, and the tables: what is unknown is said and never nought."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.records.running import Recommendation, Training
from lamplighter.plan.running.answers import Coverage, Expiring, RecommendationStands, Running
from lamplighter.reports.running_tables import WORKED_OUT, running_files
from lamplighter.reports.site import write_site

PAGE = "how-it-is-run.html"


@pytest.fixture(scope="module")
def words(pages: dict[str, Any]) -> str:
    return str(pages[PAGE].words)


def test_a_recommendation_stands_with_its_answer_its_rule_and_who_checked_it(words: str):
    assert "Train more." in words
    assert "in hand" in words
    assert "Of the promises that answer it (A1), 0 of 1 are kept." in words
    assert "nobody that we know of" in words
    assert "reopened: It was closed or verified" in words


def test_400_of_500_is_told_as_a_target_and_no_coverage_is_made_of_it(words: str):
    assert "About 400 were trained against a target of 500 officers." in words
    assert "Coverage can't be worked out." in words
    assert "80.0%" not in words
    assert "80%" not in words


def test_posts_that_nobody_counted_are_not_known_in_every_cell(pages: dict[str, Any], site: Path):
    text = (site / PAGE).read_text(encoding="utf-8")
    row = text[text.index("Trainers <span") :].split("</tr>")[0]
    assert row.count("not known") == 6
    assert ">0<" not in row


def test_what_no_promise_names_is_said_for_each_version_with_its_number(words: str, pages: dict[str, Any]):
    assert "6 of 6 promises name no money. First plan" in words
    assert "1 of 1 promise names no money. Second plan" in words
    assert "5 of 6 promises name no people to do it. First plan" in words
    assert any(link.endswith("how-we-know.html#n-running.V1.no-money") for link in pages[PAGE].links)


def test_a_reading_of_the_framework_that_no_document_says_is_marked(words: str):
    prepare = words[words.index("Prepare 1 promise") : words.index("Protect 0 promises")]
    assert "Skills. (not verified) Read so by The Northam Watch." in prepare


def test_who_outside_agreed_stands_with_name_and_day(words: str):
    assert "Northam Buses" in words
    assert "agreed D. Driver, 9 January 2025" in words


def test_a_promises_page_tells_its_own_part_and_leads_to_the_whole(pages: dict[str, Any]):
    page = pages["promises/A1.html"]
    assert "A review recommended: Train more. in hand" in page.words
    assert "People, Trainers: 500 officers" in page.words
    assert "In the national framework: Prepare" in page.words
    assert "../how-it-is-run.html" in page.links
    assert "Northam Buses" not in page.words
    assert "Needs from Northam Buses: Light the stops. Have they agreed? agreed." in pages["promises/A2.html"].words


def test_a_promise_with_money_or_people_named_nowhere_says_so(pages: dict[str, Any]):
    assert "Money and people: none are named for it." in pages["promises/A2.html"].words
    assert "Money and people: none are named for it." not in pages["promises/A1.html"].words


# -- tables ---------------------------------------------------------------------------------------------------------------


def rows_of(site: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((site / name).read_text(encoding="utf-8"))))


def test_each_table_holds_the_record_and_what_was_worked_out_from_it(site: Path):
    (recommendation,) = rows_of(site, "recommendations.csv")
    assert (recommendation["response"], recommendation["answer"], recommendation["answer_rule"]) == (
        "accepted",
        "in hand",
        "in-hand",
    )
    (course,) = rows_of(site, "training.csv")
    assert (course["trained"], course["target"], course["eligible"], course["coverage"]) == ("400", "500", "", "")
    (post,) = rows_of(site, "posts.csv")
    assert (post["established"], post["vacant"], post["not_deployable"]) == ("", "", "")


def test_every_worked_out_column_is_in_its_table(site: Path):
    for name, columns in WORKED_OUT.items():
        heads = (site / name).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(columns) <= set(heads), name


def test_a_plan_that_records_nothing_of_it_has_no_empty_tables(book: Any):
    assert list(running_files(replace(book, running=Running()))) == []


# -- a force that counts --------------------------------------------------------------------------------------------------


def test_coverage_is_shown_with_when_it_runs_out_and_hostile_words_stay_words(book: Any, tmp_path: Path, charts: Any):
    course = Training(id="T1", promise_id="A1", course="<script>alert(1)</script>")
    covered = Coverage(
        training=course, trained=230.0, target=None, eligible=400.0, valid=150.0, share=0.375, run_out=80,
        expiring=(Expiring(quarter="July to September 2026", people=100), Expiring(quarter="January to March 2027", people=50)),
        counted_on=date(2026, 3, 1), unit="officers", lacking=(),
        words="150 of 400 officers who need it have training that holds on 31 March 2026: 37.5%.",
    )  # fmt: skip
    stands = RecommendationStands(
        recommendation=Recommendation(
            id="RC1", review="R", says="=1+1", response="rejected", promise_ids=("GONE",), verified_by="I. Inspector",
            verified_on=date(2026, 1, 2),
        ),
        answer="rejected", rule="rejected", rule_words="W", because="Rejected: no.",
    )  # fmt: skip
    out = tmp_path / "site"
    write_site(replace(book, running=Running(training=(covered,), recommendations=(stands,))), out, charts=charts)

    page = (out / PAGE).read_text(encoding="utf-8")
    assert "150 of 400 officers who need it have training that holds on 31 March 2026: 37.5%." in page
    for quarter, people in (
        ("Has run out already", 80),
        ("July to September 2026", 100),
        ("January to March 2027", 50),
    ):
        assert f'{quarter}</th><td class="govuk-table__cell govuk-table__cell--numeric">{people}</td>' in page
    assert "<script>" not in page
    assert "I. Inspector, 2 January 2026" in page
    assert "promises/GONE.html" not in page
    assert "No money" not in page
    (row,) = rows_of(out, "recommendations.csv")
    assert row["says"] == "'=1+1"
    (told,) = rows_of(out, "training.csv")
    assert (told["coverage"], told["expiring"]) == ("0.375", "July to September 2026: 100;January to March 2027: 50")
