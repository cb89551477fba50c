"""Promises across versions: what the sentences of each promise of A became, and the successor that this suggests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lamplighter.errors import listed
from lamplighter.plan.comparing.changes import Change, Comparison
from lamplighter.plan.fates import later_ids
from lamplighter.plan.folder import Plan
from lamplighter.plan.records.promising import Promise, Successor

FOLLOWED = ("carried", "changed", "merged", "split")


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One promise of A. `outcome`: carried, changed, merged, split, gone, unsure or not recorded; `differs`: how the plan's
    own readings say otherwise. `suggested` is a row for successors.csv that lacks the name of whoever reads it so.
    """

    promise_id: str
    title: str
    outcome: str
    words: str
    sentence_ids: tuple[str, ...]
    change_ids: tuple[str, ...]
    to_ids: tuple[str, ...] = ()
    suggested: Successor | None = None
    recorded: tuple[Successor, ...] = ()
    differs: str = ""


def follow(
    comparison: Comparison, *, a: Plan, version: str, b: Plan | None, version_b: str | None
) -> tuple[Followed, ...]:
    """What became of each promise of A's version, by its sentences? Nothing is written: a person reads, and puts her name.

    b, version_b: the later plan folder and version, or None where B is a plain text, which holds no promises.
    merged: it and others lead to one later promise; split: it alone leads to several. Where several lead to several, which
    became which is unsure. Says nothing of a promise whose sentences are not recorded. A promise whose sentences are all
    gone has no suggestion: whether it was dropped or superseded can't be told from sentences.
    """
    later = [each for each in b.promises if each.version == version_b] if b is not None else []
    promises = [each for each in a.promises if each.version == version]
    sentences = {each.id: _by_sentences(each, comparison, later) for each in promises}
    sources: dict[str, set[str]] = {}
    for promise_id, told in sentences.items():
        for to_id in told.to_ids:
            sources.setdefault(to_id, set()).add(promise_id)
    return tuple(
        _followed(
            each,
            sentences[each.id],
            sources,
            recorded=tuple(row for row in a.successors if (row.promise_id, row.version) == (each.id, version_b)),
            version=version_b if later else None,
        )
        for each in promises
    )


@dataclass(frozen=True, kw_only=True)
class _BySentences:
    """What the sentences of a promise became, and the later promises that are made of those."""

    ids: tuple[str, ...]
    changes: tuple[Change, ...]
    to_ids: tuple[str, ...]


def _by_sentences(promise: Promise, comparison: Comparison, later: Sequence[Promise]) -> _BySentences:
    ids = tuple(each for each in promise.sentence_ids if each in comparison.by_before)
    changes = {comparison.by_before[each].id: comparison.by_before[each] for each in ids}
    after = {line.id for each in changes.values() if each.kind != "unsure" for line in each.after}
    return _BySentences(
        ids=ids,
        changes=tuple(changes.values()),
        to_ids=tuple(each.id for each in later if after & set(each.sentence_ids)),
    )


def _followed(
    promise: Promise,
    told: _BySentences,
    sources: Mapping[str, set[str]],
    *,
    recorded: tuple[Successor, ...],
    version: str | None,
) -> Followed:
    outcome, words = _outcome(promise, told, sources)
    suggested = None
    if outcome in FOLLOWED and version is not None:
        if told.to_ids and not recorded:
            suggested = Successor(
                id=f"U-{promise.id}-{told.to_ids[0]}",
                promise_id=promise.id,
                version=version,
                fate=outcome,
                to_ids=told.to_ids,
                reason=words,
            )
        elif not told.to_ids:
            words += " No promise of the later version is made of those sentences."
    return Followed(
        promise_id=promise.id,
        title=promise.title or promise.id,
        outcome=outcome,
        words=words,
        sentence_ids=told.ids,
        change_ids=tuple(each.id for each in told.changes),
        to_ids=told.to_ids,
        suggested=suggested,
        recorded=recorded,
        differs=_differs(recorded, outcome, told.to_ids),
    )


def _outcome(promise: Promise, told: _BySentences, sources: Mapping[str, set[str]]) -> tuple[str, str]:
    """The outcome, and the words for it."""
    kinds = {each.kind for each in told.changes}
    if not kinds:
        return "not recorded", "No sentence of this version is recorded for it."
    words = " ".join(f"{sentence_words(each)}." for each in told.changes)
    if "unsure" in kinds:
        return "unsure", words
    if kinds == {"gone"}:
        return "gone", words
    others = sorted(set().union(*(sources[each] for each in told.to_ids)) - {promise.id})
    if others and len(told.to_ids) == 1:
        return "merged", f"{words} {listed(others)} {'leads' if len(others) == 1 else 'lead'} there too."
    if others:
        why = (
            f"{listed([promise.id, *others])} lead to {listed(told.to_ids)}: which became which is for a person to say."
        )
        return "unsure", f"{words} {why}"
    if len(told.to_ids) > 1:
        return "split", words
    return "carried" if all(each.kind in ("same", "moved") for each in told.changes) else "changed", words


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


def _differs(recorded: tuple[Successor, ...], outcome: str, to_ids: tuple[str, ...]) -> str:
    """How a named person's reading and the sentences disagree; both are shown, neither is put right."""
    if not recorded or outcome in ("unsure", "not recorded"):
        return ""
    read = tuple(dict.fromkeys(to for row in recorded for to in later_ids(row)))
    by, fates = recorded[0].read_by, listed(dict.fromkeys(row.fate for row in recorded))
    if outcome == "gone":
        return f"{by} reads it as {fates} into {listed(read)}; its sentences are gone." if read else ""
    if not read and to_ids:
        return f"{by} reads it as {fates}; its sentences lead to {listed(to_ids)}."
    if to_ids and set(to_ids) != set(read):
        return f"{by} reads it as {listed(read)}; its sentences lead to {listed(to_ids)}."
    return ""
