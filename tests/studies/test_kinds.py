"""What kind of place it is: exact words only, institutions apart, and a plain street may be homes."""

from __future__ import annotations

import numpy as np
import pytest

from lamplighter import definitions
from lamplighter.studies.kinds import (
    MAY_BE_HOMES,
    Told,
    kind_of,
    kind_of_premises,
    kind_of_text,
    near_institutions,
    risky_facilities,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On or near Prison", "prison"),
        ("On or near Hospital", "hospital"),
        ("on or near  police station", "police station"),
        ("On or near Nightclub", "nightclub"),
        ("Supermarket", "supermarket"),
        ("On or near Hospital Lane", None),
        ("On or near Park Prison", None),
        ("On or near Prison Street", None),
        ("No Location", None),
        (None, None),
    ],
)
def test_only_the_exact_words_are_a_kind(text, kind):
    found = kind_of_text(text)
    assert (found.name if found else None) == kind


def test_a_prison_is_an_institution_and_draws_no_patrol():
    found = kind_of(Told(texts={"On or near Prison": 60, "On or near Marsh Gate": 40}))
    assert (found.kind, found.institution, found.patrol, found.rows_of_kind) == ("prison", True, False, 60)


def test_two_institutions_together_hold_half():
    found = kind_of(Told(texts={"On or near Hospital": 30, "On or near Police Station": 20, "On or near A Road": 50}))
    assert (found.kind, found.institution) == ("hospital", True)


def test_just_under_half_is_not_an_institution():
    found = kind_of(Told(texts={"On or near Prison": 49, "On or near A Road": 51}))
    assert (found.kind, found.institution) == (MAY_BE_HOMES, False)


def test_a_nightclub_is_a_risky_facility_and_may_have_a_patrol():
    found = kind_of(Told(texts={"On or near Nightclub": 5, "On or near A Road": 5}))
    assert (found.kind, found.risky_facility, found.patrol) == ("nightclub", True, True)


def test_a_college_is_a_facility_that_is_not_known_to_be_public():
    found = kind_of(Told(texts={"On or near Further/Higher Educational Building": 5}))
    assert (found.kind, found.patrol) == ("college", False)


def test_a_plain_street_may_be_homes_and_draws_no_patrol():
    found = kind_of(Told(texts={"On or near Acre Close": 80}))
    assert (found.kind, found.patrol, found.rows_of_kind) == (MAY_BE_HOMES, False, 0)


@pytest.mark.parametrize(
    ("settings", "kind", "patrol"),
    [
        ({"public": 6, "home": 4}, "street", True),
        ({"public": 4, "home": 6}, "home", False),
        ({"public": 5, "home": 5}, "home", False),
        ({"public": 4, "unknown": 6}, MAY_BE_HOMES, False),
        ({None: 10}, MAY_BE_HOMES, False),
    ],
)
def test_where_the_source_says_public_or_home_it_decides(settings, kind, patrol):
    found = kind_of(Told(texts={"Acre Close": 10}, settings=settings))
    assert (found.kind, found.patrol) == (kind, patrol)


def test_premises_count_before_the_text():
    found = kind_of(Told(texts={"On or near Nightclub": 10}, premises={"POLICE FACILITY": 9, "STREET": 1}))
    assert (found.kind, found.institution) == ("police station", True)


def test_nothing_told_is_nothing_known():
    assert kind_of(Told()).kind == MAY_BE_HOMES
    assert kind_of(Told()).rows == 0


def test_a_word_means_the_same_kind_in_every_vocabulary():
    seen: dict[str, tuple[str, str, str]] = {}
    for vocabulary in definitions.premises_vocabularies():
        for row in definitions.premises_kinds(vocabulary):
            word = row["premises"].casefold()
            told = (row["kind"], row["setting"], row["institution"])
            assert seen.setdefault(word, told) == told, word
    assert kind_of_premises("Single  Family Dwelling").name == "home"
    assert kind_of_premises("a lighthouse") is None


def test_points_within_five_hundred_metres_of_an_institution_are_flagged_with_the_nearest():
    points = np.array([[0.0, 0.0], [300.0, 400.0], [300.0, 401.0], [900.0, 0.0]])
    institutions = np.array([[0.0, 0.0], [1000.0, 0.0]])
    assert near_institutions(points, institutions).tolist() == [0, 0, -1, 1]
    assert near_institutions(points, np.empty((0, 2))).tolist() == [-1, -1, -1, -1]
    assert near_institutions(np.empty((0, 2)), institutions).tolist() == []


def test_risky_facilities_say_how_few_hold_half():
    club, shop = "On or near Nightclub", "On or near Supermarket"
    found = risky_facilities(
        [Told(texts={club: 6}), Told(texts={club: 3}), Told(texts={club: 1, "On or near A Road": 50}),
         Told(texts={shop: 4}), Told(texts={shop: 4}), Told(texts={"On or near Prison": 90})]
    )  # fmt: skip
    assert [(each.kind, each.rows, each.points, each.points_with_half) for each in found] == [
        ("nightclub", 10, 3, 1),
        ("supermarket", 8, 2, 1),
    ]
