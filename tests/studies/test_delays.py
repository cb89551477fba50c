"""The delay from offence to record: medians, the share over a year, and delays that nobody knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lamplighter.studies.catalogue import answers
from lamplighter.studies.delays import weighted_median
from lamplighter.workspace import Workspace

WorkspaceOf = Callable[..., Workspace]
YEAR = [f"2020-{month:02d}" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("delays", "median"),
    [
        ([], None),
        ([(3, 0)], None),
        ([(0, 1)], 0),
        ([(0, 1), (4, 1)], 2.0),
        ([(0, 3), (4, 1)], 0),
        ([(0, 1), (4, 3)], 4),
        ([(0, 2), (5, 2)], 2.5),
        ([(0, 2), (1, 1), (9, 2)], 1),
        ([(0, 10**9), (1, 10**9)], 0.5),
    ],
)
def test_the_median_weighs_each_delay_by_its_crimes(delays: list[tuple[int, int]], median: float | None):
    assert weighted_median(delays) == median


def full_year(rows, **also: int) -> list[str]:
    """One crime a month without delay, so that the year is whole."""
    return [rows.kind(month, 1) for month in YEAR]


def test_twelve_months_are_a_year_and_thirteen_are_more(workspace_of: WorkspaceOf, rows):
    late = [rows.kind("2020-12", 3, committed="2019-12"), rows.kind("2020-12", 5, committed="2019-11")]
    found = answers(workspace_of(offences=[*full_year(rows), *late]))
    (point,) = found["delay-over-a-year"].points
    assert (point.period, point.numerator, point.denominator, point.value) == ("2020", 5, 20, 25.0)


def test_a_delay_that_nobody_knows_is_never_nought(workspace_of: WorkspaceOf, rows):
    unknown = [rows.kind("2020-12", 100, committed=None), rows.kind("2020-12", 50, committed="2021-03")]
    late = [rows.kind("2020-12", 4, committed="2018-12")]
    found = answers(workspace_of(offences=[*full_year(rows), *unknown, *late]))
    (share,) = found["delay-over-a-year"].points
    assert (share.numerator, share.denominator, share.value) == (4, 16, 25.0)
    (median,) = found["delay-median"].points
    assert (median.value, median.denominator) == (0, 16)
    assert any(each.startswith("150 crimes") for each in found["delay-over-a-year"].caveats)


def test_a_year_without_any_known_delay_has_no_median_and_no_share(workspace_of: WorkspaceOf, rows):
    found = answers(workspace_of(offences=[rows.kind(month, 2, committed=None) for month in YEAR]))
    assert [point.value for point in found["delay-over-a-year"].points] == [None]
    assert [point.value for point in found["delay-median"].points] == [None]
    assert found["delay-over-a-year"].summary == ""


def test_a_group_outside_vawg_is_in_neither_number(workspace_of: WorkspaceOf, rows):
    outside = rows.kind(
        "2020-12", 1000, group="Other flagged offences outside of VAWG", subgroup="Non-Vawg Crime", committed="2010-01"
    )
    (point,) = answers(workspace_of(offences=[*full_year(rows), outside]))["delay-over-a-year"].points
    assert (point.numerator, point.denominator) == (0, 12)


def test_a_year_that_lacks_a_month_is_not_told(workspace_of: WorkspaceOf, rows):
    found = answers(workspace_of(offences=full_year(rows)[:-1]))
    assert found["delay-over-a-year"].points == ()
    assert found["delay-median"].points == ()
