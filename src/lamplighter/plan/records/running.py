"""How a plan is run: recommendations, training, posts, risks, references, decisions and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lamplighter.plan.records.columns import column
from lamplighter.plan.records.showing import STATUSES

RESPONSES = ("accepted", "accepted in part", "rejected")


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What a review told the promiser to do, and what they answered."""

    FILE: ClassVar[str] = "recommendations.csv"
    TITLE: ClassVar[str] = "Reviews' recommendations"
    id: str = column("id", "Short and stable.", required=True)
    review: str | None = column("text", "The review.", required=True)
    says: str | None = column("text", "The recommendation, in words of our own.", required=True)
    response: str | None = column("choice", "What they answered. Empty is not known.", choices=RESPONSES)
    reason: str | None = column("text", "Why, or why not.")
    promise_ids: tuple[str, ...] = column("ids", "The promises that answer it.", refers_to="promises")
    source_id: str | None = column("id", "Where it was read.", required=True, refers_to="sources")
    made_on: date | None = column("date", "When.")
    status: str | None = column("choice", "How surely it was read.", choices=STATUSES)


@dataclass(frozen=True, kw_only=True)
class Training:
    """A course: how many should have it, how many have it, and when it runs out."""

    FILE: ClassVar[str] = "training.csv"
    TITLE: ClassVar[str] = "Training"
    id: str = column("id", "Short and stable.", required=True)
    promise_id: str | None = column("id", "The promise.", required=True, refers_to="promises")
    course: str | None = column("text", "The course.", required=True)
    trained_figure_id: str | None = column("id", "How many were trained.", refers_to="figures")
    target_figure_id: str | None = column("id", "How many were to be trained.", refers_to="figures")
    eligible_figure_id: str | None = column("id", "How many there are in the posts that need it.", refers_to="figures")
    valid_months: int | None = column("whole", "Months until it has to be done again.", may_be_na=True)
    note: str | None = column("text", "Anything that a reader must know.")


@dataclass(frozen=True, kw_only=True)
class Post:
    """Posts promised: established, filled, and able to be deployed are three different numbers."""

    FILE: ClassVar[str] = "posts.csv"
    TITLE: ClassVar[str] = "Posts"
    id: str = column("id", "Short and stable.", required=True)
    promise_id: str | None = column("id", "The promise.", required=True, refers_to="promises")
    title: str | None = column("text", "What posts.", required=True)
    established_figure_id: str | None = column("id", "Posts that exist.", refers_to="figures")
    filled_figure_id: str | None = column("id", "Posts with somebody in them.", refers_to="figures")
    deployable_figure_id: str | None = column("id", "Of those, able to be deployed.", refers_to="figures")
    note: str | None = column("text", "Anything that a reader must know.")


@dataclass(frozen=True, kw_only=True)
class Risk:
    """What could stop a promise from being kept, or make it do harm."""

    FILE: ClassVar[str] = "risks.csv"
    TITLE: ClassVar[str] = "Risks"
    id: str = column("id", "Short and stable.", required=True)
    promise_ids: tuple[str, ...] = column("ids", "The promises at risk.", required=True, refers_to="promises")
    risk: str | None = column("text", "What could happen.", required=True)
    answer: str | None = column("text", "What is done about it.")
    owner: str | None = column("text", "Who answers for it.")
    source_id: str | None = column("id", "Where it was read.", refers_to="sources")


@dataclass(frozen=True, kw_only=True)
class Reference:
    """An equality assessment or a legal basis that a promise rests on."""

    FILE: ClassVar[str] = "references.csv"
    TITLE: ClassVar[str] = "Equality and legal basis"
    id: str = column("id", "Short and stable.", required=True)
    promise_ids: tuple[str, ...] = column("ids", "The promises that rest on it.", required=True, refers_to="promises")
    kind: str | None = column("choice", "What it is.", required=True, choices=("equality", "legal basis"))
    title: str | None = column("text", "Its title.", required=True)
    says: str | None = column("text", "What it says that matters here.")
    source_id: str | None = column("id", "Where it was read.", refers_to="sources")
    status: str | None = column("choice", "How surely it was read.", choices=STATUSES)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a named person decided: an override of a worked-out answer, a warning accepted, or a reading of the text."""

    FILE: ClassVar[str] = "decisions.csv"
    TITLE: ClassVar[str] = "Decisions"
    id: str = column("id", "Short and stable.", required=True)
    kind: str | None = column(
        "choice", "What was decided.", required=True, choices=("override", "accepted warning", "reading")
    )
    record_id: str | None = column("id", "The record that it is about.", required=True)
    axis: str | None = column("choice", "For an override: which answer.", choices=("evidence", "delivery"))
    answer: str | None = column("text", "For an override: the answer given instead.")
    warning: str | None = column("text", "For an accepted warning: its name, as `plan check` prints it.")
    decided_by: str | None = column("text", "Who decided.", required=True)
    decided_on: date | None = column("date", "When.", required=True)
    reason: str | None = column("text", "Why.", required=True)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A figure or a word that was wrong in public: kept for good, with what it said before."""

    FILE: ClassVar[str] = "corrections.csv"
    TITLE: ClassVar[str] = "Corrections"
    id: str = column("id", "Short and stable.", required=True)
    record_id: str | None = column("id", "The record corrected.", required=True)
    field: str | None = column("text", "The column corrected.", required=True)
    old: str | None = column("text", "What it said.")
    new: str | None = column("text", "What it says now.")
    corrected_by: str | None = column("text", "Who.", required=True)
    corrected_on: date | None = column("date", "When.", required=True)
    reason: str | None = column("text", "Why.", required=True)
