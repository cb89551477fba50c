"""CSV as it stands: text columns of a fixed header, nothing guessed, every line accounted for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lamplighter.errors import FileRefused
from lamplighter.sources.columns import check_columns, known_columns, unknown_columns
from lamplighter.sources.reading import RawRows

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

    import pyarrow as pa

WRONG_WIDTH = "wrong number of columns"
BAD_QUOTES = "quotes do not match"
_ROWS_A_BATCH = 50_000

RawRecord = tuple[int, list[str], str | None]


def csv_rows(path: Path, *, always: tuple[str, ...]) -> RawRows:
    """All rows of the file as text (empty = null), `found_at` the line where each begins.

    A row of the wrong width, or with quotes that don't match within its line, is handed back as malformed. A quote that
    runs over the end of a line would swallow the rows after it, so it refuses the file and says how many lines that is.
    """
    text, warnings = _text_of(path)
    lines = text.count("\n") + (not text.endswith("\n"))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = _records(reader, file_name=path.name, lines=lines)
    _, headers, problem = next(rows, (1, [], None))
    if problem:
        raise FileRefused(f"{path.name}: the quotes in its header do not match. Export it again.")
    found = known_columns(headers, file_name=path.name)
    check_columns(always, headers, file_name=path.name)
    spare = unknown_columns(headers)
    if spare:
        warnings.append(f"{path.name}: columns not used: {', '.join(spare)}.")
    table, malformed, blank = _table_of(rows, found, width=len(headers))
    # What a broken download loses may be most of the file; one row refused would not say so.
    if malformed and not text.endswith(("\n", "\r")) and malformed[-1][0] == f"line {lines}":
        raise FileRefused(
            f"{path.name}: its last line ({lines}) stops in the middle: it was cut short. Download it again."
        )
    if blank:
        warnings.append(f"{path.name}: {blank} empty lines were passed over.")
    return RawRows(
        rows=table, headers=tuple(headers), malformed=tuple(malformed), warnings=tuple(warnings), row_word="line"
    )


def _text_of(path: Path) -> tuple[str, list[str]]:
    content = path.read_bytes()
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise FileRefused(f"{path.name}: line {line} holds NUL bytes, so it is damaged or in UTF-16. Save it as UTF-8.")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise FileRefused(f"{path.name}: line {line} is neither UTF-8 nor Windows-1252. Save it as UTF-8.") from None
    return text, [f"{path.name} is not UTF-8 (line {line}); it was read as Windows-1252. Check the names with accents."]


def _records(reader: CsvReader, *, file_name: str, lines: int) -> Iterator[RawRecord]:
    """(line, cells, problem) of each record; the problem of a bad one is the parser's own words."""
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
            problem = None
        except StopIteration:
            return
        except csv.Error as error:
            cells, problem = [], str(error)
        # No value of this source holds a line end: a record of several lines is a quote that was never closed.
        if reader.line_num > begins or (problem and reader.line_num >= lines and "unexpected end" in problem):
            raise FileRefused(
                f"{file_name}: a quote opened on line {begins} is not closed there, and the {lines - begins} lines"
                f" after it can't be trusted. Close the quote on line {begins}, or export the file again."
            )
        yield begins, cells, problem


def _table_of(
    rows: Iterable[RawRecord], found: dict[str, int], *, width: int
) -> tuple[pa.Table, list[tuple[str, str, str]], int]:
    import pyarrow as pa

    malformed: list[tuple[str, str, str]] = []
    blank, batches = 0, []
    schema = pa.schema([(name, pa.string()) for name in found] + [("found_at", pa.int64())])
    good: list[list[str | None]] = []
    at: list[int] = []

    def close_batch() -> None:
        columns = list(zip(*good, strict=True)) if good else [()] * width
        arrays = [pa.array(columns[position], pa.string()) for position in found.values()]
        batches.append(pa.record_batch([*arrays, pa.array(at, pa.int64())], schema=schema))
        good.clear()
        at.clear()

    for line, cells, problem in rows:
        if problem:
            malformed.append((f"line {line}", BAD_QUOTES, problem))
        elif not cells:
            blank += 1
        elif len(cells) != width:
            malformed.append((f"line {line}", WRONG_WIDTH, ",".join(cells)))
        else:
            good.append([cell or None for cell in cells])
            at.append(line)
            if len(good) == _ROWS_A_BATCH:
                close_batch()
    close_batch()
    return pa.Table.from_batches(batches, schema=schema), malformed, blank
