"""How much more do a place's months vary than chance alone would make them? Measured, because no textbook number holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.series import Numbers

OWN_SHARE = 0.5  # a dozen months measure one place's dispersion badly: half its own, half that of all places


@dataclass(frozen=True, kw_only=True)
class Dispersion:
    """Variance over mean of monthly values: 1 is pure chance for counts, 2 makes every interval 1.4 times as wide.

    overall: the mean over all places. of_places: half each place's own and half `overall`, never below what chance
    gives, shape (places,). how: "all variation" or "from month to month".
    """

    how: str
    overall: float
    of_places: Numbers
    months: int


def dispersion(
    values: ArrayLike, *, level: ArrayLike | None = None, lasting_changes: bool = True, chance: float = 1.0
) -> Dispersion:
    """By how much do the months of these places vary, compared with Poisson counts?

    values: counts (or harm), shape (places, months), only months that are known, in time order. level: what the whole
    area had each month, shape (months,); what all places share (a season, a lockdown, the days of a month) is taken
    out by it. Without it every month counts as alike. lasting_changes: True counts everything that moved, slow changes
    of a place among it; False looks only at steps from one month to the next, so that a lasting rise is not taken for
    noise. chance: what chance alone gives: 1 for counts, the harm of an average crime (weighted by harm) for harm.
    On two forces' violence: 2.0 with lasting changes and 1.5 without, for the first hundred places of 44 months.
    Misleads when few months are known, or when most places have hardly a crime a month.
    Raises InputError for fewer than 3 months, unknown or negative values, or another number of months in `level`.
    Source: McCullagh & Nelder 1989, §4.5 (Pearson's X² over its degrees of freedom); von Neumann 1941 for the steps.
    """
    counts = months_of(values)
    common = level_of(level, counts.shape[1])
    expected = counts.sum(axis=1, keepdims=True) * common / common.sum()
    z = np.divide(counts - expected, np.sqrt(expected), out=np.zeros_like(counts), where=expected > 0)
    if lasting_changes:
        own = (z**2).sum(axis=1) / (counts.shape[1] - 1)
    else:
        own = (np.diff(z, axis=1) ** 2).sum(axis=1) / (2 * (counts.shape[1] - 1))
    # Nothing can be seen at a place without a crime: it says neither more nor less than chance.
    seen = counts.sum(axis=1) > 0
    overall = max(chance, float(own[seen].mean())) if seen.any() else chance
    mixed = np.where(seen, OWN_SHARE * own + (1 - OWN_SHARE) * overall, overall)
    return Dispersion(
        how="all variation" if lasting_changes else "from month to month",
        overall=overall,
        of_places=np.maximum(mixed, chance),
        months=counts.shape[1],
    )


def months_of(values: ArrayLike) -> Numbers:
    """The values as floats, shape (places, months); InputError where one is unknown, infinite or negative."""
    counts = np.array(values, dtype=np.float64)
    if counts.ndim != 2:
        raise InputError(f"Values of shape {counts.shape}: give one row a place and one column a month.")
    if not (np.isfinite(counts) & (counts >= 0)).all():
        raise InputError(
            "A month of a place is unknown or below 0. Give only the months that are present in the source."
        )
    if counts.shape[1] < 3:
        raise InputError(f"{counts.shape[1]} months are too few to see how much they vary. Give 3 or more.")
    return counts


def level_of(level: ArrayLike | None, months: int) -> Numbers:
    """The area's months, shape (months,), all above 0; all alike when None."""
    if level is None:
        return np.ones(months)
    common = np.array(level, dtype=np.float64)
    if common.shape != (months,):
        raise InputError(f"The area has {common.size} months and its places {months}. Give the same months.")
    if not (np.isfinite(common) & (common > 0)).all():
        raise InputError("A month of the area is 0 or unknown: leave it out of the places' months as well.")
    return common
