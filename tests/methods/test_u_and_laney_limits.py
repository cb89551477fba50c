"""u, c and Laney limits against published charts and sums done by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.run_rules import run_signals
from lamplighter.methods.spc import laney_limits, u_limits, xmr_limits

C_CHART = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
counts = st.lists(st.integers(0, 400), min_size=3, max_size=60)


def test_a_c_chart_is_a_u_chart_with_an_exposure_of_1():
    left_out = [place in (6, 20) for place in range(1, 27)]
    limits = u_limits(C_CHART, [1] * 26, leave_out=left_out)
    assert limits.centre[0] == pytest.approx(19.666667, abs=1e-6)
    assert limits.lower[0] == pytest.approx(6.362532, abs=1e-6)
    assert limits.upper[0] == pytest.approx(32.970801, abs=1e-6)
    signals = run_signals(C_CHART, limits, rules=["outside"])
    assert [(each.start + 1, each.side) for each in signals] == [(6, "below"), (20, "above")]


def test_a_u_chart_of_fifty_units_each():
    limits = u_limits([2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4], [50] * 20)
    assert limits.centre[0] == pytest.approx(0.074)
    assert limits.upper[0] == pytest.approx(0.189412, abs=1e-6)
    assert limits.lower[0] == 0


def test_a_u_chart_with_varying_units_has_a_limit_for_each():
    events = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
    units = np.array([500, 400, 650, 500, 475, 500, 600, 525, 600, 625])
    limits = u_limits(events, units / 50)
    assert limits.centre[0] == pytest.approx(1.423256, abs=1e-6)
    assert limits.upper[0] == pytest.approx(2.555038, abs=1e-6)
    assert limits.upper[1] == pytest.approx(2.688626, abs=1e-6)
    assert limits.upper[2] == pytest.approx(2.415894, abs=1e-6)


def test_laneys_limits_of_six_months_worked_by_hand():
    events, days = [12, 18, 9, 20, 15, 11], [31, 28, 31, 30, 31, 30]
    plain, laney = u_limits(events, days), laney_limits(events, days)
    z = (np.array(events) / days - plain.centre) / np.sqrt(plain.centre / days)
    assert z == pytest.approx([-0.670427, 1.337725, -1.456694, 1.574978, 0.115840, -0.822815], abs=1e-6)
    assert laney.centre[0] == pytest.approx(85 / 181)
    assert laney.sigma_z == pytest.approx(1.814191, abs=1e-6)
    assert plain.upper[0] == pytest.approx(0.838855, abs=1e-6)
    assert laney.upper[0] == pytest.approx(1.139488, abs=1e-6)


def test_a_month_without_an_exposure_is_unknown_not_0():
    nan = float("nan")
    limits = laney_limits([12, 18, nan, 9, 20], [31, 28, nan, 31, 30])
    assert limits.centre[0] == pytest.approx(59 / 120)
    assert np.isnan(limits.upper[2])
    assert limits.baseline_points == 4


def test_an_unknown_count_leaves_its_exposure_out_of_the_rate():
    limits = u_limits([10, float("nan"), 20], [5, 1000, 5])
    assert limits.centre[0] == pytest.approx(3)


def test_a_baseline_without_events_has_limits_at_0_and_the_first_event_is_outside():
    limits = laney_limits([0, 0, 0, 0, 1], [30] * 5, 4)
    assert limits.upper[0] == 0
    assert limits.sigma_z == 0
    signals = run_signals(np.array([0, 0, 0, 0, 1]) / 30, limits, rules=["outside"])
    assert [each.start for each in signals] == [4]


def test_one_month_has_a_rate_but_no_laney_limits():
    limits = laney_limits([12], [31])
    assert limits.centre[0] == pytest.approx(12 / 31)
    assert np.isnan(limits.upper[0])
    assert limits.sigma_z is None


@pytest.mark.parametrize(
    ("events", "days", "words"),
    [
        ([1, -2, 3], [30, 30, 30], "position 1 is -2, below 0"),
        ([1, 2, 3], [30, 0, 30], "position 1 is 0 beside a known count"),
        ([1, 2, 3], [30, float("nan"), 30], "position 1 is nan beside a known count"),
        ([1, 2, 3], [30, 30], "2 values for 3 counts"),
    ],
)
def test_counts_that_can_not_have_happened_are_refused(events, days, words):
    with pytest.raises(InputError, match=words):
        laney_limits(events, days)


@given(counts, st.integers(1, 31))
def test_with_equal_exposures_laney_and_xmr_draw_the_same_lines(events, days):
    laney = laney_limits(events, [days] * len(events))
    xmr = xmr_limits(np.array(events) / days)
    assert laney.upper == pytest.approx(xmr.upper)
    assert laney.lower == pytest.approx(xmr.lower, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(28, 31)), min_size=3, max_size=60))
def test_the_limits_contain_the_centre_and_counting_in_weeks_changes_nothing(months):
    events, days = np.array(months, dtype=float).T
    by_day, by_week = laney_limits(events, days), laney_limits(events, days / 7)
    assert (by_day.lower <= by_day.centre).all()
    assert (by_day.centre <= by_day.upper).all()
    assert by_week.upper == pytest.approx(by_day.upper * 7)
    assert by_week.sigma_z == pytest.approx(by_day.sigma_z)


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(100, 300)), min_size=3, max_size=40))
def test_a_share_may_be_charted_because_sigma_z_cancels_the_binomial_factor(parts):
    part, whole = np.array(parts, dtype=float).T
    ours = laney_limits(part, whole)
    p = part.sum() / whole.sum()
    if p == 0:
        return
    sd = np.sqrt(p * (1 - p) / whole)
    sigma_z = np.abs(np.diff((part / whole - p) / sd)).mean() / 1.128
    assert ours.upper == pytest.approx(p + 3 * sd * sigma_z)
