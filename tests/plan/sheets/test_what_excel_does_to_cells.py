"""Excel's own harm, and other things that no cell may hold: named with sheet, cell and mend, never taken in silence."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula
from tests.plan.sheets.conftest import add_row, bytes_of, cell_of, type_in

from lamplighter.errors import InputError
from lamplighter.plan.folder import load_plan
from lamplighter.plan.sheets.merging import preview_import, write_import


def _problems(plan: Path, sheet: Path, cell: tuple[str, str, str], value: Any) -> list[str]:
    before = bytes_of(plan)
    preview = preview_import(plan, [type_in(sheet, {cell: value})])
    assert not preview.can_be_written
    with pytest.raises(InputError, match="nothing was written"):
        write_import(preview)
    assert bytes_of(plan) == before
    return [str(each) for each in preview.problems]


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (("promises", "A3", "id"), datetime(2022, 3, 1), "A4: id is the day 2022-03-01, which Excel made of an id (MAR1"),
        (("promises", "A3", "id"), 7, "A4: id is the number 7, and an id begins with a letter: 1E5 becomes a number, 007"),
        (("promises", "A3", "sentence_ids"), 100000.0, "F4: sentence_ids is the number 100000, and an id begins"),
        (("promises", "A3", "id"), "1E+05", "A4: id: '1E+05' is Excel's short way of writing a number (100000)"),
        (("figures", "G1", "value"), "1.2E+09", "E2: value: '1.2E+09' is Excel's short way of writing a number (1200000000)"),
        (("promises", "A2", "note"), 7, "the plan has the text '007', from which Excel took noughts"),
        (("definitions", "D1", "version"), 1.1, "the plan has the text '1.10', from which Excel took noughts"),
        (("promises", "A1", "note"), 1.5, "is the number 1.5; if it ended in a nought, Excel has dropped it"),
        (("promises", "A1", "note"), 123456789012, "which Excel shows as 1E+11 and may have cut short"),
        (("promises", "A1", "due_words"), datetime(2021, 12, 1), "is the day 2021-12-01, which Excel made of words"),
        (("promises", "A1", "due_words"), time(9, 30), "is a time of day (09:30:00). Format the cell as Text"),
        (("promises", "A1", "title"), True, "is the truth value TRUE, not words"),
        (("sources", "Q1", "by_promiser"), "TRUE", "Write yes or no"),
        (("sources", "Q1", "by_promiser"), 1, "Write yes or no"),
        (("sources", "Q1", "published_on"), datetime(2022, 3, 1, 9, 30), "Give the day alone: 2022-03-01"),
        (("figures", "G1", "value"), datetime(1900, 1, 12), "which Excel made of a number"),
        (("figures", "G1", "value"), "6,800", "Write 6800 or 12.8, without commas or %"),
        (("sources", "Q1", "published_on"), "04/11/2021", "Write it as 2021-11-04"),
        (("promises", "A1", "kind"), "actoin", "'actoin' is not one of objective, action, figure and process"),
    ],
)  # fmt: skip
def test_what_excel_made_of_a_cell_is_said_with_cell_and_mend(
    plan: Path, sheet: Path, cell: tuple[str, str, str], value: Any, said: str
):
    (problem,) = _problems(plan, sheet, cell, value)
    assert f"plan.xlsx, sheet {cell[0]}, " in problem
    assert said in problem


def test_the_number_of_a_day_is_not_taken_for_a_day_and_the_day_is_named(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    cell = cell_of(book, "promises", "A1", "due_to")
    cell.value, cell.number_format = 44504, "General"
    book.save(sheet)
    (problem,) = preview_import(plan, [sheet]).problems
    assert problem.cell == "N2"
    assert "is the number 44504, Excel's for the day 2021-11-04. If that is meant, write 2021-11-04" in problem.message


@pytest.mark.parametrize(
    "typed",
    ["2 May 2022", "2nd May 2022", " 02 may 2022 ", "2-May-2022", "May 2, 2022", "May 2nd 2022"],
)
def test_a_day_with_its_month_in_letters_is_that_day_and_said(plan: Path, sheet: Path, typed: str):
    preview = preview_import(plan, [type_in(sheet, {("promises", "A1", "closed_on"): typed})])
    assert [(each.column, each.after) for each in preview.edits] == [("closed_on", "2022-05-02")]
    assert preview.notes == (f"plan.xlsx, sheet promises, S2: {typed.strip()!r} was read as 2022-05-02.",)


@pytest.mark.parametrize(
    "typed", ["04/05/22", "2 May", "2 May 22", "31 June 2022", "2 Maybe 2022", "2 Mai 2022", "May 2022"]
)
def test_what_could_be_two_days_or_none_is_not_read_as_a_day(plan: Path, sheet: Path, typed: str):
    (said,) = _problems(plan, sheet, ("promises", "A1", "closed_on"), typed)
    assert f"S2: closed_on: {typed!r} is not a date. Write it as 2021-11-04." in said


def test_a_workbook_that_counts_days_from_1904_gives_the_same_days(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    cell_of(book, "promises", "A1", "due_to").value = datetime(2022, 4, 30)
    book.save(sheet)
    assert [each.after for each in preview_import(plan, [sheet]).edits] == ["2022-04-30"]


def test_a_percentage_is_not_taken_for_its_hundredth(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    cell = cell_of(book, "figures", "G1", "value")
    cell.value, cell.number_format = 0.128, "0.0%"
    book.save(sheet)
    (problem,) = preview_import(plan, [sheet]).problems
    assert "shows 12.8% and holds 0.128. Format it as a number, type 12.8" in problem.message


def test_true_in_a_column_of_yes_and_no_can_only_mean_yes_and_is_said(plan: Path, sheet: Path):
    preview = preview_import(plan, [type_in(sheet, {("sources", "Q1", "by_promiser"): True})])
    assert [(each.before, each.after) for each in preview.edits] == [("no", "yes")]
    assert preview.notes == ("plan.xlsx, sheet sources, D2: TRUE was read as yes.",)


def test_false_where_the_plan_says_no_changes_nothing(plan: Path, sheet: Path):
    assert preview_import(plan, [type_in(sheet, {("sources", "Q1", "by_promiser"): False})]).edits == ()


def test_a_whole_number_among_words_is_read_as_it_shows_and_said(plan: Path, sheet: Path):
    preview = preview_import(plan, [type_in(sheet, {("promises", "A1", "note"): 12})])
    assert [each.after for each in preview.edits] == ["12"]
    assert "had it begun with noughts, they are lost" in preview.notes[0]


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("x")', ArrayFormula("D2", "=SUM(1,2)")])
def test_a_formula_is_refused_whatever_it_comes_to(plan: Path, sheet: Path, formula: Any):
    (problem,) = _problems(plan, sheet, ("promises", "A1", "title"), formula)
    assert "D2: title holds a formula. Put its value there instead: copy, then Paste special, Values." in problem


def test_an_error_of_excels_is_refused(plan: Path, sheet: Path):
    (problem,) = _problems(plan, sheet, ("promises", "A1", "title"), "#REF!")
    assert "holds the error #REF!" in problem


def test_a_line_end_of_another_program_is_a_line_end(plan: Path, sheet: Path):
    preview = preview_import(plan, [type_in(sheet, {("promises", "A1", "note"): "one_x000D_\ntwo"})])
    assert [each.after for each in preview.edits] == ["one\ntwo"]


# -- rows -----------------------------------------------------------------------------------------------------------------


def test_every_error_of_every_row_is_named_at_once(plan: Path, sheet: Path):
    typed = {("promises", "A1", "kind"): "x", ("promises", "A2", "due_to"): "soon", ("figures", "G2", "value"): "many"}
    preview = preview_import(plan, [type_in(sheet, typed)])
    assert [(each.sheet, each.cell) for each in preview.problems] == [
        ("promises", "C2"),
        ("promises", "N3"),
        ("figures", "E3"),
    ]


def test_a_row_that_lacks_what_it_needs_is_named(plan: Path, sheet: Path):
    add_row(sheet, "promises", id="A4", version="V1", kind="action")
    (problem,) = preview_import(plan, [sheet]).problems
    assert str(problem) == "plan.xlsx, sheet promises, A5: A4 has no title. The promise in a line."


def test_an_emptied_cell_that_is_needed_is_named(plan: Path, sheet: Path):
    (problem,) = _problems(plan, sheet, ("promises", "A1", "title"), None)
    assert problem == "plan.xlsx, sheet promises, D2: A1 has no title. The promise in a line."


def test_a_row_without_an_id_is_named(plan: Path, sheet: Path):
    add_row(sheet, "promises", version="V1", kind="action", title="T")
    (problem,) = preview_import(plan, [sheet]).problems
    assert (problem.cell, problem.message[:21]) == ("A5", "the row has no id. Gi")


def test_an_id_twice_is_named_with_both_rows(plan: Path, sheet: Path):
    add_row(sheet, "promises", id="A1", version="V1", kind="action", title="T")
    (problem,) = preview_import(plan, [sheet]).problems
    assert (problem.cell, problem.message[:34]) == ("row 5", "A1 stands here and in row 2. Give ")


def test_a_link_to_nothing_is_named_at_its_cell(plan: Path, sheet: Path):
    (problem,) = _problems(plan, sheet, ("promises", "A1", "sentence_ids"), "S1;S9")
    assert problem == (
        "plan.xlsx, sheet promises, F2: A1, sentence_ids: there is no sentences row 'S9'. Add it, or mend the id."
    )


def test_taking_out_a_row_that_others_lean_on_is_refused(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    book["sentences"].delete_rows(2)
    book.save(sheet)
    preview = preview_import(plan, [sheet], remove=True)
    assert ["there is no sentences row 'S1'" in each.message for each in preview.problems] == [True, True]


@pytest.mark.parametrize("head", ["titel", "title"])
def test_a_head_that_was_changed_or_stands_twice_is_named(plan: Path, sheet: Path, head: str):
    book = openpyxl.load_workbook(sheet)
    book["promises"]["E1"] = head
    book.save(sheet)
    (problem,) = preview_import(plan, [sheet]).problems
    assert problem.cell == "E1"
    assert head in problem.message


def test_merged_cells_are_refused_because_all_but_one_look_empty(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    book["promises"].merge_cells("D2:D3")
    book.save(sheet)
    (problem,) = preview_import(plan, [sheet]).problems
    assert (problem.cell, "Unmerge them" in problem.message) == ("D2:D3", True)


def test_a_correction_can_be_added_in_a_sheet_but_not_changed_or_taken_out(plan: Path, sheet: Path):
    (problem,) = _problems(plan, sheet, ("corrections", "C1", "new"), "6900")
    assert "C1 can't be changed in a sheet. A correction is kept for good." in problem
    book = openpyxl.load_workbook(sheet)
    book["corrections"].delete_rows(2)
    book.save(sheet)
    assert "C1 can't be changed" in preview_import(plan, [sheet], remove=True).problems[0].message
    type_in(sheet, {})
    add_row(sheet, "corrections", id="C2", record_id="G1", field="value", corrected_by="Ann", corrected_on=datetime(2022, 6, 1),
            reason="Again")  # fmt: skip
    write_import(preview_import(plan, [sheet]))
    assert [each.id for each in load_plan(plan).corrections] == ["C1", "C2"]


def test_a_stamp_is_never_made_in_a_sheet(plan: Path, sheet: Path):
    add_row(sheet, "definition_versions", id="D1.v1", card_id="D1", version="1.10", sha256="0" * 64, stamped_by="Ann",
            stamped_on=datetime(2022, 6, 1))  # fmt: skip
    (problem,) = preview_import(plan, [sheet]).problems
    assert "stamp with: lamplighter plan stamp" in problem.message
