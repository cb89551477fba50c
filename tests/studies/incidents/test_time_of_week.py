"""When in the week: rows whose hours can be counted on fingers, and what a source without hours is told."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import jsonschema
import pytest

from lamplighter.methods.aoristic import hour_weights
from lamplighter.schema import brief_words
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.studies.incidents.time_of_week import best_windows, hour_words, time_of_week

SCHEMA = json.loads((files("lamplighter.definitions") / "profile_schema" / "time.json").read_text(encoding="utf-8"))
MONDAY, FRIDAY, SATURDAY = "01/01/2024", "05/01/2024", "06/01/2024"
WEEK, HOUR = 7 * 24 * 60, 60
FIRST_MONDAY = 4 * 24 * 60  # in minutes since 1970-01-01


def row(
    start: str,
    end: str = "",
    *,
    premises: str = "Street",
    sex: str = "F",
    street: str = "Acre Lane",
    at=(553000, 343000),
):
    return {
        "Crime Ref": f"{start}{end}{premises}", "Force": "Northam Police", "Reported": "31/01/2024 12:00",
        "Committed From": start, "Committed To": end, "Offence": "Stalking", "HO Code": "8/71", "DA Flag": "N",
        "Online Flag": "N", "Victim Sex": sex, "Victim Age": "24", "Relationship": "Stranger", "Premises": premises,
        "Street": street, "Easting": str(at[0]), "Northing": str(at[1]), "Outcome": "", "Outcome Date": "",
    }  # fmt: skip


def told(answer):
    section = answer.told()
    jsonschema.validate(section, SCHEMA)
    return section


def test_a_row_is_shared_out_over_the_hours_of_its_window(extract_workspace, chosen_of):
    # Monday 01:00 to 02:30: two thirds in the first hour, one third in the second.
    section = told(time_of_week(chosen_of(extract_workspace([row(f"{MONDAY} 01:00", f"{MONDAY} 02:30")]))))
    assert section["hours"][0][1:3] == [0.67, 0.33]
    assert sum(map(sum, section["hours"])) == pytest.approx(1)
    assert (section["counted"], section["within_one_hour"]) == (1, 0)


def test_the_whole_hour_method_is_an_option_that_is_named(extract_workspace, chosen_of):
    chosen = chosen_of(extract_workspace([row(f"{MONDAY} 01:00", f"{MONDAY} 02:30")]))
    section = told(time_of_week(chosen, spread="whole_hour"))
    assert section["hours"][0][1:3] == [0.5, 0.5]
    assert section["spread"] == "whole_hour"
    assert "whole hours" in section["spread_words"]


def test_street_data_are_told_no_with_the_reason(street_workspace, street, chosen_of):
    answer = time_of_week(chosen_of(street_workspace(street("2020-01", 3))))
    section = told(answer)
    assert (section["available"], section["hours"], section["windows"]) == (False, None, [])
    assert "the month of a crime and no day or hour" in section["why_not"]
    assert answer.figures == answer.findings == ()
    assert len(answer.cannot_say) == 1


def test_days_without_a_single_hour_are_no_hours(extract_workspace, chosen_of):
    section = told(time_of_week(chosen_of(extract_workspace([row(f"{MONDAY} 00:00"), row(f"{FRIDAY} 00:00")]))))
    assert section["available"] is False
    assert "the day and no hour" in section["why_not"]


def test_a_day_without_a_time_is_spread_over_its_day_and_is_no_spike_at_midnight(extract_workspace, chosen_of):
    section = told(
        time_of_week(
            chosen_of(extract_workspace([row(f"{MONDAY} 00:00"), row(f"{FRIDAY} 12:00"), row(f"{FRIDAY} 13:07")]))
        )
    )
    assert section["spikes"] == {
        "of": 2, "midnight": 0, "noon": 1, "on_the_hour": 1, "on_the_hour_share": 0.5, "day_only": 1,
    }  # fmt: skip
    assert section["hours"][0] == [0.04] * 24
    assert any("full hour" in each for each in section["cannot"])


def test_the_window_with_most_rows_in_an_hour_comes_first_and_the_second_shares_no_hour_with_it():
    # 40 rows on Friday and Saturday at 23:00, 30 on Monday at 17:00, 30 on Tuesday at 17:00: 40/8 an hour, then 60/16.
    friday = [FIRST_MONDAY + 4 * 24 * HOUR + 23 * HOUR + 24 * HOUR * (n % 2) for n in range(40)]
    weekdays = [FIRST_MONDAY + 17 * HOUR + 24 * HOUR * (n % 2) for n in range(60)]
    start = [*friday, *weekdays]
    first, second = best_windows(hour_weights(start, [float("nan")] * 100), rounds=False)
    assert (first.days, first.share, first.rows, first.week_share) == ("Friday and Saturday", 0.4, 40, 0.048)
    assert (second.days, second.share, second.rows, second.week_share) == ("Monday to Thursday", 0.6, 60, 0.095)
    # Of the windows that hold all of them, the one that begins earliest: 20 to 24, and 14 to 18.
    assert (first.from_hour, first.to_hour, second.from_hour, second.to_hour) == (20, 0, 14, 18)


def test_a_night_belongs_to_the_day_on_which_it_begins():
    # Sunday, 01:00: part of Saturday's night.
    start = [FIRST_MONDAY + 6 * 24 * HOUR + HOUR] * 30 + [FIRST_MONDAY + 5 * 24 * HOUR + 23 * HOUR] * 30
    first = best_windows(hour_weights(start, [float("nan")] * 60), rounds=False)[0]
    assert (first.days, first.from_hour, first.to_hour, first.share) == ("Friday and Saturday", 22, 2, 1)


def test_fewer_than_thirty_rows_choose_no_window(extract_workspace, chosen_of):
    answer = time_of_week(chosen_of(extract_workspace([row(f"{FRIDAY} 23:{minute:02}") for minute in range(29)])))
    assert told(answer)["windows"] == []
    assert answer.findings == ()
    assert any("No window" in each for each in answer.cannot_say)


def test_windows_look_at_rows_in_public_only_where_the_source_tells(extract_workspace, chosen_of):
    rows = [row(f"{FRIDAY} 22:{minute:02}") for minute in range(1, 41)]
    rows += [row(f"{MONDAY} 09:{minute:02}", premises="Dwelling") for minute in range(1, 60)]
    rows += [row(f"{MONDAY} 10:{minute:02}", premises="Prison") for minute in range(1, 60)]
    section = told(time_of_week(chosen_of(extract_workspace(rows))))
    assert [(each["days"], each["share"], each["rows"]) for each in section["windows"]] == [
        ("Friday and Saturday", 1, 40)
    ]
    assert section["windows_of"] == "rows in public, at no institution"
    assert section["by_setting"] == {"public": None, "home": None, "online": None}  # of 40 rows and of 59


def test_hours_of_a_setting_are_told_no_finer_than_ten_rows(extract_workspace, chosen_of):
    rows = [row(f"{MONDAY} 09:{at % 60:02}", premises="Dwelling") for at in range(996)]
    rows += [row(f"{MONDAY} 10:{at:02}", premises="Dwelling") for at in range(4)]
    week = told(time_of_week(chosen_of(extract_workspace(rows))))["by_setting"]["home"]
    assert (week[0][9], week[0][10]) == (100, 0)


def test_places_are_ranked_by_day_and_by_night(extract_workspace, chosen_of):
    rows = [row(f"{FRIDAY} 22:{minute:02}", at=(553000, 343000)) for minute in range(3)]
    rows += [row(f"{FRIDAY} 12:{minute:02}", at=(553500, 343000)) for minute in range(1, 6)]
    rows += [row(f"{FRIDAY} 23:{minute:02}", at=(553500, 343000)) for minute in range(1)]
    rows += [row(f"{FRIDAY} 23:30", at=(554500, 343000))]  # at no place
    rows += [row(f"{FRIDAY} 18:00", f"{FRIDAY} 20:00", at=(553000, 343000))]  # half by day, half by night
    places = [
        {"id": "p1", "name": "Acre Lane", "members": [[553000, 343000, 4]]},
        {"id": "p2", "name": "Brook Street", "members": [[553500.4, 343000, 6]]},
    ]
    section = told(time_of_week(chosen_of(extract_workspace(rows)), places=places))
    assert [(each["id"], each["count"]) for each in section["day_places"]] == [("p2", 5)]
    assert [(each["id"], each["count"]) for each in section["night_places"]] == [("p1", 4), ("p2", 1)]


def test_the_planted_nights_are_the_first_window_of_the_made_up_extract(made_up, chosen_of):
    answer = time_of_week(chosen_of(made_up))
    first = answer.windows[0]
    assert (first.days, first.from_hour) in (("Friday and Saturday", 22), ("Friday and Saturday", 23))
    assert first.share >= 0.15
    assert first.rows % 5 == 0


def test_every_number_of_a_finding_is_a_figure(made_up, chosen_of):
    answer = time_of_week(chosen_of(made_up))
    (finding,) = answer.findings
    values = {brief_words(each.value) for each in answer.figures if each.id in finding.figure_ids}
    assert set(re.findall(r"\d+(?:\.\d+)?", finding.text)) <= values


def test_the_order_of_the_rows_changes_nothing(extract_workspace, chosen_of):
    rows = [row(f"{FRIDAY} 22:{minute:02}", f"{SATURDAY} 02:10") for minute in range(40)]
    answers = [told(time_of_week(chosen_of(extract_workspace(each), ProfileQuestion()))) for each in (rows, rows[::-1])]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "midnight"), (2, "two at night"), (5, "five in the morning"), (12, "noon"), (17, "five in the afternoon"),
     (22, "ten in the evening")],
)  # fmt: skip
def test_hours_are_written_in_words(hour, words):
    assert hour_words(hour) == words


def test_thirty_rows_choose_a_window(extract_workspace, chosen_of):
    answer = time_of_week(chosen_of(extract_workspace([row(f"{FRIDAY} 23:{minute:02}") for minute in range(30)])))
    assert [each.days for each in answer.windows] == ["Friday and Saturday"]


def test_rows_at_an_institution_choose_no_window_where_the_source_tells_no_setting(extract_workspace, chosen_of):
    rows = [row(f"{FRIDAY} 23:{at:02}", premises="", street="Prison") for at in range(40)]
    rows += [row(f"{MONDAY} 09:{at:02}", premises="") for at in range(35)]
    section = told(time_of_week(chosen_of(extract_workspace(rows))))
    assert section["windows_of"] == "rows at no institution; the source tells no setting"
    assert [each["days"] for each in section["windows"]] == ["Monday to Thursday"]


def test_a_place_s_rows_without_a_time_are_neither_of_the_day_nor_of_the_night(extract_workspace, chosen_of):
    members = [[553000, 343000]]
    rows = [row(f"{MONDAY} 09:10"), row(f"{MONDAY} 23:10"), row(f"{MONDAY} 23:20"), row("", street="Acre Lane")]
    # Rows that are not ranked stand before these in the order of the table, and by night: they are counted nowhere.
    rows += [row(f"{MONDAY} 03:{at:02}", premises="Dwelling") for at in range(5)]
    places = [{"id": "p1", "name": "Acre Lane", "members": members}]
    section = told(time_of_week(chosen_of(extract_workspace(rows)), places=places))
    counted = [[each["count"] for each in section[name]] for name in ("day_places", "night_places")]
    assert counted == [[1], [2]]
