"""Looked at from an earlier day, no measure knows a month that was not over by then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lamplighter.schema import month_text
from lamplighter.studies.catalogue import answers, last_whole_month


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2021, 11, 5), "2021-10"),
        (date(2024, 6, 30), "2024-06"),
        (date(2024, 2, 28), "2024-01"),
        (date(2024, 2, 29), "2024-02"),
        (date(2022, 1, 1), "2021-12"),
        (date(2021, 12, 31), "2021-12"),
    ],
)
def test_the_last_month_that_counts_is_the_last_that_is_over(day: date, month: str):
    assert month_text(last_whole_month(day)) == month


def periods_of(told: Any) -> list[str]:
    points = [*told.points, *(point for layer in told.layers for point in layer.points)]
    return [each.period.removeprefix("12 months to ") for each in points]


def test_from_november_2021_nothing_later_is_drawn_said_or_marked(real):
    found = answers(real, as_of=date(2021, 11, 5))
    assert max(each.period for each in found["recorded-vawg"].points) == "2021-10"
    for told in found.values():
        assert max(periods_of(told)) <= "2021-10", told.id
        assert not [each for each in told.breaks if each.marked], told.id
        for year in ("2022", "2023", "2024", "2025", "2026"):
            assert year not in f"{told.summary} {told.caveats} {told.stated}", told.id
    assert found["recorded-vawg"].provenance.question["until"] == "2021-10"


def test_a_month_within_tells_the_same_count_from_whichever_day_it_is_looked_at(real, real_answers):
    earlier = {each.period: each.value for each in answers(real, as_of=date(2024, 6, 30))["recorded-rape"].points}
    now = {each.period: each.value for each in real_answers["recorded-rape"].points}
    assert max(earlier) == "2024-06"
    assert earlier == {period: value for period, value in now.items() if period <= "2024-06"}


def test_a_day_before_the_first_month_has_no_measures(real):
    assert answers(real, as_of=date(2013, 12, 31)) == {}


def test_a_day_after_the_last_month_leaves_every_answer_as_it_is(real, real_answers):
    assert answers(real, as_of=date(2026, 3, 31)) == real_answers
