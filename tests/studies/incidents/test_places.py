"""Places: grown from map points, named by their streets, institutions apart, the same whatever the order of the rows."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date

import jsonschema
import pytest

from lamplighter import definitions
from lamplighter.methods.place_identity import KnownPlace
from lamplighter.studies.incidents.place_decisions import PlaceNamed, decisions_on
from lamplighter.studies.incidents.place_names import Ground, names_of, street_of
from lamplighter.studies.incidents.places import Overruling, find_places, may_be_patrolled
from lamplighter.studies.incidents.places_told import PlacesAnswer, places
from lamplighter.studies.incidents.question import ProfileQuestion

MONTHS = [f"2020-{number:02d}" for number in range(1, 13)]
FEW = ProfileQuestion(places=2, chosen_places=5)


def town(street, months=MONTHS):
    """Three streets and a prison. High Street and Silver Street are 100 m apart; Mill Lane is 1 km away; the prison further."""
    rows = []
    for month in months:
        rows += street(month, 6, at=(0, 0), text="On or near High Street")
        rows += street(month, 3, at=(100, 0), text="On or near Silver Street")
        rows += street(month, 2, at=(1100, 0), text="On or near Mill Lane")
        rows += street(month, 9, at=(5000, 0), text="On or near Prison")
        rows += street(month, 1, at=(5300, 0), text="On or near Hospital Lane")
    return rows


@pytest.fixture(scope="session")
def a_town(street, street_workspace):
    return street_workspace(town(street))


def told_of(chosen, **more):
    return PlacesAnswer(found=find_places(chosen, **more)).told()


def test_points_within_the_radius_are_one_place_named_by_its_streets_and_counted_once(a_town, chosen_of):
    places = told_of(chosen_of(a_town, FEW))["places"]
    assert [(each["name"], each["count"], each["rank"]) for each in places] == [
        ("High Street and Silver Street", 108, 1),
        ("Mill Lane", 24, 2),
    ]
    assert sorted(each[2] for each in places[0]["members"]) == [36, 72]
    assert places[0]["years"] == {"2020": 108}
    assert places[0]["months"] == [9] * 12


def test_an_institution_is_listed_apart_ranked_nowhere_and_its_neighbour_is_flagged(a_town, chosen_of):
    told = told_of(chosen_of(a_town, ProfileQuestion(places=4, chosen_places=9)))
    assert [(each["kind"], each["count"]) for each in told["institutions"]] == [("prison", 108)]
    by_name = {each["name"]: each for each in told["places"]}
    assert "Prison" not in by_name
    assert (
        by_name["Hospital Lane"]["near_institution"],
        round(by_name["Hospital Lane"]["near_institution_m"], -1),
    ) == (
        "prison",
        300,
    )
    assert by_name["Mill Lane"]["near_institution"] is None
    assert told["institutions"][0]["near"] == [by_name["Hospital Lane"]["id"]]


def test_hospital_lane_is_a_street(a_town, chosen_of):
    told = told_of(chosen_of(a_town, ProfileQuestion(places=4, chosen_places=9)))
    assert next(each for each in told["places"] if each["name"] == "Hospital Lane")["kind"] == "unknown, may be homes"


def test_no_patrol_is_drawn_from_street_data_whatever_a_place_is_called_and_whoever_decides(
    street, street_workspace, chosen_of
):
    rows = [row for month in MONTHS for row in street(month, 5, at=(0, 0), text="On or near Nightclub")]
    chosen = chosen_of(street_workspace(rows), FEW)
    found = find_places(chosen)
    assert found.places[0].kind == "nightclub"
    says = Overruling(kind="street", patrol=True, because="I know it", by="Sgt Example", on=date(2026, 1, 1))
    again = find_places(chosen, overruled={found.places[0].id: says})
    [place] = PlacesAnswer(found=again).told()["places"]
    assert (place["patrol"], place["kind"], place["kind_suggested"], place["overruled_by"]) == (
        False, "street", "nightclub", "Sgt Example",
    )  # fmt: skip
    assert "check with own records" in place["kind_because"]


def test_a_person_may_open_ground_of_an_extract_to_a_patrol_and_both_answers_are_kept(made_up, chosen_of):
    chosen = chosen_of(made_up)
    closed = next(each for each in find_places(chosen).shown if not may_be_patrolled(each, is_street=False)[0])
    says = Overruling(
        kind="street", patrol=True, because="a precinct without homes", by="A. Analyst", on=date(2026, 1, 1)
    )
    again = find_places(chosen, overruled={closed.name: says})
    place = next(each for each in PlacesAnswer(found=again).told()["places"] if each["id"] == closed.id)
    assert (place["patrol"], place["kind"], place["kind_suggested"]) == (True, "street", closed.suggested.kind)
    assert place["kind_because"] == "a precinct without homes (A. Analyst, 2026-01-01)"


def test_rows_by_kind_add_up_to_the_count_and_a_row_without_a_place_is_not_called_a_home(
    street, street_workspace, chosen_of
):
    rows = [
        *street("2020-01", 2),
        *street("2020-01", 3, at=(900, 0), text="On or near Nightclub"),
        *street("2020-01", 4, at=(5000, 0), text="On or near Prison"),
        *street("2020-01", 5, at=None),
    ]
    told = told_of(chosen_of(street_workspace(rows), FEW))["kinds"]
    assert [(each["kind"], each["institution"], each["rows"]) for each in told["rows_by_kind"]] == [
        ("no place named", False, 5), ("prison", True, 4), ("nightclub", False, 3), ("unknown, may be homes", False, 2),
    ]  # fmt: skip
    assert told["settings"] == {"public": 3, "home": 0, "online": 0, "unknown": 11}


def test_rows_of_an_extract_at_home_or_in_public_are_not_called_unknown(made_up, chosen_of):
    chosen = chosen_of(made_up)
    told = told_of(chosen)["kinds"]
    by_kind = {each["kind"]: each["rows"] for each in told["rows_by_kind"]}
    apart = "select count(*) from asked where of_question and place_setting not in ('home', 'online')"
    assert sum(rows for kind, rows in by_kind.items() if kind not in ("home", "online")) == chosen.number(apart)
    unknown = "select count(*) from asked where of_question and place_kind is null and place_setting = 'unknown'"
    assert by_kind.get("unknown, may be homes", 0) + by_kind.get("no place named", 0) == chosen.number(unknown)


def test_few_of_a_kind_of_facility_hold_half_and_it_is_found(street, street_workspace, chosen_of):
    rows = street("2020-01", 40, at=(0, 0), text="On or near Nightclub")
    for number in range(1, 11):
        rows += street("2020-01", 2, at=(400 * number, 0), text="On or near Nightclub")
    answer = PlacesAnswer(found=find_places(chosen_of(street_workspace(rows), FEW)))
    assert answer.told()["kinds"]["risky_facilities"] == [
        {"kind": "nightclub", "points": 11, "rows": 60, "points_with_half": 1}
    ]
    assert "Half of the 60 rows at map points of a nightclub lie at 1 of 11. A busy one has more." in [
        each.text for each in answer.findings
    ]


def test_the_bound_is_told_for_the_places_shown_and_for_all_chosen(street, street_workspace, chosen_of):
    """Four points 100 m apart with 2, 3, 3 and 2 rows: no circle holds more than three of them (8), two hold all ten."""
    rows = [row for at, rows in enumerate((2, 3, 3, 2)) for row in street("2020-01", rows, at=(100 * at, 0))]
    found = find_places(chosen_of(street_workspace(rows), ProfileQuestion(places=1, chosen_places=2)))
    how = PlacesAnswer(found=found).told()["places_method"]
    assert (how["total"], how["held"], how["bound"], how["chosen_held"], how["chosen_bound"]) == (
        10,
        8,
        8.0,
        10.0,
        10.0,
    )


def test_false_calls_are_measured_on_the_area_or_said_not_to_be(made_up, chosen_of):
    answer = places(chosen_of(made_up))
    calls = answer.told()["places_method"]["false_calls"]
    assert (calls["measured"], calls["pasts"]) == (True, 5)
    assert 0 <= calls["called"] <= 0.1 * calls["judged"]
    plain = places(chosen_of(made_up), with_false_calls=False).told()["places_method"]["false_calls"]
    assert (plain["measured"], plain["called"]) == (False, None)
    assert "not measured for this area" in plain["words"]
    schema = json.loads(definitions.text_of("profile_schema/places_method.json"))
    for told in (answer.told()["places_method"], answer.told()["places_method"] | {"false_calls": plain}):
        jsonschema.validate(told, schema)


def test_an_area_of_hardly_a_row_a_month_has_places_and_no_more_false_calls_than_places(
    street, street_workspace, chosen_of
):
    """A made-up month of it is often empty, and is left out."""
    rows = [row for month in MONTHS for row in street(month, 1, at=(0, 0))]
    told = places(chosen_of(street_workspace([*rows, *street("2020-03", 1, at=(900, 0))]), FEW)).told()
    assert [each["count"] for each in told["places"]] == [12, 1]
    calls = told["places_method"]["false_calls"]
    assert 0 <= calls["called"] <= calls["judged"] <= 5 * 2
    assert "almost certain" not in calls["words"]  # two places of two shown: nobody is told a tier


def test_months_too_few_to_judge_measure_nothing_and_promise_nothing(street, street_workspace, chosen_of):
    told = places(chosen_of(street_workspace([*street("2020-01", 4), *street("2020-02", 4, at=(900, 0))]), FEW)).told()
    assert told["places_method"]["false_calls"] is None


SAYS = Overruling(kind="prison", patrol=False, because="the back gate", by="A. Analyst", on=date(2026, 1, 1))


def test_a_place_that_a_person_calls_an_institution_is_listed_apart_and_makes_no_total(a_town, chosen_of):
    chosen = chosen_of(a_town, ProfileQuestion(places=3, chosen_places=9))
    plain = told_of(chosen)
    told = told_of(chosen, overruled={"On or near Hospital Lane": SAYS})
    assert [each["name"] for each in told["places"]] == ["High Street and Silver Street", "Mill Lane"]
    [_, decided] = told["institutions"]
    assert (decided["name"], decided["kind"], decided["count"], decided["decided_by"]) == (
        "Hospital Lane", "prison", 12, "A. Analyst",
    )  # fmt: skip
    assert plain["places_method"]["total"] - told["places_method"]["total"] == 12
    assert plain["places_method"]["known"] == told["places_method"]["known"]
    assert told["places_method"]["decisions_unused"] == []


def test_a_decision_that_fits_two_places_or_none_decides_nothing_and_is_named(street, street_workspace, chosen_of):
    rows = []
    for month in MONTHS:
        rows += street(month, 3, at=(0, 0), text="On or near Station Road")
        rows += street(month, 2, at=(900, 0), text="On or near Station Road", lsoa="Southam 001A")
    told = told_of(chosen_of(street_workspace(rows), FEW), overruled={"station road": SAYS, "Nowhere Lane": SAYS})
    assert [each["overruled"] for each in told["places"]] == [False, False]
    assert [(each["name"], each["why"].partition(";")[0]) for each in told["places_method"]["decisions_unused"]] == [
        ("Nowhere Lane", "it fits none of the 2 places that were chosen"),
        ("station road", "it fits 2 places"),
    ]
    assert any("“station road” is not used: it fits 2 places" in each for each in told["places_method"]["words"])


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_decisions_on_one_place_the_id_counts_and_the_name_is_said_to_be_unused(order):
    places = [PlaceNamed(id="p1", name="Mill Lane", street="Mill Lane")]
    home, park = (replace(SAYS, kind=kind) for kind in ("home", "park"))
    decided = decisions_on(dict([("Mill Lane", home), ("p1", park)][::order]), places)
    assert decided.of_places == (park,)
    assert [name for name, _ in decided.unused] == ["Mill Lane"]


def test_an_institution_outside_a_small_area_flags_what_is_near_inside(street, street_workspace, chosen_of):
    rows = [
        *street("2020-01", 3, at=(0, 0)),
        *street("2020-01", 9, at=(400, 0), text="On or near Prison", lsoa="Southam 001A"),
    ]
    told = told_of(chosen_of(street_workspace(rows), ProfileQuestion(area="Northam", places=1, chosen_places=3)))
    assert told["institutions"] == []
    [place] = told["places"]
    assert (place["near_institution"], round(place["near_institution_m"], -1)) == ("prison", 400)


def test_rows_at_home_and_online_grow_no_place_and_stand_beside_it(made_up, chosen_of):
    chosen = chosen_of(made_up)
    told = told_of(chosen)
    ranked = chosen.number("select count(*) from asked where ranked and month >= $m", {"m": chosen.months[-12]})
    assert told["places_method"]["total"] == ranked
    true = dict(chosen.db.execute("select place_setting, count(*) from asked where of_question group by 1").fetchall())
    assert true == {"public": 530, "home": 264, "online": 19, "unknown": 75}
    settings = told["kinds"]["settings"]
    assert (settings["public"], settings["unknown"]) == (530, 75)
    assert any(each["settings"]["home"] for each in told["places"])


def test_shuffled_rows_give_the_same_places_ids_and_names(street, street_workspace, chosen_of):
    rows = town(street)
    shuffled = rows[:]
    random.Random(4).shuffle(shuffled)  # noqa: S311
    question = ProfileQuestion(places=3, chosen_places=5)
    one, other = (places(chosen_of(street_workspace(each), question)) for each in (rows, shuffled))
    assert one.told() == other.told()
    assert (one.figures, one.findings) == (other.figures, other.findings)
    assert len(one.told()["places"]) == 3


def test_a_place_keeps_its_id_when_a_month_is_added_and_another_point_grows(street, street_workspace, chosen_of):
    before = told_of(chosen_of(street_workspace(town(street)), FEW))
    known = [
        KnownPlace(id=each["id"], points=tuple((e, n) for e, n in each["points"]))
        for each in before["places_method"]["known"]
    ]
    later = [*town(street), *street("2021-01", 30, at=(-100, 0), text="On or near Bridge Street")]
    chosen = chosen_of(street_workspace([*later, *street("2021-01", 9)]), FEW)
    after = PlacesAnswer(found=find_places(chosen, previous=known)).told()["places"]
    assert after[0]["id"] == before["places"][0]["id"]
    assert (after[0]["news"], "Bridge Street" in after[0]["name"]) == ("kept", True)


def test_no_institution_is_a_place_and_no_map_point_is_in_two_of_doncaster(doncaster, chosen_of):
    found = find_places(chosen_of(doncaster))
    told = PlacesAnswer(found=found).told()
    points = [tuple(each[:2]) for place in told["places"] for each in place["members"]]
    assert len(points) == len(set(points))
    assert told["institutions"][0]["kind"] == "prison"
    apart = {(each["easting_m"], each["northing_m"]) for each in told["institutions"]}
    assert not apart & {point for each in told["places_method"]["known"] for point in map(tuple, each["points"])}
    how = told["places_method"]
    assert 0.99 <= how["chosen_held"] / how["chosen_bound"] <= 1
    assert how["held_share"] <= how["bound_share"] <= 1.01 * how["held_share"]
    for name in ("places", "institutions", "places_method", "kinds"):
        jsonschema.validate(told[name], json.loads(definitions.text_of(f"profile_schema/{name}.json")))


def test_counts_of_a_place_are_those_of_a_query_written_for_this_test(doncaster, chosen_of):
    chosen = chosen_of(doncaster)
    first = find_places(chosen).shown[0]
    among = " or ".join(f"(round(easting_m) = {e} and round(northing_m) = {n})" for e, n, _ in first.members)
    sql = (
        f"select count(*) from incidents where offence = 'Violence and sexual offences' and ({among})"
        " and month >= 2020 * 12 + 9"
    )
    [(count,)] = chosen.db.execute(sql).fetchall()
    assert first.count == count


def test_every_number_of_a_finding_is_a_figure(doncaster, made_up, chosen_of, every_number_is_cited):
    for workspace in (doncaster, made_up):
        every_number_is_cited(PlacesAnswer(found=find_places(chosen_of(workspace))))


def test_few_months_are_neither_tiered_nor_classed(street, street_workspace, chosen_of):
    rows = [*street("2020-01", 4), *street("2020-02", 4, at=(900, 0)), *street("2020-01", 1, at=(1900, 0))]
    places = told_of(chosen_of(street_workspace(rows), FEW))["places"]
    assert [(each["tier"], each["class"], each["count_low"]) for each in places] == [(None, None, None)] * 2


def test_an_area_with_institutions_only_has_no_place(street, street_workspace, chosen_of):
    chosen = chosen_of(street_workspace(street("2020-01", 3, text="On or near Prison")))
    answer = PlacesAnswer(found=find_places(chosen))
    assert answer.told()["places"] == []
    assert [each.text for each in answer.findings] == [
        "At prisons, hospitals or police stations: 3 rows of the last 1 month present. They are listed apart and ranked nowhere."
    ]
    assert answer.told()["institutions"][0]["count"] == 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On or near Silver Street", "Silver Street"),
        ("700   S BROADWAY", "S BROADWAY"),
        ("12A High Street", "High Street"),
        ("3-5 Mill Lane", "Mill Lane"),
        ("1ST AVENUE", "1ST AVENUE"),
        ("021XX W Madison", "W Madison"),
        ("No Location", ""),
        ("On or near ", ""),
        ("1400", ""),
        ("On or near St Catherine'S Avenue", "St Catherine's Avenue"),
        ("12 DON'S WAY", "DON'S WAY"),
    ],
)
def test_a_house_number_never_names_a_place(text, name):
    assert street_of(text, numbered=True) == name


def ground(texts, *, district=None, easting_m=1000.0):
    return Ground(texts=texts, districts={district: 1} if district else {}, easting_m=easting_m, northing_m=2000.0)


def test_two_places_of_one_name_take_their_district_then_their_ground():
    names = names_of(
        [
            ground({"On or near High Street": 5}, district="Northam"),
            ground({"On or near High Street": 4}, district="Southam"),
            ground({"On or near Mill Lane": 4}),
            ground({"On or near Mill Lane": 4}, easting_m=7000.0),
        ],
        numbered=False,
    )
    assert names == [
        "High Street (Northam)", "High Street (Southam)", "Mill Lane (E 1,000 N 2,000)", "Mill Lane (E 7,000 N 2,000)",
    ]  # fmt: skip


def test_one_street_written_in_three_ways_names_a_place_once():
    texts = {"700 W 7TH ST": 5, "7TH ST": 4, "S HILL ST": 3, "7TH": 2}
    assert names_of([ground(texts)], numbered=True) == ["W 7TH ST and S HILL ST"]


def test_two_streets_of_street_data_are_both_named_though_one_holds_the_words_of_the_other():
    texts = {"On or near Park Road": 5, "On or near Victoria Park Road": 4}
    assert names_of([ground(texts)], numbered=False) == ["Park Road and Victoria Park Road"]


def test_a_facility_names_a_place_only_where_no_street_does():
    assert names_of([ground({"On or near Supermarket": 9, "On or near Mill Lane": 2})], numbered=False) == ["Mill Lane"]
    assert names_of([ground({"On or near Supermarket": 9}, district="Northam")], numbered=False) == [
        "Supermarket in Northam"
    ]


def test_a_place_is_named_by_letters_that_a_reader_sees_and_not_by_ten_thousand():
    assert street_of("On or near \u202eHigh\x1b[31m Street\u200b", numbered=False) == "High[31m Street"
    assert street_of("On or near \u200b\ufeff", numbered=False) == ""
    long = street_of("On or near " + "A" * 10_000, numbered=False)
    assert long == "A" * 79 + "…"
    assert street_of("On or near " + "A" * 80, numbered=False) == "A" * 80
