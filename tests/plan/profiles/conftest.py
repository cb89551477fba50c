"""Plan folders of Northam, and profiles to link to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.plan.profiles.made_up_profile import TOLD


@pytest.fixture
def told() -> dict[str, Any]:
    """A profile of open street data; a test may change it."""
    return deepcopy(TOLD)


@pytest.fixture
def extract(told: dict[str, Any]) -> dict[str, Any]:
    """The same from a force's own extract."""
    told["is_street"] = False
    told["provenance"]["source"] = "extract"
    return told


@pytest.fixture
def write_profile(tmp_path: Path) -> Callable[..., Path]:
    """Write a profile.json into a folder of its own; the file's path."""

    def write(told: dict[str, Any], name: str = "profile") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "profile.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        return folder / "profile.json"

    return write


@pytest.fixture
def northam(write_plan: Callable[..., Path]) -> Path:
    """A plan of two promises, shown as of 30 June 2022, without evidence."""
    return write_plan(
        promises=[
            {"id": "A05", "version": "V1", "kind": "action", "title": "Make problem profiles"},
            {"id": "A06", "version": "V1", "kind": "action", "title": "Send officers where they point"},
        ]
    )
