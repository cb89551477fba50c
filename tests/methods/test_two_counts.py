"""Two counts: the published E-test values, the binomial test, and intervals that keep what they promise."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.two_counts import two_counts


@pytest.mark.parametrize(
    ("first", "first_exposure", "second", "second_exposure", "e_test", "conditional", "root"),
    [
        (0, 1, 3, 1, 0.08838, 0.25, -3.4641),
        (6, 1, 2, 1, 0.17487, 0.28906, 2.0706),
        (20, 1, 10, 1, 0.06883, 0.09874, 2.6197),
        (25, 1, 16, 1, 0.16480, 0.21102, 2.0),
        (20, 4, 10, 2, 1.0, 1.0, None),
        (20, 1, 20, 1, 1.0, 1.0, 0.0),
    ],
)
def test_published_values_of_the_e_test_and_the_conditional_test(
    first, first_exposure, second, second_exposure, e_test, conditional, root
):
    told = two_counts(first, second, first_exposure=first_exposure, second_exposure=second_exposure)
    assert told.e_test_p == pytest.approx(e_test, abs=5e-6)
    assert told.conditional_p == pytest.approx(conditional, abs=5e-6)
    assert told.root_difference == (None if root is None else pytest.approx(root, abs=5e-5))


def test_the_difference_is_later_less_earlier_and_its_interval_worked_by_hand():
    # score limits at 1.96²=3.841459: of 20: 21.920729 ± √(76.829176+3.689201)=8.973203; of 10: 11.920729 ± 6.488743
    told = two_counts(20, 10)
    assert told.difference == -10
    assert told.low == pytest.approx(-10 - np.hypot(10 - 5.431986, 30.893932 - 20), abs=1e-5)
    assert told.high == pytest.approx(-10 + np.hypot(18.409472 - 10, 20 - 12.947526), abs=1e-5)
    assert not told.beyond_chance
    assert two_counts(100, 50).beyond_chance


def test_exposures_make_the_difference_one_of_rates():
    told = two_counts(20, 10, first_exposure=4, second_exposure=1)
    assert told.difference == 5
    assert told.low < 5 < told.high


def test_counts_that_are_more_spread_than_poisson_widen_the_interval_and_a_lower_dispersion_is_taken_as_1():
    plain, spread = two_counts(120, 90), two_counts(120, 90, dispersion=2.4)
    assert plain.beyond_chance
    assert not spread.beyond_chance
    assert spread.e_test_p == plain.e_test_p
    assert two_counts(120, 90, dispersion=0.3) == plain
    assert plain.dispersion == 1


@given(st.integers(0, 300), st.integers(0, 300).filter(lambda count: count > 0), st.sampled_from([1.0, 2.5]))
def test_turned_round_only_the_sign_changes(first, second, dispersion):
    told, back = two_counts(first, second, dispersion=dispersion), two_counts(second, first, dispersion=dispersion)
    assert told.e_test_p == pytest.approx(back.e_test_p, abs=1e-9)
    assert told.conditional_p == pytest.approx(back.conditional_p)
    assert (told.difference, told.low, told.high) == pytest.approx((-back.difference, -back.high, -back.low))
    assert told.low <= told.difference <= told.high


@pytest.mark.parametrize(("mean_a", "mean_b"), [(1, 3), (8, 12), (60, 45)])
def test_the_interval_holds_the_true_difference_about_as_often_as_it_says(mean_a, mean_b):
    rng = np.random.default_rng(0)
    held = []
    for first, second in zip(rng.poisson(mean_a, 400), rng.poisson(mean_b, 400), strict=True):
        if first or second:
            told = two_counts(int(first), int(second))
            held.append(told.low <= mean_b - mean_a <= told.high)
    assert 0.92 <= np.mean(held) <= 0.99


@pytest.mark.parametrize(
    ("first", "second", "more", "words"),
    [
        (0, 0, {}, "Both counts are 0"),
        (-1, 3, {}, "first is -1"),
        (3, 1.5, {}, "second is 1.5"),
        (float("nan"), 1, {}, "first is nan"),
        (float("inf"), 1, {}, "first is inf"),
        (1, 2, {"first_exposure": 0}, "first_exposure is 0"),
        (1, 2, {"dispersion": -1}, "dispersion is -1"),
        (1, 2, {"level": 95}, "level of 95"),
    ],
)
def test_what_can_not_be_compared_is_refused(first, second, more, words):
    with pytest.raises(InputError, match=words):
        two_counts(first, second, **more)


@pytest.mark.parametrize(
    ("first", "second", "exposures"),
    [(0, 5, (1.0, 1.0)), (3, 0, (1.0, 2.0)), (40, 60, (365.0, 366.0)), (5000, 5200, (1.0, 1.0))],
)
def test_the_e_test_taken_in_strips_is_scipy_s(first, second, exposures):
    from scipy import stats

    whole = stats.poisson_means_test(first, exposures[0], second, exposures[1]).pvalue
    found = two_counts(first, second, first_exposure=exposures[0], second_exposure=exposures[1])
    assert found.e_test_p == pytest.approx(whole, rel=1e-9)


@pytest.mark.parametrize(
    ("first", "second", "exposures"),
    [(0, 5, (1.0, 1.0)), (3, 0, (1.0, 2.0)), (7, 7, (1.0, 1.0)), (40, 60, (365.0, 366.0)), (52000, 51000, (1.0, 1.0))],
)
def test_the_conditional_test_is_scipy_s(first, second, exposures):
    from scipy import stats

    whole = stats.binomtest(first, first + second, exposures[0] / sum(exposures)).pvalue
    found = two_counts(first, second, first_exposure=exposures[0], second_exposure=exposures[1])
    assert found.conditional_p == pytest.approx(whole, rel=1e-8)


def test_two_counts_and_hot_cells_load_no_module_that_takes_longer_than_they_do():
    script = (
        "import sys; from lamplighter.methods.two_counts import two_counts; from lamplighter.methods.gi_star import adjusted;"
        "two_counts(20, 10); adjusted([0.01, 0.2], control='benjamini_yekutieli'); print('scipy.stats' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
