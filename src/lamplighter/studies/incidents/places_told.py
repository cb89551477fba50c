"""The places of a profile as they are told: four sections of profile.json, their figures, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lamplighter.errors import listed
from lamplighter.methods.place_false_calls import PlaceFalseCalls
from lamplighter.methods.place_identity import KnownPlace
from lamplighter.schema import month_text, number_words
from lamplighter.studies.incidents.harm_at_points import HarmAtPoints, two_digits
from lamplighter.studies.incidents.place_decisions import Overruling
from lamplighter.studies.incidents.place_findings import (
    COUNT,
    INTERVAL,
    figures_of,
    findings_of,
    held,
    held_harm,
    tier_rule,
    weight_held_share,
)
from lamplighter.studies.incidents.place_kinds import KindsFound, kinds_of_rows, settings_told
from lamplighter.studies.incidents.place_rows import InstitutionPoint
from lamplighter.studies.incidents.place_weighing import UNITS, harm_told
from lamplighter.studies.incidents.places import (
    PlaceFound,
    PlacesFound,
    class_rules,
    find_places,
    may_be_patrolled,
    measured_false_calls,
)
from lamplighter.studies.incidents.saying import Figure, Finding

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen

SELECTION = (
    "Choosing flatters: the first were chosen because these months were high, and a part of their lead is luck that won't come"
    " again."
)
OTHERS = 0.20  # a place that is not shown, but possibly among the first
UNMEASURED = (
    "How often the rules speak where nothing changed was not measured for this area. On made-up months of two forces' violence"
    " about 1 place in 100 was called emerging, fading or intermittent for nothing, though chosen for their last 12 months."
)

UNMEASURED_HARM = (
    "How often the rules speak where nothing changed is measured for places chosen by count only; choosing by harm, in which a"
    " few grave crimes decide, flatters more."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class PlacesAnswer:
    """`places`, `institutions`, `places_method` and `kinds` of profile.json.

    Every count is of ranked rows: with a point on the force's own ground, at no institution, neither at home nor online;
    `settings` and the kind look at all rows of the question at the place's points; of an extract, those at home and online are
    told by the 10-5 rule.
    """

    found: PlacesFound
    false_calls: PlaceFalseCalls | None = None

    @cached_property
    def kinds(self) -> KindsFound:
        """At what kinds of place the rows lie. Asked of the table `asked`, so before another question takes it over."""
        return kinds_of_rows(self.found.chosen, self.found.at)

    def told(self) -> Mapping[str, Any]:
        """The four sections, by name."""
        return {
            "places": [self._place(each) for each in self.found.shown],
            "institutions": [self._institution(each) for each in self.found.institutions],
            "places_method": self._method(),
            "kinds": self.kinds.told(),
        }

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Of the places, of institutions, and of the kinds of place."""
        return (*figures_of(self.found), *self.kinds.figures)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the first places hold and how sure they are, what is ranked nowhere, what may be homes; facilities."""
        return (*findings_of(self.found), *self.kinds.findings)

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What places of map points never tell."""
        return (
            "Where on a street it happened: a place's rows stand at map points, and a point stands for the streets around it.",
            "Which of two places with overlapping intervals has more: their order may be chance.",
        )

    def _place(self, each: PlaceFound) -> dict[str, Any]:
        found, standing, course = self.found, each.standing, each.course
        patrol, because = may_be_patrolled(each, is_street=found.chosen.is_street)
        never = [name for name, rows in self.kinds.settings.items() if rows == 0]
        return {
            "id": each.id,
            "name": each.name,
            "kind": each.kind,
            "kind_because": because,
            "kind_suggested": each.suggested.kind,
            "overruled": each.overruled is not None,
            "overruled_by": each.overruled.by if each.overruled else None,
            "patrol": patrol,
            "near_institution": each.near.kind if each.near else None,
            "near_institution_m": each.near_m,
            "rank": each.rank,
            "tier": standing.tier if standing else None,
            "probability": round(standing.probability, 3) if standing else None,
            "low_rank": standing.low_rank if standing else None,
            "high_rank": standing.high_rank if standing else None,
            "class": course.name if course else None,
            "class_words": course.words if course else "Too few months to class.",
            "easting_m": each.easting_m,
            "northing_m": each.northing_m,
            "lon": each.lon,
            "lat": each.lat,
            "radius_m": found.chosen.question.radius_m,
            "reach_m": round(each.reach_m, 1),
            "points": len(each.members),
            "members": [list(member) for member in each.members],
            "district": each.district,
            "count": each.count,
            "count_period": int(each.monthly.sum()),
            "count_low": each.count_low,
            "count_high": each.count_high,
            "chosen_by": found.weighed.by,
            "harm": harm_told(each.harm, rows=each.count),
            "harm_low": harm_told(each.harm_low, rows=each.count),
            "harm_high": harm_told(each.harm_high, rows=each.count),
            "years": self._years(each),
            "months": [int(rows) for rows in each.monthly],
            "settings": settings_told(each.settings, never=never, is_street=found.chosen.is_street),
            "news": each.news,
            "from_ids": list(each.from_ids),
            "overlap": None if each.overlap is None else round(each.overlap, 3),
        }

    def _years(self, each: PlaceFound) -> dict[str, int]:
        years: dict[str, int] = {}
        for month, rows in zip(self.found.chosen.months, each.monthly, strict=True):
            years[str(month // 12)] = years.get(str(month // 12), 0) + int(rows)
        return years

    def _institution(self, each: InstitutionPoint) -> dict[str, Any]:
        last = self.found.last_months
        years: dict[str, int] = {}
        for month in self.found.chosen.months:
            years[str(month // 12)] = years.get(str(month // 12), 0) + each.by_month.get(month, 0)
        near = [place.id for place in self.found.shown if place.near is each]
        says = each.decided
        return {
            "id": each.id,
            "decided_by": None if says is None else says.by,
            "decided_because": None if says is None else says.because,
            "name": each.name,
            "kind": each.kind,
            "count": sum(each.by_month.get(month, 0) for month in last),
            "count_period": sum(each.by_month.values()),
            "easting_m": each.easting_m,
            "northing_m": each.northing_m,
            "lon": None if each.lon is None else round(each.lon, 6),
            "lat": None if each.lat is None else round(each.lat, 6),
            "years": years,
            "near": near,
        }

    def _method(self) -> dict[str, Any]:
        found = self.found
        asked = found.chosen.question
        whole = {str(year) for year in range(found.chosen.months[0] // 12, found.chosen.months[-1] // 12 + 1)
                 if all(year * 12 + at in found.chosen.months for at in range(12))}  # fmt: skip
        part = sorted({str(month // 12) for month in found.chosen.months} - whole)
        others = [
            each for each in found.places[asked.places :] if each.standing and each.standing.probability >= OTHERS
        ]
        by = found.weighed.by
        by_harm = by == "harm"
        total = found.ranked_harm if by_harm else found.ranked_rows
        spread = found.harm_spread if by_harm else found.spread
        small = found.left_out
        left_out = (
            [f"{number_words(small)} circle{'' if small == 1 else 's'} of fewer rows"
             f" weigh{'s' if small == 1 else ''} {'more than the last place shown' if found.places else 'something'}, and"
             f" {'is' if small == 1 else 'are'} left out"]
            if small else []
        )  # fmt: skip

        def told(value: float) -> float | None:
            return two_digits(value) if by_harm else round(value, 1)

        return {
            "radius_m": asked.radius_m,
            "chosen_by": by,
            "unit": UNITS[by],
            "left_out": small,
            "harm_total": two_digits(found.ranked_harm),
            "harm_held": held_harm(found),
            "weight_held_share": weight_held_share(found),
            "chosen": len(found.places),
            "shown": len(found.shown),
            "chosen_on": found.last_words,
            "count_words": COUNT,
            "total": found.ranked_rows,
            "held": held(found),
            "held_share": round(held(found) / found.ranked_rows, 4) if found.ranked_rows else None,
            "bound": told(found.bound_shown.bound) if total else None,
            "bound_share": round(found.bound_shown.bound / total, 2 if by_harm else 4) if total else None,
            "bound_method": found.bound_shown.method,
            "chosen_held": told(found.bound.held),
            "chosen_bound": told(found.bound.bound),
            "dispersion": None if spread is None else round(spread.overall, 2),
            "interval_words": INTERVAL,
            "tier_rule": tier_rule(found),
            "class_rules": class_rules(),
            "false_calls": self._false_calls(),
            "years_in_part": part,
            "others_possible": [
                {"id": each.id, "name": each.name, "rank": each.rank, "probability": round(each.standing.probability, 3),
                 "count": each.count, "harm": harm_told(each.harm, rows=each.count)}
                for each in others if each.standing
            ],
            "known": [{"id": each.id, "points": [list(point) for point in each.points]} for each in found.known],
            "decisions_unused": [{"name": name, "why": why} for name, why in found.unused],
            "ended": [
                {"id": each.id, "news": each.news, "into_ids": list(each.into_ids)} for each in found.identities.ended
            ],
            "words": [
                found.weighed.words,
                *left_out,
                SELECTION,
                f"{month_text(found.last_months[0])} to {month_text(found.last_months[-1])}: {COUNT}",
                *([f"Years of which the source or the period holds a part only: {listed(part)}"] if part else []),
                *(f"The decision on the kind of “{name}” is not used: {why}" for name, why in found.unused),
            ],
        }  # fmt: skip

    def _false_calls(self) -> dict[str, Any] | None:
        calls = self.false_calls
        if calls is None:
            judged = self.found.spread is not None
            words = UNMEASURED_HARM if self.found.weighed.by == "harm" else UNMEASURED
            return dict.fromkeys(_CALLS) | {"measured": False, "words": words} if judged else None
        tiers = (
            f"; of {number_words(calls.sure)} that were called almost certain, {number_words(calls.sure_wrong)}"
            f" {'was' if calls.sure_wrong == 1 else 'were'} not among the first"
            if self.found.tiers
            else ""
        )
        return {
            "measured": True,
            **{name: getattr(calls, name) for name in _CALLS},
            "flattery": None if calls.flattery is None else round(calls.flattery, 3),
            "words": f"In {calls.pasts} made-up pasts of this area in which nothing changed, {number_words(calls.called)} of"
            f" {number_words(calls.judged)} places were called emerging, fading or intermittent{tiers}",
        }


_CALLS = ("pasts", "seed", "judged", "called", "sure", "sure_wrong", "flattery")


def places(
    chosen: Chosen,
    *,
    previous: Sequence[KnownPlace] = (),
    overruled: Mapping[str, Overruling] | None = None,
    harm: HarmAtPoints | None = None,
    with_false_calls: bool = True,
) -> PlacesAnswer:
    """Which places that a patrol can walk hold most, how sure is that, and what kind of places are they?

    As `find_places`, with how often its words about places come from chance alone in this area, measured on a few made-up pasts
    (about two seconds for a force); without that the rate that was measured on two forces is told.
    """
    found = find_places(chosen, previous=previous, overruled=overruled, harm=harm)
    return PlacesAnswer(found=found, false_calls=measured_false_calls(found) if with_false_calls else None)
