"""What stands behind a promise: definition cards, figures, sources, evidence, and the verdicts of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lamplighter.plan.records.columns import column

ROLES = ("baseline", "target", "current", "context")
QUALIFIERS = ("exactly", "about", "more than", "less than")
STATUSES = ("verified", "secondary", "unverified")


@dataclass(frozen=True, kw_only=True)
class Card:
    """The definition of a number, with every field that the statistics regulator asked of a published metric."""

    FILE: ClassVar[str] = "definitions.csv"
    TITLE: ClassVar[str] = "Definitions"
    id: str = column("id", "Short and stable, such as D-TRAINED.", required=True)
    version: str = column("text", "Version of the definition: change its words and this goes up.", required=True)
    name: str | None = column("text", "Name of the number.", required=True)
    plain_definition: str | None = column("text", "What is counted, in plain words.", required=True)
    why_chosen: str | None = column("text", "Why this number and not another.")
    leaves_out: str | None = column("text", "What it leaves out.")
    numerator: str | None = column("text", "What is counted on top.")
    denominator: str | None = column("text", "Out of how many of what.")
    source: str | None = column("text", "Where the number would come from.")
    statistic_status: str | None = column("text", "Official statistic or management information.")
    period: str | None = column("text", "What period one number covers, and how often.")
    revision_policy: str | None = column("text", "When and how it is revised.")
    quality_issues: str | None = column("text", "Known quality issues.")
    completeness: str | None = column("text", "How complete the source is.")
    disclosure_rule: str | None = column("text", "The disclosure rule applied before it is published.")
    direction_wanted: str | None = column("text", "Up, down, or neither.")
    rise_would_mean: str | None = column("text", "What a rise would mean, and what else it could mean.")
    baseline: str | None = column("text", "What it is compared with.")
    interval_method: str | None = column("text", "How its uncertainty is worked out.")
    owner: str | None = column("text", "Who answers for the definition.")
    needs: tuple[str, ...] = column("words", "The facts that a source must provide before it can be shown.")
    needed_words: str | None = column("text", "The same in plain words, for a reader.")
    pair_with: str | None = column("id", "The card that must be drawn beside it.", refers_to="definitions")
    status: str | None = column("choice", "How well the definition itself is sourced.", choices=STATUSES)


@dataclass(frozen=True, kw_only=True)
class CardVersion:
    """The digest of a card's defining words under one version, so that they can't change under an old name."""

    FILE: ClassVar[str] = "definition_versions.csv"
    TITLE: ClassVar[str] = "Definition versions"
    id: str = column("id", "Card and version, such as D-TRAINED.v1.", required=True)
    card_id: str = column("id", "The card.", required=True, refers_to="definitions")
    version: str = column("text", "The version.", required=True)
    sha256: str | None = column("text", "Digest of the defining words.", required=True)
    stamped_by: str | None = column("text", "Who stamped it.", required=True)
    stamped_on: date | None = column("date", "When.", required=True)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with unit, definition, denominator, date and source, and the sentence that claims it."""

    FILE: ClassVar[str] = "figures.csv"
    TITLE: ClassVar[str] = "Figures"
    id: str = column("id", "Short and stable, such as G-TRAINED.", required=True)
    promise_ids: tuple[str, ...] = column("ids", "The promises that it speaks to.", refers_to="promises")
    role: str | None = column("choice", "What it is for the promise.", required=True, choices=ROLES)
    label: str | None = column("text", "What it counts, in a line.", required=True)
    value: float | None = column("number", "The number.", required=True)
    qualifier: str | None = column("choice", "How firmly the source puts it.", choices=QUALIFIERS)
    rounded_to: float | None = column("number", "The step that it was rounded to, such as 100; empty if exact.")
    unit: str | None = column("text", "Officers, arrests, %, …", required=True)
    denominator: float | None = column("number", "Out of how many; empty if the source does not say.")
    denominator_label: str | None = column("text", "How many of what; n/a if it is a count of its own.")
    definition_id: str | None = column("id", "The card that it is a number of.", refers_to="definitions")
    definition_version: str | None = column("text", "The version of the card.")
    area: str | None = column("text", "Where.")
    as_of: date | None = column("date", "The day or the end of the period that it speaks of.")
    as_of_words: str | None = column("text", "The period in words, where no day is given.")
    source_id: str | None = column("id", "Where it was read.", refers_to="sources")
    sentence_id: str | None = column("id", "The plan's sentence that claims it.", refers_to="sentences")
    part_of_id: str | None = column(
        "id", "The figure that it is a part of; its parts together must make it.", refers_to="figures"
    )
    interval_low: float | None = column("number", "Lower end of its interval; empty is interval unknown.")
    interval_high: float | None = column("number", "Upper end.")
    base: float | None = column("number", "How many were asked, for a survey figure.")
    status: str | None = column("choice", "How surely the figure was read.", choices=STATUSES)
    typed_by: str | None = column("text", "Who typed it in.")
    typed_on: date | None = column("date", "When.")
    note: str | None = column("text", "Anything that a reader must know.")


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document or a data set: who publishes it and which facts it provides."""

    FILE: ClassVar[str] = "sources.csv"
    TITLE: ClassVar[str] = "Sources"
    id: str = column("id", "Short and stable.", required=True)
    title: str | None = column("text", "Its title.", required=True)
    publisher: str | None = column("text", "Who publishes it.")
    by_promiser: bool | None = column("flag", "Is the publisher the one who made the promise?")
    kind: str | None = column("text", "Plan text, statistics, survey, inspection, press, records, …")
    published_on: date | None = column("date", "When it was published.")
    not_before: date | None = column(
        "date", "Where that day is not known: the earliest that it can be, so that no earlier day is shown it."
    )
    address: str | None = column("text", "Where it can be read.")
    access: str | None = column("choice", "Who can read it.", choices=("open", "restricted"))
    provides: tuple[str, ...] = column(
        "words", "The facts that it provides, in the words that cards use for their needs."
    )
    status: str | None = column("choice", "How surely this was read.", choices=STATUSES)
    note: str | None = column("text", "Anything that a reader must know.")

    @property
    def is_made_up(self) -> bool:
        """Does it say of itself that its data are made up? Then whatever shows them says so too."""
        return (self.kind or "").casefold() in ("made up", "synthetic")

    @property
    def is_plan_text(self) -> bool:
        """Is it the text of a plan itself, which shows nothing that the plan does not merely say?"""
        return (self.kind or "").casefold() == "plan text"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Something that happened or was found, with its source: what stands behind a promise besides figures."""

    FILE: ClassVar[str] = "evidence.csv"
    TITLE: ClassVar[str] = "Evidence"
    id: str = column("id", "Short and stable.", required=True)
    promise_ids: tuple[str, ...] = column("ids", "The promises that it speaks to.", required=True, refers_to="promises")
    title: str | None = column("text", "What happened, in a line.", required=True)
    says: str | None = column("text", "What it shows, and what it does not.")
    happened_on: date | None = column("date", "When.")
    source_id: str | None = column("id", "Where it was read.", required=True, refers_to="sources")
    figure_ids: tuple[str, ...] = column("ids", "Figures in it.", refers_to="figures")
    status: str | None = column("choice", "How surely it was read.", choices=STATUSES)
    added_by: str | None = column("text", "Who added it.")


@dataclass(frozen=True, kw_only=True)
class Rating:
    """What somebody else says of a promise. Opposed verdicts stand side by side; none of them sets where it stands."""

    FILE: ClassVar[str] = "ratings.csv"
    TITLE: ClassVar[str] = "Ratings by others"
    id: str = column("id", "Short and stable.", required=True)
    promise_ids: tuple[str, ...] = column("ids", "The promises that it speaks to.", required=True, refers_to="promises")
    rater: str | None = column("text", "Who says it.", required=True)
    rater_kind: str | None = column(
        "choice", "What kind of body.", choices=("inspectorate", "partner", "charity", "press", "research", "oversight")
    )
    verdict: str | None = column("text", "What they say, in words of our own.", required=True)
    leans: str | None = column("choice", "Which way it leans.", choices=("for", "against", "mixed"))
    said_on: date | None = column("date", "When.")
    source_id: str | None = column("id", "Where it was read.", required=True, refers_to="sources")
    status: str | None = column("choice", "How surely it was read.", choices=STATUSES)
