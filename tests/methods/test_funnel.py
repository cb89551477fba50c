"""Funnel limits: by hand, against a published between-trials variance, and by how often they call areas that don't differ."""

from __future__ import annotations

from math import asin, exp, log, sin, sqrt

import numpy as np
import pytest

from lamplighter.errors import InputError
from lamplighter.methods.funnel import change_funnel, paired_dispersion, share_funnel, spread_of

Z95, Z998 = 1.959964, 3.090232
# Thirteen trials of the BCG vaccine (Colditz et al. 1994): cases and others, vaccinated and not. metafor and Stata's metan
# both give Q = 152.2330, a fixed effect of -0.4303 and the DerSimonian-Laird variance 0.3088 for the log risk ratio.
BCG = (
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
)  # fmt: skip


def alarms(funnels, *, z: float = Z95) -> float:
    """The share of all areas that lie outside."""
    return float(np.mean([np.abs(each.z) > z for each in funnels]))


def test_the_spread_of_published_trials_is_the_published_one():
    a, b, c, d = (np.array(column, dtype=float) for column in zip(*BCG, strict=True))
    effects = np.log(a / (a + b)) - np.log(c / (c + d))
    errors = np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    fixed = (effects / errors**2).sum() / (1 / errors**2).sum()
    found = spread_of((effects - fixed) / errors, errors, trim=0)
    assert fixed == pytest.approx(-0.4303, abs=5e-5)
    assert found.phi * 13 == pytest.approx(152.2330, abs=5e-5)
    assert found.tau**2 == pytest.approx(0.3088, abs=5e-5)


def test_the_outer_tenth_is_drawn_in_to_its_quantile():
    z = np.array([-50.0, -1, -1, -1, -1, 0, 1, 1, 1, 1, 50])
    found = spread_of(z, np.ones(11), corrected=False)
    assert found.phi == pytest.approx(10 / 11)
    assert spread_of(z, np.ones(11), trim=0).phi == pytest.approx(5008 / 11)


def test_drawing_in_takes_a_third_off_the_square_of_chance_and_that_is_given_back():
    z = np.random.default_rng(3).normal(size=200_000)
    assert spread_of(z, np.ones(z.size), corrected=False).phi == pytest.approx(0.679, abs=0.01)
    assert spread_of(z, np.ones(z.size)).phi == pytest.approx(1.0, abs=0.01)


def test_areas_that_differ_no_more_than_chance_have_textbook_limits():
    found = share_funnel([10, 10, 10, 10], [100, 100, 100, 100])
    assert (found.target, found.spread.tau) == (0.1, 0.0)
    middle, error = asin(sqrt(0.1)), 0.5 / sqrt(100)
    assert found.limits(100, level=0.95) == pytest.approx(
        (sin(middle - Z95 * error) ** 2, sin(middle + Z95 * error) ** 2)
    )
    assert found.limits(400, level=0.998)[1] == pytest.approx(sin(middle + Z998 * error / 2) ** 2)


def test_limits_of_a_share_stay_a_share_in_the_smallest_area():
    found = share_funnel([1, 1, 1, 98], [20, 20, 20, 1960])
    assert found.limits(1, level=0.998)[0] == 0.0
    assert share_funnel([19, 19, 19, 1862], [20, 20, 20, 1960]).limits(1, level=0.998)[1] == 1.0


def test_a_change_is_held_against_the_change_of_all_areas_together():
    found = change_funnel([100, 100, 100, 100], [120, 120, 120, 120])
    later = 120 / 220
    reach = Z95 / sqrt(220 * later * (1 - later))
    assert found.target == pytest.approx(1.2)
    assert found.z == pytest.approx([0, 0, 0, 0])
    assert found.limits(220, level=0.95) == pytest.approx((exp(log(1.2) - reach), exp(log(1.2) + reach)))


def test_counts_that_are_more_spread_than_poisson_have_wider_limits_by_the_root():
    plain = change_funnel([100, 100, 100], [120, 120, 120]).limits(220, level=0.95)
    spread = change_funnel([100, 100, 100], [120, 120, 120], dispersion=1.96).limits(220, level=0.95)
    even = change_funnel([100, 100, 100], [120, 120, 120], dispersion=0.5).limits(220, level=0.95)
    assert log(spread[1] / 1.2) == pytest.approx(1.4 * log(plain[1] / 1.2))
    assert even == plain


def test_an_area_far_from_areas_that_agree_is_called_and_does_not_widen_the_limits():
    counts, sizes = [50] * 19 + [120], [1000] * 20
    found = share_funnel(counts, sizes)
    assert [found.side(at, level=0.998) for at in range(20)] == [0] * 19 + [1]
    assert found.spread.tau == 0.0


def test_areas_that_lie_closer_than_chance_would_put_them_have_the_limits_of_chance():
    counts, sizes = [10, 20, 30], [100, 200, 300]
    limits = [
        share_funnel(counts, sizes, how=how).limits(100, level=0.95) for how in ("none", "multiplicative", "additive")
    ]
    assert limits[0] == limits[1] == limits[2]


def test_an_area_where_it_ceased_is_judged_by_half_an_event():
    """10 became 0, and 100 stayed 100 in all: log(0.5 / 10.5) in errors of sqrt(1 / (10 × ½ × ½))."""
    found = change_funnel([10, 20, 30, 40], [0, 20, 30, 50], how="none")
    assert found.z[0] == pytest.approx(-log(21) / sqrt(0.4))


def test_a_cell_without_an_event_in_either_year_takes_a_degree_of_freedom():
    assert paired_dispersion([[2, 2], [2, 0]], [[2, 2], [2, 0]]) is None


@pytest.mark.parametrize("how", ["additive", "multiplicative"])
def test_over_dispersed_areas_that_do_not_stand_out_are_called_at_about_the_stated_rate(how):
    draw = np.random.default_rng(7)
    sizes = [draw.integers(1700, 6500, 32) for _ in range(300)]
    own = [np.sin(asin(sqrt(0.05)) + 0.01 * draw.normal(size=32)) ** 2 for _ in sizes]
    counts = [draw.binomial(n, p) for n, p in zip(sizes, own, strict=True)]
    ours = [share_funnel(k, n, how=how) for k, n in zip(counts, sizes, strict=True)]
    textbook = [share_funnel(k, n, how="none") for k, n in zip(counts, sizes, strict=True)]
    as_published = [share_funnel(k, n, how=how, corrected=False) for k, n in zip(counts, sizes, strict=True)]
    assert 0.04 < alarms(ours) < 0.07
    assert alarms(ours, z=Z998) < 0.008
    assert alarms(textbook) > 0.18
    assert 0.08 < alarms(as_published) < 0.13


def test_counts_with_a_variance_of_1_8_means_are_called_at_about_the_stated_rate_with_their_dispersion():
    draw = np.random.default_rng(8)
    ours, textbook, dispersions = [], [], []
    for _ in range(300):
        usual = draw.integers(140, 540, 32)[:, None] * np.ones((1, 12))
        before, after = (draw.negative_binomial(level * usual / 0.8, 1 / 1.8) for level in (1.0, 1.08))
        dispersions.append(paired_dispersion(before, after))
        years = before.sum(axis=1), after.sum(axis=1)
        ours.append(change_funnel(*years, dispersion=dispersions[-1]))
        textbook.append(change_funnel(*years, how="none"))
    assert np.mean(dispersions) == pytest.approx(1.8, abs=0.05)
    assert 0.02 < alarms(ours) < 0.06
    assert alarms(textbook) > 0.11


def test_a_season_and_a_month_that_moved_everywhere_are_no_dispersion():
    season = np.array([100, 200, 400, 100])
    before = np.outer([1, 2, 3], season)
    after = np.outer([1, 2, 3], season * [1, 2, 1, 1])
    assert paired_dispersion(before, after) == pytest.approx(0.0)


def test_the_dispersion_of_four_pairs_by_hand():
    # Both areas and both months have 20 before and 20 after: each pair of 20 expects 10 after, with variance 5.
    before, after = [[12, 8], [8, 12]], [[8, 12], [12, 8]]
    assert paired_dispersion(before, after) == pytest.approx(4 * 2**2 / 5)
    assert paired_dispersion([[5, 5]], [[5, 5]]) is None
    assert paired_dispersion([[0, 0], [0, 0]], [[1, 1], [1, 1]]) is None


def test_an_area_without_anything_is_not_judged_and_one_without_a_year_is():
    found = share_funnel([0, 5, 5, 5], [0, 100, 100, 100])
    assert np.isnan(found.z[0])
    assert found.side(0, level=0.95) is None
    assert found.spread.areas == 3
    assert change_funnel([0, 50, 50, 50], [30, 50, 50, 50]).side(0, level=0.95) == 1
    unknown = change_funnel([np.nan, 50, 50, 50], [30, 50, 50, 50])
    assert unknown.side(0, level=0.95) is None
    assert unknown.target == 1.0


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda: share_funnel([1, 2], [10, 10]), "2 areas can be judged"),
        (lambda: share_funnel([11, 2, 2], [10, 10, 10]), "above its size"),
        (lambda: share_funnel([0, 0, 0], [10, 10, 10]), "no share to compare"),
        (lambda: share_funnel([10, 10, 10], [10, 10, 10]), "no share to compare"),
        (lambda: share_funnel([-1, 2, 2], [10, 10, 10]), "below 0"),
        (lambda: share_funnel([1, 2, 2], [10, 10]), "Give one each"),
        (lambda: share_funnel([1, 2, 2], [10, 10, 10], how="some"), "additive, multiplicative, none"),
        (lambda: share_funnel([1, 2, 2], [10, 10, 10], trim=0.5), "leaves nothing"),
        (lambda: share_funnel([1, 2, 2], [9, 9, 9]).limits(0, level=0.95), "size above 0"),
        (lambda: share_funnel([1, 2, 2], [9, 9, 9]).limits(9, level=95), "no probability"),
        (lambda: change_funnel([0, 0, 0], [1, 2, 3]), "no event in any area"),
        (lambda: change_funnel([1, 2, 3], [1, 2]), "Give both for each area"),
        (lambda: change_funnel([1, 2, 3], [1, 2, 3], dispersion=0), "dispersion is 0"),
        (lambda: spread_of([1, 2, np.nan], [1, 1, 1]), "one known z"),
        (lambda: paired_dispersion([[1, 2]], [[1, 2], [1, 2]]), "areas by months"),
        (lambda: paired_dispersion([[1, np.nan]], [[1, 2]]), "negative or unknown"),
    ],
)
def test_what_can_not_be_compared_is_refused_with_the_mend(ask, why):
    with pytest.raises(InputError, match=why):
        ask()
