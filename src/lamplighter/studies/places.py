"""How many flagged crimes were recorded in each place over twelve months? Small areas only ever as rolling years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lamplighter.errors import NoSuchName
from lamplighter.schema import area_key, month_number, month_text, month_words, slug_of
from lamplighter.studies.answers import Layer, MeasureAnswer, Point
from lamplighter.studies.evidence import Evidence, full_years
from lamplighter.studies.judged import breaks_in

ROLLING_MONTHS = 12
NO_WARD = "no ward given"
CAVEATS = (
    "Place pages count all flagged offences, those outside VAWG too (about a fifth of every year): the table by place holds "
    "no kind of offence, so they can't be removed here.",
    "A crime stands where it was recorded as committed; crimes without a known place stand under Unknown, N/K or Other.",
    "Rolling years hide when within the year something moved. No limits are drawn, and no place is ranked.",
)
RECORDING = "The change of record system ({month}) runs through every place."


def place_answers(evidence: Evidence) -> list[MeasureAnswer]:
    """One answer a BCU and a borough: a rolling twelve months at every month; in a borough its wards by calendar year."""
    months = evidence.months("offences_place")
    bcus: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    boroughs: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    wards: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    inside: dict[str, set[str]] = defaultdict(set)
    for month, bcu, borough, ward, crimes in evidence.crimes_by_place():
        bcus[bcu][month] += crimes
        boroughs[borough][month] += crimes
        wards[borough][ward or NO_WARD][month] += crimes
        inside[bcu].add(borough)
    answers = [
        _answer(
            evidence,
            f"place-bcu-{slug_of(name)}",
            f"{name} (BCU)",
            name,
            counts,
            months,
            boroughs,
            sorted(inside[name]),
        )
        for name, counts in sorted(bcus.items())
    ]
    answers += [
        _answer(
            evidence, f"place-borough-{slug_of(name)}", name, name, counts, months, wards[name], sorted(wards[name])
        )
        for name, counts in sorted(boroughs.items())
    ]
    return answers


def ward_answer(evidence: Evidence, borough: str, ward: str) -> MeasureAnswer:
    """The same for one ward, named with its borough. Raises NoSuchName with the nearest names."""
    rows = list(evidence.crimes_by_place())
    borough = _spelt("borough", borough, {each[2] for each in rows})
    ward = _spelt(f"ward of {borough}", ward, {each[3] or NO_WARD for each in rows if each[2] == borough})
    counts: dict[int, int] = defaultdict(int)
    for month, _, its_borough, its_ward, crimes in rows:
        if (its_borough, its_ward or NO_WARD) == (borough, ward):
            counts[month] += crimes
    name = area_key(borough, ward)
    return _answer(
        evidence, f"place-ward-{slug_of(name)}", name, name, counts, evidence.months("offences_place"), {}, ()
    )


def wards_called(evidence: Evidence, name: str) -> list[str]:
    """Every ward of that name, each with its borough; capitals don't matter."""
    return sorted(
        {
            area_key(borough, ward)
            for _, _, borough, ward, _ in evidence.crimes_by_place()
            if ward is not None and ward.casefold() == name.casefold()
        }
    )


def _spelt(kind: str, name: str, known: set[str]) -> str:
    """The name as the table spells it. Raises NoSuchName with the nearest."""
    folded = {each.casefold(): each for each in sorted(known)}
    if name.casefold() not in folded:
        raise NoSuchName(kind, name, sorted(known))
    return folded[name.casefold()]


def _answer(
    evidence: Evidence,
    measure_id: str,
    title: str,
    area: str,
    counts: Mapping[int, int],
    months: Sequence[int],
    parts: Mapping[str, Mapping[int, int]],
    names: Sequence[str],
) -> MeasureAnswer:
    years = full_years(months)
    breaks = tuple(breaks_in(counts, months, source="mps-vawg"))
    return MeasureAnswer(
        id=measure_id,
        title=title,
        family="place",
        definition_id="D-RECORDED-PLACE",
        definition_version="1",
        area=area,
        unit="flagged crimes recorded in twelve months",
        statistic="rolling 12 months",
        summary="",
        points=rolling(counts, months),
        layers=tuple(Layer(name=name, points=_by_year(parts[name], months, years)) for name in names),
        breaks=breaks,
        caveats=(*CAVEATS, *(RECORDING.format(month=month_words(month_number(each.period))) for each in breaks)),
        rise_would_mean="More crimes recorded there, of kinds that the table by place does not tell apart.",
        provenance=evidence.provenance(
            "places", ("offences_place",), {"area": area, "rolling_months": f"{ROLLING_MONTHS} (default)"}
        ),
    )


def rolling(counts: Mapping[int, int], months: Sequence[int]) -> tuple[Point, ...]:
    """The total of the twelve months that end with each month; unknown until twelve are there, or when one is missing."""
    present = set(months)
    points = []
    for month in range(months[0], months[-1] + 1):
        window = range(month - ROLLING_MONTHS + 1, month + 1)
        whole = all(each in present for each in window)
        total = sum(counts.get(each, 0) for each in window) if whole else None
        points.append(Point(period=month_text(month), value=total))
    return tuple(points)


def _by_year(counts: Mapping[int, int], months: Sequence[int], years: Sequence[int]) -> tuple[Point, ...]:
    points = [
        Point(period=str(year), value=sum(counts.get(each, 0) for each in range(year * 12, year * 12 + 12)))
        for year in years
    ]
    last = rolling(counts, months[-ROLLING_MONTHS:])[-1] if months else None
    if last is not None and (not years or years[-1] * 12 + 11 != months[-1]):
        points.append(Point(period=f"12 months to {last.period}", value=last.value))
    return tuple(points)
