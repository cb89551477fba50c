"""Commands on incidents: bring the files of data.police.uk in, and say how complete each force is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lamplighter.cli.say import Json, Quiet, Workspace, progress, say, say_json, table

if TYPE_CHECKING:
    from lamplighter.workspace import ImportDone

_MOST_MONTHS = 60


def police_uk(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Folders, CSV, CSV.gz or the site's own ZIP, as they were downloaded."),
    ],
    workspace: Workspace,
    add: Annotated[
        bool, typer.Option("--add", help="Put the rows beside those of the same force and month, not in their place.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Import street, outcome and stop-and-search files of data.police.uk. A month that is there already is replaced whole."""
    from lamplighter.workspace import import_police_uk

    with progress(quiet=quiet or as_json) as tell:
        done = import_police_uk(paths, workspace=workspace, now=datetime.now(UTC), adds=add, on_progress=tell)
    say_incidents(done, workspace, as_json=as_json, quiet=quiet)


def say_incidents(done: ImportDone, workspace: Path, *, as_json: bool, quiet: bool) -> None:
    """What an import of incidents did: totals by kind of file, months before and after, what was refused."""
    from dataclasses import asdict

    from lamplighter.workspace import Workspace as Folder
    from lamplighter.workspace import imports_listing

    opened = Folder.open(workspace)
    changes = opened.manifest(done.id).month_changes
    entry = next(each for each in imports_listing(opened) if each["id"] == done.id)
    if as_json:
        told = {**entry, "month_changes": [asdict(each) for each in changes], "warnings": list(done.warnings)}
        say_json(told)
        return
    for kind in dict.fromkeys(line.kind or "" for line in done.files):
        lines = [line for line in done.files if (line.kind or "") == kind]
        read, kept, refused, known = (
            sum(getattr(line, name) for line in lines)
            for name in ("rows_read", "rows_kept", "rows_refused", "rows_duplicate")
        )
        say(
            f"{len(lines):,} {kind} {'file' if len(lines) == 1 else 'files'}: {read:,} rows read, {kept:,} kept, "
            f"{refused:,} refused, {known:,} known already.",
            quiet=quiet,
        )
    for change in done.tables:
        say(
            f"  {change.part}, {change.table}: {change.rows_before:,} rows before, {change.rows_after:,} after.",
            quiet=quiet,
        )
    for month in changes[:_MOST_MONTHS]:
        say(
            f"    {month.part}, {month.table}, {month.month}: {month.rows_before:,} rows before, {month.rows_after:,} after.",
            quiet=quiet,
        )
    if len(changes) > _MOST_MONTHS:
        say(f"    … and {len(changes) - _MOST_MONTHS:,} more months; --json prints all.", quiet=quiet)
    if entry["located"]:
        say(
            f"  Of the incidents {entry['located']:,} have a point, {entry['asb_rows']:,} are anti-social behaviour "
            f"(never added into crime); {entry['distinct_crime_ids']:,} different Crime IDs.",
            quiet=quiet,
        )
    for reason, rows in done.refused.items():
        say(f"  Refused: {rows:,}, {reason}. See: lamplighter refused {done.id} --workspace {workspace}", quiet=quiet)
    for warning in done.warnings:
        say(f"  Note: {warning}", quiet=quiet)
    if not done.changed:
        say("Nothing new: the content of these files was imported before.", quiet=quiet)


def coverage(workspace: Workspace, as_json: Json = False) -> None:
    """Say how complete each force is: rows read, refused and live, located share, months missing and partial."""
    from lamplighter.studies.coverage import coverage as asked
    from lamplighter.workspace import Workspace as Folder

    found = asked(Folder.open(workspace))
    if as_json:
        say_json([each.as_told() for each in found])
        return
    if not found:
        say(f"No incidents were imported yet. Bring some in: lamplighter import police-uk PATH --workspace {workspace}")
        return
    heads = ["force", "source", "read", "kept", "refused", "known", "live", "located", "ASB", "Crime IDs", "months"]
    rows = [
        [
            each.force, each.source, f"{each.rows_read:,}", f"{each.rows_kept:,}", f"{each.rows_refused:,}",
            f"{each.rows_duplicate:,}", f"{each.rows_live:,}", f"{each.located:,}", f"{each.asb_rows:,}",
            f"{each.distinct_crime_ids:,}", f"{each.months_present[0]} to {each.months_present[-1]}",
        ]
        for each in found
    ]  # fmt: skip
    say(table(heads, rows))
    for each in found:
        for reason, count in each.refused.items():
            say(f"  {each.force}: {count:,} refused, {reason}.")
        if each.months_missing:
            say(f"  {each.force}: no row for {', '.join(each.months_missing)}. Unknown, not zero.")
        if each.months_partial:
            say(f"  {each.force}: looks partial in {', '.join(each.months_partial)}.")
        for kind, count in each.other_rows.items():
            say(f"  {each.force}: {count:,} rows of {kind}, which enter no total.")
