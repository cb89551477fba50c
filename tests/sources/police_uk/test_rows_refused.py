"""A row that can't be used is refused with its line and a reason, and the rows around it are kept."""

from __future__ import annotations

import json

import pytest

AROUND = "On or near A Road,E01007434,Northam 001A"


def told(reading):
    """(line, reason) of each refused row."""
    rows = reading.refused_rows.to_pylist()
    return [(row["found_at"], row["reason"]) for row in rows]


@pytest.mark.parametrize(
    ("coordinates", "reason"),
    [
        ("53.599163,-1.451664", "coordinates swapped"),
        ("0,0", "coordinates zero"),
        ("-1.451664,0", "coordinates zero"),
        ("0.000000,0.000000", "coordinates zero"),
        ("west,north", "coordinates not numbers"),
        ("-1.45.1,53.5", "coordinates not numbers"),
        ("inf,53.599163", "coordinates not finite"),
        ("-1.451664,-inf", "coordinates not finite"),
        ("nan,nan", "coordinates not finite"),
        ("-1.451664,", "one coordinate missing"),
        (",53.599163", "one coordinate missing"),
        ("-118.24,34.05", "coordinates outside the United Kingdom"),
    ],
)
def test_a_point_that_can_not_be_is_refused(drawn, read_bytes, coordinates, reason):
    reading = read_bytes(drawn.street(drawn.row("a"), drawn.row("b", place=f"{coordinates},{AROUND}"), drawn.row("c")))
    assert told(reading) == [("line 3", reason)]
    assert reading.refused == {reason: 1}
    assert reading.tables["incidents"].column("reference").to_pylist() == ["a", "c"]
    assert "b," in json.loads(reading.refused_rows.to_pylist()[0]["given"])["text"]


def test_greenwich_is_no_zero(drawn, read_bytes):
    reading = read_bytes(drawn.street(drawn.row(place=f"0.000000,51.476852,{AROUND}")))
    assert (reading.rows_kept, reading.notes["located"]) == (1, 1)


@pytest.mark.parametrize("month", ["2018-13", "2018-00", "October 2018", "2018", "18-10", "2018-10-01"])
def test_a_month_that_is_none_is_refused(drawn, read_bytes, month):
    assert told(read_bytes(drawn.street(drawn.row(), drawn.row(month=month)))) == [("line 3", "month not a month")]


def test_what_must_be_there_and_is_not_refuses_the_row(drawn, read_bytes):
    no_force = drawn.row().replace(drawn.FORCE, " ,Northam Police")
    content = drawn.street(drawn.row(month=""), no_force, drawn.row(offence=""), drawn.row())
    assert told(read_bytes(content)) == [
        ("line 2", "month missing"),
        ("line 3", "force missing"),
        ("line 4", "crime type missing"),
    ]


def test_too_many_and_too_few_fields_refuse_their_row_only(drawn, read_bytes):
    content = drawn.street(drawn.row("a"), drawn.row("b") + ",more", "c,2018-10", drawn.row("d"))
    reading = read_bytes(content)
    assert told(reading) == [("line 3", "too many fields"), ("line 4", "too few fields")]
    assert reading.tables["incidents"].column("reference").to_pylist() == ["a", "d"]
    assert reading.tables["incidents"].column("row_id").to_pylist()[1].endswith("-0000004"), (
        "refused rows are numbered too"
    )


def test_a_last_row_that_was_cut_is_refused_as_that(drawn, read_bytes):
    content = drawn.street(drawn.row("a"), drawn.row("b")).removesuffix(b",Under investigation,\r\n")
    assert told(read_bytes(content)) == [("line 3", "last row cut short")]


def test_after_a_quote_that_is_never_closed_every_line_is_counted_as_refused(drawn, read_bytes):
    broken = drawn.row("b", place='-1.451664,53.599163,"On or near A Road,E01007434,Northam 001A')
    content = drawn.street(drawn.row("a"), broken, drawn.row("c"), drawn.row("d"))
    reading = read_bytes(content)
    assert told(reading) == [(f"line {line}", "after a quote that is never closed") for line in (3, 4, 5)]
    assert (reading.rows_read, reading.rows_kept, reading.rows_refused) == (4, 1, 3)


def test_a_later_quote_does_not_make_the_unclosed_one_good(drawn, read_bytes):
    broken = drawn.row("b", place='-1.451664,53.599163,"On or near A Road,E01007434,Northam 001A')
    quoted = drawn.row("d", place='-1.451664,53.599163,"On or near B, the Road",E01007434,Northam 001A')
    reading = read_bytes(drawn.street(drawn.row("a"), broken, drawn.row("c"), quoted, drawn.row("e")))
    assert (reading.rows_read, reading.rows_kept, reading.rows_refused) == (5, 1, 4)


def test_an_unclosed_quote_on_the_last_line_refuses_that_line(drawn, read_bytes):
    broken = drawn.row("b", place='-1.451664,53.599163,"On or near A Road,E01007434,Northam 001A')
    reading = read_bytes(drawn.street(drawn.row("a"), broken))
    assert told(reading) == [("line 3", "after a quote that is never closed")]


def test_quotes_that_do_not_match_within_their_line_refuse_that_line_only(drawn, read_bytes):
    broken = drawn.row("b", place='-1.451664,53.599163,"On or" near A Road,E01007434,Northam 001A')
    reading = read_bytes(drawn.street(drawn.row("a"), broken, drawn.row("c")))
    assert told(reading) == [("line 3", "quotes do not match")]
    assert reading.tables["incidents"].column("reference").to_pylist() == ["a", "c"]


def test_a_quote_that_is_never_closed_in_a_large_file_loses_no_line_in_silence(drawn, read_bytes):
    lines = [drawn.row(str(number)) for number in range(3000)]
    lines[1000] = lines[1000].replace("On or near", '"On or near')
    reading = read_bytes(drawn.street(*lines))
    assert (reading.rows_kept, reading.rows_refused) == (1000, 2000)
