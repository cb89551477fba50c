"""Opening a workspace: what is there, what is not, what is newer, what is broken."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time

import filelock
import pytest

from lamplighter.errors import InputError, WorkspaceBusy, WorkspaceDamaged
from lamplighter.reductions import Engine
from lamplighter.workspace import Workspace


def test_where_there_is_none_the_command_that_makes_one_is_named(home):
    with pytest.raises(InputError, match=r"There is no workspace at .*lamplighter import mps-vawg FILE --workspace"):
        Workspace.open(home)


def test_a_new_workspace_is_empty_and_can_be_opened_again(home):
    made = Workspace.create_or_open(home)
    assert made.imports() == ()
    assert Workspace.create_or_open(home).digest() == made.digest()


def test_a_folder_with_other_files_is_not_made_a_workspace(home):
    home.mkdir()
    (home / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(InputError, match=r"holds other files \(letter\.txt"):
        Workspace.create_or_open(home)


def test_a_file_is_no_folder(home):
    home.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="is a file"):
        Workspace.create_or_open(home)


def test_a_newer_schema_is_refused_in_a_sentence(home, march, bring_in):
    bring_in(march)
    head = home / "workspace.json"
    state = json.loads(head.read_bytes()) | {"schema_version": 99}
    head.write_text(json.dumps(state), encoding="utf-8")
    with pytest.raises(InputError, match=r"newer Lamplighter \(workspace schema 99; this one knows up to 2\)\. Update"):
        Workspace.open(home)
    with pytest.raises(InputError, match="newer Lamplighter"):
        bring_in(march)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"schema_version": 1', b'{"schema_version": 1, "imports": 3}']
)
def test_a_broken_head_is_named(home, march, bring_in, content):
    bring_in(march)
    (home / "workspace.json").write_bytes(content)
    with pytest.raises(WorkspaceDamaged, match=r"not a workspace's head"):
        Workspace.open(home)


def test_a_lost_head_is_not_taken_for_a_new_folder(home, march, bring_in):
    bring_in(march)
    (home / "workspace.json").unlink()
    with pytest.raises(WorkspaceDamaged, match=r"has imports but no workspace\.json"):
        bring_in(march)


def test_a_whole_workspace_has_no_problem(home, march, april, bring_in):
    bring_in(march)
    bring_in(april)
    assert Workspace.open(home).verify() == ()
    Workspace.open(home).check_intact()


def test_one_changed_byte_is_found(home, march, bring_in):
    bring_in(march)
    (data,) = home.rglob("*.parquet")
    content = bytearray(data.read_bytes())
    content[10] ^= 1
    data.write_bytes(content)
    (problem,) = Workspace.open(home).verify()
    assert "offences_place-1.parquet was changed after import 0001" in problem
    with pytest.raises(WorkspaceDamaged, match="was changed"):
        Workspace.open(home).check_intact()


def test_a_lost_file_is_found_and_a_question_says_so(home, march, april, bring_in):
    bring_in(march)
    (data,) = home.rglob("*.parquet")
    data.unlink()
    assert "is missing" in Workspace.open(home).verify()[0]
    with pytest.raises(WorkspaceDamaged, match="lamplighter verify"), Engine(Workspace.open(home)) as engine:
        engine.run("crimes_by_month_ward")
    with pytest.raises(WorkspaceDamaged, match="lamplighter verify"):
        bring_in(april)


def test_a_changed_manifest_is_found(home, march, bring_in):
    bring_in(march)
    (manifest,) = home.rglob("manifest.json")
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"rows": 3', '"rows": 4'), encoding="utf-8")
    assert "is missing or changed" in Workspace.open(home).verify()[0]


def test_what_the_head_does_not_name_is_swept_at_the_next_import(home, march, april, bring_in):
    bring_in(march)
    stray = home / "imports" / "0002-feedbeef"
    stray.mkdir()
    (stray / "offences_place-1.parquet").write_bytes(b"torn")
    (home / "workspace.json.tmp").write_bytes(b"{")
    bring_in(april)
    assert not stray.exists()
    assert not (home / "workspace.json.tmp").exists()


def test_a_second_import_that_does_not_want_to_wait_is_told(home, march, april, bring_in):
    bring_in(march)
    with filelock.FileLock(home / "workspace.lock"), pytest.raises(WorkspaceBusy, match=r"waited 0\.1 s"):
        bring_in(april, wait_s=0.1)
    assert len(Workspace.open(home).imports()) == 1


def test_a_second_import_waits_for_the_first(home, march, april, bring_in):
    bring_in(march)
    held = filelock.FileLock(home / "workspace.lock", thread_local=False)
    held.acquire()
    threading.Thread(target=lambda: (time.sleep(0.3), held.release())).start()
    bring_in(april, wait_s=20)
    assert len(Workspace.open(home).imports()) == 2


def test_an_open_workspace_keeps_its_state_while_an_import_goes_on(home, march, april, bring_in):
    bring_in(march)
    opened = Workspace.open(home)
    before = opened.digest()
    bring_in(april)
    with Engine(opened) as engine:
        assert engine.run("crimes_by_month_ward").column("crimes").to_pylist() == [3, 1, 5]
    assert opened.digest() == before


def test_a_folder_with_wildcards_in_its_name_is_taken_literally(tmp_path, march):
    from datetime import UTC, datetime

    from lamplighter.workspace import import_files

    odd = tmp_path / "W [1] it's"
    import_files([march], workspace=odd, now=datetime(2026, 1, 1, tzinfo=UTC))
    with Engine(Workspace.open(odd)) as engine:
        assert engine.run("crimes_by_month_ward").num_rows == 3


def test_listing_imports_loads_neither_duckdb_nor_pyarrow(home, march, bring_in):
    bring_in(march)
    code = (
        "import sys; from pathlib import Path; from lamplighter.workspace import Workspace, imports_listing;"
        "imports_listing(Workspace.open(Path(sys.argv[1])));"
        "bad = {'duckdb', 'pyarrow', 'numpy', 'pandas', 'scipy', 'openpyxl'} & set(sys.modules); assert not bad, bad"
    )
    assert subprocess.run([sys.executable, "-c", code, str(home)], check=False).returncode == 0
