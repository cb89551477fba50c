"""Commands on a force's own export: draft a mapping, check it against the file, import by it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from lamplighter.cli.incidents import say_incidents
from lamplighter.cli.say import Json, Quiet, Workspace, progress, say, say_json, table
from lamplighter.errors import InputError

mapping_app = typer.Typer(help="Say what the columns of a force's own export mean.", no_args_is_help=True)
Export = Annotated[Path, typer.Argument(metavar="FILE", help="The export: CSV, CSV.gz or XLSX.")]
MappingFile = Annotated[Path, typer.Option("--mapping", "-m", help="The mapping, a TOML file.")]
_MOST_WORDS = 12


@mapping_app.callback()
def mapping() -> None:
    """Say what the columns of a force's own export mean."""


@mapping_app.command("draft")
def draft(
    file: Export,
    out: Annotated[Path | None, typer.Option("--out", help="Write the mapping here instead of printing it.")] = None,
    worksheet: Annotated[
        str | None, typer.Option("--worksheet", help="The worksheet, where the workbook has several.")
    ] = None,
) -> None:
    """Propose a mapping from headers and values. What is only likely is marked "unsure": look at those lines."""
    from lamplighter.sources.extract import drafted
    from lamplighter.workspace.durable import write_whole
    from lamplighter.workspace.importing_extract import export_content

    made = drafted(export_content(file), name=file.name, worksheet=worksheet)
    if out is None:
        say(made.toml)
        return
    if out.exists():
        raise InputError(f"{out} is there already. Name another file, or remove it.")
    try:
        write_whole(out, made.toml.encode("utf-8"), fsync=False)
    except OSError as error:
        raise InputError(f"{out} can't be written ({error.strerror}). Name another folder.") from error
    say(f"Wrote {out}. {len(made.unsure)} lines are unsure:")
    for each in made.unsure:
        say(f"  {each}")
    for header, why in made.left_out:
        say(f"  Left out: {header}: {why}.")
    say(f"Look at them, then: lamplighter mapping check {file} --mapping {out}")


@mapping_app.command("check")
def check(file: Export, mapping: MappingFile, as_json: Json = False) -> None:
    """Say what an import by this mapping would keep, refuse and not understand. Nothing is written."""
    from dataclasses import asdict

    from lamplighter.sources.extract import checked, load_mapping
    from lamplighter.workspace.importing_extract import export_content

    found = checked(export_content(file), name=file.name, mapping=load_mapping(mapping))
    if as_json:
        say_json(asdict(found))
        return
    say(
        f"{file.name}: {found.rows_read:,} rows read; {found.rows_kept:,} would be kept, {found.rows_refused:,} refused."
    )
    for reason, rows in found.refused.items():
        first = [place for place, why in found.refused_rows if why == reason][:3]
        say(f"  Refused: {rows:,}, {reason} ({', '.join(first) or 'further down'}).")
    if found.months:
        say(f"  Months: {found.months[0]} to {found.months[-1]}, {len(found.months)} with rows.")
    say(f"  Ground: {found.ground or 'no row has a point'}.")
    if found.rows_kept:
        lines = [[ours, f"{known:,}", f"{known / found.rows_kept:.1%}"] for ours, known in sorted(found.known.items())]
        say(table(["field", "rows that say it", "share of kept"], lines))
    for what, counts in (("Flag", found.flags), ("Setting", found.settings)):
        for word, count in counts.items():
            say(f"  {what} {word}: {count:,}.")
    for ours, words in found.unknown_words.items():
        shown = ", ".join(f"{word!r} ({count:,})" for word, count in list(words.items())[:_MOST_WORDS])
        more = f", … and {len(words) - _MOST_WORDS} more" if len(words) > _MOST_WORDS else ""
        say(f"  Not known, so unknown: {ours}: {shown}{more}.")
    if found.unused:
        say(f"  Columns not read: {', '.join(found.unused)}.")
    for warning in found.warnings:
        say(f"  Note: {warning}")


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Exports of a force: CSV, CSV.gz or XLSX.")],
    mapping: MappingFile,
    workspace: Workspace,
    add: Annotated[
        bool, typer.Option("--add", help="Put the rows beside those of the same force and month, not in their place.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Import a force's own export by a mapping. Names, birth dates and addresses are never read; references are hashed."""
    from lamplighter.workspace.importing_extract import import_extract

    with progress(quiet=quiet or as_json) as tell:
        done = import_extract(
            files, mapping=mapping, workspace=workspace, now=datetime.now(UTC), adds=add, on_progress=tell
        )
    say_incidents(done, workspace, as_json=as_json, quiet=quiet)
