"""`plan pack`: what stood behind a recommendation on a day, as a ZIP for an inspectorate, and the check of such a ZIP."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from lamplighter.cli.say import Json, say, say_json
from lamplighter.errors import InputError


def pack(
    folder: Annotated[Path | None, typer.Argument(help="The plan folder; not needed with --verify.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The ZIP to write.")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Only what was known on that day goes in."),
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="The folder that holds what was imported.")
    ] = None,
    recommendation: Annotated[
        str, typer.Option(help="One recommendation, such as RC-1; all for every one and every promise.")
    ] = "all",
    with_restricted: Annotated[
        bool, typer.Option("--with-restricted", help="Pack what was read in sources that are not open, and say so.")
    ] = False,
    verify: Annotated[Path | None, typer.Option("--verify", help="Check this pack instead of writing one.")] = None,
    digest: Annotated[
        str | None, typer.Option(help="With --verify: the SHA-256 of the manifest, as it was lodged elsewhere.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Pack the evidence as known on a day: records, figures, sources, rules, digests. --verify exits 1 if one was altered."""
    if verify is not None:
        if folder is not None or out is not None:
            raise InputError("--verify checks a pack and writes none. Leave out the plan folder and --out.")
        _verify(verify, digest, as_json=as_json)
        return
    if folder is None or out is None or as_of is None:
        raise InputError(
            "A pack needs a plan folder, a day and a place: lamplighter plan pack FOLDER --as-of YYYY-MM-DD --out FILE.zip"
        )
    if digest is not None:
        raise InputError("--digest belongs to --verify. Leave it out to write a pack.")
    from lamplighter.reports.pack import write_pack

    done = write_pack(
        folder,
        workspace=workspace,
        as_of=as_of.date(),
        out=out,
        recommendation=recommendation,
        with_restricted=with_restricted,
    )
    if as_json:
        left = {each.what: each.count for each in done.left_out}
        told = {"out": str(done.path), "files": done.files, "promises": done.promises, "left_out": left}
        say_json({**told, "measures_left_out": done.measures_left_out, "digest": done.digest})
        return
    say(
        f"Wrote {done.path}: {done.recommendations} recommendations, {done.promises} promises, {done.files} files, as known "
        f"on {as_of.date().isoformat()}."
    )
    for each in done.left_out:
        say(f"  left out, of a later day: {each.count} of {each.what}")
    if done.measures_left_out:
        say(f"  left out, because a table behind them was imported later: {done.measures_left_out} measures")
    if done.restricted:
        say(f"  not for everybody: it holds what was read in {', '.join(done.restricted)}")
    say(f"Lodge this digest of its manifest with somebody else: {done.digest}")


def _verify(path: Path, digest: str | None, *, as_json: bool) -> None:
    from lamplighter.plan.packing.manifest import verify_pack

    told = verify_pack(path, digest=digest)
    if as_json:
        say_json({"files": told.files, "digest": told.digest, "found": list(told.found)})
    else:
        for each in told.found:
            say(each)
        if not told.found:
            say(f"All {told.files} files are what the manifest says. SHA-256 of the manifest: {told.digest}")
    if told.found:
        raise typer.Exit(1)
