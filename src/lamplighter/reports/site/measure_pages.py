"""The pages of the measures: the list, one page each with chart, table and card, and the places apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lamplighter.plan.book import Book, Pair, Standing
from lamplighter.plan.records.showing import Card
from lamplighter.reports.site.drawing import Drawn, inline
from lamplighter.reports.site.formats import bare, number
from lamplighter.reports.site.pages import HOME, MEASURES, Head, Page, Pages, Table
from lamplighter.reports.tables import limits_by_period
from lamplighter.schema import NOT_KNOWN, period_words
from lamplighter.studies.answers import Layer, MeasureAnswer, Point, Signal

PLACE = "place"
PLACES = ("Places", "places.html")
COLUMNS_AT_MOST = 12
MONTHS_BETWEEN = 12
YEARS_SHOWN = 5
MONTH_LENGTH = len("2026-02")
FAMILIES = (
    ("headline", "All recorded crimes against women and girls", "As the publisher defines them."),
    (
        "group",
        "By kind of offence",
        "The publisher’s groups. One group lies outside its own definition and is kept apart.",
    ),
    ("subgroup", "By closer kind of offence", "The publisher’s sub-groups."),
    ("delay", "How long until it was recorded", "From the month of the offence to the month of the record."),
    ("victims", "Who the victims are", "Only what the publisher’s table holds; what is unknown is always drawn."),
)
OUTSIDE = (
    "Every count by place or by victim holds the publisher’s group of offences outside its own definition of violence "
    "against women and girls. It can’t be removed here: no open table holds place and offence together."
)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One measure in a list: its latest number that is not still filling up, and what was called."""

    measure: MeasureAnswer
    latest_period: str
    latest_bare: str
    signals: int
    breaks: int


@dataclass(frozen=True, kw_only=True)
class Family:
    """Measures under one heading."""

    anchor: str
    heading: str
    says: str
    listed: tuple[Listed, ...]


@dataclass(frozen=True, kw_only=True)
class DrawnPair:
    """A pair of measures, drawn together."""

    pair: Pair
    svg: Markup | None


@dataclass(frozen=True, kw_only=True)
class MeasurePage:
    """One measure with its picture, tables, card, pairs and the promises that it stands beside."""

    measure: MeasureAnswer
    svg: Markup | None
    alt: str
    card: Card | None
    series: Table
    layers: tuple[Table, ...]
    pairs: tuple[DrawnPair, ...]
    promises: tuple[Standing, ...]
    is_place: bool
    latest: Listed
    outside_words: str
    signals: tuple[Signal, ...]


def measure_pages(book: Book, drawn: Drawn) -> Pages:
    """Every page about measures."""
    yield Page(path="measures.html", template="measures.html", title="Measures", nav="measures", content=families(book))
    if has_places(book):
        yield Page(
            path="places.html",
            template="places.html",
            title="Places",
            nav="measures",
            trail=(HOME, MEASURES),
            content=places(book),
        )
    for measure in book.measures.values():
        yield measure_page(book, measure, drawn)


def has_places(book: Book) -> bool:
    return any(each.family == PLACE for each in book.measures.values())


def families(book: Book) -> tuple[Family, ...]:
    """All families but places, the known ones in their own order and any other after them."""
    named = {key: (heading, says) for key, heading, says in FAMILIES}
    order = [*named, *dict.fromkeys(each.family for each in book.measures.values() if each.family not in named)]
    found = []
    for key in order:
        ours = [each for each in book.measures.values() if each.family == key]
        if ours and key != PLACE:
            heading, says = named.get(key, (key.capitalize(), ""))
            found.append(Family(anchor=key, heading=heading, says=says, listed=tuple(listed_as(each) for each in ours)))
    return tuple(found)


def listed_as(measure: MeasureAnswer) -> Listed:
    settled = [each for each in measure.points if not each.immature and each.value is not None]
    last = settled[-1] if settled else None
    return Listed(
        measure=measure,
        latest_period=period_words(last.period) if last else "",
        latest_bare=bare(last.value, measure.unit) if last else NOT_KNOWN,
        signals=len(measure.signals),
        breaks=len(measure.breaks),
    )


def places(book: Book) -> tuple[Family, ...]:
    """Each command unit with the boroughs that its own parts name; places that no unit names stand at the end."""
    ours = [each for each in book.measures.values() if each.family == PLACE]
    areas = {each.area: each for each in ours}
    units = [
        each for each in ours if any(layer.name in areas and areas[layer.name] is not each for layer in each.layers)
    ]
    found, taken = [], set()
    for at, unit in enumerate(units, 1):
        inside = [areas[layer.name] for layer in unit.layers if layer.name in areas and layer.name not in taken]
        taken |= {unit.area, *(each.area for each in inside)}
        members = tuple(listed_as(each) for each in (unit, *(each for each in inside if each is not unit)))
        found.append(Family(anchor=f"unit-{at}", heading=unit.title, says="", listed=members))
    rest = tuple(listed_as(each) for each in ours if each.area not in taken)
    if rest:
        heading = "In no command unit that we know of" if units else "All areas"
        found.append(Family(anchor="unit-none", heading=heading, says="", listed=rest))
    return tuple(found)


def measure_page(book: Book, measure: MeasureAnswer, drawn: Drawn) -> Page:
    is_place = measure.family == PLACE
    svg = drawn.charts.get(measure.id)
    paired = [each for each in book.pairs if each.measure_id == measure.id]
    return Page(
        path=f"measures/{measure.id}.html",
        template="measure.html",
        title=measure.title,
        nav="measures",
        trail=(HOME, MEASURES, PLACES) if is_place else (HOME, MEASURES),
        content=MeasurePage(
            measure=measure,
            svg=inline(svg, "chart") if svg else None,
            alt=drawn.alts.get(measure.id, ""),
            card=book.cards.get(measure.definition_id),
            series=series_table(measure),
            layers=layer_tables(measure),
            pairs=tuple(DrawnPair(pair=each, svg=_pair_svg(drawn, each)) for each in paired),
            promises=book.beside.get(measure.id, ()),
            is_place=is_place,
            latest=listed_as(measure),
            outside_words=_outside(measure),
            signals=tuple(sorted(measure.signals, key=lambda each: (each.until, each.since), reverse=True)),
        ),
    )


def _outside(measure: MeasureAnswer) -> str:
    """The warning that the outside group is in there, unless the measure's own caveats say so already."""
    said = any("outside" in each.casefold() for each in measure.caveats)
    return "" if said or measure.family not in (PLACE, "victims") else OUTSIDE


def _pair_svg(drawn: Drawn, pair: Pair) -> Markup | None:
    svg = drawn.pairs.get(pair.id)
    return inline(svg, f"pair-{pair.id}") if svg else None


def series_table(measure: MeasureAnswer) -> Table:
    """Every point, with the parts, bounds and limits that it has, and what is to be said of it."""
    limits = limits_by_period(measure)
    parts = any(each.denominator is not None for each in measure.points)
    bounds = any(each.low is not None for each in measure.points)
    heads = [Head(words="Period", numeric=False), Head(words=measure.unit)]
    heads += [Head(words="Counted"), Head(words="Out of")] if parts else []
    heads += [Head(words="From"), Head(words="To")] if bounds else []
    heads += [Head(words="Centre"), Head(words="Lower limit"), Head(words="Upper limit")] if limits else []
    heads.append(Head(words="Note", numeric=False))
    rows = []
    for each in measure.points:
        row = [period_words(each.period), bare(each.value, measure.unit)]
        row += [number(each.numerator), number(each.denominator)] if parts else []
        row += [bare(each.low, measure.unit), bare(each.high, measure.unit)] if bounds else []
        if limits:
            known = limits.get(each.period)
            row += [number(round(part, 1)) for part in known] if known else ["none"] * 3
        rows.append((*row, "; ".join(notes_on(measure, each))))
    return Table(caption=f"{measure.title}: every {_step(measure)}", heads=tuple(heads), rows=tuple(rows))


def _step(measure: MeasureAnswer) -> str:
    return "month" if measure.points and len(measure.points[0].period) == 7 else "period"


def notes_on(measure: MeasureAnswer, point: Point) -> list[str]:
    """What a reader must know of one point: a break, a signal, or that it is still filling up."""
    said = [f"break: {each.words}" for each in measure.breaks if each.period == point.period]
    rules = dict.fromkeys(each.rule_words for each in measure.signals if each.since <= point.period <= each.until)
    said += [f"signal: {each}" for each in rules]
    if point.immature:
        said.append("still filling up")
    if point.value is None:
        said.append("unknown, not nil")
    return said


def layer_tables(measure: MeasureAnswer) -> tuple[Table, ...]:
    """The parts of a breakdown: all periods where the parts are few; the same month of each year where they are many."""
    if not measure.layers:
        return ()
    if len(measure.layers) > COLUMNS_AT_MOST or measure.family == PLACE:
        return (many_layers(measure),)
    unit = measure.unit
    tables = [_by_period(f"{measure.title}: each part, {unit}", measure.layers, lambda point: bare(point.value, unit))]
    bounded = [each for each in measure.layers if any(point.low is not None for point in each.points)]
    if bounded:
        caption = f"{measure.title}: how low and how high each part could be, wherever the unknown belong"
        tables.append(_by_period(caption, bounded, lambda point: _between(point, unit)))
    return tuple(tables)


def _by_period(caption: str, layers: Sequence[Layer], cell: Callable[[Point], str]) -> Table:
    """A row a period, a column a part."""
    by_period = [{point.period: point for point in each.points} for each in layers]
    periods = dict.fromkeys(point.period for each in layers for point in each.points)
    rows = (
        (period_words(at), *(cell(points[at]) if at in points else NOT_KNOWN for points in by_period)) for at in periods
    )
    heads = (Head(words="Period", numeric=False), *(Head(words=each.name) for each in layers))
    return Table(caption=caption, heads=heads, rows=tuple(rows))


def _between(point: Point, unit: str) -> str:
    return NOT_KNOWN if point.low is None else f"{bare(point.low, unit)} to {bare(point.high, unit)}"


def many_layers(measure: MeasureAnswer) -> Table:
    """One row a part (a ward, say). Where the parts run by month: the latest one and the same month of earlier years."""
    settled = [each.period for each in measure.layers[0].points if not each.immature]
    monthly = bool(settled) and all(len(each) == MONTH_LENGTH for each in settled)
    chosen = list(reversed(settled[::-1][::MONTHS_BETWEEN][:YEARS_SHOWN])) if monthly else settled
    rows = []
    for layer in measure.layers:
        by_period = {point.period: point for point in layer.points}
        cells = (bare(by_period[at].value, measure.unit) if at in by_period else NOT_KNOWN for at in chosen)
        rows.append((layer.name, *cells))
    return Table(
        caption=f"{measure.title}: each part, {measure.unit}",
        heads=(Head(words="Part", numeric=False), *(Head(words=_column(at)) for at in chosen)),
        rows=tuple(rows),
    )


def _column(at: str) -> str:
    """`2025` stays; `2026-02` and `12 months to 2026-02` are written out."""
    if len(at) == MONTH_LENGTH:
        return f"to {period_words(at)}"
    words, _, last = at.rpartition(" ")
    return f"{words} {period_words(last)}".strip()
