"""How the plan is run: recommendations, training, posts, money and people, bodies outside, and the national framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lamplighter.plan.book import Book, Standing
from lamplighter.plan.running.answers import Running, Unnamed
from lamplighter.reports.running_tables import running_files
from lamplighter.reports.site.pages import Page, Pages

PATH = "how-it-is-run.html"


@dataclass(frozen=True, kw_only=True)
class RunningPage:
    """What the page shows: the answers, what is named nowhere by version, and which tables can be downloaded."""

    running: Running
    unnamed: Mapping[str, tuple[tuple[str, tuple[Unnamed, ...]], ...]]
    titles: Mapping[str, str]
    files: tuple[str, ...]

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """The headings of the page, for its list of contents."""
        return (
            ("recommendations", "What reviews told the promiser to do"),
            ("training", "Training that still holds"),
            ("posts", "Posts: announced, established, filled, deployable"),
            ("sums", "Figures and their parts"),
            ("resources", "Money and people"),
            ("others", "What others must do"),
            ("framework", "Beside the national framework"),
        )


def running_pages(book: Book) -> Pages:
    """The page of how the whole plan is run."""
    yield Page(
        path=PATH,
        template="how-it-is-run.html",
        title="How the plan is run",
        nav="plan",
        content=RunningPage(
            running=book.running,
            unnamed={key: _by_version(book, key) for key in ("money", "people", "others", "framework")},
            titles={each.promise.id: each.promise.title or each.promise.id for each in book.standings},
            files=tuple(path for path, _ in running_files(book)),
        ),
    )


def _by_version(book: Book, key: str) -> tuple[tuple[str, tuple[Unnamed, ...]], ...]:
    return tuple(
        (version.title, found)
        for version in book.versions
        if (found := tuple(each for each in book.running.unnamed if (each.version, each.lacking) == (version.id, key)))
    )


def running_of_promise(book: Book, standing: Standing) -> Running:
    """How one promise is run."""
    return book.running.of_promise(standing.promise.id, frozenset(each.id for each in standing.figures))
