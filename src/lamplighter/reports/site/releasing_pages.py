"""How the plan is published: corrections where the figure stands and in a list, the calendar of releases, who saw them early."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from lamplighter.plan.book import Book, Standing
from lamplighter.plan.records.releasing import EarlyAccess, ReleaseDay
from lamplighter.plan.releases.corrections import ListedCorrection
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.plan.running.answers import Running
from lamplighter.reports.changed_figures import listed_corrections
from lamplighter.reports.site.area_pages import KINDS
from lamplighter.reports.site.formats import day, number, quantity
from lamplighter.reports.site.leaves import MOST_CLAIMS, places
from lamplighter.reports.site.pages import Links, Page, Pages, links_of
from lamplighter.reports.site.running_pages import PATH as RUNNING
from lamplighter.schema import day_words

COUNTED = ("value", "denominator", "base", "interval_low", "interval_high", "rounded_to")
FIELD_WORDS = {
    "as_of": "the day that it speaks of",
    "as_of_words": "the day that it speaks of",
    "area": "where",
    "base": "how many were asked",
    "definition_id": "its definition",
    "denominator": "out of how many",
    "denominator_label": "out of what",
    "due_from": "when it is due",
    "due_to": "when it is due",
    "due_words": "when it is due",
    "interval_high": "the upper end of its interval",
    "interval_low": "the lower end of its interval",
    "owner": "who answers for it",
    "rounded_to": "what it is rounded to",
    "source_id": "its source",
    "value": "the number",
}
STATE_COLOURS = {
    "provisional": " govuk-tag--grey",
    "published": " govuk-tag--green",
    "postponed": " govuk-tag--yellow",
    "cancelled": " govuk-tag--red",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
AREA_PATHS = {kind: path for kind, path, _ in KINDS}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class ToldCorrection:
    """A correction as a page tells it. `path`: the page where the record stands; None if the record is gone, or has none."""

    id: str
    record_id: str
    field: str
    what: str
    field_words: str
    period: str
    old: str
    new: str
    reason: str
    corrected_by: str
    corrected_on: str
    published: str
    release: str
    is_here: bool
    path: str | None

    @property
    def anchor(self) -> str:
        return f"correction-{self.id}"


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """All corrections, the latest first, and the ones that each page of the site has to tell, by its path."""

    all: tuple[ToldCorrection, ...] = ()
    by_page: Mapping[str, tuple[ToldCorrection, ...]] = field(default_factory=dict)

    def on(self, path: str) -> tuple[ToldCorrection, ...]:
        return self.by_page.get(path, ())

    def of(self, record_id: str, *fields: str) -> tuple[ToldCorrection, ...]:
        """Those of one record, in these fields or, without any, in all."""
        return tuple(each for each in self._by_record.get(record_id, ()) if not fields or each.field in fields)

    @cached_property
    def _by_record(self) -> Mapping[str, tuple[ToldCorrection, ...]]:
        """Every page asks for every record that it shows."""
        found: dict[str, tuple[ToldCorrection, ...]] = {}
        for each in self.all:
            found[each.record_id] = (*found.get(each.record_id, ()), each)
        return found


@dataclass(frozen=True, kw_only=True)
class Announced:
    """One row of the calendar, with its day in words."""

    row: ReleaseDay
    when: str

    @property
    def colour(self) -> str:
        """The class beside `govuk-tag`; the words carry the meaning."""
        return STATE_COLOURS.get(self.row.state or "", "")


@dataclass(frozen=True, kw_only=True)
class ReleasesPage:
    """The calendar in the order of its days; what has none yet stands at the end."""

    calendar: tuple[Announced, ...]
    early: tuple[tuple[EarlyAccess, ReleaseDay | None], ...]


def corrected(book: Book, release: ReleaseLabel | None) -> Corrected:
    """What was corrected, and on which pages that has to be told."""
    told: list[ToldCorrection] = []
    by_page: dict[str, tuple[ToldCorrection, ...]] = {}
    listed = listed_corrections(book, release)
    on_promises = _promises_showing(book, {each.correction.record_id for each in listed})
    links, claims = links_of(book), places("numbers", (each.id for each in book.traps), MOST_CLAIMS)
    for each in listed:
        paths = tuple(dict.fromkeys(_paths(book, each.correction.record_id, on_promises, links, claims)))
        one = _told(book, each, paths[0] if paths else None, release)
        told.append(one)
        for path in paths:
            by_page[path] = (*by_page.get(path, ()), one)
    return Corrected(all=tuple(told), by_page=by_page)


def releasing_pages(book: Book, found: Corrected) -> Pages:
    """The list of corrections, and the calendar with the early access."""
    yield Page(path="corrections.html", template="corrections.html", title="Corrections", content=found.all)
    yield Page(path="releases.html", template="releases.html", title="Releases", content=releases_page(book))


def releases_page(book: Book) -> ReleasesPage:
    days: tuple[ReleaseDay, ...] = book.plan.of("release_calendar")
    early: tuple[EarlyAccess, ...] = book.plan.of("pre_release_access")
    by_id = {each.id: each for each in days}
    order = sorted(days, key=lambda each: (_day_of(each) is None, _day_of(each) or date.max, each.id))
    return ReleasesPage(
        calendar=tuple(Announced(row=each, when=_when(each)) for each in order),
        early=tuple((each, by_id.get(each.release_id or "")) for each in early),
    )


def _day_of(row: ReleaseDay) -> date | None:
    return row.published_on or row.planned_on


def _when(row: ReleaseDay) -> str:
    """The day if there is one, else the words, else that nobody has said."""
    found = _day_of(row)
    return day_words(found) if found else row.planned_words or ("no day" if row.state == "cancelled" else "no day yet")


def _told(book: Book, listed: ListedCorrection, path: str | None, release: ReleaseLabel | None) -> ToldCorrection:
    correction = listed.correction
    figure = book.plan.lookup.by_id("figures").get(correction.record_id)
    unit = figure.unit if figure and correction.field == "value" else ""
    return ToldCorrection(
        id=correction.id,
        record_id=correction.record_id,
        field=correction.field,
        what=_title(book, correction.record_id) or correction.record_id,
        field_words=FIELD_WORDS.get(correction.field, correction.field.replace("_", " ")),
        period=_value(correction.period),
        old=_value(correction.old, correction.field, unit),
        new=_value(correction.new, correction.field, unit),
        reason=correction.reason,
        corrected_by=correction.corrected_by,
        corrected_on=day(correction.corrected_on),
        published=day(listed.published_at[:10]) if listed.published_at else "",
        release=listed.release,
        is_here=release is not None and listed.release == release.folder,
        path=path,
    )


def _value(text: str, name: str = "", unit: str | None = "") -> str:
    """A value as the pages write it: a number with its unit, a day in words, any other text in quotes; empty is empty."""
    if name in COUNTED and _NUMBER.fullmatch(text):
        return quantity(float(text), unit) if unit else number(float(text))
    if _DAY.fullmatch(text):
        return day_words(date.fromisoformat(text))
    return f"“{text}”" if text and name else text


def _title(book: Book, record_id: str) -> str:
    """What a reader calls the record: its title, label or name."""
    if record_id in book.measures:
        return book.measures[record_id].title
    if record_id in book.cards:
        return book.cards[record_id].name or ""
    for kind in book.plan.records:
        record = book.plan.lookup.by_id(kind).get(record_id)
        if record is not None:
            return next((text for name in ("title", "label", "name") if (text := getattr(record, name, None))), "")
    return book.numbers[record_id].label if record_id in book.numbers else ""


def _promises_showing(book: Book, record_ids: set[str]) -> dict[str, list[str]]:
    """The promises on whose pages each of some records stands, in the plan's order."""
    found: dict[str, list[str]] = {each: [] for each in record_ids}
    by_id = {each.promise.id: each for each in book.standings}
    for standing in book.standings if record_ids else ():
        shown = _ids_on(standing)
        for earlier in standing.came_from:
            shown |= _ids_of_earlier(by_id[earlier.promise_id])
        for each in shown & record_ids:
            found[each].append(standing.promise.id)
    return found


def _paths(
    book: Book, record_id: str, on_promises: Mapping[str, Sequence[str]], links: Links, claims: Mapping[str, str]
) -> Iterator[str]:
    """Every page that shows the record, the one where it belongs first. None shows a record that is gone."""
    if record_id in links.cards:
        yield links.cards[record_id]
    if record_id in links.sources:
        yield links.sources[record_id]
    for promise_id in on_promises[record_id]:
        yield f"promises/{promise_id}.html"
    for measure in book.measures.values():
        paired = {one.id for pair in book.pairs if pair.measure_id == measure.id for one in pair.numbers}
        stated = {f"{measure.id}.{each.key}" for each in measure.stated}
        if record_id in {measure.id, measure.definition_id} | paired | stated:
            yield f"measures/{measure.id}.html"
    yield from (claims[each.id] for each in book.traps if record_id == each.id or record_id in each.figure_ids)
    for compared in book.areas:
        if record_id in {
            compared.id,
            compared.definition_id,
            *(f"{compared.id}.{each.key}" for each in compared.stated),
        }:
            yield AREA_PATHS[compared.kind]
    if record_id in links.numbers:
        yield links.numbers[record_id]
    if record_id in _ids_of_running(book.running):
        yield RUNNING
    if any(record_id == each.id for name in ("release_calendar", "pre_release_access") for each in book.plan.of(name)):
        yield "releases.html"


def _ids_on(standing: Standing) -> set[str]:
    """The ids of all records that a promise's page shows."""
    shown: Sequence[Sequence[object]] = (
        standing.sentences, standing.cards, standing.figures, standing.milestones, standing.evidence_records,
        standing.ratings, standing.recommendations, standing.training, standing.posts, standing.risks,
        standing.references, standing.decisions,
    )  # fmt: skip
    return {standing.promise.id} | {str(getattr(each, "id", "")) for records in shown for each in records}


def _ids_of_earlier(standing: Standing) -> set[str]:
    """What the page of a later promise tells of one that it came from: the promise, its figures and what happened."""
    figures, events = ({each.id for each in standing.figures}, {each.id for each in standing.evidence_records})
    return {standing.promise.id} | figures | events


def _ids_of_running(running: Running) -> set[str]:
    """The ids of all records that the page of how the plan is run shows."""
    ids = {each.recommendation.id for each in running.recommendations}
    for course in running.training:
        told = course.training
        ids |= {told.id, *filter(None, (told.trained_figure_id, told.target_figure_id, told.eligible_figure_id))}
    for post in running.posts:
        figures = (post.promised, post.established, post.filled, post.deployable)
        ids |= {post.post.id, *(each.id for each in figures if each is not None)}
    for total in running.sums:
        ids |= {total.whole.id, *(each.id for each in total.parts)}
    for resource in running.resources:
        ids |= {resource.id, *resource.figure_ids}
    return (
        ids
        | {each.id for each in running.dependencies}
        | {one.id for each in running.framework for one in each.crossings}
    )
