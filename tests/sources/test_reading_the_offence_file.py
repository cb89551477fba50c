"""What a whole offence or victim file becomes: months as numbers, delays, unknown as null, and notes of what is odd."""

from __future__ import annotations

from lamplighter.sources import mps_vawg

BOTH_SHEETS = """\
bcu_location,borough_name,ward_name_clean_2,recorded_date_months,date_committed_from_date_months,count,sheet,crimsec_group,crimseccodeexpansion,crimsec_offences,vawg_offence
South,Lambeth,Abbey,2014-01-01,2013-11-01,3,Offence count location,,,,
South,Lambeth,,2014-02-01,,2,Offence count location,,,,
,,,2014-01-01,2013-11-01,3,Offence count classification,Rape,Rape of a female,Rape,Rape
,,,2014-02-01,2014-03-01,2,Offence count classification,"Public fear, alarm, distress",Public order,Affray,Affray
"""

VICTIMS = """\
recorded_date_months,date_committed_from_date_months,count,sheet,age_group,ethnic_appearance_group_group
2014-01-01,2014-01-01,4,Victim count by age group,Aged 10 to 19 years,
2014-01-01,2014-01-01,4,Victim count by ethnic group,,Unknown
"""


def read_text(tmp_path, text, name="file.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return mps_vawg.read(path)


def test_the_two_offence_sheets_become_two_tables(tmp_path):
    reading = read_text(tmp_path, BOTH_SHEETS)
    assert sorted(reading.tables) == ["offences_kind", "offences_place"]
    assert reading.kind == "offences"
    assert (reading.rows_read, reading.rows_kept, reading.rows_refused) == (4, 4, 0)


def test_months_are_numbers_and_the_delay_is_their_difference(tmp_path):
    first, second = read_text(tmp_path, BOTH_SHEETS).tables["offences_place"].to_pylist()
    assert first == {
        "recorded_month": 2014 * 12,
        "committed_month": 2013 * 12 + 10,
        "delay_months": 2,
        "crimes": 3,
        "bcu": "South",
        "borough": "Lambeth",
        "ward": "Abbey",
    }
    assert (second["committed_month"], second["delay_months"], second["ward"]) == (None, None, None)


def test_a_row_recorded_before_it_was_committed_is_kept_with_no_delay(tmp_path):
    rows = read_text(tmp_path, BOTH_SHEETS).tables["offences_kind"].to_pylist()
    assert rows[1]["committed_month"] == 2014 * 12 + 2
    assert rows[1]["delay_months"] is None
    assert rows[1]["offence_group"] == "Public fear, alarm, distress"


def test_what_is_unknown_or_odd_is_counted_for_the_file(tmp_path):
    notes = read_text(tmp_path, BOTH_SHEETS).notes
    assert notes == {"ward_unknown": 1, "committed_unknown": 1, "recorded_before_committed": 1}


def test_columns_have_fixed_types(tmp_path):
    schema = read_text(tmp_path, BOTH_SHEETS).tables["offences_kind"].schema
    assert [str(field.type) for field in schema] == ["int32", "int32", "int32", "int64"] + ["string"] * 4


def test_a_victim_file_need_not_hold_every_sheet(tmp_path):
    reading = read_text(tmp_path, VICTIMS)
    assert reading.kind == "victims"
    assert reading.tables["victims_age"].to_pylist()[0]["age_group"] == "Aged 10 to 19 years"
    assert reading.tables["victims_ethnicity"].to_pylist()[0]["ethnicity"] == "Unknown"


def test_exact_repeats_are_legitimate_rows(place_csv):
    row = "South,Lambeth,Abbey,2014-01-01,2014-01-01,1"
    assert mps_vawg.read(place_csv(row, row, row)).rows_kept == 3


def test_not_known_is_kept_as_the_publisher_writes_it(place_csv):
    reading = mps_vawg.read(place_csv("N/K,Unknown,N/K,2014-01-01,2014-01-01,1"))
    row = reading.tables["offences_place"].to_pylist()[0]
    assert (row["bcu"], row["borough"], row["ward"]) == ("N/K", "Unknown", "N/K")


def test_spaces_at_the_ends_do_not_make_another_borough(place_csv):
    reading = mps_vawg.read(place_csv("South, Lambeth ,  ,2014-01-01,2014-01-01,1"))
    row = reading.tables["offences_place"].to_pylist()[0]
    assert (row["borough"], row["ward"]) == ("Lambeth", None)


def test_the_four_ways_to_write_a_date_are_one_month(place_csv):
    dates = ("2014-03-01", "2014-03-01 00:00:00", "01/03/2014", "1/3/2014", "2014-03-01T00:00:00")
    reading = mps_vawg.read(place_csv(*(f"South,Lambeth,Abbey,{date},{date},1" for date in dates)))
    assert set(reading.tables["offences_place"].column("recorded_month").to_pylist()) == {2014 * 12 + 2}


def test_a_british_date_has_its_day_first(place_csv):
    reading = mps_vawg.read(place_csv("South,Lambeth,Abbey,02/11/2014,02/11/2014,1"))
    assert reading.tables["offences_place"].column("recorded_month").to_pylist() == [2014 * 12 + 10]


def test_crimes_of_1900_are_kept(place_csv):
    reading = mps_vawg.read(place_csv("South,Lambeth,Abbey,2014-01-01,1900-01-01,1"))
    assert reading.tables["offences_place"].column("delay_months").to_pylist() == [114 * 12]


def test_a_committed_date_that_is_none_leaves_the_month_unknown_and_is_counted(place_csv):
    reading = mps_vawg.read(place_csv("South,Lambeth,Abbey,2014-01-01,long ago,1"))
    assert reading.rows_kept == 1
    assert reading.tables["offences_place"].column("committed_month").to_pylist() == [None]
    assert reading.notes["committed_not_a_date"] == 1


def test_headers_may_differ_in_case_and_spaces(tmp_path):
    reading = read_text(tmp_path, BOTH_SHEETS.replace("borough_name", " Borough_Name "))
    assert reading.tables["offences_place"].column("borough").to_pylist() == ["Lambeth", "Lambeth"]


def test_columns_that_are_not_used_are_named(tmp_path):
    text = VICTIMS.replace("sheet,age", "sheet,colour,age").replace(" group,", " group,red,")
    assert read_text(tmp_path, text).warnings == ("file.csv: columns not used: colour.",)
