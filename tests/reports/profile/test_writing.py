"""Files go into their folder all or none, what somebody worked in is kept, and a file that is open is said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from lamplighter.errors import InputError, WorkspaceBusy
from lamplighter.reports.profile import writing
from lamplighter.reports.profile.writing import LOCK, RECEIPT, kept_words, write_files

FIRST = {"profile.json": b"1", "tables/places.csv": b"a", "figures/inset-p1.svg": b"<svg/>"}


def held(out: Path) -> dict[str, bytes]:
    return {
        each.relative_to(out).as_posix(): each.read_bytes()
        for each in sorted(out.rglob("*"))
        if each.is_file() and each.name not in (RECEIPT, LOCK)
    }


def test_all_files_are_there_and_nothing_else(tmp_path):
    out = tmp_path / "a" / "b"
    assert write_files(out, FIRST) == ()
    assert held(out) == FIRST
    assert [each.name for each in out.iterdir() if each.is_dir()] != []
    assert not list(out.glob(".lamplighter-writing-*"))


def test_a_second_run_replaces_what_it_wrote_and_takes_away_its_own_old_figures(tmp_path):
    write_files(tmp_path, FIRST)
    second = {"profile.json": b"2", "tables/places.csv": b"b", "figures/inset-p2.svg": b"<svg/>"}
    assert write_files(tmp_path, second) == ()
    assert held(tmp_path) == second


def test_files_of_other_people_are_left_alone(tmp_path):
    write_files(tmp_path, FIRST | {"decisions.toml": b"template"})
    (tmp_path / "notes.txt").write_bytes(b"mine")
    (tmp_path / "figures" / "my.svg").write_bytes(b"mine")
    write_files(tmp_path, {"profile.json": b"2"})
    assert held(tmp_path) == {
        "profile.json": b"2",
        "decisions.toml": b"template",
        "notes.txt": b"mine",
        "figures/my.svg": b"mine",
    }


def test_an_old_figure_that_somebody_changed_stays(tmp_path):
    write_files(tmp_path, FIRST)
    (tmp_path / "figures" / "inset-p1.svg").write_bytes(b"changed")
    write_files(tmp_path, {"profile.json": b"2"})
    assert held(tmp_path)["figures/inset-p1.svg"] == b"changed"


def test_a_word_document_that_somebody_finished_is_kept_beside_the_new_one(tmp_path):
    write_files(tmp_path, {"profile.docx": b"made"})
    (tmp_path / "profile.docx").write_bytes(b"finished by hand")
    assert write_files(tmp_path, {"profile.docx": b"made again"}) == ("profile.kept.docx",)
    (tmp_path / "profile.docx").write_bytes(b"finished twice")
    kept = write_files(tmp_path, {"profile.docx": b"a third time"})
    assert held(tmp_path) == {
        "profile.docx": b"a third time",
        "profile.kept.docx": b"finished by hand",
        "profile.kept-2.docx": b"finished twice",
    }
    assert kept_words(kept) == "Changed since the last run, so kept beside the new ones: profile.kept-2.docx."
    assert kept_words(()) == ""


def test_a_file_that_was_there_before_the_first_run_is_kept_too(tmp_path):
    (tmp_path / "profile.pdf").write_bytes(b"somebody's own")
    assert write_files(tmp_path, {"profile.pdf": b"ours"}) == ("profile.kept.pdf",)
    assert held(tmp_path) == {"profile.pdf": b"ours", "profile.kept.pdf": b"somebody's own"}


def test_a_geopackage_that_a_gis_touched_is_replaced_without_a_copy(tmp_path):
    write_files(tmp_path, {"places.gpkg": b"made"})
    (tmp_path / "places.gpkg").write_bytes(b"touched by opening it")
    assert write_files(tmp_path, {"places.gpkg": b"again"}) == ()
    assert held(tmp_path) == {"places.gpkg": b"again"}


def _locked(monkeypatch: pytest.MonkeyPatch, name: str, method: str) -> None:
    """Windows's answer for a file that Excel holds open."""
    real = getattr(Path, method)

    def refuse(self: Path, *args: object, **more: object) -> object:
        target = Path(str(args[0])) if method == "replace" else self
        if target.name == name and ".lamplighter-writing" not in target.as_posix():
            raise PermissionError(13, "Permission denied", str(target))
        return real(self, *args, **more)

    monkeypatch.setattr(Path, method, refuse)


@pytest.mark.parametrize("method", ["open", "replace"])
def test_a_file_open_in_excel_is_said_by_name_and_nothing_is_changed(tmp_path, monkeypatch, method):
    first = FIRST | {"tables.xlsx": b"x", "zz.txt": b"z"}
    write_files(tmp_path, first)
    _locked(monkeypatch, "tables.xlsx", method)
    with pytest.raises(InputError, match=r"tables\.xlsx can't be written: it is open .*Close it and run this again"):
        write_files(tmp_path, {name: content + b"2" for name, content in first.items()})
    monkeypatch.undo()
    assert held(tmp_path) == first
    assert not list(tmp_path.glob(".lamplighter-writing-*"))


def test_a_refused_run_leaves_no_new_file_and_no_kept_copy(tmp_path, monkeypatch):
    write_files(tmp_path, {"a.txt": b"1", "z.txt": b"1"})
    (tmp_path / "a.txt").write_bytes(b"changed")
    _locked(monkeypatch, "z.txt", "replace")
    with pytest.raises(InputError):
        write_files(tmp_path, {"a.txt": b"2", "b.txt": b"2", "z.txt": b"2"})
    monkeypatch.undo()
    assert held(tmp_path) == {"a.txt": b"changed", "z.txt": b"1"}


def test_a_run_that_is_killed_between_two_files_leaves_whole_files_and_the_next_run_clears_up(tmp_path, monkeypatch):
    write_files(tmp_path, {"a.txt": b"old", "b.txt": b"old"})
    stage = tmp_path / ".lamplighter-writing-dead0000"
    (stage / "new").mkdir(parents=True)
    (stage / "new" / "b.txt").write_bytes(b"ha")  # what a killed process leaves: a was replaced, b was not
    (tmp_path / "a.txt").write_bytes(b"new")
    write_files(tmp_path, {"a.txt": b"new", "b.txt": b"new"})
    assert held(tmp_path) == {"a.txt": b"new", "b.txt": b"new"}


def test_a_full_disk_is_said_and_nothing_is_changed(tmp_path, monkeypatch):
    write_files(tmp_path, FIRST)

    def full(folder: Path, files: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_stage", full)
    with pytest.raises(InputError, match=r"The disk is full\. Nothing was changed"):
        write_files(tmp_path, {"profile.json": b"2"})
    assert held(tmp_path) == FIRST


def test_a_file_where_the_folder_should_be_is_said(tmp_path):
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(InputError, match="is a file, not a folder"):
        write_files(tmp_path / "out" / "deeper", FIRST)


def test_a_folder_where_a_file_should_be_is_said_and_nothing_is_changed(tmp_path):
    write_files(tmp_path, {"profile.json": b"1"})
    (tmp_path / "profile.pdf").mkdir()
    with pytest.raises(InputError, match="is a folder where a file has to be"):
        write_files(tmp_path, {"profile.json": b"2", "profile.pdf": b"2"})
    assert held(tmp_path) == {"profile.json": b"1"}


@pytest.mark.parametrize("name", ["../out.txt", "/etc/x", "a/../../b", "C:\\x", "a\\b"])
def test_no_file_goes_outside_the_folder(tmp_path, name):
    with pytest.raises(ValueError, match="inside the folder"):
        write_files(tmp_path / "out", {name: b""})
    assert not (tmp_path / "out").exists()


def test_a_receipt_that_was_tampered_with_takes_nothing_away_outside(tmp_path):
    victim = tmp_path / "figures" / "x.svg"
    victim.parent.mkdir()
    victim.write_bytes(b"v")
    out = tmp_path / "out"
    write_files(out, {"profile.json": b"1"})
    digest = writing._digest(b"v")
    (out / RECEIPT).write_text(f'{{"../figures/x.svg": "{digest}"}}', encoding="utf-8")
    write_files(out, {"profile.json": b"2"})
    assert victim.read_bytes() == b"v"


def test_a_second_run_waits_and_then_says_that_another_is_writing(tmp_path, monkeypatch):
    write_files(tmp_path, FIRST)
    monkeypatch.setattr(writing, "WAIT_S", 0.1)
    with (
        filelock.FileLock(tmp_path / LOCK),
        pytest.raises(WorkspaceBusy, match=r"Another run is writing into .*; waited 0\.1 s\. Nothing was changed"),
    ):
        write_files(tmp_path, {"profile.json": b"2"})
    assert held(tmp_path) == FIRST


def test_two_runs_at_once_into_one_folder_leave_the_files_of_one_of_them(tmp_path):
    """Without a lock each swept away what the other was about to put into place."""
    run = (
        "import sys; from pathlib import Path; from lamplighter.reports.profile.writing import write_files\n"
        "for turn in range(15): write_files(Path(sys.argv[1]), {f'{at}.txt': sys.argv[2].encode() for at in range(30)})"
    )
    both = [subprocess.Popen([sys.executable, "-c", run, str(tmp_path), name]) for name in ("one", "two")]
    assert [each.wait(timeout=60) for each in both] == [0, 0]
    assert len({(tmp_path / f"{at}.txt").read_text() for at in range(30)}) == 1
    assert not list(tmp_path.glob(".lamplighter-writing-*"))
    assert not list(tmp_path.glob("*.kept*"))
