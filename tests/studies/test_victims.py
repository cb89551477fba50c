"""Victims by age and ethnicity: the unknown always drawn, its bounds, and the sentence that says where a share misleads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lamplighter.studies.catalogue import answers
from lamplighter.studies.victims import most_misleading
from lamplighter.workspace import Workspace

WorkspaceOf = Callable[..., Workspace]


def made(workspace_of: WorkspaceOf, rows, years: dict[int, dict[str, int]], age: dict[str, int] | None = None):
    """The same ethnicities in every month of each year."""
    lines = []
    for year, ethnicity in years.items():
        for month in rows.months_of(year, year):
            total = sum(ethnicity.values())
            lines += rows.victims(month, age=age or {"Aged 20 to 29 years": total}, ethnicity=ethnicity)
    return answers(workspace_of(victims=lines))


def layer(answer, name: str):
    return next(each for each in answer.layers if each.name == name)


def test_the_share_known_and_unknown_and_the_bounds_that_it_allows(workspace_of: WorkspaceOf, rows):
    told = made(workspace_of, rows, {2020: {"Black": 20, "White": 50, "Unknown": 30}})["victims-ethnicity"]
    (black,) = layer(told, "Black").points
    assert (black.value, black.low, black.high) == (20.0, 20.0, 50.0)
    assert (black.numerator, black.denominator) == (240, 1200)
    (of_known,) = layer(told, "Black, of those known").points
    assert (of_known.value, of_known.numerator, of_known.denominator) == (28.571429, 240, 840)
    unknown = layer(told, "Unknown")
    assert unknown.is_unknown
    assert [each.value for each in unknown.points] == [30.0]
    assert [each.value for each in told.points] == [30.0]


def test_where_nothing_is_unknown_the_bounds_close(workspace_of: WorkspaceOf, rows):
    told = made(workspace_of, rows, {2020: {"Black": 20, "White": 80}})["victims-ethnicity"]
    (black,) = layer(told, "Black").points
    assert (black.low, black.high) == (20.0, 20.0)
    assert [each.value for each in layer(told, "Unknown").points] == [0.0]


def test_where_all_is_unknown_the_share_of_the_known_is_unknown(workspace_of: WorkspaceOf, rows):
    years = {2020: {"Black": 20, "Unknown": 80}, 2021: {"Unknown": 100}}
    told = made(workspace_of, rows, years)["victims-ethnicity"]
    assert [each.value for each in layer(told, "Black, of those known").points] == [100.0, None]
    assert "0.0% of the known" not in told.summary


def test_the_sentence_says_which_share_misleads_and_by_how_much(workspace_of: WorkspaceOf, rows):
    years = {
        2020: {"Black": 20, "White": 80, "Unknown": 0},
        2021: {"Black": 15, "White": 60, "Unknown": 25},
        2022: {"Black": 18, "White": 72, "Unknown": 10},
    }
    told = made(workspace_of, rows, years)["victims-ethnicity"]
    assert told.summary == (
        "Ethnicity is unknown for 0.0% of victims in 2020 and 25.0% in 2021; the share recorded as White seems to fall "
        "from 80.0% to 60.0%, yet among those whose ethnicity is known it goes from 80.0% to 80.0% (the unknown could put "
        "it anywhere from 60.0% to 85.0%); in 2022 it is 72.0% of all, 80.0% of the known, with 10.0% unknown."
    )
    keys = {each.key: each.value for each in told.stated}
    assert keys["recorded-2021"] == 60.0
    assert keys["at-most-2021"] == 85.0
    assert len(keys) == len(told.stated)


def test_the_last_year_is_left_out_of_the_sentence_where_all_of_it_is_unknown(workspace_of: WorkspaceOf, rows):
    years = {
        2020: {"Black": 20, "White": 80, "Unknown": 0},
        2021: {"Black": 15, "White": 60, "Unknown": 25},
        2022: {"Black": 0, "White": 0, "Unknown": 100},
    }
    told = made(workspace_of, rows, years)["victims-ethnicity"]
    assert told.summary.endswith("from 60.0% to 85.0%).")


def test_no_sentence_where_no_share_misleads(workspace_of: WorkspaceOf, rows):
    told = made(workspace_of, rows, {2020: {"Black": 20, "White": 80}, 2021: {"Black": 30, "White": 70}})
    assert told["victims-ethnicity"].summary == ""


# -- the rule, on hand tables -------------------------------------------------------------------------------------------


def chosen(*years: dict[str, int]) -> tuple[str, int, int] | None:
    names = sorted({name for year in years for name in year if name != "Unknown"})
    found = {name: {at: year.get(name, 0) for at, year in enumerate(years)} for name in names}
    totals = {at: sum(year.values()) for at, year in enumerate(years)}
    unknown = {at: year.get("Unknown", 0) for at, year in enumerate(years)}
    return most_misleading(found, totals, unknown, range(len(years)), names)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        pytest.param([{"B": 50, "W": 50}], None, id="one year has nothing to be compared with"),
        pytest.param([{"B": 20, "W": 80}, {"B": 30, "W": 70}], None, id="both shares move the same way"),
        pytest.param(
            [{"B": 20, "W": 80}, {"B": 10, "W": 40, "Unknown": 50}], ("W", 0, 1), id="the larger move of the two"
        ),
        pytest.param(
            [{"B": 20, "W": 80}, {"B": 18, "W": 42, "Unknown": 40}],
            ("B", 0, 1),
            id="recorded falls while the known rises: the other falls both ways",
        ),
        pytest.param(
            [{"B": 20, "W": 80}, {"B": 10, "W": 40, "Unknown": 50}, {"B": 4, "W": 16, "Unknown": 80}],
            ("W", 0, 2),
            id="the year in which it misleads most",
        ),
        pytest.param(
            [{"B": 20, "W": 80}, {"Unknown": 100}], None, id="a year in which nothing is known is compared with nothing"
        ),
    ],
)
def test_the_most_misleading_share_is_found_by_the_stated_rule(years, expected):
    assert chosen(*years) == expected


# -- age ----------------------------------------------------------------------------------------------------------------


def test_the_youngest_are_never_called_girls_in_a_table_without_sex(workspace_of: WorkspaceOf, rows):
    age = {"Aged 10 to 19 years": 1, "Aged 20 to 29 years": 3}
    told = made(workspace_of, rows, {2020: {"White": 4}}, age)["victims-age"]
    (stated,) = told.stated
    assert (stated.value, stated.numerator, stated.denominator) == (25.0, 12, 48)
    assert "can't be called girls" in told.summary
    words = " ".join((told.title, *(each.name for each in told.layers), stated.label)).casefold()
    assert "girl" not in words
    assert "women" not in words


def test_every_victims_page_says_that_sex_is_not_known_and_outside_vawg_is_in_it(workspace_of: WorkspaceOf, rows):
    found = made(workspace_of, rows, {2020: {"White": 10}})
    for each in found.values():
        told = " ".join(each.caveats)
        assert "does not say the victim's sex" in told
        assert "outside VAWG" in told


def test_the_three_victim_sheets_are_never_added(workspace_of: WorkspaceOf, rows):
    found = made(workspace_of, rows, {2020: {"White": 10}})
    assert found["victims-all"].points[0].value == 10
    assert found["victims-age"].points[0].value == 120
    assert found["victims-ethnicity"].layers[0].points[0].denominator == 120
