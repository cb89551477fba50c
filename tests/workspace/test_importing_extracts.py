"""A force's own export in a workspace: its key, its mapping, and what a second import changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lamplighter.errors import FileRefused, InputError, WorkspaceDamaged
from lamplighter.workspace import Workspace, imports_listing, is_made_up
from lamplighter.workspace.importing_extract import KEY_NAME, import_extract

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MAPPING = """
lamplighter_mapping = 1
force = "Northam Police"
[columns]
reference = "Ref"
reported = "Reported"
offence = "Offence"
[dates]
reported = "%d/%m/%Y"
"""


@pytest.fixture
def bring(tmp_path):
    """Import exports drawn as lines of `A1,31/03/2026,Stalking`: `bring("…", name=…, mapping=…)`."""

    def import_lines(*lines: str, name: str = "export.csv", mapping: str = MAPPING, adds: bool = False):
        (tmp_path / name).write_text("\n".join(["Ref,Reported,Offence", *lines]) + "\n", encoding="utf-8")
        (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
        return import_extract(
            [tmp_path / name], mapping=tmp_path / "m.toml", workspace=tmp_path / "w", now=NOW, adds=adds
        )

    return import_lines


def test_a_later_export_replaces_the_months_that_it_holds(bring, tmp_path):
    bring("A1,31/03/2026,Stalking", "A2,01/04/2026,Stalking")
    done = bring("A3,02/04/2026,Harassment", "A4,03/04/2026,Harassment", name="later.csv")
    workspace = Workspace.open(tmp_path / "w")
    live = {(file.import_id[:4], file.months) for file, _ in workspace.live_files("incidents")}
    assert live == {("0001", ("2026-03",)), ("0002", ("2026-04",))}
    (change,) = workspace.manifest(done.id).month_changes
    assert (change.month, change.rows_before, change.rows_after) == ("2026-04", 1, 2)


def test_the_same_export_again_adds_a_line_and_no_row(bring, tmp_path):
    bring("A1,31/03/2026,Stalking")
    digest = Workspace.open(tmp_path / "w").digest()
    done = bring("A1,31/03/2026,Stalking", name="copy.csv")
    assert not done.changed
    assert Workspace.open(tmp_path / "w").digest() == digest


def test_by_another_mapping_the_same_export_is_read_again_and_its_earlier_rows_go(bring, tmp_path):
    bring("A1,31/03/2026,Stalking", "A2,01/04/2026,Stalking")
    digest = Workspace.open(tmp_path / "w").digest()
    month_first = MAPPING.replace('"Northam Police"', '"Southam Police"')
    done = bring("A1,31/03/2026,Stalking", "A2,01/04/2026,Stalking", mapping=month_first)
    workspace = Workspace.open(tmp_path / "w")
    assert done.changed
    assert workspace.parts("incidents") == ("Southam Police",)
    assert (
        sum(
            sum(record.months[month].rows for month in live.months)
            for live, record in workspace.live_files("incidents")
        )
        == 2
    )
    assert workspace.digest() != digest


def test_back_to_the_first_mapping_the_first_rows_are_live_again(bring, tmp_path):
    line = "A1,31/03/2026,Stalking"
    bring(line)
    digest = Workspace.open(tmp_path / "w").digest()
    bring(line, mapping=MAPPING.replace("Northam", "Southam"))
    assert bring(line).changed
    assert Workspace.open(tmp_path / "w").parts("incidents") == ("Northam Police",)
    assert Workspace.open(tmp_path / "w").digest() == digest


def test_a_reference_has_one_hash_in_a_workspace_and_another_in_the_next(bring, tmp_path):
    import pyarrow.parquet as pq

    def references(folder: Path) -> list[str]:
        files = sorted(folder.glob("imports/*/*.parquet"))
        return [each for file in files for each in pq.read_table(file).column("reference").to_pylist()]

    bring("A1,31/03/2026,Stalking")
    bring("A1,01/05/2026,Stalking", name="later.csv")
    first, second = references(tmp_path / "w")
    assert first == second
    import_extract([tmp_path / "export.csv"], mapping=tmp_path / "m.toml", workspace=tmp_path / "other", now=NOW)
    assert references(tmp_path / "other") != [first]


def test_a_workspace_knows_that_what_is_live_in_it_is_made_up(bring, tmp_path):
    made_up = MAPPING.replace("lamplighter_mapping = 1", "lamplighter_mapping = 1\nmade_up = true")
    bring("A1,31/03/2026,Stalking")
    assert not is_made_up(Workspace.open(tmp_path / "w"))
    assert b"made_up" not in next((tmp_path / "w" / "imports").glob("*/manifest.json")).read_bytes()
    bring("A2,01/04/2026,Stalking", name="later.csv", mapping=made_up)
    assert is_made_up(Workspace.open(tmp_path / "w"))
    assert not is_made_up(Workspace.open(tmp_path / "w"), source="police-uk")
    bring("A3,02/04/2026,Stalking", name="real.csv")  # replaces the only month that was made up
    assert not is_made_up(Workspace.open(tmp_path / "w"))


def test_the_key_is_in_no_file_but_its_own(bring, tmp_path):
    bring("A1,31/03/2026,Stalking")
    key = (tmp_path / "w" / KEY_NAME).read_bytes()
    others = [each for each in (tmp_path / "w").rglob("*") if each.is_file() and each.name != KEY_NAME]
    assert others
    assert all(key not in each.read_bytes() for each in others)


def test_a_key_that_is_gone_is_said_and_nothing_is_imported(bring, tmp_path):
    bring("A1,31/03/2026,Stalking")
    (tmp_path / "w" / KEY_NAME).unlink()
    with pytest.raises(WorkspaceDamaged, match="would not match"):
        bring("A2,01/04/2026,Stalking", name="later.csv")
    assert len(Workspace.open(tmp_path / "w").imports()) == 1


def test_a_key_that_is_damaged_is_said(bring, tmp_path):
    bring("A1,31/03/2026,Stalking")
    (tmp_path / "w" / KEY_NAME).write_text("short", encoding="ascii")
    with pytest.raises(WorkspaceDamaged, match="no key"):
        bring("A2,01/04/2026,Stalking", name="later.csv")


@pytest.mark.parametrize(
    ("lines", "mapping", "error"),
    [
        (["A1,31/03/2026,jane@example.org"], MAPPING, InputError),
        (["A1,31/13/2026,Stalking"], MAPPING, FileRefused),
        (["A1,31/03/2026,Stalking"], MAPPING.replace('"Ref"', '"Reff"'), FileRefused),
    ],
)
def test_what_is_refused_leaves_the_workspace_as_it_was(bring, tmp_path, lines, mapping, error):
    bring("A0,28/02/2026,Stalking", name="before.csv")
    state = Workspace.open(tmp_path / "w").state_sha256()
    with pytest.raises(error):
        bring(*lines, mapping=mapping)
    assert Workspace.open(tmp_path / "w").state_sha256() == state


def test_the_listing_adds_up_and_says_it_is_an_extract(bring, tmp_path):
    bring("A1,31/03/2026,Stalking", "A1,31/03/2026,Stalking", "A2,31/13/2026,Stalking")
    (entry,) = imports_listing(Workspace.open(tmp_path / "w"))
    (file,) = entry["files"]
    assert (file["rows_read"], file["rows_kept"], file["rows_refused"]) == (3, 2, 1)
    assert entry["source"] == "extract"
    assert entry["distinct_crime_ids"] == 1
    assert json.dumps(entry)
