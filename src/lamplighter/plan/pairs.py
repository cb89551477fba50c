"""Measures that are only ever drawn together: recording beside prevalence, with what a rise of either would mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lamplighter.plan.book import Pair
from lamplighter.plan.folder import Plan
from lamplighter.plan.numbers import from_figure, national_numbers
from lamplighter.plan.records.showing import Card
from lamplighter.studies.answers import MeasureAnswer

PREVALENCE_CARD, PREVALENCE_FIGURES = "D-PREVALENCE", "N-PREV-"
_NATIONAL = (
    "The national figures are of England and Wales: where no figure of the plan's own area with an interval is drawn, this "
    "pair can't show whether prevalence moved there.",
    "The statistics office says that 12.8% against 14.0% is not to be read as a significant change.",
)
_UNKNOWN = "An interval that was not read is drawn as unknown; it is not nil."


def pairs_of(
    plan: Plan, measures: Mapping[str, MeasureAnswer], cards: Mapping[str, Card], *, as_of: date
) -> tuple[Pair, ...]:
    """For every headline measure whose card is paired: the survey figures of the cards that it must be drawn beside.

    Those are the plan's own typed-in figures and, for national prevalence, the shipped ones that were published by `as_of`.
    """
    sources = {each.id: each for each in plan.sources}
    found = []
    for measure in measures.values():
        card = cards.get(measure.definition_id)
        if measure.family != "headline" or card is None:
            continue
        beside = [each for each in cards.values() if each.pair_with == card.id]
        ids = {each.id for each in beside}
        numbers = [from_figure(each, cards, sources) for each in plan.figures if each.definition_id in ids]
        shipped = national_numbers(as_of=as_of) if PREVALENCE_CARD in ids else []
        national = [each for each in shipped if each.id.startswith(PREVALENCE_FIGURES)]
        numbers += national
        if not numbers:
            continue
        caveats = [*(_NATIONAL if national else ())]
        caveats += [_UNKNOWN] if any(each.low is None or each.high is None for each in numbers) else []
        found.append(
            Pair(
                id=f"{measure.id}-beside-{'-and-'.join(sorted(each.casefold() for each in ids))}",
                title="Recording beside prevalence" if PREVALENCE_CARD in ids else f"{measure.title}, beside a survey",
                measure_id=measure.id,
                numbers=tuple(numbers),
                rise_words=tuple(
                    f"{each.name}: {each.rise_would_mean}" for each in (card, *beside) if each.rise_would_mean
                ),
                status="worked out beside sourced figures",
                caveats=tuple(caveats),
            )
        )
    return tuple(found)
