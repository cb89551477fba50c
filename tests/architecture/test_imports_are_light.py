"""`import lamplighter` and `lamplighter --version` load nothing heavy: a completion must not wait for plotting."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

HEAVY = {
    "duckdb",
    "pyarrow",
    "numpy",
    "scipy",
    "typst",
    "vl_convert",
    "altair",
    "openpyxl",
    "docx",
    "pandas",
    "jinja2",
    "convertbng",
    "pyproj",
}
LIGHT_ROOMS = (
    "lamplighter",
    "lamplighter.errors",
    "lamplighter.schema",
    "lamplighter.definitions",
    "lamplighter.plan",
    "lamplighter.typed_table",
    "lamplighter.cli",
    "lamplighter.plan.editing",  # with it `plan check`, `accept` and `stamp`, which count nothing
)


@pytest.mark.parametrize("room", LIGHT_ROOMS)
def test_a_light_room_loads_no_engine_no_arithmetic_and_no_plotting(room: str) -> None:
    script = (
        f"import json, sys; import {room}; print(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert sorted(HEAVY & set(json.loads(done.stdout))) == []


def test_import_lamplighter_alone_loads_no_other_room() -> None:
    script = "import sys, lamplighter; print(*sorted(name for name in sys.modules if name.startswith('lamplighter.')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def rooms_after(script: str) -> list[str]:
    """The rooms of the package that are loaded once a script has run."""
    told = "; import sys; print(*sorted({n.split('.')[1] for n in sys.modules if n.startswith('lamplighter.')}))"
    done = subprocess.run(
        [sys.executable, "-c", script + told], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    return done.stdout.split()


def test_the_plan_is_there_when_it_is_named_and_loads_no_reports() -> None:
    script = "import lamplighter; lamplighter.plan.load('plans/met-vawg-2021').promises"
    rooms = rooms_after(script)
    assert {"plan", "typed_table"} <= set(rooms)
    assert not {"reports", "notebook", "cli"} & set(rooms)


def test_a_workspace_is_opened_by_the_notebook_room_and_not_by_the_command_line() -> None:
    script = "import lamplighter\ntry: lamplighter.open('nowhere')\nexcept lamplighter.errors.InputError: pass\n0"
    rooms = rooms_after(script)
    assert "notebook" in rooms
    assert "cli" not in rooms


def test_a_star_takes_nothing_of_pythons_own_names() -> None:
    names: dict[str, object] = {}
    exec("from lamplighter import *", names)  # noqa: S102 - the only way to ask for a star
    assert "open" not in names
