"""The sections that people fill in: what stands there, and where nobody wrote anything, what is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lamplighter import definitions
from lamplighter.errors import InputError
from lamplighter.profile.decisions import Became, Decisions
from lamplighter.profile.recommending import Recommendation

NOT_SAID = "not said"
ASKS = {
    "terms": "Fill in the terms of reference: [terms] in decisions.toml.",
    "drivers": "Nobody has written why it happens. A person who knows the ground does: [[drivers]] in decisions.toml.",
    "intelligence_requirements": (
        "Nobody has asked for what is not known, with an owner and a day: [[intelligence_requirements]] in decisions.toml."
    ),
    "present_response": "Nobody has written what is done there today: [present_response] in decisions.toml.",
    "last_recommendations": "Nobody has said what became of the last profile's: [[last_recommendations]] in decisions.toml.",
    "alternatives": "Nobody has written what else was considered: [[alternatives]] in decisions.toml.",
}
_NO_LAST = "No earlier profile was given (--previous), and nobody has written of one: [[last_recommendations]] in decisions.toml."
_TERMS = ("asked_by", "author", "reviewer", "version", "handling", "valid_until")


def terms_of(decisions: Decisions) -> dict[str, Any]:
    """Who asked, author, reviewer, version, handling, valid until (ISO day). unfilled: the keys that nobody has filled in."""
    terms = decisions.terms
    values = {key: getattr(terms, key) for key in _TERMS}
    values["valid_until"] = terms.valid_until.isoformat() if terms.valid_until else None
    unfilled = [key for key, value in values.items() if value is None]
    return {"filled": not unfilled, "ask": ASKS["terms"] if unfilled else None, **values, "unfilled": unfilled}


def drivers_of(decisions: Decisions) -> dict[str, Any]:
    """Why it happens, as people wrote it. The machine never writes a driver."""
    return _items("drivers", [{"text": each.text, "source": each.source} for each in decisions.drivers])


def intelligence_requirements_of(decisions: Decisions, *, cannot_say: Sequence[str] = ()) -> dict[str, Any]:
    """What has to be found out. gaps: what the source can't say, from which requirements are written."""
    items = [
        {"text": each.text, "owner": each.owner, "due": each.due.isoformat() if each.due else None}
        for each in decisions.intelligence_requirements
    ]
    return {**_items("intelligence_requirements", items), "gaps": list(cannot_say)}


def present_response_of(decisions: Decisions) -> dict[str, Any]:
    """What is done there today."""
    text = decisions.present_response.text
    return {"filled": text is not None, "ask": None if text else ASKS["present_response"], "text": text}


def alternatives_of(decisions: Decisions) -> dict[str, Any]:
    """What else was considered, and why it was not taken."""
    return _items("alternatives", [{"text": each.text, "why_not": each.why_not} for each in decisions.alternatives])


def last_recommendations_of(decisions: Decisions, previous: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the last profile recommended, and what became of each: as a person said, else `not said`.

    previous: the profile.json before this one. A [[last_recommendations]] entry is matched by the recommendation's id or its
    words; one that matches none stands by itself (a profile on paper). Raises InputError if previous is no profile.
    """
    said = {_key(each.text): each for each in decisions.last_recommendations}
    items = [] if previous is None else [_last(each, said) for each in _recommendations_in(previous)]
    items += [
        {
            "id": None,
            "text": each.text,
            "state_then": None,
            "decided_by": None,
            "what_became": each.what_became or NOT_SAID,
        }
        for each in said.values()
    ]
    unsaid = sum(each["what_became"] == NOT_SAID for each in items)
    ask = ASKS["last_recommendations"] if unsaid else None if items else _NO_LAST
    return {
        "filled": bool(items) and not unsaid,
        "ask": ask,
        "from_title": None if previous is None else previous.get("title"),
        "from_made_on": None if previous is None else (previous.get("provenance") or {}).get("made_on"),
        "not_said": unsaid,
        "items": items,
    }


def decision_wanted_of(decisions: Decisions, recommendations: Sequence[Recommendation]) -> str:
    """The decision that page one asks for: as a person wrote it, else what waits for one."""
    if decisions.terms.decision_wanted:
        return decisions.terms.decision_wanted
    waiting = sum(each.state == "draft" for each in recommendations)
    if waiting:
        many = "the draft recommendation" if waiting == 1 else f"each of the {waiting} draft recommendations"
        return f"Accept, amend or reject {many}, by name, day and reason."
    if recommendations:
        return "None: every recommendation has been decided."
    return "Whether this question is worth a profile: it gives no recommendation."


def glossary() -> list[dict[str, str]]:
    """The words of a profile, in the order of the alphabet."""
    return [{"term": row["term"], "meaning": row["meaning"]} for row in definitions.profile_glossary()]


def _items(name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"filled": bool(items), "ask": None if items else ASKS[name], "items": items}


def _recommendations_in(previous: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found = previous.get("recommendations")
    if not isinstance(found, list) or not all(isinstance(each, dict) and each.get("text") for each in found):
        raise InputError(
            "The profile before this one holds no list of recommendations. Name the profile.json of a profile."
        )
    return found


def _last(each: Mapping[str, Any], said: dict[str, Became]) -> dict[str, Any]:
    became = said.pop(_key(str(each.get("id"))), None) or said.pop(_key(str(each["text"])), None)
    decision = each.get("decision") or {}
    return {
        "id": each.get("id"),
        "text": each["text"],
        "state_then": each.get("state_words"),
        "decided_by": decision.get("by"),
        "what_became": (became.what_became if became else None) or NOT_SAID,
    }


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
