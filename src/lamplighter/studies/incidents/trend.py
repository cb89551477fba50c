"""Did the count a month move by stated rules? All rows for a force, only those with a point for a smaller area; never why.

The section `trend` of profile.json. lower, centre and upper are in rows a month, from events a day (Laney u-prime) over all
months present of the period: a profile describes and knows no quiet baseline. outside: null where there are no limits, the
month is missing or looks partial; false where the change of the located share could explain it (`explained_by_share`).
"""

# ruff: noqa: S608  (conditions are words that this package fixes itself)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from lamplighter.errors import listed
from lamplighter.schema import days_in_month, month_text, month_words, number_words
from lamplighter.studies.incidents.month_runs import SHARE_RULE, Runs, runs_of
from lamplighter.studies.incidents.run_words import Latest, latest, not_called_words, run_words
from lamplighter.studies.incidents.saying import Figure, Finding, Interval
from lamplighter.studies.incidents.scope import months_held
from lamplighter.workspace.completeness import PARTIAL_RULE, partial_months

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen
    from lamplighter.studies.incidents.scope import MonthHeld

MONTHS_A_YEAR = 12
MOVED = 0.01  # a located share that moved by less than a hundredth of itself is called steady
CountsFrom = Literal["all rows", "located rows"]


@dataclass(frozen=True, kw_only=True)
class TrendMonth:
    """One calendar month of the period; count None: missing, unknown. outside None: not judged."""

    month: int
    count: int | None
    lower: float | None
    centre: float | None
    upper: float | None
    outside: bool | None
    explained_by_share: bool
    partial: bool
    located_share: float | None
    force_count: int | None


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A count a month with limits and what the rules call."""

    counts_from: CountsFrom
    offence_words: str
    period_words: str
    months: tuple[TrendMonth, ...]
    year_on_year: tuple[tuple[int, int | None, int | None], ...]
    sigma_z: float | None
    flagged: int | None
    flagged_plain: int | None
    signals: tuple[str, ...]
    not_called: tuple[str, ...]
    share_moved: bool
    share_percent: float | None
    share_words: str
    share_rule: str | None
    caveats: tuple[str, ...]
    latest: Latest | None
    cannot_say: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """The section `trend`."""
        return {
            "counts_from": self.counts_from,
            "months": [_month_told(each) for each in self.months],
            "year_on_year": [
                {
                    "month": month_words(month).split()[0],
                    "this_year": month_text(month),
                    "count": this,
                    "last_year": month_text(month - MONTHS_A_YEAR),
                    "count_last_year": last,
                }
                for month, this, last in self.year_on_year
            ],
            "sigma_z": self.sigma_z,
            "flagged": self.flagged,
            "flagged_plain": self.flagged_plain,
            "signals": list(self.signals),
            "not_called": list(self.not_called),
            "share_moved": {
                "moved": self.share_moved,
                "percent": self.share_percent,
                "words": self.share_words,
                "rule": self.share_rule,
            },
            "caveats": list(self.caveats),
        }

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The spread of the series, the months outside, and the run that is called last."""
        known = [each for each in self.months if each.count is not None]
        rows = sum(each.count or 0 for each in known)
        days = sum(days_in_month(each.month) for each in known)

        def one(name: str, label: str, value: float | None, unit: str, definition: str, **more: Any) -> Figure:
            return Figure(
                id=f"trend.{name}", label=label, value=value, unit=unit, definition=definition,
                period=self.period_words, rows=rows, **more,
            )  # fmt: skip

        found = [
            one("months", "Months of the period that are present", len(known), "months", "Months in which the force has rows."),
            one("per_day", "Rows a day", round(rows / days, 2) if days else None, "rows a day",
                f"{self.counts_from.capitalize()} over the days of the months present.", numerator=rows, denominator=days),
            one("sigma_z", "Spread of the months against chance", self.sigma_z, "times Poisson",
                "Laney's sigma-z: how many times wider than chance alone the control limits are."),
            one("flagged", "Months outside the limits", self.flagged, "months",
                "Months above or below Laney limits from all months present, not explained by the located share.",
                numerator=self.flagged, denominator=len(known)),
            one("flagged_plain", "Months that a textbook chart would call", self.flagged_plain, "months",
                "Months outside a plain u chart, whose limits know of chance only.",
                numerator=self.flagged_plain, denominator=len(known)),
        ]  # fmt: skip
        if self.latest is not None:
            last = self.latest
            found += [
                one("latest.change", "The newest run that is called: rows a month more than in the other months", last.change,
                    "rows a month", last.words, interval=Interval(low=last.low, high=last.high, words=_INTERVAL)),
                one("latest.percent", "The same in percent", last.percent, "%", last.words),
            ]  # fmt: skip
        return tuple(found)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """How many months are out of the ordinary, and the newest run that is called."""
        if self.flagged is None or self.flagged_plain is None:
            return ()
        known = sum(each.count is not None for each in self.months)
        of = f"{number_words(self.flagged)} of {number_words(known)} months"
        text = (
            f"{of} lie outside limits that allow for how much this series varies; a textbook chart would call"
            f" {number_words(self.flagged_plain)}."
        )
        ids = ("trend.flagged", "trend.months", "trend.flagged_plain")
        found = [Finding(text=text, figure_ids=ids, confidence="high", weight=50)]
        if self.latest is not None:
            found.append(
                Finding(
                    text=self.latest.words,
                    figure_ids=("trend.latest.change", "trend.latest.percent"),
                    confidence="low" if self.latest.low <= 0 <= self.latest.high else "moderate",
                    weight=70,
                )
            )
        return tuple(found)


_INTERVAL = "95% interval of the change, from the months' own spread"


def trend(chosen: Chosen) -> Trend:
    """How did the count a month move, and which months would not be expected if nothing had changed?

    Limits as in the promise ledger (Laney u-prime on events a day, four run rules), from all months present of the period. A
    month that looks partial is drawn, and neither enters the limits nor signals. For an area smaller than a force only rows
    with a point are counted, and SHARE_RULE holds. Misleads as every control chart: the limits know no season, what lasts
    through most of the period widens them and becomes the centre, and a change of recording looks like a change of crime.
    No limits with fewer than 12 months present or fewer than 5 rows a month.
    """
    held = {each.month: each for each in months_held(chosen)}
    first, last = chosen.period
    span = [month for month in range(first, last + 1) if chosen.months[0] <= month <= chosen.months[-1]]
    partial_texts = partial_months({month_text(each.month): each.rows for each in held.values()})
    partial = np.array([month_text(each) in partial_texts for each in span])
    counts = np.array([_or_nan(held[each].of_question if each in held else None) for each in span])
    share = None
    if not chosen.area.all_rows:
        share = np.array([_or_nan(held[each].offence_located_share if each in held else None) for each in span])
    days = np.array([days_in_month(each) for each in span], dtype=np.float64)
    runs = runs_of(counts, days, share=share, leave_out=partial)
    months = tuple(
        _month(at, month, runs, held=held.get(month), partial=bool(partial[at]), days=days[at])
        for at, month in enumerate(span)
    )
    moved, percent, share_words = _share_moved(chosen, [held[each] for each in span if each in held])
    called = [each for each in runs.runs if each.called]
    return Trend(
        counts_from="all rows" if chosen.area.all_rows else "located rows",
        offence_words=chosen.offence_words,
        period_words=chosen.period_words,
        months=months,
        year_on_year=_year_on_year(chosen),
        sigma_z=None if runs.limits is None or runs.limits.sigma_z is None else round(runs.limits.sigma_z, 2),
        flagged=None if runs.limits is None else int(runs.outside(called=True).sum()),
        flagged_plain=runs.flagged_plain,
        signals=tuple(run_words(each, span, counts, days) for each in called),
        not_called=tuple(not_called_words(each, span) for each in runs.runs if not each.called),
        share_moved=moved,
        share_percent=percent,
        share_words=share_words,
        share_rule=None if chosen.area.all_rows else SHARE_RULE,
        caveats=_caveats(chosen, runs, [span[at] for at in np.flatnonzero(partial)]),
        latest=latest(called, span, counts, days),
        cannot_say=(f"Whether the months moved beyond chance: {runs.why_none}",) if runs.why_none else (),
    )


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _month(at: int, month: int, runs: Runs, *, held: MonthHeld | None, partial: bool, days: float) -> TrendMonth:
    lines: tuple[float | None, ...] = (None, None, None)
    outside, explained = None, False
    if runs.limits is not None:
        lines = tuple(
            round(float(line[at] * days), 1) for line in (runs.limits.lower, runs.limits.centre, runs.limits.upper)
        )
        if held is not None and not partial:
            outside, explained = bool(runs.outside(called=True)[at]), bool(runs.outside(called=False)[at])
    return TrendMonth(
        month=month,
        count=None if held is None else held.of_question,
        lower=lines[0],
        centre=lines[1],
        upper=lines[2],
        outside=outside,
        explained_by_share=explained,
        partial=partial,
        located_share=None if held is None else held.offence_located_share,
        force_count=None if held is None else held.offence_rows,
    )


def _month_told(each: TrendMonth) -> dict[str, Any]:
    days = days_in_month(each.month)
    share = each.located_share
    return {
        "month": month_text(each.month),
        "days": days,
        "count": each.count,
        "per_day": None if each.count is None else round(each.count / days, 2),
        "lower": each.lower,
        "centre": each.centre,
        "upper": each.upper,
        "outside": each.outside,
        "explained_by_share": each.explained_by_share,
        "partial": each.partial,
        "located_share": None if share is None else round(share, 4),
        "force_count": each.force_count,
    }


def counts_of_area(chosen: Chosen) -> dict[int, int]:
    """Rows of the question's area, offences and victims in every month present of the force, those before the period too."""
    located = "" if chosen.area.all_rows else " and located"
    rows = chosen.db.sql(
        f"select month, count(*) filter (where in_area and of_offence and of_victims{located}) from asked group by 1 order by 1"
    ).fetchall()
    return {month: int(count) for month, count in rows}


def _year_on_year(chosen: Chosen) -> tuple[tuple[int, int | None, int | None], ...]:
    counts = counts_of_area(chosen)
    last = chosen.months[-1]
    months = range(max(chosen.period[0], last - MONTHS_A_YEAR + 1), last + 1)
    return tuple((month, counts.get(month), counts.get(month - MONTHS_A_YEAR)) for month in months)


def _share_moved(chosen: Chosen, held: Sequence[MonthHeld]) -> tuple[bool, float | None, str]:
    """Between the first and the last twelve months present (halves where there are fewer), did the located share move?"""
    part = min(MONTHS_A_YEAR, len(held) // 2)
    if chosen.area.all_rows:
        return (
            False,
            None,
            "All rows are counted, so no change of the share with a point can look like a rise or a fall.",
        )
    early, late = held[:part], held[len(held) - part :]
    rows = [sum(each.offence_rows for each in side) for side in (early, late)]
    if not part or not all(rows):
        return (
            False,
            None,
            "Too few months have rows of the force to tell whether its located share moved.",
        )
    before, after = (
        sum(each.offence_located for each in side) / count for side, count in zip((early, late), rows, strict=True)
    )
    if not before:
        return False, None, "No row of the force had a point at first."
    percent = 100 * (after / before - 1)
    words = (
        f"Only rows with a point are counted. Of the force's rows of these offences {100 * before:.0f}% had one in the first"
        f" {part} months present and {100 * after:.0f}% in the last {part}: {_alone(percent)}."
    ).replace("-", "\u2212")
    return abs(after / before - 1) > MOVED, round(percent, 1), words


def _alone(percent: float) -> str:
    """What the share's change does to the counts by itself."""
    if abs(percent) < 0.05:
        return "that makes neither a rise nor a fall"
    return f"that alone makes {percent:+.1f}%"


def _caveats(chosen: Chosen, runs: Runs, partial: Sequence[int]) -> tuple[str, ...]:
    told = []
    if runs.why_none:
        told.append(f"No limits: {runs.why_none}")
    else:
        told.append(
            "The limits come from all months present of the period: a profile knows no quiet time to compare with, and a change"
            " that lasts through most of it becomes the centre."
        )
        told.append("The limits know no season: a month may be outside them as every such month is.")
    if chosen.months_missing:
        told.append(
            "Missing months are unknown: no run goes through them. How much months vary is measured between neighbours that are"
            " present, across a missing one too."
        )
    if partial:
        names = listed(month_words(each) for each in partial)
        told.append(f"Partial by their look ({PARTIAL_RULE}): {names}. Drawn, but in no limit and signalling nothing.")
    if runs.hidden:
        told.append(
            f"{runs.hidden} more {'run signals' if runs.hidden == 1 else 'runs signal'} only once the located share is taken out:"
            " a steady count of rows with a point can hide a move of all rows."
        )
    return tuple(told)
