"""The numbers that a plan's text claims, and what each could mean: the page that a careful reader would write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from lamplighter.plan.book import Trap
from lamplighter.plan.folder import Plan
from lamplighter.plan.records.showing import Card, Figure
from lamplighter.schema import NOT_APPLICABLE, number_words, quantity_words


def traps_of(plan: Plan, cards: Mapping[str, Card]) -> tuple[Trap, ...]:
    """One entry for each figure that a sentence of the plan claims, in the order of the text."""
    position = {each.id: each.position or 0 for each in plan.sentences}
    claimed = [each for each in plan.figures if each.sentence_id in position and each.value is not None]
    return tuple(
        _trap(plan, each, cards)
        for each in sorted(claimed, key=lambda each: (position[str(each.sentence_id)], each.id))
    )


def _trap(plan: Plan, figure: Figure, cards: Mapping[str, Card]) -> Trap:
    sentence = plan.lookup.by_id("sentences")[str(figure.sentence_id)]
    beside = {each.id: each for promise_id in figure.promise_ids for each in plan.lookup.about("figures", promise_id)}
    siblings = [each for id_, each in sorted(beside.items()) if id_ != figure.id and each.unit == figure.unit]
    card = cards.get(figure.definition_id or "")
    meanings = [
        *([f"As we read it: {card.plain_definition}"] if card and card.plain_definition else []),
        *([figure.note] if figure.note else []),
        *_sums(figure, siblings, cards),
        *(_otherwise(figure, each, cards) for each in siblings if _is_other_meaning(figure, each)),
    ]
    if figure.denominator is None and figure.denominator_label != NOT_APPLICABLE:
        meanings.append("Out of how many is not said.")
    if figure.as_of is None:
        meanings.append("The day that it speaks of is not said.")
    return Trap(
        id=figure.id,
        title=figure.label or figure.id,
        claim=quantity_words(figure.value, figure.unit, qualifier=figure.qualifier),
        quotation=sentence.quotation or "",
        meanings=tuple(meanings),
        figure_ids=(figure.id, *(each.id for each in siblings)),
        would_settle=(card.needed_words or "") if card else "A definition: the plan gives none.",
        promise_ids=figure.promise_ids,
    )


def _is_other_meaning(figure: Figure, other: Figure) -> bool:
    return other.value == figure.value and other.definition_id != figure.definition_id


def _otherwise(figure: Figure, other: Figure, cards: Mapping[str, Card]) -> str:
    card = cards.get(other.definition_id or "")
    meant = (card.plain_definition or card.name or card.id) if card else other.label
    return f"The same number elsewhere ({other.id}) means: {meant}"


def _sums(figure: Figure, siblings: Sequence[Figure], cards: Mapping[str, Card]) -> list[str]:
    """`650 = 500 + 150`: parts that add up to the number, each of another definition."""
    found = []
    for size in (2, 3):
        for parts in combinations(siblings, size):
            if sum(each.value or 0.0 for each in parts) == figure.value and all(each.value for each in parts):
                sums = " + ".join(number_words(each.value) for each in parts)
                named = "; ".join(f"{number_words(each.value)}: {_name(each, cards)}" for each in parts)
                found.append(
                    f"{number_words(figure.value)} = {sums} is a matter of definition ({named}); whether all of them "
                    "are meant is not said."
                )
    return found


def _name(figure: Figure, cards: Mapping[str, Card]) -> str:
    card = cards.get(figure.definition_id or "")
    return figure.label or (card.name if card else None) or figure.id
