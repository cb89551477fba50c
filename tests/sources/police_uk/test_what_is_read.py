"""A file that is a little odd is read all the same, and a row means what the site meant by it."""

from __future__ import annotations

import pytest

from lamplighter.schema import month_number


def test_a_street_row_becomes_an_incident_with_metres_and_its_district(drawn, read_bytes):
    reading = read_bytes(drawn.street(drawn.row("abc1")))
    (row,) = reading.tables["incidents"].to_pylist()
    easting, northing = row.pop("easting_m"), row.pop("northing_m")
    assert (easting, northing) == pytest.approx((436386.209, 411537.123), abs=0.001)
    assert row.pop("row_id")[16:] == "-0000001"
    assert row == {
        "force_name": "Northam Police",
        "month": month_number("2018-10"),
        "offence": "Burglary",
        "reference": "abc1",
        "location_text": "On or near Jack Close Orchard",
        "lon": -1.451664,
        "lat": 53.599163,
        "lsoa_code": "E01007434",
        "lsoa_name": "Northam 001A",
        "district": "Northam",
        "outcome": "Under investigation",
    }
    assert (reading.kind, reading.part) == ("street", "Northam Police")
    assert "OSTN15" in reading.ground


def test_the_district_is_the_lsoa_name_without_its_last_word(drawn, read_bytes):
    place = "-2.511761,51.409966,On or near A Road,E01014399,Bath and North East Somerset 001A"
    (row,) = read_bytes(drawn.street(drawn.row(place=place))).tables["incidents"].to_pylist()
    assert row["district"] == "Bath and North East Somerset"


def test_a_row_without_a_point_is_kept_with_nothing_in_its_place(drawn, read_bytes):
    reading = read_bytes(drawn.street(drawn.row(place=",,No Location,,"), drawn.row()))
    unlocated, located = reading.tables["incidents"].to_pylist()
    assert [unlocated[name] for name in ("lon", "lat", "easting_m", "northing_m", "lsoa_code", "district")] == [
        None
    ] * 6
    assert located["easting_m"] is not None
    assert reading.notes["located"] == 1


def test_exact_repeats_are_rows_of_their_own(drawn, read_bytes):
    reading = read_bytes(drawn.street(*[drawn.row(offence="Anti-social behaviour")] * 3))
    ids = reading.tables["incidents"].column("row_id").to_pylist()
    assert reading.rows_kept == len(set(ids)) == 3
    assert reading.notes["anti_social_behaviour"] == reading.notes["without_crime_id"] == 3


def test_a_byte_order_mark_is_no_part_of_the_first_column(drawn, read_bytes):
    reading = read_bytes(b"\xef\xbb\xbf" + drawn.street(drawn.row("abc1")))
    assert reading.tables["incidents"].column("reference").to_pylist() == ["abc1"]
    assert reading.warnings == ()


def test_windows_1252_is_read_with_a_warning(drawn, read_bytes):
    place = "-1.451664,53.599163,On or near Café Road,E01007434,Northam 001A"
    content = drawn.street(drawn.row(), drawn.row(place=place)).decode("utf-8").encode("cp1252")
    reading = read_bytes(content)
    assert reading.tables["incidents"].column("location_text").to_pylist()[1] == "On or near Café Road"
    assert "it was read as Windows-1252" in reading.warnings[0]
    assert "(line 3)" in reading.warnings[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_gives_the_same_rows(drawn, read_bytes, end):
    reading = read_bytes(drawn.street(drawn.row("a"), drawn.row("b"), end=end))
    assert reading.tables["incidents"].column("reference").to_pylist() == ["a", "b"]


def test_mixed_line_ends_and_no_last_one_lose_nothing(drawn, read_bytes):
    content = "\n".join([drawn.HEADER, drawn.row("a") + "\r", drawn.row("b")]).encode()
    assert read_bytes(content).rows_kept == 2


def test_empty_lines_are_no_rows(drawn, read_bytes):
    reading = read_bytes(drawn.street(drawn.row("a"), "", drawn.row("b"), ""))
    assert (reading.rows_read, reading.rows_kept) == (2, 2)


def test_a_line_end_within_quotes_is_part_of_the_value(drawn, read_bytes):
    place = '-1.451664,53.599163,"On or near\nJack ""Close""",E01007434,Northam 001A'
    reading = read_bytes(drawn.street(drawn.row("a", place=place), drawn.row("b")))
    assert reading.tables["incidents"].column("location_text").to_pylist() == [
        'On or near\nJack "Close"',
        "On or near Jack Close Orchard",
    ]
    assert reading.rows_refused == 0


def test_columns_are_taken_by_name_in_any_order_and_others_are_told(drawn, read_bytes):
    header = "Beat,Latitude,Longitude,Month,Crime ID,reported by,Location,LSOA code,LSOA name,Crime type,Last outcome category"
    line = "X1,53.599163,-1.451664,2018-10,abc1,Northam Police,On or near A Road,E01007434,Northam 001A,Burglary,"
    reading = read_bytes(drawn.street(line, header=header))
    (row,) = reading.tables["incidents"].to_pylist()
    assert (row["lon"], row["lat"], row["outcome"]) == (-1.451664, 53.599163, None)
    assert reading.warnings == ("2018-10-northam-street.csv: columns not used: Beat.",)


def test_a_month_that_is_not_the_one_of_the_name_is_kept_and_told(drawn, read_bytes):
    reading = read_bytes(drawn.street(drawn.row(), drawn.row(month="2018-11"), drawn.row(month="2018-11")))
    assert reading.rows_kept == 3
    assert "its name says 2018-10 and it holds rows of other months (2 of 2018-11)" in reading.warnings[0]


def test_outcomes_and_searches_are_told_by_their_headers_and_are_no_incidents(drawn, read_bytes):
    outcomes = (
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type\r\n"
        f"abc1,2018-12,{drawn.FORCE},{drawn.PLACE},Suspect charged\r\n"
    ).encode()
    (row,) = read_bytes(outcomes, "2018-12-northam-outcomes.csv").tables["outcomes"].to_pylist()
    assert (row["reference"], row["outcome"], row["month"]) == ("abc1", "Suspect charged", month_number("2018-12"))
    searches = (
        b"Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
        b"Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
        b"Outcome linked to object of search,Removal of more than just outer clothing\r\n"
        b"Person search,2018-10-01T00:15:00+00:00,,,,,Male,18-24,,,,Controlled drugs,Nothing found,,\r\n"
    )
    reading = read_bytes(searches, "2018-10-northam-stop-and-search.csv")
    (search,) = reading.tables["searches"].to_pylist()
    assert set(reading.tables) == {"searches"}
    assert (search["force_name"], search["search_type"]) == ("Northam", "Person search")
    assert not {"gender", "ethnicity"} & set(search), "what a person is like is of no use here and is not kept"
