"""Each import contract of pyproject.toml holds, and breaks on a violation seeded into a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import lamplighter

PACKAGE = Path(lamplighter.__file__).parent
PROJECT = Path(__file__).resolve().parent.parent.parent
LINTER = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
# From the top down; rooms on one line know nothing of each other.
LAYERS = ("cli", "reports", "plan", "studies", "methods", "workspace", "sources", "definitions", "schema", "errors")
SEEDS = {
    "methods": ("methods/seeded.py", "import duckdb"),
    "terminal": ("plan/seeded.py", "import rich"),
    "oracles": ("studies/seeded.py", "import pandas"),
    "portable": ("workspace/seeded.py", "import fcntl"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package's Python files and the contracts, where they may be broken."""
    shutil.copytree(
        PACKAGE,
        tmp_path / "src" / "lamplighter",
        ignore=lambda folder, names: [
            name for name in names if not name.endswith(".py") and not (Path(folder) / name / "__init__.py").is_file()
        ],
    )
    shutil.copyfile(PROJECT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def contract_ids() -> list[str]:
    """The ids of the contracts that the project states."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]]


def verdict(folder: Path, *contracts: str) -> tuple[bool, str]:
    """Do these contracts hold in that copy? And what the linter said."""
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    done = subprocess.run(
        [*LINTER, "--no-cache", "--config", "pyproject.toml", *chosen],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert "Analyzed" in said, said
    return done.returncode == 0, said


def seed(folder: Path, file: str, line: str) -> None:
    """Write one import into a file of the copy, behind what stands there."""
    path = folder / "src" / "lamplighter" / file
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")


def home_of(layer: str) -> str:
    """A file in which that layer's seeded import may stand."""
    return f"{layer}.py" if (PACKAGE / f"{layer}.py").is_file() else f"{layer}/seeded.py"


def test_every_contract_holds(copy: Path) -> None:
    holds, said = verdict(copy)
    assert holds, said


def test_every_contract_has_a_seeded_violation_in_this_file() -> None:
    assert sorted(contract_ids()) == sorted(["layers", *SEEDS])


@pytest.mark.parametrize("contract", sorted(SEEDS))
def test_a_contract_breaks_on_its_seeded_violation(copy: Path, contract: str) -> None:
    seed(copy, *SEEDS[contract])
    holds, said = verdict(copy, contract)
    assert not holds, said
    assert SEEDS[contract][1].removeprefix("import ") in said


def test_no_layer_may_import_the_one_above_it_and_methods_and_reductions_not_each_other(copy: Path) -> None:
    pairs = [*zip(LAYERS[1:], LAYERS[:-1], strict=True), ("reductions", "methods"), ("workspace", "reductions")]
    pairs += [("reports", "notebook"), ("plan", "notebook"), ("notebook", "cli"), ("schema", "typed_table")]
    for below, above in pairs:
        seed(copy, home_of(below), f"import lamplighter.{above}")
    holds, said = verdict(copy, "layers")
    assert not holds
    told = [f"lamplighter.{below} is not allowed to import lamplighter.{above}" for below, above in pairs]
    assert [sentence for sentence in told if sentence not in said] == []


def test_a_new_room_breaks_the_layers_until_it_is_given_a_place(copy: Path) -> None:
    room = copy / "src" / "lamplighter" / "cellar"
    room.mkdir()
    (room / "__init__.py").write_text("", encoding="utf-8")
    holds, said = verdict(copy, "layers")
    assert not holds
    assert "cellar" in said
