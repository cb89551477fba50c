"""The plan, worked out: one frozen object that the site, the report and plan.json are all written from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from lamplighter.plan.folder import Plan, Version
from lamplighter.plan.profiles.told import LinkedProfile
from lamplighter.plan.records.promising import Milestone, Promise, Sentence
from lamplighter.plan.records.running import Decision, Post, Recommendation, Reference, Risk, Training
from lamplighter.plan.records.showing import Card, Evidence, Figure, Rating, Source
from lamplighter.plan.running.answers import Running
from lamplighter.studies.answers import MeasureAnswer, Unchanged
from lamplighter.studies.area_answers import AreaComparison


@dataclass(frozen=True, kw_only=True)
class Override:
    """A named person's answer instead of the worked-out one; both are shown."""

    answer: str
    decided_by: str
    decided_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One axis of where a promise stands: the answer, the rule that gave it, and that rule's words filled in."""

    answer: str
    rule: str
    rule_words: str
    because: str
    worked_out: str
    override: Override | None = None


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of a promise in a later version."""

    version: str
    fate: str
    to_ids: tuple[str, ...]
    words: str
    read_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class CameFrom:
    """An earlier promise that a later one came from. `to_id`: what it became, this promise or one on the way to it."""

    promise_id: str
    version: str
    to_id: str
    fate: str
    words: str
    read_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A promise and where it stands, with everything that its page shows."""

    promise: Promise
    evidence: Answer
    delivery: Answer
    needed: tuple[str, ...]
    fates: tuple[Fate, ...]
    last_change: date | None
    last_change_what: str
    days_since_change: int | None
    sentences: tuple[Sentence, ...]
    cards: tuple[Card, ...]
    figures: tuple[Figure, ...]
    milestones: tuple[Milestone, ...]
    evidence_records: tuple[Evidence, ...]
    ratings: tuple[Rating, ...]
    recommendations: tuple[Recommendation, ...]
    training: tuple[Training, ...]
    posts: tuple[Post, ...]
    risks: tuple[Risk, ...]
    references: tuple[Reference, ...]
    decisions: tuple[Decision, ...]
    measure_ids: tuple[str, ...]
    problems: tuple[str, ...] = ()
    came_from: tuple[CameFrom, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number that a page or the report prints, with its id, parts, unit, definition and source."""

    id: str
    label: str
    value: float | None
    numerator: float | None
    denominator: float | None
    denominator_words: str
    unit: str
    definition: str
    source: str
    as_of: str
    low: float | None = None
    high: float | None = None
    interval_words: str = ""
    qualifier: str = ""
    status: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A sentence that the data wrote, with the ids of the numbers in it. `about`: plan, data or change."""

    id: str
    about: str
    text: str
    number_ids: tuple[str, ...]
    surprising: int = 0


@dataclass(frozen=True, kw_only=True)
class Trap:
    """One of the text's numbers and what stands behind it: what it could mean, and what would settle it."""

    id: str
    title: str
    claim: str
    quotation: str
    meanings: tuple[str, ...]
    figure_ids: tuple[str, ...]
    would_settle: str
    promise_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CannotShow:
    """A promise that no known source can show, and what would be needed."""

    promise_id: str
    title: str
    card_names: tuple[str, ...]
    needed: tuple[str, ...]
    needed_words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One line of "what changed": a series that signalled."""

    measure_id: str
    title: str
    rule: str
    rule_words: str
    since: str
    until: str
    effect_words: str
    caution: bool


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two measures that are only ever drawn together, and what a rise in either would mean."""

    id: str
    title: str
    measure_id: str
    numbers: tuple[Number, ...]
    rise_words: tuple[str, ...]
    status: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Book:
    """Everything that is written out. Made from a plan folder, a workspace and a date; nothing in it reads the clock."""

    plan: Plan
    as_of: date
    versions: tuple[Version, ...]
    standings: tuple[Standing, ...]
    cards: Mapping[str, Card]
    sources: Mapping[str, Source]
    numbers: Mapping[str, Number]
    findings: tuple[Finding, ...]
    traps: tuple[Trap, ...]
    cannot_show: tuple[CannotShow, ...]
    measures: Mapping[str, MeasureAnswer]
    pairs: tuple[Pair, ...]
    changed: tuple[Changed, ...]
    false_calls: Unchanged | None
    imports: tuple[Mapping[str, Any], ...]
    revisions: tuple[Mapping[str, Any], ...]
    evidence_rules: tuple[Mapping[str, str], ...]
    delivery_rules: tuple[Mapping[str, str], ...]
    digests: Mapping[str, str]
    own_text: Mapping[str, str] = field(default_factory=dict)
    areas: tuple[AreaComparison, ...] = ()
    running: Running = field(default_factory=Running)
    profiles: tuple[LinkedProfile, ...] = ()

    def standing(self, promise_id: str) -> Standing:
        return self.by_promise[promise_id]

    @cached_property
    def by_promise(self) -> Mapping[str, Standing]:
        """Every promise by its id, in the plan's order."""
        return {each.promise.id: each for each in self.standings}

    @cached_property
    def serving(self) -> Mapping[str, tuple[Standing, ...]]:
        """The promises that serve each objective, by its id."""
        return _gathered((other, each) for each in self.standings for other in each.promise.objective_ids)

    @cached_property
    def parts(self) -> Mapping[str, tuple[Standing, ...]]:
        """The parts of each promise that has some, by its id."""
        return _gathered((each.promise.part_of_id, each) for each in self.standings if each.promise.part_of_id)

    @cached_property
    def beside(self) -> Mapping[str, tuple[Standing, ...]]:
        """The promises beside which each measure is drawn, by its id."""
        return _gathered((other, each) for each in self.standings for other in each.measure_ids)

    @cached_property
    def lacking(self) -> Mapping[str, CannotShow]:
        """What would be needed to show each promise that can't be shown, by its id."""
        return {each.promise_id: each for each in self.cannot_show}


def _gathered(pairs: Iterable[tuple[str, Standing]]) -> dict[str, tuple[Standing, ...]]:
    found: dict[str, dict[str, Standing]] = {}
    for key, each in pairs:
        found.setdefault(key, {})[each.promise.id] = each
    return {key: tuple(ours.values()) for key, ours in found.items()}
