"""Places at their edges: ties, as many rows as, exactly so many months, one point that two kinds of rows share."""

from __future__ import annotations

import pytest
from scipy.stats import gamma

from lamplighter.methods.place_identity import KnownPlace
from lamplighter.studies.incidents.place_names import Ground, names_of
from lamplighter.studies.incidents.places import find_places
from lamplighter.studies.incidents.places_told import PlacesAnswer
from lamplighter.studies.incidents.question import ProfileQuestion

FEW = ProfileQuestion(places=1, chosen_places=5)


def told_of(chosen, **more):
    return PlacesAnswer(found=find_places(chosen, **more)).told()


def test_of_two_places_with_as_many_rows_the_western_is_first(street, street_workspace, chosen_of):
    rows = [
        *street("2020-01", 4, at=(2000, 0), text="On or near East Road"),
        *street("2020-01", 4, text="On or near West Road"),
    ]
    assert [each.name for each in find_places(chosen_of(street_workspace(rows))).places] == ["West Road", "East Road"]


@pytest.mark.parametrize(("months", "classed"), [(2, False), (3, True)])
def test_three_months_are_enough_to_judge_by_and_two_are_not(street, street_workspace, chosen_of, months, classed):
    rows = [
        row
        for month in range(1, months + 1)
        for at in (0, 900, 1900)
        for row in street(f"2020-{month:02d}", 5 + at // 500, at=(at, 0))
    ]
    first = find_places(chosen_of(street_workspace(rows), FEW)).places[0]
    assert (first.course is not None, first.standing is not None, first.count_low is not None) == (classed,) * 3


def test_an_interval_is_the_gamma_that_starts_from_half_a_row(street, street_workspace, chosen_of):
    rows = [
        row
        for month in range(1, 13)
        for at, times in ((0, 9), (900, 3))
        for row in street(f"2020-{month:02d}", times, at=(at, 0))
    ]
    found = find_places(chosen_of(street_workspace(rows), FEW))
    for place, spread in zip(found.places, found.spread.of_places, strict=True):
        low, high = gamma.ppf([0.025, 0.975], (place.count + 0.5) / spread, scale=spread)
        assert (place.count_low, place.count_high) == (round(low, 1), round(high, 1))


def test_rows_off_the_ground_and_of_an_institution_at_the_same_point_are_no_part_of_a_place(
    street, street_workspace, chosen_of
):
    rows = [
        *street("2020-01", 200, text="On or near High Street"),
        *street("2020-01", 150, text="On or near Prison"),
        *street("2020-01", 1, text="On or near High Street", lsoa="Cornwall 001A"),
    ]
    told = told_of(chosen_of(street_workspace(rows)))
    [place] = told["places"]
    assert (place["count"], sum(place["settings"].values()), place["kind"]) == (200, 200, "unknown, may be homes")
    assert [each["count"] for each in told["institutions"]] == [150]


def test_a_prison_off_the_force_s_ground_is_not_among_its_institutions(street, street_workspace, chosen_of):
    rows = [*street("2020-01", 200), *street("2020-01", 1, at=(300, 0), text="On or near Prison", lsoa="Cornwall 001A")]
    told = told_of(chosen_of(street_workspace(rows)))
    assert told["institutions"] == []
    assert told["places"][0]["near_institution"] is None


@pytest.mark.parametrize(("at_prison", "would_rank"), [(4, 0), (5, 1)])
def test_an_institution_with_as_many_rows_as_the_last_place_would_not_have_come_before_it(
    street, street_workspace, chosen_of, at_prison, would_rank
):
    rows = [*street("2020-01", 4), *street("2020-01", at_prison, at=(3000, 0), text="On or near Prison")]
    answer = PlacesAnswer(found=find_places(chosen_of(street_workspace(rows), FEW)))
    assert {each.id: each.value for each in answer.figures}["institutions.would_rank"] == would_rank


def test_the_bound_of_what_is_left_leaves_out_what_a_person_calls_an_institution(street, street_workspace, chosen_of):
    from datetime import date

    from lamplighter.studies.incidents.places import Overruling

    rows = [
        *street("2020-01", 90, text="On or near Mill Lane"),
        *street("2020-01", 6, at=(2000, 0), text="On or near High Street"),
    ]
    says = Overruling(kind="prison", patrol=False, because="behind a wall", by="A. Sergeant", on=date(2026, 1, 1))
    method = told_of(chosen_of(street_workspace(rows)), overruled={"Mill Lane": says})["places_method"]
    assert (method["total"], method["held"], method["bound"], method["chosen_bound"]) == (6, 6, 6, 6)


def test_a_fifth_of_the_points_of_a_kind_that_hold_half_are_few(street, street_workspace, chosen_of):
    rows = [
        row
        for at in range(5)
        for row in street("2020-01", 30 if at == 0 else 5, at=(900 * at, 0), text="On or near Nightclub")
    ]
    texts = [each.text for each in PlacesAnswer(found=find_places(chosen_of(street_workspace(rows)))).kinds.findings]
    assert len(texts) == 1
    assert texts[0].startswith("Half of the 50 rows at map points of a nightclub lie at 1 of 5")


@pytest.mark.parametrize(("rows", "name"), [(15, "High Street and Mill Lane"), (14, "High Street")])
def test_a_street_with_fifteen_in_a_hundred_rows_names_its_place_too(rows, name):
    ground = Ground(
        texts={"On or near High Street": 100 - rows, "On or near Mill Lane": rows}, easting_m=0.0, northing_m=0.0
    )
    assert names_of([ground], numbered=False) == [name]


def test_three_streets_name_a_place_at_most():
    ground = Ground(texts={f"On or near {name} Road": 25 for name in "ABCD"}, easting_m=0.0, northing_m=0.0)
    assert names_of([ground], numbered=False) == ["A Road, B Road and C Road"]


def test_a_place_beyond_those_shown_that_may_be_among_the_first_is_named(street, street_workspace, chosen_of):
    rows = [
        row
        for month in range(1, 13)
        for at, times in ((0, 5), (900, 5), (1900, 1))
        for row in street(f"2020-{month:02d}", times, at=(at, 0), text=f"On or near Road {at}")
    ]
    found = find_places(chosen_of(street_workspace(rows), FEW))
    assert [round(each.standing.probability, 1) for each in found.places] == [0.5, 0.5, 0.0]
    others = PlacesAnswer(found=found).told()["places_method"]["others_possible"]
    assert [each["name"] for each in others] == ["Road 900"]


def test_a_year_of_which_one_month_is_missing_is_said_to_be_in_part(street, street_workspace, chosen_of):
    rows = [row for month in range(24) if month != 5 for row in street(f"{2019 + month // 12}-{month % 12 + 1:02d}")]
    assert told_of(chosen_of(street_workspace(rows)))["places_method"]["years_in_part"] == ["2019"]


def test_an_institution_names_the_places_near_it_that_are_shown(street, street_workspace, chosen_of):
    rows = [
        *street("2020-01", 9, at=(-2000, 0)), *street("2020-01", 4, at=(300, 0)), *street("2020-01", 2, text="On or near Prison")
    ]  # fmt: skip
    workspace = street_workspace(rows)
    [prison] = told_of(chosen_of(workspace, FEW))["institutions"]
    assert prison["near"] == []
    told = told_of(chosen_of(workspace, ProfileQuestion(places=2, chosen_places=5)))
    assert told["institutions"][0]["near"] == [told["places"][1]["id"]]


def test_how_much_of_a_place_goes_on_is_told_by_its_rows_and_not_by_its_points(street, street_workspace, chosen_of):
    chosen = chosen_of(street_workspace([*street("2020-01", 9), *street("2020-01", 1, at=(60, 0))]))
    [place] = find_places(chosen).places
    busy = next(member[:2] for member in place.members if member[2] == 9)
    [now] = find_places(chosen, previous=[KnownPlace(id="p00000001", points=(busy,))]).places
    assert (now.id, now.overlap) == ("p00000001", 0.9)


def test_a_month_that_holds_other_offences_only_judges_no_place(street, street_workspace, chosen_of):
    rows = [row for month in range(1, 13) for row in street(f"2020-{month:02d}", 4, at=(0, 0), offence="Theft")]
    for month in (1, 2, 4, 5, 7):
        for at, times in ((0, 5), (900, 4), (1900, 1)):
            rows += street(f"2020-{month:02d}", times, at=(at, 0))
    found = find_places(chosen_of(street_workspace(rows), FEW))
    assert [each.count for each in found.places] == [25, 20, 5]
    assert all(each.standing is not None and each.count_low is not None for each in found.places)
