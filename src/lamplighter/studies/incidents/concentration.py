"""How few map points hold how much of the last twelve months, and do the same places stay the first from year to year?

The section `concentration` of profile.json. unit: the map point (the coordinates of the rows). crimes: rows of the question with
a point in the last twelve months present. places_ever: points of the area at which any row of the force ever lay, of whatever
offence and month: the places at risk. places_used: those with a row of the question in these months. stay: of places grown once
over the whole period and then held fixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from lamplighter.methods.concentration import Holding, Stay, gini, gini_generalised, holdings, lorenz, stay
from lamplighter.methods.places import grow_places
from lamplighter.schema import brief_words, month_text, number_words
from lamplighter.studies.incidents.points import point_months
from lamplighter.studies.incidents.saying import Figure, Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lamplighter.studies.incidents.chosen import Chosen

YEAR = 12
FIRST = {20: "twenty", 100: "hundred"}
CURVE_POINTS = 200
GROWN = 1000  # places held fixed: many more than are ever among the first, so that those can fall out
CAVEAT = (
    "A point is where rows were put, not an address: on street data one stands for the streets around it. Prisons and hospitals"
    " are among the points here."
)


@dataclass(frozen=True, kw_only=True)
class YearToYear:
    """How many of the first places of one twelve months are among the first of the next; months as first and last."""

    earlier: tuple[int, int]
    later: tuple[int, int]
    found: Stay


@dataclass(frozen=True, kw_only=True)
class Uneven:
    """Gini over some points, and the same allowing for fewer rows than points."""

    gini: float
    generalised: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Concentration:
    """Over points ever used (`ever`) and over points with a row of these months only (`used`). None where there is no row."""

    unit: str
    months: tuple[int, ...]
    crimes: int
    places_ever: int
    places_used: int
    held: tuple[Holding, ...]
    curve: NDArray[np.float64]
    ever: Uneven | None
    used: Uneven | None
    places_grown: int
    stayed: tuple[YearToYear, ...]

    @property
    def why_not(self) -> str | None:
        """Why nothing can be said, if nothing can."""
        return None if self.crimes else "no row of the question has a point in the last twelve months present"

    @property
    def period_words(self) -> str:
        """`2020-10 to 2021-09`."""
        return _span((self.months[0], self.months[-1]))

    def told(self) -> dict[str, Any]:
        """The section `concentration`."""
        return {
            "available": self.crimes > 0,
            "why_not": self.why_not,
            "unit": self.unit,
            "period": self.period_words,
            "months": len(self.months),
            "places_ever": self.places_ever,
            "places_used": self.places_used,
            "crimes": self.crimes,
            "holdings": [
                {
                    "share": each.share,
                    "places": each.places,
                    "of_places": round(each.of_places, 5),
                    "of_used": round(each.of_used, 5),
                }
                for each in self.held
            ],
            "lorenz": [[round(float(x), 5), round(float(y), 5)] for x, y in self.curve],
            "gini": _told(self.ever, "gini"),
            "gini_generalised": _told(self.ever, "generalised"),
            "gini_used": _told(self.used, "gini"),
            "gini_generalised_used": _told(self.used, "generalised"),
            "places_grown": self.places_grown,
            "stay": [
                {
                    "first": each.found.first,
                    "from": _span(each.earlier),
                    "to": _span(each.later),
                    "stayed": each.found.stayed,
                    "tied": each.found.tied,
                }
                for each in self.stayed
            ],
            "caveat": CAVEAT,
        }

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Points, what share of them holds a quarter, half and four fifths, Gini both ways, and how many places stay."""
        return tuple(self._figures())

    def _figures(self) -> Iterator[Figure]:
        def one(name: str, label: str, value: float | None, unit: str, definition: str, **more: Any) -> Figure:
            parts = {"period": self.period_words, "rows": self.crimes, **more}
            return Figure(
                id=f"concentration.{name}", label=label, value=value, unit=unit, definition=definition, **parts
            )

        ever = f"{self.unit} of the area where any row of the force ever lay"
        yield one("places_ever", "Points at risk", self.places_ever, self.unit, f"{ever}, of whatever offence.")
        yield one("places_used", "Points with a row", self.places_used, self.unit, "Points with a row of the question.",
                  numerator=self.places_used, denominator=self.places_ever)  # fmt: skip
        for each in self.held:
            percent = f"{100 * each.share:.0f}"
            yield one(f"held_{percent}", f"Share of points that hold {percent}% of the rows", round(100 * each.of_places, 1), "%",
                      f"The fewest points that hold {percent}% of the rows, of all {ever}.",
                      numerator=each.places, denominator=self.places_ever)  # fmt: skip
            yield one(f"held_{percent}_of_used", f"The same of points with a row ({percent}%)", round(100 * each.of_used, 1), "%",
                      f"The fewest points that hold {percent}% of the rows, of those with any.",
                      numerator=each.places, denominator=self.places_used)  # fmt: skip
        for name, uneven, words in (("", self.ever, ever), ("_used", self.used, f"{self.unit} with a row")):
            if uneven is not None:
                yield one(
                    f"gini{name}", "Gini", _told(uneven, "gini"), "", f"Over {words}; 0 even, 1 all at one point."
                )
                yield one(f"gini_generalised{name}", "Gini, allowing for fewer rows than points",
                          _told(uneven, "generalised"), "", f"Over {words}; 0 as even as so few rows can be.")  # fmt: skip
        for pair in self._last_pairs():
            found = pair.found
            yield one(f"stay_{found.first}", f"Of the first {found.first} places, those that stay", found.stayed, "places",
                      f"Of {self.places_grown:,} places grown over the whole period and held fixed: among the first"
                      f" {found.first} of {_span(pair.earlier)} and of {_span(pair.later)}.",
                      period=f"{month_text(pair.earlier[0])} to {month_text(pair.later[1])}", rows=None,
                      numerator=found.stayed, denominator=found.first)  # fmt: skip

    def _last_pairs(self) -> list[YearToYear]:
        newest = {each.found.first: each for each in self.stayed}
        return list(newest.values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """How few points hold half, and whether the first places of a year are those of the year before."""
        found = []
        half = next((each for each in self.held if each.share == 0.5), None)
        if half is not None:
            of_ever, of_used = (brief_words(round(100 * each, 1)) for each in (half.of_places, half.of_used))
            text = (
                f"Half of the rows with a point lie at {of_ever}% of the points where anything was ever recorded, and at"
                f" {of_used}% of those with a row of these offences."
            )
            ids = ("concentration.held_50", "concentration.held_50_of_used")
            found.append(Finding(text=text, figure_ids=ids, confidence="high", weight=40))
        first = next((each.found for each in self._last_pairs() if each.found.first == 20), None)
        if first is not None:
            text = f"Of the first twenty places of a year, {number_words(first.stayed)} are among the first twenty of the next."
            found.append(
                Finding(
                    text=text,
                    figure_ids=("concentration.stay_20",),
                    confidence="moderate" if first.tied else "high",
                    weight=35,
                )
            )
        return tuple(found)

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """That quiet points are not in the list."""
        if self.why_not:
            return (f"How concentrated it is: {self.why_not}.",)
        return ("How many places never had a crime: a point is known only from the rows that lie there.",)


def concentration(chosen: Chosen) -> Concentration:
    """Do few points hold much of it, and do they stay the same from year to year?

    Counts are of the last twelve months present of the period, at every point of the area, institutions and rows off the force's
    own ground included. Two denominators: points where any row of the force ever lay, and points with a row of the question; of
    a rare offence the first is concentrated by arithmetic alone, which the generalised Gini allows for. stay: places are grown
    from the rows that places are ranked by (no institution, not at home or online), 1,000 at most, once over the whole period,
    and counted in twelve-month windows back from its last month. Misleads where points are addresses rather than a fixed list:
    then quiet addresses are missing from the places at risk. Places grown over all years flatter how many stay in each. Ties are
    told: then the number depends on which of equal places is first.
    """
    months = chosen.months[-YEAR:]
    at_points = chosen.ask(
        "select easting_m, northing_m, count(*) filter (where of_question and month >= $first) as rows from asked"
        " where in_area and located group by 1, 2 order by 1, 2",
        {"first": months[0]},
    )
    counts = np.sort(at_points["rows"].to_numpy().astype(np.float64))
    used = counts[counts > 0]
    ever = len(counts)
    grown, stayed = _stayed(chosen)
    return Concentration(
        unit="map points",
        months=months,
        crimes=int(used.sum()),
        places_ever=ever,
        places_used=len(used),
        held=holdings(used, places=ever) if len(used) else (),
        curve=_thinned(lorenz(used, places=ever)) if len(used) else np.zeros((0, 2)),
        ever=_uneven(used, ever),
        used=_uneven(used, len(used)),
        places_grown=grown,
        stayed=stayed,
    )


def _uneven(used: NDArray[np.float64], places: int) -> Uneven | None:
    if not len(used):
        return None
    return Uneven(gini=gini(used, places=places), generalised=gini_generalised(used, places=places))


def _thinned(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """At most 200 points of the curve, its ends and the end of its flat piece among them."""
    if len(curve) <= CURVE_POINTS:
        return curve
    at = np.linspace(1, len(curve) - 1, CURVE_POINTS - 1).round().astype(np.int64)
    return curve[np.unique(np.concatenate([[0], at]))]


def _stayed(chosen: Chosen) -> tuple[int, tuple[YearToYear, ...]]:
    """How many places were grown, and for each pair of neighbouring windows how many of the first stay."""
    points = point_months(chosen)
    if not points.counts.size:
        return 0, ()
    cover = grow_places(points.xy_m, points.counts.sum(axis=1), radius_m=chosen.question.radius_m, places=GROWN)
    by_month = cover.member_sums(points.counts)
    windows = _windows(chosen)
    held = [by_month[:, (points.months >= first) & (points.months <= last)].sum(axis=1) for first, last in windows]
    return len(cover.places), tuple(
        YearToYear(earlier=windows[at], later=windows[at + 1], found=stay(held[at], held[at + 1], first=first))
        for first in FIRST
        if first < len(cover.places)
        for at in range(len(windows) - 1)
    )


def _windows(chosen: Chosen) -> list[tuple[int, int]]:
    """Whole stretches of twelve calendar months back from the last month present, the earliest first."""
    last, found = chosen.months[-1], []
    while last - YEAR + 1 >= chosen.months[0]:
        found.append((last - YEAR + 1, last))
        last -= YEAR
    return [window for window in reversed(found) if any(window[0] <= month <= window[1] for month in chosen.months)]


def _span(months: tuple[int, int]) -> str:
    return f"{month_text(months[0])} to {month_text(months[1])}"


def _told(uneven: Uneven | None, name: Literal["gini", "generalised"]) -> float | None:
    return None if uneven is None else round(uneven.gini if name == "gini" else uneven.generalised, 3)
