"""Where the labels of a map go, so that none lies on another: around their marks, nearest first, a line leading to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from lamplighter.reports.charts.canvas import Spot

_REACHES_PX = (6, 14, 24, 36, 50, 66, 84, 104, 128, 156, 190, 230, 280)
_NEAR_PX = 84  # long words that would stand farther away than this give way to the number alone, which stands nearer
_DIRECTIONS = 16
_GAP_PX = 3.0


@dataclass(frozen=True, kw_only=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Spot:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def touches(self, other: Box, *, gap: float = _GAP_PX) -> bool:
        return not (
            self.right + gap <= other.left or other.right + gap <= self.left
            or self.bottom + gap <= other.top or other.bottom + gap <= self.top
        )  # fmt: skip

    def holds(self, spot: Spot, *, gap: float = 2.0) -> bool:
        return self.left - gap < spot[0] < self.right + gap and self.top - gap < spot[1] < self.bottom + gap

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def nearest(self, spot: Spot) -> Spot:
        """The point of the box that is nearest to the spot."""
        return min(max(spot[0], self.left), self.right), min(max(spot[1], self.top), self.bottom)


@dataclass(frozen=True, kw_only=True)
class Label:
    """A label that wants to stand near its mark.

    short: what is written where the long words find no room. mark_px: how far the mark itself reaches.
    """

    mark: Spot
    words: str
    width_px: float
    short: str
    short_width_px: float
    mark_px: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Placed:
    label: Label
    words: str
    box: Box


def placed_labels(
    labels: Sequence[Label], *, room: Box, taken: Sequence[Box] = (), height_px: float = 18.0
) -> list[Placed]:
    """A box for each label, in the order given: the first has the first choice.

    room: where labels may stand. taken: where they may not. No box lies on another or on a mark, and as long as there is room no
    line runs under a box. One that finds no room, long or short, is put on its mark: nothing is ever left without its number.
    """
    marks = [each.mark for each in labels]
    found: list[Placed] = []
    for label in labels:
        others = [each for each in marks if each != label.mark]
        blocked = [*taken, *(each.box for each in found)]
        for strict, words, width, reaches in (
            (True, label.words, label.width_px, [each for each in _REACHES_PX if each <= _NEAR_PX]),
            (True, label.short, label.short_width_px, _REACHES_PX),
            (False, label.short, label.short_width_px, _REACHES_PX),
        ):
            box = _free(
                label.mark,
                width,
                height_px,
                room,
                blocked,
                others,
                found if strict else None,
                [label.mark_px + each for each in reaches],
            )
            if box is not None:
                found.append(Placed(label=label, words=words, box=box))
                break
        else:
            x, y = label.mark
            half = label.short_width_px / 2
            box = Box(left=x - half, top=y - height_px / 2, right=x + half, bottom=y + height_px / 2)
            found.append(Placed(label=label, words=label.short, box=box))
    return found


def _free(
    mark: Spot, width: float, height: float, room: Box, taken: Sequence[Box], marks: Sequence[Spot],
    found: Sequence[Placed] | None, reaches: Sequence[float],
) -> Box | None:  # fmt: skip
    """The nearest box for it; found: the labels whose lines it must not lie on, nor its line under them; None: it may."""
    for reach in reaches:
        for turn in range(_DIRECTIONS):
            angle = 2 * pi * turn / _DIRECTIONS
            x = mark[0] + cos(angle) * (reach + width / 2)
            y = mark[1] + sin(angle) * (reach + height / 2)
            box = Box(left=x - width / 2, top=y - height / 2, right=x + width / 2, bottom=y + height / 2)
            if (
                not box.within(room)
                or any(box.touches(each) for each in taken)
                or any(box.holds(each) for each in marks)
            ):
                continue
            if found is None:
                return box
            end = box.nearest(mark)
            if any(_crosses(mark, end, each.box) for each in found):
                continue
            if any(_crosses(each.label.mark, each.box.nearest(each.label.mark), box) for each in found):
                continue
            return box
    return None


def _crosses(start: Spot, end: Spot, box: Box) -> bool:
    """Does the line from start to end run through the box? Looked at every three pixels, which no label is thinner than."""
    steps = max(1, int(hypot(end[0] - start[0], end[1] - start[1]) // 3))
    return any(
        box.holds((start[0] + (end[0] - start[0]) * at / steps, start[1] + (end[1] - start[1]) * at / steps), gap=0.5)
        for at in range(steps + 1)
    )
