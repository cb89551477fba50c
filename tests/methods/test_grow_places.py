"""Places grown from map points: by hand, against every other choice, and whatever order the rows come in."""

from itertools import combinations
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.cover_bound import cover_bound
from lamplighter.methods.map_points import map_points
from lamplighter.methods.places import grow_places

# Six points along a street, 100 m apart, and one far away:   A  B  C  D  E  F ........ G
STREET = [(0, 0), (100, 0), (200, 0), (300, 0), (400, 0), (500, 0), (9000, 0)]
WEIGHTS = [5, 1, 4, 6, 2, 9, 7]


def held(cover):
    return [(each.centre, sorted(each.members), each.weight) for each in cover.places]


def test_by_hand_each_place_is_the_circle_that_adds_most_to_those_before():
    # Within 141 m of D are C, D, E: 12; of E D, E, F: 17, the most. Then of B A, B, C: 10. Then G: 7.
    cover = grow_places(STREET, WEIGHTS, places=3)
    assert held(cover) == [(4, [3, 4, 5], 17), (1, [0, 1, 2], 10), (6, [6], 7)]
    assert cover.weight == 34
    assert cover.total_weight == 34


def test_a_points_weight_counts_in_one_place_only_though_circles_overlap_on_paper():
    # E takes D, E, F. Of what is left, the circle round B (A, B, C) holds all; C's circle would have reached D too.
    cover = grow_places(STREET, [0, 0, 4, 6, 2, 9, 0], places=3)
    assert held(cover)[0] == (4, [3, 4, 5], 17)
    assert held(cover)[1] == (2, [1, 2], 4)
    assert cover.places[0].reach_m == 100
    assert cover.places[1].reach_m == 100
    assert len(cover.places) == 2, "nothing is left to hold, so no third place is made up"


def test_a_point_without_a_crime_in_the_period_belongs_to_the_place_it_lies_in():
    cover = grow_places(STREET[:3], [1, 0, 1], places=1)
    assert cover.places[0].members == (0, 2, 1), "heaviest first, then from the west"


def test_a_point_exactly_at_the_radius_is_inside_and_one_a_centimetre_further_is_not():
    assert grow_places([(0, 0), (0, 141)], [1, 1], places=1).weight == 2
    assert grow_places([(0, 0), (0, 141.01)], [1, 1], places=1).weight == 1


def test_of_circles_that_hold_as_much_the_one_whose_points_lie_nearest_to_its_centre_is_taken():
    # All three circles hold all three points; the middle one is the centre.
    assert grow_places([(0, 0), (140, 0), (70, 0)], [1, 1, 1], places=1).places[0].centre == 2


def test_of_circles_as_near_the_western_one_is_taken_and_of_those_the_southern():
    assert grow_places([(900, 0), (0, 500), (0, 0)], [3, 3, 3], places=3).places[0].centre == 2
    assert [each.centre for each in grow_places([(900, 0), (0, 500), (0, 0)], [3, 3, 3], places=3).places] == [2, 1, 0]


def test_until_nothing_is_left_every_weight_is_in_exactly_one_place():
    cover = grow_places(STREET, WEIGHTS, places=None)
    assert sorted(each for place in cover.places for each in place.members) == list(range(7))
    assert cover.weight == cover.total_weight == 34


def test_harm_may_be_a_fraction_and_what_a_place_held_each_month_is_the_sum_of_its_points():
    cover = grow_places(STREET, np.array(WEIGHTS) * 0.1, places=1)
    assert cover.places[0].weight == pytest.approx(1.7)
    assert cover.member_sums([[1, 2], [0, 0], [0, 0], [3, 4], [5, 6], [7, 8], [9, 9]]).tolist() == [[15, 18]]


def test_no_points_no_places_and_points_without_a_crime_no_places_either():
    assert grow_places([], []).places == ()
    assert grow_places(STREET, [0] * 7).places == ()
    empty = grow_places([], [])
    assert cover_bound([], [], empty).bound == 0
    assert cover_bound([], [], empty).share == 1
    assert empty.member_sums(np.zeros((0, 12))).shape == (0, 12)


@pytest.mark.parametrize(
    ("points", "weights", "more", "told"),
    [
        ([(0, 0), (0, 0)], [1, 2], {}, "stands twice"),
        ([(0, 0), (float("nan"), 1)], [1, 2], {}, "Point 1 is not on the map"),
        ([(0, 0), (float("inf"), 1)], [1, 2], {}, "Point 1 is not on the map"),
        ([0, 1], [1, 2], {}, "an easting and a northing"),
        ([(0, 0), (1, 1)], [1], {}, "1 weights for 2 points"),
        ([(0, 0), (1, 1)], [1, -2], {}, "Point 1 weighs -2"),
        ([(0, 0), (1, 1)], [1, float("nan")], {}, "leave unknown points out"),
        ([(0, 0)], [1], {"radius_m": 0}, "radius above 0"),
        ([(0, 0)], [1], {"radius_m": float("nan")}, "radius above 0"),
        ([(0, 0)], [1], {"places": 0}, "Ask for 1 or more"),
    ],
)
def test_what_can_not_be_answered_is_refused_in_a_sentence(points, weights, more, told):
    with pytest.raises(InputError, match=told):
        grow_places(points, weights, **more)


def test_more_neighbours_than_memory_holds_are_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr("lamplighter.methods.map_points.MOST_PAIRS", 8)
    with pytest.raises(InputError, match=r"3 points have 9 neighbours within 141 m\. Round the points to 10 m"):
        grow_places([(0, 0), (1, 0), (2, 0)], [1, 1, 1])
    monkeypatch.setattr("lamplighter.methods.map_points.MOST_PAIRS", 9)
    assert grow_places([(0, 0), (1, 0), (2, 0)], [1, 1, 1]).weight == 3


def test_the_neighbours_of_each_point_are_those_within_the_radius_itself_among_them():
    rng = np.random.default_rng(4)
    xy = rng.uniform(0, 800, (60, 2))
    points = map_points(xy, radius_m=141)
    for at in range(60):
        near = np.flatnonzero(np.hypot(*(points.xy_m - points.xy_m[at]).T) <= 141)
        assert points.around(at).tolist() == near.tolist()
    assert points.sums_around(np.ones(60)).sum() == points.near.size


# Few coordinates 70 m apart, so that ties, circles that overlap and points on the edge turn up all the time.
small_maps = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 3)), st.integers(0, 9), min_size=1, max_size=11
).map(lambda found: ([(70 * x, 70 * y) for x, y in found], list(found.values())))


def within(points, at):
    return {i for i, (x, y) in enumerate(points) if hypot(x - points[at][0], y - points[at][1]) <= 141}


def plain_greedy(points, weights, most):
    """What the places would weigh if every circle were looked at again each time."""
    free, gains = set(range(len(points))), []
    for _ in range(most):
        best = max(
            (within(points, at) & free for at in range(len(points))), key=lambda own: sum(weights[i] for i in own)
        )
        if not (gain := sum(weights[i] for i in best)):
            break
        gains.append(gain)
        taken = grow_places(points, weights, places=len(gains)).places[-1]
        free -= set(taken.members)
    return gains


def best_of_all(points, weights, most):
    circles = [within(points, at) for at in range(len(points))]
    return max(
        sum(weights[i] for i in set().union(*chosen)) for chosen in combinations(circles, min(most, len(circles)))
    )


@settings(deadline=None, max_examples=80)
@given(small_maps, st.integers(1, 4))
def test_against_every_choice_of_circles(found, most):
    points, weights = found
    cover = grow_places(points, weights, places=most)
    members = [each for place in cover.places for each in place.members]
    assert len(members) == len(set(members)), "no point in two places"
    assert [each.weight for each in cover.places] == plain_greedy(points, weights, most)
    assert sorted((each.weight for each in cover.places), reverse=True) == [each.weight for each in cover.places]
    assert all(set(place.members) <= within(points, place.centre) for place in cover.places)
    best = best_of_all(points, weights, most)
    assert cover.weight >= (1 - (1 - 1 / most) ** most) * best - 1e-9, "the promise of greedy choice"
    for by_programme in (True, False):
        bound = cover_bound(points, weights, cover, places=most, by_programme=by_programme)
        assert bound.bound >= best - 1e-6, "no choice holds more than the bound"
        assert bound.held == cover.weight
    if most == 1:
        assert cover.weight == best


@settings(deadline=None, max_examples=60)
@given(small_maps, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(found, shuffler):
    points, weights = found
    order = list(range(len(points)))
    shuffler.shuffle(order)

    def by_place(order):
        cover = grow_places([points[i] for i in order], [weights[i] / 10 for i in order], places=3)
        return [(points[order[p.centre]], [points[order[m]] for m in p.members], p.weight) for p in cover.places]

    assert by_place(order) == by_place(range(len(points)))


def test_where_greedy_choice_is_not_the_best_the_bound_says_how_far_it_may_be():
    # The heaviest circle, B C D with 9, leaves A 2 on one side and E F 3 on the other; A B C and D E F hold all 14.
    points, weights = STREET[:6], [2, 1, 4, 4, 1, 2]
    cover = grow_places(points, weights, places=2)
    assert [each.weight for each in cover.places] == [9, 3]
    bound = cover_bound(points, weights, cover)
    assert (bound.bound, bound.method) == (pytest.approx(14), "linear programme")
    assert bound.share == pytest.approx(12 / 14)


def test_the_bound_needs_few_circles_of_many_and_equals_what_is_held_where_places_lie_apart():
    points = [(1000 * i, 1000 * j) for i in range(60) for j in range(20)]
    weights = [(7 * i) % 101 for i in range(1200)]
    cover = grow_places(points, weights, places=10)
    bound = cover_bound(points, weights, cover)
    assert bound.bound == pytest.approx(cover.weight) == pytest.approx(sum(sorted(weights)[-10:]))
    assert bound.circles < 1200
    assert cover_bound(points, weights, cover, by_programme=False).bound == pytest.approx(cover.weight)


def test_a_bound_for_fewer_places_than_were_chosen_is_refused():
    cover = grow_places(STREET, WEIGHTS, places=3)
    with pytest.raises(InputError, match="3 places were chosen where 2 may be"):
        cover_bound(STREET, WEIGHTS, cover, places=2)


def test_without_an_answer_of_the_programme_the_greedy_bound_stands_and_says_so(monkeypatch):
    monkeypatch.setattr("lamplighter.methods.cover_bound._priced", lambda *_: None)
    cover = grow_places(STREET, WEIGHTS, places=2)
    bound = cover_bound(STREET, WEIGHTS, cover)
    assert bound.method == "greedy"
    assert bound.bound >= 27
