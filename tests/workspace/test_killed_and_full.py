"""Killed at any step, or with the disk full at any step, an import happened wholly or not at all."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from lamplighter.errors import WorkspaceNotWritten
from lamplighter.reductions import Engine
from lamplighter.workspace import Workspace
from lamplighter.workspace.durable import Disk

HEAVY = [
    "duckdb",
    "pyarrow.parquet",
    "filelock",
    "lamplighter.workspace",
    "lamplighter.sources.mps_vawg",
    "killed_import",
]


@pytest.fixture(scope="module")
def run_killed():
    """Import in a process of its own that kills itself before a step; gives its exit code (0: it ended well)."""
    patch = pytest.MonkeyPatch()
    here, source = str(Path(__file__).parent), str(Path(__file__).parents[2] / "src")
    patch.syspath_prepend(here)
    patch.setenv("PYTHONPATH", os.pathsep.join([here, source]))  # the server does not take over this process's path
    from killed_import import import_and_die

    # A server that has loaded the heavy parts once makes some forty real processes cheap; Windows starts each anew.
    can_fork = "forkserver" in multiprocessing.get_all_start_methods()
    processes = multiprocessing.get_context("forkserver" if can_fork else "spawn")
    if can_fork:
        processes.set_forkserver_preload(HEAVY)

    def run(workspace: Path, at_step: int, *files: Path, steps_file: Path | None = None) -> int | None:
        arguments = (str(workspace), at_step, [str(file) for file in files], str(steps_file) if steps_file else None)
        process = processes.Process(target=import_and_die, args=arguments)
        process.start()
        process.join(120)
        return process.exitcode

    yield run
    patch.undo()


def state(home: Path):
    """All that a person could see of a workspace."""
    if not (home / "workspace.json").exists():
        return None
    workspace = Workspace.open(home)
    assert workspace.verify() == ()
    rows = []
    if "offences_place" in workspace.head.tables:
        with Engine(workspace) as engine:
            rows = engine.run("crimes_by_month_ward").to_pylist()
    refused = [workspace.refused_rows(entry.id) for entry in workspace.head.imports]
    return workspace.head, workspace.digest(), rows, workspace.revisions().to_pylist(), refused


@pytest.fixture
def second(draw):
    """A later file that replaces, adds, revises, and has a refused row: every kind of file is written."""
    return draw(
        "second.csv",
        """
        Ealing  Abbey 2014-02 4
        Lambeth Abbey 2014-03 7
        Lambeth Abbey 2014-03 few
        Rape 2014-02 4
        """,
    )


def test_killed_at_any_step_the_workspace_is_as_before_or_as_after(home, march, second, bring_in, tmp_path, run_killed):
    bring_in(march)
    before = state(home)
    shutil.copytree(home, tmp_path / "whole")
    assert run_killed(tmp_path / "whole", 0, second, steps_file=tmp_path / "steps.txt") == 0
    steps = (tmp_path / "steps.txt").read_text(encoding="utf-8").split("\n")
    after = state(tmp_path / "whole")
    assert before != after
    assert len(steps) > 20
    named = steps.index("replace workspace.json") + 1
    for number, step in enumerate(steps, start=1):
        shutil.copytree(home, tmp_path / "killed")
        assert run_killed(tmp_path / "killed", number, second) != 0
        assert state(tmp_path / "killed") == (before if number <= named else after), f"killed before {number}: {step}"
        shutil.rmtree(tmp_path / "killed")


@pytest.mark.parametrize(
    "step", ["half offences_kind-1.parquet", "fsync manifest.json", "replace workspace.json", "settle W"]
)
def test_after_a_kill_the_next_import_mends_everything(home, march, second, bring_in, tmp_path, run_killed, step):
    bring_in(march)
    shutil.copytree(home, tmp_path / "whole" / "W")
    assert run_killed(tmp_path / "whole" / "W", 0, second, steps_file=tmp_path / "steps.txt") == 0
    steps = (tmp_path / "steps.txt").read_text(encoding="utf-8").split("\n")
    last = len(steps) - steps[::-1].index(step)
    assert run_killed(home, last, second) != 0
    bring_in(second)
    mended = Workspace.open(home)
    assert mended.verify() == ()
    assert mended.digest() == Workspace.open(tmp_path / "whole" / "W").digest()
    assert {each.name for each in (home / "imports").iterdir()} == {entry.id for entry in mended.head.imports}
    assert not list(home.glob("*.tmp"))


@pytest.mark.parametrize("number", range(1, 7))
def test_killed_while_it_is_made_a_workspace_can_still_be_made(home, march, bring_in, run_killed, number):
    assert run_killed(home, number, march) != 0
    if (home / "workspace.json").exists():
        assert Workspace.open(home).imports() == ()
    bring_in(march)
    assert len(Workspace.open(home).imports()) == 1
    assert Workspace.open(home).verify() == ()


def full_at(number: int, reached: list[str]) -> Disk:
    """A disk that has no space left from one step on."""

    def at(step: str) -> None:
        reached.append(step)
        if len(reached) >= number:
            raise OSError(errno.ENOSPC, "No space left on device")

    return Disk(at=at)


def test_a_disk_that_is_full_at_any_step_leaves_the_workspace_as_it_was(home, march, second, bring_in):
    bring_in(march)
    before = state(home)
    reached: list[str] = []
    for number in range(1, 100):
        reached = []
        with pytest.raises(WorkspaceNotWritten) as told:
            bring_in(second, disk=full_at(number, reached))
        if reached[-2:] == ["replace workspace.json", "settle W"]:
            break
        assert "is full. Nothing was changed: free some space" in str(told.value)
        assert state(home) == before
        assert len(list((home / "imports").iterdir())) == 1
    assert number > 20
    assert "the disk did not confirm it" in str(told.value)
    assert state(home) != before


def test_a_real_write_that_fails_half_way_leaves_the_workspace_as_it_was(home, march, second, bring_in, monkeypatch):
    bring_in(march)
    before = state(home)

    def no_fsync(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_fsync)
    with pytest.raises(WorkspaceNotWritten, match="is full"):
        bring_in(second)
    monkeypatch.undo()
    assert state(home) == before


def test_stopped_from_the_keyboard_nothing_is_left_behind(home, march, second, bring_in):
    bring_in(march)
    before = state(home)

    def stop(step: str) -> None:
        if step == "half manifest.json":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(second, disk=Disk(at=stop))
    assert state(home) == before
    assert len(list((home / "imports").iterdir())) == 1
