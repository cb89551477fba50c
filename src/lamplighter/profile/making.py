"""From a workspace and a question to one finished profile: every study asked once, its sections joined, nothing drawn yet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from lamplighter.profile.decisions import NO_DECISIONS, Decisions
from lamplighter.profile.elsewhere import evidence_elsewhere
from lamplighter.profile.framing import (
    caution_of,
    count_figures,
    definition_of,
    question_told,
    title_of,
    what_it_is,
)
from lamplighter.profile.notes import CITE, method_notes
from lamplighter.profile.page_one import first_findings, words_in
from lamplighter.profile.provenance import provenance_of
from lamplighter.profile.recommending import recommend
from lamplighter.profile.sections import (
    alternatives_of,
    decision_wanted_of,
    drivers_of,
    glossary,
    intelligence_requirements_of,
    last_recommendations_of,
    present_response_of,
    terms_of,
)
from lamplighter.profile.studying import Studied, study
from lamplighter.reductions import Engine
from lamplighter.schema import MADE_UP, OnProgress, tell_nobody, visible
from lamplighter.studies.incidents.chosen import choose
from lamplighter.workspace import is_made_up

if TYPE_CHECKING:
    from lamplighter.studies.coverage import ForceCoverage
    from lamplighter.studies.incidents.points import PointMonths
    from lamplighter.studies.incidents.question import ProfileQuestion
    from lamplighter.workspace import Workspace

SCHEMA_VERSION = "1"


@dataclass(frozen=True, kw_only=True, eq=False)
class Profile:
    """told: profile.json. points: rows by map point, for the maps (of an extract the ranked ones). surface: density cells."""

    told: Mapping[str, Any]
    points: PointMonths
    surface: Any

    def as_json(self) -> bytes:
        """profile.json: readable, UTF-8, keys in the order of the document."""
        return (json.dumps(self.told, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


@dataclass(frozen=True, kw_only=True)
class Given:
    """What people gave besides the imports, and its bytes for the provenance. previous: the profile.json before this one."""

    decisions: Decisions = NO_DECISIONS
    previous: Mapping[str, Any] | None = None
    inputs: Sequence[tuple[str, bytes]] = ()
    made_by: str | None = None


def make_profile(
    workspace: Workspace,
    question: ProfileQuestion,
    *,
    made_on: date,
    given: Given | None = None,
    source: str | None = None,
    ledger: ForceCoverage | None = None,
    on_progress: OnProgress = tell_nobody,
) -> Profile:
    """The problem profile of one area: all its sections and figures, as data.

    source: `police-uk` or `extract`, where the workspace holds both. The same rows, in whatever order and files they came,
    give the same profile but for `provenance`. Raises InputError and NoSuchName as `choose`.
    """
    given = given or Given()
    with Engine(workspace, incidents_from=source) as engine:
        chosen = choose(engine, question)
        studied = study(
            engine, chosen, workspace, given.decisions, given.previous, ledger=ledger, on_progress=on_progress
        )
        figures = (*count_figures(chosen), *studied.figures)
        made_up = is_made_up(workspace, source=chosen.source)
        told: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "title": title_of(chosen),
            "what_it_is": what_it_is(chosen),
            "synthetic": made_up,
            "synthetic_words": MADE_UP if made_up else None,
            "is_street": chosen.is_street,
            "women_and_girls": chosen.women_and_girls,
            "caution": caution_of(chosen),
            "question": question_told(chosen),
            "chosen": list(chosen.notes),
            "scales": {},
            "terms": terms_of(given.decisions),
            "definition": definition_of(chosen),
            "summary": {},
            **studied.sections,
            "what_this_cannot_say": list(studied.cannot_say),
            "figures": [each.told() for each in figures],
            "inferences": [each.told() for each in studied.findings],
            "provenance": provenance_of(workspace, chosen, made_on=made_on, made_by=given.made_by, inputs=given.inputs),
        }
        told["scales"] = scales_of(told)
        _add_what_people_say(told, studied, given, is_street=chosen.is_street)
        return Profile(told=_seen(told), points=studied.points, surface=studied.surface)


def _seen(told: Any) -> Any:
    """The same with every text as a reader can see it, whoever wrote it: a source, a layer, a person."""
    if isinstance(told, str):
        return visible(told)
    if isinstance(told, Mapping):
        return {visible(str(key)): _seen(value) for key, value in told.items()}
    return [_seen(each) for each in told] if isinstance(told, list | tuple) else told


def scales_of(told: Mapping[str, Any]) -> dict[str, float]:
    """How far the axes of this profile's charts have to reach: rows of a month with its limits, rows or harm of a place."""
    months = [
        each[name] for each in told["trend"]["months"] for name in ("count", "upper") if each.get(name) is not None
    ]
    ranked_by = told["places_method"]["chosen_by"]
    counts = [
        each[name] for each in told["places"] for name in (ranked_by, f"{ranked_by}_high") if each.get(name) is not None
    ]
    return {"month_top": max(months, default=0), "place_top": max(counts, default=0)}


def _add_what_people_say(told: dict[str, Any], studied: Studied, given: Given, *, is_street: bool) -> None:
    decisions = given.decisions
    recommendations = recommend(told, decisions, is_street=is_street)
    told["drivers"] = drivers_of(decisions)
    told["intelligence_requirements"] = intelligence_requirements_of(decisions, cannot_say=studied.cannot_say)
    told["present_response"] = present_response_of(decisions)
    told["last_recommendations"] = last_recommendations_of(decisions, given.previous)
    told["alternatives"] = alternatives_of(decisions)
    told["recommendations"] = [each.told() for each in recommendations]
    told["evidence_elsewhere"] = evidence_elsewhere({each.tactic for each in recommendations})
    told["glossary"] = glossary()
    told["methods"] = method_notes(told)
    told["how_to_cite"] = CITE
    wanted = decision_wanted_of(decisions, recommendations)
    other = words_in(told["title"], told["what_it_is"], wanted, told["caution"], *told["chosen"])
    told["summary"] = {
        "findings": [each.told() for each in first_findings(studied.findings, other_words=other)],
        "decision_wanted": wanted,
    }
