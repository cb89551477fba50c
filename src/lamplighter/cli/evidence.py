"""Commands on the evidence: import, imports, refused, verify."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from lamplighter.cli.say import Json, Quiet, Workspace, progress, say, say_json, table
from lamplighter.errors import WorkspaceDamaged

import_app = typer.Typer(help="Bring open data into a workspace, with nothing lost.", no_args_is_help=True)
Files = Annotated[list[Path], typer.Argument(help="Parquet, CSV or XLSX files as the force publishes them.")]


@import_app.callback()
def importing() -> None:
    """Bring open data into a workspace, with nothing lost."""


@import_app.command("mps-vawg")
def mps_vawg(files: Files, workspace: Workspace, as_json: Json = False, quiet: Quiet = False) -> None:
    """Import the Met's VAWG tables. The same file twice changes nothing; a later file replaces the months that it holds."""
    from lamplighter.workspace import import_files

    with progress(quiet=quiet or as_json) as tell:
        done = import_files(files, workspace=workspace, now=datetime.now(UTC), on_progress=tell)
    if as_json:
        from dataclasses import asdict

        say_json(asdict(done))
        return
    for line in done.files:
        say(
            f"{line.name}: {line.rows_read:,} rows read, {line.rows_kept:,} kept, {line.rows_refused:,} refused, "
            f"{line.rows_duplicate:,} known already.",
            quiet=quiet,
        )
    for change in done.tables:
        say(f"  {change.table}: {change.rows_before:,} rows before, {change.rows_after:,} after.", quiet=quiet)
    for reason, rows in done.refused.items():
        say(f"  Refused: {rows:,}, {reason}. See: lamplighter refused {done.id} --workspace {workspace}", quiet=quiet)
    for note, rows in done.notes.items():
        if not rows:
            continue
        say(f"  Kept as they are: {rows:,}, {note.replace('_', ' ')}.", quiet=quiet)
    for warning in done.warnings:
        say(f"  Note: {warning}", quiet=quiet)
    if done.revisions:
        say(f"  {done.revisions:,} past figures changed; each is kept as a revision.", quiet=quiet)
    if done.months_missing:
        say(f"  Months without a row: {', '.join(done.months_missing)}.", quiet=quiet)
    if not done.changed:
        say("Nothing new: these files were imported before.", quiet=quiet)


def imports(
    workspace: Workspace,
    everything: Annotated[
        bool, typer.Option("--all", help="Also imports that brought nothing new, with their notes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List what was imported: files, rows read, kept and refused, months present and missing."""
    from lamplighter.workspace import Workspace as Folder
    from lamplighter.workspace import imports_listing

    listed = imports_listing(Folder.open(workspace), all=everything)
    if not everything:
        listed = [each for each in listed if any(not file["rows_duplicate"] for file in each["files"])]
    if as_json:
        say_json(listed)
        return
    rows = [
        [
            each["id"], file["name"], f"{file['rows_read']:,}", f"{file['rows_kept']:,}", f"{file['rows_refused']:,}",
            f"{each['months_present'][0]} to {each['months_present'][-1]}" if each["months_present"] else "none",
        ]
        for each in listed
        for file in each["files"]
    ]  # fmt: skip
    say(table(["import", "file", "read", "kept", "refused", "months"], rows) if rows else "Nothing was imported yet.")


def refused(
    import_id: Annotated[str, typer.Argument(help="The import, as `lamplighter imports` names it.")],
    workspace: Workspace,
    as_json: Json = False,
) -> None:
    """Show the rows that an import refused, each with its file, its line and the reason."""
    from lamplighter.workspace import Workspace as Folder

    rows = Folder.open(workspace).refused_rows(import_id)
    if as_json:
        say_json(list(rows))
        return
    say(f"{len(rows):,} rows refused by import {import_id}.")
    for row in rows[:200]:
        say(f"  {row['file']}, {row['found_at']}: {row['reason']}.")
    if len(rows) > 200:
        say(f"  … and {len(rows) - 200:,} more; --json prints all.")


def revisions(workspace: Workspace, as_json: Json = False) -> None:
    """List the past figures that a later import changed: table, key, month, old, new, when."""
    from lamplighter.workspace import Workspace as Folder
    from lamplighter.workspace import revision_rows

    rows = revision_rows(Folder.open(workspace))
    if as_json:
        say_json(rows)
        return
    say(f"{len(rows):,} past figures were changed by a later import.")
    heads = list(rows[0]) if rows else []
    say(table(heads, [[str(each) for each in row.values()] for row in rows[:200]]) if rows else "")
    if len(rows) > 200:
        say(f"  … and {len(rows) - 200:,} more; --json prints all.")


def verify(workspace: Workspace, as_json: Json = False) -> None:
    """Check that every file of the workspace is what its manifest says."""
    from lamplighter.workspace import Workspace as Folder

    problems = Folder.open(workspace).verify()
    if as_json:
        say_json({"problems": list(problems)})
    if problems:
        raise WorkspaceDamaged("\n  ".join(problems))
    if not as_json:
        say("Every file is what its manifest says.")
