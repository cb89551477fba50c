"""The exported workbook: a sheet a record type, text that stays text, drop-downs, notes, and nothing that runs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from tests.plan.sheets.conftest import cell_of

from lamplighter.errors import InputError
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.sheets.export import export_plan


def test_there_is_a_sheet_for_every_record_type_with_all_its_columns(sheet: Path):
    book = openpyxl.load_workbook(sheet)
    for kind, record_type in RECORD_TYPES.items():
        assert [cell.value for cell in book[kind][1]] == [told.name for told in columns_of(record_type)]
        assert (book[kind]["A1"].value, book[kind].freeze_panes) == ("id", "B2")


def test_every_head_has_a_note_that_says_what_the_column_holds(sheet: Path):
    book = openpyxl.load_workbook(sheet)
    for kind, record_type in RECORD_TYPES.items():
        for cell, told in zip(book[kind][1], columns_of(record_type), strict=True):
            assert told.says in cell.comment.text
    assert "One of: objective, action, figure, process." in cell_of(book, "promises", "id", "kind").comment.text


def test_choices_yes_or_no_versions_and_ids_are_picked_from_lists(sheet: Path):
    book = openpyxl.load_workbook(sheet)
    heads = [cell.value for cell in book["promises"][1]]
    lists = {}
    for each in book["promises"].data_validations.dataValidation:
        lists[heads[next(iter(each.sqref.ranges)).min_col - 1]] = each
    hidden = book["lamplighter lists"]

    def offered(column: str) -> list[str]:
        letters = lists[column].formula1.split("!")[1].replace("$", "")
        return [cell.value for (cell,) in hidden[letters]]

    assert offered("kind") == ["objective", "action", "figure", "process"]
    assert offered("version") == ["V1"]
    assert lists["sentence_ids"].formula1.startswith("'sentences'!$A$2:$A$")
    assert lists["kind"].showErrorMessage
    assert not lists["sentence_ids"].showErrorMessage


def test_a_title_that_begins_with_an_equals_sign_is_text_and_is_never_reckoned_with(sheet: Path):
    cell = cell_of(openpyxl.load_workbook(sheet), "promises", "A2", "title")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=Light the park", "s", True)
    with zipfile.ZipFile(sheet) as file:
        sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in file.read(name) for name in sheets)


@pytest.mark.parametrize("title", ["=1+1", "+44 20", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "#N/A", "1E+05", "TRUE"])
def test_whatever_a_text_looks_like_it_is_exported_as_text(write_plan: Callable[..., Path], tmp_path: Path, title: str):
    folder = write_plan(promises=[{"id": "A1", "version": "V1", "kind": "action", "title": title}])
    export_plan(folder, tmp_path / "x.xlsx")
    cell = cell_of(openpyxl.load_workbook(tmp_path / "x.xlsx"), "promises", "A1", "title")
    assert (cell.value, cell.data_type, cell.number_format) == (title, "s", "@")


def test_days_and_numbers_are_days_and_numbers_but_a_day_before_excels_calendar_is_text(sheet: Path):
    book = openpyxl.load_workbook(sheet)
    assert cell_of(book, "promises", "A1", "due_to").value == datetime(2022, 3, 31)
    assert cell_of(book, "promises", "A2", "due_to").value == "n/a"
    assert cell_of(book, "figures", "G1", "value").value == 6800
    assert cell_of(book, "sources", "Q1", "published_on").value == "1899-05-01"
    assert cell_of(book, "promises", "A2", "note").value == "007"


def test_a_row_to_come_is_formatted_as_text_so_that_excel_leaves_ids_alone(sheet: Path):
    book = openpyxl.load_workbook(sheet)
    assert book["promises"].column_dimensions["A"].number_format == "@"


def test_the_memory_is_hidden_from_every_menu(sheet: Path):
    book = openpyxl.load_workbook(sheet)
    assert {name: book[name].sheet_state for name in ("lamplighter", "lamplighter lists")} == {
        "lamplighter": "veryHidden",
        "lamplighter lists": "veryHidden",
    }


def test_exporting_twice_gives_the_same_bytes(plan: Path, sheet: Path, tmp_path: Path):
    export_plan(plan, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == sheet.read_bytes()


@pytest.mark.parametrize(("title", "said"), [("bell \x07", r"promises\.csv:2: A1, title"), ("_x0041_", "can't carry")])
def test_a_text_that_a_workbook_can_not_carry_is_named_and_not_bent(
    write_plan: Callable[..., Path], tmp_path: Path, title: str, said: str
):
    folder = write_plan(promises=[{"id": "A1", "version": "V1", "kind": "action", "title": title}])
    with pytest.raises(InputError, match=said):
        export_plan(folder, tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_text_longer_than_a_cell_is_refused_by_name(write_plan: Callable[..., Path], tmp_path: Path):
    row = {"id": "A1", "version": "V1", "kind": "action", "title": "T", "note": "x" * 32_768}
    with pytest.raises(InputError, match="A1, note is longer than the 32,767 characters"):
        export_plan(write_plan(promises=[row]), tmp_path / "x.xlsx")


def test_a_workbook_that_is_open_is_not_written_over(plan: Path, sheet: Path):
    before = sheet.read_bytes()
    sheet.with_name("~$plan.xlsx").write_bytes(b"Ann")
    with pytest.raises(InputError, match=r"plan\.xlsx is open in a spreadsheet program"):
        export_plan(plan, sheet)
    assert sheet.read_bytes() == before


def test_a_folder_that_can_not_be_written_is_said(plan: Path, tmp_path: Path):
    with pytest.raises(InputError, match=r"can't be written"):
        export_plan(plan, tmp_path / "nowhere" / "x.xlsx")
