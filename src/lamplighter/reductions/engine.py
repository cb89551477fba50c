"""Runs a reduction on DuckDB over the live rows of a workspace, and gives a small Arrow table in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lamplighter.errors import InputError, WorkspaceDamaged
from lamplighter.reductions.catalogue import reduction_named
from lamplighter.reductions.incident_views import incident_view_sql
from lamplighter.schema import month_number
from lamplighter.sources import duck
from lamplighter.sources.incidents import INCIDENT_TABLES

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from lamplighter.workspace import Workspace

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)")
LAST_MONTH = 12 * 10_000


class Engine:
    """Asks one state of a workspace. Use as `with Engine(workspace) as engine`, or close it."""

    def __init__(self, workspace: Workspace, *, incidents_from: str | None = None):
        """incidents_from: the source (`police-uk`, `extract`) whose incidents are looked at, where there are several."""
        self.workspace = workspace
        self.incidents_from = incidents_from
        self._db: duckdb.DuckDBPyConnection | None = None
        self._known: set[str] = set()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of DuckDB; asking again opens it again."""
        if self._db is not None:
            self._db.close()
        self._db, self._known = None, set()

    def run(
        self, name: str, *, last_month: int = LAST_MONTH, parameters: Mapping[str, object] | None = None
    ) -> pa.Table:
        """The answer of one reduction, with the columns that `REDUCTIONS[name]` states.

        last_month: the last month looked at (`schema.month_number`), included; all months unless stated.
        parameters: the other `:names` of the reduction, each with its value.
        A key has a row only in months where something was counted. In a month that `Workspace.months` names for the table
        it counted 0; an absent month is unknown.
        Raises NoSuchName, InputError when its table was never imported, WorkspaceDamaged when a file can't be read.
        """
        import duckdb

        reduction = reduction_named(name)
        db = self.view(reduction.table, why=reduction.name)
        given = {"last_month": last_month, **(parameters or {})}
        try:
            return db.sql(in_duckdb_words(reduction.sql), params=given).to_arrow_table()
        except duckdb.Error as error:
            raise _damaged(self.workspace, reduction.table, reduction.name, error) from error

    def view(self, table: str, *, why: str = "a question") -> duckdb.DuckDBPyConnection:
        """A connection in which the live rows of a table can be looked at under its name. Errors as for `run`."""
        import duckdb

        if self._db is None:
            self._db = duck.connection()
        if table not in self._known:
            try:
                self._db.execute(self._view_sql(table))
            except duckdb.Error as error:
                raise _damaged(self.workspace, table, why, error) from error
            self._known.add(table)
        return self._db

    def _view_sql(self, table: str) -> str:
        if table in INCIDENT_TABLES:
            return incident_view_sql(self.workspace, table, source=self.incidents_from)
        parts = []
        for live, record in self.workspace.live_files(table):
            part = f"select * from read_parquet({duck.path_in_sql(self.workspace.path / live.path)})"  # noqa: S608
            if set(live.months) != set(record.months):
                numbers = ", ".join(str(month_number(month)) for month in live.months)
                part += f" where recorded_month in ({numbers})"
            parts.append(part)
        if not parts:
            kind = "victim" if table.startswith("victims") else "offence"
            raise InputError(
                f"{self.workspace.path} holds no {table}. Import the Met's {kind} file:"
                f" lamplighter import mps-vawg FILE --workspace {self.workspace.path}"
            )
        return f"create view {table} as {' union all '.join(parts)}"


def in_duckdb_words(sql: str) -> str:
    """The same SQL with DuckDB's `$name` for our `:name`, outside of quoted text and comments."""
    pieces = re.split(r"('(?:[^']|'')*'|--[^\n]*)", sql)
    return "".join(piece if number % 2 else _PARAMETER.sub(r"$\1", piece) for number, piece in enumerate(pieces))


def _damaged(workspace: Workspace, table: str, why: str, error: Exception) -> WorkspaceDamaged:
    said = (str(error).strip().splitlines() or ["no reason given"])[0]
    return WorkspaceDamaged(f"{workspace.path}: {table} can't be read for {why} ({said}). Run: lamplighter verify.")
