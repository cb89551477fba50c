"""One worksheet of an Excel workbook as rows of text; merged headers and formulas without values refuse the file."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from lamplighter.errors import FileRefused, NoSuchName, PartMissing
from lamplighter.sources.extract.rows import TOO_MANY, ExportRows, Malformed, places_of

_HEADER_WITHIN_ROWS = 40


def workbook_rows(content: bytes, *, name: str, wanted: Sequence[str] | None, worksheet: str | None) -> ExportRows:
    """The rows of the named worksheet, or of the only one that has any. The header is its first row with two or more cells."""
    book = _open(content, name, values=True)
    formulas = _open(content, name, values=False)
    try:
        sheet = _chosen(book, name, worksheet)
        _check_merged(content, book, sheet, name)
        sheet.reset_dimensions()
        other = formulas[sheet.title]
        other.reset_dimensions()
        return _rows(sheet, other, name=name, wanted=wanted)
    except (FileRefused, NoSuchName):
        raise
    except Exception as error:  # openpyxl lets the errors of zipfile, of XML and its own out
        raise FileRefused(
            f"{name} is damaged or cut short ({type(error).__name__}). Save it again in Excel."
        ) from error
    finally:
        book.close()
        formulas.close()


def _open(content: bytes, name: str, *, values: bool) -> Any:
    try:
        import openpyxl
    except ImportError:
        raise PartMissing(
            "Reading .xlsx needs one more part. Install it (pip install 'lamplighter[xlsx]') or save the file as CSV."
        ) from None
    try:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=values)
    except Exception as error:  # the same errors as above, already on opening
        raise FileRefused(f"{name} is no whole Excel workbook ({type(error).__name__}). Save it once more.") from error


def _chosen(book: Any, name: str, worksheet: str | None) -> Any:
    titles = [each.title for each in book.worksheets]
    if worksheet is not None:
        if worksheet not in titles:
            raise NoSuchName(f"worksheet of {name}", worksheet, titles)
        return book[worksheet]
    filled = []
    for each in book.worksheets:
        each.reset_dimensions()
        if any(
            cell not in (None, "")
            for cells in each.iter_rows(max_row=_HEADER_WITHIN_ROWS, values_only=True)
            for cell in cells
        ):
            filled.append(each)
    if len(filled) == 1:
        return filled[0]
    if not filled:
        raise FileRefused(f"{name}: no worksheet of it holds anything. Export it again with its rows.")
    named = ", ".join(repr(each.title) for each in filled)
    raise FileRefused(
        f'{name} has several worksheets ({named}). Write worksheet = "…" under [file] of the mapping, or pass --worksheet'
        " to a draft."
    )


def _check_merged(content: bytes, book: Any, sheet: Any, name: str) -> None:
    """Merged cells in the header leave columns without a name, and which belongs to which is a guess. A merged title is none."""
    path = f"xl/worksheets/sheet{book.sheetnames.index(sheet.title) + 1}.xml"
    stated = getattr(sheet, "_worksheet_path", None) or path
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if stated.lstrip("/") not in packed.namelist():
            return
        text = packed.read(stated.lstrip("/"))
    header = _header_row(sheet)
    for found in re.finditer(rb'<mergeCell ref="([A-Z]+)(\d+):[A-Z]+(\d+)"', text):
        column, first, last = (each.decode("ascii") for each in found.groups())
        if int(first) <= header <= int(last):
            raise FileRefused(
                f"{name}: cells of its header are merged ({column}{first} on). Unmerge them, give every column"
                " one header in one row, and save it again."
            )


def _header_row(sheet: Any) -> int:
    for number, cells in enumerate(sheet.iter_rows(max_row=_HEADER_WITHIN_ROWS, values_only=True), start=1):
        if sum(cell not in (None, "") for cell in cells) >= 2:
            return number
    raise FileRefused(f"{sheet.title}: no row of its first {_HEADER_WITHIN_ROWS} looks like a header. Give it one.")


def _rows(sheet: Any, formulas: Any, *, name: str, wanted: Sequence[str] | None) -> ExportRows:
    header_row = _header_row(sheet)
    pairs = zip(sheet.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=False)
    headers: tuple[str, ...] = ()
    at: dict[str, int] = {}
    columns: dict[str, list[str | None]] = {}
    numbers, found_at = [], []
    malformed: list[Malformed] = []
    row = 0
    for number, (cells, written) in enumerate(pairs, start=1):
        if number < header_row:
            continue
        if number == header_row:
            headers = tuple("" if cell is None else str(cell).strip() for cell in cells)
            at = places_of(headers, wanted, name=name)
            columns = {header: [] for header in at}
            continue
        if all(cell in (None, "") for cell in cells) and all(cell in (None, "") for cell in written):
            continue
        row += 1
        place = f"{sheet.title} row {number}"
        if any(cell not in (None, "") for cell in cells[len(headers) :]):
            malformed.append((row, place, TOO_MANY, ",".join("" if cell is None else str(cell) for cell in cells)))
            continue
        for header, position in at.items():
            value = cells[position] if position < len(cells) else None
            formula = written[position] if position < len(written) else None
            if value is None and isinstance(formula, str) and formula.startswith("="):
                raise FileRefused(
                    f"{name}: {place}, column {header!r} is a formula whose value was never worked out. Open the file in"
                    " Excel and save it, or paste the column as values."
                )
            columns[header].append(_text(value))
        numbers.append(row)
        found_at.append(place)
    return ExportRows(
        headers=headers,
        columns=columns,
        row=numbers,
        found_at=found_at,
        malformed=tuple(malformed),
        from_workbook=True,
    )


def _text(cell: object) -> str | None:
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, dt.time):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # 36.0 is how a spreadsheet keeps a whole number
    return None if cell is None else str(cell).strip() or None
