"""Words that name a time, the days that they say, and what they leave to a person."""

from __future__ import annotations

import pytest

from lamplighter.plan.drafting.dates import dates_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 4 November 2021", "2021-11-04"),
        ("Friday, 15th of December 2023", "2023-12-15"),
        ("June 15, 2022", "2022-06-15"),
        ("2023-03-08", "2023-03-08"),
        ("25/12/2021", "2021-12-25"),
        ("On Wednesday, 3 November, we", "--11-03"),
        ("in July 2021", "2021-07-01/2021-07-31"),
        ("the year ending March 2020", "2019-04-01/2020-03-31"),
        ("the year ending December 2020", "2020-01-01/2020-12-31"),
        ("since 2019 we", "2019-01-01/2019-12-31"),
        ("from 2016 to 2020", "2016-01-01/2020-12-31"),
        ("by the end of 2023", "2023-12-31"),
        ("in 2019/20", ""),
        ("in early 2025", ""),
        ("in the spring", ""),
        ("by autumn 2024", ""),
        ("over the coming months", ""),
        ("Last week", ""),
        ("within the next three years", ""),
        ("today", ""),
        ("last September", ""),
        ("July this year", ""),
    ],
)
def test_words_say_the_days_that_they_say_and_no_more(text: str, value: str):
    found = dates_in(text)
    assert [each.value for each in found] == [value]


@pytest.mark.parametrize(
    "text",
    ["We may march.", "this year’s theme", "the Domestic Abuse Act 2021", "a five-year plan", "2,021", "2021-19"],
)
def test_what_names_no_time_is_no_date(text: str):
    assert dates_in(text) == ()


def test_a_day_that_no_calendar_has_is_found_and_not_read():
    assert [(each.words, each.value) for each in dates_in("by 30 February 2021")] == [("30 February 2021", "")]


@pytest.mark.parametrize(
    ("text", "looks"),
    [("by March 2023", ""), ("by autumn", "forward"), ("last month", "back"), ("next year", "forward")],
)
def test_a_due_date_is_told_from_a_past_one_where_the_words_say(text: str, looks: str):
    assert [each.looks for each in dates_in(text)] == [looks]
