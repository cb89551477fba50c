"""The pages that hold areas against each other: a funnel and its table for BCUs and for boroughs, never a ranking."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lamplighter.plan.book import Book
from lamplighter.plan.records.showing import Card
from lamplighter.reports.site.drawing import Drawn, inline
from lamplighter.reports.site.formats import bare, number
from lamplighter.reports.site.pages import HOME, MEASURES, Head, Page, Pages, Table
from lamplighter.schema import NOT_KNOWN
from lamplighter.studies.area_answers import AreaComparison, AreaRow

KINDS = (
    ("late", "areas-late.html", "Recorded late: areas compared"),
    ("change", "areas-change.html", "Change of a year: areas compared"),
)


@dataclass(frozen=True, kw_only=True)
class AreaSection:
    """One comparison with its picture and its tables."""

    comparison: AreaComparison
    svg: Markup | None
    alt: str
    areas: Table
    apart: Table | None
    made_of: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class AreasPage:
    """One question over every kind of area. `shared`: what is to be said of each of them, once."""

    sections: tuple[AreaSection, ...]
    shared: tuple[str, ...]
    card: Card | None

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The anchor and the words of each comparison, for the list at the top."""
        return tuple((each.comparison.id, each.comparison.title) for each in self.sections)


def area_pages(book: Book, drawn: Drawn) -> Pages:
    """A page for each question that was compared."""
    for kind, path, title in KINDS:
        ours = [each for each in book.areas if each.kind == kind]
        if ours:
            sections = tuple(_section(each, drawn) for each in ours)
            said = [set(each.caveats) for each in ours]
            shared = tuple(each for each in ours[0].caveats if all(each in other for other in said))
            card = book.cards.get(ours[0].definition_id)
            yield Page(
                path=path,
                template="areas.html",
                title=title,
                nav="measures",
                trail=(HOME, MEASURES),
                content=AreasPage(sections=sections, shared=shared, card=card),
            )


def area_links(book: Book) -> tuple[tuple[str, str], ...]:
    """The title and the path of each page of areas that there is."""
    there = {each.kind for each in book.areas}
    return tuple((title, path) for kind, path, title in KINDS if kind in there)


def _section(comparison: AreaComparison, drawn: Drawn) -> AreaSection:
    svg, alt = drawn.areas.get(comparison.id, ("", ""))
    judgement = comparison.judgement
    return AreaSection(
        comparison=comparison,
        svg=inline(svg, comparison.id) if svg else None,
        alt=alt,
        areas=_table(comparison, judgement.rows, f"{comparison.title}: every {comparison.level}, by name"),
        apart=_table(comparison, judgement.apart, f"{comparison.title}: in no area, shown apart and in no limit")
        if judgement.apart
        else None,
        made_of=_made_of(comparison),
    )


def _table(comparison: AreaComparison, rows: tuple[AreaRow, ...], caption: str) -> Table:
    within = any(each.within for each in rows)
    unknown = comparison.kind == "late"
    heads = [Head(words=comparison.level[:1].upper() + comparison.level[1:], numeric=False)]
    heads += [Head(words="In", numeric=False)] if within else []
    heads += [Head(words=comparison.unit), Head(words="Its own 95% interval")]
    heads += [Head(words="95% limits"), Head(words="99.8% limits"), Head(words="Stands", numeric=False)]
    heads += [
        Head(words=words[:1].upper() + words[1:])
        for words in (comparison.numerator_words, comparison.denominator_words)
    ]
    heads += [Head(words="Delay not known")] if unknown else []
    return Table(
        caption=caption, heads=tuple(heads), rows=tuple(_cells(comparison, each, within, unknown) for each in rows)
    )


def _cells(comparison: AreaComparison, row: AreaRow, within: bool, unknown: bool) -> tuple[str, ...]:
    limits = row.limits
    return (
        row.name,
        *((row.within,) if within else ()),
        _said(row.value, comparison.unit),
        _between(row.low, row.high, comparison.unit),
        _between(limits.low_95, limits.high_95, comparison.unit) if limits else "none",
        _between(limits.low_998, limits.high_998, comparison.unit) if limits else "none",
        row.stands.removesuffix(" the limits"),
        number(row.numerator),
        number(row.denominator),
        *((number(row.unknown),) if unknown else ()),
    )


def _said(value: float | None, unit: str) -> str:
    return bare(value, unit).replace("-", "−")


def _between(low: float | None, high: float | None, unit: str) -> str:
    return NOT_KNOWN if low is None or high is None else f"{_said(low, unit)} to {_said(high, unit)}"


def _made_of(comparison: AreaComparison) -> tuple[tuple[str, str], ...]:
    """What the limits are made of, for a reader who checks them."""
    judgement = comparison.judgement
    if judgement.phi is None or judgement.tau is None:
        return ()
    spread = (
        ("Variance over mean of the monthly counts", number(judgement.dispersion))
        if judgement.dispersion is not None
        else None
    )
    rows = (
        ("All areas together", _said(comparison.target, comparison.unit)),
        ("Spread of areas, 1 by chance alone (φ)", number(judgement.phi)),
        ("Spread between areas on the working scale (τ)", f"{judgement.tau:.4f}"),
        spread,
        ("Outside the 95% limits", f"{judgement.outside_95}; by chance about {number(judgement.by_chance_95)}"),
        ("Outside the 99.8% limits", f"{judgement.outside_998}; by chance about {number(judgement.by_chance_998)}"),
        ("Outside limits that know nothing but chance", f"{judgement.outside_counts_alone}"),
    )
    return tuple(each for each in rows if each is not None)
