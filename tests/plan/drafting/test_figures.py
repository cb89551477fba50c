"""What is a figure in a text and what is a date, a name, an age or a reference: a row a case, each to be checked by eye."""

from __future__ import annotations

import pytest

from lamplighter.plan.drafting.dates import dates_in
from lamplighter.plan.drafting.draft import NO_FIGURE, draft
from lamplighter.plan.drafting.figures import figures_in


def figures(text: str) -> list[tuple[float, str | None]]:
    spans = [(each.start, each.end) for each in dates_in(text)]
    return [(each.value, each.unit) for each in figures_in(text, dates=spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("650 new officers into new teams", [(650, "new officers")]),
        ("more than 2,100 offenders, half of which were", [(2100, "offenders"), (50, "%")]),
        ("twelve officers and two sergeants", [(12, "officers"), (2, "sergeants")]),
        ("1.5 million calls cost £27.7 million and £18m", [(1.5e6, "calls"), (27.7e6, "£"), (18e6, "£")]),
        ("up to £7.5\nmillion of funding", [(7.5e6, "£")]),
        ("27% of women and 15 per cent of men", [(27, "%"), (15, "%")]),
        ("3 percentage points", [(3, "percentage points")]),
        ("1 in 5 women, one in four girls, 3 out of 4 staff", [(20, "%"), (25, "%"), (75, "%")]),
        ("two-thirds of them", [(66.6667, "%")]),
        ("halve violence", [(50, "%")]),
        ("a visit within 48 hours", [(48, "hours")]),
        ("43 forces, 10 BCUs", [(43, "forces"), (10, "BCUs")]),
        ("108 of 199 people", [(108, None), (199, "people")]),
        ("women aged 16 to 74 and under-18s", [(16, None), (74, None), (18, None)]),
        ("a five-year plan with three priorities", [(5, "years"), (3, "priorities")]),
        ("12 months and four weeks", [(12, "months"), (4, "weeks")]),
        ("twenty-five vans, two hundred and fifty lamps", [(25, "vans"), (250, "lamps")]),
        ("half a million women, half a dozen vans", [(500_000, "women"), (6, "vans")]),
        ("14 to 16 percent", [(14, None), (16, "%")]),
        ("three decades since", [(3, "decades")]),
        ("in three working days", [(3, "days")]),
        ("twice as many calls", [(2, "times")]),
        ("15-20 venues", [(15, None), (20, "venues")]),
    ],
)
def test_a_number_that_counts_something_is_a_figure(text: str, expected: list[tuple[float, str | None]]):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "See section 4.2 on page 12 and Annex 3.",
        "as the review found.[3] And so on [footnote 1]",
        "Call 101 or 999.",
        "Ring 0800 2000 247 or 020 7230 1212",
        "open 24/7 and 24 hours a day",
        "the V100 list, COVID-19, the G7 and the 4th team",
        "Command paper 639",
        "CP 639",
        "the Domestic Abuse Act 2021",
        "the 1998 Act",
        "half an hour, the other half",
        "experts in 999 control rooms",
        "on campus (4, G) and at work (1, 2, 14, B)",
        "the Six Point Plan",
        "Ring 1800 RESPECT",
        "a statement (PDF, 1.5 MB) at https://northam.example/2/45?page=3",
        "as the survey found.12 And ”3 so on",
        "the Crime Plan 2022-25",
        "the last decade",
        "a ten-point plan",
        "at 9:30 and 7.30pm",
        "between 8 am and 5 pm",
        "in 2015, and then",
        "hundreds of women",
    ],
)
def test_a_number_that_counts_nothing_is_none(text: str):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("more than 80 women", "more than"),
        ("over 500 extra officers", "more than"),
        ("over five years", ""),
        ("over 12 months", ""),
        ("more than five years", "more than"),
        ("nearly 300 venues", "about"),
        ("up to 40 venues", "less than"),
        ("40 venues", ""),
    ],
)
def test_how_firmly_a_number_is_put_is_kept(text: str, qualifier: str):
    assert [each.qualifier for each in figures_in(text)] == [qualifier]


def test_a_number_without_a_unit_takes_it_from_the_sentence_before_and_says_so():
    found = draft("We will train 8,500 officers. So far 6,800 have been trained.").figures
    assert [(each.found.value, each.unit, each.unit_from) for each in found] == [
        (8500, "officers", ""),
        (6800, "officers", "8,500 officers"),
    ]


def test_a_figure_knows_the_nearest_date_in_its_own_sentence():
    found = draft("In 2019 we had 40 vans, and by March 2023 we will have 60 vans. In May 2021 it rained.").figures
    assert [each.date_words for each in found] == ["In 2019", "March 2023"]


def test_a_plan_without_a_figure_is_told_so():
    assert draft("We will do better. We will listen.").warning == NO_FIGURE
    assert draft("We will train 20 officers.").warning == ""
