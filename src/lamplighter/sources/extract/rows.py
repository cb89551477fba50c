"""A force's export as it stands: a CSV or one worksheet, cells as text, every row accounted for, nothing guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from lamplighter.errors import FileRefused, listed
from lamplighter.sources.extract.mapping import folded
from lamplighter.sources.police_uk.text import utf8_of
from lamplighter.sources.signatures import what_it_is

TOO_FEW, TOO_MANY, CUT = "too few fields", "too many fields", "last row cut short"
QUOTES, UNCLOSED = "quotes do not match", "after a quote that is never closed"
_MOST_LINES_OF_A_ROW = 20
_MOST_CHARS_OF_A_CELL = 1 << 20

Malformed = tuple[int, str, str, str]
Record = tuple[int, list[str], str | None]


@dataclass(frozen=True, kw_only=True)
class ExportRows:
    """All rows under the header. columns: header → its cells (null for empty), only those that were asked for.

    row: each row's number (the first after the header is 1, malformed ones counted). found_at: where a person finds it.
    malformed: (row, found at, reason, text). from_workbook: dates were dates, and stand as 2024-03-31 21:05:00.
    """

    headers: tuple[str, ...]
    columns: dict[str, list[str | None]]
    row: list[int]
    found_at: list[str]
    malformed: tuple[Malformed, ...] = ()
    from_workbook: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def rows_read(self) -> int:
        """All rows under the header, the malformed ones too."""
        return len(self.row) + len(self.malformed)


def export_rows(
    content: bytes, *, name: str, wanted: Sequence[str] | None, separator: str = ",", worksheet: str | None = None
) -> ExportRows:
    """The rows of an export. wanted: the headers to keep (all where None); each is found whatever its case and spaces.

    Raises FileRefused, with the mend, when the file is none, has no header or rows, or lacks a column (the nearest is named).
    """
    if what_it_is(content[:4096]) == "XLSX":
        from lamplighter.sources.extract.workbook import workbook_rows

        rows = workbook_rows(content, name=name, wanted=wanted, worksheet=worksheet)
    else:
        rows = _csv_rows(content, name=name, wanted=wanted, separator=separator)
    if not rows.rows_read:
        raise FileRefused(f"{name} has a header and no rows. Export it again with its rows.")
    return rows


def places_of(headers: Sequence[str], wanted: Sequence[str] | None, *, name: str) -> dict[str, int]:
    """Wanted header → its position. Raises FileRefused when one is missing or there twice."""
    known = [folded(each) for each in headers]
    if wanted is None:
        return {header: position for position, header in enumerate(headers) if header.strip()}
    missing = [each for each in wanted if folded(each) not in known]
    if missing:
        spare = {folded(each): each for each in headers if each.strip()}
        words = []
        for each in missing:
            near = get_close_matches(folded(each), list(spare), n=1, cutoff=0.6)
            words.append(f"{each!r} (did you mean {spare[near[0]]!r}?)" if near else repr(each))
        mend = f"Mend the mapping, or export the column; the file has {listed(headers, most=12)}."
        if len(headers) == 1:
            mend = 'It has one column only. If semicolons part it, write separator = ";" under [file] of the mapping.'
        raise FileRefused(f"{name}: no column {listed(words)}. {mend}")
    twice = [each for each in wanted if known.count(folded(each)) > 1]
    if twice:
        raise FileRefused(f"{name}: the column {twice[0]!r} is there twice. Rename one of them.")
    return {each: known.index(folded(each)) for each in wanted}


def _csv_rows(content: bytes, *, name: str, wanted: Sequence[str] | None, separator: str) -> ExportRows:
    content, warnings = utf8_of(content, name=name)
    text = content.decode("utf-8")
    records = _records(text, separator)
    _, headers, problem = next(records, (1, [], None))
    if problem:
        raise FileRefused(f"{name}: the quotes in its header do not match. Export it again.")
    at = places_of(headers, wanted, name=name)
    width = len(headers)
    cells_of: dict[str, list[str | None]] = {header: [] for header in at}
    numbers, lines = [], []
    malformed: list[Malformed] = []
    last_line = 0
    for row, (line, cells, problem) in enumerate(records, start=1):
        last_line = line
        problem = problem or (None if len(cells) == width else TOO_FEW if len(cells) < width else TOO_MANY)
        if problem:
            malformed.append((row, f"line {line}", problem, separator.join(cells)))
            continue
        numbers.append(row)
        lines.append(f"line {line}")
        for header, position in at.items():
            cells_of[header].append(cells[position].strip() or None)
    if malformed and not text.endswith(("\n", "\r")) and malformed[-1][1:3] == (f"line {last_line}", TOO_FEW):
        malformed[-1] = (malformed[-1][0], malformed[-1][1], CUT, malformed[-1][3])
    return ExportRows(
        headers=tuple(headers),
        columns=cells_of,
        row=numbers,
        found_at=lines,
        malformed=tuple(malformed),
        warnings=warnings,
    )


def _records(text: str, separator: str) -> Iterator[Record]:
    """(line, cells, problem) of each record that is not empty; after a quote that is never closed, a record a line."""
    csv.field_size_limit(_MOST_CHARS_OF_A_CELL)
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(iter(lines), strict=True, delimiter=separator)
    width = None
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
        width = len(cells) if width is None else width
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
