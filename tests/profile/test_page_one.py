"""Page one: five findings at most and 350 words at most, whatever people write on it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.conftest import MADE_ON

from lamplighter.errors import InputError
from lamplighter.profile.decisions import MOST_WORDS_OF, decisions_of
from lamplighter.profile.making import Given, make_profile
from lamplighter.profile.page_one import FINDINGS, FIXED_WORDS, MOST_WORDS, first_findings, words_in
from lamplighter.reports.profile.build import files_of
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.studies.incidents.saying import Finding
from lamplighter.workspace import Workspace


def found(words: int, *, weight: int = 0, ids: int = 1) -> Finding:
    text = " ".join(["word"] * words)
    return Finding(text=text, figure_ids=tuple(f"id.{n}" for n in range(ids)), confidence="high", weight=weight)


def page_one_of(html: str) -> str:
    """What a reader sees before the contents: title, what it is, findings, decision; and the caution of every page."""
    caution = html[html.index('<div class="profile-caution">') : html.index("<main")]
    first = html[html.index("<main") : html.index('<nav class="profile-contents"')]
    return unescape(re.sub(r"<[^>]+>", " ", caution + first[first.index(">") + 1 :]))


def test_no_more_than_five_and_those_that_weigh_most_come_first():
    given = [found(5, weight=n % 7) for n in range(20)]
    chosen = first_findings(given, other_words=0)
    assert [each.weight for each in chosen] == [6, 6, 5, 5, 5]
    assert len(chosen) == FINDINGS == 5


def test_findings_of_equal_weight_stand_in_the_order_given():
    given = [found(words) for words in (9, 3, 7)]
    assert first_findings(given, other_words=0) == tuple(given)


def test_a_finding_costs_its_words_its_ids_and_its_confidence():
    left = MOST_WORDS - FIXED_WORDS - 200
    assert first_findings([found(left - 5, ids=3)], other_words=200)
    assert first_findings([found(left - 4, ids=3)], other_words=200) == ()


def test_one_that_is_too_long_does_not_keep_out_a_shorter_one_behind_it():
    long, short = found(400, weight=2), found(10, weight=1)
    assert first_findings([long, short], other_words=0) == (short,)


def test_nothing_found_is_nothing_shown():
    assert first_findings([], other_words=0) == ()
    assert words_in() == 0
    assert words_in("two words", "", " and\nthree more ") == 5


def test_page_one_has_at_most_350_words_as_it_is_read(whole_profile):
    words = page_one_of((whole_profile.out / "profile.html").read_text(encoding="utf-8")).split()
    assert 100 < len(words) <= 350
    assert 3 <= len(whole_profile.told["summary"]["findings"]) <= 5


@pytest.mark.parametrize("times", [81, 1_000])
def test_a_decision_of_a_thousand_words_is_refused_with_its_line_and_how_many_it_may_have(times):
    wanted = " ".join(["word"] * times)
    with pytest.raises(InputError, match=rf"line 2.*decision_wanted has to be at most 80 words.*has {times:,}"):
        decisions_of(f'[terms]\ndecision_wanted = "{wanted}"\n'.encode())


def test_a_handling_mark_is_a_mark_and_no_text():
    with pytest.raises(InputError, match="at most 15 words"):
        decisions_of(f'[terms]\nhandling = "{"OFFICIAL " * 16}"\n'.encode())


def test_the_longest_decision_and_mark_that_may_be_written_still_leave_page_one_at_350_words(small_workspace):
    wanted = " ".join(["word"] * MOST_WORDS_OF["decision wanted"])
    mark = " ".join(["OFFICIAL"] * MOST_WORDS_OF["mark"])
    decisions = decisions_of(f'[terms]\ndecision_wanted = "{wanted}"\nhandling = "{mark}"\n'.encode())
    profile = make_profile(
        Workspace.open(small_workspace),
        ProfileQuestion(places=5, chosen_places=20, offences=("Violence and sexual offences", "Robbery", "Drugs")),
        made_on=MADE_ON,
        given=Given(decisions=decisions),
    )
    assert profile.told["summary"]["decision_wanted"] == wanted
    assert profile.told["summary"]["findings"]
    assert len(page_one_of(files_of(profile)["profile.html"].decode("utf-8")).split()) <= 350
