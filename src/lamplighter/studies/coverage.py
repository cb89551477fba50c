"""What was imported of each force, what was refused, and which months are missing or look partial?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lamplighter.sources.incidents import INCIDENT_TABLES, INCIDENTS
from lamplighter.workspace.completeness import partial_months
from lamplighter.workspace.listing import brought_anything, gaps_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lamplighter.workspace import Workspace
    from lamplighter.workspace.manifests import FileLine


@dataclass(frozen=True, kw_only=True)
class ForceCoverage:
    """One force of one source, over all imports.

    rows_read = rows_kept + rows_refused + rows_duplicate: the ledger of all its street files or extracts, imports that
    brought nothing new included. refused: reason → rows; a refused row counts for the force that most rows of its file name.
    The rest is of the rows that are live now: rows_live (all), located (with a point), asb_rows (anti-social behaviour, never
    part of “crime”), distinct_crime_ids (fewer than the rows that have one, since a Crime ID is no key).
    months_partial: by `completeness.PARTIAL_RULE`. other_rows: kind of file → rows seen that enter no total.
    """

    force: str
    source: str
    rows_read: int
    rows_kept: int
    rows_refused: int
    rows_duplicate: int
    refused: dict[str, int]
    rows_live: int
    located: int
    asb_rows: int
    distinct_crime_ids: int
    months_present: tuple[str, ...]
    months_missing: tuple[str, ...]
    months_partial: tuple[str, ...]
    other_rows: dict[str, int]

    def as_told(self) -> dict[str, Any]:
        """As `lamplighter coverage --json` prints it."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def coverage(workspace: Workspace, *, repeats: bool = True) -> tuple[ForceCoverage, ...]:
    """How complete are the incidents of each force in this workspace?

    One entry a force and source, by force; empty when no incidents were imported. A month without a row is missing: unknown,
    not zero. repeats: False leaves out imports of nothing but content that was there: the same file brought in twice then tells
    what it told once. Misleads about months before the first and after the last that were imported: those nobody can know of.
    """
    from lamplighter.reductions import Engine

    found = []
    for source in workspace.sources(INCIDENTS.table):
        with Engine(workspace, incidents_from=source) as engine:
            counted = {row["force_name"]: row for row in engine.run("references_by_force").to_pylist()}
        found += [
            _of_force(workspace, force, source, row["distinct_references"], repeats=repeats)
            for force, row in counted.items()
        ]
    return tuple(sorted(found, key=lambda each: (each.force, each.source)))


def _of_force(workspace: Workspace, force: str, source: str, distinct: int, *, repeats: bool) -> ForceCoverage:
    imports = [each for each in workspace.imports() if each.source == source and (repeats or brought_anything(each))]
    lines = [line for manifest in imports for line in manifest.files]
    mine = [line for line in lines if force in line.by_part and _counts(line)]
    counts = {
        name: sum(line.by_part[force][name] for line in mine)
        for name in ("rows_read", "rows_kept", "rows_refused", "rows_duplicate")
    }
    refused: dict[str, int] = {}
    for line in mine:
        if line.by_part[force]["rows_refused"]:
            for reason, of_reason in line.refused.items():
                refused[reason] = refused.get(reason, 0) + of_reason
    live = [
        (month, record.months[month])
        for file, record in workspace.live_files(INCIDENTS.table)
        if file.part == force and workspace.manifest(file.import_id).source == source
        for month in file.months
    ]
    rows: dict[str, int] = {}
    for month, count in live:
        rows[month] = rows.get(month, 0) + count.rows
    return ForceCoverage(
        force=force,
        source=source,
        **counts,
        refused=dict(sorted(refused.items())),
        rows_live=sum(rows.values()),
        located=sum(count.located or 0 for _, count in live),
        asb_rows=sum(count.asb or 0 for _, count in live),
        distinct_crime_ids=distinct,
        months_present=tuple(sorted(rows)),
        months_missing=gaps_in(rows),
        months_partial=partial_months(rows),
        other_rows=_other_rows(workspace, force),
    )


def _counts(line: FileLine) -> bool:
    """Is the file one of incidents, and not of outcomes or searches?"""
    return line.kind not in ("outcomes", "stop-and-search")


def _other_rows(workspace: Workspace, force: str) -> dict[str, int]:
    """Live rows of the tables that enter no total, a stop and search under the force that its file's name says."""
    from lamplighter.sources.police_uk.kinds import same_force

    others = [name for name, layout in INCIDENT_TABLES.items() if not layout.months_count]
    found = {name: _live_rows(workspace, name, force, same_force) for name in others}
    return {name: rows for name, rows in found.items() if rows}


def _live_rows(workspace: Workspace, table: str, force: str, same: Any) -> int:
    kept: Iterable[int] = (
        record.months[month].rows
        for file, record in workspace.live_files(table)
        if same(file.part or "", force)
        for month in file.months
    )
    return sum(kept)
