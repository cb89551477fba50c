"""Measures that are only ever drawn together: recording beside prevalence, with what a rise of either would mean."""

from __future__ import annotations

from collections.abc import Mapping

from lamplighter.plan.book import FalseCalls, Pair
from lamplighter.plan.numbers import national_numbers
from lamplighter.plan.records.showing import Card
from lamplighter.studies.answers import MeasureAnswer
from lamplighter.studies.unchanged import Unchanged

PREVALENCE = "N-PREV-"


def pairs_of(measures: Mapping[str, MeasureAnswer], cards: Mapping[str, Card]) -> tuple[Pair, ...]:
    """Recording beside prevalence, if recording is there to be drawn."""
    recording = measures.get("recorded-vawg")
    if recording is None:
        return ()
    numbers = tuple(each for each in national_numbers() if each.id.startswith(PREVALENCE))
    both = (cards.get("D-RECORDED"), cards.get("D-PREVALENCE"))
    return (
        Pair(
            id="prevalence",
            title="Recording beside prevalence",
            measure_id=recording.id,
            numbers=numbers,
            rise_words=tuple(f"{card.name}: {card.rise_would_mean}" for card in both if card and card.rise_would_mean),
            status="verified",
            caveats=(
                "Prevalence is of England and Wales: no figure for women in London with an interval is known to us. So this "
                "pair can't show whether prevalence fell in London.",
                "The statistics office says that 12.8% against 14.0% is not to be read as a significant change.",
                "The survey's intervals were not read: they are drawn as unknown.",
            ),
        ),
    )


def false_calls_of(unchanged: Unchanged) -> FalseCalls:
    """The printed table of false calls, and the rules that a cautious reader switches off."""
    return FalseCalls(
        rows=tuple(
            {
                "mean": row.mean,
                "months": row.months,
                "dispersion": row.dispersion,
                "limits_from": row.limits_from,
                "rules": list(row.rules),
                "all_rules": row.all_rules,
                "signalling": row.signalling,
                "series": row.series,
                "share": row.share,
                "low": row.low,
                "high": row.high,
                "seed": row.seed,
            }
            for row in unchanged.rows
        ),
        switch_off=unchanged.switch_off,
        criterion=unchanged.criterion,
        question=unchanged.question,
    )
