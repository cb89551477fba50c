"""The plan folder as a workbook: a sheet a record type, with drop-downs, notes on every head, and a hidden memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lamplighter.plan.cells import may_be_not_applicable
from lamplighter.plan.folder import Plan, load_plan
from lamplighter.plan.records import RECORD_TYPES, Column, columns_of
from lamplighter.plan.sheets.layout import (
    ABOUT,
    LISTS,
    MEMORY,
    Memory,
    check_is_carried,
    check_is_closed,
    memory_rows,
    openpyxl,
    remembered,
    texts_of,
)
from lamplighter.plan.sheets.whole_files import workbook_bytes, write_file

SPARE_ROWS = 500
FONT = "Calibri"  # of all cells that say nothing else; a font without a name is drawn as the program likes
FIRST_EXCEL_DAY = date(1900, 3, 1)  # before it, Excel's day numbers are one off: 1900 was no leap year
_WIDTHS = {"id": 16, "ids": 22, "date": 12, "number": 12, "whole": 10, "flag": 8, "choice": 14, "choices": 20}
_HOW = {
    "text": "Words.",
    "id": "One id: a letter first, no spaces.",
    "ids": "Ids, with ; between them.",
    "words": "Words, with ; between them.",
    "date": "A day: 2021-11-04.",
    "number": "A number, without commas or %.",
    "whole": "A whole number.",
    "flag": "yes or no.",
    "choice": "One from the list.",
    "choices": "From the list; several with ; between them.",
}
_ABOUT = (
    "Each sheet is one kind of record, each row one record. The note on each head says what its column holds.",
    "Change cells, add rows at the end. An id is a record's name: leave it as it is. An empty cell is “not known”.",
    "You may sort and filter. Leave the heads as they are, paste values instead of formulas, and merge no cells.",
    "A row taken out here stays in the plan unless whoever imports the sheet says otherwise.",
    "When you are done, save, close, and send the file back. Nothing is written before the changes are shown.",
)


def export_plan(folder: Path, file: Path) -> dict[str, int]:
    """Writes the folder as a workbook; returns the rows of each sheet. Same folder, same bytes.

    Raises InputError if the folder can't be read whole, the file is open, or a text can't be carried by a workbook.
    """
    check_is_closed(file)
    plan = load_plan(folder)
    texts = texts_of(plan)
    for (kind, record_id), cells in texts.items():
        for name, text in cells.items():
            check_is_carried(text, where=f"{RECORD_TYPES[kind].FILE}: {record_id}, {name}")
    book = openpyxl().Workbook()
    _write_about(book.active, plan)
    lists = book.create_sheet(LISTS)
    sheets = {kind: book.create_sheet(kind) for kind in RECORD_TYPES}
    rows = {kind: len(plan.of(kind)) for kind in RECORD_TYPES}
    for kind, sheet in sheets.items():
        columns = columns_of(RECORD_TYPES[kind])
        write_heads(sheet, 1, [(told.name, note_of(told), told.required) for told in columns])
        for at, told in enumerate(columns, start=1):
            _style_column(sheet, at, told)
            _drop_down(sheet, at, told, kind=kind, lists=lists, plan=plan, rows=rows)
        for line, record in enumerate(plan.of(kind), start=2):
            for at, told in enumerate(columns, start=1):
                if text := texts[kind, record.id][told.name]:
                    put(sheet.cell(line, at), text, getattr(record, told.name), told.kind)
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = sheet.dimensions
    lists.sheet_state = "veryHidden"
    write_memory(book, Memory(about="plan", plan_digest=plan.digest, cells=remembered(texts)))
    write_file(file, workbook_bytes(book, on=plan.header.as_of))
    return rows


def note_of(told: Column) -> str:
    """What the note on a head says."""
    lines = [told.says, _HOW[told.kind]]
    if told.choices:
        lines.append("One of: " + ", ".join(told.choices) + ".")
    if told.refers_to:
        lines.append("Rows of: " + ", ".join(told.refers_to) + ".")
    if may_be_not_applicable(told):
        lines.append("n/a if it does not apply.")
    lines.append("Needed." if told.required else "Empty is not known.")
    return "\n".join(lines)


def write_heads(sheet: Any, row: int, heads: Sequence[tuple[str, str, bool]]) -> None:
    """Heads in bold on a ground, darker where the column is needed, each with its note."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    for at, (name, note, needed) in enumerate(heads, start=1):
        cell = sheet.cell(row, at, name)
        cell.font = Font(name=FONT, bold=True)
        cell.fill = PatternFill("solid", fgColor="FFC9D6E3" if needed else "FFE8EDF2")
        cell.comment = Comment(note, "Lamplighter", width=320, height=140)


def write_memory(book: Any, memory: Memory) -> None:
    """The hidden sheet, which no menu of a spreadsheet program shows."""
    sheet = book.create_sheet(MEMORY)
    for line, row in enumerate(memory_rows(memory), start=1):
        for at, text in enumerate(row, start=1):
            if text:
                put(sheet.cell(line, at), text, text, "text")
    sheet.sheet_state = "veryHidden"


def put(cell: Any, text: str, value: Any, kind: str) -> None:
    """One value into one cell: days and numbers as themselves where Excel keeps them whole, all else as text.

    A text is told to be one, so that a title that begins with = is never reckoned with.
    """
    if text == "":
        return
    if kind == "date" and isinstance(value, date) and value >= FIRST_EXCEL_DAY:
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
        return
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_kept_whole(value):
        cell.value = value
        cell.number_format = "General"
        return
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if text[0] in "=+-@":
        cell.quotePrefix = True


def _is_kept_whole(value: float) -> bool:
    """Excel keeps 15 digits of a number and forgets the rest."""
    return abs(value) < 1e15 and (value == 0 or abs(value) > 1e-9) and float(f"{value:.15g}") == value


def _style_column(sheet: Any, at: int, told: Column) -> None:
    """Rows to come are text too: what Excel would make a date or a number of stays as it was typed."""
    from openpyxl.utils import get_column_letter

    column = sheet.column_dimensions[get_column_letter(at)]
    column.width = _WIDTHS.get(told.kind, 36)
    column.number_format = {"date": "yyyy-mm-dd", "number": "General", "whole": "General"}.get(told.kind, "@")


def _drop_down(
    sheet: Any, at: int, told: Column, *, kind: str, lists: Any, plan: Plan, rows: Mapping[str, int]
) -> None:
    """A list to pick from, for choices, yes or no, versions, and ids of other records."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if told.refers_to:
        to = told.refers_to[0]
        source = f"'{to}'!$A$2:$A${rows[to] + 1 + SPARE_ROWS}"
    else:
        choices: Sequence[str] = told.choices
        if told.kind == "flag":
            choices = ("yes", "no")
        elif told.kind == "id" and told.name == "version":
            choices = [each.id for each in plan.header.versions]
        if not choices:
            return
        free = lists.max_column + 1 if lists.cell(1, 1).value else 1
        lists.cell(1, free, f"{kind}.{told.name}")
        for line, choice in enumerate(choices, start=2):
            put(lists.cell(line, free), choice, choice, "text")
        letter = get_column_letter(free)
        source = f"'{LISTS}'!${letter}$2:${letter}${len(choices) + 1}"
    letter = get_column_letter(at)
    validation = DataValidation(type="list", formula1=source, allow_blank=True)
    # n/a, cards that Lamplighter ships and several ids at once are right too, so only a closed list is closed.
    validation.showErrorMessage = told.kind in ("choice", "flag") and not told.may_be_na
    validation.error = f"Pick one from the list of {told.name}."
    validation.errorTitle = "Not in the list"
    validation.add(f"{letter}2:{letter}{rows[kind] + 1 + SPARE_ROWS}")
    sheet.add_data_validation(validation)


def _write_about(sheet: Any, plan: Plan) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = ABOUT
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 90
    put(sheet.cell(1, 1), plan.header.title, plan.header.title, "text")
    sheet.cell(1, 1).font = Font(name=FONT, bold=True, size=14)
    line = 3
    for each in _ABOUT:
        sheet.cell(line, 1, each).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=2)
        line += 1
    line += 1
    for kind, record_type in RECORD_TYPES.items():
        sheet.cell(line, 1, kind).hyperlink = f"#'{kind}'!A1"
        sheet.cell(line, 2, (record_type.__doc__ or "").split("\n")[0])
        line += 1
