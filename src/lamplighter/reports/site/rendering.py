"""From a page to its bytes: one Jinja environment, autoescaped, that refuses a name it does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from markupsafe import Markup

from lamplighter.plan.book import Book
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.reports.comparing.in_site import HeldComparison, changes_of_promises, page_in_site
from lamplighter.reports.site.area_pages import area_links, area_pages
from lamplighter.reports.site.drawing import Drawn
from lamplighter.reports.site.formats import day
from lamplighter.reports.site.former_pages import former_pages
from lamplighter.reports.site.ground_pages import ground_pages
from lamplighter.reports.site.measure_pages import OUTSIDE, has_places, measure_pages
from lamplighter.reports.site.pages import Frame, Page, chart_words, is_made_up, links_of, run_digest
from lamplighter.reports.site.plan_pages import plan_pages
from lamplighter.reports.site.profile_pages import profile_pages
from lamplighter.reports.site.releasing_pages import Corrected, corrected, releasing_pages
from lamplighter.reports.site.running_pages import running_pages
from lamplighter.reports.site.templating import templates_of

NAV = (
    ("plan", "The plan", "index.html"),
    ("measures", "Measures", "measures.html"),
    ("changed", "What changed", "what-changed.html"),
    ("cannot", "What can’t be shown", "cannot-show.html"),
    ("how", "How we know", "how-we-know.html"),
    ("downloads", "Downloads", "downloads.html"),
)
MORE = (
    ("About", "about.html"),
    ("Objectives", "objectives.html"),
    ("The text’s numbers", "numbers.html"),
    ("What became of each promise", "versions.html"),
    ("How the plan is run", "how-it-is-run.html"),
    ("Definitions", "definitions.html"),
    ("Sources", "sources.html"),
    ("Rules", "rules.html"),
    ("Method", "method.html"),
    ("Releases", "releases.html"),
    ("Corrections", "corrections.html"),
    ("Accessibility", "accessibility.html"),
)


def environment(cache: Path | None) -> Environment:
    """The templates, compiled once and kept in the cache folder if there is one."""
    compiled = None
    if cache is not None:
        folder = cache / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        compiled = FileSystemBytecodeCache(str(folder))
    return templates_of("lamplighter.reports.site", "lamplighter.reports.comparing", compiled=compiled)


def frame_of(book: Book, files: Mapping[str, int], mark: str) -> Frame:
    """What stands around every page of this book."""
    return Frame(
        plan_title=book.plan.header.title,
        body=book.plan.header.body,
        as_of=day(book.as_of),
        run=run_digest(book),
        made_up=is_made_up(book),
        has_places=has_places(book),
        files=files,
        mark=Markup(mark),  # noqa: S704 (a built asset of ours)
    )


def pages_of(book: Book, drawn: Drawn, found: Corrected, comparison: HeldComparison | None = None) -> Iterator[Page]:
    """Every page of the site, in the order of a reader's way through it."""
    yield from plan_pages(book, drawn)
    yield from former_pages(book)
    if comparison is not None:
        yield page_in_site(comparison, book)
    yield from profile_pages(book)
    yield from running_pages(book)
    yield from measure_pages(book, drawn)
    yield from area_pages(book, drawn)
    yield from ground_pages(book)
    yield from releasing_pages(book, found)


def rendered(
    book: Book,
    drawn: Drawn,
    *,
    files: Mapping[str, int],
    mark: str,
    cache: Path | None,
    release: ReleaseLabel | None = None,
    comparison: HeldComparison | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Each page's path and bytes: UTF-8, LF, the same for the same book, release and comparison."""
    found = corrected(book, release)
    made = _dressed(book, drawn, found, files=files, mark=mark, cache=cache, release=release, comparison=comparison)
    for page in pages_of(book, drawn, found, comparison):
        text = made.get_template(page.template).render(page=page, root=page.root)
        yield page.path, text.encode("utf-8")


def rendered_alone(page: Page, book: Book, *, mark: str, release: ReleaseLabel) -> bytes:
    """One page that is made after the others, because it tells of them."""
    made = _dressed(book, Drawn(), corrected(book, release), files={}, mark=mark, cache=None, release=release)
    return made.get_template(page.template).render(page=page, root=page.root).encode("utf-8")


def _dressed(
    book: Book,
    drawn: Drawn,
    found: Corrected,
    *,
    files: Mapping[str, int],
    mark: str,
    cache: Path | None,
    release: ReleaseLabel | None,
    comparison: HeldComparison | None = None,
) -> Environment:
    """The templates with everything that any of them asks for."""
    made = environment(cache)
    made.globals.update(
        book=book,
        drawn=drawn,
        frame=frame_of(book, files, mark),
        links=links_of(book),
        nav=NAV,
        more=MORE,
        outside_words=OUTSIDE,
        area_links=area_links(book),
        chart_words=chart_words,
        release=release,
        corrected=found,
        comparison=comparison,
        compared=changes_of_promises(book, comparison),
    )
    return made
