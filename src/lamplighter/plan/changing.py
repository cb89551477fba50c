"""Several files of a plan folder changed in one step: killed anywhere, all of them are changed or none is.

The new files are written into a hidden folder beside the old ones, with a journal of their digests. One rename decides: before
it nothing has happened, after it the change stands, and whoever reads the folder next ends what was broken off.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError
from lamplighter.workspace.durable import DISK, Disk, remove_quietly

_DECIDED = ".change"
_JOURNAL = "journal-*.json"


@dataclass(frozen=True, kw_only=True)
class _File:
    """One file of a change: its name in the folder, and its digests before (None: it was not there) and after."""

    name: str
    staged: str
    before: str | None
    after: str


def change_files(
    folder: Path, files: Mapping[str, bytes], *, before: Mapping[str, bytes] | None = None, disk: Disk = DISK
) -> list[Path]:
    """Puts all files into the folder in one step; returns their paths.

    files: new contents by name within the folder (`promises.csv`, `draft/answers.csv`).
    before: what the change was reckoned from; if a file is another by now, nothing is written.
    Raises InputError with the mend; then every file is as it was, or, where even that is refused, the sentence says so.
    """
    if not files:
        return []
    end_broken_off(folder, disk=disk)
    was = {name: _read(folder / name) for name in files}
    if before is not None and any(was[name] != before.get(name) for name in files):
        raise _changed_meanwhile(folder)
    mark = secrets.token_hex(4)
    stage = folder / f"{_DECIDED}.{mark}.part"
    told = [
        _File(name=name, staged=f"{at}-{Path(name).name}", before=_digest(was[name]), after=_sha256(content))
        for at, (name, content) in enumerate(files.items())
    ]
    try:
        _sweep(folder, disk)
        _write_stage(stage, files, told, mark, disk)
        disk.at("decide")
        stage.rename(folder / _DECIDED)  # refused if another change stands there undone
    except OSError as error:
        _forget(stage)
        raise _refused(folder, error, "Nothing was written.") from None
    # From here on the folder is ours: whoever else writes must end this change first.
    if any(_digest(_read(folder / each.name)) not in (each.before, each.after) for each in told):
        _forget(folder / _DECIDED)
        raise _changed_meanwhile(folder)
    try:
        disk.settle(folder)
        _swap(folder, told, mark, disk)
    except OSError as error:
        raise _refused(folder, error, _undo(folder, was, told)) from None
    return [folder / name for name in files]


def end_broken_off(folder: Path, *, disk: Disk = DISK) -> bool:
    """Ends a change that was decided and then broken off; True if there was one.

    Raises InputError if a file of it was changed by hand since, or can't be written now.
    """
    decided = folder / _DECIDED
    if not decided.is_dir():
        return False
    try:
        journal = next(iter(sorted(decided.glob(_JOURNAL))), None)
        if journal is None:  # all was in its place when it was broken off
            decided.rmdir()
            return True
        told = [_File(**each) for each in json.loads(journal.read_text(encoding="utf-8"))]
        strange = [each.name for each in told if _digest(_read(folder / each.name)) not in (each.before, each.after)]
        if strange:
            raise InputError(
                f"A change of {folder} was broken off, and {strange[0]} was changed by hand since. Keep what is there by "
                f"deleting {decided}, or put back the old {strange[0]}."
            )
        _swap(folder, told, journal.stem.removeprefix("journal-"), disk)
    except FileNotFoundError:
        if decided.is_dir() and any(decided.iterdir()):
            raise InputError(
                f"A change of {folder} was broken off, and files of it are missing from {decided}. Look at the files of the "
                f"plan, put back your last good copy, and delete {decided}."
            ) from None
        return False  # another process ended it in the meantime
    except (ValueError, TypeError) as error:
        raise InputError(
            f"{decided} can't be read ({type(error).__name__}). Look at the files of the plan, and delete it."
        ) from None
    except OSError as error:
        raise _refused(folder, error, "A change that was broken off waits to be ended.") from None
    return True


def is_unfinished(path: Path) -> bool:
    """Is this what a change left that was broken off before it was decided? The next one sweeps it away."""
    return path.name.startswith(f"{_DECIDED}.") and path.suffix == ".part"


def _write_stage(stage: Path, files: Mapping[str, bytes], told: list[_File], mark: str, disk: Disk) -> None:
    disk.make_folder(stage)
    for each in told:
        disk.write_new(stage / each.staged, files[each.name])
    journal = json.dumps([vars(each) for each in told], indent=1, ensure_ascii=False)
    disk.write_new(stage / _JOURNAL.replace("*", mark), journal.encode("utf-8"))
    disk.settle(stage)


def _swap(folder: Path, told: list[_File], mark: str, disk: Disk) -> None:
    """Each file into its place, then the journal away. May be done again, and by two at once."""
    decided = folder / _DECIDED
    for each in told:
        try:
            disk.move(decided / each.staged, folder / each.name)
        except FileNotFoundError:
            if _digest(_read(folder / each.name)) != each.after:
                raise
    disk.settle(folder)
    disk.remove(decided / _JOURNAL.replace("*", mark))
    with contextlib.suppress(OSError):  # all is in its place; an empty folder is taken away by the next change
        disk.at("end")
        decided.rmdir()


def _undo(folder: Path, was: Mapping[str, bytes | None], told: list[_File]) -> str:
    """Puts the old files back after the disk refused one in the middle; says in what state the folder is."""
    try:
        for each in told:
            old, path = was[each.name], folder / each.name
            if _digest(_read(path)) == each.before:
                continue
            if old is None:
                path.unlink(missing_ok=True)
            else:
                DISK.replace(path, old)
    except OSError:
        return "The change is half in place: the next command that reads the folder ends it."
    _forget(folder / _DECIDED)
    return "Nothing was written."


def _sweep(folder: Path, disk: Disk) -> None:
    """Stages that were broken off before anything was decided. A living one that is swept is told no, and nothing is lost."""
    for each in folder.iterdir() if folder.is_dir() else ():
        if is_unfinished(each):
            disk.remove(each)


def _forget(stage: Path) -> None:
    """The journal first: without it the rest is nothing."""
    for each in stage.glob(_JOURNAL):
        each.unlink(missing_ok=True)
    remove_quietly(stage)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _digest(content: bytes | None) -> str | None:
    return None if content is None else _sha256(content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _changed_meanwhile(folder: Path) -> InputError:
    return InputError(f"{folder} was changed by somebody meanwhile. Nothing was written; run the same command again.")


def _refused(folder: Path, error: OSError, state: str) -> InputError:
    named: Any = error.filename2 or error.filename or folder
    at = folder if _DECIDED in str(named) else named
    return InputError(
        f"{at} can't be written ({error.strerror}). {state} Close it in other programs, or check that you may write there."
    )
