"""A number of plan.json as the report prints it: its value, out of how many, its interval and its id."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

NOT_STATED = "denominator not stated"


def number_words(value: float | None) -> str:
    """6800 → 6,800; 12.8 → 12.8; −19.4 → −19.4; None → not known."""
    if value is None:
        return "not known"
    text = f"{int(value):,}" if float(value).is_integer() else f"{value:,}"
    return text.replace("-", "−")


def with_unit(value: float | None, unit: str, *, worked_out: bool = False) -> str:
    """6,800 officers; 41% more charges, as the source puts it; a share that was worked out here to one decimal: 80.0%."""
    if value is None or not unit.startswith("%"):
        return f"{number_words(value)} {unit}".strip()
    share = f"{value:,.1f}" if worked_out and float(value * 10).is_integer() else number_words(value)
    return f"{share.replace('-', '−')}{unit}"


def out_of(number: Mapping[str, Any]) -> str:
    """`of 8,500 officers`; `denominator not stated`, with what was said instead; `n/a: a count`."""
    words = str(number["denominator_words"] or "").strip()
    if number["denominator"] is not None:
        told = f"of {number_words(number['denominator'])} {words}".strip()
        part = number["numerator"]
        return told if part is None or part == number["value"] else f"{number_words(part)} {told}"
    if words.startswith("n/a"):
        return words
    return NOT_STATED if words in ("", NOT_STATED, "not stated") else f"{NOT_STATED} ({words})"


def interval(number: Mapping[str, Any]) -> str:
    """`interval 44.9 to 53.1`, or that it is unknown, or nothing for a full count."""
    if number["low"] is not None and number["high"] is not None:
        return f"interval {number_words(number['low'])} to {number_words(number['high'])}"
    return str(number["interval_words"] or "")


def printed(number: Mapping[str, Any]) -> dict[str, str]:
    """Everything that the report prints of a number, as words."""
    qualifier = f"{number['qualifier']} " if number["qualifier"] else ""
    return {
        "id": str(number["id"]),
        "label": str(number["label"]),
        "value": qualifier
        + with_unit(number["value"], str(number["unit"]), worked_out=number["status"] == "worked out"),
        "out_of": out_of(number),
        "interval": interval(number),
        "as_of": str(number["as_of"]),
        "source": str(number["source"]),
        "status": str(number["status"] or ""),
        "note": str(number["note"] or ""),
    }


def in_a_line(number: Mapping[str, Any]) -> dict[str, str]:
    """The same for the line under a sentence: `24 of 28 promises`; `29.1% (41,219 of 141,465 victims)`; `1,768 crimes`."""
    told = printed(number)
    words, of_what = told["value"], told["out_of"]
    if number["denominator"] is None:
        words += "" if of_what.startswith("n/a") else f", {of_what}"
    elif number["value"] == number["numerator"]:
        same = str(number["unit"]) == str(number["denominator_words"])
        words = f"{number_words(number['value'])} {of_what}" if same else f"{words} {of_what}"
    else:
        words += f" ({of_what})"
    return {"id": told["id"], "words": ", ".join(each for each in (words, told["interval"]) if each)}


def month_words(text: str) -> str:
    """2025-07 → July 2025; anything else as it is."""
    year, _, month = text.partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        return text
    return f"{calendar.month_name[int(month)]} {year}"


def day_words(text: str | None) -> str:
    """2022-04-04 → 4 April 2022; None → no date."""
    if not text:
        return "no date"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day.strftime('%B %Y')}"
