"""Comparisons between areas as CSV: one area a row, with its interval, its limits and where it stands."""

from __future__ import annotations

from lamplighter.reports.tables import as_csv_bytes
from lamplighter.studies.area_answers import AreaComparison

COLUMNS = (
    "comparison", "definition", "level", "area", "within", "period", "compared_with", "unit", "numerator", "denominator",
    "unknown", "value", "low", "high", "all_areas", "limit_99_8_low", "limit_95_low", "limit_95_high", "limit_99_8_high",
    "stands",
)  # fmt: skip


def areas_csv(comparison: AreaComparison) -> bytes:
    """The areas in the order of their names, then what is no area; the limits of a row that is not judged are empty."""
    card = f"{comparison.definition_id} v{comparison.definition_version}"
    rows = []
    for each in (*comparison.judgement.rows, *comparison.judgement.apart):
        limits = each.limits
        between = (limits.low_998, limits.low_95, limits.high_95, limits.high_998) if limits else (None,) * 4
        rows.append(
            (
                comparison.id, card, comparison.level, each.name, each.within, comparison.period, comparison.compared_with,
                comparison.unit, each.numerator, each.denominator, each.unknown, each.value, each.low, each.high,
                comparison.target, *between, each.stands,
            )
        )  # fmt: skip
    return as_csv_bytes(COLUMNS, rows)
