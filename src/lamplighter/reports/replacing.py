"""What may a site replace? Only an earlier site of ours, without a stranger's file in it. Loads nothing that draws."""

from __future__ import annotations

import json
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
