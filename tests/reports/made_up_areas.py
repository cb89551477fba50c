"""A made-up comparison of four boroughs: two inside, one above, one below, and what lies in no area."""

from __future__ import annotations

from lamplighter.studies.answers import Provenance, StatedNumber
from lamplighter.studies.area_answers import (
    ABOVE_998,
    BELOW_95,
    INSIDE,
    NOT_JUDGED,
    AreaComparison,
    AreaLimits,
    AreaRow,
    Judgement,
)


def limits(size: float) -> AreaLimits:
    return AreaLimits(size=size, low_998=1 - size / 2000, low_95=2, high_95=8, high_998=9 + 200 / size)


def row(name: str, late: int, known: int, stands: str = INSIDE) -> AreaRow:
    return AreaRow(
        name=name,
        within="North & West",
        numerator=late,
        denominator=known,
        unknown=3,
        value=100 * late / known,
        low=100 * late / known - 1,
        high=100 * late / known + 1,
        limits=None if stands == NOT_JUDGED else limits(known),
        stands=stands,
    )


COMPARISON = AreaComparison(
    id="areas-late-borough",
    title="Share recorded late, by borough",
    kind="late",
    level="borough",
    levels="boroughs",
    definition_id="D-AREA-LATE",
    definition_version="1",
    unit="% of crimes with a known delay",
    numerator_words="recorded late",
    denominator_words="recorded, delay known",
    size_words="Crimes recorded",
    period="January 2025 to December 2025",
    compared_with="all areas together",
    target=5.0,
    judgement=Judgement(
        rows=(
            row("Abbey <b>", 120, 1000, ABOVE_998),
            row("Brook", 20, 400),
            row("Castle", 30, 600),
            row("Dell", 8, 800, BELOW_95),
        ),
        apart=(row("Other", 90, 100, NOT_JUDGED),),
        curve=tuple(limits(each) for each in (300.0, 500.0, 800.0, 1100.0)),
        outside_95=2,
        outside_998=1,
        by_chance_95=0.2,
        by_chance_998=0.01,
        outside_counts_alone=3,
        phi=2.5,
        tau=0.0121,
    ),
    not_compared="",
    summary="2 of 4 boroughs lie outside.",
    caveats=("All flagged offences are counted.",),
    rise_would_mean="More old offences came to be recorded.",
    stated=(
        StatedNumber(
            key="outside",
            label="Areas outside the 95% limits",
            value=2,
            unit="boroughs",
            period="January 2025 to December 2025",
            numerator=2,
            denominator=4,
            denominator_words="boroughs compared",
        ),
    ),
    provenance=Provenance(
        study="areas",
        question={"trim": "0.1 (default)"},
        import_ids=("i-1",),
        files=(("made-up.csv", "ab" * 32),),
        rows_read=9,
        rows_used=9,
        rows_refused=0,
        tables=("offences_place",),
        code_version="0.1.0",
    ),
)
