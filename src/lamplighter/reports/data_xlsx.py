"""data.xlsx: the tables of the site as one workbook, a table a sheet, made from the very CSV that lie beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from lamplighter.plan.book import Book
from lamplighter.plan.cells import without_apostrophe
from lamplighter.plan.records import RECORD_TYPES
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.reports.dictionary import DICTIONARY, Entry, dictionary_csv, entries_of
from lamplighter.reports.workbook import MOST_ROWS, Cell, Sheet, workbook
from lamplighter.schema import day_words

DATA_XLSX = "data.xlsx"
READ_ME = "Read me"
_ORDER = ("promises", "figures", "measures", "signals", "definitions", "corrections", "revisions", "sources")
_SAYS = {
    "promises": "Every promise and where it stands, a promise a row",
    "figures": "Every number that the pages print, a number a row",
    "measures": "Every point of every measure and of its parts, a point a row",
    "signals": "Every signal of every measure, a signal a row",
    "definitions": "Every definition, a card a row",
    "corrections": "Everything that was wrong in public, a correction a row",
    "revisions": "Every past figure that a later file changed, a figure a row",
    "sources": "Where things were read, a source a row",
    "data-dictionary": "What each column of each table means, a column a row",
}
_NOTES = (
    ("Empty cells", "Unknown, never nought. The sheet data-dictionary says of each column what empty means there."),
    ("Numbers", "Numbers are numbers, days are days; months (2022-01) and everything else is text."),
    ("Formulas", "There is none. A text that begins like one is text, and does not run."),
    ("Tables", "One table a sheet, one head row, no merged cells: they can be sorted, filtered and read by a program."),
    ("The same numbers", "Each sheet is the CSV of its name beside the site; measures are all files of measures/."),
)
_WIDE = {"text": 36, "id": 18, "choice": 18, "date": 12, "number": 14, "whole number": 14, "yes or no": 10}


def made_from_tables(tables: Mapping[str, bytes], book: Book, release: ReleaseLabel | None) -> dict[str, bytes]:
    """The data dictionary and the workbook of these CSV, which are told by their path in the site. The same CSV, the same bytes.

    Raises KeyError for a column that the dictionary does not know.
    """
    heads = {path: _heads(content) for path, content in tables.items()}
    told = dictionary_csv(heads)
    return {DICTIONARY: told, DATA_XLSX: data_xlsx({**tables, DICTIONARY: told}, book, release)}


def data_xlsx(tables: Mapping[str, bytes], book: Book, release: ReleaseLabel | None) -> bytes:
    """The workbook of these CSV: a sheet that says what it is, then a sheet a table, all measures in one."""
    grouped: dict[str, list[str]] = {}
    for path in tables:
        grouped.setdefault("measures" if path.startswith("measures/") else path.removesuffix(".csv"), []).append(path)
    names = [each for each in _ORDER if each in grouped]
    names += sorted(each for each in grouped if each not in _ORDER and f"{each}.csv" != DICTIONARY)
    names += [each for each in grouped if f"{each}.csv" == DICTIONARY]
    rows = {name: sum(_count(tables[path]) for path in grouped[name]) for name in names}
    kept = [name for name in names if rows[name] <= MOST_ROWS]
    sheets = [_read_me(book, release, rows, kept), *(_sheet(name, grouped[name], tables) for name in kept)]
    return workbook(sheets, title=f"{book.plan.header.title}: data", on=book.as_of)


def _read_me(book: Book, release: ReleaseLabel | None, rows: Mapping[str, int], kept: Sequence[str]) -> Sheet:
    header = book.plan.header
    working = "none: a working copy, which may change. Quote a release, not this"
    lines: list[tuple[str, str]] = [
        ("Plan", header.title),
        ("Whose plan", header.body),
        ("As of", day_words(book.as_of)),
        ("Release", f"{release.folder}, {release.name}" if release else working),
        ("Licence", " ".join(header.licence.split()) or "not stated"),
        *_NOTES,
        *((f"Sheet {_sheet_name(name)}", f"{_says(name)}. Rows: {rows[name]:,}.") for name in kept),
        *((f"Not here: {name}", f"{rows[name]:,} rows are more than a sheet holds. Take the CSV.") for name in rows
          if name not in kept),
    ]  # fmt: skip
    return Sheet(name=READ_ME, heads=("What", "Says"), rows=lines, wide=(26, 100), wrap=True)


def _says(name: str) -> str:
    told = {each.FILE.removesuffix(".csv"): each.TITLE for each in RECORD_TYPES.values()}
    return _SAYS.get(name) or f"{told.get(name, name)}, one a row"


def _sheet(name: str, paths: Sequence[str], tables: Mapping[str, bytes]) -> Sheet:
    heads = _heads(tables[paths[0]])
    entries = entries_of(paths[0], heads)
    # The apostrophe that keeps a text from running in a CSV is not needed where a cell says that it is text.
    readers = [_READ.get(entries[head].type, without_apostrophe) for head in heads]
    return Sheet(
        name=_sheet_name(name),
        heads=heads,
        rows=_rows([tables[path] for path in paths], readers),
        wide=tuple(_wide(entries[head]) for head in heads),
    )


def _sheet_name(name: str) -> str:
    """Excel takes 31 characters, and some signs not at all; ids of ours have none of those."""
    return name[:31]


def _wide(told: Entry) -> int:
    return _WIDE.get(told.type, 24)


def _rows(contents: Iterable[bytes], readers: Sequence[Callable[[str], Cell]]) -> Iterator[list[Cell]]:
    for content in contents:
        reader = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        next(reader)
        for row in reader:
            yield [read(cell) if cell else None for read, cell in zip(readers, row, strict=True)]


def _heads(content: bytes) -> tuple[str, ...]:
    return tuple(next(csv.reader(io.StringIO(content.decode("utf-8"), newline=""))))


def _count(content: bytes) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8"), newline=""))) - 1


def _number(cell: str) -> Cell:
    try:
        value = float(cell)
    except ValueError:
        return without_apostrophe(cell)  # n/a
    if value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def _day(cell: str) -> Cell:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return without_apostrophe(cell)


_READ: Mapping[str, Callable[[str], Cell]] = {"number": _number, "whole number": _number, "date": _day}
