"""How often would our own rules call a change in a series in which nothing changed? Asked of made-up series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lamplighter.errors import InputError, NoSuchName
from lamplighter.methods.effects import wilson
from lamplighter.methods.run_rules import RULES, sides
from lamplighter.methods.series import Mask, Numbers
from lamplighter.methods.spc import MEAN_RANGE_PER_SD, centre_and_mean_range

COMBINATIONS: tuple[tuple[str, ...], ...] = tuple(
    chosen for size in range(1, len(RULES) + 1) for chosen in combinations(RULES, size)
)


@dataclass(frozen=True, kw_only=True)
class FalseCalls:
    """Of `series` series without any change, `signalling` were called by at least one of `rules`; low and high are 95%.

    dispersion: variance over mean of the counts. limits_from: which months the limits came from, in words;
    baseline_points: how many.
    """

    dispersion: float
    limits_from: str
    baseline_points: int
    rules: tuple[str, ...]
    signalling: int
    series: int
    share_signalling: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class FalseCallRates:
    """All rows, with what was asked: series of `months` counts around `mean`, drawn from `seed`."""

    mean: float
    months: int
    seed: int
    rows: tuple[FalseCalls, ...]

    def row(self, *, dispersion: float, baseline_points: int, rules: Iterable[str]) -> FalseCalls:
        """The row of these rules, in any order. Raises InputError when it was not worked out."""
        wanted = in_order(rules)
        for each in self.rows:
            if (each.dispersion, each.baseline_points, each.rules) == (dispersion, baseline_points, wanted):
                return each
        raise InputError(
            f"No rate for {', '.join(wanted)} at dispersion {dispersion:g} with limits from {baseline_points} months. "
            "Ask false_call_rates for it."
        )


@dataclass(frozen=True, kw_only=True)
class CautiousRules:
    """Which rules a cautious reader keeps and which are switched off, by the criterion in words.

    added: for each rule, in the order judged, (rule, what it adds to the share of unchanged series that are called).
    share_before, share_after: that share with all four rules and with those kept.
    """

    keep: tuple[str, ...]
    switch_off: tuple[str, ...]
    added: tuple[tuple[str, float], ...]
    share_before: float
    share_after: float
    tolerance: float
    baseline_points: int
    criterion: str


def false_call_rates(
    *,
    mean: float = 200.0,
    months: int = 48,
    dispersions: Sequence[float] = (1.0, 2.4),
    series: int = 1000,
    seed: int = 0,
    baseline_points: int = 24,
) -> FalseCallRates:
    """How often does a series in which nothing changed signal, by each rule and by each set of rules together?

    mean: events a month, > 0; months: length of a series. dispersions: variance over mean, 1 (Poisson) or more
    (negative binomial). Every series is judged over all its months, with limits from its first `baseline_points`
    months and again from all of them; a series is called when any month is. With one exposure a month, XmR and Laney
    limits are the same lines, so the rates are those of both. The noise is independent from month to month, with no
    season: real series, whose neighbours resemble each other, are called more often than this says, and looking at
    many series multiplies it. The same seed draws the same series as long as NumPy keeps its generators' streams.
    Raises InputError for a mean that is not above 0, a dispersion below 1, fewer than 2 baseline months or no series.
    """
    if not mean > 0 or series < 1 or not 2 <= baseline_points <= months:
        raise InputError(
            f"Mean {mean:g}, {series} series of {months} months, limits from {baseline_points}: the mean must be above "
            "0, with at least one series and 2 or more baseline months that fit into it."
        )
    rows: list[FalseCalls] = []
    for place, dispersion in enumerate(dispersions):
        # A generator of its own for each dispersion: adding one leaves the other rows as they were.
        values = _unchanged(np.random.default_rng([seed, place]), mean, dispersion, (series, months))
        for points in dict.fromkeys((baseline_points, months)):
            words = f"all {months} months" if points == months else f"the first {points} months"
            called = _called(values, points)
            rows.extend(_row(called, rules, dispersion, words, points) for rules in COMBINATIONS)
    return FalseCallRates(mean=mean, months=months, seed=seed, rows=tuple(rows))


def cautious_rules(rates: FalseCallRates, *, tolerance: float = 0.05, baseline_points: int = 24) -> CautiousRules:
    """Which rules would a reader switch off who does not want to be called for nothing?

    Begins with `outside`, without which there is no control chart, and takes the other rules in turn, always the one
    that adds least to the share of unchanged series that are called (the worse of the dispersions asked). A rule is
    kept if it adds no more than `tolerance`; the first that adds more is switched off, and with it every rule left.
    Misleads as to power: it looks only at calls for nothing, not at what a rule would have found (a lasting shift of
    one standard deviation is found sooner by `shift` than by `outside`). And `share_after` may still be above the
    tolerance: `level_break` calls fewer unchanged series (about 5 in 100) and finds a lasting fall of a tenth in more.
    Raises InputError when the rates lack this baseline, or for a tolerance outside 0 to 1.
    """
    if not 0 <= tolerance <= 1:
        raise InputError(f"A tolerance of {tolerance:g} is no share. Use 0.05 for 5 in 100.")

    def share(rules: Sequence[str]) -> float:
        return max(
            rates.row(dispersion=each, baseline_points=baseline_points, rules=rules).share_signalling
            for each in dict.fromkeys(row.dispersion for row in rates.rows)
        )

    if not rates.rows:
        raise InputError("There are no rates to judge by. Ask false_call_rates for at least one dispersion.")
    judged, added, keep = ["outside"], [("outside", share(["outside"]))], ["outside"]
    still_keeping = True
    while len(judged) < len(RULES):
        so_far = share(judged)
        rule = min((each for each in RULES if each not in judged), key=lambda each: share([*judged, each]))
        more = share([*judged, rule]) - so_far
        judged.append(rule)
        added.append((rule, more))
        still_keeping = still_keeping and more <= tolerance + 1e-12  # 50 of 1,000 is 5%, whatever the floats say
        if still_keeping:
            keep.append(rule)
    return CautiousRules(
        keep=in_order(keep),
        switch_off=in_order(each for each in RULES if each not in keep),
        added=tuple(added),
        share_before=share(list(RULES)),
        share_after=share(keep),
        tolerance=tolerance,
        baseline_points=baseline_points,
        criterion=(
            f"Keep `outside`; add the rule that adds least, while it adds no more than {tolerance:.0%} to the share of "
            "unchanged series that are called; switch off the rest."
        ),
    )


def in_order(rules: Iterable[str]) -> tuple[str, ...]:
    """The rules in their printed order, each once. Raises NoSuchName for one that is not there."""
    wanted = set(rules)
    for each in sorted(wanted - set(RULES)):
        raise NoSuchName("run rule", each, list(RULES))
    return tuple(rule for rule in RULES if rule in wanted)


def _unchanged(rng: np.random.Generator, mean: float, dispersion: float, shape: tuple[int, int]) -> Numbers:
    if not dispersion >= 1 or not np.isfinite(dispersion):
        raise InputError(f"A dispersion of {dispersion:g} can't be drawn. Use 1 for Poisson counts, or more.")
    if dispersion == 1:
        return rng.poisson(mean, shape).astype(np.float64)
    return rng.negative_binomial(mean / (dispersion - 1), 1 / dispersion, shape).astype(np.float64)


def _called(values: Numbers, baseline_points: int) -> dict[str, Mask]:
    """For each rule, which series it calls at least once, shape (series,)."""
    centre, mean_range = centre_and_mean_range(values[:, :baseline_points])
    line, half_width = centre[:, None], (3 * mean_range / MEAN_RANGE_PER_SD)[:, None]
    called = {}
    for rule in RULES:
        masks = sides(
            rule,
            values,
            centre=line,
            lower=np.maximum(line - half_width, 0.0),
            upper=line + half_width,
            near_lower=line - half_width * 2 / 3,
            near_upper=line + half_width * 2 / 3,
        )
        called[rule] = np.logical_or.reduce([mask.any(axis=-1) for mask in masks.values()])
    return called


def _row(called: dict[str, Mask], rules: tuple[str, ...], dispersion: float, words: str, points: int) -> FalseCalls:
    any_of = np.logical_or.reduce([called[rule] for rule in rules])
    signalling, series = int(any_of.sum()), int(any_of.size)
    interval = wilson(signalling, series)
    return FalseCalls(
        dispersion=dispersion,
        limits_from=words,
        baseline_points=points,
        rules=rules,
        signalling=signalling,
        series=series,
        share_signalling=signalling / series,
        low=interval.low,
        high=interval.high,
    )
