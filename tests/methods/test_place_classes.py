"""The class of a place: a table by hand, changes that were planted, and how often nothing is called something."""

import numpy as np
import pytest

from lamplighter.errors import InputError
from lamplighter.methods.place_classes import RULES, classes_of, courses
from lamplighter.methods.place_false_calls import place_false_calls
from lamplighter.methods.places import grow_places
from lamplighter.methods.unchanged_months import SteadyArea, steady_area, unchanged_months

LEVEL = np.full(36, 1000.0)


def class_of(months, level=LEVEL):
    (found,) = classes_of([months], level=level)
    return found


def test_by_hand_a_place_that_doubles_in_the_last_year():
    # 10 a month for 24 months, then 20: 480 in all. A third of all months: 160 expected, 240 seen. Without any noise
    # but the one step, the dispersion is chance's own: z = 80 / sqrt(480 × 1/3 × 2/3) = 7.7459667.
    found = class_of([10] * 24 + [20] * 12)
    assert found.name == "emerging"
    assert found.course.expected_last == pytest.approx(160)
    assert found.course.ratio == pytest.approx(2)
    assert found.course.z == pytest.approx(7.7459667)
    assert found.words == "its share of the area in the last 12 months is 2.00 times that before (z 7.7)"


def test_one_that_halves_is_fading():
    found = class_of([20] * 24 + [10] * 12)
    assert found.name == "fading"
    assert found.course.ratio == pytest.approx(0.5)


def test_one_that_holds_still_is_persistent_and_says_how_still():
    found = class_of([10] * 36)
    assert found.name == "persistent"
    assert found.words == "in its lowest year it held 1.00 of its usual share of the area"


def test_one_that_fills_every_other_half_year_is_intermittent():
    found = class_of(([2] * 6 + [18] * 6) * 3)
    assert found.name == "intermittent"
    assert found.course.ratio == pytest.approx(1)


def test_a_rise_of_the_whole_area_is_nobodys_class():
    level = np.array([1000.0] * 24 + [2000.0] * 12)
    assert class_of([10] * 24 + [20] * 12, level).name == "persistent"
    assert class_of([10] * 36, level).name == "fading", "it stood still where all rose: its share halved"


def test_a_rise_of_a_fifth_is_too_small_to_be_called_however_sure():
    found = class_of([1000] * 24 + [1200] * 12, np.full(36, 100_000.0))
    assert found.course.z > 3
    assert found.course.ratio == pytest.approx(1.2)
    assert found.name != "emerging"


def test_one_with_a_poor_year_that_chance_could_have_made_is_not_called():
    # 24, 12, 24: the middle year holds 12 of 20 expected; half its quarters' difference is chance.
    found = class_of([2] * 12 + [1] * 12 + [2] * 12)
    assert found.name is None
    assert "held only 0.60 of its usual share" in found.words


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ([10] * 23, "too few to call: 23 months, 120 crimes expected in the last 12"),
        ([1] * 6 + [0] * 30, "too few to call: 36 months, 2 crimes expected in the last 12"),
        ([0] * 36, "too few to call: 36 months, 0 crimes expected in the last 12"),
        ([10] * 12, "too few to call: 12 months, 120 crimes expected in the last 12"),
        ([10] * 3, "too few to call: 3 months, 30 crimes expected in the last 12"),
    ],
)
def test_with_too_little_nothing_is_called(months, words):
    found = class_of(months, np.full(len(months), 500.0))
    assert found.name is None
    assert found.words == words


def test_a_place_that_was_not_there_before_is_emerging_and_its_ratio_is_a_number():
    found = class_of([0] * 24 + [5] * 12)
    assert found.name == "emerging"
    assert found.course.ratio == pytest.approx(60 / (1 / 3) / (0.5 / (2 / 3)))


def test_the_printed_rule_has_every_class_and_ends_with_one_that_always_holds():
    assert [each.name for each in RULES] == [None, "emerging", "fading", "intermittent", "persistent", None]
    assert all(each.when for each in RULES)
    assert RULES[-1].holds(class_of([0] * 36).course)


def test_years_are_counted_back_and_an_early_half_year_counts_while_less_does_not():
    (long,) = courses(np.array([[0.0] * 6 + [10.0] * 24]), np.ones(30), np.ones(1))
    assert long.least_year == 0
    (short,) = courses(np.array([[0.0] * 5 + [10.0] * 24]), np.ones(29), np.ones(1))
    assert short.least_year > 1


def test_no_places_no_classes_and_a_wrong_number_of_dispersions_is_refused():
    assert classes_of(np.zeros((0, 36)), level=LEVEL) == ()
    with pytest.raises(InputError, match="2 dispersions for 1 places"):
        courses(np.ones((1, 36)), LEVEL, np.ones(2))


def a_town():
    """400 map points 200 m apart; the heaviest hold a hundred times what the lightest do."""
    xy = np.array([(200 * x, 200 * y) for x in range(20) for y in range(20)], dtype=float)
    shares = np.exp(-np.arange(400) / 80)
    return xy, SteadyArea(
        shares=shares / shares.sum(),
        level=np.full(44, 2500.0),
        groups=np.arange(400),
        dispersions=np.full(400, 2.0),
    )


def test_made_up_months_have_the_shares_the_level_and_the_dispersion_that_were_asked_for():
    _, area = a_town()
    months = np.concatenate([unchanged_months(area, seed=seed) for seed in range(30)], axis=1)
    assert months.mean(axis=1)[:50] == pytest.approx(area.shares[:50] * 2500, rel=0.06)
    ratio = months[:100].var(axis=1, ddof=1) / months[:100].mean(axis=1)
    assert ratio.mean() == pytest.approx(2.0, abs=0.05)
    assert (months == np.floor(months)).all()


def test_points_of_one_group_vary_together_so_that_the_group_has_the_dispersion():
    area = SteadyArea(
        shares=np.full(10, 0.1), level=np.full(3000, 100.0), groups=np.zeros(10, dtype=int), dispersions=np.array([3.0])
    )
    months = unchanged_months(area, seed=1)
    together = months.sum(axis=0)
    assert together.var() / together.mean() == pytest.approx(3.0, abs=0.25)
    assert months[0].var() / months[0].mean() == pytest.approx(1.2, abs=0.1), "1 + (3 − 1) × its tenth of the group"


def test_the_same_seed_makes_the_same_months_and_another_seed_others():
    _, area = a_town()
    assert (unchanged_months(area, seed=3) == unchanged_months(area, seed=3)).all()
    assert (unchanged_months(area, seed=3) != unchanged_months(area, seed=4)).any()


def test_a_dispersion_below_chance_is_refused():
    area = SteadyArea(shares=np.ones(1), level=np.ones(3), groups=np.zeros(1, dtype=int), dispersions=np.array([0.5]))
    with pytest.raises(InputError, match="dispersion below 1"):
        unchanged_months(area, seed=0)


def test_a_steady_area_keeps_shares_and_months_and_measures_how_places_vary():
    xy, truth = a_town()
    months = unchanged_months(truth, seed=5)
    area = steady_area(xy, months)
    assert area.shares == pytest.approx(months.sum(axis=1) / months.sum())
    assert area.level.tolist() == months.sum(axis=0).tolist()
    assert len(area.dispersions) == area.groups.max() + 1
    assert area.dispersions[:100].mean() == pytest.approx(2.0, abs=0.1)


def test_where_nothing_changed_few_places_are_called_and_few_certainties_are_wrong():
    xy, area = a_town()
    found = place_false_calls(xy, area, places=60, pasts=20)
    assert found.judged == 20 * 60
    assert sum(number for _, number in found.by_class) == found.judged
    assert found.class_rate.share < 0.03
    assert found.sure > 20 * 5, "there are certainties to be wrong about"
    assert found.tier_rate.share < 0.05
    assert 1 < found.flattery < 1.3, "what they were chosen on is a little more than what they hold"
    assert found == place_false_calls(xy, area, places=60, pasts=20)


def test_what_is_planted_is_found_a_doubling_at_one_place_in_the_last_year():
    xy, area = a_town()
    seen = 0
    for seed in range(10):
        months = unchanged_months(area, seed=(9, seed))
        months[40, -12:] += unchanged_months(area, seed=(10, seed))[40, -12:]
        cover = grow_places(xy, months[:, -12:].sum(axis=1), places=60)
        at = next(i for i, each in enumerate(cover.places) if 40 in each.members)
        seen += classes_of(cover.member_sums(months), level=months.sum(axis=0))[at].name == "emerging"
    assert seen >= 9


def test_an_area_without_crime_or_a_question_without_pasts():
    with pytest.raises(InputError, match="0 pasts say nothing"):
        place_false_calls(*a_town(), pasts=0)
    empty = SteadyArea(
        shares=np.zeros(2), level=np.full(36, 5.0), groups=np.array([0, 1]), dispersions=np.array([1.0, 1.0])
    )
    found = place_false_calls([(0, 0), (900, 0)], empty, pasts=2)
    assert (found.judged, found.class_rate, found.tier_rate, found.flattery) == (0, None, None, None)
