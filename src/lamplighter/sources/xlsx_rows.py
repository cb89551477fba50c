"""A workbook as it stands: one table a worksheet, the header wherever it begins, cells as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lamplighter.errors import FileRefused, PartMissing
from lamplighter.sources.columns import (
    ALWAYS,
    KNOWN,
    SHEET,
    check_columns,
    known_columns,
    official_name,
    unknown_columns,
)
from lamplighter.sources.csv_rows import WRONG_WIDTH
from lamplighter.sources.reading import RawRows

if TYPE_CHECKING:
    import pyarrow as pa

HEADER_WITHIN_ROWS = 40
_DATES = ("recorded_date_months", "date_committed_from_date_months")


def xlsx_rows(path: Path, *, always: tuple[str, ...]) -> RawRows:
    """All rows of all worksheets that hold a table, `found_at` the worksheet's row; a worksheet without one is named.

    When a worksheet has no `sheet` column its own name stands for it.
    """
    import pyarrow as pa

    book = _open(path)
    tables, malformed, warnings = [], [], []
    headers: dict[str, None] = {}
    try:
        for worksheet in book.worksheets:
            worksheet.reset_dimensions()  # some programs write a dimension that is too small, and rows would be lost
            rows = enumerate(worksheet.iter_rows(values_only=True), start=1)
            header = next((cells for at, cells in rows if at <= HEADER_WITHIN_ROWS and _is_header(cells)), None)
            if header is None:
                warnings.append(f"{path.name}: the worksheet {worksheet.title!r} holds no table and was left out.")
                continue
            headers.update(dict.fromkeys(str(cell) for cell in header if cell is not None))
            check_columns(
                [name for name in always if name != SHEET], header, file_name=f"{path.name} [{worksheet.title}]"
            )
            table, bad = _worksheet_table(rows, header, title=worksheet.title, epoch=book.epoch, file_name=path.name)
            tables.append(table)
            malformed.extend(bad)
            spare = unknown_columns(header)
            if spare:
                warnings.append(f"{path.name} [{worksheet.title}]: columns not used: {', '.join(spare)}.")
    except FileRefused:
        raise
    except Exception as error:  # openpyxl lets the errors of zipfile, of XML and its own out
        raise FileRefused(
            f"{path.name} is damaged or cut short ({type(error).__name__}). Save it again in Excel."
        ) from error
    finally:
        book.close()
    if not tables:
        raise FileRefused(
            f"{path.name}: no worksheet has a header with {', '.join(ALWAYS)} in its first {HEADER_WITHIN_ROWS} rows."
        )
    whole = pa.concat_tables(tables, promote_options="default")
    headers.setdefault(SHEET)
    return RawRows(rows=whole, headers=tuple(headers), malformed=tuple(malformed), warnings=tuple(warnings))


def _open(path: Path) -> Any:
    try:
        import openpyxl
    except ImportError:
        raise PartMissing(
            "Reading .xlsx needs one more part. Install it (pip install 'lamplighter[xlsx]') or save the file as CSV."
        ) from None
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # the same errors as above, already on opening
        raise FileRefused(
            f"{path.name} is no whole Excel workbook ({type(error).__name__}). Download it again or save it once more."
        ) from error


def _is_header(cells: Sequence[object]) -> bool:
    """Three names that we know make a header; a preamble's prose does not hold three."""
    return len({official_name(cell) for cell in cells} & set(KNOWN)) >= 3


def _worksheet_table(
    rows: Iterable[tuple[int, Sequence[object]]], header: Sequence[object], *, title: str, epoch: Any, file_name: str
) -> tuple[pa.Table, list[tuple[str, str, str]]]:
    import pyarrow as pa

    found = known_columns(header, file_name=f"{file_name} [{title}]")
    width = max(position for position, cell in enumerate(header) if official_name(cell)) + 1
    values: dict[str, list[str | None]] = {name: [] for name in found}
    at: list[int] = []
    malformed = []
    for row, cells in rows:
        if all(cell is None or cell == "" for cell in cells):
            continue
        if any(cell not in (None, "") for cell in cells[width:]):
            shown = ",".join("" if cell is None else str(cell) for cell in cells)
            malformed.append((f"{title} row {row}", WRONG_WIDTH, shown))
            continue
        at.append(row)
        for name, position in found.items():
            cell = cells[position] if position < len(cells) else None
            values[name].append(_text(cell, is_date=name in _DATES, epoch=epoch))
    columns = {name: pa.array(column, pa.string()) for name, column in values.items()}
    if SHEET not in columns:
        columns[SHEET] = pa.array([title] * len(at), pa.string())
    columns["found_at"] = pa.array(at, pa.int64())
    columns["worksheet"] = pa.array([title] * len(at), pa.string())
    return pa.table(columns), malformed


def _text(cell: object, *, is_date: bool, epoch: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if is_date and isinstance(cell, (int, float)) and not isinstance(cell, bool) and 1 <= cell < 100_000:
        from openpyxl.utils.datetime import from_excel

        # A date cell that lost its format is a day number.
        cell = from_excel(cell, epoch)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)
