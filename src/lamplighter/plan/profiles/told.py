"""The problem profiles of a plan as its pages show them: with the promises that each is linked to, and what it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lamplighter.plan.folder import Plan
from lamplighter.plan.records.profiling import STREET, Profile, ProfileFigure, ProfileFinding
from lamplighter.plan.records.showing import Evidence, Source


@dataclass(frozen=True, kw_only=True)
class LinkedProfile:
    """One profile, what it is linked by, and the findings of its first page that anybody may see, with their figures."""

    profile: Profile
    source: Source
    evidence: Evidence
    findings: tuple[ProfileFinding, ...]
    figures: tuple[ProfileFigure, ...]

    @property
    def is_open(self) -> bool:
        """May anybody read the profile itself?"""
        return self.source.access == "open"


def may_show_findings(profile: Profile, source: Source | None) -> bool:
    """Only those of open street data, and only where the profile is open to everybody."""
    return profile.data == STREET and source is not None and source.access == "open"


def profiles_of(plan: Plan) -> tuple[LinkedProfile, ...]:
    """The linked profiles that were known, in id order. plan: as it was `known_by` a day."""
    sources, events = plan.lookup.by_id("sources"), plan.lookup.by_id("evidence")
    found = []
    for each in plan.of("profiles"):
        source, event = sources.get(each.source_id), events.get(each.evidence_id)
        if source is None or event is None:  # a source or an event of a later day
            continue
        shown = may_show_findings(each, source)
        found.append(
            LinkedProfile(
                profile=each,
                source=source,
                evidence=event,
                findings=_of(plan, "profile_findings", each) if shown else (),
                figures=_of(plan, "profile_figures", each) if shown else (),
            )
        )
    return tuple(found)


def is_made_up(sources: Iterable[Source], profiles: Iterable[Profile]) -> bool:
    """Is a plan of these sources made up? A made-up profile beside a real plan says so of itself, and not of the plan."""
    apart = {each.source_id for each in profiles}
    return any(each.is_made_up for each in sources if each.id not in apart)


def _of(plan: Plan, kind: str, profile: Profile) -> tuple[Any, ...]:
    return tuple(each for each in plan.of(kind) if each.profile_id == profile.id)
