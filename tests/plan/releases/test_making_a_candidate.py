"""A candidate holds the whole site and its records, is not public yet, and has the same bytes for the same inputs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lamplighter.errors import InputError, ReleaseRefused
from lamplighter.plan.releases.candidate import ChecklistRefused
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.plan.releases.manifest import digest_of, files_of


def test_the_first_candidate_is_v1_and_lies_where_nobody_reads_it(desk):
    made = desk.candidate()
    assert made.folder == desk.releases / "candidates" / "v1"
    assert (made.folder / "index.html").is_file()
    assert not (desk.releases / "v1").exists()
    assert not (desk.releases / "latest").exists()


def test_the_manifest_names_every_file_by_its_digest_and_who_built_it(desk):
    made = desk.candidate()
    told = json.loads((made.folder / "manifest.json").read_bytes())
    there = files_of(made.folder)
    assert there.pop("manifest.json") == made.digest
    assert told["files"] == there
    assert {"index.html", "promises/A1.html", "plan.json", "records/plan.toml", "records/figures.csv"} <= set(there)
    assert told["files"]["index.html"] == digest_of((made.folder / "index.html").read_bytes())
    assert (told["number"], told["name"], told["builder"], told["previous"]) == (1, "2022-summer", "Ann Archer", None)
    assert [each["reason"] for each in told["accepted"]] == ["Northam publishes none"] * 7


def test_the_same_inputs_give_the_same_bytes_wherever_they_are_written(desk, tmp_path: Path):
    one = desk.candidate()
    desk.releases = tmp_path / "elsewhere"
    other = desk.candidate()
    assert one.digest == other.digest
    assert files_of(one.folder) == files_of(other.folder)


def test_making_it_again_says_so_and_leaves_it_alone(desk):
    made = desk.candidate()
    before = (made.folder / "index.html").stat().st_mtime_ns
    again = desk.candidate()
    assert (again.unchanged, again.digest) == (True, made.digest)
    assert (made.folder / "index.html").stat().st_mtime_ns == before


def test_a_changed_plan_is_another_candidate_in_the_same_place(desk):
    made = desk.candidate()
    desk.write(promises="id,version,kind,title,owner\nA1,V1,action,Train all officers,The training lead\n")
    again = desk.candidate()
    assert (again.unchanged, again.folder) == (False, made.folder)
    assert again.digest != made.digest


def test_the_next_candidate_is_chained_to_the_last_release(desk):
    (first,) = desk.publish("2022-summer")
    made = desk.candidate("2022-autumn")
    told = json.loads((made.folder / "manifest.json").read_bytes())
    assert made.number == 2
    assert told["previous"] == {
        "number": 1,
        "manifest_sha256": digest_of((first.folder / "manifest.json").read_bytes()),
        "approval_sha256": first.lodge,
    }


def test_a_release_is_no_site_that_a_later_build_may_replace(desk):
    made = desk.candidate()
    assert not (made.folder / ".lamplighter").exists()
    assert ".lamplighter" not in json.loads((made.folder / "manifest.json").read_bytes())["files"]


def test_a_build_that_fails_leaves_the_earlier_candidate_and_no_scraps(desk):
    made = desk.candidate()

    def fail(folder: Path, label: ReleaseLabel) -> None:
        folder.mkdir(parents=True)
        (folder / "half.html").write_bytes(b"<p>")
        raise InputError("no ink")

    desk.write(promises="id,version,kind,title\nA1,V1,action,Train all officers\n")
    with pytest.raises(InputError, match="no ink"):
        desk.candidate(build=fail)
    assert digest_of((made.folder / "manifest.json").read_bytes()) == made.digest
    assert not (desk.releases / ".building").exists()


def test_a_plan_that_changes_while_it_is_built_is_refused(desk):
    book = desk.book()

    def build(folder: Path, label: ReleaseLabel) -> None:
        desk.site(book)(folder, label)
        desk.write(figures="id,role,label,value,unit\nG1,current,Officers trained,1,officers\n")

    with pytest.raises(InputError, match="changed while the release was built"):
        desk.candidate(book=book, build=build)
    assert not (desk.releases / "candidates").exists()


def test_a_site_of_another_book_is_refused(desk):
    other = desk.site(desk.book())
    desk.write(figures="id,role,label,value,unit\nG1,current,Officers trained,1,officers\n")
    with pytest.raises(InputError, match="changed while the release was built"):
        desk.candidate(build=other)


def test_a_site_without_its_data_is_refused(desk):
    with pytest.raises(InputError, match=r"no plan\.json that can be read"):
        desk.candidate(build=lambda folder, label: folder.mkdir(parents=True))


def test_a_site_may_not_bring_its_own_manifest(desk):
    book = desk.book()

    def build(folder: Path, label: ReleaseLabel) -> None:
        desk.site(book)(folder, label)
        (folder / "manifest.json").write_bytes(b"{}")

    with pytest.raises(InputError, match=r"has manifest\.json, which a release needs for itself"):
        desk.candidate(book=book, build=build)


@pytest.mark.parametrize("approver", ["Ann Archer", "ann  ARCHER ", "Ann\u00a0Archer"])
def test_the_builder_can_not_be_asked_to_approve(desk, approver: str):
    with pytest.raises(ReleaseRefused, match="Name somebody else"):
        desk.candidate(approver=approver)


@pytest.mark.parametrize("name", ["", "two words", "../up", "-x", "a" * 61])
def test_a_release_needs_a_name_that_can_stand_in_a_list(desk, name: str):
    with pytest.raises(InputError, match="no name for a release"):
        desk.candidate(name)


def test_a_published_name_is_not_given_again(desk):
    desk.publish("2022-summer")
    with pytest.raises(InputError, match="2022-summer is published already"):
        desk.candidate("2022-summer")


def test_nobody_builds_without_a_name(desk):
    with pytest.raises(InputError, match="Give --builder NAME"):
        desk.candidate(builder="  ")


def test_nothing_is_built_on_releases_that_somebody_altered(desk):
    (first,) = desk.publish("2022-summer")
    (first.folder / "index.html").write_bytes(b"kept!")
    with pytest.raises(ReleaseRefused, match=r"altered: v1/index\.html"):
        desk.candidate("2022-autumn")


def test_a_checklist_that_is_refused_leaves_nothing(desk):
    with pytest.raises(ChecklistRefused) as refused:
        desk.candidate(accept={})
    assert len(refused.value.checklist.warnings) == 7
    assert refused.value.exit_code == 1
    assert not (desk.releases / "candidates").exists()


def test_releases_are_not_made_among_other_files(desk):
    desk.releases.mkdir()
    (desk.releases / "thesis.txt").write_bytes(b"ten years")
    with pytest.raises(InputError, match=r"holds thesis\.txt\. Give --out a folder that is for releases alone"):
        desk.candidate()
    assert [each.name for each in desk.releases.iterdir()] == ["thesis.txt"]
