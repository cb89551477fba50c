"""The comparison for a machine: every change with its sentences, how it was recognised and its reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from lamplighter import definitions
from lamplighter.plan.comparing import near
from lamplighter.plan.comparing.changes import NO_REASON, Change, Comparison
from lamplighter.plan.comparing.following import Followed
from lamplighter.plan.comparing.sides import Line, Side
from lamplighter.plan.plan_json import plain

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
    return {**plain(told), "recorded": plain(first), "recorded_ids": [each.id for each in told.recorded]}


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
