"""A table whose columns say what they hold: shown in a notebook and a terminal, and turned into Arrow, pandas or Polars."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from lamplighter.errors import NoSuchName, PartMissing
from lamplighter.schema import NOT_APPLICABLE, NOT_KNOWN, brief_words

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["text", "texts", "number", "whole", "flag", "day", "period"]

FIRST, LAST = 10, 10  # rows shown of a long table; all of them are in what it turns into
WIDEST = 48  # letters of a cell in a terminal
UNBROKEN = 18  # letters up to which a cell of a page stays on one line: a month, a day, a short answer
_PERIODS = (("M", re.compile(r"\d{4}-\d{2}")), ("Y", re.compile(r"\d{4}")))
_CELL = "padding:2px 12px 2px 0;border-bottom:1px solid #b1b4b6;vertical-align:top;"


@dataclass(frozen=True, kw_only=True)
class TypedColumn:
    """A column: its name, and the kind of what stands in it, which decides its type wherever it is turned into."""

    name: str
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class TypedTable:
    """Rows under columns of a stated kind; None is unknown (NA, null), never 0.

    As it shows itself, numbers are rounded for the eye, a long table is cut in the middle and columns without anything in
    them are left out; `rows` and what it turns into hold everything, unrounded.
    """

    title: str
    columns: tuple[TypedColumn, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row as a dictionary by column name."""
        return (dict(zip(self.names, row, strict=True)) for row in self.rows)

    def __getitem__(self, name: str) -> tuple[Any, ...]:
        """A column's cells. Raises NoSuchName with the nearest names."""
        if name not in self.names:
            raise NoSuchName("column", str(name), self.names)
        at = self.names.index(name)
        return tuple(row[at] for row in self.rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(each.name for each in self.columns)

    def to_arrow(self) -> pa.Table:
        """The table as Arrow: text, list of text, float64, int64, bool, date32; a period is text, as in the downloads.

        `n/a` in a column of dates or numbers becomes null there, like what is unknown.
        """
        import pyarrow as pa

        types = {
            "text": pa.string(), "period": pa.string(), "texts": pa.list_(pa.string()), "number": pa.float64(),
            "whole": pa.int64(), "flag": pa.bool_(), "day": pa.date32(),
        }  # fmt: skip
        return pa.table(
            {
                each.name: pa.array([_plain(cell, each.kind) for cell in self[each.name]], type=types[each.kind])
                for each in self.columns
            }
        )

    def to_pandas(self) -> Any:
        """The table as a pandas DataFrame with nullable types: Float64, Int64, boolean, string; unknown is `pandas.NA`.

        A column of periods becomes a Period column (by month or by year) where all of its periods are months or all are
        years; where they are mixed (`12 months to 2026-02`) it stays text. Dates are datetimes. Raises PartMissing if pandas
        is not installed.
        """
        pandas = _part("pandas")
        import pyarrow as pa

        nullable = {
            pa.float64(): pandas.Float64Dtype(), pa.int64(): pandas.Int64Dtype(), pa.bool_(): pandas.BooleanDtype(),
            pa.string(): pandas.StringDtype(),
        }  # fmt: skip
        frame = self.to_arrow().to_pandas(types_mapper=nullable.get, date_as_object=False)
        for each in self.columns:
            if each.kind == "texts":
                frame[each.name] = [list(cell) for cell in self[each.name]]
            step = _step(self[each.name]) if each.kind == "period" else None
            if step is not None:
                frame[each.name] = pandas.PeriodIndex(list(self[each.name]), freq=step)
        return frame

    def to_polars(self) -> Any:
        """The table as a Polars DataFrame: String, List, Float64, Int64, Boolean, Date; unknown is null, a period is text.

        Raises PartMissing if Polars is not installed.
        """
        return _part("polars").from_arrow(self.to_arrow())

    def as_html(self, *, first: int = FIRST, last: int = LAST) -> str:
        """The table as HTML with a caption and scoped heads, every word escaped; no more than first + last rows."""
        shown = self._filled()
        head = "".join(
            f'<th scope="col" style="{_CELL}text-align:{"right" if _is_number(each.kind) else "left"}">{escape(each.name)}</th>'
            for _, each in shown
        )
        body = []
        for row in _cut(self.rows, first, last):
            if row is None:
                left_out = f"{len(self.rows) - first - last:,} rows are not shown here"
                body.append(f'<tr><td colspan="{len(shown)}" style="{_CELL}"><em>{left_out}</em></td></tr>')
                continue
            cells = [(cell_words(row[at]), each.kind) for at, each in shown]
            body.append("<tr>" + "".join(_td(words, kind, at == 0) for at, (words, kind) in enumerate(cells)) + "</tr>")
        note = f"<p>{escape(self._note())}</p>" if self._note() else ""
        return (
            f'<div role="region" aria-label="{escape(self.title)}" tabindex="0" style="overflow-x:auto">'
            '<table style="border-collapse:collapse;font-variant-numeric:tabular-nums">'
            f'<caption style="text-align:left;caption-side:top;font-weight:bold;padding:4px 0">{escape(self.title)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>{note}"
        )

    def as_text(self, *, first: int = FIRST, last: int = LAST) -> str:
        """The table for a terminal: numbers to the right, long cells cut, no more than first + last rows."""
        shown = self._filled()
        rows = [
            None if row is None else [_short(cell_words(row[at])) for at, _ in shown]
            for row in _cut(self.rows, first, last)
        ]
        heads = [each.name for _, each in shown]
        widths = [max(len(each) for each in cells) for cells in zip(heads, *(row for row in rows if row), strict=True)]

        def line(cells: Sequence[str]) -> str:
            placed = [
                cell.rjust(width) if _is_number(each.kind) else cell.ljust(width)
                for cell, width, (_, each) in zip(cells, widths, shown, strict=True)
            ]
            return "  ".join(placed).rstrip()

        told = [self.title, line(heads)]
        told += [f"… {len(self.rows) - first - last:,} rows more" if row is None else line(row) for row in rows]
        return "\n".join([*told, *([self._note()] if self._note() else [])])

    def __repr__(self) -> str:
        return self.as_text()

    def _repr_html_(self) -> str:
        return self.as_html()

    def _filled(self) -> list[tuple[int, TypedColumn]]:
        """The columns that hold anything, with their places; all of them where there is no row."""
        held = [
            (at, each)
            for at, each in enumerate(self.columns)
            if not self.rows or any(row[at] not in (None, "", ()) for row in self.rows)
        ]
        return held or list(enumerate(self.columns))[:1]

    def _note(self) -> str:
        if not self.rows:
            return "No rows."
        held = {at for at, _ in self._filled()}
        empty = [each.name for at, each in enumerate(self.columns) if at not in held]
        return f"Not shown, because nothing stands in them: {', '.join(empty)}." if empty else ""


def cell_words(value: object) -> str:
    """A cell as it is shown: `6,800`, `22.5`, `yes`, `2022-06-30`, `A1, A2`; None → not known."""
    if value is None or value == "":
        return NOT_KNOWN
    if value == NOT_APPLICABLE:
        return "does not apply"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return brief_words(value)
    if isinstance(value, tuple | list):
        return ", ".join(str(each) for each in value)
    return value.isoformat() if isinstance(value, date) else " ".join(str(value).split())


def _td(words: str, kind: Kind, is_head: bool) -> str:
    style = _CELL + ("text-align:right;" if _is_number(kind) else "text-align:left;max-width:32em;")
    style += "white-space:nowrap;" if len(words) <= UNBROKEN else ""
    name, scope = ("th", ' scope="row"') if is_head else ("td", "")
    return f'<{name}{scope} style="{style}font-weight:normal">{escape(words)}</{name}>'


def _cut(rows: Sequence[tuple[Any, ...]], first: int, last: int) -> list[tuple[Any, ...] | None]:
    """The rows that are shown, with None where some are left out."""
    if len(rows) <= first + last:
        return list(rows)
    return [*rows[:first], None, *rows[len(rows) - last :]]


def _short(words: str) -> str:
    return words if len(words) <= WIDEST else words[: WIDEST - 1].rstrip() + "…"


def _is_number(kind: Kind) -> bool:
    return kind in ("number", "whole")


def _plain(cell: Any, kind: Kind) -> Any:
    if kind == "texts":
        return [str(each) for each in cell or ()]
    if cell == NOT_APPLICABLE and kind not in ("text", "period"):
        return None
    if cell is None:
        return None
    return str(cell) if kind in ("text", "period") else float(cell) if kind == "number" else cell


def _step(periods: Sequence[Any]) -> str | None:
    """The step of a Period column, if all of these are months or all are years."""
    if not periods:
        return None
    return next((step for step, form in _PERIODS if all(form.fullmatch(str(each)) for each in periods)), None)


def _part(name: Literal["pandas", "polars"]) -> Any:
    """pandas or Polars, if this Python has it.

    Imported by name and when asked for: nobody needs either to run a plan, so neither is a dependency, and the contract that
    keeps them out of the product goes on holding for every ordinary import.
    """
    try:
        return importlib.import_module(name)
    except ImportError as lacking:
        raise PartMissing(f"{name} is not installed here. Install it with: python -m pip install {name}") from lacking
