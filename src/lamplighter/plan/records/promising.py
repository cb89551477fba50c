"""What a plan says: its sentences, the promises in them, their milestones, and what became of each in a later version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lamplighter.plan.records.columns import column

KINDS = ("objective", "action", "figure", "process")
SETTINGS = ("public spaces", "domestic", "online", "internal")
FATES = ("carried", "changed", "merged", "split", "superseded", "dropped")
ADDRESSES = ("promise", "measure")


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence of one version. Its text may not be ours to ship: an id, our paraphrase and a hash stand for it."""

    FILE: ClassVar[str] = "sentences.csv"
    TITLE: ClassVar[str] = "Sentences"
    id: str = column("id", "Short and stable, such as S21.", required=True)
    version: str = column("id", "The version of the plan that it stands in (see plan.toml).", required=True)
    position: int | None = column("whole", "Its place in the text, from 1.")
    paraphrase: str | None = column("text", "What it says, in words of our own.", required=True)
    sha256: str | None = column("text", "SHA-256 of the normalised sentence; empty if the text was never seen.")
    quotation: str | None = column(
        "text", "A short quotation, only where a figure or an ambiguity hangs on the wording."
    )
    source_id: str | None = column("id", "The document that it stands in.", refers_to="sources")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a sentence commits somebody to. Where it stands is worked out, so there is no column for it."""

    FILE: ClassVar[str] = "promises.csv"
    TITLE: ClassVar[str] = "Promises"
    id: str = column("id", "Short and stable, such as A09.", required=True)
    version: str = column("id", "The version of the plan that makes it.", required=True)
    kind: str | None = column("choice", "What kind of promise it is.", required=True, choices=KINDS)
    title: str | None = column("text", "The promise in a line.", required=True)
    means: str | None = column("text", "What it means, as we read it, and what it leaves open.")
    sentence_ids: tuple[str, ...] = column("ids", "The sentences that make it.", refers_to="sentences")
    objective_ids: tuple[str, ...] = column("ids", "The objectives that it serves.", refers_to="promises")
    part_of_id: str | None = column("id", "The promise that this one is part of.", refers_to="promises")
    owner: str | None = column("text", "Who answers for it: a post or a name. Empty if the plan names nobody.")
    area: str | None = column("text", "Where it applies.")
    settings: tuple[str, ...] = column("choices", "Where the harm happens.", choices=SETTINGS)
    due_words: str | None = column("text", "When, in the plan's own few words.")
    due_from: date | None = column("date", "Earliest date that the words mean.", may_be_na=True)
    due_to: date | None = column("date", "Latest date that the words mean.", may_be_na=True)
    due_read_by: str | None = column(
        "text", "Who read the words as these dates; needed when the words name no full date."
    )
    due_reason: str | None = column("text", "Why they were read so.")
    definition_ids: tuple[str, ...] = column(
        "ids", "The cards that define what would show it.", refers_to="definitions"
    )
    measure_ids: tuple[str, ...] = column("words", "Measures drawn beside it, by their id.")
    closed_on: date | None = column("date", "When somebody closed it, done or not.")
    note: str | None = column("text", "Anything that a reader must know.")


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A step on the way, done only when evidence says so."""

    FILE: ClassVar[str] = "milestones.csv"
    TITLE: ClassVar[str] = "Milestones"
    id: str = column("id", "Short and stable.", required=True)
    promise_id: str = column("id", "The promise that it belongs to.", required=True, refers_to="promises")
    title: str | None = column("text", "The step in a line.", required=True)
    completes: bool | None = column("flag", "Is the promise kept when this step is done?")
    due_words: str | None = column("text", "When, in the plan's own words.")
    due_from: date | None = column("date", "Earliest date that the words mean.", may_be_na=True)
    due_to: date | None = column("date", "Latest date that the words mean.", may_be_na=True)
    done_on: date | None = column("date", "When it was done, by the evidence named.")
    evidence_ids: tuple[str, ...] = column("ids", "What shows that it was done.", refers_to="evidence")
    note: str | None = column("text", "Anything that a reader must know.")


@dataclass(frozen=True, kw_only=True)
class Successor:
    """What became of a promise in a later version, read by a named person. No row: not found, or dropped if it is complete.

    carried: the same promise; changed: one that differs; merged: one of several that became one; split: one that became
    several; superseded: another promise took its place; dropped: no promise did.
    """

    FILE: ClassVar[str] = "successors.csv"
    TITLE: ClassVar[str] = "Successors"
    id: str = column("id", "Short and stable.", required=True)
    promise_id: str = column("id", "The earlier promise.", required=True, refers_to="promises")
    version: str = column("id", "The later version.", required=True)
    fate: str | None = column("choice", "What became of it.", required=True, choices=FATES)
    to_ids: tuple[str, ...] = column("ids", "The later promises; none if it was dropped.", refers_to="promises")
    reason: str | None = column("text", "Why it is read so.", required=True)
    read_by: str | None = column("text", "Who read it so.", required=True)


@dataclass(frozen=True, kw_only=True)
class FormerAddress:
    """A page that was once public and whose promise or measure is here no longer: what it was and where to go now.

    What stands at an address that somebody quoted never vanishes: it leads on, or says why there is nothing to lead to.
    """

    FILE: ClassVar[str] = "former_addresses.csv"
    TITLE: ClassVar[str] = "Former addresses"
    id: str = column("id", "The id that the page had, exactly as it was.", required=True)
    kind: str | None = column("choice", "What the page was about.", required=True, choices=ADDRESSES)
    title: str | None = column("text", "What it was, in a line.", required=True)
    to_ids: tuple[str, ...] = column("words", "What it became, by id; empty if nothing took its place.")
    reason: str | None = column("text", "Why it is gone: merged, split, renamed, taken back.", required=True)
    gone_on: date | None = column("date", "The day from which it was gone.", required=True)
    told_by: str | None = column("text", "Who says so.", required=True)
