"""Harm: count and days side by side, unknown where no weight is known, never called the Cambridge index without its workbook."""

from __future__ import annotations

import json
import random

import jsonschema
import pytest

from lamplighter import definitions
from lamplighter.sources.harm_workbook import HarmEntry, HarmWorkbook
from lamplighter.studies.incidents.harm import harm
from lamplighter.studies.incidents.harm_at_points import harm_at_points
from lamplighter.studies.incidents.harm_weights import harm_group_of, offence_code_key, weights_of
from lamplighter.studies.incidents.question import ProfileQuestion


def told_of(answer):
    told = answer.told()
    jsonschema.validate(told, json.loads(definitions.text_of("profile_schema/harm.json")))
    return told


def row(number, offence="Assault with injury", code="8N", *, east=559352, north=350674, reported="01/02/2026 10:00"):
    return {
        "Crime Ref": f"M{number}", "Force": "Made-up Constabulary", "Reported": reported, "Committed From": reported,
        "Offence": offence, "HO Code": code, "DA Flag": "N", "Online Flag": "N", "Victim Sex": "F", "Victim Age": "30",
        "Relationship": "Stranger", "Premises": "Street", "Street": "Birch Close", "Easting": str(east),
        "Northing": str(north), "Outcome": "Charged", "Outcome Date": "03/02/2026",
    }  # fmt: skip


def rows_of(*kinds):
    """`(how many, offence, code)` → rows."""
    return [
        row(f"{at}-{number}", offence, code)
        for at, (times, offence, code) in enumerate(kinds)
        for number in range(times)
    ]


@pytest.fixture(scope="session")
def mixed(extract_workspace):
    """20 assaults with injury, 30 of stalking, 10 of an offence that no list knows."""
    return extract_workspace(
        rows_of((20, "Assault with injury", "8N"), (30, "Stalking", "8Q"), (10, "Singing out of tune", "999Z"))
    )


def every(*offences):
    return ProfileQuestion(offences=offences)


ALL = every("Assault with injury", "Stalking", "Singing out of tune")


@pytest.fixture(scope="session")
def workbook():
    def entry(code, title, group, days):
        return HarmEntry(code=code, title=title, group=group, days=days)

    return HarmWorkbook(
        file_name="index.xlsx",
        sha256="ab" * 32,
        sheet="CCHI 2026 values sheet",
        rows_read=5,
        entries=(
            entry("008/06", "Actual bodily harm", "VIOLENCE WITH INJURY", 20.0),
            entry("005/01", "Wounding", "VIOLENCE WITH INJURY", 1460.0),
            entry("008/01", "Grievous bodily harm", "VIOLENCE WITH INJURY", 1000.0),
            entry("008/54", "Stalking", "STALKING AND HARASSMENT", 12.0),
            entry(None, "Nobody knows its code", "A GROUP THAT NOBODY KNOWS", 9.0),
        ),
        left_out={},
    )


def test_count_and_harm_stand_side_by_side_with_a_band_and_most_harm_is_not_most_rows(mixed, chosen_of):
    told = told_of(harm(chosen_of(mixed, ALL)))
    first, second, third = told["by_offence"]
    assert (first["offence"], first["rows"], first["harm"]) == ("Assault with injury", 20, 20 * 365)
    assert (first["low"], first["high"]) == (20 * 2, 20 * 4380)
    assert (second["offence"], second["rows"], second["harm"]) == ("Stalking", 30, 300)
    assert (third["rows"], third["harm"], third["days"]) == (10, None, None)
    assert told["total"] == 7600
    assert first["share_of_harm"] == round(7300 / 7600, 3)


def test_a_row_without_a_weight_is_counted_and_is_in_no_total(mixed, chosen_of):
    told = told_of(harm(chosen_of(mixed, ALL)))
    assert (told["rows"], told["rows_without_weight"]) == (60, 10)


def test_without_the_workbook_the_weights_are_secondary_and_not_the_cambridge_index(mixed, chosen_of):
    told = told_of(harm(chosen_of(mixed, ALL)))
    assert told["name"] == "Days by group of offences, not the Cambridge Crime Harm Index"
    assert (told["status"], told["workbook_sha256"]) == ("secondary", None)
    assert {each["group"] for each in told["weights"]} == {"stalking_harassment", "violence_with_injury"}


def test_a_loaded_workbook_names_itself_with_its_digest_and_weighs_groups_by_its_median(mixed, workbook, chosen_of):
    told = told_of(harm(chosen_of(mixed, ALL), loaded=workbook))
    assert told["name"].startswith("Cambridge Crime Harm Index (index.xlsx")
    assert told["workbook_sha256"] == "ab" * 32
    assert "not checked" in told["status"]
    days = {each["offence"]: (each["days"], each["how"]) for each in told["by_offence"]}
    assert days["Assault with injury"] == (1000, "median of its group")
    assert days["Stalking"] == (12, "median of its group")


def test_a_whole_classification_finds_its_own_entry_and_else_nothing(workbook):
    weights = weights_of(workbook)
    _, own = weights.of(code="00806", offence="ABH")
    assert own is not None
    assert (own.days, own.how) == (20, "its own entry")
    assert weights.of(code="008/99", offence="Something else") == (None, None)
    assert weights.of(code="19C", offence=None) == (
        "rape",
        None,
    )  # the workbook has no rape: unknown, and not the shipped one


@pytest.mark.parametrize(
    ("code", "key"),
    [("008/06", "8/06"), ("00806", "8/06"), (" 8/6 ", "8/06"), ("8n", "8N"), ("008N", "8N"), ("105A", "105A"), ("4.10", "4.10"),
     ("4.1", "4.1"), ("10501", "105/01"), ("806", "806"), ("", None), (None, None)],
)  # fmt: skip
def test_one_code_written_in_several_ways_is_one_code_and_two_never_become_one(code, key):
    assert offence_code_key(code) == key


def test_a_text_decides_only_where_no_code_does():
    assert harm_group_of(code="19C", offence="Assault with injury") == "rape"
    assert harm_group_of(code=None, offence="assault  with injury") == "violence_with_injury"
    assert harm_group_of(code=None, offence="Assault with injury, says he") is None


def test_in_one_category_of_open_data_harm_adds_nothing_and_says_so(street, street_workspace, chosen_of):
    answer = harm(chosen_of(street_workspace(street("2020-01", 12))))
    told = told_of(answer)
    assert (told["available"], told["adds_nothing"], told["by_offence"], told["weights"]) == (True, True, [], [])
    assert "the count times a constant" in told["words"]
    assert answer.figures == ()
    assert answer.cannot_say


def test_several_categories_of_open_data_have_no_weight(street, street_workspace, chosen_of):
    rows = [*street("2020-01", 12), *street("2020-01", 5, offence="Robbery")]
    question = ProfileQuestion(offences=("Violence and sexual offences", "Robbery"))
    told = told_of(harm(chosen_of(street_workspace(rows), question)))
    assert (told["available"], told["total"]) == (False, None)
    assert told["why_not"]


def test_where_every_offence_weighs_the_same_harm_adds_nothing(extract_workspace, chosen_of):
    workspace = extract_workspace(rows_of((20, "Stalking", "8Q"), (15, "Harassment", "8L")))
    chosen = chosen_of(workspace, every("Stalking", "Harassment"))
    assert told_of(harm(chosen))["adds_nothing"]
    assert "count times a constant. Ask for several offences" in harm_at_points(chosen).why_not


def test_an_offence_with_few_rows_is_marked_and_no_total_gives_it_away(extract_workspace, chosen_of):
    kinds = [(40, "Stalking", "8Q"), (33, "Assault with injury", "8N"), (1, "Rape of a female", "19C")]
    told = told_of(harm(chosen_of(extract_workspace(rows_of(*kinds)), every(*(each[1] for each in kinds)))))
    by = {each["offence"]: each for each in told["by_offence"]}
    assert (by["Rape of a female"]["rows"], by["Rape of a female"]["harm"]) == (None, None)
    # 74 rows less two rounded counts would leave 0 or 1: another count is withheld with it.
    assert sum(each["rows"] is None for each in told["by_offence"]) >= 2
    shown = sum(each["harm"] for each in told["by_offence"] if each["harm"] is not None)
    assert told["total"] in (None, shown)


def test_codes_of_another_country_are_not_read_as_ours(extract_workspace, chosen_of):
    mapping = """
lamplighter_mapping = 1
force = "Elsewhere Police Department"
month_by = "reported"
[columns]
reference = "Ref"
reported = "Reported"
offence = "Offence"
offence_code = "Code"
lon = "Lon"
lat = "Lat"
[dates]
reported = "%d/%m/%Y %H:%M"
[ground]
crs = "EPSG:4326"
metres = "EPSG:32611"
"""
    rows = [{"Ref": f"R{each}", "Reported": "01/02/2026 10:00", "Offence": "Traffic", "Code": "8N", "Lon": "-118.3",
             "Lat": "34.0"} for each in range(12)]  # fmt: skip
    chosen = chosen_of(extract_workspace(rows, mapping=mapping))
    told = told_of(harm(chosen))
    assert (told["available"], told["by_offence"]) == (False, [])
    assert "England and Wales" in told["why_not"]
    assert "these rows lie elsewhere. Leave out --weigh-by" in harm_at_points(chosen).why_not


def test_harm_of_a_point_is_the_sum_of_its_last_twelve_months(extract_workspace, chosen_of):
    rows = [
        row("a", "Assault with injury", "8N", east=559352),
        row("b", "Stalking", "8Q", east=559352),
        row("c", "Stalking", "8Q", east=560000),
        *(
            row(f"m{month}", "Stalking", "8Q", east=561000, reported=f"01/{month:02d}/2025 10:00")
            for month in range(1, 13)
        ),
    ]
    found = harm_at_points(chosen_of(extract_workspace(rows), every("Assault with injury", "Stalking")))
    # February 2026 and the eleven months before it of 2025: January and the first of the twelve fall out.
    assert {point: each.sum() for point, each in found.days.items()} == {
        (559352, 350674): 375.0, (560000, 350674): 10.0, (561000, 350674): 110.0,
    }  # fmt: skip
    assert [list(each) for each in found.days.values()] == [[0] * 11 + [375], [0] * 11 + [10], [10] * 11 + [0]]
    # One crime of 365 days and 13 of 10: (365² + 13 · 10²) / (365 + 13 · 10).
    assert found.average == pytest.approx(134_525 / 495)


def test_where_more_than_a_tenth_of_the_rows_has_no_weight_places_are_told_none_and_how_to_mend_it(mixed, chosen_of):
    found = harm_at_points(chosen_of(mixed, ALL))
    assert "nine tenths" in found.why_not
    assert "offence_code" in found.why_not
    assert not found.days


def test_the_order_of_rows_changes_nothing(extract_workspace, chosen_of):
    rows = rows_of((20, "Assault with injury", "8N"), (30, "Stalking", "8Q"), (10, "Singing out of tune", "999Z"))
    shuffled = list(rows)
    random.Random(7).shuffle(shuffled)  # noqa: S311
    one, other = (harm(chosen_of(extract_workspace(each), ALL)).told() for each in (rows, shuffled))
    assert one == other


def test_every_figure_is_found_in_the_section(mixed, chosen_of):
    answer = harm(chosen_of(mixed, ALL))
    values = {each.id: each.value for each in answer.figures}
    assert values == {"harm.total": 7600, "harm.8n-assault-with-injury": 7300, "harm.8q-stalking": 300}


def test_every_subgroup_of_a_workbook_leads_to_a_group_that_has_weights():
    groups = {each["harm_group"] for each in definitions.harm_weights()}
    assert {each["harm_group"] for each in definitions.harm_subgroups()} <= groups


@pytest.mark.parametrize(("unknown", "is_told"), [(2, True), (3, False)])
def test_nine_tenths_of_the_rows_with_a_weight_are_enough_for_harm_of_places(
    extract_workspace, chosen_of, unknown, is_told
):
    rows = rows_of((9, "Assault with injury", "8N"), (9, "Stalking", "8Q"), (unknown, "Singing out of tune", "999Z"))
    assert (harm_at_points(chosen_of(extract_workspace(rows), ALL)).why_not is None) is is_told


def test_rows_at_home_weigh_nothing_at_the_points_of_places(extract_workspace, chosen_of):
    rows = [*rows_of((9, "Assault with injury", "8N"), (9, "Stalking", "8Q"))]
    asked = every("Assault with injury", "Stalking")
    alone = harm_at_points(chosen_of(extract_workspace(rows), asked)).days
    at_home = [each | {"Crime Ref": f"H{at}", "Premises": "Dwelling"} for at, each in enumerate(rows)]
    beside = harm_at_points(chosen_of(extract_workspace([*rows, *at_home]), asked)).days
    assert {at: days.tolist() for at, days in beside.items()} == {at: days.tolist() for at, days in alone.items()}


@pytest.mark.parametrize(("abroad", "is_told"), [(18, True), (19, False)])
def test_where_half_of_the_located_rows_lie_in_england_and_wales_their_weights_hold(
    extract_workspace, chosen_of, abroad, is_told
):
    mapping = """
lamplighter_mapping = 1
force = "Norshire Police"
month_by = "reported"
[columns]
reported = "Reported"
offence = "Offence"
offence_code = "HO Code"
lon = "Lon"
lat = "Lat"
[dates]
reported = "%d/%m/%Y"
[ground]
crs = "EPSG:4326"
metres = "EPSG:32630"
within = [-10.0, 49.0, 10.0, 60.0]
"""
    rows = [
        {"Reported": "01/02/2026", "Offence": offence, "HO Code": code, "Lon": lon, "Lat": "51.5"}
        for times, lon in ((18, "-1.0"), (abroad, "5.0"))
        for at in range(times)
        for offence, code in [(("Assault with injury", "8N"), ("Stalking", "8Q"))[at % 2]]
    ]
    chosen = chosen_of(extract_workspace(rows, mapping=mapping), every("Assault with injury", "Stalking"))
    assert harm(chosen).told()["available"] is is_told
