"""Names, birth dates, addresses and free text: a mapping that asks for them is told no, by header and by value."""

from __future__ import annotations

import pytest

from lamplighter.errors import InputError
from lamplighter.sources.extract.personal import personal_header, street_only


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("Victim Surname", "a person's name"),
        ("VictimForename", "a person's name"),
        ("Name", "a person's name"),
        ("suspect_name", "a person's name"),
        ("DOB", "a birth date"),
        ("Vict D.O.B.", "a birth date"),
        ("Date of Birth", "a birth date"),
        ("Home Address", "an address"),
        ("POST CODE", "an address"),
        ("House No", "an address"),
        ("E-mail", "a way to reach somebody"),
        ("Mobile", "a way to reach somebody"),
        ("MO Text", "free text, which may name anybody"),
        ("Incident Notes", "free text, which may name anybody"),
    ],
)
def test_a_header_that_names_what_is_personal_is_known(header, what):
    assert personal_header(header) == what


@pytest.mark.parametrize(
    "header",
    ["AREA NAME", "LSOA name", "Street name", "Premis Desc", "Vict Sex", "Offence", "Mocodes", "Force Name", "Status", "LAT",
     "Crime Ref", "Date Rptd", "Committed From"],
)  # fmt: skip
def test_an_everyday_header_is_not(header):
    assert personal_header(header) is None


@pytest.mark.parametrize("header", ["Victim Name", "DOB", "Address", "Postcode"])
def test_a_mapping_that_asks_for_it_is_told_no(mapped, header):
    with pytest.raises(InputError, match="are not imported"):
        mapped(('location = "Street"', f'location = "{header}"'))


def test_a_flag_out_of_free_text_is_told_no_too(mapped):
    with pytest.raises(InputError, match="free text"):
        mapped(('column = "DA"', 'column = "Notes"'))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"Street": "14 Acre Lane"}, "look like house numbers"),
        ({"Street": "Flat 2 Acre House 14"}, "look like house numbers"),
        ({"Street": "Acre Lane SW2 5TA"}, "look like whole postcodes"),
        ({"Offence": "jane@example.org"}, "look like e-mail addresses"),
        ({"Offence": "Mrs Doe"}, "look like people's names"),
        ({"Premises": "07700 900123"}, "look like telephone numbers"),
        ({"Age": "12/05/1988"}, "look like birth dates"),
        ({"Offence": "She said that " + "he came and went " * 10}, "free text"),
    ],
)
def test_values_that_look_personal_refuse_the_column_whatever_its_header(export, line, changed, words):
    with pytest.raises(InputError, match=words):
        export(line(**changed))


def test_one_odd_street_among_hundreds_does_not_refuse_the_file(export, line):
    streets = [line(Street=f"{name} Lane") for name in ("Acre", "Brook", "Castle", "Dale")]
    assert export(*streets, line(Street="4 Lane Ends")).rows_kept == 5


@pytest.mark.parametrize(
    ("given", "kept"),
    [("14B Acre Lane", "Acre Lane"), ("Flat 2, 14-16 Acre Lane, SW2 5TA", "Acre Lane"), ("7TH", "7TH"), ("A38", "A38"),
     ("1100 W  39TH   PL", "W 39TH PL"), ("14", None), ("", None)],
)  # fmt: skip
def test_only_the_street_is_kept(given, kept):
    assert street_only(given) == kept
