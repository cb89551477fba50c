"""The sentences that the plan and the data write by themselves, each with the ids of the numbers in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lamplighter.plan.book import Finding, Number, Standing
from lamplighter.plan.folder import Plan
from lamplighter.plan.numbers import counted
from lamplighter.plan.records.showing import Figure
from lamplighter.plan.stands import due_to, progress_of_figures, share_words
from lamplighter.schema import day_words
from lamplighter.studies.answers import MeasureAnswer, Unchanged

MOST_NAMED = 6


@dataclass(kw_only=True)
class _Counting:
    """Counts parts of the first version's promises, and keeps each count as a number that a sentence can name."""

    source: str
    as_of: str
    numbers: dict[str, Number] = field(default_factory=dict)

    def __call__(self, key: str, label: str, part: Sequence[Standing], whole: Sequence[Standing], unit: str) -> str:
        """The id of the number that says how many of the whole the part is."""
        number = counted(
            f"plan.{key}", label, len(part), len(whole), unit, source=self.source, as_of=self.as_of, definition=label
        )
        self.numbers[number.id] = number
        return number.id


def plan_findings(plan: Plan, standings: Sequence[Standing], as_of: date) -> tuple[list[Finding], list[Number]]:
    """What the records say of the first version's promises: figures that stand on nothing, and what can't be shown."""
    first = plan.header.versions[0].id
    ours = [each for each in standings if each.promise.version == first]
    objectives = [each for each in ours if each.promise.kind == "objective"]
    actions = [each for each in ours if each.promise.kind == "action"]
    count = _Counting(source=f"counted from the plan folder, version {first}", as_of=day_words(as_of))
    plans_own = frozenset(each.id for each in plan.sources if each.is_plan_text)
    theirs = frozenset(each.id for each in plan.sources if each.by_promiser)
    findings = [_measured(objectives, actions, plans_own, count)] if objectives or actions else []
    findings += [_standing(ours, plans_own, theirs, count), _owners_and_dates(ours, count)]
    reached = (
        _reached_number(each, *found) for each in ours if (found := progress_of_figures(each.figures)) is not None
    )
    return findings, [*count.numbers.values(), *reached]


def _standing(ours: Sequence[Standing], plans_own: frozenset[str], theirs: frozenset[str], count: _Counting) -> Finding:
    """How many promises can't be shown, are shown (and by whom), and are kept."""
    dead = [each for each in ours if each.evidence.worked_out == "can't be shown"]
    shown = [each for each in ours if each.evidence.worked_out == "shown"]
    kept = [each for each in ours if each.delivery.worked_out == "kept"]
    by_promiser = [each for each in shown if _shown_by_promiser_only(each, plans_own, theirs)]
    ids = [
        count("cannot-be-shown", "Promises that no known source can show", dead, ours, "promises"),
        count("shown", "Promises shown by a source other than the plan's own sentence", shown, ours, "promises"),
        count("kept", "Promises kept, by the printed rule", kept, ours, "promises"),
    ]
    if by_promiser:
        label = "Promises shown only by the promiser's own pages"
        ids.append(count("shown-by-promiser", label, by_promiser, shown, "promises that are shown"))
    return Finding(
        id="plan.standing",
        about="plan",
        text=(
            f"Of {len(ours):,} promises, {len(dead):,} can't be shown from any source that we know of, "
            f"{len(shown):,} {_is_are(len(shown))} shown{_by_whom(by_promiser, shown)}, and {len(kept):,} "
            f"{_is_are(len(kept))} known to have been kept."
        ),
        number_ids=tuple(ids),
        surprising=70,
    )


def _owners_and_dates(ours: Sequence[Standing], count: _Counting) -> Finding:
    undated = [each for each in ours if due_to(each.promise) is None]
    unowned = [each for each in ours if not each.promise.owner]
    return Finding(
        id="plan.owners-and-dates",
        about="plan",
        text=(
            f"{len(unowned):,} of {len(ours):,} promises name nobody who answers for them, and {len(undated):,} of "
            f"{len(ours):,} have no last date."
        ),
        number_ids=(
            count("no-owner", "Promises that name nobody who answers for them", unowned, ours, "promises"),
            count("no-date", "Promises without a last date", undated, ours, "promises"),
        ),
        surprising=60,
    )


def _shown_by_promiser_only(standing: Standing, plans_own: frozenset[str], theirs: frozenset[str]) -> bool:
    """Does every current figure from outside the plan's text come from a page that the promiser publishes?"""
    figures = [each for each in standing.figures if each.role == "current" and each.sentence_id is None]
    outside = [each for each in figures if each.source_id not in plans_own]
    return bool(outside) and all(each.source_id in theirs for each in outside)


def _by_whom(by_promiser: Sequence[Standing], shown: Sequence[Standing]) -> str:
    if not by_promiser:
        return ""
    some = "" if len(by_promiser) == len(shown) else f"{len(by_promiser):,} of them "
    return f" ({some}only by the promiser's own pages)"


def _is_are(count: int) -> str:
    return "is" if count == 1 else "are"


def _reached_number(standing: Standing, figure: Figure, target: Figure) -> Number:
    value, aim = figure.value or 0.0, target.value or 0.0
    return Number(
        id=f"{standing.promise.id}.reached",
        label=f"{figure.label}, out of the stated target",
        value=round(100 * value / aim, 1) if aim else None,
        numerator=value,
        denominator=aim,
        denominator_words=f"{target.unit} in the stated target ({target.id})",
        unit="% of the target",
        definition=f"{figure.id} divided by {target.id}",
        source=f"worked out from {figure.id} and {target.id}",
        as_of=day_words(figure.as_of) if figure.as_of else "date not known",
        status="worked out",
    )


def _claimed_in_text(standing: Standing, plans_own: frozenset[str]) -> list[Figure]:
    """The figures that the plan's text claims: those tied to a sentence, or read in a source that is the plan's text."""
    return [each for each in standing.figures if each.sentence_id is not None or each.source_id in plans_own]


def _measured(
    objectives: Sequence[Standing], actions: Sequence[Standing], plans_own: frozenset[str], count: _Counting
) -> Finding:
    defined = [
        each
        for each in objectives
        if any(f.role in ("baseline", "target") or f.denominator is not None for f in each.figures)
    ]
    figured = [each for each in actions if _claimed_in_text(each, plans_own)]
    reached = {each.promise.id: found for each in figured if (found := progress_of_figures(each.figures))}
    targeted = [each for each in figured if each.promise.id in reached]
    based = [each for each in figured if any(f.denominator is not None for f in _claimed_in_text(each, plans_own))]
    ids = [
        count(
            "objectives-measured",
            "Objectives with a baseline, a target or a denominator",
            defined,
            objectives,
            "objectives",
        ),
        count("actions-figured", "Actions on which the text puts an explicit figure", figured, actions, "actions"),
        count("actions-with-target", "Actions with a figure and a stated target", targeted, actions, "actions"),
        count(
            "actions-with-base",
            "Figured actions whose figure says out of how many",
            based,
            figured,
            "actions with a figure",
        ),
    ]
    text = (
        f"{len(defined):,} of {len(objectives):,} objectives have a baseline, a target or a denominator; explicit figures "
        f"stand on {len(figured):,} of {len(actions):,} actions"
    )
    named = len(reached) <= MOST_NAMED  # a sentence that names hundreds is none
    ids += [f"{promise_id}.reached" for promise_id in reached] if named else []
    parts = [share_words(figure, target) for figure, target in reached.values()]
    unit = next((target.unit for _, target in reached.values()), None)
    if targeted:
        verb = "has a stated target" if len(targeted) == 1 else "have stated targets"
        names = ", ".join((each.promise.title or each.promise.id) for each in targeted)
        which, how_far = (f" ({names})", f" ({'; '.join(parts)})") if named else ("", "")
        text += f"; {'one' if len(targeted) == 1 else f'{len(targeted):,}'} of them{which} {verb}{how_far}"
    if figured:
        whom = f"of how many {unit}" if unit else "out of how many"
        text += f", and {'none' if not based else f'{len(based):,}'} {'says' if len(based) < 2 else 'say'} {whom}"
    return Finding(id="plan.measured", about="plan", text=text + ".", number_ids=tuple(ids), surprising=100)


def data_findings(measures: Mapping[str, MeasureAnswer], surprising: Mapping[str, int]) -> list[Finding]:
    """The summary sentence of each headline measure, with the numbers that it states."""
    return [
        Finding(
            id=f"data.{answer.id}",
            about="data",
            text=answer.summary,
            number_ids=tuple(f"{answer.id}.{each.key}" for each in answer.stated),
            surprising=surprising.get(answer.id, 0),
        )
        for answer in measures.values()
        if answer.id in surprising and answer.summary
    ]


def caution_finding(
    false_calls: Unchanged, signalled: int, of: int, *, longest_months: int
) -> tuple[Finding, list[Number]]:
    """How many series signalled, beside how often a series in which nothing changed would.

    longest_months: of the series that were watched; the longer a series, the more often it is called for nothing.
    """
    worst = max(false_calls.rows, key=lambda row: (row.all_rules, row.share))
    alarm = Number(
        id="false-calls.all-rules",
        label="Series in which nothing changed that signal all the same, by all four rules",
        value=round(100 * worst.share, 1),
        numerator=worst.signalling,
        denominator=worst.series,
        denominator_words="simulated series in which nothing changed",
        unit="%",
        definition=f"negative binomial, mean {worst.mean}, {worst.months} months, variance/mean {worst.dispersion}",
        source=f"simulated here, seed {worst.seed}",
        as_of="n/a",
        low=round(100 * worst.low, 1),
        high=round(100 * worst.high, 1),
        status="worked out",
    )
    seen = counted(
        "changed.signalled", "Series that signalled", signalled, of, "series",
        source="worked out here", as_of="n/a", definition="at least one run rule holds",
    )  # fmt: skip
    text = (
        f"{signalled} of {of} series signalled a change by at least one rule; but by all four rules {alarm.value:.1f}% of "
        f"series of {worst.months} months in which nothing changed signal too"
        f"{', and longer ones, as these are, more often' if longest_months > worst.months else ''}."
    )
    return Finding(id="change.caution", about="change", text=text, number_ids=(alarm.id, seen.id), surprising=50), [
        alarm,
        seen,
    ]
