"""The evidence axis: contradicted, can't be shown, shown, claimed, nothing; the first that holds decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lamplighter import definitions
from lamplighter.plan.records.promising import Milestone
from lamplighter.plan.records.showing import Evidence
from lamplighter.plan.stands import EVIDENCE_TESTS, possible_values


def test_the_printed_rules_are_the_tests_of_the_code_in_their_order():
    assert [rule["id"] for rule in definitions.evidence_rules()] == list(EVIDENCE_TESTS)
    assert [int(rule["order"]) for rule in definitions.evidence_rules()] == [1, 2, 3, 4, 5]


def test_an_answer_carries_its_rule_in_the_printed_words(made):
    told = made.evidence()
    printed = {rule["id"]: rule for rule in definitions.evidence_rules()}[told.rule]
    assert (told.answer, told.rule_words) == (printed["answer"], printed["words"])


# -- one test a rule --------------------------------------------------------------------------------------------------


def test_two_values_for_one_thing_contradict_each_other_and_both_are_named(made):
    told = made.evidence(figures=(made.figure("G1", value=6800.0), made.figure("G2", value=6900.0)))
    assert told.rule == "contradicted"
    assert told.because == (
        "G1 says 6,800 officers (Northam audit office); G2 says 6,900 officers (Northam audit office)."
    )


def test_what_no_source_provides_cannot_be_shown_and_what_is_needed_is_named(made):
    visits = made.card("D2", needs=("visits.offered",), needed_words="how many were offered a visit")
    told = made.evidence(cards=(made.card(), visits))
    assert told.rule == "cannot-be-shown"
    assert "What would be needed: how many were offered a visit." in told.because
    assert "training records" not in told.because


def test_what_is_needed_is_named_by_its_fact_where_the_card_has_no_words(made):
    told = made.evidence(cards=(made.card(needs=("visits.offered", "visits.accepted"), needed_words=None),))
    assert "visits.offered, visits.accepted" in told.because


def test_a_current_figure_with_definition_and_denominator_from_elsewhere_shows_it(made):
    told = made.evidence(figures=(made.figure(denominator=8500.0),))
    assert told.rule == "shown"
    assert "G1" in told.because


def test_a_count_that_has_no_denominator_by_definition_is_shown_without_one(made):
    told = made.evidence(cards=(made.card(denominator="n/a"),), figures=(made.figure(),))
    assert told.rule == "shown"


def test_a_promise_whose_every_card_is_measured_here_is_shown(made):
    assert made.evidence(measured_cards=frozenset({"D1"})).rule == "shown"
    both = (made.card(), made.card("D2"))
    assert made.evidence(cards=both, measured_cards=frozenset({"D1"})).rule == "nothing-claimed"


@pytest.mark.parametrize(
    "lacking",
    [
        {"denominator": None},
        {"denominator": 8500.0, "definition_id": None},
        {"denominator": 8500.0, "definition_id": "D9"},
        {"denominator": 8500.0, "source_id": "Q-PLAN"},
        {"denominator": 8500.0, "source_id": None},
        {"denominator": 8500.0, "sentence_id": "S1"},
        {"denominator": 8500.0, "role": "context"},
    ],
    ids=[
        "no denominator",
        "no definition",
        "another promise's definition",
        "the plan's own text",
        "no source",
        "the promiser's own sentence",
        "no current figure",
    ],
)
def test_a_figure_that_lacks_one_thing_is_claimed_and_not_shown(made, lacking: dict[str, Any]):
    assert made.evidence(figures=(made.figure(**lacking),)).rule == "claimed-not-shown"


def test_an_event_or_a_finished_step_without_a_figure_is_claimed(made):
    event = Evidence(id="E1", promise_ids=("A1",), title="A launch", source_id="Q-AUDIT")
    assert made.evidence(evidence=(event,)).rule == "claimed-not-shown"
    step = Milestone(id="M1", promise_id="A1", title="Course written", done_on=date(2022, 1, 1))
    assert made.evidence(milestones=(step,)).rule == "claimed-not-shown"


def test_targets_baselines_and_steps_to_come_claim_nothing(made):
    told = made.evidence(
        figures=(made.figure("T", role="target"), made.figure("B", role="baseline")),
        milestones=(Milestone(id="M1", promise_id="A1", title="Course written"),),
    )
    assert told.rule == "nothing-claimed"


# -- the earlier rule wins ---------------------------------------------------------------------------------------------


def test_contradicted_comes_before_cannot_be_shown(made):
    pair = (made.figure("G1", value=6800.0), made.figure("G2", value=6900.0))
    assert made.evidence(figures=pair, provided=frozenset()).rule == "contradicted"


def test_cannot_be_shown_comes_before_shown(made):
    shown = made.figure(denominator=8500.0)
    assert made.evidence(figures=(shown,)).rule == "shown"
    assert made.evidence(figures=(shown,), provided=frozenset()).rule == "cannot-be-shown"


def test_shown_comes_before_claimed(made):
    claim = made.figure("G2", as_of=date(2021, 11, 4), sentence_id="S1", source_id="Q-PLAN")
    assert made.evidence(figures=(made.figure(denominator=8500.0), claim)).rule == "shown"


def test_claimed_comes_before_nothing_claimed(made):
    assert made.evidence(figures=(made.figure(),)).rule == "claimed-not-shown"
    assert made.evidence().rule == "nothing-claimed"


# -- what contradicts what ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "difference",
    [
        {"role": "target"},
        {"role": "context"},
        {"definition_id": "D2"},
        {"definition_version": "2"},
        {"unit": "people"},
        {"area": "Southam"},
        {"as_of": date(2022, 4, 30)},
    ],
    ids=str,
)
def test_figures_of_two_different_things_do_not_contradict(made, difference: dict[str, Any]):
    told = made.evidence(figures=(made.figure("G1", value=6800.0), made.figure("G2", value=9999.0, **difference)))
    assert told.rule != "contradicted"


@pytest.mark.parametrize(
    "unknown", [{"as_of": None}, {"area": None}, {"definition_version": None}, {"definition_id": None}], ids=str
)
def test_what_is_unknown_twice_is_not_the_same_thing(made, unknown: dict[str, Any]):
    told = made.evidence(
        figures=(made.figure("G1", value=6800.0, **unknown), made.figure("G2", value=9999.0, **unknown))
    )
    assert told.rule != "contradicted"


def test_a_period_in_words_is_a_date_too(made):
    words = {"as_of": None, "as_of_words": "year to March 2022"}
    pair = (made.figure("G1", value=1.0, **words), made.figure("G2", value=2.0, **words))
    assert made.evidence(figures=pair).rule == "contradicted"


def test_a_day_and_the_same_day_with_a_remark_are_one_date(made):
    pair = (made.figure("G1", value=1.0), made.figure("G2", value=2.0, as_of_words="end of the year"))
    assert made.evidence(figures=pair).rule == "contradicted"


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ({"value": 2100.0, "qualifier": "more than"}, {"value": 3200.0}, False),
        ({"value": 2100.0, "qualifier": "more than"}, {"value": 2000.0}, True),
        ({"value": 2100.0, "qualifier": "less than"}, {"value": 3200.0}, True),
        ({"value": 2100.0, "qualifier": "less than"}, {"value": 40.0}, False),
        ({"value": 6800.0, "rounded_to": 100.0}, {"value": 6840.0}, False),
        ({"value": 6800.0, "rounded_to": 100.0}, {"value": 6860.0}, True),
        ({"value": 6800.0, "rounded_to": 100.0}, {"value": 6900.0, "rounded_to": 100.0}, False),
        ({"value": 6800.0, "qualifier": "exactly"}, {"value": 6900.0, "qualifier": "exactly"}, True),
        ({"value": 6800.0}, {"value": 6801.0}, True),
        ({"value": 6800.0}, {"value": 6800.0}, False),
        ({"value": 270.0, "qualifier": "about"}, {"value": 274.0}, False),
        ({"value": 270.0, "qualifier": "about"}, {"value": 276.0}, True),
        ({"value": 12.8, "qualifier": "about"}, {"value": 12.84}, False),
        ({"value": 12.8, "qualifier": "about"}, {"value": 12.9}, True),
    ],
)
def test_only_a_difference_beyond_rounding_contradicts(made, one, other, contradict: bool):
    told = made.evidence(figures=(made.figure("G1", **one), made.figure("G2", **other)))
    assert (told.rule == "contradicted") is contradict


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [
        ({"value": 6800.0}, 6800.0, 6800.0),
        ({"value": 6800.0, "rounded_to": 100.0}, 6750.0, 6850.0),
        ({"value": 270.0, "qualifier": "about"}, 265.0, 275.0),
        ({"value": 2100.0, "qualifier": "about"}, 2050.0, 2150.0),
        ({"value": 7.0, "qualifier": "about"}, 6.5, 7.5),
        ({"value": 0.0, "qualifier": "about"}, -0.5, 0.5),
        ({"value": 2100.0, "qualifier": "more than"}, 2100.0, float("inf")),
        ({"value": 2100.0, "qualifier": "less than"}, float("-inf"), 2100.0),
    ],
)
def test_a_figure_can_stand_for_the_numbers_that_its_wording_allows(made, told, low: float, high: float):
    assert possible_values(made.figure(**told)) == (low, high)
