"""`import lamplighter` and `lamplighter --version` load nothing heavy: a completion must not wait for plotting."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"duckdb", "pyarrow", "numpy", "scipy", "typst", "vl_convert", "altair", "openpyxl", "docx", "pandas", "jinja2"}
LIGHT_ROOMS = (
    "lamplighter",
    "lamplighter.errors",
    "lamplighter.schema",
    "lamplighter.definitions",
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
