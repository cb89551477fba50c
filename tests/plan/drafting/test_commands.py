"""draft, review and draft-score as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lamplighter.cli import commands, drafting, planning
from lamplighter.plan.folder import load_plan

assert planning.app in [each.typer_instance for each in commands.app.registered_groups]
HERE = Path(__file__).parent
NORTHAM = str(HERE / "northam-plan.txt")


def run(*arguments: str, keys: str = "") -> Result:
    return CliRunner().invoke(planning.app, list(arguments), input=keys)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    out = str(tmp_path / "northam")
    assert run("draft", NORTHAM, "--out", out, "--title", "Safer nights", "--body", "Northam").exit_code == 0
    return out


def test_draft_says_what_it_picked_and_that_nothing_is_confirmed(tmp_path: Path):
    told = run("draft", NORTHAM, "--out", str(tmp_path / "plan")).output
    assert "13 figures, 5 dates" in told
    assert "Nothing is confirmed yet." in told
    assert "single figure" not in told


def test_draft_says_of_a_text_without_a_figure_that_it_has_none(tmp_path: Path):
    (tmp_path / "plan.txt").write_text("We will do better.", encoding="utf-8")
    assert "has not a single figure" in run("draft", str(tmp_path / "plan.txt"), "--out", str(tmp_path / "plan")).output


def test_draft_as_json_has_the_counts(tmp_path: Path):
    told = json.loads(run("draft", NORTHAM, "--out", str(tmp_path / "plan"), "--json").output)
    assert (told["figures"], told["dates"], told["warning"]) == (13, 5, None)


def test_one_key_an_item_confirms_refuses_leaves_and_undoes(folder: str):
    told = run("review", folder, "--by", "Ann Lee", keys="nsuyxq").output
    assert "Undone" in told
    assert told.count("y confirm") == 2  # at the beginning, and for a key that means nothing
    assert "Go on with the same command." in told


def test_the_end_of_the_input_is_a_stop_and_what_was_answered_is_written(folder: str):
    told = run("review", folder, "--by", "Ann Lee", keys="y" * 8).output
    assert "Wrote" in told
    assert load_plan(Path(folder)).decisions


def test_a_review_to_the_end_says_so(folder: str):
    assert "Every item is decided." in run("review", folder, "--by", "Ann Lee", keys="y" * 99).output
    assert "0 of" in run("review", folder, "--by", "Ann Lee").output


def test_the_last_answer_of_all_can_be_taken_back_too_and_what_it_wrote_goes(folder: str):
    run("review", folder, "--by", "Ann Lee", keys="y" * 99)
    before = len(load_plan(Path(folder)).promises)
    told = run("review", folder, "--by", "Ann Lee", keys="u" * 40 + "q").output
    assert "That was the last item." in told
    assert "Took back" in told
    assert before > 0
    assert load_plan(Path(folder)).promises == ()
    assert load_plan(Path(folder)).sources == ()


def test_confirmed_names_are_said_with_the_place_where_they_are_kept(folder: str):
    told = run("review", folder, "--by", "Ann Lee", keys="y" * 99).output
    assert "confirmed names are kept in" in told
    assert "programmes.csv" in told


def test_stopped_with_control_c_what_was_answered_is_still_written(folder: str, monkeypatch: pytest.MonkeyPatch):
    keys = iter("yyyyyy")

    def press() -> str:
        try:
            return next(keys)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(drafting, "_key", press)
    run("review", folder, "--by", "Ann Lee")
    assert load_plan(Path(folder)).decisions


def test_draft_score_prints_recall_and_precision_with_their_counts():
    told = run("draft-score", "--text", NORTHAM, "--truth", str(HERE / "northam-plan.csv")).output
    assert "recall 100% (13 of 13 labelled), precision 100% (13 of 13 drafted)" in told


def test_draft_score_as_json_names_what_was_missed():
    told = json.loads(run("draft-score", "--text", NORTHAM, "--truth", str(HERE / "northam-plan.csv"), "--json").output)
    assert told["dates"] == {
        "labelled": 5, "found": 5, "recall": 1.0, "drafted": 5, "right": 5, "precision": 1.0, "missed": [], "not_labelled": [],
    }  # fmt: skip


def test_check_says_how_many_items_of_the_draft_wait_and_nothing_once_all_are_decided(folder: str):
    waiting = run("check", folder).output
    number = int(waiting.split("Not decided yet: ")[1].split()[0])
    assert f"Next: lamplighter plan review {folder} --by NAME" in " ".join(waiting.split())
    run("review", folder, "--by", "Ann Lee", keys="n" * number)
    assert "Not decided yet" not in run("check", folder).output
