"""Training that still holds: out of those who need it, who has it on the day, and when does it run out?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from lamplighter.errors import InputError
from lamplighter.plan.records.running import Training, TrainingCount
from lamplighter.plan.records.showing import Figure
from lamplighter.plan.running.answers import Coverage, Expiring
from lamplighter.schema import NOT_APPLICABLE, day_words, month_number, month_words, number_words, quantity_words

_BOUNDS = ("more than", "less than")  # nothing can be divided by one, or into a share that is not one itself
_FLOORS = {"more than": "more than ", "less than": "less than ", "about": "about "}


def coverage_of(
    training: Training, counts: Sequence[TrainingCount], figures: Mapping[str, Figure], *, today: date
) -> Coverage:
    """Of those in posts that need a course, how many have it still on a day, and when does it run out for how many?

    counts: the course's counts by month, of any day; the latest day up to `today` is taken, and only that one.
    figures: by id. Training of a month counts as valid up to the month before the first of its people's runs out, so
    the valid are never too many; those in whose month it runs out stand in the first quarter of `expiring`.
    Everything that can't be known is None, and `lacking` says what is missing. How many were *to be* trained is never
    taken for how many need it: 6,800 of 8,500 is progress towards a target, no coverage. A bound ("more than 400") gives no
    share, a rounded number one that is said to be about so much.
    Misleads if a person is counted in two months, or if people who have left are still counted.
    """
    trained_figure = figures.get(training.trained_figure_id or "")
    target = figures.get(training.target_figure_id or "")
    eligible = _eligible(training, figures)
    ours = _latest(training, counts, today)
    trained = float(sum(each.people or 0 for each in ours)) if ours else _value(trained_figure)
    lacking: list[str] = []
    if eligible is None:
        lacking.append(
            "how many people are in posts that need it"
            + (" (the target is how many were to be trained, not how many need it)" if target else "")
        )
    valid, run_out, expiring = _still_valid(training, ours, trained, today, lacking)
    share = None
    counted_by = trained_figure if not ours else None
    bounds = [each for each in (eligible, counted_by) if each is not None and each.qualifier in _BOUNDS]
    if valid is not None and eligible is not None and eligible.value:
        if bounds:
            lacking += [f"an exact number: {each.id} says only {_firmly(each)}" for each in bounds]
        elif valid > eligible.value:
            lacking.append(
                f"counts of the same people: {number_words(valid)} trained are more than the "
                f"{number_words(eligible.value)} who need it"
            )
        else:
            share = valid / eligible.value
    named = eligible or trained_figure or target
    return Coverage(
        training=training,
        trained=trained,
        target=_value(target),
        eligible=_value(eligible),
        valid=valid,
        share=share,
        run_out=run_out,
        expiring=expiring,
        counted_on=ours[0].as_of if ours else (trained_figure.as_of if trained_figure else None),
        unit=(named.unit if named else None) or "people",
        words=_words(share, valid, eligible, trained, counted_by, target, today, lacking),
        lacking=tuple(lacking),
    )


def _firmly(figure: Figure) -> str:
    return quantity_words(figure.value, figure.unit, qualifier=figure.qualifier)


def _is_rounded(figure: Figure) -> bool:
    return figure.qualifier == "about" or bool(figure.rounded_to)


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure is not None else None


def _eligible(training: Training, figures: Mapping[str, Figure]) -> Figure | None:
    """The figure of those who need it, unless it is the target by another name: `plan check` refuses that."""
    found = figures.get(training.eligible_figure_id or "")
    is_target = found is not None and (found.role == "target" or found.id == training.target_figure_id)
    return None if is_target else found


def _latest(training: Training, counts: Sequence[TrainingCount], today: date) -> list[TrainingCount]:
    known = [each for each in counts if each.training_id == training.id and each.as_of and each.as_of <= today]
    last = max((each.as_of for each in known if each.as_of), default=None)
    return [each for each in known if each.as_of == last]


def _still_valid(
    training: Training, ours: Sequence[TrainingCount], trained: float | None, today: date, lacking: list[str]
) -> tuple[float | None, int | None, tuple[Expiring, ...]]:
    if training.valid_months is None:
        lacking.append("how long it holds")
    if trained is None:
        lacking.append("how many were trained")
    holds: object = training.valid_months  # `n/a` too: it never runs out
    if holds == NOT_APPLICABLE:
        return trained, 0 if trained is not None else None, ()
    if not ours and trained is not None:
        lacking.append("in which months they were trained")
    if not ours or not isinstance(training.valid_months, int):
        return None, None, ()
    this_month = today.year * 12 + today.month - 1
    valid = run_out = 0
    by_quarter: Counter[int] = Counter()
    for each in ours:
        try:
            ends = month_number(each.trained_in or "") + training.valid_months
        except InputError:  # `plan check` names the row, and a build stops there
            return None, None, ()
        people = each.people or 0
        if ends < this_month:
            run_out += people
        else:
            by_quarter[ends // 3] += people
            valid += people if ends > this_month else 0
    expiring = tuple(Expiring(quarter=_quarter_words(at), people=people) for at, people in sorted(by_quarter.items()))
    return float(valid), run_out, expiring


def _quarter_words(at: int) -> str:
    """`January to March 2022`."""
    first, last = month_words(at * 3), month_words(at * 3 + 2)
    return f"{first.split(' ')[0]} to {last}"


def _words(
    share: float | None,
    valid: float | None,
    eligible: Figure | None,
    trained: float | None,
    told_by: Figure | None,
    target: Figure | None,
    today: date,
    lacking: Sequence[str],
) -> str:
    parts = []
    if share is not None and eligible is not None:
        # A rounded number on either side makes a share that is no firmer than it.
        about = "about " if _is_rounded(eligible) or (told_by is not None and _is_rounded(told_by)) else ""
        people = f"{about if told_by is not None and _is_rounded(told_by) else ''}{number_words(valid)}"
        need = quantity_words(eligible.value, eligible.unit, qualifier="about" if _is_rounded(eligible) else None)
        told = (
            f"{people} of {need} who need it have training that holds on {day_words(today)}: {about}{100 * share:.1f}%."
        )
        parts.append(told[:1].upper() + told[1:])
    elif trained is not None:
        firmly = _FLOORS.get((told_by.qualifier or "") if told_by else "", "")
        against = f" against a target of {quantity_words(target.value, target.unit)}" if target else ""
        told = f"{firmly}{number_words(trained)} were trained{against}."
        parts.append(told[:1].upper() + told[1:])
    if lacking:
        parts.append(f"Coverage can't be worked out. Not known: {'; '.join(lacking)}." if share is None else "")
    return " ".join(each for each in parts if each)
