"""Bringing in files whose rows are kept by force and month: a few read at a time, so that memory does not grow with them."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Protocol

from lamplighter.errors import FileRefused
from lamplighter.schema import OnProgress, tell_nobody
from lamplighter.sources.reading import Reading
from lamplighter.workspace.durable import DISK, Disk
from lamplighter.workspace.folder import LOCK_NAME, Workspace
from lamplighter.workspace.head import HEAD_NAME
from lamplighter.workspace.importing import ImportDone, bring_in, done_of
from lamplighter.workspace.manifests import SourceFile, sha256_of
from lamplighter.workspace.placing_parts import Piece, PlacingParts, pieces_of

READERS = 2  # as many as DuckDB has threads: a police desktop has other work to do
_AHEAD = 4
_MOST_TOLD = 6


class OfferedFile(Protocol):
    """A file that was offered: what it is called, and how to get its content."""

    @property
    def name(self) -> str:
        """As a person would find it again."""

    @property
    def stem(self) -> str:
        """The last part of its name without endings."""

    @property
    def content(self) -> Callable[[], bytes]:
        """Gives its bytes, or raises FileRefused."""


class ReadContent(Protocol):
    """Turns one file's bytes into a reading, or raises FileRefused."""

    def __call__(self, content: bytes, *, name: str, stem: str, content_sha256: str) -> Reading: ...


def import_police_uk(
    paths: Sequence[Path],
    *,
    workspace: Path,
    now: datetime,
    adds: bool = False,
    wait_s: float = 30.0,
    on_progress: OnProgress = tell_nobody,
    disk: Disk = DISK,
) -> ImportDone:
    """Bring files of data.police.uk in: folders, CSV, CSV.gz or the site's ZIP; all, or none when one is refused.

    adds: put the rows beside those of the same force and month, instead of in their place.
    now, wait_s, on_progress and errors: as for `import_files`.
    """
    from lamplighter.sources import police_uk

    offered, digest = police_uk.offered_files(paths)
    return import_incidents(
        offered,
        digest=digest,
        source="police-uk",
        read=police_uk.read,
        reading_version=police_uk.READING_VERSION,
        workspace=workspace,
        now=now,
        adds=adds,
        wait_s=wait_s,
        on_progress=on_progress,
        disk=disk,
    )


def import_incidents(
    offered: Sequence[OfferedFile],
    *,
    digest: str,
    source: str,
    read: ReadContent,
    reading_version: int,
    workspace: Path,
    now: datetime,
    adds: bool = False,
    mapping_sha256: str | None = None,
    wait_s: float = 30.0,
    on_progress: OnProgress = tell_nobody,
    disk: Disk = DISK,
) -> ImportDone:
    """Bring in files whose readings hold the tables of `sources.incidents`, whole or not at all.

    digest: tells what was named from anything else; the import is called by its first eight digits.
    The key of a row's place is (table, source, force, month): files of one call add up, a later call replaces each month
    that it holds (`adds`: joins it), and content that is known already adds a line to the ledger and nothing else.
    Raises FileRefused, naming the first files that were refused; WorkspaceBusy, WorkspaceNotWritten, WorkspaceDamaged.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry its time zone")

    def placing_in(before: Workspace, import_id: str) -> PlacingParts:
        return PlacingParts(
            before=before,
            import_id=import_id,
            at=now,
            reading_version=reading_version,
            disk=disk,
            tell=on_progress,
            source=source,
            adds=adds,
            mapping_sha256=mapping_sha256,
        )

    def fill(placing: PlacingParts) -> None:
        refused: list[str] = []
        for number, outcome in enumerate(_read_ahead(offered, read, placing.knows), start=1):
            on_progress(f"importing {offered[number - 1].name.rsplit('/', 1)[-1]}", number - 1, len(offered))
            if isinstance(outcome, FileRefused):
                refused.append(str(outcome))
                continue
            file, reading, pieces = outcome
            if refused:
                continue  # nothing will be kept; the rest is read to tell everything at once
            if reading is None:
                placing.place_known(file)
            else:
                placing.place_pieces(file, reading, pieces, number=number)
        if refused:
            more = f"\n  … and {len(refused) - _MOST_TOLD} more files." if len(refused) > _MOST_TOLD else ""
            raise FileRefused("\n  ".join(refused[:_MOST_TOLD]) + more)

    missing = [each for each in (workspace, *workspace.parents) if not each.exists()]
    Workspace.create_or_open(workspace, disk=disk)
    try:
        return done_of(
            bring_in(
                workspace, name=digest[:8], source=source, placing_in=placing_in, fill=fill, wait_s=wait_s, disk=disk
            )
        )
    except FileRefused:
        if workspace in missing and not Workspace.open(workspace).imports():
            _take_back(workspace, missing)
        raise


def _take_back(workspace: Path, made: Sequence[Path]) -> None:
    """An empty workspace, and the folders that were made for it, go again: a refused file leaves nothing behind."""
    with contextlib.suppress(OSError):  # what somebody else put there in the meantime stays
        for name in (HEAD_NAME, LOCK_NAME):
            (workspace / name).unlink(missing_ok=True)
        for folder in (*(each for each in workspace.iterdir() if each.is_dir()), *made):
            folder.rmdir()


_Outcome = tuple[SourceFile, Reading | None, tuple[Piece, ...]] | FileRefused


def _read_ahead(offered: Sequence[OfferedFile], read: ReadContent, knows: Callable[[str], bool]) -> Iterator[_Outcome]:
    """Each file's outcome in the order given, with a few files read ahead of the one that is placed."""

    def one(file: OfferedFile) -> _Outcome:
        try:
            content = file.content()
            source = SourceFile(name=file.name, sha256=sha256_of(content))
            if knows(source.sha256):
                return source, None, ()
            reading = read(content, name=file.name, stem=file.stem, content_sha256=source.sha256)
            return source, reading, pieces_of(reading)
        except FileRefused as refused:
            return refused

    with ThreadPoolExecutor(READERS) as readers:
        waiting: deque[Future[_Outcome]] = deque()
        try:
            for file in offered:
                waiting.append(readers.submit(one, file))
                if len(waiting) > _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:
                each.cancel()
