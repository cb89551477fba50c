"""A workbook of harm weights in the shape of the Cambridge Crime Harm Index as published: an offence a row, with its days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from io import BytesIO
from math import isfinite
from typing import Any
from zipfile import BadZipFile, ZipFile

from lamplighter.errors import FileRefused, PartMissing, listed
from lamplighter.sources.signatures import what_it_is

CODE, TITLE, DAYS, GROUP = "home_office_classification", "full_offence_title", "cchi_score", "sub_group"
NEEDED = (CODE, TITLE, DAYS)
HEADER_WITHIN_ROWS = 40
MOST_BYTES = 200_000_000  # the published one holds some 1,300 rows: a fiftieth of it
_WRITTEN = {CODE: "HOME_OFFICE_CLASSIFICATION", TITLE: "FULL_OFFENCE_TITLE", DAYS: "CCHI Score"}
NO_SCORE, NOT_A_NUMBER, NOT_ABOVE_0 = "no score", "the score is no number", "the score is not above 0"
FORMULA, EXPIRED, NO_OFFENCE = "the score is a formula without a value", "expired offence", "neither code nor title"
_Row = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class HarmEntry:
    """One offence of the workbook. code, title, group: as written, None where the cell is empty. days: its weight."""

    code: str | None
    title: str | None
    group: str | None
    days: float


@dataclass(frozen=True, kw_only=True)
class HarmWorkbook:
    """What a workbook says. left_out: rows not used, by reason. sha256: of the file as it was given."""

    file_name: str
    sha256: str
    sheet: str
    rows_read: int
    entries: tuple[HarmEntry, ...]
    left_out: Mapping[str, int]

    @property
    def name(self) -> str:
        """Whose weights, with the file that holds them: `Cambridge Crime Harm Index (…, sheet …, SHA-256 1a2b3c4d…)`."""
        return f"Cambridge Crime Harm Index ({self.file_name}, sheet {self.sheet!r}, SHA-256 {self.sha256[:12]}…)"


def harm_workbook_from(content: bytes, *, file_name: str) -> HarmWorkbook:
    """The weights of a workbook with the columns of the Cambridge index, by offence.

    content: the bytes of the file. One worksheet needs the columns HOME_OFFICE_CLASSIFICATION, FULL_OFFENCE_TITLE and CCHI
    Score (any case, spaces or underscores, in its first 40 rows); SUB_GROUP is read where it is. Where several have them, the
    one whose name says that it holds the values. Offences marked EXPIRED, and rows without a score above 0, are left out and
    counted. Misleads if the workbook is not the publisher's: whose numbers they are can't be checked, only their shape.
    Raises FileRefused for anything else, naming the nearest columns; PartMissing.
    """
    _check(content, file_name)
    sheets = _sheets(content, file_name)
    found = {
        title: header
        for title, rows in sheets.items()
        if (header := _header(rows, f"{file_name}, worksheet {title!r}"))
    }
    if len(found) > 1:
        found = {title: header for title, header in found.items() if "values" in title.casefold()} or found
    if not found:
        raise FileRefused(_not_of_this_shape(sheets, file_name))
    if len(found) > 1:
        raise FileRefused(
            f"{file_name}: the worksheets {listed(map(repr, found))} all have the columns of harm weights. Keep the one that"
            " holds the values, and save the workbook."
        )
    [(sheet, (at, columns))] = found.items()
    entries, left_out, rows_read = [], Counter[str](), 0
    formulas: list[_Row] | None = None
    for number, row in enumerate(sheets[sheet][at + 1 :], start=at + 1):
        cells = {name: row[place] if place < len(row) else None for name, place in columns.items()}
        if all(_text(cell) is None for cell in cells.values()):
            continue
        rows_read += 1
        days, why = _days(cells[DAYS])
        if why == NO_SCORE:
            if formulas is None:
                formulas = _sheets(content, file_name, values=False)[sheet]
            if str(_cell(formulas, number, columns[DAYS]) or "").startswith("="):
                why = FORMULA
        code, title = _text(cells[CODE]), _text(cells[TITLE])
        if title is not None and "EXPIRED" in title.upper():
            why = EXPIRED
        elif code is None and title is None:
            why = NO_OFFENCE
        if why or days is None:
            left_out[why or NO_SCORE] += 1
            continue
        entries.append(HarmEntry(code=code, title=title, group=_text(cells.get(GROUP)), days=days))
    if not entries:
        reasons = listed([f"{rows:,} rows: {reason}" for reason, rows in sorted(left_out.items())]) or "no row at all"
        raise FileRefused(
            f"{file_name}, worksheet {sheet!r}: no offence has a score ({reasons}). Open it in Excel, let it work its formulas"
            " out, and save it."
        )
    return HarmWorkbook(
        file_name=file_name,
        sha256=sha256(content).hexdigest(),
        sheet=sheet,
        rows_read=rows_read,
        entries=tuple(entries),
        left_out=dict(sorted(left_out.items())),
    )


def _check(content: bytes, file_name: str) -> None:
    """FileRefused for what is no workbook, said by what it is, and for one that would unpack to more than any such holds."""
    if not content.strip():
        raise FileRefused(f"{file_name} is empty. Download it again.")
    found = what_it_is(content[:4096])
    if found != "XLSX":
        raise FileRefused(f"{file_name} is no .xlsx workbook: it holds {found}. Give the workbook as it was published.")
    try:
        with ZipFile(BytesIO(content)) as parts:
            size = sum(each.file_size for each in parts.infolist())
    except BadZipFile as error:
        raise FileRefused(f"{file_name} is cut short or broken. Download it again.") from error
    if size > MOST_BYTES:
        raise FileRefused(
            f"{file_name} would unpack to {size / 1e6:,.0f} MB, more than any workbook of harm weights. Check where it is from."
        )


def _sheets(content: bytes, file_name: str, *, values: bool = True) -> dict[str, list[_Row]]:
    """Every worksheet's rows as they stand; values: the last worked-out value of a formula in place of the formula."""
    try:
        import openpyxl
    except ImportError:
        raise PartMissing("Reading .xlsx needs one more part. Install it: pip install 'lamplighter[xlsx]'.") from None
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=values)
        try:
            told: dict[str, list[_Row]] = {}
            for worksheet in book.worksheets:
                worksheet.reset_dimensions()  # some programs write a dimension that is too small, and rows would be lost
                told[worksheet.title] = [tuple(row) for row in worksheet.iter_rows(values_only=True)]
            return told
        finally:
            book.close()
    except Exception as error:  # openpyxl lets the errors of zipfile, of XML and its own out
        raise FileRefused(
            f"{file_name} is no whole Excel workbook ({type(error).__name__}). Download it again, or save it as .xlsx."
        ) from error


def _header(rows: Sequence[_Row], where: str) -> tuple[int, dict[str, int]] | None:
    """Where the header stands, and which column is which; None without all that is needed. FileRefused for a name twice."""
    for at, row in enumerate(rows[:HEADER_WITHIN_ROWS]):
        names = [_folded(cell) for cell in row]
        if all(name in names for name in NEEDED):
            twice = [str(row[names.index(name)]) for name in (*NEEDED, GROUP) if names.count(name) > 1]
            if twice:
                raise FileRefused(f"{where}: {listed(twice)} stands there twice. Delete the column that is not meant.")
            return at, {name: names.index(name) for name in (*NEEDED, GROUP) if name in names}
    return None


def _not_of_this_shape(sheets: Mapping[str, Sequence[_Row]], file_name: str) -> str:
    """Which columns are missing in the worksheet that has most of them, with the nearest that are there."""

    def candidates() -> Iterator[tuple[int, int, str, dict[str, str]]]:
        for order, (title, rows) in enumerate(sheets.items()):
            for row in rows[:HEADER_WITHIN_ROWS]:
                names = {_folded(cell): str(cell).strip() for cell in row if isinstance(cell, str) and cell.strip()}
                near = sum(name in names or bool(get_close_matches(name, names, n=1)) for name in NEEDED)
                if names:
                    yield near, -order, title, names

    best = max(candidates(), key=lambda each: each[:2], default=None)
    mend = "Load the workbook of the Cambridge Crime Harm Index as it was published."
    if best is None:
        return f"{file_name} holds no table. {mend}"
    _, _, title, names = best
    lacking = []
    for name in NEEDED:
        if name not in names:
            near = get_close_matches(name, list(names), n=1)
            lacking.append(_WRITTEN[name] + (f" (nearest: {names[near[0]]!r})" if near else ""))
    there = listed([repr(each) for each in names.values()])
    return f"{file_name}, worksheet {title!r}: no column {listed(lacking)}. Its columns are {there}. {mend}"


def _days(cell: Any) -> tuple[float | None, str | None]:
    """A score in days, or why there is none. Text that is a number (5,475) is read as one."""
    if isinstance(cell, bool):
        return None, NOT_A_NUMBER
    if isinstance(cell, str):
        cell = cell.strip().replace(",", "") or None
    if cell is None:
        return None, NO_SCORE
    try:
        days = float(cell)
    except (TypeError, ValueError):
        return None, NOT_A_NUMBER
    if not isfinite(days):
        return None, NOT_A_NUMBER
    return (days, None) if days > 0 else (None, NOT_ABOVE_0)


def _cell(rows: Sequence[_Row], row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def _text(cell: Any) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a code that Excel took for a number
    return " ".join(str(cell).split()) or None


def _folded(cell: Any) -> str:
    """`CCHI Score` → `cchi_score`."""
    return re.sub(r"[^a-z0-9]+", "_", str(cell or "").casefold()).strip("_")
