"""Parts of a whole over time, one small chart a part on one scale: as recorded, among the known, and what the unknown allows."""

from __future__ import annotations

from dataclasses import dataclass

from lamplighter.reports.charts.canvas import Canvas
from lamplighter.reports.charts.look import (
    AMBER,
    BOUNDS,
    BRAND,
    DASHED,
    GREY,
    INK,
    TEAL,
    TEXT_PX,
    UNKNOWN,
    WIDTH_PX,
    text_width_px,
)
from lamplighter.reports.charts.periods import is_yearly
from lamplighter.reports.charts.scales import Panel, apart, round_ticks, value_words
from lamplighter.reports.charts.series import placed, runs_of, unit_words
from lamplighter.studies.answers import Layer, MeasureAnswer, Point

AMONG_KNOWN = ", of those known"
_MOST_PANELS = 12
_COLUMNS = 3
_LEFT, _GAP, _PLOT_PX, _ROW_PX = 40.0, 56.0, 96.0, 156.0


@dataclass(frozen=True, kw_only=True)
class PartPanel:
    """One part of the whole: its share as recorded, and among the known where some are unknown."""

    name: str
    recorded: tuple[Point, ...]
    among_known: tuple[Point, ...] = ()
    is_unknown: bool = False
    is_whole: bool = False


def is_shares_chart(measure: MeasureAnswer) -> bool:
    """Is the measure best seen as its parts? Places are not: their wards are a table."""
    return measure.family in ("victims", "delay") and 0 < len(panels_of(measure)) <= _MOST_PANELS


def panels_of(measure: MeasureAnswer) -> list[PartPanel]:
    """The parts in their own order, Unknown first: it is what the others have to be read beside."""
    among = {each.name.removesuffix(AMONG_KNOWN): each for each in measure.layers if each.name.endswith(AMONG_KNOWN)}
    parts = [each for each in measure.layers if not each.name.endswith(AMONG_KNOWN)]
    unknown = next((each for each in parts if each.is_unknown), None)
    found = [
        PartPanel(
            name=each.name,
            recorded=each.points,
            among_known=among[each.name].points if each.name in among else _among_known(each, unknown),
            is_unknown=each.is_unknown,
        )
        for each in sorted(parts, key=lambda each: not each.is_unknown)
    ]
    if parts and measure.family == "delay":
        found.insert(0, PartPanel(name="All", recorded=measure.points, is_whole=True))
    return found


def _among_known(layer: Layer, unknown: Layer | None) -> tuple[Point, ...]:
    """The share among the known, from the parts, where the study gave none."""
    if unknown is None or layer.is_unknown:
        return ()
    missing = {each.period: each.numerator for each in unknown.points}
    found = []
    for each in layer.points:
        lost, part, whole = missing.get(each.period), each.numerator, each.denominator
        known = whole - lost if whole is not None and lost is not None else None
        value = 100 * part / known if part is not None and known else None
        found.append(Point(period=each.period, value=value, numerator=part, denominator=known))
    return tuple(found)


def shares_chart(measure: MeasureAnswer) -> Canvas:
    """Small charts in rows of three, one scale for all, so that heights can be compared across them."""
    parts = panels_of(measure)
    rows = -(-len(parts) // _COLUMNS)
    has_bounds = any(part.among_known for part in parts)
    head = 24.0 + (2 * 19.0 if has_bounds else 0.0)
    canvas = Canvas(height_px=head + rows * _ROW_PX + 4)
    canvas.words((2, 10), unit_words(measure), bold=True)
    if has_bounds:
        _key(canvas)
    suffix = "%" if measure.unit.startswith("%") else ""
    values = [
        each
        for part in parts
        for point in (*part.recorded, *part.among_known)
        for each in (point.value, point.high)
        if each is not None
    ]
    ticks = round_ticks(max(values, default=1.0), most=3)
    places = [place for part in parts for place, _ in placed(part.recorded)] or [0.0, 11.0]
    width = (WIDTH_PX - _LEFT - _GAP * _COLUMNS) / _COLUMNS
    for at, part in enumerate(parts):
        column, row = at % _COLUMNS, at // _COLUMNS
        left = _LEFT + column * (width + _GAP)
        top = head + row * _ROW_PX + 30
        panel = Panel(
            left=left, right=left + width, top=top, bottom=top + _PLOT_PX,
            first=min(places), last=max(places), tick_values=ticks, suffix=suffix, yearly=is_yearly(places),
        )  # fmt: skip
        _draw(canvas, panel, part, label_values=column == 0)
    return canvas


def _draw(canvas: Canvas, panel: Panel, part: PartPanel, *, label_values: bool) -> None:
    colour = INK if part.is_unknown or part.is_whole else BRAND
    canvas.words((panel.left, panel.top - 14), _fitting(part.name, panel), colour=colour, bold=True)
    recorded = placed(part.recorded)
    bounded = [
        (place, point.low, point.high) for place, point in recorded if point.low is not None and point.high is not None
    ]
    if bounded and not part.is_unknown:
        low = [panel.spot(place, bottom) for place, bottom, _ in bounded]
        canvas.band(low, [panel.spot(place, top) for place, _, top in bounded], fill=BOUNDS, edge=AMBER)
    if part.is_unknown:
        for run in runs_of(recorded):
            spots = [panel.spot(place, point.value or 0.0) for place, point in run]
            canvas.band([(x, panel.bottom) for x, _ in spots], spots, fill=UNKNOWN, edge=INK)
    panel.axes(canvas, most_ticks=3, label_values=label_values)
    ends: list[tuple[float, str, str]] = []
    if not part.is_unknown:
        for run in runs_of(placed(part.among_known)):
            canvas.line([panel.spot(place, point.value or 0.0) for place, point in run], colour=TEAL, dash=DASHED)
        for run in runs_of(recorded):
            canvas.line([panel.spot(place, point.value or 0.0) for place, point in run], colour=BRAND, width=2.2)
    for points, ink in ((placed(part.among_known), TEAL), (recorded, colour)):
        known = [point for _, point in points if point.value is not None]
        if known and not (part.is_unknown and ink == TEAL):
            value = known[-1].value or 0.0
            ends.append((panel.y(value), value_words(value, panel.suffix), ink))
    for (_, words, ink), y in zip(ends, apart([each[0] for each in ends]), strict=True):
        canvas.words((panel.right + 5, y), words, colour=ink, bold=ink == colour)


def _fitting(name: str, panel: Panel) -> str:
    """The name, cut where it would run into the next chart; the table below has it in full."""
    room = panel.right - panel.left + _GAP - 8
    if text_width_px(name) <= room:
        return name
    kept = name
    while kept and text_width_px(kept + "…") > room:
        kept = kept[:-1]
    return kept.rstrip(" ,") + "…"


def _key(canvas: Canvas) -> None:
    """What line, dashes and band are, drawn as themselves."""
    y = 32.0
    canvas.line([(4, y), (30, y)], colour=BRAND, width=2.2)
    canvas.words((36, y), "share as recorded", colour=BRAND, bold=True)
    x = 36 + text_width_px("share as recorded") + 26
    canvas.line([(x, y), (x + 26, y)], colour=TEAL, dash=DASHED)
    canvas.words((x + 32, y), "share of those known", colour=TEAL)
    y += 19
    canvas.band([(4, y + 6), (30, y + 6)], [(4, y - 5), (30, y - 5)], fill=BOUNDS, edge=AMBER)
    canvas.words((36, y), "where the share could lie, depending on who the unknown are", colour=GREY, size_px=TEXT_PX)
