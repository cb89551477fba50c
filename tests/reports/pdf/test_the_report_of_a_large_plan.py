"""A report of a plan too large to print: what is chosen, and how many more it says there are."""

from __future__ import annotations

from typing import Any

import pytest

from lamplighter.reports.report.choosing import chosen, first_late


def promise(id_: str, *, evidence: str = "nothing is claimed", delivery: str = "no date given") -> dict[str, Any]:
    return {"id": id_, "evidence": evidence, "delivery": delivery, "figures": [f"G-{id_}"]}


def told(promises: list[dict[str, Any]], *objectives: dict[str, Any]) -> dict[str, Any]:
    figures = [{"id": each} for one in promises for each in one["figures"]]
    return {"promises": promises, "objectives": list(objectives), "figures": figures}


def test_a_plan_of_400_promises_is_printed_whole_and_nothing_is_said_to_be_left_out() -> None:
    whole = told([promise(f"P{at}") for at in range(400)], {"id": "P0", "promises": ["P1"]})
    found = chosen(whole)
    assert found.told is whole
    assert found.more_of("promises") == found.more_of("objectives") == found.more_of("P0") == ""


def test_of_401_the_first_twenty_of_every_answer_stand_and_their_figures() -> None:
    found = chosen(told([promise(f"P{at}") for at in range(400)] + [promise("LAST", delivery="kept")]))
    assert [each["id"] for each in found.told["promises"]] == [f"P{at}" for at in range(20)] + ["LAST"]
    assert [each["id"] for each in found.told["figures"]] == [f"G-P{at}" for at in range(20)] + ["G-LAST"]
    assert found.more_of("promises").startswith("21 of 401 promises stand here: ")


def test_only_the_first_objectives_have_a_page_and_each_says_how_many_more_promises_serve_it() -> None:
    promises = [promise(f"P{at}") for at in range(500)]
    own = [{"id": f"P{at}", "promises": [f"P{400 + each}" for each in range(9)]} for at in range(25)]
    own[1] = {"id": "P1", "promises": [f"P{410 + each}" for each in range(10)]}
    own[2] = {"id": "P2", "promises": []}
    found = chosen(told(promises, *own))
    assert [each["id"] for each in found.told["objectives"]] == [f"P{at}" for at in range(24)]
    assert found.told["objectives"][0]["promises"] == [f"P{400 + each}" for each in range(8)]
    assert found.more_of("P0") == "1 more promise serves this objective: objectives.html, beside this report."
    assert found.more_of("P1") == "2 more promises serve this objective: objectives.html, beside this report."
    assert found.more_of("P2") == ""
    assert found.more_of("objectives") == "1 more objective has no page here: objectives.html, beside this report."
    # the 24 objectives (20 of them first of their answer too), and the 8 + 8 that serve
    assert len(found.told["promises"]) == 24 + 8 + 8


@pytest.mark.parametrize(
    ("overdue", "missed", "shown", "more"),
    [
        (0, 0, (0, 0), ""),
        (7, 5, (7, 5), ""),
        (12, 0, (12, 0), ""),
        (13, 0, (12, 0), "1 more promise is overdue or missed: promises.html, beside this report."),
        (30, 40, (6, 6), "58 more promises are overdue or missed: promises.html, beside this report."),
        (2, 40, (2, 10), "30 more promises are overdue or missed: promises.html, beside this report."),
    ],
)
def test_the_first_page_names_twelve_late_promises_and_counts_the_rest(
    overdue: int, missed: int, shown: tuple[int, int], more: str
) -> None:
    late = [promise(f"O{at}", delivery="overdue") for at in range(overdue)]
    late += [promise(f"M{at}", delivery="missed") for at in range(missed)]
    first, then, words = first_late(told(late))
    assert (len(first), len(then)) == shown
    assert words == more
