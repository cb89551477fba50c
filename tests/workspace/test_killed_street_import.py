"""Killed at any step, or with the disk full at any step, an import of street files happened wholly or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lamplighter.errors import WorkspaceNotWritten
from lamplighter.reductions import Engine
from lamplighter.workspace import Workspace, import_police_uk
from lamplighter.workspace.durable import Disk

HERE = Path(__file__).parent
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def files(draw_street):
    """A first month, and a second import that replaces it and brings a refused row, two forces and another month."""
    first = draw_street("first.csv", "a1 2018-10 Burglary A\na2 2018-10 ASB -")
    later = draw_street("later.csv", "b1 2018-10 Burglary A\nb2 2018-13 Burglary A\nb3 2018-11 Burglary B")
    other = draw_street("other.csv", "s1 2018-10 Burglary A", force="Southam Police")
    return first, (later, other)


def state(home: Path):
    """All that a person could see of a workspace."""
    workspace = Workspace.open(home)
    assert workspace.verify() == ()
    with Engine(workspace) as engine:
        rows = engine.run("incidents_by_month_offence").to_pylist()
    return (
        workspace.head,
        workspace.digest(),
        rows,
        [workspace.refused_rows(each.id) for each in workspace.head.imports],
    )


def killed(home: Path, step: int, *paths: Path) -> subprocess.CompletedProcess[str]:
    """Import in a process of its own that ends itself before a step."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1] / "src")])}
    command = [sys.executable, str(HERE / "killed_street_import.py"), str(home), str(step), *map(str, paths)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_killed_before_any_step_the_workspace_is_as_before_or_as_after(home, tmp_path, files):
    first, later = files
    import_police_uk([first], workspace=home, now=NOON)
    before = state(home)
    whole = shutil.copytree(home, tmp_path / "whole")
    steps = killed(whole, 0, *later).stdout.splitlines()
    after = state(whole)
    assert before != after
    named = steps.index("replace workspace.json") + 1
    # One of each kind of step, and both sides of the one that counts: a process of its own each takes a second.
    one_of_each = {step.split()[0] + step.rsplit(".", 1)[-1]: number for number, step in enumerate(steps, start=1)}
    for number in sorted({*one_of_each.values(), 1, named - 1, named, named + 1, len(steps)}):
        copy = shutil.copytree(home, tmp_path / f"killed{number}")
        assert killed(copy, number, *later).returncode != 0
        assert state(copy) == (before if number <= named else after), f"killed before {number}: {steps[number - 1]}"
        import_police_uk(later, workspace=copy, now=NOON)
        assert Workspace.open(copy).digest() == Workspace.open(whole).digest(), "the next import mends everything"
        assert {each.name for each in (copy / "imports").iterdir()} == {
            entry.id for entry in Workspace.open(copy).head.imports
        }


def test_a_disk_that_is_full_at_any_step_leaves_the_workspace_as_it_was(home, files):
    first, later = files
    import_police_uk([first], workspace=home, now=NOON)
    before = state(home)
    for number in range(1, 100):
        reached: list[str] = []

        def at(step: str, reached: list[str] = reached, number: int = number) -> None:
            reached.append(step)
            if len(reached) >= number:
                raise OSError(errno.ENOSPC, "No space left on device")

        with pytest.raises(WorkspaceNotWritten) as told:
            import_police_uk(later, workspace=home, now=NOON, disk=Disk(at=at))
        if reached[-2:] == ["replace workspace.json", "settle W"]:
            break
        assert "is full. Nothing was changed: free some space" in str(told.value)
        assert state(home) == before
    assert number > 15
    assert "the disk did not confirm it" in str(told.value)
    assert state(home) != before
