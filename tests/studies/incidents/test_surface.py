"""The surface: cells that were ever used, hot by a stated control, and what half a cell's shift of the grid changes."""

from __future__ import annotations

import json
import random
from math import sqrt

import jsonschema
import numpy as np
import pytest

from lamplighter import definitions
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.studies.incidents.surface import surface

ASB = "Anti-social behaviour"


def held_to_the_schema(told):
    jsonschema.validate(told, json.loads(definitions.text_of("profile_schema/surface.json")))
    return told


@pytest.fixture(scope="session")
def crowd(street, street_workspace):
    """Seven by seven spots 250 m apart, each used once for something else; nine of them together hold 20 rows, the rest none."""
    rows = [row for x in range(7) for y in range(7) for row in street("2020-01", at=(250 * x, 250 * y), offence=ASB)]
    for x in (2, 3, 4):
        for y in (2, 3, 4):
            rows += street("2020-02", 20, at=(250 * x, 250 * y))
    return rows, street_workspace(rows)


def test_cells_are_those_ever_used_and_a_cell_without_the_offence_is_a_nought_that_counts(crowd, chosen_of):
    told = held_to_the_schema(surface(chosen_of(crowd[1])).told())
    assert (told["cells"], told["rows"]) == (49, 180)


def test_the_middle_of_the_crowd_is_hottest_and_its_z_is_that_of_the_formula(crowd, chosen_of):
    [first, *_] = held_to_the_schema(surface(chosen_of(crowd[1])).told())["gi"]["top"]
    mean, deviation = 180 / 49, sqrt(9 * 400 / 49 - (180 / 49) ** 2)
    expected = (180 - 9 * mean) / (deviation * sqrt(9 * 40 / 48))
    assert first["z"] == round(expected, 2) == 6.93
    assert (first["count"], first["p_permuted"]) == (20, 0.001)


def test_every_control_is_printed_with_its_hot_cells_and_one_is_said_to_be_used(crowd, chosen_of):
    answer = surface(chosen_of(crowd[1]))
    gi = answer.told()["gi"]
    by = {each["control"]: each["hot"] for each in gi["hot"]}
    # z is 6.93 in the middle, 4.10 on the sides and 2.21 at the corners of the nine, and 1.27 at most outside.
    assert by == {
        "none": 9,
        "benjamini_hochberg": 5,
        "benjamini_hochberg_one_sided": 5,
        "benjamini_yekutieli": 5,
    }
    assert [each["control"] for each in gi["hot"] if each["chosen"]] == [gi["control_chosen"]]
    [hot] = [each.value for each in answer.figures if each.id == "surface.hot"]
    assert hot == 5


def test_the_density_of_one_spot_is_highest_in_its_own_cell_and_follows_from_the_kernel(
    street, street_workspace, chosen_of
):
    workspace = street_workspace([*street("2020-01", 30, at=(0, 0)), *street("2020-01", 1, at=(5000, 0), offence=ASB)])
    answer = surface(chosen_of(workspace))
    density = held_to_the_schema(answer.told())["density"]
    at_the_spot = 30 / (2 * np.pi * 300**2) * 1e6
    furthest = at_the_spot * np.exp(-(125**2 + 125**2) / (2 * 300**2))
    assert furthest <= density["highest_per_km2"] <= at_the_spot
    assert answer.drawn.level.max() == 5
    assert answer.drawn.level.min() >= 1
    assert (answer.drawn.easting_m % 250 == 0).all()


def test_with_fewer_than_40_full_cells_nothing_is_said_of_a_shift(crowd, chosen_of):
    answer = surface(chosen_of(crowd[1]))
    assert answer.told()["half_cell"] is None
    assert answer.findings == ()


def test_half_a_cell_s_shift_takes_nothing_from_spots_far_apart_and_their_pairs_change(
    street, street_workspace, chosen_of
):
    alone = [row for at in range(60) for row in street("2020-01", 60 - at, at=(1000 * at, 0))]
    told = held_to_the_schema(surface(chosen_of(street_workspace(alone))).told())
    # Each spot has a cell of its own however the grid lies: the first twenty stay the first twenty.
    assert told["half_cell"]["share_lost_high"] == 0
    assert told["half_cell"]["held"] == sum(range(41, 61))
    assert told["half_cell"]["highest_shifted"] == [60, 60, 60]


def test_a_spot_alone_has_no_gi_and_says_why(street, street_workspace, chosen_of):
    told = held_to_the_schema(surface(chosen_of(street_workspace(street("2020-01", 5)))).told())
    assert told["available"]
    assert told["gi"] is None
    assert "too few" in told["gi_why_not"]


def test_rows_at_a_prison_are_no_crowd(street, street_workspace, chosen_of):
    rows = [*street("2020-01", 3), *street("2020-01", 90, at=(2000, 0), text="On or near Prison")]
    assert surface(chosen_of(street_workspace(rows))).told()["rows"] == 3


def test_where_no_row_may_be_ranked_the_section_says_so(street, street_workspace, chosen_of):
    workspace = street_workspace(street("2020-01", 9, text="On or near Prison"))
    answer = surface(chosen_of(workspace))
    told = held_to_the_schema(answer.told())
    assert (told["available"], told["cells"], told["density"]) == (False, 0, None)
    assert told["why_not"]
    assert (answer.figures, answer.findings, answer.drawn) == ((), (), None)


def test_only_the_last_twelve_months_present_are_counted(street, street_workspace, chosen_of):
    rows = [row for month in range(1, 13) for row in street(f"2020-{month:02d}", 2)]
    rows += street("2019-12", 50)
    told = surface(chosen_of(street_workspace(rows))).told()
    assert (told["rows"], told["period"]) == (24, "2020-01 to 2020-12")


def test_the_order_of_rows_changes_nothing(crowd, street_workspace, chosen_of):
    rows, workspace = crowd
    shuffled = list(rows)
    random.Random(3).shuffle(shuffled)  # noqa: S311
    one, other = (surface(chosen_of(each)) for each in (workspace, street_workspace(shuffled)))
    assert one.told() == other.told()
    assert (one.drawn.level == other.drawn.level).all()


def test_another_seed_moves_permuted_p_only(crowd, chosen_of):
    one, other = (surface(chosen_of(crowd[1], ProfileQuestion(seed=each))).told()["gi"] for each in (0, 1))
    assert [each["z"] for each in one["top"]] == [each["z"] for each in other["top"]]
    assert (one["seed"], other["seed"]) == (0, 1)


def test_cells_off_the_force_s_own_ground_are_not_looked_at(crowd, street, street_workspace, chosen_of):
    rows = [*crowd[0], *street("2020-01", 1, at=(3000, 0), lsoa="Cornwall 001A", offence=ASB)]
    assert surface(chosen_of(street_workspace(rows))).told()["cells"] == 49
