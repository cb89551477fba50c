"""Rows of an export that can't be used: each is counted, with where it stands and why."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Reported": "14/13/2026 10:00"}, "reported not a date or time as the mapping states"),
        ({"Reported": "2026-03-31 10:00"}, "reported not a date or time as the mapping states"),
        ({"Reported": ""}, "month missing"),
        ({"From": "30/02/2026 10:00"}, "from not a date or time as the mapping states"),
        ({"From": "31/03/2026 02:00"}, "from after to"),
        ({"Offence": ""}, "offence missing"),
        ({"Lon": ""}, "one coordinate missing"),
        ({"Lon": "0", "Lat": "0"}, "coordinates zero"),
        ({"Lon": "53.5", "Lat": "-1.45"}, "coordinates swapped"),
        ({"Lon": "west"}, "coordinates not numbers"),
        ({"Lat": "inf"}, "coordinates not finite"),
        ({"Lat": "nan"}, "coordinates not finite"),
        ({"Lon": "100"}, "coordinates outside the ground that the mapping names"),
    ],
)
def test_a_broken_row_is_refused_with_its_line_and_reason(export, line, changed, reason):
    reading = export(line(), line(**changed), line())
    assert (reading.rows_read, reading.rows_kept, reading.rows_refused) == (3, 2, 1)
    assert reading.refused == {reason: 1}
    (refused,) = reading.refused_rows.to_pylist()
    assert (refused["found_at"], refused["reason"]) == ("line 3", reason)


def test_from_at_the_same_minute_as_to_is_kept(export, line):
    assert export(line(From="31/03/2026 01:00")).rows_kept == 1


def test_a_point_on_the_greenwich_meridian_is_kept(export, line):
    assert export(line(Lon="0", Lat="51.5")).rows_kept == 1


def test_a_swapped_pair_of_grid_metres_is_found_by_the_box_of_the_mapping(export, line, mapped):
    metres = mapped(
        ('lon = "Lon"\nlat = "Lat"', 'easting = "Lon"\nnorthing = "Lat"'),
        ("[words.", '[ground]\ncrs = "EPSG:27700"\nwithin = [0.2, 52.9, 0.6, 53.2]\n[words.'),
    )
    reading = export(line(Lon="560000", Lat="350000"), line(Lon="350000", Lat="560000"), mapping=metres)
    assert reading.refused == {"coordinates swapped": 1}


def test_too_few_and_too_many_fields_and_a_cut_last_row_are_told_apart(export, line):
    reading = export(line(), "A2,31/03/2026", line() + ",more", "A3,31/03/20", end="")
    assert reading.refused == {"last row cut short": 1, "too few fields": 1, "too many fields": 1}
    assert reading.rows_read == 4


def test_everything_after_a_quote_that_is_never_closed_is_counted_as_refused(export, line):
    reading = export(line(), '"' + line(), line(), line())
    assert reading.rows_kept == 1
    assert reading.refused == {"after a quote that is never closed": 3}


def test_a_quoted_line_end_within_a_cell_is_no_end_of_a_row(export, line):
    assert export(line(Offence='"Stalking,\nagain"')).rows_kept == 1


def test_exact_repeats_are_rows_of_their_own(export, line):
    ids = export(line(), line()).tables["incidents"].column("row_id").to_pylist()
    assert len(set(ids)) == 2
    assert [each[-2:] for each in ids] == ["01", "02"]


def test_a_refused_row_keeps_neither_its_reference_nor_its_street(export, line):
    (refused,) = export(
        line(), line(Ref="SECRET/1", Street="Hidden Lane", Age="33", Lat="inf")
    ).refused_rows.to_pylist()
    kept = json.loads(refused["given"])
    assert not {"reference", "location", "victim_age"} & set(kept)
    assert "SECRET" not in refused["given"]
    assert "Hidden" not in refused["given"]


def test_what_could_not_be_cut_into_columns_is_not_kept_either(export, line):
    (refused,) = export(line(), "SECRET/1,Jane Doe").refused_rows.to_pylist()
    assert "SECRET" not in refused["given"]
