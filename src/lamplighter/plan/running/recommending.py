"""How far a review's recommendation is: worked out by the first printed rule that holds, never typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lamplighter import definitions
from lamplighter.errors import listed
from lamplighter.plan.book import Standing
from lamplighter.plan.records.running import Correction, Recommendation
from lamplighter.plan.records.showing import Evidence, Source
from lamplighter.plan.releases.people import same_person
from lamplighter.plan.running.answers import RecommendationStands
from lamplighter.schema import day_words


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is known of one recommendation on one day. evidence: what it names and the plan, as known that day, holds."""

    recommendation: Recommendation
    today: date
    promises: tuple[Standing, ...]
    evidence: tuple[Evidence, ...]
    sources: Mapping[str, Source]
    corrections: tuple[Correction, ...] = ()

    @property
    def closed(self) -> date | None:
        return self._by_today(self.recommendation.closed_on)

    @property
    def verified(self) -> date | None:
        """The day of a check that counts: by a named person, and not by somebody who answers for it."""
        told = self.recommendation
        if not told.verified_by or owners_who_verify(told, [each.promise.owner for each in self.promises]):
            return None
        return self._by_today(told.verified_on)

    def outside(self) -> list[Evidence]:
        """The evidence that is not the plan's own text and that was not read as unsure."""
        return [
            each
            for each in self.evidence
            if each.status != "unverified"
            and (source := self.sources.get(each.source_id or "")) is not None
            and not source.is_plan_text
        ]

    def _by_today(self, day: date | None) -> date | None:
        return day if isinstance(day, date) and day <= self.today else None


def owners_who_verify(recommendation: Recommendation, promise_owners: Sequence[str | None]) -> list[str]:
    """Those who answer for it, or for a promise that answers it, and are named as having checked it too."""
    by = recommendation.verified_by
    if not by:
        return []
    named = [one for each in (recommendation.owner, *promise_owners) for one in _people(each)]
    checkers = _people(by)
    return list(dict.fromkeys(owner for owner in named if any(same_person(owner, each) for each in checkers)))


def _people(names: str | None) -> list[str]:
    """Several names may stand in one cell, with semicolons between them."""
    return [name.strip() for name in (names or "").split(";") if name.strip() and name.strip() != "n/a"]


def is_kept(standing: Standing) -> bool:
    """By the rule, and not said otherwise by anybody: an override alone closes nothing."""
    return standing.delivery.worked_out == "kept" and standing.delivery.answer == "kept"


def has_slipped(standing: Standing) -> bool:
    """By the rule or by anybody's word."""
    return bool({standing.delivery.worked_out, standing.delivery.answer} & {"missed", "overdue"})


def how_far(case: Case) -> RecommendationStands:
    """The first rule of rules_recommendations.csv that holds, with its words filled in."""
    for rule in definitions.recommendation_rules():
        because = TESTS[rule["id"]](case)
        if because is not None:
            return RecommendationStands(
                recommendation=case.recommendation,
                answer=rule["answer"],
                rule=rule["id"],
                rule_words=rule["words"],
                because=because,
            )
    raise AssertionError("the last rule always holds")


def _ids(standings: Sequence[Standing]) -> str:
    return listed(each.promise.id for each in standings)


def _not_answered(case: Case) -> str | None:
    return None if case.recommendation.response else "No answer to it was read."


def _rejected(case: Case) -> str | None:
    if case.recommendation.response != "rejected":
        return None
    return f"Rejected: {case.recommendation.reason or 'no reason was read'}".rstrip(".") + "."


def _reopened(case: Case) -> str | None:
    once = [(day, what) for day, what in ((case.closed, "closed"), (case.verified, "verified")) if day is not None]
    if not once:
        return None
    said = " and ".join(f"{what} on {day_words(day)}" for day, what in sorted(once))
    found = _slips(case)
    return f"It was {said}. Since then: {'; '.join(found)}." if found else None


def _slips(case: Case) -> list[str]:
    """What speaks against a recommendation that was done."""
    found = []
    if slipped := [each for each in case.promises if has_slipped(each)]:
        found.append("; ".join(f"{each.promise.id} is {_late(each)}" for each in slipped))
    fallen = [each for each in case.promises if not is_kept(each) and not has_slipped(each)]
    if case.closed is not None and fallen:
        found.append(f"it was closed, but {_ids(fallen)} {'is' if len(fallen) == 1 else 'are'} not kept")
    if contradicted := [each for each in case.promises if each.evidence.worked_out == "contradicted"]:
        found.append(f"what is said of {_ids(contradicted)} contradicts itself")
    if case.verified is not None:
        found += _evidence_gone(case, case.verified)
    return found


def _evidence_gone(case: Case, checked: date) -> list[str]:
    """What the check rested on and is no longer so. A later closing covers nothing up: it is the check's own day that counts."""
    outside = case.outside()
    if not outside:
        return ["no evidence from outside the plan's own text stands behind it"]
    found = []
    ids = {each.id for each in case.evidence}
    corrected = sorted(
        {
            each.record_id
            for each in case.corrections
            if each.record_id in ids and each.corrected_on and checked < each.corrected_on <= case.today
        }
    )
    if corrected:
        found.append(f"{listed(corrected)} {'was' if len(corrected) == 1 else 'were'} corrected after it was checked")
    months = case.recommendation.fresh_months
    if isinstance(months, int):
        newest = max((each.happened_on for each in outside if each.happened_on), default=None)
        if newest is None:
            found.append(f"its evidence must be renewed every {months} months and carries no day")
        elif _months_between(newest, case.today) > months:
            found.append(f"its newest evidence is of {day_words(newest)}, older than {months} months")
    return found


def _months_between(one: date, other: date) -> int:
    """Months begun between two days: 31 January to 1 March are two."""
    months = (other.year - one.year) * 12 + other.month - one.month
    return months + (1 if other.day > one.day else 0)


def _late(standing: Standing) -> str:
    bad = ("missed", "overdue")
    return standing.delivery.answer if standing.delivery.answer in bad else standing.delivery.worked_out


def _verified(case: Case) -> str | None:
    if case.verified is None:
        return None
    shown = listed(each.title or each.id for each in case.outside())
    return f"Checked by {case.recommendation.verified_by} on {day_words(case.verified)}, by: {shown}."


def _not_verified(case: Case) -> str | None:
    if case.closed is not None:
        return f"Closed on {day_words(case.closed)}; nobody from outside has checked it."
    if case.promises and all(is_kept(each) for each in case.promises):
        return f"{_ids(case.promises)} {'is' if len(case.promises) == 1 else 'are'} kept; nobody from outside has checked it."
    return None


def _slipping(case: Case) -> str | None:
    slipped = [each for each in case.promises if has_slipped(each)]
    return "; ".join(f"{each.promise.id} is {_late(each)}" for each in slipped) + "." if slipped else None


def _in_hand(case: Case) -> str | None:
    if not case.promises:
        return None
    kept = [each for each in case.promises if is_kept(each)]
    return f"Of the promises that answer it ({_ids(case.promises)}), {len(kept)} of {len(case.promises)} are kept."


def _no_promise(case: Case) -> str | None:
    return "No promise is named that answers it."


TESTS: Mapping[str, Callable[[Case], str | None]] = {
    "not-answered": _not_answered,
    "rejected": _rejected,
    "reopened": _reopened,
    "verified": _verified,
    "not-verified": _not_verified,
    "slipping": _slipping,
    "in-hand": _in_hand,
    "no-promise": _no_promise,
}
