"""Each run rule on series drawn for it, around limits of 0 … 60 with a centre of 30 (two thirds at 10 and 50)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.errors import InputError, NoSuchName
from lamplighter.methods.run_rules import RULES, marked, run_signals
from lamplighter.methods.spc import Limits, xmr_limits

NAN = float("nan")


def lines(points: int) -> Limits:
    def at(level: float):
        return np.full(points, level)

    return Limits(
        method="xmr",
        centre=at(30.0),
        lower=at(0.0),
        upper=at(60.0),
        near_lower=at(10.0),
        near_upper=at(50.0),
        baseline_points=points,
    )


def called(values, rule, **more):
    """(start, end, side) of each run, so that a test reads as a picture and its answer."""
    return [(each.start, each.end, each.side) for each in run_signals(values, lines(len(values)), rules=[rule], **more)]


def test_a_point_beyond_a_limit_is_outside_and_a_point_on_it_is_not():
    assert called([30, 60, 61, 30, 0, -1], "outside") == [(2, 2, "above"), (5, 5, "below")]


def test_neighbouring_points_outside_on_one_side_are_one_run():
    assert called([61, 62, 30, 63, -1], "outside") == [(0, 1, "above"), (3, 3, "above"), (4, 4, "below")]


def test_seven_in_a_row_on_one_side_are_a_shift_and_six_are_none():
    assert called([29] + [31] * 7 + [29], "shift") == [(1, 7, "above")]
    assert called([29] + [31] * 6 + [29], "shift") == []


def test_all_points_of_a_longer_run_are_marked():
    assert called([29, 31] * 2 + [28] * 9, "shift") == [(4, 12, "below")]


def test_a_point_exactly_on_the_centre_line_breaks_a_shift():
    assert called([31] * 6 + [30] + [31] * 6, "shift") == []


def test_seven_strictly_rising_points_are_a_trend_and_six_are_none():
    assert called([1, 2, 3, 4, 5, 6, 7], "trend") == [(0, 6, "rising")]
    assert called([1, 2, 3, 4, 5, 6], "trend") == []


def test_an_equal_neighbour_breaks_a_trend():
    assert called([1, 2, 3, 3, 4, 5, 6], "trend") == []


def test_a_falling_trend_right_after_a_rising_one_shares_its_peak():
    assert called([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], "trend") == [(0, 6, "rising"), (6, 12, "falling")]


def test_two_rising_runs_with_a_drop_between_them_are_two_trends():
    assert called([1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7], "trend") == [(0, 6, "rising"), (7, 13, "rising")]


def test_two_of_three_beyond_two_thirds_on_the_same_side_are_called():
    assert called([30, 51, 52, 30], "two_of_three") == [(1, 2, "above")]
    assert called([30, 9, 30, 8, 30], "two_of_three") == [(1, 3, "below")]


def test_two_of_three_on_opposite_sides_or_too_far_apart_are_not_called():
    assert called([30, 51, 9, 30], "two_of_three") == []
    assert called([51, 30, 30, 51], "two_of_three") == []
    assert called([50, 50, 50], "two_of_three") == []


def test_a_point_outside_the_limits_counts_for_two_of_three():
    assert called([30, 61, 51, 30], "two_of_three") == [(1, 2, "above")]


def test_overlapping_threes_are_one_run():
    assert called([51, 30, 51, 30, 51, 30, 30, 51, 52], "two_of_three") == [(0, 4, "above"), (7, 8, "above")]


@pytest.mark.parametrize(
    ("rule", "values", "starts"),
    [
        ("shift", [31] * 12, [6]),
        ("trend", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [6]),
        ("two_of_three", [30, 51, 51, 30], [2]),
    ],
)
def test_no_run_crosses_a_phase_change(rule, values, starts):
    assert called(values, rule) != []
    assert called(values, rule, phase_starts=starts) == []


def test_positions_in_a_later_phase_count_from_the_start_of_the_series():
    assert called([29] * 3 + [31] * 7, "shift", phase_starts=[3]) == [(3, 9, "above")]


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("outside", [NAN]),
        ("shift", [31] * 6 + [NAN] + [31] * 6),
        ("trend", [1, 2, 3, NAN, 5, 6, 7]),
        ("two_of_three", [51, NAN]),
    ],
)
def test_an_unknown_month_signals_nothing_and_breaks_every_run(rule, values):
    assert called(values, rule) == []


def test_an_immature_month_is_never_signalled_and_no_run_goes_through_it():
    last_two = [False] * 6 + [True] * 2
    assert called([30] * 7 + [99], "outside", immature=last_two) == []
    assert called([31] * 8, "shift", immature=last_two) == []


def test_signals_come_by_start_and_then_by_rule():
    values = [61, 62, 31, 32, 33, 34, 35]
    found = run_signals(values, lines(7))
    assert [(each.rule, each.start) for each in found] == [("outside", 0), ("shift", 0), ("two_of_three", 0)]


def test_marked_points_can_be_asked_for_one_rule_or_for_any():
    found = run_signals([61, 29, 29, 51, 52], lines(5))
    assert marked(found, points=5).tolist() == [True, False, False, True, True]
    assert marked(found, points=5, rule="outside").tolist() == [True, False, False, False, False]


def test_where_limits_are_unknown_nothing_is_signalled_not_even_a_trend():
    assert run_signals([1, 2, 3, 4, 5, 6, 700], xmr_limits([NAN] * 7)) == ()


def test_an_empty_series_has_no_signals():
    assert run_signals([], lines(0)) == ()


def test_limits_of_another_length_and_unknown_rules_are_refused():
    with pytest.raises(InputError, match="3 limits for 2 values"):
        run_signals([1, 2], lines(3))
    with pytest.raises(NoSuchName, match="Did you mean trend"):
        run_signals([1, 2], lines(2), rules=["trends"])
    with pytest.raises(InputError, match="position 9 is outside"):
        run_signals([1, 2], lines(2), phase_starts=[9])


@given(st.floats(-1e6, 1e6), st.integers(1, 60))
def test_a_series_that_never_moves_signals_nothing(value, points):
    values = [value] * points
    assert run_signals(values, xmr_limits(values, lowest=None)) == ()


series = st.lists(st.integers(0, 300), min_size=1, max_size=60)


@given(series)
def test_read_backwards_the_same_runs_are_called_and_trends_turn_round(values):
    turned = {"rising": "falling", "falling": "rising"}
    last = len(values) - 1
    forwards = run_signals(values, xmr_limits(values))
    backwards = run_signals(values[::-1], xmr_limits(values[::-1]))
    mirrored = {(each.rule, last - each.end, last - each.start, turned.get(each.side, each.side)) for each in backwards}
    assert {(each.rule, each.start, each.end, each.side) for each in forwards} == mirrored


@given(series, st.sampled_from([0.125, 4.0, 4096.0]))
def test_in_other_units_the_same_runs_are_called(values, factor):
    scaled = np.array(values) * factor
    assert run_signals(scaled, xmr_limits(scaled)) == run_signals(values, xmr_limits(values))


@given(series)
def test_the_runs_are_those_that_the_rules_words_describe(values):
    """The rules again, as slow loops over their sentences."""
    limits = xmr_limits(values)
    n, centre = len(values), limits.centre[0]
    slack = 1e-12 * max(abs(centre), limits.upper[0] - centre) if n > 1 else 0
    side = [int(v > centre + slack) - int(v < centre - slack) for v in values]
    near = [int(v > limits.near_upper[0] + slack) - int(v < limits.near_lower[0] - slack) for v in values]
    expected = {rule: set() for rule in RULES}
    for i in range(n):
        if values[i] > limits.upper[i] + slack or values[i] < limits.lower[i] - slack:
            expected["outside"].add(i)
        for sign in (1, -1):
            seven = range(i, i + 7)
            if i + 7 <= n and n > 1 and all(side[j] == sign for j in seven):
                expected["shift"].update(seven)
            if i + 7 <= n and all((values[j + 1] - values[j]) * sign > 0 for j in range(i, i + 6)):
                expected["trend"].update(seven)
            beyond = [j for j in range(i, min(i + 3, n)) if near[j] == sign]
            if len(beyond) >= 2:
                expected["two_of_three"].update(range(beyond[0], beyond[-1] + 1))
    found = run_signals(values, limits)
    for rule in RULES:
        assert set(np.flatnonzero(marked(found, points=n, rule=rule)).tolist()) == expected[rule], rule
