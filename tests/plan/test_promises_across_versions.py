"""Merged, split, superseded, dropped: what became of each promise, what each came from, and rows that don't fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lamplighter.plan.book import Book
from lamplighter.plan.check import Checked
from lamplighter.plan.folder import Problem

Write = Callable[..., Path]
BookOf = Callable[..., Book]
CheckedOf = Callable[..., Checked]
Named = Callable[..., list[Problem]]

HEADER = """\
schema_version = 2
title = "Safer nights"
body = "Northam Constabulary (made up)"
as_of = 2024-01-31
[[version]]
id = "V1"
title = "The first plan"
complete = true
[[version]]
id = "V2"
title = "the second plan"
complete = true
[[version]]
id = "V3"
title = "the third plan"
complete = {third}
"""
PROMISES = (
    "id,version,kind,title\nA1,V1,action,Lamps\nA2,V1,action,Walks\nA3,V1,action,Vans\nA4,V1,action,Phones\n"
    "B1,V2,action,Light and walks\nB2,V2,action,Vans by day\nB3,V2,action,Vans by night\nC1,V3,action,Light\n"
)
HEADS = "id,promise_id,version,fate,to_ids,reason,read_by\n"
FITTING = (
    "F1,A1,V2,merged,B1,One now,R. Reader\n"
    "F2,A2,V2,merged,B1,One now,R. Reader\n"
    "F3,A3,V2,split,B2;B3,Day and night,R. Reader\n"
    "F4,A4,V2,dropped,,Phones are another force's,R. Reader\n"
    "F5,B1,V3,superseded,C1,The walks ended,S. Reader\n"
)


@pytest.fixture
def book(write_plan: Write, book_of: BookOf) -> Callable[..., Book]:
    def make(rows: str = FITTING, *, third: str = "true") -> Book:
        return book_of(write_plan(header=HEADER.format(third=third), promises=PROMISES, successors=HEADS + rows))

    return make


def fates(book: Book, promise_id: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(each.version, each.fate, each.to_ids, each.words) for each in book.standing(promise_id).fates]


def test_two_that_were_merged_lead_to_the_same_later_promise_and_on_through_it(book: Callable[..., Book]) -> None:
    for earlier in ("A1", "A2"):
        assert fates(book(), earlier) == [
            ("V2", "merged", ("B1",), "One now"),
            ("V3", "superseded", ("C1",), "By way of B1: The walks ended"),
        ]


def test_one_that_was_split_is_followed_through_each_of_its_parts(book: Callable[..., Book]) -> None:
    assert fates(book(), "A3") == [
        ("V2", "split", ("B2", "B3"), "Day and night"),
        ("V3", "dropped", (), "Dropped: none of the 1 promises of the third plan carries B2, which it became."),
        ("V3", "dropped", (), "Dropped: none of the 1 promises of the third plan carries B3, which it became."),
    ]


def test_what_became_of_a_part_is_not_found_where_the_version_is_not_known_whole(book: Callable[..., Book]) -> None:
    assert [each[1] for each in fates(book(third="false"), "A3")] == ["split", "not found", "not found"]


def test_what_a_named_person_read_as_dropped_says_so_and_is_not_looked_for_again(book: Callable[..., Book]) -> None:
    assert fates(book(), "A4") == [("V2", "dropped", (), "Phones are another force's")]
    assert book().standing("A4").fates[0].read_by == "R. Reader"


def test_one_that_was_dropped_can_be_taken_up_again(book: Callable[..., Book]) -> None:
    again = FITTING + "F6,A4,V3,changed,C1,Taken up again,S. Reader\n"
    assert [each[:3] for each in fates(book(again), "A4")] == [("V2", "dropped", ()), ("V3", "changed", ("C1",))]


def test_a_later_promise_lists_all_that_it_came_from_the_nearest_first(book: Callable[..., Book]) -> None:
    told = [(each.promise_id, each.version, each.to_id, each.fate) for each in book().standing("C1").came_from]
    assert told == [
        ("B1", "V2", "C1", "superseded"),
        ("A1", "V1", "B1", "merged"),
        ("A2", "V1", "B1", "merged"),
    ]
    assert book().standing("A1").came_from == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("F9,A1,V2,merged,B1,x,R", "F9: A1 is merged into B1, but no other promise is."),
        ("F9,A1,V2,split,B1,x,R", "F9: A1 is split, but leads to B1 alone."),
        ("F9,A1,V2,carried,B1;B2,x,R", "F9: A1 is carried into B1 and B2. One that became several is split."),
        ("F9,A1,V2,dropped,B1,x,R", "F9: A1 is dropped, yet leads to B1."),
        ("F9,A1,V2,superseded,,x,R", "F9: A1 is superseded, but into what is not said."),
        ("F9,A1,V2,changed,n/a,x,R", "F9: A1 is changed, but into what is not said."),
    ],
)
def test_a_fate_that_its_later_promises_do_not_fit_is_named_with_its_mend(
    write_plan: Write, checked: CheckedOf, named: Named, row: str, message: str
) -> None:
    folder = write_plan(header=HEADER.format(third="true"), promises=PROMISES, successors=f"{HEADS}{row}\n")
    (found,) = named(checked(folder), "fate does not fit")
    assert found.message.startswith(message)
    assert (found.file, found.line, found.serious) == ("successors.csv", 2, True)


def test_dropped_and_carried_at_once_is_a_contradiction(write_plan: Write, checked: CheckedOf, named: Named) -> None:
    rows = f"{HEADS}F1,A1,V2,dropped,,x,R\nF2,A1,V2,carried,B1,x,R\n"
    folder = write_plan(header=HEADER.format(third="true"), promises=PROMISES, successors=rows)
    assert [each.message for each in named(checked(folder), "fate does not fit")] == [
        "F1: A1 is dropped here and carried in F2. Keep one of them."
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("F9,B1,V1,changed,A1,x,R", "F9: B1 is of V2, which is no earlier version than V1."),
        ("F9,A1,V3,changed,B1,x,R", "F9: it is about V3, but B1 is of V2."),
    ],
)
def test_a_row_that_goes_back_or_names_another_version_is_refused(
    write_plan: Write, checked: CheckedOf, named: Named, row: str, message: str
) -> None:
    folder = write_plan(header=HEADER.format(third="true"), promises=PROMISES, successors=f"{HEADS}{row}\n")
    (found,) = named(checked(folder), "fate out of order")
    assert found.message.startswith(message)


def test_rows_that_fit_are_not_complained_of(write_plan: Write, checked: CheckedOf, named: Named) -> None:
    folder = write_plan(header=HEADER.format(third="true"), promises=PROMISES, successors=HEADS + FITTING)
    found = checked(folder)
    assert named(found, "fate does not fit") == named(found, "fate out of order") == []


def test_what_a_complete_version_dropped_is_not_looked_for_in_the_versions_after_it(book: Callable[..., Book]):
    silent = FITTING.replace("F4,A4,V2,dropped,,Phones are another force's,R. Reader\n", "")
    (fate,) = book(silent, third="false").standing("A4").fates
    assert (fate.version, fate.fate) == ("V2", "dropped")
