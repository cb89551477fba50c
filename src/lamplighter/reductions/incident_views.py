"""The view of the live incident rows: every canonical column, whatever the source left out, and the newest outcome."""

# ruff: noqa: S608  (the SQL is put together from names that this package fixes itself; values are quoted)

from __future__ import annotations

from typing import TYPE_CHECKING

from lamplighter.errors import InputError, NoSuchName, listed
from lamplighter.schema import month_number
from lamplighter.sources import duck
from lamplighter.sources.incidents import INCIDENT_TABLES, INCIDENTS, OUTCOMES, IncidentTable

if TYPE_CHECKING:
    from lamplighter.workspace import Workspace


def incident_view_sql(workspace: Workspace, table: str, *, source: str | None = None) -> str:
    """`create view` of one incident table over the live rows of one source.

    The view of `incidents` has the columns of `sources.incidents.INCIDENTS` and `outcome_month`: where outcome files were
    imported, `outcome` is the newest of them for the row's reference and `outcome_month` its month; else what the incident's
    own row says, with no month. A reference that stands on several rows gives each of them the same outcome.
    Raises InputError when the table was never imported, or from several sources and none is named; NoSuchName.
    """
    layout = INCIDENT_TABLES[table]
    rows = _rows_sql(workspace, layout, source=_source_of(workspace, layout, source))
    if table != INCIDENTS.table:
        return f"create view {table} as {rows}"
    names = ", ".join(f"rows.{name}" for name in INCIDENTS.names if name != "outcome")
    if not workspace.head.tables.get(OUTCOMES.table):
        return f"create view {table} as select {names}, rows.outcome, cast(null as integer) as outcome_month from ({rows}) rows"
    newest = (
        "select reference, max(month) as outcome_month, max_by(outcome, month * 100000000000 + outcome_at) as newest"
        " from (select *, row_number() over (order by row_id) as outcome_at"
        f" from ({_rows_sql(workspace, OUTCOMES, source=None)})) where reference is not null group by reference"
    )
    return (
        f"create view {table} as select {names}, coalesce(newest.newest, rows.outcome) as outcome, newest.outcome_month"
        f" from ({rows}) rows left join ({newest}) newest on rows.reference = newest.reference"
    )


def _source_of(workspace: Workspace, layout: IncidentTable, source: str | None) -> str:
    known = workspace.sources(layout.table)
    if not known:
        raise InputError(
            f"{workspace.path} holds no {layout.table}. Import street data or an extract:"
            f" lamplighter import police-uk PATH --workspace {workspace.path}"
        )
    if source is not None and source not in known:
        raise NoSuchName("source of incidents in this workspace", source, known)
    if source is None and len(known) > 1:
        raise InputError(
            f"{workspace.path} holds {layout.table} from {listed(known)}, which may be the same crimes and are never added."
            " Say which source to look at, or use a workspace for each."
        )
    return source or known[0]


def _rows_sql(workspace: Workspace, layout: IncidentTable, *, source: str | None) -> str:
    """The live rows with every column of the table in its order, null where no file has it."""
    whole: list[str] = []
    cut: dict[tuple[str, ...], list[str]] = {}
    for live, record in workspace.live_files(layout.table):
        if source is not None and workspace.manifest(live.import_id).source != source:
            continue
        path = duck.path_in_sql(workspace.path / live.path)
        if set(live.months) == set(record.months):
            whole.append(path)
        else:
            cut.setdefault(tuple(sorted(live.months)), []).append(path)
    empty = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in layout.columns)
    parts = [f"select {empty} where false"]
    if whole:
        parts.append(_read_sql(whole))
    for months, paths in cut.items():
        parts.append(f"{_read_sql(paths)} where month in ({', '.join(str(month_number(each)) for each in months)})")
    return " union all by name ".join(parts)


def _read_sql(paths: list[str]) -> str:
    return f"select * from read_parquet([{', '.join(paths)}], union_by_name = true)"
