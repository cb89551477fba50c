"""A row that can't be used is counted under its reason and kept with its own text; the others go on."""

from __future__ import annotations

import json

import pytest

from lamplighter.errors import FileRefused
from lamplighter.sources import mps_vawg

GOOD = "South,Lambeth,Abbey,2014-01-01,2014-01-01,1"


def with_count(count):
    return f"South,Lambeth,Abbey,2014-01-01,2014-01-01,{count}"


def with_month(month):
    return f"South,Lambeth,Abbey,{month},2014-01-01,1"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (with_count(""), "count missing"),
        (with_count("  "), "count missing"),
        (with_count("few"), "count not a whole number"),
        (with_count("1.5"), "count not a whole number"),
        (with_count("NaN"), "count not a whole number"),
        (with_count("inf"), "count not a whole number"),
        (with_count("1e3"), "count not a whole number"),
        (with_count("9" * 30), "count not a whole number"),
        (with_count("-2"), "count negative"),
        (with_month(""), "recorded month missing"),
        (with_month("January"), "recorded month not a date"),
        (with_month("2014-02-30"), "recorded month not a date"),
        (with_month("13/13/2014"), "recorded month not a date"),
        (with_month("0014-01-01"), "recorded month not a date"),
        (with_month("2014-01-01 or so"), "recorded month not a date"),
        ("South,Lambeth,2014-01-01,2014-01-01,1", "wrong number of columns"),
        ("South,Lambeth,Abbey,2014-01-01,2014-01-01,1,1", "wrong number of columns"),
    ],
)
def test_a_bad_row_is_refused_for_its_reason_and_its_neighbour_is_kept(place_csv, line, reason):
    reading = mps_vawg.read(place_csv(GOOD, line, GOOD))
    assert reading.refused == {reason: 1}
    assert (reading.rows_read, reading.rows_kept, reading.rows_refused) == (3, 2, 1)


@pytest.mark.parametrize(("count", "kept"), [("0", 0), ("3.0", 3), ("+4", 4), (" 5 ", 5), ("007", 7)])
def test_ways_to_write_a_whole_number(place_csv, count, kept):
    reading = mps_vawg.read(place_csv(with_count(count)))
    assert reading.tables["offences_place"].column("crimes").to_pylist() == [kept]


def test_a_row_of_an_unknown_sheet_is_refused(raw_file, place_csv):
    path = place_csv(GOOD)
    path.write_text(path.read_text(encoding="utf-8") + GOOD + ",Offence count by moon\n", encoding="utf-8")
    assert mps_vawg.read(path).refused == {"unknown sheet": 1}


def test_the_refused_row_is_kept_with_its_line_and_its_own_words(place_csv):
    reading = mps_vawg.read(place_csv(GOOD, with_count("few")))
    (row,) = reading.refused_rows.to_pylist()
    assert (row["found_at"], row["reason"]) == ("line 3", "count not a whole number")
    assert json.loads(row["given"])["count"] == "few"


def test_a_row_of_the_wrong_width_keeps_its_whole_text(place_csv):
    reading = mps_vawg.read(place_csv(GOOD, "a,b"))
    (row,) = reading.refused_rows.to_pylist()
    assert (row["found_at"], json.loads(row["given"])) == ("line 3", {"text": "a,b,Offence count location"})


def test_a_row_with_quotes_that_do_not_match_is_refused_and_the_next_one_is_read(place_csv):
    reading = mps_vawg.read(place_csv('"South" East,Lambeth,Abbey,2014-01-01,2014-01-01,1', GOOD))
    assert reading.refused == {"quotes do not match": 1}
    assert reading.rows_kept == 1


def test_a_file_without_one_good_row_is_refused_with_the_reasons(place_csv):
    with pytest.raises(FileRefused, match=r"not one of its 2 rows can be used: count missing \(1\) and count negative"):
        mps_vawg.read(place_csv(with_count(""), with_count("-1")))
