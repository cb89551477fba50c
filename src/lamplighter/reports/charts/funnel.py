"""Areas by their size, between the limits that areas of that size usually keep: a funnel, with only those outside named."""

from __future__ import annotations

import math

from lamplighter.reports.charts.canvas import Canvas
from lamplighter.reports.charts.look import (
    AMBER,
    BAND,
    BRAND,
    DASHED,
    EDGE,
    GREY,
    GRID,
    INK,
    PAPER,
    TEAL,
    TEXT_PX,
    WIDTH_PX,
    text_width_px,
)
from lamplighter.reports.charts.scales import apart, round_ticks, rounded_words, value_words
from lamplighter.schema import number_words
from lamplighter.studies.area_answers import ABOVE_95, ABOVE_998, AreaComparison, AreaLimits, AreaRow

_LEFT, _RIGHT, _TOP, _PLOT_PX = 58.0, 616.0, 34.0, 300.0
_KEY_PX = 20.0


def ticks_between(low: float, high: float, *, most: int = 6) -> list[float]:
    """Round numbers that hold low and high between them; they begin at 0 only when the values do."""
    step = round_ticks(high - low, most=most)[1]
    return [round(step * each, 10) for each in range(math.floor(low / step), math.ceil(high / step) + 1)]


def funnel_chart(comparison: AreaComparison) -> Canvas:
    """One mark an area at its size and value; both funnels and the line of all areas together behind them."""
    rows = [each for each in comparison.judgement.rows if each.value is not None and each.limits is not None]
    curve = comparison.judgement.curve
    values = [each.value or 0.0 for each in rows]
    # The wide funnel of the smallest sizes would squeeze the areas together: the axis follows the areas and narrow limits.
    seen = [each for each in curve if each.size >= 0.9 * min(one.limits.size for one in rows if one.limits)]
    low = min(*values, *(each.low_998 for each in seen))
    high = max(*values, *(each.high_998 for each in seen))
    y_ticks, x_ticks = ticks_between(low, high), round_ticks(curve[-1].size, most=6)
    canvas = Canvas(height_px=_TOP + _PLOT_PX + 48 + 3 * _KEY_PX)
    canvas.words((2, 10), f"{comparison.unit[:1].upper()}{comparison.unit[1:]}", bold=True)
    bottom = _TOP + _PLOT_PX

    def x(size: float) -> float:
        return _LEFT + size / x_ticks[-1] * (_RIGHT - _LEFT)

    def y(value: float) -> float:
        held = min(max(value, y_ticks[0]), y_ticks[-1])
        return bottom - (held - y_ticks[0]) / (y_ticks[-1] - y_ticks[0]) * _PLOT_PX

    def edge(name: str) -> list[tuple[float, float]]:
        return [(x(each.size), y(_of(each, name))) for each in seen]

    canvas.band(edge("low_998"), edge("high_998"), fill=BAND, edge=BAND)
    canvas.band(edge("low_95"), edge("high_95"), fill=PAPER, edge=PAPER)
    for value in y_ticks:
        canvas.rule((_LEFT, y(value)), (_RIGHT, y(value)), colour=EDGE if value == y_ticks[0] else GRID)
        canvas.words((_LEFT - 6, y(value)), f"{rounded_words(value)}%", align="right", colour=GREY)
    for size in x_ticks:
        canvas.rule((x(size), bottom), (x(size), bottom + 5), colour=EDGE)
        canvas.words((x(size), bottom + 14), rounded_words(size), align="center", colour=GREY)
    canvas.words((_RIGHT, bottom + 33), comparison.size_words, align="right", colour=GREY)
    for name in ("low_998", "high_998"):
        canvas.line(edge(name), colour=AMBER, width=1.6, dash=DASHED)
    for name in ("low_95", "high_95"):
        canvas.line(edge(name), colour=TEAL, width=1.6)
    if comparison.target is not None:
        canvas.rule((x(seen[0].size), y(comparison.target)), (_RIGHT, y(comparison.target)), colour=INK, width=1.4)
    called = comparison.judgement.called
    for each in rows:
        spot = x(each.limits.size if each.limits else 0.0), y(each.value or 0.0)
        if each in called:
            shape = "triangle-up" if _is_above(each) else "triangle-down"
            canvas.symbol(spot, shape=shape, colour=AMBER, size=90)
        else:
            canvas.symbol(spot, shape="circle", colour=BRAND, size=42)
    for side in (True, False):
        ours = [each for each in called if each.limits and _is_above(each) == side]
        heights = apart([y(each.value or 0.0) for each in ours])
        for each, height in zip(ours, heights, strict=True):
            at = x(each.limits.size if each.limits else 0.0)
            # A name that would run over a neighbour's mark begins beyond it, with a line back to its own.
            near = [one for one in ours if one.limits and abs(y(one.value or 0.0) - height) < 2 * TEXT_PX]
            marks = [x(one.limits.size) for one in near if one.limits]
            start = max([at, *(mark for mark in marks if 0 < mark - at < text_width_px(each.name))]) + 12
            right = start + text_width_px(each.name) < WIDTH_PX
            end = start if right else at - 12
            canvas.rule((at, y(each.value or 0.0)), (end - 2 if right else end + 2, height), colour=EDGE)
            canvas.words((end, height), each.name, align="left" if right else "right", bold=True)
    _key(canvas, bottom + 56, starts_at_nought=y_ticks[0] == 0)
    return canvas


def funnel_text(comparison: AreaComparison) -> str:
    """What the funnel shows, in words; the table beneath has every number."""
    judgement = comparison.judgement
    told = [f"Funnel plot: {comparison.title}, {comparison.period}."]
    if comparison.target is not None:
        told.append(f"All areas together: {_said(comparison, comparison.target)}.")
    if judgement.curve:
        small, large = judgement.curve[0], judgement.curve[-1]
        told.append(
            f"The 95% limits narrow from {_said(comparison, small.low_95)} to {_said(comparison, small.high_95)} at "
            f"{number_words(round(small.size))}, to {_said(comparison, large.low_95)} to {_said(comparison, large.high_95)} "
            f"at {number_words(round(large.size))} ({comparison.size_words[:1].lower()}{comparison.size_words[1:]})."
        )
    called = [f"{each.name}, {_said(comparison, each.value)}, {each.stands}" for each in judgement.called]
    told.append(f"Outside: {'; '.join(called)}." if called else "No area lies outside.")
    return " ".join(told)


def _said(comparison: AreaComparison, value: float | None) -> str:
    return value_words(value, comparison.unit).replace("-", "−")


def _of(limits: AreaLimits, name: str) -> float:
    return float(getattr(limits, name))


def _is_above(row: AreaRow) -> bool:
    return row.stands in (ABOVE_95, ABOVE_998)


def _key(canvas: Canvas, y: float, *, starts_at_nought: bool) -> None:
    x = _LEFT
    canvas.line([(x, y), (x + 26, y)], colour=TEAL, width=1.6)
    canvas.words((x + 32, y), "95% limits", colour=TEAL)
    x += 32 + text_width_px("95% limits") + 24
    canvas.line([(x, y), (x + 26, y)], colour=AMBER, width=1.6, dash=DASHED)
    canvas.words((x + 32, y), "99.8% limits", colour=AMBER)
    x += 32 + text_width_px("99.8% limits") + 24
    canvas.rule((x, y), (x + 26, y), colour=INK, width=1.4)
    canvas.words((x + 32, y), "all areas together", colour=INK)
    y += _KEY_PX
    canvas.symbol((_LEFT + 6, y), shape="circle", colour=BRAND, size=42)
    canvas.words((_LEFT + 18, y), "inside", colour=GREY)
    x = _LEFT + 18 + text_width_px("inside") + 24
    canvas.symbol((x, y), shape="triangle-up", colour=AMBER, size=90)
    canvas.symbol((x + 16, y), shape="triangle-down", colour=AMBER, size=90)
    canvas.words((x + 28, y), "outside the 95% limits, above or below", colour=GREY)
    if not starts_at_nought:
        canvas.words((_LEFT, y + _KEY_PX), "The upright axis does not begin at 0.", colour=GREY, size_px=TEXT_PX)
