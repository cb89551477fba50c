"""The comparison for a machine: every change with its sentences, how it was recognised and its reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lamplighter import definitions
from lamplighter.plan.comparing import near
from lamplighter.plan.comparing.changes import NO_REASON, Change, Comparison, Reason, comparison_of
from lamplighter.plan.comparing.following import Followed
from lamplighter.plan.comparing.sides import Line, Side
from lamplighter.plan.plan_json import plain
from lamplighter.plan.records.promising import Successor

COMPARISON_SCHEMA_VERSION = 1


def comparison_json(comparison: Comparison, followed: Sequence[Followed] = ()) -> dict[str, Any]:
    """The whole comparison; its shape is published as comparison.schema.json. The same bytes for the same inputs."""
    return {
        "schema_version": COMPARISON_SCHEMA_VERSION,
        "a": _side(comparison.a),
        "b": _side(comparison.b),
        "method": method(),
        "counts": comparison.counts,
        "changes": [_change(each) for each in comparison.changes],
        "promises": [_followed(each) for each in followed],
    }


def _followed(told: Followed) -> dict[str, Any]:
    first = told.recorded[0] if told.recorded else None
    return {**plain(told), "recorded": plain(first), "recorded_rows": plain(told.recorded)}


def comparison_json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every comparison.json keeps to."""
    found: dict[str, Any] = json.loads(definitions.text_of("comparison.schema.json"))
    return found


def method() -> dict[str, float]:
    """The thresholds by which sentences were paired."""
    return {
        "like_from": near.LIKE_FROM,
        "changed_from": near.CHANGED_FROM,
        "changed_and_moved_from": near.MOVED_FROM,
        "covered_from": near.COVERED_FROM,
        "covered_apart_from": near.APART_FROM,
        "own_words_from": near.OWN_FROM,
        "clear_by": near.CLEAR_BY,
        "place_sentences": near.PLACE_SENTENCES,
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "title": side.title,
        "sentences": len(side.lines),
        "paraphrased": side.paraphrased,
        "ordered": side.ordered,
        "complete": side.complete,
    }


def _line(line: Line) -> dict[str, Any]:
    return {"id": line.id, "words": line.words, "sha256": line.digest, "paraphrased": line.paraphrased}


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind,
        "moved": change.moved,
        "before": [_line(each) for each in change.before],
        "after": [_line(each) for each in change.after],
        "overlap": plain(change.overlap),
        "how": change.how,
        "reason": None if change.kind == "same" else change.reason_words,
        "reason_recorded": change.kind != "same" and change.reason_words != NO_REASON,
        "reasons": plain(change.reasons),
    }


def comparison_from(told: Mapping[str, Any]) -> tuple[Comparison, tuple[Followed, ...]]:
    """The comparison that was written as this JSON. The lines of a side come back in the order of the changes.

    Raises ValueError, KeyError, TypeError or AttributeError where it is no such JSON.
    """
    if told["schema_version"] != COMPARISON_SCHEMA_VERSION:
        raise ValueError(f"schema_version {told['schema_version']!r}")
    changes = tuple(_change_from(each) for each in told["changes"])
    a = _side_from(told["a"], tuple(line for each in changes for line in each.before))
    b = _side_from(told["b"], tuple(line for each in changes for line in each.after))
    return comparison_of(a, b, changes), tuple(_followed_from(each) for each in told["promises"])


def _side_from(told: Mapping[str, Any], lines: tuple[Line, ...]) -> Side:
    side = Side(name=told["name"], title=told["title"], lines=lines, ordered=told["ordered"], complete=told["complete"])
    if len(lines) != told["sentences"] or side.paraphrased != told["paraphrased"]:
        raise ValueError(f"{side.name}: sentences are missing")
    return side


def _line_from(told: Mapping[str, Any]) -> Line:
    return Line(id=told["id"], words=told["words"], digest=told["sha256"], paraphrased=told["paraphrased"])


def _change_from(told: Mapping[str, Any]) -> Change:
    return Change(
        id=told["id"],
        kind=told["kind"],
        moved=told["moved"],
        before=tuple(_line_from(each) for each in told["before"]),
        after=tuple(_line_from(each) for each in told["after"]),
        overlap=told["overlap"],
        how=told["how"],
        reasons=tuple(
            Reason(**{**each, "on": date.fromisoformat(each["on"]) if each["on"] else None}) for each in told["reasons"]
        ),
    )


def _followed_from(told: Mapping[str, Any]) -> Followed:
    def row(given: Mapping[str, Any] | None) -> Successor | None:
        return Successor(**{**given, "to_ids": tuple(given["to_ids"])}) if given else None

    return Followed(
        promise_id=told["promise_id"],
        title=told["title"],
        outcome=told["outcome"],
        words=told["words"],
        sentence_ids=tuple(told["sentence_ids"]),
        change_ids=tuple(told["change_ids"]),
        to_ids=tuple(told["to_ids"]),
        suggested=row(told["suggested"]),
        # what was written before all rows were told has the first of them alone
        recorded=tuple(each for each in map(row, told.get("recorded_rows", [told["recorded"]])) if each),
        differs=told["differs"],
    )
