"""A place that is new because the profile before chose by something else is not news of the ground."""

from __future__ import annotations

from lamplighter.profile.studying import measure_changed


def test_a_change_from_count_to_harm_is_said_beside_what_is_new_and_gone() -> None:
    said = measure_changed({"question": {"weigh_by": "count"}}, "harm")
    assert (
        said
        == "The profile before chose its places by count, this one by harm: a place may be new or gone for that alone"
    )


def test_a_profile_from_before_harm_could_be_asked_for_chose_by_count() -> None:
    assert measure_changed({"question": {}}, "count") is None
    assert measure_changed({}, "harm") is not None


def test_nothing_is_said_where_the_measure_stayed_or_nothing_came_before() -> None:
    assert measure_changed({"question": {"weigh_by": "harm"}}, "harm") is None
    assert measure_changed(None, "harm") is None
