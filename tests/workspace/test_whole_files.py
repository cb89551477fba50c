"""A file that is written whole: the old one or the new one, readable by others, and nothing left beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lamplighter.workspace import durable
from lamplighter.workspace.durable import write_whole


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize("fsync", [True, False])
def test_the_new_content_takes_the_place_of_the_old_and_nothing_else_is_there(tmp_path: Path, fsync: bool):
    (tmp_path / "plan.toml").write_bytes(b"old")
    write_whole(tmp_path / "plan.toml", b"new", fsync=fsync)
    assert (tmp_path / "plan.toml").read_bytes() == b"new"
    assert names(tmp_path) == ["plan.toml"]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these permissions")
def test_it_may_be_read_by_whom_any_other_new_file_may_be_read(tmp_path: Path):
    (tmp_path / "any").write_bytes(b"")
    write_whole(tmp_path / "report.pdf", b"%PDF", fsync=False)
    assert (tmp_path / "report.pdf").stat().st_mode == (tmp_path / "any").stat().st_mode


@pytest.mark.parametrize("ended_by", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_cut_short_the_old_file_stands_and_no_part_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended_by: BaseException
):
    def cut_short(handle: int) -> None:
        raise ended_by

    (tmp_path / "plan.toml").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", cut_short)
    with pytest.raises(type(ended_by)):
        write_whole(tmp_path / "plan.toml", b"new", fsync=True)
    assert (tmp_path / "plan.toml").read_bytes() == b"old"
    assert names(tmp_path) == ["plan.toml"]


def test_a_place_that_somebody_reads_for_a_moment_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tries = []
    move = Path.replace

    def refused_twice(part: Path, path: Path) -> Path:
        tries.append(path)
        if len(tries) < 3:
            raise PermissionError(13, "somebody reads it")
        return move(part, path)

    monkeypatch.setattr(Path, "replace", refused_twice)
    monkeypatch.setattr(durable, "_REPLACE_WAIT_S", 0)
    write_whole(tmp_path / "chart.svg", b"<svg></svg>", fsync=False)
    assert len(tries) == 3
    assert names(tmp_path) == ["chart.svg"]
