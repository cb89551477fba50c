"""Bringing files in: read, checked, written, confirmed by the disk, and only then named by the head."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from lamplighter.errors import FileRefused, NoSuchName, WorkspaceBusy, WorkspaceNotWritten
from lamplighter.schema import OnProgress, tell_nobody
from lamplighter.sources.reading import Reading
from lamplighter.workspace.durable import DISK, Disk, remove_quietly
from lamplighter.workspace.folder import IMPORTS, LOCK_NAME, Workspace
from lamplighter.workspace.head import HEAD_NAME, Head, ImportEntry
from lamplighter.workspace.listing import months_missing, months_present, summed
from lamplighter.workspace.manifests import FileLine, Manifest, SourceFile, TableChange, sha256_of
from lamplighter.workspace.placing import Placing

SOURCES = ("mps-vawg",)

AnyPlacing = TypeVar("AnyPlacing", bound=Placing)


@dataclass(frozen=True, kw_only=True)
class ImportDone:
    """What an import did. revisions: changed past figures; warnings: sentences that a person should read."""

    id: str
    source: str
    files: tuple[FileLine, ...]
    refused: Mapping[str, int]
    notes: Mapping[str, int]
    months_present: tuple[str, ...]
    months_missing: tuple[str, ...]
    tables: tuple[TableChange, ...]
    revisions: int
    warnings: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """False when every file was known already."""
        return any(not line.rows_duplicate for line in self.files)


def import_files(
    paths: Sequence[Path],
    *,
    workspace: Path,
    now: datetime,
    source: str = "mps-vawg",
    wait_s: float = 30.0,
    on_progress: OnProgress = tell_nobody,
    disk: Disk = DISK,
) -> ImportDone:
    """Read files and bring them into a workspace (made where there is none): all, or none when one is refused.

    now: the time, with its zone, that revisions are dated by. wait_s: how long to wait for another import to end.
    on_progress: told (what, done, of) before each step.
    Raises FileRefused, PartMissing, WorkspaceBusy, WorkspaceNotWritten, WorkspaceDamaged, InputError.
    """
    if source not in SOURCES:
        raise NoSuchName("source", source, SOURCES)
    from lamplighter.sources import mps_vawg

    known = _known_contents(workspace)
    files: list[SourceFile] = []
    readings: list[Reading | None] = []
    for number, path in enumerate(paths):
        on_progress(f"reading {path.name}", number, len(paths))
        content = SourceFile(name=path.name, sha256=_sha256_of_file(path))
        seen = content.sha256 in known or content.sha256 in {file.sha256 for file in files}
        files.append(content)
        readings.append(None if seen else mps_vawg.read(path))
        if not seen and _sha256_of_file(path) != content.sha256:
            raise FileRefused(f"{path.name} changed while it was read. Import it again when nothing writes to it.")
    if not files:
        raise FileRefused("No file was named. Name one or more files to import.")
    return Workspace.create_or_open(workspace, disk=disk).add(
        readings, source=source, files=files, now=now, wait_s=wait_s, on_progress=on_progress, disk=disk
    )


def add_readings(
    folder: Path,
    readings: Sequence[Reading | None],
    *,
    source: str,
    files: Sequence[SourceFile],
    now: datetime,
    wait_s: float,
    on_progress: OnProgress,
    disk: Disk,
) -> ImportDone:
    """Bring readings in under the lock. A reading may be None where the workspace knows that very content already."""
    from lamplighter.sources.mps_vawg import READING_VERSION

    if len(readings) != len(files):
        raise ValueError("one file a reading, in the same order")
    if now.tzinfo is None:
        raise ValueError("now must carry its time zone")

    def fill(placing: Placing) -> None:
        for number, (file, reading) in enumerate(zip(files, readings, strict=True), start=1):
            placing.place(file, reading, number=number)

    def placing_in(before: Workspace, import_id: str) -> Placing:
        return Placing(
            before=before, import_id=import_id, at=now, reading_version=READING_VERSION, disk=disk, tell=on_progress
        )

    return done_of(
        bring_in(
            folder, name=_name_of(files), source=source, placing_in=placing_in, fill=fill, wait_s=wait_s, disk=disk
        )
    )


def bring_in(
    folder: Path,
    *,
    name: str,
    source: str,
    placing_in: Callable[[Workspace, str], AnyPlacing],
    fill: Callable[[AnyPlacing], None],
    wait_s: float,
    disk: Disk,
) -> Manifest:
    """One import under the lock, whole or not at all: `fill` places the files, and the head names them last.

    name: the digits that the import is called by after its number.
    """
    with lock(folder, wait_s=wait_s):
        before = Workspace.open(folder)
        _sweep(folder, before.head, disk)
        import_id = f"{len(before.head.imports) + 1:04d}-{name}"
        home = folder / IMPORTS / import_id
        committed = False
        try:
            disk.make_folder(home)
            placing = placing_in(before, import_id)
            fill(placing)
            manifest = placing.manifest(source=source)
            content = manifest.as_bytes()
            disk.write_new(home / "manifest.json", content)
            disk.settle(home)
            disk.settle(folder / IMPORTS)
            disk.settle(folder)
            entry = ImportEntry(id=import_id, manifest_sha256=sha256_of(content))
            after = Head(imports=(*before.head.imports, entry), tables=placing.live)
            disk.replace(folder / HEAD_NAME, after.as_bytes())
            committed = True
            disk.settle(folder)
        except OSError as error:
            if not committed:
                remove_quietly(home)
            raise _not_written(error, folder, committed=committed) from error
        except BaseException:
            if not committed and Workspace.open(folder).head == before.head:
                remove_quietly(home)
            raise
    return manifest


def done_of(manifest: Manifest) -> ImportDone:
    """The summary of an import from its record."""
    present = months_present(manifest)
    return ImportDone(
        id=manifest.id,
        source=manifest.source,
        files=manifest.files,
        refused=summed(line.refused for line in manifest.files),
        notes=summed(line.notes for line in manifest.files),
        months_present=present,
        months_missing=months_missing(manifest),
        tables=manifest.changes,
        revisions=manifest.revisions.rows if manifest.revisions else 0,
        warnings=manifest.warnings,
    )


@contextmanager
def lock(folder: Path, *, wait_s: float) -> Iterator[None]:
    """Only one import at a time. The system lets go of the lock when its holder is killed. Raises WorkspaceBusy."""
    import filelock

    try:
        held = filelock.FileLock(folder / LOCK_NAME, timeout=wait_s)
        held.acquire()
    except filelock.Timeout:
        raise WorkspaceBusy(
            f"Another import is writing to {folder}; waited {wait_s:g} s. Nothing was changed:"
            " try again when it has ended."
        ) from None
    except OSError as error:
        raise _not_written(error, folder, committed=False) from error
    try:
        yield
    finally:
        held.release()


def _sweep(folder: Path, head: Head, disk: Disk) -> None:
    """Remove what a killed import left behind: the head does not name it, so it never happened."""
    named = {entry.id for entry in head.imports}
    imports = folder / IMPORTS
    left = [each for each in imports.iterdir() if each.name not in named] if imports.is_dir() else []
    left += [each for each in folder.glob("*.tmp") if each.is_file()]
    for each in sorted(left):
        try:
            disk.remove(each)
        except OSError as error:
            raise WorkspaceNotWritten(
                f"{each} was left by an import that was cut off and can't be removed ({error.strerror})."
                " Close the program that has it open and import again; nothing was changed."
            ) from error


def _not_written(error: OSError, folder: Path, *, committed: bool) -> WorkspaceNotWritten:
    if committed:
        return WorkspaceNotWritten(
            f"The import is in {folder}, but the disk did not confirm it ({error.strerror})."
            " Check the disk, then: lamplighter verify."
        )
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return WorkspaceNotWritten(
            f"The disk of {folder} is full. Nothing was changed: free some space and import again."
        )
    return WorkspaceNotWritten(
        f"{folder} can't be written ({error.strerror}). Nothing was changed: check that you may"
        " write there, and import again."
    )


def _known_contents(folder: Path) -> set[str]:
    if not (folder / HEAD_NAME).exists():
        return set()
    return {line.sha256 for manifest in Workspace.open(folder).imports() for line in manifest.files}


def _name_of(files: Sequence[SourceFile]) -> str:
    """The first eight digits of the files' own hashes together: the same files, the same name."""
    return sha256_of("\n".join(sorted(file.sha256 for file in files)).encode("ascii"))[:8]


def _sha256_of_file(path: Path) -> str:
    try:
        return sha256_of(path.read_bytes())
    except FileNotFoundError:
        raise FileRefused(f"{path} is not there. Check the name and the folder.") from None
    except IsADirectoryError:
        raise FileRefused(f"{path} is a folder. Name the files in it.") from None
    except OSError as error:
        raise FileRefused(f"{path} can't be opened ({error.strerror}). Check that you may read it.") from error
