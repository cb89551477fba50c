"""What lies at a path, of which version it is, and what moving it to the version of today would change. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lamplighter.errors import FileRefused, InputError
from lamplighter.plan.folder import HEADER, files_of_plan
from lamplighter.plan.migrating.contents import folder_now, folder_version, json_now
from lamplighter.plan.migrating.steps import (
    COMPARISON_JSON_STEPS,
    FOLDER_STEPS,
    KNOWN,
    PLAN_JSON_STEPS,
    JsonStep,
    check_known,
)
from lamplighter.plan.plan_json import as_bytes
from lamplighter.plan.releases.chain import folder_name, numbers_in
from lamplighter.plan.releases.manifest import MANIFEST, RECORDS
from lamplighter.schema import PARTED_WORKSPACE_SCHEMA_VERSION
from lamplighter.workspace.head import HEAD_NAME

_STEPS: Mapping[str, Mapping[int, JsonStep]] = {
    "plan.json": PLAN_JSON_STEPS,
    "comparison.json": COMPARISON_JSON_STEPS,
}
# A file is told by the keys that its kind has had in every version, because anybody may have given it another name.
_KEYS = {"plan.json": {"promises", "figures", "digests"}, "comparison.json": {"a", "b", "changes"}}


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was found. `before`, `after`: the files that would change, by their name in the folder ("" for a lone file).

    `says`: what each step does, in a sentence a step. `note`: what else a person has to know.
    """

    path: Path
    what: str
    version: int
    known: int
    before: Mapping[str, bytes] = field(default_factory=dict)
    after: Mapping[str, bytes] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_current(self) -> bool:
        return not self.after


def look(path: Path) -> Look:
    """A plan folder, a workspace, a plan.json, a comparison.json or a folder of releases: is it of today's version?

    Raises InputError or FileRefused: nothing there, nothing of ours, of a newer version, or a file that can't be moved as it is.
    """
    if path.is_file():
        return _file(path)
    if not path.is_dir():
        raise InputError(
            f"There is nothing at {path}. Name a plan folder, a workspace, a plan.json or a comparison.json."
        )
    if (path / HEADER).is_file():
        return _plan_folder(path)
    if (path / HEAD_NAME).is_file():
        return _workspace(path)
    if (path / MANIFEST).is_file() and (path / RECORDS).is_dir():
        raise InputError(f"{path} is a release, and a release never changes. Its records are read as they are.")
    if numbers_in(path):
        return _releases(path)
    if (path / "plan.json").is_file():
        raise InputError(f"{path} is a site. Move the plan folder, then build the site again: lamplighter plan build")
    raise InputError(f"{path} is no plan folder, no workspace and no folder of releases. Name one of those.")


def _plan_folder(path: Path) -> Look:
    before = files_of_plan(path)
    version = folder_version(before[HEADER], name=str(path))
    after = folder_now(before, name=str(path))
    changed = [name for name in before if after[name] != before[name]]
    return Look(
        path=path,
        what="plan folder",
        version=version,
        known=KNOWN["plan folder"],
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        says=tuple(FOLDER_STEPS[each].says for each in range(version, KNOWN["plan folder"])),
    )


def _workspace(path: Path) -> Look:
    told = _json(path / HEAD_NAME)
    if told.get("schema_version") == PARTED_WORKSPACE_SCHEMA_VERSION:  # not a later one: it keeps more kinds of table
        version = PARTED_WORKSPACE_SCHEMA_VERSION
        return Look(path=path, what="workspace", version=version, known=version)
    version = check_known(told.get("schema_version"), what="workspace", name=str(path))
    return Look(path=path, what="workspace", version=version, known=KNOWN["workspace"])


def _file(path: Path) -> Look:
    told = _json(path)
    if {"number", "builder", "files"} <= set(told) or {"manifest_sha256", "approver"} <= set(told):
        raise InputError(f"{path} belongs to a release, and a release never changes.")
    what = next((kind for kind, keys in _KEYS.items() if keys <= set(told)), None)
    if what is None or "$schema" in told:
        raise InputError(f"{path} is neither a plan.json nor a comparison.json. Name one of those, or a folder.")
    version = check_known(told.get("schema_version"), what=what, name=str(path))
    found = Look(path=path, what=what, version=version, known=KNOWN[what])
    if version == KNOWN[what]:
        return found
    after = as_bytes(json_now(told, what=what, steps=_STEPS[what], name=str(path)))
    return Look(
        path=path,
        what=what,
        version=version,
        known=KNOWN[what],
        before={"": path.read_bytes()},
        after={"": after},
        says=tuple(_STEPS[what][each].says for each in range(version, KNOWN[what])),
    )


def _releases(path: Path) -> Look:
    """A release is what was approved, whatever version wrote it, and what stands beside releases is written with an approval:
    a file that is missing there is for `release verify` to name, never for a move to put back in silence."""
    versions = []
    for number in numbers_in(path):
        header = path / folder_name(number) / RECORDS / HEADER
        if header.is_file():
            versions.append(folder_version(header.read_bytes(), name=f"{folder_name(number)}/{RECORDS}"))
    older = sum(1 for each in versions if each < KNOWN["plan folder"])
    note = "No release is changed: each is what was approved, and its manifest says so."
    if older:
        records = "The records of 1 release are" if older == 1 else f"The records of {older} releases are"
        note += f" {records} of an older version; they are moved on in memory each time that they are read."
    return Look(
        path=path,
        what="folder of releases",
        version=min(versions, default=KNOWN["plan folder"]),
        known=KNOWN["plan folder"],
        note=note,
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, UnicodeDecodeError):
        raise FileRefused(
            f"{path} is not JSON that can be read. Bring it back from a copy, or build it again."
        ) from None
    if not isinstance(told, dict):
        raise FileRefused(f"{path} is not JSON of ours. Name a plan.json or a comparison.json.")
    return told
