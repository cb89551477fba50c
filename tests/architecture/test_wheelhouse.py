"""The ZIP for a machine without a network: what its README says, and that the same wheels give the same bytes."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
WHEEL = "lamplighter-0.2.0-py3-none-any.whl"


@pytest.fixture(scope="module")
def wheelhouse() -> ModuleType:
    """The script, loaded from its file: it is not part of the package."""
    spec = importlib.util.spec_from_file_location("wheelhouse", PROJECT / "requirements" / "wheelhouse.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["wheelhouse"] = module  # a dataclass looks itself up there
    spec.loader.exec_module(module)
    return module


def test_on_windows_the_readme_gives_two_commands_and_says_that_nobody_tried_it(wheelhouse: ModuleType) -> None:
    lines = wheelhouse.readme(platform="win_amd64", python="3.11", wheel=WHEEL).split("\r\n")
    assert [line for line in lines if line.startswith("py -3.11 -m pip install")] == [
        "py -3.11 -m pip install --no-index --find-links wheels --require-hashes -r requirements.txt",
        f"py -3.11 -m pip install --no-index --no-deps wheels\\{WHEEL}",
    ]
    assert any("Not yet tried on Windows" in line for line in lines)


def test_on_linux_the_readme_calls_python_by_its_name_there(wheelhouse: ModuleType) -> None:
    text = wheelhouse.readme(platform="manylinux_x86_64", python="3.12", wheel=WHEEL)
    assert "python3.12 -m pip install --no-index --no-deps wheels/" in text
    assert "\r" not in text
    assert "Windows" not in text


def test_the_same_files_packed_twice_give_the_same_bytes(wheelhouse: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "wheels").mkdir(parents=True)
    (folder / "wheels" / "b.whl").write_bytes(b"b")
    (folder / "README.txt").write_bytes(b"read me")
    wheelhouse.pack(folder, tmp_path / "one.zip")
    (folder / "README.txt").touch()
    wheelhouse.pack(folder, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "one.zip").namelist() == ["README.txt", "wheels/b.whl"]


def test_a_platform_that_nobody_packs_for_is_refused_with_the_known_ones(
    wheelhouse: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        wheelhouse.main(["--platform", "win32"])
    assert "win_amd64" in capsys.readouterr().err
