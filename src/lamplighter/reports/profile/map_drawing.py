"""The maps of a profile, without a base map: all map points in grey, the places by rank with their streets, an inset a place.

North is up, ground is metres, every map has a scale bar. Points nearer to each other than a pixel are drawn once, so that a force
with twenty thousand of them stays a small picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10, sqrt
from typing import TYPE_CHECKING, Any

from lamplighter.reports.charts.canvas import Canvas, Spot
from lamplighter.reports.charts.look import AMBER, BRAND, EDGE, GREY, INK, PAPER, TEAL, WIDTH_PX
from lamplighter.reports.profile.labelling import Box, Label, placed_labels
from lamplighter.reports.profile.svg import fitted, lettered, px, svg_of, width_px
from lamplighter.reports.profile.tonight import places_for_tonight
from lamplighter.reports.profile.wording import Data, count, items, part, text

if TYPE_CHECKING:
    from lamplighter.reports.profile.drawn import Drawn

POINT = "#a79fab"
LEVELS = ("#f7e9d2", "#eec17d", "#d98a2b", "#a8480d", "#5c1f06")  # light to dark: told apart in grey too
_FOOT_PX, _MARGIN_PX = 46.0, 14.0
_LABEL_PX = 12.0
_LOWEST, _HIGHEST = 0.47, 1.19  # of its width: how high a map is
_TONIGHT_PX = 400.0  # drawn narrow, because it is printed small
_INSET_PX, _INSET_REACH = 340.0, 2.4
_WELL_SEEN_PX = 15.0  # how far a place reaches on the map
_CLOSE_SHARE, _CLOSE_FEWEST = 0.2, 3
_CLOSE_MARGIN_M = 250.0
_STEP_PX = 0.7
_FEW_POINTS = 2_500  # fewer than these are drawn a little larger, to be seen
_LAYER_COLOURS = (TEAL, "#4d7c0f", "#6d28d9", "#9f1239")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A rectangle of ground, in metres, on a rectangle of paper, in pixels, with the same scale both ways."""

    west_m: float
    north_m: float
    px_a_m: float
    width_px: float
    height_px: float
    left_px: float = 0.0
    top_px: float = 0.0

    def spot(self, easting_m: float, northing_m: float) -> Spot:
        return (
            self.left_px + (easting_m - self.west_m) * self.px_a_m,
            self.top_px + (self.north_m - northing_m) * self.px_a_m,
        )

    def holds(self, spot: Spot) -> bool:
        x, y = spot[0] - self.left_px, spot[1] - self.top_px
        return 0 <= x <= self.width_px and 0 <= y <= self.height_px


def maps(told: Data, drawn: Drawn) -> dict[str, str]:
    """`places-map`, `places-map-close` where three or more lie together too small to be seen, `inset-<id>` a place, `surface`.

    `tonight-map`: the ground of the places of tonight's page and no others.
    """
    made: dict[str, str] = {}
    extent = _extent_of(drawn.xy_m, told)
    if extent is None:
        return made
    made["places-map"] = places_map(told, drawn, extent, "Map:")
    close = _close_extent(told, extent)
    if close is not None:
        made["places-map-close"] = places_map(
            told, drawn, close, "Closer map of the ground where most places lie together:"
        )
    first = [each for each in places_for_tonight(told) if _located(each)]
    if first:
        ground = _around(
            [(float(each["easting_m"]), float(each["northing_m"])) for each in first], margin_m=_CLOSE_MARGIN_M
        )
        made["tonight-map"] = places_map(
            {**told, "places": first}, drawn, ground, "Map of the ground of tonight's places:", width=_TONIGHT_PX
        )
    for place in items(told, "places"):
        if _located(place):
            made[f"inset-{text(place.get('id'))}"] = inset(told, drawn, place)
    surface = surface_map(told, drawn)
    if surface:
        made["surface"] = surface
    return made


def places_map(told: Data, drawn: Drawn, extent: Extent, name: str, *, width: float = WIDTH_PX) -> str:
    """All map points in grey, the user's layers, institutions as crosses, and the places with their rank and first street."""
    ground, canvas = _paper(extent, width)
    places = [
        (each, ground.spot(each["easting_m"], each["northing_m"])) for each in items(told, "places") if _located(each)
    ]
    places = [(each, spot) for each, spot in places if ground.holds(spot)]
    under = _points(drawn.xy_m, ground) + _layers(drawn, ground)
    crosses = _institutions(told, ground)
    circles = "".join(
        f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(_reach_px(each, ground))}" fill="{BRAND}"'
        f' fill-opacity="0.35" stroke="{BRAND}" stroke-width="1.4"/>'
        for each, (x, y) in reversed(places)
    )
    labels = [_label(each, spot, _reach_px(each, ground)) for each, spot in places]
    room = Box(left=4, top=4, right=canvas.width_px - 4, bottom=ground.height_px - 4)
    north = Box(left=canvas.width_px - 40, top=0, right=canvas.width_px, bottom=50)
    lines, pills = [], []
    for placed in placed_labels(labels, room=room, taken=[north]):
        x, y = placed.label.mark
        to_x, to_y = placed.box.nearest((x, y))
        lines.append(f"M{px(x)},{px(y)}L{px(to_x)},{px(to_y)}")
        pills.append(_pill(placed.box, placed.words))
    leaders = f'<path d="{"".join(lines)}" stroke="{INK}" stroke-width="1" fill="none"/>' if lines else ""
    _foot(canvas, ground, _key_of(told, drawn))
    said = "; ".join(f"{count(each.get('rank'))} {text(each.get('name'))}" for each, _ in places)
    alt = (
        f"{name} all map points in grey, north up, with the places by rank{f': {said}' if said else '; none is shown'}."
    )
    return svg_of(canvas, alt, under=under, over=crosses + circles + leaders + "".join(pills) + _north(canvas.width_px))


def inset(told: Data, drawn: Drawn, place: Data) -> str:
    """One place and the map points around it: its own filled by their rows, the others in grey, its circle dashed."""
    radius_m = float(place.get("radius_m") or place.get("reach_m") or 141.0)
    reach_m = _INSET_REACH * radius_m
    east, north = float(place["easting_m"]), float(place["northing_m"])
    scale = _INSET_PX / (2 * reach_m)
    ground = Ground(
        west_m=east - reach_m, north_m=north + reach_m, px_a_m=scale, width_px=_INSET_PX, height_px=_INSET_PX
    )
    canvas = Canvas(height_px=_INSET_PX + _FOOT_PX, width_px=_INSET_PX)
    members = [(ground.spot(each[0], each[1]), each[2]) for each in items(place, "members")]
    most = max((rows or 0 for _, rows in members), default=0)
    around = "".join(
        f'<circle cx="{px(x)}" cy="{px(y)}" r="3.2"/>'
        for x, y in _inside(drawn.xy_m, ground)
        if not _among((x, y), members)
    )
    centre = ground.spot(east, north)
    shapes = [
        f'<g fill="{POINT}">{around}</g>',
        _layers(drawn, ground),
        _institutions(told, ground),
        f'<circle cx="{px(centre[0])}" cy="{px(centre[1])}" r="{px(radius_m * scale)}" fill="none" stroke="{BRAND}"'
        ' stroke-width="1.6" stroke-dasharray="6,4"/>',
    ]
    for (x, y), rows in sorted(members, key=lambda each: -(each[1] or 0)):
        size = 4 + 11 * sqrt((rows or 0) / most) if most else 4
        shapes.append(
            f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(size)}" fill="{BRAND}" fill-opacity="0.8" stroke="{PAPER}"/>'
        )
        if size >= 11:
            shapes.append(lettered((x, y), count(rows), size_px=11, fill=PAPER, align="middle", bold=True))
    for other in items(told, "places"):
        if other.get("id") == place.get("id") or not _located(other):
            continue
        spot = ground.spot(other["easting_m"], other["northing_m"])
        if ground.holds(spot):
            half = width_px(count(other.get("rank")), size_px=_LABEL_PX) / 2 + 5
            box = Box(left=spot[0] - half, top=spot[1] - 9, right=spot[0] + half, bottom=spot[1] + 9)
            shapes.append(_pill(box, count(other.get("rank"))))
    _foot(canvas, ground, [("dot", BRAND, "its map points"), ("dot", POINT, "others")])
    alt = (
        f"Map of {text(place.get('name'))}, north up: {count(len(members))} map points of the place within a circle of "
        f"{count(radius_m)} metres, others around it in grey. {count(place.get('count'))} rows."
    )
    frame = (
        f'<rect x="0.5" y="0.5" width="{px(_INSET_PX - 1)}" height="{px(_INSET_PX - 1)}" fill="none" stroke="{EDGE}"/>'
    )
    return svg_of(canvas, alt, under=_clipped("".join(shapes), ground), over=frame + _north(_INSET_PX))


def surface_map(told: Data, drawn: Drawn) -> str | None:
    """The density of rows in five steps, a square a cell, over the ground that has any. A picture, not a ranking."""
    cells = drawn.cells
    if cells is None or not len(cells.level):
        return None
    places = [(each["easting_m"], each["northing_m"]) for each in items(told, "places") if _located(each)]
    corners = zip(cells.easting_m.tolist(), cells.northing_m.tolist(), strict=True)
    ground, canvas = _paper(_around([*corners, *places], margin_m=2 * cells.size_m))
    side = px(cells.size_m * ground.px_a_m + 0.4)
    paths: dict[int, list[str]] = {}
    for easting, northing, level in zip(cells.easting_m, cells.northing_m, cells.level, strict=True):
        x, y = ground.spot(float(easting), float(northing) + cells.size_m)
        paths.setdefault(min(5, max(1, int(level))), []).append(f"M{px(x)},{px(y)}h{side}v{side}h-{side}z")
    squares = "".join(
        f'<path d="{"".join(found)}" fill="{LEVELS[level - 1]}"/>' for level, found in sorted(paths.items())
    )
    rings = "".join(
        f'<circle cx="{px(x)}" cy="{px(y)}" r="4.5" fill="{PAPER}" stroke="{INK}" stroke-width="1.4"/>'
        for x, y in (ground.spot(*each) for each in places)
    )
    key = [("box", colour, words) for colour, words in zip(LEVELS, ("low", "", "", "", "high"), strict=True)]
    _foot(canvas, ground, [*key, ("ring", INK, "place")])
    alt = "Map of the density of rows in five steps, north up, with the places as rings."
    return svg_of(canvas, alt, under=f"{squares}{_layers(drawn, ground)}{rings}", over=_north(canvas.width_px))


Extent = tuple[float, float, float, float]  # west, south, east, north in metres


def _extent_of(xy_m: Any, told: Data) -> Extent | None:
    """The ground of all points and places. What lies off the force's own ground is not among the points."""
    spots = [(float(x), float(y)) for x, y in xy_m] + [
        (float(each["easting_m"]), float(each["northing_m"])) for each in items(told, "places") if _located(each)
    ]
    if not spots:
        return None
    return _around(spots, margin_m=0.0)


def _close_extent(told: Data, whole: Extent) -> Extent | None:
    """The ground where most places lie together: at most a fifth of the whole both ways; None where fewer than three do.

    None too where the circles are well seen on the whole map already, so that a closer one would show large circles only.
    """
    reach = part(told, "question").get("radius_m")
    if reach is not None and reach * _paper(whole)[0].px_a_m >= _WELL_SEEN_PX:
        return None
    spots = [(float(each["easting_m"]), float(each["northing_m"])) for each in items(told, "places") if _located(each)]
    reach_m = _CLOSE_SHARE / 2 * max(whole[2] - whole[0], whole[3] - whole[1])
    together = [
        [(x, y) for x, y in spots if abs(x - middle_x) <= reach_m and abs(y - middle_y) <= reach_m]
        for middle_x, middle_y in spots
    ]
    most = max(together, key=len, default=[])  # the first of several: the one of the higher rank
    return _around(most, margin_m=_CLOSE_MARGIN_M) if len(most) >= _CLOSE_FEWEST else None


def _around(spots: Sequence[Spot], *, margin_m: float) -> Extent:
    eastings, northings = [each[0] for each in spots], [each[1] for each in spots]
    slack = max(margin_m, 0.02 * max(max(eastings) - min(eastings), max(northings) - min(northings)), 150.0)
    return min(eastings) - slack, min(northings) - slack, max(eastings) + slack, max(northings) + slack


def _paper(extent: Extent, width: float = WIDTH_PX) -> tuple[Ground, Canvas]:
    """The whole width of a page, as high as the ground asks for within bounds; the ground stands in its middle."""
    west, south, east, north = extent
    scale = min((width - 2 * _MARGIN_PX) / (east - west), _HIGHEST * width / (north - south))
    height = max(_LOWEST * width, (north - south) * scale + 2 * _MARGIN_PX)
    west_m = (west + east) / 2 - width / 2 / scale
    north_m = (south + north) / 2 + height / 2 / scale
    ground = Ground(west_m=west_m, north_m=north_m, px_a_m=scale, width_px=width, height_px=height)
    return ground, Canvas(height_px=height + _FOOT_PX, width_px=width)


def _points(xy_m: Any, ground: Ground) -> str:
    """Every map point as a speck, those in the same pixel once, as one path of steps from one to the next."""
    seen = sorted({(int(y), int(x)) for x, y in _inside(xy_m, ground)})
    size = 3 if len(seen) < _FEW_POINTS else 2
    steps, at_x, at_y = [], 0, 0
    for y, x in seen:
        steps.append(f"m{x - at_x},{y - at_y}h{size}")
        at_x, at_y = x + size, y
    return (
        f'<path d="{"".join(["M0,0", *steps])}" stroke="{POINT}" stroke-width="{size}" fill="none"/>' if steps else ""
    )


def _inside(xy_m: Any, ground: Ground) -> Iterable[Spot]:
    """Where the points lie on paper, those outside left out: all at once, since every inset looks at every point."""
    import numpy as np

    xy = np.asarray(xy_m, dtype=np.float64).reshape(-1, 2)
    x = ground.left_px + (xy[:, 0] - ground.west_m) * ground.px_a_m
    y = ground.top_px + (ground.north_m - xy[:, 1]) * ground.px_a_m
    right, down = x - ground.left_px, y - ground.top_px
    held = (right >= 0) & (right <= ground.width_px) & (down >= 0) & (down <= ground.height_px)
    return list(zip(x[held].tolist(), y[held].tolist(), strict=True))


def _among(spot: Spot, members: Sequence[tuple[Spot, Any]]) -> bool:
    return any(abs(spot[0] - x) < 0.5 and abs(spot[1] - y) < 0.5 for (x, y), _ in members)


def _institutions(told: Data, ground: Ground) -> str:
    """A cross where an institution lies: seen, and not taken for a place."""
    found = []
    for each in items(told, "institutions"):
        if not _located(each):
            continue
        x, y = ground.spot(each["easting_m"], each["northing_m"])
        if ground.holds((x, y)):
            found.append(f"M{px(x - 5)},{px(y - 5)}l10,10M{px(x + 5)},{px(y - 5)}l-10,10")
    return f'<path d="{"".join(found)}" stroke="{AMBER}" stroke-width="2.4" fill="none"/>' if found else ""


def _layers(drawn: Drawn, ground: Ground) -> str:
    """The user's own layers over the points: areas and lines as they run, points as squares."""
    made = []
    for at, layer in enumerate(drawn.layers):
        colour = _LAYER_COLOURS[at % len(_LAYER_COLOURS)]
        if layer.kind == "points":
            spots = [spot for shape in layer.shapes for spot in _inside(shape, ground)]
            squares = "".join(f"M{px(x - 3.5)},{px(y - 3.5)}h7v7h-7z" for x, y in spots)
            made.append(f'<path d="{squares}" fill="{colour}" stroke="{PAPER}"/>' if squares else "")
            continue
        drawn_lines = "".join(_path(shape, ground, closed=layer.kind == "areas") for shape in layer.shapes)
        fill = f'fill="{colour}" fill-opacity="0.08" fill-rule="evenodd"' if layer.kind == "areas" else 'fill="none"'
        made.append(f'<path d="{drawn_lines}" {fill} stroke="{colour}" stroke-width="1.6"/>' if drawn_lines else "")
    shapes = "".join(made)
    return _clipped(shapes, ground) if shapes else ""


def _path(shape: Any, ground: Ground, *, closed: bool) -> str:
    """A line of the ground on paper; what moves less than half a pixel is left out, so that a coast stays a small picture."""
    kept: list[Spot] = []
    for x, y in shape:
        spot = ground.spot(float(x), float(y))
        if not kept or abs(spot[0] - kept[-1][0]) + abs(spot[1] - kept[-1][1]) >= _STEP_PX:
            kept.append(spot)
    if len(kept) < 2:
        return ""
    return "M" + "L".join(f"{px(x)},{px(y)}" for x, y in kept) + ("Z" if closed else "")


def _clipped(shapes: str, ground: Ground) -> str:
    """What runs past the ground is cut by a picture of its own, which needs no name that two pictures could share."""
    return f'<svg x="0" y="0" width="{px(ground.width_px)}" height="{px(ground.height_px)}">{shapes}</svg>'


def _reach_px(place: Data, ground: Ground) -> float:
    return max(3.0, (place.get("radius_m") or 0) * ground.px_a_m)


def _label(place: Data, spot: Spot, reach_px: float) -> Label:
    rank = count(place.get("rank"))
    words = f"{rank} {fitted(text(place.get('name')).split(',')[0], 170, size_px=_LABEL_PX)}"
    return Label(
        mark=spot, words=words, width_px=width_px(words, size_px=_LABEL_PX) + 10,
        short=rank, short_width_px=width_px(rank, size_px=_LABEL_PX) + 10, mark_px=reach_px,
    )  # fmt: skip


def _pill(box: Box, words: str) -> str:
    shape = (
        f'<rect x="{px(box.left)}" y="{px(box.top)}" width="{px(box.right - box.left)}" height="{px(box.bottom - box.top)}"'
        f' rx="4" fill="{PAPER}" stroke="{BRAND}"/>'
    )
    return shape + lettered(box.middle, words, size_px=_LABEL_PX, fill=INK, align="middle")


def _key_of(told: Data, drawn: Drawn) -> list[tuple[str, str, str]]:
    key = [("dot", POINT, "map points"), ("ring", BRAND, "places by rank")]
    if any(_located(each) for each in items(told, "institutions")):
        key.append(("cross", AMBER, "institution, not ranked"))
    for at, layer in enumerate(drawn.layers):
        key.append(("line", _LAYER_COLOURS[at % len(_LAYER_COLOURS)], fitted(layer.name, 110)))
    return key


def _foot(canvas: Canvas, ground: Ground, key: Sequence[tuple[str, str, str]]) -> None:
    """The scale bar at the left and what the marks mean beside it."""
    y = ground.height_px + 20
    length_m = scale_bar_m(ground.width_px * 0.22 / ground.px_a_m)
    wide = length_m * ground.px_a_m
    canvas.line([(8, y - 5), (8, y), (8 + wide, y), (8 + wide, y - 5)], colour=INK)
    words = f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"
    canvas.words((8 + wide / 2, y + 13), words, align="center", size_px=_LABEL_PX)
    begins = x = 8 + wide + 30
    for mark, colour, label in key:
        room = 21 + (width_px(label, size_px=_LABEL_PX) + 12 if label else 0)
        if x > begins and x + room > ground.width_px:
            x, y = begins, y + 20
        if mark == "box":
            canvas.band([(x, y + 4), (x + 16, y + 4)], [(x, y - 10), (x + 16, y - 10)], fill=colour, edge=EDGE)
        elif mark == "cross":
            canvas.line([(x + 3, y - 8), (x + 13, y + 2)], colour=colour, width=2.4)
            canvas.line([(x + 13, y - 8), (x + 3, y + 2)], colour=colour, width=2.4)
        elif mark == "line":
            canvas.line([(x, y - 3), (x + 16, y - 3)], colour=colour)
        else:
            canvas.symbol((x + 8, y - 3), shape="circle", colour=colour, hollow=mark == "ring", size=90)
        if label:
            canvas.words((x + 21, y - 3), label, colour=GREY, size_px=_LABEL_PX)
        x += room
    canvas.height_px = max(canvas.height_px, y + 16)


def scale_bar_m(most_m: float) -> float:
    """The longest of 1, 2 and 5 times a power of ten that is not above `most_m`."""
    power = 10.0 ** floor(log10(max(most_m, 1.0)))
    return max((each * power for each in (1, 2, 5) if each * power <= most_m), default=power)


def _north(width: float) -> str:
    x = width - 20
    arrow = f'<path d="M{px(x)},8l7,20l-7,-5l-7,5z" fill="{INK}"/>'
    return arrow + lettered((x, 38), "N", size_px=_LABEL_PX, fill=INK, align="middle", bold=True)


def _located(each: Data) -> bool:
    return each.get("easting_m") is not None and each.get("northing_m") is not None
