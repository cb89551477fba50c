"""What a column of the plan folder may hold, said once: the reader, the checker and the published schema all use it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar, Protocol

from lamplighter.schema import NOT_APPLICABLE


class Record(Protocol):
    """What every record type has: the file that its records stand in, its heading, and an id a record."""

    FILE: ClassVar[str]
    TITLE: ClassVar[str]

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `kind` is text, id, ids, words, date, number, whole, choice, choices or flag (yes/no).

    may_be_na: whether a date or number may be `n/a`. Most may not: rules reckon with them, and `n/a` is no number.
    """

    name: str = ""
    kind: str = "text"
    says: str = ""
    required: bool = False
    refers_to: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    may_be_na: bool = False


def column(
    kind: str,
    says: str,
    *,
    required: bool = False,
    refers_to: str | tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
    may_be_na: bool = False,
) -> Any:
    """A dataclass field that knows its column. Unknown is None (or an empty tuple for lists)."""
    to = (refers_to,) if isinstance(refers_to, str) else refers_to
    told = Column(kind=kind, says=says, required=required, refers_to=to, choices=choices, may_be_na=may_be_na)
    many = kind in ("ids", "words", "choices")
    return field(default=() if many else None, metadata={"column": told})


def columns_of(record_type: type) -> tuple[Column, ...]:
    """The columns of a record type, in the order in which they stand in its CSV."""
    return tuple(replace(each.metadata["column"], name=each.name) for each in fields(record_type))


def is_known(value: object) -> bool:
    """Is there a value that can be used: neither unknown (None, empty) nor `n/a`?"""
    return value not in (None, (), "", NOT_APPLICABLE)


def is_answered(value: object) -> bool:
    """Has somebody answered, be it only with `n/a`?"""
    return value not in (None, (), "")
