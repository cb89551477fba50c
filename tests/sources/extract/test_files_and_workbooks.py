"""Files of an export: encodings, separators, workbooks, and what refuses a file as a whole."""

from __future__ import annotations

import io
from datetime import datetime
from hashlib import sha256

import openpyxl
import pytest

from lamplighter.errors import FileRefused, NoSuchName
from lamplighter.sources.extract import read


def reading_of(content: bytes, mapping):
    """Read bytes as they are."""
    return read(
        content, name="export", mapping=mapping, content_sha256=sha256(content).hexdigest(), reference_key=b"k" * 32
    )


def book(*rows, change=None) -> bytes:
    """A workbook of one worksheet; `change` may do anything to it before it is saved."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def cells(line):
    """A whole row as a workbook would hold it: dates as dates, numbers as numbers."""
    given = line().split(",")
    moments = [datetime(2026, 3, 31, 10), datetime(2026, 3, 30, 23, 30), datetime(2026, 3, 31, 1)]
    return [given[0], *moments, *given[4:7], 24, *given[8:10], -1.45, 53.5]


def test_bom_and_crlf_and_no_last_line_end_change_nothing(mapped, header, line):
    plain = reading_of(("\n".join([",".join(header), line(), line()]) + "\n").encode(), mapped())
    odd = reading_of("\r\n".join(["\ufeff" + ",".join(header), line(), line()]).encode("utf-8"), mapped())
    first, second = (each.tables["incidents"].drop_columns(["row_id"]) for each in (plain, odd))
    assert first.equals(second)


def test_windows_1252_is_read_with_a_warning(mapped, header, line):
    reading = reading_of("\n".join([",".join(header), line(Street="Café Lane"), ""]).encode("cp1252"), mapped())
    assert reading.tables["incidents"].column("location_text").to_pylist() == ["Café Lane"]
    assert any("Windows-1252" in each for each in reading.warnings)


def test_semicolons_are_told_and_read_where_the_mapping_says_so(mapped, header, line):
    content = "\n".join([",".join(header), line(), ""]).replace(",", ";").encode()
    with pytest.raises(FileRefused, match='separator = ";"'):
        reading_of(content, mapped())
    assert reading_of(content, mapped(("[premises]", '[file]\nseparator = ";"\n[premises]'))).rows_kept == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xff\xfeR\x00e\x00f\x00", "UTF-16"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"Ref,Reported\nA\x001,", "NUL"),
        (b"PK\x03\x04 cut", "workbook"),
    ],
)
def test_what_is_no_export_is_refused(mapped, content, words):
    with pytest.raises(FileRefused, match=words):
        reading_of(content, mapped())


def test_a_header_only_is_refused(mapped, header):
    with pytest.raises(FileRefused, match="no rows"):
        reading_of(",".join(header).encode() + b"\n", mapped())


def test_a_column_there_twice_is_refused(mapped, header, line):
    content = "\n".join([",".join([*header, "street"]), line() + ",x", ""]).encode()
    with pytest.raises(FileRefused, match="there twice"):
        reading_of(content, mapped())


def test_not_one_row_that_can_be_used_refuses_the_file(export, line):
    with pytest.raises(FileRefused, match="not one of its 1 rows"):
        export(line(Lat="inf"))


def test_a_workbook_gives_the_rows_of_the_same_csv(mapped, export, header, cells, line):
    from_book = reading_of(book(header, cells), mapped()).tables["incidents"].drop_columns(["row_id"])
    assert from_book.equals(export(line()).tables["incidents"].drop_columns(["row_id"]))


def test_a_title_above_the_header_is_passed_over_and_refused_rows_name_the_worksheets_row(mapped, header, cells):
    late = [*cells[:2], datetime(2026, 4, 1), *cells[3:]]
    reading = reading_of(book(["Export of incidents"], [], header, cells, late), mapped())
    assert reading.rows_kept == 1
    assert reading.refused_rows.column("found_at").to_pylist() == ["Sheet row 5"]


def test_a_formula_without_a_value_refuses_the_workbook_and_names_the_cell(mapped, header, cells):
    with pytest.raises(FileRefused, match="Sheet row 2, column 'Age' is a formula"):
        reading_of(book(header, [*cells[:7], "=12+12", *cells[8:]]), mapped())


def test_merged_cells_in_the_header_refuse_the_workbook(mapped, header, cells):
    with pytest.raises(FileRefused, match="header are merged"):
        reading_of(book(header, cells, change=lambda made: made.active.merge_cells("B1:C1")), mapped())


def test_a_merged_title_above_the_header_is_passed_over(mapped, header, cells):
    content = book(["Export of incidents"], header, cells, change=lambda made: made.active.merge_cells("A1:L1"))
    assert reading_of(content, mapped()).rows_kept == 1


def test_a_header_over_two_rows_is_refused(mapped, header, cells):
    over = ["", "Dates", "", "", "Victim", *[""] * 7]
    with pytest.raises(FileRefused, match="merged"):
        reading_of(book(over, header, cells, change=lambda made: made.active.merge_cells("B1:D1")), mapped())


def test_of_several_worksheets_the_mapping_must_name_one(mapped, header, cells):
    def more(made):
        made.create_sheet("Notes").append(["some", "words"])

    content = book(header, cells, change=more)
    with pytest.raises(FileRefused, match="several worksheets"):
        reading_of(content, mapped())
    assert reading_of(content, mapped(("[premises]", '[file]\nworksheet = "Sheet"\n[premises]'))).rows_kept == 1
    with pytest.raises(NoSuchName, match="Notes"):
        reading_of(content, mapped(("[premises]", '[file]\nworksheet = "Note"\n[premises]')))


def test_an_age_kept_as_a_decimal_number_is_a_whole_one(mapped, header, cells):
    reading = reading_of(book(header, [*cells[:7], 36.0, *cells[8:]]), mapped())
    assert reading.tables["incidents"].column("victim_age_band").to_pylist() == ["35 to 44"]
