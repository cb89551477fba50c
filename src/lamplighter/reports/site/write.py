"""Write the site beside its place, whole, then swap it in: a reader never meets half a site, and no file of hers is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lamplighter.errors import InputError
from lamplighter.plan.book import Book
from lamplighter.plan.cells import KEPT_BY_WINDOWS
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.reports import tables
from lamplighter.reports.area_tables import areas_csv
from lamplighter.reports.built import asset_folder, comparing_css, dress_of
from lamplighter.reports.changed_figures import corrections_csv, revisions_csv
from lamplighter.reports.comparing.in_site import HeldComparison, files_in_site
from lamplighter.reports.data_xlsx import made_from_tables
from lamplighter.reports.replacing import MARKER, check_may_replace, marker_of, remove, swap_in
from lamplighter.reports.running_tables import running_files
from lamplighter.reports.site.drawing import ChartMaker, Drawn, charts_of, draw
from lamplighter.reports.site.rendering import rendered
from lamplighter.schema import OnProgress, tell_nobody


@dataclass(frozen=True, kw_only=True)
class SiteDone:
    """What was written: pages, all files, and how many charts were drawn or came from the cache."""

    pages: int
    files: int
    charts_drawn: int
    charts_cached: int


def write_site(
    book: Book,
    out: Path,
    *,
    cache: Path | None = None,
    on_progress: OnProgress = tell_nobody,
    extra_files: Mapping[str, bytes | Path] | None = None,
    charts: ChartMaker | None = None,
    release: ReleaseLabel | None = None,
    comparison: HeldComparison | None = None,
) -> SiteDone:
    """Write the whole static site of a book to a folder, replacing an earlier site of ours there.

    cache: a folder for drawn charts and compiled templates, or None. extra_files: further files by their path in the
    site (plan.json, report.pdf): bytes, or a file to copy. charts: who draws, the shipped charts unless a
    test says otherwise. on_progress counts charts. release: what it is built for; a working copy if None. comparison: two
    versions held side by side, which then stand in the site.
    The bytes depend on the book, the extra files and the program only, never on the clock or the time zone.
    Raises InputError, naming the mend, if OUT is not a site of ours, holds files that we did not write, or if two
    records want the same file name; PartMissing if the assets or the charts are not installed. OUT is then untouched.
    """
    target = out.resolve()
    check_may_replace(target)
    dress = asset_folder()
    pictures = draw(book, charts or charts_of(cache), on_progress)
    extra = dict(extra_files or {})
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.writing")
    remove(fresh)
    fresh.mkdir()
    written: dict[str, str] = {}
    try:
        pages = 0
        mark = (dress / "lamp.svg").read_text(encoding="utf-8").strip()
        data = dict(data_files(book, pictures, release))  # first: pages say how large a download is
        data |= made_from_tables({path: data[path] for path in data if path.endswith(".csv")}, book, release)
        for path, content in rendered(
            book,
            pictures,
            files=_sizes({**data, **extra}),
            mark=mark,
            cache=cache,
            release=release,
            comparison=comparison,
        ):
            _write(fresh, path, content, written)
            pages += 1
        for path, content in data.items():
            _write(fresh, path, content, written)
        for path, given in extra.items():
            _write(fresh, path, given if isinstance(given, bytes) else given.read_bytes(), written)
        for path, content in dress_of(dress):
            _write(fresh, path, content, written)
        if comparison is not None:
            for path, content in (*files_in_site(comparison), comparing_css()):
                _write(fresh, path, content, written)
        _write(fresh, MARKER, marker_of(written.values()), written)
        swap_in(fresh, target)
    except BaseException:
        remove(fresh)
        raise
    return SiteDone(pages=pages, files=len(written), charts_drawn=pictures.drawn, charts_cached=pictures.cached)


def data_files(book: Book, drawn: Drawn, release: ReleaseLabel | None = None) -> Iterator[tuple[str, bytes]]:
    """The downloads: one CSV and one picture a measure, and the tables of the whole book."""
    for measure in book.measures.values():
        yield f"measures/{measure.id}.csv", tables.measure_csv(measure)
    for measure_id, svg in drawn.charts.items():
        yield f"measures/{measure_id}.svg", svg.encode("utf-8")
    for comparison in book.areas:
        yield f"{comparison.id}.csv", areas_csv(comparison)
    for comparison_id, (svg, _) in drawn.areas.items():
        yield f"{comparison_id}.svg", svg.encode("utf-8")
    yield "promises.csv", tables.promises_csv(book)
    yield "figures.csv", tables.numbers_csv(book.numbers)
    yield "definitions.csv", tables.definitions_csv(book.cards)
    yield "sources.csv", tables.sources_csv(book.sources)
    yield "signals.csv", tables.signals_csv(book)
    yield from running_files(book)
    yield "corrections.csv", corrections_csv(book, release)
    if book.revisions:
        yield "revisions.csv", revisions_csv(book, release)


def _sizes(files: Mapping[str, bytes | Path]) -> dict[str, int]:
    """How many bytes each has, so that a reader knows before she loads it."""
    return {name: len(each) if isinstance(each, bytes) else each.stat().st_size for name, each in sorted(files.items())}


def _write(folder: Path, path: str, content: bytes, written: dict[str, str]) -> None:
    """One file. Names that differ only in capitals, or that Windows keeps for itself, would lose a page: refuse them."""
    names = path.split("/")
    if any(
        part in ("", ".", "..") or part.split(".")[0].casefold() in KEPT_BY_WINDOWS for part in names if part != MARKER
    ):
        raise InputError(
            f"A record's id would make the file {path!r}, which not every computer can hold. Rename the id."
        )
    place = folder.joinpath(*names)
    if path.casefold() in written:
        raise InputError(f"Two records would make the file {path!r} (capitals don't count). Rename one of the ids.")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    written[path.casefold()] = path
