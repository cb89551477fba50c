"""Scope: what the source holds by month, what is missing, and what it can't say."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import jsonschema
import pytest

from lamplighter import definitions
from lamplighter.studies.coverage import coverage
from lamplighter.studies.incidents.question import Polygon, ProfileQuestion
from lamplighter.studies.incidents.scope import scope
from lamplighter.workspace import Workspace, import_extract

ROWS_OF_EXTRACT = [
    {"Crime Ref": "1", "Force": "Norshire Police", "Reported": "01/09/2024 15:20", "Offence": "Assault", "Victim Sex": "F",
     "Committed From": "01/09/2024 15:00", "Easting": "559352", "Northing": "350674", "Victim Age": "30"},
    {"Crime Ref": "2", "Force": "Norshire Police", "Reported": "02/09/2024 15:20", "Offence": "Assault", "Victim Sex": "F",
     "Committed From": "02/09/2024 15:00", "Easting": "559352", "Northing": "350674"},
    {"Crime Ref": "3", "Force": "Norshire Police", "Reported": "03/09/2024 15:20", "Offence": "Assault", "Victim Sex": "U",
     "Committed From": "03/09/2024 15:00"},
    {"Crime Ref": "4", "Force": "Norshire Police", "Reported": "03/09/2024 15:20", "Offence": "Assault", "Victim Sex": "M",
     "Committed From": "03/09/2024 15:00"},
]  # fmt: skip


@pytest.fixture(scope="session")
def norshire(street, street_workspace):
    """January: 3 violent rows with a point in Northam, 1 without; 2 of anti-social behaviour. February is missing. March: 1."""
    return street_workspace(
        [
            *street("2020-01", 3, reference=""),
            *street("2020-01", 1, at=None),
            *street("2020-01", 2, offence="Anti-social behaviour"),
            *street("2020-03", 1),
        ]
    )


def test_the_rows_of_a_force_are_all_of_them_and_those_of_a_district_only_the_located(norshire, chosen_of):
    force = scope(chosen_of(norshire), norshire)
    assert (force.rows_of_question, force.located_of_question) == (5, 4)
    assert force.heading == "Norshire Police: all its rows, with a point or without."
    northam = scope(chosen_of(norshire, ProfileQuestion(area="Northam")), norshire)
    assert (northam.rows_of_question, northam.located_of_question) == (4, 4)


def test_a_smaller_area_says_that_it_has_located_rows_only_and_how_the_force_s_share_moved(norshire, chosen_of):
    heading = scope(chosen_of(norshire, ProfileQuestion(area="Northam")), norshire).heading
    assert heading.startswith("Northam: only rows with a point.")
    assert "75% (January 2020) to 100% (March 2020)" in heading


def test_a_drawn_area_counts_the_rows_inside_it(street, street_workspace, chosen_of):
    import shapely

    workspace = street_workspace([*street("2020-01", 3), *street("2020-01", 2, at=(2000, 0))])
    around = Polygon(name="Around A Road", outline=shapely.box(-1.455, 53.545, -1.445, 53.555))
    answer = scope(chosen_of(workspace, ProfileQuestion(area=around)), workspace)
    assert (answer.rows_of_question, answer.ledger.rows_live) == (3, 5)
    assert answer.heading.startswith("Around A Road: only rows with a point.")


def test_each_month_has_its_rows_its_located_rows_and_those_of_the_question(norshire, chosen_of):
    told = scope(chosen_of(norshire), norshire).told()
    assert told["by_month"] == [
        {
            "month": "2020-01",
            "rows": 6,
            "located": 5,
            "located_share": 0.8333,
            "offence_located_share": 0.75,
            "of_question": 4,
        },
        {
            "month": "2020-03",
            "rows": 1,
            "located": 1,
            "located_share": 1.0,
            "offence_located_share": 1.0,
            "of_question": 1,
        },
    ]
    assert told["months_missing"] == told["months_missing_in_period"] == ["2020-02"]


def test_a_month_outside_the_period_was_not_asked_about_and_is_no_zero(norshire, chosen_of):
    chosen = chosen_of(norshire, ProfileQuestion(first=2020 * 12 + 2, last=2020 * 12 + 2))
    told = scope(chosen, norshire).told()
    assert [each["of_question"] for each in told["by_month"]] == [None, 1]
    assert told["months_missing_in_period"] == []


def test_anti_social_behaviour_is_counted_apart(norshire, chosen_of):
    told = scope(chosen_of(norshire), norshire).told()
    assert (told["rows_of_force"], told["asb_rows"], told["rows_of_question"]) == (7, 2, 5)
    assert "Anti-social behaviour as crime: its 2 rows of the force are never added to crime." in (
        scope(chosen_of(norshire), norshire).cannot_say
    )


def test_rows_far_off_are_counted_by_district_and_shown(street, street_workspace, chosen_of):
    workspace = street_workspace(
        [
            *street("2020-01", 300),
            *street("2020-01", 2, lsoa="Cornwall 003B"),
            *street("2020-01", 1, lsoa="North East Derbyshire 001A"),
        ]
    )
    told = scope(chosen_of(workspace), workspace).told()
    assert told["off_ground"]["rows"] == 3
    assert told["off_ground"]["districts"] == [
        {"name": "Cornwall", "rows": 2},
        {"name": "North East Derbyshire", "rows": 1},
    ]


def test_a_month_with_a_part_of_its_rows_is_named(street, street_workspace, chosen_of):
    rows = [row for month in range(1, 8) for row in street(f"2020-{month:02d}", 5 if month == 4 else 20)]
    workspace = street_workspace(rows)
    answer = scope(chosen_of(workspace), workspace)
    assert answer.told()["months_partial_in_period"] == ["2020-04"]
    assert any("April 2020" in each and "a part" in each for each in answer.cannot_say)


def test_street_data_say_at_least_six_things_that_they_can_t_tell(norshire, chosen_of):
    said = " ".join(scope(chosen_of(norshire), norshire).cannot_say)
    for words in (
        "victim's sex",
        "domestic abuse",
        "hour",
        "map points",
        "under one heading",
        "labels",
        "February 2020",
    ):
        assert words in said


def test_violence_and_sexual_offences_are_not_told_to_be_mixed_where_only_robbery_is_asked(
    street, street_workspace, chosen_of
):
    workspace = street_workspace([*street("2020-01", 2), *street("2020-01", 2, offence="Robbery")])
    said = scope(chosen_of(workspace, ProfileQuestion(offences=("Robbery",))), workspace).cannot_say
    assert not any("under one heading" in each for each in said)


def test_an_extract_says_by_what_is_in_fact_unknown(extract_workspace, chosen_of):
    workspace = extract_workspace(ROWS_OF_EXTRACT)
    answer = scope(chosen_of(workspace, ProfileQuestion(victims="female")), workspace)
    assert "The victim's age of 1 of 2 rows (50%): it is unknown there." in answer.cannot_say
    assert "The relationship of victim and suspect: no row of the question tells it." in answer.cannot_say
    assert any(
        each.startswith("Whether the victim was a woman or girl in 1 of 4 rows (25%)") for each in answer.cannot_say
    )
    assert len(answer.cannot_say) >= 6
    assert not any("hour" in each for each in answer.cannot_say)
    assert not any("time until" in each for each in answer.cannot_say), "no time until may mean that the other is exact"
    known = {each["field"]: (each["known"], each["of"]) for each in answer.told()["known"]}
    assert (known["from_minute"], known["victim_age_band"], known["relationship"]) == ((2, 2), (1, 2), (0, 2))


def test_the_order_of_rows_changes_nothing(street, street_workspace, chosen_of):
    rows = [
        *street("2020-01", 30),
        *street("2020-03", 20, lsoa="Southam 002B"),
        *street("2020-02", 9, at=None),
        *street("2020-02", 1, lsoa="A 1"),
    ]
    shuffled = [*rows[::-2], *rows[-2::-2]]
    assert sorted(map(str, shuffled)) == sorted(map(str, rows))
    told = []
    for each in (rows, shuffled):
        workspace = street_workspace(each)
        told.append(scope(chosen_of(workspace), workspace).told())
    assert told[0] == told[1]


def test_the_section_is_as_published_and_its_findings_cite_figures(norshire, made_up, chosen_of, every_number_is_cited):
    schema = json.loads(definitions.text_of("profile_schema/completeness.json"))
    for workspace in (norshire, made_up):
        answer = scope(chosen_of(workspace), workspace)
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(answer.told(), allow_nan=False)))
        every_number_is_cited(answer)


def test_the_ledger_of_the_bundled_sample_is_whole(doncaster, chosen_of):
    told = scope(chosen_of(doncaster), doncaster, ledger=coverage(doncaster)[0]).told()
    assert (told["rows_read"], told["rows_kept"], told["rows_of_force"]) == (127_628, 127_628, 127_628)
    assert told["months_missing"] == ["2019-07"]
    assert sum(each["rows"] for each in told["by_month"]) == 127_628


def test_rows_without_a_point_lie_on_nobody_s_ground_and_refused_rows_are_no_part_of_a_share(
    street, street_workspace, chosen_of
):
    rows = [
        *street("2020-01", 150),
        *street("2020-01", 50, at=None),
        *street("2020-01", 1, at=(9000, 0), lsoa="Cornwall 001A"),
    ]
    rows += [row | {"Longitude": "0", "Latitude": "0"} for row in street("2020-01", 20)]
    workspace = street_workspace(rows)
    told = scope(chosen_of(workspace), workspace).told()
    assert (told["rows_read"], told["rows_refused"], told["rows_of_force"], told["located"]) == (221, 20, 201, 151)
    assert told["located_share"] == round(151 / 201, 4)
    assert told["off_ground"]["districts"] == [{"name": "Cornwall", "rows": 1}]


def test_a_mark_is_a_gap_only_in_rows_of_an_extract_that_maps_none(extract_workspace, chosen_of, tmp_path):
    workspace = extract_workspace(ROWS_OF_EXTRACT)

    def gaps():
        answer = scope(chosen_of(workspace, ProfileQuestion(victims="all")), workspace)
        return [each for each in answer.cannot_say if "mark for domestic abuse" in each]

    assert gaps() == [], "a row without a mark has none, and that is known"
    (tmp_path / "mapping.toml").write_text(
        """
lamplighter_mapping = 1
force = "Norshire Police"
month_by = "reported"
[columns]
reported = "Reported"
offence = "Offence"
[dates]
reported = "%d/%m/%Y"
""",
        encoding="utf-8",
    )
    (tmp_path / "later.csv").write_text("Reported,Offence\n01/10/2024,Assault\n", encoding="utf-8")
    import_extract(
        [tmp_path / "later.csv"],
        mapping=tmp_path / "mapping.toml",
        workspace=workspace.path,
        now=datetime(2026, 3, 2, tzinfo=UTC),
    )
    workspace = Workspace.open(workspace.path)
    assert gaps() == ["The mark for domestic abuse or the like of 1 of 5 rows (20%): it is unknown there."]
