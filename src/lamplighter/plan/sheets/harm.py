"""One cell of a workbook as the text that was meant, or what a spreadsheet program has made of it, with the mend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from lamplighter.plan.cells import format_cell, parse_cell
from lamplighter.plan.records import Column

_SCIENTIFIC = re.compile(r"[-+]?[0-9](?:\.[0-9]+)?[eE][-+]?[0-9]{1,3}")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WORDED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<month>[A-Za-z]{3,9}\.?)|(?P<month2>[A-Za-z]{3,9}\.?)\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)"
    r"[\s,-]+(?P<year>(?:19|20)\d\d)"
)
_LAST_SERIAL = 2_958_465  # 31 December 9999
_AS_TEXT = "Format the cell as Text and type it again"


@dataclass(frozen=True, kw_only=True)
class Meant:
    """The text as a CSV would hold it, and what a reader of the preview should know about how it was read."""

    text: str
    note: str | None = None


def meant(cell: Any, told: Column, *, epoch: datetime, was: str | None = None) -> Meant:
    """What was meant by a cell of a column.

    was: what the plan folder says there, so that 7 is known for a harmed 007. Raises ValueError with harm and mend.
    """
    value = cell.value
    if value is None or value == "":
        return Meant(text="")
    if cell.data_type == "f":
        raise ValueError("holds a formula. Put its value there instead: copy, then Paste special, Values")
    if cell.data_type == "e":
        raise ValueError(f"holds the error {value}. Type what it should say")
    if isinstance(value, bool):
        return _of_flag(value, told)
    if isinstance(value, datetime | date | time | timedelta):
        return Meant(text=_canonical(_of_day(value, told), told))
    if isinstance(value, int | float):
        return _of_number(value, told, number_format=str(cell.number_format or ""), epoch=epoch, was=was)
    if told.kind == "date" and (day := _day_in_words(str(value))) is not None:
        return Meant(text=day.isoformat(), note=f"{str(value).strip()!r} was read as {day.isoformat()}")
    return Meant(text=_of_text(str(value), told))


def _day_in_words(text: str) -> date | None:
    """A day with its month in letters and its year in full; what could be two days, such as 04/05/22, is left alone."""
    found = _WORDED.fullmatch(text.strip())
    if found is None:
        return None
    day, month = found["day"] or found["day2"], (found["month"] or found["month2"]).casefold().rstrip(".")
    number = next((at for at, name in enumerate(_MONTHS, start=1) if name.startswith(month)), None)
    if number is None:
        return None
    try:
        return date(int(found["year"]), number, int(day))
    except ValueError:
        return None


def _canonical(text: str, told: Column) -> str:
    return format_cell(parse_cell(text, told))


def _of_flag(value: bool, told: Column) -> Meant:
    said = "TRUE" if value else "FALSE"
    if told.kind == "flag":
        text = "yes" if value else "no"
        return Meant(text=text, note=f"{said} was read as {text}")
    raise ValueError(f"is the truth value {said}, not words. {_AS_TEXT}")


def _of_day(value: date | time | timedelta, told: Column) -> str:
    if not isinstance(value, date):
        raise ValueError(f"is a time of day ({value}). {_AS_TEXT}")
    midnight = not isinstance(value, datetime) or value.time() == time()
    day = value.date() if isinstance(value, datetime) else value
    if told.kind == "date":
        if midnight:
            return day.isoformat()
        raise ValueError(f"has a time of day ({value}). Give the day alone: {day.isoformat()}")
    what = {"id": "an id", "ids": "an id", "number": "a number", "whole": "a number"}.get(told.kind, "words")
    raise ValueError(
        f"is the day {day.isoformat()}, which Excel made of {what} (MAR1, 1-2 and December 2021 become days). {_AS_TEXT}"
    )


def _of_number(value: float, told: Column, *, number_format: str, epoch: datetime, was: str | None) -> Meant:
    text = format_cell(float(value) if told.kind == "number" or isinstance(value, float) else value)
    if told.kind in ("number", "whole"):
        if "%" in number_format:
            shown = format_cell(round(100 * value, 10))
            raise ValueError(
                f"shows {shown}% and holds {text}. Format it as a number, type {shown}, and let the unit be %"
            )
        return Meant(text=_canonical(text, told))
    if told.kind == "date":
        raise ValueError(_serial_words(value, epoch))
    if told.kind in ("text", "words"):
        if was is not None and was != text and _same_number(was, value):
            raise ValueError(
                f"is the number {text}; the plan has the text {was!r}, from which Excel took noughts. {_AS_TEXT}"
            )
        if was == text:
            return Meant(text=text)
        if isinstance(value, float) and not value.is_integer():
            raise ValueError(f"is the number {text}; if it ended in a nought, Excel has dropped it. {_AS_TEXT}")
        if abs(value) >= 1e11:
            raise ValueError(
                f"is the number {text}, which Excel shows as {value:.0E} and may have cut short. {_AS_TEXT}"
            )
        return Meant(
            text=_canonical(text, told),
            note=f"the number {text} was read as text; had it begun with noughts, they are lost",
        )
    if told.kind in ("id", "ids"):
        raise ValueError(
            f"is the number {text}, and an id begins with a letter: 1E5 becomes a number, 007 loses its noughts. {_AS_TEXT}"
        )
    raise ValueError(f"is the number {text}. {told.says} {'Write yes or no' if told.kind == 'flag' else _AS_TEXT}")


def _same_number(text: str, value: float) -> bool:
    try:
        return float(text) == value
    except ValueError:
        return False


def _serial_words(value: float, epoch: datetime) -> str:
    from openpyxl.utils.datetime import from_excel

    if 1 <= value <= _LAST_SERIAL:
        day = from_excel(int(value), epoch)
        if isinstance(day, datetime):
            shown = day.date().isoformat()
            return f"is the number {format_cell(float(value))}, Excel's for the day {shown}. If that is meant, write {shown}"
    return f"is the number {format_cell(float(value))}, not a day. Write it as 2021-11-04"


def _of_text(value: str, told: Column) -> str:
    # Some programs write the carriage return of a line end in code.
    text = value.replace("_x000D_", "").strip()
    if told.kind in ("number", "whole", "id", "ids", "date") and _SCIENTIFIC.fullmatch(text):
        full = format_cell(float(text))
        raise ValueError(f"{text!r} is Excel's short way of writing a number ({full}). Type it in full, as it was")
    if told.kind == "flag" and text.casefold() in ("true", "false"):
        raise ValueError(f"{text!r} is neither yes nor no. Write yes or no")
    return _canonical(text, told)
