"""What became of a promise in a later version; and the text's own numbers with what each could mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lamplighter.plan.book import Book, Trap

Write = Callable[..., Path]
BookOf = Callable[..., Book]

HEADER = """\
schema_version = 2
title = "Safer nights"
body = "Northam Constabulary (made up)"
as_of = 2024-01-31
[[version]]
id = "V1"
title = "The first plan"
[[version]]
id = "V2"
title = "the second plan"
complete = {complete}
{stated}
"""
PROMISES = "id,version,kind,title\nA1,V1,action,Lamps\nA2,V1,action,Walks\nA3,V1,action,Vans\n" + "".join(
    f"B{number},V2,action,Later {number}\n" for number in range(1, 8)
)
SUCCESSORS = (
    "id,promise_id,version,fate,to_ids,reason,read_by\n"
    "F1,A1,V2,carried,B1,The same words,R. Reader\n"
    "F2,A2,V2,changed,B2;B3,Walks became patrols,R. Reader\n"
)


def header(*, complete: bool = False, stated: int | None = 10) -> str:
    return HEADER.format(complete=str(complete).lower(), stated=f"promises_stated = {stated}" if stated else "")


def fates(book: Book, promise_id: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(each.fate, each.to_ids, each.words) for each in book.standing(promise_id).fates]


def test_a_promise_carried_or_changed_names_the_later_ones_and_who_read_it_so(write_plan: Write, book_of: BookOf):
    book = book_of(write_plan(header=header(), promises=PROMISES, successors=SUCCESSORS))
    assert fates(book, "A1") == [("carried", ("B1",), "The same words")]
    assert fates(book, "A2") == [("changed", ("B2", "B3"), "Walks became patrols")]
    assert book.standing("A2").fates[0].read_by == "R. Reader"


def test_a_promise_without_a_successor_is_not_found_in_those_known_and_never_dropped(
    write_plan: Write, book_of: BookOf
):
    book = book_of(write_plan(header=header(), promises=PROMISES, successors=SUCCESSORS))
    assert fates(book, "A3") == [
        ("not found", (), "Not found in the seven commitments known (the second plan, which states 10).")
    ]


def test_where_nobody_said_how_many_there_are_only_the_known_are_counted(write_plan: Write, book_of: BookOf):
    book = book_of(write_plan(header=header(stated=None), promises=PROMISES, successors=SUCCESSORS))
    assert fates(book, "A3")[0][2] == "Not found in the seven commitments known (the second plan)."


def test_dropped_is_said_only_of_a_version_that_is_complete(write_plan: Write, book_of: BookOf):
    book = book_of(write_plan(header=header(complete=True), promises=PROMISES, successors=SUCCESSORS))
    assert fates(book, "A3") == [("dropped", (), "Dropped: none of the 7 promises of the second plan carries it.")]
    assert {each.fate for one in book.standings for each in one.fates} == {"carried", "changed", "dropped"}


def test_the_last_version_has_no_later_one_to_be_found_in(write_plan: Write, book_of: BookOf):
    book = book_of(write_plan(header=header(), promises=PROMISES, successors=SUCCESSORS))
    assert fates(book, "B1") == []


def test_promises_stand_by_version_then_kind_then_id(write_plan: Write, book_of: BookOf):
    promises = (
        "id,version,kind,title\nZ,V1,process,P\nB,V2,objective,O\nC,V1,action,A\nA,V1,action,A\nY,V1,objective,O\n"
    )
    book = book_of(write_plan(header=header(), promises=promises))
    assert [each.promise.id for each in book.standings] == ["Y", "A", "C", "Z", "B"]


# -- the text's own numbers ---------------------------------------------------------------------------------------------

SENTENCES = (
    "id,version,position,paraphrase,quotation\n"
    "S1,V1,2,New officers come,650 new officers\nS2,V1,1,Arrests were made,more than 2100 arrests\n"
)
OFFICERS = "id,version,kind,title\nA1,V1,action,New officers\nA2,V1,action,Arrests\n"
CARDS = (
    "id,version,name,plain_definition,denominator,needed_words\n"
    "D-ALL,1,All officers,Town and ward officers together,n/a,who is in post\n"
    "D-TOWN,1,Town officers,Officers in town teams,n/a,\n"
    "D-WARD,1,Ward officers,Officers in wards,n/a,\n"
)
FIGURES = (
    "id,promise_ids,role,label,value,qualifier,unit,denominator,definition_id,definition_version,as_of,source_id,sentence_id\n"
    "G-ALL,A1,context,New officers,650,,officers,,D-ALL,1,,Q1,S1\n"
    "G-ARRESTS,A2,context,Arrests,2100,more than,arrests,,,,,Q1,S2\n"
    "G-TOWN,A1,context,In town teams,500,,officers,,D-TOWN,1,,Q1,\n"
    "G-WARD,A1,context,In wards,150,,officers,,D-WARD,1,,Q1,\n"
)
TEXT = {
    "sentences": SENTENCES,
    "promises": OFFICERS,
    "definitions": CARDS,
    "figures": FIGURES,
    "sources": "id,title\nQ1,The announcement\n",
}


def traps(book: Book) -> dict[str, Trap]:
    return {each.id: each for each in book.traps}


def test_each_number_that_the_text_claims_is_there_in_the_order_of_the_text(write_plan: Write, book_of: BookOf):
    book = book_of(write_plan(**TEXT))
    assert [each.id for each in book.traps] == ["G-ARRESTS", "G-ALL"]
    assert [each.claim for each in book.traps] == ["more than 2,100 arrests", "650 officers"]
    assert traps(book)["G-ALL"].quotation == "650 new officers"


def test_a_number_that_is_the_sum_of_two_definitions_is_a_matter_of_definition(write_plan: Write, book_of: BookOf):
    told = traps(book_of(write_plan(**TEXT)))["G-ALL"]
    assert (
        "650 = 500 + 150 is a matter of definition (500: In town teams; 150: In wards); whether all of them are meant is "
        "not said."
    ) in told.meanings
    assert "As we read it: Town and ward officers together" in told.meanings
    assert told.figure_ids == ("G-ALL", "G-TOWN", "G-WARD")
    assert told.would_settle == "who is in post"


def test_a_number_without_definition_date_or_denominator_says_so(write_plan: Write, book_of: BookOf):
    told = traps(book_of(write_plan(**TEXT)))["G-ARRESTS"]
    assert told.meanings == ("Out of how many is not said.", "The day that it speaks of is not said.")
    assert told.would_settle == "A definition: the plan gives none."


def test_a_count_of_its_own_is_not_asked_out_of_how_many(write_plan: Write, book_of: BookOf):
    figures = FIGURES.replace("denominator,", "denominator_label,").replace("arrests,,", "arrests,n/a,")
    told = traps(book_of(write_plan(**{**TEXT, "figures": figures})))["G-ARRESTS"]
    assert told.meanings == ("The day that it speaks of is not said.",)


def test_the_same_number_with_another_meaning_elsewhere_is_named(write_plan: Write, book_of: BookOf):
    figures = FIGURES.replace("In town teams,500", "In town teams,650")
    told = traps(book_of(write_plan(**{**TEXT, "figures": figures})))["G-ALL"]
    assert "The same number elsewhere (G-TOWN) means: Officers in town teams" in told.meanings


@pytest.mark.parametrize(("town", "ward"), [(500, 140), (650, 0)])
def test_parts_that_do_not_add_up_and_noughts_are_no_sum(write_plan: Write, book_of: BookOf, town: int, ward: int):
    figures = FIGURES.replace("In town teams,500", f"In town teams,{town}").replace("In wards,150", f"In wards,{ward}")
    told = traps(book_of(write_plan(**{**TEXT, "figures": figures})))["G-ALL"]
    assert not [each for each in told.meanings if "is a matter of definition" in each]
