"""Every chart of a profile as SVG, from profile.json: what it does not hold is not drawn, what is unknown is left open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lamplighter.reports.charts.canvas import Canvas, Spot
from lamplighter.reports.charts.look import (
    AMBER,
    BAND,
    BOUNDS,
    BRAND,
    DASHED,
    EDGE,
    GREY,
    GRID,
    TEAL,
    WIDTH_PX,
)
from lamplighter.reports.charts.periods import place_of, short_words
from lamplighter.reports.charts.scales import Panel, round_ticks
from lamplighter.reports.profile.bar_drawing import attrition, outcomes, ranked_bars, victims
from lamplighter.reports.profile.chart_keys import key_of, scale_of
from lamplighter.reports.profile.svg import svg_of
from lamplighter.reports.profile.wording import (
    Data,
    count,
    items,
    measure,
    part,
    share,
    text,
    when,
)

_LEFT, _PLOT_PX = 58.0, 220.0


def charts(told: Data) -> dict[str, str]:
    """Name → SVG of every chart that profile.json holds the numbers of.

    trend, year-on-year, lorenz, ranked-bars, outcomes, outcomes-cohorts, attrition, victims-age, victims-ethnicity. A chart
    without a number is not in it.
    """
    made: dict[str, Callable[[Data], str | None]] = {
        "trend": trend,
        "year-on-year": year_on_year,
        "lorenz": lorenz,
        "ranked-bars": ranked_bars,
        "outcomes": outcomes,
        "outcomes-cohorts": cohorts,
        "attrition": attrition,
        "victims-age": lambda told: victims(told, "by_age", "Rows by age band of the victim"),
        "victims-ethnicity": lambda told: victims(told, "by_ethnicity", "Rows by ethnicity of the victim, as recorded"),
    }
    drawn = {name: draw(told) for name, draw in made.items()}
    return {name: svg for name, svg in drawn.items() if svg}


def trend(told: Data) -> str | None:
    """Rows a month with the limits of chance, months outside marked, missing months open; below it the share with a point."""
    given = part(told, "trend")
    months = [
        (place, each) for each in items(given, "months") if (place := place_of(text(each.get("month")))) is not None
    ]
    known = [each["count"] for _, each in months if each.get("count") is not None]
    if not known:
        return None
    shares = given.get("counts_from") == "located rows" and any(
        each.get("located_share") is not None for _, each in months
    )
    top = 30.0
    canvas = Canvas(height_px=top + _PLOT_PX + 62 + (120 if shares else 0))
    tops = [
        *known,
        *(each["upper"] for _, each in months if each.get("upper") is not None),
        scale_of(told, "month_top"),
    ]
    panel = Panel(
        left=_LEFT, right=WIDTH_PX - 14, top=top, bottom=top + _PLOT_PX, first=months[0][0], last=months[-1][0],
        tick_values=round_ticks(max(tops)),
    )  # fmt: skip
    canvas.words((2, 10), "Rows a month", bold=True)
    for stretch in _stretches(months, "lower", "upper"):
        low = [panel.spot(place, max(each["lower"], 0.0)) for place, each in stretch]
        high = [panel.spot(place, each["upper"]) for place, each in stretch]
        canvas.band(low, high, fill=BAND, edge=EDGE, stepped=True)
    panel.axes(canvas)
    for stretch in _stretches(months, "centre"):
        canvas.line([panel.spot(place, each["centre"]) for place, each in stretch], colour=GREY, width=1.2, dash=DASHED)
    for place, each in months:
        if each.get("count") is None:
            canvas.words((panel.x(place), panel.bottom - 10), "?", align="center", colour=GREY, bold=True)
    for stretch in _stretches(months, "count"):
        canvas.line([panel.spot(place, each["count"]) for place, each in stretch], colour=BRAND)
        for place, each in stretch:
            spot = panel.spot(place, each["count"])
            if each.get("outside"):
                canvas.symbol(spot, shape="diamond", colour=AMBER, size=70)
            elif each.get("partial"):
                canvas.symbol(spot, shape="circle", colour=BRAND, hollow=True, size=50)
            elif len(stretch) == 1:
                canvas.symbol(spot, shape="circle", colour=BRAND, size=30)
    key_of(canvas, panel.bottom + 46, _trend_key(months))
    if shares:
        _shares(canvas, panel, months)
    missing = [when(each["month"]) for _, each in months if each.get("count") is None]
    outside = [when(each["month"]) for _, each in months if each.get("outside")]
    alt = (
        f"Line chart of rows a month from {when(months[0][1]['month'])} to {when(months[-1][1]['month'])}: lowest "
        f"{count(min(known))}, highest {count(max(known))}. "
        f"{f'Outside the limits: {_some(outside)}.' if outside else 'No month lies outside the limits.'}"
        f"{f' Missing and left open: {_some(missing)}.' if missing else ''}"
    )
    return svg_of(canvas, alt)


def year_on_year(told: Data) -> str | None:
    """Each month of the last year beside the same month a year before: two bars, an absent one is unknown."""
    given = items(part(told, "trend"), "year_on_year")
    known = [each[name] for each in given for name in ("count", "count_last_year") if each.get(name) is not None]
    if not known:
        return None
    canvas = Canvas(height_px=310)
    panel = Panel(
        left=_LEFT, right=WIDTH_PX - 14, top=30, bottom=240, first=0, last=1, tick_values=round_ticks(max(known))
    )
    canvas.words((2, 10), "Rows a month", bold=True)
    for value in panel.tick_values:
        y = panel.y(value)
        canvas.rule((panel.left, y), (panel.right, y), colour=EDGE if value == 0 else GRID)
        canvas.words((panel.left - 6, y), measure(value), align="right", colour=GREY)
    step = (panel.right - panel.left) / len(given)
    wide = min(22.0, step * 0.38)
    for at, each in enumerate(given):
        middle = panel.left + step * (at + 0.5)
        for name, left, colour in (("count_last_year", middle - wide, EDGE), ("count", middle, BRAND)):
            if each.get(name) is None:
                canvas.words((left + wide / 2, panel.bottom - 10), "?", align="center", colour=GREY, bold=True)
            elif each[name]:
                canvas.box(left, panel.y(each[name]), left + wide - 1, panel.bottom, fill=colour)
        canvas.words((middle, panel.bottom + 14), text(each.get("month"))[:3], align="center", colour=GREY)
    span = [
        f"{short_words(text(given[0].get(name)))} to {short_words(text(given[-1].get(name)))}"
        for name in ("last_year", "this_year")
    ]
    key_of(canvas, 288, [("box", EDGE, span[0]), ("box", BRAND, span[1])])
    alt = f"Bars month by month: {span[1]} beside {span[0]}. The table holds every count."
    return svg_of(canvas, alt, grid_below=True)


def lorenz(told: Data) -> str | None:
    """The share of rows that the busiest share of map points holds, against the line of an even spread."""
    given = part(told, "concentration")
    spots = [(float(x), float(y)) for x, y in items(given, "lorenz")]
    if len(spots) < 2:
        return None
    left, top, side = _LEFT, 30.0, 300.0
    canvas = Canvas(height_px=top + side + 58, width_px=left + side + 30)

    def spot(x: float, y: float) -> Spot:
        return left + x * side, top + side - y * side

    canvas.words((2, 10), "Share of the rows", bold=True)
    for at in range(5):
        value = at / 4
        canvas.rule(spot(0, value), spot(1, value), colour=EDGE if at == 0 else GRID)
        canvas.words((left - 6, spot(0, value)[1]), f"{25 * at}%", align="right", colour=GREY)
        canvas.words((spot(value, 0)[0], top + side + 14), f"{25 * at}%", align="center", colour=GREY)
    canvas.words(
        (left + side / 2, top + side + 40),
        f"Share of the {text(given.get('unit'), lacking='map points')}",
        align="center",
    )
    canvas.line([spot(0, 0), spot(1, 1)], colour=GREY, width=1.2, dash=DASHED)
    canvas.line([spot(x, y) for x, y in spots], colour=BRAND)
    held = "; ".join(
        f"{share(each.get('share'))} of the rows at {count(each.get('places'))}" for each in items(given, "holdings")
    )
    alt = f"Lorenz curve of rows over {text(given.get('unit'), lacking='map points')}. {held + '.' if held else ''}"
    return svg_of(canvas, alt)


def cohorts(told: Data) -> str | None:
    """Rows by month of the crime and how many of them have an outcome; months that are still open are hollow."""
    given = items(part(told, "outcomes"), "cohorts")
    months = [(place, each) for each in given if (place := place_of(text(each.get("month")))) is not None]
    known = [each["rows"] for _, each in months if each.get("rows") is not None]
    if not known:
        return None
    canvas = Canvas(height_px=320)
    panel = Panel(
        left=_LEFT, right=WIDTH_PX - 14, top=30, bottom=240, first=months[0][0] - 0.6, last=months[-1][0] + 0.6,
        tick_values=round_ticks(max(known)),
    )  # fmt: skip
    canvas.words((2, 10), "Rows by month of the crime", bold=True)
    panel.axes(canvas)
    half = max(1.0, (panel.x(1) - panel.x(0)) * 0.4)
    by_month = dict(months)
    unknown = False
    for place in range(int(months[0][0]), int(months[-1][0]) + 1):
        each, x = by_month.get(place, {}), panel.x(place)
        young = each.get("immature")
        parts = (("rows", BAND, EDGE), ("with_outcome", BOUNDS if young else BRAND, AMBER if young else BRAND))
        for name, fill, edge in parts:
            if each.get(name):
                y = panel.y(each[name])
                low, high = [(x - half, panel.bottom), (x + half, panel.bottom)], [(x - half, y), (x + half, y)]
                canvas.band(low, high, fill=fill, edge=edge)
        if any(each.get(name) is None for name, *_ in parts):
            unknown = True
            canvas.words((x, panel.bottom - 10), "?", align="center", colour=GREY, bold=True)
    key = [("box", BRAND, "with an outcome"), ("box", BAND, "without"), ("box", BOUNDS, "with one, month still open")]
    key_of(canvas, 290, [*key, *([("?", GREY, "not told")] if unknown else [])])
    young = [when(each["month"]) for _, each in months if each.get("immature")]
    still = f" Still open: {_some(young)}." if young else ""
    alt = f"Bars of rows by month of the crime, with those that have an outcome.{still}"
    return svg_of(canvas, alt, grid_below=True)


def _shares(canvas: Canvas, above: Panel, months: Sequence[tuple[float, Any]]) -> None:
    """The force's share with a point, under the trend: a change in it can look like a rise."""
    top = above.bottom + 86
    panel = Panel(
        left=above.left, right=above.right, top=top, bottom=top + 66, first=above.first, last=above.last,
        tick_values=[0.0, 50.0, 100.0], suffix="%",
    )  # fmt: skip
    canvas.words((2, top - 16), "Share of the force's rows that have a point", bold=True)
    panel.axes(canvas)
    for stretch in _stretches(months, "located_share"):
        spots = [panel.spot(place, 100 * each["located_share"]) for place, each in stretch]
        canvas.line(spots, colour=TEAL)
        if len(spots) == 1:
            canvas.symbol(spots[0], shape="circle", colour=TEAL, size=30)


def _stretches(months: Iterable[tuple[float, Any]], *names: str) -> list[list[tuple[float, Any]]]:
    """Runs of months that know all of these: a line breaks where something is unknown and never falls to 0 for it."""
    runs: list[list[tuple[float, Any]]] = [[]]
    for place, each in months:
        if any(each.get(name) is None for name in names):
            runs.append([])
        else:
            runs[-1].append((place, each))
    return [run for run in runs if run]


def _trend_key(months: Sequence[tuple[float, Any]]) -> list[tuple[str, str, str]]:
    key = [("line", BRAND, "rows")]
    if any(each.get("upper") is not None for _, each in months):
        key.append(("box", BAND, "limits of chance"))
    if any(each.get("outside") for _, each in months):
        key.append(("diamond", AMBER, "outside them"))
    if any(each.get("partial") for _, each in months):
        key.append(("hollow", BRAND, "looks partial"))
    if any(each.get("count") is None for _, each in months):
        key.append(("?", GREY, "month missing"))
    return key


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
