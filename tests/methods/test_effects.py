"""Differences and ratios with their intervals, against sums by hand and SciPy's and statsmodels' own answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lamplighter.errors import InputError
from lamplighter.methods.effects import count_ratio, dispersion_of, level_shift, rate_change

NAN = float("nan")


def test_a_difference_of_two_levels_worked_by_hand():
    # means 11 and 21; variances 1 and 1 of 3 points: SE √(2/3), 4 degrees of freedom, t 2.776445
    shift = level_shift([10, 11, 12], [20, 21, 22])
    assert shift.difference == pytest.approx(10)
    assert shift.low == pytest.approx(10 - 2.776445 * (2 / 3) ** 0.5, abs=1e-5)
    assert shift.high == pytest.approx(10 + 2.776445 * (2 / 3) ** 0.5, abs=1e-5)
    assert (shift.points_before, shift.points_after) == (3, 3)


def test_unequal_spreads_give_scipys_welch_interval():
    before, after = [200, 214, 188, 205, 231, 190], [240, 180, 300, 260]
    expected = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)
    shift = level_shift(before, after)
    assert (shift.low, shift.high) == pytest.approx((expected.low, expected.high))


def test_unknown_months_are_left_out_of_a_level():
    assert level_shift([10, NAN, 12], [NAN, 20, 22]).difference == pytest.approx(10)


@pytest.mark.parametrize(
    ("before", "after"), [([10], [20, 21]), ([10, 11], [20]), ([10, 10], [20, 20]), ([0.1] * 3, [0.3] * 3)]
)
def test_without_spread_the_interval_is_unknown_not_zero_wide(before, after):
    shift = level_shift(before, after)
    assert shift.difference == pytest.approx(np.mean(after) - np.mean(before))
    assert shift.low is None
    assert shift.high is None


def test_a_side_without_known_months_is_refused():
    with pytest.raises(InputError, match="after: no known period"):
        level_shift([10, 11], [NAN, NAN])


def test_a_ratio_of_two_totals_with_a_stated_dispersion_worked_by_hand():
    # 100 → 80: −20%; log interval ± 1.959964 × √(2.4 × (1/100 + 1/80)) = ± 0.455457
    change = count_ratio(100, 80, dispersion=2.4)
    assert change.ratio == pytest.approx(0.8)
    assert change.percent == pytest.approx(-20)
    assert change.low == pytest.approx(0.8 * np.exp(-0.455457), abs=1e-5)
    assert change.percent_high == pytest.approx(100 * (0.8 * np.exp(0.455457) - 1), abs=1e-3)
    assert change.dispersion == 2.4


def test_exposures_turn_totals_into_rates():
    assert count_ratio(100, 80, dispersion=1, exposure_before=10, exposure_after=4).ratio == pytest.approx(2)


def test_a_dispersion_below_1_is_taken_as_1_and_said_so():
    assert count_ratio(100, 80, dispersion=0.3) == count_ratio(100, 80, dispersion=1)
    assert count_ratio(100, 80, dispersion=0.3).dispersion == 1


def test_a_rate_from_nothing_has_no_ratio_and_a_rate_to_nothing_no_interval():
    nothing = count_ratio(0, 5, dispersion=1)
    assert (nothing.ratio, nothing.percent, nothing.low) == (None, None, None)
    gone = count_ratio(5, 0, dispersion=1)
    assert (gone.ratio, gone.percent, gone.low, gone.high) == (0, -100, None, None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"events_before": -1, "events_after": 1, "dispersion": 1}, "events_before is -1"),
        ({"events_before": 1, "events_after": NAN, "dispersion": 1}, "events_after is nan"),
        ({"events_before": 1, "events_after": 1, "dispersion": 0}, "dispersion is 0"),
        ({"events_before": 1, "events_after": 1, "dispersion": 1, "exposure_after": 0}, "exposure_after is 0"),
        ({"events_before": 1, "events_after": 1, "dispersion": 1, "level": 95}, "level of 95"),
    ],
)
def test_a_ratio_of_what_can_not_be_is_refused(arguments, words):
    with pytest.raises(InputError, match=words):
        count_ratio(**arguments)


def test_the_dispersion_of_two_segments_worked_by_hand():
    # around 10: (4 + 0 + 4)/10 = 0.8 with 2 degrees; around 20: (25 + 25)/20 = 2.5 with 1; together 3.3/3
    assert dispersion_of(([8, 10, 12], [1, 1, 1]), ([15, 25], [1, 1])) == pytest.approx(1.1)


def test_one_month_shows_no_dispersion():
    assert dispersion_of(([8], [1])) is None
    assert dispersion_of(([0, 0], [30, 31])) is None
    assert dispersion_of() is None


def test_a_rate_change_is_statsmodels_quasi_poisson_with_a_t_interval():
    sm = pytest.importorskip("statsmodels.api", reason="an outside oracle")
    before, after = [210, 180, 260, 190, 230, 170], [150, 190, 120, 160]
    days_before, days_after = [31, 28, 31, 30, 31, 30], [31, 31, 30, 31]
    design = np.column_stack([np.ones(10), [0] * 6 + [1] * 4])
    fit = sm.GLM(before + after, design, family=sm.families.Poisson(), exposure=days_before + days_after).fit(
        scale="X2"
    )
    change = rate_change(before, after, exposure_before=days_before, exposure_after=days_after)
    assert change.dispersion == pytest.approx(fit.scale)
    assert change.ratio == pytest.approx(np.exp(fit.params[1]))
    half_width = stats.t.ppf(0.975, 8) * fit.bse[1]
    assert change.low == pytest.approx(np.exp(fit.params[1] - half_width))


def test_a_rate_change_without_exposures_and_with_a_gap_compares_the_known_months():
    change = rate_change([100, NAN, 100], [50, 50])
    assert change.percent == pytest.approx(-50)
    assert (change.events_before, change.events_after, change.dispersion) == (200, 100, 1)


def test_a_change_from_months_without_events_is_unknown():
    assert rate_change([0, 0, 0], [1, 2, 1]).percent is None
    assert rate_change([0, 0], [0, 0]).ratio is None


def test_one_month_on_each_side_shows_no_spread_and_asks_for_a_stated_one():
    with pytest.raises(InputError, match="count_ratio"):
        rate_change([100], [80])
    with pytest.raises(InputError, match="no known period"):
        rate_change([100, 90], [])


@given(st.lists(st.integers(0, 400), min_size=2, max_size=24), st.lists(st.integers(0, 400), min_size=2, max_size=24))
def test_the_intervals_contain_the_estimate_and_turn_round_with_time(before, after):
    shift, back = level_shift(before, after), level_shift(after, before)
    assert back.difference == pytest.approx(-shift.difference)
    if shift.low is not None:
        assert shift.low <= shift.difference <= shift.high
        assert back.high == pytest.approx(-shift.low)
    change = rate_change(before, after)
    if change.low is not None:
        assert change.low <= change.ratio <= change.high
        assert rate_change(after, before).low == pytest.approx(1 / change.high)
    assert change.dispersion >= 1


def test_a_quasi_poisson_interval_covers_the_truth_when_counts_are_twice_as_spread_as_poisson():
    rng = np.random.default_rng(0)
    counts = rng.negative_binomial(200 / 1.4, 1 / 2.4, (1000, 36))
    covered = [change.low <= 1 <= change.high for change in (rate_change(each[:24], each[24:]) for each in counts)]
    assert 0.93 < np.mean(covered) < 0.97
