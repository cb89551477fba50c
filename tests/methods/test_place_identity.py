"""A place keeps its id from run to run: by hand, and for two people who never met."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.methods.place_identity import BORN, GONE, KEPT, MERGED, SPLIT, KnownPlace, keep_ids, new_id

A, B, C, D, E, F = [(100 * i, 0) for i in range(6)]
ALL_TEN = dict.fromkeys([A, B, C, D, E, F], 10.0)


def known(**places):
    return [KnownPlace(id=name, points=tuple(points)) for name, points in places.items()]


def told(found):
    return [(each.id, each.news, each.from_ids) for each in found.now]


def ended(found):
    return [(each.id, each.news, each.into_ids) for each in found.ended]


def test_a_place_that_lost_one_street_of_three_and_won_another_is_the_same():
    found = keep_ids(known(old=[A, B, C]), [[B, C, D]], weights=ALL_TEN)
    assert told(found) == [("old", KEPT, ("old",))]
    assert found.now[0].overlap == 0.5
    assert found.ended == ()


def test_weight_decides_not_the_number_of_points():
    # Two of three points are common, but they hold 2 of the 90 crimes that the old place would have now.
    found = keep_ids(known(old=[A, B, C]), [[B, C, D]], weights={A: 88, B: 1, C: 1, D: 88})
    assert found.now[0].news == BORN
    assert ended(found) == [("old", GONE, ())]


def test_half_of_the_lighter_and_a_quarter_of_the_heavier_is_just_enough():
    assert keep_ids(known(old=[A, B]), [[A, C]], weights=ALL_TEN).now[0].news == KEPT
    # 10 of 20 and 10 of 40: kept. With 41 in the heavier one, the lighter is only a part of it.
    assert keep_ids(known(old=[A, B]), [[A, C]], weights={A: 10, B: 10, C: 30}).now[0].news == KEPT
    beyond = keep_ids(known(old=[A, B]), [[A, C]], weights={A: 10, B: 10, C: 31})
    assert (beyond.now[0].news, beyond.now[0].from_ids) == (MERGED, ("old",))
    assert beyond.now[0].id != "old"


def test_two_places_that_became_one_are_merged_under_the_id_of_the_greater():
    found = keep_ids(known(great=[A, B, C], small=[D]), [[A, B, C, D]], weights=ALL_TEN)
    assert told(found) == [("great", MERGED, ("great", "small"))]
    assert ended(found) == [("small", MERGED, ("great",))]


def test_one_that_became_two_is_split_the_greater_part_keeps_the_id():
    found = keep_ids(known(whole=[A, B, C]), [[C], [A, B]], weights=ALL_TEN)
    part = new_id([C])
    assert told(found) == [(part, SPLIT, ("whole",)), ("whole", SPLIT, ("whole",))]
    assert found.ended == ()


def test_one_that_fell_into_many_small_parts_ends_and_says_into_which():
    # Five equal parts: none holds a quarter of the whole, so none is it.
    found = keep_ids(known(whole=[A, B, C, D, E]), [[A], [B], [C], [D], [E]], weights=ALL_TEN)
    assert {each.news for each in found.now} == {SPLIT}
    assert ended(found) == [("whole", SPLIT, tuple(new_id([each]) for each in (A, B, C, D, E)))]


def test_a_place_that_was_not_there_is_born_and_one_that_is_not_chosen_is_gone():
    found = keep_ids(known(old=[A]), [[E, F]], weights=ALL_TEN)
    assert told(found) == [(new_id([E, F]), BORN, ())]
    assert ended(found) == [("old", GONE, ())]


def test_two_that_want_one_id_the_pair_that_overlaps_most_has_it():
    # Now [B, C] has all of itself from the old one and most of it; [A, D] has half of itself and a third of the old one.
    found = keep_ids(known(old=[A, B, C]), [[A, D], [B, C]], weights=ALL_TEN)
    assert told(found) == [(new_id([A, D]), SPLIT, ("old",)), ("old", SPLIT, ("old",))]


def test_places_without_a_crime_now_are_compared_by_their_points():
    found = keep_ids(known(old=[A, B, C]), [[A, B]])
    assert (found.now[0].id, found.now[0].overlap) == ("old", pytest.approx(2 / 3))


def test_a_first_run_and_a_run_without_places():
    assert [each.news for each in keep_ids([], [[A], [B]]).now] == [BORN, BORN]
    assert ended(keep_ids(known(old=[A]), [])) == [("old", GONE, ())]
    assert keep_ids([], []).now == ()


def test_a_new_id_is_the_same_for_everybody_and_for_every_order_of_the_points():
    assert new_id([A, B]) == new_id([B, A]) == keep_ids([], [[B, A]]).now[0].id
    assert new_id([(430000, 403000)]) == "pcbb5f760", "sha256 of 430000,403000"
    assert new_id([A]) != new_id([B])


def test_an_id_stays_though_the_points_change_and_is_never_given_to_another():
    first = keep_ids([], [[A, B]])
    own = first.now[0].id
    second = keep_ids([KnownPlace(id=own, points=(A, B))], [[B, C]], weights=ALL_TEN)
    assert second.now[0].id == own
    # The place has wandered to B, C; a place now grows where its id was first made.
    third = keep_ids([KnownPlace(id=own, points=(B, C))], [[B, C], [A]], weights=ALL_TEN)
    assert third.now[0].id == own
    clash = keep_ids([KnownPlace(id=own, points=(C, D))], [[C, D], [A, B]], weights=ALL_TEN)
    assert clash.now[0].id == own
    assert clash.now[1].id not in (own, "")
    assert clash.now[1].news == BORN


places = st.lists(st.sampled_from(range(8)), min_size=12, max_size=12).map(
    lambda owners: [
        [(100 * i, 7) for i in range(12) if owners[i] == owner] for owner in range(7) if owner in owners
    ]  # owner 7 is nobody: not every point is in a place
)


@given(places, places, st.lists(st.integers(0, 5), min_size=12, max_size=12), st.integers(0, 99))
def test_ids_are_unique_every_old_place_is_accounted_for_and_order_changes_nothing(before, now, heavy, seed):
    weights = {(100 * i, 7): float(heavy[i]) for i in range(12)}
    olds = [KnownPlace(id=f"old{i}", points=tuple(points)) for i, points in enumerate(before)]
    found = keep_ids(olds, now, weights=weights)
    ids = [each.id for each in found.now]
    assert len(ids) == len(set(ids)) == len(now)
    assert {each.id for each in olds} == {each.id for each in found.ended} | {each for each in ids if each[:3] == "old"}
    order = np.random.default_rng(seed).permutation(len(now)).tolist()
    again = keep_ids(olds[::-1], [now[i][::-1] for i in order], weights=weights)
    assert [again.now[order.index(i)] for i in range(len(now))] == list(found.now)
    assert again.ended == found.ended


@given(places, st.lists(st.integers(0, 5), min_size=12, max_size=12))
def test_the_same_places_again_are_all_kept(now, heavy):
    weights = {(100 * i, 7): float(heavy[i]) for i in range(12)}
    first = keep_ids([], now, weights=weights)
    olds = [KnownPlace(id=each.id, points=tuple(points)) for each, points in zip(first.now, now, strict=True)]
    second = keep_ids(olds, now, weights=weights)
    assert [(each.id, each.news, each.overlap) for each in second.now] == [(each.id, KEPT, 1.0) for each in first.now]
    assert second.ended == ()


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ([], [[A], []], "Place 1 in this run has no points"),
        ([], [[A], [B, A]], "The point 0, 0 is in places 0 and 1 in this run"),
        ([("x", [A]), ("x", [B])], [], "Place x stands twice in the run before"),
        ([("x", [A]), ("y", [A])], [], "The point 0, 0 is in places x and y in the run before"),
    ],
)
def test_what_can_not_be_matched_is_refused_in_a_sentence(before, now, told):
    with pytest.raises(InputError, match=told):
        keep_ids([KnownPlace(id=name, points=tuple(points)) for name, points in before], now)
