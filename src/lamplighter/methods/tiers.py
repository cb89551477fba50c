"""How sure is it that a place is among the first? Tiers in the place of ranks that next month would change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.series import Numbers, series_of

FIRST = 20
ALMOST_CERTAINLY = 0.95
POSSIBLY = 0.20
SLICES = 8  # to a standard deviation: eight times as many move no probability by 0.001
SURE = 1e-9  # a place that beats another with less or more than this needs no further thought


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one place stands among those held fixed.

    rank: by its value (1 is the greatest; of equal ones the first given). probability: that it is among the first.
    low_rank, high_rank: 95% of the probability lies on these ranks. tier: "almost certainly among the first 20",
    "possibly among the first 20", or None.
    """

    rank: int
    value: float
    probability: float
    low_rank: int
    high_rank: int
    tier: str | None


@dataclass(frozen=True, kw_only=True)
class Tiers:
    """All standings, in the order given, with the rule in words."""

    first: int
    rule: str
    standings: tuple[Standing, ...]


def tiers_of(values: ArrayLike, dispersion: ArrayLike, *, first: int = FIRST) -> Tiers:
    """Which of these places are surely among the first, when chance and over-dispersion are allowed for?

    values: what each place held over the period, counts or harm, shape (n,), all of them from the same months.
    dispersion: variance over mean of the months, one for all or one a place (`dispersion.of_places`).
    first: among how many. The model: a place's true value is spread about what was counted like a gamma distribution
    with variance = dispersion × value, independently of the others (gamma-Poisson, with no prior knowledge beyond
    half a count). Worked out exactly, without a draw, so that the same places always get the same tier.
    The places are held fixed: the answer is about these circles, not about where circles should have been drawn. More
    places than `first` must be given, else all are among them. Selection flatters the first: they were chosen because
    these months were high, so a little of each lead is luck that won't come again. `place_false_calls` measures it.
    Misleads when a place changed in the period (a lead that is over still counts), and between places whose months
    move together.
    Raises InputError for values or dispersions that are unknown, negative or (dispersion) 0, and `first` below 1.
    """
    counts = series_of(values, name="Values of places", at_least=0)
    spread = np.broadcast_to(np.array(dispersion, dtype=np.float64), counts.shape)
    if np.isnan(counts).any() or not (np.isfinite(spread) & (spread > 0)).all():
        raise InputError("A place has no value, or no dispersion above 0. Leave it out.")
    if first < 1:
        raise InputError(f"The first {first} is no question. Ask for the first 1 or more.")
    chances = rank_probabilities(counts, spread)
    ranks = np.empty(len(counts), dtype=np.int64)
    ranks[np.argsort(-counts, kind="stable")] = np.arange(1, len(counts) + 1)
    until = np.cumsum(chances, axis=1)
    among = until[:, min(first, len(counts)) - 1] if len(counts) else np.zeros(0)
    low, high = (1 + np.argmax(until >= level - 1e-12, axis=1) if len(counts) else [] for level in (0.025, 0.975))
    return Tiers(
        first=first,
        rule=(
            f"Almost certainly among the first {first}: probability at least {ALMOST_CERTAINLY:g}; possibly: at least "
            f"{POSSIBLY:g}. Among the {len(counts)} places chosen, held fixed."
        ),
        standings=tuple(
            Standing(
                rank=int(ranks[i]),
                value=float(counts[i]),
                probability=float(min(1.0, among[i])),
                low_rank=int(low[i]),
                high_rank=int(high[i]),
                tier=tier(float(among[i]), first=first),
            )
            for i in range(len(counts))
        ),
    )


def tier(probability: float, *, first: int = FIRST) -> str | None:
    """The words for a probability of being among the first."""
    # A rounding of the sixteenth digit must not decide between two words.
    if probability >= ALMOST_CERTAINLY - 1e-9:
        return f"almost certainly among the first {first}"
    if probability >= POSSIBLY - 1e-9:
        return f"possibly among the first {first}"
    return None


def rank_probabilities(counts: Numbers, spread: Numbers) -> Numbers:
    """The probability of each rank for each place, shape (n, n): row i, column r − 1.

    The values are cut into slices. In each slice where a place may lie, every other lies above it with a known
    probability, and how many do so is a sum of independent yes or no (Poisson-binomial).
    """
    n = len(counts)
    found = np.zeros((n, n))
    if not n:
        return found
    above_edges = _above(counts, spread)
    masses = above_edges[:, :-1] - above_edges[:, 1:]
    above = (above_edges[:, :-1] + above_edges[:, 1:]) / 2
    for i in range(n):
        here = masses[i] > SURE
        p = np.delete(above[:, here], i, axis=0)
        always = int((p.min(axis=1) > 1 - SURE).sum())
        unsure = p[(p.min(axis=1) <= 1 - SURE) & (p.max(axis=1) >= SURE)]
        number = np.zeros((len(unsure) + 1, p.shape[1]))
        number[0] = 1.0
        for done, yes in enumerate(unsure):
            number[1 : done + 2] = number[1 : done + 2] * (1 - yes) + number[: done + 1] * yes
            number[0] *= 1 - yes
        mass = masses[i][here]
        found[i, always : always + len(number)] = number @ (mass / mass.sum())
    return found


def _above(counts: Numbers, spread: Numbers) -> Numbers:
    """The probability that each place's true value is above each edge of the slices, shape (n, edges)."""
    from scipy.special import gammaincc

    # The root of a gamma with variance proportional to its mean has nearly the same spread wherever it lies.
    furthest = float((np.sqrt(counts + spread) + 5 * np.sqrt(spread)).max())
    step = float(np.sqrt(spread.min())) / 2 / SLICES
    edges = np.linspace(0.0, furthest, int(np.ceil(furthest / step)) + 1) ** 2
    return np.asarray(gammaincc(((counts + 0.5) / spread)[:, None], edges / spread[:, None]))
