"""The methods load nothing but NumPy, SciPy and the errors, and only when they are used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lamplighter

METHODS = Path(lamplighter.__file__).parent / "methods"


def loaded_by(statement: str) -> set[str]:
    """The names of all modules that Python's own import log lists for one statement."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", statement], capture_output=True, text=True, check=True
    )
    return {
        line.rsplit("|", 1)[1].strip()
        for line in done.stderr.splitlines()
        if line.startswith("import time:") and "|" in line
    }


def test_importing_lamplighter_loads_no_method_and_no_arithmetic():
    loaded = loaded_by("import lamplighter")
    assert "lamplighter" in loaded
    assert not {
        each for each in loaded if each.split(".")[0] in {"numpy", "scipy"} or each.startswith("lamplighter.methods")
    }


@pytest.mark.parametrize("module", sorted(each.stem for each in METHODS.glob("*.py") if each.stem != "__init__"))
def test_a_method_loads_neither_engine_nor_scipy_before_it_needs_them(module):
    loaded = {each.split(".")[0] for each in loaded_by(f"import lamplighter.methods.{module}")}
    assert not loaded & {
        "scipy",
        "duckdb",
        "pyarrow",
        "pandas",
        "typer",
        "rich",
        "typst",
        "vl_convert",
        "openpyxl",
        "jinja2",
    }


@pytest.mark.parametrize("path", sorted(METHODS.glob("*.py")), ids=lambda path: path.stem)
def test_a_method_names_nothing_but_numpy_scipy_the_errors_and_its_neighbours(path):
    allowed = ("numpy", "scipy", "lamplighter.errors", "lamplighter.methods.")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        for name in names:
            assert name.startswith(allowed) or name.split(".")[0] in sys.stdlib_module_names, name
