"""Variance over mean of months: by hand, and on months made with a known one."""

import csv
from pathlib import Path

import numpy as np
import pytest

from lamplighter.errors import InputError
from lamplighter.methods.dispersion import dispersion

CELLS = Path(__file__).parents[1] / "fixtures" / "south-yorkshire-violence-cells.csv"


def test_by_hand_for_one_place():
    # 2, 4, 6: mean 4, squares about it 4 + 0 + 4 = 8, over the mean 2, over 3 − 1: 1. Steps: (2² + 2²) / 4 / (2 × 2) = 0.5.
    assert dispersion([[2, 4, 6]]).overall == 1.0
    assert dispersion([[0, 4, 8]]).overall == 4.0
    # z are −2, 0, 2: the squares of the steps 4 + 4, over 2 × 2 steps.
    assert dispersion([[0, 4, 8]], lasting_changes=False).overall == 2.0


def test_each_place_has_half_its_own_and_half_that_of_all():
    # Own 4 and 0; all 2; so 3 and, by half, 1: chance is never undercut.
    found = dispersion([[0, 4, 8], [4, 4, 4]])
    assert found.overall == 2.0
    assert found.of_places.tolist() == [3.0, 1.0]
    assert (found.how, found.months) == ("all variation", 3)


def test_what_the_whole_area_does_is_no_ones_dispersion():
    level = [100, 200, 300]
    assert dispersion([[1, 2, 3], [10, 20, 30]], level=level).overall == 1.0, "moves with the area: nothing left"
    assert dispersion([[10, 20, 30]]).overall == pytest.approx(5.0)


def test_a_lasting_rise_is_variation_but_no_step():
    values = [[5] * 12 + [20] * 12]
    assert dispersion(values).overall > 4
    assert dispersion(values, lasting_changes=False).overall == 1.0


def test_months_made_with_a_known_dispersion_show_it_both_ways():
    counts = np.random.default_rng(0).negative_binomial(10 / 1.4, 1 / 2.4, (400, 44))
    for lasting in (True, False):
        assert dispersion(counts, lasting_changes=lasting).overall == pytest.approx(2.4, abs=0.08)


def test_harm_takes_the_floor_that_chance_gives_in_its_own_unit():
    assert dispersion([[300, 300, 300]], chance=300).of_places.tolist() == [300]


def test_a_place_without_a_crime_says_nothing_and_takes_what_all_have():
    found = dispersion([[0, 4, 8], [0, 0, 0]])
    assert found.overall == 4.0
    assert found.of_places.tolist() == [4.0, 4.0]
    assert dispersion([[0, 0, 0]]).overall == 1.0
    assert dispersion(np.zeros((0, 5))).of_places.shape == (0,)


def test_the_leading_cells_of_one_force_vary_more_than_twice_as_much_as_chance():
    # Violence of South Yorkshire, first 100 cells of 250 m. An outside count says 2.42 for variance over mean, which
    # lies between the last 12 months and all 44. What is left from month to month is 1.2 to 1.8, as measured elsewhere.
    with CELLS.open(encoding="utf-8", newline="") as file:
        counts = np.array([row[2:] for row in list(csv.reader(file))[1:101]], dtype=float)
    assert dispersion(counts).overall == pytest.approx(2.08, abs=0.01)
    assert dispersion(counts[:, -12:]).overall == pytest.approx(2.48, abs=0.01)
    assert 1.2 < dispersion(counts, lasting_changes=False).overall < 1.8


@pytest.mark.parametrize(
    ("values", "level", "told"),
    [
        ([1, 2, 3], None, "one row a place"),
        ([[1, 2]], None, "2 months are too few"),
        ([[1, float("nan"), 3]], None, "unknown or below 0"),
        ([[1, -1, 3]], None, "unknown or below 0"),
        ([[1, 2, 3]], [1, 2], "2 months and its places 3"),
        ([[1, 2, 3]], [1, 0, 2], "is 0 or unknown"),
    ],
)
def test_what_can_not_be_answered_is_refused_in_a_sentence(values, level, told):
    with pytest.raises(InputError, match=told):
        dispersion(values, level=level)
