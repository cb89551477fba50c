"""How the plan is run: recommendations, training, posts, money and people, bodies outside, and the national framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lamplighter.plan.book import Book, Standing
from lamplighter.plan.running.answers import Running, Unnamed
from lamplighter.reports.running_tables import running_files
from lamplighter.reports.site.pages import Page, Pages

PATH = "how-it-is-run.html"
MOST_SHOWN = 60  # of each list: all of a plan of some hundred promises; every record stands on its promise's page too
FILES = {
    "recommendations": "recommendations.csv",
    "training": "training.csv",
    "posts": "posts.csv",
    "resources": "resources.csv",
    "dependencies": "dependencies.csv",
}


@dataclass(frozen=True, kw_only=True)
class RunningPage:
    """What the page shows: the answers, what is named nowhere by version, and which tables can be downloaded.

    running: the first of each list. more: how many more of it there are, and where, by list; nothing where all are shown.
    """

    running: Running
    more: Mapping[str, str]
    crossed: Mapping[str, int]
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
    shown, more = _first_of(book.running)
    yield Page(
        path=PATH,
        template="how-it-is-run.html",
        title="How the plan is run",
        nav="plan",
        content=RunningPage(
            running=shown,
            more=more,
            crossed={each.part: len(each.crossings) for each in book.running.framework},
            unnamed={key: _by_version(book, key) for key in ("money", "people", "others", "framework")},
            titles={each.promise.id: each.promise.title or each.promise.id for each in book.standings},
            files=tuple(path for path, _ in running_files(book)),
        ),
    )


def _first_of(running: Running) -> tuple[Running, dict[str, str]]:
    """The first of each list, as many as a page holds, and how many more there are in which download."""
    cut: dict[str, Any] = {name: getattr(running, name)[:MOST_SHOWN] for name in (*FILES, "sums")}
    cut["framework"] = tuple(replace(each, crossings=each.crossings[:MOST_SHOWN]) for each in running.framework)
    more = {
        name: _more(len(getattr(running, name)), where) for name, where in (*FILES.items(), ("sums", "figures.csv"))
    }
    more |= {each.part: _more(len(each.crossings), "crosswalk.csv") for each in running.framework}
    return replace(running, **cut), more


def _more(count: int, where: str) -> str:
    return f"The first {MOST_SHOWN} of {count:,} are here. All of them: {where}." if count > MOST_SHOWN else ""


def _by_version(book: Book, key: str) -> tuple[tuple[str, tuple[Unnamed, ...]], ...]:
    return tuple(
        (version.title, found)
        for version in book.versions
        if (found := tuple(each for each in book.running.unnamed if (each.version, each.lacking) == (version.id, key)))
    )


def running_of_promise(book: Book, standing: Standing) -> Running:
    """How one promise is run."""
    return book.running.of_promise(standing.promise.id, frozenset(each.id for each in standing.figures))
