"""The pack's manifest: what it is about, what was left out, and the SHA-256 of every other file; and holding a ZIP to it."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError
from lamplighter.plan.packing.knowing import LeftOut

MANIFEST = "manifest.json"
PACK_SCHEMA_VERSION = 1
_MOST_BYTES = 1_000_000_000  # of one file unpacked: a ZIP can hold far more than it weighs


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What is not as the manifest says, a sentence each; the manifest's own digest, to be held against a lodged one."""

    found: tuple[str, ...]
    digest: str
    files: int
    told: Mapping[str, Any]


def manifest_bytes(
    *, title: str, body: str, as_of: str, about: str, left_out: Sequence[LeftOut], restricted: Sequence[str],
    digests: Mapping[str, str], files: Mapping[str, bytes],
) -> bytes:  # fmt: skip
    """The manifest as JSON: the same bytes for the same pack. It holds no time of its making."""
    told = {
        "schema_version": PACK_SCHEMA_VERSION,
        "title": title,
        "body": body,
        "as_of": as_of,
        "about": about,
        "left_out": [asdict(each) for each in left_out],
        "restricted_sources": list(restricted),
        "made_from": dict(sorted(digests.items())),
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return (json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def verify_pack(path: Path, *, digest: str | None = None) -> Verified:
    """Is every file of the pack what its manifest says, and nothing else in it?

    digest: the manifest's SHA-256 as it was lodged elsewhere; without it nobody can see that files and manifest were changed
    together. Raises InputError if the file is no ZIP, or holds no manifest of a pack.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            return _held(pack, path, digest)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}. Name the ZIP that `lamplighter plan pack --out` wrote.") from None
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(f"{path} is no ZIP that can be read ({error}). Ask for the pack again.") from None


def _held(pack: zipfile.ZipFile, path: Path, digest: str | None) -> Verified:
    names = [each.filename for each in pack.infolist()]
    content = _content(pack, MANIFEST) if MANIFEST in names else None
    try:
        told = json.loads(content or b"")
        files = {str(name): str(each) for name, each in told["files"].items()}
        version = told["schema_version"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            f"{path} holds no {MANIFEST} of an evidence pack, so there is nothing to hold it to."
        ) from None
    if version != PACK_SCHEMA_VERSION:
        raise InputError(f"{path} is a pack of version {version}; this Lamplighter reads {PACK_SCHEMA_VERSION}.")
    found = []
    own = sha256(content or b"").hexdigest()
    if digest is not None and digest.strip().casefold() != own:
        found.append(f"{MANIFEST}: its SHA-256 is {own}, not the one that was lodged.")
    found += [f"{name}: stands twice in the ZIP." for name in sorted(set(names)) if names.count(name) > 1]
    for name, expected in sorted(files.items()):
        if name not in names:
            found.append(f"{name}: taken away.")
        elif (there := _content(pack, name)) is None:
            found.append(f"{name}: damaged, it can't be unpacked.")
        elif sha256(there).hexdigest() != expected:
            found.append(f"{name}: altered.")
    found += [f"{name}: added." for name in sorted(set(names) - set(files) - {MANIFEST})]
    return Verified(found=tuple(found), digest=own, files=len(files), told=told)


def _content(pack: zipfile.ZipFile, name: str) -> bytes | None:
    try:
        if pack.getinfo(name).file_size > _MOST_BYTES:
            return None
        return pack.read(name)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return None
