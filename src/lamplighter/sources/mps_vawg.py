"""The Met's VAWG dashboard files (offences, victims) → five tables of ours, with every refused row counted and kept.

Two offence sheets hold the same crimes and three victim sheets the same victims, so they become tables of their own
that are never added; place by offence is in none of them.
"""

# ruff: noqa: S608  (the SQL is put together from names that this package fixes itself; values are quoted)

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lamplighter.errors import FileRefused, listed
from lamplighter.sources import duck
from lamplighter.sources.cleaning import cleaned, is_text
from lamplighter.sources.columns import ALWAYS, SHEET, check_columns
from lamplighter.sources.layouts import MPS_VAWG_TABLES, TableLayout
from lamplighter.sources.reading import RawRows, Reading
from lamplighter.sources.signatures import checked_format
from lamplighter.sources.values import month_of_date, number_of_count, reason_of_count

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

READING_VERSION = (
    1  # raise it when the same file would give other rows: answers kept under the old digest are then stale
)


def read(path: Path) -> Reading:
    """What rows does this file hold, which of them can be used, and why not the others?

    path: .parquet, .csv or .xlsx of the offence or the victim tables; it need not hold every sheet.
    Months are numbers (year * 12 + month − 1); the delay is null when the committed month is unknown or lies after the
    recorded one (such rows are kept and counted in `notes`). Exact repeats within a file are legitimate rows.
    Misleads when an extract was cut to some boroughs or offences: nothing in the file says so.
    Raises FileRefused, with the mend, when the file as a whole can't be used; PartMissing when .xlsx needs its extra.
    Source: Metropolitan Police Service, Violence Against Women and Girls dashboard (Open Government Licence v3.0).
    """
    raw = _raw_rows(path)
    if raw.rows.num_rows == 0 and not raw.malformed:
        raise FileRefused(f"{path.name} has a header and no rows. Export it again with its rows.")
    raw = replace(raw, rows=cleaned(raw.rows))
    sheet_names = _sheet_names(raw)
    here = _layouts_in(sheet_names, raw, path)
    judged = _judged(raw, sheet_names)
    with duck.connection() as db:
        db.register("raw", raw.rows)
        tables = {}
        for layout in here:
            rows = db.sql(_rows_sql(layout, judged, sheet_names[layout.table])).to_arrow_table()
            if rows.num_rows:
                tables[layout.table] = rows
        kept = sum(table.num_rows for table in tables.values())
        refused_rows = _refused_rows(db, raw, judged, some=kept < raw.rows.num_rows)
        unknown = sum(table.column("committed_month").null_count for table in tables.values())
        blank = raw.rows.column("date_committed_from_date_months").null_count
        # Every row kept and as many unknown as blank: nothing unreadable to count, which spares a pass over the file.
        all_plain = kept == raw.rows.num_rows and unknown == blank
        odd_dates = 0 if all_plain else _unreadable_committed(db, judged)
    reasons = refused_rows.column("reason").to_pylist()
    refused = {reason: reasons.count(reason) for reason in sorted(set(reasons))}
    if not kept:
        why = listed(f"{reason} ({count:,})" for reason, count in refused.items())
        raise FileRefused(f"{path.name}: not one of its {len(reasons):,} rows can be used: {why}. Check its columns.")
    return Reading(
        file_name=path.name,
        kind=here[0].kind,
        tables=tables,
        rows_read=kept + len(reasons),
        rows_kept=kept,
        rows_refused=len(reasons),
        refused=refused,
        refused_rows=refused_rows,
        notes=_notes(tables) | ({"committed_not_a_date": odd_dates} if odd_dates else {}),
        warnings=raw.warnings,
    )


def _raw_rows(path: Path) -> RawRows:
    always = (*ALWAYS, SHEET)
    found = checked_format(path)
    if found == "Parquet":
        from lamplighter.sources.parquet_rows import parquet_rows

        return parquet_rows(path, always=always)
    if found == "CSV":
        from lamplighter.sources.csv_rows import csv_rows

        return csv_rows(path, always=always)
    from lamplighter.sources.xlsx_rows import xlsx_rows

    return xlsx_rows(path, always=always)


def _sheet_names(raw: RawRows) -> dict[str, list[str]]:
    """Table → the ways in which this file writes its sheet's name (case aside); other names under `""`."""
    import pyarrow.compute as pc

    if not is_text(raw.rows.schema.field(SHEET).type):
        return {"": ["numbers or dates"]}
    table_of = {layout.sheet.casefold(): layout.table for layout in MPS_VAWG_TABLES}
    names: dict[str, list[str]] = {}
    for written in sorted(filter(None, pc.unique(raw.rows.column(SHEET)).to_pylist())):
        names.setdefault(table_of.get(written.casefold(), ""), []).append(written)
    return names


def _layouts_in(sheet_names: dict[str, list[str]], raw: RawRows, path: Path) -> list[TableLayout]:
    """The tables whose sheet is in the file; refuses when a sheet lacks its columns or both kinds are mixed."""
    here = [layout for layout in MPS_VAWG_TABLES if layout.table in sheet_names]
    if not here and raw.rows.num_rows:
        known = listed((layout.sheet for layout in MPS_VAWG_TABLES), most=9)
        given = listed(repr(name) for name in sheet_names.get("", ["none given"]))
        raise FileRefused(f"{path.name}: no sheet of it is known ({given}). Known sheets: {known}.")
    if not here:
        raise FileRefused(f"{path.name}: no row of it has as many values as its header. Export it again.")
    if len({layout.kind for layout in here}) > 1:
        raise FileRefused(f"{path.name} mixes offence and victim sheets. Give them as two files.")
    for layout in here:
        needed = [theirs for _, theirs in layout.columns]
        check_columns(needed, raw.headers, file_name=f"{path.name} ({layout.sheet})")
    return here


def _judged(raw: RawRows, sheet_names: dict[str, list[str]]) -> dict[str, str]:
    """SQL expressions of what each row is worth: its months, its count, and the reason it is refused for (or null)."""
    type_of = {field.name: field.type for field in raw.rows.schema}
    recorded = month_of_date("recorded_date_months", type_of["recorded_date_months"])
    committed = month_of_date("date_committed_from_date_months", type_of["date_committed_from_date_months"])
    known = _sql_list(name for table, names in sheet_names.items() if table for name in names)
    value_reason = f"""case
        when recorded_date_months is null then 'recorded month missing'
        when {recorded} is null then 'recorded month not a date'
        else {reason_of_count("count", type_of["count"])} end"""
    return {
        "recorded": recorded,
        "committed": committed,
        "count": number_of_count("count", type_of["count"]),
        "value_reason": value_reason,
        "reason": f"case when sheet is null or sheet not in ({known}) then 'unknown sheet' else {value_reason} end",
    }


def _sql_list(names: Iterable[str]) -> str:
    return ", ".join("'" + name.replace("'", "''") + "'" for name in names)


def _rows_sql(layout: TableLayout, judged: dict[str, str], sheet_names: list[str]) -> str:
    columns = ", ".join(f"cast({theirs} as varchar) as {ours}" for ours, theirs in layout.columns)
    names = ", ".join(ours for ours, _ in layout.columns)
    return f"""
        with judged as (
            select cast({judged["recorded"]} as integer) as recorded_month,
                   cast({judged["committed"]} as integer) as committed_month,
                   {judged["count"]} as {layout.count_column}, {columns}
            from raw
            where sheet in ({_sql_list(sheet_names)}) and ({judged["value_reason"]}) is null
        )
        select recorded_month, committed_month,
               case when committed_month <= recorded_month then recorded_month - committed_month end as delay_months,
               {layout.count_column}, {names}
        from judged"""


def _refused_rows(db: duckdb.DuckDBPyConnection, raw: RawRows, judged: dict[str, str], *, some: bool) -> pa.Table:
    """found_at, reason and the row's own text of every refused row: the malformed first, then in the file's order."""
    import pyarrow as pa

    found = list(raw.malformed)
    given = [json.dumps({"text": text}, ensure_ascii=False) for _, _, text in found]
    if some:
        sql = f"select found_at, {judged['reason']} as reason, * exclude (found_at) from raw"
        bad = db.sql(f"select * from ({sql}) where reason is not null").to_arrow_table()
        for row in bad.to_pylist():
            worksheet = row.pop("worksheet", None)
            at, reason = row.pop("found_at"), row.pop("reason")
            place = f"{worksheet} row {at}" if worksheet else f"{raw.row_word} {at}"
            found.append((place, reason, ""))
            text = {name: None if value is None else str(value) for name, value in row.items()}
            given.append(json.dumps(text, ensure_ascii=False))
    return pa.table(
        {
            "found_at": pa.array([place for place, _, _ in found], pa.string()),
            "reason": pa.array([reason for _, reason, _ in found], pa.string()),
            "given": pa.array(given, pa.string()),
        }
    )


def _unreadable_committed(db: duckdb.DuckDBPyConnection, judged: dict[str, str]) -> int:
    """Kept rows whose committed date says something that is no date: the month is unknown, and that is said."""
    sql = f"""select count(*) from raw where date_committed_from_date_months is not null
        and {judged["committed"]} is null and ({judged["reason"]}) is null"""
    found: Any = db.execute(sql).fetchone()
    return int(found[0])


def _notes(tables: dict[str, pa.Table]) -> dict[str, int]:
    notes = {"ward_unknown": 0, "committed_unknown": 0, "recorded_before_committed": 0}
    for table in tables.values():
        unknown = table.column("committed_month").null_count
        notes["committed_unknown"] += unknown
        notes["recorded_before_committed"] += table.column("delay_months").null_count - unknown
        if "ward" in table.column_names:
            notes["ward_unknown"] += table.column("ward").null_count
    return notes
