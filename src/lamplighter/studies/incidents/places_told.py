"""The places of a profile as they are told: four sections of profile.json, their figures, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lamplighter.methods.place_false_calls import PlaceFalseCalls
from lamplighter.schema import month_text, number_words
from lamplighter.studies.incidents.place_rows import SETTINGS, InstitutionPoint
from lamplighter.studies.incidents.places import PlaceFound, PlacesFound, class_rules, may_be_patrolled
from lamplighter.studies.incidents.saying import Figure, Finding, Interval
from lamplighter.studies.kinds import MAY_BE_HOMES, risky_facilities

INTERVAL = "95% of a gamma with the measured over-dispersion; the place held fixed"
SELECTION = (
    "Choosing flatters: the first were chosen because these months were high, and a part of their lead is luck that won't come"
    " again."
)
OTHERS = 0.20  # a place that is not shown, but possibly among the first
SURELY = "almost certainly"


@dataclass(frozen=True, kw_only=True, eq=False)
class PlacesAnswer:
    """`places`, `institutions`, `places_method` and `kinds` of profile.json.

    Every count is of ranked rows: with a point on the force's own ground, at no institution, neither at home nor online;
    `settings` and the kind look at all rows of the question at the place's points.
    """

    found: PlacesFound
    false_calls: PlaceFalseCalls | None = None

    def told(self) -> Mapping[str, Any]:
        """The four sections, by name."""
        return {
            "places": [self._place(each) for each in self.found.shown],
            "institutions": [self._institution(each) for each in self.found.institutions],
            "places_method": self._method(),
            "kinds": self._kinds(),
        }

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What the shown places hold together and each alone; what lies at institutions."""
        found = self.found
        held, total = self._held(), self._total()
        figures = [
            Figure(
                id="places.held", label=f"rows in the first {len(found.shown)} places", value=held, unit="rows",
                definition=_COUNT, period=found.last_words, rows=held, numerator=held, denominator=total,
            ),
            Figure(
                id="places.total", label="ranked rows of the last months", value=total, unit="rows",
                definition="All ranked rows of the area, in a chosen place or not.", period=found.last_words, rows=total,
            ),
            Figure(
                id="places.months", label="months present that places are chosen on", value=len(found.last_months), unit="months",
                definition="The last months of the period that the source holds, twelve at most.", period=found.last_words,
                rows=None,
            ),
            Figure(
                id="places.held_share", label=f"share of the ranked rows in the first {len(found.shown)} places",
                value=round(100 * held / total, 1) if total else None, unit="%", definition=f"{_COUNT} Over all ranked rows.",
                period=found.last_words, rows=total, numerator=held, denominator=total,
            ),
            Figure(
                id="places.shown", label="places shown", value=len(found.shown), unit="places",
                definition="Places listed by count.",
                period=found.last_words, rows=None,
            ),
            Figure(
                id="places.sure", label="places that are almost certainly among the first", value=self._sure(), unit="places",
                definition=found.tiers.rule if found.tiers else "Not worked out: too few places or months.",
                period=found.last_words, rows=None, numerator=self._sure(), denominator=len(found.shown),
            ),
            Figure(
                id="places.may_be_homes", label="shown places of unknown kind that may be homes", value=self._homes(),
                unit="places", definition="A street's name is all that the source tells of most of their rows.",
                period=found.last_words, rows=None,
                numerator=self._homes(), denominator=len(found.shown),
            ),
            Figure(
                id="institutions.count", label="rows at institutions", value=self._at_institutions(), unit="rows",
                definition="Rows of the question at a prison, hospital or police station: in no place.",
                period=found.last_words, rows=self._at_institutions(),
            ),
        ]  # fmt: skip
        for each in found.shown:
            low, high = each.count_low, each.count_high
            interval = None if low is None or high is None else Interval(low=low, high=high, words=INTERVAL)
            figures += [
                Figure(id=f"places.{each.id}.count", label=f"{each.name}: rows of the last months", value=each.count, unit="rows",
                       definition=_COUNT, period=found.last_words, rows=each.count, interval=interval),
                Figure(id=f"places.{each.id}.count_period", label=f"{each.name}: rows of the whole period",
                       value=int(each.monthly.sum()), unit="rows", definition=_COUNT, period=found.chosen.period_words,
                       rows=int(each.monthly.sum())),
            ]  # fmt: skip
        return tuple(figures)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """How much the shown places hold, how sure they are, what lies at institutions, what may be homes."""
        shown = len(self.found.shown)
        total = self._total()
        if not shown or not total:
            return ()
        share = round(100 * self._held() / total, 1)
        told = [
            Finding(
                text=f"The first {number_words(shown)} places hold {number_words(self._held())} of {number_words(total)} ranked"
                f" rows of the last {len(self.found.last_months)} months present ({share:g}%).",
                figure_ids=("places.shown", "places.held", "places.total", "places.months", "places.held_share"),
                confidence="high", weight=80,
            )
        ]  # fmt: skip
        if self.found.tiers:
            told.append(
                Finding(
                    text=f"Almost certainly among the first {number_words(shown)}: {number_words(self._sure())} of them. The"
                    " order of the others may be chance.",
                    figure_ids=("places.sure", "places.shown"), confidence="moderate", weight=60,
                )
            )  # fmt: skip
        if self._homes():
            told.append(
                Finding(
                    text=f"Plain streets that may be homes: {number_words(self._homes())} of the first {number_words(shown)}. No"
                    " patrol is drawn there.",
                    figure_ids=("places.may_be_homes", "places.shown"), confidence="high", weight=70,
                )
            )  # fmt: skip
        if self._at_institutions():
            told.append(
                Finding(
                    text=f"At prisons, hospitals or police stations: {number_words(self._at_institutions())} rows of the last"
                    f" {len(self.found.last_months)} months present. They are no street crime and are ranked nowhere.",
                    figure_ids=("institutions.count", "places.months"), confidence="high", weight=65,
                )
            )  # fmt: skip
        return tuple(told)

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What places of map points never tell."""
        return (
            "Where on a street it happened: a place's rows stand at map points, and a point stands for the streets around it.",
        )

    def _place(self, each: PlaceFound) -> dict[str, Any]:
        found, standing, course = self.found, each.standing, each.course
        patrol, because = may_be_patrolled(each, is_street=found.chosen.is_street)
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
            "harm": None if each.harm is None else round(each.harm, 1),
            "years": self._years(each),
            "months": [int(rows) for rows in each.monthly],
            "settings": dict(each.settings),
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
        return {
            "radius_m": asked.radius_m,
            "chosen": len(found.places),
            "shown": len(found.shown),
            "chosen_on": found.last_words,
            "count_words": _COUNT,
            "total": self._total(),
            "held": self._held(),
            "held_share": round(self._held() / self._total(), 4) if self._total() else None,
            "bound": {"held": round(found.bound.held, 1), "bound": round(found.bound.bound, 1), "method": found.bound.method},
            "bound_share": round(found.bound.share, 4) if self._total() else None,
            "dispersion": None if found.spread is None else round(found.spread.overall, 2),
            "interval_words": INTERVAL,
            "tier_rule": found.tiers.rule if found.tiers else None,
            "class_rules": class_rules(),
            "false_calls": self._false_calls(),
            "years_in_part": part,
            "others_possible": [
                {"id": each.id, "name": each.name, "rank": each.rank, "probability": round(each.standing.probability, 3),
                 "count": each.count}
                for each in others if each.standing
            ],
            "known": [{"id": each.id, "points": [list(point) for point in each.points]} for each in found.known],
            "decisions_unused": [{"name": name, "why": why} for name, why in found.unused],
            "ended": [
                {"id": each.id, "news": each.news, "into_ids": list(each.into_ids)} for each in found.identities.ended
            ],
            "words": [SELECTION, f"{month_text(found.last_months[0])} to {month_text(found.last_months[-1])}: {_COUNT}"],
        }  # fmt: skip

    def _false_calls(self) -> dict[str, Any] | None:
        calls = self.false_calls
        if calls is None:
            return None
        return {
            "pasts": calls.pasts,
            "seed": calls.seed,
            "judged": calls.judged,
            "called": calls.called,
            "sure": calls.sure,
            "sure_wrong": calls.sure_wrong,
            "flattery": None if calls.flattery is None else round(calls.flattery, 3),
            "words": (
                f"In {calls.pasts} made-up pasts in which nothing changed {calls.called} of {calls.judged} places were called"
                f" emerging, fading or intermittent, and {calls.sure_wrong} of {calls.sure} that were called almost certain were"
                " not among the first."
            ),
        }

    def _kinds(self) -> dict[str, Any]:
        chosen = self.found.chosen
        rows = chosen.db.execute(
            "select place_kind, institution is not null, cast(count(*) as bigint) from asked"
            " where of_question and located and own_ground group by 1, 2 order by 3 desc, 1 nulls last, 2"
        ).fetchall()
        settings = dict(
            chosen.db.execute(
                "select place_setting, cast(count(*) as bigint) from asked where of_question group by 1"
            ).fetchall()
        )
        return {
            "risky_facilities": [
                {"kind": each.kind, "points": each.points, "rows": each.rows, "points_with_half": each.points_with_half}
                for each in risky_facilities([rows_at.told() for rows_at in self.found.at.values()])
            ],
            "rows_by_kind": [
                {"kind": kind or MAY_BE_HOMES, "institution": institution, "rows": count}
                for kind, institution, count in rows
            ],
            "settings": {name: settings.get(name, 0) for name in SETTINGS},
        }

    def _held(self) -> int:
        return sum(each.count for each in self.found.shown)

    def _total(self) -> int:
        return self.found.ranked_rows

    def _sure(self) -> int:
        return sum((each.standing.tier or "").startswith(SURELY) for each in self.found.shown if each.standing)

    def _homes(self) -> int:
        return sum(each.kind == MAY_BE_HOMES for each in self.found.shown)

    def _at_institutions(self) -> int:
        return sum(each.by_month.get(month, 0) for each in self.found.institutions for month in self.found.last_months)


_COUNT = "Rows at the place's map points: on the force's own ground, at no institution, neither at home nor online by the source."
