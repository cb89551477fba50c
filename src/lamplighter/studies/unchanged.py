"""How often would our own rules call a change where nothing changed? Printed beside every list of signals."""

from __future__ import annotations

from dataclasses import dataclass

from lamplighter.methods.false_calls import cautious_rules, false_call_rates
from lamplighter.methods.run_rules import RULES
from lamplighter.studies.answers import FalseCallRow, Unchanged

SHOWN = (
    *((rule,) for rule in RULES),
    ("outside", "shift"),
    tuple(rule for rule in RULES if rule != "trend"),
    tuple(RULES),
)


@dataclass(frozen=True, kw_only=True)
class UnchangedQuestion:
    """Series in which nothing changed: negative binomial counts around a mean, or Poisson where variance/mean is 1."""

    mean: float = 200.0
    months: int = 48
    dispersions: tuple[float, ...] = (1.0, 2.4)
    series: int = 1000
    seed: int = 0
    baseline_months: int = 24


def unchanged(question: UnchangedQuestion) -> Unchanged:
    """Runs the rules over made-up series without any change. Real series resemble their neighbours: they call more often."""
    rates = false_call_rates(
        mean=question.mean,
        months=question.months,
        dispersions=question.dispersions,
        series=question.series,
        seed=question.seed,
        baseline_points=question.baseline_months,
    )
    cautious = cautious_rules(rates, baseline_points=question.baseline_months)
    wanted = {tuple(sorted(each)) for each in SHOWN}
    rows = tuple(
        FalseCallRow(
            mean=rates.mean,
            months=rates.months,
            dispersion=each.dispersion,
            limits_from=each.limits_from,
            rules=each.rules,
            all_rules=len(each.rules) == len(RULES),
            signalling=each.signalling,
            series=each.series,
            share=each.share_signalling,
            low=each.low,
            high=each.high,
            seed=rates.seed,
        )
        for each in rates.rows
        if tuple(sorted(each.rules)) in wanted
    )
    return Unchanged(
        rows=rows,
        switch_off=cautious.switch_off,
        criterion=cautious.criterion,
        question={
            "mean": question.mean,
            "months": question.months,
            "series": question.series,
            "seed": question.seed,
            "baseline_months": question.baseline_months,
        },
    )
