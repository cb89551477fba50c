"""CSV text → columns with their types: fast where the text is plain, row by row where anything about it is odd.

Both ways give the same rows for the same text. The fast one never guesses: whatever it can't read as it stands goes to
the careful one, which accounts for every line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lamplighter.errors import FileRefused
from lamplighter.sources.police_uk.kinds import Header, header_of

if TYPE_CHECKING:
    import pyarrow as pa

TOO_FEW, TOO_MANY, CUT = "too few fields", "too many fields", "last row cut short"
QUOTES, UNCLOSED = "quotes do not match", "after a quote that is never closed"
NOT_NUMBERS = "coordinates not numbers"
NUMBERS = ("longitude", "latitude")
REFERENCE = "crime id"
_MOST_LINES_OF_A_ROW = 20  # a street has no name of twenty lines; a quote that runs on so far was never closed
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:nan|inf|infinity)", re.IGNORECASE)

Malformed = tuple[int, int, str, str]


@dataclass(frozen=True, kw_only=True)
class FileRows:
    """One CSV as it stands, before any value was judged.

    rows: the columns that we use under their official names in lower case (coordinates as float64, the rest as text, null
    for empty), `row` (the first after the header is 1, refused ones counted) and `line` (of the text, from 1).
    malformed: (row, line, reason, text) of what could not be cut into columns or whose coordinates are words.
    """

    header: Header
    rows: pa.Table
    malformed: tuple[Malformed, ...] = ()

    @property
    def rows_read(self) -> int:
        """All rows under the header, the malformed ones too."""
        return self.rows.num_rows + len(self.malformed)


def rows_of(content: bytes, *, name: str) -> FileRows:
    """All rows of the text. Raises FileRefused when its header is none of the site's."""
    header = header_of(_first_record(content, name=name), file_name=name)
    return _plain(content, header) or _careful(content, header)


def _first_record(content: bytes, *, name: str) -> list[str]:
    try:
        first = next(csv.reader(io.StringIO(content[: 2**16].decode("utf-8", errors="replace"), newline="")), [])
    except csv.Error as error:
        raise FileRefused(f"{name}: the quotes in its header do not match. Download it again.") from error
    return first


def _plain(content: bytes, header: Header) -> FileRows | None:
    """The rows of a text without quotes, odd lines and odd numbers, or None where it has any."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.csv as pc

    if b'"' in content:
        return None
    # NumPy counts without holding up the other reader, as `bytes.count` would.
    lines = int(np.count_nonzero(np.frombuffer(content, np.uint8) == ord("\n"))) + (not content.endswith(b"\n"))
    code = pa.dictionary(pa.int32(), pa.string())
    names = [f"column {position}" for position in range(len(header.headers))]
    types = {
        names[position]: pa.float64() if name in NUMBERS else pa.string() if name == REFERENCE else code
        for name, position in header.at.items()
    }
    try:
        table = pc.read_csv(
            io.BytesIO(content),
            read_options=pc.ReadOptions(use_threads=False, block_size=2**24, column_names=names, skip_rows=1),
            parse_options=pc.ParseOptions(quote_char=False),
            convert_options=pc.ConvertOptions(
                include_columns=list(types), column_types=types, null_values=[""], strings_can_be_null=True
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != lines - 1:
        return None  # an empty line somewhere: the careful reader knows which line each row stands on
    table = table.rename_columns(list(header.at))
    rows = np.arange(1, table.num_rows + 1, dtype=np.int32)
    return FileRows(
        header=header, rows=table.append_column("row", pa.array(rows)).append_column("line", pa.array(rows + 1))
    )


def _careful(content: bytes, header: Header) -> FileRows:
    import pyarrow as pa

    text = content.decode("utf-8")
    width = len(header.headers)
    ended = text.endswith(("\n", "\r"))
    places = [header.at[name] for name in NUMBERS if name in header.at]
    malformed: list[Malformed] = []
    good: list[list[str]] = []
    at: list[tuple[int, int]] = []
    records = _records(text, width)
    next(records, None)
    last_line = 0
    for row, (line, cells, problem) in enumerate(records, start=1):
        last_line = line
        problem = problem or _width_problem(cells, width)
        if not problem and not all(
            not cells[each].strip() or _NUMBER.fullmatch(cells[each].strip()) for each in places
        ):
            problem = NOT_NUMBERS
        if problem:
            malformed.append((row, line, problem, ",".join(cells)))
        else:
            good.append(cells)
            at.append((row, line))
    if malformed and not ended and malformed[-1][1] == last_line and malformed[-1][2] == TOO_FEW:
        row, line, _, given = malformed[-1]
        malformed[-1] = (row, line, CUT, given)
    columns = list(zip(*good, strict=True)) if good else [()] * width
    arrays = [_column(name, columns[position]) for name, position in header.at.items()]
    arrays += [pa.array([each[part] for each in at], pa.int32()) for part in (0, 1)]
    return FileRows(header=header, rows=pa.table(arrays, names=[*header.at, "row", "line"]), malformed=tuple(malformed))


def _width_problem(cells: list[str], width: int) -> str | None:
    if len(cells) == width:
        return None
    return TOO_FEW if len(cells) < width else TOO_MANY


def _column(name: str, cells: tuple[str, ...]) -> pa.Array:
    import pyarrow as pa

    if name in NUMBERS:
        return pa.array([float(cell) if cell.strip() else None for cell in cells], pa.float64())
    values = pa.array([cell or None for cell in cells], pa.string())
    return values if name == REFERENCE else values.dictionary_encode()


def _records(text: str, width: int) -> Iterator[tuple[int, list[str], str | None]]:
    """(line, cells, problem) of each record that is not empty. After a quote that is never closed, a record a line.

    A value may hold line ends; then its record must have the right width within a few lines. If not, its first quote was
    never closed, and no later line can be trusted: each is given as it stands, with the reason.
    """
    lines = list(io.StringIO(text, newline=""))  # as the CSV reader counts them: ended by LF, CRLF or CR
    reader = csv.reader(iter(lines), strict=True)
    while True:
        begins = reader.line_num + 1
        problem = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells, problem = [], QUOTES
        if problem is None and not cells:
            continue
        runs_on = reader.line_num > begins
        stays_open = bool(problem) and begins == len(lines) and lines[-1].count('"') % 2 == 1
        too_long = reader.line_num - begins >= _MOST_LINES_OF_A_ROW
        if stays_open or (runs_on and (problem or len(cells) != width or too_long)):
            for number, line in enumerate(lines[begins - 1 :], start=begins):
                if line.strip():
                    yield number, [line.rstrip("\r\n")], UNCLOSED
            return
        if problem:
            cells = [lines[begins - 1].rstrip("\r\n")]
        yield begins, cells, problem
