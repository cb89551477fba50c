"""`plan evidence add`, typed as a person would: what it says and what it exits with."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.plan.profiles.made_up_profile import TOLD


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """The folder that holds a profile of open street data, made on 1 May 2022."""
    return written(tmp_path / "street", TOLD)


def written(folder: Path, told: dict[str, Any]) -> Path:
    folder.mkdir()
    (folder / "profile.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def test_it_says_what_was_linked_what_was_written_and_what_was_left_out(
    run: Callable, plan: Path, street: Path
) -> None:
    said = run("plan", "evidence", "add", street, "--promise", "A1", "--plan", plan, "--by", "A. Analyst")
    assert said.code == 0
    first, second, third = said.out.splitlines()
    assert first.startswith("Linked PP-")
    assert first.endswith(" to A1, open: Violence in Northam: a violence profile.")
    assert second == (
        "  Written in one step: profiles.csv, profile_figures.csv, profile_findings.csv, sources.csv, evidence.csv."
    )
    assert third == ("  Findings kept: 2. Not kept: 2 of its first page's findings. Of its places nothing is kept.")
    again = run("plan", "evidence", "add", street / "profile.json", "--promise", "A1", "--plan", plan)
    assert (again.code, again.out.startswith("Nothing changed: PP-")) == (0, True)


def test_the_plan_folder_that_you_are_in_is_meant_if_none_is_named(
    run: Callable, plan: Path, street: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plan)
    said = run("plan", "evidence", "add", street, "--promise", "A1")
    assert said.code == 0
    assert "Nobody is named as having linked it" in said.out
    monkeypatch.chdir(street)
    said = run("plan", "evidence", "add", street, "--promise", "A1")
    assert (said.code, "You are in no plan folder. Name it: --plan FOLDER" in said.err) == (3, True)


def test_an_extract_is_said_to_be_not_for_everybody_and_a_build_warns_of_it(
    run: Callable, plan: Path, tmp_path: Path
) -> None:
    told = deepcopy(TOLD)
    told["is_street"], told["provenance"]["source"] = False, "extract"
    folder = written(tmp_path / "extract", told)
    said = run("plan", "evidence", "add", folder, "--promise", "A1", "--plan", plan, "--json")
    heard = json.loads(said.out)
    assert (heard["access"], heard["findings"], heard["findings_left_out"], heard["changed"]) == (
        "restricted",
        0,
        4,
        True,
    )
    said = run("plan", "evidence", "add", folder, "--promise", "A2", "--plan", plan)
    assert "Not for everybody: a release refuses it" in said.out
    said = run("plan", "evidence", "add", folder, "--promise", "A2", "--plan", plan, "--public")
    assert (said.code, "is linked already, as restricted" in said.err) == (3, True)


def test_a_profile_made_after_the_plans_day_says_from_when_it_is_shown(
    run: Callable, plan: Path, tmp_path: Path
) -> None:
    told = deepcopy(TOLD)
    told["provenance"]["made_on"] = "2022-07-15"
    said = run("plan", "evidence", "add", written(tmp_path / "late", told), "--promise", "A1", "--plan", plan)
    assert f"lamplighter plan as-of {plan} 2022-07-15" in said.out


def test_what_can_not_be_linked_is_a_sentence(run: Callable, plan: Path, street: Path, tmp_path: Path) -> None:
    said = run("plan", "evidence", "add", street, "--promise", "A11", "--plan", plan)
    assert (said.code, "Did you mean A1" in said.err) == (3, True)
    said = run("plan", "evidence", "add", plan / "plan.toml", "--promise", "A1", "--plan", plan)
    assert (said.code, "is damaged: it is no JSON" in said.err) == (3, True)
    said = run("plan", "evidence", "add", tmp_path / "nothing", "--promise", "A1", "--plan", plan)
    assert (said.code, "There is no file" in said.err) == (3, True)
    said = run("plan", "evidence", "add", street, "--promise", "A1", "--plan", plan, "--public", "--restricted")
    assert (said.code, "Give --public or --restricted, not both" in said.err) == (3, True)
    assert run("plan", "evidence", "add", street, "--plan", plan).code == 2
