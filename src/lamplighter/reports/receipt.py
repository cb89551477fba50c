"""The receipt that lies beside a finished build: what it was built from, so that the same is not built twice."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lamplighter.plan.folder import HEADER, read_header
from lamplighter.plan.records import RECORD_TYPES
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.workspace import Workspace

RECEIPT = "build.json"


@cache
def code_digest() -> str:
    """SHA-256 of the installed package: another version writes other pages."""
    hashed = hashlib.sha256()
    root = files("lamplighter")

    def walk(folder: Any, path: str) -> None:
        for each in sorted(folder.iterdir(), key=lambda each: each.name):
            if each.is_dir():
                if each.name != "__pycache__":
                    walk(each, f"{path}/{each.name}")
            elif not each.name.endswith(".pyc"):
                hashed.update(f"{path}/{each.name}\0".encode() + each.read_bytes())

    walk(root, "")
    return hashed.hexdigest()


def key(
    folder: Path,
    workspace: Path | None,
    as_of: date | None,
    own_text: str | None,
    release: ReleaseLabel | None = None,
    *,
    comparison: str | None = None,
) -> str:
    """SHA-256 of everything that the site's bytes depend on. comparison: the digest of the one that stands in it."""
    header = read_header(folder)
    hashed = hashlib.sha256(code_digest().encode())
    hashed.update((as_of or header.as_of).isoformat().encode())
    for name in (HEADER, *(each.FILE for each in RECORD_TYPES.values())):
        path = folder / name
        hashed.update(name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"\0"))
    hashed.update(Workspace.open(workspace).state_sha256().encode() if workspace else b"no workspace")
    hashed.update(own_text.encode() if own_text is not None else b"\0")
    hashed.update(json.dumps(release.told() if release else None, sort_keys=True, default=str).encode())
    hashed.update(f"comparison={comparison}".encode())
    return hashed.hexdigest()


def write(out: Path, key: str) -> None:
    """What was built from what: the key and the SHA-256 of every file. Lost or torn, it only costs another build."""
    digests = {name: _sha256(out / name) for name in sorted(_built(out))}
    (out / RECEIPT).write_bytes((json.dumps({"key": key, "files": digests}, indent=1) + "\n").encode())


def standing(out: Path, key: str) -> frozenset[str] | None:
    """The files of the finished build of that key, the receipt too, if OUT holds it untouched; else None: build it."""
    try:
        told = json.loads((out / RECEIPT).read_bytes())
        if told["key"] != key:
            return None
        if any(_sha256(out / name) != digest for name, digest in told["files"].items()):
            return None
        if _built(out) != set(told["files"]):
            return None
    except (AttributeError, OSError, ValueError, KeyError, TypeError):
        return None
    return frozenset(told["files"]) | {RECEIPT}


def _built(out: Path) -> set[str]:
    return {each.relative_to(out).as_posix() for each in out.rglob("*") if each.is_file()} - {RECEIPT}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
