"""What a profile is called and says that it is, for each kind of source."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.conftest import pages_of

from lamplighter.profile.framing import definition_of, question_told, title_of, what_it_is
from lamplighter.reductions import Engine
from lamplighter.studies.incidents.chosen import choose
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.workspace import Workspace


def framed(workspace: Path, **asked) -> tuple[str, str]:
    with Engine(Workspace.open(workspace)) as engine:
        chosen = choose(engine, ProfileQuestion(**asked))
        return title_of(chosen), what_it_is(chosen)


@cache
def words_of(out: Path) -> dict[str, str]:
    """Every output that a person reads as running text, by its name."""
    files = {name: (out / name).read_text(encoding="utf-8") for name in ("profile.html", "profile.json")}
    files |= {name: " ".join(pages_of(out / name)) for name in ("profile.pdf", "brief.pdf")}
    with ZipFile(out / "profile.docx") as word:
        files["profile.docx"] = re.sub(r"<[^>]+>", "", word.read("word/document.xml").decode("utf-8"))
    return files


def test_a_street_file_gives_a_violence_profile_that_says_so_in_its_title_and_under_it(small_workspace):
    title, what = framed(small_workspace)
    assert title == "Violence and sexual offences in South Yorkshire: a violence profile from open street data"
    assert what.startswith("A profile of recorded violence, not of violence against women and girls")


def test_no_offence_of_a_street_file_makes_it_a_profile_of_violence_against_women(small_workspace):
    title, what = framed(small_workspace, offences=("Burglary", "Robbery", "Drugs"), victims="all")
    assert title == "Burglary, Robbery and 1 more offences in South Yorkshire: a violence profile from open street data"
    assert "not of violence against women and girls" in what


def test_an_extract_that_tells_the_victims_sex_is_of_women_and_girls_unless_all_are_asked_for(made_up_profile):
    workspace = made_up_profile.workspace
    title, what = framed(workspace)
    assert title == "Violence against women and girls in Made-up: problem profile"
    assert what == (
        "A profile of recorded crimes whose victim is a woman or a girl. Rows whose victim's sex is unknown are not in it."
        " A row is one recorded crime."
    )
    title, what = framed(workspace, victims="all")
    assert title.endswith("in Made-up: problem profile, women and girls not told apart")
    assert what.startswith("A profile of recorded crimes whoever the victim is, as it was asked for.")


def test_the_title_of_a_street_profile_never_calls_it_a_profile_of_women_and_girls(doncaster_profile):
    assert "women" not in doncaster_profile.told["title"].lower()
    assert "vawg" not in doncaster_profile.told["title"].lower()
    for name, words in words_of(doncaster_profile.out).items():
        assert "VAWG profile" not in words, name
        assert "Violence against women and girls in" not in words, name
        assert "not of violence against women and girls" in words or name == "brief.pdf", name


@pytest.mark.parametrize("name", ["profile.html", "profile.json", "profile.pdf", "brief.pdf", "profile.docx"])
def test_made_up_data_say_so_in_every_document(made_up_profile, doncaster_profile, name):
    assert "Made-up data" in words_of(made_up_profile.out)[name]
    assert "Made-up data" not in words_of(doncaster_profile.out)[name]


def test_every_page_of_a_pdf_says_that_it_is_no_evidence_and_made_up_where_it_is(whole_profile):
    for name in ("profile.pdf", "brief.pdf"):
        for number, words in enumerate(pages_of(whole_profile.out / name), start=1):
            assert "not evidence about a person or an address" in words, (name, number)
            if whole_profile.told["synthetic"]:
                assert "made-up" in words.lower(), (name, number)


def test_made_up_data_say_so_in_tables_and_map_layers_too(made_up_profile):
    from openpyxl import load_workbook

    book = load_workbook(made_up_profile.out / "tables.xlsx", read_only=True)
    assert any("Made-up data" in str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row)
    layer = json.loads((made_up_profile.out / "places.geojson").read_text(encoding="utf-8"))
    assert layer["synthetic"] is True
    for path in (made_up_profile.out / "figures").glob("*.svg"):
        assert "made-up" in path.read_text(encoding="utf-8").lower(), path.name


def test_a_real_force_beside_made_up_rows_in_one_workspace_is_not_called_made_up(small_csv, tmp_path):
    from datetime import date

    from tests.conftest import BUNDLED, NOON

    from lamplighter.profile.making import make_profile
    from lamplighter.workspace import import_extract, import_police_uk

    made_up = BUNDLED / "made-up-extract"
    import_police_uk([small_csv], workspace=tmp_path / "w", now=NOON)
    import_extract(
        [made_up / "made-up-extract.csv"], mapping=made_up / "mapping.toml", workspace=tmp_path / "w", now=NOON
    )
    question = ProfileQuestion(places=3, chosen_places=10)
    made = make_profile(Workspace.open(tmp_path / "w"), question, made_on=date(2026, 11, 25), source="police-uk")
    assert (made.told["synthetic"], made.told["synthetic_words"]) == (False, None)
    assert {each["id"][:4] for each in made.told["provenance"]["imports"]} == {"0001"}


def test_the_definition_says_which_rows_are_counted(whole_profile):
    told = whole_profile.told["definition"]
    assert "Rows are counted, not distinct references." in told["words"]
    assert told["counted"] == "rows"
    assert told["status"].startswith("unverified")
    assert ("woman or a girl" in told["words"]) == whole_profile.told["women_and_girls"]


def test_every_default_is_spelt_out_and_a_number_that_was_given_is_no_default(small_workspace):
    with Engine(Workspace.open(small_workspace)) as engine:
        chosen = choose(engine, ProfileQuestion(places=5, radius_m=200.0))
        told, definition = question_told(chosen), definition_of(chosen)
    assert told["defaults"] == [
        "chosen_places=100 (default)",
        "weigh_by=count (default)",
        "months=36 (default)",
        "seed=0 (default)",
    ]
    assert (told["places"], told["radius_m"], told["months_present"]) == (5, 200.0, 35)
    assert (
        "from 2018-10 to 2021-09 in the months present, with a point or without in South Yorkshire"
        in definition["words"]
    )
    json.dumps(told)
