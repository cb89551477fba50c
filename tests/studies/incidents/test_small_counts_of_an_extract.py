"""What an extract's profile tells of homes beside exact counts of places: nothing that subtraction turns into a small count."""

from __future__ import annotations

import json
import re

import pytest

from lamplighter.studies.incidents.place_kinds import settings_told
from lamplighter.studies.incidents.places_told import places
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.studies.incidents.time_of_week import time_of_week
from lamplighter.studies.incidents.victims_of import victims_of

APART = ("home", "online")


@pytest.fixture
def made_up_places(made_up, chosen_of):
    chosen = chosen_of(made_up)
    return chosen, places(chosen, with_false_calls=False)


def test_no_small_count_of_homes_stands_at_a_place(made_up_places):
    _, answer = made_up_places
    true = {each.id: each.settings for each in answer.found.shown}
    told = {each["id"]: each["settings"] for each in answer.told()["places"]}
    assert any(0 < true[each]["home"] < 10 for each in told)  # there is something to hide
    for each, settings in told.items():
        for name in APART:
            assert settings[name] is None or settings[name] == 5 * round(true[each][name] / 5) >= 10
        assert (settings["public"], settings["unknown"]) == (true[each]["public"], true[each]["unknown"])


def test_why_a_place_is_of_its_kind_gives_no_count_to_subtract_from(made_up_places):
    _, answer = made_up_places
    for each in answer.told()["places"]:
        assert not re.search(r"\d", each["kind_because"])


def test_street_data_still_say_of_how_many_rows(doncaster, chosen_of):
    answer = places(chosen_of(doncaster), with_false_calls=False)
    assert any(re.search(r"\d+ of the \d+ rows", each["kind_because"]) for each in answer.told()["places"])
    assert answer.told()["kinds"]["small_counts"] is None


def test_rows_by_setting_are_those_of_the_victims_table(made_up_places):
    chosen, answer = made_up_places
    kinds = answer.told()["kinds"]
    victims = victims_of(chosen).told()["by_setting"]
    assert kinds["settings"] == {name: each["count"] for name, each in victims.items()}
    assert (kinds["settings"]["public"], kinds["settings"]["unknown"]) == (530, 75)
    by_kind = {each["kind"]: each["rows"] for each in kinds["rows_by_kind"]}
    assert (by_kind["home"], by_kind["online"]) == (kinds["settings"]["home"], kinds["settings"]["online"])
    figures = {each.id: each.value for each in answer.figures}
    assert figures.get("kinds.online.rows") == kinds["settings"]["online"]
    assert figures["kinds.nightclub.rows"] == 141


def test_a_facility_counts_no_row_online_or_at_home(made_up_places):
    chosen, answer = made_up_places
    facilities = {each["kind"]: each["rows"] for each in answer.told()["kinds"]["risky_facilities"]}
    rows = {each["kind"]: each["rows"] for each in answer.told()["kinds"]["rows_by_kind"]}
    for kind, count in facilities.items():
        assert count <= rows[kind]
        assert count == chosen.number("select count(*) from asked where ranked and place_kind = $kind", {"kind": kind})


@pytest.mark.parametrize(("rows", "told"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15)])
def test_homes_at_a_place_are_told_by_the_rule(rows, told):
    settings = {"public": 3, "home": rows, "online": 0, "unknown": 1}
    assert settings_told(settings, never=("online",), is_street=False) == settings | {"home": told}
    assert settings_told(settings, never=(), is_street=True) == settings


def test_hours_at_home_are_not_drawn_of_a_few_hundred_rows(made_up, chosen_of):
    by_setting = time_of_week(chosen_of(made_up)).told()["by_setting"]
    assert by_setting["home"] is by_setting["online"] is None  # 264 rows: a share of 0.4% would be one row
    assert {share % 1 for day in by_setting["public"] for share in day} == {0}


def test_what_is_known_of_places_leaves_every_mark_of_the_victims_table_open(made_up, chosen_of):
    """The exact rows in public and unknown are in the attack that the marks withstand: checked by another one, by counting."""
    from scipy.optimize import linprog

    section = victims_of(chosen_of(made_up)).told()
    table = section["by_relationship_setting"]
    settings = list(section["by_setting"])
    alone = [each for each in table if each != "known"]
    cells = [(each, setting) for each in alone for setting in settings]
    at = {cell: number for number, cell in enumerate(cells)}
    upper: list[tuple[list[int], float]] = []

    def between(parts: list[int], told: dict[str, object]) -> None:
        low, high = _bounds(told)
        upper.append(([-1 if number in parts else 0 for number in range(len(cells))], -low))
        if high is not None:
            upper.append(([1 if number in parts else 0 for number in range(len(cells))], high))

    for relationship, ways in table.items():
        parts = (
            [each for each in alone if each not in ("stranger", "unknown")]
            if relationship == "known"
            else [relationship]
        )
        for setting, told in ways.items():
            between([at[each, setting] for each in parts], told)
        whole = section["by_relationship"][relationship]
        between([at[each, s] for each in parts for s in settings], whole | {"exact": relationship == "unknown"})
    for setting, told in section["by_setting"].items():
        between([at[each, setting] for each in alone], told | {"exact": setting in ("public", "unknown")})
    between(list(range(len(cells))), {"count": section["rows"], "exact": True})
    marked = [cell for cell in cells if table[cell[0]][cell[1]]["shown"] == "under 10"]
    assert marked
    for cell in marked:
        ends = []
        for sign in (1, -1):
            aim = [sign if number == at[cell] else 0 for number in range(len(cells))]
            found = linprog(aim, A_ub=[each for each, _ in upper], b_ub=[each for _, each in upper], method="highs")
            ends.append(round(sign * found.fun, 6))
        assert ends == [0, 9], (cell, json.dumps(table[cell[0]][cell[1]]))


def _bounds(told) -> tuple[float, float | None]:
    count = told["count"]
    if count is None:
        return (0, 9) if told["shown"] == "under 10" else (10, None)
    if told.get("exact"):
        return count, count
    return max(10, count - 2), count + 2


def test_where_the_source_never_says_online_its_rows_are_nought(extract_workspace, chosen_of):
    header = {"Force": "Norshire Police", "Offence": "Stalking", "HO Code": "8Q", "DA Flag": "N", "Online Flag": "N"}
    rows = [
        {**header, "Crime Ref": f"r{at}", "Reported": "01/02/2026 10:00", "Committed From": "01/02/2026 09:00",
         "Premises": "Dwelling" if at < 4 else "Street", "Easting": "559352", "Northing": "350674", "Street": "Kelp Row"}
        for at in range(40)
    ]  # fmt: skip
    chosen = chosen_of(extract_workspace(rows), ProfileQuestion(victims="all", places=1, chosen_places=2))
    told = places(chosen, with_false_calls=False).told()
    assert told["kinds"]["settings"] == {"public": 36, "home": None, "online": 0, "unknown": 0}
    assert told["places"][0]["settings"] == {"public": 36, "home": None, "online": 0, "unknown": 0}
