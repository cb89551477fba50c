"""What an import leaves on record: one JSON manifest that is never changed again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any


def sha256_of(content: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return sha256(content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A foreign file as it was offered: its name and its content's SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """The account of one file: rows_read = rows_kept + rows_refused + rows_duplicate.

    same_as: the import that had brought the very same content before, when every row is a duplicate.
    months: all months that the file holds a row for (of its outcomes or searches none: those are no months of crimes).
    kind, by_part: for a source that is kept by force and month, what kind of file it is, and force → `rows_read`,
    `rows_kept`, `rows_refused`, `rows_duplicate`. A refused row is told under the force that most rows of its file name.
    mapping_sha256: what the mapping said that an extract was read by; the same content by another mapping is read again.
    """

    name: str
    sha256: str
    rows_read: int
    rows_kept: int
    rows_refused: int
    rows_duplicate: int
    refused: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    months: tuple[str, ...] = ()
    same_as: str | None = None
    reading_version: int
    kind: str | None = None
    by_part: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    mapping_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class MonthCount:
    """Rows of one month in one kept file, and what their counts add to.

    located, asb: of incidents, how many have a point and how many are anti-social behaviour; None for other tables.
    """

    rows: int
    total: int
    located: int | None = None
    asb: int | None = None


@dataclass(frozen=True, kw_only=True)
class DataFile:
    """One immutable Parquet file of the workspace, its path relative to it with `/`."""

    table: str
    path: str
    sha256: str
    rows: int
    source_sha256: str
    reading_version: int
    months: Mapping[str, MonthCount]
    part: str | None = None
    mapping_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class SideFile:
    """Refused rows or revisions, kept beside the manifest."""

    path: str
    sha256: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """What one file did to one table. `replaced_…` speak of the months that were there before, the others of all."""

    table: str
    file_name: str
    months_added: tuple[str, ...]
    months_replaced: tuple[str, ...]
    rows_before: int
    rows_after: int
    replaced_rows_before: int
    replaced_rows_after: int
    revisions: int
    part: str | None = None


@dataclass(frozen=True, kw_only=True)
class MonthChange:
    """A month of a force that was there before an import and that the import replaced or added to."""

    table: str
    part: str
    month: str
    rows_before: int
    rows_after: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One import: which files, which rows, what it changed.

    month_changes, distinct_references, ground: of incidents: months with rows before and after; how many distinct
    references (Crime IDs) the import's incidents have; how places became metres. made_up: by the mapping no person or crime in
    it is real.
    """

    id: str
    source: str
    at: str
    files: tuple[FileLine, ...]
    data_files: tuple[DataFile, ...]
    changes: tuple[TableChange, ...]
    refused_rows: SideFile | None = None
    revisions: SideFile | None = None
    warnings: tuple[str, ...] = ()
    month_changes: tuple[MonthChange, ...] = ()
    distinct_references: int | None = None
    ground: str | None = None
    made_up: bool = False

    def as_bytes(self) -> bytes:
        """The manifest as JSON, always the same bytes for the same import."""
        return (json.dumps(_without_unsaid(asdict(self)), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode(
            "utf-8"
        )


def manifest_from(content: bytes) -> Manifest:
    """Read a manifest back. Raises KeyError, TypeError or ValueError when it is not one."""
    given: dict[str, Any] = json.loads(content)
    return Manifest(
        id=given["id"],
        source=given["source"],
        at=given["at"],
        files=tuple(FileLine(**{**line, "months": tuple(line["months"])}) for line in given["files"]),
        data_files=tuple(_data_file(each) for each in given["data_files"]),
        changes=tuple(_change(each) for each in given["changes"]),
        refused_rows=SideFile(**given["refused_rows"]) if given["refused_rows"] else None,
        revisions=SideFile(**given["revisions"]) if given["revisions"] else None,
        warnings=tuple(given["warnings"]),
        month_changes=tuple(MonthChange(**each) for each in given.get("month_changes", ())),
        distinct_references=given.get("distinct_references"),
        ground=given.get("ground"),
        made_up=given.get("made_up") is True,
    )


def _data_file(given: dict[str, Any]) -> DataFile:
    months = {month: MonthCount(**count) for month, count in given["months"].items()}
    return DataFile(**{**given, "months": months})


def _change(given: dict[str, Any]) -> TableChange:
    lists = {name: tuple(given[name]) for name in ("months_added", "months_replaced")}
    return TableChange(**{**given, **lists})


# What only a source that is kept by force and month has: a manifest of another is written as it was before there were any.
_OF_PARTS = frozenset(
    {
        "kind",
        "by_part",
        "located",
        "asb",
        "part",
        "month_changes",
        "distinct_references",
        "ground",
        "mapping_sha256",
        "made_up",
    }
)


def _without_unsaid(told: Any) -> Any:
    if isinstance(told, dict):
        return {
            name: _without_unsaid(value)
            for name, value in told.items()
            if not (name in _OF_PARTS and (value is False or value in (None, {}, (), [])))
        }
    return [_without_unsaid(each) for each in told] if isinstance(told, (list, tuple)) else told
