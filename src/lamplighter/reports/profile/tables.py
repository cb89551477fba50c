"""A profile's numbers as tidy tables: CSVs under names and columns that do not change, and one workbook of the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lamplighter.plan.cells import format_cell
from lamplighter.reports.profile import table_rows
from lamplighter.reports.profile.drawn import Drawn
from lamplighter.reports.profile.table_columns import COLUMNS, EVERYWHERE, SAYS
from lamplighter.reports.profile.typesetting import UNKNOWN_DAY
from lamplighter.reports.profile.wording import Data, items, part, text
from lamplighter.reports.tables import as_csv_bytes
from lamplighter.reports.workbook import Cell, Sheet, workbook

FOLDER = "tables"
WORKBOOK = "tables.xlsx"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # Excel takes a CSV for Windows-1252 without it
_WIDE = {"words": 60, "definition": 60, "what": 24, "name": 36, "label": 44, "text": 60}
_READ_ME = "read me"


@dataclass(frozen=True, kw_only=True)
class ProfileTable:
    """One table by name. rows: as many values as columns, each a text, number, day, yes/no (bool), tuple or None (unknown)."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


_ROWS: Mapping[str, Callable[[Data, Drawn | None], Iterable[Mapping[str, Any]]]] = {
    "places": table_rows.places,
    "place_years": table_rows.place_years,
    "place_months": table_rows.place_months,
    "institutions": table_rows.institutions,
    "institution_years": table_rows.institution_years,
    "months": table_rows.months,
    "figures": table_rows.figures,
    "concentration": table_rows.concentration,
    "hours": table_rows.hours,
    "outcomes": table_rows.outcomes,
    "victims": table_rows.victims,
    "kinds": table_rows.kinds,
    "compared": table_rows.compared,
    "harm": table_rows.harm,
    "map_points": table_rows.map_points,
    "recommendations": table_rows.recommendations,
}


def table_files(told: Data, drawn: Drawn | None) -> dict[str, bytes]:
    """`tables/<name>.csv` for every table of the dictionary, and `tables.xlsx` with the same: the same profile, the same bytes.

    told: profile.json. drawn: its map points, or None. CSV: UTF-8 with a byte order mark, LF, ISO days, an empty cell for
    unknown, `yes` and `no`; a text that a spreadsheet would run has an apostrophe before it. A table is always there: where
    the section has nothing, only its heads. Misleads where rows of `what` of different kinds are added up: filter it first.
    """
    tables = tables_of(told, drawn)
    files = {f"{FOLDER}/{each.name}.csv": BYTE_ORDER_MARK + as_csv_bytes(each.columns, each.rows) for each in tables}
    files[WORKBOOK] = _workbook(told, tables)
    return files


def tables_of(told: Data, drawn: Drawn | None) -> tuple[ProfileTable, ...]:
    """Every table in the order of the dictionary, each row led by the area that the profile is about."""
    area = text(part(told, "question", "area").get("name"))
    return tuple(_table(name, rows(told, drawn), area=area) for name, rows in _ROWS.items())


def _table(name: str, rows: Iterable[Mapping[str, Any]], *, area: str) -> ProfileTable:
    columns = tuple(COLUMNS[name])
    known = set(columns)
    made = []
    for row in rows:
        if not known.issuperset(row):
            raise KeyError(f"{name} has no column for {sorted(set(row) - known)}")
        made.append((area, *(row.get(column) for column in columns)))
    return ProfileTable(name=name, columns=(*EVERYWHERE, *columns), rows=tuple(made))


def _workbook(told: Data, tables: Sequence[ProfileTable]) -> bytes:
    made_on = table_rows.day(part(told, "provenance").get("made_on")) or UNKNOWN_DAY
    sheets = [_read_me(told)]
    sheets += [
        Sheet(
            name=each.name,
            heads=each.columns,
            rows=[tuple(_cell(value) for value in row) for row in each.rows],
            wide=tuple(_WIDE.get(column, 16) for column in each.columns),
        )
        for each in tables
    ]
    return workbook(sheets, title=text(told.get("title"), lacking="Problem profile"), on=made_on)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool | tuple):
        return format_cell(value)
    cell: Cell = value
    return cell


def _read_me(told: Data) -> Sheet:
    """What the workbook is, what it must not be taken for, and what each column says."""
    heading = [
        ("", "", text(told.get("title"))),
        ("", "", text(told.get("what_it_is"))),
        ("", "", text(told.get("caution"))),
        ("", "", "Counts are of rows. An empty cell is unknown, never 0."),
    ]
    if told.get("synthetic"):
        heading.insert(0, ("", "", text(told.get("synthetic_words"))))
    if not told.get("is_street"):
        heading.append(("", "", "map_points is empty on purpose: the points of an extract don't leave the workspace."))
    heading += [("", "", f"This cannot say: {text(each)}") for each in items(told, "what_this_cannot_say")]
    rows: list[tuple[Cell, ...]] = list(heading)
    for name, columns in COLUMNS.items():
        rows.append((name, "", SAYS[name]))
        rows += [(name, column, says) for column, says in {**EVERYWHERE, **columns}.items()]
    return Sheet(name=_READ_ME, heads=("table", "column", "says"), rows=rows, wide=(22, 28, 110), wrap=True)


def dictionary() -> tuple[tuple[str, str, str], ...]:
    """(table, column, what it says) for every column of every table, for a page of the documentation."""
    return tuple(
        (name, column, says) for name, columns in COLUMNS.items() for column, says in {**EVERYWHERE, **columns}.items()
    )
