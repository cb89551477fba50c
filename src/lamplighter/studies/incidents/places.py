"""Which places that a patrol can walk hold most of it, how sure is their order, and what kind of places are they?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lamplighter.methods.cover_bound import CoverBound, cover_bound
from lamplighter.methods.dispersion import Dispersion, dispersion
from lamplighter.methods.place_classes import RULES, PlaceClass, classes_of
from lamplighter.methods.place_false_calls import PlaceFalseCalls, place_false_calls
from lamplighter.methods.place_identity import Identities, KnownPlace, keep_ids
from lamplighter.methods.places import Cover
from lamplighter.methods.tiers import Standing, Tiers, tiers_of
from lamplighter.methods.unchanged_months import steady_area
from lamplighter.schema import month_text
from lamplighter.studies.incidents.harm_at_points import HarmAtPoints
from lamplighter.studies.incidents.place_decisions import (
    Overruling as Overruling,
)
from lamplighter.studies.incidents.place_decisions import (
    PlaceNamed,
    decisions_on,
    is_institution,
)
from lamplighter.studies.incidents.place_names import main_street, names_of
from lamplighter.studies.incidents.place_rows import (
    SETTINGS,
    InstitutionPoint,
    Point,
    RowsAt,
    institution_points,
    most_rows_first,
    rows_at_points,
    together,
)
from lamplighter.studies.incidents.place_weighing import Weighing, grown, judged_by_harm, weighing_of
from lamplighter.studies.incidents.points import PointMonths, point_months
from lamplighter.studies.kinds import PlaceKind, kind_of, near_institutions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lamplighter.studies.incidents.chosen import Chosen

LAST = 12  # months present that the places are chosen on
PASTS = 5  # five hundred places judged: enough to tell 1 in 100 from 1 in 20, in two seconds for a force
FEWEST_MONTHS = 3  # fewer tell nothing of how much a place varies
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
    counts, weights = weighed.counts, weighed.weights
    cover, left_out = grown(chosen, points, weighed)
    monthly = np.asarray(cover.member_sums(points.counts), dtype=np.int64)
    monthly = monthly.reshape(len(cover.places), len(points.months))
    at = rows_at_points(chosen)
    members = [[_point(points.xy_m[i]) for i in place.members] for place in cover.places]
    rows_of = [together(each, at) for each in members]
    grounds = [rows.ground(*points.xy_m[place.centre]) for rows, place in zip(rows_of, cover.places, strict=True)]
    names = names_of(grounds, numbered=not chosen.is_street)
    weight_of = {_point(xy): float(weight) for xy, weight in zip(points.xy_m, counts, strict=True)}
    identities = keep_ids(previous, members, weights=weight_of)
    decided = decisions_on(
        overruled or {},
        [
            PlaceNamed(id=now.id, name=name, street=main_street(ground, numbered=not chosen.is_street))
            for now, name, ground in zip(identities.now, names, grounds, strict=True)
        ],
    )
    # Where a person says that it is an institution, it is listed apart like any other, and its rows make no tier or class.
    apart = [i for i, each in enumerate(decided.of_places) if each is not None and is_institution(each.kind)]
    ranked = [i for i in range(len(cover.places)) if i not in apart]
    level = points.counts.sum(axis=0) - monthly[apart].sum(axis=0)
    tiers, spread, courses = _judged(monthly[ranked], level, first=asked.places)
    by_month = None if weighed.harm is None else cover.member_sums(weighed.harm)
    harm_spread = ranked_harm = None
    if weighed.by == "harm" and weighed.harm is not None and by_month is not None:
        days = weighed.harm.sum(axis=0) - by_month[apart].sum(axis=0)
        ranked_harm = float(days.sum())
        tiers, harm_spread = judged_by_harm(
            by_month[ranked], days, average=weighed.average, first=asked.places, fewest_months=FEWEST_MONTHS
        )
    sites = institution_points(chosen)
    for i in apart:
        centre = cover.places[i].centre
        sites.append(
            InstitutionPoint(
                kind=decided.of_places[i].kind, name=names[i], easting_m=_point(points.xy_m[centre])[0],  # type: ignore[union-attr]
                northing_m=_point(points.xy_m[centre])[1], lon=_degrees(points.lonlat[centre][0]),
                lat=_degrees(points.lonlat[centre][1]), id=identities.now[i].id, decided=decided.of_places[i],
                by_month={int(month): int(rows) for month, rows in zip(points.months, monthly[i], strict=True) if rows},
            )
        )  # fmt: skip
    near, near_m = _near(points.xy_m, cover, sites)
    weights, counts = weights.copy(), counts.copy()
    for each in (weights, counts):
        each[[j for i in apart for j in cover.places[i].members]] = 0
    kept = replace(cover, places=tuple(cover.places[i] for i in ranked))
    found = []
    for judged, i in enumerate(ranked):
        place, now = cover.places[i], identities.now[i]
        count = int(monthly[i, -LAST:].sum())
        low, high = _interval(count, None if spread is None else float(spread.of_places[judged]))
        harmful = None if by_month is None else float(by_month[i].sum())
        least = most = None
        if harmful is not None and harm_spread is not None:
            varies = float(harm_spread.of_places[judged])
            least, most = _interval(harmful / weighed.average, varies, times=weighed.average)
        found.append(
            PlaceFound(
                id=now.id, name=names[i], rank=0, district=grounds[i].district,
                easting_m=float(points.xy_m[place.centre][0]), northing_m=float(points.xy_m[place.centre][1]),
                lon=_degrees(points.lonlat[place.centre][0]), lat=_degrees(points.lonlat[place.centre][1]),
                reach_m=place.reach_m,
                members=tuple((*_point(points.xy_m[j]), int(counts[j])) for j in place.members),
                monthly=monthly[i], count=count, count_low=low, count_high=high,
                standing=None if tiers is None else tiers.standings[judged],
                course=None if courses is None else courses[judged],
                suggested=kind_of(rows_of[i].told(), says_counts=chosen.is_street), overruled=decided.of_places[i],
                near=near[i], near_m=near_m[i],
                settings={name: rows_of[i].settings.get(name, 0) for name in SETTINGS},
                news=now.news, from_ids=now.from_ids, overlap=now.overlap,
                harm=harmful, harm_low=least, harm_high=most,
            )
        )  # fmt: skip
    by_harm = weighed.by == "harm"
    ordered = sorted(
        found, key=lambda each: (-(each.harm or 0.0) if by_harm else 0.0, -each.count, each.easting_m, each.northing_m)
    )
    known = {each.id: tuple(members[i]) for i, each in enumerate(identities.now)}
    in_order = [*(each.id for each in ordered), *(identities.now[i].id for i in apart)]
    return PlacesFound(
        chosen=chosen, points=points, bound=cover_bound(points.xy_m, weights, kept),
        bound_shown=cover_bound(points.xy_m, weights, replace(kept, places=kept.places[: asked.places])),
        places=tuple(replace(each, rank=rank) for rank, each in enumerate(ordered, start=1)),
        tiers=tiers, spread=spread, harm_spread=harm_spread, weighed=weighed, ranked_harm=ranked_harm, left_out=left_out,
        identities=identities, at=at, ranked_rows=int(level[-LAST:].sum()),
        institutions=tuple(sorted((each for each in sites if each.by_month), key=most_rows_first)),
        known=tuple(KnownPlace(id=each, points=known[each]) for each in in_order), unused=decided.unused,
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


def _judged(
    monthly: NDArray[np.int64], level: NDArray[np.int64], *, first: int
) -> tuple[Tiers | None, Dispersion | None, tuple[PlaceClass, ...] | None]:
    """Tiers by the last 12 months with the dispersion that these show, classes by all: as their false calls are measured."""
    known = level > 0  # a month without any row of the question says nothing of a place's share
    last = monthly[:, -LAST:][:, known[-LAST:]]
    if len(monthly) < 2 or last.shape[1] < FEWEST_MONTHS:
        return None, None, None
    spread = dispersion(last, level=level[-LAST:][known[-LAST:]])
    tiers = tiers_of(last.sum(axis=1), spread.of_places, first=first) if len(monthly) > first else None
    return tiers, spread, classes_of(monthly[:, known], level=level[known])


def _interval(count: float, spread: float | None, *, times: float = 1.0) -> tuple[float | None, float | None]:
    """95% of where the place's true count lies: the gamma of `methods.tiers`, with its dispersion. times: days of a crime."""
    if spread is None:
        return None, None
    from scipy.special import gammaincinv

    shape = (count + 0.5) / spread
    low, high = (float(gammaincinv(shape, p) * spread * times) for p in (0.025, 0.975))
    return round(low, 1), round(high, 1)


def _near(
    xy_m: NDArray[np.float64], cover: Cover, institutions: Sequence[InstitutionPoint]
) -> tuple[list[InstitutionPoint | None], list[float | None]]:
    """For each place the nearest institution within reach of any of its points, and how far."""
    theirs = np.array([[each.easting_m, each.northing_m] for each in institutions], dtype=np.float64).reshape(-1, 2)
    which: list[InstitutionPoint | None] = []
    metres: list[float | None] = []
    for place in cover.places:
        members = xy_m[list(place.members)]
        near = near_institutions(members, theirs)
        away = [(float(np.hypot(*(xy - theirs[i]))), int(i)) for xy, i in zip(members, near, strict=True) if i >= 0]
        which.append(institutions[min(away)[1]] if away else None)
        metres.append(round(min(away)[0]) if away else None)
    return which, metres


def _point(xy: NDArray[np.float64]) -> Point:
    return int(xy[0]), int(xy[1])


def _degrees(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)


def class_rules() -> list[dict[str, str | None]]:
    """The printed rule of the classes, a line each; the first that holds decides."""
    return [{"class": each.name, "when": each.when, "words": each.words} for each in RULES]
