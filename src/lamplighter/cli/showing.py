"""Where promises stand, for a terminal."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

from lamplighter.cli.say import number as written
from lamplighter.cli.say import say, table
from lamplighter.errors import NoSuchName
from lamplighter.plan.book import Answer, Book
from lamplighter.plan.running.answers import Running


def show_all(book: Book) -> None:
    """The findings, and one line a promise."""
    for each in book.findings:
        if each.about == "plan":
            say(_wrapped(each.text, "• "))
    rows = [
        [each.promise.id, _short(each.promise.title or ""), each.evidence.answer, each.delivery.answer]
        for each in book.standings
    ]
    say(f"\nAs of {book.as_of.isoformat()}\n")
    say(table(["promise", "what", "evidence", "delivery"], rows))


def show_one(book: Book, promise_id: str) -> None:
    """All that is known of one promise, with the rules that decided."""
    known = {each.promise.id: each for each in book.standings}
    if promise_id not in known:
        raise NoSuchName("promise", promise_id, list(known))
    standing = known[promise_id]
    promise = standing.promise
    say(f"{promise.id}  {promise.title}")
    if promise.means:
        say(_wrapped(promise.means, "  "))
    for sentence in standing.sentences:
        say(_wrapped(f"{sentence.id}: {book.own_text.get(sentence.id, sentence.paraphrase or '')}", "  "))
    say(f"\n  Owner: {promise.owner or 'nobody is named'}")
    _say_answer("Evidence", standing.evidence)
    _say_answer("Delivery", standing.delivery)
    for figure in standing.figures:
        number = book.numbers[figure.id]
        base = "" if number.denominator is None else f" of {written(number.denominator)}"
        value = f"{number.qualifier} {written(number.value)} {number.unit}{base} ({number.denominator_words})"
        say(_wrapped(f"{figure.id}: {number.label}: {value}; {number.source}; {number.as_of}", "  "))
    for fate in standing.fates:
        say(_wrapped(f"In {fate.version}: {fate.fate}. {fate.words}", "  "))
    for each in standing.came_from:
        by_way = "" if each.to_id == promise.id else f" into {each.to_id}"
        say(_wrapped(f"From {each.promise_id} ({each.version}): {each.fate}{by_way}. {each.words}", "  "))
    changed = (
        f"{standing.last_change.isoformat()}, {standing.days_since_change:,} days before"
        if standing.last_change
        else "none dated"
    )
    say(f"\n  Last real change: {changed} ({standing.last_change_what})")
    _say_running(book.running.of_promise(promise.id, frozenset(each.id for each in standing.figures)))
    for problem in standing.problems:
        say(_wrapped(f"To mend: {problem}", "  "))


def _say_running(running: Running) -> None:
    """How it is run, a line each: what is not known of training and posts is in their own words."""
    lines = [
        f"{each.recommendation.id} ({each.recommendation.review}): {each.answer}. {each.because}"
        for each in running.recommendations
    ]
    lines += [f"Training, {each.training.course}: {each.words}" for each in running.training]
    lines += [f"Posts, {each.post.title}: {each.words}" for each in running.posts]
    lines += [each.words for each in running.sums]
    lines += [
        f"{(each.kind or '').capitalize()}: {each.what} ({each.period or 'when: not known'})"
        for each in running.resources
    ]
    lines += [
        f"Needs from {each.body}: {each.needs}. Agreed: {each.agreement or 'not known'}"
        for each in running.dependencies
    ]
    lines += [
        f"National framework: {part.part}, as {one.read_by} reads it ({one.status})"
        for part in running.framework
        for one in part.crossings
    ]
    if lines:
        say("")
    for line in lines:
        say(_wrapped(line, "  "))


def _say_answer(axis: str, answer: Answer) -> None:
    say(f"\n  {axis}: {answer.answer}")
    say(_wrapped(f"Rule {answer.rule}: {answer.rule_words}", "    "))
    say(_wrapped(answer.because, "    "))
    if answer.override:
        told = answer.override
        decided = f"{told.decided_by} on {told.decided_on.isoformat()}"
        say(_wrapped(f"Overridden by {decided}: {told.reason} (worked out: {answer.worked_out})", "    "))


def most_surprising(plan_json: Path, most: int = 3) -> list[str]:
    """The three most surprising sentences of a finished build, wrapped for a terminal."""
    told = json.loads(plan_json.read_text(encoding="utf-8"))
    ranked = sorted(told["findings"], key=lambda each: -each["surprising"])
    return [textwrap.fill(each["text"], 100, subsequent_indent="     ") for each in ranked[:most]]


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(" ".join(text.split()), 110, initial_indent=indent, subsequent_indent=" " * len(indent))
