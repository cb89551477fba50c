"""Measures of the made-up Northam Constabulary: synthetic, workable by hand, with everything that a chart shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lamplighter.plan.book import Number, Pair
from lamplighter.schema import month_number, month_text
from lamplighter.studies.answers import Break, Layer, MeasureAnswer, PhaseLimits, Point, Provenance, Signal

FIRST = month_number("2018-01")
NOWHERE = Provenance(
    study="recorded", question={"kind": "synthetic"}, import_ids=("synthetic",), files=(("northam.csv", "0" * 64),),
    rows_read=96, rows_used=96, rows_refused=0, tables=("offences_kind",), code_version="test",
)  # fmt: skip


def monthly(at: int) -> float:
    """200 a month with a small wave; 150 from month 60 on; month 30 stands out."""
    return 320.0 if at == 30 else (150.0 if at >= 60 else 200.0) + (at * 7) % 23


def phase(first: int, last: int, centre: float, *, short: bool = False) -> PhaseLimits:
    count = last - first + 1
    return PhaseLimits(
        first=month_text(FIRST + first), last=month_text(FIRST + last),
        baseline_first=month_text(FIRST + first), baseline_last=month_text(FIRST + min(first + 23, last)),
        centre=(centre,) * count, lower=(centre - 45,) * count, upper=(centre + 45,) * count,
        sigma_z=1.4, method="Laney u-prime", short_baseline=short,
    )  # fmt: skip


def signal(rule: str, first: int, last: int, side: str) -> Signal:
    return Signal(
        rule=rule, rule_words="A month outside the limits", since=month_text(FIRST + first), until=month_text(FIRST + last),
        side=side, effect=110.0, effect_low=80.0, effect_high=140.0, effect_percent=55.0,
        compared_with="the other months of the baseline", words="110 a month more than the baseline's 211",
    )  # fmt: skip


@pytest.fixture
def recorded() -> MeasureAnswer:
    """96 months, month 40 unknown, the last two immature, a marked break at month 60, a high point and a run of low ones."""
    points = tuple(
        Point(period=month_text(FIRST + at), value=None if at == 40 else monthly(at), immature=at >= 94)
        for at in range(96)
    )
    return MeasureAnswer(
        id="recorded-northam", title="VAWG crimes recorded a month", family="headline", definition_id="D-RECORDED",
        definition_version="1", area="Northam", unit="crimes recorded", statistic="count",
        summary="Made-up numbers.", points=points, phases=(phase(0, 59, 211), phase(60, 95, 161)),
        signals=(signal("outside", 30, 30, "above"), signal("shift", 70, 78, "below")),
        breaks=(Break(period=month_text(FIRST + 60), words="The force changed its system.", marked=True),),
        provenance=NOWHERE, pair_with="prevalence",
    )  # fmt: skip


@pytest.fixture
def ethnicity() -> MeasureAnswer:
    """100 victims a year in three parts: 60, 30 and 10 unknown in 2014; 45, 25 and 30 unknown in 2017."""
    known = {"Amber": (60, 55, 50, 45), "Beige": (30, 30, 28, 25)}
    lost = (10, 15, 22, 30)
    layers: list[Layer] = []
    for name, parts in known.items():
        points = [
            Point(period=str(2014 + at), value=float(n), numerator=n, denominator=100, low=float(n), high=float(n + u))
            for at, (n, u) in enumerate(zip(parts, lost, strict=True))
        ]
        layers.append(Layer(name=name, points=tuple(points)))
    unknown = tuple(
        Point(period=str(2014 + at), value=float(u), numerator=u, denominator=100) for at, u in enumerate(lost)
    )
    layers.append(Layer(name="Unknown", points=unknown, is_unknown=True))
    return MeasureAnswer(
        id="victims-northam", title="Victims by ethnicity", family="victims", definition_id="D-VICTIM-ETHNICITY",
        definition_version="1", area="Northam", unit="% of victims", statistic="share", summary="", points=unknown,
        layers=tuple(layers), provenance=NOWHERE,
    )  # fmt: skip


@pytest.fixture
def place(recorded: MeasureAnswer) -> MeasureAnswer:
    """A rolling twelve months: the first eleven unknown, no limits, its wards as layers that belong into a table."""
    points = tuple(
        Point(period=month_text(FIRST + at), value=None if at < 11 else 2000.0 + 10 * at) for at in range(48)
    )
    wards = tuple(Layer(name=f"Ward {at}", points=(Point(period="2018", value=5.0),)) for at in range(20))
    return replace(
        recorded, id="place-northam", family="place", title="Northam", unit="flagged crimes recorded in twelve months",
        statistic="rolling 12 months", points=points, layers=wards, phases=(), signals=(), breaks=(),
    )  # fmt: skip


def survey(number_id: str, value: float, as_of: str, low: float | None, high: float | None) -> Number:
    return Number(
        id=number_id, label="Women who experienced violence in the last year", value=value, numerator=None, denominator=None,
        denominator_words="women asked; base not read", unit="% of women 16 and over", definition="synthetic", source="synthetic",
        as_of=as_of, low=low, high=high, interval_words="" if low is not None else "interval unknown",
    )  # fmt: skip


@pytest.fixture
def pair(recorded: MeasureAnswer) -> Pair:
    return Pair(
        id="recording-and-prevalence", title="Recording beside prevalence", measure_id=recorded.id,
        numbers=(
            survey("N-1", 14.0, "the year it is compared with, Northam", None, None),
            survey("N-2", 12.8, "year ending March 2025, Northam", None, None),
            survey("N-3", 13.1, "year ending March 2022, Northam", 11.9, 14.3),
        ),
        rise_words=("More was reported, or more was done.",), status="verified", caveats=(),
    )  # fmt: skip
