"""Do two counts differ by more than chance? Their difference with its interval, and the exact tests; never a percentage."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, hypot, isclose, sqrt
from typing import Any

from lamplighter.errors import InputError

LEVEL = 0.95
STRIP = 256  # rows of the E-test's grid at a time
SAME = 1e-7  # two splits as likely as each other may differ by a rounding


@dataclass(frozen=True, kw_only=True)
class TwoCounts:
    """The second count less the first, per unit of exposure (the counts' own difference when both exposures are 1).

    low, high: interval of the difference, widened by `dispersion` (1 is Poisson). e_test_p, conditional_p: two-sided
    and of Poisson counts: too small where the dispersion is above 1. root_difference: 2(√first − √second), about a
    standard normal value where nothing changed; None when exposures differ. beyond_chance: the interval leaves out 0.
    """

    first: int
    second: int
    first_exposure: float
    second_exposure: float
    difference: float
    low: float
    high: float
    e_test_p: float
    conditional_p: float
    root_difference: float | None
    dispersion: float
    level: float

    @property
    def beyond_chance(self) -> bool:
        """Does the interval leave out no difference?"""
        return not self.low <= 0 <= self.high


def two_counts(
    first: int,
    second: int,
    *,
    first_exposure: float = 1.0,
    second_exposure: float = 1.0,
    dispersion: float = 1.0,
    level: float = LEVEL,
) -> TwoCounts:
    """Did a count change, from one period or area to another, by more than chance would change it?

    first, second: counts, 0 or more, not both 0. *_exposure: what they fell into (days), above 0. dispersion: variance
    over mean of such counts (`effects.dispersion_of`); below 1 is taken as 1. The interval joins the score limits of each
    count by squares, so that it is sound for small counts and for 0; the p values are Krishnamoorthy and Thomson's
    E-test and the conditional (binomial) test, which is the more cautious of the two. They may disagree with the interval
    near the level: the interval knows of the dispersion, the tests do not.
    Misleads when the two were chosen because they differ (the worst month, the top place: it will fall by itself), when
    recording changed between them, and as a percentage of a small count, which is why none is given.
    Raises InputError for two zeros, a count that is negative or not whole, an exposure or dispersion not above 0.
    Source: Krishnamoorthy & Thomson 2004; Przyborowski & Wilenski 1940; Zou & Donner 2008 for the joined limits.
    """
    from scipy import special

    _check(first, second, first_exposure, second_exposure, dispersion, level)
    allowed = max(dispersion, 1.0)
    spread = allowed * float(special.ndtri((1 + level) / 2)) ** 2
    first_low, first_high = (each / first_exposure for each in _score_limits(first, spread))
    second_low, second_high = (each / second_exposure for each in _score_limits(second, spread))
    before, after = first / first_exposure, second / second_exposure
    share = first_exposure / (first_exposure + second_exposure)
    return TwoCounts(
        first=first,
        second=second,
        first_exposure=first_exposure,
        second_exposure=second_exposure,
        difference=after - before,
        low=after - before - hypot(after - second_low, first_high - before),
        high=after - before + hypot(second_high - after, before - first_low),
        e_test_p=_e_test(first, second, first_exposure, second_exposure),
        conditional_p=_binomial_test(first, first + second, share),
        root_difference=2 * (sqrt(first) - sqrt(second)) if isclose(first_exposure, second_exposure) else None,
        dispersion=allowed,
        level=level,
    )


def _e_test(first: int, second: int, first_exposure: float, second_exposure: float) -> float:
    """The E-test as SciPy's `poisson_means_test` has it, a strip of its grid at a time.

    Whole, the grid of all pairs of counts takes more than a gigabyte for a force's 140,000 rows a year.
    """
    import numpy as np

    pooled = (first + second) / (first_exposure + second_exposure)
    seen = abs(first / first_exposure - second / second_exposure)
    seen /= sqrt(first / first_exposure**2 + second / second_exposure**2)
    (x, p_x), (y, p_y) = (_likely(pooled * exposure) for exposure in (first_exposure, second_exposure))
    total = 0.0
    for begin in range(0, x.size, STRIP):
        rate, other = x[begin : begin + STRIP, None] / first_exposure, y / second_exposure
        with np.errstate(divide="ignore", invalid="ignore"):
            apart = np.abs(rate - other) / np.sqrt(rate / first_exposure + other / second_exposure)
        total += float(p_x[begin : begin + STRIP] @ ((apart >= seen) @ p_y))
    return min(1.0, total)


def _likely(expected: float) -> tuple[Any, Any]:
    """The counts that a Poisson of this mean can be expected to take, and how likely each is."""
    import numpy as np
    from scipy import special

    # What SciPy's `poisson` says, without the two seconds that its module takes to load.
    low, high = (_poisson_quantile(p, expected) for p in (1e-10, 1 - 1e-16))
    counts = np.arange(low, high + 1)
    return counts, np.exp(special.xlogy(counts, expected) - special.gammaln(counts + 1) - expected)


def _poisson_quantile(p: float, expected: float) -> float:
    """The least count that at least this part of a Poisson lies at or below."""
    from scipy import special

    count = float(ceil(special.pdtrik(p, expected)))
    below = max(count - 1, 0.0)
    return below if special.pdtr(below, expected) >= p else count


def _binomial_test(first: int, both: int, share: float) -> float:
    """Two-sided: how likely is a split of `both` that is no likelier than the one seen?"""
    import numpy as np
    from scipy import special

    counts = np.arange(both + 1)
    likely = special.gammaln(both + 1) - special.gammaln(counts + 1) - special.gammaln(both - counts + 1)
    likely += special.xlogy(counts, share) + special.xlog1py(both - counts, -share)
    return min(1.0, float(np.exp(likely[likely <= likely[first] + SAME]).sum()))


def _score_limits(count: int, spread: float) -> tuple[float, float]:
    """The expected counts λ from which this one lies just as far as the level allows: (count − λ)² = spread · λ."""
    middle = count + spread / 2
    reach = sqrt(spread * count + spread**2 / 4)
    return max(0.0, middle - reach), middle + reach


def _check(
    first: int, second: int, first_exposure: float, second_exposure: float, dispersion: float, level: float
) -> None:
    for name, count in (("first", first), ("second", second)):
        if not (0 <= count < float("inf") and count == int(count)):
            raise InputError(f"{name} is {count:g}. A count is a whole number, 0 or more.")
    if first == second == 0:
        raise InputError("Both counts are 0: there is nothing to compare. Take a longer period or a larger area.")
    for name, value in (
        ("first_exposure", first_exposure),
        ("second_exposure", second_exposure),
        ("dispersion", dispersion),
    ):
        if not 0 < value < float("inf"):
            raise InputError(f"{name} is {value:g}. Give a finite number above 0.")
    if not 0 < level < 1:
        raise InputError(f"A level of {level:g} is no probability. Use 0.95 for 95%.")
