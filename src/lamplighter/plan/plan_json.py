"""plan.json: everything that the site and the report show, for a machine to read, the same bytes for the same inputs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from lamplighter.plan.book import Answer, Book, Number, Standing
from lamplighter.plan.profiles.told import LinkedProfile
from lamplighter.plan.running.answers import Running
from lamplighter.schema import PLAN_JSON_SCHEMA_VERSION
from lamplighter.studies.answers import MeasureAnswer


def plain(value: Any) -> Any:
    """Any frozen record as dictionaries, lists, text, numbers and null; whole floats as integers."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 10)
    return value


def plan_json(book: Book) -> dict[str, Any]:
    """The whole of the worked-out plan as one JSON object; its shape is published as plan.schema.json."""
    header = book.plan.header
    return {
        "schema_version": PLAN_JSON_SCHEMA_VERSION,
        "title": header.title,
        "body": header.body,
        "about": header.about,
        "as_of": book.as_of.isoformat(),
        "versions": [_version(book, each.id) for each in book.versions],
        "objectives": [_objective(book, each) for each in book.standings if each.promise.kind == "objective"],
        "promises": [_promise(each) for each in book.standings],
        "figures": [_number(each) for _, each in sorted(book.numbers.items())],
        "measures": [measure_told(each) for each in book.measures.values()],
        "area_comparisons": plain(book.areas),
        "findings": [
            {
                "id": each.id,
                "about": each.about,
                "text": each.text,
                "figure_ids": list(each.number_ids),
                "surprising": each.surprising,
            }
            for each in book.findings
        ],
        "traps": plain(book.traps),
        "cannot_show": plain(book.cannot_show),
        "pairs": [{**plain(each), "numbers": [number.id for number in each.numbers]} for each in book.pairs],
        "what_changed": plain(book.changed),
        "false_calls": plain(book.false_calls),
        "rules": {"evidence": plain(book.evidence_rules), "delivery": plain(book.delivery_rules)},
        "definitions": [plain(card) for _, card in sorted(book.cards.items())],
        "sources": [plain(source) for _, source in sorted(book.sources.items())],
        "profiles": [profile_told(each) for each in book.profiles],
        "imports": plain(book.imports),
        "revisions": plain(book.revisions),
        "corrections": plain(book.plan.corrections),
        "former_addresses": plain(book.plan.former_addresses),
        "running": running_told(book.running),
        "digests": plain(book.digests),
    }


def as_bytes(told: Mapping[str, Any]) -> bytes:
    """The JSON as it is written: UTF-8, a line for each record so that versions can be compared, LF at the end, no NaN."""

    def line(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    def block(value: Any) -> str:
        if isinstance(value, list) and value:
            return "[\n  " + ",\n  ".join(line(each) for each in value) + "\n ]"
        return line(value)

    return ("{\n" + ",\n".join(f" {line(key)}: {block(value)}" for key, value in told.items()) + "\n}\n").encode(
        "utf-8"
    )


def _version(book: Book, version_id: str) -> dict[str, Any]:
    version = next(each for each in book.versions if each.id == version_id)
    known = sum(1 for each in book.standings if each.promise.version == version_id)
    return {**plain(version), "promises_known": known}


def _objective(book: Book, standing: Standing) -> dict[str, Any]:
    promise = standing.promise
    roles = {figure.role for figure in standing.figures}
    serving = [each.promise.id for each in book.serving.get(promise.id, ())]
    return {
        "id": promise.id,
        "title": promise.title,
        "means": promise.means,
        "promises": serving,
        "has_baseline": "baseline" in roles,
        "has_target": "target" in roles,
        "has_denominator": any(figure.denominator is not None for figure in standing.figures),
        "evidence": standing.evidence.answer,
        "delivery": standing.delivery.answer,
    }


def _answer(name: str, answer: Answer) -> dict[str, Any]:
    return {
        name: answer.answer,
        f"{name}_rule": answer.rule,
        f"{name}_rule_words": answer.rule_words,
        f"{name}_because": answer.because,
        f"{name}_worked_out": answer.worked_out,
        f"{name}_override": plain(answer.override),
    }


def _promise(standing: Standing) -> dict[str, Any]:
    promise = standing.promise
    return {
        **plain(promise),
        **_answer("evidence", standing.evidence),
        **_answer("delivery", standing.delivery),
        "needed": list(standing.needed),
        "figures": [figure.id for figure in standing.figures],
        "measures": list(standing.measure_ids),
        "fates": plain(standing.fates),
        "came_from": plain(standing.came_from),
        "last_change": plain(standing.last_change),
        "last_change_what": standing.last_change_what,
        "days_since_change": standing.days_since_change,
        "milestones": plain(standing.milestones),
        "evidence_records": plain(standing.evidence_records),
        "ratings": plain(standing.ratings),
        "recommendations": plain(standing.recommendations),
        "problems": list(standing.problems),
    }


def _number(number: Number) -> dict[str, Any]:
    return dict(plain(number))


def measure_told(answer: MeasureAnswer) -> dict[str, Any]:
    """A measure as it stands in plan.json."""
    told = plain(answer)
    told["definition"] = told.pop("definition_id")
    told["series"] = told.pop("points")
    told["limits"] = told.pop("phases")
    return told


def profile_told(linked: LinkedProfile) -> dict[str, Any]:
    """A linked problem profile, as it stands in plan.json: its public parts, and no number of the plan."""
    told = plain(linked.profile)
    told["cannot_say"] = list(linked.profile.limits)
    return {
        **told,
        "access": linked.source.access,
        "promise_ids": list(linked.evidence.promise_ids),
        "findings": plain(linked.findings),
        "figures": plain(linked.figures),
    }


def running_told(running: Running) -> dict[str, Any]:
    """How the plan is run, as it stands in plan.json: figures by their id, everything else in full."""
    return {
        "recommendations": [
            {
                **plain(each.recommendation),
                "answer": each.answer,
                "answer_rule": each.rule,
                "answer_rule_words": each.rule_words,
                "answer_because": each.because,
            }
            for each in running.recommendations
        ],
        "recommendation_rules": plain(running.rules),
        "training": [
            {
                **plain(each.training),
                "trained": plain(each.trained),
                "target": plain(each.target),
                "eligible": plain(each.eligible),
                "valid": plain(each.valid),
                "coverage": plain(each.share),
                "run_out": each.run_out,
                "expiring": plain(each.expiring),
                "counted_on": plain(each.counted_on),
                "words": each.words,
                "lacking": list(each.lacking),
            }
            for each in running.training
        ],
        "posts": [
            {
                **plain(each.post),
                "vacant": plain(each.vacant),
                "not_deployable": plain(each.not_deployable),
                "words": each.words,
                "lacking": list(each.lacking),
            }
            for each in running.posts
        ],
        "sums": [
            {
                "figure_id": each.whole.id,
                "part_ids": [part.id for part in each.parts],
                "holds": each.holds,
                "words": each.words,
            }
            for each in running.sums
        ],
        "resources": plain(running.resources),
        "dependencies": plain(running.dependencies),
        "framework": plain(running.framework),
        "unnamed": plain(running.unnamed),
    }
