"""An approval is by somebody else, of one digest, and void after any change."""

from __future__ import annotations

import json
import shutil
from datetime import datetime

import pytest

from lamplighter.errors import InputError, NoSuchName, ReleaseRefused
from lamplighter.plan.releases.approving import approve
from lamplighter.plan.releases.manifest import digest_of, files_of
from lamplighter.plan.releases.verifying import verify


def test_an_approved_candidate_stands_at_its_address_with_the_same_bytes(desk):
    made = desk.candidate()
    before = files_of(made.folder)
    done = desk.approve(made)
    assert done.folder == desk.releases / "v1"
    assert not made.folder.exists()
    after = files_of(done.folder)
    assert after.pop("approval.json") == done.lodge
    assert after == before


def test_the_approval_says_who_when_and_of_what(desk):
    made = desk.candidate()
    told = json.loads((desk.approve(made).folder / "approval.json").read_bytes())
    assert told["approver"] == "Ben Baker"
    assert told["approved_at"] == "2022-07-04T09:30:00+00:00"
    assert told["manifest_sha256"] == made.digest


def test_latest_points_to_the_last_release_without_a_link_of_the_file_system(desk, three):
    page = (desk.releases / "latest" / "index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../v3/index.html"' in page
    assert '<a href="../v3/index.html">' in page
    assert (desk.releases / "latest" / "latest.txt").read_bytes() == b"v3\n"
    assert not any(each.is_symlink() for each in desk.releases.rglob("*"))


def test_a_title_is_text_on_the_page_that_points(desk):
    header = (desk.folder / "plan.toml").read_text(encoding="utf-8").replace("Safer nights", "<script>Safer")
    (desk.folder / "plan.toml").write_bytes(header.encode())
    desk.publish("2022-summer")
    page = (desk.releases / "latest" / "index.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;Safer" in page


def test_an_earlier_release_keeps_its_bytes_when_a_later_one_comes(desk):
    (first,) = desk.publish("2022-summer")
    before = files_of(first.folder)
    desk.publish("2022-autumn")
    assert files_of(first.folder) == before


@pytest.mark.parametrize(
    "name",
    [
        "Ann Archer",
        "ANN ARCHER",
        " Ann   Archer ",
        "Ａnn Archer",
        "Ann Archer.",
        "Archer, Ann",
        "Ann-Archer",
        "Ánn Archer",
        "Ann Archer\u200b",  # a space of no width
        "\u202eAnn Archer",  # a mark of direction
        "\u0410nn Archer",  # a Cyrillic capital A
        "Ann Arch\u0435r",  # a Cyrillic small e
        "\u0391nn Archer",  # a Greek capital A
    ],
)
def test_the_builder_is_not_the_approver_however_the_name_is_written(desk, name: str):
    made = desk.candidate()
    with pytest.raises(ReleaseRefused, match="Ann Archer built v1 and can't approve it"):
        desk.approve(made, approver=name)
    assert not (desk.releases / "v1").exists()


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "."])
def test_a_name_that_nobody_can_see_is_none(desk, name: str):
    made = desk.candidate()
    with pytest.raises(InputError, match="needs a name of a person"):
        desk.approve(made, approver=name)


def test_only_who_was_asked_may_approve(desk):
    made = desk.candidate(approver="Ben Baker")
    with pytest.raises(ReleaseRefused, match="for Ben Baker to approve, not for Cat Cook"):
        desk.approve(made, approver="Cat Cook")
    assert desk.approve(made, approver="ben baker").number == 1


def test_an_approval_of_another_digest_is_refused(desk):
    made = desk.candidate()
    with pytest.raises(ReleaseRefused, match="The digest is not that of v1"):
        desk.approve(made, digest=made.digest[:-1] + ("0" if made.digest[-1] != "0" else "1"))


@pytest.mark.parametrize("part", ["", "0", "short"])
def test_a_part_of_a_digest_approves_nothing(desk, part: str):
    made = desk.candidate()
    with pytest.raises(ReleaseRefused, match="The digest is not that of v1"):
        desk.approve(made, digest=made.digest[:12] if part == "short" else part)


@pytest.mark.parametrize("harm", ["altered", "added", "taken away"])
def test_a_candidate_that_changed_after_it_was_built_can_not_be_approved(desk, harm: str):
    made = desk.candidate()
    page = made.folder / "promises" / "A1.html"
    if harm == "altered":
        page.write_bytes(page.read_bytes() + b" ")
    elif harm == "added":
        page = made.folder / "promises" / "A2.html"
        page.write_bytes(b"new")
    else:
        page.unlink()
    with pytest.raises(ReleaseRefused, match=rf"{harm}: v1/promises/{page.name}"):
        desk.approve(made)
    assert not (desk.releases / "v1").exists()


def test_a_candidate_built_again_with_a_change_voids_the_digest_that_was_read(desk):
    read = desk.candidate()
    desk.write(promises="id,version,kind,title\nA1,V1,action,Train all officers\n")
    desk.candidate()
    with pytest.raises(ReleaseRefused, match="it changed since"):
        desk.approve(read)


def test_saving_a_file_without_a_change_voids_nothing(desk):
    made = desk.candidate()
    page = made.folder / "index.html"
    page.write_bytes(page.read_bytes())
    desk.candidate()
    assert desk.approve(made).number == 1


def test_a_manifest_that_was_put_right_with_the_file_is_another_digest(desk):
    made = desk.candidate()
    page, manifest = made.folder / "index.html", made.folder / "manifest.json"
    old = digest_of(page.read_bytes())
    page.write_bytes(b"kept!")
    manifest.write_bytes(manifest.read_bytes().replace(old.encode(), digest_of(b"kept!").encode()))
    with pytest.raises(ReleaseRefused, match="The digest is not that of v1"):
        desk.approve(made)


def test_a_release_is_not_let_out_before_the_day_announced(desk, day):
    desk.write(release_calendar="id,name,state,planned_on\nR-1,2022-summer,confirmed,2022-07-05\n")
    made = desk.candidate()
    with pytest.raises(ReleaseRefused, match="announced for 5 July 2022"):
        desk.approve(made)
    assert desk.approve(made, now=day("2022-07-05")).number == 1


def test_the_same_approval_again_changes_nothing(desk):
    made = desk.candidate()
    first = desk.approve(made)
    before = files_of(desk.releases)
    again = desk.approve(made)
    assert (again.unchanged, again.lodge) == (True, first.lodge)
    assert files_of(desk.releases) == before


def test_approving_an_old_release_again_does_not_hide_that_a_later_one_was_cut_off(desk):
    desk.publish("2022-summer")
    made = desk.candidate("2022-autumn")
    desk.approve(made)
    desk.publish("2022-winter")
    shutil.rmtree(desk.releases / "v3")
    before = files_of(desk.releases)
    with pytest.raises(ReleaseRefused, match="cut off: v3"):
        desk.approve(made)
    assert files_of(desk.releases) == before


def test_a_published_release_is_not_approved_by_another(desk):
    made = desk.candidate()
    desk.approve(made)
    with pytest.raises(ReleaseRefused, match="v1 is published, and never changes"):
        desk.approve(made, approver="Cat Cook")


def test_a_candidate_is_built_on_the_releases_as_they_stand(desk):
    desk.publish("2022-summer")
    made = desk.candidate("2022-autumn")
    page = desk.releases / "v1" / "index.html"
    whole = page.read_bytes()
    page.write_bytes(b"kept!")
    with pytest.raises(ReleaseRefused, match=r"altered: v1/index\.html"):
        desk.approve(made)
    page.write_bytes(whole)
    assert desk.approve(made).number == 2
    assert verify(desk.releases).found == ()


def test_what_is_no_candidate_is_said(desk):
    made = desk.candidate()
    with pytest.raises(NoSuchName, match="There is no candidate called 'v7'"):
        approve(desk.releases, "v7", approver="Ben Baker", digest=made.digest, now=desk.now)
    for wrong in ("7", "v0", "v07", "../v1", "V1"):
        with pytest.raises(InputError, match="Write it as v3"):
            approve(desk.releases, wrong, approver="Ben Baker", digest=made.digest, now=desk.now)


def test_a_time_without_a_zone_is_no_time_to_publish_at(desk):
    with pytest.raises(InputError, match="needs its zone"):
        desk.approve(desk.candidate(), now=datetime(2022, 7, 4))
