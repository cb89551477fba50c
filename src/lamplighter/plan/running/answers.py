"""What is worked out about the running of a plan: frozen answers, each with the sentence of what is lacking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from lamplighter.plan.records.running import Crossing, Dependency, Post, Recommendation, Resource, Training
from lamplighter.plan.records.showing import Figure


@dataclass(frozen=True, kw_only=True)
class Expiring:
    """How many people's training runs out in one quarter."""

    quarter: str
    people: int


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Of those who need a course, how many have it and have it still? None where it can't be worked out.

    trained: people who ever had it. valid: those whose training still holds on the day. share: valid / eligible.
    target: how many were to be trained, which is not how many need it.
    """

    training: Training
    trained: float | None
    target: float | None
    eligible: float | None
    valid: float | None
    share: float | None
    run_out: int | None
    expiring: tuple[Expiring, ...]
    counted_on: date | None
    unit: str
    words: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Posting:
    """Of the posts that exist, how many stand empty, and how many people in them can't be sent? None if not known."""

    post: Post
    promised: Figure | None
    established: Figure | None
    filled: Figure | None
    deployable: Figure | None
    vacant: float | None
    not_deployable: float | None
    words: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A figure and its parts: do they make it? `holds` is None when a value or a unit leaves it open."""

    whole: Figure
    parts: tuple[Figure, ...]
    holds: bool | None
    words: str


@dataclass(frozen=True, kw_only=True)
class RecommendationStands:
    """A recommendation and how far it is: the answer, the rule that gave it, and that rule's words filled in."""

    recommendation: Recommendation
    answer: str
    rule: str
    rule_words: str
    because: str


@dataclass(frozen=True, kw_only=True)
class Unnamed:
    """How many promises of a version name no money, no people, …: what is not stated is said so, with its number's id."""

    number_id: str
    version: str
    lacking: str
    promises: int
    of: int
    words: str


@dataclass(frozen=True, kw_only=True)
class FrameworkPart:
    """One part of the national framework, in words of our own, and the promises that are read as answering to it."""

    part: str
    words: str
    source: str
    status: str
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, kw_only=True)
class Running:
    """Everything that is known about how the plan is run."""

    recommendations: tuple[RecommendationStands, ...] = ()
    training: tuple[Coverage, ...] = ()
    posts: tuple[Posting, ...] = ()
    sums: tuple[Sum, ...] = ()
    resources: tuple[Resource, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    framework: tuple[FrameworkPart, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()
    rules: tuple[Mapping[str, str], ...] = ()

    def of_promise(self, promise_id: str, figure_ids: frozenset[str]) -> Running:
        """The part of it that speaks of one promise; `unnamed` and the rules stay with the whole."""

        def ours(name: str) -> tuple[Any, ...]:
            return tuple(self._told_of.get((name, promise_id), ()))

        sums = {each.whole.id: each for id_ in figure_ids for each in self._told_of.get(("sums", id_), ())}
        return Running(
            recommendations=ours("recommendations"),
            training=ours("training"),
            posts=ours("posts"),
            sums=tuple(each for _, each in sorted(sums.items())),
            resources=ours("resources"),
            dependencies=ours("dependencies"),
            framework=tuple(
                FrameworkPart(part=each.part, words=each.words, source=each.source, status=each.status, crossings=found)
                for each in self.framework
                if (found := ours(each.part))
            ),
        )

    @cached_property
    def _told_of(self) -> Mapping[tuple[str, str], list[Any]]:
        """Everything by its kind and the promise that it speaks of; sums by their figures, crossings by their part."""
        told = (
            *(("recommendations", each.recommendation.promise_ids, each) for each in self.recommendations),
            *(("training", (each.training.promise_id,), each) for each in self.training),
            *(("posts", (each.post.promise_id,), each) for each in self.posts),
            *(("sums", (each.whole.id, *(part.id for part in each.parts)), each) for each in self.sums),
            *(("resources", each.promise_ids, each) for each in self.resources),
            *(("dependencies", each.promise_ids, each) for each in self.dependencies),
            *((part.part, (each.promise_id,), each) for part in self.framework for each in part.crossings),
        )
        found: dict[tuple[str, str], list[Any]] = {}
        for kind, ids, each in told:
            for id_ in dict.fromkeys(ids):
                found.setdefault((kind, id_ or ""), []).append(each)
        return found

    def says_anything(self) -> bool:
        """Is there anything to show?"""
        return any(
            (
                self.recommendations, self.training, self.posts, self.sums, self.resources, self.dependencies,
                self.framework,
            )
        )  # fmt: skip
