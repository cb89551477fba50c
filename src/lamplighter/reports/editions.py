"""Every document that lies beside the site for download: each is a line here, and made from the same worked-out plan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lamplighter.plan.book import Book


def editions(book: Book, told: Mapping[str, Any], *, cache: Path | None) -> dict[str, bytes]:
    """The documents by their path in the site. told: plan.json of the book; cache: a folder for drawn charts, or None.

    The same book gives the same bytes. Raises PartMissing if what sets or draws them is not installed, and what they raise.
    """
    from lamplighter.plan.plan_json import as_bytes, plain
    from lamplighter.plan.published import plan_json_schema
    from lamplighter.reports.brief import brief_pdf
    from lamplighter.reports.docx import report_docx
    from lamplighter.reports.pdf import report_pdf

    charts = report_charts(book, cache)
    return {
        "plan.json": as_bytes(told),
        "plan.schema.json": as_bytes(plan_json_schema()),
        "report.pdf": report_pdf(told, charts=charts)[0],
        "report.docx": report_docx(told, charts=charts),
        "brief.pdf": brief_pdf(told, calendar=plain(book.plan.of("release_calendar"))),
    }


def report_charts(book: Book, cache: Path | None) -> Mapping[str, str]:
    """The charts that the report shows: those of measures that a promise names, and pairs, which are only drawn together."""
    from lamplighter.reports.charts import chart_svg, pair_svg

    wanted = {each for standing in book.standings for each in standing.measure_ids}
    charts = {each: chart_svg(book.measures[each], cache=cache) for each in sorted(wanted)}
    pairs = {f"pair:{each.id}": pair_svg(each, book.measures[each.measure_id], cache=cache) for each in book.pairs}
    return {**charts, **pairs}
