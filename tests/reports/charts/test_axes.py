"""Round ticks, months without a date type, and labels that keep apart: all worked by hand."""

from __future__ import annotations

import pytest

from lamplighter.reports.charts.periods import place_of, short_words, ticks
from lamplighter.reports.charts.scales import apart, round_ticks, rounded_words, value_words


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (320, [0, 100, 200, 300, 400]),
        (1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0, [0, 1]),
        (12_400, [0, 2500, 5000, 7500, 10_000, 12_500]),
        (500, [0, 100, 200, 300, 400, 500]),
    ],
)
def test_ticks_are_round_and_reach_the_top(top: float, expected: list[float]) -> None:
    assert round_ticks(top) == expected


def test_ticks_go_below_zero_only_when_a_value_does() -> None:
    assert round_ticks(4, lowest=-3) == [-4, -2, 0, 2, 4]
    assert round_ticks(4, lowest=2)[0] == 0


@pytest.mark.parametrize(
    ("period", "place"),
    [
        ("2014-01", 24168),
        ("2014-12", 24179),
        ("2014", 24173.5),
        ("12 months to 2026-02", 24313),
        ("2022/23", 2022 * 12 + 8.5),
        ("year ending March 2025, England and Wales", 2025 * 12 + 2 - 5.5),
        ("October 2021 to March 2022, England and Wales", 2022 * 12 + 2),
        ("4 April 2022", 2022 * 12 + 3),
        ("the year it is compared with", None),
        ("2014-13", None),
        ("", None),
    ],
)
def test_a_period_in_words_has_its_place_on_the_axis_or_none(period: str, place: float | None) -> None:
    assert place_of(period) == place


def test_years_are_labelled_at_their_januaries_and_short_spans_by_month() -> None:
    assert ticks(24168, 24168 + 35, most=8) == [(24168, "2014"), (24180, "2015"), (24192, "2016")]
    assert ticks(24168, 24173, most=3) == [(24168, "Jan 2014"), (24170, "Mar 2014"), (24172, "May 2014")]
    assert ticks(24173.5, 24185.5, most=3, yearly=True) == [(24173.5, "2014"), (24185.5, "2015")]


def test_labels_move_just_enough_to_keep_apart() -> None:
    assert apart([10, 12, 50], gap=15) == [10, 25, 50]
    assert apart([12, 10], gap=15) == [25, 10]
    assert apart([]) == []


def test_numbers_are_written_as_people_write_them() -> None:
    assert [rounded_words(each) for each in (6800.0, 12.84, 3.0, 0.0, None)] == ["6,800", "12.8", "3", "0", "not known"]
    assert value_words(14.0, "% of women") == "14.0%"
    assert value_words(None, "%") == "not known"
    assert short_words("2024-02") == "Feb 2024"
    assert short_words("2024-99") == "2024-99"
