"""What the charts of a profile share: the key under them, and axes that reach as far as those of other profiles."""

from __future__ import annotations

from collections.abc import Sequence

from lamplighter.reports.charts.canvas import Canvas
from lamplighter.reports.charts.look import AMBER, BAND, BOUNDS, EDGE, GREY, TEXT_PX
from lamplighter.reports.profile.svg import clean, width_px
from lamplighter.reports.profile.wording import Data, part


def scale_of(told: Data, name: str) -> float:
    """How far an axis has to reach so that this profile can be held beside others made with it; 0 where it stands alone."""
    value = part(told, "scales").get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def key_of(canvas: Canvas, y: float, entries: Sequence[tuple[str, str, str]]) -> None:
    """What the marks mean, in one row."""
    x = 4.0
    for mark, colour, words in entries:
        if mark == "line":
            canvas.line([(x, y), (x + 20, y)], colour=colour)
        elif mark == "?":
            canvas.words((x + 10, y), "?", align="center", colour=colour, bold=True)
        elif mark in ("diamond", "hollow"):
            canvas.symbol(
                (x + 10, y),
                shape="diamond" if mark == "diamond" else "circle",
                colour=colour,
                hollow=mark == "hollow",
                size=60,
            )
        else:
            edge = {BAND: EDGE, BOUNDS: AMBER}.get(colour, colour)
            canvas.band([(x, y + 6), (x + 20, y + 6)], [(x, y - 6), (x + 20, y - 6)], fill=colour, edge=edge)
        label = clean(words)
        canvas.words((x + 26, y), label, colour=GREY)
        x += 26 + width_px(label, size_px=TEXT_PX) + 18
