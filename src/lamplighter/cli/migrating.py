"""The command that moves what an earlier version wrote to the version of today."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lamplighter.cli.say import Json, say, say_json
from lamplighter.errors import InputError, listed

if TYPE_CHECKING:
    from lamplighter.plan.migrating.looking import Look


def migrate(
    path: Annotated[
        Path, typer.Argument(help="A plan folder, a workspace, a plan.json, a comparison.json or a folder of releases.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    drop_old: Annotated[bool, typer.Option("--drop-old", help="Do not keep the old one beside it as PATH.v1.")] = False,
    as_json: Json = False,
) -> None:
    """Move what an earlier version wrote to this one: shows what would change by file, then writes it, or nothing."""
    from lamplighter.plan.migrating.looking import look
    from lamplighter.plan.migrating.moving import Moved, end_broken_off, move

    _check_not_inside(path)
    ended = end_broken_off(path)
    found = look(path)
    if not as_json:
        _say(found, ended=ended)
    done: Moved | None = None
    if not found.is_current:
        if yes or (not as_json and sys.stdin.isatty() and typer.confirm("Write this?")):
            done = move(found, keep=not drop_old)
        elif not as_json:
            say("Nothing was written. Add --yes to write it.")
    if as_json:
        told = {"path": str(path), "what": found.what, "version": found.version, "known": found.known}
        changes = [name or path.name for name in found.after]
        kept = str(done.kept) if done and done.kept else None
        say_json(
            {**told, "changes": changes, "says": found.says, "note": found.note, "written": bool(done), "kept": kept}
        )
    elif done:
        say(f"Wrote {listed((name or path.name for name in done.files), most=20)}." + _kept(done.kept))


def _say(found: Look, *, ended: bool) -> None:
    if ended:
        say(f"A move of {found.path} was broken off; it is ended now. The old folder lies beside it.")
    if found.what == "folder of releases":
        say(f"{found.path}: a folder of releases. {found.note}")
    elif found.is_current:
        say(f"{found.path} is a {found.what} of version {found.version}, which is the one of today. Nothing to do.")
    else:
        say(f"{found.path} is a {found.what} of version {found.version}. Moving it to version {found.known}:")
    for each in found.says:
        say(f"  {each}")
    for name, content in found.after.items():
        before = found.before.get(name)
        say(f"  {name or found.path.name}: {_lines(before, content)}")


def _lines(before: bytes | None, after: bytes) -> str:
    if before is None:
        return "written new"
    old, new = before.splitlines(), after.splitlines()
    if len(old) != len(new):
        return f"{len(old)} lines become {len(new)}"
    changed = sum(1 for one, other in zip(old, new, strict=True) if one != other)
    return f"{changed} of {len(new)} lines change" if changed else "only line ends change"


def _kept(kept: Path | None) -> str:
    return f" The old one is kept as {kept}." if kept else ""


def _check_not_inside(path: Path) -> None:
    """The folder changes places with its copy: who stands in it would stand in the old one afterwards."""
    here = Path.cwd()
    if path.resolve() in (here, *here.parents):
        raise InputError(
            f"You are inside {path.resolve()}, which would be put aside under you. Go one folder up, and name it."
        )
