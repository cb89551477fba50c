"""Small counts that leave: tables of a few numbers, attacked by adding up."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from lamplighter.errors import InputError
from lamplighter.methods.small_counts import small_counts, stages_as_shown, ten_five


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (1, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (888, 890)]
)
def test_below_ten_is_marked_zero_too_and_the_rest_is_rounded_to_five(count, shown):
    assert ten_five(count) == shown


def test_a_small_count_between_two_large_ones_and_an_exact_total_takes_a_second_mark():
    # 100 = 60 + 36 + 4: from 60, 35 and the exact total it would be 1 to 9; the smaller of the two is withheld too.
    found = small_counts([100, 60, 36, 4], sums=[(0, (1, 2, 3))], exact=[0])
    assert found.state == ("exact", "rounded", "withheld", "small")
    assert found.open == ()
    assert found.shown[:2].tolist() == [100, 60]


def test_with_enough_rounded_ones_beside_it_one_mark_is_enough():
    # six counts of 20, each 18 to 22, leave 12 either way: the seventh may be 0 and may be 9.
    found = small_counts([125, 20, 20, 20, 20, 20, 20, 5], sums=[(0, range(1, 8))], exact=[0])
    assert found.state[1:] == ("rounded",) * 6 + ("small",)


def test_two_marks_that_add_up_to_what_is_known_are_a_second_mark_to_each_other_only_if_both_can_be_0_and_9():
    # 60 is exact and so is 51: the two marked ones add up to 9, so each may be anything from 0 to 9.
    found = small_counts([60, 51, 4, 5], sums=[(0, (1, 2, 3))], exact=[0, 1])
    assert found.open == ()
    # With 50 they add up to 10: neither can be 0, and nothing is left to withhold.
    assert small_counts([60, 50, 4, 6], sums=[(0, (1, 2, 3))], exact=[0, 1]).open == (2, 3)


def test_what_the_rows_hide_the_columns_do_not_give_away():
    # Four cells with their margins; 3 could be found through its column when only its row were mended.
    table = np.array([[40, 3], [25, 32]])
    counts = [100, *table.sum(axis=1), *table.sum(axis=0), *table.ravel()]
    sums = [(0, (1, 2)), (0, (3, 4)), (1, (5, 6)), (2, (7, 8)), (3, (5, 7)), (4, (6, 8))]
    found = small_counts(counts, sums=sums, exact=[0])
    assert found.open == ()
    assert found.state[6] == "small"
    assert fits(found, counts, sums, 6) >= {0, 9}


def fits(found, counts, sums, at):
    """Every whole number that the count could be, found by trying all tables of two by two."""
    seen = set()
    within = []
    for value, shown, state in zip(counts, found.shown, found.state, strict=True):
        within.append(
            {
                "exact": (value, value),
                "rounded": (max(shown - 2, 10), shown + 2),
                "small": (0, 9),
                "withheld": (10, 10**6),
            }[state]
        )
    for cells in product(range(70), range(10), range(70)):
        first, second, third = cells
        full = [100, first + second, 100 - first - second, first + third, 100 - first - third, *cells, 100 - sum(cells)]
        if all(low <= each <= high for each, (low, high) in zip(full, within, strict=True)):
            seen.add(full[at])
    return seen


def test_where_everything_is_one_count_and_the_rest_is_nought_the_one_is_withheld():
    found = small_counts([888, 888, 0, 0], sums=[(0, (1, 2, 3))], exact=[0])
    assert found.state == ("exact", "withheld", "small", "small")


def test_a_mark_need_not_hide_more_than_the_exact_counts_hide_by_themselves():
    # 100 rows, 3 of them unknown: the parts of the unknown are 3 at most whoever looks; that opens nothing more.
    found = small_counts([100, 97, 3, 2, 1], sums=[(0, (1, 2)), (2, (3, 4))], exact=[0, 1, 2])
    assert found.state == ("exact", "exact", "exact", "small", "small")
    assert found.open == ()


def test_counts_by_themselves_take_no_second_mark():
    assert small_counts([4, 31]).state == ("small", "rounded")


def test_a_sum_that_does_not_add_up_is_refused():
    with pytest.raises(InputError, match="add up to 64, not 100"):
        small_counts([100, 60, 4], sums=[(0, (1, 2))])


@pytest.mark.parametrize("seed", range(12))
def test_whole_number_programming_finds_0_and_9_behind_every_mark_of_a_table_with_its_margins(seed):
    # Another attack than the one that chose the marks: mixed-integer, where that one is linear.
    table = np.random.default_rng(seed).negative_binomial(0.6, 0.03, size=(3, 4))
    cells = [(row, column) for row in range(3) for column in range(4)]
    counts = [int(table.sum()), *table.sum(axis=1), *table.sum(axis=0), *table.ravel()]
    at = {cell: 8 + number for number, cell in enumerate(cells)}
    sums = [(0, (1, 2, 3)), (0, (4, 5, 6, 7))]
    sums += [(1 + row, [at[row, column] for column in range(4)]) for row in range(3)]
    sums += [(4 + column, [at[row, column] for row in range(3)]) for column in range(4)]
    found = small_counts(counts, sums=sums, exact=[0])
    small = [number for number, state in enumerate(found.state) if state == "small"]
    assert small
    assert found.open == ()
    for number in small:
        assert {0, 9} == {value for value in (0, 9) if can_be(found, counts, sums, number, value)}


def can_be(found, counts, sums, number, value):
    matrix = np.zeros((len(sums), len(counts)))
    for row, (total, parts) in enumerate(sums):
        matrix[row, total] = 1
        matrix[row, list(parts)] = -1
    ranges = {
        "exact": lambda at: (counts[at], counts[at]),
        "rounded": lambda at: (max(found.shown[at] - 2, 10), found.shown[at] + 2),
        "small": lambda at: (0, 9),
        "withheld": lambda at: (10, np.inf),
    }
    low, high = np.array([ranges[state](at) for at, state in enumerate(found.state)], dtype=float).T
    low[number] = high[number] = value
    nothing = np.zeros(len(counts))
    answer = milp(
        nothing, integrality=nothing + 1, bounds=Bounds(low, high), constraints=LinearConstraint(matrix, 0, 0)
    )
    return answer.status == 0


def test_a_stage_is_withheld_where_it_would_tell_that_few_fell_out_before_it():
    # Of 100 rows 60 are left, then 57: as 60 and 55 they would say that 1 to 9 fell out, of 0 to 9 that a mark leaves open.
    assert stages_as_shown([100, 60, 57, 20]) == [100, 60, None, 20]
    assert stages_as_shown([100, 60, 40, 20]) == [100, 60, 40, 20]
    assert stages_as_shown([100, 60, 40, 4]) == [100, 60, 40, None]
    assert stages_as_shown([100, 60, 60, 20]) == [100, 60, None, 20]
    assert stages_as_shown([100, 97]) == [100, None]
    assert stages_as_shown([]) == []
