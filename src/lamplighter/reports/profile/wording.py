"""How the numbers of a profile are written in the documents, and how a section that lacks something is read without tripping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lamplighter.reports.charts.periods import short_words
from lamplighter.schema import brief_words, number_words, period_words

Data = Mapping[str, Any]
_MONTH = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])\b(?!-)")
NOT_KNOWN = "not known"
NOT_FILLED = "Not filled in"


def part(told: Data, *names: str) -> Data:
    """A section, or a section of a section; empty where it is missing or null."""
    found: Any = told
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def items(told: Data, name: str) -> Sequence[Any]:
    """A list of a section; empty where it is missing or null."""
    found = told.get(name)
    return found if isinstance(found, list | tuple) else ()


def text(value: Any, *, lacking: str = "") -> str:
    """A text as it stands, on one line; `lacking` where there is none."""
    return " ".join(str(value).split()) if value not in (None, "") else lacking


def count(value: float | None) -> str:
    """1234 → 1,234; None → not known."""
    return number_words(value)


def counted(number: float, thing: str) -> str:
    """`1 row`, `1,234 rows`."""
    return f"{count(number)} {thing}{'' if number == 1 else 's'}"


def measure(value: float | None) -> str:
    """A number for the eye, at most two decimals."""
    return brief_words(value)


def share(value: float | None) -> str:
    """0.884 → 88.4%; 1 → 100%; None → not known."""
    if value is None:
        return NOT_KNOWN
    percent = f"{100 * value:.1f}".removesuffix(".0")
    return f"{percent}%".replace("-", "−")


def span(low: float | None, high: float | None) -> str:
    """`12 to 20`, or nothing where a bound is not known."""
    return "" if low is None or high is None else f"{brief_words(low)} to {brief_words(high)}"


def whole_span(low: float | None, high: float | None) -> str:
    """The same in whole numbers, for counts of rows: `181 to 407`."""
    return "" if low is None or high is None else f"{count(round(low))} to {count(round(high))}"


def when(value: Any) -> str:
    """2021-11 → November 2021; 2021-11-04 → 4 November 2021; any other text as it is; None → not known."""
    return NOT_KNOWN if value in (None, "") else period_words(str(value))


def months_in(words: Any) -> str:
    """A text whose months (2025-01) are written out: `January 2025 to December 2025`."""
    return _MONTH.sub(lambda found: period_words(found[0]), text(words))


def short_months(words: Any) -> str:
    """A period for a narrow column: `2020-10 to 2021-09 (12 months present)` → `Oct 2020 to Sep 2021`."""
    return _MONTH.sub(lambda found: short_words(found[0]), text(words).partition(" (")[0])


def when_or(value: Any, lacking: str) -> str:
    return lacking if value in (None, "") else period_words(str(value))


def shortened(words: str, most: int) -> str:
    """At most so many letters, cut at a word where there is one, with an ellipsis."""
    words = " ".join(words.split())
    if len(words) <= most:
        return words
    cut = words[: most - 1]
    at_word = cut.rfind(" ")
    return (cut[:at_word] if at_word > most // 2 else cut).rstrip(" ,;:–") + "…"


def sentence(words: str) -> str:
    """With a full stop at its end."""
    words = words.strip()
    return words if not words or words[-1] in ".!?…" else f"{words}."


def capital(words: str) -> str:
    """With its first letter large, the others as they are."""
    return words[:1].upper() + words[1:]
