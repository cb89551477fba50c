"""How sure a place is among the first: against closed forms, made-up draws, and what one force's cells are known to do."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.special import betainc

from lamplighter.errors import InputError
from lamplighter.methods.tiers import rank_probabilities, tier, tiers_of

CELLS = Path(__file__).parents[1] / "fixtures" / "south-yorkshire-violence-cells.csv"


def chances(values, dispersion=1.0, *, first):
    return [each.probability for each in tiers_of(values, dispersion, first=first).standings]


def test_of_two_places_that_held_as_much_each_is_the_first_with_a_half():
    assert chances([40, 40], first=1) == pytest.approx([0.5, 0.5])


def test_of_four_alike_each_is_among_the_first_three_with_three_quarters():
    assert chances([7, 7, 7, 7], 2.0, first=3) == pytest.approx([0.75] * 4, abs=5e-4)


@pytest.mark.parametrize(("values", "dispersion"), [((30, 20), 1.0), ((30, 20), 2.4), ((150, 117), 2.4), ((3, 0), 1.0)])
def test_of_two_places_the_greater_is_first_as_often_as_a_beta_distribution_says(values, dispersion):
    # X of Gamma(a) beats Y of Gamma(b), same scale, when X/(X+Y), which is Beta(a, b), is above a half.
    a, b = ((each + 0.5) / dispersion for each in values)
    assert chances(values, dispersion, first=1)[0] == pytest.approx(1 - betainc(a, b, 0.5), abs=5e-4)


def test_every_place_has_one_rank_and_every_rank_one_place():
    found = rank_probabilities(np.array([9.0, 4.0, 4.0, 4.0]), np.ones(4))
    assert found.sum(axis=1) == pytest.approx(np.ones(4))
    assert found.sum(axis=0) == pytest.approx(np.ones(4), abs=5e-3)
    assert found[1].tolist() == pytest.approx(found[3].tolist())
    assert rank_probabilities(np.full(5, 6.0), np.ones(5)) == pytest.approx(np.full((5, 5), 1 / 5), abs=5e-3)


def test_the_exact_answer_is_that_of_a_hundred_thousand_draws():
    rng = np.random.default_rng(0)
    values, spread = np.sort(rng.gamma(1.2, 60, 40))[::-1], rng.uniform(1, 4, 40)
    draws = rng.gamma((values + 0.5) / spread, spread, (100_000, 40))
    drawn = ((-draws).argsort(axis=1).argsort(axis=1) < 10).mean(axis=0)
    assert chances(values, spread, first=10) == pytest.approx(drawn, abs=0.006)


def test_the_chances_of_all_places_add_up_to_how_many_can_be_first():
    values = [172, 170, 153, 150, 139, 132, 117, 117, 117, 115, *range(110, 60, -2)]
    assert sum(chances(values, 2.42, first=20)) == pytest.approx(20, abs=0.01)


def test_more_dispersion_makes_fewer_places_certain_and_rank_intervals_wider():
    values = [200 - 3 * i for i in range(50)]
    narrow, wide = tiers_of(values, 1.0), tiers_of(values, 2.42)

    def certain(tiers):
        return sum(each.probability >= 0.95 for each in tiers.standings)

    assert certain(wide) < certain(narrow)
    assert all(
        a.low_rank >= b.low_rank and a.high_rank <= b.high_rank
        for a, b in zip(narrow.standings, wide.standings, strict=True)
    )


def test_a_place_far_ahead_is_first_for_certain_and_one_far_behind_never():
    first, second, last = tiers_of([1000, 100, 1], 1.0, first=2).standings
    assert (first.rank, first.low_rank, first.high_rank) == (1, 1, 1)
    assert first.tier == second.tier == "almost certainly among the first 2"
    assert last.probability == pytest.approx(0, abs=1e-9)
    assert last.tier is None


def test_when_no_more_places_are_given_than_can_be_first_all_are_certain():
    assert chances([5, 3], first=20) == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.95, "almost certainly among the first 20"),
        (0.9499, "possibly among the first 20"),
        (0.2, "possibly among the first 20"),
        (0.1999, None),
    ],
)
def test_the_words_begin_exactly_at_their_probability(probability, words):
    assert tier(probability) == words


def test_ranks_go_by_value_equal_ones_in_the_order_given_and_the_rule_is_printed():
    tiers = tiers_of([3, 9, 3], 1.0, first=1)
    assert [each.rank for each in tiers.standings] == [2, 1, 3]
    assert tiers.rule == (
        "Almost certainly among the first 1: probability at least 0.95; possibly: at least 0.2. "
        "Among the 3 places chosen, held fixed."
    )


def test_harm_in_other_units_gives_the_same_tiers_when_its_dispersion_is_in_them_too():
    values = [90, 80, 75, 60, 55]
    in_days = [(each + 0.5) * 300 - 0.5 for each in values]  # half a count is half of one unit, whatever the unit
    assert chances(in_days, 2.0 * 300, first=2) == pytest.approx(chances(values, 2.0, first=2), abs=0.002)


def test_no_places_no_standings():
    assert tiers_of([], 1.0).standings == ()


@pytest.mark.parametrize(
    ("values", "dispersion", "first", "told"),
    [
        ([1, None], 1.0, 1, "no value"),
        ([1, -2], 1.0, 1, "below 0"),
        ([1, 2], 0.0, 1, "no dispersion above 0"),
        ([1, 2], float("nan"), 1, "no dispersion above 0"),
        ([1, 2], 1.0, 0, "first 0 is no question"),
    ],
)
def test_what_can_not_be_answered_is_refused_in_a_sentence(values, dispersion, first, told):
    with pytest.raises(InputError, match=told):
        tiers_of(values, dispersion, first=first)


def test_rank_intervals_of_one_forces_leading_cells_are_those_known_for_it():
    # Violence of South Yorkshire in its first 400 cells of 250 m, the 12 months to 2021-09. Known from an outside count,
    # with draws: Poisson, rank 5: 2–9, 10: 5–17, 20: 13–40, 50: 27–118; with dispersion 2.42, 20: 10–76, 50: 21–192.
    with CELLS.open(encoding="utf-8", newline="") as file:
        values = [sum(int(each) for each in row[-12:]) for row in list(csv.reader(file))[1:]]
    assert values[:10] == [172, 170, 153, 150, 139, 132, 117, 117, 117, 115]
    for dispersion, cells, known in (
        (1.0, 160, {5: (2, 9), 10: (5, 17), 20: (13, 40), 50: (27, 118)}),
        (2.42, 260, {20: (10, 76), 50: (21, 192)}),
    ):
        standings = tiers_of(values[:cells], dispersion).standings
        for rank, (low, high) in known.items():
            assert standings[rank - 1].low_rank == pytest.approx(low, abs=1)
            assert standings[rank - 1].high_rank == pytest.approx(high, rel=0.12, abs=1)
