"""Which recent numbers of a release may still be revised, but are not marked so?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lamplighter.plan.book import Book
from lamplighter.plan.releases.findings import Found
from lamplighter.schema import month_number, month_text
from lamplighter.studies.answers import MeasureAnswer

IMMATURE_MONTHS = 2
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")


def immature_unmarked(book: Book) -> Iterator[Found]:
    """Numbers that reach into the last two months of the tables without a mark.

    A count of such a month blocks the release. A sum over several months, in which the immature ones are a small part, is a
    warning: one a definition, so that thirty boroughs are not accepted one by one.
    """
    months = [
        month_number(point.period)
        for each in book.measures.values()
        for point in each.points
        if _is_month(point.period)
    ]
    if not months:
        return
    mature = max(months) - IMMATURE_MONTHS
    sums: dict[str, list[MeasureAnswer]] = {}
    for each in book.measures.values():
        unmarked = [
            point.period
            for point in (*each.points, *(point for layer in each.layers for point in layer.points))
            if not point.immature and point.value is not None and (_ends(point.period) or 0) > mature
        ]
        if unmarked and each.statistic.startswith("rolling"):
            sums.setdefault(each.definition_id, []).append(each)
        elif unmarked:
            message = (
                f"{each.id} shows {min(unmarked)} as final, but months after {month_text(mature)} may still be revised. "
                "Mark them as immature, or end it earlier."
            )
            yield Found(about=each.id, name="immature period unmarked", message=message, serious=True)
    for definition, found in sorted(sums.items()):
        message = (
            f"The last sums of {definition} (in {len(found)} measures) hold months after {month_text(mature)}, which may still "
            "be revised, without a mark. Mark them, or accept it and say why."
        )
        yield Found(about=definition, name="immature months in a sum", message=message)


def _is_month(period: str) -> bool:
    return _MONTH.fullmatch(period) is not None


def _ends(period: str) -> int | None:
    """The last month that a period covers: a month itself, or the December of a year; None for anything else."""
    if _is_month(period):
        return month_number(period)
    return month_number(f"{period}-12") if _YEAR.fullmatch(period) else None
