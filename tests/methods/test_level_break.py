"""The level break on the Nile, on steps made by hand, and against every placing tried one by one."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.level_break import level_break, level_breaks

NAN = float("nan")


@pytest.fixture(scope="module")
def nile():
    nile = pytest.importorskip("statsmodels.datasets.nile", reason="statsmodels carries the series")
    return nile.load_pandas().data.volume.to_numpy()


def test_the_nile_fell_after_1898_as_rs_strucchange_says(nile):
    found = level_break(nile)
    assert 1871 + found.start == 1899
    assert found.mean_before == pytest.approx(1097.75)
    assert found.mean_after == pytest.approx(849.972222, abs=1e-6)
    assert found.rss_none == pytest.approx(2_835_156.75)
    assert found.rss_one == pytest.approx(1_597_457.194, abs=1e-3)
    assert found.sup_f == pytest.approx(75.9298, abs=5e-5)
    assert found.bic_none == pytest.approx(1318.2419, abs=1e-4)
    assert found.bic_one == pytest.approx(1270.0837, abs=1e-4)
    assert found.found


def test_up_to_five_breaks_the_nile_has_one(nile):
    found = level_breaks(nile, most=5)
    assert found.starts == (28,)
    assert found.means == pytest.approx((1097.75, 849.972222), abs=1e-6)
    assert len(found.bic) == 6
    assert min(found.bic) == found.bic[1] == pytest.approx(1270.0837, abs=1e-4)


def test_sup_f_on_the_nile_is_the_largest_f_of_statsmodels_regressions(nile):
    ols = pytest.importorskip("statsmodels.api", reason="an outside oracle").OLS
    whole = ols(nile, np.ones(100)).fit()
    largest = max(
        ols(nile, np.column_stack([np.ones(100), np.arange(100) >= first])).fit().compare_f_test(whole)[0]
        for first in range(12, 89)
    )
    assert level_break(nile).sup_f == pytest.approx(largest)


def test_bic_of_two_levels_worked_by_hand():
    # means 1 and 11, RSS 4 of 8 points; one level: mean 6, RSS 204. BIC = 8(ln 2π + 1 + ln(RSS/8)) + parameters × ln 8
    found = level_break([0.5, 1.5, 0.5, 1.5, 10, 12, 10.5, 11.5], min_segment=2)
    rss = 4 * 0.25 + 2 * 1 + 2 * 0.25
    assert found.start == 4
    assert found.rss_one == pytest.approx(rss)
    assert found.bic_one == pytest.approx(8 * (np.log(2 * np.pi) + 1 + np.log(rss / 8)) + 4 * np.log(8))
    assert found.rss_none == pytest.approx(rss + 8 * 25)


def test_a_step_without_noise_is_found_where_it_is():
    found = level_break([10] * 12 + [20] * 15)
    assert (found.start, found.found, found.sup_f) == (12, True, float("inf"))
    assert found.lag_one is None


@pytest.mark.parametrize("value", [0.0, 0.1, 1e9])
def test_a_series_that_never_moves_has_no_break(value):
    found = level_break([value] * 30)
    assert not found.found
    assert found.sup_f == 0
    assert level_breaks([value] * 40).starts == ()


def test_small_noise_on_large_numbers_is_not_taken_for_rounding():
    noise = np.random.default_rng(1).normal(0, 0.1, 40)
    found = level_break(1e9 + noise + np.repeat([0, 1], 20))
    assert found.found
    assert found.start == 20


def test_unknown_months_are_stepped_over_and_the_position_is_that_of_the_series():
    values = [10, NAN] + [10, 11] * 6 + [NAN] + [20, 21] * 7
    found = level_break(values)
    assert found.start == 15
    assert values[found.start] == 20
    assert found.points == 27


def test_a_series_too_short_for_two_years_has_no_answer():
    assert level_break([1.0] * 23) is None
    assert level_break([]) is None
    assert level_breaks([1.0, 3.0]).starts == ()


def test_two_steps_are_two_breaks():
    values = [10, 11] * 7 + [20, 21] * 8 + [5, 6] * 6
    found = level_breaks(values)
    assert found.starts == (14, 30)
    assert found.means == pytest.approx((10.5, 20.5, 5.5))


def test_neighbours_that_resemble_each_other_show_in_lag_one_and_by_turns_in_its_sign():
    walk = np.cumsum(np.random.default_rng(3).normal(0, 1, 120))
    assert level_break(walk).lag_one > 0.3
    assert level_break([1, 2] * 20).lag_one < -0.5


def test_a_trend_is_mistaken_for_a_break_in_its_middle_as_the_docstring_warns():
    found = level_break(np.arange(40.0))
    assert found.found
    assert found.start == 20


@pytest.mark.parametrize("dispersion", [1.0, 2.4])
def test_about_five_in_a_hundred_unchanged_series_of_four_years_are_given_a_break(dispersion):
    rng = np.random.default_rng(0)
    counts = rng.poisson(200, (1000, 48)) if dispersion == 1 else rng.negative_binomial(200 / 1.4, 1 / 2.4, (1000, 48))
    assert 0.03 < np.mean([level_break(each).found for each in counts]) < 0.08


@pytest.mark.parametrize(("correlation", "share"), [(0.2, 0.14), (0.4, 0.27)])
def test_neighbours_that_resemble_each_other_bring_breaks_out_of_nothing(correlation, share):
    noise = np.random.default_rng(0).normal(0, 1, (1000, 98))
    for month in range(1, 98):
        noise[:, month] = correlation * noise[:, month - 1] + np.sqrt(1 - correlation**2) * noise[:, month]
    assert np.mean([level_break(each[50:]).found for each in noise]) == pytest.approx(share, abs=0.05)


def test_questions_that_make_no_sense_are_refused():
    with pytest.raises(InputError, match="min_segment of 2"):
        level_break([1, 2, 3], min_segment=1)
    with pytest.raises(InputError, match="0 or more"):
        level_breaks([1, 2, 3], most=-1)
    with pytest.raises(InputError, match="known point"):
        level_breaks([NAN, NAN])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=6, max_size=12), st.integers(1, 2))
def test_no_other_placing_leaves_less_over(values, breaks):
    points = np.array(values, dtype=float)
    least = min(
        sum(((part - part.mean()) ** 2).sum() for part in np.split(points, firsts))
        for firsts in combinations(range(1, len(values)), breaks)
        if all(part.size >= 2 for part in np.split(points, firsts))
    )
    assert level_breaks(values, most=breaks, min_segment=2).rss[breaks] == pytest.approx(least, abs=1e-6)


@given(st.lists(st.integers(0, 300), min_size=24, max_size=60), st.sampled_from([0.5, 64.0]), st.integers(-100, 100))
def test_in_other_units_and_from_another_zero_sup_f_is_the_same(values, factor, offset):
    ours, theirs = level_break(values), level_break(np.array(values) * factor + offset)
    assert theirs.sup_f == pytest.approx(ours.sup_f, rel=1e-6)
    if len(set(values)) > 1:
        assert theirs.found == ours.found or abs(ours.bic_one - ours.bic_none) < 1e-6


@given(st.lists(st.integers(0, 300), min_size=24, max_size=60))
def test_the_single_break_is_the_first_step_of_the_search_for_several(values):
    one, several = level_break(values), level_breaks(values, most=1)
    assert several.rss[1] == pytest.approx(one.rss_one, abs=1e-6)
    assert several.bic[0] == pytest.approx(one.bic_none)
