"""Workbooks that LibreOffice 7.4 itself opened, typed into and saved: what was typed is taken, and nothing else.

`saved_by_libreoffice.xlsx` was the export of the plan in conftest.py, with all but two of its sheets taken out to keep it small;
`answered_in_libreoffice.xlsx` the page of the Head of Training, asked on 30 June 2022.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lamplighter.plan.folder import load_plan
from lamplighter.plan.sheets.merging import preview_import, write_import

HERE = Path(__file__).parent
SAVED, ANSWERED = HERE / "saved_by_libreoffice.xlsx", HERE / "answered_in_libreoffice.xlsx"


def test_what_was_typed_in_libreoffice_is_taken_and_no_other_cell_changes(plan: Path):
    preview = preview_import(plan, [SAVED])
    assert preview.problems == ()
    assert [(each.record_id, each.column, each.before, each.after) for each in preview.changed_cells] == [
        ("A3", "title", "Ask women", "Ask women first"),
        ("A3", "due_to", "2022-06-01", "2022-06-15"),
        ("A3", "note", "", "1-2"),
        ("G1", "value", "6800", "7000"),  # typed as 7,000
    ]
    assert preview.new_records == (("promises", "A4"),)


def test_a_new_row_of_libreoffice_keeps_what_a_spreadsheet_likes_to_harm(plan: Path):
    write_import(preview_import(plan, [SAVED]))
    new = next(each for each in load_plan(plan).promises if each.id == "A4")
    assert (new.title, new.note, new.due_words, new.due_to) == ("=Light it", "1.50", "1E5", date(2023, 1, 31))
    assert preview_import(plan, [SAVED]).edits == ()


def test_what_makes_the_workbook_easy_to_fill_comes_through_libreoffice():
    book = openpyxl.load_workbook(SAVED)
    heads = book["promises"][1]
    assert all(head.comment is not None for head in heads if head.value)
    assert str(heads[0].comment.text).startswith("Short and stable, such as A09.")
    lists = {str(each.sqref): each.formula1 for each in book["promises"].data_validations.dataValidation}
    assert lists["C2:C504"] == "'lamplighter lists'!$C$2:$C$5"
    assert book["lamplighter"].sheet_state == "hidden"  # it was veryHidden; LibreOffice knows one way of hiding


def test_a_program_that_drops_notes_lists_and_colours_drops_nothing_that_is_read(plan: Path, tmp_path: Path):
    book = openpyxl.load_workbook(SAVED)
    bare = openpyxl.Workbook()
    bare.remove(bare.active)
    for sheet in book.worksheets:
        copy = bare.create_sheet(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            copy.append(row)
    bare["promises"]["D5"].data_type = "s"  # the title that begins with =
    bare.save(tmp_path / "bare.xlsx")
    edits = {(each.record_id, each.column, each.after) for each in preview_import(plan, [SAVED]).edits}
    assert {
        (each.record_id, each.column, each.after) for each in preview_import(plan, [tmp_path / "bare.xlsx"]).edits
    } == edits


def test_an_owners_page_that_was_filled_in_libreoffice_is_her_answer(plan: Path):
    preview = preview_import(plan, [ANSWERED])
    assert preview.problems == ()
    assert (
        "answered_in_libreoffice.xlsx: Head of Training answers 2 of 2 promises asked on 2022-06-30." in preview.notes
    )
    write_import(preview)
    assert [(each.title, each.happened_on) for each in load_plan(plan).evidence] == [
        ("Two courses were held", date(2022, 5, 2)),  # typed as 2 May 2022, which this LibreOffice left as words
        ("Lit", date(2022, 5, 4)),
    ]


@pytest.mark.parametrize("file", [SAVED, ANSWERED])
def test_the_workbooks_were_saved_by_libreoffice_and_not_by_us(file: Path):
    import zipfile

    with zipfile.ZipFile(file) as book:
        assert b"LibreOffice/7.4" in book.read("docProps/app.xml")
