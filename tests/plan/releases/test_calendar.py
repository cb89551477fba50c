"""The calendar and the list of early access are records of the plan folder: read, checked, and in its schema."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lamplighter.plan.folder import read_plan
from lamplighter.plan.published import folder_schema


def problems(checked: Callable, folder) -> list[tuple[str, str, bool]]:
    found = checked(folder)
    return [
        (each.record_id, each.name, each.serious)
        for each in (*found.errors, *found.warnings)
        if each.file in ("release_calendar.csv", "pre_release_access.csv")
    ]


def test_a_calendar_is_read(write_plan: Callable):
    folder = write_plan(
        release_calendar="id,name,state,planned_on,moved_from,notice,notice_on\n"
        "R-1,2026-spring,postponed,2026-06-02,2026-05-05,The February file came late,2026-04-28\n"
    )
    plan, unreadable = read_plan(folder)
    assert unreadable == []
    (row,) = plan.of("release_calendar")
    assert (row.state, row.planned_on, row.moved_from) == ("postponed", date(2026, 6, 2), date(2026, 5, 5))


def test_a_state_that_there_is_not_is_refused_with_its_line(write_plan: Callable):
    folder = write_plan(release_calendar="id,name,state\nR-1,2026-spring,soon\n")
    ((problem),) = read_plan(folder)[1]
    assert (problem.file, problem.line) == ("release_calendar.csv", 2)
    assert "provisional, confirmed, published, postponed and cancelled" in problem.message


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("confirmed,,,", "release without its day"),
        ("published,2026-05-05,,", "release without its day"),
        ("postponed,2026-05-05,,", "release without its notice"),
        ("cancelled,,,", "release without its notice"),
    ],
)
def test_an_announcement_has_its_day_or_its_notice(write_plan: Callable, checked: Callable, row: str, name: str):
    folder = write_plan(release_calendar=f"id,name,state,planned_on,published_on,notice\nR-1,2026-spring,{row}\n")
    assert problems(checked, folder) == [("R-1", name, True)]


@pytest.mark.parametrize(
    "row",
    [
        "provisional,,,", "confirmed,2026-05-05,,", "published,,2026-05-05,", "postponed,,,The file came late",
        "cancelled,,,The data are wrong",
    ],
)  # fmt: skip
def test_an_announcement_that_says_all_is_left_alone(write_plan: Callable, checked: Callable, row: str):
    folder = write_plan(release_calendar=f"id,name,state,planned_on,published_on,notice\nR-1,2026-spring,{row}\n")
    assert problems(checked, folder) == []


def test_a_release_is_announced_once(write_plan: Callable, checked: Callable):
    folder = write_plan(release_calendar="id,name,state\nR-1,2026-spring,provisional\nR-2,2026-spring,provisional\n")
    assert problems(checked, folder) == [("R-2", "release announced twice", True)]


def test_early_access_is_to_a_release_of_the_calendar(write_plan: Callable, checked: Callable):
    folder = write_plan(pre_release_access="id,release_id,who,body,reason\nE1,R-9,The mayor,Northam,To be ready\n")
    assert problems(checked, folder) == [("E1", "dead link", True)]


@pytest.mark.parametrize(("day", "found"), [("2026-05-04", []), ("2026-05-03", [("E1", "access too early", False)])])
def test_early_access_is_one_day_early_at_most(write_plan: Callable, checked: Callable, day: str, found: list):
    folder = write_plan(
        release_calendar="id,name,state,planned_on\nR-1,2026-spring,confirmed,2026-05-05\n",
        pre_release_access=f"id,release_id,who,body,reason,from_day\nE1,R-1,The mayor,Northam,To be ready,{day}\n",
    )
    assert problems(checked, folder) == found


def test_the_list_of_early_access_goes_out_with_the_release(desk):
    desk.write(pre_release_access="id,release_id,who,body,reason\nE1,R-1,The mayor,Northam,To be ready\n")
    (done,) = desk.publish("2022-summer")
    assert b"The mayor" in (done.folder / "records" / "pre_release_access.csv").read_bytes()
    assert (done.folder / "records" / "release_calendar.csv").is_file()


def test_both_are_in_the_published_schema():
    files = {each["file"]: each for each in folder_schema()["files"]}
    states = next(each for each in files["release_calendar.csv"]["columns"] if each["name"] == "state")
    assert states["choices"] == ["provisional", "confirmed", "published", "postponed", "cancelled"]
    access = {each["name"]: each for each in files["pre_release_access.csv"]["columns"]}
    assert access["release_id"]["refers_to"] == ["release_calendar"]
