"""`lamplighter plan build`: from a plan folder and a workspace to a finished site, or to the sentence that nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lamplighter.plan.loading import STEPS, book_of
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.plan.text import read_text
from lamplighter.reports import receipt
from lamplighter.reports.comparing.in_site import read_comparison, with_digest
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
    release: ReleaseLabel | None = None,
    comparison: Path | None = None,
    on_progress: OnProgress = tell_nobody,
) -> BuildDone:
    """Writes the site and every edition of it (plan.json, its schema, the report, the brief) into OUT, whole or not at all.

    release: the release that it is built for, which every page then names; None makes a working copy, and says so.
    comparison: a folder that `plan compare` wrote, which then stands in the site.
    """
    check_may_replace(out.resolve())  # before the work of minutes, not after it
    own_text = read_text(text) if text else None
    held = read_comparison(comparison) if comparison else None
    key = receipt.key(folder, workspace, as_of, own_text, release, comparison=held.digest if held else None)
    standing = receipt.standing(out, key)
    if standing is not None:
        pages = sum(1 for name in standing if name.endswith(".html"))
        return BuildDone(pages=pages, files=len(standing), unchanged=True)
    from lamplighter.plan.plan_json import plan_json
    from lamplighter.reports.editions import editions
    from lamplighter.reports.site import write_site

    book = book_of(folder, workspace=workspace, as_of=as_of, own_text=own_text, tell=on_progress)
    book = with_digest(book, held)
    cache_folder = workspace / "cache" / "charts" if workspace else None
    on_progress("writing the report", 3, STEPS)
    done = write_site(
        book,
        out,
        cache=cache_folder,
        extra_files=editions(book, plan_json(book), cache=cache_folder),
        release=release,
        comparison=held,
        on_progress=on_progress,
    )
    receipt.write(out, key)
    return BuildDone(
        pages=done.pages, files=done.files, charts_drawn=done.charts_drawn, charts_cached=done.charts_cached
    )
