"""A mapping that can't be used says which key is wrong and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lamplighter.errors import InputError, NoSuchName
from lamplighter.sources.extract import load_mapping, mapping_of

ROOT = Path(__file__).parents[3]
SHIPPED = [ROOT / "docs/example/mappings/los-angeles.toml", ROOT / "docs/example/mappings/chicago.toml",
           ROOT / "data/made-up-extract/mapping.toml"]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('force = "Northam Police"', "", "names no force"),
        ("lamplighter_mapping = 1", "lamplighter_mapping = 2", "lamplighter_mapping = 1"),
        ('offence = "Offence"', "", "maps neither offence nor offence_code"),
        ('to = "%d/%m/%Y %H:%M"\n', "", "no format for to"),
        ('to = "%d/%m/%Y %H:%M"', 'to = "%H:%M"', "needs a year"),
        ('to = "To"', 'to_time = "To"\nreported_time = "DA"', "needs its day|no format for"),
        ('lat = "Lat"', "", "A point needs both"),
        ('lat = "Lat"', 'lat = "Lat"\neasting = "Lon"\nnorthing = "Lat"', "degrees and metres"),
        ('victim_age = "Age"', 'victim_age = "Age"\nvictim_age_band = "Age"', "Keep one"),
        ('[words.victim_sex]\nfemale = ["F"]\nmale = ["M"]', "", "words.victim_sex.* is missing"),
        ('male = ["M"]', 'male = ["f"]', "two meanings"),
        ('male = ["M"]', "male = []", "list of texts"),
        ("[premises]", "[ground]\nwithin = [1, 2, 3]\n[premises]", "four numbers"),
        ("[premises]", "[ground]\nwithin = [2, 50, 1, 51]\n[premises]", "not in that order"),
        ("[premises]", "[ages]\nbands_from = [10, 20]\n[premises]", "begins with 0"),
        ("[premises]", '[missing]\ntime_of_day = ["midnight"]\n[premises]', "Write times"),
        ('force = "Northam Police"', 'force = "Northam Police"\nmonth_by = "to"', 'Write "reported" or "from"'),
        ("lamplighter_mapping = 1", 'lamplighter_mapping = 1\nmade_up = "yes"', "made_up is 'yes'"),
        ("[columns]", "[columns", "no valid TOML"),
    ],
)
def test_what_is_wrong_is_said(mapped, old, new, words):
    with pytest.raises(InputError, match=words):
        mapped((old, new))


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ('reference = "Ref"', 'referense = "Ref"', "reference"),
        ("[premises]", "[premisses]", "premises"),
        ('female = ["F"]', 'femal = ["F"]', "female"),
        ('vocabulary = "plain"', 'vocabulary = "plane"', "plain"),
    ],
)
def test_a_name_nearly_right_is_told_the_nearest(mapped, old, new, near):
    with pytest.raises(NoSuchName) as told:
        mapped((old, new))
    assert near in told.value.near


def test_a_column_that_the_file_lacks_names_the_nearest(export, line, mapped):
    with pytest.raises(InputError, match=r"no column 'Streets' \(did you mean 'Street'\?\)"):
        export(line(), mapping=mapped(('location = "Street"', 'location = "Streets"')))


def test_a_coordinate_system_that_nobody_knows_or_that_is_in_feet_is_refused(export, line, mapped):
    with pytest.raises(InputError, match="no coordinate system"):
        export(line(), mapping=mapped(("[premises]", '[ground]\nmetres = "EPSG:1"\n[premises]')))
    with pytest.raises(InputError, match="not in metres"):
        export(line(Lon="-118", Lat="34"), mapping=mapped(("[premises]", '[ground]\nmetres = "EPSG:2229"\n[premises]')))


def test_a_mapping_that_is_not_there_names_the_command_that_makes_one(tmp_path):
    with pytest.raises(InputError, match="lamplighter mapping draft"):
        load_mapping(tmp_path / "none.toml")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name + "/" + path.name)
def test_the_worked_mappings_hold(path):
    assert load_mapping(path).force or "force" in load_mapping(path).columns


def test_the_digest_is_of_what_is_said_not_of_how():
    one = 'lamplighter_mapping = 1\nforce = "N"\n[columns]\nfrom = "d"\noffence = "o"\n[dates]\nfrom = "%d/%m/%Y"\n'
    other = (
        '# a comment\nforce="N"\nlamplighter_mapping=1\n[dates]\nfrom="%d/%m/%Y"\n[columns]\noffence="o"\nfrom="d"\n'
    )
    changed = one.replace('"o"', '"p"')
    first, second, third = (mapping_of(text, name="m").digest for text in (one, other, changed))
    assert first == second != third
