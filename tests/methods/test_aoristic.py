"""Hours of the week from windows of time: both ways of spreading, each row worked by hand. 2024-01-01 is a Monday."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.aoristic import hour_weights, hours_between, share_within

NAN = float("nan")
EPOCH = datetime(1970, 1, 1)
MONDAY = (datetime(2024, 1, 1) - EPOCH).days * 1440
MON, TUE, SUN = 0, 1, 6


def at(day: int, hour: int, minute: int = 0) -> int:
    """Minutes since 1970 of that day (0 is Monday 2024-01-01; −1 the Sunday before)."""
    return MONDAY + day * 1440 + hour * 60 + minute


def cells(start, end, spread="exact_minute"):
    """The cells that hold anything, with their weights."""
    weights = hour_weights([start], [end], spread=spread).weights
    return {(int(day), int(hour)): float(weights[day, hour]) for day, hour in np.argwhere(weights)}


@pytest.mark.parametrize(
    ("start", "end", "exact", "whole"),
    [
        (at(0, 1), at(0, 2, 30), {(MON, 1): 2 / 3, (MON, 2): 1 / 3}, {(MON, 1): 1 / 2, (MON, 2): 1 / 2}),
        (at(0, 1, 50), at(0, 2, 10), {(MON, 1): 1 / 2, (MON, 2): 1 / 2}, {(MON, 1): 1}),
        (
            at(0, 23, 30),
            at(1, 1, 15),
            {(MON, 23): 30 / 105, (TUE, 0): 60 / 105, (TUE, 1): 15 / 105},
            {(MON, 23): 1 / 2, (TUE, 0): 1 / 2},
        ),
        (at(-1, 22), at(0, 2), *[{(SUN, 22): 1 / 4, (SUN, 23): 1 / 4, (MON, 0): 1 / 4, (MON, 1): 1 / 4}] * 2),
        (
            at(0, 10),
            at(1, 11),
            *[{**{(MON, hour): 0.04 for hour in range(10, 24)}, **{(TUE, hour): 0.04 for hour in range(11)}}] * 2,
        ),
        (at(0, 1), at(0, 1), {(MON, 1): 1}, {}),
        (at(0, 1, 40), NAN, {(MON, 1): 1}, {(MON, 1): 1}),
        (at(0, 1), at(0, 2), {(MON, 1): 1}, {(MON, 1): 1}),
        (at(1, 1), at(0, 1), {}, {}),
    ],
    ids=[
        "an hour and a half",
        "twenty minutes over the hour",
        "over midnight",
        "Sunday into Monday",
        "25 hours",
        "no length",
        "no end",
        "exactly an hour",
        "end before start",
    ],
)
def test_a_window_is_spread_over_its_hours(start, end, exact, whole):
    assert cells(start, end) == pytest.approx(exact)
    assert cells(start, end, "whole_hour") == pytest.approx(whole)


def test_longer_than_a_week_meets_some_hours_twice_by_the_minute_and_all_alike_by_the_whole_hour():
    # Monday 12:00 to Tuesday week 12:00: 192 hours, of which Monday 12 to Tuesday 12 come twice
    exact = hour_weights([at(0, 12)], [at(8, 12)]).weights
    assert exact[MON, 12] == exact[TUE, 11] == pytest.approx(2 / 192)
    assert exact[MON, 11] == exact[TUE, 12] == pytest.approx(1 / 192)
    assert exact.sum() == pytest.approx(1)
    whole = hour_weights([at(0, 12)], [at(8, 12)], spread="whole_hour").weights
    assert whole == pytest.approx(np.full((7, 24), 1 / 168))


def test_exactly_two_weeks_are_every_hour_alike():
    assert hour_weights([at(0, 5, 20)], [at(14, 5, 20)]).weights == pytest.approx(np.full((7, 24), 1 / 168))


def test_what_is_not_counted_is_counted_as_such():
    start = [at(0, 1), NAN, at(1, 1), at(0, 1), at(0, 1), at(0, 1)]
    end = [at(0, 1, 30), at(0, 3), at(0, 1), NAN, at(3, 1), at(0, 1)]
    told = hour_weights(start, end)
    assert (told.counted, told.start_unknown, told.backwards, told.without_length) == (4, 1, 1, 0)
    assert (told.within_one_hour, told.longer_than_day) == (3, 1)
    assert told.weights.sum() == pytest.approx(4)
    whole = hour_weights(start, end, spread="whole_hour")
    assert (whole.counted, whole.start_unknown, whole.backwards, whole.without_length) == (3, 1, 1, 1)


def test_weights_of_harm_are_spread_instead_of_ones():
    told = hour_weights([at(0, 1), at(2, 4)], [at(0, 3), NAN], weights=[10, 3])
    assert (told.weights[MON, 1], told.weights[MON, 2], told.weights[2, 4]) == (5, 5, 3)


def test_the_share_of_an_incident_that_falls_at_night():
    nights = hours_between(19, 7)
    assert nights.sum() == 7 * 12
    shares = share_within(
        [at(0, 18), at(0, 12), at(0, 3), NAN, at(1, 0)], [at(0, 20), at(0, 13), NAN, NAN, at(0, 0)], hours=nights
    )
    assert shares == pytest.approx([0.5, 0, 1, NAN, NAN], nan_ok=True)
    assert hours_between(6, 24).sum() == 7 * 18
    assert hours_between(8, 8).all()


@given(
    st.lists(st.tuples(st.integers(-2_000_000, 40_000_000), st.integers(0, 40_000)), min_size=1, max_size=5),
    st.sampled_from(["exact_minute", "whole_hour"]),
)
def test_each_incident_weighs_one_and_its_shares_of_day_and_night_make_it_whole(windows, spread):
    start = [each for each, _ in windows]
    end = [each + length for each, length in windows]
    told = hour_weights(start, end, spread=spread)
    assert told.weights.sum() == pytest.approx(told.counted)
    assert (told.weights >= 0).all()
    night = share_within(start, end, hours=hours_between(22, 5), spread=spread)
    day = share_within(start, end, hours=~hours_between(22, 5), spread=spread)
    both = (night + day)[~np.isnan(night)]
    assert both == pytest.approx(np.ones(told.counted))
    assert np.nansum(night) == pytest.approx(told.weights[hours_between(22, 5)].sum(), abs=1e-9)


@given(st.integers(0, 20_000), st.integers(1, 25_000))
def test_by_the_minute_is_every_minute_counted_one_by_one(start, length):
    weights = np.zeros(168)
    for minute in range(start, start + length):
        day = (datetime(1970, 1, 1).weekday() + minute // 1440) % 7
        weights[day * 24 + minute // 60 % 24] += 1 / length
    assert hour_weights([start], [start + length]).weights.ravel() == pytest.approx(weights)


def test_no_incident_is_an_empty_week():
    told = hour_weights([], [])
    assert told.counted == 0
    assert not told.weights.any()
    assert share_within([], [], hours=hours_between(0, 12)).shape == (0,)


def test_what_can_not_be_asked_is_refused():
    with pytest.raises(InputError, match="no spread called 'minute'"):
        hour_weights([1], [2], spread="minute")
    with pytest.raises(InputError, match="don't pair"):
        hour_weights([1, 2], [2])
    with pytest.raises(InputError, match="infinite"):
        hour_weights([1], [float("inf")])
    with pytest.raises(InputError, match="weights: give 1"):
        hour_weights([1], [2], weights=[-1])
    with pytest.raises(InputError, match="is no week"):
        share_within([1], [2], hours=[True] * 24)
    with pytest.raises(InputError, match="no part of a day"):
        hours_between(24, 3)
