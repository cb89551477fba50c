"""A canvas as SVG at once, without a drawing engine: the marks are already placed, so a profile can be drawn wherever it is made.

The same canvas, the same bytes: nothing depends on a clock, a locale or a table's order of hashing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import sqrt
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lamplighter.reports.charts.canvas import Canvas, Spot
from lamplighter.reports.charts.look import FONT, INK, PAPER, TEXT_PX

_CUT = "…"
_STRIP_PX = 20.0
_SIZE = re.compile(
    r'(?P<begins><svg xmlns="[^"]+" )width="(?P<wide>[\d.]+)" height="(?P<high>[\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"'
)
_LETTER, _CAPITAL = 0.54, 0.7  # of its height: about how wide a letter is, with some slack for a fallback font


def svg_of(canvas: Canvas, alt: str, *, under: str = "", over: str = "", grid_below: bool = False) -> str:
    """The picture as one image with a name.

    under, over: SVG that lies below the marks, or above them and below the words. grid_below: rules lie under bands, as the grid
    of bars does.
    """
    marks = canvas.marks()
    bands = [_band(rows) for rows in _groups(marks.get("bands", ()))]
    rules = [_rule(row) for row in marks.get("rules", ())]
    body = "".join(
        [
            f'<rect width="{canvas.width_px:g}" height="{canvas.height_px:g}" fill="{PAPER}"/>',
            under,
            *((*rules, *bands) if grid_below else (*bands, *rules)),
            *(_line(rows) for rows in _groups(marks.get("lines", ()))),
            *(_symbol(row) for row in marks.get("symbols", ())),
            over,
            canvas.lettering(),
        ]
    )
    size = f'width="{canvas.width_px:g}" height="{canvas.height_px:g}" viewBox="0 0 {canvas.width_px:g} {canvas.height_px:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={quoteattr(clean(alt))}>{body}</svg>'


def marked(svg: str, words: str) -> str:
    """The picture with a line of words below it, for a file that is passed on without the document around it."""
    size = _SIZE.match(svg)
    assert size is not None, "a picture that svg_of did not make"  # noqa: S101
    wide, high = float(size["wide"]), float(size["high"])
    tall = high + _STRIP_PX
    head = f'{size["begins"]}width="{wide:g}" height="{tall:g}" viewBox="0 0 {wide:g} {tall:g}"'
    strip = f'<rect y="{px(high)}" width="{wide:g}" height="{_STRIP_PX:g}" fill="{PAPER}"/>'
    line = lettered((4, high + _STRIP_PX / 2), words, size_px=TEXT_PX - 1, fill=INK, bold=True)
    return f"{head}{svg[size.end() :].removesuffix('</svg>')}{strip}{line}</svg>"


def width_px(text: str, *, size_px: float = TEXT_PX) -> float:
    """About how wide a label is."""
    return size_px * sum(_CAPITAL if each.isupper() else _LETTER for each in text)


def fitted(text: str, room_px: float, *, size_px: float = TEXT_PX) -> str:
    """The label, cut with an ellipsis where it would need more room."""
    text = clean(text)
    if width_px(text, size_px=size_px) <= room_px:
        return text
    kept = text
    while len(kept) > 1 and width_px(kept + _CUT, size_px=size_px) > room_px:
        kept = kept[:-1]
    return kept.rstrip(" ,") + _CUT


def clean(text: object) -> str:
    """One line, without characters that XML can't hold."""
    return " ".join("".join(each if each.isprintable() or each.isspace() else "" for each in str(text)).split())


def lettered(spot: Spot, text: str, *, size_px: float, fill: str, align: str = "start", bold: bool = False) -> str:
    """A label of its own, where it has to lie above a mark that is above the other words."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{px(spot[0])}" y="{px(spot[1] + size_px * 0.35)}" font-family="{FONT}" font-size="{size_px:g}"'
        f' fill="{fill}"{weight} text-anchor="{align}">{escape(clean(text))}</text>'
    )


def px(value: float) -> str:
    """A coordinate with at most one decimal; −0 is 0."""
    return f"{round(float(value), 1) + 0.0:g}"


def _groups(rows: Iterable[Mapping[str, Any]]) -> Iterable[list[Mapping[str, Any]]]:
    return (list(each) for _, each in groupby(rows, key=lambda row: row["g"]))


def _band(rows: Sequence[Mapping[str, Any]]) -> str:
    there = [(row["x"], row["z"]) for row in rows]
    back = [(row["x"], row["y"]) for row in reversed(rows)]
    first = rows[0]
    return f'<path d="M{_spots([*there, *back])}Z" fill="{first["f"]}" stroke="{first["s"]}"/>'


def _rule(row: Mapping[str, Any]) -> str:
    return (
        f'<path d="M{px(row["x"])},{px(row["y"])}L{px(row["u"])},{px(row["z"])}" stroke="{row["s"]}"'
        f' stroke-width="{row["w"]:g}"{_dash(row["d"])}/>'
    )


def _line(rows: Sequence[Mapping[str, Any]]) -> str:
    first = rows[0]
    return (
        f'<path d="M{_spots([(row["x"], row["y"]) for row in rows])}" fill="none" stroke="{first["s"]}"'
        f' stroke-width="{first["w"]:g}" stroke-linejoin="round"{_dash(first["d"])}/>'
    )


def _symbol(row: Mapping[str, Any]) -> str:
    x, y, reach = row["x"], row["y"], sqrt(row["z"]) / 2
    dress = f'fill="{row["f"]}" stroke="{row["s"]}" stroke-width="1.6"'
    if row["h"] == "square":
        return (
            f'<rect x="{px(x - reach)}" y="{px(y - reach)}" width="{px(2 * reach)}" height="{px(2 * reach)}" {dress}/>'
        )
    if row["h"] == "diamond":
        spots = [(x, y - 1.3 * reach), (x + 1.3 * reach, y), (x, y + 1.3 * reach), (x - 1.3 * reach, y)]
        return f'<path d="M{_spots(spots)}Z" {dress}/>'
    return f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(reach)}" {dress}/>'


def _spots(spots: Sequence[Spot]) -> str:
    return "L".join(f"{px(x)},{px(y)}" for x, y in spots)


def _dash(dash: Sequence[int]) -> str:
    return f' stroke-dasharray="{",".join(str(each) for each in dash)}"' if len(dash) > 1 and dash[1] else ""
