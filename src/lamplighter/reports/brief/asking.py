"""What to ask, by rule: each question comes from something that the records lack or say, and names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lamplighter.reports.report.figures import in_a_line
from lamplighter.reports.report.telling import lacking

Told = Mapping[str, Any]


def questions(told: Told, numbers: Mapping[str, Told], *, letters: int) -> list[dict[str, str]]:
    """Questions in the order in which they bite; none where nothing is lacking. `id`: where to look it up."""
    short = {**told, "promises": [{**each, "title": clipped(str(each["title"]), 90)} for each in told["promises"]]}
    asked = (_late(short), _contradicted(short), _counted(numbers), _lacking(short), _unanswered(told), _vague(short))
    return [{"id": id_, "words": clipped(words, letters), "end": end} for each in asked for id_, words, end in each]


def clipped(words: str, letters: int) -> str:
    """The words, or as many whole ones as fit and an ellipsis."""
    words = " ".join(words.split())
    if len(words) <= letters:
        return words
    kept = words[:letters]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;:.") + " …"


def _late(told: Told) -> Iterator[tuple[str, str, str]]:
    late = [each for each in told["promises"] if each["delivery"] in ("missed", "overdue")]
    for each in sorted(late, key=lambda each: (each["delivery"] != "missed", each["due_to"] or "9999", each["id"]))[:2]:
        yield str(each["id"]), f"What stopped “{each['title']}”", ", and by when will it be done?"


def _contradicted(told: Told) -> Iterator[tuple[str, str, str]]:
    for each in told["promises"]:
        if each["evidence"] == "contradicted":
            yield str(each["id"]), f"Which of the figures that disagree on “{each['title']}”", " is right?"
            return


def _counted(numbers: Mapping[str, Told]) -> Iterator[tuple[str, str, str]]:
    for id_, before, after in (
        ("plan.no-owner", "Who answers for the promises that name nobody", " ({})?"),
        ("plan.no-date", "By when are the promises without a last date to be done", " ({})?"),
    ):
        if id_ in numbers and numbers[id_]["value"]:
            yield id_, before, after.format(in_a_line(numbers[id_])["words"])


def _lacking(told: Told) -> Iterator[tuple[str, str, str]]:
    promises = {each["id"]: each for each in told["promises"]}
    for each in lacking(told, promises)[:2]:
        yield each["id"], f"When can “{promises[each['id']]['title']}” be shown? Needed: {each['needed']}", "."


def _unanswered(told: Told) -> Iterator[tuple[str, str, str]]:
    """Recommendations without an answer, each once."""
    found = {each["id"]: each for promise in told["promises"] for each in promise["recommendations"]}
    open_ = [each for _, each in sorted(found.items()) if _is_unanswered(each)]
    if open_:
        more = f" ({len(open_) - 1} more without an answer: plan.json)" if len(open_) > 1 else ""
        yield str(open_[0]["id"]), f"What do we answer to {open_[0]['review']}, which says: {open_[0]['says']}", more


def _is_unanswered(recommendation: Told) -> bool:
    return recommendation["response"] is None


def _vague(told: Told) -> Iterator[tuple[str, str, str]]:
    without = [each for each in told["objectives"] if not (each["has_baseline"] and each["has_target"])]
    if without:
        many = f"{len(without):,} of {len(told['objectives']):,} objectives lack a baseline or a target"
        first = without[0]
        yield str(first["id"]), f"Which number would show “{first['title']}”", f", from what to what? ({many})"
