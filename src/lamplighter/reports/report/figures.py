"""A number of plan.json as the report prints it: its value, out of how many, its interval and its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lamplighter.schema import NOT_STATED, in_unit, measured_by, number_words, period_words, quantity_words


def with_unit(value: float | None, unit: str, *, worked_out: bool = False, qualifier: str | None = None) -> str:
    """6,800 officers; 41% more charges, as the source puts it; a share that was worked out here to one decimal: 80.0%."""
    if value is None or not (worked_out and unit.startswith("%") and float(value * 10).is_integer()):
        return quantity_words(value, unit, qualifier=qualifier)
    return in_unit(f"{value:,.1f}".replace("-", "−"), unit, qualifier=qualifier)


def out_of(number: Mapping[str, Any]) -> str:
    """`of 8,500 officers`, or `8,241 against 7,923 crimes` for a change; `n/a: a count`; or `denominator not stated`, with
    what was said instead.
    """
    words = str(number["denominator_words"] or "").strip()
    if number["denominator"] is not None:
        told = f"{measured_by(str(number['unit']))} {number_words(number['denominator'])} {words}".strip()
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
    is_ours = number["status"] == "worked out"
    return {
        "id": str(number["id"]),
        "label": str(number["label"]),
        "value": with_unit(number["value"], str(number["unit"]), worked_out=is_ours, qualifier=number["qualifier"]),
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


def corrections_of(told: Mapping[str, Any]) -> list[dict[str, str]]:
    """Every correction in words, the latest first: on which day, of what, what it said and says, and why."""
    labels = {str(each["id"]): str(each["label"]) for each in told["figures"]}
    labels |= {str(each["id"]): str(each["title"]) for each in (*told["promises"], *told["measures"], *told["sources"])}
    ranked = sorted(told["corrections"], key=lambda each: (str(each["corrected_on"]), str(each["id"])), reverse=True)
    return [
        {
            "id": str(each["id"]),
            "record_id": str(each["record_id"]),
            "of": labels.get(str(each["record_id"]), ""),
            "words": f"{str(each['field']).replace('_', ' ')} corrected on {date_words(each['corrected_on'])}: it said "
            f"{each['old'] or 'nothing'}, it says {each['new'] or 'nothing'}. {each['reason']}",
        }
        for each in ranked
    ]


def date_words(text: str | None) -> str:
    """2022-04-04 → 4 April 2022; None → no date."""
    return period_words(text) if text else "no date"
