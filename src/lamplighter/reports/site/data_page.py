"""The page of a release that tells how its data changed: version by version, what was removed, added and changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lamplighter.errors import listed
from lamplighter.plan.book import Book
from lamplighter.plan.releases.data_changes import (
    ADDED,
    CHANGED,
    CHANGELOG_PAGE,
    FIRST,
    MAJOR,
    MINOR,
    NOTHING,
    PATCH,
    REMOVED,
    DataChange,
    DataRelease,
)
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.reports.built import asset_folder
from lamplighter.reports.site.pages import HOME, Page
from lamplighter.reports.site.rendering import rendered_alone
from lamplighter.schema import number_words, period_words

LEVEL_WORDS = {
    FIRST: "The first data that were published.",
    MAJOR: "A major version: something was taken out or is called otherwise, so what reads these data may have to change.",
    MINOR: "A minor version: something was added, and nothing taken out.",
    PATCH: "A patch: the same tables with other values.",
    NOTHING: "The same data as in the release before.",
}
_ONE_MANY = {
    "table": ("table", "tables"),
    "column": ("column", "columns"),
    "measure": ("measure", "measures"),
    "area": ("area", "areas"),
    "part": ("part of a breakdown", "parts of a breakdown"),
    "period": ("period", "periods"),
    "record": ("record", "records"),
    "field": ("field", "fields"),
    "schema": ("schema", "schemas"),
    "value": ("row with other values", "rows with other values"),
}
_MOST = 6


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line: what was done, to how many of what, and where."""

    what: str
    things: str
    where: str


@dataclass(frozen=True, kw_only=True)
class ToldRelease:
    """One release's data as the page tells them: counts first, then every change."""

    release: DataRelease
    words: str
    counts: tuple[tuple[str, str], ...]
    lines: tuple[Told, ...]


def data_page(book: Book, label: ReleaseLabel, log: Sequence[DataRelease]) -> bytes:
    """The page's bytes; log: the changelog of all releases up to this one. Raises PartMissing without the built assets."""
    mark = (asset_folder() / "lamp.svg").read_text(encoding="utf-8").strip()
    page = Page(
        path=CHANGELOG_PAGE,
        template="data-changes.html",
        title="How the data changed, release by release",
        nav="downloads",
        trail=(HOME, ("Downloads", "downloads.html")),
        content=tuple(_told(each) for each in reversed(log)),
    )
    return rendered_alone(page, book, mark=mark, release=label)


def _told(release: DataRelease) -> ToldRelease:
    counts = tuple(
        (
            what.capitalize() if what == REMOVED else what,
            number_words(sum(each.count for each in release.changes if each.what == what)),
        )
        for what in (REMOVED, ADDED, CHANGED)
    )
    return ToldRelease(
        release=release,
        words=LEVEL_WORDS[release.level],
        counts=counts if release.changes else (),
        lines=tuple(_line(each) for each in release.changes),
    )


def _line(change: DataChange) -> Told:
    one, many = _ONE_MANY[change.kind]
    # forty measures that each got the same month got one period, not forty
    count = len(change.names) if change.names and change.kind != "schema" else change.count
    things = f"{number_words(count)} {one if count == 1 else many}"
    if change.kind == "schema":
        things = f"the schema, from version {' to '.join(change.names)}"
    elif change.names:
        named = [period_words(each) if change.kind == "period" else each for each in change.names]
        things += f": {listed(named, most=_MOST)}"
    return Told(what=change.what, things=things, where=listed(change.of, most=_MOST))
