"""What stands under the numbers: what changed, the text's numbers, what can't be shown, how we know, and the words pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lamplighter.plan.book import Book, CannotShow, Changed, Number, Trap
from lamplighter.plan.records.showing import Source
from lamplighter.reports.changed_figures import REVISION_COLUMNS, revision_rows
from lamplighter.reports.site.formats import number, share
from lamplighter.reports.site.leaves import (
    MOST_CARDS,
    MOST_CLAIMS,
    MOST_LACKING,
    MOST_NUMBERS,
    MOST_SOURCES,
    Leaf,
    leaves,
)
from lamplighter.reports.site.pages import HOME, Head, Page, Pages, Table, cards_by_name
from lamplighter.schema import period_words
from lamplighter.studies.answers import FalseCallRow, MeasureAnswer

REVISIONS_SHOWN = 200
Trail = tuple[tuple[str, str], ...]
UNDER_HOW: Trail = (HOME, ("How we know", "how-we-know.html"))


@dataclass(frozen=True, kw_only=True)
class ChangedPage:
    """Which series signalled: those that a cautious reader would also count, and the rest, with the false calls beside."""

    latest: tuple[Changed, ...]
    firm: tuple[Changed, ...]
    cautious: tuple[Changed, ...]
    watched: int
    signalled: int
    false_calls: Table | None
    by_rule: Table | None
    asked: str


@dataclass(frozen=True, kw_only=True)
class TrapPage:
    """The text's numbers, each with the figures that it speaks of."""

    traps: tuple[Trap, ...]
    figures: Mapping[str, tuple[Number, ...]]


@dataclass(frozen=True, kw_only=True)
class CannotShowPage:
    """What no known source can show; for each version its title, how many of its promises, and how many it has."""

    items: tuple[CannotShow, ...]
    counts: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, kw_only=True)
class HowWeKnow:
    """Figure → definition → study → import → file → refused rows, each a table whose rows point to the next.

    numbers: those of this page; only the first page of several has the rest.
    """

    numbers: tuple[Number, ...]
    measure_of: Mapping[str, str]
    measures: tuple[MeasureAnswer, ...]
    imports: tuple[Mapping[str, Any], ...]
    revisions: Table | None
    revisions_known: int
    digests: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class SourceUse:
    """A source and how many figures and events were read in it."""

    source: Source
    figures: int
    events: int


def ground_pages(book: Book) -> Pages:
    """Every page about what stands under the numbers."""
    yield _page("what-changed", "What changed", "changed", changed_page(book))
    for leaf, traps in leaves("numbers", book.traps, MOST_CLAIMS):
        yield _leaf(leaf, "The release’s numbers and what stands behind them", "plan", trap_page(book, traps))
    counts = _cannot_show_by_version(book)
    for leaf, items in leaves("cannot-show", book.cannot_show, MOST_LACKING):
        missing = CannotShowPage(items=tuple(items), counts=counts)
        yield _leaf(leaf, "What can’t be shown, and what would be needed", "cannot", missing)
    known = how_we_know(book)
    for leaf, numbers in leaves("how-we-know", known.numbers, MOST_NUMBERS):
        yield _leaf(leaf, "How we know", "how", replace(known, numbers=tuple(numbers)))
    for leaf, cards in leaves("definitions", cards_by_name(book), MOST_CARDS):
        yield _leaf(leaf, "Definitions", "how", cards, trail=UNDER_HOW)
    for leaf, uses in leaves("sources", source_uses(book), MOST_SOURCES):
        yield _leaf(leaf, "Sources", "how", uses, trail=UNDER_HOW)
    yield from words_pages()


def _cannot_show_by_version(book: Book) -> tuple[tuple[str, int, int], ...]:
    """(version, promises that can't be shown, all its promises), as the first page counts them: a version at a time."""
    missing = {each.promise_id for each in book.cannot_show}
    return tuple(
        (
            version.title,
            sum(1 for each in book.standings if each.promise.version == version.id and each.promise.id in missing),
            sum(1 for each in book.standings if each.promise.version == version.id),
        )
        for version in book.versions
    )


def _page(name: str, title: str, nav: str, content: object = None, *, trail: Trail = (HOME,)) -> Page:
    return Page(path=f"{name}.html", template=f"{name}.html", title=title, nav=nav, trail=trail, content=content)


def _leaf(leaf: Leaf, title: str, nav: str, content: object, *, trail: Trail = (HOME,)) -> Page:
    """One page of a list that may be cut into several."""
    return Page(
        path=leaf.path,
        template=f"{leaf.name}.html",
        title=leaf.titled(title),
        nav=nav,
        trail=trail,
        content=content,
        leaf=leaf,
    )


def words_pages() -> Pages:
    """The pages that are mostly words: rules, downloads, about, method, accessibility."""
    for name, title, nav in (
        ("rules", "The rules that say where a promise stands", "how"),
        ("downloads", "Downloads", "downloads"),
        ("about", "About these pages", ""),
        ("method", "How the numbers are worked out", "how"),
        ("accessibility", "Accessibility statement", ""),
    ):
        yield _page(name, title, nav)


def trap_page(book: Book, traps: Sequence[Trap]) -> TrapPage:
    return TrapPage(
        traps=tuple(traps),
        figures={
            trap.id: tuple(book.numbers[each] for each in trap.figure_ids if each in book.numbers) for trap in traps
        },
    )


def changed_page(book: Book) -> ChangedPage:
    watched = [each for each in book.measures.values() if each.phases]
    calls = book.false_calls
    firm = sorted((each for each in book.changed if not each.caution), key=_when, reverse=True)
    latest = {each.measure_id: each for each in reversed(firm)}
    return ChangedPage(
        latest=tuple(sorted(latest.values(), key=_when, reverse=True)),
        firm=tuple(firm),
        cautious=tuple(each for each in book.changed if each.caution),
        watched=len(watched),
        signalled=sum(1 for each in watched if each.signals),
        false_calls=_false_calls_table(calls.rows) if calls else None,
        by_rule=_by_rule(book.changed),
        asked="; ".join(f"{key.replace('_', ' ')}: {value}" for key, value in calls.question.items()) if calls else "",
    )


def _when(changed: Changed) -> tuple[str, str, str]:
    return changed.until, changed.since, changed.measure_id


def _by_rule(changed: tuple[Changed, ...]) -> Table | None:
    words = dict.fromkeys(each.rule_words for each in changed)
    if not words:
        return None
    rows = tuple((each, number(sum(1 for one in changed if one.rule_words == each))) for each in words)
    return Table(
        caption="How often each rule called",
        heads=(Head(words="Rule", numeric=False), Head(words="Signals")),
        rows=rows,
    )


def _false_calls_table(rows: tuple[FalseCallRow, ...]) -> Table:
    """Share of series without any change that signal, by rules, by spread, by where the limits come from."""
    return Table(
        caption="How often a series in which nothing changed is called",
        heads=(
            Head(words="Rules switched on", numeric=False),
            Head(words="Limits from", numeric=False),
            Head(words="Variance ÷ mean"),
            Head(words="Called"),
            Head(words="95% interval"),
        ),
        rows=tuple(
            (
                ", ".join(each.rules).replace("_", " "),
                each.limits_from,
                number(each.dispersion),
                f"{share(each.share)} of {number(each.series)} series",
                f"{share(each.low)} to {share(each.high)}",
            )
            for each in rows
        ),
    )


def how_we_know(book: Book) -> HowWeKnow:
    numbers = tuple(each for _, each in sorted(book.numbers.items()))
    return HowWeKnow(
        numbers=numbers,
        measure_of={each.id: found for each in numbers if (found := _measure_named_in(each.id, book.measures))},
        measures=tuple(book.measures.values()),
        imports=book.imports,
        revisions=_revisions_table(book),
        revisions_known=len(book.revisions),
        digests=tuple(sorted(book.digests.items())),
    )


def _measure_named_in(number_id: str, measures: Mapping[str, MeasureAnswer]) -> str | None:
    """The measure that a number belongs to: the longest beginning of its id, up to a full stop, that is one."""
    name = number_id.rpartition(".")[0]
    while name and name not in measures:
        name = name.rpartition(".")[0]
    return name or None


def _revisions_table(book: Book) -> Table | None:
    """The first of them, as revisions.csv has them."""
    if not book.revisions:
        return None
    shown = revision_rows(replace(book, revisions=book.revisions[:REVISIONS_SHOWN]), None)
    heads = ("What it counts", "Period", "It said", "It says", "Measure", "Why")
    return Table(
        caption="Past figures that a later file changed",
        heads=tuple(Head(words=each, numeric=each.startswith("It ")) for each in heads),
        rows=tuple(_revised(dict(zip(REVISION_COLUMNS, row, strict=True))) for row in shown),
    )


def _revised(row: Mapping[str, Any]) -> tuple[str, ...]:
    counts = ", ".join(each for each in (row["key_1"], row["key_2"]) if each) or f"the whole of {row['table']}"
    said = (number(row["old"]), number(row["new"]))
    return counts, period_words(row["period"]), *said, row["measure"] or "no series of its own", row["reason"]


def source_uses(book: Book) -> tuple[SourceUse, ...]:
    figures = Counter(each.source_id for each in book.plan.figures)
    events = Counter(each.source_id for each in book.plan.evidence)
    return tuple(
        SourceUse(source=each, figures=figures[each.id], events=events[each.id])
        for _, each in sorted(book.sources.items())
    )
