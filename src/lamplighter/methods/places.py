"""Places that a patrol can walk, grown from map points so that they hold as much crime or harm as possible."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.map_points import Indices, MapPoints, map_points
from lamplighter.methods.series import Numbers

RADIUS_M = 141.0  # a circle of the area of a square of 250 m


@dataclass(frozen=True, kw_only=True)
class Place:
    """Map points that one place holds and no other does.

    centre: the map point in its middle, and members: its points, both as positions in what the caller gave; members
    heaviest first, then from the west. The centre may itself belong to a place chosen before. weight: what the members
    weigh together. reach_m: how far the furthest member lies from the centre.
    """

    centre: int
    members: tuple[int, ...]
    weight: float
    reach_m: float


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The chosen places, heaviest first, and what all points weigh together."""

    radius_m: float
    places: tuple[Place, ...]
    total_weight: float

    @property
    def weight(self) -> float:
        """What the chosen places hold together."""
        return sum(each.weight for each in self.places)

    def member_sums(self, values: ArrayLike) -> Numbers:
        """What each place holds of `values`, shape (points, ...): the answer has shape (places, ...)."""
        numbers = np.asarray(values, dtype=np.float64)
        sums = [numbers[list(each.members)].sum(axis=0) for each in self.places]
        return np.array(sums) if sums else np.zeros((0, *numbers.shape[1:]))


def grow_places(xy_m: ArrayLike, weights: ArrayLike, *, radius_m: float = RADIUS_M, places: int | None = 20) -> Cover:
    """Which circles around map points hold most, when no point may count twice?

    xy_m: map points in metres, shape (n, 2), each once. weights: what lies at each, crimes or harm, shape (n,), 0 or
    more. radius_m: how far from the centre a place may reach. places: how many at most, or None for as many as it
    takes until no weight is left. Fewer come back when nothing is left to hold.
    Greedy: always the circle that adds most, its points then taken. That is within 37% of the best in the worst case;
    how near it came here is what `cover_bound` says (on real map points, the same). Circles may overlap on paper; the
    points of one place belong to no other. Ties go to the circle whose points lie nearest to its centre, then to the
    west and the south, so the order of the rows changes nothing.
    Misleads when points are snapped: a point stands for the streets around it, and may hold what happened outside the
    circle. The heaviest places of a period are flattered by having been chosen on it: judge them on another. The
    greedy order is that of weight, but a later place may lean on an earlier one and be heavy only with it.
    Raises InputError as `map_points`, and for weights that are unknown, infinite or below 0, or places below 1.
    Source: Church & ReVelle 1974 (maximal covering); Nemhauser, Wolsey & Fisher 1978; Minoux 1978 (lazy evaluation).
    """
    if places is not None and places < 1:
        raise InputError(f"{places} places can't be chosen. Ask for 1 or more.")
    points = map_points(xy_m, radius_m=radius_m)
    heavy = weights_of(weights, points)
    chosen = _greedy(points, heavy, len(heavy) if places is None else places)
    return Cover(
        radius_m=radius_m,
        places=tuple(_place(points, heavy, centre, members) for centre, members in chosen),
        total_weight=float(heavy.sum()),
    )


def weights_of(weights: ArrayLike, points: MapPoints) -> Numbers:
    """The weights in the order of the map, shape (n,). Raises InputError where one is unknown, infinite or below 0."""
    numbers = np.array(weights, dtype=np.float64)
    if numbers.shape != points.order.shape:
        raise InputError(f"{numbers.size} weights for {points.order.size} points. Give one weight a point.")
    wrong = ~(np.isfinite(numbers) & (numbers >= 0))
    if wrong.any():
        which = int(np.flatnonzero(wrong)[0])
        raise InputError(f"Point {which} weighs {numbers[which]}. Give a number, 0 or more; leave unknown points out.")
    return np.asarray(numbers[points.order])


def _greedy(points: MapPoints, weights: Numbers, most: int) -> list[tuple[int, Indices]]:
    """(centre, points taken) in the order chosen, as positions in the order of the map.

    Lazy: what a circle adds can only shrink, so the first in the heap whose gain is still what it was is the best of
    all. Where the gain is what it was, no point with a weight was lost, so the distance is what it was too.
    """
    exact = _whole(weights)
    free = np.ones(len(weights), dtype=np.bool_)
    gains = points.sums_around(exact)
    centres = np.repeat(np.arange(len(weights)), np.diff(points.starts))
    apart = ((points.xy_m[points.near] - points.xy_m[centres]) ** 2).sum(axis=1) * exact[points.near]
    far = np.add.reduceat(apart, points.starts[:-1]) if len(weights) else np.zeros(0)
    heap = [
        (-gain, _mean_square(float(far[centre]), gain), centre)
        for centre, gain in enumerate(gains.tolist())
        if gain > 0
    ]
    heapify(heap)
    chosen: list[tuple[int, Indices]] = []
    while heap and len(chosen) < most:
        known, _, centre = heappop(heap)
        taken = points.around(centre)
        taken = taken[free[taken]]
        gain = float(exact[taken].sum())
        if gain == -known:
            chosen.append((centre, taken))
            free[taken] = False
        elif gain > 0:
            heappush(heap, (-gain, _mean_square(float(exact[taken] @ _squares(points, centre, taken)), gain), centre))
    return chosen


def _whole(weights: Numbers) -> Numbers:
    """The weights in whole steps so fine that all of them together are just below 2^52, so that no order of adding matters."""
    total = float(weights.sum())
    if total <= 0:
        return np.zeros_like(weights)
    return np.asarray(np.rint(np.ldexp(weights, 51 - int(np.frexp(total)[1]))))


def _mean_square(sum_of_squares: float, gain: float) -> float:
    """In square metres to six places: nearer than that is as near."""
    return round(sum_of_squares / gain, 6)


def _squares(points: MapPoints, centre: int, members: Indices) -> Numbers:
    return np.asarray(((points.xy_m[members] - points.xy_m[centre]) ** 2).sum(axis=1))


def _place(points: MapPoints, weights: Numbers, centre: int, members: Indices) -> Place:
    heaviest_first = members[np.lexsort((members, -weights[members]))]
    return Place(
        centre=int(points.order[centre]),
        members=tuple(int(each) for each in points.order[heaviest_first]),
        weight=float(weights[members].sum()),
        reach_m=float(np.sqrt(_squares(points, centre, members).max())),
    )
