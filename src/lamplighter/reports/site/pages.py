"""What a page is, where each page lies, and how one points to another: relative links only, so a double click works."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from lamplighter.plan.book import Book
from lamplighter.plan.profiles.told import is_made_up as plan_is_made_up
from lamplighter.plan.records.showing import Card
from lamplighter.reports.site.leaves import MOST_CARDS, MOST_NUMBERS, MOST_SOURCES, Leaf, places
from lamplighter.studies.answers import MeasureAnswer

SITE_NAME = "Lamplighter"
LEAVE_TO = "https://www.bbc.co.uk/weather"
HOME = ("The plan", "index.html")
MEASURES = ("Measures", "measures.html")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its path in the site, the template that draws it, its title, the way to it, and what it shows."""

    path: str
    template: str
    title: str
    nav: str = ""
    trail: tuple[tuple[str, str], ...] = (HOME,)
    content: object = None
    leaf: Leaf | None = None

    @property
    def root(self) -> str:
        """The way from this page to the site's first folder: `` or `../`."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around every page: whose plan, as of when, which run, and which files lie beside it."""

    plan_title: str
    body: str
    as_of: str
    run: str
    made_up: bool
    has_places: bool
    files: Mapping[str, int]  # what lies beside the pages for download, and how many bytes each has
    mark: Markup
    name: str = SITE_NAME
    leave_to: str = LEAVE_TO

    def has(self, name: str) -> bool:
        return name in self.files


@dataclass(frozen=True, kw_only=True)
class Head:
    """A column's head; `numeric` columns stand right."""

    words: str
    numeric: bool = True


_NUMERIC = " govuk-table__cell--numeric"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of ready-made words: the first cell of each row is its head."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def body(self) -> Markup:
        """The rows as HTML, escaped cell by cell: most of a site is such rows, and a template takes four times as long."""
        closings = [
            '</td><td class="govuk-table__cell{}">'.format(_NUMERIC if each.numeric else "") for each in self.heads
        ]
        lines = []
        for first, *others in self.rows:
            cells = "".join(f"{before}{html.escape(cell)}" for before, cell in zip(closings[1:], others, strict=True))
            head = f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{html.escape(first)}</th>'
            lines.append(head + (cells.removeprefix("</td>") + "</td>" if others else "") + "</tr>")
        return Markup("\n".join(lines))  # noqa: S704 (every cell is escaped above)


@dataclass(frozen=True, kw_only=True)
class Links:
    """Which ids have a page or an anchor of their own, so that no link leads nowhere."""

    promises: frozenset[str]
    measures: frozenset[str]
    cards: Mapping[str, str]  # the page on which each stands, and so for the next two
    numbers: Mapping[str, str]
    sources: Mapping[str, str]
    imports: frozenset[str]

    def card_in(self, words: str) -> str | None:
        """The card that `D-TRAINED v1: …` names, if it is known."""
        found = re.match(r"[A-Za-z][A-Za-z0-9._-]*", words)
        return found[0] if found and found[0] in self.cards else None


def run_digest(book: Book) -> str:
    """One digest over all inputs: the same plan, data, program, day and reader's own text give the same one."""
    told = [f"{name}={digest}" for name, digest in sorted(book.digests.items())]
    told += [f"as_of={book.as_of.isoformat()}", *(f"{key}={text}" for key, text in sorted(book.own_text.items()))]
    return hashlib.sha256("\n".join(told).encode("utf-8")).hexdigest()[:12]


def is_made_up(book: Book) -> bool:
    """Does any source of the plan itself say that its data are made up? Then every page says so."""
    return plan_is_made_up(book.sources.values(), book.plan.of("profiles"))


def cards_by_name(book: Book) -> tuple[Card, ...]:
    """The definitions in the order in which their page has them."""
    return tuple(sorted(book.cards.values(), key=lambda each: ((each.name or each.id).casefold(), each.id)))


def links_of(book: Book) -> Links:
    return Links(
        promises=frozenset(each.promise.id for each in book.standings),
        measures=frozenset(book.measures),
        cards=places("definitions", (each.id for each in cards_by_name(book)), MOST_CARDS),
        numbers=places("how-we-know", sorted(book.numbers), MOST_NUMBERS),
        sources=places("sources", sorted(book.sources), MOST_SOURCES),
        imports=frozenset(str(each["id"]) for each in book.imports if "id" in each),
    )


Pages = Iterator[Page]


def chart_words(measure: MeasureAnswer) -> str:
    """What stands under a chart: the measure, where, and in what unit."""
    where = "" if measure.area == measure.title else f", {measure.area}"
    return f"{measure.title}{where}. Unit: {measure.unit}."
