"""Concentration: few points hold much, by two denominators, and how many of the first places stay."""

from __future__ import annotations

import json

import jsonschema
import pytest

from lamplighter import definitions
from lamplighter.studies.incidents.concentration import concentration
from lamplighter.studies.incidents.question import ProfileQuestion

MONTHS_OF_A_YEAR = [f"2020-{number:02d}" for number in range(1, 13)]


def spread(street, counts, *, month="2020-01", **more):
    """Counts at points 500 m apart, from the west; a 0 is a point that only ever had a theft."""
    rows = []
    for at, count in enumerate(counts):
        rows += street(month, count, at=(500 * at, 0), **more) if count else []
        rows += [] if count else street(month, 1, at=(500 * at, 0), offence="Theft")
    return rows


@pytest.fixture(scope="session")
def ten_points(street, street_workspace):
    """10, 8 and 2 violent rows at three of ten points; two rows have no point."""
    return street_workspace([*spread(street, [10, 8, 2, 0, 0, 0, 0, 0, 0, 0]), *street("2020-01", 2, at=None)])


def test_places_ever_used_are_those_of_any_offence_and_both_denominators_are_told(ten_points, chosen_of):
    told = concentration(chosen_of(ten_points)).told()
    assert (told["places_ever"], told["places_used"], told["crimes"]) == (10, 3, 20)
    assert told["holdings"] == [
        {"share": 0.25, "places": 1, "of_places": 0.1, "of_used": 0.33333},
        {"share": 0.5, "places": 1, "of_places": 0.1, "of_used": 0.33333},
        {"share": 0.8, "places": 2, "of_places": 0.2, "of_used": 0.66667},
    ]


def test_gini_of_10_8_2_and_seven_empty_points_is_0_point_78(ten_points, chosen_of):
    told = concentration(chosen_of(ten_points)).told()
    assert (told["gini"], told["gini_generalised"]) == (0.78, 0.78)


def test_with_fewer_rows_than_points_the_generalised_gini_allows_for_it(street, street_workspace, chosen_of):
    told = concentration(chosen_of(street_workspace(spread(street, [3, 1, 1] + [0] * 7)))).told()
    assert (told["gini"], told["gini_generalised"]) == (0.78, 0.56)


def test_the_lorenz_curve_runs_from_nothing_to_all(ten_points, chosen_of):
    assert concentration(chosen_of(ten_points)).told()["lorenz"] == [
        [0.0, 0.0],
        [0.7, 0.0],
        [0.8, 0.1],
        [0.9, 0.5],
        [1.0, 1.0],
    ]


def test_a_long_curve_is_thinned_and_keeps_its_ends_and_its_flat_piece(street, street_workspace, chosen_of):
    told = concentration(chosen_of(street_workspace(spread(street, [0] * 100 + list(range(1, 301)))))).told()
    curve = told["lorenz"]
    assert len(curve) <= 200
    assert (curve[0], curve[1], curve[-1]) == ([0.0, 0.0], [0.25, 0.0], [1.0, 1.0])
    assert curve == sorted(curve)


def test_only_the_last_twelve_months_present_are_counted(street, street_workspace, chosen_of):
    rows = [row for month in MONTHS_OF_A_YEAR for row in street(month, 1)]
    told = concentration(chosen_of(street_workspace([*rows, *street("2019-12", 50, at=(500, 0))]))).told()
    assert (told["period"], told["months"], told["crimes"]) == ("2020-01 to 2020-12", 12, 12)
    assert (told["places_ever"], told["places_used"]) == (2, 1)


@pytest.fixture(scope="session")
def two_years_of_places(street, street_workspace):
    """25 places 500 m apart, 30 to 6 rows in 2019; in 2020 the first five have one row each and the rest as before."""
    counts = list(range(30, 5, -1))
    later = [1] * 5 + counts[5:]
    rows = [*spread(street, counts, month="2019-06"), *spread(street, later, month="2020-06")]
    rows += [
        row for year in (2019, 2020) for number in (1, 12) for row in street(f"{year}-{number:02d}", 1, offence="Theft")
    ]
    return street_workspace(rows)


def test_of_places_held_fixed_it_is_counted_how_many_stay_among_the_first(two_years_of_places, chosen_of):
    answer = concentration(chosen_of(two_years_of_places))
    told = answer.told()
    assert told["places_grown"] == 25
    # the first twenty of 2019 are places 1 to 20, of 2020 places 6 to 25: fifteen are in both
    assert told["stay"] == [
        {"first": 20, "from": "2019-01 to 2019-12", "to": "2020-01 to 2020-12", "stayed": 15, "tied": False}
    ]
    assert {each.id: each.value for each in answer.figures}["concentration.stay_20"] == 15
    assert "Of the first twenty places of a year, 15 are among the first twenty of the next." in [
        each.text for each in answer.findings
    ]


def test_institutions_are_no_places_that_stay(two_years_of_places, street, street_workspace, chosen_of):
    rows = [*spread(street, [5] * 22, month="2019-06"), *street("2019-06", 99, at=(90000, 0), text="On or near Prison")]
    workspace = street_workspace([*rows, *street("2020-05", 1, at=(0, 0))])
    told = concentration(chosen_of(workspace)).told()
    assert told["places_grown"] == 22
    assert told["places_ever"] == 23


def test_less_than_two_years_have_no_year_to_year(ten_points, chosen_of):
    answer = concentration(chosen_of(ten_points))
    assert answer.told()["stay"] == []
    assert not any("twenty" in each.text for each in answer.findings)


def test_without_a_point_it_says_why_not(street, street_workspace, chosen_of):
    answer = concentration(chosen_of(street_workspace(street("2020-01", 5, at=None))))
    told = answer.told()
    assert told["available"] is False
    assert "has a point" in told["why_not"]
    assert (told["gini"], told["holdings"], told["lorenz"], answer.findings) == (None, [], [], ())
    jsonschema.Draft202012Validator(json.loads(definitions.text_of("profile_schema/concentration.json"))).validate(told)


def test_the_order_of_rows_changes_nothing(street, street_workspace, chosen_of):
    rows = [*spread(street, [4, 4, 3, 3, 1, 0, 2]), *spread(street, [1, 2, 3, 4, 1, 0, 2], month="2018-02")]
    told = [concentration(chosen_of(street_workspace(each))).told() for each in (rows, [*rows[::-2], *rows[-2::-2]])]
    assert told[0] == told[1]


def test_the_section_is_as_published_and_its_findings_cite_figures(
    two_years_of_places, made_up, chosen_of, every_number_is_cited
):
    schema = json.loads(definitions.text_of("profile_schema/concentration.json"))
    for workspace in (two_years_of_places, made_up):
        answer = concentration(chosen_of(workspace))
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(answer.told(), allow_nan=False)))
        every_number_is_cited(answer)


@pytest.mark.parametrize("offence", ["Robbery", "Possession of weapons"])
def test_on_the_bundled_sample_a_rare_offence_looks_concentrated_by_arithmetic_alone(offence, doncaster, chosen_of):
    told = concentration(chosen_of(doncaster, ProfileQuestion(offences=(offence,)))).told()
    by_hand = 1 - told["places_ever"] / told["crimes"] * (1 - told["gini"])
    assert told["gini"] > 0.9
    assert told["gini_generalised"] < 0.6
    assert told["gini_generalised"] == pytest.approx(by_hand, abs=0.01)
    assert told["period"] == "2020-10 to 2021-09"


def test_points_of_another_district_are_not_at_risk_here(street, street_workspace, chosen_of):
    rows = [*spread(street, [4, 0, 0]), *street("2020-01", 9, at=(9000, 0), lsoa="Southam 001A", offence="Theft")]
    told = concentration(chosen_of(street_workspace(rows), ProfileQuestion(area="Northam"))).told()
    assert (told["places_ever"], told["places_used"]) == (3, 1)


@pytest.mark.parametrize(("grown", "told_of"), [(20, []), (21, [20])])
def test_the_first_twenty_stay_only_where_more_than_twenty_places_could(
    street, street_workspace, chosen_of, grown, told_of
):
    rows = [
        row
        for year in (2019, 2020)
        for month in (1, 12)
        for row in spread(street, [1] * grown, month=f"{year}-{month:02d}")
    ]
    stay = concentration(chosen_of(street_workspace(rows))).told()["stay"]
    assert [each["first"] for each in stay] == told_of
