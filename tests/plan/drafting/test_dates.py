"""Words that name a time, the days that they say, and what they leave to a person."""

from __future__ import annotations

from datetime import date

import pytest

from lamplighter.plan.drafting.anchoring import anchored, day_of
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
        ("from 2016–2020", "2016-01-01/2020-12-31"),
        ("in 2016-20", "2016-01-01/2020-12-31"),
        ("Summer 2018", "2018-06-01/2018-08-31"),
        ("in winter 2021", "2021-12-01/2022-02-28"),
        ("the end of March 2024", "2024-03-31"),
        ("FY 2024 funds", "2023-10-01/2024-09-30"),
        ("fiscal year 2024", "2023-10-01/2024-09-30"),
        ("in the financial year 2023/24", "2023-04-01/2024-03-31"),
        ("In 2024 to 25 funding", "2024-04-01/2025-03-31"),
        ("from the 2016 plan", "2016-01-01/2016-12-31"),
        ("on Thursday", ""),
        ("in the next financial year", ""),
        ("by the end of 2023", "2023-12-31"),
        ("in 2019/20", "2019-04-01/2020-03-31"),
        ("in early 2025", ""),
        ("in the spring", ""),
        ("by autumn 2024", "2024-09-01/2024-11-30"),
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
    [
        "We may march.",
        "this year’s theme",
        "the Domestic Abuse Act 2021",
        "the Reauthorization Act of 2022",
        "our Corporate Plan 2022-32",
        "a five-year plan",
        "2,021",
        "2021-19",
        "three decades since the law",
        "over the last 14 years",
        "in recent months",
        "within ten years",
        "every Friday night",
        "Monday to Friday",
    ],
)
def test_what_names_no_time_is_no_date(text: str):
    assert dates_in(text) == ()


def test_the_two_ends_of_a_stretch_in_words_are_two_dates():
    assert [each.value for each in dates_in("Between 1993 and 2022, and from May to July 2022")] == [
        "1993-01-01/1993-12-31",
        "2022-01-01/2022-12-31",
        "2022-05-01/2022-05-31",
        "2022-07-01/2022-07-31",
    ]


@pytest.mark.parametrize(
    ("top", "day"),
    [
        ("Published 4 November 2021\n", date(2021, 11, 4)),
        ("2021-11-04\n", date(2021, 11, 4)),
        ("Action plan for the river path: progress as at 4 November 2021\n", date(2021, 11, 4)),
        ("NORTHAM, 4 November 2021 – The force\n", date(2021, 11, 4)),
        ("We began on 4 November 2021 with a walk along the river and a talk.\n", None),
        ("Apply by 4 November 2021\n", None),
        ("", None),
    ],
)
def test_a_text_says_at_its_top_on_which_day_it_was_written_or_nobody_knows(top: str, day: date | None):
    assert day_of(top, dates_in(top)) == day


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("We begin today.", "2021-11-04"),
        ("Tomorrow we walk.", "2021-11-05"),
        ("As announced last month, we walk.", "2021-10-01/2021-10-31"),
        ("We will walk next year.", "2022-01-01/2022-12-31"),
        ("We walked this week.", "2021-11-01/2021-11-07"),
        ("We will report in the spring.", "2022-03-01/2022-05-31"),
        ("It rained last summer.", "2021-06-01/2021-08-31"),
        ("They met on Tuesday.", "2021-11-02"),
        ("They will meet on Tuesday.", "2021-11-09"),
        ("over the coming months", ""),
        ("by the end of the year", ""),
    ],
)
def test_words_that_count_from_the_day_of_the_text_are_days_where_it_gives_one(words: str, value: str):
    text = f"Thursday, 4 November 2021\n\n{words}"
    found = anchored(dates_in(text), text)[1]
    assert found.value == value
    assert (found.counted_from is not None) is bool(value)
    assert [each.value for each in anchored(dates_in(words), words)] == [""]


def test_a_day_that_no_calendar_has_is_found_and_not_read():
    assert [(each.words, each.value) for each in dates_in("by 30 February 2021")] == [("30 February 2021", "")]


@pytest.mark.parametrize(
    ("text", "looks"),
    [("by March 2023", ""), ("by autumn", "forward"), ("last month", "back"), ("next year", "forward")],
)
def test_a_due_date_is_told_from_a_past_one_where_the_words_say(text: str, looks: str):
    assert [each.looks for each in dates_in(text)] == [looks]
