"""What the draft proposes for an item beyond its place: a title for a promise, a role for a figure."""

from __future__ import annotations

import pytest

from lamplighter.plan.drafting.draft import draft
from lamplighter.plan.drafting.titles import title_of


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("The share of officers who are trained increased from 40% to 60%.", {40: "baseline", 60: "current"}),
        ("We will raise the share from 5% to 9% by 2025.", {5: "baseline", 9: "target"}),
        ("80% of officers have now been trained.", {80: "current"}),
        ("We have recruited 300 officers.", {300: "current"}),
        ("We will train 640 of our 800 officers.", {640: "target", 800: "context"}),
        ("Arrests rose to 1,204, up from 980.", {1204: "current", 980: "baseline"}),
        ("We will fund 30 vans compared with 12 in 2019.", {30: "target", 12: "baseline"}),
        ("Northam has 84,000 people.", {84000: "context"}),
    ],
)
def test_a_figure_is_proposed_as_baseline_target_or_what_was_reached(sentence: str, roles: dict[float, str]):
    found = draft(sentence).figures
    assert {each.found.value: each.role for each in found} == roles
    assert all(each.role_why for each in found)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("“We will train 640 officers by 31 March 2023.", "Train 640 officers by 31 March 2023"),
        ("As announced last month, the force is deploying 50 vans.", "The force is deploying 50 vans"),
        ("Goal: Mend the lamps; and", "Mend the lamps"),
        ("We will not rest.", "We will not rest"),
        ("We will be open.", "We will be open"),
        (
            "We will publish every figure that we hold about the lamps along the river path, including those of the years "
            "in which nobody counted them.",
            "Publish every figure that we hold about the lamps along the river path …",
        ),
        (
            "We will mend the lamps along the river path and in the market square – if the council pays for the posts and "
            "for the power that they need at night.",
            "Mend the lamps along the river path and in the market square – if the council pays for the posts …",
        ),
    ],
)
def test_a_title_is_the_promise_in_a_line_and_never_loses_a_condition_unmarked(sentence: str, title: str):
    assert title_of(sentence) == title
