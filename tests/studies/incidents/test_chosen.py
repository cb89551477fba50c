"""The marked table that every study counts: which rows are of the question, on the force's ground, at an institution, ranked."""

from __future__ import annotations

import pytest

from lamplighter.errors import InputError
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.studies.incidents.scope import scope
from lamplighter.studies.incidents.victims_of import victims_of


def count(chosen, condition):
    return chosen.number(f"select count(*) from asked where {condition}")


def extract_row(number, **more):
    return {
        "Crime Ref": f"M{number}", "Force": "Made-up Constabulary", "Reported": "01/02/2026 10:00",
        "Committed From": "01/02/2026 10:00", "Offence": "Assault with injury", "HO Code": "8N", "DA Flag": "N",
        "Online Flag": "N", "Victim Sex": "F", "Victim Age": "30", "Relationship": "Partner", "Premises": "Street",
        "Street": "Birch Close", "Easting": "559352", "Northing": "350674", "Outcome": "Charged", **more,
    }  # fmt: skip


@pytest.mark.parametrize(("at_home", "own"), [(99, ("Northam", "Southam")), (100, ("Northam",))])
def test_a_district_with_one_in_a_hundred_located_rows_is_the_force_s_ground_and_one_with_less_is_not(
    street, street_workspace, chosen_of, at_home, own
):
    rows = [
        *street("2020-01", at_home),
        *street("2020-01", lsoa="Southam 001A", at=(5000, 0)),
        *street("2020-01", at=None),
    ]
    chosen = chosen_of(street_workspace(rows))
    assert chosen.own_districts == own
    assert count(chosen, "ranked") == at_home + len(own) - 1


def test_a_source_of_one_district_says_so_and_how_many_rows_lie_elsewhere(street, street_workspace, chosen_of):
    rows = street("2020-01", 150)
    assert "All its rows with a point lie in Northam: the source holds a part of Norshire Police only." in (
        chosen_of(street_workspace(rows)).notes
    )
    rows += street("2020-01", 1, lsoa="Cornwall 001A", at=(9000, 0))
    assert "All but 1 of its rows with a point lie in Northam: the source holds a part of Norshire Police only." in (
        chosen_of(street_workspace(rows)).notes
    )


def test_the_last_so_many_months_present_are_taken_and_both_ends_are_in(street, street_workspace, chosen_of):
    rows = [row for month in ("2020-01", "2020-02", "2020-05", "2020-06") for row in street(month, 2)]
    chosen = chosen_of(street_workspace(rows), ProfileQuestion(months=3))
    assert (chosen.period_words, len(chosen.months), count(chosen, "of_question")) == ("2020-02 to 2020-06", 3, 6)


def test_women_and_girls_are_looked_at_from_half_of_the_rows_told_and_the_unknown_are_left_out(
    extract_workspace, chosen_of
):
    half = chosen_of(extract_workspace(extract_row(at, **{"Victim Sex": sex}) for at, sex in enumerate("FMUU")))
    assert (half.women_and_girls, count(half, "of_question")) == (True, 1)
    less = chosen_of(extract_workspace(extract_row(at, **{"Victim Sex": sex}) for at, sex in enumerate("FMUUU")))
    assert (less.women_and_girls, count(less, "of_question")) == (False, 5)


def test_a_row_s_own_premises_count_before_the_text_of_its_point(extract_workspace, chosen_of):
    rows = [
        extract_row(1, Premises="Street", Street="Prison"),
        extract_row(2, Premises="Dwelling", Street="Nightclub"),
        extract_row(3, Premises="Prison", Street="Birch Close"),
        extract_row(4, Premises="", Street="Prison"),
        extract_row(5, Premises="Prison", Street="Nightclub"),
    ]
    table = chosen_of(extract_workspace(rows)).ask(
        "select institution, place_setting, ranked from asked order by premises nulls first, location_text"
    )
    assert [tuple(each.values()) for each in table.to_pylist()] == [
        ("prison", "unknown", False),
        (None, "home", False),
        ("prison", "unknown", False),
        ("prison", "unknown", False),
        (None, "public", True),
    ]


def test_rows_at_home_and_online_are_of_the_question_and_not_ranked(extract_workspace, chosen_of):
    rows = [extract_row(1), extract_row(2, Premises="Dwelling"), extract_row(3, Premises="Online")]
    chosen = chosen_of(extract_workspace(rows))
    assert (count(chosen, "of_question"), count(chosen, "ranked")) == (3, 1)


def test_a_row_that_is_marked_as_online_is_online_whatever_its_premises_are(extract_workspace, chosen_of):
    marked = {"Online Flag": "Y", "DA Flag": "Y"}
    rows = [extract_row(at, **marked, Premises=what) for at, what in enumerate(("", "Street", "Dwelling"))]
    chosen = chosen_of(extract_workspace(rows))
    assert (count(chosen, "place_setting = 'online'"), count(chosen, "ranked")) == (3, 0)


@pytest.mark.parametrize("straying", [1, 2])
def test_a_district_of_two_forces_is_that_of_the_one_with_nine_tenths_of_its_rows(
    street, street_workspace, chosen_of, straying
):
    rows = [*street("2020-01", 9), *street("2020-01", straying, force="Eastshire Constabulary")]
    workspace = street_workspace(rows)
    if straying == 1:
        assert chosen_of(workspace, ProfileQuestion(area="northam")).area.force == "Norshire Police"
        return
    with pytest.raises(InputError, match="Eastshire Constabulary and Norshire Police"):
        chosen_of(workspace, ProfileQuestion(area="Northam"))


def test_a_row_that_names_its_district_and_no_point_is_of_the_force_and_of_no_district(extract_workspace, chosen_of):
    mapping = """
lamplighter_mapping = 1
force = "Norshire Police"
month_by = "reported"
[columns]
reported = "Reported"
offence = "Offence"
district = "District"
victim_sex = "Sex"
easting = "Easting"
northing = "Northing"
[dates]
reported = "%d/%m/%Y"
[words.victim_sex]
female = ["F"]
male = ["M"]
[ground]
crs = "EPSG:27700"
metres = "EPSG:27700"
"""
    rows = [
        {"Reported": "01/02/2026", "Offence": "Assault", "District": district, "Sex": "F", "Easting": east, "Northing": north}
        for times, district, east, north in (
            (25, "Northam", "553000", "343000"), (15, "Northam", "", ""), (7, "Cornwall", "", "")
        )
        for _ in range(times)
    ]  # fmt: skip
    workspace = extract_workspace(rows, mapping=mapping)
    assert victims_of(chosen_of(workspace)).told()["rows"] == 47
    assert victims_of(chosen_of(workspace, ProfileQuestion(area="Northam"))).told()["rows"] == 25
    held = scope(chosen_of(workspace), workspace)
    assert (held.rows_of_question, held.off_ground) == (47, ())
