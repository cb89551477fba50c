"""Did a monthly count move, by stated rules? Limits from a stated baseline, re-based at marked breaks; never why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lamplighter import definitions
from lamplighter.methods.effects import rate_change
from lamplighter.methods.level_break import level_break
from lamplighter.methods.run_rules import RULES, RunSignal, run_signals
from lamplighter.methods.spc import Phase, joined, phased
from lamplighter.schema import days_in_month, month_number, month_text, month_words
from lamplighter.studies.answers import READILY, Break, PhaseLimits, Point, Signal
from lamplighter.studies.evidence import year_total

FEWEST_A_MONTH = 5
RESEMBLING = 0.3


@dataclass(frozen=True, kw_only=True)
class MonthlyQuestion:
    """How a monthly count is judged. The defaults are printed with every answer.

    baseline_months: the limits of each stretch come from its first so many months. immature_months: the last so many months
    of the table, which may still be revised: drawn, marked, and neither signalled nor used for a baseline.
    """

    baseline_months: int = 24
    immature_months: int = 2
    rules: tuple[str, ...] = tuple(RULES)
    source: str = "mps-vawg"

    def told(self) -> dict[str, str]:
        return {
            "baseline_months": f"{self.baseline_months} (default)"
            if self.baseline_months == 24
            else str(self.baseline_months),
            "immature_months": f"{self.immature_months} (default)"
            if self.immature_months == 2
            else str(self.immature_months),
            "limits": "Laney u-prime, events a day, shown a month",
            "rules": ", ".join(self.rules),
            "phases": "re-based at each marked change of recording",
        }


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A monthly count with its limits, signals and breaks."""

    points: tuple[Point, ...]
    phases: tuple[PhaseLimits, ...]
    signals: tuple[Signal, ...]
    breaks: tuple[Break, ...]
    caveats: tuple[str, ...]


def marked_breaks(source: str) -> tuple[tuple[int, str, str], ...]:
    """The months at which recording is known to have changed in a source: month number, words, where that was read."""
    return tuple(
        (month_number(row["month"]), row["words"], f"{row['source']} ({row['status']})")
        for row in definitions.rows("breaks.csv")
        if row["source_table"] == source
    )


def breaks_in(counts: Mapping[int, int], months: Sequence[int], *, source: str) -> list[Break]:
    """The marked changes of recording that fall inside a series, with the step of calendar years across each."""
    present = set(months)
    return [
        Break(
            period=month_text(month),
            words=f"{words}. {_across(counts, present, month)}".strip(),
            marked=True,
            source=read_in,
            change_percent=_round(
                _percent(year_total(counts, present, month // 12 - 1), year_total(counts, present, month // 12 + 1))
            ),
        )
        for month, words, read_in in marked_breaks(source)
        if months and months[0] < month <= months[-1]
    ]


def judged(counts: Mapping[int, int], months: Sequence[int], question: MonthlyQuestion) -> Judged:
    """Judges a count a month. `months`: every month that the table holds, in order; one without events is a true 0.

    A month missing from `months` is a gap and stays unknown. Raises nothing on short series: limits are then left out, with
    the reason.
    """
    span = range(months[0], months[-1] + 1) if months else range(0)
    present = set(months)
    values = np.array([counts.get(each, 0) if each in present else np.nan for each in span], dtype=np.float64)
    days = np.array([days_in_month(each) for each in span], dtype=np.float64)
    immature = (
        np.array([each > months[-1] - question.immature_months for each in span]) if months else np.zeros(0, bool)
    )
    points = tuple(
        Point(period=month_text(each), value=None if np.isnan(value) else float(value), immature=bool(young))
        for each, value, young in zip(span, values, immature, strict=True)
    )
    breaks = breaks_in(counts, months, source=question.source)
    too_few = _too_few(values)
    if too_few:
        return Judged(points=points, phases=(), signals=(), breaks=tuple(breaks), caveats=(too_few,))
    starts = [month - span[0] for month, *_ in marked_breaks(question.source) if span[0] < month <= span[-1]]
    aside = immature.copy()  # the month of a change holds both ways of recording: it belongs to neither stretch
    aside[starts] = True
    phases = phased(
        values, days, starts=starts, baseline_points=question.baseline_months, method="laney", leave_out=aside
    )
    drawn = [each for each in phases if _fills_its_baseline(each, values, aside)]
    runs = [
        run
        for run in run_signals(values / days, joined(phases), phase_starts=starts, immature=aside, rules=question.rules)
        if any(each.start <= run.start < each.end for each in drawn)
    ]
    breaks += _found_breaks(values, days, aside, span, phases)
    return Judged(
        points=points,
        # a stretch of one known month has no neighbour to vary from: no limits are no number, and none are told
        phases=tuple(_phase_limits(each, span, days, aside) for each in drawn if np.isfinite(each.limits.lower).all()),
        signals=tuple(_signal(run, drawn, values, days, span, aside) for run in runs),
        breaks=tuple(breaks),
        caveats=(
            *_caveats(values, days, aside, starts, question, runs),
            *_thin(span, [each for each in phases if each not in drawn]),
        ),
    )


def _fills_its_baseline(phase: Phase, values: np.ndarray, aside: np.ndarray) -> bool:
    """Does the baseline of a stretch hold enough a month for limits to mean anything? A code not yet in use does not."""
    baseline = slice(phase.start, phase.baseline_end)
    known = values[baseline][~aside[baseline] & ~np.isnan(values[baseline])]
    return bool(known.size) and float(known.mean()) >= FEWEST_A_MONTH


def _thin(span: range, phases: Sequence[Phase]) -> list[str]:
    return [
        f"From {month_words(span[each.start])} to {month_words(span[each.end - 1])} no limits are drawn: the baseline has fewer "
        f"than {FEWEST_A_MONTH} a month."
        for each in phases
    ]


def _too_few(values: np.ndarray) -> str | None:
    known = values[~np.isnan(values)]
    if known.size < 12:
        return f"Only {known.size} months are known: no limits are drawn from less than a year."
    if known.mean() < FEWEST_A_MONTH:
        return f"Fewer than {FEWEST_A_MONTH} a month on average: control limits would mean little, and none are drawn."
    return None


def _percent(before: int | None, after: int | None) -> float | None:
    return 100 * (after / before - 1) if before and after is not None else None


def signed_percent(value: float | None) -> str:
    """−17%, +4%, 0%, or not known."""
    if value is None:
        return "not known"
    whole = round(value)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole)}%"


def _across(counts: Mapping[int, int], present: set[int], month: int) -> str:
    """The year after a break against the year before it, the year of the break left out; and that year by itself."""
    year = month // 12
    before, during, after = (year_total(counts, present, each) for each in (year - 1, year, year + 1))
    if before is None or after is None:
        return ""
    words = f"{year + 1} against {year - 1}, leaving {year} out: {signed_percent(_percent(before, after))}"
    if during is not None:
        words += f"; {year} alone against {year - 1}: {signed_percent(_percent(before, during))}"
    return words + "."


def _phase_limits(phase: Phase, span: range, days: np.ndarray, immature: np.ndarray) -> PhaseLimits:
    part = days[phase.start : phase.end]
    baseline = np.arange(phase.start, phase.baseline_end)
    mature = baseline[~immature[baseline]]
    last = int(mature[-1] if mature.size else baseline[-1])

    def line(values: np.ndarray) -> tuple[float, ...]:
        return tuple(round(float(each), 2) for each in values * part)

    return PhaseLimits(
        first=month_text(span[phase.start]),
        last=month_text(span[phase.end - 1]),
        baseline_first=month_text(span[phase.start]),
        baseline_last=month_text(span[last]),
        centre=line(phase.limits.centre),
        lower=line(phase.limits.lower),
        upper=line(phase.limits.upper),
        sigma_z=None if phase.limits.sigma_z is None else round(phase.limits.sigma_z, 2),
        method="Laney u-prime",
        short_baseline=phase.short_baseline,
    )


def _signal(
    run: RunSignal, phases: Sequence[Phase], values: np.ndarray, days: np.ndarray, span: range, immature: np.ndarray
) -> Signal:
    """The run in words, with its months held against the mature baseline months of its stretch outside the run."""
    phase = next(each for each in phases if each.start <= run.start < each.end)
    inside = np.arange(run.start, run.end + 1)
    before = np.setdiff1d(np.arange(phase.start, phase.baseline_end), inside)
    before = before[~np.isnan(values[before]) & ~immature[before]]
    inside = inside[~np.isnan(values[inside])]
    words_of_rule = next(row["words"] for row in definitions.rows("spc_rules.csv") if row["id"] == run.rule)
    compared = f"the other months of the baseline from {month_words(span[phase.start])}"
    effect = low = high = percent = None
    words = f"{run.side}; the size of the change can't be told from so few other months"
    if len(before) >= 6:
        change = rate_change(values[before], values[inside], exposure_before=days[before], exposure_after=days[inside])
        usual = float(values[before].sum() / days[before].sum()) * 365.25 / 12
        words = f"{run.side}; {_no_ratio(values[before].sum())}, so the size of the change can't be told as a ratio"
        if change.ratio is not None and change.low is not None and change.high is not None:
            effect, low, high = ((each - 1) * usual for each in (change.ratio, change.low, change.high))
            percent = change.percent
            words = (
                f"{abs(effect):,.0f} a month {'more' if effect > 0 else 'fewer'} than the baseline's {usual:,.0f} "
                f"({signed_percent(percent)}; 95% interval {signed_percent(change.percent_low)} to "
                f"{signed_percent(change.percent_high)})"
            )
    return Signal(
        rule=run.rule,
        rule_words=words_of_rule,
        since=month_text(span[run.start]),
        until=month_text(span[run.end]),
        side=run.side,
        effect=_round(effect),
        effect_low=_round(low),
        effect_high=_round(high),
        effect_percent=_round(percent),
        compared_with=compared,
        words=words,
    )


def _no_ratio(before: float) -> str:
    return (
        "none were recorded in the other months of the baseline" if not before else "none were recorded in its months"
    )


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _found_breaks(
    values: np.ndarray, days: np.ndarray, immature: np.ndarray, span: range, phases: Sequence[Phase]
) -> list[Break]:
    """In each stretch between marked breaks, the best single change of level in its mature months, if BIC prefers it."""
    rates = np.where(immature, np.nan, values / days)
    told = []
    for phase in phases:
        found = level_break(rates[phase.start : phase.end])
        if found is None or not found.found:
            continue
        before, after = (each * 365.25 / 12 for each in (found.mean_before, found.mean_after))
        percent = 100 * (after / before - 1) if before >= 1 else None
        words = f"The level test puts its one break of the stretch here: from {before:,.0f} to {after:,.0f} a month"
        if percent is not None:
            words += f" ({signed_percent(percent)})"
        if found.lag_one is not None and found.lag_one > RESEMBLING:
            words += f"; neighbouring months resemble each other (correlation {found.lag_one:.1f}), so {READILY}"
        told.append(
            Break(
                period=month_text(span[phase.start + found.start]),
                words=words + ".",
                marked=False,
                source=f"least squares, BIC {found.bic_one:,.0f} against {found.bic_none:,.0f}",
                change_percent=_round(percent),
            )
        )
    return told


def _caveats(
    values: np.ndarray,
    days: np.ndarray,
    immature: np.ndarray,
    starts: Sequence[int],
    question: MonthlyQuestion,
    runs: Sequence[RunSignal],
) -> tuple[str, ...]:
    def flagged(method: Literal["u", "xmr"]) -> int:
        phases = phased(
            values, days, starts=starts, baseline_points=question.baseline_months, method=method, leave_out=immature
        )
        lines, rates = joined(phases), values / days
        return int((((rates < lines.lower) | (rates > lines.upper)) & ~immature).sum())

    ours = sum(each.end - each.start + 1 for each in runs if each.rule == "outside")
    return (
        f"Counts are more spread than chance alone: a textbook u chart would flag {flagged('u')} months, an "
        f"XmR chart {flagged('xmr')}, these limits (Laney) {ours}.",
        "The limits know no season: a month may be outside them as every such month is.",
        *(
            ["The month in which recording changed holds both ways of it: it is in no baseline and signals nothing."]
            if starts
            else []
        ),
        f"The last {question.immature_months} months may still be revised. They are drawn hollow and signal nothing.",
    )
