"""From values to pixels: a panel with its own axes, round ticks, and the grid that both are read from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lamplighter.reports.charts.canvas import Canvas, Spot
from lamplighter.reports.charts.look import EDGE, GREY, GRID, TEXT_PX
from lamplighter.reports.charts.periods import ticks
from lamplighter.schema import number_words


def round_ticks(top: float, *, lowest: float = 0.0, most: int = 5) -> list[float]:
    """0 and the round numbers up to the first that is not below `top`: steps of 1, 2, 2.5 or 5 times a power of ten.

    They begin below 0 only when `lowest` does.
    """
    top, lowest = max(top, 0.0), min(lowest, 0.0)
    if not math.isfinite(top - lowest) or top == lowest:
        return [0.0, 1.0]
    rough = (top - lowest) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= rough * (1 - 1e-9))
    below, above = math.floor(lowest / step + 1e-9), math.ceil(top / step - 1e-9)
    return [round(step * each, 10) for each in range(below, above + 1)]


def rounded_words(value: float | None) -> str:
    """6800.4 → 6,800; 12.84 → 12.8; None → not known: as exactly as a mark can be read."""
    return number_words(value if value is None else round(value) if abs(value) >= 100 else round(value, 1))


def value_words(value: float | None, unit: str) -> str:
    """A value as it stands beside a mark: 6,800, 12.8; a share always with one decimal, 14.0%."""
    if value is None or not unit.startswith("%"):
        return rounded_words(value)
    return f"{value:,.1f}%"


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A rectangle of the canvas with a time axis below and a value axis from 0 at the left."""

    left: float
    top: float
    right: float
    bottom: float
    first: float
    last: float
    tick_values: Sequence[float]
    suffix: str = ""
    yearly: bool = False

    def x(self, place: float) -> float:
        span = max(self.last - self.first, 1.0)
        return self.left + (place - self.first) / span * (self.right - self.left)

    def y(self, value: float) -> float:
        lowest, top = self.tick_values[0], self.tick_values[-1]
        return self.bottom - (value - lowest) / (top - lowest) * (self.bottom - self.top)

    def spot(self, place: float, value: float) -> Spot:
        return self.x(place), self.y(value)

    def axes(self, canvas: Canvas, *, most_ticks: int = 8, label_values: bool = True) -> None:
        """Grid lines, value labels, and years at their Januaries."""
        for value in self.tick_values:
            y = self.y(value)
            canvas.rule((self.left, y), (self.right, y), colour=EDGE if value == self.tick_values[0] else GRID)
            if label_values:
                canvas.words((self.left - 6, y), rounded_words(value) + self.suffix, align="right", colour=GREY)
        for place, label in ticks(self.first, self.last, most=most_ticks, yearly=self.yearly):
            x = self.x(place)
            canvas.rule((x, self.bottom), (x, self.bottom + 5), colour=EDGE)
            canvas.words((x, self.bottom + 8 + TEXT_PX / 2), label, align="center", colour=GREY)


def apart(wanted: Iterable[float], *, gap: float = TEXT_PX + 2) -> list[float]:
    """The same heights in the same order, moved just enough that no two labels lie on each other."""
    order = sorted(enumerate(wanted), key=lambda each: each[1])
    placed: dict[int, float] = {}
    for at, (index, height) in enumerate(order):
        floor = placed[order[at - 1][0]] + gap if at else height
        placed[index] = max(height, floor)
    return [placed[each] for each in range(len(placed))]
