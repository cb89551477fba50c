"""What every study of incidents says: figures with their parts, findings tied to figures, and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Confidence = Literal["high", "moderate", "low"]


@dataclass(frozen=True, kw_only=True)
class Interval:
    """low to high; `words` say of what kind: `95% by Wilson's score`, say."""

    low: float
    high: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number of a profile that can be cited. Its id never changes for the same question (`places.p1a2b3c4d.count`).

    value None is unknown, never 0. denominator: None where the value is a count. definition: what was counted, in words.
    rows: how many rows of the source stand behind it, None where it is not of rows. unit: `rows`, `%`, `m`.
    """

    id: str
    label: str
    value: float | None
    unit: str
    definition: str
    period: str
    rows: int | None
    numerator: float | None = None
    denominator: float | None = None
    interval: Interval | None = None

    def told(self) -> dict[str, Any]:
        """As it stands in profile.json."""
        inner = self.interval
        return {
            "id": self.id,
            "label": self.label,
            "value": self.value,
            "unit": self.unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "interval": None if inner is None else {"low": inner.low, "high": inner.high, "words": inner.words},
            "definition": self.definition,
            "period": self.period,
            "rows": self.rows,
        }


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A sentence in plain English that figures carry. weight: which findings come first on page one (more is earlier).

    Every number in `text` is the value of one of `figure_ids`, written as `number_words` or `brief_words` write it.
    """

    text: str
    figure_ids: tuple[str, ...]
    confidence: Confidence
    weight: int = 0

    def told(self) -> dict[str, Any]:
        """As it stands in profile.json."""
        return {"text": self.text, "figure_ids": list(self.figure_ids), "confidence": self.confidence}


class Answer(Protocol):
    """What each study of incidents gives: a section for profile.json, its figures, what it found, what it can't say."""

    def told(self) -> Mapping[str, Any]:
        """The section of profile.json: plain numbers, texts, lists and dicts; unknown is None."""
        ...

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every number that may be cited."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What it found, in sentences; none where there is nothing to say."""
        ...

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What this source can't answer of this question, a sentence each."""
        ...
