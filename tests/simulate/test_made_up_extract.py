"""The made-up extract says what it is, and holds what was planted: no more is known of it than that."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from lamplighter.errors import InputError
from lamplighter.simulate import made_up_extract
from lamplighter.sources.extract import checked, load_mapping

DATA = Path(__file__).parents[2] / "data" / "made-up-extract"
WHOLE_ROWS_BROKEN = 8


@pytest.fixture(scope="module")
def made():
    """The extract as it is bundled."""
    return made_up_extract(seed=2026)


@pytest.fixture(scope="module")
def rows(made):
    """Its rows."""
    return list(csv.DictReader(io.StringIO(made.csv.decode("utf-8"))))


def moment(text: str) -> datetime:
    """A moment as the force writes it."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M")  # noqa: DTZ007


def test_the_bundled_file_is_what_the_seed_gives(made):
    assert (DATA / "made-up-extract.csv").read_bytes() == made.csv
    assert len(made.csv) < 300_000


def test_another_seed_gives_other_rows_and_the_same_plants(made):
    other = made_up_extract(seed=1)
    assert other.csv != made.csv
    assert other.planted == made.planted


def test_every_row_says_that_it_is_made_up(rows):
    assert {row["Force"] for row in rows} == {"Made-up Constabulary"}


def test_it_holds_every_planted_row_and_the_background(made, rows):
    assert made.rows == len(rows) == sum(place.rows for place in made.planted) + 820 + WHOLE_ROWS_BROKEN
    by_street = Counter(row["Street"] for row in rows)
    for place in made.planted:
        assert 0 <= by_street[place.street] - place.rows <= WHOLE_ROWS_BROKEN


def test_what_was_planted_stands_within_its_hours_and_weekdays(made, rows):
    place = next(each for each in made.planted if each.street == "Harbour Station Approach")
    times = [moment(row["Committed From"]) for row in rows if row["Street"] == place.street]
    known = [each for each in times if (each.hour, each.minute) != (0, 0)]
    assert len(known) > 90
    assert {each.weekday() for each in known} == {0, 1, 2, 3, 4}
    assert {each.hour for each in known} == {17, 18}


def test_the_emerging_place_has_no_row_before_its_last_six_months(rows):
    months = {moment(row["Reported"]).strftime("%Y-%m") for row in rows if row["Street"] == "Long Meadow"}
    assert min(months) >= "2026-03"


def test_nothing_is_reported_or_settled_after_the_export_was_made(rows):
    assert max(moment(row["Reported"]) for row in rows if "/13/" not in row["Reported"]) < datetime(2026, 9, 1)
    settled = [datetime.strptime(row["Outcome Date"], "%d/%m/%Y") for row in rows if row["Outcome Date"]]  # noqa: DTZ007
    assert max(settled) < datetime(2026, 9, 1)


def test_its_mapping_refuses_the_broken_rows_for_the_reasons_that_were_put_in(made):
    found = checked(made.csv, name="x", mapping=load_mapping(DATA / "mapping.toml"))
    assert found.refused == made.refused
    assert found.rows_read == made.rows
    assert found.known["point"] == found.rows_kept - made.unlocated


def test_the_truth_beside_it_is_its_truth(made):
    truth = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
    assert (truth["rows"], truth["women"], truth["refused"]) == (made.rows, made.women, made.refused)
    assert [each["street"] for each in truth["planted"]] == [each.street for each in made.planted]


def test_too_short_an_extract_is_refused():
    with pytest.raises(InputError, match="at least 9 months"):
        made_up_extract(seed=1, months=8)
