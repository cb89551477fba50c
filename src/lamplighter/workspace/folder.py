"""A workspace: a folder of immutable Parquet files, one manifest an import, and a head that says what is live."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from lamplighter.errors import InputError, WorkspaceDamaged, WorkspaceNotWritten
from lamplighter.schema import WORKSPACE_SCHEMA_VERSION, OnProgress, month_number, tell_nobody
from lamplighter.workspace.durable import DISK, Disk
from lamplighter.workspace.head import HEAD_NAME, Head, LiveFile, read_head
from lamplighter.workspace.manifests import DataFile, Manifest, SideFile, manifest_from, sha256_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from lamplighter.sources.reading import Reading
    from lamplighter.workspace.importing import ImportDone
    from lamplighter.workspace.manifests import SourceFile

LOCK_NAME = "workspace.lock"
IMPORTS = "imports"


class Workspace:
    """One state of a workspace, as it was when it was opened (files that a head ever named are never changed).

    `add` moves this object on to the new state; another object keeps the state that it has.
    """

    def __init__(self, path: Path, head: Head):
        self.path = path
        self.head = head
        self._manifests: dict[str, Manifest] = {}

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Open a workspace that is there. Raises InputError with the command that makes one."""
        return cls(path, read_head(path))

    @classmethod
    def create_or_open(cls, path: Path, *, disk: Disk = DISK) -> Workspace:
        """Open the workspace, or make an empty one where nothing is. Raises InputError when other files lie there."""
        if (path / HEAD_NAME).exists() or (path / IMPORTS).exists():
            return cls.open(path)
        if path.exists() and not path.is_dir():
            raise InputError(f"{path} is a file. Name a folder for the workspace.")
        ours = {LOCK_NAME, HEAD_NAME + ".tmp"}
        strangers = sorted(each.name for each in path.iterdir() if each.name not in ours) if path.exists() else []
        if strangers:
            raise InputError(f"{path} holds other files ({strangers[0]}, …). Name a new or an empty folder.")
        from lamplighter.workspace.importing import lock

        try:
            disk.make_folder(path)
            with lock(path, wait_s=30):
                if not (path / HEAD_NAME).exists():  # another command may have made it while this one waited
                    disk.replace(path / HEAD_NAME, Head().as_bytes())
                    disk.settle(path)
        except OSError as error:
            raise WorkspaceNotWritten(
                f"No workspace could be made at {path} ({error.strerror}). Check the disk."
            ) from error
        return cls.open(path)

    def add(
        self,
        readings: Reading | Sequence[Reading | None],
        *,
        source: str,
        files: Sequence[SourceFile],
        now: datetime,
        wait_s: float = 30.0,
        on_progress: OnProgress = tell_nobody,
        disk: Disk = DISK,
    ) -> ImportDone:
        """Bring readings in, whole or not at all; see `importing.add_readings`."""
        from lamplighter.sources.reading import Reading
        from lamplighter.workspace.importing import add_readings

        several = [readings] if isinstance(readings, Reading) else list(readings)
        done = add_readings(
            self.path, several, source=source, files=files, now=now, wait_s=wait_s, on_progress=on_progress, disk=disk
        )
        self.head = read_head(self.path)
        return done

    def manifest(self, import_id: str) -> Manifest:
        """The record of one import. Raises WorkspaceDamaged when it is not what the head says."""
        if import_id not in self._manifests:
            expected = {entry.id: entry.manifest_sha256 for entry in self.head.imports}
            if import_id not in expected:
                raise InputError(f"There is no import {import_id} in {self.path}. See: lamplighter imports.")
            content = _bytes_of(self.path / IMPORTS / import_id / "manifest.json")
            if content is None or sha256_of(content) != expected[import_id]:
                raise WorkspaceDamaged(
                    f"The manifest of import {import_id} in {self.path} is missing or changed."
                    " Bring the folder back from a copy, or import the files into a new workspace."
                )
            self._manifests[import_id] = manifest_from(content)
        return self._manifests[import_id]

    def imports(self) -> tuple[Manifest, ...]:
        """All imports in the order in which they happened."""
        return tuple(self.manifest(entry.id) for entry in self.head.imports)

    def live_files(self, table: str) -> tuple[tuple[LiveFile, DataFile], ...]:
        """The files that a table's rows now come from, with their records; none when nothing was imported."""
        return tuple((live, self._record_of(live)) for live in self.head.tables.get(table, ()))

    def months(self, table: str, *, part: str | None = None) -> tuple[int, ...]:
        """The months (numbers) that a table has rows for; a month that is not here is unknown, not zero.

        part: one force of a table that is kept by force and month; the months that any of them has unless stated.
        """
        live = self.head.tables.get(table, ())
        return tuple(
            sorted({month_number(month) for file in live for month in file.months if part in (None, file.part)})
        )

    def parts(self, table: str) -> tuple[str, ...]:
        """The forces that a table has rows of, by name; none where it is not kept by force and month."""
        return tuple(sorted({file.part for file in self.head.tables.get(table, ()) if file.part is not None}))

    def sources(self, table: str) -> tuple[str, ...]:
        """The sources (`police-uk`, `extract`, …) that the live rows of a table were imported from, by name."""
        return tuple(sorted({self.manifest(each).source for each in self.import_ids((table,))}))

    def import_ids(self, tables: Sequence[str] | None = None) -> tuple[str, ...]:
        """The imports that live rows (of these tables, or of all) come from, in order."""
        wanted = self.head.tables if tables is None else tables
        living = {live.import_id for table in wanted for live in self.head.tables.get(table, ())}
        return tuple(entry.id for entry in self.head.imports if entry.id in living)

    def digest(self) -> str:
        """SHA-256 of what is live: which months of which files (by their content), read by which version of the reader.

        The same files give the same digest wherever and in whatever order they were imported. Imports that changed
        nothing, file names, times and revisions are not in it: `state_sha256` has them.
        """
        live = {
            table: sorted(
                [
                    record.source_sha256,
                    record.reading_version,
                    sorted(file.months),
                    *_told(file.part, record.mapping_sha256),
                ]
                for file, record in self.live_files(table)
            )
            for table in sorted(self.head.tables)
        }
        text = json.dumps({"schema_version": WORKSPACE_SCHEMA_VERSION, "live": live}, sort_keys=True)
        return sha256(text.encode("utf-8")).hexdigest()

    def state_sha256(self) -> str:
        """SHA-256 of the head: changes with every import, those that brought nothing new included."""
        return sha256_of(self.head.as_bytes())

    def revisions(self) -> pa.Table:
        """All changed past figures, oldest import first (`revisions.revision_schema` says the columns)."""
        import io

        import pyarrow as pa
        import pyarrow.parquet as pq

        from lamplighter.workspace.revisions import revision_schema

        schema = revision_schema()
        parts = [
            pq.read_table(io.BytesIO(self._side_bytes(manifest.revisions))).cast(schema)
            for manifest in self.imports()
            if manifest.revisions
        ]
        return pa.concat_tables(parts) if parts else schema.empty_table()

    def refused_rows(self, import_id: str) -> tuple[dict[str, str], ...]:
        """Each refused row of an import: file, found_at, reason, given (its own text)."""
        side = self.manifest(import_id).refused_rows
        if side is None:
            return ()
        return tuple(json.loads(line) for line in self._side_bytes(side).decode("utf-8").split("\n") if line)

    def verify(self) -> tuple[str, ...]:
        """What is not as the manifests say, a sentence each; empty when all is whole. Reads every named file."""
        problems = []
        for entry in self.head.imports:
            try:
                manifest = self.manifest(entry.id)
            except WorkspaceDamaged as damage:
                problems.append(str(damage))
                continue
            kept_files: list[DataFile | SideFile] = [*manifest.data_files]
            kept_files += [side for side in (manifest.refused_rows, manifest.revisions) if side]
            for kept in kept_files:
                content = _bytes_of(self.path / kept.path)
                if content is None:
                    problems.append(f"{kept.path} is missing. Bring it back from a copy.")
                elif sha256_of(content) != kept.sha256:
                    problems.append(f"{kept.path} was changed after import {entry.id}. Bring it back from a copy.")
        return tuple(problems)

    def check_intact(self) -> None:
        """Raises WorkspaceDamaged with the first problem that `verify` finds."""
        problems = self.verify()
        if problems:
            more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
            raise WorkspaceDamaged(f"{self.path}: {problems[0]}{more}")

    def _record_of(self, live: LiveFile) -> DataFile:
        for record in self.manifest(live.import_id).data_files:
            if record.path == live.path:
                return record
        raise WorkspaceDamaged(f"{self.path}: no manifest knows {live.path}. Bring the folder back from a copy.")

    def _side_bytes(self, side: SideFile) -> bytes:
        content = _bytes_of(self.path / side.path)
        if content is None:
            raise WorkspaceDamaged(f"{self.path}: {side.path} is missing. Bring it back from a copy.")
        return content


def _told(*words: str | None) -> list[str]:
    return [word for word in words if word]


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
