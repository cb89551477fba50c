"""Which sentences are taken for promises, with what reason; and which are not."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.plan.drafting.draft import draft
from lamplighter.plan.drafting.programmes import programmes_in
from lamplighter.plan.drafting.promising import promise_rules


def promises(text: str) -> list[str]:
    return [piece.text for piece, _ in draft(text).promises]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("We will mend the lamps.", "will"),
        ("Each unit will engage with its neighbours.", "will"),
        ("We are committed to bringing more offenders to justice.", "committed"),
        ("Our ambition is to increase support.", "aim"),
        ("We want to have patrols in these areas.", "intend"),
        ("The scheme is now being rolled-out across London.", "being"),
        ("The force is deploying new teams.", "underway"),
        ("Officers continue to work with venues.", "continue"),
        ("Patrols have also been increased across Northam - making the most of local vans.", "begun"),
        ("We are committed and that means listening to women.", "committed"),
        ("Each station is to have a named lead.", "to be"),
        ("The minister said teams would be in place.", "reported"),
        ("The Department for Lamps is also announcing an office.", "making"),
        ("Goal: Mend the lamps along the river.", "labelled"),
        ("The teams would be staffed by officers of the force.", "would be"),
        ("Next month we launch Operation Shield.", "scheduled"),
        ("Our shop is helping 400 women.", "making"),
        ("We listen to women and mend what they name.", "habit"),
    ],
)
def test_a_promise_is_picked_by_a_rule_that_says_why(sentence: str, rule: str):
    ((_, found),) = draft(sentence).promises
    assert found.rule == rule
    assert "“" in found.why


@pytest.mark.parametrize(
    "sentence",
    [
        "Nobody should be afraid to walk home.",
        "Will you tell us what to change?",
        "If you need help, we will be glad of a call.",
        "The Commissioner met partners in Lambeth.",
        "Tackling violence remains our top priority.",
        "The plan brings together all of our work.",
        "A society committed to ensuring safety stands with us.",
        "So far 6,800 have been trained.",
        "Money alone will not end it.",
        "What happens next",
        "Our commitment to people who are harmed",
        "New lamps have been introduced.",
        "We want to hear what you think.",
        "Officers are working tirelessly to keep us safe.",
        "Today the Mayor will deliver remarks at the market.",
        "One in three women will experience violence.",
        "Northam Launches Plan and Strengthens Commitment to Ending Violence Against Women",
    ],
)
def test_what_promises_nothing_is_not_picked(sentence: str):
    assert promises(sentence) == []


def test_a_list_of_aims_is_picked_and_its_opening_is_not():
    assert promises("The plan sets out to:\n\n- Increase reporting;\n\n- Reduce harm.") == [
        "Increase reporting;",
        "Reduce harm.",
    ]


def test_a_line_that_opens_a_list_and_says_itself_what_to_do_is_picked_with_its_items():
    assert promises(
        "Expand training so that every officer knows the signs, by:\n- Writing a course\n- Hiring tutors"
    ) == [
        "Expand training so that every officer knows the signs, by:",
        "Writing a course",
        "Hiring tutors",
    ]


def test_a_list_whose_marks_were_lost_is_a_list_as_long_as_its_lines_say_what_to_do():
    text = "WE will:\nWork with schools.\nMend 20 lamps\n\nOther matters\nNortham is a town."
    assert promises(text) == ["Work with schools.", "Mend 20 lamps"]


def test_whatever_stands_in_a_list_under_we_will_is_picked_with_the_lead_as_its_reason():
    ((piece, found),) = draft("By May we will provide:\n- two vans").promises
    assert (piece.text, found.rule) == ("two vans", "promised list")
    assert "we will provide:" in found.why


def test_a_heading_says_of_the_list_under_it_whether_it_is_to_be_done():
    text = (
        "Every offender is managed.\nWhat we will do\n• Electronic tags for the worst\n• Panels in each of our five wards\n"
        "How we will measure it\n• Fewer harmed\n\nOur achievements\n• Better training for all\n• Raise awareness"
    )
    assert promises(text) == ["Electronic tags for the worst", "Panels in each of our five wards"]


def test_american_spelling_is_read_too():
    assert promises("- Prioritize calls\n- Organizing walks") == ["Prioritize calls", "Organizing walks"]


def test_a_list_of_what_has_been_done_is_not_picked():
    assert promises("Since July we have:\n- launched a tool\n- taken action:\n  - improved lights\n") == []


def test_sums_in_a_list_of_measures_are_picked():
    text = "Measures announced include:\n- £8.4 million to support victims\n- targeted funding for those most at risk\n"
    assert len(promises(text)) == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The plan sets out to:\n- Reduce repeat harm", "objective"),
        ("We will train 20 officers.", "figure"),
        ("We will consult women each spring.", "process"),
        ("We will deploy plain-clothes officers.", "action"),
    ],
)
def test_each_promise_has_the_kind_that_its_words_suggest(text: str, kind: str):
    assert [found.kind for _, found in draft(text).promises] == [kind]


@pytest.mark.parametrize(
    "text", ["The Plan " * 40 + "zz", "what " + "a-b-c " * 60, "Aa - " * 40 + "q", "a" * 5000, "is to be that " * 300]
)
def test_no_rule_takes_long_over_a_line_made_to_slow_it(text: str):
    began = time.monotonic()
    draft(text)
    assert time.monotonic() - began < 5


def test_every_rule_of_the_table_can_be_read_and_has_a_reason():
    rules = promise_rules()
    assert len({rule.name for rule in rules}) == len(rules)
    assert all(
        rule.why and (rule.sure in ("firm", "likely", "doubtful") if rule.says else rule.sure == "") for rule in rules
    )


def test_names_of_programmes_are_found_once_each():
    text = "Officers work on Ask for Angela. Project Vigilant grows. The Safer Streets fund pays for Project Vigilant."
    assert [each.name for each in programmes_in(text)] == ["Ask for Angela", "Project Vigilant", "Safer Streets"]


def test_the_same_text_gives_the_same_draft(northam: str):
    assert draft(northam) == draft(northam)


def test_a_text_of_blanks_has_an_empty_draft():
    empty = draft(" \n\n ")
    assert (empty.sentences, empty.promises, empty.figures, empty.dates) == ((), (), (), ())


@given(st.text(alphabet="we will 1,2.50%£-/:\n•2021 March May in one half of", max_size=300))
def test_any_text_can_be_drafted_and_every_item_stands_in_a_sentence(text: str):
    made = draft(text)
    known = {piece.id for piece in made.sentences}
    found = [*(p for p, _ in made.promises), *(f.sentence for f in made.figures), *(p for p, _ in made.dates)]
    assert {piece.id for piece in found} <= known
    figures = [(f.found.start, f.found.end) for f in made.figures]
    dates = [(d.start, d.end) for _, d in made.dates]
    assert all(one[1] <= other[0] for spans in (figures, dates) for one, other in pairwise(spans))
