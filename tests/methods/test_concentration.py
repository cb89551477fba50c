"""Concentration: every row of the published tables, and tables by hand."""

import numpy as np
import pytest

from lamplighter.errors import InputError
from lamplighter.methods.concentration import (
    gini,
    gini_generalised,
    holdings,
    lorenz,
    small_sample_gini,
    stay,
)


@pytest.mark.parametrize(
    ("counts", "places", "plain", "generalised"),
    [
        ([10, 8, 2], 10, 0.78, 0.78),
        ([5, 2, 1], 10, 0.80, 0.75),
        ([3, 1, 1], 10, 0.78, 0.56),
        ([1] * 5, 10, 0.50, 0.0),
        ([1] * 10, 10, 0.0, 0.0),
        ([10], 10, 0.90, 0.90),
        ([10], 100, 0.99, 0.90),
        ([22, 18, 17, 12, 11, 8, 6, 3, 2, 1], 10, 0.392, 0.392),
    ],
)
def test_gini_and_its_generalisation_as_published(counts, places, plain, generalised):
    assert gini(counts, places=places) == pytest.approx(plain)
    assert gini_generalised(counts, places=places) == pytest.approx(generalised)
    with_zeros = [*counts, *[0] * (places - len(counts))]
    assert gini(with_zeros, places=places) == pytest.approx(plain), "places without a crime may be told or left out"


def test_the_small_sample_forms_as_published():
    assert small_sample_gini(gini([10], places=10), units=10) == pytest.approx(1)
    assert small_sample_gini(gini_generalised([5, 2, 1], places=10), units=8) == pytest.approx(0.857143, abs=1e-6)
    assert small_sample_gini(gini_generalised([3, 1, 1], places=10), units=5) == pytest.approx(0.70)


def test_gini_is_the_mean_difference_of_all_pairs_over_twice_the_mean():
    counts = np.random.default_rng(0).poisson(3, 40).astype(float)
    pairs = np.abs(counts[:, None] - counts).mean() / (2 * counts.mean())
    assert gini(counts, places=40) == pytest.approx(pairs)


def test_by_hand_how_few_places_hold_a_quarter_half_and_four_fifths():
    # 8 + 5 + 4 + 2 + 1 = 20 in five of ten places: 25% is 5 (the first), 50% is 10 (two), 80% is 16 (three).
    found = holdings([1, 4, 8, 2, 5], places=10)
    assert [(each.share, each.places, each.of_places, each.of_used) for each in found] == [
        (0.25, 1, 0.1, 0.2),
        (0.50, 2, 0.2, 0.4),
        (0.80, 3, 0.3, 0.6),
    ]


def test_a_share_that_is_reached_exactly_needs_no_further_place():
    assert [each.places for each in holdings([5, 5, 5, 5], places=4)] == [1, 2, 4]
    assert [each.places for each in holdings([0.1] * 10, places=10, shares=[0.3, 0.7, 1])] == [3, 7, 10]


def test_the_lorenz_curve_by_hand_and_its_area_is_the_gini():
    curve = lorenz([3, 1], places=4)
    assert curve.tolist() == [[0, 0], [0.5, 0], [0.75, 0.25], [1, 1]]
    assert lorenz([1, 1], places=2).tolist() == [[0, 0], [0.5, 0.5], [1, 1]]
    for counts, places in (([3, 1], 4), ([22, 18, 17, 12, 11, 8, 6, 3, 2, 1], 10), ([10, 8, 2], 10)):
        x, y = lorenz(counts, places=places).T
        under = float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))
        assert 1 - 2 * under == pytest.approx(gini(counts, places=places))


def test_where_there_was_no_crime_nothing_is_held_and_evenness_is_refused():
    assert holdings([0, 0], places=2) == ()
    assert holdings([], places=5) == ()
    for ask in (gini, gini_generalised, lorenz):
        with pytest.raises(InputError, match="no crime at any place"):
            ask([], places=5)


def test_stay_by_hand_and_equal_places_keep_the_order_given():
    assert stay([9, 7, 5, 1], [8, 2, 6, 0], first=2).stayed == 1
    assert stay([9, 7, 5, 1], [8, 6, 2, 0], first=2).stayed == 2
    assert not stay([9, 7, 5, 1], [8, 6, 2, 0], first=2).tied
    tied = stay([9, 5, 5], [9, 1, 7], first=2)
    assert (tied.stayed, tied.tied) == (1, True)


def test_a_place_without_a_crime_is_not_among_the_first_however_few_there_are():
    found = stay([4, 0, 0], [4, 0, 0], first=2)
    assert (found.stayed, found.tied) == (1, False)
    assert stay([4, 3], [3, 4], first=20).stayed == 2


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: gini([1, -1], places=2), "below 0"),
        (lambda: gini([1, None], places=2), "unknown"),
        (lambda: gini([1, 2], places=1), "2 counts for 1 places"),
        (lambda: holdings([], places=0), "1 or more"),
        (lambda: gini_generalised([1.5], places=2), "whole counts"),
        (lambda: holdings([1], places=1, shares=[25]), "Use 0.25 for 25%"),
        (lambda: small_sample_gini(0.5, units=1), "Give 2 or more"),
        (lambda: stay([1, 2], [1], first=1), "2 places before and 1 after"),
        (lambda: stay([1, 2], [1, None], first=1), "one unknown"),
        (lambda: stay([1], [1], first=0), "first 0 is no question"),
    ],
)
def test_what_can_not_be_answered_is_refused_in_a_sentence(ask, told):
    with pytest.raises(InputError, match=told):
        ask()
