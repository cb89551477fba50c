"""What is not touched comes back as nothing; what is edited comes back as exactly those edits."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.sheets.conftest import TABLES, add_row, bytes_of, cell_of, type_in

from lamplighter.errors import InputError
from lamplighter.plan.cells import format_cell
from lamplighter.plan.folder import as_csv, load_plan
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.sheets.export import export_plan
from lamplighter.plan.sheets.merging import preview_import, write_import

BUNDLED = Path(__file__).parents[3] / "plans" / "met-vawg-2021"


def test_unchanged_back_in_changes_nothing(plan: Path, sheet: Path):
    before = bytes_of(plan)
    preview = preview_import(plan, [sheet])
    assert (preview.edits, preview.conflicts, preview.problems, preview.notes) == ((), (), (), ())
    assert write_import(preview) == []
    assert bytes_of(plan) == before


def test_the_bundled_plan_comes_back_unchanged(tmp_path: Path):
    export_plan(BUNDLED, tmp_path / "met.xlsx")
    preview = preview_import(BUNDLED, [tmp_path / "met.xlsx"])
    assert (preview.edits, preview.conflicts, preview.problems) == ((), (), ())


def test_saved_again_by_another_program_and_unchanged_it_changes_nothing(plan: Path, sheet: Path):
    type_in(sheet, {})
    assert preview_import(plan, [sheet]).edits == ()


def test_an_edited_cell_changes_only_that_cell_of_that_file(plan: Path, sheet: Path):
    before = {name: content for name, content in bytes_of(plan).items() if name != "promises.csv"}
    old = load_plan(plan)
    type_in(sheet, {("promises", "A3", "title"): "Ask women first"})
    preview = preview_import(plan, [sheet])
    (edit,) = preview.changed_cells
    assert (edit.before, edit.after, edit.where) == ("Ask women", "Ask women first", "plan.xlsx, sheet promises, D4")
    assert [path.name for path in write_import(preview)] == ["promises.csv"]
    new = load_plan(plan)
    assert new.promises[2].title == "Ask women first"
    assert new.promises[:2] == old.promises[:2]
    assert {name: content for name, content in bytes_of(plan).items() if name != "promises.csv"} == before


def test_looking_at_the_preview_writes_nothing(plan: Path, sheet: Path):
    before = bytes_of(plan)
    type_in(sheet, {("promises", "A3", "title"): "Ask women first"})
    preview_import(plan, [sheet])
    assert bytes_of(plan) == before


def test_importing_the_same_sheet_twice_changes_nothing_the_second_time(plan: Path, sheet: Path):
    type_in(sheet, {("promises", "A1", "closed_on"): date(2022, 5, 1), ("figures", "G1", "value"): 6900})
    write_import(preview_import(plan, [sheet]))
    again = preview_import(plan, [sheet])
    assert (again.edits, again.conflicts) == ((), ())


def test_an_emptied_cell_becomes_unknown_and_not_nought(plan: Path, sheet: Path):
    type_in(sheet, {("figures", "G1", "denominator"): None, ("promises", "A1", "sentence_ids"): None})
    write_import(preview_import(plan, [sheet]))
    assert load_plan(plan).figures[0].denominator is None
    assert load_plan(plan).promises[0].sentence_ids == ()


def test_a_new_row_becomes_a_new_record(plan: Path, sheet: Path):
    add_row(sheet, "promises", id="A4", version="V1", kind="action", title="Mend lamps", due_to=date(2023, 1, 31))
    preview = preview_import(plan, [sheet])
    assert (preview.new_records, preview.changed_cells) == ((("promises", "A4"),), ())
    write_import(preview)
    assert load_plan(plan).promises[3].due_to == date(2023, 1, 31)


def test_a_row_taken_out_stays_in_the_plan_unless_it_is_said_to_go(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    book["promises"].delete_rows(cell_of(book, "promises", "A3", "id").row)
    book.save(sheet)
    kept = preview_import(plan, [sheet])
    assert (kept.edits, kept.kept) == ((), (("promises", "A3"),))
    gone = preview_import(plan, [sheet], remove=True)
    assert gone.removed == (("promises", "A3"),)
    write_import(gone)
    assert [each.id for each in load_plan(plan).promises] == ["A1", "A2"]


def test_an_id_typed_over_is_a_new_record_and_the_old_one_is_kept_and_named(plan: Path, sheet: Path):
    type_in(sheet, {("promises", "A3", "id"): "A9"})
    preview = preview_import(plan, [sheet])
    assert (preview.new_records, preview.kept, preview.changed_cells) == (
        (("promises", "A9"),),
        (("promises", "A3"),),
        (),
    )


def test_sorting_rows_and_moving_columns_changes_nothing(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    rows = [[cell.value for cell in row] for row in book["promises"].iter_rows()]
    order = list(range(len(rows[0])))
    random.Random(3).shuffle(order)  # noqa: S311
    for line, row in enumerate([rows[0], *reversed(rows[1:])], start=1):
        for at, column in enumerate(order, start=1):
            cell = book["promises"].cell(line, at)
            cell.value = row[column]
            if isinstance(row[column], str):
                cell.data_type = "s"
    book.save(sheet)
    preview = preview_import(plan, [sheet])
    assert (preview.edits, preview.problems) == ((), ())


def test_a_column_taken_out_leaves_its_cells_as_they_are(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    heads = [cell.value for cell in book["promises"][1]]
    book["promises"].delete_cols(heads.index("means") + 1)
    book.save(sheet)
    assert preview_import(plan, [sheet]).edits == ()


def test_a_sheet_taken_out_is_said_and_its_rows_stay(plan: Path, sheet: Path):
    book = openpyxl.load_workbook(sheet)
    del book["figures"]
    book.create_sheet("my sums")
    book.save(sheet)
    preview = preview_import(plan, [sheet], remove=True)
    assert preview.edits == ()
    assert preview.notes == (
        "plan.xlsx has no sheet figures any more: those rows stay as they are.",
        "plan.xlsx: sheet my sums is none of the plan's and was not read.",
    )


def test_when_somebody_changes_the_folder_during_the_preview_nothing_is_written(plan: Path, sheet: Path):
    type_in(sheet, {("promises", "A3", "title"): "Ask women first"})
    preview = preview_import(plan, [sheet])
    path = plan / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b"The audit", b"The new audit"))
    before = bytes_of(plan)
    with pytest.raises(InputError, match="was changed by somebody while you looked"):
        write_import(preview)
    assert bytes_of(plan) == before


def test_five_thousand_rows_go_out_and_come_back_with_one_edit(write_plan: Callable[..., Path], tmp_path: Path):
    rows = [{"id": f"A{n:04d}", "version": "V1", "kind": "action", "title": f"Promise {n}"} for n in range(5000)]
    folder = write_plan(promises=rows)
    export_plan(folder, tmp_path / "big.xlsx")
    type_in(tmp_path / "big.xlsx", {("promises", "A4999", "title"): "The last"})
    preview = preview_import(folder, [tmp_path / "big.xlsx"])
    assert [(each.record_id, each.after) for each in preview.edits] == [("A4999", "The last")]
    write_import(preview)
    assert load_plan(folder).promises[-1].title == "The last"


# -- any set of edits -----------------------------------------------------------------------------------------------------

WORDS = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters="\n=+-@"), min_size=1, max_size=12
)
TITLES = WORDS.map(str.strip).filter(lambda text: text not in ("", "n/a") and "_x" not in text)
EDITABLE: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("promises", "title"): TITLES,
    ("promises", "note"): TITLES | st.none(),
    ("promises", "due_to"): st.dates(date(1900, 3, 1)) | st.none() | st.just("n/a"),
    ("promises", "sentence_ids"): st.lists(st.sampled_from(["S1", "S2"]), unique=True).map(tuple),
    ("promises", "kind"): st.sampled_from(["objective", "action", "figure", "process"]),
    ("figures", "value"): st.integers(-(10**14), 10**14).map(float) | st.decimals(-999, 999, places=3).map(float),
    ("figures", "denominator"): st.integers(0, 10**9).map(float) | st.none(),
    ("sources", "by_promiser"): st.booleans() | st.none(),
}
CELLS = [
    (kind, record_id, column)
    for kind, column in EDITABLE
    for record_id in {"promises": ["A1", "A2", "A3"], "figures": ["G1", "G2"], "sources": ["Q1"]}[kind]
]


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_set_of_edited_cells_comes_back_as_exactly_those_edits(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.mktemp("plan")
    header = 'schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n[[version]]\nid = "V1"\ntitle = "One"\n'
    (folder / "plan.toml").write_text(header, encoding="utf-8")
    for kind, text in TABLES.items():
        (folder / RECORD_TYPES[kind].FILE).write_text(text, encoding="utf-8", newline="\n")  # type: ignore[attr-defined]
    old = load_plan(folder)
    now = {
        (kind, each.id, told.name): getattr(each, told.name)
        for kind, record_type in RECORD_TYPES.items()
        for each in old.of(kind)
        for told in columns_of(record_type)
    }
    chosen = data.draw(st.lists(st.sampled_from(CELLS), unique=True))
    wanted = {cell: data.draw(EDITABLE[cell[0], cell[2]]) for cell in chosen}
    file = tmp_path_factory.mktemp("sheet") / "plan.xlsx"
    export_plan(folder, file)
    book = openpyxl.load_workbook(file)
    for (kind, record_id, column), value in wanted.items():
        cell = cell_of(book, kind, record_id, column)
        cell.value = format_cell(value) if isinstance(value, str | tuple | bool) else value
        if isinstance(cell.value, str):
            cell.data_type = "s"  # typed into a cell that is formatted as text
    book.save(file)
    preview = preview_import(folder, [file])
    assert (preview.problems, preview.conflicts) == ((), ())
    edits = {(each.kind, each.record_id, str(each.column)): each.after for each in preview.edits}
    assert edits == {
        cell: format_cell(value) for cell, value in wanted.items() if format_cell(value) != format_cell(now[cell])
    }
    write_import(preview)
    new = load_plan(folder)
    after = {
        (kind, each.id, told.name): getattr(each, told.name)
        for kind, record_type in RECORD_TYPES.items()
        for each in new.of(kind)
        for told in columns_of(record_type)
    }
    assert after == {**now, **wanted}
    for kind in {cell[0] for cell in edits}:
        text = (folder / RECORD_TYPES[kind].FILE).read_text(encoding="utf-8")  # type: ignore[attr-defined]
        assert text == as_csv(RECORD_TYPES[kind], new.of(kind))
