"""Files that are open, locked, old, damaged, or not ours: each said in a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest

from lamplighter.errors import FileRefused, InputError, PartMissing
from lamplighter.plan.sheets.export import export_plan
from lamplighter.plan.sheets.merging import preview_import


def test_a_file_that_is_not_there_is_said(plan: Path, tmp_path: Path):
    with pytest.raises(InputError, match="There is no file"):
        preview_import(plan, [tmp_path / "no.xlsx"])


def test_no_file_at_all_is_said(plan: Path):
    with pytest.raises(InputError, match="Name at least one workbook"):
        preview_import(plan, [])


@pytest.mark.parametrize("lock", ["~$plan.xlsx", ".~lock.plan.xlsx#"])
def test_a_file_open_in_a_spreadsheet_program_is_said_with_the_mend(plan: Path, sheet: Path, lock: str):
    sheet.with_name(lock).write_bytes(b"Ann")
    with pytest.raises(
        InputError, match=r"plan\.xlsx is open in a spreadsheet program .* Save it, close it and try again"
    ):
        preview_import(plan, [sheet])


def test_a_file_that_another_program_holds_is_said(plan: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch):
    opened = Path.open

    def held(self: Path, *arguments, **more):  # what Windows does while Excel has a file
        if self.suffix == ".xlsx":
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments, **more)

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(InputError, match=r"plan\.xlsx can't be read: another program has it open"):
        preview_import(plan, [sheet])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "has a password or is of the old kind"),
        (b"id,title\nA1,T\n", "is no .xlsx workbook"),
        (b"", "is no .xlsx workbook"),
        (b"PK\x03\x04 and nothing more", "is damaged or cut short"),
    ],
)
def test_what_is_no_workbook_is_refused(plan: Path, tmp_path: Path, content: bytes, said: str):
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(FileRefused, match=said):
        preview_import(plan, [tmp_path / "x.xlsx"])


def test_a_workbook_cut_short_is_refused(plan: Path, sheet: Path):
    sheet.write_bytes(sheet.read_bytes()[:-2000])
    with pytest.raises(FileRefused, match="is damaged or cut short"):
        preview_import(plan, [sheet])


def test_a_workbook_of_somebody_elses_is_refused(plan: Path, tmp_path: Path):
    openpyxl.Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(FileRefused, match="was not written by `lamplighter plan export`"):
        preview_import(plan, [tmp_path / "x.xlsx"])


def test_a_hidden_sheet_that_was_changed_is_refused_because_nobody_can_say_what_was_edited(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    book["lamplighter"]["C4"] = "A7"
    book.save(sheet)
    with pytest.raises(FileRefused, match="its hidden sheet was changed"):
        preview_import(plan, [sheet])


def test_a_cell_far_below_the_last_record_is_said_and_not_walked_to(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    book["promises"]["A1048576"] = " "
    book.save(sheet)
    (problem,) = preview_import(plan, [sheet]).problems
    assert "as far out as row 1,048,576" in problem.message
    assert "Delete the empty rows and columns" in problem.message


def test_without_the_part_that_reads_workbooks_the_mend_is_said(
    plan: Path, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(PartMissing, match=r"pip install 'lamplighter\[xlsx\]'"):
        preview_import(plan, [sheet])
    with pytest.raises(PartMissing, match="A workbook needs one more part"):
        export_plan(plan, tmp_path / "x.xlsx")
