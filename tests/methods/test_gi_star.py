"""Gi* against the published six points, a table of 25 cells worked by formula, and every reshuffling counted out."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.gi_star import CONTROLS, adjusted, gi_star, hot_cells
from lamplighter.methods.map_points import map_points

NAN = float("nan")
SIX_POINTS = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
SIX_VALUES = [2, 3, 3.2, 5, 8, 7]
# fmt: off
PEAK = [0, 0, 1, 0, 0,
        0, 2, 3, 2, 0,
        1, 3, 9, 3, 1,
        0, 2, 3, 2, 0,
        0, 0, 1, 0, 0]
# fmt: on
MIDDLE, ROOKS, DIAGONALS = [12], [7, 11, 13, 17], [6, 8, 16, 18]
EDGE_MIDDLES, CORNERS, OTHER_EDGES = [2, 10, 14, 22], [0, 4, 20, 24], [1, 3, 5, 9, 15, 19, 21, 23]


def six_points():
    return map_points(SIX_POINTS, radius_m=15)


def queen_grid(rows: int = 5, columns: int = 5):
    """Cells of 250 m: within 354 m lie the cell itself, its edges' and its corners' neighbours."""
    return map_points([(250 * column, 250 * row) for row in range(rows) for column in range(columns)], radius_m=354)


def test_six_points_give_the_published_values():
    z = gi_star(SIX_VALUES, near=six_points()).z
    assert z == pytest.approx([-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331], abs=1e-8)


def test_one_point_of_the_six_worked_by_hand():
    # the last point and (30, 20) lie within 15 m: sum 15; mean 4.7, s = √(157.24/6 − 4.7²) = 2.031..., n 6, 2 reached
    deviation = np.sqrt((4 + 9 + 10.24 + 25 + 64 + 49) / 6 - 4.7**2)
    assert gi_star(SIX_VALUES, near=six_points()).z[5] == pytest.approx(
        (15 - 2 * 4.7) / (deviation * np.sqrt(2 * 4 / 5))
    )


def test_a_peak_of_25_cells_gives_the_values_of_the_formula():
    z = gi_star(PEAK, near=queen_grid()).z
    for cells, expected in (
        (MIDDLE, 3.615195),
        (ROOKS, 2.348187),
        (DIAGONALS, 1.503516),
        (EDGE_MIDDLES, 0.018987),
        (CORNERS, -0.906867),
        (OTHER_EDGES, -0.455678),
    ):
        assert z[cells] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("control", "cells"),
    [
        ("none", 5),
        ("benjamini_hochberg", 1),
        ("benjamini_hochberg_one_sided", 5),
        ("benjamini_yekutieli", 1),
    ],
)
def test_one_map_gives_five_hot_cells_or_one_by_the_control_that_is_named(control, cells):
    called = hot_cells(gi_star(PEAK, near=queen_grid()), control=control)
    assert called.hot.sum() == cells
    assert called.hot[12]
    assert not called.cold.any()
    assert called.control_in_words == CONTROLS[control]


def test_a_hole_in_a_full_map_is_cold_and_a_control_that_looks_for_heat_calls_nothing():
    answer = gi_star(np.max(PEAK) - np.array(PEAK), near=queen_grid())
    assert np.flatnonzero(hot_cells(answer, control="none").cold).tolist() == sorted(MIDDLE + ROOKS)
    assert not hot_cells(answer, control="benjamini_hochberg_one_sided").cold.any()
    assert not hot_cells(answer, control="benjamini_hochberg_one_sided").hot.any()


@pytest.mark.parametrize(("control", "method"), [("benjamini_hochberg", "bh"), ("benjamini_yekutieli", "by")])
def test_adjusted_p_are_scipy_s_to_the_last_digit(control, method):
    from scipy import stats

    p = np.round(np.random.default_rng(0).random(500) ** 3, 3)  # with ties
    assert np.array_equal(adjusted(p, control=control), stats.false_discovery_control(p, method=method))


def test_adjusted_p_worked_by_hand():
    # sorted 0.01, 0.02, 0.03, 0.2: × 4/1, 4/2, 4/3, 4/4 and no later one lower; Yekutieli × (1 + 1/2 + 1/3 + 1/4)
    p = [0.2, 0.01, 0.03, 0.02]
    assert adjusted(p, control="benjamini_hochberg") == pytest.approx([0.2, 0.04, 0.04, 0.04])
    assert adjusted(p, control="benjamini_yekutieli") == pytest.approx([0.2 * 25 / 12, *[0.04 * 25 / 12] * 3])
    assert adjusted(p, control="none").tolist() == p


def test_a_cell_that_can_not_be_judged_is_not_counted_as_tried():
    assert adjusted([0.01, NAN, 0.04], control="benjamini_hochberg") == pytest.approx([0.02, NAN, 0.04], nan_ok=True)


def test_the_order_of_the_cells_changes_nothing():
    order = np.random.default_rng(3).permutation(25)
    points = np.array([(250 * column, 250 * row) for row in range(5) for column in range(5)])
    answer = gi_star(np.array(PEAK)[order], near=map_points(points[order], radius_m=354), permutations=99, seed=5)
    usual = gi_star(PEAK, near=queen_grid(), permutations=99, seed=5)
    assert answer.z == pytest.approx(usual.z[order])
    assert answer.p_hot.tolist() == usual.p_hot[order].tolist()


def test_permutation_p_agrees_with_every_draw_counted_out():
    near = six_points()
    answer = gi_star(SIX_VALUES, near=near, permutations=39_999, seed=0)
    for cell in range(6):
        distances = np.hypot(*(np.array(SIX_POINTS) - SIX_POINTS[cell]).T)
        others = [SIX_VALUES[each] for each in range(6) if each != cell]
        around = [SIX_VALUES[each] for each in range(6) if each != cell and distances[each] <= 15]
        sums = np.array([sum(drawn) for drawn in combinations(others, len(around))])
        high, low = (sums >= sum(around) - 1e-9).mean(), (sums <= sum(around) + 1e-9).mean()
        assert answer.p_hot[cell] == pytest.approx(high, abs=0.01)
        assert answer.p_two_sided[cell] == pytest.approx(min(1, 2 * min(high, low)), abs=0.02)


@given(
    st.lists(st.integers(0, 4), min_size=12, max_size=12).filter(lambda cells: len(set(cells)) > 1), st.integers(0, 9)
)
def test_the_shortcut_through_shared_draws_is_the_long_way_draw_by_draw(values, seed):
    near = queen_grid(3, 4)
    answer = gi_star(values, near=near, permutations=19, seed=seed)
    held = np.array(values, dtype=float)[near.order]
    most = int(np.diff(near.starts).max())
    rng = np.random.default_rng(seed)
    draws = [rng.choice(12, size=most, replace=False) for _ in range(19)]
    for at in range(12):
        around = [each for each in near.around(at) if each != at]
        observed = held[around].sum()
        sums = [held[[each for each in draw if each != at][: len(around)]].sum() for draw in draws]
        hot = (sum(each >= observed for each in sums) + 1) / 20
        cold = (sum(each <= observed for each in sums) + 1) / 20
        assert answer.p_hot[near.order[at]] == pytest.approx(hot)
        assert answer.p_two_sided[near.order[at]] == pytest.approx(min(1, 2 * min(hot, cold)))


def test_the_same_seed_gives_the_same_p_and_z_does_not_know_of_it():
    first, again, other = (gi_star(PEAK, near=queen_grid(), permutations=99, seed=seed) for seed in (1, 1, 2))
    assert first.p_hot.tolist() == again.p_hot.tolist()
    assert first.p_hot.tolist() != other.p_hot.tolist()
    assert first.z.tolist() == gi_star(PEAK, near=queen_grid()).z.tolist()


def test_where_nothing_is_planted_an_uncontrolled_map_calls_one_cell_in_twenty_and_a_controlled_one_hardly_any():
    rng = np.random.default_rng(0)
    near = queen_grid(30, 30)
    answers = [gi_star(rng.poisson(20, 900), near=near) for _ in range(20)]
    called = {control: [hot_cells(each, control=control) for each in answers] for control in CONTROLS}
    assert np.mean([(each.hot | each.cold).mean() for each in called["none"]]) == pytest.approx(0.05, abs=0.015)
    assert sum(each.hot.any() for each in called["benjamini_yekutieli"]) <= 2


def test_a_cell_that_reaches_the_whole_map_has_no_answer():
    points = [(0, 0), (10, 0), (20, 0)]
    answer = gi_star([1, 5, 2], near=map_points(points, radius_m=10), permutations=9, seed=0)
    assert np.isnan(answer.z[1])
    assert np.isnan(answer.p_hot[1])
    assert not np.isnan(answer.z[[0, 2]]).any()
    assert not hot_cells(answer, control="none").hot[1]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1] * 25, "All 25 cells hold 1"),
        ([0.1] * 25, "no cell can stand out"),
        ([1, 2], "2 values for 25 cells"),
        ([NAN, *[1] * 23, 2], "Cell 0 holds no number"),
    ],
)
def test_what_can_not_be_asked_is_refused(values, words):
    with pytest.raises(InputError, match=words):
        gi_star(values, near=queen_grid())


def test_permutations_need_a_seed_and_a_control_needs_a_name():
    with pytest.raises(InputError, match="and a seed"):
        gi_star(PEAK, near=queen_grid(), permutations=99)
    with pytest.raises(InputError, match="0 permutations"):
        gi_star(PEAK, near=queen_grid(), permutations=0, seed=1)
    with pytest.raises(InputError, match="no control called 'bonferroni'"):
        hot_cells(gi_star(PEAK, near=queen_grid()), control="bonferroni")
    with pytest.raises(InputError, match="level of 5 "):
        hot_cells(gi_star(PEAK, near=queen_grid()), control="none", level=5)
    with pytest.raises(InputError, match="2 cells are too few"):
        gi_star([1, 2], near=map_points([(0, 0), (1, 0)], radius_m=1))
