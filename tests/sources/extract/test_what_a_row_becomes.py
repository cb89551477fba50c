"""What each cell of an export becomes in the incident table."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from lamplighter.schema import month_number
from lamplighter.sources.incidents import INCIDENTS

MINUTES_A_DAY = 1440


def only(reading):
    """The one row of a reading."""
    (row,) = reading.tables["incidents"].to_pylist()
    return row


def test_a_row_has_every_column_of_the_incident_table(export, line):
    table = export(line()).tables["incidents"]
    assert tuple(table.column_names) == INCIDENTS.names
    row = only(export(line()))
    assert (row["force_name"], row["offence"], row["location_text"]) == ("Northam Police", "Stalking", "Acre Lane")
    assert (row["victim_sex"], row["victim_age_band"], row["setting"]) == ("female", "18 to 24", "home")
    assert (row["flags"], row["premises"], row["outcome"], row["lsoa_code"]) == (
        "domestic_abuse",
        "Dwelling",
        None,
        None,
    )


def test_the_month_is_that_of_the_report_unless_the_mapping_says_otherwise(export, line, mapped):
    late = line(Reported="01/04/2026 09:00")
    assert only(export(late))["month"] == month_number("2026-04")
    by_from = mapped(('force = "Northam Police"', 'force = "Northam Police"\nmonth_by = "from"'))
    assert only(export(late, mapping=by_from))["month"] == month_number("2026-03")


def test_times_are_minutes_on_the_local_clock(export, line):
    row = only(export(line(From="02/01/1970 00:05", To="02/01/1970 00:06", Reported="03/01/1970 00:00")))
    assert (row["from_minute"], row["to_minute"], row["reported_minute"]) == (1445, 1446, 2880)
    usual = only(export(line()))
    assert usual["to_minute"] - usual["from_minute"] == 90
    assert usual["from_minute"] % MINUTES_A_DAY == 23 * 60 + 30


def test_a_moment_without_an_end_is_known_to_the_minute(export, line):
    row = only(export(line(To="")))
    assert row["from_minute"] is not None
    assert row["to_minute"] is None


def test_a_day_without_a_time_spans_the_whole_day(export, line, mapped):
    days = mapped(('from = "%d/%m/%Y %H:%M"', 'from = "%d/%m/%Y"'))
    row = only(export(line(From="30/03/2026", To=""), mapping=days))
    assert row["from_minute"] % MINUTES_A_DAY == 0
    assert row["to_minute"] - row["from_minute"] == MINUTES_A_DAY


def test_midnight_counts_as_unknown_only_where_the_mapping_says_so(export, line, mapped):
    midnight = line(From="30/03/2026 00:00", To="")
    assert only(export(midnight))["to_minute"] is None
    unknown = mapped(("[words.victim_sex]", '[missing]\ntime_of_day = ["00:00"]\n[words.victim_sex]'))
    row = only(export(midnight, mapping=unknown))
    assert row["to_minute"] - row["from_minute"] == MINUTES_A_DAY
    assert export(midnight).notes["at_exactly_midnight"] == 1


@pytest.mark.parametrize(("written", "clock"), [("2230", 1350), ("330", 210), ("1", 1), ("0", 0)])
def test_a_time_in_a_column_of_its_own_may_lack_its_noughts(export, line, mapped, written, clock):
    two = mapped(
        ('to = "To"', 'from_time = "To"'),
        ('to = "%d/%m/%Y %H:%M"', 'from_time = "HHMM"'),
    )
    row = only(export(line(From="30/03/2026 12:00", To=written), mapping=two))
    assert row["from_minute"] % MINUTES_A_DAY == clock


def test_a_reference_becomes_a_hash_that_only_the_key_makes(export, line):
    expected = hmac.new(b"k" * 32, b"A1", hashlib.sha256).hexdigest()[:32]
    first, again = export(line(), line(DA="N")).tables["incidents"].column("reference").to_pylist()
    assert first == again == expected
    assert only(export(line(), key=b"other" * 7))["reference"] != expected
    assert "A1" not in str(only(export(line())))


@pytest.mark.parametrize(
    ("age", "band"),
    [("0", "under 10"), ("9", "under 10"), ("10", "10 to 17"), ("18", "18 to 24"), ("65", "65 and over"), ("", None),
     ("121", None), ("24.5", None), ("young", None)],
)  # fmt: skip
def test_ages_become_bands_and_what_is_no_age_is_unknown(export, line, age, band):
    assert only(export(line(Age=age)))["victim_age_band"] == band


def test_ethnicity_stands_as_given_or_in_the_groups_that_the_mapping_names(export, line, mapped):
    as_given = mapped(('victim_age = "Age"', 'victim_ethnicity = "Age"'))
    assert only(export(line(Age="Any other"), mapping=as_given))["victim_ethnicity"] == "Any other"
    assert only(export(line(Age=""), mapping=as_given))["victim_ethnicity"] is None
    grouped = mapped(
        ('victim_age = "Age"', 'victim_ethnicity = "Age"'),
        ("[premises]", '[words.victim_ethnicity]\n"Asian or Asian British" = ["A1", "A2"]\n[premises]'),
    )
    reading = export(line(Age="A2"), line(Age="Q9"), mapping=grouped)
    assert reading.tables["incidents"].column("victim_ethnicity").to_pylist() == ["Asian or Asian British", None]
    assert any("'Q9' (1)" in each for each in reading.warnings)


def test_a_mapping_says_whether_its_file_is_made_up(export, line, mapped):
    assert export(line()).made_up is False
    assert export(
        line(), mapping=mapped(("lamplighter_mapping = 1", "lamplighter_mapping = 1\nmade_up = true"))
    ).made_up


def test_words_that_nobody_mapped_are_unknown_and_told(export, line):
    reading = export(line(Sex="X", Premises="Lighthouse"))
    row = only(reading)
    assert (row["victim_sex"], row["setting"], row["premises"]) == (None, "unknown", "Lighthouse")
    assert any("'X' (1)" in each for each in reading.warnings)
    assert any("'Lighthouse' (1)" in each for each in reading.warnings)
    assert reading.notes["victim_sex_unknown"] == 1


def test_a_flag_that_does_not_stand_is_none_and_a_mapping_without_flags_knows_of_none(export, line, mapped):
    assert only(export(line(DA="N")))["flags"] == ""
    without = mapped(('[flags.domestic_abuse]\ncolumn = "DA"\nany_of = ["Y"]\n', ""))
    assert only(export(line(), mapping=without))["flags"] is None


def test_of_several_codes_in_a_cell_the_first_meaning_in_the_mapping_is_taken(export, line, mapped):
    coded = mapped(
        ('victim_age = "Age"', 'relationship = "Age"'),
        ("[premises]", '[words.relationship]\nseparated_by = " "\n"family" = ["12"]\nstranger = ["1822"]\n[premises]'),
    )
    assert only(export(line(Age="1822 0444 12"), mapping=coded))["relationship"] == "family"
    assert only(export(line(Age="0444"), mapping=coded))["relationship"] is None


def test_a_row_without_a_point_is_kept_without_one(export, line):
    reading = export(line(Lon="", Lat=""))
    assert (only(reading)["lon"], only(reading)["easting_m"]) == (None, None)
    assert reading.notes["located"] == 0
    assert reading.ground is None


def test_degrees_in_britain_become_metres_of_the_british_grid(export, line):
    # The datum point of the Ordnance Survey's worked example of OSTN15, at Caister water tower.
    row = only(export(line(Lon="1.716073973", Lat="52.658007833")))
    assert row["easting_m"] == pytest.approx(651409.804, abs=0.01)
    assert row["northing_m"] == pytest.approx(313177.450, abs=0.01)


def test_metres_of_the_british_grid_stay_as_they_are_and_get_degrees(export, line, mapped):
    metres = mapped(
        ('lon = "Lon"\nlat = "Lat"', 'easting = "Lon"\nnorthing = "Lat"'),
        ("[words.", '[ground]\ncrs = "EPSG:27700"\n[words.'),
    )
    row = only(export(line(Lon="651409", Lat="313177"), mapping=metres))
    assert (row["easting_m"], row["northing_m"]) == (651409, 313177)
    assert row["lon"] == pytest.approx(1.71606, abs=1e-4)
    assert row["lat"] == pytest.approx(52.65800, abs=1e-4)


def test_elsewhere_the_metres_are_those_of_the_utm_zone_and_the_reading_names_it(export, line, mapped):
    there = mapped(("[words.", '[ground]\nmetres = "EPSG:32631"\n[words.'))
    reading = export(line(Lon="3.0", Lat="0.0"), mapping=there)
    # On the zone's middle meridian and the equator a UTM point is 500 km east and 0 km north by definition.
    assert only(reading)["easting_m"] == pytest.approx(500_000, abs=1e-6)
    assert only(reading)["northing_m"] == pytest.approx(0, abs=1e-6)
    assert reading.ground.startswith("WGS 84 / UTM zone 31N (EPSG:32631), by pyproj")


def test_house_numbers_are_dropped_where_the_mapping_says_so(export, line, mapped):
    dropped = mapped(("[premises]", "[location]\ndrop_house_numbers = true\n[premises]"))
    assert only(export(line(Street="14B Acre Lane"), mapping=dropped))["location_text"] == "Acre Lane"
    assert only(export(line(Street="1100 W  39TH   PL"), mapping=dropped))["location_text"] == "W 39TH PL"


def test_an_export_of_one_offence_only_is_read_by_a_mapping_that_names_it(export, line, mapped):
    one = mapped(
        ('offence = "Offence"\n', ""), ('force = "Northam Police"', 'force = "Northam Police"\noffence = "Assault"')
    )
    assert only(export(line(Offence=""), mapping=one))["offence"] == "Assault"


def test_the_notes_are_plain_numbers_also_where_a_row_was_refused(export, line):
    notes = export(line(Sex="X"), line(Sex="X", Lat="inf")).notes
    assert json.loads(json.dumps(notes))["victim_sex_unknown"] == 1
