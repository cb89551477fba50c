"""Where a promise stands: worked out on two axes, each by the first rule that holds, never typed.

The rules are a table in definitions; here each has the plain test that decides it and the words that say why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lamplighter import definitions
from lamplighter.plan.book import Answer, Override
from lamplighter.plan.records import is_known
from lamplighter.plan.records.promising import Milestone, Promise
from lamplighter.plan.records.running import Decision
from lamplighter.plan.records.showing import Card, Evidence, Figure, Source
from lamplighter.schema import day_words, number_words, quantity_words


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one promise on one day: nothing dated after `today` is in here."""

    promise: Promise
    today: date
    cards: tuple[Card, ...]
    figures: tuple[Figure, ...]
    milestones: tuple[Milestone, ...]
    evidence: tuple[Evidence, ...]
    sources: Mapping[str, Source]
    provided: frozenset[str]
    measured_cards: frozenset[str] = frozenset()

    def source_of(self, record: Figure | Evidence) -> Source | None:
        return self.sources.get(record.source_id or "")

    def is_plans_own(self, record: Figure | Evidence) -> bool:
        """Does it come from the plan's own text, and so show nothing that the plan does not merely say?"""
        source = self.source_of(record)
        claims = isinstance(record, Figure) and record.sentence_id is not None
        return claims or source is None or source.is_plan_text


def possible_values(figure: Figure) -> tuple[float, float]:
    """The lowest and highest number that the figure, as rounded and qualified, can stand for."""
    value = figure.value or 0.0
    if figure.qualifier == "more than":
        return value, float("inf")
    if figure.qualifier == "less than":
        return float("-inf"), value
    step = figure.rounded_to
    if step is None and figure.qualifier == "about":
        step = _last_digit(value)
    half = (step or 0.0) / 2
    return value - half, value + half


def _last_digit(value: float) -> float:
    """The step of the last digit written: 270 → 10, 2100 → 100, 12.8 → 0.1."""
    text = f"{value:.10f}".rstrip("0")
    if not text.endswith("."):
        return float(10.0 ** -(len(text) - text.index(".") - 1))
    whole = text[:-1]
    return float(10 ** (len(whole) - len(whole.rstrip("0")))) if whole.strip("-0") else 1.0


def contradictions(figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Pairs with the same role, definition, version, unit, area and date whose possible values do not meet.

    What is unknown is never the same: two figures without a date, a version or an area may speak of two things.
    """
    found = []
    for at, one in enumerate(figures):
        for other in figures[at + 1 :]:
            if not all(is_known(each) for each in _key(one)) or _key(one) != _key(other):
                continue
            low = max(possible_values(one)[0], possible_values(other)[0])
            high = min(possible_values(one)[1], possible_values(other)[1])
            if low > high:
                found.append((one, other))
    return found


def _key(figure: Figure) -> tuple[object, ...]:
    return (
        figure.role,
        figure.definition_id,
        figure.definition_version,
        figure.unit,
        figure.area,
        figure.as_of or (figure.as_of_words or "").casefold(),
    )


def unmet_needs(cards: Sequence[Card], provided: frozenset[str]) -> tuple[str, ...]:
    """The facts that the cards need and no known source provides, in the cards' order."""
    return tuple(
        dict.fromkeys(need for card in cards for need in card.needs if is_known((need,)) and need not in provided)
    )


def shown_figures(facts: Facts) -> list[Figure]:
    """Current figures with a definition and a denominator from outside the plan's own text."""
    cards = {card.id: card for card in facts.cards}
    return [
        figure
        for figure in facts.figures
        if figure.role == "current"
        and figure.definition_id in cards
        and (figure.denominator is not None or cards[figure.definition_id].denominator == "n/a")
        and not facts.is_plans_own(figure)
    ]


def _figure_words(figure: Figure, facts: Facts) -> str:
    source = facts.source_of(figure)
    number = quantity_words(figure.value, figure.unit, base=figure.denominator, qualifier=figure.qualifier)
    own = ", published by the promiser" if source and source.by_promiser and not facts.is_plans_own(figure) else ""
    where = f" ({source.title}{own})" if source else ""
    return number + where


# -- evidence ---------------------------------------------------------------------------------------------------------


def _contradicted(facts: Facts) -> str | None:
    for one, other in contradictions(facts.figures):
        return f"{one.id} says {_figure_words(one, facts)}; {other.id} says {_figure_words(other, facts)}."
    return None


def _cannot_be_shown(facts: Facts) -> str | None:
    unmet = unmet_needs(facts.cards, facts.provided)
    if not unmet:
        return None
    lacking = [card for card in facts.cards if set(unmet) & set(card.needs)]
    words = "; ".join(dict.fromkeys(card.needed_words or ", ".join(card.needs) for card in lacking))
    claims = "; ".join(_figure_words(each, facts) for each in facts.figures if each.role == "current")
    beside = f" What is claimed: {claims}. Nobody outside can check it." if claims else ""
    return f"No known source provides it. What would be needed: {words.rstrip('.')}.{beside}"


def _shown(facts: Facts) -> str | None:
    figures = shown_figures(facts)
    if figures:
        return "Shown by " + "; ".join(f"{each.id}: {_figure_words(each, facts)}" for each in figures) + "."
    measured = [card for card in facts.cards if card.id in facts.measured_cards]
    if measured and len(measured) == len(facts.cards):
        return "Shown by measures worked out here: " + "; ".join(card.name or card.id for card in measured) + "."
    return None


def _claimed(facts: Facts) -> str | None:
    figures = [each for each in facts.figures if each.role in ("current", "context")]
    if figures:
        return "Claimed: " + "; ".join(f"{each.id}: {_figure_words(each, facts)}" for each in figures) + "."
    if facts.evidence:
        return "Said to have happened: " + "; ".join(each.title or each.id for each in facts.evidence) + "."
    done = [each for each in facts.milestones if each.done_on is not None]
    if done:
        return "Said to be done: " + "; ".join(each.title or each.id for each in done) + "."
    return None


def _nothing(facts: Facts) -> str | None:
    return "Nothing is recorded for it."


# -- delivery ---------------------------------------------------------------------------------------------------------


def target_of(figures: Sequence[Figure]) -> Figure | None:
    """The stated target, the latest if there are several."""
    targets = [each for each in figures if each.role == "target" and each.value is not None]
    return max(targets, key=lambda each: (each.as_of or date.min, each.id)) if targets else None


def progress_of(figures: Sequence[Figure], target: Figure) -> Figure | None:
    """The latest current figure that can be held against the target: same unit, and same definition if both have one."""
    current = [
        each
        for each in figures
        if each.role == "current"
        and each.unit == target.unit
        and (each.definition_id is None or target.definition_id is None or each.definition_id == target.definition_id)
    ]
    return max(current, key=lambda each: (each.as_of or date.min, each.id)) if current else None


def progress_of_figures(figures: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The latest figure and the target that it is held against, if there are both."""
    target = target_of(figures)
    figure = progress_of(figures, target) if target is not None else None
    return (figure, target) if figure is not None and target is not None else None


def _reached(figure: Figure, target: Figure, facts: Facts) -> bool:
    card = next((each for each in facts.cards if each.id == target.definition_id), None)
    if card is not None and (card.direction_wanted or "").casefold().startswith("down"):
        return possible_values(figure)[1] <= (target.value or 0)
    return possible_values(figure)[0] >= (target.value or 0)


def due_to(promise: Promise) -> date | None:
    """The last date, if the plan names it or a named person read the plan's words as one."""
    if not isinstance(promise.due_to, date):
        return None
    names_it = promise.due_words is not None and promise.due_to.strftime("%Y") in promise.due_words
    return promise.due_to if names_it or is_known(promise.due_read_by) else None


def _kept(facts: Facts) -> str | None:
    by_id = {each.id: each for each in facts.evidence}
    for step in facts.milestones:
        shown = [by_id[each] for each in step.evidence_ids if each in by_id and not facts.is_plans_own(by_id[each])]
        if step.completes and step.done_on is not None and shown:
            source = facts.source_of(shown[0])
            own = ", published by the promiser" if source and source.by_promiser else ""
            said = f" ({source.title}{own})" if source else ""
            return f"{(step.title or step.id).rstrip('.')}: done on {day_words(step.done_on)}{said}."
    found = progress_of_figures(
        [each for each in facts.figures if each.role == "target" or not facts.is_plans_own(each)]
    )
    if found is not None and _reached(*found, facts):
        return f"{_figure_words(found[0], facts)} against a target of {number_words(found[1].value)}."
    return None


def _missed(facts: Facts) -> str | None:
    if isinstance(facts.promise.closed_on, date) and facts.promise.closed_on <= facts.today:
        return f"Closed on {day_words(facts.promise.closed_on)} without evidence that it was done."
    last, found = due_to(facts.promise), progress_of_figures(facts.figures)
    if last is None or last >= facts.today or found is None:
        return None
    figure, target = found
    if figure.as_of is None or figure.as_of <= last or _reached(figure, target, facts):
        return None
    return f"Due by {day_words(last)}; {share_words(figure, target)} on {day_words(figure.as_of)}."


def share_words(figure: Figure, target: Figure) -> str:
    """`6,800 of 8,500 = 80.0%`: value of target, without a share where the target is 0."""
    value, aim = figure.value or 0.0, target.value or 0.0
    share = f" = {100 * value / aim:.1f}%" if aim else ""
    return f"{number_words(value)} of {number_words(aim)}{share}"


def _partly(facts: Facts) -> str | None:
    found = progress_of_figures(facts.figures)
    if found is None:
        return None
    figure, target = found
    by_whom = ", by the promiser's own count" if facts.is_plans_own(figure) else ""
    when = f" on {day_words(figure.as_of)}" if figure.as_of else ""
    unit = f" ({target.unit})" if target.unit else ""
    return f"{share_words(figure, target)}{unit}{by_whom}{when}."


def _overdue(facts: Facts) -> str | None:
    last = due_to(facts.promise)
    if last is not None and last < facts.today:
        return f"Due by {day_words(last)}; {(facts.today - last).days:,} days ago."
    return None


def _not_yet_due(facts: Facts) -> str | None:
    last = due_to(facts.promise)
    return f"Due by {day_words(last)}." if last is not None else None


def _no_date(facts: Facts) -> str | None:
    words = facts.promise.due_words
    if is_known(words):
        return f"The plan says “{words}”; nobody has read that as a last date under her name."
    return "The plan names no date."


Test = Callable[[Facts], str | None]
EVIDENCE_TESTS: Mapping[str, Test] = {
    "contradicted": _contradicted,
    "cannot-be-shown": _cannot_be_shown,
    "shown": _shown,
    "claimed-not-shown": _claimed,
    "nothing-claimed": _nothing,
}
DELIVERY_TESTS: Mapping[str, Test] = {
    "kept": _kept,
    "missed": _missed,
    "partly": _partly,
    "overdue": _overdue,
    "not-yet-due": _not_yet_due,
    "no-date-given": _no_date,
}


def _first_that_holds(
    rules: Sequence[Mapping[str, str]], tests: Mapping[str, Test], facts: Facts, override: Override | None
) -> Answer:
    for rule in rules:
        because = tests[rule["id"]](facts)
        if because is not None:
            return Answer(
                answer=override.answer if override else rule["answer"],
                rule=rule["id"],
                rule_words=rule["words"],
                because=because,
                worked_out=rule["answer"],
                override=override,
            )
    raise AssertionError("the last rule always holds")


def where_it_stands(facts: Facts, decisions: Sequence[Decision] = ()) -> tuple[Answer, Answer]:
    """Evidence and delivery of one promise, each by the first rule that holds; the latest override on top, if any."""
    overrides: dict[str, Override] = {}
    for each in sorted(decisions, key=lambda each: (each.decided_on or date.min, each.id)):
        applies = each.kind == "override" and each.record_id == facts.promise.id
        if not (applies and each.axis and each.answer and each.decided_by and each.reason and each.decided_on):
            continue
        if each.decided_on <= facts.today:
            overrides[each.axis] = Override(
                answer=each.answer, decided_by=each.decided_by, decided_on=each.decided_on, reason=each.reason
            )
    return (
        _first_that_holds(definitions.evidence_rules(), EVIDENCE_TESTS, facts, overrides.get("evidence")),
        _first_that_holds(definitions.delivery_rules(), DELIVERY_TESTS, facts, overrides.get("delivery")),
    )
