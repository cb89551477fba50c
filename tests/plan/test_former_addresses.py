"""Pages that were once public: where each leads in the end, and what is wrong with rows that lead astray."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lamplighter.plan.book import Book
from lamplighter.plan.check import Checked
from lamplighter.plan.folder import Problem, load_plan
from lamplighter.plan.former import leads, lost_addresses

Write = Callable[..., Path]
Wrong = Callable[..., list[str]]

PROMISES = "id,version,kind,title\nA1,V1,action,Lamps\nA2,V1,action,Walks\n"
HEADS = "id,kind,title,to_ids,reason,gone_on,told_by\n"


def rows(*told: tuple[str, str], kind: str = "promise") -> str:
    return HEADS + "".join(
        f"{old},{kind},What {old} was,{new},Because of {old},2022-05-01,R. Reader\n" for old, new in told
    )


@pytest.fixture
def wrong(write_plan: Write, checked: Callable[..., Checked], named: Callable[..., list[Problem]]) -> Wrong:
    def find(former: str) -> list[str]:
        found = named(checked(write_plan(promises=PROMISES, former_addresses=former)), "former address")
        assert all(each.serious and each.file == "former_addresses.csv" and each.line for each in found)
        return [each.message for each in found]

    return find


def test_a_chain_is_followed_to_its_end(write_plan: Write) -> None:
    folder = write_plan(promises=PROMISES, former_addresses=rows(("X1", "X2"), ("X2", "X3"), ("X3", "A1")))
    found = {each.former.id: each for each in leads(load_plan(folder))}
    assert found["X1"].to_ids == ("A1",)
    assert [each.id for each in found["X1"].through] == ["X2", "X3"]
    assert found["X1"].path == "promises/X1.html"


def test_one_that_became_several_leads_to_each_of_them_once_and_in_order(write_plan: Write) -> None:
    folder = write_plan(promises=PROMISES, former_addresses=rows(("X1", "X2;A2"), ("X2", "A1;A2")))
    assert [each.to_ids for each in leads(load_plan(folder))] == [("A1", "A2"), ("A1", "A2")]


def test_one_that_nothing_replaced_leads_nowhere_and_is_no_error(write_plan: Write, wrong: Wrong) -> None:
    assert [
        each.to_ids for each in leads(load_plan(write_plan(promises=PROMISES, former_addresses=rows(("X1", "")))))
    ] == [()]
    assert wrong(rows(("X1", ""), ("X2", "A1"))) == []


def test_an_address_that_is_a_promise_still_is_named_whatever_its_capitals(wrong: Wrong) -> None:
    assert wrong(rows(("A1", "A2"))) == [
        "A1 is a former address, but A1 is a promise in the folder. Take one of the two out."
    ]
    assert wrong(rows(("a1", "A2"))) == [
        "a1 is a former address, but A1 is a promise in the folder. Take one of the two out."
    ]


def test_a_ring_is_named_for_each_address_in_it_and_a_way_into_it_ends(write_plan: Write, wrong: Wrong) -> None:
    ring = rows(("X1", "X2"), ("X2", "X1"), ("X3", "X1"))
    assert wrong(ring) == [
        "X1 leads back to itself (X1 → X2 → X1). Name the promise that it became in the end.",
        "X2 leads back to itself (X2 → X1 → X2). Name the promise that it became in the end.",
    ]
    assert [each.to_ids for each in leads(load_plan(write_plan(promises=PROMISES, former_addresses=ring)))] == [()] * 3


def test_an_address_that_leads_to_itself_is_a_ring(wrong: Wrong) -> None:
    assert wrong(rows(("X1", "X1"))) == [
        "X1 leads back to itself (X1 → X1). Name the promise that it became in the end."
    ]


def test_an_address_that_leads_to_nothing_known_is_named(wrong: Wrong) -> None:
    assert wrong(rows(("X1", "A7"))) == ["X1 leads to A7, which is no promise and no former address. Mend to_ids."]


def test_a_published_page_is_lost_unless_it_is_a_promise_or_a_former_address(
    write_plan: Write, book_of: Callable[..., Book]
) -> None:
    book = book_of(write_plan(promises=PROMISES, former_addresses=rows(("X1", "A1"))))
    published = {"promises/A1.html", "promises/X1.html", "promises/GONE.html", "measures/old.html", "measures/old.csv"}
    published |= {"measures/old/table.html"}  # a page below is no address of a promise or a measure
    assert lost_addresses(book, frozenset(published | {"index.html", "promises.html", "records/promises.csv"})) == (
        "measures/old.html",
        "promises/GONE.html",
    )
    moved = book_of(write_plan(promises=PROMISES, former_addresses=rows(("old", ""), kind="measure")))
    assert lost_addresses(moved, frozenset({"measures/old.html", "promises/A1.html"})) == ()
