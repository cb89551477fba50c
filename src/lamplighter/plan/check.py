"""`lamplighter plan check`: what is missing, broken or out of date in a plan folder, with file, line and mend."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lamplighter import definitions
from lamplighter.errors import listed
from lamplighter.plan.cells import format_cell, may_run, parse_cell
from lamplighter.plan.fates import fate_problems
from lamplighter.plan.folder import Plan, Problem
from lamplighter.plan.former import former_problems
from lamplighter.plan.profiles.checks import profile_problems
from lamplighter.plan.records import RECORD_TYPES, columns_of, is_answered, is_known
from lamplighter.plan.records.promising import Promise
from lamplighter.plan.records.showing import Card, CardVersion, Figure
from lamplighter.plan.releases.calendar import calendar_problems
from lamplighter.plan.running.checks import running_problems
from lamplighter.plan.stands import due_to
from lamplighter.schema import NOT_APPLICABLE, number_words, quantity_words

DEFINING = ("name", "plain_definition", "leaves_out", "numerator", "denominator", "needs")
CARD_FIELDS = (
    "why_chosen",
    "leaves_out",
    "numerator",
    "denominator",
    "source",
    "statistic_status",
    "period",
    "revision_policy",
    "quality_issues",
    "completeness",
    "disclosure_rule",
    "direction_wanted",
    "rise_would_mean",
    "baseline",
    "interval_method",
    "owner",
)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What the check found: errors stop a build; warnings are truths to mend or accept; accepted ones keep their reason."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    accepted: tuple[tuple[Problem, str], ...]


def card_digest(card: Card) -> str:
    """SHA-256 of the words that define a number: change them and the version must change too."""
    words = "\x1f".join(f"{name}={getattr(card, name)}" for name in DEFINING)
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def check(plan: Plan, unreadable: Sequence[Problem], *, today: date, cards: Mapping[str, Card]) -> Checked:
    """Everything that is wrong with the folder on a day. `cards`: the folder's own and the shipped ones, by id."""
    found = [*unreadable, *_dead_links(plan, cards), *_versions(plan), *_definitions(plan)]
    found += [each for promise in plan.promises for each in _promise(plan, promise, today)]
    found += [*_sources(plan), *_two_meanings(plan), *_cards(plan), *_decisions(plan), *calendar_problems(plan)]
    found += [*fate_problems(plan), *former_problems(plan), *running_problems(plan), *profile_problems(plan)]
    found += [*_formulas(plan), *_corrections(plan)]
    reasons = {
        (each.record_id, each.warning): f"{each.reason} ({each.decided_by}, {each.decided_on})"
        for each in plan.decisions
        if each.kind == "accepted warning"
    }
    accepted = [(each, reasons[each.record_id, each.name]) for each in found if (each.record_id, each.name) in reasons]
    taken = {id(each) for each, _ in accepted if not each.serious}
    return Checked(
        errors=tuple(each for each in found if each.serious),
        warnings=tuple(each for each in found if not each.serious and id(each) not in taken),
        accepted=tuple((each, why) for each, why in accepted if not each.serious),
    )


def broken_in(plan: Plan, *, cards: Mapping[str, Card]) -> list[Problem]:
    """The errors alone: what stops a build, whatever the day."""
    found = (
        *_dead_links(plan, cards),
        *_versions(plan),
        *_definitions(plan),
        *_decisions(plan),
        *fate_problems(plan),
        *former_problems(plan),
        *running_problems(plan),
        *profile_problems(plan),
    )
    return [each for each in found if each.serious]


def _problem(
    plan: Plan, kind: str, record_id: str | None, name: str, message: str, *, serious: bool = False
) -> Problem:
    line = plan.line_of(kind, record_id) if record_id else None
    return Problem(
        file=RECORD_TYPES[kind].FILE,
        line=line,
        record_id=record_id,
        name=name,
        message=message,
        serious=serious,
    )


def _dead_links(plan: Plan, cards: Mapping[str, Card]) -> Iterator[Problem]:
    known = {kind: {each.id for each in plan.of(kind)} for kind in RECORD_TYPES}
    known["definitions"] = known["definitions"] | set(cards)
    for kind, record_type in RECORD_TYPES.items():
        linking = [each for each in columns_of(record_type) if each.refers_to]
        for record in plan.of(kind):
            for told in linking:
                value: Any = getattr(record, told.name)
                for target in value if isinstance(value, tuple) else (value,):
                    if is_known(target) and not any(target in known[to] for to in told.refers_to):
                        message = (
                            f"{record.id}, {told.name}: there is no {listed(told.refers_to)} row {target!r}. "
                            "Add it, or mend the id."
                        )
                        yield _problem(plan, kind, record.id, "dead link", message, serious=True)
    everything = set().union(*known.values())
    for record in plan.decisions:
        if record.record_id not in everything:
            message = f"{record.id} is about {record.record_id!r}, which is not in the folder. Mend the id."
            yield _problem(plan, "decisions", record.id, "dead link", message, serious=True)
    for each in plan.corrections:  # kept for good, so it may outlive its record; and a measure is no row of the folder
        if each.record_id not in everything:
            message = (
                f"{each.id} corrects {each.record_id!r}, which is not in the folder. Mend the id; or, if the record was "
                "taken out, or it is a measure, leave it and accept this."
            )
            yield _problem(plan, "corrections", each.id, "correction of no record", message)


def _versions(plan: Plan) -> Iterator[Problem]:
    known = {each.id for each in plan.header.versions}
    for kind in ("sentences", "promises", "successors"):
        for record in plan.of(kind):
            if record.version not in known:
                message = f"{record.id} is of version {record.version!r}. plan.toml knows {listed(sorted(known))}."
                yield _problem(plan, kind, record.id, "unknown version", message, serious=True)


def _definitions(plan: Plan) -> Iterator[Problem]:
    stamped = {(each.card_id, each.version): each.sha256 for each in plan.card_versions}
    for card in plan.cards:
        digest = stamped.get((card.id, card.version))
        if digest is None:
            message = f"{card.id} version {card.version} is not stamped. Run: lamplighter plan stamp FOLDER --by NAME"
            yield _problem(plan, "definitions", card.id, "definition not stamped", message)
        elif digest != card_digest(card):
            message = (
                f"{card.id} says version {card.version}, but its defining words are not the ones stamped under that "
                "version. Give it a new version, or put the words back."
            )
            yield _problem(plan, "definitions", card.id, "definition changed", message, serious=True)
    versions: dict[str, set[str]] = defaultdict(set)
    for stamp in plan.card_versions:
        versions[stamp.card_id].add(stamp.version)
    for figure in plan.figures:
        known = versions.get(figure.definition_id or "")
        if known and figure.definition_version and figure.definition_version not in known:
            message = (
                f"{figure.id} uses version {figure.definition_version} of {figure.definition_id}, which was never "
                f"stamped. Known: {listed(sorted(known))}."
            )
            yield _problem(plan, "figures", figure.id, "unknown definition version", message, serious=True)


def _promise(plan: Plan, promise: Promise, today: date) -> Iterator[Problem]:
    figures: tuple[Figure, ...] = plan.lookup.about("figures", promise.id)
    roles = {each.role for each in figures}
    counted = promise.kind != "process"
    lacks = (
        ("no owner", is_answered(promise.owner), "owner", "Name the post that answers for it, or n/a."),
        ("no due date", is_answered(promise.due_to), "due date", "Give due_to, or n/a if it has no end."),
        ("no definition", bool(promise.definition_ids), "definition", "Add a card to definitions.csv and name it."),
        ("no baseline", not counted or "baseline" in roles, "baseline", "Add a figure with role baseline."),
        ("no target", not counted or "target" in roles, "target", "Add a figure with role target."),
        (
            "no denominator",
            not counted
            or any(each.denominator is not None or each.denominator_label == NOT_APPLICABLE for each in figures),
            "denominator",
            "Give one of its figures a denominator: out of how many of what.",
        ),
        ("no source", bool(promise.sentence_ids), "source", "Name the sentences that make it."),
    )
    for name, there, what, mend in lacks:
        if not there:
            yield _problem(plan, "promises", promise.id, name, f"{promise.id} has no {what}. {mend}")
    if isinstance(promise.due_to, date) and due_to(promise) is None:
        message = (
            f"{promise.id}: the plan's words ({promise.due_words or 'none'}) name no year, and nobody is named as having "
            "read them as dates. Fill due_read_by, or empty due_to."
        )
        yield _problem(plan, "promises", promise.id, "reading without a name", message)
    last = due_to(promise)
    done = any(each.completes and each.done_on for each in plan.lookup.about("milestones", promise.id))
    if last is not None and last < today and not done and not is_known(promise.closed_on):
        message = f"{promise.id} was due by {last.isoformat()}. Record what shows that it was done, or close it."
        yield _problem(plan, "promises", promise.id, "due date gone by", message)


def _sources(plan: Plan) -> Iterator[Problem]:
    for figure in plan.figures:
        if not is_known(figure.source_id):
            message = f"{figure.id} has no source. Name where it was read."
            yield _problem(plan, "figures", figure.id, "figure without source", message)
        if figure.denominator is not None and figure.denominator <= 0:
            message = (
                f"{figure.id} is out of {number_words(figure.denominator)}. Give how many there are, or leave it empty."
            )
            yield _problem(plan, "figures", figure.id, "out of nothing", message, serious=True)


def _two_meanings(plan: Plan) -> Iterator[Problem]:
    same: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for figure in plan.figures:
        if figure.value is not None and is_known(figure.definition_id):
            same[figure.value, figure.unit, figure.area].append(figure)
    for (value, unit, _), figures in same.items():
        if len({each.definition_id for each in figures}) > 1:
            first, *others = sorted(figures, key=lambda each: each.id)
            message = (
                f"{quantity_words(value, unit)} is {first.definition_id} in {first.id} and "
                + listed(f"{each.definition_id} in {each.id}" for each in others)
                + ". Say which is meant, or show both as a matter of definition and accept this."
            )
            yield _problem(plan, "figures", first.id, "one number, two meanings", message)


def _cards(plan: Plan) -> Iterator[Problem]:
    for card in plan.cards:
        empty = [name for name in CARD_FIELDS if not is_answered(getattr(card, name))]
        if empty:
            message = f"{card.id} does not say: {listed(empty, most=20)}. Fill them, or write n/a."
            yield _problem(plan, "definitions", card.id, "card not filled", message)


def _formulas(plan: Plan) -> Iterator[Problem]:
    """A release and its ZIP hold the plan's CSVs as they are, and a reader opens those in a spreadsheet."""
    for kind, record_type in RECORD_TYPES.items():
        for record in plan.of(kind):
            told = [(each.name, getattr(record, each.name)) for each in columns_of(record_type)]
            runs = [name for name, text in told if isinstance(text, str) and may_run(text)]
            if runs:
                message = (
                    f"{record.id} begins its {listed(runs, most=20)} with =, +, - or @: a spreadsheet that opens the file takes "
                    "that for a formula. Begin with another character, or accept this if the words are yours."
                )
                yield _problem(plan, kind, record.id, "taken for a formula", message)


def _corrections(plan: Plan) -> Iterator[Problem]:
    """The last correction of a cell says what stands there now; one told in words that the column can't hold is not asked."""
    last = {
        (each.record_id, each.field): each
        for each in sorted(plan.corrections, key=lambda each: (str(each.corrected_on), each.id))
    }
    for kind, record_type in RECORD_TYPES.items():
        columns = {each.name: each for each in columns_of(record_type)}
        records = {each.id: each for each in plan.of(kind)}
        for (record_id, field), each in last.items():
            if record_id not in records or field not in columns or not each.new:
                continue
            try:
                parse_cell(each.new, columns[field])
            except ValueError:
                continue
            now = format_cell(getattr(records[record_id], field))
            if now != each.new:
                message = (
                    f"{each.id} says that {field} of {record_id} is {each.new!r} now, and {record_type.FILE} says {now!r}. "
                    "Mend whichever is wrong, or add a correction from the one to the other."
                )
                yield _problem(plan, "corrections", each.id, "correction not in place", message)


def _decisions(plan: Plan) -> Iterator[Problem]:
    answers = {
        "evidence": {rule["answer"] for rule in definitions.evidence_rules()},
        "delivery": {rule["answer"] for rule in definitions.delivery_rules()},
    }
    for each in plan.decisions:
        if each.kind == "override" and (each.axis is None or each.answer not in answers[each.axis]):
            known = listed(sorted(answers[each.axis])) if each.axis else "evidence, delivery"
            message = f"{each.id} overrides with {each.answer!r} on {each.axis or 'no axis'}. Known: {known}."
            yield _problem(plan, "decisions", each.id, "unknown answer", message, serious=True)
        if each.kind == "accepted warning" and not each.warning:
            message = f"{each.id} accepts a warning without its name. Write it as `plan check` prints it in brackets."
            yield _problem(plan, "decisions", each.id, "unknown warning", message, serious=True)


def stamped(plan: Plan, *, by: str, on: date) -> tuple[CardVersion, ...]:
    """The folder's definition versions with a stamp added for every card version that has none. Old ones never change."""
    there = {(each.card_id, each.version) for each in plan.card_versions}
    new = [
        CardVersion(
            id=f"{card.id}.v{card.version}",
            card_id=card.id,
            version=card.version,
            sha256=card_digest(card),
            stamped_by=by,
            stamped_on=on,
        )
        for card in plan.cards
        if (card.id, card.version) not in there
    ]
    return tuple(sorted((*plan.card_versions, *new), key=lambda each: each.id))


def told_by_record(checked: Checked) -> dict[str, list[tuple[int, str]]]:
    """The sentences of the errors and warnings by the record that they are about, each with its place among all of them."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, each in enumerate((*checked.errors, *checked.warnings)):
        if each.record_id is not None:
            found[each.record_id].append((at, each.message))
    return dict(found)


def sentences_about(told_of: Mapping[str, Sequence[tuple[int, str]]], record_ids: set[str]) -> tuple[str, ...]:
    """What the check says of some records, in the order in which it says it, for a promise's page."""
    return tuple(words for _, words in sorted(told for each in record_ids for told in told_of.get(each, ())))


def as_told(problem: Problem) -> dict[str, Any]:
    """One problem for `--json`."""
    return {
        "file": problem.file,
        "line": problem.line,
        "record": problem.record_id,
        "name": problem.name,
        "message": problem.message,
        "serious": problem.serious,
    }
