"""Workspaces made of rows drawn by hand, and the plain-Python answer that every reduction must give."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lamplighter.reductions import REDUCTIONS
from lamplighter.schema import month_number
from lamplighter.sources.layouts import LAYOUT_OF
from lamplighter.sources.reading import Reading
from lamplighter.workspace import SourceFile, Workspace

Row = dict[str, Any]
_NUMBERS = {"recorded_month": pa.int32(), "committed_month": pa.int32(), "delay_months": pa.int32()}
_NUMBERS |= {"crimes": pa.int64(), "victims": pa.int64()}


def reading_of(table: str, rows: Sequence[Row]) -> Reading:
    names = LAYOUT_OF[table].names
    schema = pa.schema([(name, _NUMBERS.get(name, pa.string())) for name in names])
    refused = pa.table({name: pa.array([], pa.string()) for name in ("found_at", "reason", "given")})
    return Reading(
        file_name=table,
        kind=LAYOUT_OF[table].kind,
        tables={table: pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows], schema=schema)},
        rows_read=len(rows),
        rows_kept=len(rows),
        rows_refused=0,
        refused={},
        refused_rows=refused,
    )


@contextmanager
def workspace_of(table: str, *imports: Sequence[Row]) -> Iterator[Workspace]:
    """A workspace into which these rows were imported, one import after another."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.create_or_open(Path(folder) / "W")
        for number, rows in enumerate(imports):
            file = SourceFile(name=f"{number}.csv", sha256=f"{number:064x}")
            workspace.add(reading_of(table, rows), source="test", files=[file], now=datetime(2026, 1, 1, tzinfo=UTC))
        yield workspace


def drawn(table: str, text: str) -> list[Row]:
    """Rows from a drawn table: `-` is unknown, months as 2014-01; the delay is worked out."""
    header, *lines = [line.split() for line in text.strip().splitlines()]
    rows = []
    for line in lines:
        row: Row = {name: None if cell == "-" else cell for name, cell in zip(header, line, strict=True)}
        for name in ("recorded_month", "committed_month"):
            row[name] = month_number(row[name]) if row.get(name) else None
        row[LAYOUT_OF[table].count_column] = int(row[LAYOUT_OF[table].count_column])
        recorded, committed = row["recorded_month"], row["committed_month"]
        row["delay_months"] = recorded - committed if committed is not None and committed <= recorded else None
        rows.append(row)
    return rows


def reference(name: str, rows: Sequence[Row], *, last_month: int) -> list[tuple[Any, ...]]:
    """What the reduction must answer, in plain Python."""
    reduction = REDUCTIONS[name]
    count = reduction.columns[-1]
    sums: dict[tuple[Any, ...], int] = {}
    for row in rows:
        if row["recorded_month"] > last_month:
            continue
        known = dict(row)
        known["recorded_year"] = row["recorded_month"] // 12
        known["why_unknown"] = (
            "committed month unknown"
            if row["committed_month"] is None
            else ("recorded before committed" if row["delay_months"] is None else None)
        )
        key = tuple(known.get(column) for column in reduction.columns[:-1])
        sums[key] = sums.get(key, 0) + row[count]
    return sorted(
        ((*key, total) for key, total in sums.items()), key=lambda row: [(cell is None, cell) for cell in row[:-1]]
    )


class Drawing:
    """The functions above, for tests that are handed them by name."""

    workspace_of = staticmethod(workspace_of)
    drawn = staticmethod(drawn)
    reference = staticmethod(reference)


@pytest.fixture(scope="session")
def drawing() -> type[Drawing]:
    return Drawing
