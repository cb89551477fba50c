"""How a folder that we wrote is replaced: only one of ours, without a stranger's file, and whole. Loads nothing that draws."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from lamplighter.errors import InputError, listed
from lamplighter.reports.receipt import RECEIPT

MARKER = ".lamplighter"


def check_may_replace(target: Path) -> None:
    """Is this place free, empty, or a site of ours without a stranger's file in it? Raises InputError if not."""
    for place in (target, *target.parents):
        if place.exists() and not place.is_dir():
            raise InputError(f"{place} is a file. Give --out a folder that does not exist yet.")
    if not target.exists() or not any(target.iterdir()):
        return
    if not (target / MARKER).is_file():  # asked first: what is not ours may be a whole disk, and is not walked through
        raise InputError(
            f"{target} holds files but is not a site that Lamplighter wrote, so it is left as it is. "
            "Give --out a new folder, or empty this one yourself."
        )
    there = {
        each.relative_to(target).as_posix() for each in target.rglob("*") if each.is_symlink() or not each.is_dir()
    }
    strange = sorted(there - _ours(target) - {MARKER, RECEIPT})
    if strange:
        raise InputError(
            f"{target} holds {listed(strange, most=4)}, which Lamplighter did not write and would delete. "
            "Move it elsewhere, or give --out a new folder."
        )


def _ours(target: Path) -> set[str]:
    try:
        told = json.loads((target / MARKER).read_text(encoding="utf-8"))
        return {str(each) for each in told["files"]}
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        raise InputError(
            f"{target / MARKER} can't be read, so it is not known which files are ours. "
            "Empty the folder yourself, or give --out a new one."
        ) from None


def marker_of(files: Iterable[str]) -> bytes:
    """The file by which a later build knows a folder of ours: which files in it we wrote."""
    told = {"site": "written by Lamplighter; it may be replaced as a whole", "files": sorted(files)}
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def swap_in(fresh: Path, target: Path) -> None:
    """Old folder aside, new one in, old one away; if the new one can't be put in, the old one comes back."""
    if not target.exists():
        fresh.rename(target)
        return
    old = target.with_name(f".{target.name}.old")
    remove(old)
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    remove(old)


def remove(folder: Path) -> None:
    """A folder with all that is in it, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)
