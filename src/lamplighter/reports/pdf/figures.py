"""A number of plan.json as the report prints it: its value, out of how many, its interval and its id."""

from __future__ import annotations

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


def with_unit(value: float | None, unit: str) -> str:
    """6,800 officers; 80.0% of the target; a share with one decimal at least."""
    if value is not None and unit.startswith("%"):
        share = f"{value:,.1f}" if float(value).is_integer() else f"{value:,}"
        return f"{share.replace('-', '−')}{unit}"
    return f"{number_words(value)} {unit}".strip()


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
        "value": qualifier + with_unit(number["value"], str(number["unit"])),
        "out_of": out_of(number),
        "interval": interval(number),
        "as_of": str(number["as_of"]),
        "source": str(number["source"]),
        "status": str(number["status"] or ""),
        "note": str(number["note"] or ""),
    }


def in_a_line(number: Mapping[str, Any]) -> dict[str, str]:
    """The same for the line under a sentence: value and denominator, with the qualifier and the interval."""
    told = printed(number)
    of_what = "" if told["out_of"].startswith("n/a") else told["out_of"]
    value = (
        f"{told['value']} {of_what}".strip()
        if number["denominator"] is not None
        else ", ".join(each for each in (told["value"], of_what) if each)
    )
    return {"id": told["id"], "words": ", ".join(each for each in (value, told["interval"]) if each)}


def day_words(text: str | None) -> str:
    """2022-04-04 → 4 April 2022; None → no date."""
    if not text:
        return "no date"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day.strftime('%B %Y')}"
