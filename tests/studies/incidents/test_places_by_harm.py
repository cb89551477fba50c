"""Places chosen by harm: many light rows against few grave ones, said with every place, refused where it can't be told."""

from __future__ import annotations

import json

import jsonschema
import numpy as np
import pytest

from lamplighter import definitions
from lamplighter.errors import InputError, QuestionRefused
from lamplighter.studies.incidents.harm_at_points import harm_at_points, two_digits
from lamplighter.studies.incidents.place_weighing import judged_by_harm
from lamplighter.studies.incidents.places import find_places
from lamplighter.studies.incidents.places_told import places
from lamplighter.studies.incidents.question import ProfileQuestion

NORTH = 350674
LIGHT, GRAVE, LONE = 559000, 561000, 563000
OFFENCES = ("Assault with injury", "Stalking")


def rows_at(east, times, offence, code, month):
    reported = f"01/{month:02d}/2025 10:00"
    one = {
        "Force": "Made-up Constabulary", "Reported": reported, "Committed From": reported, "Offence": offence, "HO Code": code,
        "DA Flag": "N", "Online Flag": "N", "Victim Sex": "F", "Victim Age": "30", "Relationship": "Stranger",
        "Premises": "Street", "Street": f"Road {east}", "Easting": str(east), "Northing": str(NORTH), "Outcome": "Charged",
        "Outcome Date": "03/01/2026",
    }  # fmt: skip
    return [one | {"Crime Ref": f"{east}-{month}-{code}-{number}"} for number in range(times)]


def by(weigh_by, **more):
    return ProfileQuestion(offences=OFFENCES, weigh_by=weigh_by, **{"places": 1, "chosen_places": 4} | more)


@pytest.fixture(scope="module")
def a_town(extract_workspace):
    """A year. Road 559000: 60 of stalking, 10 days each. Road 561000: 12 assaults, 365 days each. Road 563000: 2 assaults."""
    rows = []
    for month in range(1, 13):
        rows += rows_at(LIGHT, 5, "Stalking", "8Q", month)
        rows += rows_at(GRAVE, 1, "Assault with injury", "8N", month)
    rows += rows_at(LONE, 2, "Assault with injury", "8N", 6)
    return extract_workspace(rows)


def answer_of(chosen, **more):
    answer = places(chosen, harm=harm_at_points(chosen), with_false_calls=False, **more)
    told = answer.told()
    for name in ("places", "places_method"):
        jsonschema.validate(told[name], json.loads(definitions.text_of(f"profile_schema/{name}.json")))
    return answer, told


def test_many_light_rows_come_first_by_count_and_few_grave_ones_by_harm(a_town, chosen_of):
    first = {}
    for weigh_by in ("count", "harm"):
        _, told = answer_of(chosen_of(a_town, by(weigh_by)))
        [place] = told["places"]
        first[weigh_by] = (place["easting_m"], place["count"], place["harm"], place["chosen_by"])
    # 60 × 10 days against 12 × 365 = 4,380, told as 4,400. The count stands beside.
    assert first == {"count": (LIGHT, 60, 600.0, "count"), "harm": (GRAVE, 12, 4400.0, "harm")}


def test_what_is_held_and_bounded_by_harm_is_days_with_rows_beside(a_town, chosen_of):
    _, told = answer_of(chosen_of(a_town, by("harm")))
    how = told["places_method"]
    assert (how["chosen_by"], how["unit"], how["held"], how["total"]) == ("harm", "days of harm", 12, 74)
    # 600 + 4,380 + 730 = 5,710 days; one circle holds 4,380 of them, 77%, and none could hold more.
    assert (how["harm_total"], how["harm_held"], how["bound"]) == (5700.0, 4400.0, 4400.0)
    assert how["weight_held_share"] == how["bound_share"] == 0.77
    assert "by days of harm, not by count" in how["words"][0]


def test_by_count_the_words_say_by_count_and_the_bound_is_of_rows(a_town, chosen_of):
    _, told = answer_of(chosen_of(a_town, by("count")))
    how = told["places_method"]
    assert (how["chosen_by"], how["unit"], how["bound"], how["harm_total"]) == ("count", "rows", 60.0, None)
    assert how["weight_held_share"] == how["held_share"]
    assert "how many rows" in how["words"][0]


def test_a_place_of_fewer_than_ten_rows_is_not_ranked_by_harm_and_is_said_to_be_left_out(a_town, chosen_of):
    _, told = answer_of(chosen_of(a_town, by("harm", places=2)))
    # Two assaults weigh 730 days, more than the 60 of stalking: the rank would tell them.
    assert [each["easting_m"] for each in told["places"]] == [GRAVE, LIGHT]
    assert told["places_method"]["left_out"] == 1
    assert any(each.startswith("1 circle of fewer rows weighs more") for each in told["places_method"]["words"])


def test_harm_of_a_place_of_fewer_than_ten_rows_is_not_told_beside_its_count_either(a_town, chosen_of):
    _, told = answer_of(chosen_of(a_town, by("count", places=3)))
    assert {each["easting_m"]: each["harm"] for each in told["places"]} == {LIGHT: 600.0, GRAVE: 4400.0, LONE: None}


def test_tiers_are_of_harm_and_the_interval_of_harm_holds_it(a_town, chosen_of):
    answer, told = answer_of(chosen_of(a_town, by("harm")))
    [place] = told["places"]
    assert place["tier"] == "almost certainly among the first 1"
    assert place["harm_low"] < place["harm"] < place["harm_high"]
    assert place["count_low"] < 12 < place["count_high"]
    assert told["places_method"]["tier_rule"].endswith("By days of harm.")
    by_id = {each.id: each for each in answer.figures}
    figure = by_id[f"places.{place['id']}.harm"]
    assert (figure.value, figure.unit, figure.rows) == (4400.0, "days", 12)


def test_findings_by_harm_say_so_and_cite_every_number(a_town, chosen_of, every_number_is_cited):
    answer, _ = answer_of(chosen_of(a_town, by("harm")))
    every_number_is_cited(answer)
    assert "chosen by days of harm, holds 12 of 74 ranked rows" in answer.findings[0].text


def test_where_every_crime_weighs_the_same_harm_gives_the_tiers_of_counts():
    counts = np.array([[9, 7, 8, 9], [3, 2, 4, 3], [1, 2, 0, 1]], dtype=np.float64)
    one, one_spread = judged_by_harm(counts, counts.sum(axis=0) + 5, average=1.0, first=1, fewest_months=3)
    days, spread = judged_by_harm(365 * counts, 365 * (counts.sum(axis=0) + 5), average=365.0, first=1, fewest_months=3)
    assert [each.probability for each in days.standings] == pytest.approx([each.probability for each in one.standings])
    assert spread.overall == pytest.approx(one_spread.overall)


def test_a_place_whose_harm_leans_on_two_grave_crimes_is_less_sure_than_as_many_days_of_light_ones():
    # Two grave crimes (300 days) among light ones: harm of one place leans on two rows, so it is less sure than its count.
    days = np.array([[300, 10, 10, 10], [10, 10, 310, 10], [10, 0, 10, 10]], dtype=np.float64)
    average = (2 * 300**2 + 9 * 10**2) / (2 * 300 + 9 * 10)
    by_days, _ = judged_by_harm(days, days.sum(axis=0), average=average, first=1, fewest_months=3)
    as_if_counts, _ = judged_by_harm(days, days.sum(axis=0), average=10.0, first=1, fewest_months=3)
    assert by_days.standings[1].probability < 0.95
    assert by_days.standings[2].probability > as_if_counts.standings[2].probability


def test_street_data_are_refused_with_the_mend_and_never_fall_back_to_counts(street, street_workspace, chosen_of):
    chosen = chosen_of(street_workspace(street("2020-01", 20)), ProfileQuestion(weigh_by="harm"))
    with pytest.raises(
        QuestionRefused, match=r"can't be chosen by harm: open street data.*Import.*Leave out --weigh-by harm"
    ):
        find_places(chosen, harm=harm_at_points(chosen))


def test_one_weight_only_is_refused_because_it_is_the_count(extract_workspace, chosen_of):
    workspace = extract_workspace(rows_at(LIGHT, 20, "Stalking", "8Q", 1))
    chosen = chosen_of(workspace, ProfileQuestion(offences=("Stalking",), weigh_by="harm"))
    with pytest.raises(QuestionRefused, match="count times a constant"):
        find_places(chosen, harm=harm_at_points(chosen))


def test_offences_without_weights_are_refused_with_the_mend(extract_workspace, chosen_of):
    rows = rows_at(LIGHT, 9, "Stalking", "8Q", 1) + rows_at(LIGHT, 9, "Assault with injury", "8N", 2)
    workspace = extract_workspace(rows + rows_at(LIGHT, 3, "Singing out of tune", "999Z", 3))
    question = ProfileQuestion(offences=(*OFFENCES, "Singing out of tune"), weigh_by="harm")
    chosen = chosen_of(workspace, question)
    with pytest.raises(QuestionRefused, match=r"nine tenths.*offence_code"):
        find_places(chosen, harm=harm_at_points(chosen))


def test_no_circle_of_ten_rows_gives_no_place_and_says_how_many_are_left_out(extract_workspace, chosen_of):
    rows = rows_at(LIGHT, 9, "Stalking", "8Q", 1) + rows_at(GRAVE, 9, "Assault with injury", "8N", 2)
    _, told = answer_of(chosen_of(extract_workspace(rows), by("harm")))
    assert told["places"] == []
    assert told["places_method"]["left_out"] == 2


def test_the_order_of_rows_changes_no_place_by_harm(made_up, chosen_of, extract_workspace):
    rows = [
        each
        for month in range(1, 13)
        for each in (
            *rows_at(GRAVE, 1, "Assault with injury", "8N", month),
            *rows_at(LIGHT, 3, "Stalking", "8Q", month),
        )
    ]
    one, other = (answer_of(chosen_of(extract_workspace(each), by("harm")))[1] for each in (rows, rows[::-1]))
    assert one == other


def test_the_made_up_extract_is_ranked_by_harm_with_ten_rows_or_more_in_every_place(made_up, chosen_of):
    _, told = answer_of(chosen_of(made_up, ProfileQuestion(weigh_by="harm", places=5, chosen_places=25)))
    assert told["places"]
    harms = [each["harm"] for each in told["places"]]
    assert harms == sorted(harms, reverse=True)
    assert all(each["count"] >= 10 and each["harm"] == two_digits(each["harm"]) for each in told["places"])
    assert told["places_method"]["harm_held"] <= told["places_method"]["bound"]


@pytest.mark.parametrize(
    ("days", "told"), [(4380.0, 4400.0), (600.0, 600.0), (12.5, 12.0), (7.26, 7.3), (0.0, 0.0), (None, None)]
)
def test_days_are_told_to_two_significant_digits(days, told):
    assert two_digits(days) == told


def test_a_question_weighed_by_anything_else_is_refused():
    with pytest.raises(InputError, match="by count or by harm"):
        ProfileQuestion(weigh_by="fear")
