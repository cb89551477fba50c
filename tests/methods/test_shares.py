"""Shares with intervals, and shares with unknowns that nobody can resolve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lamplighter.errors import InputError
from lamplighter.methods.effects import share_bounds, wilson


def test_six_of_ten_has_scipys_wilson_interval():
    expected = stats.binomtest(6, 10).proportion_ci(method="wilson")
    share = wilson(6, 10)
    assert share.share == 0.6
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high))


def test_none_and_all_of_ten_end_at_0_and_1_exactly():
    # 0 of n: high is z²/(n + z²) = 3.841459/13.841459
    assert wilson(0, 10).low == 0
    assert wilson(0, 10).high == pytest.approx(0.277533, abs=1e-6)
    assert wilson(10, 10).high == 1
    assert wilson(10, 10).low == pytest.approx(1 - 0.277533, abs=1e-6)


def test_a_share_of_nobody_is_unknown_and_could_be_anything():
    share = wilson(0, 0)
    assert (share.share, share.low, share.high) == (None, 0, 1)


@pytest.mark.parametrize(("k", "n"), [(-1, 10), (11, 10), (float("nan"), 10), (1, float("inf"))])
def test_a_part_larger_than_its_whole_is_refused(k, n):
    with pytest.raises(InputError, match="is no share"):
        wilson(k, n)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_an_interval_holds_its_share_stays_within_0_and_1_and_mirrors(k, n):
    k = min(k, n)
    share, other = wilson(k, n), wilson(n - k, n)
    assert 0 <= share.low <= share.share <= share.high <= 1
    assert other.low == pytest.approx(1 - share.high, abs=1e-12)


def test_thirty_of_sixty_known_with_forty_unknown():
    bounds = share_bounds(30, known=60, unknown=40)
    assert bounds.of_known == 0.5
    assert bounds.low == 0.3
    assert bounds.high == 0.7
    assert bounds.unknown_share == 0.4


def test_without_unknowns_the_bounds_are_the_share():
    bounds = share_bounds(1, known=4, unknown=0)
    assert bounds.low == bounds.high == bounds.of_known == 0.25


def test_when_nobody_is_known_the_share_is_anything_and_when_there_is_nobody_nothing():
    assert share_bounds(0, known=0, unknown=9).of_known is None
    assert (share_bounds(0, known=0, unknown=9).low, share_bounds(0, known=0, unknown=9).high) == (0, 1)
    nobody = share_bounds(0, known=0, unknown=0)
    assert (nobody.of_known, nobody.low, nobody.high, nobody.unknown_share) == (None, None, None, None)


@pytest.mark.parametrize(
    ("k", "known", "unknown"), [(5, 4, 0), (-1, 4, 0), (1, 4, -1), (1, float("nan"), 0), (1, 4, float("inf"))]
)
def test_bounds_of_what_can_not_be_are_refused(k, known, unknown):
    with pytest.raises(InputError, match="is no share"):
        share_bounds(k, known=known, unknown=unknown)


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000), st.data())
def test_however_the_unknown_are_allocated_the_true_share_lies_within_the_bounds(k, others, unknown, data):
    known = k + others
    if known + unknown == 0:
        return
    belonging = data.draw(st.integers(0, unknown))
    truth = (k + belonging) / (known + unknown)
    bounds = share_bounds(k, known=known, unknown=unknown)
    assert bounds.low <= truth <= bounds.high
    if bounds.of_known is not None:
        assert (
            bounds.low <= bounds.of_known <= bounds.high
            or unknown == 0
            or bounds.of_known == pytest.approx(bounds.high)
        )
