"""A workbook that came back: its rows as records' cells, every error with sheet, cell and mend."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lamplighter.errors import FileRefused, InputError, listed
from lamplighter.plan.records import RECORD_TYPES, Column, columns_of
from lamplighter.plan.sheets.harm import meant
from lamplighter.plan.sheets.layout import (
    ABOUT,
    ANSWERS,
    LISTS,
    MEMORY,
    Key,
    Memory,
    check_is_closed,
    memory_of,
    openpyxl,
)

MOST_ROWS = 200_000
MOST_COLUMNS = 500
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, kw_only=True)
class SheetProblem:
    """What can't be taken from a sheet: where it stands and the mend."""

    file: str
    sheet: str
    cell: str | None
    message: str

    def __str__(self) -> str:
        where = f"{self.file}, sheet {self.sheet}" + (f", {self.cell}" if self.cell else "")
        return f"{where}: {self.message}"


@dataclass(frozen=True, kw_only=True)
class SheetCell:
    """One cell's text, as a CSV would hold it, and its address, such as D7."""

    text: str
    at: str


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One record as a sheet has it; a column that the sheet has not is not in `cells`."""

    kind: str
    id: str
    file: str
    sheet: str
    line: int
    cells: Mapping[str, SheetCell]

    def where(self, column: str) -> str:
        cell = self.cells.get(column)
        return f"{self.file}, sheet {self.sheet}, {cell.at if cell else f'row {self.line}'}"


@dataclass(frozen=True, kw_only=True)
class Returned:
    """One workbook, read: what it remembers, its rows, the record types that it has sheets of, and what is wrong."""

    file: str
    memory: Memory
    rows: tuple[SheetRow, ...]
    kinds: tuple[str, ...]
    problems: tuple[SheetProblem, ...] = ()
    notes: tuple[str, ...] = field(default=())


def open_workbook(path: Path) -> Any:
    """The workbook, formulas as formulas. Raises InputError or FileRefused: not there, open, locked, damaged, not a workbook."""
    if not path.is_file():
        raise InputError(f"There is no file {path}. Name the workbook that came back.")
    check_is_closed(path)
    library = openpyxl()
    try:
        begins = path.open("rb").read(4)
    except PermissionError:
        raise InputError(
            f"{path.name} can't be read: another program has it open, or it isn't yours. Close it."
        ) from None
    if begins == _OLD_OR_LOCKED:
        raise FileRefused(
            f"{path.name} has a password or is of the old kind (.xls). Save it as .xlsx without a password."
        )
    if not begins.startswith(b"PK"):
        raise FileRefused(f"{path.name} is no .xlsx workbook. Send back the file that was exported, saved as .xlsx.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drop-downs as Excel saves them, which nothing here reads
            return library.load_workbook(path)
    except Exception as error:  # openpyxl lets the errors of zipfile, of XML and its own out
        raise FileRefused(
            f"{path.name} is damaged or cut short ({type(error).__name__}). Save it again and send it once more."
        ) from error


def read_workbook(path: Path, *, known: Mapping[Key, Mapping[str, str]]) -> Returned:
    """The rows of a workbook that `plan export` or `plan ask` wrote.

    known: the plan folder's texts now, by which lost noughts are recognised.
    """
    book = open_workbook(path)
    if MEMORY not in book.sheetnames:
        raise FileRefused(
            f"{path.name} was not written by `lamplighter plan export` or `plan ask`: its hidden sheet is missing. "
            "Export again, and copy your changes in."
        )
    memory = memory_of(list(book[MEMORY].iter_rows(values_only=True)), file=path.name)
    if memory.about == "ask":
        from lamplighter.plan.sheets.asking import read_answers

        if ANSWERS not in book.sheetnames:
            raise FileRefused(f"{path.name} has no sheet {ANSWERS!r}. Send back the sheet that was mailed.")
        return read_answers(book, memory, file=path.name)
    problems: list[SheetProblem] = []
    notes: list[str] = []
    rows: list[SheetRow] = []
    for kind, record_type in RECORD_TYPES.items():
        if kind in book.sheetnames:
            rows += _rows_of(
                book[kind], columns_of(record_type), kind=kind, file=path.name, known=known, problems=problems,
                notes=notes, epoch=book.epoch,
            )  # fmt: skip
    kinds = tuple(kind for kind in RECORD_TYPES if kind in book.sheetnames)
    lost = [kind for kind in dict.fromkeys(kind for kind, _ in memory.cells) if kind not in kinds]
    if lost:
        notes.append(f"{path.name} has no sheet {listed(lost)} any more: those rows stay as they are.")
    if unread := [name for name in book.sheetnames if name not in (*RECORD_TYPES, ABOUT, LISTS, MEMORY)]:
        notes.append(f"{path.name}: sheet {listed(unread)} is none of the plan's and was not read.")
    return Returned(
        file=path.name, memory=memory, rows=tuple(rows), kinds=kinds, problems=tuple(problems), notes=tuple(notes)
    )


def _rows_of(
    sheet: Any,
    columns: Sequence[Column],
    *,
    kind: str,
    file: str,
    known: Mapping[Key, Mapping[str, str]],
    problems: list[SheetProblem],
    notes: list[str],
    epoch: Any,
) -> list[SheetRow]:
    """The rows of one sheet; what is wrong goes into `problems`, what a reader should know into `notes`."""

    def wrong(cell: str | None, message: str) -> None:
        problems.append(SheetProblem(file=file, sheet=sheet.title, cell=cell, message=message))

    if merged := sorted(str(each) for each in sheet.merged_cells.ranges):
        wrong(merged[0], "the cells are merged, so all but one of them look empty. Unmerge them.")
        return []
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        last = f"row {sheet.max_row:,}, column {sheet.max_column:,}"
        wrong(None, f"something stands as far out as {last}. Delete the empty rows and columns behind the last record.")
        return []
    heads = _heads_of(sheet, columns, wrong)
    if heads is None:
        return []
    found: list[SheetRow] = []
    seen: dict[str, int] = {}
    for line, row in enumerate(sheet.iter_rows(min_row=2), start=2):
        if all(_is_blank(cell) for cell in row):
            continue
        told_row = _row_of(
            row, heads, kind=kind, known=known, wrong=wrong, notes=notes, where=(file, sheet.title), epoch=epoch
        )
        if told_row is None:
            continue
        record_id, cells = told_row
        if record_id in seen:
            wrong(f"row {line}", f"{record_id} stands here and in row {seen[record_id]}. Give one of them another id.")
            continue
        seen[record_id] = line
        found.append(SheetRow(kind=kind, id=record_id, file=file, sheet=sheet.title, line=line, cells=cells))
    return found


def _is_blank(cell: Any) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _heads_of(sheet: Any, columns: Sequence[Column], wrong: Any) -> dict[int, Column] | None:
    """Which column stands where; None if the sheet can't be read by them."""
    told = {each.name: each for each in columns}
    heads: dict[int, Column] = {}
    broken = False
    for cell in next(sheet.iter_rows(min_row=1, max_row=1), ()):
        name = str(cell.value).strip() if cell.value is not None else ""
        if name in {each.name for each in heads.values()}:
            wrong(cell.coordinate, f"the head {name} stands twice. Keep one of the two columns.")
            broken = True
        elif name in told:
            heads[cell.column - 1] = told[name]
        elif name or any(
            not _is_blank(each) for (each,) in sheet.iter_rows(min_row=2, min_col=cell.column, max_col=cell.column)
        ):
            said = f"the head {name!r} is none of the plan's" if name else "the column has no head"
            wrong(cell.coordinate, f"{said}. Put the old head back, or move what you added to a sheet of its own.")
            broken = True
    if "id" not in {each.name for each in heads.values()}:
        wrong("A1", "there is no column with the head id, so no row has a name. Put the first row back as it was.")
        broken = True
    return None if broken else heads


def _row_of(
    row: Sequence[Any],
    heads: Mapping[int, Column],
    *,
    kind: str,
    known: Mapping[Key, Mapping[str, str]],
    wrong: Any,
    notes: list[str],
    where: tuple[str, str],
    epoch: Any,
) -> tuple[str, dict[str, SheetCell]] | None:
    """The id and the cells of one row; None if a cell of it can't be read."""
    cells: dict[str, SheetCell] = {}
    broken = False
    id_cell = next(row[at] for at, told in heads.items() if told.name == "id")
    known_row = known.get((kind, str(id_cell.value).strip()), {})
    for at, told in heads.items():
        cell = row[at]
        try:
            found = meant(cell, told, epoch=epoch, was=known_row.get(told.name))
        except ValueError as error:
            wrong(cell.coordinate, f"{told.name} {error}." if str(error)[:1].isalpha() else f"{told.name}: {error}.")
            broken = True
            continue
        if found.note:
            notes.append(f"{where[0]}, sheet {where[1]}, {cell.coordinate}: {found.note}.")
        cells[told.name] = SheetCell(text=found.text, at=cell.coordinate)
    if broken:
        return None
    if not cells["id"].text:
        wrong(id_cell.coordinate, "the row has no id. Give it one that no other row has: a letter first, no spaces.")
        return None
    return cells["id"].text, cells
