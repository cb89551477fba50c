"""What the comparisons between areas say in a sentence, and the numbers in it."""

from __future__ import annotations

from collections.abc import Sequence

from lamplighter.plan.book import Finding, Number
from lamplighter.schema import NOT_STATED
from lamplighter.studies.area_answers import AreaComparison

TOLD_OF = "borough"
SURPRISING = 30


def area_numbers(areas: Sequence[AreaComparison]) -> list[Number]:
    """The numbers that each comparison's summary states."""
    return [
        Number(
            id=f"{comparison.id}.{each.key}",
            label=f"{comparison.title}: {each.label[:1].lower()}{each.label[1:]}",
            value=each.value,
            numerator=each.numerator,
            denominator=each.denominator,
            denominator_words=each.denominator_words or NOT_STATED,
            unit=each.unit,
            definition=f"{comparison.definition_id} v{comparison.definition_version}",
            source=f"worked out here from {', '.join(name for name, _ in comparison.provenance.files) or 'the workspace'}",
            as_of=each.period,
            status="worked out",
        )
        for comparison in areas
        for each in comparison.stated
    ]


def area_findings(areas: Sequence[AreaComparison]) -> list[Finding]:
    """A sentence for each comparison of boroughs; the BCUs, made of them, would say it again."""
    return [
        Finding(
            id=f"data.{comparison.id}",
            about="data",
            text=comparison.summary,
            number_ids=tuple(f"{comparison.id}.{each.key}" for each in comparison.stated),
            surprising=SURPRISING,
        )
        for comparison in areas
        if comparison.level == TOLD_OF and comparison.summary
    ]
