"""What was imported, as the machine-readable list that `lamplighter imports --json` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from lamplighter.schema import month_number, month_text
from lamplighter.sources.incidents import INCIDENT_TABLES, INCIDENTS
from lamplighter.workspace.completeness import partial_months
from lamplighter.workspace.folder import Workspace
from lamplighter.workspace.manifests import Manifest, TableChange


def imports_listing(workspace: Workspace, *, all: bool = False) -> list[dict[str, Any]]:  # noqa: A002
    """One entry an import, oldest first, with the published keys and no other.

    months_present: months that any file of the import has a row for. months_missing: the gaps between the first and the
    last of them. Incidents have `located`, `asb_rows`, `distinct_crime_ids` and `months_partial` besides, and a month is
    missing where any force of the import lacks it. `all` adds what else the manifest knows: when, notes, warnings and the
    change of each table.
    """
    return [_entry(manifest, with_rest=all) for manifest in workspace.imports()]


def is_made_up(workspace: Workspace, *, source: str | None = None) -> bool:
    """Is any incident that is live made up, by the mapping it was read by (`made_up = true`)? One such file is enough.

    source: look only at what came from it. A file whose mapping does not say so passes for real: nothing is guessed.
    """
    manifests = [workspace.manifest(each) for each in workspace.import_ids((INCIDENTS.table,))]
    return any(each.made_up for each in manifests if source in (None, each.source))


def brought_anything(manifest: Manifest) -> bool:
    """Did the import hold any row that had not been read before, kept or refused?"""
    return any(line.rows_duplicate < line.rows_read for line in manifest.files)


def revision_rows(workspace: Workspace) -> list[dict[str, Any]]:
    """Each past figure that a later import changed, totals first: table, level, keys, month, old, new, when, by which import."""
    if not any(manifest.revisions for manifest in workspace.imports()):
        return []  # an empty Arrow table would load pandas, where it is there, for nothing
    rows = [
        {**row, "recorded_month": month_text(row["recorded_month"]), "at": row["at"].isoformat()}
        for row in workspace.revisions().to_pylist()
    ]
    return sorted(rows, key=lambda row: row["level"] != "total")


def _entry(manifest: Manifest, *, with_rest: bool) -> dict[str, Any]:
    present = months_present(manifest)
    entry: dict[str, Any] = {
        "id": manifest.id,
        "source": manifest.source,
        "files": [
            {
                "name": line.name,
                "sha256": line.sha256,
                "rows_read": line.rows_read,
                "rows_kept": line.rows_kept,
                "rows_refused": line.rows_refused,
                "rows_duplicate": line.rows_duplicate,
            }
            for line in manifest.files
        ],
        "refused": summed(line.refused for line in manifest.files),
        "months_present": list(present),
        "months_missing": list(months_missing(manifest)),
    }
    if any(line.kind for line in manifest.files):
        entry |= _of_incidents(manifest)
    if with_rest:
        entry["at"] = manifest.at
        entry["notes"] = {line.name: dict(line.notes) for line in manifest.files}
        entry["same_as"] = {line.name: line.same_as for line in manifest.files if line.same_as}
        entry["warnings"] = list(manifest.warnings)
        if any(line.kind for line in manifest.files):
            entry["kinds"] = {line.name: line.kind for line in manifest.files}
            entry["ground"] = manifest.ground
            entry["made_up"] = manifest.made_up
            entry["month_changes"] = [asdict(change) for change in manifest.month_changes]
        entry["tables"] = [_told_change(change) for change in manifest.changes]
    return entry


def _of_incidents(manifest: Manifest) -> dict[str, Any]:
    """What is told of an import of incidents besides: counts of its rows, never of what a later import left of them."""
    counts = [
        count for record in manifest.data_files if record.table == INCIDENTS.table for count in record.months.values()
    ]
    partial = {month for rows in rows_by_force_month(manifest).values() for month in partial_months(rows)}
    return {
        "located": sum(count.located or 0 for count in counts),
        "asb_rows": sum(count.asb or 0 for count in counts),
        "distinct_crime_ids": manifest.distinct_references or 0,
        "months_partial": sorted(partial),
    }


def _told_change(change: TableChange) -> dict[str, Any]:
    return {name: value for name, value in asdict(change).items() if not (name == "part" and value is None)}


def months_missing(manifest: Manifest) -> tuple[str, ...]:
    """The gaps between the first and the last month of an import; of incidents, those of any of its forces."""
    by_force = rows_by_force_month(manifest)
    if not by_force:
        return gaps_in(months_present(manifest))
    return tuple(sorted({month for rows in by_force.values() for month in gaps_in(rows)}))


def rows_by_force_month(manifest: Manifest) -> dict[str, dict[str, int]]:
    """Force → month → incidents that this import brought; empty when it brought none."""
    found: dict[str, dict[str, int]] = {}
    for record in manifest.data_files:
        if record.part is not None and INCIDENT_TABLES[record.table].months_count:
            months = found.setdefault(record.part, {})
            for month, count in record.months.items():
                months[month] = months.get(month, 0) + count.rows
    return found


def months_present(manifest: Manifest) -> tuple[str, ...]:
    """Months that any file of the import has a row for, in order."""
    return tuple(sorted({month for line in manifest.files for month in line.months}))


def gaps_in(months: Iterable[str]) -> tuple[str, ...]:
    """Months between the first and the last that are not there."""
    have = {month_number(month) for month in months}
    if not have:
        return ()
    return tuple(month_text(number) for number in range(min(have), max(have) + 1) if number not in have)


def summed(counts: Iterable[Any]) -> dict[str, int]:
    """Reason → rows, over several files."""
    total: dict[str, int] = {}
    for each in counts:
        for reason, rows in each.items():
            total[reason] = total.get(reason, 0) + rows
    return dict(sorted(total.items()))
