"""How long after the offence was it recorded? Non-recent reporting, by the year in which it was recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lamplighter.studies.answers import Layer, MeasureAnswer, Point, StatedNumber
from lamplighter.studies.evidence import FINE, OFTEN, Evidence, full_years

LONG_MONTHS = 12


def delay_answers(evidence: Evidence) -> list[MeasureAnswer]:
    """The median delay and the share recorded more than a year after, by year recorded and offence group.

    Delays are whole months between two month names: 0 is the same month, and "more than a year" is 13 months or more. Rows
    without a committed month, or recorded before committed, have no delay: they are counted apart and enter neither number.
    Misleads when read as time to report: the table says when a crime was recorded, not when somebody came forward; and a
    campaign that brings old crimes to light raises both numbers, which can be good.
    """
    rows = evidence.delays()
    years = full_years(evidence.months("offences_kind"))
    by_year: dict[int, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    by_group: dict[str, dict[int, dict[int | None, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    inside = evidence.groups_inside()
    for year, group, delay, crimes in rows:
        if group in inside:
            by_year[year][delay] += crimes
            by_group[group][year][delay] += crimes
    unknown = sum(found.get(None, 0) for found in by_year.values())
    caveats = (
        f"{unknown:,} crimes inside the VAWG groups have no usable committed month; they are in neither number.",
        "The delay is to the recording, in whole months: the table does not say when somebody came forward.",
    )
    shares = {name: [_share_point(found, year) for year in years] for name, found in by_group.items()}
    medians = {name: [_median_point(found, year) for year in years] for name, found in by_group.items()}
    share = [_share_point(by_year, year) for year in years]
    stated, summary = _say_share(share, shares)
    return [
        _answer(
            evidence, "delay-over-a-year", "Crimes recorded more than a year after they were committed", share, shares,
            definition_id="D-DELAY-YEAR", unit="% of crimes with a known delay", statistic="share",
            summary=summary, stated=tuple(stated), caveats=caveats,
        ),
        _answer(
            evidence, "delay-median", "Median months from offence to record",
            [_median_point(by_year, year) for year in years], medians,
            definition_id="D-DELAY-MEDIAN", unit="months", statistic="median", summary="", stated=(), caveats=caveats,
        ),
    ]  # fmt: skip


def _answer(
    evidence: Evidence,
    measure_id: str,
    title: str,
    points: Sequence[Point],
    groups: Mapping[str, Sequence[Point]],
    *,
    definition_id: str,
    unit: str,
    statistic: str,
    summary: str,
    stated: tuple[StatedNumber, ...],
    caveats: tuple[str, ...],
) -> MeasureAnswer:
    return MeasureAnswer(
        id=measure_id,
        title=title,
        family="delay",
        definition_id=definition_id,
        definition_version="1",
        area="London",
        unit=unit,
        statistic=statistic,
        summary=summary,
        points=tuple(points),
        layers=tuple(Layer(name=name, points=tuple(found)) for name, found in sorted(groups.items())),
        caveats=caveats,
        rise_would_mean=(
            "More old offences came to be recorded: more women came forward late, or recording of them got better. "
            "It does not mean that more was committed."
        ),
        stated=stated,
        provenance=evidence.provenance(
            "delays", ("offences_kind",), {"statistic": statistic, "over_months": f"{LONG_MONTHS} (default)"}
        ),
    )


def _share_point(found: Mapping[int, Mapping[int | None, int]], year: int) -> Point:
    delays = found.get(year, {})
    known = sum(crimes for delay, crimes in delays.items() if delay is not None)
    late = sum(crimes for delay, crimes in delays.items() if delay is not None and delay > LONG_MONTHS)
    value = round(100 * late / known, FINE) if known else None
    return Point(period=str(year), value=value, numerator=late, denominator=known)


def _median_point(found: Mapping[int, Mapping[int | None, int]], year: int) -> Point:
    delays = sorted((delay, crimes) for delay, crimes in found.get(year, {}).items() if delay is not None)
    return Point(period=str(year), value=weighted_median(delays), denominator=sum(crimes for _, crimes in delays))


def weighted_median(delays: Sequence[tuple[int, int]]) -> float | None:
    """The median of sorted (delay, crimes): the mean of the two middle crimes when their number is even; None if none."""
    total = sum(crimes for _, crimes in delays)
    if not total:
        return None
    middle = ((total - 1) // 2, total // 2)
    found: list[int] = []
    seen = 0
    for delay, crimes in delays:
        found += [delay for place in middle if seen <= place < seen + crimes]
        seen += crimes
    return sum(found) / 2


def _say_share(share: Sequence[Point], groups: Mapping[str, Sequence[Point]]) -> tuple[list[StatedNumber], str]:
    if not share or share[-1].value is None:
        return [], ""
    last = share[-1]
    often = [name for name in groups if (groups[name][-1].denominator or 0) >= OFTEN] or list(groups)
    highest = max(often, key=lambda name: groups[name][-1].value or 0)
    top = groups[highest][-1]
    stated = [_stated("last", "All VAWG groups", last), _stated("highest", highest, top)]
    text = (
        f"Of the VAWG crimes recorded in {last.period}, {last.value:.1f}% had been committed more than a year before; "
        f"in the group {highest!r} it was {top.value:.1f}%."
    )
    return stated, text


def _stated(key: str, name: str, point: Point) -> StatedNumber:
    return StatedNumber(
        key=f"{key}-{point.period}",
        label=f"{name}: recorded more than a year after",
        value=None if point.value is None else round(point.value, 1),
        unit="%",
        period=point.period,
        numerator=point.numerator,
        denominator=point.denominator,
        denominator_words="crimes recorded with a known delay",
    )
