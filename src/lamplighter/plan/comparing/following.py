"""Promises across versions: what the sentences of each promise of A became, and the successor that this suggests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lamplighter.errors import listed
from lamplighter.plan.comparing.changes import Change, Comparison
from lamplighter.plan.folder import Plan
from lamplighter.plan.records.promising import Promise, Successor


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One promise of A. `outcome`: carried, changed, gone, unsure or not recorded; `differs`: how the plan's own reading
    says otherwise. `suggested` is a row for successors.csv that lacks the name of whoever reads it so.
    """

    promise_id: str
    title: str
    outcome: str
    words: str
    sentence_ids: tuple[str, ...]
    change_ids: tuple[str, ...]
    to_ids: tuple[str, ...] = ()
    suggested: Successor | None = None
    recorded: Successor | None = None
    differs: str = ""


def follow(
    comparison: Comparison, *, a: Plan, version: str, b: Plan | None, version_b: str | None
) -> tuple[Followed, ...]:
    """What became of each promise of A's version, by its sentences? Nothing is written: a person reads, and puts her name.

    b, version_b: the later plan folder and version, or None where B is a plain text, which holds no promises.
    Says nothing of a promise whose sentences are not recorded. A promise whose sentences are all gone has no suggestion:
    whether it was dropped can't be told from sentences.
    """
    later = [each for each in b.promises if each.version == version_b] if b is not None else []
    recorded = {each.promise_id: each for each in a.successors if each.version == version_b}
    promises = [each for each in a.promises if each.version == version]
    return tuple(_followed(each, comparison, later, recorded.get(each.id), version_b) for each in promises)


def _followed(
    promise: Promise, comparison: Comparison, later: Sequence[Promise], recorded: Successor | None, version: str | None
) -> Followed:
    ids = tuple(each for each in promise.sentence_ids if each in comparison.by_before)
    changes = list({comparison.by_before[each].id: comparison.by_before[each] for each in ids}.values())
    after = {line.id for each in changes if each.kind != "unsure" for line in each.after}
    to_ids = tuple(each.id for each in later if after & set(each.sentence_ids))
    outcome = _outcome(changes)
    words = _words(changes, outcome)
    suggested = None
    if outcome in ("carried", "changed"):
        if to_ids and version is not None and recorded is None:
            suggested = Successor(
                id=f"U-{promise.id}-{to_ids[0]}",
                promise_id=promise.id,
                version=version,
                fate=outcome,
                to_ids=to_ids,
                reason=words,
            )
        elif later and not to_ids:
            words += " No promise of the later version is made of those sentences."
    return Followed(
        promise_id=promise.id,
        title=promise.title or promise.id,
        outcome=outcome,
        words=words,
        sentence_ids=ids,
        change_ids=tuple(each.id for each in changes),
        to_ids=to_ids,
        suggested=suggested,
        recorded=recorded,
        differs=_differs(recorded, outcome, to_ids),
    )


def _outcome(changes: Sequence[Change]) -> str:
    kinds = {each.kind for each in changes}
    if not kinds:
        return "not recorded"
    if "unsure" in kinds:
        return "unsure"
    if kinds == {"gone"}:
        return "gone"
    return "carried" if all(each.kind in ("same", "moved") for each in changes) else "changed"


def _words(changes: Sequence[Change], outcome: str) -> str:
    if outcome == "not recorded":
        return "No sentence of this version is recorded for it."
    return " ".join(f"{sentence_words(each)}." for each in changes)


def sentence_words(change: Change) -> str:
    """`S16 and S17 merged into T09`, `S20 is gone`, `T12 is new`, `S04 is unsure, perhaps T05`, `S16 was not found for sure`."""
    old, new = listed(each.id for each in change.before), listed(each.id for each in change.after)
    many = "are" if len(change.before) > 1 else "is"
    also = " and moved" if change.moved and change.kind != "moved" else ""
    if change.kind == "unsure":
        if not change.before:
            return f"{new} can't be traced for sure"
        return f"{old} {many} unsure, perhaps {new}" if new else f"{old} was not found for sure"
    return {
        "same": f"{old} is the same as {new}",
        "moved": f"{old} moved to {new}",
        "changed": f"{old} changed into {new}{also}",
        "merged": f"{old} merged into {new}{also}",
        "split": f"{old} split into {new}{also}",
        "gone": f"{old} is gone",
        "new": f"{new} is new",
    }[change.kind]


def _differs(recorded: Successor | None, outcome: str, to_ids: tuple[str, ...]) -> str:
    """How a named person's reading and the sentences disagree; both are shown, neither is put right."""
    if recorded is None or outcome in ("unsure", "not recorded"):
        return ""
    if outcome == "gone":
        return f"{recorded.read_by} reads it as {recorded.fate} into {listed(recorded.to_ids)}; its sentences are gone."
    if to_ids and set(to_ids) != set(recorded.to_ids):
        return f"{recorded.read_by} reads it as {listed(recorded.to_ids)}; its sentences lead to {listed(to_ids)}."
    return ""
