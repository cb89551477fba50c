"""One promise as a terminal and a notebook show it: both answers with their rules, its figures, its fates, what to mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape

from lamplighter.plan.book import Answer, Standing
from lamplighter.plan.records.promising import Promise
from lamplighter.schema import MADE_UP, day_words
from lamplighter.typed_table import Kind, TypedColumn, TypedTable, cell_words

_FIGURE: dict[str, Kind] = {
    "id": "text", "role": "text", "label": "text", "qualifier": "text", "value": "number", "unit": "text",
    "denominator": "number", "denominator_label": "text", "interval_low": "number", "interval_high": "number",
    "as_of": "day", "source_id": "text", "status": "text",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, repr=False)
class LoadedPromise:
    """A promise and where it stands. `standing` holds everything; the names beside it are what is asked for most."""

    standing: Standing = field(repr=False)
    as_of: date
    is_made_up: bool

    @property
    def id(self) -> str:
        """The promise's id."""
        return self.standing.promise.id

    @property
    def title(self) -> str | None:
        """The promise in a line."""
        return self.standing.promise.title

    @property
    def evidence(self) -> Answer:
        """Can anybody know, and from what? The answer with its rule and why."""
        return self.standing.evidence

    @property
    def delivery(self) -> Answer:
        """Was it done by when it was due? The answer with its rule and why."""
        return self.standing.delivery

    @property
    def figures(self) -> TypedTable:
        """The promise's figures, a row each."""
        columns = tuple(TypedColumn(name=name, kind=kind) for name, kind in _FIGURE.items())
        rows = tuple(tuple(getattr(each, name) for name in _FIGURE) for each in self.standing.figures)
        return TypedTable(title=f"Figures of {self.id}", columns=columns, rows=rows)

    def __repr__(self) -> str:
        told = [f"{self.id}  {self.title}", *(f"{name}: {words}" for name, words in self._said())]
        return "\n".join([*([MADE_UP] if self.is_made_up else []), *told, *self._figures_as_text()])

    def _repr_html_(self) -> str:
        made_up = f"<p><strong>{escape(MADE_UP)}</strong></p>" if self.is_made_up else ""
        facts = "".join(
            f"<dt><strong>{escape(name)}</strong></dt><dd>{escape(words)}</dd>" for name, words in self._said()
        )
        figures = self.figures.as_html() if self.standing.figures else "<p>No figure speaks to it.</p>"
        return f"{made_up}<p><strong>{escape(f'{self.id} {self.title}')}</strong></p><dl>{facts}</dl>{figures}"

    def _figures_as_text(self) -> list[str]:
        return [self.figures.as_text()] if self.standing.figures else ["No figure speaks to it."]

    def _said(self) -> Iterator[tuple[str, str]]:
        """What is said of it, line by line, under a name each."""
        promise, standing = self.standing.promise, self.standing
        if promise.means:
            yield "Means", promise.means
        yield "Owner", promise.owner or "nobody is named"
        yield "Evidence", _answered(standing.evidence)
        yield "Delivery", _answered(standing.delivery)
        yield "Due", _due(promise)
        changed = day_words(standing.last_change) if standing.last_change else "none dated"
        yield "Last real change", f"{changed} ({standing.last_change_what})"
        for fate in standing.fates:
            yield f"In {fate.version}", f"{fate.fate}. {fate.words}"
        for problem in standing.problems:
            yield "To mend", problem
        yield "As of", day_words(self.as_of)


def _due(promise: Promise) -> str:
    """The plan's words for when, and the dates that they were read as."""
    if promise.due_from is None and promise.due_to is None:
        return f"“{promise.due_words}”, not read as dates" if promise.due_words else "no date is given"
    words = f"“{promise.due_words}”: " if promise.due_words else ""
    return f"{words}from {cell_words(promise.due_from)} to {cell_words(promise.due_to)}"


def _answered(answer: Answer) -> str:
    told = f"{answer.answer}. {answer.because} Rule {answer.rule}: {answer.rule_words}"
    if answer.override is None:
        return told
    by = answer.override
    return f"{told} Overridden by {by.decided_by} on {day_words(by.decided_on)}: {by.reason} (worked out: {answer.worked_out})"
