"""A long list cut into pages: what would be one page of megabytes is several that a phone can open, each naming the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

MOST_NUMBERS = 400  # of each: what keeps a page below half a megabyte
MOST_CARDS = 200
MOST_SOURCES = 250
MOST_CLAIMS = 125
MOST_LACKING = 400
MOST_FATES = 900
MOST_OBJECTIVES = 30
MOST_ROWS = 800
FIRST_ROWS = 20  # of a list that has pages of its own, where it is only told of
WHOLE_ROWS = 60  # a list as short as this stands whole beside others, however large the plan
WHOLE_PLAN = 400  # promises that a page with all of them still holds

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One of the pages that a list is cut into. name: the path of the first without its ending; at: from 1."""

    name: str
    at: int
    of: int
    first: int
    last: int
    total: int

    @property
    def path(self) -> str:
        return leaf_path(self.name, self.at)

    @property
    def others(self) -> tuple[tuple[int, str], ...]:
        """Each page of the list by its number and path, this one too; none if it is the only one."""
        return tuple((at, leaf_path(self.name, at)) for at in range(1, self.of + 1)) if self.of > 1 else ()

    def titled(self, title: str) -> str:
        """The title; a page that is one of several says which, so that no two are called the same."""
        return f"{title} (page {self.at} of {self.of})" if self.of > 1 else title


def leaf_path(name: str, at: int) -> str:
    """`definitions.html`, `definitions-2.html`, …"""
    return f"{name}.html" if at == 1 else f"{name}-{at}.html"


def leaves(name: str, items: Sequence[Item], most: int) -> tuple[tuple[Leaf, Sequence[Item]], ...]:
    """The items cut into pages of at most so many; one page if there are none."""
    of = max(1, -(-len(items) // most))
    return tuple(
        (
            Leaf(
                name=name,
                at=at + 1,
                of=of,
                first=at * most + 1,
                last=min((at + 1) * most, len(items)),
                total=len(items),
            ),
            items[at * most : (at + 1) * most],
        )
        for at in range(of)
    )


def places(name: str, ids: Iterable[str], most: int) -> dict[str, str]:
    """On which page each id of a list stands, in the order in which it is cut."""
    return {each: leaf_path(name, at // most + 1) for at, each in enumerate(ids)}
