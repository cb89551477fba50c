"""What a chart shows, in words: for a reader who can't see it, and for one who wants it said."""

from __future__ import annotations

from lamplighter.plan.book import Number, Pair
from lamplighter.reports.charts.scales import rounded_words, value_words
from lamplighter.reports.charts.series import goes_up, placed, signalled, unit_words
from lamplighter.reports.charts.shares import is_shares_chart, panels_of
from lamplighter.schema import period_words
from lamplighter.studies.answers import MeasureAnswer


def alt_text(measure: MeasureAnswer) -> str:
    """What does the chart of this measure show, in a few sentences?

    Says the span, the first, last, lowest and highest mature value, limits, signals by direction, breaks, immature points and
    gaps; for a breakdown the first and last share of each part. Never why.
    """
    if is_shares_chart(measure):
        return _shares(measure)
    return " ".join([f"Line chart: {measure.title}, {measure.area}.", *_series(measure)])


def pair_text(pair: Pair, measure: MeasureAnswer) -> str:
    """What does the chart of a pair show, in a few sentences?"""
    shown = "; ".join(survey_words(each) for each in pair.numbers) or "no survey figure is known"
    return " ".join(
        [
            f"Two charts over the same years: {pair.title}.",
            f"Above: {measure.title}, {measure.area}.",
            *_series(measure),
            f"Below: {shown}.",
        ]
    )


def survey_words(number: Number) -> str:
    """`12.8% of women 16 and over, year ending March 2025, interval unknown`."""
    qualifier = f"{number.qualifier} " if number.qualifier else ""
    unit = number.unit.removeprefix("%") if number.unit.startswith("%") else f" {number.unit}"
    if number.low is not None and number.high is not None:
        interval = f"interval {rounded_words(number.low)} to {rounded_words(number.high)}"
    else:
        interval = number.interval_words or "interval unknown"
    return f"{qualifier}{value_words(number.value, number.unit)}{unit}, {number.as_of}, {interval}"


def _series(measure: MeasureAnswer) -> list[str]:
    points = placed(measure.points)
    mature = [point for _, point in points if point.value is not None and not point.immature]
    if not mature:
        return ["No value is known."]

    def said(point_index: int) -> str:
        point = mature[point_index]
        return f"{value_words(point.value, measure.unit)} in {period_words(point.period)}"

    lowest = min(range(len(mature)), key=lambda at: mature[at].value or 0.0)
    highest = max(range(len(mature)), key=lambda at: mature[at].value or 0.0)
    told = [f"{unit_words(measure)}: {said(0)}, {said(-1)}; lowest {said(lowest)}, highest {said(highest)}."]
    called = list(signalled(measure.signals, points).values())
    if measure.phases:
        up = sum(1 for each in called if goes_up(each))
        told.append(
            f"Control limits in {len(measure.phases)} {'stretch' if len(measure.phases) == 1 else 'stretches'}; "
            f"months that signal: {up} high or rising, {len(called) - up} low or falling."
        )
    told += [
        f"{'A change of recording is marked at' if each.marked else 'The level test finds a change at'} "
        f"{period_words(each.period)}."
        for each in measure.breaks
    ]
    if young := sum(1 for _, point in points if point.immature):
        told.append(f"The last {young} {'point is' if young == 1 else 'points are'} immature and drawn hollow.")
    if gaps := sum(1 for _, point in points if point.value is None):
        told.append(f"{gaps} {'period is' if gaps == 1 else 'periods are'} unknown and left open.")
    return told


def _shares(measure: MeasureAnswer) -> str:
    told = [f"Small charts side by side: {measure.title}, {measure.area}."]
    for panel in panels_of(measure):
        known = [each for each in panel.recorded if each.value is not None]
        if not known:
            told.append(f"{panel.name}: not known.")
            continue
        first, last = known[0], known[-1]
        words = (
            f"{panel.name}: {value_words(first.value, measure.unit)} in {first.period}, "
            f"{value_words(last.value, measure.unit)} in {last.period}"
        )
        unit = measure.unit
        of_known = [each for each in panel.among_known if each.value is not None]
        if of_known:
            words += (
                f"; of those known {value_words(of_known[0].value, unit)} and {value_words(of_known[-1].value, unit)}"
            )
        if last.low is not None and last.high is not None and not panel.is_unknown:
            words += (
                f"; the unknown allows {value_words(last.low, unit)} to {value_words(last.high, unit)} in {last.period}"
            )
        told.append(words + ".")
    return " ".join(told)
