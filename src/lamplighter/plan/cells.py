"""One cell of a plan folder's CSV as a value, and back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from lamplighter.errors import listed
from lamplighter.plan.records import Column
from lamplighter.schema import NOT_APPLICABLE

_ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
_ID_WORDS = "An id begins with a letter and goes on with letters, digits, full stops, hyphens and underscores only: A09"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A float keeps every whole number of 15 digits.
_MOST_DIGITS = 15
# No font draws a control character, and marks that turn the direction of writing show a reader other words than stand there.
CANNOT_BE_SEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Names that Windows keeps for itself, whatever follows a full stop: an id is the name of a page.
KEPT_BY_WINDOWS = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{at}" for port in ("com", "lpt") for at in range(1, 10))}
)

# A spreadsheet takes a text that begins so for a formula.
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def may_run(text: str) -> bool:
    """Would a spreadsheet that opens a CSV take the text for a formula?"""
    return text.startswith(_RUNS)


def kept_from_running(text: str) -> str:
    """The text as a CSV for anybody has it: one that a spreadsheet would run gets an apostrophe before it."""
    return f"'{text}" if may_run(text) else text


def without_apostrophe(cell: str) -> str:
    """The text that `kept_from_running` wrote as this cell."""
    return cell[1:] if cell[:1] == "'" and may_run(cell[1:]) else cell


def parse_cell(text: str, told: Column) -> Any:
    """One cell as a value. Empty is unknown; `n/a` is itself. Raises ValueError with what was expected."""
    text = _one_line_end(text.strip())
    many = told.kind in ("ids", "words", "choices")
    check_can_be_seen(text)
    if text == "":
        return () if many else None
    if text == NOT_APPLICABLE and may_be_not_applicable(told):
        return (NOT_APPLICABLE,) if many else NOT_APPLICABLE
    if many:
        parts = tuple(part.strip() for part in text.split(";") if part.strip())
        if told.kind == "choices" and (wrong := [p for p in parts if p not in told.choices]):
            raise ValueError(f"{listed(wrong)} is not one of {listed(told.choices, most=20)}")
        if told.kind == "ids" and (wrong := [p for p in parts if not _ID.fullmatch(p)]):
            raise ValueError(f"{listed(wrong)} is not an id. {_ID_WORDS}")
        return parts
    if told.kind == "id" and not _ID.fullmatch(text):
        raise ValueError(f"{text!r} is not an id. {_ID_WORDS}")
    if told.kind == "id" and text.split(".")[0].casefold() in KEPT_BY_WINDOWS:
        raise ValueError(f"{text!r} can't be the name of a file on Windows. Write another id")
    if told.kind == "date":
        try:
            return date.fromisoformat(text if _DAY.fullmatch(text) else "")  # Python reads 20211104 and week dates too
        except ValueError:
            raise ValueError(f"{text!r} is not a date. Write it as 2021-11-04") from None
    if told.kind == "number":
        if not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text):
            raise ValueError(f"{text!r} is not a number. Write 6800 or 12.8, without commas or %")
        _check_can_be_kept(text)
        return float(text)
    if told.kind == "whole":
        if not re.fullmatch(r"[-+]?[0-9]+", text):
            raise ValueError(f"{text!r} is not a whole number. Write 12, without commas")
        _check_can_be_kept(text)
        return int(text)
    if told.kind == "flag":
        if text not in ("yes", "no"):
            raise ValueError(f"{text!r} is neither yes nor no")
        return text == "yes"
    if told.kind == "choice" and text not in told.choices:
        raise ValueError(f"{text!r} is not one of {listed(told.choices, most=20)}")
    return text


def format_cell(value: Any) -> str:
    """A value as it stands in a CSV: the inverse of parse_cell."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(str(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, date):
        return value.isoformat()
    return _one_line_end(str(value))


def may_be_not_applicable(told: Column) -> bool:
    """May a cell of this column be `n/a`? Words may always; a date or number only where nothing is reckoned with it."""
    return told.may_be_na or told.kind in ("text", "ids", "words", "choices")


def check_can_be_seen(text: str) -> None:
    """Raises ValueError with the mend if the text holds a character that nobody sees, which could hide or turn words."""
    if unseen := CANNOT_BE_SEEN.search(text):
        raise ValueError(
            f"holds the character U+{ord(unseen[0]):04X}, which can't be seen. Delete it, or type the text again"
        )


def _check_can_be_kept(text: str) -> None:
    """A number that is shown is the number that was written: so none that a float would round, or no page could hold."""
    whole = text.lstrip("+-").partition(".")[0].lstrip("0")
    if len(whole) > _MOST_DIGITS:
        raise ValueError(f"{text[:20]}… has more than {_MOST_DIGITS} digits. Give it in a larger unit")
    if Decimal(text) != Decimal(repr(float(text))):
        raise ValueError(f"{text[:20]}… has more digits than can be kept. Round it")


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
