"""Write the comparison into a folder: the page with its dress, the tracked document, the data and its schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lamplighter.plan.comparing.changes import Comparison
from lamplighter.plan.comparing.comparison_json import comparison_json, comparison_json_schema
from lamplighter.plan.comparing.following import Followed
from lamplighter.plan.plan_json import as_bytes
from lamplighter.reports.built import asset_folder, comparing_css, dress_of
from lamplighter.reports.comparing.docx import comparison_docx
from lamplighter.reports.comparing.in_site import DOWNLOADS
from lamplighter.reports.comparing.page import comparison_page, view_of
from lamplighter.reports.replacing import MARKER, check_may_replace, marker_of, remove, swap_in

PAGE = "comparison.html"


def write_comparison(
    comparison: Comparison, followed: Sequence[Followed], out: Path, *, assets: Path | None = None
) -> tuple[str, ...]:
    """Writes the comparison whole, or leaves OUT as it was; returns the files' names. The same bytes for the same inputs.

    assets: the folder of built assets, the shipped one if not given. Raises InputError if OUT holds files that we did not
    write, and PartMissing if the assets are not installed.
    """
    target = out.resolve()
    check_may_replace(target)
    dress = assets or asset_folder()
    written = dict(_files(comparison, followed, dress))
    written[MARKER] = marker_of(written)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.writing")
    remove(fresh)
    try:
        for name, content in written.items():
            place = fresh.joinpath(*name.split("/"))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        swap_in(fresh, target)
    finally:
        remove(fresh)
    return tuple(name for name in written if "/" not in name and name != MARKER)


def _files(comparison: Comparison, followed: Sequence[Followed], dress: Path) -> Iterator[tuple[str, bytes]]:
    mark = (dress / "lamp.svg").read_text(encoding="utf-8").strip()
    yield PAGE, comparison_page(view_of(comparison, followed, files=DOWNLOADS), mark=mark).encode("utf-8")
    yield "comparison.docx", comparison_docx(comparison)
    yield "comparison.json", as_bytes(comparison_json(comparison, followed))
    yield "comparison.schema.json", as_bytes(comparison_json_schema())
    yield from dress_of(dress)
    yield comparing_css()
