"""How a plan lies in a workbook: a sheet a record type, and a hidden sheet that remembers what was written where."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lamplighter.errors import FileRefused, InputError, PartMissing
from lamplighter.plan.cells import format_cell
from lamplighter.plan.folder import Plan
from lamplighter.plan.records import RECORD_TYPES, columns_of

MEMORY = "lamplighter"
LISTS = "lamplighter lists"
ABOUT = "read me"
ANSWERS = "answers"
LAYOUT_VERSION = 1
MOST_CHARACTERS = 32_767
# Characters that XML has no place for, and what Excel itself would read as a character written in code.
_NOT_CARRIED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|x005F_")

Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What the hidden sheet remembers: which plan, for whom, and the digest of every cell as it was written.

    `about` is "plan" for an export and "ask" for the sheet of one owner, which then has `owner` and `asked_on`.
    """

    about: str
    plan_digest: str
    owner: str = ""
    asked_on: str = ""
    cells: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)


def cell_digest(text: str) -> str:
    """Short digest of one cell's text: compared only with the same cell, so 64 bits are plenty."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def texts_of(plan: Plan) -> dict[Key, dict[str, str]]:
    """Every record of the plan as the texts of its cells, by record type and id."""
    return {
        (kind, record.id): {told.name: format_cell(getattr(record, told.name)) for told in columns}
        for kind, columns in ((kind, columns_of(record_type)) for kind, record_type in RECORD_TYPES.items())
        for record in plan.of(kind)
    }


def remembered(texts: Mapping[Key, Mapping[str, str]]) -> dict[Key, dict[str, str]]:
    """The digests of all cells."""
    return {key: {name: cell_digest(text) for name, text in cells.items()} for key, cells in texts.items()}


def check_is_carried(text: str, *, where: str) -> None:
    """Raises InputError if a workbook can't give the text back as it was."""
    if len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
        raise InputError(f"{where} is longer than the {MOST_CHARACTERS:,} characters that a cell can hold. Shorten it.")
    if found := _NOT_CARRIED.search(text):
        raise InputError(f"{where} holds {found[0]!r}, which a workbook can't carry. Take it out.")


def memory_rows(memory: Memory) -> list[list[str]]:
    """The hidden sheet, row by row; the last row is the digest of the others."""
    rows = [
        ["lamplighter", str(LAYOUT_VERSION), memory.about, memory.plan_digest],
        ["asked", memory.owner, memory.asked_on, ""],
    ]
    heads: dict[str, list[str]] = {}
    for (kind, record_id), cells in memory.cells.items():
        if kind not in heads:
            heads[kind] = list(cells)
            rows.append(["columns", kind, " ".join(cells), ""])
        rows.append(["row", kind, record_id, " ".join(cells[name] for name in heads[kind])])
    return [*rows, ["sum", _sum(rows), "", ""]]


def _sum(rows: Iterable[Sequence[str]]) -> str:
    return hashlib.sha256("\n".join("\t".join(row) for row in rows).encode("utf-8")).hexdigest()


def memory_of(rows: Sequence[Sequence[Any]], *, file: str) -> Memory:
    """What a hidden sheet remembers. Raises FileRefused if somebody changed it."""
    told = [["" if cell is None else str(cell) for cell in (*row, *[None] * 4)][:4] for row in rows]
    damaged = FileRefused(
        f"{file}: its hidden sheet was changed, so nobody can say what was edited. Export again, and copy your changes in."
    )
    if len(told) < 3 or told[0][0] != "lamplighter" or told[-1][:2] != ["sum", _sum(told[:-1])]:
        raise damaged
    if told[0][1] != str(LAYOUT_VERSION):
        raise FileRefused(
            f"{file} was written by another version of Lamplighter (layout {told[0][1]}; this one reads {LAYOUT_VERSION}). "
            "Export again, and copy your changes in."
        )
    heads: dict[str, list[str]] = {}
    cells: dict[Key, dict[str, str]] = {}
    for word, kind, third, digests in told[2:-1]:
        if word == "columns":
            heads[kind] = third.split()
        else:
            cells[kind, third] = dict(zip(heads[kind], digests.split(), strict=True))
    return Memory(about=told[0][2], plan_digest=told[0][3], owner=told[1][1], asked_on=told[1][2], cells=cells)


def check_is_closed(path: Path) -> None:
    """Raises InputError if Excel or LibreOffice has the file open: what is on its screen is not yet on the disk."""
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise InputError(
                f"{path.name} is open in a spreadsheet program ({lock.name} lies beside it). Save it, close it and try "
                f"again. If nobody has it open, delete {lock.name}."
            )


def openpyxl() -> Any:
    """The library that reads and writes workbooks. Raises PartMissing with the mend."""
    try:
        import openpyxl
    except ImportError:
        raise PartMissing("A workbook needs one more part. Install it: pip install 'lamplighter[xlsx]'") from None
    return openpyxl
