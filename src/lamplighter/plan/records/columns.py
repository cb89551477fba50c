"""What a column of the plan folder may hold, said once: the reader, the checker and the published schema all use it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from lamplighter.schema import NOT_APPLICABLE


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `kind` is text, id, ids, words, date, number, whole, choice, choices or flag (yes/no)."""

    name: str = ""
    kind: str = "text"
    says: str = ""
    required: bool = False
    refers_to: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


def column(
    kind: str,
    says: str,
    *,
    required: bool = False,
    refers_to: str | tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
) -> Any:
    """A dataclass field that knows its column. Unknown is None (or an empty tuple for lists)."""
    to = (refers_to,) if isinstance(refers_to, str) else refers_to
    told = Column(kind=kind, says=says, required=required, refers_to=to, choices=choices)
    many = kind in ("ids", "words", "choices")
    return field(default=() if many else None, metadata={"column": told})


def columns_of(record_type: type) -> tuple[Column, ...]:
    """The columns of a record type, in the order in which they stand in its CSV."""
    found = []
    for each in fields(record_type):
        told: Column = each.metadata["column"]
        found.append(
            Column(
                name=each.name,
                kind=told.kind,
                says=told.says,
                required=told.required,
                refers_to=told.refers_to,
                choices=told.choices,
            )
        )
    return tuple(found)


def is_known(value: object) -> bool:
    """Is there a value that can be used: neither unknown (None, empty) nor `n/a`?"""
    return value not in (None, (), "", NOT_APPLICABLE)


def is_answered(value: object) -> bool:
    """Has somebody answered, be it only with `n/a`?"""
    return value not in (None, (), "")
