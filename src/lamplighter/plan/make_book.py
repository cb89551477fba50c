"""From a plan folder, a workspace's measures and a date to the book that everything is written from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lamplighter import definitions
from lamplighter.errors import InputError, NoSuchName
from lamplighter.plan.area_findings import area_findings, area_numbers
from lamplighter.plan.book import Book, CannotShow, Changed, Finding, Number, Standing
from lamplighter.plan.cards import cards_of
from lamplighter.plan.check import check, sentences_about, told_by_record
from lamplighter.plan.fates import came_from, fates_of
from lamplighter.plan.findings import caution_finding, data_findings, plan_findings
from lamplighter.plan.folder import Plan, read_plan
from lamplighter.plan.known_by import known_by
from lamplighter.plan.numbers import from_figure, from_measure, national_numbers
from lamplighter.plan.pairs import pairs_of
from lamplighter.plan.profiles.told import profiles_of
from lamplighter.plan.records.promising import KINDS, Promise
from lamplighter.plan.records.showing import Card
from lamplighter.plan.running.run import running_findings, running_of
from lamplighter.plan.stands import Facts, unmet_needs, where_it_stands
from lamplighter.plan.text import match
from lamplighter.plan.traps import traps_of
from lamplighter.studies.answers import MeasureAnswer, Unchanged
from lamplighter.studies.area_answers import AreaComparison

SURPRISING = {
    "victims-ethnicity": 95,
    "recorded-vawg": 90,
    "exposure-and-voyeurism": 65,
    "victims-age": 55,
    "delay-over-a-year": 40,
    "recorded-outside-vawg": 45,
}


def make_book(
    folder: Path,
    *,
    as_of: date | None,
    measures: Mapping[str, MeasureAnswer],
    false_calls: Unchanged | None,
    imports: Sequence[Mapping[str, Any]],
    revisions: Sequence[Mapping[str, Any]],
    workspace_digest: str,
    code_version: str,
    own_text: str | None = None,
    areas: Sequence[AreaComparison] = (),
) -> Book:
    """Works out where everything stands. Raises InputError when the folder has errors that `plan check` names."""
    plan, unreadable = read_plan(folder)
    today = as_of or plan.header.as_of
    cards = cards_of(plan)
    checked = check(plan, unreadable, today=today, cards=cards)
    if checked.errors:
        raise InputError(
            "The plan folder has errors. Mend them first (lamplighter plan check):\n  "
            + "\n  ".join(str(each) for each in checked.errors[:20])
        )
    _check_measures(plan, measures)
    recorded = plan.figures
    plan = known_by(plan, today)
    told_of = told_by_record(checked)
    standings = tuple(
        _standing(plan, each, today, cards, measures, sentences_about(told_of, _ids_of(plan, each)))
        for each in in_order(plan)
    )
    sources = {each.id: each for each in plan.sources}
    found, numbers = plan_findings(plan, standings, today)
    numbers += [from_figure(each, cards, sources) for each in plan.figures]
    numbers += [each for answer in measures.values() for each in from_measure(answer)]
    numbers += national_numbers(as_of=today)
    numbers += area_numbers(areas)
    running, counts = running_of(plan, standings, today=today, recorded=recorded)
    numbers += counts
    changed = changed_of(measures, false_calls)
    found += running_findings(running, plan.header.versions[0].id)
    findings: list[Finding] = [*found, *data_findings(measures, SURPRISING), *area_findings(areas)]
    if false_calls is not None and measures:
        watched = [each for each in measures.values() if each.phases]
        signalled = sum(1 for each in watched if each.signals)
        longest = max((len(each.points) for each in watched), default=0)
        finding, more = caution_finding(false_calls, signalled, len(watched), longest_months=longest)
        findings.append(finding)
        numbers += more
    return Book(
        plan=plan,
        as_of=today,
        versions=plan.header.versions,
        standings=standings,
        cards=cards,
        sources=sources,
        numbers=_by_id(numbers),
        findings=tuple(findings),
        traps=traps_of(plan, cards),
        cannot_show=tuple(_cannot_show(each) for each in standings if each.evidence.rule == "cannot-be-shown"),
        measures=measures,
        pairs=pairs_of(plan, measures, cards, as_of=today),
        changed=changed,
        false_calls=false_calls,
        imports=tuple(imports),
        revisions=tuple(revisions),
        evidence_rules=definitions.evidence_rules(),
        delivery_rules=definitions.delivery_rules(),
        digests={"plan_folder": plan.digest, "workspace": workspace_digest, "lamplighter": code_version},
        own_text=_own_text(plan, own_text),
        areas=tuple(areas),
        running=running,
        profiles=profiles_of(plan),
    )


def _by_id(numbers: Iterable[Number]) -> dict[str, Number]:
    found: dict[str, Number] = {}
    for each in numbers:
        if each.id in found and found[each.id] != each:
            raise InputError(f"Two numbers have the id {each.id}. Give the figure in figures.csv another id.")
        found[each.id] = each
    return found


def _check_measures(plan: Plan, measures: Mapping[str, MeasureAnswer]) -> None:
    if not measures:
        return
    for promise in plan.promises:
        for each in promise.measure_ids:
            if each not in measures:
                raise NoSuchName(f"measure (promises.csv, {promise.id})", each, list(measures))


def in_order(plan: Plan) -> list[Promise]:
    """The promises by version, then kind, then id."""
    versions = {each.id: at for at, each in enumerate(plan.header.versions)}
    kinds = {kind: at for at, kind in enumerate(KINDS)}
    return sorted(plan.promises, key=lambda each: (versions[each.version], kinds[each.kind or "process"], each.id))


def _ids_of(plan: Plan, promise: Promise) -> set[str]:
    running = ("recommendations", "training", "posts", "resources", "dependencies", "crosswalk")
    return {promise.id, *(each.id for kind in ("figures", *running) for each in plan.lookup.about(kind, promise.id))}


def facts_of(
    plan: Plan, promise: Promise, today: date, cards: Mapping[str, Card], measures: Mapping[str, MeasureAnswer]
) -> Facts:
    """What is known of a promise. plan: as it was `known_by` that day. Made-up profiles are left out: they show nothing of it."""
    made_up = {each.evidence_id for each in plan.of("profiles") if each.made_up}
    return Facts(
        promise=promise,
        today=today,
        cards=tuple(cards[each] for each in promise.definition_ids if each in cards),
        figures=plan.lookup.about("figures", promise.id),
        milestones=plan.lookup.about("milestones", promise.id),
        evidence=tuple(each for each in plan.lookup.about("evidence", promise.id) if each.id not in made_up),
        sources=plan.lookup.by_id("sources"),
        provided=plan.lookup.provided,
        measured_cards=frozenset(measures[each].definition_id for each in promise.measure_ids if each in measures),
    )


def _standing(
    plan: Plan,
    promise: Promise,
    today: date,
    cards: Mapping[str, Card],
    measures: Mapping[str, MeasureAnswer],
    problems: tuple[str, ...],
) -> Standing:
    facts = facts_of(plan, promise, today, cards, measures)
    evidence, delivery = where_it_stands(facts, plan.lookup.on("decisions", promise.id))
    changed, what = _last_change(plan, facts)
    about = (promise.id, *(each.id for each in facts.figures), *(each.id for each in facts.milestones))
    sentences = (plan.lookup.by_id("sentences").get(each) for each in sorted(set(promise.sentence_ids)))

    return Standing(
        promise=promise,
        evidence=evidence,
        delivery=delivery,
        needed=unmet_needs(facts.cards, facts.provided),
        fates=fates_of(plan, promise),
        came_from=came_from(plan, promise),
        last_change=changed,
        last_change_what=what,
        days_since_change=(today - changed).days if changed else None,
        sentences=tuple(each for each in sentences if each is not None),
        cards=facts.cards,
        figures=facts.figures,
        milestones=facts.milestones,
        evidence_records=plan.lookup.about("evidence", promise.id),
        ratings=plan.lookup.about("ratings", promise.id),
        recommendations=plan.lookup.about("recommendations", promise.id),
        training=plan.lookup.about("training", promise.id),
        posts=plan.lookup.about("posts", promise.id),
        risks=plan.lookup.about("risks", promise.id),
        references=plan.lookup.about("references", promise.id),
        decisions=plan.lookup.on("decisions", *about),
        measure_ids=tuple(each for each in promise.measure_ids if each in measures),
        problems=problems,
    )


def _last_change(plan: Plan, facts: Facts) -> tuple[date | None, str]:
    """The last day on which something real happened: not the day on which somebody typed."""
    days: list[tuple[date, str]] = []
    days += [(each.as_of, f"figure {each.id}") for each in facts.figures if isinstance(each.as_of, date)]
    days += [(each.done_on, f"step {each.id} done") for each in facts.milestones if isinstance(each.done_on, date)]
    days += [(each.happened_on, f"event {each.id}") for each in facts.evidence if isinstance(each.happened_on, date)]
    ids = {facts.promise.id, *(each.id for each in facts.figures)}
    days += [
        (each.corrected_on, f"correction {each.id}")
        for each in plan.lookup.on("corrections", *ids)
        if each.corrected_on
    ]
    if isinstance(facts.promise.closed_on, date) and facts.promise.closed_on <= facts.today:
        days.append((facts.promise.closed_on, "closed"))
    return max(days) if days else (None, "nothing dated is recorded")


def _cannot_show(standing: Standing) -> CannotShow:
    lacking = [card for card in standing.cards if set(card.needs) & set(standing.needed)]
    return CannotShow(
        promise_id=standing.promise.id,
        title=standing.promise.title or standing.promise.id,
        card_names=tuple(card.name or card.id for card in lacking),
        needed=standing.needed,
        needed_words=tuple(card.needed_words or "; ".join(card.needs) for card in lacking),
    )


def changed_of(measures: Mapping[str, MeasureAnswer], false_calls: Unchanged | None) -> tuple[Changed, ...]:
    """Which series signalled: the level test first, which calls least for nothing, then the run rules, the latest first.

    Run rules are told only of the stretch since the last marked break; older signals stand on each measure's own page.
    `caution` where only a rule that a careful reader switches off says so.
    """
    off = set(false_calls.switch_off) if false_calls else set()
    levels = [
        Changed(
            measure_id=answer.id,
            title=answer.title,
            rule="level_break",
            rule_words="The level test: two levels tell the series better than one",
            since=found.period,
            until=next((each.last for each in answer.phases if each.first <= found.period <= each.last), found.period),
            effect_words=found.words,
            caution=found.is_doubtful,
        )
        for answer in measures.values()
        for found in answer.breaks
        if not found.marked
    ]
    runs = [
        Changed(
            measure_id=answer.id,
            title=answer.title,
            rule=signal.rule,
            rule_words=signal.rule_words,
            since=signal.since,
            until=signal.until,
            effect_words=signal.words,
            caution=signal.rule in off,
        )
        for answer in measures.values()
        for signal in answer.signals
        if answer.phases and signal.since >= answer.phases[-1].first
    ]
    return (*_latest_first(levels, by=lambda each: each.since), *_latest_first(runs, by=lambda each: each.until))


def _latest_first(changed: list[Changed], *, by: Callable[[Changed], str]) -> list[Changed]:
    return sorted(changed, key=lambda each: (by(each), each.since, each.measure_id, each.rule), reverse=True)


def _own_text(plan: Plan, text: str | None) -> dict[str, str]:
    if text is None:
        return {}
    by_digest = {each.sha256: each.id for each in plan.sentences if each.sha256}
    return {by_digest[digest]: sentence for digest, sentence in match(text, by_digest).items()}
