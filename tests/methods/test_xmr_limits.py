"""XmR limits on series that can be worked by hand, and on a textbook's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.run_rules import run_signals
from lamplighter.methods.spc import xmr_limits

# Montgomery, Table 6.7, as charted in the public tests of the R package qicharts2.
MONTGOMERY_BASELINE = [
    310,
    288,
    297,
    298,
    307,
    303,
    294,
    297,
    308,
    306,
    294,
    299,
    297,
    299,
    314,
    295,
    293,
    306,
    301,
    304,
]
MONTGOMERY_LATER = [305, 282, 305, 296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310, 304, 305, 333, 328]

counts = st.lists(st.integers(0, 500), min_size=3, max_size=60)


def test_five_values_worked_by_hand():
    # mean 312/5 = 62.4; ranges 1, 12, 7, 4: mean 6; half width 6 × 3/1.128 = 15.957
    limits = xmr_limits([58, 57, 69, 62, 66])
    assert limits.centre == pytest.approx([62.4] * 5)
    assert limits.lower == pytest.approx([46.44] * 5, abs=0.005)
    assert limits.upper == pytest.approx([78.36] * 5, abs=0.005)
    assert limits.range_limit == pytest.approx(3.267 * 6)
    assert limits.sigma_z is None


def test_montgomerys_first_twenty_points_give_the_limits_and_two_later_points_signal():
    values = MONTGOMERY_BASELINE + MONTGOMERY_LATER
    limits = xmr_limits(values, 20)
    assert limits.centre[0] == pytest.approx(300.5)
    assert limits.lower[0] == pytest.approx(279.783315, abs=1e-6)
    assert limits.upper[39] == pytest.approx(321.216685, abs=1e-6)
    assert limits.range_limit == pytest.approx(25.448211, abs=1e-6)
    assert limits.baseline_points == 20
    outside = [(each.start + 1, each.end + 1) for each in run_signals(values, limits, rules=["outside"])]
    assert outside == [(39, 40)]


def test_a_baseline_may_be_a_slice():
    values = [1000, 1000, 58, 57, 69, 62, 66, 1000]
    assert xmr_limits(values, slice(2, 7)).centre[0] == pytest.approx(62.4)


def test_points_left_out_do_not_enter_the_baseline_but_get_limits():
    limits = xmr_limits([58, 57, 69, 62, 66, 0], leave_out=[False] * 5 + [True])
    assert limits.centre == pytest.approx([62.4] * 6)
    assert limits.baseline_points == 5


def test_an_unknown_point_is_not_0_and_no_range_is_taken_across_it():
    # known 10, 20 | 90, 100: mean 55, ranges 10 and 10 (not 70 across the gap)
    limits = xmr_limits([10, 20, float("nan"), 90, 100])
    assert limits.centre[2] == pytest.approx(55)
    assert limits.range_limit == pytest.approx(3.267 * 10)
    assert limits.baseline_points == 4


def test_none_is_read_as_unknown():
    assert xmr_limits([10, 20, None, 90, 100]).baseline_points == 4


def test_a_lower_limit_below_0_is_0_for_counts_and_stays_for_a_series_that_may_be_negative():
    assert xmr_limits([1, 9, 1, 9]).lower[0] == 0
    assert xmr_limits([1, 9, 1, 9], lowest=None).lower[0] == pytest.approx(5 - 3 * 8 / 1.128)


def test_the_two_thirds_line_is_measured_before_the_limit_is_cut_off_at_0():
    limits = xmr_limits([1, 9, 1, 9])
    assert limits.near_lower[0] == pytest.approx(5 - 2 * 8 / 1.128)


@pytest.mark.parametrize("values", [[7.0], [7.0, float("nan"), 8.0], [float("nan")] * 3])
def test_without_two_known_neighbours_the_limits_are_unknown(values):
    limits = xmr_limits(values)
    assert np.isnan(limits.upper).all()
    assert limits.range_limit is None
    assert run_signals(values, limits) == ()


def test_an_empty_series_has_no_limits_and_is_no_error():
    assert xmr_limits([]).centre.shape == (0,)


@pytest.mark.parametrize(
    ("values", "baseline", "words"),
    [
        ([1, 2, 3], 4, "does not fit"),
        ([1, 2, 3], 0, "does not fit"),
        ([1, 2, 3], -1, "does not fit"),
        ([1, float("inf"), 3], None, "position 1 is infinite"),
        ([[1, 2], [3, 4]], None, "not one series"),
        (["many", "few"], None, "not a list of numbers"),
    ],
)
def test_what_can_not_be_charted_is_refused_by_name(values, baseline, words):
    with pytest.raises(InputError, match=words):
        xmr_limits(values, baseline)


def test_flags_of_another_length_are_refused():
    with pytest.raises(InputError, match="2 flags for 3 points"):
        xmr_limits([1, 2, 3], leave_out=[True, False])


@given(counts)
def test_the_limits_always_contain_the_centre(values):
    limits = xmr_limits(values)
    assert (limits.lower <= limits.centre).all()
    assert (limits.centre <= limits.upper).all()
    assert (limits.lower >= 0).all()


@given(counts, st.sampled_from([0.25, 2.0, 1024.0]))
def test_in_other_units_the_limits_are_the_same_lines(values, factor):
    ours, theirs = xmr_limits(values), xmr_limits(np.array(values) * factor)
    assert theirs.upper == pytest.approx(ours.upper * factor)
    assert theirs.lower == pytest.approx(ours.lower * factor)


@given(counts)
def test_read_backwards_the_limits_are_the_same(values):
    assert xmr_limits(values[::-1]).upper == pytest.approx(xmr_limits(values).upper)
