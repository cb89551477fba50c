"""Which places that a patrol can walk hold most of it, how sure is their order, and what kind of places are they?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lamplighter.methods.cover_bound import CoverBound, cover_bound
from lamplighter.methods.dispersion import Dispersion
from lamplighter.methods.place_classes import RULES, PlaceClass
from lamplighter.methods.place_false_calls import PlaceFalseCalls, place_false_calls
from lamplighter.methods.place_identity import Identities, KnownPlace
from lamplighter.methods.tiers import Standing, Tiers
from lamplighter.methods.unchanged_months import steady_area
from lamplighter.schema import month_text
from lamplighter.studies.incidents.harm_at_points import HarmAtPoints
from lamplighter.studies.incidents.place_decisions import Overruling as Overruling
from lamplighter.studies.incidents.place_growing import GrownPlaces, degrees_of, grow, nearest_sites, point_of
from lamplighter.studies.incidents.place_judging import FEWEST_MONTHS, LAST, Judged, interval, judge
from lamplighter.studies.incidents.place_rows import (
    SETTINGS,
    InstitutionPoint,
    Point,
    RowsAt,
    institution_points,
    most_rows_first,
)
from lamplighter.studies.incidents.place_weighing import Weighing, weighing_of
from lamplighter.studies.incidents.points import PointMonths, point_months
from lamplighter.studies.kinds import PlaceKind, kind_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lamplighter.studies.incidents.chosen import Chosen

PASTS = 5  # five hundred places judged: enough to tell 1 in 100 from 1 in 20, in two seconds for a force
_OWN_RECORDS = "street data draw no patrol: check with own records"


@dataclass(frozen=True, kw_only=True, eq=False)
class PlaceFound:
    """One chosen place. monthly: rows a month present. count: of the last 12. suggested: the kind by its rows.

    harm: days of the last 12 months, exact (`places_told` rounds them); None where harm can't be told. harm_low, harm_high: where
    places are chosen by harm.
    """

    id: str
    name: str
    rank: int
    district: str | None
    easting_m: float
    northing_m: float
    lon: float | None
    lat: float | None
    reach_m: float
    members: tuple[tuple[int, int, int], ...]
    monthly: NDArray[np.int64]
    count: int
    count_low: float | None
    count_high: float | None
    standing: Standing | None
    course: PlaceClass | None
    suggested: PlaceKind
    overruled: Overruling | None
    near: InstitutionPoint | None
    near_m: float | None
    settings: Mapping[str, int]
    news: str
    from_ids: tuple[str, ...]
    overlap: float | None
    harm: float | None
    harm_low: float | None
    harm_high: float | None

    @property
    def kind(self) -> str:
        """As a person decided, else as its rows suggest."""
        return self.overruled.kind if self.overruled else self.suggested.kind


@dataclass(frozen=True, kw_only=True, eq=False)
class PlacesFound:
    """All chosen places in the order of their counts or harm, what they were chosen from, and what is held apart from them.

    bound, bound_shown: what no choice of as many places as were chosen, and as are shown, could exceed, in rows or in days of
    harm, as `weighed.by` says. tiers: by the same. spread: of counts; harm_spread: of harm in crimes of average harm, where
    places are chosen by it. ranked_harm: days of the ranked rows, then too. left_out: circles of fewer than ten rows.
    ranked_rows: of the last 12 months present, all that a place could hold. known: every chosen place by its points, those that
    a person says are institutions among them: what the next run keeps ids by. unused: decisions that fit no place, and why.
    """

    chosen: Chosen
    points: PointMonths
    bound: CoverBound
    bound_shown: CoverBound
    places: tuple[PlaceFound, ...]
    tiers: Tiers | None
    spread: Dispersion | None
    harm_spread: Dispersion | None
    weighed: Weighing
    ranked_harm: float | None
    left_out: int
    institutions: tuple[InstitutionPoint, ...]
    identities: Identities
    at: Mapping[Point, RowsAt]
    ranked_rows: int
    known: tuple[KnownPlace, ...]
    unused: tuple[tuple[str, str], ...]

    @property
    def last_months(self) -> tuple[int, ...]:
        """The months that the places were chosen on."""
        return self.chosen.months[-LAST:]

    @property
    def last_words(self) -> str:
        """`2020-10 to 2021-09 (12 months present)`."""
        months = self.last_months
        return f"{month_text(months[0])} to {month_text(months[-1])} ({len(months)} months present)"

    @property
    def shown(self) -> tuple[PlaceFound, ...]:
        """The first so many as the question asks for."""
        return self.places[: self.chosen.question.places]


def find_places(
    chosen: Chosen,
    *,
    previous: Sequence[KnownPlace] = (),
    overruled: Mapping[str, Overruling] | None = None,
    harm: HarmAtPoints | None = None,
) -> PlacesFound:
    """Which circles around map points hold most rows, or days of harm, of the last 12 months present, without a point in two?

    From the `ranked` rows: with a point on the force's own ground, at no institution, neither at home nor online. They are
    ranked by what the question weighs them by, ties from the west. By harm, tiers are of harm too, classes stay those of counts,
    and no place has fewer than ten rows. previous: the places of the run before, whose ids go on. overruled: place id, whole
    name or exact text → what a person says it is; an institution by their word is listed apart. harm: days of the last 12
    months by map point.
    Classes and tiers are None where the months are too few. Misleads as `grow_places` does: the first are flattered by having
    been chosen on these months, and a point stands for the streets around it. By harm a few grave crimes decide.
    Raises QuestionRefused where places are to be weighed by harm and it can't be told or adds nothing.
    """
    points = point_months(chosen)
    asked = chosen.question
    weighed = weighing_of(chosen, points, harm, last=LAST)
    grown = grow(chosen, points, weighed, previous=previous, overruled=overruled or {})
    judged = judge(points, grown, weighed, first=asked.places)
    sites = [*institution_points(chosen), *grown.sites_apart(points)]
    near = nearest_sites(points.xy_m, grown.cover, sites)
    found = [_place(chosen, points, weighed, grown, judged, near[i], at=at, i=i) for at, i in enumerate(grown.ranked)]
    by_harm = weighed.by == "harm"
    ordered = sorted(
        found, key=lambda each: (-(each.harm or 0.0) if by_harm else 0.0, -each.count, each.easting_m, each.northing_m)
    )
    weights = weighed.weights.copy()
    weights[[j for i in grown.apart for j in grown.cover.places[i].members]] = 0
    kept = replace(grown.cover, places=tuple(grown.cover.places[i] for i in grown.ranked))
    ids = [*(each.id for each in ordered), *(grown.identities.now[i].id for i in grown.apart)]
    return PlacesFound(
        chosen=chosen, points=points, bound=cover_bound(points.xy_m, weights, kept),
        bound_shown=cover_bound(points.xy_m, weights, replace(kept, places=kept.places[: asked.places])),
        places=tuple(replace(each, rank=rank) for rank, each in enumerate(ordered, start=1)),
        tiers=judged.tiers, spread=judged.spread, harm_spread=judged.harm_spread, weighed=weighed,
        ranked_harm=judged.ranked_harm, left_out=grown.left_out, identities=grown.identities, at=grown.at,
        ranked_rows=judged.ranked_rows,
        institutions=tuple(sorted((each for each in sites if each.by_month), key=most_rows_first)),
        known=grown.known(ids), unused=grown.decided.unused,
    )  # fmt: skip


def _place(
    chosen: Chosen,
    points: PointMonths,
    weighed: Weighing,
    grown: GrownPlaces,
    judged: Judged,
    near: tuple[InstitutionPoint, float] | None,
    *,
    i: int,
    at: int,
) -> PlaceFound:
    """One place, its rank still to come. i: which of the grown ones. at: which of those that are ranked, as they are judged."""
    place, now, rows = grown.cover.places[i], grown.identities.now[i], grown.rows_of[i]
    count = int(grown.monthly[i, -LAST:].sum())
    low, high = interval(count, None if judged.spread is None else float(judged.spread.of_places[at]))
    days = None if judged.harm is None else float(judged.harm[i])
    least = most = None
    if days is not None and judged.harm_spread is not None:
        varies = float(judged.harm_spread.of_places[at])
        least, most = interval(days / weighed.average, varies, times=weighed.average)
    easting_m, northing_m = (float(each) for each in points.xy_m[place.centre])
    lon, lat = (degrees_of(each) for each in points.lonlat[place.centre])
    return PlaceFound(
        id=now.id, name=grown.names[i], rank=0, district=grown.grounds[i].district, easting_m=easting_m, northing_m=northing_m,
        lon=lon, lat=lat, reach_m=place.reach_m,
        members=tuple((*point_of(points.xy_m[j]), int(weighed.counts[j])) for j in place.members),
        monthly=grown.monthly[i], count=count, count_low=low, count_high=high,
        standing=None if judged.tiers is None else judged.tiers.standings[at],
        course=None if judged.courses is None else judged.courses[at],
        suggested=kind_of(rows.told(), says_counts=chosen.is_street), overruled=grown.decided.of_places[i],
        near=near[0] if near else None, near_m=near[1] if near else None,
        settings={name: rows.settings.get(name, 0) for name in SETTINGS},
        news=now.news, from_ids=now.from_ids, overlap=now.overlap, harm=days, harm_low=least, harm_high=most,
    )  # fmt: skip


def may_be_patrolled(place: PlaceFound, *, is_street: bool) -> tuple[bool, str]:
    """May a patrol be drawn there, and why? Never from street data; else as a person decided, or as the rows say."""
    says = place.overruled
    decided = None if says is None else f"{says.because} ({says.by}, {says.on.isoformat()})"
    if is_street:
        return False, f"{decided or place.suggested.because}; {_OWN_RECORDS}"
    if says is not None and decided is not None:
        return says.patrol, decided
    return place.suggested.patrol, place.suggested.because


def measured_false_calls(found: PlacesFound, *, pasts: int = PASTS) -> PlaceFalseCalls | None:
    """How often do the rules say something of this area's places in pasts in which nothing changed?

    Of the points with all their months; those that a person says are institutions are among them. Seeded by the question.
    None where months or rows are too few to make a past of, and where places are chosen by harm, which no past is made of.
    """
    if found.weighed.by == "harm":
        return None
    points, asked = found.points, found.chosen.question
    months = points.counts[:, points.counts.sum(axis=0) > 0]
    if found.spread is None or months.shape[1] < FEWEST_MONTHS:
        return None
    calls = place_false_calls(
        points.xy_m, steady_area(points.xy_m, months, radius_m=asked.radius_m), radius_m=asked.radius_m,
        places=asked.chosen_places, first=asked.places, pasts=pasts, seed=asked.seed,
    )  # fmt: skip
    return calls if calls.judged else None  # in a small area every made-up past may be too empty to judge


def class_rules() -> list[dict[str, str | None]]:
    """The printed rule of the classes, a line each; the first that holds decides."""
    return [{"class": each.name, "when": each.when, "words": each.words} for each in RULES]
