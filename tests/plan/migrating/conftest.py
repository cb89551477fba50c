"""Copies of what version 1 wrote, frozen for good in tests/fixtures/v1."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

FROZEN = Path(__file__).resolve().parents[2] / "fixtures" / "v1"


@pytest.fixture(scope="session")
def frozen() -> Path:
    """The frozen files themselves: read them, never write."""
    return FROZEN


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of one of them to work on."""

    def make(name: str) -> Path:
        place = tmp_path / name
        if (FROZEN / name).is_dir():
            shutil.copytree(FROZEN / name, place)
        else:
            shutil.copy(FROZEN / name, place)
        return place

    return make
