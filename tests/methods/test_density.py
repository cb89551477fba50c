"""Kernel density: one point's bell and dome by hand, and every point against every cell as the long way round."""

from math import exp, pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.density import density
from lamplighter.methods.grid import Grid

GRID = Grid(first_column=0, first_row=0, cell_size_m=100.0, columns=30, rows=20)


def the_long_way(east, north, weights, grid, kernel, bandwidth_m):
    """Every point's share of every cell, by the definition."""
    surface = np.zeros((grid.rows, grid.columns))
    for x, y, weight in zip(east, north, weights, strict=True):
        for row in range(grid.rows):
            for column in range(grid.columns):
                away2 = (grid.centres_east_m[column] - x) ** 2 + (grid.centres_north_m[row] - y) ** 2
                u2 = away2 / bandwidth_m**2
                if kernel == "gaussian":
                    surface[row, column] += weight * exp(-u2 / 2) / (2 * pi * bandwidth_m**2)
                elif u2 < 1:
                    surface[row, column] += weight * 3 * (1 - u2) ** 2 / (pi * bandwidth_m**2)
    return surface * 1e6


def test_one_crime_in_the_middle_of_a_cell_worked_by_hand():
    # gaussian of 200 m: 1/(2π·0.2²) = 3.978874 a km² at the point, e^−½ of it 200 m away
    bell = density([1050], [1050], grid=GRID, bandwidth_m=200).per_km2
    assert bell[10, 10] == pytest.approx(3.978874, abs=1e-6)
    assert bell[10, 12] == pytest.approx(3.978874 * exp(-0.5), abs=1e-6)
    assert bell[8, 10] == pytest.approx(bell[10, 12])
    # quartic of 200 m: 3/(π·0.2²) = 23.873241 at the point, (1 − ¼)² of it 100 m away, nothing at 200 m
    dome = density([1050], [1050], grid=GRID, bandwidth_m=200, kernel="quartic").per_km2
    assert dome[10, 10] == pytest.approx(23.873241, abs=1e-6)
    assert dome[10, 11] == pytest.approx(23.873241 * 0.5625, abs=1e-6)
    assert dome[10, 12] == 0
    assert np.count_nonzero(dome) == 9


def test_a_surface_adds_up_to_its_crimes_when_the_grid_holds_their_surroundings():
    east, north = [1011, 1333, 1801], [951, 902, 1013]
    for kernel in ("gaussian", "quartic"):
        surface = density(east, north, grid=GRID, bandwidth_m=180, kernel=kernel)
        assert surface.per_km2.sum() * 0.1**2 == pytest.approx(3, rel=0.02)
        assert surface.weight_total == 3


points = st.lists(st.tuples(st.floats(-400, 3400), st.floats(-400, 2400), st.integers(1, 50)), min_size=1, max_size=6)


@given(points, st.sampled_from(["gaussian", "quartic"]), st.sampled_from([60.0, 100.0, 250.0, 333.0]))
def test_the_surface_is_the_long_way_round_to_one_part_in_a_million(points, kernel, bandwidth_m):
    east, north, weights = map(list, zip(*points, strict=True))
    ours = density(east, north, grid=GRID, bandwidth_m=bandwidth_m, kernel=kernel, weights=weights).per_km2
    expected = the_long_way(east, north, weights, GRID, kernel, bandwidth_m)
    counts = expected > 1e-12 * expected.max()
    assert ours[counts] == pytest.approx(expected[counts], rel=1e-6)
    assert ours[~counts] == pytest.approx(expected[~counts], abs=1e-11 * max(expected.max(), 1))


def test_many_points_taken_in_several_steps_are_the_same_as_in_one(monkeypatch):
    rng = np.random.default_rng(0)
    east, north = rng.uniform(0, 3000, 200), rng.uniform(0, 2000, 200)
    for kernel in ("gaussian", "quartic"):
        at_once = density(east, north, grid=GRID, bandwidth_m=300, kernel=kernel).per_km2
        monkeypatch.setattr("lamplighter.methods.density.AT_A_TIME", 150)
        assert density(east, north, grid=GRID, bandwidth_m=300, kernel=kernel).per_km2 == pytest.approx(at_once)
        monkeypatch.undo()


def test_forty_crimes_at_one_point_are_one_point_of_weight_forty_whatever_the_order_of_the_rows():
    rows = density([1000, 2000] * 40, [900, 700] * 40, grid=GRID, bandwidth_m=250).per_km2
    weighed = density([2000, 1000], [700, 900], grid=GRID, bandwidth_m=250, weights=[40, 40]).per_km2
    assert rows.tobytes() == weighed.tobytes()


def test_a_crime_just_outside_the_grid_still_counts_inside():
    assert density([-10], [1050], grid=GRID, bandwidth_m=100, kernel="quartic").per_km2[10, 0] > 0
    assert density([-200], [1050], grid=GRID, bandwidth_m=100, kernel="quartic").per_km2.max() == 0


def test_no_crime_is_a_flat_surface():
    for kernel in ("gaussian", "quartic"):
        surface = density([], [], grid=GRID, bandwidth_m=100, kernel=kernel)
        assert surface.per_km2.shape == (20, 30)
        assert not surface.per_km2.any()


def test_what_can_not_be_asked_is_refused():
    with pytest.raises(InputError, match="bandwidth of 0 m"):
        density([1], [1], grid=GRID, bandwidth_m=0)
    with pytest.raises(InputError, match="no kernel called 'box'"):
        density([1], [1], grid=GRID, bandwidth_m=1, kernel="box")
    with pytest.raises(InputError, match="Point 1 is not located"):
        density([1, float("nan")], [1, 2], grid=GRID, bandwidth_m=1)
    with pytest.raises(InputError, match="position 0 is -1"):
        density([1], [1], grid=GRID, bandwidth_m=1, weights=[-1])
