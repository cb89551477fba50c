"""Puts the files of a profile into their folder: all of them or none, and nothing that somebody else made is lost."""

from __future__ import annotations

import contextlib
import errno
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from lamplighter.errors import InputError, WorkspaceBusy, listed

RECEIPT = ".lamplighter-profile.json"
LOCK = ".lamplighter-profile.lock"
WAIT_S = 30.0  # writing takes a second
_STAGE = ".lamplighter-writing-"
_OURS_ALONE = ("figures", "tables")  # folders in which a file that is no longer made is taken away
# A GIS changes a GeoPackage by opening it, so a changed one is no sign that somebody worked in it.
_CHANGES_BY_ITSELF = (".gpkg",)
_KEPT = "kept"


def write_files(out: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Writes files, by their path in the folder with `/`, and gives the names under which changed ones were kept.

    Everything is written beside its place first; then one after the other takes it in one step, and if one can't, those
    before it are taken back. A process that is killed in between leaves files that are each whole, old or new; the next run
    makes all of them new. A file of ours that somebody has worked in since (the Word document, say), or one that lay there
    before, stays as `profile.kept.docx` beside the new one. Of our own figures and tables those that are no longer made go;
    every other file is left alone.
    Raises InputError: the folder is a file, a file is open in another program, or the disk refuses; WorkspaceBusy: another
    run is writing there. Nothing is changed then.
    """
    _check_names(files)
    for place in (out, *out.parents):
        if place.exists() and not place.is_dir():
            raise InputError(f"{place} is a file, not a folder. Give --out a folder.")
    try:
        with _alone(out):
            return _written(out, files)
    except PermissionError as error:
        raise InputError(_refused(error, out)) from None
    except OSError as error:
        full = " The disk is full." if error.errno == errno.ENOSPC else f" ({error.strerror})"
        raise InputError(
            f"{out} can't be written.{full} Nothing was changed; make room, or give --out another folder."
        ) from None


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """One run writes into a folder at a time; the system lets go of the lock when its holder is killed."""
    import filelock

    out.mkdir(parents=True, exist_ok=True)
    held = filelock.FileLock(out / LOCK, timeout=WAIT_S)
    try:
        held.acquire()
    except filelock.Timeout:
        raise WorkspaceBusy(
            f"Another run is writing into {out}; waited {WAIT_S:g} s. Nothing was changed: try again when it has ended, or"
            " give --out another folder."
        ) from None
    try:
        yield
    finally:
        held.release()


def _written(out: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    was = digests_of(out)
    stage = out / f"{_STAGE}{secrets.token_hex(4)}"
    try:
        _stage(stage / "new", files)
        kept = _worked_in(out, files, was)
        gone = _no_longer_made(out, files, was)
        told = json.dumps({name: _digest(content) for name, content in sorted(files.items())}, indent=1)
        (stage / "new" / RECEIPT).write_text(told + "\n", encoding="utf-8", newline="\n")
        _check_free(out, [*files, *gone])
        _swap(out, stage, [*files, RECEIPT], kept=kept, gone=gone)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    _sweep(out)
    return tuple(sorted(kept.values()))


def _check_names(files: Mapping[str, bytes]) -> None:
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise ValueError(f"{name!r} is no path inside the folder")


def _stage(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _check_free(out: Path, names: list[str]) -> None:
    """Raises PermissionError, with the file's name, for one that another program holds: asked before anything is changed."""
    for name in names:
        path = out / name
        if path.is_dir():
            raise InputError(
                f"{path} is a folder where a file has to be. Move it elsewhere, or give --out another folder."
            )
        if path.exists():
            with path.open("r+b"):
                pass


def _swap(out: Path, stage: Path, names: list[str], *, kept: Mapping[str, str], gone: list[str]) -> None:
    """Each new file to its place, each kept one beside it; all of it taken back if one step is refused."""
    before = stage / "before"
    done: list[tuple[Path, Path | None]] = []  # a path that was changed, and what stood there
    try:
        for name in [*names, *gone]:
            path, old = out / name, before / name
            if path.exists():
                old.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, old)
            if name in kept:
                shutil.copy2(path, out / kept[name])
                done.append((out / kept[name], None))
            path.parent.mkdir(parents=True, exist_ok=True)
            there = old if old.exists() else None
            if name in gone:
                path.unlink(missing_ok=True)
            else:
                (stage / "new" / name).replace(path)
            done.append((path, there))
    except BaseException:
        for path, there in reversed(done):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True) if there is None else there.replace(path)
        raise
    for folder in {(out / name).parent for name in gone}:
        with contextlib.suppress(OSError):  # it goes only where nothing is left in it
            folder.rmdir()


def digests_of(out: Path) -> dict[str, str]:
    """What we wrote here last, by name, with its digest; nothing where there is no receipt or somebody changed it."""
    try:
        told: Any = json.loads((out / RECEIPT).read_text(encoding="utf-8"))
        return {str(name): str(digest) for name, digest in told.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _worked_in(out: Path, files: Mapping[str, bytes], was: Mapping[str, str]) -> dict[str, str]:
    """Files that somebody changed since we wrote them, or that were never ours, with the name that each is kept under."""
    kept: dict[str, str] = {}
    for name, content in files.items():
        path = out / name
        if not path.is_file() or path.suffix in _CHANGES_BY_ITSELF:
            continue
        there = _digest(path.read_bytes())
        if there not in (was.get(name), _digest(content)):
            kept[name] = _free_name(out, name)
    return kept


def _free_name(out: Path, name: str) -> str:
    path = PurePosixPath(name)
    for count in range(1, 1000):
        mark = _KEPT if count == 1 else f"{_KEPT}-{count}"
        other = path.with_name(f"{path.stem}.{mark}{path.suffix}").as_posix()
        if not (out / other).exists():
            return other
    raise InputError(f"{out} holds a thousand kept copies of {name}. Clear them up.")


def _no_longer_made(out: Path, files: Mapping[str, bytes], was: Mapping[str, str]) -> list[str]:
    """Figures and tables of the last run that this one does not make, and that nobody has changed."""
    found = []
    for name, digest in was.items():
        path = PurePosixPath(name)
        if name in files or len(path.parts) < 2 or path.parts[-2] not in _OURS_ALONE or ".." in path.parts:
            continue
        there = out / name
        if there.is_file() and _digest(there.read_bytes()) == digest:
            found.append(name)
    return found


def _refused(error: PermissionError, out: Path) -> str:
    name = Path(str(error.filename)).name if error.filename else str(out)
    if error.filename and Path(str(error.filename)).is_file():
        return (
            f"{name} can't be written: it is open in another program (Excel, Word, QGIS, a PDF reader), or locked against"
            " writing. Close it and run this again. Nothing was changed."
        )
    return f"You may not write into {out}. Give --out a folder that you may write into. Nothing was changed."


def _sweep(out: Path) -> None:
    """What a run that was killed left behind."""
    for each in out.glob(f"{_STAGE}*"):
        shutil.rmtree(each, ignore_errors=True)


def kept_words(kept: tuple[str, ...]) -> str:
    """What to tell somebody whose files were changed since we wrote them; empty where there were none."""
    return f"Changed since the last run, so kept beside the new ones: {listed(kept)}." if kept else ""


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
