"""The trend: limits and run rules on rows a day, and no rise that a change of the located share could explain."""

from __future__ import annotations

import json

import jsonschema
import numpy as np
import pytest

from lamplighter import definitions
from lamplighter.schema import days_in_month, month_text
from lamplighter.studies.incidents.month_runs import runs_of
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.studies.incidents.trend import trend

YEARS = list(range(2018 * 12, 2020 * 12))
DAYS = np.array([days_in_month(each) for each in YEARS], dtype=float)
SHARE = np.repeat([0.88, 0.94], 12)


def months(*counts: int | None, first: str = "2018-01") -> dict[str, int]:
    """Counts a month by name; None is a month without any row."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return {month_text(start + at): count for at, count in enumerate(counts) if count is not None}


@pytest.fixture(scope="session")
def steady_then_high(street, street_workspace):
    """13 months of 10 and 11 rows by turns, then 40; June 2018 is missing; every month has a row without a point."""
    counts = [10 + at % 2 for at in range(13)] + [40]
    counts[5] = None
    rows = []
    for month, count in months(*counts).items():
        rows += [*street(month, count), *street(month, 1, at=None)]
    return street_workspace(rows)


def test_a_force_counts_all_its_rows_and_a_missing_month_is_unknown(steady_then_high, chosen_of):
    told = trend(chosen_of(steady_then_high)).told()
    assert told["counts_from"] == "all rows"
    assert [each["count"] for each in told["months"][4:7]] == [11, None, 11]
    missing = told["months"][5]
    assert (missing["month"], missing["per_day"], missing["outside"], missing["force_count"]) == (
        "2018-06",
        None,
        None,
        None,
    )
    assert told["months"][0]["per_day"] == round(11 / 31, 2)


def test_a_month_far_above_the_others_is_outside_and_is_said(steady_then_high, chosen_of):
    answer = trend(chosen_of(steady_then_high))
    told = answer.told()
    assert [each["month"] for each in told["months"] if each["outside"]] == ["2019-02"]
    assert told["flagged"] == 1
    assert any(each.startswith("In February 2019, above: one point outside the limits;") for each in told["signals"])
    assert answer.latest is not None
    assert answer.latest.words.startswith("In February 2019 the count was above what is usual here: +")


def test_last_year_s_month_stands_beside_this_year_s(steady_then_high, chosen_of):
    beside = trend(chosen_of(steady_then_high)).told()["year_on_year"]
    assert len(beside) == 12
    assert beside[-1] == {
        "month": "February",
        "this_year": "2019-02",
        "count": 41,
        "last_year": "2018-02",
        "count_last_year": 12,
    }
    assert [each["count"] for each in beside if each["month"] == "June"] == [None]


def test_last_year_s_months_may_lie_before_the_period_asked(steady_then_high, chosen_of):
    question = ProfileQuestion(first=2019 * 12, last=2019 * 12 + 1)
    beside = trend(chosen_of(steady_then_high, question)).told()["year_on_year"]
    assert [(each["count"], each["count_last_year"]) for each in beside] == [(11, 11), (41, 12)]


def test_a_month_with_a_part_of_its_rows_is_drawn_and_signals_nothing(street, street_workspace, chosen_of):
    counts = [20] * 12 + [3, 20, 20]
    workspace = street_workspace([row for month, count in months(*counts).items() for row in street(month, count)])
    told = trend(chosen_of(workspace)).told()
    part = told["months"][12]
    assert (part["count"], part["partial"], part["outside"]) == (3, True, None)
    assert part["centre"] == round(20 * 14 * 31 / sum(days_in_month(2018 * 12 + at) for at in range(15) if at != 12), 1)
    assert any("January 2019" in each for each in told["caveats"])


@pytest.mark.parametrize(
    ("counts", "why"), [([30] * 11, "11 whole months are present"), ([2] * 14, "fewer than 5 rows a month")]
)
def test_no_limits_are_drawn_from_too_few_months_or_rows(counts, why, street, street_workspace, chosen_of):
    workspace = street_workspace([row for month, count in months(*counts).items() for row in street(month, count)])
    answer = trend(chosen_of(workspace))
    told = answer.told()
    assert (told["sigma_z"], told["flagged"], told["flagged_plain"], told["signals"]) == (None, None, None, [])
    assert {each["outside"] for each in told["months"]} == {None}
    assert why in answer.cannot_say[0]
    assert answer.findings == ()


def test_a_rise_of_the_located_share_from_88_to_94_percent_explains_a_rise_of_6_point_8_percent():
    runs = runs_of(DAYS * 50 * SHARE, DAYS, share=SHARE)
    assert runs.runs
    assert not any(each.called for each in runs.runs)
    later = [each for each in runs.runs if each.side == "above" and each.rule == "shift"]
    assert [round(100 * (each.ratio - 1), 1) for each in later] == [6.8]
    assert [round(100 * (each.share_ratio - 1), 1) for each in later] == [6.8]
    assert not runs.outside(called=True).any()
    assert runs.outside(called=False).any()


def test_the_same_rise_is_called_where_all_rows_are_counted():
    runs = runs_of(DAYS * 50 * SHARE, DAYS)
    assert all(each.called for each in runs.runs)
    assert {each.side for each in runs.runs} == {"above", "below"}


def test_a_rise_much_larger_than_that_of_the_share_is_called():
    rows = DAYS * 50 * np.repeat([1.0, 1.2], 12)
    runs = runs_of(rows * SHARE, DAYS, share=SHARE)
    assert any(each.called and each.rule == "shift" and each.side == "above" for each in runs.runs)


def test_a_share_that_moves_the_other_way_explains_nothing_away():
    runs = runs_of(DAYS * 50 * np.repeat([1.0, 1.2], 12) * SHARE[::-1], DAYS, share=SHARE[::-1])
    assert runs.runs
    assert all(each.called for each in runs.runs)


def test_a_steady_count_under_a_rising_share_is_said_to_hide_a_fall():
    runs = runs_of(DAYS * 40, DAYS, share=SHARE)
    assert runs.runs == ()
    assert runs.hidden > 0


def test_the_spread_does_not_leap_over_a_gap_but_runs_break_there():
    rate = np.array([10.0, 12] * 6 + [14, 14, 14, np.nan, 14, 14, 14] + [10.0, 12] * 3)
    ones = np.ones(rate.size)
    runs = runs_of(rate, ones)
    known = rate[~np.isnan(rate)]
    ranges = np.abs(np.diff(known)).mean() / np.sqrt(known.mean()) / 1.128
    assert runs.limits is not None
    assert runs.limits.sigma_z == pytest.approx(ranges)
    assert not any(each.rule == "shift" for each in runs.runs)


def test_a_smaller_area_counts_rows_with_a_point_and_prints_its_rule(street, street_workspace, chosen_of):
    rows = []
    for at, month in enumerate(months(*[1] * 24)):
        located = 44 if at < 12 else 47
        rows += [*street(month, located), *street(month, 50 - located, at=None)]
    workspace = street_workspace(rows)
    told = trend(chosen_of(workspace, ProfileQuestion(area="Northam"))).told()
    assert told["counts_from"] == "located rows"
    assert told["share_moved"]["moved"] is True
    assert told["share_moved"]["percent"] == 6.8
    assert "88% had one in the first 12 months present and 94% in the last 12" in told["share_moved"]["words"]
    assert told["share_moved"]["rule"].startswith("A rise or fall is called only if it is larger than")
    assert (told["months"][0]["count"], told["months"][0]["force_count"], told["months"][0]["located_share"]) == (
        44,
        50,
        0.88,
    )
    assert told["signals"] == []
    assert any("above" in each for each in told["not_called"])


def test_the_section_is_as_published_and_its_findings_cite_figures(
    steady_then_high, made_up, chosen_of, every_number_is_cited
):
    schema = json.loads(definitions.text_of("profile_schema/trend.json"))
    for workspace in (steady_then_high, made_up):
        answer = trend(chosen_of(workspace))
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(answer.told(), allow_nan=False)))
        every_number_is_cited(answer)


def test_the_order_of_rows_changes_nothing(street, street_workspace, chosen_of):
    rows = [row for month, count in months(*[9, 12, 10, 14] * 4).items() for row in street(month, count)]
    told = []
    for each in (rows, [*rows[::-2], *rows[-2::-2]]):
        told.append(trend(chosen_of(street_workspace(each))).told())
    assert told[0] == told[1]


def test_the_bundled_sample_has_35_months_and_its_gap(doncaster, chosen_of):
    told = trend(chosen_of(doncaster)).told()
    assert [each["month"] for each in told["months"] if each["count"] is None] == ["2019-07"]
    assert sum(each["count"] or 0 for each in told["months"]) == 39_008


@pytest.mark.parametrize(("known", "limits"), [(12, True), (11, False)])
def test_twelve_whole_months_are_enough_for_limits_and_eleven_are_not(known, limits):
    counts = [10.0] * known
    assert (runs_of(counts, DAYS[:known]).limits is not None) is limits


def test_a_move_that_is_exactly_that_of_the_located_share_is_not_called():
    counts = np.repeat([880.0, 940.0], 12)
    runs = runs_of(counts, np.full(24, 30.0), share=SHARE).runs
    assert runs
    assert [(each.larger_than_share, each.called) for each in runs] == [(False, False)] * len(runs)


def test_the_share_of_the_first_half_is_held_against_the_last_where_there_are_not_two_years(
    street, street_workspace, chosen_of
):
    rows = []
    for month in range(1, 5):
        rows += [*street(f"2020-{month:02d}", 5), *street(f"2020-{month:02d}", 5 if month < 3 else 0, at=None)]
    moved = trend(chosen_of(street_workspace(rows), ProfileQuestion(area="Northam"))).told()["share_moved"]
    assert (moved["moved"], moved["percent"]) == (True, 100.0)
    assert "50% had one in the first 2 months present and 100% in the last 2" in moved["words"]
