"""Outcomes: every label in one group, young months marked, two denominators, and no small count of an extract told."""

from __future__ import annotations

import json
import random

import jsonschema
import pytest

from lamplighter import definitions
from lamplighter.studies.incidents.outcomes import group_of, outcomes, stages_of, with_maturity, words_of
from lamplighter.studies.incidents.question import ProfileQuestion

OPEN, EVIDENTIAL, NO_SUSPECT = (
    "Under investigation",
    "Unable to prosecute suspect",
    "Investigation complete; no suspect identified",
)
COURT, NO_UPDATE = "Awaiting court outcome", "Status update unavailable"


def told_of(answer):
    told = answer.told()
    jsonschema.validate(told, json.loads(definitions.text_of("profile_schema/outcomes.json")))
    return told


@pytest.fixture(scope="session")
def year(street):
    """January to November 2020: 20 rows a month, two charged; from September on half are open. A label that nobody knows."""
    rows = []
    for month in range(1, 12):
        name = f"2020-{month:02d}"
        opened = 10 if month >= 8 else 0
        for outcome, times in ((COURT, 2), (NO_SUSPECT, 3), (NO_UPDATE, 4), (OPEN, opened), (EVIDENTIAL, 11 - opened)):
            rows += street(name, times, outcome=outcome)
    return [*rows, *street("2020-02", 1, outcome="Offender given a medal"), *street("2020-02", 1)]


def test_groups_have_two_denominators_and_an_open_case_is_in_the_first_only(year, street_workspace, chosen_of):
    groups = {each["id"]: each for each in told_of(outcomes(chosen_of(street_workspace(year))))["groups"]}
    rows, known = 11 * 20 + 2, 22 + 33 + 7 * 11 + 4
    assert (groups["charge"]["count"], groups["charge"]["of_all"]) == (22, round(22 / rows, 3))
    assert groups["charge"]["of_known"] == round(22 / known, 3)
    assert (groups["open"]["count"], groups["open"]["of_known"]) == (40, None)
    assert (groups["unknown"]["count"], groups["unknown"]["of_known"]) == (44, None)


def test_a_label_outside_the_list_is_counted_as_one_and_no_label_as_none(year, street_workspace, chosen_of):
    answer = outcomes(chosen_of(street_workspace(year)))
    told = told_of(answer)
    groups = {each["id"]: each["count"] for each in told["groups"]}
    assert (groups["not-in-list"], groups["none"]) == (1, 1)
    assert told["not_in_list"] == [{"label": "Offender given a medal", "count": 1}]
    assert sum(groups.values()) == told["rows"]
    assert any("outside our list" in each for each in answer.cannot_say)


def test_young_months_are_the_last_three_and_those_before_them_with_many_open(year, street_workspace, chosen_of):
    told = told_of(outcomes(chosen_of(street_workspace(year))))
    assert told["immature_months"] == ["2020-08", "2020-09", "2020-10", "2020-11"]


def test_a_month_long_ago_with_many_open_cases_is_not_young():
    closed, half = {"charge": 10}, {"charge": 5, "open": 5}
    by_month = {1: half, 2: closed, 3: half, 4: closed, 5: closed, 6: closed}
    assert [each.month for each in with_maturity(by_month, last_month=7) if each.immature] == [5, 6]
    assert [each.month for each in with_maturity(by_month, last_month=6) if each.immature] == [3, 4, 5, 6]


def test_a_tenth_still_open_is_old_enough_and_one_more_is_not():
    tenth, more = {"charge": 9, "open": 1}, {"charge": 8, "open": 1, "none": 1}
    assert not with_maturity({1: tenth}, last_month=9)[0].immature
    assert with_maturity({1: more}, last_month=3)[0].immature


def test_a_month_without_a_row_does_not_end_the_way_back():
    by_month = {1: {"open": 5}, 2: {}, 3: {"open": 5}, 4: {}, 5: {}, 6: {}}
    assert all(each.immature for each in with_maturity(by_month, last_month=6))


def test_a_period_that_ended_long_ago_has_no_young_month(year, street_workspace, chosen_of):
    question = ProfileQuestion(first=2020 * 12, last=2020 * 12 + 3)
    assert told_of(outcomes(chosen_of(street_workspace(year), question)))["immature_months"] == []


def test_attrition_leaves_young_months_out_and_every_stage_is_part_of_the_one_before(year, street_workspace, chosen_of):
    stages = told_of(outcomes(chosen_of(street_workspace(year))))["attrition"]
    # Seven months of 20 rows, and two rows more of which neither an outcome is known.
    assert [(each["stage"], each["count"]) for each in stages] == [
        ("recorded", 142),
        ("an outcome is known", 7 * 16),
        ("not closed for want of a suspect", 7 * 13),
        ("charged or summonsed", 14),
    ]
    assert stages[-1]["share"] == round(14 / 142, 3)
    assert "7 months" in stages[0]["denominator"]


def test_page_one_says_the_share_charged_by_both_denominators_from_figures(year, street_workspace, chosen_of):
    answer = outcomes(chosen_of(street_workspace(year)))
    values = {each.id: each for each in answer.figures}
    first = answer.findings[0]
    assert first.figure_ids == ("outcomes.mature.charged.of_all", "outcomes.mature.charged.of_known")
    assert [values[each].value for each in first.figure_ids] == [9.9, 12.5]
    assert "9.9%" in first.text
    assert "12.5%" in first.text
    assert first.confidence == "low"  # 30 of 142 rows have no outcome that is known


@pytest.mark.parametrize(("rows", "is_found"), [(19, False), (20, True)])
def test_a_percentage_of_fewer_than_twenty_rows_is_a_figure_and_no_finding(
    rows, is_found, street, street_workspace, chosen_of
):
    held = [*street("2020-01", rows, outcome=COURT), *street("2020-06", 1, outcome=OPEN)]
    answer = outcomes(chosen_of(street_workspace(held)))
    assert "outcomes.mature.charged.of_all" in {each.id for each in answer.figures}
    assert bool(answer.findings) is is_found


def test_a_charge_in_another_case_is_shown_apart_and_counts_as_a_charge_of_the_suspect(
    street, street_workspace, chosen_of
):
    label = "Suspect charged as part of another case"
    rows = [*street("2020-01", 6, outcome=label), *street("2020-01", 14, outcome=EVIDENTIAL), *street("2020-08", 1)]
    told = told_of(outcomes(chosen_of(street_workspace(rows))))
    assert {each["id"]: each["count"] for each in told["groups"]}["charge-elsewhere"] == 6
    assert told["attrition"][-1]["count"] == 6


def test_what_14_15_and_16_hide_is_said_where_open_data_hold_them(year, street_workspace, chosen_of):
    answer = outcomes(chosen_of(street_workspace(year)))
    assert "14, 15 and 16" in told_of(answer)["not_told_apart"]
    assert any("14, 15 and 16" in each for each in answer.cannot_say)


def test_a_source_without_outcomes_says_so(street, street_workspace, chosen_of):
    answer = outcomes(chosen_of(street_workspace(street("2020-01", 4))))
    told = told_of(answer)
    assert (told["available"], told["groups"], told["cohorts"]) == (False, [], [])
    assert told["why_not"]
    assert (answer.figures, answer.findings) == ((), ())
    assert answer.cannot_say


def test_the_order_of_rows_changes_nothing(year, street_workspace, chosen_of):
    shuffled = list(year)
    random.Random(5).shuffle(shuffled)  # noqa: S311
    assert outcomes(chosen_of(street_workspace(year))).told() == outcomes(chosen_of(street_workspace(shuffled))).told()


def test_every_group_of_every_table_has_its_words():
    for row in (*definitions.outcome_labels(), *definitions.outcome_words()):
        assert words_of(row["outcome_group"])
    labels = [" ".join(row["label"].split()).casefold() for row in definitions.outcome_words()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("label", "group"),
    [("16", "victim_not_supporting"), ("15", "victim_supporting"), ("0", "open"), (" charged ", "charge"), (None, "none"),
     ("Unable to prosecute suspect", "evidential"), ("Adult Arrest", "arrest"), ("purple", "not_in_list")],
)  # fmt: skip
def test_an_extract_s_own_words_and_codes_have_their_group(label, group):
    assert group_of(label, is_street=False) == group


def test_open_data_know_no_codes():
    assert group_of("16", is_street=True) == "not_in_list"


def test_in_the_made_up_extract_the_victim_s_support_is_a_stage_of_its_own(made_up, chosen_of):
    told = told_of(outcomes(chosen_of(made_up)))
    names = [each["stage"] for each in told["attrition"]]
    assert "not closed because the victim did not support action" in names
    counts = [each["count"] for each in told["attrition"]]
    assert counts == sorted(counts, reverse=True)
    assert told["not_told_apart"] is None


def test_no_count_of_an_extract_is_small_or_unrounded(made_up, chosen_of):
    told = told_of(outcomes(chosen_of(made_up)))
    counts = [each["count"] for each in told["groups"]] + [each["with_outcome"] for each in told["cohorts"]]
    counts += [each["count"] for each in told["attrition"][1:]]
    assert any(count is None for count in counts)
    assert all(count is None or (count >= 10 and count % 5 == 0) for count in counts)
    assert all(each["groups"] == {} for each in told["cohorts"])


def test_where_a_marked_count_stands_does_not_tell_how_large_it_is(extract_workspace, chosen_of):
    rows = [extract_row(at, outcome="Charged" if at < 4 else "No suspect identified") for at in range(37)]
    groups = told_of(outcomes(chosen_of(extract_workspace(rows))))["groups"]
    assert [(each["id"], each["count"]) for each in groups] == [("charge", None), ("no-suspect", None)]


def extract_row(number, *, reported="01/02/2026 10:00", outcome="Charged", day=""):
    return {
        "Crime Ref": f"M{number}", "Force": "Made-up Constabulary", "Reported": reported, "Committed From": reported,
        "Offence": "Assault with injury", "HO Code": "8N", "DA Flag": "N", "Online Flag": "N", "Victim Sex": "F",
        "Victim Age": "30", "Relationship": "Partner", "Premises": "Street", "Street": "Birch Close",
        "Easting": "559352", "Northing": "350674", "Outcome": outcome, "Outcome Date": day,
    }  # fmt: skip


def test_days_run_from_the_report_to_the_outcome_and_rows_without_one_are_counted(extract_workspace, chosen_of):
    rows = [extract_row(each, day=f"{each + 2:02d}/02/2026") for each in range(11)]  # 1 to 11 days
    rows += [extract_row(20 + each, outcome="Under investigation") for each in range(12)]
    days = told_of(outcomes(chosen_of(extract_workspace(rows))))["days"]
    assert (days["median"], days["lower_quartile"], days["upper_quartile"]) == (6, 3.5, 8.5)
    assert (days["known"], days["unknown"], days["backwards"]) == (10, 10, None)
    assert days["begins"] == "the report"


def test_an_outcome_before_its_report_is_no_day(extract_workspace, chosen_of):
    rows = [extract_row(each, day="11/02/2026") for each in range(10)]
    rows += [extract_row(20 + each, day="01/01/2026") for each in range(15)]
    days = told_of(outcomes(chosen_of(extract_workspace(rows))))["days"]
    assert (days["median"], days["known"], days["unknown"], days["backwards"]) == (10, 10, 15, 15)


def test_of_fewer_than_ten_days_no_median_is_told(extract_workspace, chosen_of):
    rows = [extract_row(each, day="11/02/2026") for each in range(9)]
    days = told_of(outcomes(chosen_of(extract_workspace(rows))))["days"]
    assert (days["median"], days["known"]) == (None, None)
    assert "Too few" in days["words"]


def test_stages_of_no_month_are_none():
    assert stages_of([]) == ()


def test_an_outcome_on_the_day_of_the_report_took_no_day(extract_workspace, chosen_of):
    rows = [extract_row(at, day="01/02/2026" if at < 6 else "04/02/2026") for at in range(12)]
    days = told_of(outcomes(chosen_of(extract_workspace(rows))))["days"]
    assert (days["median"], days["lower_quartile"], days["upper_quartile"], days["known"]) == (1.5, 0.0, 3.0, 10)


def test_outcomes_stand_before_what_is_none_and_the_most_frequent_first(year, street_workspace, chosen_of):
    groups = told_of(outcomes(chosen_of(street_workspace(year))))["groups"]
    assert [(each["id"], each["count"]) for each in groups][:3] == [
        ("evidential", 81),
        ("no-suspect", 33),
        ("charge", 22),
    ]
    assert [each["is_outcome"] for each in groups] == sorted((each["is_outcome"] for each in groups), reverse=True)
