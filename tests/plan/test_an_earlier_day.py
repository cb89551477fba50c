"""Looked at from an earlier day, the plan shows nothing that could not yet be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.book import Book
from lamplighter.plan.numbers import national_numbers
from lamplighter.plan.plan_json import as_bytes, plan_json

BUNDLED = Path(__file__).resolve().parents[2] / "plans" / "met-vawg-2021"
Write = Callable[..., Path]
BookOf = Callable[..., Book]
FOLDER = {
    "promises": "id,version,kind,title\nA1,V1,action,Train officers\n",
    "sources": "id,title,publisher,by_promiser,kind,published_on,not_before\n"
    "Q-DATED,Audit,Auditors,no,inspection,2022-06-30,\n"
    "Q-SINCE,A letter of autumn,Auditors,no,review,,2022-10-01\n"
    "Q-UNDATED,A page,Auditors,no,press,,\n",
    "evidence": "id,promise_ids,title,source_id\n"
    "E-DATED,A1,Audited,Q-DATED\nE-SINCE,A1,Written to,Q-SINCE\nE-UNDATED,A1,Told,Q-UNDATED\n",
}


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        (date(2022, 6, 29), ["E-UNDATED"]),
        (date(2022, 6, 30), ["E-DATED", "E-UNDATED"]),
        (date(2022, 9, 30), ["E-DATED", "E-UNDATED"]),
        (date(2022, 10, 1), ["E-DATED", "E-SINCE", "E-UNDATED"]),
    ],
)
def test_a_source_is_read_from_its_day_on_or_from_the_earliest_that_it_can_have(
    write_plan: Write, book_of: BookOf, day: date, ids: list[str]
):
    (standing,) = book_of(write_plan(**FOLDER), as_of=day).standings
    assert [each.id for each in standing.evidence_records] == ids


@pytest.mark.parametrize(
    ("day", "shipped"),
    [
        (date(2021, 11, 5), set()),
        (date(2023, 3, 14), {"N-FIRST-CRIMES", "N-FIRST-SHARE", "N-FIRST-CHARGED", "N-PP-CASES", "N-PP-NO-ACTION"}),
    ],
)
def test_a_national_figure_is_known_from_the_day_on_which_it_was_told(day: date, shipped: set[str]):
    assert {each.id for each in national_numbers(as_of=day)} == shipped


@pytest.mark.parametrize(
    ("day", "value", "corrections"),
    [(date(2022, 2, 28), 48.0, []), (date(2022, 3, 1), 46.0, ["K1"]), (date(2022, 4, 1), 0.0, ["K1", "K2"])],
)
def test_the_number_of_a_day_agrees_with_the_corrections_of_that_day(
    write_plan: Write, book_of: BookOf, day: date, value: float, corrections: list[str]
):
    figures = (
        "id,promise_ids,role,label,value,unit,as_of,source_id\nG1,A1,current,Trained,0,people,2022-01-10,Q-UNDATED\n"
    )
    told = (
        "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
        "K1,G1,value,48,46,A. Analyst,2022-03-01,Two had not come.\n"
        "K2,G1,value,46,0,A. Analyst,2022-04-01,It was another course.\n"
    )
    plan = book_of(write_plan(**FOLDER, figures=figures, corrections=told), as_of=day).plan
    assert [each.value for each in plan.figures] == [value]
    assert [each.id for each in plan.corrections] == corrections


@pytest.mark.parametrize(
    ("field", "old", "new", "before"),
    [
        ("denominator", "about a hundred", "120", None),
        ("denominator", "", "120", None),
        ("denominator", "90", "120", 90.0),
    ],
)
def test_what_a_later_correction_tells_in_words_is_unknown_before_it_and_never_the_later_number(
    write_plan: Write, book_of: BookOf, field: str, old: str, new: str, before: float | None
):
    figures = "id,promise_ids,role,label,value,unit,denominator\nG1,A1,current,Trained,46,people,120\n"
    told = (
        "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
        f"K1,G1,{field},{old},{new},A. Analyst,2022-03-01,It was counted.\n"
    )
    folder = write_plan(**FOLDER, figures=figures, corrections=told)
    days = (date(2022, 2, 28), date(2022, 3, 1))
    assert [book_of(folder, as_of=day).plan.figures[0].denominator for day in days] == [before, 120.0]


def test_a_definition_is_not_put_back_because_its_version_tells_it_apart(write_plan: Write, book_of: BookOf):
    cards = "id,version,name,plain_definition\nD1,2,Trained,Officers who passed\n"
    told = (
        "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
        "K1,D1,plain_definition,Officers who came,Officers who passed,A. Analyst,2022-03-01,It was wrong.\n"
    )
    folder = write_plan(**FOLDER, definitions=cards, corrections=told)
    assert book_of(folder, as_of=date(2022, 2, 28)).plan.of("definitions")[0].plain_definition == "Officers who passed"


def test_the_day_after_the_release_knows_no_figure_of_a_later_year(book_of: BookOf):
    told: dict[str, Any] = json.loads(as_bytes(plan_json(book_of(BUNDLED, as_of=date(2021, 11, 5)))))
    for number in told["figures"]:
        for year in ("2022", "2023", "2024", "2025"):
            assert year not in number["as_of"] + number["source"], number["id"]


def test_the_bundled_plan_says_that_what_is_shown_is_shown_by_the_force_alone(book_of: BookOf):
    book = book_of(BUNDLED)
    said = next(each.text for each in book.findings if each.id == "plan.standing")
    assert "2 are shown (only by the promiser's own pages)" in said
    shown = [each for each in book.standings if each.evidence.rule == "shown" and each.promise.version == "V2021"]
    assert len(shown) == 2
    assert all("published by the promiser" in each.evidence.because for each in shown)


@pytest.mark.parametrize("day", [date(2022, 5, 1), date(2024, 6, 30), date(2026, 3, 31)])
def test_nothing_in_the_bundled_plan_contradicts_itself_on_any_day(book_of: BookOf, day: date):
    assert [
        each.promise.id for each in book_of(BUNDLED, as_of=day).standings if each.evidence.rule == "contradicted"
    ] == []
