"""Every study that a profile needs, asked once of the same rows, in the order of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lamplighter.methods.place_identity import KnownPlace
from lamplighter.profile.decisions import Decisions
from lamplighter.studies.incidents.chosen import choose
from lamplighter.studies.incidents.compared import compared
from lamplighter.studies.incidents.concentration import concentration
from lamplighter.studies.incidents.harm import harm
from lamplighter.studies.incidents.harm_at_points import harm_at_points
from lamplighter.studies.incidents.outcomes import outcomes
from lamplighter.studies.incidents.place_decisions import Overruling
from lamplighter.studies.incidents.places_told import places
from lamplighter.studies.incidents.points import PointMonths, point_months
from lamplighter.studies.incidents.scope import scope
from lamplighter.studies.incidents.surface import surface
from lamplighter.studies.incidents.time_of_week import time_of_week
from lamplighter.studies.incidents.trend import trend
from lamplighter.studies.incidents.victims_of import suspects_of, victims_of
from lamplighter.workspace.loaded_definitions import loaded_harm

if TYPE_CHECKING:
    from lamplighter.reductions import Engine
    from lamplighter.schema import OnProgress
    from lamplighter.studies.coverage import ForceCoverage
    from lamplighter.studies.incidents.chosen import Chosen
    from lamplighter.studies.incidents.question import ProfileQuestion
    from lamplighter.studies.incidents.saying import Answer, Figure, Finding
    from lamplighter.workspace import Workspace

STEPS = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class Studied:
    """The sections by name, all figures, what was found and what can't be said; points and surface are for the pictures."""

    sections: Mapping[str, Any]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    cannot_say: tuple[str, ...]
    points: PointMonths
    surface: Any


def study(
    engine: Engine,
    chosen: Chosen,
    workspace: Workspace,
    decisions: Decisions,
    previous: Mapping[str, Any] | None,
    *,
    ledger: ForceCoverage | None,
    on_progress: OnProgress,
) -> Studied:
    """The answers to every question of a profile. The areas to compare with come last: they take the table `asked` over.

    previous: the profile.json before this one, whose places keep their ids. ledger: the coverage of the force, where the
    caller has it already.
    """
    done = 0

    def step(what: str) -> None:
        nonlocal done
        on_progress(what, done, STEPS)
        done += 1

    step("completeness")
    held = scope(chosen, workspace, ledger=ledger)
    step("trend")
    moved = trend(chosen)
    step("concentration")
    spread = concentration(chosen)
    step("harm")
    loaded = loaded_harm(workspace.path)
    workbook = loaded.workbook if loaded else None
    weighed = harm(chosen, loaded=workbook)
    step("places")
    found = places(
        chosen,
        previous=known_places(previous),
        overruled=_overrulings(decisions),
        harm=harm_at_points(chosen, loaded=workbook),
    )
    of_places = found.told()
    if words := measure_changed(previous, chosen.question.weigh_by):
        of_places["places_method"]["words"].append(words)
    step("time of the week")
    when = time_of_week(chosen, places=of_places["places"])
    step("surface")
    crowded = surface(chosen)
    step("victims")
    harmed, suspected = victims_of(chosen), suspects_of(chosen)
    step("outcomes")
    ended = outcomes(chosen)
    # Street data have fixed map points; a point of an extract may be somebody's home, and a picture shows where it is.
    points = point_months(chosen, where="of_question and own_ground" if chosen.is_street else "ranked")
    step("compared")

    def other(question: ProfileQuestion) -> Chosen:
        return choose(engine, question)

    beside = compared(chosen, choose_other=other, denominators=decisions.denominators)
    in_order: dict[str, Answer] = {
        "completeness": held, "trend": moved, "compared": beside, "concentration": spread, "time": when, "places": found,
        "surface": crowded, "harm": weighed, "victims": harmed, "suspects": suspected, "outcomes": ended,
    }  # fmt: skip
    sections: dict[str, Any] = {}
    for name, answer in in_order.items():
        sections.update(of_places if answer is found else {name: answer.told()})
    answers = list(in_order.values())
    return Studied(
        sections=sections,
        figures=tuple(figure for each in answers for figure in each.figures),
        findings=tuple(finding for each in answers for finding in each.findings),
        cannot_say=tuple(dict.fromkeys(words for each in answers for words in each.cannot_say)),
        points=points,
        surface=crowded.drawn,
    )


def known_places(previous: Mapping[str, Any] | None) -> tuple[KnownPlace, ...]:
    """All places that the profile before this one chose, shown or not, by the map points that they held."""
    return tuple(
        KnownPlace(id=each["id"], points=tuple((int(e), int(n)) for e, n in each["points"]))
        for each in ((previous or {}).get("places_method") or {}).get("known", ())
    )


def measure_changed(previous: Mapping[str, Any] | None, weigh_by: str) -> str | None:
    """Why places may be new or gone though nothing changed on the ground: the profile before chose them by something else."""
    if previous is None:
        return None
    before = (previous.get("question") or {}).get("weigh_by", "count")
    if before == weigh_by:
        return None
    return f"The profile before chose its places by {before}, this one by {weigh_by}: a place may be new or gone for that alone"


def _overrulings(decisions: Decisions) -> dict[str, Overruling]:
    return {
        name: Overruling(kind=each.kind, patrol=each.patrol, because=each.because, by=each.by, on=each.on)
        for name, each in decisions.kinds.items()
    }
