"""Scope: what the source holds by month, and what it can't say."""

from __future__ import annotations

from lamplighter.studies.incidents.question import ProfileQuestion


def test_the_rows_of_a_force_are_all_of_them_and_those_of_a_district_only_the_located(
    street, street_workspace, chosen_of
):
    workspace = street_workspace([*street("2020-01", 3), *street("2020-01", 2, at=None)])
    force = chosen_of(workspace)
    assert force.number("select count(*) from asked where of_question") == 5
    northam = chosen_of(workspace, ProfileQuestion(area="Northam"))
    assert northam.number("select count(*) from asked where of_question") == 3
