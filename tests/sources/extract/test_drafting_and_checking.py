"""A drafted mapping can be read again, marks what it is unsure of, and a check says what an import would do."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from lamplighter.sources.extract import checked, drafted, load_mapping, mapping_of, read

DATA = Path(__file__).parents[3] / "data" / "made-up-extract"


def draft_of(*lines: str):
    """The draft for a CSV drawn as lines."""
    return drafted(("\n".join(lines) + "\n").encode("utf-8"), name="export.csv")


@pytest.fixture(scope="module")
def made_up() -> bytes:
    """The bundled made-up extract."""
    return (DATA / "made-up-extract.csv").read_bytes()


def test_the_draft_for_the_made_up_extract_reads_the_same_rows_as_the_worked_mapping(made_up):
    def rows(mapping):
        reading = read(
            made_up, name="x", mapping=mapping, content_sha256=sha256(made_up).hexdigest(), reference_key=b"k"
        )
        return reading.tables["incidents"], reading.refused

    draft = drafted(made_up, name="made-up-extract.csv")
    mine, my_refused = rows(mapping_of(draft.toml, name="draft"))
    theirs, their_refused = rows(load_mapping(DATA / "mapping.toml"))
    assert my_refused == their_refused
    assert mine.equals(theirs)


def test_it_is_unsure_where_day_and_month_could_be_either():
    either = draft_of("Reported,Offence,Force", "01/02/2026,Stalking,N", "03/04/2026,Rape,N")
    assert any("day first or month first" in each for each in either.unsure)
    sure = draft_of("Reported,Offence,Force", "01/02/2026,Stalking,N", "31/03/2026,Rape,N")
    assert not any("day first" in each for each in sure.unsure)


def test_month_first_dates_are_told_by_a_day_over_twelve():
    assert 'reported = "%m/%d/%Y"' in draft_of("Reported,Offence", "01/31/2026,Stalking", "02/28/2026,Rape").toml


def test_what_is_personal_is_left_out_with_the_reason():
    draft = draft_of("Reported,Offence,Victim Name,DOB", "31/03/2026,Stalking,Jane Doe,12/05/1988")
    assert dict(draft.left_out) == {
        "Victim Name": "by its header it holds a person's name",
        "DOB": "by its header it holds a birth date",
    }
    assert "Jane" not in draft.toml
    assert "1988" not in draft.toml


def test_of_a_code_and_its_words_the_words_are_taken():
    draft = draft_of("Reported,Crm Cd Desc,Premis Cd,Premis Desc", "31/03/2026,Stalking,501,SINGLE FAMILY DWELLING")
    assert 'premises = "Premis Desc"' in draft.toml
    assert 'vocabulary = "los-angeles"' in draft.toml


def test_ground_abroad_is_given_its_zone_and_ground_in_britain_the_grid():
    assert 'metres = "EPSG:32611"' in draft_of("Reported,Offence,Lon,Lat", "31/03/2026,Stalking,-118.3,34.01").toml
    assert 'metres = "EPSG:27700"' in draft_of("Reported,Offence,Lon,Lat", "31/03/2026,Stalking,-1.45,53.4").toml
    assert 'metres = "EPSG:32756"' in draft_of("Reported,Offence,Lon,Lat", "31/03/2026,Stalking,151.2,-33.9").toml


def test_a_file_without_a_force_an_offence_or_a_place_says_so():
    draft = draft_of("date,thing", "2026-03-31 10:00,a")
    assert re.search(r'^force = "NAME OF THE FORCE"  # unsure', draft.toml, re.MULTILINE)
    assert re.search(r'^offence = "WHAT ALL ROWS ARE"  # unsure', draft.toml, re.MULTILINE)
    assert "No coordinates were found" in draft.toml
    assert mapping_of(draft.toml, name="draft").month_by == "from"


def test_headers_that_would_break_the_toml_do_not():
    draft = draft_of('"Reported ""day""",Offence', "31/03/2026,Stalking")
    assert mapping_of(draft.toml.replace("NAME OF", "N"), name="draft").columns["reported"] == 'Reported "day"'


def test_a_check_counts_what_would_be_kept_refused_and_not_understood(made_up):
    found = checked(made_up, name="x", mapping=load_mapping(DATA / "mapping.toml"))
    assert found.rows_read == found.rows_kept + found.rows_refused
    assert found.rows_refused == sum(found.refused.values()) == len(found.refused_rows) == 8
    assert (found.months[0], found.months[-1], len(found.months)) == ("2024-09", "2026-08", 24)
    assert found.unknown_words == {}
    assert found.unused == ()
    assert sum(found.settings.values()) == found.rows_kept


def test_a_check_names_the_columns_that_are_not_read_and_the_words_that_nobody_knows(mapped, header, line):
    content = "\n".join([",".join([*header, "Weapon"]), line(Sex="X") + ",knife", ""]).encode()
    found = checked(content, name="x", mapping=mapped())
    assert found.unused == ("Weapon",)
    assert found.unknown_words == {"victim_sex": {"X": 1}}
    assert found.known["victim_sex"] == 0


def test_metres_of_another_grid_are_not_taken_for_the_british_one():
    draft = draft_of("Reported,Offence,X,Y", "31/03/2026,Stalking,492274,5454760")
    assert 'crs = "EPSG:…"  # unsure: not the British National Grid' in draft.toml


def test_american_spelling_is_understood():
    assert 'offence = "offense"' in draft_of("offense_date,offense", "2026-03-31,burglary").toml
    assert 'from = "offense_date"' in draft_of("offense_date,offense", "2026-03-31,burglary").toml
