"""Method notes belong to what stands in the profile, and one can be cited by what the note on citing names."""

from __future__ import annotations

from lamplighter.profile.notes import CITE, method_notes


def test_a_profile_without_a_surface_has_no_note_on_it():
    with_it = [each["name"] for each in method_notes({"surface": {"cells": 4}, "places_method": {}})]
    without = [each["name"] for each in method_notes({"surface": {"cells": 0}, "places_method": {}})]
    assert set(with_it) - set(without) == {"Surface"}
    assert len(with_it) == len(set(with_it))


def test_every_note_has_words_and_each_stands_in_the_page(whole_profile):
    page = (whole_profile.out / "profile.html").read_text(encoding="utf-8")
    for each in whole_profile.told["methods"]:
        assert each["words"].endswith(".")
        assert each["name"] in page


def test_citing_names_id_title_period_and_day():
    for word in ("id", "title", "period", "day"):
        assert word in CITE
