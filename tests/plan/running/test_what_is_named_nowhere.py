"""Money, people, others outside and the national framework: what is not stated is counted and said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lamplighter import definitions
from lamplighter.plan.book import Book
from lamplighter.plan.check import Checked
from lamplighter.plan.folder import Problem
from lamplighter.plan.make_book import make_book
from lamplighter.plan.plan_json import plan_json
from lamplighter.plan.records.running import FRAMEWORK_PARTS

BUNDLED = Path(__file__).resolve().parents[3] / "plans" / "met-vawg-2021"
PROMISES = (
    "id,version,kind,title\nA1,V1,action,Train officers\nA2,V1,action,Light the park\nA3,V1,action,Answer calls\n"
)
SOURCES = "id,title,kind\nQ1,A budget,records\n"
FIGURES = "id,promise_ids,role,label,value,unit\nG1,A1,context,Budget,700000,pounds\n"
MONEY = "id,promise_ids,kind,what,figure_ids,source_id,status\n"


def words(book: Book, lacking: str) -> str:
    (found,) = (each for each in book.running.unnamed if each.lacking == lacking)
    return found.words


def test_a_plan_that_names_no_money_is_told_so(write_plan: Callable[..., Path], book_of: Callable[..., Book]):
    book = book_of(write_plan(promises=PROMISES))
    assert words(book, "money") == "3 of 3 promises name no money."
    number = book.numbers["running.V1.no-money"]
    assert (number.numerator, number.denominator) == (3, 3)


def test_money_for_two_of_three_leaves_one(write_plan: Callable[..., Path], book_of: Callable[..., Book]):
    row = MONEY + "RS1,A1;A2,money,Courses,G1,Q1,verified\n"
    book = book_of(write_plan(promises=PROMISES, sources=SOURCES, figures=FIGURES, resources=row))
    assert words(book, "money") == "1 of 3 promises names no money."
    assert words(book, "people") == "3 of 3 promises name no people to do it."


def test_money_that_may_be_meant_for_it_is_shown_and_does_not_count(
    write_plan: Callable[..., Path], book_of: Callable[..., Book]
):
    row = MONEY + "RS1,A1,money,Courses,G1,Q1,unverified\n"
    book = book_of(write_plan(promises=PROMISES, sources=SOURCES, figures=FIGURES, resources=row))
    assert words(book, "money") == "3 of 3 promises name no money."
    assert [each.id for each in book.running.resources] == ["RS1"]


def test_a_plan_without_promises_says_nothing_of_nought_of_nought(
    write_plan: Callable[..., Path], book_of: Callable[..., Book]
):
    assert book_of(write_plan()).running.unnamed == ()


def test_what_is_there_for_all_is_said_without_a_double_no(
    write_plan: Callable[..., Path], book_of: Callable[..., Book]
):
    crossed = "id,promise_id,part,reason,read_by,status\n" + "".join(
        f"X{at},A{at},Prepare,Skills,N. Reader,unverified\n" for at in (1, 2, 3)
    )
    book = book_of(write_plan(promises=PROMISES, crosswalk=crossed))
    assert words(book, "framework") == "All 3 promises are laid beside the national framework."


def test_the_four_parts_are_those_that_a_row_may_name_and_none_is_called_verified():
    assert tuple(each["part"] for each in definitions.national_framework()) == FRAMEWORK_PARTS
    assert {each["status"] for each in definitions.national_framework()} == {"secondary"}


@pytest.mark.parametrize(
    ("kind", "rows", "name"),
    [
        ("resources", MONEY + "RS1,A1,money,Courses,,Q1,verified\n", "resource without a figure"),
        (
            "dependencies",
            "id,promise_ids,body,needs,agreement,source_id\nDP1,A1,Buses,Light the stops,agreed,Q1\n",
            "agreement without a name",
        ),
        (
            "crosswalk",
            "id,promise_id,part,reason,read_by,status\nX1,A1,Prepare,Skills,N. Reader,verified\n",
            "reading called verified",
        ),
    ],
)
def test_each_gap_has_a_name(
    write_plan: Callable[..., Path],
    checked: Callable[..., Checked],
    named: Callable[..., list[Problem]],
    kind: str,
    rows: str,
    name: str,
):
    (found,) = named(checked(write_plan(promises=PROMISES, sources=SOURCES, **{kind: rows})), name)
    assert not found.serious


def test_an_agreement_of_a_later_day_is_not_known_yet(write_plan: Callable[..., Path], book_of: Callable[..., Book]):
    rows = (
        "id,promise_ids,body,needs,agreement,agreed_by,agreed_on,source_id\n"
        "DP1,A1,Buses,Light the stops,agreed,D. Driver,2022-06-15,Q1\n"
    )
    folder = write_plan(promises=PROMISES, sources=SOURCES, dependencies=rows)
    (before,) = book_of(folder, as_of=date(2022, 6, 14)).running.dependencies
    (after,) = book_of(folder, as_of=date(2022, 6, 15)).running.dependencies
    assert (before.agreement, before.agreed_by, before.agreed_on) == (None, None, None)
    assert (after.agreement, after.agreed_by) == ("agreed", "D. Driver")


def test_on_a_day_before_one_of_its_parts_was_read_a_sum_is_not_called_wrong(
    write_plan: Callable[..., Path], book_of: Callable[..., Book]
):
    figures = (
        "id,promise_ids,role,label,value,unit,as_of,part_of_id\n"
        "G1,A1,context,All,650,officers,2022-01-01,\n"
        "G2,A1,context,Teams,500,officers,2022-01-01,G1\n"
        "G3,A1,context,Wards,150,officers,2022-06-15,G1\n"
    )
    folder = write_plan(promises=PROMISES, figures=figures)
    assert book_of(folder, as_of=date(2022, 6, 14)).running.sums == ()
    (told,) = book_of(folder, as_of=date(2022, 6, 15)).running.sums
    assert told.holds


# -- the bundled plan -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundled() -> Book:
    return make_book(
        BUNDLED, as_of=None, measures={}, false_calls=None, imports=(), revisions=(), workspace_digest="no workspace",
        code_version="0",
    )  # fmt: skip


def test_28_of_28_promises_of_the_draft_plan_name_no_money(bundled: Book):
    found = {(each.version, each.lacking): (each.promises, each.of) for each in bundled.running.unnamed}
    assert found["V2021", "money"] == (28, 28)
    assert found["V2021", "people"] == (26, 28)
    assert found["V2023", "money"] == (7, 7)


def test_the_650_officers_are_500_and_150(bundled: Book):
    (told,) = bundled.running.sums
    assert (told.whole.value, [each.value for each in told.parts], told.holds) == (650, [500, 150], True)


def test_no_coverage_is_worked_out_for_the_6800_of_8500(bundled: Book):
    course = next(each for each in bundled.running.training if each.training.id == "T-DOMESTIC")
    assert (course.trained, course.target, course.share) == (6800, 8500, None)


def test_every_row_of_the_crosswalk_is_marked_as_not_verified(bundled: Book):
    rows = [one for each in bundled.running.framework for one in each.crossings]
    assert len(rows) == 25
    assert {each.status for each in rows} == {"unverified"}


def test_a_machine_reads_the_same(bundled: Book):
    told = plan_json(bundled)["running"]
    course = next(each for each in told["training"] if each["id"] == "T-DOMESTIC")
    assert (course["coverage"], course["trained"], course["target"]) == (None, 6800, 8500)
    assert told["sums"] == [
        {
            "figure_id": "G-OFFICERS-650",
            "part_ids": ["G-OFFICERS-TEAMS", "G-OFFICERS-WARDS"],
            "holds": True,
            "words": bundled.running.sums[0].words,
        }
    ]
    assert {each["answer"] for each in told["recommendations"]} == {"answer not known", "in hand"}


def test_the_plan_says_it_in_one_sentence_of_its_own(bundled: Book):
    told = next(each for each in bundled.findings if each.id == "plan.money-and-people")
    assert told.text == "28 of 28 promises name no money, and 26 of 28 promises name no people to do it."
    assert [bundled.numbers[each].numerator for each in told.number_ids] == [28, 26]


def test_where_only_people_are_lacking_only_people_are_spoken_of(
    write_plan: Callable[..., Path], book_of: Callable[..., Book]
):
    row = MONEY + "RS1,A1;A2;A3,money,Courses,G1,Q1,verified\n"
    book = book_of(write_plan(promises=PROMISES, sources=SOURCES, figures=FIGURES, resources=row))
    (told,) = (each for each in book.findings if each.id == "plan.money-and-people")
    assert (told.text, told.number_ids) == ("3 of 3 promises name no people to do it.", ("running.V1.no-people",))


def test_where_money_and_people_are_named_for_all_there_is_nothing_to_say(
    write_plan: Callable[..., Path], book_of: Callable[..., Book]
):
    rows = MONEY + "RS1,A1;A2;A3,money,Courses,G1,Q1,verified\nRS2,A1;A2;A3,people,Trainers,G1,Q1,verified\n"
    book = book_of(write_plan(promises=PROMISES, sources=SOURCES, figures=FIGURES, resources=rows))
    assert "plan.money-and-people" not in {each.id for each in book.findings}
