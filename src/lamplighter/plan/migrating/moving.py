"""Move what an earlier version wrote to the version of today: whole or not at all, the old one kept beside it."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from lamplighter.errors import InputError
from lamplighter.plan.folder import HEADER
from lamplighter.plan.migrating.looking import Look, look
from lamplighter.workspace.durable import DISK, Disk


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What was written. `kept`: where the old one lies now; None if it was not to be kept."""

    path: Path
    files: tuple[str, ...]
    kept: Path | None


def move(found: Look, *, keep: bool = True, disk: Disk = DISK) -> Moved:
    """Writes what `look` found. A folder is copied, the copy changed, and the two change places.

    keep: leave the old one beside it, as PATH.v1 (its version). Whoever is killed in the middle has the old one or the new
    one, or, between two names, both beside the path: `end_broken_off` then puts the new one in its place.
    Raises InputError if it changed since it was looked at, if the place for the old one is taken, or if the disk refuses.
    """
    if found.is_current:
        return Moved(path=found.path, files=(), kept=None)
    path = found.path.resolve()
    aside = path.with_name(f"{path.name}.v{found.version}")
    try:
        _check_room(aside, found)
        _check_unchanged(path, found)
        if path.is_file():
            _file(path, aside, found, disk)
        else:
            _folder(path, aside, found, disk)
        if not keep:
            disk.remove(aside)
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or "not everything could be copied"
        raise InputError(
            f"{found.path} was not moved ({reason}). Close its files in other programs and look at the disk, then try again."
        ) from None
    return Moved(path=found.path, files=tuple(found.after), kept=aside if keep else None)


def end_broken_off(path: Path, *, disk: Disk = DISK) -> bool:
    """Puts the new folder in its place if a move was killed between two names; True if there was one to put."""
    path = path.resolve()
    fresh = _fresh(path)
    if path.exists() or not (fresh / HEADER).is_file():
        return False
    if not any(each.name.startswith(f"{path.name}.v") for each in path.parent.iterdir()):
        return False
    disk.at(f"move {path.name}")
    fresh.rename(path)
    disk.settle(path.parent)
    return True


def _fresh(path: Path) -> Path:
    return path.with_name(f".{path.name}.moving")


def _check_room(aside: Path, found: Look) -> None:
    """A lone file that was killed half-way left its own copy aside, which is taken for what it is."""
    if not aside.exists() or (aside.is_file() and aside.read_bytes() == found.before.get("")):
        return
    raise InputError(f"{aside} is there already, and the old one would go there. Move it elsewhere first.")


def _check_unchanged(path: Path, found: Look) -> None:
    if look(path).before != found.before:
        raise InputError(f"{found.path} changed since it was looked at. Look again: lamplighter migrate {found.path}")


def _file(path: Path, aside: Path, found: Look, disk: Disk) -> None:
    if not aside.exists():
        disk.replace(aside, found.before[""])
    disk.replace(path, found.after[""])
    disk.settle(path.parent)


def _folder(path: Path, aside: Path, found: Look, disk: Disk) -> None:
    fresh = _fresh(path)
    if fresh.exists():
        disk.remove(fresh)
    try:
        disk.at(f"copy {path.name}")
        shutil.copytree(path, fresh, symlinks=True)
        for name, content in found.after.items():
            disk.replace(fresh / name, content)
        disk.settle(fresh)
        disk.at(f"aside {path.name}")
        path.rename(aside)
        try:
            disk.at(f"move {path.name}")
            fresh.rename(path)
        except BaseException:
            if not path.exists():
                aside.rename(path)
            raise
    except BaseException:
        with contextlib.suppress(OSError):
            shutil.rmtree(fresh)
        raise
    with contextlib.suppress(OSError):  # it is moved; a disk that can't confirm the names takes nothing of it back
        disk.settle(path.parent)
