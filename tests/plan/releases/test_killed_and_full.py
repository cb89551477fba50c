"""Killed at any step, or with the disk full at any step, a release is out wholly or not at all, and can be gone on with."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lamplighter.errors import InputError
from lamplighter.plan.releases.manifest import files_of
from lamplighter.plan.releases.verifying import verify
from lamplighter.workspace.durable import Disk


def watched(releases: Path, kept: Path) -> tuple[Disk, list[Path]]:
    """A disk that keeps a copy of the folder before each step: what a process killed there would have left."""
    copies: list[Path] = []

    def at(step: str) -> None:
        copy = kept / f"{len(copies):03d}"
        if releases.exists():
            shutil.copytree(releases, copy)
        else:
            copy.mkdir(parents=True)
        copies.append(copy)

    return Disk(at=at), copies


def content(releases: Path) -> dict[str, str]:
    return {path: digest for path, digest in files_of(releases).items() if not path.startswith(".")}


def public(releases: Path) -> dict[str, str]:
    return {path: digest for path, digest in content(releases).items() if path[:1] == "v"}


def test_killed_while_a_candidate_is_made_nothing_public_changed_and_it_can_be_made_again(desk, tmp_path: Path):
    desk.publish("2022-summer")
    before, home = public(desk.releases), desk.releases
    disk, copies = watched(home, tmp_path / "kept")
    made = desk.candidate("2022-autumn", disk=disk)
    whole = content(home)
    assert len(copies) > 20
    for copy in copies:
        assert public(copy) == before
        assert verify(copy).found == ()
        desk.releases = copy
        assert desk.candidate("2022-autumn").digest == made.digest
        assert content(copy) == whole


def test_killed_while_an_old_candidate_is_replaced_there_is_one_or_none_but_never_half(desk, tmp_path: Path):
    old = desk.candidate()
    desk.write(promises="id,version,kind,title\nA1,V1,action,Train all officers\n")
    home = desk.releases
    disk, copies = watched(home, tmp_path / "kept")
    new = desk.candidate(disk=disk)
    for copy in copies:
        place = copy / "candidates" / "v1"
        if place.exists():
            manifest = files_of(place)["manifest.json"]
            assert manifest in (old.digest, new.digest)
            assert len(files_of(place)) == len(files_of(home / "candidates" / "v1"))


def test_killed_while_it_is_approved_it_is_out_or_not_and_approving_again_ends_it(desk, tmp_path: Path):
    desk.publish("2022-summer")
    before = public(desk.releases)
    made, home = desk.candidate("2022-autumn"), desk.releases
    disk, copies = watched(home, tmp_path / "kept")
    desk.approve(made, disk=disk)
    after, whole = public(home), content(home)
    seen = []
    for copy in copies:
        seen.append(public(copy) == after)
        assert public(copy) in (before, after)
        desk.releases = copy
        desk.approve(made)
        assert content(copy) == whole
        assert verify(copy).found == ()
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


def test_a_pointer_that_an_approval_left_behind_is_said_with_its_mend(desk, tmp_path: Path):
    desk.publish("2022-summer")
    made = desk.candidate("2022-autumn")
    disk, copies = watched(desk.releases, tmp_path / "kept")
    desk.approve(made, disk=disk)
    behind = next(each for each in copies if (each / "v2").exists())
    found = verify(behind).found
    assert {each.path for each in found} == {"latest/index.html", "latest/latest.txt", "feed.xml"}
    assert "approve v2 again with the same name and digest" in found[0].message


@pytest.mark.parametrize("doing", ["candidate", "approve"])
def test_a_full_disk_is_a_sentence_and_leaves_what_was_there(desk, doing: str, tmp_path: Path):
    desk.publish("2022-summer")
    before = public(desk.releases)
    made = desk.candidate("2022-autumn") if doing == "approve" else None
    steps: list[str] = []
    run: Callable[..., object] = (
        (lambda disk: desk.approve(made, disk=disk))
        if made
        else (lambda disk: desk.candidate("2022-autumn", disk=disk))
    )

    def full(step: str) -> None:
        steps.append(step)
        if step.startswith(("half", "move")):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(InputError, match="No space left on device"):
        run(Disk(at=full))
    assert steps
    assert public(desk.releases) == before
    assert verify(desk.releases).found == ()
    run(Disk())


def test_two_at_once_do_not_write_over_each_other(desk):
    import filelock

    from lamplighter.errors import WorkspaceBusy
    from lamplighter.plan.releases.chain import lock

    desk.releases.mkdir()
    with (
        filelock.FileLock(desk.releases / ".releases.lock"),
        pytest.raises(WorkspaceBusy, match="Another command is writing"),
        lock(desk.releases, wait_s=0.05),
    ):
        pass
