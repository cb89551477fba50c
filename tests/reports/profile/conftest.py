"""The made-up profiles that every output of a profile is tested on."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from lamplighter.reports.profile.drawn import Drawn


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fixture_profile", Path(__file__).parent / "fixture_profile.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


PROFILES = _module()


@pytest.fixture
def profiles() -> ModuleType:
    """The module fixture_profile itself, for its hostile texts."""
    return PROFILES


@pytest.fixture
def extract_told() -> dict[str, Any]:
    return PROFILES.extract_told()


@pytest.fixture
def street_told() -> dict[str, Any]:
    return PROFILES.street_told()


@pytest.fixture
def empty_told() -> dict[str, Any]:
    return PROFILES.empty_told()


@pytest.fixture
def long_told() -> dict[str, Any]:
    return PROFILES.long_told()


@pytest.fixture
def drawn() -> Drawn:
    return PROFILES.drawn()
