"""The page that one owner gets, and what her answers become."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.plan.sheets.conftest import bytes_of

from lamplighter.errors import InputError, NoSuchName
from lamplighter.plan.folder import load_plan
from lamplighter.plan.sheets.asking import ask_owner
from lamplighter.plan.sheets.merging import preview_import, write_import

DAY = date(2022, 6, 30)


@pytest.fixture
def asked(plan: Path, tmp_path: Path) -> Path:
    """The page of the Head of Training: A1 and A2."""
    file = tmp_path / "training.xlsx"
    assert ask_owner(plan, owner="head of training", file=file, asked_on=DAY).promises == 2
    return file


def _answer(file: Path, *answers: tuple[int, Any, Any, Any]) -> None:
    """Fill rows of the page: row, what was done, on what day, where."""
    book = openpyxl.load_workbook(file)
    for line, *cells in answers:
        for at, value in enumerate(cells, start=3):
            book["answers"].cell(line, at).value = value
    book.save(file)


def test_the_page_has_her_promises_and_no_others_in_five_columns_on_one_upright_page(asked: Path):
    sheet = openpyxl.load_workbook(asked)["answers"]
    assert [cell.value for cell in sheet[4]] == [
        "promise",
        "what was promised",
        "what was done",
        "on what day",
        "where it can be checked",
    ]
    assert [[cell.value for cell in row[:2]] for row in sheet.iter_rows(min_row=5)] == [
        ["A1", "Train officers\nDue: 31 March 2022"],
        ["A2", "=Light the park"],
    ]
    assert sheet["B6"].data_type == "s"
    assert sheet["A1"].value == "Safer nights in Northam: the promises of Head of Training"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.freeze_panes) == ("portrait", 1, "A5")


def test_an_answer_becomes_evidence_whose_source_is_the_owners_word(plan: Path, asked: Path):
    _answer(asked, (5, "Two courses were held", datetime(2022, 5, 2), "Training log"))
    preview = preview_import(plan, [asked])
    source = "src-answer-head-of-training-2022-06-30"
    assert preview.new_records == (("sources", source), ("evidence", "E-A1-2022-06-30"))
    assert preview.notes == ("training.xlsx: Head of Training answers 1 of 2 promises asked on 2022-06-30.",)
    write_import(preview)
    after = load_plan(plan)
    (evidence,) = after.evidence
    assert (evidence.title, evidence.happened_on, evidence.promise_ids) == (
        "Two courses were held",
        date(2022, 5, 2),
        ("A1",),
    )
    assert (evidence.says, evidence.source_id) == ("The owner's word. Where it can be checked: Training log", source)
    assert (evidence.status, evidence.added_by) == ("unverified", "Head of Training")
    assert next(each for each in after.sources if each.id == source).by_promiser is True


def test_an_owners_word_makes_a_promise_claimed_and_never_shown(plan: Path, asked: Path, book_of: Callable[..., Any]):
    _answer(asked, (6, "The park is lit", datetime(2022, 5, 2), None))
    write_import(preview_import(plan, [asked]))
    standing = book_of(plan).standing("A2")
    assert standing.evidence.answer == "claimed, not shown"
    assert standing.delivery.answer != "kept"


def test_an_empty_page_and_a_page_taken_back_twice_change_nothing(plan: Path, asked: Path):
    before = bytes_of(plan)
    assert preview_import(plan, [asked], remove=True).edits == ()
    _answer(asked, (5, "Two courses were held", None, None))
    write_import(preview_import(plan, [asked]))
    assert bytes_of(plan) != before
    again = preview_import(plan, [asked])
    assert (again.edits, again.conflicts) == ((), ())


def test_another_answer_of_the_same_asking_is_a_conflict_with_both_answers(plan: Path, asked: Path):
    _answer(asked, (5, "Two courses were held", None, None))
    write_import(preview_import(plan, [asked]))
    _answer(asked, (5, "Three courses were held", None, None))
    (conflict,) = preview_import(plan, [asked]).conflicts
    assert (conflict.folder, conflict.sheet) == ("Two courses were held", "Three courses were held")
    write_import(preview_import(plan, [asked], take="sheet"))
    assert load_plan(plan).evidence[0].title == "Three courses were held"


def test_all_owners_pages_are_taken_back_at_once(plan: Path, asked: Path, tmp_path: Path):
    other = tmp_path / "engagement.xlsx"
    ask_owner(plan, owner="Head of Engagement", file=other, asked_on=DAY)
    _answer(asked, (5, "Two courses were held", None, None))
    _answer(other, (5, "Forty women were asked", None, None))
    write_import(preview_import(plan, [asked, other]))
    assert [each.id for each in load_plan(plan).evidence] == ["E-A1-2022-06-30", "E-A3-2022-06-30"]


@pytest.mark.parametrize(
    ("answer", "cell", "said"),
    [
        ((5, None, datetime(2022, 5, 2), None), "C5", "A1 has a day or a place, but not what was done"),
        ((5, "Done", "soon", None), "D5", "on what day: 'soon' is not a date. Write it as 2021-11-04"),
        ((5, "=A1", None, None), "C5", "holds a formula"),
        ((7, "Done", None, None), "A7", "'' is none of the promises that were asked"),
    ],
)
def test_what_can_not_be_taken_from_an_answer_is_named_with_cell_and_mend(
    plan: Path, asked: Path, answer: tuple[int, Any, Any, Any], cell: str, said: str
):
    _answer(asked, answer)
    (problem,) = preview_import(plan, [asked]).problems
    assert (problem.sheet, problem.cell) == ("answers", cell)
    assert said in problem.message


def test_a_head_that_was_changed_is_said(plan: Path, asked: Path):
    book = openpyxl.load_workbook(asked)
    book["answers"]["D4"] = "when"
    book.save(asked)
    (problem,) = preview_import(plan, [asked]).problems
    assert "the heads are not those that were mailed" in problem.message


def test_one_promise_answered_in_two_rows_is_said(plan: Path, asked: Path):
    _answer(asked, (5, "One", None, None), (6, "Two", None, None))
    book = openpyxl.load_workbook(asked)
    book["answers"]["A6"] = "A1"
    book.save(asked)
    (problem,) = preview_import(plan, [asked]).problems
    assert "A1 is answered here and in row 5. Put both into one row." in problem.message


def test_an_owner_whom_nobody_named_is_told_the_nearest_name(plan: Path, tmp_path: Path):
    with pytest.raises(NoSuchName, match="Did you mean Head of Training"):
        ask_owner(plan, owner="Head of Traning", file=tmp_path / "x.xlsx", asked_on=DAY)


def test_a_plan_without_owners_is_told_so(write_plan: Callable[..., Path], tmp_path: Path):
    with pytest.raises(InputError, match=r"names its owner\. Write a post or a name into the column owner"):
        ask_owner(write_plan(), owner="Ann", file=tmp_path / "x.xlsx", asked_on=DAY)


def test_an_owner_of_closed_promises_only_is_not_asked(write_plan: Callable[..., Path], tmp_path: Path):
    row = {"id": "A1", "version": "V1", "kind": "action", "title": "T", "owner": "Ann", "closed_on": "2022-06-30"}
    with pytest.raises(InputError, match="Every promise of Ann was closed by 2022-06-30"):
        ask_owner(write_plan(promises=[row]), owner="Ann", file=tmp_path / "x.xlsx", asked_on=DAY)
