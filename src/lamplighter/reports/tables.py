"""The tables that anyone can download: CSV in UTF-8 with LF, one row a fact, the same bytes for the same book."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from lamplighter.plan.book import Book, Number
from lamplighter.plan.cells import format_cell, kept_from_running
from lamplighter.plan.records.columns import columns_of
from lamplighter.plan.records.showing import Card, Source
from lamplighter.studies.answers import MeasureAnswer, Point

POINT_COLUMNS = (
    "measure", "definition", "area", "unit", "layer", "period", "value", "numerator", "denominator",
    "low", "high", "immature", "centre", "lower_limit", "upper_limit",
)  # fmt: skip

PROMISE_COLUMNS = (
    "id", "version", "kind", "title", "owner", "due_from", "due_to", "evidence", "evidence_rule",
    "evidence_because", "delivery", "delivery_rule", "delivery_because", "overridden", "last_change",
    "days_since_change", "figures", "measures",
)  # fmt: skip
SIGNAL_COLUMNS = (
    "measure", "title", "unit", "rule", "rule_words", "since", "until", "side", "effect", "effect_low",
    "effect_high", "effect_percent", "compared_with",
)  # fmt: skip


def as_csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV. Unknown is an empty cell; a whole number has no `.0`; a cell that a spreadsheet would run is quoted."""
    return _written(heads, ([_cell(each) for each in row] for row in rows))


def _written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    """Text that begins like a formula gets a leading apostrophe, so that opening a download never runs it."""
    if (
        value is None
    ):  # this and the next three are most cells of a measure: the general way would take four times as long
        return ""
    if value is False:
        return "no"
    if type(value) is float:
        return str(int(value)) if value.is_integer() else repr(round(value, 10))
    if type(value) is str and value[:1].isdigit() and "\r" not in value:
        return value
    text = format_cell(value)
    return kept_from_running(text) if isinstance(value, str | tuple) else text


def measure_csv(measure: MeasureAnswer) -> bytes:
    """Every point of a measure: first the series (layer empty), with its limits, then each layer."""
    limits = limits_by_period(measure)
    card = f"{measure.definition_id} v{measure.definition_version}"
    head = [_cell(each) for each in (measure.id, card, measure.area, measure.unit)]  # once, not once a row
    rows = [
        [*head, "", *_point(each), *(_cell(limit) for limit in limits.get(each.period, (None, None, None)))]
        for each in measure.points
    ]
    for layer in measure.layers:
        name = _cell(layer.name)
        rows += [[*head, name, *_point(each), "", "", ""] for each in layer.points]
    return _written(POINT_COLUMNS, rows)


def _point(point: Point) -> list[str]:
    parts = (point.period, point.value, point.numerator, point.denominator, point.low, point.high, point.immature)
    return [_cell(each) for each in parts]


def limits_by_period(measure: MeasureAnswer) -> dict[str, tuple[float, float, float]]:
    """Centre, lower and upper limit of each period that lies in a phase."""
    found: dict[str, tuple[float, float, float]] = {}
    for phase in measure.phases:
        inside = [each.period for each in measure.points if phase.first <= each.period <= phase.last]
        found.update(zip(inside, zip(phase.centre, phase.lower, phase.upper, strict=False), strict=False))
    return found


def promises_csv(book: Book) -> bytes:
    """Each promise in a row: what it is and where it stands on both axes, with the rule and its words."""
    rows = [
        (
            each.promise.id, each.promise.version, each.promise.kind, each.promise.title, each.promise.owner,
            each.promise.due_from, each.promise.due_to, each.evidence.answer, each.evidence.rule,
            each.evidence.because, each.delivery.answer, each.delivery.rule, each.delivery.because,
            bool(each.evidence.override or each.delivery.override), each.last_change, each.days_since_change,
            tuple(figure.id for figure in each.figures), each.measure_ids,
        )
        for each in book.standings
    ]  # fmt: skip
    return as_csv_bytes(PROMISE_COLUMNS, rows)


def numbers_csv(numbers: Mapping[str, Number]) -> bytes:
    """Every number that is printed anywhere, with its parts, unit, definition and source."""
    heads = tuple(Number.__dataclass_fields__)
    return as_csv_bytes(heads, ([getattr(each, head) for head in heads] for _, each in sorted(numbers.items())))


def definitions_csv(cards: Mapping[str, Card]) -> bytes:
    """Every definition card, one a row."""
    heads = tuple(each.name for each in columns_of(Card))
    return as_csv_bytes(heads, ([getattr(each, head) for head in heads] for _, each in sorted(cards.items())))


def sources_csv(sources: Mapping[str, Source]) -> bytes:
    """Every source, one a row, whether or not a figure was read in it."""
    heads = tuple(each.name for each in columns_of(Source))
    return as_csv_bytes(heads, ([getattr(each, head) for head in heads] for _, each in sorted(sources.items())))


def signals_csv(book: Book) -> bytes:
    """Every signal of every measure, with the rule, the months and the effect with its interval."""
    rows = [
        (
            measure.id, measure.title, measure.unit, each.rule, each.rule_words, each.since, each.until, each.side,
            each.effect, each.effect_low, each.effect_high, each.effect_percent, each.compared_with,
        )
        for measure in book.measures.values()
        for each in measure.signals
    ]  # fmt: skip
    return as_csv_bytes(SIGNAL_COLUMNS, rows)
