"""Which recent numbers of a release may still be revised, but are not marked so?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lamplighter.errors import listed
from lamplighter.plan.book import Book
from lamplighter.plan.releases.findings import Found
from lamplighter.schema import month_number, month_text

IMMATURE_MONTHS = 2
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")


def immature_unmarked(book: Book) -> Iterator[Found]:
    """Numbers that reach into the last two months of the tables, or beyond them, without a mark.

    A number of such a month, or of a year that is not over, blocks the release. A longer period that is over and holds such a
    month among others is a warning: one a definition, so that thirty boroughs are not accepted one by one.
    """
    measures = book.measures.values()
    months = [month_number(point.period) for each in measures for point in each.points if _is_month(point.period)]
    if not months:
        return
    newest, mature = max(months), max(months) - IMMATURE_MONTHS
    longer: dict[str, list[str]] = {}
    for each in measures:
        rolling = each.statistic.startswith("rolling")
        unmarked = {
            point.period: end
            for point in (*each.points, *(point for layer in each.layers for point in layer.points))
            if not point.immature and point.value is not None and (end := _ends(point.period) or 0) > mature
        }
        young = [period for period, end in unmarked.items() if end > newest or (_is_month(period) and not rolling)]
        if young:
            message = (
                f"{each.id} shows {min(young)} as final, but months after {month_text(mature)} may still be revised. "
                "Mark them as immature, or end it earlier."
            )
            yield Found(about=each.id, name="immature period unmarked", message=message, serious=True)
        elif unmarked:
            longer.setdefault(each.definition_id, []).append(each.id)
    for definition, found in sorted(longer.items()):
        message = (
            f"The last numbers of {definition} ({listed(found, most=3)}) cover months after {month_text(mature)} among others, "
            "which may still be revised, and are not marked. Accept it and say why, or end them earlier."
        )
        yield Found(about=definition, name="immature months in a longer period", message=message)


def _is_month(period: str) -> bool:
    return _MONTH.fullmatch(period) is not None


def _ends(period: str) -> int | None:
    """The last month that a period covers: a month itself, or the December of a year; None for anything else."""
    if _is_month(period):
        return month_number(period)
    return month_number(f"{period}-12") if _YEAR.fullmatch(period) else None
