"""How much could any choice of places hold? A bound that needs no trust in how the places were chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.map_points import Indices, MapPoints, map_points
from lamplighter.methods.places import Cover, weights_of
from lamplighter.methods.series import Numbers

CLOSE = 1e-6  # relative: a bound this near to what the restricted programme says can't be lowered by more circles
ROUNDS = 12


@dataclass(frozen=True, kw_only=True)
class CoverBound:
    """No choice of `places` circles can hold more than `bound`; the chosen ones hold `held`.

    method: "linear programme", or "greedy" when that was not asked for or HiGHS gave no answer. circles: how many
    circles the programme looked at; the bound holds for all of them, whichever these were.
    """

    held: float
    bound: float
    method: str
    places: int
    circles: int

    @property
    def share(self) -> float:
        """What is held as a share of the bound: 1 is proof that nothing better exists. 1 when there is nothing to hold."""
        return self.held / self.bound if self.bound > 0 else 1.0


def cover_bound(
    xy_m: ArrayLike, weights: ArrayLike, cover: Cover, *, places: int | None = None, by_programme: bool = True
) -> CoverBound:
    """How near do these places come to the best that any could hold?

    xy_m, weights: as given to `grow_places`; cover: what it answered. places: how many circles may be chosen (those
    of the cover unless said). The bound is that of the linear programme of maximal covering, where circles may be
    chosen in parts: solved on the heaviest circles, then proved for all of them from its prices (a price for each
    point, at most its weight, bounds every choice), with circles taken in until the two agree. `by_programme=False`
    takes the greedy bound only: what is held and the greatest that as many circles more could add, usually a fifth
    higher, and at once.
    Misleads as praise: near the bound means that the places hold what happened, not what will happen.
    Raises InputError as `grow_places`, and when there are fewer circles than the cover has.
    Source: Church & ReVelle 1974; weak duality.
    """
    points = map_points(xy_m, radius_m=cover.radius_m)
    heavy = weights_of(weights, points)
    most = len(cover.places) if places is None else places
    if most < len(cover.places):
        raise InputError(f"{len(cover.places)} places were chosen where {most} may be. Give at least as many.")
    if not most:
        return CoverBound(held=cover.weight, bound=0.0, method="greedy", places=0, circles=0)
    simple = _greedy_bound(points, heavy, cover, most)
    if by_programme:
        solved = _programme_bound(points, heavy, most)
        if solved is not None and solved[0] <= simple * (1 + CLOSE):
            # What is really held lies below every bound: rounding of the solver must not say otherwise.
            return CoverBound(
                held=cover.weight,
                bound=max(min(solved[0], simple), cover.weight),
                method="linear programme",
                places=most,
                circles=solved[1],
            )
    return CoverBound(held=cover.weight, bound=simple, method="greedy", places=most, circles=len(heavy))


def _greedy_bound(points: MapPoints, weights: Numbers, cover: Cover, most: int) -> float:
    """The smallest, over the places in the order chosen, of what was held and `most` of the greatest gains left."""
    left = weights.copy()
    where = np.empty(len(weights), dtype=np.int64)
    where[points.order] = np.arange(len(weights))
    held, bound = 0.0, float(weights.sum())
    for place in (None, *cover.places):
        if place is not None:
            left[where[list(place.members)]] = 0.0
            held += place.weight
        bound = min(bound, held + _largest(points.sums_around(left), most))
    return bound


def _largest(values: Numbers, most: int) -> float:
    if most >= len(values):
        return float(values.sum())
    return float(np.partition(values, len(values) - most)[len(values) - most :].sum())


def _programme_bound(points: MapPoints, weights: Numbers, most: int) -> tuple[float, int] | None:
    """(bound, circles looked at), or None when HiGHS gave no answer."""
    totals = points.sums_around(weights)
    # Neighbouring circles are much alike, so the heaviest alone would all lie in one town centre: several times as many
    # as may be chosen, and more only where the prices ask for them.
    looked_at = np.sort(np.argsort(-totals, kind="stable")[: min(len(totals), 10 * most + 200)])
    best = float("inf")
    for _ in range(ROUNDS):
        solved = _priced(points, weights, looked_at, most)
        if solved is None:
            return None if best == float("inf") else (best, len(looked_at))
        value, prices = solved
        worth = points.sums_around(prices)
        best = min(best, float((weights - prices).sum()) + _largest(worth, most))
        if best <= value * (1 + CLOSE) or len(looked_at) == len(weights):
            break
        more = np.argsort(-worth, kind="stable")[: 3 * most + 100]
        grown = np.union1d(looked_at, more)
        if len(grown) == len(looked_at):
            break
        looked_at = grown
    return best, len(looked_at)


def _priced(points: MapPoints, weights: Numbers, circles: Indices, most: int) -> tuple[float, Numbers] | None:
    """The programme with these circles only: (its value, a price between 0 and its weight for each point)."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    sizes = points.starts[circles + 1] - points.starts[circles]
    inside = np.concatenate([points.around(int(each)) for each in circles])
    by = np.repeat(np.arange(len(circles)), sizes)
    weighty = weights[inside] > 0
    inside, by = inside[weighty], by[weighty]
    rows, row = np.unique(inside, return_inverse=True)
    if not rows.size:
        return 0.0, weights.copy()
    holds = csr_array((np.ones(len(row)), (row, by)), shape=(len(rows), len(circles)))
    # Variables: each circle's part (0 to 1), then each point's (0 to 1, and no more than its circles' parts together).
    few_circles = hstack([csr_array(np.ones((1, len(circles)))), csr_array((1, len(rows)))])
    only_inside = hstack([-holds, eye_array(len(rows))])
    answer = linprog(
        np.concatenate([np.zeros(len(circles)), -weights[rows]]),
        A_ub=vstack([few_circles, only_inside], format="csr"),
        b_ub=np.concatenate([[most], np.zeros(len(rows))]),
        bounds=(0, 1),
        method="highs",
    )
    if answer.status != 0:
        return None
    prices = weights.copy()  # a point that no circle here holds: whoever holds it may have all of it
    prices[rows] = np.clip(-answer.ineqlin.marginals[1:], 0, weights[rows])
    return float(-answer.fun), prices
