"""Whatever somebody does to releases that are out, `verify` names it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lamplighter.errors import InputError
from lamplighter.plan.releases.manifest import digest_of, files_of
from lamplighter.plan.releases.verifying import verify


def named(releases: Path, **more: str) -> set[tuple[str, str]]:
    return {(each.what, each.path) for each in verify(releases, **more).found}


def test_untouched_releases_are_what_was_approved(desk, three):
    told = verify(desk.releases, last_digest=three[-1].lodge)
    assert told.found == ()
    assert [each.number for each in told.releases] == [1, 2, 3]
    assert told.lodged == 3


def test_any_byte_changed_anywhere_is_found(desk, three):
    for path in files_of(desk.releases):
        if Path(path).parts[0].startswith("."):
            continue
        place = desk.releases / path
        whole = place.read_bytes()
        place.write_bytes(bytes([whole[0] ^ 1]) + whole[1:] if whole else b"x")
        found = verify(desk.releases, last_digest=three[-1].lodge).found
        assert any(path.startswith(each.path) or each.what == "cut off" for each in found), path
        place.write_bytes(whole)
    assert named(desk.releases) == set()


def test_any_file_taken_away_is_found(desk, three):
    for path in files_of(desk.releases):
        if Path(path).parts[0].startswith("."):
            continue
        place = desk.releases / path
        whole = place.read_bytes()
        place.unlink()
        assert ("taken away", path) in named(desk.releases), path
        place.write_bytes(whole)


@pytest.mark.parametrize(
    "where", ["v2/new.html", "v2/promises/A2.html", "latest/new.html", "v4x/index.html", "v04/index.html"]
)
def test_a_file_added_is_named(desk, three, where: str):
    (desk.releases / where).parent.mkdir(exist_ok=True)
    (desk.releases / where).write_bytes(b"new")
    assert named(desk.releases) in ({("added", where)}, {("added", where.split("/")[0])})


def test_the_sentence_says_whose_approval_is_void(desk, three):
    (desk.releases / "v2" / "index.html").write_bytes(b"kept!")
    (found,) = verify(desk.releases).found
    assert str(found) == (
        "altered: v2/index.html: its content is not what was approved, so the approval by Ben Baker is void"
    )


def test_a_release_taken_out_of_the_middle_is_named(desk, three):
    shutil.rmtree(desk.releases / "v2")
    assert ("taken away", "v2") in named(desk.releases)


def test_the_first_release_taken_away_is_named(desk, three):
    shutil.rmtree(desk.releases / "v1")
    assert ("taken away", "v1") in named(desk.releases)


def test_a_tail_cut_off_is_named_by_the_pointer_that_was_left(desk, three):
    shutil.rmtree(desk.releases / "v2")
    shutil.rmtree(desk.releases / "v3")
    assert named(desk.releases) == {("cut off", "v2"), ("cut off", "v3")}


def test_all_releases_cut_off_are_named(desk, three):
    for each in three:
        shutil.rmtree(each.folder)
    assert ("cut off", "v3") in named(desk.releases)
    shutil.rmtree(desk.releases / "latest")
    assert named(desk.releases, last_digest=three[-1].lodge) == {("cut off", three[-1].lodge[:16])}


def cut_without_a_trace(desk, last: int) -> None:
    """As somebody would who knows the program: the tail gone, the pointer and the corrections written anew."""
    from lamplighter.plan.releases.chain import derived_files, read_all

    shutil.rmtree(desk.releases / f"v{last}")
    for path, content in derived_files(read_all(desk.releases)).items():
        (desk.releases / path).write_bytes(content)


def test_a_tail_cut_off_without_a_trace_is_seen_by_the_digest_lodged_elsewhere(desk, three):
    cut_without_a_trace(desk, 3)
    assert named(desk.releases) == set()
    assert named(desk.releases, last_digest=three[-1].lodge) == {("cut off", three[-1].lodge[:16])}


def test_a_whole_chain_written_anew_is_seen_by_the_digest_lodged_elsewhere(desk, three):
    shutil.rmtree(desk.releases)
    desk.write(figures="id,role,label,value,unit,source_id\nG1,current,Officers trained,9000,officers,Q-AUDIT\n")
    forged = desk.publish("2022-summer", "2022-autumn", "2022-winter")
    assert named(desk.releases) == set()
    assert forged[-1].lodge != three[-1].lodge
    assert {what for what, _ in named(desk.releases, last_digest=three[-1].lodge)} == {"cut off"}


def test_a_digest_lodged_earlier_still_holds_what_came_before(desk):
    (first,) = desk.publish("2022-summer")
    desk.publish("2022-autumn")
    told = verify(desk.releases, last_digest=f" {first.lodge.upper()} ")
    assert (told.found, told.lodged) == ((), 1)


def test_a_manifest_put_right_with_its_page_is_not_the_one_that_was_approved(desk, three):
    page, manifest = desk.releases / "v2" / "index.html", desk.releases / "v2" / "manifest.json"
    old = digest_of(page.read_bytes())
    page.write_bytes(b"kept!")
    manifest.write_bytes(manifest.read_bytes().replace(old.encode(), digest_of(b"kept!").encode()))
    assert named(desk.releases) == {("altered", "v2/manifest.json")}


def test_page_manifest_and_approval_put_right_together_break_the_next_releases_link(desk, three):
    page, manifest, approval = (
        desk.releases / "v2" / name for name in ("index.html", "manifest.json", "approval.json")
    )
    for place, content in ((page, b"kept!"),):
        old = digest_of(place.read_bytes())
        place.write_bytes(content)
        before = digest_of(manifest.read_bytes())
        manifest.write_bytes(manifest.read_bytes().replace(old.encode(), digest_of(content).encode()))
        approval.write_bytes(approval.read_bytes().replace(before.encode(), digest_of(manifest.read_bytes()).encode()))
    assert named(desk.releases) == {("altered", "v2/manifest.json")}
    assert "what v3 was built on" in verify(desk.releases).found[0].message


def test_another_approver_written_in_later_is_found(desk, three):
    for number, seen_by in ((2, {}), (3, {"last_digest": three[-1].lodge})):
        approval = desk.releases / f"v{number}" / "approval.json"
        whole = approval.read_bytes()
        approval.write_bytes(whole.replace(b"Ben Baker", b"Cat Cook"))
        assert named(desk.releases, **seen_by) != set()
        approval.write_bytes(whole)


def test_a_builder_who_made_herself_the_approver_is_found(desk, three):
    approval = desk.releases / "v3" / "approval.json"
    approval.write_bytes(approval.read_bytes().replace(b"Ben Baker", b"Ann Archer"))
    assert ("altered", "v3/approval.json") in named(desk.releases)


def test_one_release_copied_over_another_is_found(desk, three):
    shutil.rmtree(desk.releases / "v3")
    shutil.copytree(desk.releases / "v2", desk.releases / "v3")
    assert ("altered", "v3") in named(desk.releases)


def test_the_pointer_turned_back_is_found(desk, three):
    (desk.releases / "latest" / "latest.txt").write_bytes(b"v2\n")
    assert named(desk.releases) == {("altered", "latest/latest.txt")}


def test_a_folder_given_as_a_link_is_found(desk, three, tmp_path: Path):
    (desk.releases / "v2").rename(tmp_path / "kept")
    try:
        (desk.releases / "v2").symlink_to(tmp_path / "kept", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links for everybody")
    assert ("altered", "v2") in named(desk.releases)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"schema_version": 9}', b"\xff\xfe"])
def test_a_manifest_that_is_none_is_found_and_does_not_crash(desk, three, content: bytes):
    (desk.releases / "v2" / "manifest.json").write_bytes(content)
    assert ("altered", "v2") in named(desk.releases)


def test_a_manifest_that_names_files_outside_its_folder_is_not_followed(desk, three):
    manifest = desk.releases / "v3" / "manifest.json"
    told = json.loads(manifest.read_bytes())
    told["files"]["../../secret"] = "0" * 64
    manifest.write_bytes(json.dumps(told).encode())
    assert ("altered", "v3") in named(desk.releases)


def test_a_candidate_is_said_to_wait_and_is_no_finding(desk):
    made = desk.candidate()
    told = verify(desk.releases)
    assert (told.found, told.releases, told.waiting) == ((), (), ("candidates/v1",))
    desk.approve(made)
    desk.candidate("2022-autumn")
    assert verify(desk.releases).waiting == ("candidates/v2",)


def test_a_folder_without_any_release_is_said(tmp_path: Path):
    with pytest.raises(InputError, match="There is no release in"):
        verify(tmp_path / "nowhere")


def test_what_a_web_server_keeps_beside_the_releases_is_left_alone(desk, three):
    (desk.releases / ".htaccess").write_bytes(b"Options -Indexes")
    assert named(desk.releases) == set()
