"""Names as parts of addresses, figure ids and folders: letters that every system takes, and no two alike."""

from __future__ import annotations

import pytest

from lamplighter.schema import distinct_slugs, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Public fear, alarm, distress", "public-fear-alarm-distress"),
        ("Ynys Môn 001A", "ynys-mon-001a"),
        ("  St. Ann's / Wells Road  ", "st-ann-s-wells-road"),
        ("a/../b", "a-b"),
        ("北", ""),
    ],
)
def test_a_slug_has_letters_and_digits_of_english_with_one_hyphen_between(name, slug):
    assert slug_of(name) == slug


def test_a_number_never_makes_two_names_alike_whichever_comes_first():
    assert distinct_slugs(["X 2", "X", "X?"], lacking="area") == ["x-2", "x", "x-3"]
    assert distinct_slugs(["X", "X?", "X 2"], lacking="area") == ["x", "x-2", "x-2-2"]


def test_a_name_that_is_taken_or_leaves_nothing_gets_another():
    assert distinct_slugs(["CON", "北", "東"], taken=("con",), lacking="area") == ["con-2", "area", "area-2"]


def test_a_long_name_is_cut_and_stays_distinct():
    first, second = distinct_slugs(["a" * 59 + " b", "a" * 59 + " c"], lacking="area")
    assert (first, second) == ("a" * 59, "a" * 59 + "-2")
