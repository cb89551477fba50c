"""Sentences, where they stand, and ids that survive edits elsewhere."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lamplighter.plan.drafting.cutting import cut


def told(text: str) -> list[tuple[str, str]]:
    return [(piece.shape, piece.text) for piece in cut(text)]


def test_a_sentence_that_runs_over_lines_is_one_and_a_bullet_begins_another():
    text = (
        "We will mend the lamps along the\nriver path. We walk there.\n- Two vans\n- Three bicycles for the\n  market\n"
    )
    assert told(text) == [
        ("sentence", "We will mend the lamps along the river path."),
        ("sentence", "We walk there."),
        ("bullet", "Two vans"),
        ("bullet", "Three bicycles for the market"),
    ]


def test_lines_that_ended_on_purpose_are_sentences_of_their_own():
    long = "We will involve women in all that we do, " * 4 + "and say how."
    assert [text for _, text in told(f"Build trust\n{long}\nPursue\nWe act.")] == [
        "Build trust",
        long,
        "Pursue",
        "We act.",
    ]


def test_titles_and_initials_end_no_sentence():
    assert told("Dr. Lee and Supt. J. Brown will lead it. They begin at once.") == [
        ("sentence", "Dr. Lee and Supt. J. Brown will lead it."),
        ("sentence", "They begin at once."),
    ]


def test_a_list_inside_a_list_knows_both_of_its_openings():
    pieces = cut("Since July we have:\n- acted on streets:\n  - lit 12 lanes\n")
    assert pieces[-1].lead == "Since July we have: acted on streets:"


def test_an_edit_elsewhere_leaves_the_ids_as_they_were():
    before = cut("We will walk. We will talk.\n\nWe will listen.")
    after = cut("A new first sentence. We will walk. We will  talk.\n\nWe will listen;")
    assert {p.id for p in before} <= {p.id for p in after}


def test_the_same_sentence_twice_has_two_ids():
    ids = [piece.id for piece in cut("We will walk. We will walk.")]
    assert ids[1] == ids[0] + "-2"


@given(st.text(alphabet="ab AB.?!:;\n-•1£“”'", max_size=200))
def test_every_sentence_stands_where_it_says_and_none_overlaps(text: str):
    pieces = cut(text)
    assert [" ".join(text[p.start : p.end].split()) for p in pieces] == [p.text for p in pieces]
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    assert len({p.id for p in pieces}) == len(pieces)
