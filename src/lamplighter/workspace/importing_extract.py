"""Bringing a force's own export in by a mapping, and the key of a workspace that turns references into hashes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lamplighter.errors import FileRefused, WorkspaceDamaged, WorkspaceNotWritten
from lamplighter.schema import OnProgress, tell_nobody
from lamplighter.sources.reading import Reading
from lamplighter.workspace.durable import DISK, Disk, write_whole
from lamplighter.workspace.folder import Workspace
from lamplighter.workspace.importing import ImportDone, lock
from lamplighter.workspace.importing_parts import import_incidents

KEY_NAME = "reference.key"
SOURCE = "extract"
_KEY_BYTES = 32
_ENDINGS = (".csv", ".csv.gz", ".xlsx")


@dataclass(frozen=True, kw_only=True)
class _Export:
    name: str
    stem: str
    content: Callable[[], bytes]


def import_extract(
    paths: Sequence[Path],
    *,
    mapping: Path,
    workspace: Path,
    now: datetime,
    adds: bool = False,
    wait_s: float = 30.0,
    on_progress: OnProgress = tell_nobody,
    disk: Disk = DISK,
) -> ImportDone:
    """Bring exports of a force in (CSV, CSV.gz, XLSX), read by a mapping; all, or none when one is refused.

    The same content by the same mapping adds a line to the ledger only; by another mapping it is read again, and its earlier
    rows go. adds, now, wait_s, on_progress and errors: as for `import_police_uk`; InputError where the mapping is wrong.
    """
    from lamplighter.sources import extract

    told = extract.load_mapping(mapping)
    offered = [_Export(name=path.name, stem=path.name.split(".")[0], content=_content_of(path)) for path in paths]
    if not offered:
        raise FileRefused("No file was named. Name one or more exports to import.")
    digest = hashlib.sha256(
        "\n".join(sorted(_digest(each) for each in offered)).encode("ascii") + told.digest.encode("ascii")
    )
    key = _key_once(workspace, wait_s=wait_s, disk=disk)

    def read(content: bytes, *, name: str, stem: str, content_sha256: str) -> Reading:
        return extract.read(content, name=name, mapping=told, content_sha256=content_sha256, reference_key=key())

    return import_incidents(
        offered,
        digest=digest.hexdigest(),
        source=SOURCE,
        read=read,
        reading_version=extract.READING_VERSION,
        workspace=workspace,
        now=now,
        adds=adds,
        mapping_sha256=told.digest,
        wait_s=wait_s,
        on_progress=on_progress,
        disk=disk,
    )


def export_content(path: Path) -> bytes:
    """The bytes of an export, unpacked where it is a CSV.gz. Raises FileRefused."""
    from lamplighter.sources.police_uk.unpacking import unpacked_gzip

    if not path.name.lower().endswith(_ENDINGS):
        raise FileRefused(f"{path.name} can't be read. Give a .csv, .csv.gz or .xlsx file.")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileRefused(f"{path} is not there. Check the name and the folder.") from None
    except OSError as error:
        raise FileRefused(f"{path} can't be opened ({error.strerror}). Check that you may read it.") from error
    return unpacked_gzip(content, name=path.name) if path.name.lower().endswith(".gz") else content


def _content_of(path: Path) -> Callable[[], bytes]:
    return lambda: export_content(path)


def _digest(export: _Export) -> str:
    return hashlib.sha256(export.content()).hexdigest()


def _key_once(folder: Path, *, wait_s: float, disk: Disk) -> Callable[[], bytes]:
    """The workspace's key, made in the first import of an extract, before any of its rows is written.

    It is random and never leaves the workspace: whoever has the key can find out which hash a known reference became.
    """
    Workspace.create_or_open(folder, disk=disk)
    path = folder / KEY_NAME
    with lock(folder, wait_s=wait_s):
        if not path.exists():
            if any(each.source == SOURCE for each in Workspace.open(folder).imports()):
                raise WorkspaceDamaged(
                    f"{path} is missing: new references would not match the ones that are there. Bring it back from a copy,"
                    " or import the files into a new workspace."
                )
            try:
                write_whole(path, secrets.token_hex(_KEY_BYTES).encode("ascii"), fsync=True)
                path.chmod(0o600)
            except OSError as error:
                raise WorkspaceNotWritten(
                    f"{path} can't be written ({error.strerror}). Nothing was changed."
                ) from error
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            key = b""
    if len(key) != _KEY_BYTES:
        raise WorkspaceDamaged(f"{path} is no key of Lamplighter's. Bring it back from a copy.")
    return lambda: key
