"""Limits that begin anew at a marked break."""

import numpy as np
import pytest

from lamplighter.errors import InputError, LamplighterError
from lamplighter.methods.run_rules import run_signals
from lamplighter.methods.spc import joined, laney_limits, phased

STEADY = [20, 22, 18, 21, 19, 20] * 4


def test_without_a_break_there_is_one_phase_with_the_limits_of_its_first_24_months():
    counts = [*STEADY, *STEADY]
    (phase,) = phased(counts, [30] * 48)
    assert (phase.start, phase.end, phase.baseline_end, phase.baseline_points) == (0, 48, 24, 24)
    assert not phase.short_baseline
    assert phase.limits.upper == pytest.approx(laney_limits(counts, [30] * 48, 24).upper)


def test_each_phase_has_the_centre_of_its_own_first_months():
    counts = [10, 12, 10, 12, 100, 30, 34, 30, 34, 500]
    first, second = phased(counts, starts=[5], baseline_points=4, method="xmr")
    assert first.limits.centre[0] == pytest.approx(11)
    assert second.limits.centre[0] == pytest.approx(32)
    assert (second.start, second.baseline_end, second.end) == (5, 9, 10)


def test_a_phase_shorter_than_its_baseline_takes_all_it_has_and_says_so():
    first, second = phased([*STEADY, *STEADY[:11]], starts=[24])
    assert not first.short_baseline
    assert second.baseline_points == 11
    assert second.short_baseline


def test_a_gap_counts_as_a_month_of_the_window_but_not_as_a_known_point():
    counts = [20, 22, float("nan"), *STEADY]
    (phase,) = phased(counts, baseline_points=13)
    assert phase.baseline_end == 13
    assert phase.baseline_points == 12
    assert not phase.short_baseline


def test_a_break_in_the_last_month_leaves_that_month_without_limits_and_without_signals():
    counts = [*STEADY, 900]
    phases = phased(counts, starts=[24])
    limits = joined(phases)
    assert phases[1].short_baseline
    assert np.isnan(limits.upper[24])
    assert run_signals(counts, limits, phase_starts=[24]) == ()
    assert [each.rule for each in run_signals(counts, joined(phased(counts)))] == ["outside"]


def test_breaks_may_come_unsorted_and_twice_and_at_0():
    assert [(each.start, each.end) for each in phased(STEADY, starts=[12, 0, 6, 12])] == [(0, 6), (6, 12), (12, 24)]


def test_xmr_charts_the_count_per_unit_of_exposure():
    (phase,) = phased([62, 56, 62], [31, 28, 31], method="xmr", baseline_points=None)
    assert phase.limits.centre == pytest.approx([2.0] * 3)
    assert phase.limits.range_limit == pytest.approx(0)


def test_joined_lines_are_as_long_as_the_series_and_keep_sigma_z_for_one_phase_only():
    one, two = joined(phased(STEADY)), joined(phased(STEADY, starts=[12]))
    assert one.upper.shape == two.upper.shape == (24,)
    assert one.sigma_z is not None
    assert two.sigma_z is None
    assert two.baseline_points == 24


def test_immature_months_can_be_kept_out_of_a_baseline():
    (phase,) = phased([10, 12, 10, 12, 1], leave_out=[False] * 4 + [True], method="xmr")
    assert phase.limits.centre[4] == pytest.approx(11)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"starts": [24]}, "position 24 is outside a series of 24"),
        ({"starts": [-1]}, "position -1 is outside"),
        ({"baseline_points": 1}, "no spread"),
        ({"method": "ewma"}, "no limits called 'ewma'"),
        ({"exposure": [30]}, "1 values for 24 counts"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_its_mend(question, words):
    with pytest.raises(LamplighterError, match=words):
        phased(STEADY, **question)


def test_no_phases_can_not_be_joined():
    with pytest.raises(InputError, match="no phases"):
        joined([])
