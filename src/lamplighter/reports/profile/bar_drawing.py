"""The bars of a profile as SVG: places by rank, outcomes, stages and victims, each under its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lamplighter.reports.charts.canvas import Canvas
from lamplighter.reports.charts.look import AMBER, BRAND, INK, PAPER, TEAL, UNKNOWN, WIDTH_PX
from lamplighter.reports.profile.chart_keys import key_of, scale_of
from lamplighter.reports.profile.svg import fitted, svg_of
from lamplighter.reports.profile.wording import Data, capital, count, items, months_in, part, share, text, whole_span

_BAR_PX, _ROW_PX = 15.0, 40.0
MARKED = "too few to be shown"
TIER_COLOURS = {"almost certainly": BRAND, "possibly": AMBER}


def ranked_bars(told: Data) -> str | None:
    """A bar a place in order of rank, with the interval of its count or harm; the colour is its tier, which the words say too."""
    by = text(part(told, "places_method").get("chosen_by"), lacking="count")
    given = [each for each in items(told, "places") if each.get(by) is not None]
    if not given:
        return None
    rows = [
        (f"{count(each.get('rank'))}. {text(each.get('name'))}: {_with_interval(each, by)}", each[by],
         each.get(f"{by}_low"), each.get(f"{by}_high"), _tier_colour(each))
        for each in given
    ]  # fmt: skip
    tiers = list(
        dict.fromkeys((_tier_colour(each), capital(text(each.get("tier"), lacking="tier not known"))) for each in given)
    )
    period = months_in(part(told, "places_method").get("chosen_on"))
    what = "Days of harm" if by == "harm" else "Rows"
    title = f"{what} in {period}" if period else what
    alt = f"Bars of {what.casefold()} at each place, with intervals: " + "; ".join(name for name, *_ in rows)
    key = [("box", colour, words) for colour, words in tiers]
    return _bars(title, rows, alt, key=key, at_least=scale_of(told, "place_top"), numbered=False)


def outcomes(told: Data) -> str | None:
    """Rows by group of outcome; rows without an outcome in grey, a count that is marked in words."""
    given = items(part(told, "outcomes"), "groups")
    if not any(each.get("count") is not None for each in given):
        return None
    rows = []
    for each in given:
        name = capital(text(each.get("group")))
        words = (
            f"{name}: {share(each.get('of_all'))} of all rows" if each.get("count") is not None else f"{name}: {MARKED}"
        )
        rows.append((words, each.get("count"), None, None, BRAND if each.get("is_outcome", True) else UNKNOWN))
    said = "; ".join(name if value is None else f"{name}, {count(value)} rows" for name, value, *_ in rows)
    key = [("box", BRAND, "an outcome"), ("box", UNKNOWN, "none, or not known")]
    grey = any(colour == UNKNOWN for *_, colour in rows)
    return _bars("Rows by group of outcome", rows, f"Bars of rows by group of outcome: {said}", key=key if grey else ())


def attrition(told: Data) -> str | None:
    """How many rows are left at each stage, as a funnel of bars from the left."""
    given = [each for each in items(part(told, "outcomes"), "attrition") if each.get("count") is not None]
    if not given:
        return None
    rows = [(capital(text(each.get("stage"))), each["count"], None, None, BRAND) for each in given]
    alt = "Bars of the rows left at each stage: " + "; ".join(f"{name} {count(value)}" for name, value, *_ in rows)
    return _bars("Rows left at each stage", rows, alt)


def victims(told: Data, name: str, title: str) -> str | None:
    """Bars of counts as they may leave the workspace: what is marked has words and no bar, the unknown is drawn apart."""
    given = part(told, "victims").get(name)
    entries = items(given, "groups") if isinstance(given, Mapping) else given
    if not isinstance(entries, list | tuple) or not entries:
        return None
    rows = []
    for each in entries:
        label = text(each.get("band") or each.get("group"), lacking="unknown")
        value = each.get("count")
        shown = text(each.get("shown")) or count(value)
        colour = UNKNOWN if label.casefold() == "unknown" else TEAL
        rows.append((capital(label) if value is not None else f"{capital(label)}: {shown}", value, None, None, colour))
    said = "; ".join(f"{label} {count(value)}" if value is not None else label for label, value, *_ in rows)
    return _bars(title, rows, f"Bars: {title}. {said}.")


def _with_interval(place: Data, by: str) -> str:
    interval = whole_span(place.get(f"{by}_low"), place.get(f"{by}_high"))
    return f"{count(place[by])}{f' ({interval})' if interval else ''}"


_Bar = tuple[str, float | None, float | None, float | None, str]


def _bars(
    title: str,
    rows: Sequence[_Bar],
    alt: str,
    *,
    key: Sequence[tuple[str, str, str]] = (),
    at_least: float = 0.0,
    numbered: bool = True,
) -> str:
    """Bars from the left under their names, so that a long name has the whole width, on a phone too.

    at_least: of the axis. numbered: the count stands at a bar's end too, not in its name alone.
    """
    highest = max((each for row in rows for each in row[1:4] if isinstance(each, int | float)), default=0)
    highest = max(highest, at_least) or 1
    left, right = 4.0, WIDTH_PX - (70 if numbered else 14)
    top = 30.0
    canvas = Canvas(height_px=top + _ROW_PX * len(rows) + (30 if key else 6))
    canvas.words((2, 10), fitted(title, WIDTH_PX - 10), bold=True)

    def x(value: float) -> float:
        return left + value / highest * (right - left)

    for at, (name, value, low, high, colour) in enumerate(rows):
        y = top + _ROW_PX * at
        canvas.words((left, y + 8), fitted(name, WIDTH_PX - 12))
        if value is None:
            continue
        middle = y + 19 + _BAR_PX / 2
        if value:
            canvas.box(left, y + 19, x(value), y + 19 + _BAR_PX, fill=colour)
        end = x(value)
        if low is not None and high is not None:
            end = max(end, x(high))
            for width, ink in ((5.0, PAPER), (1.8, INK)):  # dark on white: the line is seen on the bar and beside it
                canvas.rule((x(low), middle), (x(high), middle), colour=ink, width=width)
                for each in (low, high):
                    canvas.rule((x(each), middle - 5), (x(each), middle + 5), colour=ink, width=width)
        if numbered:
            canvas.words((end + 8, middle), count(value), bold=True)
    key_of(canvas, top + _ROW_PX * len(rows) + 14, key)
    return svg_of(canvas, alt)


def _tier_colour(place: Data) -> str:
    tier = text(place.get("tier")).casefold()
    return next((colour for words, colour in TIER_COLOURS.items() if tier.startswith(words)), UNKNOWN)
