"""Where a chart puts its marks, in pixels from the top left, and the lean Vega-Lite specification that draws them.

Vega spends most of its time on measuring words and laying out axes; marks that are already placed cost it little. So scales
are worked out here, words are written into the picture after it is drawn, and a chart is one view of at most four layers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from lamplighter.reports.charts.look import FONT, GRID, INK, PAPER, SOLID, TEXT_PX, WIDTH_PX

Spot = tuple[float, float]
_INTERPOLATION = {True: "step", False: "linear"}


@dataclass(kw_only=True)
class Canvas:
    """Marks that are placed and not yet drawn, in the order: bands, rules, lines, symbols, words."""

    height_px: float
    width_px: float = WIDTH_PX
    _bands: list[dict[str, Any]] = field(default_factory=list)
    _rules: list[dict[str, Any]] = field(default_factory=list)
    _lines: list[dict[str, Any]] = field(default_factory=list)
    _symbols: list[dict[str, Any]] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _groups: int = 0

    def band(self, low: Sequence[Spot], high: Sequence[Spot], *, fill: str, edge: str, stepped: bool = False) -> None:
        """A filled band between two lines over the same x, with an edge that can be seen by itself."""
        self._groups += 1
        for (x, bottom), (_, top) in zip(low, high, strict=True):
            self._bands.append(
                {
                    "x": _px(x), "y": _px(bottom), "z": _px(top), "g": self._groups, "f": fill, "s": edge,
                    "i": _INTERPOLATION[stepped],
                }
            )  # fmt: skip

    def box(self, left: float, top: float, right: float, bottom: float, *, fill: str) -> None:
        self.band([(left, bottom), (right, bottom)], [(left, top), (right, top)], fill=fill, edge=fill)

    def rule(
        self, start: Spot, end: Spot, *, colour: str = GRID, width: float = 1.0, dash: Sequence[int] = SOLID
    ) -> None:
        self._rules.append(
            {
                "x": _px(start[0]), "y": _px(start[1]), "u": _px(end[0]), "z": _px(end[1]),
                "s": colour, "w": width, "d": list(dash),
            }
        )  # fmt: skip

    def line(
        self,
        spots: Sequence[Spot],
        *,
        colour: str,
        width: float = 2.0,
        dash: Sequence[int] = SOLID,
        stepped: bool = False,
    ) -> None:
        self._groups += 1
        self._lines += [
            {
                "x": _px(x), "y": _px(y), "g": self._groups, "s": colour, "w": width, "d": list(dash),
                "i": _INTERPOLATION[stepped],
            }
            for x, y in spots
        ]  # fmt: skip

    def symbol(self, spot: Spot, *, shape: str, colour: str, hollow: bool = False, size: float = 45) -> None:
        self._symbols.append(
            {
                "x": _px(spot[0]), "y": _px(spot[1]), "h": shape, "s": colour,
                "f": PAPER if hollow else colour, "z": size,
            }
        )  # fmt: skip

    def words(
        self,
        spot: Spot,
        text: str,
        *,
        align: str = "left",
        colour: str = INK,
        bold: bool = False,
        size_px: float = TEXT_PX,
    ) -> None:
        """A label whose middle line stands at the spot."""
        anchor = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}[align]
        weight = ' font-weight="bold"' if bold else ""
        x, y = (f"{_px(each):g}" for each in (spot[0], spot[1] + size_px * 0.35))
        self._words.append(
            f'<text x="{x}" y="{y}" font-size="{size_px:g}" fill="{colour}"{weight}{anchor}>{escape(text)}</text>'
        )

    def lettering(self) -> str:
        """Every label as SVG, to be put above the marks."""
        return f'<g font-family="{FONT}">{"".join(self._words)}</g>'

    def marks(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each kind of mark that there is."""
        kinds = {"bands": self._bands, "rules": self._rules, "lines": self._lines, "symbols": self._symbols}
        return {kind: rows for kind, rows in kinds.items() if rows}

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification: one view, a layer a kind of mark, nothing for Vega to lay out.

        It names its data and does not hold them: charts of one size share a specification, and it is compiled once.
        """
        x = {"field": "x", "type": "quantitative", "axis": None, "scale": _fixed([0, self.width_px])}
        y = {"field": "y", "type": "quantitative", "axis": None, "scale": _fixed([self.height_px, 0])}
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "width": self.width_px,
            "height": self.height_px,
            "padding": 0,
            "autosize": {"type": "none"},
            "background": PAPER,
            "encoding": {"x": x, "y": y},
            "layer": [{"data": {"name": kind}, **_LAYERS[kind]} for kind in self.marks()],
            "config": {"mark": {"aria": False}, "view": {"stroke": None}},
        }


def _px(value: float) -> float:
    return round(float(value), 1)


def _fixed(domain: list[float]) -> dict[str, Any]:
    return {"domain": domain, "nice": False, "zero": False}


def _as_is(name: str) -> dict[str, Any]:
    return {"field": name, "type": "nominal", "scale": None, "legend": None}


_GROUP = {"field": "g", "type": "nominal"}
_INTERPOLATED = {"expr": "datum.i"}
_STROKED = {"stroke": _as_is("s"), "strokeWidth": _as_is("w"), "strokeDash": _as_is("d")}
_LAYERS: dict[str, dict[str, Any]] = {
    "bands": {
        "mark": {"type": "area", "strokeWidth": 1, "interpolate": _INTERPOLATED},
        "encoding": {"y2": {"field": "z"}, "detail": _GROUP, "fill": _as_is("f"), "stroke": _as_is("s")},
    },
    "rules": {"mark": {"type": "rule"}, "encoding": {"x2": {"field": "u"}, "y2": {"field": "z"}, **_STROKED}},
    "lines": {
        "mark": {"type": "line", "strokeJoin": "round", "interpolate": _INTERPOLATED},
        "encoding": {"detail": _GROUP, "order": {"value": 0}, **_STROKED},
    },
    "symbols": {
        "mark": {"type": "point", "filled": True, "opacity": 1, "strokeWidth": 1.6},
        "encoding": {"shape": _as_is("h"), "fill": _as_is("f"), "stroke": _as_is("s"), "size": _as_is("z")},
    },
}
