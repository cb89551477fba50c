"""Pages that were once public and are here no longer: where each leads now, followed to the end of the chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lamplighter.errors import listed
from lamplighter.plan.folder import Plan, Problem
from lamplighter.plan.records.columns import is_known
from lamplighter.plan.records.promising import FormerAddress

if TYPE_CHECKING:
    from lamplighter.plan.book import Book

FOLDERS = {"promise": "promises", "measure": "measures"}


@dataclass(frozen=True, kw_only=True)
class Leads:
    """A former address and where it leads in the end. `through`: the former addresses on the way, in order."""

    former: FormerAddress
    to_ids: tuple[str, ...]
    through: tuple[FormerAddress, ...] = ()

    @property
    def path(self) -> str:
        """Where its page lies in the site, as it always did."""
        return address_of(self.former.kind, self.former.id)


def address_of(kind: str | None, record_id: str) -> str:
    """`promises/A09.html`: where a promise or a measure has its page."""
    return f"{FOLDERS[kind or 'promise']}/{record_id}.html"


def leads(plan: Plan) -> tuple[Leads, ...]:
    """Every former address with where it leads: A → B → C leads to C. One that runs in a ring leads nowhere, and is named
    by `former_problems`."""
    by_id = {(each.kind, each.id): each for each in plan.former_addresses}
    return tuple(_followed(each, by_id) for each in plan.former_addresses)


def _followed(former: FormerAddress, by_id: Mapping[tuple[str | None, str], FormerAddress]) -> Leads:
    ends: list[str] = []
    through: list[FormerAddress] = []
    seen = {former.id}
    waiting = list(_to_ids(former))
    while waiting:
        each = waiting.pop(0)
        if each in seen:
            continue
        seen.add(each)
        further = by_id.get((former.kind, each))
        if further is None:
            ends.append(each)
        else:
            through.append(further)
            waiting[:0] = _to_ids(further)
    return Leads(former=former, to_ids=tuple(ends), through=tuple(through))


def _to_ids(former: FormerAddress) -> tuple[str, ...]:
    return tuple(each for each in former.to_ids if is_known(each))


def former_problems(plan: Plan) -> Iterator[Problem]:
    """What is wrong with the former addresses: one that is still a promise, that leads nowhere known, or in a ring."""
    promises = {each.id for each in plan.promises}
    folded = {each.casefold(): each for each in promises}  # a page's name: Windows knows no capitals in names
    by_id = {(each.kind, each.id): each for each in plan.former_addresses}
    for each in plan.former_addresses:
        for message in _wrong(each, promises, folded, by_id):
            yield Problem(
                file=FormerAddress.FILE,
                line=plan.line_of("former_addresses", each.id),
                record_id=each.id,
                name="former address",
                message=message,
                serious=True,
            )


def _wrong(
    former: FormerAddress,
    promises: set[str],
    folded: Mapping[str, str],
    by_id: Mapping[tuple[str | None, str], FormerAddress],
) -> Iterator[str]:
    if former.kind == "promise" and (still := folded.get(former.id.casefold())):
        yield f"{former.id} is a former address, but {still} is a promise in the folder. Take one of the two out."
    if ring := _ring(former, by_id):
        yield f"{former.id} leads back to itself ({' → '.join(ring)}). Name the promise that it became in the end."
    if former.kind == "promise":
        known = promises | {each for kind, each in by_id if kind == "promise"}
        lost = [each for each in _to_ids(former) if each not in known]
        if lost:
            yield f"{former.id} leads to {listed(lost)}, which is no promise and no former address. Mend to_ids."


def _ring(former: FormerAddress, by_id: Mapping[tuple[str | None, str], FormerAddress]) -> tuple[str, ...]:
    """The way from an address back to itself, if there is one."""
    ways: list[tuple[str, ...]] = [(former.id, each) for each in _to_ids(former)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == former.id:
            return way
        further = by_id.get((former.kind, way[-1]))
        if further is not None and way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, each) for each in _to_ids(further)]
    return ()


def lost_addresses(book: Book, published: frozenset[str]) -> tuple[str, ...]:
    """Which pages of a promise or a measure that were published would be there no longer? By their path in the site.

    published: the paths of an earlier release. A former address keeps its page, so what is kept once is kept for good.
    """
    there = {address_of("promise", each.promise.id) for each in book.standings}
    there |= {address_of("measure", each) for each in book.measures}
    there |= {each.path for each in leads(book.plan)}
    return tuple(
        sorted(
            path
            for path in published - there
            if path.endswith(".html") and path.count("/") == 1 and path.split("/")[0] in FOLDERS.values()
        )
    )
