"""What a release leaves on record: a manifest that names every file by SHA-256, and the approval of that manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
APPROVAL = "approval.json"
RECORDS = "records"
RELEASE_SCHEMA_VERSION = 2
OLDER = {1: frozenset({"data_version"})}  # what the manifests of an older version do not tell


@dataclass(frozen=True, kw_only=True)
class Previous:
    """The release before, by the digests of its manifest and of its approval: the link of the chain."""

    number: int
    manifest_sha256: str
    approval_sha256: str


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A definition as it was published: the digest of its defining words under its name and version."""

    id: str
    version: str
    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class PublishedCorrection:
    """A correction as it was published. `period`: what the corrected figure speaks of, as far as it is known."""

    id: str
    record_id: str
    field: str
    period: str
    old: str
    new: str
    reason: str
    corrected_by: str
    corrected_on: str


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A warning of the checklist that somebody accepted by its name, and why."""

    about: str
    name: str
    message: str
    reason: str
    accepted_by: str


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """One breakdown that a reader expects: the measures that show it (none: absent), and what is unknown in them."""

    name: str
    words: str
    measures: tuple[str, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One release. It holds no time of its making: the same inputs give the same bytes, so the same digest.

    data_version: MAJOR.MINOR.PATCH of its data against the release before; None in a manifest of version 1, which had none.
    """

    number: int
    name: str
    title: str
    as_of: str
    builder: str
    approver_asked: str | None = None
    announced_for: str | None = None
    previous: Previous | None = None
    data_version: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    breakdowns: tuple[Breakdown, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    definitions: tuple[Definition, ...] = ()
    corrections: tuple[PublishedCorrection, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """The manifest as JSON, always the same bytes for the same release."""
        told = {"schema_version": RELEASE_SCHEMA_VERSION, **asdict(self)}
        told["digests"], told["files"] = dict(sorted(self.digests.items())), dict(sorted(self.files.items()))
        return _as_json(told)


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who let a release out, when, and of exactly which manifest."""

    number: int
    manifest_sha256: str
    approver: str
    approved_at: str

    def as_bytes(self) -> bytes:
        return _as_json({"schema_version": RELEASE_SCHEMA_VERSION, **asdict(self)})


def manifest_from(content: bytes) -> Manifest:
    """Read a manifest back. Raises KeyError, TypeError, AttributeError or ValueError when it is not one."""
    version, told = _told(content)
    previous = told["previous"]
    manifest = Manifest(
        **{
            **told,
            "previous": None if previous is None else Previous(**previous),
            "breakdowns": tuple(
                Breakdown(**{**each, "measures": tuple(each["measures"])}) for each in told["breakdowns"]
            ),
            "accepted": tuple(Accepted(**each) for each in told["accepted"]),
            "definitions": tuple(Definition(**each) for each in told["definitions"]),
            "corrections": tuple(PublishedCorrection(**each) for each in told["corrections"]),
        }
    )
    if set(told) != {each.name for each in fields(Manifest)} - OLDER.get(version, frozenset()) or not all(
        map(safe_path, manifest.files)
    ):
        raise ValueError("not a manifest's lines")
    return manifest


def approval_from(content: bytes) -> Approval:
    """Read an approval back. Raises the same as manifest_from."""
    approval = Approval(**_told(content)[1])
    if not all(isinstance(each, str) for each in (approval.approver, approval.approved_at, approval.manifest_sha256)):
        raise TypeError("not an approval's lines")
    return approval


def safe_path(path: str) -> bool:
    """Does the path stay inside the folder that it is read in?"""
    parts = path.split("/")
    return "\\" not in path and ":" not in path and not any(part in ("", ".", "..") for part in parts)


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def files_of(folder: Path) -> dict[str, str]:
    """Every file under a folder by its path with `/`, with its SHA-256; a link counts as what it is, not what it shows."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = "a link"
        elif path.is_file():
            found[name] = digest_of(path.read_bytes())
    return found


def _told(content: bytes) -> tuple[int, dict[str, Any]]:
    """The version and the lines. Releases never change, so those of an older version are read as they are."""
    told = json.loads(content)
    version = told.pop("schema_version")
    if version != RELEASE_SCHEMA_VERSION and version not in OLDER:
        raise ValueError("another schema version")
    return version, dict(told)


def _as_json(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")
