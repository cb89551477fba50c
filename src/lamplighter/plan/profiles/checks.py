"""What `plan check` finds in the rows of linked problem profiles."""

from __future__ import annotations

from collections.abc import Iterator

from lamplighter.plan.folder import Plan, Problem
from lamplighter.plan.profiles.told import may_show_findings
from lamplighter.plan.records import RECORD_TYPES

MEND = "Take its rows out, and link the profile again: lamplighter plan evidence add"


def profile_problems(plan: Plan) -> Iterator[Problem]:
    """Findings that are not for everybody, findings on another profile's figures, and made-up data not called so."""
    sources = plan.lookup.by_id("sources")
    profiles = plan.lookup.by_id("profiles")
    for each in plan.of("profiles"):
        source = sources.get(each.source_id)
        if each.made_up and source is not None and not source.is_made_up:
            message = (
                f"{each.id} is of made-up data, and its source {source.id} does not say so. Write made up as its kind."
            )
            yield _wrong(plan, "profiles", each.id, "made up and not called so", message)
    for kind in ("profile_findings", "profile_figures"):
        for row in plan.of(kind):
            profile = profiles.get(row.profile_id)
            if profile is not None and not may_show_findings(profile, sources.get(profile.source_id)):
                message = f"{row.id} tells what a profile found that is not open street data open to everybody. {MEND}"
                yield _wrong(plan, kind, row.id, "closed profile", message)
    owners = {each.id: each.profile_id for each in plan.of("profile_figures")}
    for finding in plan.of("profile_findings"):
        for figure_id in finding.figure_ids:
            if owners.get(figure_id, finding.profile_id) != finding.profile_id:
                message = f"{finding.id} rests on {figure_id}, which is a figure of another profile. {MEND}"
                yield _wrong(plan, "profile_findings", finding.id, "figure of another profile", message)


def _wrong(plan: Plan, kind: str, record_id: str, name: str, message: str) -> Problem:
    line = plan.line_of(kind, record_id)
    return Problem(
        file=RECORD_TYPES[kind].FILE, line=line, record_id=record_id, name=name, message=message, serious=True
    )
