"""A made-up plan of any size that says so: the same for the same seed, in the proportions of the bundled plan."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

AS_OF = date(2026, 3, 31)
FIRST_DAY = date(2024, 1, 1)
BY = "Nobody: made up"
WORDS = (
    "patrols", "training", "officers", "victims", "night", "transport", "schools", "courts", "venues", "streets", "reports",
    "lighting", "partners", "posts", "specialist", "recruits", "helpline", "data", "survey", "managed", "review", "stalking",
    "exposure", "town centre", "ward", "night-time economy",
)  # fmt: skip
HEADER = f"""schema_version = 2
title = "A made-up plan of {{promises}} promises"
body = "A made-up force"
about = "Made up to measure how long a large plan takes to build. Nothing in it was promised by anybody."
as_of = {AS_OF.isoformat()}

[[version]]
id = "V1"
title = "First made-up version"
published_on = 2024-01-01
status = "published"
complete = true
source_id = "src-0"

[[version]]
id = "V2"
title = "Second made-up version"
published_on = 2025-01-01
status = "published"
complete = false
promises_stated = {{promises}}
source_id = "src-1"
"""


@dataclass
class _Hand:
    """Draws from one seed, and keeps what it drew by record type."""

    by: random.Random
    records: dict[str, list[Any]] = field(default_factory=dict)

    def words(self, count: int) -> str:
        return " ".join(self.by.choices(WORDS, k=count)).capitalize()

    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.by.randrange((AS_OF - FIRST_DAY).days))

    def chance(self, share: float) -> bool:
        return self.by.random() < share

    def keep(self, kind: str, record: Any) -> None:
        self.records.setdefault(kind, []).append(record)


def write_made_up_plan(folder: Path, *, promises: int, measure_ids: tuple[str, ...], seed: int = 7) -> int:
    """Writes the plan folder and says how many records it holds.

    A promise brings one and a half sentences, one and a half figures, nearly one piece of evidence, and a quarter of a
    step, as in the bundled plan; one in seven a recommendation or a risk. Definitions and sources are shared by four.
    """
    from lamplighter.plan.folder import as_csv
    from lamplighter.plan.records import RECORD_TYPES

    hand = _Hand(random.Random(seed))  # noqa: S311 (made up, the same each time)
    _sources_and_cards(hand, max(4, promises // 4))
    for at in range(promises):
        _promise(hand, at, promises, measure_ids)
    _run(hand, promises)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.toml").write_text(HEADER.format(promises=promises), encoding="utf-8")
    for kind, records in hand.records.items():
        record_type = RECORD_TYPES[kind]
        (folder / record_type.FILE).write_text(as_csv(record_type, records), encoding="utf-8", newline="")
    return sum(len(each) for each in hand.records.values())


def _sources_and_cards(hand: _Hand, count: int) -> None:
    from lamplighter.plan.records import Card, Source

    for at in range(count):
        kind = "plan text" if at < 2 else ("made up" if at == 2 else "records")
        provides = ("counted fact",) if at == 3 else ()
        hand.keep(
            "sources",
            Source(
                id=f"src-{at}", title=f"Made-up source {at}: {hand.words(3)}", publisher="A made-up body",
                by_promiser=hand.chance(0.4), kind=kind, access="open", status="verified", provides=provides,
            ),
        )  # fmt: skip
        hand.keep(
            "definitions",
            Card(
                id=f"D-{at}", version="1", name=f"Made-up number {at}", plain_definition=f"{hand.words(14)}.",
                leaves_out=f"{hand.words(6)}.", numerator=hand.words(4), denominator=hand.words(4), source="Made up",
                needs=("counted fact",) if hand.chance(0.7) else (f"fact {at}",), needed_words=f"{hand.words(8)}.",
                status="verified",
            ),
        )  # fmt: skip


def _promise(hand: _Hand, at: int, promises: int, measure_ids: tuple[str, ...]) -> None:
    from lamplighter.plan.records import Evidence, Milestone, Promise, Rating, Sentence, Successor

    cards = max(4, promises // 4)
    is_objective, second = at % 25 == 0, at % 5 == 4
    kind = "objective" if is_objective else hand.by.choices(("action", "figure", "process"), (6, 3, 2))[0]
    version, own = ("V2", "src-1") if second else ("V1", "src-0")
    sentences = tuple(f"S{at}-{each}" for each in range(hand.by.choice((1, 2))))
    for each in sentences:
        told = {"paraphrase": f"{hand.words(16)}.", "quotation": hand.words(5), "source_id": own}
        hand.keep(
            "sentences", Sentence(id=each, version=version, position=len(hand.records.get("sentences", ())), **told)
        )
    due = hand.day() + timedelta(days=400) if hand.chance(0.5) else None
    hand.keep(
        "promises",
        Promise(
            id=f"P{at}", version=version, kind=kind, title=hand.words(7), means=f"{hand.words(24)}.",
            sentence_ids=sentences, objective_ids=() if is_objective else (f"P{at - at % 25}",),
            part_of_id=f"P{at - 1}" if kind == "figure" and at % 25 > 1 else None,
            owner=f"Made-up post {at % 60}" if hand.chance(0.6) else None, area="A made-up place",
            due_words=due.isoformat() if due else None, due_to=due, definition_ids=(f"D-{at % cards}",),
            measure_ids=(measure_ids[at % len(measure_ids)],) if measure_ids and at % 8 == 0 else (),
        ),
    )  # fmt: skip
    for each, role in enumerate(("current", "target", "baseline")[: hand.by.choice((0, 1, 2, 3))]):
        _figure(hand, f"G{at}-{each}", role, at, cards, sentence=sentences[0] if hand.chance(0.4) else None)
    for each in range(hand.by.choice((0, 1, 1, 2))):
        about = (f"P{at}", f"P{at - 1}") if at and hand.chance(0.2) else (f"P{at}",)
        told = {"title": hand.words(6), "says": f"{hand.words(12)}.", "happened_on": hand.day(), "status": "verified"}
        hand.keep("evidence", Evidence(id=f"E{at}-{each}", promise_ids=about, source_id=f"src-{at % cards}", **told))
    if at % 4 == 0:
        done = hand.day() if hand.chance(0.5) else None
        told = {"completes": hand.chance(0.5), "due_to": due, "done_on": done}
        hand.keep("milestones", Milestone(id=f"M{at}", promise_id=f"P{at}", title=hand.words(5), **told))
    if at % 2 == 0:
        told = {"rater": "A made-up body", "rater_kind": "press", "verdict": f"{hand.words(14)}.", "status": "verified"}
        leans = hand.by.choice(("for", "against", "mixed"))
        source = f"src-{(at + 3) % cards}"
        hand.keep("ratings", Rating(id=f"R{at}", promise_ids=(f"P{at}",), leans=leans, source_id=source, **told))
    if second and hand.chance(0.9):
        told = {"version": "V2", "fate": "changed", "reason": f"{hand.words(9)}.", "read_by": BY}
        hand.keep("successors", Successor(id=f"U{at}", promise_id=f"P{at - 1}", to_ids=(f"P{at}",), **told))


def _figure(hand: _Hand, id_: str, role: str, at: int, cards: int, *, sentence: str | None) -> None:
    from lamplighter.plan.records import Figure

    base = float(hand.by.randrange(1_000, 9_000)) if hand.chance(0.5) else None
    hand.keep(
        "figures",
        Figure(
            id=id_, promise_ids=(f"P{at}",), role=role, label=hand.words(6), value=float(hand.by.randrange(1, 900)),
            unit="officers", denominator=base, denominator_label="officers" if base else None,
            definition_id=f"D-{at % cards}", area="A made-up place", as_of=hand.day(), source_id=f"src-{(at + 7) % cards}",
            sentence_id=sentence, status="verified", note=f"{hand.words(10)}." if hand.chance(0.3) else None,
        ),
    )  # fmt: skip


def _run(hand: _Hand, promises: int) -> None:
    """How it is run: recommendations, training, posts, money, others, the framework, risks, references, corrections."""
    from lamplighter.plan.records import (
        Correction,
        Crossing,
        Dependency,
        Post,
        Recommendation,
        Reference,
        Resource,
        Risk,
        Training,
    )

    figures = [each.id for each in hand.records["figures"]]
    for at in range(promises):
        about, source = (f"P{at}",), f"src-{at % max(4, promises // 4)}"
        sourced = {"promise_ids": about, "source_id": source, "status": "verified"}
        words = f"{hand.words(10)}."
        if at % 7 == 0:
            told = {"review": f"Made-up review {at % 40}", "says": words, "made_on": hand.day()}
            response = hand.by.choice(("accepted", "rejected", None))
            hand.keep(
                "recommendations", Recommendation(id=f"RC{at}", response=response, reason=words, **told, **sourced)
            )
        if at % 7 == 1:
            hand.keep(
                "training", Training(id=f"T{at}", promise_id=f"P{at}", course=words, trained_figure_id=figures[at])
            )
        if at % 12 == 2:
            hand.keep("posts", Post(id=f"PO{at}", promise_id=f"P{at}", title=words, filled_figure_id=figures[at]))
        if at % 12 == 3:
            told = {"kind": "money", "what": words, "figure_ids": (figures[at],)}
            hand.keep("resources", Resource(id=f"RS{at}", **told, **sourced))
        if at % 7 == 4:
            hand.keep("dependencies", Dependency(id=f"DP{at}", body="A made-up council", needs=words, **sourced))
        if at % 3 != 0:
            told = {"part": "Prevent", "reason": words, "read_by": BY, "status": "unverified"}
            hand.keep("crosswalk", Crossing(id=f"XW{at}", promise_id=f"P{at}", **told))
        if at % 4 == 1:
            hand.keep("risks", Risk(id=f"RK{at}", promise_ids=about, risk=words, answer=words, source_id=source))
        if at % 4 == 2:
            hand.keep(
                "references", Reference(id=f"RF{at}", kind="legal basis", title=hand.words(5), says=words, **sourced)
            )
        if at % 50 == 5:
            told = {"field": "value", "old": "1", "new": "2", "corrected_by": BY, "corrected_on": hand.day()}
            hand.keep("corrections", Correction(id=f"CO{at}", record_id=figures[at], reason=words, **told))
