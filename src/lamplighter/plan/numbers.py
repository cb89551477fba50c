"""Every number that is printed anywhere, under one id, with its parts, unit, definition and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from lamplighter import definitions
from lamplighter.plan.book import Number
from lamplighter.plan.records.showing import Card, Figure, Source
from lamplighter.schema import NOT_STATED, day_words
from lamplighter.studies.answers import MeasureAnswer


def from_figure(figure: Figure, cards: Mapping[str, Card], sources: Mapping[str, Source]) -> Number:
    """A figure of the plan folder as a printed number."""
    card = cards.get(figure.definition_id or "")
    source = sources.get(figure.source_id or "")
    has_interval = figure.interval_low is not None and figure.interval_high is not None
    survey = figure.base is not None or has_interval
    return Number(
        id=figure.id,
        label=figure.label or figure.id,
        value=figure.value,
        numerator=figure.value if figure.denominator is not None else None,
        denominator=figure.denominator,
        denominator_words=figure.denominator_label or NOT_STATED,
        unit=figure.unit or "",
        definition=f"{card.id} v{card.version}: {card.name}" if card else "no definition",
        source=(source.title or source.id) if source else "no source",
        as_of=day_words(figure.as_of) if figure.as_of else (figure.as_of_words or "date not known"),
        low=figure.interval_low,
        high=figure.interval_high,
        interval_words="" if has_interval or not survey else "interval unknown",
        qualifier="" if figure.qualifier in (None, "exactly") else str(figure.qualifier),
        status=figure.status or "",
        note=figure.note or "",
    )


def from_measure(answer: MeasureAnswer) -> Iterable[Number]:
    """The numbers that a measure's summary states."""
    for each in answer.stated:
        yield Number(
            id=f"{answer.id}.{each.key}",
            label=each.label,
            value=each.value,
            numerator=each.numerator,
            denominator=each.denominator,
            denominator_words=each.denominator_words or ("n/a: a count" if each.denominator is None else ""),
            unit=each.unit,
            definition=f"{answer.definition_id} v{answer.definition_version}",
            source=f"worked out here from {', '.join(name for name, _ in answer.provenance.files) or 'the workspace'}",
            as_of=each.period,
            low=each.low,
            high=each.high,
            interval_words=each.interval_words,
            status="worked out",
        )


def national_numbers(*, as_of: date) -> list[Number]:
    """The shipped pack of national figures that were published by a day, each with its source and status.

    An interval not read is unknown, not nil.
    """
    return [
        Number(
            id=row["id"],
            label=row["label"],
            value=float(row["value"]),
            numerator=None,
            denominator=float(row["denominator"]) if row["denominator"] else None,
            denominator_words=row["denominator_label"] or NOT_STATED,
            unit=row["unit"],
            definition=row["definition"],
            source=row["source"],
            as_of=f"{row['as_of_words']}, {row['area']}",
            low=float(row["interval_low"]) if row["interval_low"] else None,
            high=float(row["interval_high"]) if row["interval_high"] else None,
            interval_words="" if row["interval_low"] else "interval unknown",
            qualifier="" if row["qualifier"] == "exactly" else row["qualifier"],
            status=row["status"],
            note=row["note"],
        )
        for row in definitions.rows("national_figures.csv")
        if date.fromisoformat(row["known_from"]) <= as_of
    ]


def counted(
    number_id: str, label: str, count: int, total: int, unit: str, *, source: str, as_of: str, definition: str
) -> Number:
    """A count of records out of all such records: what the plan's own first sentences are made of."""
    return Number(
        id=number_id,
        label=label,
        value=count,
        numerator=count,
        denominator=total,
        denominator_words=unit,
        unit=unit,
        definition=definition,
        source=source,
        as_of=as_of,
        status="worked out",
    )
