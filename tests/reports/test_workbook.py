"""The workbook that is written straight as XML, read back by a library that knows nothing of us."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from lamplighter.reports.workbook import CUT, MOST_CHARACTERS, Cell, Sheet, workbook

ON = date(2026, 3, 31)


def made(rows: Sequence[Sequence[Cell]], *, heads: tuple[str, ...] = ("a", "b", "c")) -> bytes:
    return workbook([Sheet(name="one", heads=heads, rows=rows, wide=(10,) * len(heads))], title="T & Co", on=ON)


def read(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def cell_of(cell: Cell) -> Any:
    return read(made([[cell]], heads=("a",)))["one"]["A2"]


def test_numbers_are_numbers_days_are_days_and_unknown_is_empty():
    sheet = read(made([[6800, 12.8, None], [date(2021, 11, 4), "2021-11", ""]]))["one"]
    assert [cell.value for cell in sheet[2]] == [6800, 12.8, None]
    assert sheet["A3"].value == datetime(2021, 11, 4)
    assert sheet["A3"].number_format == "yyyy\\-mm\\-dd"
    assert (sheet["B3"].value, sheet["C3"].value) == ("2021-11", None)


def test_the_first_day_that_excel_counts_right_and_the_one_before_it():
    assert cell_of(date(1900, 3, 1)).value == datetime(1900, 3, 1)
    assert cell_of(date(1900, 2, 28)).value == "1900-02-28"


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5 to 5", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_text_that_begins_like_a_formula_is_text_and_stays_so_when_it_is_edited(text: str):
    cell = cell_of(text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("text", ["a < b & c > d", "two\nlines", "  spaces  ", "ünïcode – 💡", "_x0041_", "007", "1e5"])
def test_a_text_comes_back_as_it_was(text: str):
    # openpyxl leaves Excel's codes as they are; Excel reads _x005F_ as the underscore that it stands for
    assert str(cell_of(text).value).replace("_x005F_", "_") == text


def test_a_character_that_xml_has_no_place_for_is_shown_as_missing():
    assert cell_of("a\x0bb").value == "a\ufffdb"


@pytest.mark.parametrize("letter", ["a", "💡"])
def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so(letter: str):
    fits = "a" * MOST_CHARACTERS
    assert cell_of(fits).value == fits
    cut = cell_of(letter * (MOST_CHARACTERS + 1)).value
    assert cut.endswith(CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_CHARACTERS


def test_the_head_is_frozen_and_bold_and_nothing_is_merged():
    sheet = read(made([[1, 2, 3]]))["one"]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == ["a", "b", "c"]
    assert all(cell.font.b for cell in sheet[1])
    assert sheet.merged_cells.ranges == set()


def test_columns_after_z_have_two_letters():
    sheet = read(made([list(range(30))], heads=tuple(f"h{at}" for at in range(30))))["one"]
    assert (sheet["Z2"].value, sheet["AA2"].value, sheet["AD2"].value) == (25, 26, 29)


def test_a_table_without_rows_is_its_head_alone():
    assert read(made([]))["one"].max_row == 1


def test_the_same_tables_give_the_same_bytes_and_no_clock_is_read():
    assert made([[1, "x", None]]) == made([[1, "x", None]])
    book = read(made([[1, 2, 3]]))
    assert (book.properties.title, book.properties.created) == ("T & Co", datetime(2026, 3, 31))
    with zipfile.ZipFile(io.BytesIO(made([[1, 2, 3]]))) as packed:
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for each in packed.namelist():
            ElementTree.fromstring(packed.read(each))  # noqa: S314 (our own XML)


def test_fifty_thousand_rows_are_written_whole():
    book = openpyxl.load_workbook(io.BytesIO(made([[at, "x", None] for at in range(50_000)])), read_only=True)
    last = list(book["one"].iter_rows(min_row=50_001, values_only=True))
    assert [row[:2] for row in last] == [(49_999, "x")]
