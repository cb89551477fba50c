"""Of those who need a course, who has it still? Worked by hand; a target is never taken for those who need it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.check import Checked
from lamplighter.plan.folder import Problem
from lamplighter.plan.records.running import Training, TrainingCount
from lamplighter.plan.records.showing import Figure
from lamplighter.plan.running.answers import Coverage, Expiring
from lamplighter.plan.running.training import coverage_of

TODAY = date(2022, 6, 30)
Write = Callable[..., Path]


def figure(figure_id: str, value: float, role: str = "current", **more: Any) -> Figure:
    return Figure(id=figure_id, role=role, label=figure_id, value=value, unit="officers", **more)


FIGURES = {
    each.id: each
    for each in (
        figure("G-NOW", 6800.0, as_of=date(2021, 11, 4)),
        figure("G-TARGET", 8500.0, "target"),
        figure("G-NEED", 400.0, "context"),
        figure("G-NEED-MORE", 400.0, "context", qualifier="more than"),
        figure("G-NEED-LESS", 400.0, "context", qualifier="less than"),
        figure("G-LATER-TARGET", 9000.0, "target"),
        figure("G-NEED-ABOUT", 400.0, "context", qualifier="about"),
        figure("G-NEED-TENS", 400.0, "context", rounded_to=10.0),
        figure("G-NOW-MORE", 300.0, qualifier="more than"),
        figure("G-NOW-ABOUT", 300.0, qualifier="about"),
    )
}


def counts(*months: tuple[str, int], as_of: date = date(2022, 6, 1)) -> list[TrainingCount]:
    return [
        TrainingCount(id=f"{as_of}-{month}", training_id="T1", as_of=as_of, trained_in=month, people=people)
        for month, people in months
    ]


def covered(rows: Sequence[TrainingCount] = (), *, today: date = TODAY, **more: Any) -> Coverage:
    told: dict[str, Any] = {"trained_figure_id": "G-NOW", "target_figure_id": "G-TARGET", **more}
    return coverage_of(Training(id="T1", promise_id="A1", course="Course", **told), rows, FIGURES, today=today)


def test_6800_of_8500_is_progress_towards_a_target_and_never_coverage():
    told = covered()
    assert (told.trained, told.target, told.eligible, told.valid, told.share) == (6800, 8500, None, None, None)
    assert "6,800 were trained against a target of 8,500 officers" in told.words
    assert "%" not in told.words
    assert "how many people are in posts that need it (the target is how many were to be trained" in told.words


@pytest.mark.parametrize("target", ["G-TARGET", "G-LATER-TARGET"])
def test_a_target_named_as_those_who_need_it_gives_no_coverage_either(target: str):
    """Neither the course's own target nor that of another course or year."""
    told = covered(eligible_figure_id=target, valid_months="n/a")
    assert (told.eligible, told.share) == (None, None)


def test_of_400_who_need_it_150_have_training_that_holds():
    rows = counts(("2021-05", 80), ("2021-08", 100), ("2022-03", 50))
    told = covered(rows, eligible_figure_id="G-NEED", valid_months=12)
    assert (told.trained, told.valid, told.run_out) == (230, 150, 80)
    assert told.share == 150 / 400
    assert told.lacking == ()
    assert told.words == "150 of 400 officers who need it have training that holds on 30 June 2022: 37.5%."


def test_each_quarter_says_how_many_run_out_in_it():
    rows = counts(("2021-08", 100), ("2021-09", 1), ("2021-10", 7), ("2022-03", 50))
    assert covered(rows, valid_months=12).expiring == (
        Expiring(quarter="July to September 2022", people=101),
        Expiring(quarter="October to December 2022", people=7),
        Expiring(quarter="January to March 2023", people=50),
    )


def test_in_the_month_in_which_it_runs_out_it_no_longer_counts_and_has_not_yet_run_out():
    rows = counts(("2021-06", 30), ("2021-07", 40))
    told = covered(rows, eligible_figure_id="G-NEED", valid_months=12)
    assert (told.valid, told.run_out) == (40, 0)
    assert told.expiring[0] == Expiring(quarter="April to June 2022", people=30)


def test_the_latest_count_up_to_the_day_replaces_the_earlier_one():
    rows = [
        *counts(("2022-01", 10), as_of=date(2022, 2, 1)),
        *counts(("2022-01", 9), ("2022-02", 5), as_of=date(2022, 3, 1)),
        *counts(("2022-01", 500), as_of=date(2022, 7, 1)),
    ]
    told = covered(rows, valid_months=12)
    assert (told.trained, told.valid, told.counted_on) == (14, 14, date(2022, 3, 1))


def test_training_that_never_runs_out_needs_no_months():
    told = covered(eligible_figure_id="G-NEED", valid_months="n/a", trained_figure_id="G-NEED")
    assert (told.valid, told.share, told.run_out, told.expiring) == (400, 1.0, 0, ())


def test_more_trained_than_need_it_is_no_coverage_above_one():
    told = covered(counts(("2022-05", 401)), eligible_figure_id="G-NEED", valid_months=12)
    assert told.share is None
    assert "401 trained are more than the 400 who need it" in told.words


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        ({"valid_months": 12, "eligible_figure_id": "G-NEED"}, ["in which months they were trained"]),
        ({"eligible_figure_id": "G-NEED"}, ["how long it holds", "in which months they were trained"]),
        (
            {"trained_figure_id": None, "eligible_figure_id": "G-NEED", "valid_months": 12},
            ["how many were trained"],
        ),
    ],
)
def test_what_is_lacking_is_named_and_nothing_is_made_up(told: dict[str, Any], lacking: list[str]):
    found = covered(**told)
    assert list(found.lacking) == lacking
    assert (found.valid, found.share) == (None, None)


@pytest.mark.parametrize(
    ("eligible", "trained", "lacking"),
    [
        ("G-NEED-MORE", "G-NEED", "an exact number: G-NEED-MORE says only more than 400 officers"),
        ("G-NEED-LESS", "G-NOW-ABOUT", "an exact number: G-NEED-LESS says only less than 400 officers"),
        ("G-NEED", "G-NOW-MORE", "an exact number: G-NOW-MORE says only more than 300 officers"),
    ],
)
def test_a_bound_gives_no_coverage(eligible: str, trained: str, lacking: str):
    """Out of more than 400, 400 are some share below 100%: which, nobody can say."""
    told = covered(eligible_figure_id=eligible, valid_months="n/a", trained_figure_id=trained)
    assert (told.share, told.lacking) == (None, (lacking,))
    assert "%" not in told.words


@pytest.mark.parametrize("eligible", ["G-NEED-ABOUT", "G-NEED-TENS"])
def test_out_of_a_rounded_number_it_is_about_so_much(eligible: str):
    told = covered(counts(("2022-05", 100)), eligible_figure_id=eligible, valid_months=12)
    assert told.words == "100 of about 400 officers who need it have training that holds on 30 June 2022: about 25.0%."


def test_about_300_of_400_is_about_three_quarters():
    told = covered(eligible_figure_id="G-NEED", valid_months="n/a", trained_figure_id="G-NOW-ABOUT")
    assert told.words == "About 300 of 400 officers who need it have training that holds on 30 June 2022: about 75.0%."


def test_nobody_trained_yet_is_nought_of_400_and_not_unknown():
    told = covered(counts(("2022-05", 0)), eligible_figure_id="G-NEED", valid_months=12)
    assert (told.valid, told.share) == (0, 0.0)


# -- what the check says --------------------------------------------------------------------------------------------------

PROMISES = "id,version,kind,title\nA1,V1,action,Train officers\n"
HEADS = "id,promise_ids,role,label,value,unit,as_of,source_id\n"
GIVEN = HEADS + "G1,A1,current,Trained,30,officers,2022-06-01,Q1\nG2,A1,target,To train,40,officers,,Q1\n"
SOURCES = "id,title,kind\nQ1,A register,records\n"
COURSE = "id,promise_id,course,trained_figure_id,target_figure_id,eligible_figure_id,valid_months\n"
COUNT = "id,training_id,as_of,trained_in,people\n"


@pytest.fixture
def problems(
    write_plan: Write, checked: Callable[..., Checked], named: Callable[..., list[Problem]]
) -> Callable[..., list[Problem]]:
    def run(name: str, *, training: str, training_counts: str = COUNT) -> list[Problem]:
        folder = write_plan(
            promises=PROMISES, figures=GIVEN, sources=SOURCES, training=training, training_counts=training_counts
        )
        return named(checked(folder), name)

    return run


def test_a_target_as_the_number_who_need_it_stops_a_build(problems: Callable[..., list[Problem]]):
    (found,) = problems("target taken for those who need it", training=COURSE + "T1,A1,Course,G1,G2,G2,12\n")
    assert found.serious
    assert "How many are to be trained is not how many are in posts that need it" in found.message


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("C1,T1,2022-06-01,June 2022,30", "not a month"),
        ("C1,T1,2022-06-01,2022-13,30", "not a month"),
        ("C1,T1,2022-06-01,2022-07,30", "trained after the count"),
        ("C1,T1,2022-06-01,2022-05,-3", "fewer than nobody"),
        ("C1,T1,2022-06-01,2022-05,15\nC2,T1,2022-06-01,2022-05,15", "month twice"),
    ],
)
def test_a_count_that_can_not_be_is_named(problems: Callable[..., list[Problem]], row: str, name: str):
    (found,) = problems(name, training=COURSE + "T1,A1,Course,G1,G2,,12\n", training_counts=f"{COUNT}{row}\n")
    assert (found.file, found.serious) == ("training_counts.csv", True)


def test_months_that_do_not_add_up_to_the_figure_of_that_day_are_named(problems: Callable[..., list[Problem]]):
    training = COURSE + "T1,A1,Course,G1,G2,,12\n"
    (found,) = problems(
        "training counted twice over", training=training, training_counts=f"{COUNT}C1,T1,2022-06-01,2022-05,31\n"
    )
    assert "add up to 31, but G1 says 30" in found.message
    assert not problems(
        "training counted twice over", training=training, training_counts=f"{COUNT}C1,T1,2022-06-01,2022-05,30\n"
    )
