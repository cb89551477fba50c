"""Recording beside prevalence: two measures that are only ever drawn together, each with its own axis, over the same years."""

from __future__ import annotations

from collections.abc import Sequence

from lamplighter.plan.book import Number, Pair
from lamplighter.reports.charts.canvas import Canvas
from lamplighter.reports.charts.look import DASHED, GREY, INK, TEAL, WIDTH_PX, text_width_px
from lamplighter.reports.charts.periods import place_of
from lamplighter.reports.charts.scales import Panel, round_ticks, value_words
from lamplighter.reports.charts.series import draw_key, draw_series, panel_of, placed, rows_of_breaks
from lamplighter.studies.answers import MeasureAnswer

_SERIES_PX, _SURVEY_PX = 180.0, 120.0
_STUB = 0.12
_UNDATED_PX = 96.0


def pair_chart(pair: Pair, measure: MeasureAnswer) -> Canvas:
    """The series above, the survey below; a survey figure whose year was not read stands apart, not on the axis."""
    dated = [(place, each) for each in pair.numbers if (place := place_of(each.as_of)) is not None]
    undated = [each for each in pair.numbers if place_of(each.as_of) is None]
    places = [place for place, _ in placed(measure.points)] + [place for place, _ in dated]
    first, last = min(places, default=0.0), max(places, default=11.0)
    top = 34.0 + 30.0 * rows_of_breaks(measure)
    above = panel_of(measure, top=top, bottom=top + _SERIES_PX, first=first, last=last)
    survey_top = above.bottom + 54 + 44
    canvas = Canvas(height_px=survey_top + _SURVEY_PX + 48)
    draw_series(canvas, above, measure, break_top=30.0)
    draw_key(canvas, measure, above.bottom + 44)
    highs = [each for number in pair.numbers for each in (number.value, number.high) if each is not None]
    unit = pair.numbers[0].unit if pair.numbers else ""
    below = Panel(
        left=above.left, right=above.right, top=survey_top, bottom=survey_top + _SURVEY_PX, first=first, last=last,
        tick_values=round_ticks(max(highs, default=1.0) * (1 + _STUB), most=3), suffix="%" if unit.startswith("%") else "",
    )  # fmt: skip
    canvas.words((2, survey_top - 22), f"{unit[:1].upper()}{unit[1:]}, by survey", bold=True)
    below.axes(canvas)
    for place, number in dated:
        _survey_point(canvas, below, below.x(place), number)
    _undated(canvas, below, undated)
    unknown = any(number.low is None or number.high is None for number in pair.numbers)
    _survey_key(
        canvas, below.bottom + 38, unknown=unknown, known=any(number.low is not None for number in pair.numbers)
    )
    return canvas


def _survey_point(canvas: Canvas, panel: Panel, x: float, number: Number, *, label_left: bool = True) -> None:
    """A point with its interval as a whisker; where the interval is unknown, hollow, with a dashed stub that has no ends."""
    if number.value is None:
        return
    y = panel.y(number.value)
    if number.low is not None and number.high is not None:
        low, high = panel.y(number.low), panel.y(number.high)
        canvas.rule((x, low), (x, high), colour=TEAL, width=2)
        for end in (low, high):
            canvas.rule((x - 5, end), (x + 5, end), colour=TEAL, width=2)
        canvas.symbol((x, y), shape="circle", colour=TEAL, size=60)
    else:
        reach = _STUB * (panel.bottom - panel.top) + 8
        canvas.rule((x, y - reach), (x, min(y + reach, panel.bottom)), colour=TEAL, width=1.6, dash=DASHED)
        canvas.symbol((x, y), shape="circle", colour=TEAL, hollow=True, size=60)
    words = value_words(number.value, number.unit)
    canvas.words(
        (x - 9 if label_left else x + 9, y), words, align="right" if label_left else "left", colour=TEAL, bold=True
    )


def _undated(canvas: Canvas, panel: Panel, numbers: Sequence[Number]) -> None:
    """Figures whose year was not read: in the margin, and said to be so."""
    if not numbers:
        return
    left = panel.right + 12
    canvas.rule((left, panel.top - 8), (left, panel.bottom), colour=GREY, dash=DASHED)
    for at, number in enumerate(numbers):
        _survey_point(canvas, panel, left + 18 + at * _UNDATED_PX / 2, number, label_left=False)
    canvas.words((left + 6, panel.bottom + 15), "year not read", colour=GREY)


def _survey_key(canvas: Canvas, y: float, *, unknown: bool, known: bool) -> None:
    x = 58.0
    if known:
        canvas.rule((x + 5, y - 8), (x + 5, y + 8), colour=TEAL, width=2)
        canvas.symbol((x + 5, y), shape="circle", colour=TEAL, size=52)
        canvas.words((x + 16, y), "with its interval", colour=GREY)
        x += 16 + text_width_px("with its interval") + 22
    if unknown and x < WIDTH_PX:
        canvas.rule((x + 5, y - 9), (x + 5, y + 9), colour=TEAL, width=1.6, dash=DASHED)
        canvas.symbol((x + 5, y), shape="circle", colour=TEAL, hollow=True, size=52)
        canvas.words((x + 16, y), "interval unknown", colour=INK)
