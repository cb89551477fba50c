"""A plan folder in an analyst's hands: worked out once for a day, as tables that a notebook shows and a data frame takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from pathlib import Path

from lamplighter import __version__
from lamplighter.errors import InputError, NoSuchName
from lamplighter.plan.book import Book, Number, Standing
from lamplighter.plan.cards import cards_of
from lamplighter.plan.check import Checked, check
from lamplighter.plan.folder import Plan, read_header, read_plan
from lamplighter.plan.profiles.told import is_made_up
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.told_promise import LoadedPromise
from lamplighter.schema import MADE_UP, NOT_APPLICABLE, OnProgress, day_words, tell_nobody
from lamplighter.typed_table import Kind, TypedColumn, TypedTable
from lamplighter.workspace import Workspace, imports_listing, revision_rows

STEPS = 5
_KINDS: dict[str, Kind] = {
    "id": "text", "text": "text", "choice": "text", "ids": "texts", "words": "texts", "choices": "texts",
    "number": "number", "whole": "whole", "flag": "flag", "date": "day",
}  # fmt: skip
_PROMISE: dict[str, Kind] = {
    "id": "text", "version": "text", "kind": "text", "title": "text", "owner": "text", "due_from": "day", "due_to": "day",
    "evidence": "text", "evidence_rule": "text", "evidence_because": "text", "delivery": "text", "delivery_rule": "text",
    "delivery_because": "text", "overridden": "flag", "last_change": "day", "days_since_change": "whole",
    "figures": "texts", "measures": "texts",
}  # fmt: skip
_NUMBER: dict[str, Kind] = {
    each: "number" if each in ("value", "numerator", "denominator", "low", "high") else "text"
    for each in Number.__dataclass_fields__
}
_FINDING: dict[str, Kind] = {"id": "text", "about": "text", "text": "text", "numbers": "texts", "surprising": "whole"}
_PROBLEM: dict[str, Kind] = {
    "kind": "text", "file": "text", "line": "whole", "record": "text", "name": "text", "message": "text", "accepted": "text",
}  # fmt: skip


def book_of(
    folder: Path,
    *,
    workspace: Path | None,
    as_of: date | None,
    own_text: str | None = None,
    tell: OnProgress = tell_nobody,
) -> Book:
    """The worked-out plan. Without a workspace it has no measures, and says so by having none."""
    from lamplighter.plan.make_book import make_book
    from lamplighter.studies.catalogue import answers, area_comparisons
    from lamplighter.studies.unchanged import UnchangedQuestion, unchanged

    opened = Workspace.open(workspace) if workspace else None
    if opened:
        opened.check_intact()  # the pages name the SHA-256 behind each number: none is worked out from a changed file
    tell("asking the measures", 1, STEPS)
    day = as_of or read_header(folder).as_of
    measures = answers(opened, as_of=day) if opened else {}
    tell("working out where promises stand", 2, STEPS)
    return make_book(
        folder,
        as_of=day,
        measures=measures,
        false_calls=unchanged(UnchangedQuestion()) if measures else None,
        imports=imports_listing(opened) if opened else (),
        revisions=revision_rows(opened) if opened else (),
        workspace_digest=opened.digest() if opened else "no workspace",
        code_version=__version__,
        own_text=own_text,
        areas=area_comparisons(opened, as_of=day) if opened else (),
    )


def loaded(folder: Path, *, workspace: Path | None, as_of: date | str | None) -> LoadedPlan:
    """The plan of that folder; `lamplighter.plan.load` says what is asked and answered."""
    plan, unreadable = read_plan(folder)
    day = day_given(as_of) or plan.header.as_of
    checked = check(plan, unreadable, today=day, cards=cards_of(plan))
    book = None if checked.errors else book_of(folder, workspace=workspace, as_of=day)
    return LoadedPlan(
        folder=folder, as_of=day, has_workspace=workspace is not None, plan=plan, checked=checked, book=book
    )


def day_given(day: date | str | None) -> date | None:
    """A day as an analyst gives it: a date, a date with a time, or `2022-06-30`. Raises InputError for anything else."""
    if isinstance(day, datetime):  # a timestamp of pandas is one too
        return day.date()
    if day is None or isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except (TypeError, ValueError) as error:
        raise InputError(f"{day!r} is not a day. Give a date, or write it as 2022-06-30.") from error


@dataclass(frozen=True, kw_only=True, repr=False)
class LoadedPlan:
    """A plan as of a day: what it promises, where each promise stands, and every number with its parts.

    Every table shows itself in a notebook and has `to_pandas()`, `to_polars()` and `to_arrow()`.
    Misleads without a workspace: a promise that only a measure could show then has nothing behind it.
    """

    folder: Path
    as_of: date
    has_workspace: bool
    plan: Plan = field(repr=False)
    checked: Checked = field(repr=False)
    book: Book | None = field(repr=False)

    @property
    def title(self) -> str:
        """The plan's title."""
        return self.plan.header.title

    @property
    def body(self) -> str:
        """Whose plan it is."""
        return self.plan.header.body

    @property
    def is_made_up(self) -> bool:
        """Does any of its sources, but for problem profiles linked to it, say that its data are made up?"""
        return is_made_up(self.plan.sources, self.plan.of("profiles"))

    @property
    def promises(self) -> TypedTable:
        """Where does each promise stand? A row a promise: both answers, the rule that gave each and why; as promises.csv."""
        rows = (
            (
                each.promise.id, each.promise.version, each.promise.kind, each.promise.title, each.promise.owner,
                each.promise.due_from, each.promise.due_to, each.evidence.answer, each.evidence.rule,
                each.evidence.because, each.delivery.answer, each.delivery.rule, each.delivery.because,
                bool(each.evidence.override or each.delivery.override), each.last_change, each.days_since_change,
                tuple(figure.id for figure in each.figures), each.measure_ids,
            )
            for each in self._worked_out().standings
        )  # fmt: skip
        return _table(f"{self.title}: where each promise stands, {self._when()}", _PROMISE, rows)

    @property
    def figures(self) -> TypedTable:
        """Which figures does the plan folder hold, as known on the day? A row a figure, with the columns of figures.csv."""
        return self.records("figures")

    @property
    def numbers(self) -> TypedTable:
        """Every number that the pages of this plan print, with its parts, definition and source: plan.json's `figures`."""
        rows = (
            tuple(getattr(each, name) for name in _NUMBER) for _, each in sorted(self._worked_out().numbers.items())
        )
        return _table(f"{self.title}: every number, {self._when()}", _NUMBER, rows)

    @property
    def findings(self) -> TypedTable:
        """What do the plan and the data say by themselves? The most surprising sentence first, with the ids of its numbers."""
        found = sorted(self._worked_out().findings, key=lambda each: -each.surprising)
        rows = ((each.id, each.about, each.text, each.number_ids, each.surprising) for each in found)
        return _table(f"{self.title}: findings, {self._when()}", _FINDING, rows)

    def records(self, kind: str) -> TypedTable:
        """The plan folder's records of one type (`milestones`, `sources`, …) as known on the day.

        Where the folder has errors: those that could be read, of every day. Raises NoSuchName for a type that is not there.
        """
        if kind not in RECORD_TYPES:
            raise NoSuchName("record type", kind, list(RECORD_TYPES))
        record_type = RECORD_TYPES[kind]
        kinds = {each.name: _KINDS[each.kind] for each in columns_of(record_type)}
        plan = self.plan if self.book is None else self.book.plan
        rows = (tuple(getattr(each, name) for name in kinds) for each in plan.of(kind))
        return _table(f"{self.title}: {record_type.TITLE.lower()}, {self._when()}", kinds, rows)

    def promise(self, promise_id: str) -> LoadedPromise:
        """All that is known of one promise. Raises NoSuchName with the nearest ids."""
        return LoadedPromise(standing=self._standing(promise_id), as_of=self.as_of, is_made_up=self.is_made_up)

    def check(self) -> TypedTable:
        """What is missing, broken or out of date? Errors first, then warnings, then those that were accepted and why."""
        found = self.checked
        told = [("error", each, NOT_APPLICABLE) for each in found.errors]
        told += [("warning", each, NOT_APPLICABLE) for each in found.warnings]
        rows = [
            (kind, each.file, each.line, each.record_id, each.name, each.message, why)
            for kind, each, why in (*told, *(("accepted", each, why) for each, why in found.accepted))
        ]
        return _table(f"{self.title}: what to mend, {self._when()}", _PROBLEM, rows)

    def __repr__(self) -> str:
        told = [*([MADE_UP] if self.is_made_up else []), f"{self.title} ({self.body}), {self._when()}"]
        if self.book is None:
            told.append(self._broken())
        else:
            told += [
                f"{len(self.book.standings)} promises. {self._stands_behind()}",
                self._overview().as_text(first=len(self.book.standings)),
            ]
        return "\n".join(told)

    def _repr_html_(self) -> str:
        said = self._broken() if self.book is None else f"{len(self.book.standings)} promises. {self._stands_behind()}"
        table = (
            self.check().as_html() if self.book is None else self._overview().as_html(first=len(self.book.standings))
        )
        made_up = f"<p><strong>{escape(MADE_UP)}</strong></p>" if self.is_made_up else ""
        head = f"<p><strong>{escape(self.title)}</strong> ({escape(self.body)}), {escape(self._when())}</p>"
        return f"{made_up}{head}<p>{escape(said)}</p>{table}"

    def _overview(self) -> TypedTable:
        """The few columns of `promises` that say where the plan stands at a glance."""
        whole = self.promises
        kinds = {name: _PROMISE[name] for name in ("id", "title", "evidence", "delivery")}
        return _table(whole.title, kinds, (tuple(row[name] for name in kinds) for row in whole))

    def _when(self) -> str:
        return f"as of {day_words(self.as_of)}"

    def _stands_behind(self) -> str:
        return (
            "Measures of a workspace stand behind it."
            if self.has_workspace
            else "No workspace: no measure is behind it."
        )

    def _broken(self) -> str:
        errors = self.checked.errors
        many = "an error: mend it" if len(errors) == 1 else f"{len(errors)} errors: mend them"
        return f"The plan folder has {many} first ({errors[0]}). check() names what there is."

    def _worked_out(self) -> Book:
        if self.book is None:
            raise InputError(self._broken())
        return self.book

    def _standing(self, promise_id: str) -> Standing:
        known = {each.promise.id: each for each in self._worked_out().standings}
        if promise_id not in known:
            raise NoSuchName("promise", promise_id, list(known))
        return known[promise_id]


def _table(title: str, kinds: dict[str, Kind], rows: Iterable[tuple[object, ...]]) -> TypedTable:
    columns = tuple(TypedColumn(name=name, kind=kind) for name, kind in kinds.items())
    return TypedTable(title=title, columns=columns, rows=tuple(rows))
