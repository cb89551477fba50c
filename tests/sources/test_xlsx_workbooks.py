"""Workbooks: a table a worksheet, prose above the header, dates as Excel keeps them."""

from __future__ import annotations

import datetime as dt
import sys

import openpyxl
import pytest

from lamplighter.errors import FileRefused, PartMissing
from lamplighter.sources import mps_vawg

HEADER = ["bcu_location", "borough_name", "ward_name_clean_2", "recorded_date_months"]
HEADER += ["date_committed_from_date_months", "count"]
JANUARY = dt.datetime(2014, 1, 1)


@pytest.fixture
def book(tmp_path):
    """Write a workbook from worksheet title → rows of cells."""

    def write(**sheets):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            worksheet = made.create_sheet(title.replace("_", " "))
            for row in rows:
                worksheet.append(row)
        path = tmp_path / "book.xlsx"
        made.save(path)
        return path

    return write


def test_the_worksheet_s_name_is_the_sheet_and_prose_above_the_header_is_passed_over(book):
    prose = [["Violence against women and girls"], [], ["Extracted on", JANUARY]]
    path = book(Offence_count_location=[*prose, HEADER, ["South", "Lambeth", None, JANUARY, JANUARY, 3]])
    reading = mps_vawg.read(path)
    assert reading.tables["offences_place"].to_pylist() == [
        {
            "recorded_month": 24168,
            "committed_month": 24168,
            "delay_months": 0,
            "crimes": 3,
            "bcu": "South",
            "borough": "Lambeth",
            "ward": None,
        }
    ]


def test_each_worksheet_is_a_table_with_its_own_columns(book):
    kind = ["recorded_date_months", "date_committed_from_date_months", "count", "crimsec_group"]
    kind += ["crimseccodeexpansion", "crimsec_offences", "vawg_offence"]
    path = book(
        Notes=[["Read me first"]],
        Offence_count_location=[HEADER, ["South", "Lambeth", "Abbey", JANUARY, JANUARY, 3]],
        Offence_count_classification=[kind, [JANUARY, None, 3, "Rape", "Rape", "Rape", "Rape"]],
    )
    reading = mps_vawg.read(path)
    assert {table: rows.num_rows for table, rows in reading.tables.items()} == {"offences_kind": 1, "offences_place": 1}
    assert reading.warnings == ("book.xlsx: the worksheet 'Notes' holds no table and was left out.",)


def test_dates_may_be_dates_day_numbers_or_text_and_counts_may_be_decimals(book):
    rows = [["South", "Lambeth", "Abbey", date, date, 2.0] for date in (JANUARY, 41640, "2014-01-01", "01/01/2014")]
    reading = mps_vawg.read(book(Offence_count_location=[HEADER, *rows]))
    assert reading.tables["offences_place"].column("recorded_month").to_pylist() == [24168] * 4
    assert reading.tables["offences_place"].column("crimes").to_pylist() == [2] * 4


def test_a_bad_cell_is_refused_with_worksheet_and_row(book):
    rows = [
        HEADER,
        ["South", "Lambeth", "Abbey", JANUARY, JANUARY, 1],
        ["South", "Lambeth", "A", JANUARY, JANUARY, "x"],
    ]
    (refused,) = mps_vawg.read(book(Offence_count_location=rows)).refused_rows.to_pylist()
    assert refused["found_at"] == "Offence count location row 3"
    assert refused["reason"] == "count not a whole number"


def test_a_row_that_is_wider_than_its_header_is_refused(book):
    good = ["South", "Lambeth", "Abbey", JANUARY, JANUARY, 1]
    reading = mps_vawg.read(book(Offence_count_location=[HEADER, good, [*good, "stray"]]))
    assert reading.refused == {"wrong number of columns": 1}


def test_a_workbook_without_a_table_is_refused(book):
    with pytest.raises(FileRefused, match="no worksheet has a header"):
        mps_vawg.read(book(Notes=[["nothing here"]]))


def test_a_worksheet_that_lacks_a_column_is_named(book):
    path = book(
        Offence_count_location=[["bcu_location", "borough_name", "ward_name_clean_2", "count"], ["a", "b", "c", 1]]
    )
    with pytest.raises(FileRefused, match=r"book\.xlsx \[Offence count location\]: no column recorded_date_months"):
        mps_vawg.read(path)


def test_without_openpyxl_the_part_is_named(book, monkeypatch):
    path = book(Notes=[["x"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(PartMissing, match=r"lamplighter\[xlsx\]"):
        mps_vawg.read(path)
