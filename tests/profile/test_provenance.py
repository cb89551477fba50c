"""How we know: imports with their files, definitions, what people gave, and the code."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from tests.conftest import BUNDLED

from lamplighter import __version__, definitions
from lamplighter.profile.provenance import DEFINITIONS, provenance_of
from lamplighter.reductions import Engine
from lamplighter.studies.incidents.chosen import choose
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.workspace import Workspace


def test_every_file_of_the_sample_stands_there_with_its_sha256_and_its_rows(doncaster_profile):
    [found] = doncaster_profile.told["provenance"]["imports"]
    listed = (BUNDLED / "police-uk-doncaster" / "SHA256SUMS").read_text(encoding="utf-8").split("\n")
    told = {each["name"]: each for each in found["files"]}
    assert len(told) == 35
    assert sum(each["rows_read"] for each in found["files"]) == 127_628
    for each in found["files"]:
        assert each["rows_read"] == each["rows_kept"] + each["rows_refused"] + each["rows_duplicate"]
    assert len([line for line in listed if ".csv.gz" in line]) == 35


def test_the_ground_is_named_once_with_its_code(whole_profile):
    assert "EPSG:27700" in whole_profile.told["provenance"]["ground"]


def test_definitions_are_told_by_the_bytes_that_were_used(whole_profile):
    told = {each["name"]: each["sha256"] for each in whole_profile.told["provenance"]["definitions"]}
    assert told == {name: sha256(definitions.text_of(name).encode()).hexdigest() for name in DEFINITIONS}


def test_who_made_it_when_with_what_and_from_what_that_people_gave(small_workspace):
    workspace = Workspace.open(small_workspace)
    with Engine(workspace) as engine:
        chosen = choose(engine, ProfileQuestion())
        told = provenance_of(
            workspace, chosen, made_on=date(2026, 11, 25), made_by="A. Noor", inputs=[("decisions.toml", b"x = 1\n")]
        )
    assert (told["made_on"], told["made_by"], told["made_with"]) == (
        "2026-11-25",
        "A. Noor",
        f"Lamplighter {__version__}",
    )
    assert told["given"] == [{"name": "decisions.toml", "sha256": sha256(b"x = 1\n").hexdigest()}]
    assert (told["source"], told["table"], told["state_sha256"]) == ("police-uk", "incidents", workspace.digest())


def test_no_path_of_the_machine_stands_in_a_profile(whole_profile):
    text = (whole_profile.out / "profile.json").read_text(encoding="utf-8")
    assert str(whole_profile.workspace) not in text
    assert str(whole_profile.out.parent) not in text
