"""The head of a workspace: the one small file that says which imports and which months of which files are live.

Whatever the head does not name does not exist, so replacing it is the one moment at which an import happens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError, WorkspaceDamaged
from lamplighter.schema import PARTED_WORKSPACE_SCHEMA_VERSION, WORKSPACE_SCHEMA_VERSION

HEAD_NAME = "workspace.json"


@dataclass(frozen=True, kw_only=True)
class LiveFile:
    """A kept Parquet file and those of its months (`2014-01`) that no later import has replaced.

    part: the force whose rows alone it holds, where its table is kept by force and month.
    """

    path: str
    import_id: str
    months: tuple[str, ...]
    part: str | None = None

    def as_told(self) -> dict[str, Any]:
        """As the head writes it; a file of no part is written as it was before there were parts."""
        told = {"path": self.path, "import_id": self.import_id, "months": list(self.months)}
        return told if self.part is None else {**told, "part": self.part}


@dataclass(frozen=True, kw_only=True)
class ImportEntry:
    """An import that happened, with the SHA-256 of its manifest."""

    id: str
    manifest_sha256: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """imports in the order in which they happened; tables: table → its live files."""

    imports: tuple[ImportEntry, ...] = ()
    tables: Mapping[str, tuple[LiveFile, ...]] = field(default_factory=dict)

    @property
    def is_parted(self) -> bool:
        """Is any table kept by force and month? A program from before that can't read such a head, and says so."""
        return any(file.part is not None for files in self.tables.values() for file in files)

    def as_bytes(self) -> bytes:
        """The head as JSON, always the same bytes for the same state."""
        state = {
            "schema_version": PARTED_WORKSPACE_SCHEMA_VERSION if self.is_parted else WORKSPACE_SCHEMA_VERSION,
            "imports": [{"id": entry.id, "manifest_sha256": entry.manifest_sha256} for entry in self.imports],
            "tables": {table: [file.as_told() for file in files] for table, files in sorted(self.tables.items())},
        }
        return (json.dumps(state, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def read_head(folder: Path) -> Head:
    """The workspace's state. Raises InputError (no workspace, or a newer one) and WorkspaceDamaged (not readable)."""
    path = folder / HEAD_NAME
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise _no_head(folder) from None
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}). Check that you may read it.") from error
    try:
        given: dict[str, Any] = json.loads(content)
        version = given["schema_version"]
        if isinstance(version, int) and version > PARTED_WORKSPACE_SCHEMA_VERSION:
            raise InputError(
                f"{folder} was written by a newer Lamplighter (workspace schema {version}; this one knows up to"
                f" {PARTED_WORKSPACE_SCHEMA_VERSION}). Update Lamplighter, or import into a new workspace."
            )
        return Head(
            imports=tuple(ImportEntry(**entry) for entry in given["imports"]),
            tables={
                table: tuple(LiveFile(**{**file, "months": tuple(file["months"])}) for file in files)
                for table, files in given["tables"].items()
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkspaceDamaged(
            f"{path} is not a workspace's head ({type(error).__name__}). Bring it back from a copy, or import again."
        ) from error


def _no_head(folder: Path) -> InputError | WorkspaceDamaged:
    if (folder / "imports").is_dir():
        return WorkspaceDamaged(f"{folder} has imports but no {HEAD_NAME}. Bring it back from a copy, or import again.")
    return InputError(
        f"There is no workspace at {folder}. Make one with: lamplighter import mps-vawg FILE --workspace {folder}, or with"
        " import police-uk or import extract for incidents."
    )
