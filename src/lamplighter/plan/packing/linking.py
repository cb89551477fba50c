"""The chain of a pack, link by link: recommendation, promise and where it stood, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lamplighter.plan.book import Answer
from lamplighter.plan.cards import cards_of
from lamplighter.plan.make_book import facts_of
from lamplighter.plan.packing.choosing import Chosen
from lamplighter.plan.packing.knowing import Known
from lamplighter.plan.records.promising import Promise
from lamplighter.plan.records.running import Recommendation
from lamplighter.plan.records.showing import Card, Source
from lamplighter.plan.stands import where_it_stands
from lamplighter.schema import NOT_APPLICABLE, quantity_words
from lamplighter.studies.answers import MeasureAnswer


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing behind a promise: a record with its source, or an imported file with its SHA-256."""

    kind: str
    id: str
    what: str
    dated: str
    status: str = ""
    source: Source | None = None
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A promise, where it stood on the day, and every piece behind it."""

    promise: Promise
    evidence: Answer
    delivery: Answer
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A recommendation and the promises that answer it; None for promises that answer none."""

    recommendation: Recommendation | None
    source: Source | None
    direct: tuple[Piece, ...]
    links: tuple[Link, ...]


def chains(known: Known, picked: Chosen, measures: Mapping[str, MeasureAnswer]) -> tuple[Chain, ...]:
    """Each recommendation of the pack with its promises, and last the promises of the pack that answer none."""
    cards = cards_of(known.plan)
    links = {each.id: _link(known, each, cards, measures) for each in picked.of("promises")}
    sources, evidence = known.plan.lookup.by_id("sources"), known.plan.lookup.by_id("evidence")
    found = []
    for each in picked.recommendations:
        direct = [evidence[id_] for id_ in sorted(set(each.evidence_ids)) if id_ in evidence]
        found.append(
            Chain(
                recommendation=each,
                source=sources.get(each.source_id or ""),
                direct=tuple(_evidence(told, sources) for told in direct),
                links=tuple(links[id_] for id_ in each.promise_ids if id_ in links),
            )
        )
    answering = {id_ for each in picked.recommendations for id_ in each.promise_ids}
    rest = tuple(link for id_, link in links.items() if id_ not in answering)
    return (*found, *((Chain(recommendation=None, source=None, direct=(), links=rest),) if rest else ()))


def _link(known: Known, promise: Promise, cards: Mapping[str, Card], measures: Mapping[str, MeasureAnswer]) -> Link:
    plan = known.plan
    facts = facts_of(plan, promise, known.day, cards, measures)
    evidence, delivery = where_it_stands(facts, plan.lookup.on("decisions", promise.id))
    return Link(
        promise=promise,
        evidence=evidence,
        delivery=delivery,
        pieces=tuple(_pieces(known, promise, measures)),
    )


def _evidence(told: Any, sources: Mapping[str, Source]) -> Piece:
    return Piece(
        kind="evidence",
        id=told.id,
        what=". ".join(each.rstrip(".") for each in (told.title, told.says) if each) + ".",
        dated=_dated(told.happened_on),
        status=told.status or "",
        source=sources.get(told.source_id or ""),
    )


def _pieces(known: Known, promise: Promise, measures: Mapping[str, MeasureAnswer]) -> Iterator[Piece]:
    plan = known.plan
    sources = plan.lookup.by_id("sources")
    yield from (_evidence(each, sources) for each in plan.lookup.about("evidence", promise.id))
    for each in plan.lookup.about("figures", promise.id):
        words = quantity_words(each.value, each.unit, qualifier=each.qualifier)
        whole = "" if each.denominator is None else f" of {quantity_words(each.denominator, each.denominator_label)}"
        yield Piece(
            kind="figure",
            id=each.id,
            what=f"{each.label}: {words}{whole} ({each.role})",
            dated=_dated(each.as_of) or each.as_of_words or "",
            status=each.status or "",
            source=sources.get(each.source_id or ""),
        )
    for step in plan.lookup.about("milestones", promise.id):
        done = f"done on {step.done_on}" if step.done_on else "not recorded as done"
        yield Piece(kind="step", id=step.id, what=f"{step.title}: {done}", dated=_dated(step.due_to))
    for rating in plan.lookup.about("ratings", promise.id):
        yield Piece(
            kind="rating",
            id=rating.id,
            what=f"{rating.rater}: {rating.verdict}",
            dated=_dated(rating.said_on),
            status=rating.status or "",
            source=sources.get(rating.source_id or ""),
        )
    for measure_id in promise.measure_ids:
        if measure_id in measures:
            answer = measures[measure_id]
            for name, digest in answer.provenance.files:
                yield Piece(
                    kind="imported file",
                    id=measure_id,
                    what=f"{answer.title}: measures/{measure_id}.csv was worked out from it",
                    dated=NOT_APPLICABLE,
                    file=name,
                    sha256=digest,
                )


def _dated(day: Any) -> str:
    return "" if day is None else str(day)
