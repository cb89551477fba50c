"""One series over time: its limits, baseline, breaks, signals, immature months and gaps, none of which can be missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lamplighter.reports.charts.canvas import Canvas, Spot
from lamplighter.reports.charts.look import (
    AMBER,
    BAND,
    BRAND,
    DASHED,
    DOTTED,
    EDGE,
    GREY,
    INK,
    WIDTH_PX,
    text_width_px,
)
from lamplighter.reports.charts.periods import is_yearly, place_of, short_words
from lamplighter.reports.charts.scales import Panel, apart, round_ticks, value_words
from lamplighter.studies.answers import Break, MeasureAnswer, PhaseLimits, Point, Signal

_LEFT, _RIGHT, _PLOT_PX = 58.0, 112.0, 220.0
_FEW_POINTS = 30
_STRENGTH = ("outside", "two_of_three", "shift", "trend")
_UPWARDS = {"above", "rising", "higher", "up", "high"}

Placed = tuple[float, Point]


def series_chart(measure: MeasureAnswer) -> Canvas:
    """The chart of a measure's own points, with everything that it says of them."""
    rows = rows_of_breaks(measure)
    top = 34.0 + 30.0 * rows
    canvas = Canvas(height_px=top + _PLOT_PX + (56 if key_items(measure) else 28))
    panel = panel_of(measure, top=top, bottom=top + _PLOT_PX)
    draw_series(canvas, panel, measure, break_top=30.0)
    draw_key(canvas, measure, panel.bottom + 44)
    return canvas


def placed(points: Iterable[Point]) -> list[Placed]:
    """Points with their place on the time axis, in the order of time; those without a year are left out."""
    found = [(place, each) for each in points if (place := place_of(each.period)) is not None]
    return sorted(found, key=lambda each: each[0])


def panel_of(
    measure: MeasureAnswer, *, top: float, bottom: float, first: float | None = None, last: float | None = None
) -> Panel:
    """The panel that the series fits into: from 0, and over the whole time of its points."""
    points = placed(measure.points)
    places = [place for place, _ in points] or [0.0, 11.0]
    tops = [each for _, point in points for each in (point.value, point.high) if each is not None]
    tops += [each for phase in measure.phases for each in phase.upper]
    lows = [each for _, point in points for each in (point.value, point.low) if each is not None]
    ticks = round_ticks(max(tops, default=1.0), lowest=min(lows, default=0.0))
    return Panel(
        left=_LEFT,
        right=WIDTH_PX - _RIGHT,
        top=top,
        bottom=bottom,
        first=places[0] if first is None else first,
        last=places[-1] if last is None else last,
        tick_values=ticks,
        suffix="%" if measure.unit.startswith("%") else "",
        yearly=is_yearly(places),
    )


def draw_series(canvas: Canvas, panel: Panel, measure: MeasureAnswer, *, break_top: float) -> None:
    """Draws a measure's points and limits into a panel; the labels of its breaks begin at `break_top`."""
    points = placed(measure.points)
    canvas.words((2, 10), unit_words(measure), colour=INK, bold=True)
    for phase in measure.phases:
        _limits(canvas, panel, phase, points)
    panel.axes(canvas)
    for phase in measure.phases:
        _baseline(canvas, panel, phase)
    _breaks(canvas, panel, measure.breaks, break_top)
    for run in runs_of(points):
        canvas.line([panel.spot(place, point.value or 0.0) for place, point in run], colour=BRAND)
    _symbols(canvas, panel, measure.signals, points)
    _end_labels(canvas, panel, measure, points)


def unit_words(measure: MeasureAnswer) -> str:
    """What the value axis counts, and how often where the periods are months."""
    monthly = len(measure.points) > 1 and all(len(each.period) == 7 for each in measure.points)
    per_month = monthly and measure.statistic == "count" and "month" not in measure.unit
    return f"{measure.unit[:1].upper()}{measure.unit[1:]}{' a month' if per_month else ''}"


def runs_of(points: Sequence[Placed]) -> list[list[Placed]]:
    """The stretches of known points: the line breaks where a value is unknown, and never falls to 0 for it."""
    runs: list[list[Placed]] = [[]]
    for each in points:
        if each[1].value is None:
            runs.append([])
        else:
            runs[-1].append(each)
    return [each for each in runs if each]


def _limits(canvas: Canvas, panel: Panel, phase: PhaseLimits, points: Sequence[Placed]) -> None:
    """The band between the limits, stepped: each month has its own, because months differ in length."""
    first, last = place_of(phase.first), place_of(phase.last)
    if first is None or last is None:
        return
    inside = [place for place, _ in points if first <= place <= last]
    low: list[Spot] = []
    high: list[Spot] = []
    centre: list[Spot] = []
    for place, bottom, middle, top in zip(inside, phase.lower, phase.centre, phase.upper, strict=False):
        low.append(panel.spot(place, max(bottom, panel.tick_values[0])))
        high.append(panel.spot(place, top))
        centre.append(panel.spot(place, middle))
    canvas.band(low, high, fill=BAND, edge=EDGE, stepped=True)
    canvas.line(centre, colour=GREY, width=1.0, stepped=True)


def _baseline(canvas: Canvas, panel: Panel, phase: PhaseLimits) -> None:
    first, last = place_of(phase.baseline_first), place_of(phase.baseline_last)
    if first is None or last is None:
        return
    left, right = panel.x(first), panel.x(last)
    words = "short baseline" if phase.short_baseline else "baseline"
    canvas.box(left, panel.bottom - 5, right, panel.bottom, fill=GREY)
    width = text_width_px(words)
    x = min(max((left + right) / 2, panel.left + width / 2), panel.right - width / 2)
    canvas.words((x, panel.bottom - 14), words, align="center", colour=GREY)


def _break_labels(breaks: Sequence[Break]) -> list[tuple[float, Break, str, str]]:
    found = [(place, each) for each in breaks if (place := place_of(each.period)) is not None]
    return [
        (
            place,
            each,
            "Change of recording" if each.marked else "Change of level found",
            f"{short_words(each.period)}{', marked' if each.marked else ', by test'}",
        )
        for place, each in sorted(found, key=lambda each: (each[0], not each[1].marked))
    ]


def rows_of_breaks(measure: MeasureAnswer) -> int:
    """How many rows of labels the breaks need above the plot: one when they stand far enough apart."""
    panel = panel_of(measure, top=0, bottom=1)
    return max(_rows_for([place for place, *_ in _break_labels(measure.breaks)], panel), default=-1) + 1


def _rows_for(places: Sequence[float], panel: Panel) -> list[int]:
    """The row of each label, from the top: the first in which it does not run into its neighbour."""
    taken: list[float] = []
    rows: list[int] = []
    for place in places:
        left = _label_left(panel, place)
        row = next((at for at, right in enumerate(taken) if left > right), len(taken))
        right_edge = left + text_width_px("Change of level found") + 12
        taken[row : row + 1] = [right_edge]
        rows.append(row)
    return rows


def _label_left(panel: Panel, place: float) -> float:
    width = text_width_px("Change of level found")
    return min(panel.x(place) + 5, WIDTH_PX - width - 4)


def _breaks(canvas: Canvas, panel: Panel, breaks: Sequence[Break], top: float) -> None:
    """A rule at each break: dashed for one that is marked, dotted for one that the level test found."""
    labels = _break_labels(breaks)
    rows = _rows_for([place for place, *_ in labels], panel)
    for (place, each, words, when), row in zip(labels, rows, strict=True):
        x, y = panel.x(place - 0.5), top + row * 30.0
        colour = INK if each.marked else GREY
        canvas.rule((x, y - 6), (x, panel.bottom), colour=colour, width=1.4, dash=DASHED if each.marked else DOTTED)
        left = _label_left(panel, place)
        canvas.words((left, y), words, colour=colour, bold=each.marked)
        canvas.words((left, y + 15), when, colour=colour)


def signalled(signals: Sequence[Signal], points: Sequence[Placed]) -> dict[int, Signal]:
    """Which points belong to a signal, by their position; where several rules hold, the one that says most."""
    found: dict[int, Signal] = {}
    rank = {rule: at for at, rule in enumerate(_STRENGTH)}
    for signal in sorted(signals, key=lambda each: rank.get(each.rule, len(rank)), reverse=True):
        since, until = place_of(signal.since), place_of(signal.until)
        if since is None or until is None:
            continue
        for at, (place, point) in enumerate(points):
            if since <= place <= until and point.value is not None and not point.immature:
                found[at] = signal
    return found


def goes_up(signal: Signal) -> bool:
    return signal.side.casefold() in _UPWARDS


def _symbols(canvas: Canvas, panel: Panel, signals: Sequence[Signal], points: Sequence[Placed]) -> None:
    """Signals as triangles, immature points hollow, and a dot where a line can't show a point that stands alone."""
    called = signalled(signals, points)
    few = len(points) <= _FEW_POINTS
    size = 52 if len(called) <= _FEW_POINTS else 34
    for at, (place, point) in enumerate(points):
        if point.value is None:
            continue
        spot = panel.spot(place, point.value)
        if point.low is not None and point.high is not None:
            canvas.rule(panel.spot(place, point.low), panel.spot(place, point.high), colour=BRAND, width=1.6)
        alone = all(not 0 <= near < len(points) or points[near][1].value is None for near in (at - 1, at + 1))
        if point.immature:
            canvas.symbol(spot, shape="circle", colour=BRAND, hollow=True)
        elif at in called:
            up = goes_up(called[at])
            canvas.symbol(spot, shape="triangle-up" if up else "triangle-down", colour=AMBER, size=size)
        elif few or alone:
            canvas.symbol(spot, shape="circle", colour=BRAND, size=30)


def _end_labels(canvas: Canvas, panel: Panel, measure: MeasureAnswer, points: Sequence[Placed]) -> None:
    """What each line is, written where it ends; and the last value that is mature."""
    wanted: list[tuple[float, str, str, bool]] = []
    if measure.phases:
        last = measure.phases[-1]
        for words, values in (("upper limit", last.upper), ("centre", last.centre), ("lower limit", last.lower)):
            if values:
                wanted.append((panel.y(max(values[-1], panel.tick_values[0])), words, GREY, False))
    mature = [each for each in points if each[1].value is not None and not each[1].immature]
    if mature:
        _, point = mature[-1]
        words = f"{value_words(point.value, measure.unit)}, {short_words(point.period)}"
        if text_width_px(words) > _RIGHT:
            words = value_words(point.value, measure.unit)
        wanted.append((panel.y(point.value or 0.0), words, BRAND, True))
    heights = apart([each[0] for each in wanted])
    for (_, words, colour, bold), height in zip(wanted, heights, strict=True):
        canvas.words((panel.right + 8, height), words, colour=colour, bold=bold)


def key_items(measure: MeasureAnswer) -> list[tuple[str, str, bool, str]]:
    """The symbols that the series needs explained: shape, colour, hollow, and what it means."""
    points = placed(measure.points)
    called = signalled(measure.signals, points).values()
    items: list[tuple[str, str, bool, str]] = []
    if any(goes_up(each) for each in called):
        items.append(("triangle-up", AMBER, False, "signal: high or rising"))
    if any(not goes_up(each) for each in called):
        items.append(("triangle-down", AMBER, False, "signal: low or falling"))
    if any(point.immature and point.value is not None for _, point in points):
        items.append(("circle", BRAND, True, "immature: may be revised"))
    return items


def draw_key(canvas: Canvas, measure: MeasureAnswer, y: float) -> None:
    """What the symbols mean; only those that are drawn."""
    x = _LEFT
    for shape, colour, hollow, words in key_items(measure):
        canvas.symbol((x + 5, y), shape=shape, colour=colour, hollow=hollow, size=52)
        canvas.words((x + 15, y), words, colour=GREY)
        x += 15 + text_width_px(words) + 22
