"""A run of months in words: when, by which rule, and how many rows a month more or fewer than in the other months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lamplighter.methods.effects import rate_change
from lamplighter.methods.run_rules import RULES
from lamplighter.schema import month_words, number_words
from lamplighter.studies.incidents.month_runs import Run, sides_of
from lamplighter.studies.judged import signed_percent

FEWEST_OTHERS = 6  # from fewer months than these the size of a change is not told
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, kw_only=True)
class Latest:
    """The run that ends last among those called, against the other months: rows a month and percent, with the interval."""

    words: str
    change: float
    low: float
    high: float
    percent: float


def _months_words(run: Run, span: Sequence[int]) -> str:
    if run.start == run.end:
        return f"In {month_words(span[run.start])}"
    return f"From {month_words(span[run.start])} to {month_words(span[run.end])}"


def run_words(run: Run, span: Sequence[int], counts: NDArray[np.float64], days: NDArray[np.float64]) -> str:
    """`In April 2020, below: one point outside the limits; 728 rows a month fewer …`: and the interval of the size."""
    head = f"{_months_words(run, span)}, {run.side}: {RULES[run.rule]}"
    change = None if run.rule == "trend" else _change(run, counts, days)
    if change is None:
        return f"{head}."
    usual, low, high, percent = change
    more = "more" if usual > 0 else "fewer"
    return (
        f"{head}; {abs(usual):,.0f} rows a month {more} than in the other months ({signed_percent(percent)}; 95% interval"
        f" {low:+,.0f} to {high:+,.0f} rows)."
    ).replace("-", "\u2212")


def not_called_words(run: Run, span: Sequence[int]) -> str:
    """`In September 2021, above by +33%: not called …`, with what the located share did between the same months."""
    size = "" if run.ratio is None else f" by {signed_percent(100 * (run.ratio - 1))}"
    moved = (
        "" if run.share_ratio is None else f" ({signed_percent(100 * (run.share_ratio - 1))} between the same months)"
    )
    why = f"the change of the located share{moved} is as large"
    if run.larger_than_share:
        why = f"with the located share{moved} divided out, the rule no longer calls it"
    return f"{_months_words(run, span)}, {run.side}{size}: not called, since {why}."


def _change(
    run: Run, counts: NDArray[np.float64], days: NDArray[np.float64]
) -> tuple[float, float, float, float] | None:
    """Rows a month more than in the other months, the bounds of that, and percent; None where they can't be told."""
    inside, others = sides_of(run, counts, np.zeros(counts.shape, bool))
    if others.size < FEWEST_OTHERS or not counts[others].sum():
        return None
    change = rate_change(counts[others], counts[inside], exposure_before=days[others], exposure_after=days[inside])
    if change.ratio is None or change.low is None or change.high is None:
        return None
    usual = float(counts[others].sum() / days[others].sum()) * DAYS_A_MONTH
    more, low, high = ((each - 1) * usual for each in (change.ratio, change.low, change.high))
    return more, low, high, 100 * (change.ratio - 1)


def latest(
    runs: Sequence[Run], span: Sequence[int], counts: NDArray[np.float64], days: NDArray[np.float64]
) -> Latest | None:
    """Of the runs with a size the one that ends last, the longest of those."""
    for run in sorted(runs, key=lambda each: (-each.end, each.start)):
        change = None if run.rule == "trend" else _change(run, counts, days)
        if change is None:
            continue
        more, low, high, percent = (float(round(each)) for each in change)
        sign = "+" if more > 0 else ""
        words = (
            f"{_months_words(run, span)} the count was {run.side} what is usual here: {sign}{number_words(more)} rows a month"
            f" against the other months ({sign}{number_words(percent)}%)."
        )
        return Latest(words=words, change=more, low=low, high=high, percent=percent)
    return None
