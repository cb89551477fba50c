"""Four numbers of posts and the gaps between them; figures that parts make, or don't: 650 = 500 + 150."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.check import Checked
from lamplighter.plan.folder import Problem
from lamplighter.plan.records.running import Post
from lamplighter.plan.records.showing import Figure
from lamplighter.plan.running.answers import Posting
from lamplighter.plan.running.parts import sums_of
from lamplighter.plan.running.posts import posting_of

JUNE = date(2022, 6, 1)


def figure(figure_id: str, value: float | None, **more: Any) -> Figure:
    told = {"role": "context", "label": figure_id, "unit": "officers", "as_of": JUNE, **more}
    return Figure(id=figure_id, value=value, **told)


def posting(*figures: Figure) -> Posting:
    post = Post(
        id="PO1", promise_id="A1", title="Posts", promised_figure_id="P",
        established_figure_id="E", filled_figure_id="F", deployable_figure_id="D",
    )  # fmt: skip
    return posting_of(post, {each.id: each for each in figures})


def test_of_25_posts_4_stand_empty_and_3_of_21_people_can_not_be_deployed():
    told = posting(figure("E", 25.0), figure("F", 21.0), figure("D", 18.0))
    assert (told.vacant, told.not_deployable, told.lacking) == (4, 3, ())
    assert "Of 25 posts 4 stand empty (16.0%) on 1 June 2022." in told.words
    assert "Of 21 people in post 3 can't be deployed" in told.words


def test_more_people_than_posts_is_over_strength_and_no_vacancy_share():
    told = posting(figure("E", 20.0), figure("F", 23.0), figure("D", 23.0))
    assert (told.vacant, told.not_deployable) == (-3, 0)
    assert "Of 20 posts 3 over strength" in told.words
    assert "%" not in told.words


def test_posts_that_were_only_announced_have_no_gap():
    told = posting(figure("P", 500.0))
    assert (told.vacant, told.not_deployable) == (None, None)
    assert told.words == (
        "500 officers announced. Not known: how many posts exist; how many are filled; "
        "how many people in them can be deployed."
    )


@pytest.mark.parametrize(
    "filled",
    [
        {"as_of": date(2022, 1, 1)},
        {"as_of": None},
        {"unit": "full-time posts"},
        {"qualifier": "about"},
        {"rounded_to": 10.0},
    ],
)
def test_figures_of_two_days_units_or_firmness_give_no_gap_and_say_why(filled: dict[str, Any]):
    told = posting(figure("E", 25.0), figure("F", 21.0, **filled), figure("D", 18.0, **filled))
    assert told.vacant is None
    assert "vacancies" in " ".join(told.lacking)


def test_more_deployable_than_filled_is_no_answer():
    told = posting(figure("E", 25.0), figure("F", 18.0), figure("D", 21.0))
    assert told.not_deployable is None
    assert "more can be deployed than posts are filled" in told.words


# -- parts ----------------------------------------------------------------------------------------------------------------


def test_650_is_500_and_150():
    (told,) = sums_of([figure("W", 650.0), figure("A", 150.0, part_of_id="W"), figure("B", 500.0, part_of_id="W")])
    assert (told.holds, [each.id for each in told.parts]) == (True, ["B", "A"])
    assert told.words == "650 = 500 (B) + 150 (A)."


def test_parts_that_make_less_are_said_to_make_less():
    (told,) = sums_of([figure("W", 650.0), figure("A", 149.0, part_of_id="W"), figure("B", 500.0, part_of_id="W")])
    assert told.holds is False
    assert told.words == "500 (B) + 149 (A) = 649, not 650."


@pytest.mark.parametrize(
    ("whole", "part", "holds"),
    [
        ({"value": 700.0, "rounded_to": 100.0}, {"value": 640.0}, False),  # 650 to 750
        ({"value": 700.0, "rounded_to": 100.0}, {"value": 650.0}, True),
        ({"value": 600.0, "qualifier": "more than"}, {"value": 9000.0}, True),
        ({"value": 600.0, "qualifier": "more than"}, {"value": 599.0}, False),
        ({"value": 600.0}, {"value": 599.0, "qualifier": "more than"}, True),
        ({"value": 600.0}, {"value": 600.0, "unit": "staff"}, None),
        ({"value": 600.0}, {"value": None}, None),
    ],
)
def test_rounding_and_bounds_are_taken_at_their_word(whole: dict[str, Any], part: dict[str, Any], holds: bool | None):
    (told,) = sums_of([figure("W", **whole), figure("A", part_of_id="W", **part)])
    assert told.holds is holds


# -- what the check says --------------------------------------------------------------------------------------------------

PROMISES = "id,version,kind,title\nA1,V1,action,New officers\n"
HEADS = "id,promise_ids,role,label,value,unit,as_of,part_of_id\n"


@pytest.mark.parametrize(
    ("rows", "name", "serious"),
    [
        ("G1,A1,context,All,650,officers,,\nG2,A1,context,Teams,500,officers,,G1\n", "parts don't add up", False),
        ("G1,A1,context,All,650,officers,,\nG2,A1,context,Teams,650,staff,,G1\n", "parts can't be added", False),
        ("G1,A1,context,All,650,officers,,G1\n", "part of itself", True),
        ("G1,A1,context,All,650,officers,,G9\n", "dead link", True),
    ],
)
def test_the_check_names_parts_that_do_not_make_their_whole(
    write_plan: Callable[..., Path],
    checked: Callable[..., Checked],
    named: Callable[..., list[Problem]],
    rows: str,
    name: str,
    serious: bool,
):
    (found,) = named(checked(write_plan(promises=PROMISES, figures=HEADS + rows)), name)
    assert (found.file, found.record_id, found.serious) == ("figures.csv", "G1", serious)


def test_two_figures_that_are_parts_of_each_other_stop_a_build(
    write_plan: Callable[..., Path], checked: Callable[..., Checked], named: Callable[..., list[Problem]]
):
    rows = "G1,A1,context,All,5,officers,,G2\nG2,A1,context,Teams,5,officers,,G1\n"
    found = named(checked(write_plan(promises=PROMISES, figures=HEADS + rows)), "part of itself")
    assert [each.record_id for each in found] == ["G1", "G2"]


def test_parts_that_make_it_are_not_complained_of(
    write_plan: Callable[..., Path], checked: Callable[..., Checked], named: Callable[..., list[Problem]]
):
    rows = (
        "G1,A1,context,All,650,officers,,\nG2,A1,context,Teams,500,officers,,G1\nG3,A1,context,Wards,150,officers,,G1\n"
    )
    found = checked(write_plan(promises=PROMISES, figures=HEADS + rows))
    assert not named(found, "parts don't add up")
    assert not named(found, "parts can't be added")


def test_more_deployable_than_filled_is_named(
    write_plan: Callable[..., Path], checked: Callable[..., Checked], named: Callable[..., list[Problem]]
):
    folder = write_plan(
        promises=PROMISES,
        figures=HEADS
        + "G1,A1,context,Filled,18,officers,2022-06-01,\nG2,A1,context,Deployable,21,officers,2022-06-01,\n",
        posts="id,promise_id,title,filled_figure_id,deployable_figure_id\nPO1,A1,Teams,G1,G2\n",
    )
    (found,) = named(checked(folder), "more deployable than filled")
    assert "G2 has 21 who can be deployed, G1 only 18 in post" in found.message
