"""Commands on definitions: load a workbook of harm weights into a workspace, and list what is in force."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lamplighter.cli.say import Json, Workspace, number, say, say_json

if TYPE_CHECKING:
    from lamplighter.workspace.loaded_definitions import LoadedHarm

app = typer.Typer(help="Definitions: which harm weights are in force.", no_args_is_help=True)


@app.command("load")
def load(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.xlsx", help="The workbook of the Cambridge Crime Harm Index, as it was published."
        ),
    ],
    workspace: Workspace,
    as_json: Json = False,
) -> None:
    """Keep a workbook of harm weights in the workspace; profiles then weigh harm by it and name it with its SHA-256."""
    from lamplighter.workspace.loaded_definitions import load_harm

    loaded = load_harm(file, workspace=workspace, now=datetime.now(UTC))
    if as_json:
        say_json(_told(loaded))
        return
    book = loaded.workbook
    say(f"{len(book.entries):,} of {book.rows_read:,} offences have a weight, from worksheet {book.sheet!r}.")
    for reason, rows in book.left_out.items():
        say(f"  Left out: {rows:,}, {reason}.")
    say(f"  SHA-256 {book.sha256}")
    say("Harm is weighed by this workbook from now on. Whether it is the publisher's is for you to know.")


@app.command("list")
def list_definitions(workspace: Workspace, as_json: Json = False) -> None:
    """Say which harm weights are in force in this workspace, and where they come from."""
    from lamplighter.workspace import Workspace as Folder
    from lamplighter.workspace.loaded_definitions import loaded_harm

    loaded = loaded_harm(Folder.open(workspace).path)
    if as_json:
        say_json([_shipped() if loaded is None else _told(loaded)])
        return
    if loaded is None:
        shipped = _shipped()
        say(f"Harm weights: {shipped['name']} ({shipped['status']}), {shipped['entries']} groups of offences.")
        say("They are not the Cambridge index. Load its workbook: lamplighter definitions load FILE.xlsx --workspace W")
        return
    book = loaded.workbook
    say(f"Harm weights: {book.name}, loaded {loaded.loaded_at}.")
    say(f"  {number(len(book.entries))} offences; kept as {loaded.kept_as.name}; SHA-256 {book.sha256}")


def _told(loaded: LoadedHarm) -> dict[str, Any]:
    book = loaded.workbook
    return {
        "definition": "harm",
        "name": book.name,
        "status": "loaded by a user",
        "file_name": book.file_name,
        "sheet": book.sheet,
        "sha256": book.sha256,
        "loaded_at": loaded.loaded_at,
        "kept_as": loaded.kept_as.name,
        "rows_read": book.rows_read,
        "entries": len(book.entries),
        "left_out": dict(book.left_out),
    }


def _shipped() -> dict[str, Any]:
    from lamplighter import definitions

    rows = definitions.harm_weights()
    return {
        "definition": "harm",
        "name": "Medians of groups of offences, as a public repository tells them",
        "status": ", ".join(sorted({row["status"] for row in rows})),
        "file_name": None,
        "sheet": None,
        "sha256": None,
        "loaded_at": None,
        "kept_as": None,
        "rows_read": len(rows),
        "entries": sum(1 for row in rows if row["days"]),
        "left_out": {},
    }
