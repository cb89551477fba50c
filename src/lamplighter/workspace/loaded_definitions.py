"""Definitions that a user loaded into a workspace: the file itself, kept as it was given, and which one is in force."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from lamplighter.errors import InputError, WorkspaceDamaged, WorkspaceNotWritten
from lamplighter.workspace.durable import write_whole
from lamplighter.workspace.folder import Workspace

if TYPE_CHECKING:
    from lamplighter.sources.harm_workbook import HarmWorkbook

FOLDER, HARM = "definitions", "harm.json"


@dataclass(frozen=True, kw_only=True)
class LoadedHarm:
    """The workbook of harm weights in force. loaded_at: ISO 8601, UTC."""

    workbook: HarmWorkbook
    loaded_at: str
    kept_as: Path


def load_harm(path: Path, *, workspace: Path, now: datetime, wait_s: float = 30.0) -> LoadedHarm:
    """Keep a workbook of harm weights in the workspace and put it in force; it is read whole before anything is written.

    One that was loaded before stays on the disk and is no longer in force. Raises InputError if it
    can't be read, FileRefused as `harm_workbook_from`, WorkspaceBusy, and WorkspaceNotWritten if the disk refuses.
    """
    from lamplighter.sources.harm_workbook import harm_workbook_from
    from lamplighter.workspace.importing import lock

    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}). Name the workbook as you downloaded it.") from error
    read = harm_workbook_from(content, file_name=path.name)
    opened = Workspace.create_or_open(workspace)
    folder = opened.path / FOLDER
    kept_as = folder / f"harm-{read.sha256[:16]}.xlsx"
    told = {
        "file_name": read.file_name, "sha256": read.sha256, "kept_as": kept_as.name, "loaded_at": now.isoformat(),
    }  # fmt: skip
    try:
        with lock(opened.path, wait_s=wait_s):
            folder.mkdir(exist_ok=True)
            write_whole(kept_as, content, fsync=True)
            # The workbook first: the name in force never points at a file that is not whole.
            write_whole(folder / HARM, json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n", fsync=True)
    except OSError as error:
        raise WorkspaceNotWritten(
            f"The workbook could not be kept in {folder} ({error.strerror}). The weights in force are those from before."
        ) from error
    return LoadedHarm(workbook=read, loaded_at=told["loaded_at"], kept_as=kept_as)


def loaded_harm(workspace: Path) -> LoadedHarm | None:
    """The workbook of harm weights in force in this workspace, or None where none was loaded.

    Raises WorkspaceDamaged when the workbook that was kept is missing or is not what was loaded.
    """
    from lamplighter.sources.harm_workbook import harm_workbook_from

    index = workspace / FOLDER / HARM
    if not index.is_file():
        return None
    mend = "Load the workbook again: lamplighter definitions load FILE.xlsx."
    try:
        told = json.loads(index.read_text(encoding="utf-8"))
        kept_as = index.parent / Path(told["kept_as"]).name
        file_name, digest, loaded_at = (str(told[key]) for key in ("file_name", "sha256", "loaded_at"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceDamaged(f"{index} can't be read. {mend}") from error
    try:
        content = kept_as.read_bytes()
    except OSError as error:
        raise WorkspaceDamaged(f"{kept_as} can't be read ({error.strerror}). {mend}") from error
    if sha256(content).hexdigest() != digest:
        raise WorkspaceDamaged(f"{kept_as} is not the workbook that was loaded: its SHA-256 is another. {mend}")
    return LoadedHarm(workbook=harm_workbook_from(content, file_name=file_name), loaded_at=loaded_at, kept_as=kept_as)
