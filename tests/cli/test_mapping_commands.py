"""The commands on a force's own export, from draft to import, as a person types them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from lamplighter.cli import main

DATA = Path(__file__).parents[2] / "data" / "made-up-extract"


def test_from_a_draft_to_an_import(run, tmp_path):
    export = tmp_path / "export.csv"
    export.write_bytes((DATA / "made-up-extract.csv").read_bytes())
    drafted = run("mapping", "draft", export, "--out", tmp_path / "m.toml")
    assert drafted.code == 0
    assert "lines are unsure" in drafted.out
    told = json.loads(run("mapping", "check", export, "-m", tmp_path / "m.toml", "--json").out)
    assert told["rows_read"] == told["rows_kept"] + told["rows_refused"]
    done = json.loads(run("import", "extract", export, "-m", tmp_path / "m.toml", "-w", tmp_path / "w", "--json").out)
    assert done["source"] == "extract"
    assert done["files"][0]["rows_kept"] == told["rows_kept"]
    assert done["refused"] == told["refused"]
    coverage = json.loads(run("coverage", "-w", tmp_path / "w", "--json").out)
    assert coverage[0]["force"] == "Made-up Constabulary"


def test_a_packed_export_gives_the_rows_of_the_plain_one(run, tmp_path):
    packed = tmp_path / "export.csv.gz"
    packed.write_bytes(gzip.compress((DATA / "made-up-extract.csv").read_bytes()))
    plain, unpacked = (
        json.loads(run("mapping", "check", path, "-m", DATA / "mapping.toml", "--json").out)
        for path in (DATA / "made-up-extract.csv", packed)
    )
    assert plain == unpacked


def test_a_draft_never_writes_over_a_mapping(run, tmp_path):
    there = tmp_path / "m.toml"
    there.write_text("mine", encoding="utf-8")
    said = run("mapping", "draft", DATA / "made-up-extract.csv", "--out", there)
    assert said.code == 3
    assert "there already" in said.err
    assert there.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "e.csv", "empty"),
        (b"a,b\n1,2\n", "e.txt", "can't be read"),
        (b"\x1f\x8bnot whole", "e.csv.gz", "e.csv.gz"),
        (None, "none.csv", "is not there"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_a_sentence(run, tmp_path, content, name, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for command in (["mapping", "draft", tmp_path / name],
                    ["mapping", "check", tmp_path / name, "-m", DATA / "mapping.toml"],
                    ["import", "extract", tmp_path / name, "-m", DATA / "mapping.toml", "-w", tmp_path / "w"]):  # fmt: skip
        said = run(*command)
        assert said.code == 3
        assert words in said.err


def test_a_mapping_that_asks_for_a_name_is_told_no_by_the_import_too(run, tmp_path):
    (tmp_path / "e.csv").write_text("Reported,Offence,Name\n31/03/2026,Stalking,Jane\n", encoding="utf-8")
    (tmp_path / "m.toml").write_text(
        'lamplighter_mapping = 1\nforce = "N"\n[columns]\nreported = "Reported"\noffence = "Offence"\nlocation = "Name"\n'
        '[dates]\nreported = "%d/%m/%Y"\n',
        encoding="utf-8",
    )
    said = run("import", "extract", tmp_path / "e.csv", "-m", tmp_path / "m.toml", "-w", tmp_path / "w")
    assert said.code == 3
    assert "are not imported" in said.err
    assert not (tmp_path / "w").exists()


def test_without_a_mapping_the_usage_is_said(capsys):
    assert main(["import", "extract", "e.csv", "-w", "w"]) == 2
