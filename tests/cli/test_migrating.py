"""`lamplighter migrate`, as a person types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

FROZEN = Path(__file__).resolve().parents[1] / "fixtures" / "v1"


@pytest.fixture
def old_plan(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FROZEN / "plan", tmp_path / "our plan"))


def test_a_command_on_an_older_folder_names_the_command_that_moves_it(run, old_plan: Path):
    said = run("plan", "check", old_plan)
    assert said.code == 3
    assert f"lamplighter migrate {old_plan}" in said.err


def test_without_yes_it_shows_what_would_change_and_writes_nothing(run, old_plan: Path):
    said = run("migrate", old_plan)
    assert said.code == 0
    assert "is a plan folder of version 1. Moving it to version 2:" in said.out
    assert "  plan.toml: 1 of " in said.out
    assert "  recommendations.csv: 3 of 4 lines change" in said.out
    assert said.out.endswith("Nothing was written. Add --yes to write it.\n")
    assert sorted(each.name for each in old_plan.parent.iterdir()) == ["our plan"]


def test_with_yes_it_is_moved_and_the_old_one_kept(run, old_plan: Path):
    said = run("migrate", old_plan, "--yes")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith(f"Wrote plan.toml and recommendations.csv. The old one is kept as {old_plan}.v1.\n")
    assert run("plan", "check", old_plan).code == 0
    assert run("migrate", old_plan).out.endswith("is the one of today. Nothing to do.\n")


def test_a_move_that_was_broken_off_between_two_names_is_ended(run, old_plan: Path):
    run("migrate", old_plan, "--yes")
    old_plan.rename(old_plan.with_name(".our plan.moving"))
    said = run("migrate", old_plan)
    assert "was broken off; it is ended now" in said.out
    assert run("plan", "check", old_plan).code == 0


def test_json_tells_a_machine_what_would_change(run, old_plan: Path):
    told = json.loads(run("migrate", old_plan, "--json").out)
    assert (told["what"], told["version"], told["known"]) == ("plan folder", 1, 2)
    assert (told["changes"], told["written"]) == (["plan.toml", "recommendations.csv"], False)


def test_a_frozen_workspace_has_nothing_to_be_moved(run, tmp_path: Path):
    workspace = shutil.copytree(FROZEN / "workspace", tmp_path / "workspace")
    assert run("migrate", workspace).out.endswith("workspace of version 1, which is the one of today. Nothing to do.\n")
    assert run("verify", "--workspace", workspace).code == 0


def test_releases_are_said_to_be_left_alone(run, tmp_path: Path):
    releases = shutil.copytree(FROZEN / "releases", tmp_path / "releases")
    assert "No release is changed" in run("migrate", releases).out


def test_who_stands_inside_the_folder_is_told_to_go_up(run, old_plan: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(old_plan)
    said = run("migrate", ".", "--yes")
    assert said.code == 3
    assert "Go one folder up" in said.err
    assert sorted(each.name for each in old_plan.parent.iterdir()) == ["our plan"]


def test_a_lone_plan_json_is_moved_in_its_place(run, tmp_path: Path):
    path = Path(shutil.copy(FROZEN / "plan.json", tmp_path / "kept.json"))
    assert run("migrate", path, "--yes", "--drop-old").code == 0
    assert json.loads(path.read_bytes())["schema_version"] == 2
    assert [each.name for each in tmp_path.iterdir()] == ["kept.json"]
