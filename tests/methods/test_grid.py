"""Cells: which one a point falls into, which hold anything, and what moving the grid by half a cell changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.grid import grid_over, half_cell_shift, occupied_cells


def test_a_grid_starts_at_a_multiple_of_its_cell_and_holds_every_point():
    grid = grid_over([430_310, 431_100], [380_010, 380_990], cell_size_m=250)
    assert (grid.west_m, grid.south_m) == (430_250, 380_000)
    assert (grid.columns, grid.rows) == (4, 4)
    assert grid.centres_east_m.tolist() == [430_375, 430_625, 430_875, 431_125]


def test_a_cell_holds_its_western_and_southern_edge_and_not_the_others():
    grid = grid_over([0, 499], [0, 249], cell_size_m=250)
    assert grid.cell_of([0, 249.9, 250, 500, -0.1], [0, 0, 0, 0, 0]).tolist() == [0, 0, 1, -1, -1]
    assert grid.cell_of([0, 0], [249.9, 250]).tolist() == [0, -1]


def test_south_of_the_origin_counts_as_south():
    grid = grid_over([-1, 1], [-1, 1], cell_size_m=100)
    assert (grid.west_m, grid.south_m, grid.columns, grid.rows) == (-100, -100, 2, 2)
    assert grid.cell_of([-1, 1], [-1, 1]).tolist() == [0, 3]


def test_the_fullest_cell_comes_first_and_ties_from_the_south_west():
    east, north = [50, 150, 150, 50, 250], [50, 50, 50, 150, 150]
    grid = grid_over(east, north, cell_size_m=100)
    full = occupied_cells(east, north, grid=grid)
    assert full.cells.tolist() == [1, 0, 3, 5]
    assert full.sums.tolist() == [2, 1, 1, 1]
    assert grid.centres_of(full.cells).tolist() == [[150, 50], [50, 50], [50, 150], [250, 150]]


def test_weights_are_added_up_instead_of_rows():
    grid = grid_over([50, 150, 150], [50, 50, 50], cell_size_m=100)
    assert grid.sums([50, 150, 150], [50, 50, 50], weights=[10, 1, 0.5]).tolist() == [[10, 1.5]]
    assert occupied_cells([50, 150], [50, 50], grid=grid, weights=[0, 1]).cells.tolist() == [1]


def test_half_a_cells_shift_worked_by_hand():
    # Six crimes about the line x = 100 lie three and three in two cells; four in a third. Of the first one cell 4 of 4
    # are lost when the grid moves east, because the six then lie together; nothing is lost when it moves north.
    east = [90] * 3 + [110] * 3 + [460] * 4
    north = [40] * 10
    told = half_cell_shift(east, north, cell_size_m=100, first=1)
    assert (told.held, told.highest) == (4, 4)
    assert [(each.east_m, each.north_m) for each in told.shifts] == [(50, 0), (0, 50), (50, 50)]
    assert [each.share_lost for each in told.shifts] == [1, 0, 1]
    assert [each.highest for each in told.shifts] == [6, 4, 6]


def test_when_every_cell_is_among_the_first_nothing_can_be_lost():
    assert [each.share_lost for each in half_cell_shift([10, 320], [10, 700], first=50).shifts] == [0, 0, 0]


@given(
    st.lists(st.tuples(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5)), min_size=1, max_size=30),
    st.sampled_from([0, 125, 0.1]),
)
def test_every_point_lies_in_a_cell_of_the_grid_that_was_laid_over_it(points, shift):
    east, north = np.array(points).T
    grid = grid_over(east, north, cell_size_m=250, shift_east_m=shift)
    cells = grid.cell_of(east, north)
    assert (cells >= 0).all()
    assert grid.sums(east, north).sum() == len(points)
    assert np.abs(grid.centres_of(cells) - np.column_stack([east, north])).max() <= 125 + 1e-6


def test_a_point_a_hair_south_of_a_line_has_a_cell():
    grid = grid_over([0.0], [-1e-115])
    assert grid.cell_of([0.0], [-1e-115]).tolist() == [0]


def test_what_can_not_be_asked_is_refused():
    with pytest.raises(InputError, match="No point"):
        grid_over([], [])
    with pytest.raises(InputError, match="cell of 0 m"):
        grid_over([1], [1], cell_size_m=0)
    with pytest.raises(InputError, match="Leave out points far away"):
        grid_over([0, 6_000_000], [0, 6_000_000])
    with pytest.raises(InputError, match="don't pair"):
        grid_over([1, 2], [1])
    with pytest.raises(InputError, match="Point 0 is not located"):
        half_cell_shift([float("nan")], [1])
    with pytest.raises(InputError, match="No cell holds anything"):
        half_cell_shift([1], [1], weights=[0])
    with pytest.raises(InputError, match="The first 0 cells"):
        half_cell_shift([1], [1], first=0)
