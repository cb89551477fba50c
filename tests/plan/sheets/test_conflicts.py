"""A cell changed on both sides since the export is a conflict with both values; anything else merges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.sheets.conftest import TABLES, add_row, bytes_of, cell_of, type_in

from lamplighter.errors import InputError
from lamplighter.plan.folder import as_csv, load_plan
from lamplighter.plan.records import RECORD_TYPES
from lamplighter.plan.records.promising import Promise
from lamplighter.plan.sheets.export import export_plan
from lamplighter.plan.sheets.merging import preview_import, write_import


def _change_folder(plan: Path, old: str, new: str, *, file: str = "promises.csv") -> None:
    path = plan / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_two_cells_of_one_row_changed_on_two_sides_both_hold(plan: Path, sheet: Path):
    _change_folder(plan, "Train officers", "Train all officers")
    write_import(preview_import(plan, [type_in(sheet, {("promises", "A1", "note"): "From Ann"})]))
    promise = load_plan(plan).promises[0]
    assert (promise.title, promise.note) == ("Train all officers", "From Ann")


def test_a_change_in_the_folder_alone_is_not_undone_by_an_old_sheet(plan: Path, sheet: Path):
    _change_folder(plan, "Train officers", "Train all officers")
    preview = preview_import(plan, [sheet])
    assert (preview.edits, preview.conflicts) == ((), ())


def test_the_same_change_on_both_sides_is_no_conflict(plan: Path, sheet: Path):
    _change_folder(plan, "Train officers", "Train all officers")
    preview = preview_import(plan, [type_in(sheet, {("promises", "A1", "title"): "Train all officers"})])
    assert (preview.edits, preview.conflicts) == ((), ())


def test_a_cell_changed_on_both_sides_is_named_with_both_values_and_nothing_is_written(plan: Path, sheet: Path):
    _change_folder(plan, "Train officers", "Train all officers")
    typed = {("promises", "A1", "title"): "Train half", ("promises", "A3", "note"): "fine"}
    preview = preview_import(plan, [type_in(sheet, typed)])
    assert [str(each) for each in preview.conflicts] == [
        "A1, title: the folder says 'Train all officers', plan.xlsx, sheet promises, D2 says 'Train half'."
    ]
    before = bytes_of(plan)
    with pytest.raises(InputError, match="nothing was written"):
        write_import(preview)
    assert bytes_of(plan) == before


@pytest.mark.parametrize(("take", "title"), [("sheet", "Train half"), ("folder", "Train all officers")])
def test_a_conflict_is_settled_by_saying_whose_word_holds(plan: Path, sheet: Path, take, title: str):
    _change_folder(plan, "Train officers", "Train all officers")
    typed = {("promises", "A1", "title"): "Train half", ("promises", "A3", "note"): "fine"}
    write_import(preview_import(plan, [type_in(sheet, typed)], take=take))
    assert (load_plan(plan).promises[0].title, load_plan(plan).promises[2].note) == (title, "fine")


def test_a_record_taken_out_of_the_folder_and_edited_in_the_sheet_is_a_conflict(plan: Path, sheet: Path):
    line = next(
        each for each in (plan / "promises.csv").read_text(encoding="utf-8").splitlines() if each.startswith("A3")
    )
    _change_folder(plan, line + "\n", "")
    assert preview_import(plan, [sheet]).edits == ()
    type_in(sheet, {("promises", "A3", "note"): "still wanted"})
    (conflict,) = preview_import(plan, [sheet]).conflicts
    assert (conflict.folder, conflict.sheet) == ("(taken out)", "still wanted")
    assert preview_import(plan, [sheet], take="folder").edits == ()
    write_import(preview_import(plan, [sheet], take="sheet"))
    assert (load_plan(plan).promises[2].title, load_plan(plan).promises[2].note) == ("Ask women", "still wanted")


def test_a_row_taken_out_of_the_sheet_and_changed_in_the_folder_is_a_conflict(plan: Path, sheet: Path):
    _change_folder(plan, "Ask women", "Ask all women")
    book = openpyxl.load_workbook(sheet)
    book["promises"].delete_rows(cell_of(book, "promises", "A3", "id").row)
    book.save(sheet)
    (conflict,) = preview_import(plan, [sheet], remove=True).conflicts
    assert (conflict.record_id, conflict.sheet) == ("A3", "(taken out)")


def test_the_same_new_id_with_other_words_on_both_sides_is_a_conflict(plan: Path, sheet: Path):
    add_row(sheet, "sentences", id="S3", version="V1", position=3, paraphrase="From the sheet.")
    _change_folder(plan, "S2,V1", "S3,V1,3,From the folder.\nS2,V1", file="sentences.csv")
    (conflict,) = preview_import(plan, [sheet]).conflicts
    assert (conflict.column, conflict.folder, conflict.sheet) == ("paraphrase", "From the folder.", "From the sheet.")


def test_several_sheets_are_taken_back_at_once(plan: Path, sheet: Path, tmp_path: Path):
    anns = type_in(sheet, {("promises", "A1", "note"): "Ann"}, to=tmp_path / "ann.xlsx")
    bees = type_in(
        sheet, {("promises", "A3", "note"): "Bee", ("promises", "A1", "note"): "Ann"}, to=tmp_path / "bee.xlsx"
    )
    preview = preview_import(plan, [anns, bees])
    assert [(each.record_id, each.after) for each in preview.edits] == [("A1", "Ann"), ("A3", "Bee")]


def test_two_sheets_that_disagree_on_a_cell_are_both_named(plan: Path, sheet: Path, tmp_path: Path):
    anns = type_in(sheet, {("promises", "A1", "note"): "Ann"}, to=tmp_path / "ann.xlsx")
    bees = type_in(sheet, {("promises", "A1", "note"): "Bee"}, to=tmp_path / "bee.xlsx")
    (conflict,) = preview_import(plan, [anns, bees], take="sheet").conflicts
    assert (
        str(conflict) == "A1, note: ann.xlsx, sheet promises, T2 says 'Ann', bee.xlsx, sheet promises, T2 says 'Bee'."
    )


def test_a_row_that_one_sheet_takes_out_and_another_edits_is_a_conflict_between_them(
    plan: Path, sheet: Path, tmp_path: Path
):
    bees = type_in(sheet, {("promises", "A3", "note"): "Bee"}, to=tmp_path / "bee.xlsx")
    book = openpyxl.load_workbook(sheet)
    book["promises"].delete_rows(cell_of(book, "promises", "A3", "id").row)
    book.save(sheet)
    (conflict,) = preview_import(plan, [sheet, bees], remove=True).conflicts
    assert (conflict.record_id, conflict.column, conflict.folder, conflict.sheet) == (
        "A3",
        "note",
        "(taken out)",
        "Bee",
    )


# -- any edits on both sides ----------------------------------------------------------------------------------------------

CELLS = [(record_id, column) for record_id in ("A1", "A2", "A3") for column in ("title", "means", "note", "area")]
SIDES = st.dictionaries(st.sampled_from(CELLS), st.sampled_from(["one", "two"]))


@settings(max_examples=12, deadline=None)
@given(in_sheet=SIDES, in_folder=SIDES)
def test_whatever_is_edited_on_both_sides_each_cell_is_taken_kept_or_a_conflict(
    in_sheet: dict[tuple[str, str], str],
    in_folder: dict[tuple[str, str], str],
    tmp_path_factory: pytest.TempPathFactory,
):
    folder = tmp_path_factory.mktemp("plan")
    header = 'schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n[[version]]\nid = "V1"\ntitle = "One"\n'
    (folder / "plan.toml").write_text(header, encoding="utf-8")
    for kind, text in TABLES.items():
        (folder / RECORD_TYPES[kind].FILE).write_text(text, encoding="utf-8", newline="\n")  # type: ignore[attr-defined]
    file = tmp_path_factory.mktemp("sheet") / "plan.xlsx"
    export_plan(folder, file)
    type_in(file, {("promises", record_id, column): text for (record_id, column), text in in_sheet.items()})
    promises = [
        replace(each, **{column: text for (record_id, column), text in in_folder.items() if record_id == each.id})
        for each in load_plan(folder).promises
    ]
    (folder / "promises.csv").write_text(as_csv(Promise, promises), encoding="utf-8", newline="\n")
    preview = preview_import(folder, [file])
    both = {cell for cell in in_sheet if cell in in_folder and in_sheet[cell] != in_folder[cell]}
    assert {(each.record_id, each.column): (each.folder, each.sheet) for each in preview.conflicts} == {
        cell: (in_folder[cell], in_sheet[cell]) for cell in both
    }
    assert {(each.record_id, each.column): each.after for each in preview.edits} == {
        cell: text for cell, text in in_sheet.items() if cell not in in_folder
    }
