"""How far a review's recommendation is: eight rules, tried in order, on folders that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from lamplighter import definitions
from lamplighter.plan.book import Book
from lamplighter.plan.check import Checked
from lamplighter.plan.folder import Problem
from lamplighter.plan.running.answers import RecommendationStands
from lamplighter.plan.running.recommending import TESTS

Far = Callable[..., RecommendationStands]

PROMISES = (
    "id,version,kind,title,owner,due_words,due_to,closed_on\n"
    "A1,V1,action,Train officers,Head of Training,by 31 March 2022,2022-03-31,\n"
    "A2,V1,action,Light the park,Head of Parks,,,\n"
    "A3,V1,action,Answer calls,Head of Calls,,,2022-05-01\n"
)
SOURCES = "id,title,kind\nQ1,The plan,plan text\nQ2,An audit,inspection\n"
EVIDENCE = (
    "id,promise_ids,title,happened_on,source_id,status\n"
    "E1,A1,Course held,2022-03-01,Q2,verified\n"
    "E2,A1,Course promised,2022-03-01,Q1,verified\n"
    "E3,A1,Course said to be held,2022-03-01,Q2,unverified\n"
)
KEPT = "id,promise_id,title,completes,done_on,evidence_ids\nM1,A1,The course,yes,2022-03-01,E1\n"


@pytest.fixture
def far(write_plan: Callable[..., Path], book_of: Callable[..., Book]) -> Far:
    """How far R1 is on 30 June 2022, or another day. A1 is kept by 1 March 2022, A2 is open, A3 is missed."""

    def run(*, as_of: date | None = None, tables: Mapping[str, str] | None = None, **row: str) -> RecommendationStands:
        told = {
            "id": "R1",
            "review": "An inquiry",
            "says": "Train them",
            "source_id": "Q2",
            "response": "accepted",
            **row,
        }
        given: dict[str, object] = {
            "promises": PROMISES, "sources": SOURCES, "evidence": EVIDENCE, "milestones": KEPT, **(tables or {})
        }  # fmt: skip
        (found,) = book_of(write_plan(recommendations=[told], **given), as_of=as_of).running.recommendations
        return found

    return run


def test_the_printed_rules_are_the_ones_that_are_tested():
    rules = definitions.recommendation_rules()
    assert [each["id"] for each in rules] == list(TESTS)
    assert [int(each["order"]) for each in rules] == list(range(1, 9))
    assert all(each["words"].endswith(".") for each in rules)


def test_without_an_answer_nothing_is_known_whatever_its_promises_do(far: Far):
    assert far(response="", promise_ids="A1").answer == "answer not known"


def test_a_rejected_one_says_why_even_if_a_promise_does_the_same(far: Far):
    told = far(response="rejected", reason="Too dear", promise_ids="A1")
    assert (told.answer, told.because) == ("rejected", "Rejected: Too dear.")


def test_accepted_without_a_promise_is_accepted_and_no_more(far: Far):
    assert far().answer == "accepted, nothing promised"


def test_accepted_in_part_goes_the_same_way(far: Far):
    assert far(response="accepted in part", promise_ids="A2").answer == "in hand"


def test_one_of_two_promises_kept_is_in_hand(far: Far):
    told = far(promise_ids="A1;A2")
    assert (told.answer, told.because) == (
        "in hand",
        "Of the promises that answer it (A1 and A2), 1 of 2 are kept.",
    )


def test_a_missed_promise_means_slipping(far: Far):
    told = far(promise_ids="A1;A3")
    assert (told.answer, told.because) == ("slipping", "A3 is missed.")


def test_kept_but_checked_by_nobody_is_only_said_to_be_done(far: Far):
    assert far(promise_ids="A1").answer == "said to be done"


def test_checked_by_somebody_else_against_outside_evidence_is_done(far: Far):
    told = far(promise_ids="A1", evidence_ids="E1", verified_by="I. Inspector", verified_on="2022-04-01")
    assert (told.answer, told.rule) == ("done, verified", "verified")
    assert told.because == "Checked by I. Inspector on 1 April 2022, by: Course held."


@pytest.mark.parametrize("evidence", ["", "E2", "E3"])
def test_a_check_against_nothing_the_plan_itself_or_something_unsure_does_not_stand(far: Far, evidence: str):
    told = far(promise_ids="A1", evidence_ids=evidence, verified_by="I. Inspector", verified_on="2022-04-01")
    assert told.answer == "reopened"
    assert "no evidence from outside the plan's own text stands behind it" in told.because


def test_a_check_of_a_later_day_has_not_been_made(far: Far):
    row = {"promise_ids": "A1", "evidence_ids": "E1", "verified_by": "I. Inspector", "verified_on": "2022-07-01"}
    assert far(**row).answer == "said to be done"
    assert far(as_of=date(2022, 7, 1), **row).answer == "done, verified"


def test_on_an_earlier_day_the_name_of_who_checked_later_is_not_shown(far: Far):
    told = far(promise_ids="A1", evidence_ids="E1", verified_by="I. Inspector", verified_on="2022-07-01")
    assert (told.recommendation.verified_by, told.recommendation.verified_on) == (None, None)


# -- reopened by rule -----------------------------------------------------------------------------------------------------

CHECKED = {"evidence_ids": "E1", "verified_by": "I. Inspector", "verified_on": "2022-04-01"}


def test_a_verified_one_is_opened_again_when_a_promise_is_missed(far: Far):
    told = far(promise_ids="A1;A3", **CHECKED)
    assert told.answer == "reopened"
    assert told.because == "It was verified on 1 April 2022. Since then: A3 is missed."


def test_a_verified_one_is_opened_again_when_a_promise_goes_overdue(far: Far):
    told = far(promise_ids="A1", tables={"milestones": KEPT.splitlines()[0] + "\n"}, **CHECKED)
    assert told.because == "It was verified on 1 April 2022. Since then: A1 is overdue."


def test_a_named_persons_word_that_a_promise_is_missed_opens_it_again(far: Far):
    decision = (
        "id,kind,record_id,axis,answer,decided_by,decided_on,reason\n"
        "X1,override,A1,delivery,missed,N. Owner,2022-06-01,The course was cancelled\n"
    )
    assert far(promise_ids="A1", tables={"decisions": decision}, **CHECKED).answer == "reopened"


def test_a_named_persons_word_alone_closes_nothing(far: Far):
    decision = (
        "id,kind,record_id,axis,answer,decided_by,decided_on,reason\n"
        "X1,override,A2,delivery,kept,N. Owner,2022-06-01,I say so\n"
    )
    assert far(promise_ids="A2", tables={"decisions": decision}).answer == "in hand"


@pytest.mark.parametrize(
    ("promise", "said", "answer", "because"),
    [
        ("A3", "kept", "slipping", "A3 is missed."),
        ("A1", "partly", "in hand", "Of the promises that answer it (A1), 0 of 1 are kept."),
    ],
)
def test_neither_a_rule_nor_a_word_against_it_hides_the_worse_of_the_two(
    far: Far, promise: str, said: str, answer: str, because: str
):
    """A3 is missed by the rule and called kept; A1 is kept by the rule and called half done."""
    decision = (
        "id,kind,record_id,axis,answer,decided_by,decided_on,reason\n"
        f"X1,override,{promise},delivery,{said},N. Owner,2022-06-01,I say so\n"
    )
    told = far(promise_ids=promise, tables={"decisions": decision})
    assert (told.answer, told.because) == (answer, because)


def test_a_closed_one_whose_promise_is_not_kept_any_more_is_opened_again(far: Far):
    row = {"promise_ids": "A1", "closed_on": "2022-04-01"}
    assert far(**row).answer == "said to be done"
    told = far(tables={"milestones": KEPT.replace("yes", "no"), "promises": PROMISES.replace("2022-03-31", "")}, **row)
    assert told.because == "It was closed on 1 April 2022. Since then: it was closed, but A1 is not kept."


def test_evidence_corrected_after_the_check_opens_it_again_and_corrected_before_it_does_not(far: Far):
    heads = "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
    after = heads + "CO1,E1,title,Course held,Course begun,N. Owner,2022-05-01,It was half\n"
    told = far(promise_ids="A1", tables={"corrections": after}, **CHECKED)
    assert told.because == "It was verified on 1 April 2022. Since then: E1 was corrected after it was checked."
    for day in ("2022-03-20", "2022-04-01"):  # on its own day a check may well have seen the correction
        before = after.replace("2022-05-01", day)
        assert far(promise_ids="A1", tables={"corrections": before}, **CHECKED).answer == "done, verified"


def test_closing_it_later_does_not_cover_up_that_its_evidence_was_corrected_after_the_check(far: Far):
    corrected = (
        "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
        "CO1,E1,title,Course held,Course begun,N. Owner,2022-05-01,It was half\n"
    )
    told = far(promise_ids="A1", closed_on="2022-06-01", tables={"corrections": corrected}, **CHECKED)
    assert (told.answer, told.because) == (
        "reopened",
        "It was verified on 1 April 2022 and closed on 1 June 2022. Since then: E1 was corrected after it was checked.",
    )


@pytest.mark.parametrize(("months", "answer"), [("3", "reopened"), ("4", "done, verified"), ("n/a", "done, verified")])
def test_evidence_that_grew_older_than_it_may_opens_it_again(far: Far, months: str, answer: str):
    told = far(promise_ids="A1", fresh_months=months, **CHECKED)  # 1 March to 30 June: in its fourth month
    assert told.answer == answer


def test_evidence_without_a_day_can_not_be_fresh(far: Far):
    undated = EVIDENCE.replace("Course held,2022-03-01", "Course held,")
    told = far(promise_ids="A1", fresh_months="12", tables={"evidence": undated}, **CHECKED)
    assert "carries no day" in told.because


# -- what the check says --------------------------------------------------------------------------------------------------


@pytest.fixture
def problems(
    write_plan: Callable[..., Path], checked: Callable[..., Checked], named: Callable[..., list[Problem]]
) -> Callable[..., list[Problem]]:
    def run(name: str, **row: str) -> list[Problem]:
        told = {"id": "R1", "review": "An inquiry", "says": "Train them", "source_id": "Q2", **row}
        folder = write_plan(
            promises=PROMISES, sources=SOURCES, evidence=EVIDENCE, milestones=KEPT, recommendations=[told]
        )
        return named(checked(folder), name)

    return run


@pytest.mark.parametrize(
    ("owner", "by"),
    [
        ("", "Head of Training"),
        ("", "  head of   training "),
        ("Ｈead of Reviews", "Head of Reviews"),
        ("A. Able; B. Baker", "b. baker"),
        ("", "I. Inspector; Head of Training"),
    ],
)
def test_who_answers_for_it_or_for_its_promise_can_not_check_it(
    problems: Callable[..., list[Problem]], owner: str, by: str
):
    (found,) = problems(
        "checked by its owner",
        promise_ids="A1",
        owner=owner,
        verified_by=by,
        verified_on="2022-04-01",
        evidence_ids="E1",
    )
    assert found.serious
    assert "Let somebody else check it" in found.message


def test_the_owner_of_another_promise_may_check_it(problems: Callable[..., list[Problem]]):
    assert not problems("checked by its owner", promise_ids="A1", verified_by="Head of Parks", verified_on="2022-04-01")


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"response": "rejected"}, "rejected without a reason"),
        ({"response": "accepted in part"}, "which part is accepted"),
        ({"verified_by": "I. Inspector", "evidence_ids": "E1"}, "check without name or day"),
        ({"verified_on": "2022-04-01"}, "check without name or day"),
        ({"verified_by": "I. Inspector", "verified_on": "2022-04-01"}, "check without evidence"),
        ({"fresh_months": "0"}, "evidence that is never fresh"),
        ({"evidence_ids": "E9"}, "dead link"),
    ],
)
def test_each_gap_in_a_recommendation_has_a_name(
    problems: Callable[..., list[Problem]], row: dict[str, str], name: str
):
    (found,) = problems(name, **row)
    assert (found.file, found.line) == ("recommendations.csv", 2)


def test_yes_is_no_answer_any_more(write_plan: Callable[..., Path], checked: Callable[..., Checked]):
    folder = write_plan(recommendations="id,review,says,response,source_id\nR1,An inquiry,Train,yes,Q1\n")
    (first, *_) = checked(folder).errors
    assert "'yes' is not one of accepted, accepted in part and rejected" in first.message
