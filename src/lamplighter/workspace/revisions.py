"""Which past figures did a later file change, from what to what?"""

# ruff: noqa: S608  (the SQL is put together from names that this package fixes itself; values are quoted)

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lamplighter.errors import WorkspaceDamaged, listed
from lamplighter.sources import duck
from lamplighter.sources.layouts import LAYOUT_OF, TableLayout

if TYPE_CHECKING:
    import pyarrow as pa


def revision_schema() -> pa.Schema:
    """The columns of a revision: `level` says what key_1 and key_2 are (`borough_ward`, …, or `total` with neither)."""
    import pyarrow as pa

    return pa.schema(
        [
            ("table_name", pa.string()),
            ("level", pa.string()),
            ("key_1", pa.string()),
            ("key_2", pa.string()),
            ("recorded_month", pa.int32()),
            ("old_count", pa.int64()),
            ("new_count", pa.int64()),
            ("at", pa.timestamp("us", tz="UTC")),
            ("import_id", pa.string()),
        ]
    )


def revisions_between(
    old: Sequence[tuple[Path, Sequence[int]]],
    new: pa.Table,
    *,
    table: str,
    months: Sequence[int],
    at: datetime,
    import_id: str,
) -> pa.Table:
    """Every figure that differs between the live rows and the new ones, in the months that both hold.

    old: kept files with their live months. new: the rows that take their place. months: those that are replaced.
    A key that is absent in a month that is present counted 0 there, so a figure may come from 0 or go to 0.
    Misleads about rows that only changed within a key (another committed month, another offence of the same sub-group):
    sums at the key don't move, and no revision is told.
    """
    import duckdb
    import pyarrow as pa

    layout = LAYOUT_OF[table]
    with duck.connection() as db:
        db.register("new_rows", new)
        both = _both_sql(layout, old, months)
        levels = [_level_sql(layout.level, layout.keys, both), _level_sql("total", (), both)]
        order = "order by recorded_month, level desc, key_1 nulls last, key_2 nulls last"
        try:
            found = db.sql(f"select * from ({' union all '.join(levels)}) {order}").to_arrow_table()
        except duckdb.Error as error:
            names = listed(path.name for path, _ in old)
            raise WorkspaceDamaged(
                f"The rows that {import_id} would replace can't be read ({names}). Run: lamplighter verify."
            ) from error
    columns = {name: found.column(name) for name in found.column_names}
    columns["table_name"] = pa.array([table] * found.num_rows, pa.string())
    columns["at"] = pa.array([at] * found.num_rows, pa.timestamp("us", tz="UTC"))
    columns["import_id"] = pa.array([import_id] * found.num_rows, pa.string())
    schema = revision_schema()
    return pa.table({name: columns[name] for name in schema.names}).cast(schema)


def _both_sql(layout: TableLayout, old: Sequence[tuple[Path, Sequence[int]]], months: Sequence[int]) -> str:
    keys = ", ".join(layout.keys)
    replaced = _numbers(months)
    parts = [
        f"select {keys}, recorded_month, {layout.count_column} as old_count, 0 as new_count"
        f" from read_parquet({duck.path_in_sql(path)})"
        f" where recorded_month in ({_numbers(live)}) and recorded_month in ({replaced})"
        for path, live in old
    ]
    parts.append(
        f"select {keys}, recorded_month, 0 as old_count, {layout.count_column} as new_count"
        f" from new_rows where recorded_month in ({replaced})"
    )
    return " union all ".join(parts)


def _level_sql(level: str, keys: Sequence[str], both: str) -> str:
    named = [*keys, *["cast(null as varchar)"] * (2 - len(keys))]
    group = ", ".join([*keys, "recorded_month"])
    return (
        f"select '{level}' as level, {named[0]} as key_1, {named[1]} as key_2, recorded_month,"
        f" cast(sum(old_count) as bigint) as old_count, cast(sum(new_count) as bigint) as new_count"
        f" from ({both}) group by {group} having sum(old_count) <> sum(new_count)"
    )


def _numbers(months: Sequence[int]) -> str:
    return ", ".join(str(int(month)) for month in months)
