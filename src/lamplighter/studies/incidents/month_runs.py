"""Which runs of months do the rules call, and which of them could a change of the share with a point explain?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lamplighter.methods.run_rules import RunSignal, marked, run_signals
from lamplighter.methods.spc import Limits, laney_limits, u_limits
from lamplighter.studies.judged import FEWEST_A_MONTH

FEWEST_MONTHS = 12
NEARLY = 1e-9  # two ratios this near are one: a rise exactly as large as that of the located share is explained by it
SHARE_RULE = (
    "A rise or fall is called only if it is larger than the change of the force's located share between the same months, and if "
    "the same rule still calls it once each month's count is divided by that share."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """One run of months that a rule calls. ratio: rate inside over rate in the other months (of a trend: last over first).

    share_ratio: the same of the force's located share; None where all rows are counted. larger_than_share: ratio goes beyond it.
    called: not explained by it, by both halves of SHARE_RULE.
    """

    rule: str
    start: int
    end: int
    side: str
    ratio: float | None
    share_ratio: float | None
    larger_than_share: bool
    called: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Runs:
    """limits: None with `why_none`. runs: in time order. hidden: runs that signal only once the share is taken out."""

    limits: Limits | None
    why_none: str | None
    flagged_plain: int | None
    runs: tuple[Run, ...]
    hidden: int

    def outside(self, *, called: bool) -> NDArray[np.bool_]:
        """Months outside the limits that are called (or not called, since the located share could explain them)."""
        size = 0 if self.limits is None else self.limits.centre.size
        chosen = [
            RunSignal(rule=each.rule, start=each.start, end=each.end, side=each.side)
            for each in self.runs
            if each.called == called
        ]
        return marked(chosen, points=size, rule="outside")


def runs_of(
    counts: ArrayLike, days: ArrayLike, *, share: ArrayLike | None = None, leave_out: ArrayLike | None = None
) -> Runs:
    """Which runs of months do the rules call, and which of them could the change of the located share explain?

    counts, days, share: shape (n,), nan unknown; share: of the force's rows the part that has a point, None where all rows
    are counted. leave_out: months that neither enter the limits nor signal.
    """
    values, at_risk = np.asarray(counts, dtype=np.float64), np.asarray(days, dtype=np.float64)
    out = np.zeros(values.shape, bool) if leave_out is None else np.asarray(leave_out, dtype=bool)
    why = _why_no_limits(values[~out])
    if why:
        return Runs(limits=None, why_none=why, flagged_plain=None, runs=(), hidden=0)
    limits = _limits(values, at_risk, out)
    plain = run_signals(values / at_risk, u_limits(values, at_risk, leave_out=out), immature=out, rules=("outside",))
    found = run_signals(values / at_risk, limits, immature=out)
    steady: tuple[RunSignal, ...] = ()
    parts: NDArray[np.float64] | None = None
    if share is not None:
        parts = np.where(np.isnan(values), np.nan, np.asarray(share, dtype=np.float64))
        with np.errstate(divide="ignore", invalid="ignore"):
            levelled = np.where(parts > 0, values * np.nanmean(parts) / parts, np.nan)
        steady = run_signals(levelled / at_risk, _limits(levelled, at_risk, out), immature=out)
    return Runs(
        limits=limits,
        why_none=None,
        flagged_plain=int(marked(plain, points=values.size).sum()),
        runs=tuple(_run(each, values, at_risk, out, parts, steady) for each in found),
        hidden=sum(not any(_alike(each, other) for other in found) for each in steady),
    )


def _limits(values: NDArray[np.float64], days: NDArray[np.float64], out: NDArray[np.bool_]) -> Limits:
    """Laney limits whose spread is taken between neighbouring months present, across a missing one too.

    The two months beside a gap are as much neighbours as any: leaving their step out would make the spread depend on which
    month happens to be missing.
    """
    order = np.argsort(np.isnan(values) | out, kind="stable")  # the months that count first, in time order
    back = np.argsort(order)
    found = laney_limits(values[order], days[order], leave_out=out[order])
    lines = ("centre", "lower", "upper", "near_lower", "near_upper")
    return replace(found, **{name: getattr(found, name)[back] for name in lines})


def _run(
    run: RunSignal,
    counts: NDArray[np.float64],
    days: NDArray[np.float64],
    out: NDArray[np.bool_],
    share: NDArray[np.float64] | None,
    steady: Sequence[RunSignal],
) -> Run:
    inside, others = sides_of(run, counts, out)
    ratio = _ratio(counts, days, inside, others)
    share_ratio, larger, called = None, True, True
    if share is not None:
        share_ratio = _ratio(share * days, days, inside, others)
        larger = _larger(run.side, ratio, share_ratio)
        called = larger and any(_alike(run, each) for each in steady)
    return Run(
        rule=run.rule,
        start=run.start,
        end=run.end,
        side=run.side,
        ratio=ratio,
        share_ratio=share_ratio,
        larger_than_share=larger,
        called=called,
    )


def sides_of(
    run: RunSignal | Run, counts: NDArray[np.float64], out: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The months of the run and those it is held against: for a trend its last month and its first."""
    if run.rule == "trend":
        return np.array([run.end]), np.array([run.start])
    every = np.flatnonzero(~np.isnan(counts) & ~out)
    within = (every >= run.start) & (every <= run.end)
    return every[within], every[~within]


def _ratio(
    counts: NDArray[np.float64], days: NDArray[np.float64], inside: NDArray[np.int64], others: NDArray[np.int64]
) -> float | None:
    inside, others = (each[~np.isnan(counts[each])] for each in (inside, others))
    if not inside.size or not others.size or not counts[others].sum():
        return None
    return float((counts[inside].sum() / days[inside].sum()) / (counts[others].sum() / days[others].sum()))


def _larger(side: str, ratio: float | None, share_ratio: float | None) -> bool:
    """Is the change larger than that of the located share in the same direction? Unknown sizes explain nothing away."""
    if ratio is None or share_ratio is None:
        return True
    if side in ("above", "rising"):
        return ratio > max(1.0, share_ratio) * (1 + NEARLY)
    return ratio < min(1.0, share_ratio) * (1 - NEARLY)


def _alike(one: RunSignal, other: RunSignal) -> bool:
    return one.rule == other.rule and one.side == other.side and one.start <= other.end and other.start <= one.end


def _why_no_limits(known: NDArray[np.float64]) -> str | None:
    known = known[~np.isnan(known)]
    if known.size < FEWEST_MONTHS:
        return f"only {known.size} whole months are present, and no limits are drawn from less than a year."
    if known.mean() < FEWEST_A_MONTH:
        return f"with fewer than {FEWEST_A_MONTH} rows a month limits would mean little, and none are drawn."
    return None
