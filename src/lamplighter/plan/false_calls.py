"""The printed table of false calls: how often our own rules call a change where nothing changed."""

from __future__ import annotations

from lamplighter.plan.book import FalseCalls
from lamplighter.studies.unchanged import Unchanged


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
