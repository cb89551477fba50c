"""How few places hold how much of the crime, and do they stay the same places?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.series import Numbers, series_of

SHARES = (0.25, 0.50, 0.80)
NEARLY = 1e-9  # a share that is reached but for rounding is reached


@dataclass(frozen=True, kw_only=True)
class Holding:
    """The fewest places that hold at least this share of all crime.

    of_places, of_used: they as a share of all places at risk, and of those that had any crime.
    """

    share: float
    places: int
    of_places: float
    of_used: float


@dataclass(frozen=True, kw_only=True)
class Stay:
    """How many of the first `first` places of one period are among the first of the next.

    tied: whether a place just outside held as much as the last one inside, in either period: then the number depends
    on the order in which equal places were given.
    """

    first: int
    stayed: int
    tied: bool


def holdings(counts: ArrayLike, *, places: int, shares: Sequence[float] = SHARES) -> tuple[Holding, ...]:
    """What share of places holds 25, 50 and 80% of the crime?

    counts: crimes (or harm) at each place that had any, places without may be in it; places: all places at risk, those
    without a crime included. Returns nothing when there was no crime.
    Misleads without its denominator: of ever so many points on a map few can hold anything when crimes are fewer than
    points; `of_used` has only places with a crime under the line, and reads quite differently. See `gini_generalised`.
    Raises InputError for counts that are unknown or below 0, fewer places than counts, and shares outside 0 to 1.
    """
    numbers = _counts(counts, places)
    used = int((numbers > 0).sum())
    total = float(numbers.sum())
    if not total:
        return ()
    held = np.cumsum(np.sort(numbers)[::-1])
    found = []
    for share in shares:
        if not 0 < share <= 1:
            raise InputError(f"{share:g} is no share of the crime. Use 0.25 for 25%.")
        few = int(np.searchsorted(held, share * total * (1 - NEARLY))) + 1
        found.append(Holding(share=share, places=few, of_places=few / places, of_used=few / used))
    return tuple(found)


def lorenz(counts: ArrayLike, *, places: int) -> Numbers:
    """The Lorenz curve: what share of the crime do the lightest places hold, from none to all?

    Shape (m, 2): share of places, share of crime, from (0, 0) to (1, 1); places without a crime are one straight piece.
    Raises InputError as `holdings`, and when there was no crime.
    """
    numbers = _counts(counts, places)
    lightest_first = np.sort(numbers[numbers > 0])
    if not lightest_first.size:
        raise InputError("There was no crime at any place, so there is no curve of how it is spread.")
    empty = places - lightest_first.size
    of_places = np.concatenate([[0.0], (empty + np.arange(lightest_first.size + 1)) / places])
    of_crime = np.concatenate([[0.0, 0.0], np.cumsum(lightest_first) / lightest_first.sum()])
    of_crime[-1] = 1.0
    start = 0 if empty else 1
    return np.stack([of_places, of_crime], axis=1)[start:]


def gini(counts: ArrayLike, *, places: int) -> float:
    """How unevenly are crimes spread over places? 0 when every place has as many, near 1 when one has them all.

    counts and places as in `holdings`. Nearly 1 by arithmetic alone when crimes are fewer than places: then
    `gini_generalised` is the one to print. Raises InputError as `holdings`, and when there was no crime.
    """
    numbers = _counts(counts, places)
    total = float(numbers.sum())
    if not total:
        raise InputError("There was no crime at any place, so nothing is spread evenly or unevenly.")
    lightest_first = np.sort(numbers)
    ranks = np.arange(places - len(numbers) + 1, places + 1)
    return float(2 * (ranks @ lightest_first) / (places * total) - (places + 1) / places)


def gini_generalised(counts: ArrayLike, *, places: int) -> float:
    """How unevenly, compared with as even as so many crimes can be over so many places?

    G' = max(1, places ÷ crimes) × (G − 1) + 1: 0 when no place that had a crime could have had fewer, 1 when one place
    has them all and places are many. The same as `gini` when crimes are as many as places or more. counts: whole
    numbers, not harm. Misleads when places differ much in size, or were not all at risk for the whole period, and when
    `places` holds points that can never have a crime. Raises InputError as `gini`, and for counts that aren't whole.
    Source: Bernasco & Steenbeek 2017, Journal of Quantitative Criminology 33.
    """
    numbers = _counts(counts, places)
    if (numbers != np.floor(numbers)).any():
        raise InputError("G' compares crimes with places, so it needs whole counts. Give crimes, not harm.")
    return float(max(1.0, places / max(1.0, numbers.sum())) * (gini(numbers, places=places) - 1) + 1)


def small_sample_gini(value: float, *, units: int) -> float:
    """A Gini value when so few units are there that 1 can't be reached: value × units ÷ (units − 1).

    units: the places for `gini`; for `gini_generalised` the smaller of places and crimes. Raises InputError below 2.
    """
    if units < 2:
        raise InputError(f"With {units} places or crimes nothing can be uneven. Give 2 or more.")
    return value * units / (units - 1)


def stay(before: ArrayLike, after: ArrayLike, *, first: int) -> Stay:
    """How many of the first `first` places of one period are among the first of the next?

    before, after: what the same places held in each, shape (n,), in one fixed order; of equal ones the first given is
    the first. A place without a crime is never among them. Chance alone moves places in and out: 16 to 18 of 20 and 61 to
    67 of 100 cells stayed in one force, year to year. Raises InputError when the two are not the same places.
    """
    first_of, second_of = (series_of(each, name="Counts of places", at_least=0) for each in (before, after))
    if first_of.shape != second_of.shape or np.isnan(first_of).any() or np.isnan(second_of).any():
        raise InputError(
            f"{first_of.size} places before and {second_of.size} after, or one unknown. Give the same places, all known."
        )
    if first < 1:
        raise InputError(f"The first {first} is no question. Ask for the first 1 or more.")
    chosen = [np.argsort(-each, kind="stable")[:first] for each in (first_of, second_of)]
    sets = [
        {int(at) for at in order if each[at] > 0} for each, order in zip((first_of, second_of), chosen, strict=True)
    ]
    return Stay(
        first=first, stayed=len(sets[0] & sets[1]), tied=any(_tied(each, first) for each in (first_of, second_of))
    )


def _tied(counts: Numbers, first: int) -> bool:
    if first >= len(counts):
        return False
    falling = np.sort(counts)[::-1]
    return bool(falling[first - 1] > 0 and falling[first - 1] == falling[first])


def _counts(counts: ArrayLike, places: int) -> Numbers:
    numbers = series_of(counts, name="Counts of places", at_least=0)
    if np.isnan(numbers).any():
        raise InputError("The count of a place is unknown. Leave it out of the counts and of the places.")
    if places < len(numbers) or places < 1:
        raise InputError(f"{len(numbers)} counts for {places} places. Count every place at risk, 1 or more.")
    return numbers
