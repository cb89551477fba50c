"""The pages of what is here no longer: each stays at its address, says what it was and why it went, and leads on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lamplighter.plan.book import Book
from lamplighter.plan.former import Leads, address_of, leads
from lamplighter.reports.site.pages import HOME, Page, Pages


@dataclass(frozen=True, kw_only=True)
class Target:
    """A page to go on to: its path from the site's first folder, and its title."""

    path: str
    title: str
    id: str


@dataclass(frozen=True, kw_only=True)
class FormerPage:
    """A former address: where it leads. `missing`: what it became that has no page here, as of this day."""

    leads: Leads
    targets: tuple[Target, ...]
    missing: tuple[str, ...]

    @property
    def goes_on(self) -> Target | None:
        """The one page that it leads to, at once; None where a reader has to choose, or there is nothing to go to."""
        return self.targets[0] if len(self.targets) == 1 and not self.missing else None


def former_pages(book: Book) -> Pages:
    """One page a former address, where the page of the promise or the measure used to lie."""
    titles = {
        "promise": {each.promise.id: each.promise.title or each.promise.id for each in book.standings},
        "measure": {each.id: each.title for each in book.measures.values()},
    }
    versions = ("What became of each promise", "versions.html")
    for each in leads(book.plan):
        yield Page(
            path=each.path,
            template="former.html",
            title=f"{each.former.title} ({each.former.id})",
            nav="plan" if each.former.kind == "promise" else "measures",
            trail=(HOME, versions),
            content=_former(each, titles[each.former.kind or "promise"]),
        )


def _former(told: Leads, titles: Mapping[str, str]) -> FormerPage:
    return FormerPage(
        leads=told,
        targets=tuple(
            Target(path=address_of(told.former.kind, each), title=titles[each], id=each)
            for each in told.to_ids
            if each in titles
        ),
        missing=tuple(each for each in told.to_ids if each not in titles),
    )


def formerly(book: Book) -> dict[str, tuple[Leads, ...]]:
    """The former addresses that lead to each promise, for its history."""
    found: dict[str, tuple[Leads, ...]] = {}
    for each in leads(book.plan):
        if each.former.kind == "promise":
            for promise_id in dict.fromkeys(each.to_ids):
                found[promise_id] = (*found.get(promise_id, ()), each)
    return found
