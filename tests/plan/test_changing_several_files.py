"""Several files of a plan folder change together: killed at any step, refused at any step, all of them or none."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.plan.killed_change import NEW
from tests.plan.sheets.conftest import type_in

import lamplighter.plan.changing as changing
from lamplighter.errors import InputError
from lamplighter.plan.changing import change_files, end_broken_off
from lamplighter.plan.editing import start_folder
from lamplighter.plan.folder import files_of_plan, load_plan, read_header
from lamplighter.plan.sheets.export import export_plan
from lamplighter.plan.sheets.merging import preview_import, write_import
from lamplighter.workspace.durable import Disk

OLD = {"promises.csv": b"id\nA1\n", "sentences.csv": b"id\nS1\n"}
HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plan"
    made.mkdir()
    _put(made, OLD)
    return made


def _put(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _visible(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def _all(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*"))


def _run(folder: Path, at_step: int, what: str) -> subprocess.CompletedProcess[str]:
    source = str(HERE.parents[1] / "src")
    return subprocess.run(
        [sys.executable, str(HERE / "killed_change.py"), str(folder), str(at_step), what],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=False,
    )


def _steps(folder: Path, what: str) -> int:
    done = _run(folder, 0, what)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_killed_before_any_step_the_next_reader_finds_all_files_old_or_all_new(folder: Path, tmp_path: Path):
    trial = tmp_path / "trial"
    shutil.copytree(folder, trial)
    found = []
    for step in range(1, _steps(trial, "change") + 1):
        shutil.rmtree(trial)
        shutil.copytree(folder, trial)
        assert _run(trial, step, "change").returncode != 0
        end_broken_off(trial)
        found.append(_visible(trial))
        assert found[-1] in (OLD, NEW), f"step {step}"
        # What is left does not stand in the way of the same change made again.
        change_files(trial, NEW)
        assert (_visible(trial), _all(trial)) == (NEW, sorted(NEW)), f"step {step}"
    turns = sum(a != b for a, b in itertools.pairwise(found))
    assert (found[0], found[-1], turns) == (OLD, NEW, 1)  # one step decides


def test_killed_while_it_ends_a_broken_off_change_the_one_after_it_ends_it(folder: Path, tmp_path: Path):
    def broken_off(where: Path) -> Path:
        shutil.rmtree(where, ignore_errors=True)
        shutil.copytree(folder, where)
        with pytest.raises(_Stopped):
            change_files(where, NEW, disk=_stopping_at("move sentences.csv"))
        return where

    trial = tmp_path / "trial"
    for step in range(1, _steps(broken_off(trial), "end") + 1):
        assert _run(broken_off(trial), step, "end").returncode != 0
        end_broken_off(trial)
        assert (_visible(trial), _all(trial)) == (NEW, sorted(NEW)), f"step {step}"


class _Stopped(BaseException):
    """Stands for a kill where the files alone matter: nothing catches it."""


def _stopping_at(step: str) -> Disk:
    def stop(at: str) -> None:
        if at == step:
            raise _Stopped

    return Disk(at=stop)


def _refusing(*steps: str) -> Disk:
    def refuse(at: str) -> None:
        if at in steps:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), None)

    return Disk(at=refuse)


def _refusing_the(number: int) -> Disk:
    steps: list[str] = []

    def refuse(at: str) -> None:
        steps.append(at)
        if len(steps) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), None)

    return Disk(at=refuse)


def test_a_disk_that_refuses_at_any_step_leaves_every_file_as_it_was(folder: Path):
    steps: list[str] = []
    change_files(folder, NEW, disk=Disk(at=steps.append))
    for number, step in enumerate(steps[:-1], start=1):
        shutil.rmtree(folder)
        folder.mkdir()
        _put(folder, OLD)
        with pytest.raises(InputError, match=r"can't be written \(No space left on device\)\. Nothing was written\."):
            change_files(folder, NEW, disk=_refusing_the(number))
        assert (_visible(folder), _all(folder)) == (OLD, sorted(OLD)), step


def test_a_hidden_folder_that_can_not_be_taken_away_does_not_take_the_change_back(folder: Path):
    change_files(folder, NEW, disk=_refusing("end"))
    assert _visible(folder) == NEW
    change_files(folder, OLD)
    assert (_visible(folder), _all(folder)) == ({**NEW, **OLD}, sorted(NEW))


def test_where_even_the_old_files_can_not_be_put_back_it_is_said_and_the_next_reader_ends_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patched:
        patched.setattr(changing, "DISK", _refusing("open promises.csv.tmp"))
        with pytest.raises(InputError, match="half in place: the next command that reads the folder ends it"):
            change_files(folder, NEW, disk=_refusing("move sentences.csv"))
    assert _visible(folder) == {**OLD, "promises.csv": NEW["promises.csv"]}
    assert end_broken_off(folder) is True
    assert (_visible(folder), _all(folder)) == (NEW, sorted(NEW))


def test_what_was_reckoned_from_other_files_is_not_written(folder: Path):
    with pytest.raises(InputError, match=r"was changed by somebody meanwhile\. Nothing was written"):
        change_files(folder, NEW, before={**OLD, "promises.csv": b"id\nA7\n"})
    assert (_visible(folder), _all(folder)) == (OLD, sorted(OLD))


def test_of_two_changes_at_the_same_moment_the_later_is_told_to_look_again(folder: Path):
    def other_first(at: str) -> None:
        if at == "decide":
            change_files(folder, {"promises.csv": b"id\nOTHER\n"})

    with pytest.raises(InputError, match="Nothing was written"):
        change_files(folder, NEW, disk=Disk(at=other_first))
    assert _visible(folder) == {**OLD, "promises.csv": b"id\nOTHER\n"}
    assert _all(folder) == sorted(OLD)


def test_a_change_that_a_reader_ends_under_the_writers_hands_is_whole(folder: Path):
    def reader_comes(at: str) -> None:
        if at == "move sentences.csv":
            assert end_broken_off(folder) is True

    change_files(folder, NEW, disk=Disk(at=reader_comes))
    assert (_visible(folder), _all(folder)) == (NEW, sorted(NEW))


def test_a_file_that_was_edited_by_hand_after_the_kill_is_not_written_over(folder: Path):
    with pytest.raises(_Stopped):
        change_files(folder, NEW, disk=_stopping_at("move sentences.csv"))
    (folder / "sentences.csv").write_bytes(b"id\nMINE\n")
    with pytest.raises(InputError, match=r"sentences\.csv was changed by hand since. Keep what is there by deleting"):
        end_broken_off(folder)
    assert (folder / "sentences.csv").read_bytes() == b"id\nMINE\n"
    shutil.rmtree(folder / ".change")
    assert end_broken_off(folder) is False


def test_a_journal_that_is_no_journal_is_said(folder: Path):
    (folder / ".change").mkdir()
    (folder / ".change" / "journal-0.json").write_bytes(b"{not json")
    with pytest.raises(InputError, match=r"\.change can't be read"):
        end_broken_off(folder)


@pytest.mark.parametrize("read", [load_plan, files_of_plan, read_header])
def test_whatever_reads_the_folder_ends_what_was_broken_off(
    write_plan: Callable[..., Path], read: Callable[..., object]
):
    plan = write_plan()
    new = {"sources.csv": b"id,title\nQ1,The audit\n", "promises.csv": b"id,version,kind,title\nA1,V1,action,Train\n"}
    with pytest.raises(_Stopped):
        change_files(plan, new, disk=_stopping_at("move promises.csv"))
    assert not (plan / "promises.csv").exists()
    read(plan)
    assert (plan / "promises.csv").read_bytes() == new["promises.csv"]
    assert not (plan / ".change").exists()


def test_an_import_of_two_sheets_killed_between_them_is_in_the_plan_whole(plan_with_sheet: tuple[Path, Path]):
    plan, sheet = plan_with_sheet
    type_in(sheet, {("promises", "A1", "title"): "Train them", ("sentences", "S1", "paraphrase"): "Trained."})
    with pytest.raises(_Stopped):
        write_import(preview_import(plan, [sheet]), disk=_stopping_at("move sentences.csv"))
    assert b"Trained." not in (plan / "sentences.csv").read_bytes()
    found = load_plan(plan)
    assert (found.promises[0].title, found.sentences[0].paraphrase) == ("Train them", "Trained.")
    assert preview_import(plan, [sheet]).edits == ()


def test_a_new_plan_that_was_killed_before_it_was_decided_can_be_made_again(tmp_path: Path):
    place = tmp_path / "new"
    with pytest.raises(_Stopped):
        change_files(place, {"plan.toml": b"x"}, disk=_stopping_at("decide"))
    assert start_folder(place, title="Ours", body="We", today=date(2026, 3, 1))[0].name == "plan.toml"
    assert load_plan(place).header.title == "Ours"
    assert not [each for each in _all(place) if each.startswith(".")]


@pytest.fixture
def plan_with_sheet(write_plan: Callable[..., Path], tmp_path: Path) -> tuple[Path, Path]:
    plan = write_plan(
        promises="id,version,kind,title,sentence_ids\nA1,V1,action,Train officers,S1\n",
        sentences="id,version,position,paraphrase\nS1,V1,1,Officers will be trained.\n",
    )
    export_plan(plan, tmp_path / "plan.xlsx")
    return plan, tmp_path / "plan.xlsx"
