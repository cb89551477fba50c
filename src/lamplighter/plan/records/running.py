"""How a plan is run: recommendations, training, posts, what it costs and who must help, risks, references, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lamplighter.plan.records.columns import column
from lamplighter.plan.records.showing import STATUSES

RESPONSES = ("accepted", "accepted in part", "rejected")
RESOURCE_KINDS = ("money", "people")
FRAMEWORK_PARTS = ("Prepare", "Protect", "Pursue", "Prevent")  # told in definitions/national_framework.csv
AGREEMENT = ("asked", "agreed", "refused")


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What a review told the promiser to do, what they answered, and who checked that it was done.

    How far it is, is worked out by printed rules, so there is no column for it.
    """

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
    owner: str | None = column("text", "Who answers for it at the promiser: a post or a name.")
    evidence_ids: tuple[str, ...] = column("ids", "What shows that it was done.", refers_to="evidence")
    closed_on: date | None = column("date", "When somebody closed it as done.")
    verified_by: str | None = column(
        "text", "Who checked that it was done; never who answers for it or for its promises."
    )
    verified_on: date | None = column("date", "When she checked.")
    fresh_months: int | None = column(
        "whole", "Months after which its evidence has to be renewed; n/a if once is enough.", may_be_na=True
    )


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
    eligible_figure_id: str | None = column(
        "id", "How many there are in the posts that need it: not how many were to be trained.", refers_to="figures"
    )
    valid_months: int | None = column(
        "whole", "Months until it has to be done again; n/a if it never runs out.", may_be_na=True
    )
    note: str | None = column("text", "Anything that a reader must know.")


@dataclass(frozen=True, kw_only=True)
class TrainingCount:
    """How many of those counted on one day had the course in one month: what is needed to say who is still trained."""

    FILE: ClassVar[str] = "training_counts.csv"
    TITLE: ClassVar[str] = "Training, by month"
    id: str = column("id", "Short and stable.", required=True)
    training_id: str | None = column("id", "The course.", required=True, refers_to="training")
    as_of: date | None = column(
        "date", "The day of the count. All its months make one count; a later count replaces it.", required=True
    )
    trained_in: str | None = column("text", "The month of the course, such as 2021-11.", required=True)
    people: int | None = column(
        "whole", "People who had it in that month and not again later, and are still in post.", required=True
    )
    source_id: str | None = column("id", "Where it was read.", refers_to="sources")
    status: str | None = column("choice", "How surely it was read.", choices=STATUSES)


@dataclass(frozen=True, kw_only=True)
class Post:
    """Posts promised: announced, established, filled, and able to be deployed are four different numbers."""

    FILE: ClassVar[str] = "posts.csv"
    TITLE: ClassVar[str] = "Posts"
    id: str = column("id", "Short and stable.", required=True)
    promise_id: str | None = column("id", "The promise.", required=True, refers_to="promises")
    title: str | None = column("text", "What posts.", required=True)
    promised_figure_id: str | None = column("id", "Posts announced or to be added.", refers_to="figures")
    established_figure_id: str | None = column("id", "Posts that exist.", refers_to="figures")
    filled_figure_id: str | None = column("id", "Posts with somebody in them.", refers_to="figures")
    deployable_figure_id: str | None = column("id", "Of those, able to be deployed.", refers_to="figures")
    note: str | None = column("text", "Anything that a reader must know.")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """Money or people that a source names for a promise. No row: none is named."""

    FILE: ClassVar[str] = "resources.csv"
    TITLE: ClassVar[str] = "Money and people"
    id: str = column("id", "Short and stable.", required=True)
    promise_ids: tuple[str, ...] = column("ids", "The promises that it is for.", required=True, refers_to="promises")
    kind: str | None = column("choice", "Money or people.", required=True, choices=RESOURCE_KINDS)
    what: str | None = column("text", "What for, in a line.", required=True)
    figure_ids: tuple[str, ...] = column("ids", "How much, or how many.", refers_to="figures")
    period: str | None = column("text", "For when, in words: a year, once, until further notice.")
    source_id: str | None = column("id", "Where it was read.", required=True, refers_to="sources")
    status: str | None = column("choice", "How surely it was read.", choices=STATUSES)
    note: str | None = column("text", "Anything that a reader must know.")


@dataclass(frozen=True, kw_only=True)
class Dependency:
    """What a promise needs from a body outside the promiser, and whether that body has agreed."""

    FILE: ClassVar[str] = "dependencies.csv"
    TITLE: ClassVar[str] = "What others must do"
    id: str = column("id", "Short and stable.", required=True)
    promise_ids: tuple[str, ...] = column("ids", "The promises that need it.", required=True, refers_to="promises")
    body: str | None = column("text", "Who has to do it.", required=True)
    needs: str | None = column("text", "What is needed of them.", required=True)
    agreement: str | None = column("choice", "Has that body agreed? Empty is not known.", choices=AGREEMENT)
    agreed_by: str | None = column("text", "Who agreed or refused there: a post or a name.")
    agreed_on: date | None = column("date", "When.")
    source_id: str | None = column("id", "Where it was read.", required=True, refers_to="sources")
    status: str | None = column("choice", "How surely it was read.", choices=STATUSES)
    note: str | None = column("text", "Anything that a reader must know.")


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Which part of the national policing framework a promise answers to, as a named person reads it."""

    FILE: ClassVar[str] = "crosswalk.csv"
    TITLE: ClassVar[str] = "Crosswalk to the national framework"
    id: str = column("id", "Short and stable.", required=True)
    promise_id: str | None = column("id", "The promise.", required=True, refers_to="promises")
    part: str | None = column("choice", "The part of the framework.", required=True, choices=FRAMEWORK_PARTS)
    reason: str | None = column("text", "Why it is read so.", required=True)
    read_by: str | None = column("text", "Who read it so.", required=True)
    source_id: str | None = column(
        "id", "The document that says so; empty if it is a reading only.", refers_to="sources"
    )
    status: str | None = column("choice", "How surely it was read.", required=True, choices=STATUSES)


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
