"""Recommendations: a machine suggests by printed rules, a named person decides, and both are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from lamplighter.errors import InputError, listed
from lamplighter.profile.decisions import Decision, Decisions
from lamplighter.profile.suggesting import OWN_RECORDS, Suggestion, in_the_open, suggestions_of, tactic_row
from lamplighter.schema import day_words

DRAFT_WORDS = "draft: nobody has decided"
State = Literal["draft", "accepted", "amended", "rejected", "held"]
_STATES: Mapping[str, State] = {"accept": "accepted", "amend": "amended", "reject": "rejected"}
_FILLED_BY_PEOPLE = {"owner": "an owner", "legal_basis": "a legal basis", "equality_check": "an equality check"}


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """One recommendation as it stands: what was suggested, what a named person made of it, and what is still lacking.

    suggested: None where a person added it. state `held`: a person asked for what this source or ground can't carry.
    lacks: what has to be filled in before anybody acts, in words.
    """

    id: str
    suggested: Suggestion | None
    target_id: str
    name: str
    tactic: str
    state: State
    state_words: str
    decision: Decision | None
    earlier: tuple[Decision, ...]
    lacks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The recommendation in one sentence, the place first."""
        return f"{self.name}: {tactic_row(self.tactic)['what']}"

    def told(self) -> dict[str, Any]:
        """As it stands in profile.json. A day is ISO text; what nobody filled in is null."""
        row, made, given = tactic_row(self.tactic), self.suggested, self.decision
        own_dosage = given.dosage if given else None
        return {
            "id": self.id,
            "text": self.text,
            "target": made.target if made else "place",
            "place_id": self.target_id,
            "place_name": self.name,
            "tactic": self.tactic,
            "tactic_name": row["name"],
            "what": row["what"],
            "why_here": made.why_here if made else None,
            "figure_ids": list(made.figure_ids) if made else [],
            "check_first": made.check_first if made else None,
            "when": made.when if made else None,
            "dosage": own_dosage or row["dosage"],
            "dosage_source": f"{given.by}, {given.on.isoformat()}" if given and own_dosage else row["dosage_source"],
            "dosage_status": "decided" if own_dosage else row["dosage_status"],
            "look_for": row["look_for"],
            "not_to_conclude": row["not_to_conclude"],
            "measure": (given.measure if given else None) or row["measure"],
            "review_on": _iso(self._review_on()),
            "review_words": f"{row['review_weeks']} weeks after the decision, unless it names a day",
            "owner": given.owner if given else None,
            "legal_basis": given.legal_basis if given else None,
            "equality_check": given.equality_check if given else None,
            "lacks": list(self.lacks),
            "state": self.state,
            "state_words": self.state_words,
            "suggested_tactic": made.tactic if made else None,
            "decision": None if given is None else _decision_told(given),
            "earlier_decisions": [_decision_told(each) for each in self.earlier],
        }

    def _review_on(self) -> date | None:
        if self.decision is None or self.state not in ("accepted", "amended"):
            return None
        weeks = int(tactic_row(self.tactic)["review_weeks"])
        return self.decision.review_on or self.decision.on + timedelta(weeks=weeks)


def recommend(told: Mapping[str, Any], decisions: Decisions, *, is_street: bool) -> tuple[Recommendation, ...]:
    """What should be done where, by these rules; a draft each until a named person decides.

    told: the sections of profile.json so far: `question`, `places`, `institutions`, `kinds`, `time`, and `figures` (an id
    that is not among them is not cited). is_street: open street data, which carry no tactic: only a look into the force's
    own records.
    The rules, for an extract: a place that may be patrolled → the tactic whose kinds name it; half at home → a safeguarding
    review by a person, never a patrol; a facility whose setting is unknown → work with whoever runs it; any other ground →
    own records first. The institutions with most rows → joint work; the facilities with most rows → licensing, or whoever
    runs them. A decision stands where it fits the ground; otherwise it is `held` with the reason, never lost.
    Raises InputError where a decision names a place by a name that two places have.
    """
    suggestions = suggestions_of(told, is_street=is_street)
    every = {place["id"]: place for place in told.get("places", ())}
    by_target: dict[str, list[Decision]] = {}
    for each in decisions.recommendations:
        by_target.setdefault(_target(each.place, suggestions, every), []).append(each)
    made: list[Recommendation] = []
    for one in suggestions:
        given = sorted(by_target.pop(one.target_id, ()), key=lambda each: each.on)
        # A tactic that can't stand here is an answer to the suggestion, which then stands in its place.
        about = [
            each
            for each in given
            if each.decision == "amend"
            or each.tactic in (None, one.tactic)
            or (
                each.decision == "accept"
                and _held(each.tactic, one.target_id, is_street=is_street, public_ground=one.public_ground)
            )
        ]
        made.append(_decided(one, one.target_id, one.name, about, is_street=is_street, public_ground=one.public_ground))
        made.extend(_added(one.target_id, one.name, given, about, is_street=is_street, public_ground=one.public_ground))
    for target, given in by_target.items():
        place = every.get(target)
        name = place["name"] if place else target
        ground = bool(place and place.get("patrol"))
        ordered = sorted(given, key=lambda each: each.on)
        made.extend(
            _added(target, name, ordered, (), is_street=is_street, public_ground=ground, known=place is not None)
        )
    return tuple(made)


def _decided(
    suggested: Suggestion | None,
    target: str,
    name: str,
    given: Sequence[Decision],
    *,
    is_street: bool,
    public_ground: bool,
    known: bool = True,
) -> Recommendation:
    """The last decision by day is the one that stands; the ones before it are kept."""
    last = given[-1] if given else None
    proposed = suggested.tactic if suggested else OWN_RECORDS
    tactic = (last.tactic if last else None) or proposed
    state: State = _STATES[last.decision] if last else "draft"
    held = (
        None
        if state in ("draft", "rejected")
        else _held(tactic, target, is_street=is_street, public_ground=public_ground, known=known)
    )
    asked = tactic
    if held:
        state, tactic = "held", proposed
    lacks = _lacks(last) if state in ("draft", "accepted", "amended") else ()
    return Recommendation(
        id=f"{target}.{proposed if suggested else asked}",
        suggested=suggested,
        target_id=target,
        name=name,
        tactic=tactic,
        state=state,
        state_words=_state_words(state, last, lacks, held, known=known),
        decision=last,
        earlier=tuple(given[:-1]),
        lacks=lacks,
    )


def _added(
    target: str,
    name: str,
    given: Sequence[Decision],
    about: Sequence[Decision],
    *,
    is_street: bool,
    public_ground: bool,
    known: bool = True,
) -> list[Recommendation]:
    """What a person decided beside the suggestions, one a tactic."""
    by_tactic: dict[str, list[Decision]] = {}
    for each in given:
        if not any(each is one for one in about):
            by_tactic.setdefault(each.tactic or OWN_RECORDS, []).append(each)
    return [
        _decided(None, target, name, each, is_street=is_street, public_ground=public_ground, known=known)
        for each in by_tactic.values()
    ]


def _held(tactic: str, target: str, *, is_street: bool, public_ground: bool, known: bool = True) -> str | None:
    """Why a decision can't stand on this source or ground; None where it can."""
    if tactic == OWN_RECORDS:
        return None
    if is_street:
        return "open street data carry no tactic. Check with own records, and make the profile from the force's own extract"
    if not in_the_open(tactic) or (known and public_ground):
        return None
    if target.startswith("institution."):
        return "no patrol is drawn at an institution"
    if target.startswith("kind."):
        return "a kind of facility is no ground. Name one place"
    if not known:
        return "its place is not among those of this profile, so nobody can say what ground it is"
    return (
        "the place is not known to be public. If it is, say so in decisions.toml under [kinds] with the kind, patrol = true,"
        " why and your name"
    )


def _state_words(state: State, given: Decision | None, lacks: Sequence[str], held: str | None, *, known: bool) -> str:
    if given is None:
        return DRAFT_WORDS
    who = f"by {given.by}, {day_words(given.on)}"
    if state == "held":
        asked = f" ({tactic_row(given.tactic)['name']})" if given.tactic else ""
        return f"held: asked for {who}{asked}, and {held}."
    because = f", because: {given.reason}" if given.reason else ""
    lacking = f"; nobody should act yet: it lacks {listed(lacks)}" if lacks else ""
    gone = "" if known else "; its place is not among those of this profile"
    return f"{state} {who}{because}{lacking}{gone}"


def _lacks(given: Decision | None) -> tuple[str, ...]:
    return tuple(words for key, words in _FILLED_BY_PEOPLE.items() if given is None or not getattr(given, key))


def _target(asked: str, suggestions: Sequence[Suggestion], places: Mapping[str, Mapping[str, Any]]) -> str:
    """The id that a decision's `place` means: an id, or a name that only one has; anything else stays as it was written."""
    ids = {each.target_id for each in suggestions} | set(places)
    if asked in ids:
        return asked
    key = asked.casefold()
    named = {each.target_id for each in suggestions if key in (each.name.casefold(), _kind_name(each))}
    named |= {name for name, place in places.items() if str(place["name"]).casefold() == key}
    if len(named) > 1:
        raise InputError(
            f"decisions.toml: {asked!r} is the name of {len(named)} places. Write the id of one: {listed(sorted(named))}."
        )
    return named.pop() if named else asked


def _kind_name(each: Suggestion) -> str | None:
    return each.name.removeprefix("Every ").casefold() if each.target == "kind" else None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _decision_told(each: Decision) -> dict[str, Any]:
    return {
        "decision": each.decision,
        "tactic": each.tactic,
        "by": each.by,
        "on": each.on.isoformat(),
        "reason": each.reason,
    }
