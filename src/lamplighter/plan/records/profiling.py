"""What a plan keeps of a problem profile that is linked to it: its frame, and of open street data what its first page found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lamplighter.plan.records.columns import column

STREET, EXTRACT = "open street data", "extract of a force"
CONFIDENCES = ("high", "moderate", "low")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A problem profile that somebody linked to a promise: the public parts of its first page, and never a place of it."""

    FILE: ClassVar[str] = "profiles.csv"
    TITLE: ClassVar[str] = "Problem profiles"
    id: str = column("id", "Worked out from the digest of the profile, such as PP-1a2b3c4d.", required=True)
    source_id: str = column("id", "The row of sources that it is.", required=True, refers_to="sources")
    evidence_id: str = column("id", "The event that links it to promises.", required=True, refers_to="evidence")
    title: str | None = column("text", "Its title.", required=True)
    what_it_is: str | None = column("text", "What was counted, and what must not be read into it.", required=True)
    made_up: bool | None = column("flag", "Are its data made up?", required=True)
    data: str | None = column("choice", "What it was made from.", required=True, choices=(STREET, EXTRACT))
    caution: str | None = column("text", "The sentence that stands on each of its pages.", required=True)
    area: str | None = column("text", "The area that it is about.", required=True)
    force: str | None = column("text", "The force that recorded the crimes.")
    offences: str | None = column("text", "The offences that it is about, as its source calls them.", required=True)
    first_month: str | None = column("text", "The first month, such as 2018-10.", required=True)
    last_month: str | None = column("text", "The last month.", required=True)
    months_present: int | None = column("whole", "How many months of that period the source holds.", required=True)
    months_missing: tuple[str, ...] = column(
        "words", "The months of that period that it does not hold: unknown, not 0."
    )
    months_partial: tuple[str, ...] = column("words", "The months of that period that look as if only a part had come.")
    located_share: float | None = column("number", "Share of the force's rows with a point, 0 to 1.")
    counted: str | None = column("text", "Which rows were counted, in words.", required=True)
    counted_from: str | None = column("text", "What the rows were read from.", required=True)
    definition_status: str | None = column("text", "How well the choice of offences is sourced.", required=True)
    cannot_say: str | None = column("text", "What it can't say, a sentence a line.", required=True)
    cannot_say_left_out: int | None = column(
        "whole", "How many such sentences hold counts of an extract and are not kept."
    )
    findings_left_out: int | None = column("whole", "How many findings of its first page are not kept.", required=True)
    made_on: date | None = column("date", "When it was made.", required=True)
    made_with: str | None = column("text", "The program that made it, with its version.")
    sha256: str | None = column("text", "Digest of its profile.json.", required=True)
    linked_by: str | None = column("text", "Who linked it.")
    linked_on: date | None = column("date", "When.", required=True)

    @property
    def limits(self) -> tuple[str, ...]:
        """What it can't say, a sentence each."""
        return tuple((self.cannot_say or "").split("\n"))


@dataclass(frozen=True, kw_only=True)
class ProfileFigure:
    """A number that a finding of a linked profile rests on. It is the profile's: no figure of the plan, and no rule reads it."""

    FILE: ClassVar[str] = "profile_figures.csv"
    TITLE: ClassVar[str] = "Figures of problem profiles"
    id: str = column("id", "The profile's id and the figure's own: PP-1a2b3c4d.count.", required=True)
    profile_id: str = column("id", "The profile.", required=True, refers_to="profiles")
    label: str | None = column("text", "What it counts, in a line.", required=True)
    value: float | None = column("number", "The number; empty is unknown.")
    unit: str | None = column("text", "Rows, %, …", required=True)
    numerator: float | None = column("number", "What is counted on top.")
    denominator: float | None = column("number", "Out of how many; empty where the value is a count.")
    interval_low: float | None = column("number", "Lower end of its interval.")
    interval_high: float | None = column("number", "Upper end.")
    interval_words: str | None = column("text", "What kind of interval that is.")
    definition: str | None = column("text", "What was counted, in words.", required=True)
    period: str | None = column("text", "What it speaks of.", required=True)

    @property
    def own_id(self) -> str:
        """Its id in profile.json."""
        return self.id.removeprefix(f"{self.profile_id}.")


@dataclass(frozen=True, kw_only=True)
class ProfileFinding:
    """What a linked profile of open street data says on its first page, with the figures that carry it."""

    FILE: ClassVar[str] = "profile_findings.csv"
    TITLE: ClassVar[str] = "Findings of problem profiles"
    id: str = column("id", "The profile's id and the finding's place: PP-1a2b3c4d.finding-1.", required=True)
    profile_id: str = column("id", "The profile.", required=True, refers_to="profiles")
    text: str | None = column("text", "The sentence.", required=True)
    figure_ids: tuple[str, ...] = column("ids", "The figures in it.", required=True, refers_to="profile_figures")
    confidence: str | None = column("choice", "How sure the profile is of it.", required=True, choices=CONFIDENCES)
