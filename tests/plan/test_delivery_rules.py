"""The delivery axis: kept, missed, partly, overdue, not yet due, no date; the first that holds decides."""

from __future__ import annotations

from datetime import date

import pytest

from lamplighter import definitions
from lamplighter.plan.records.promising import Milestone
from lamplighter.plan.records.showing import Evidence
from lamplighter.plan.stands import DELIVERY_TESTS, due_to

MARCH = date(2022, 3, 31)
AUGUST = date(2022, 8, 31)
AUDITED = Evidence(id="E1", promise_ids=("A1",), title="Audited", source_id="Q-AUDIT")
OWN_WORD = Evidence(id="E1", promise_ids=("A1",), title="The plan says so", source_id="Q-PLAN")
STEP = Milestone(
    id="M1", promise_id="A1", title="All trained", completes=True, done_on=date(2022, 2, 1), evidence_ids=("E1",)
)


def due(made, day: date, **told):
    return made.promise(due_words=f"by {day:%B %Y}", due_to=day, **told)


def target(made, value: float = 8500.0, **told):
    return made.figure("T1", role="target", value=value, as_of=None, sentence_id="S1", source_id="Q-PLAN", **told)


def test_the_printed_rules_are_the_tests_of_the_code_in_their_order():
    assert [rule["id"] for rule in definitions.delivery_rules()] == list(DELIVERY_TESTS)


# -- one test a rule --------------------------------------------------------------------------------------------------


def test_a_completing_step_with_evidence_from_outside_keeps_a_promise(made):
    told = made.delivery(milestones=(STEP,), evidence=(AUDITED,))
    assert told.rule == "kept"
    assert told.because == "All trained: done on 1 February 2022 (Northam audit office)."


def test_a_figure_from_outside_that_reaches_the_target_keeps_a_promise(made):
    told = made.delivery(figures=(target(made), made.figure(value=8500.0)))
    assert told.rule == "kept"
    assert "8,500 officers (Northam audit office) against a target of 8,500" in told.because


def test_a_promise_closed_without_evidence_is_missed(made):
    told = made.delivery(promise=made.promise(closed_on=date(2022, 5, 1)))
    assert (told.rule, told.because) == ("missed", "Closed on 1 May 2022 without evidence that it was done.")


def test_a_last_date_gone_by_with_a_later_figure_short_of_the_target_is_missed(made):
    told = made.delivery(
        promise=due(made, MARCH), figures=(target(made), made.figure(value=6800.0, as_of=date(2022, 4, 30)))
    )
    assert (told.rule, told.because) == ("missed", "Due by 31 March 2022; 6,800 of 8,500 = 80.0% on 30 April 2022.")


def test_a_figure_against_a_target_is_partly_with_value_of_target(made):
    told = made.delivery(figures=(target(made), made.figure(value=6800.0)))
    assert told.rule == "partly"
    assert told.because == "6,800 of 8,500 = 80.0% (officers) on 31 March 2022."


def test_a_last_date_gone_by_is_overdue_with_the_days_counted(made):
    told = made.delivery(promise=due(made, MARCH))
    assert (told.rule, told.because) == ("overdue", "Due by 31 March 2022; 91 days ago.")


def test_a_last_date_to_come_is_not_yet_due_and_so_is_the_day_itself(made):
    assert made.delivery(promise=due(made, AUGUST)).rule == "not-yet-due"
    assert made.delivery(promise=due(made, MARCH), today=MARCH).rule == "not-yet-due"
    assert made.delivery(promise=due(made, MARCH), today=date(2022, 4, 1)).rule == "overdue"


def test_without_a_date_that_is_what_it_says(made):
    assert made.delivery().because == "The plan names no date."
    told = made.delivery(promise=made.promise(due_words="in the spring"))
    assert told.rule == "no-date-given"
    assert "in the spring" in told.because


# -- the earlier rule wins ----------------------------------------------------------------------------------------------


def test_kept_comes_before_missed(made):
    closed = made.promise(closed_on=date(2022, 5, 1))
    assert made.delivery(promise=closed, milestones=(STEP,), evidence=(AUDITED,)).rule == "kept"


def test_missed_comes_before_partly(made):
    figures = (target(made), made.figure(value=6800.0))
    assert made.delivery(figures=figures).rule == "partly"
    assert made.delivery(figures=figures, promise=made.promise(closed_on=date(2022, 5, 1))).rule == "missed"


def test_partly_comes_before_overdue(made):
    early = made.figure(value=6800.0, as_of=date(2021, 12, 31))
    assert made.delivery(promise=due(made, MARCH), figures=(target(made), early)).rule == "partly"


def test_overdue_comes_before_not_yet_due_as_soon_as_the_day_is_over(made):
    promise = due(made, MARCH)
    assert made.delivery(promise=promise, today=date(2022, 4, 1)).rule == "overdue"


def test_not_yet_due_comes_before_no_date(made):
    assert made.delivery(promise=due(made, AUGUST)).rule == "not-yet-due"


# -- never on the plan's own word alone ------------------------------------------------------------------------------


def test_a_step_that_only_the_plan_says_is_done_keeps_nothing(made):
    assert made.delivery(milestones=(STEP,), evidence=(OWN_WORD,)).rule != "kept"
    assert made.delivery(milestones=(STEP,)).rule != "kept"


@pytest.mark.parametrize("own", [{"source_id": "Q-PLAN"}, {"source_id": None}, {"sentence_id": "S1"}], ids=str)
def test_a_target_reached_by_the_promisers_own_count_is_partly_and_says_whose_count(made, own):
    told = made.delivery(figures=(target(made), made.figure(value=8500.0, **own)))
    assert told.rule == "partly"
    assert "8,500 of 8,500 = 100.0%" in told.because
    assert "by the promiser's own count" in told.because


def test_a_step_that_does_not_complete_keeps_nothing(made):
    step = Milestone(id="M1", promise_id="A1", title="One of ten", done_on=date(2022, 2, 1), evidence_ids=("E1",))
    assert made.delivery(milestones=(step,), evidence=(AUDITED,)).rule == "no-date-given"


# -- what is held against the target -----------------------------------------------------------------------------------


def test_a_figure_rounded_over_the_target_does_not_surely_reach_it(made):
    assert made.delivery(figures=(target(made), made.figure(value=8500.0, rounded_to=100.0))).rule == "partly"
    assert made.delivery(figures=(target(made), made.figure(value=8600.0, rounded_to=100.0))).rule == "kept"


def test_where_down_is_wanted_a_lower_figure_reaches_the_target(made):
    down = (made.card(direction_wanted="down"),)
    assert made.delivery(cards=down, figures=(target(made, 100.0), made.figure(value=90.0))).rule == "kept"
    assert made.delivery(cards=down, figures=(target(made, 100.0), made.figure(value=110.0))).rule == "partly"


def test_the_latest_figure_counts_and_one_of_another_unit_never(made):
    figures = (
        target(made),
        made.figure("G1", value=8500.0, as_of=date(2022, 1, 31)),
        made.figure("G2", value=6800.0, as_of=MARCH),
        made.figure("G3", value=99999.0, unit="hours", as_of=date(2022, 5, 31)),
    )
    told = made.delivery(figures=figures)
    assert (told.rule, told.because[:14]) == ("partly", "6,800 of 8,500")


def test_a_target_without_any_figure_is_not_partly(made):
    assert made.delivery(figures=(target(made),)).rule == "no-date-given"


# -- whose reading of the words ----------------------------------------------------------------------------------------


def test_words_without_a_year_give_a_date_only_under_a_readers_name(made):
    words = {"due_words": "in the spring", "due_from": date(2022, 3, 1), "due_to": date(2022, 5, 31)}
    assert due_to(made.promise(**words)) is None
    assert made.delivery(promise=made.promise(**words)).rule == "no-date-given"
    read = made.promise(**words, due_read_by="R. Reader")
    assert made.delivery(promise=read).rule == "overdue"


def test_a_day_without_its_year_needs_a_reader_and_a_day_with_it_none(made):
    november = {"due_to": date(2022, 11, 3)}
    assert due_to(made.promise(due_words="3 November", **november)) is None
    assert due_to(made.promise(due_words="3 November 2022", **november)) == date(2022, 11, 3)
    assert due_to(made.promise(due_words="3 November 2021", **november)) is None


def test_a_promise_without_an_end_is_no_date_given(made):
    assert made.delivery(promise=made.promise(due_to="n/a")).rule == "no-date-given"
