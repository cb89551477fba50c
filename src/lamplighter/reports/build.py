"""`lamplighter plan build`: from a plan folder and a workspace to a finished site, or to the sentence that nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from lamplighter.plan.book import Book
from lamplighter.plan.loading import STEPS, book_of
from lamplighter.plan.text import read_text
from lamplighter.reports import receipt
from lamplighter.reports.replacing import check_may_replace
from lamplighter.schema import OnProgress, tell_nobody


@dataclass(frozen=True, kw_only=True)
class BuildDone:
    """What a build wrote; `unchanged` when the site was already what it would be."""

    pages: int
    files: int
    charts_drawn: int = 0
    charts_cached: int = 0
    unchanged: bool = False


def build_site(
    folder: Path,
    *,
    out: Path,
    workspace: Path | None,
    as_of: date | None = None,
    text: Path | None = None,
    on_progress: OnProgress = tell_nobody,
) -> BuildDone:
    """Writes the site, plan.json, its schema and the report into OUT, whole or not at all."""
    check_may_replace(out.resolve())  # before the work of minutes, not after it
    own_text = read_text(text) if text else None
    key = receipt.key(folder, workspace, as_of, own_text)
    standing = receipt.standing(out, key)
    if standing is not None:
        pages = sum(1 for name in standing if name.endswith(".html"))
        return BuildDone(pages=pages, files=len(standing), unchanged=True)
    from lamplighter.plan.plan_json import as_bytes, plan_json
    from lamplighter.plan.published import plan_json_schema
    from lamplighter.reports.pdf import write_report
    from lamplighter.reports.site import write_site

    book = book_of(folder, workspace=workspace, as_of=as_of, own_text=own_text, tell=on_progress)
    told = plan_json(book)
    cache_folder = workspace / "cache" / "charts" if workspace else None
    on_progress("writing the report", 3, STEPS)
    with TemporaryDirectory(prefix="lamplighter-") as part:
        report = Path(part) / "report.pdf"
        write_report(told, charts=_report_charts(book, cache_folder), out=report)
        extra: dict[str, bytes | Path] = {
            "plan.json": as_bytes(told),
            "plan.schema.json": as_bytes(plan_json_schema()),
            "report.pdf": report.read_bytes(),
        }
        done = write_site(
            book,
            out,
            cache=cache_folder,
            extra_files=extra,
            on_progress=on_progress,
        )
    receipt.write(out, key)
    return BuildDone(
        pages=done.pages, files=done.files, charts_drawn=done.charts_drawn, charts_cached=done.charts_cached
    )


def _report_charts(book: Book, cache_folder: Path | None) -> Mapping[str, str]:
    """The charts that the report shows: those of measures that a promise names, and pairs, which are only drawn together."""
    from lamplighter.reports.charts import chart_svg, pair_svg

    wanted = {each for standing in book.standings for each in standing.measure_ids}
    charts = {each: chart_svg(book.measures[each], cache=cache_folder) for each in sorted(wanted)}
    pairs = {
        f"pair:{each.id}": pair_svg(each, book.measures[each.measure_id], cache=cache_folder) for each in book.pairs
    }
    return {**charts, **pairs}
