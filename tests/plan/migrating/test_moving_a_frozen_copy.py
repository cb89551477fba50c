"""What version 1 wrote, moved to the version of today: the preview, and every step at which one may be killed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from lamplighter.errors import InputError
from lamplighter.plan.cards import cards_of
from lamplighter.plan.check import check
from lamplighter.plan.comparing.comparison_json import comparison_from
from lamplighter.plan.folder import load_plan, read_plan
from lamplighter.plan.migrating.contents import read_plan_of_any_version
from lamplighter.plan.migrating.looking import look
from lamplighter.plan.migrating.moving import end_broken_off, move
from lamplighter.plan.published import plan_json_schema
from lamplighter.plan.releases.candidate import _plan_of
from lamplighter.plan.releases.chain import read_published
from lamplighter.plan.releases.manifest import files_of
from lamplighter.plan.releases.verifying import verify
from lamplighter.workspace import Workspace
from lamplighter.workspace.durable import Disk

Copy = Callable[[str], Path]
ANSWERS = {"RC-EXPOSURE": "accepted", "RC-PREDATORS": None, "RC-MADE-UP": "rejected"}


def answers_of(folder: Path) -> dict[str, str | None]:
    return {each.id: each.response for each in load_plan(folder).of("recommendations")}


def test_a_plan_folder_of_version_1_is_refused_with_the_command_that_moves_it(copy: Copy):
    folder = copy("plan")
    with pytest.raises(InputError, match=r"schema_version 1; .* lamplighter migrate .*plan$"):
        read_plan(folder)


def test_looking_says_what_would_change_and_changes_nothing(copy: Copy):
    folder = copy("plan")
    before = files_of(folder)
    found = look(folder)
    assert (found.what, found.version, found.known) == ("plan folder", 1, 2)
    assert sorted(found.after) == ["plan.toml", "recommendations.csv"]
    assert found.says == (
        "a recommendation's accepted (yes or no) becomes response (accepted, accepted in part or rejected)",
    )
    assert files_of(folder) == before


def test_a_plan_folder_of_version_1_can_be_read_and_checked_once_it_is_moved(copy: Copy):
    folder = copy("plan")
    move(look(folder))
    plan, unreadable = read_plan(folder)
    assert unreadable == []
    assert check(plan, unreadable, today=plan.header.as_of, cards=cards_of(plan)).errors == ()
    assert answers_of(folder) == ANSWERS
    assert len(plan.promises) == 6


def test_every_other_file_keeps_its_bytes_and_plan_toml_its_comments(copy: Copy, frozen: Path):
    folder = copy("plan")
    (folder / "notes.txt").write_text("ours", encoding="utf-8")
    move(look(folder))
    now, before = files_of(folder), files_of(frozen / "plan")
    assert {name for name in now if now[name] != before.get(name)} == {"plan.toml", "recommendations.csv", "notes.txt"}
    header = (frozen / "plan" / "plan.toml").read_text(encoding="utf-8")
    assert (folder / "plan.toml").read_text(encoding="utf-8") == header.replace(
        "schema_version = 1", "schema_version = 2"
    )


def test_the_old_folder_is_kept_beside_the_new_one_unless_told_otherwise(copy: Copy, frozen: Path, tmp_path: Path):
    folder = copy("plan")
    done = move(look(folder))
    assert done.kept == tmp_path / "plan.v1"
    assert files_of(done.kept) == files_of(frozen / "plan")
    shutil.rmtree(done.kept)
    shutil.rmtree(folder)
    assert move(look(copy("plan")), keep=False).kept is None
    assert sorted(each.name for each in tmp_path.iterdir()) == ["plan"]


def test_moving_it_again_says_that_there_is_nothing_to_do(copy: Copy):
    folder = copy("plan")
    move(look(folder))
    before = files_of(folder)
    again = look(folder)
    assert again.is_current
    assert move(again).files == ()
    assert files_of(folder) == before


def test_an_old_copy_that_lies_there_is_never_written_over(copy: Copy, tmp_path: Path):
    folder = copy("plan")
    (tmp_path / "plan.v1").mkdir()
    with pytest.raises(InputError, match=r"plan\.v1 is there already"):
        move(look(folder))
    assert not look(folder).is_current


def test_a_folder_that_changed_since_it_was_looked_at_is_left_alone(copy: Copy):
    folder = copy("plan")
    found = look(folder)
    with (folder / "recommendations.csv").open("a", encoding="utf-8") as file:
        file.write("RC-NEW,A review,Do more,yes,,A01,src-hansard-2024,,\n")
    with pytest.raises(InputError, match="changed since it was looked at"):
        move(found)


def test_killed_at_any_step_there_is_the_old_folder_or_the_new_one_and_going_on_ends_it(
    copy: Copy, frozen: Path, tmp_path: Path
):
    folder = copy("plan")
    kept: list[Path] = []

    def at(step: str) -> None:
        place = tmp_path / "killed" / f"{len(kept):02d}"
        shutil.copytree(tmp_path, place, ignore=lambda _, names: {"killed"} & set(names))
        kept.append(place)

    move(look(folder), disk=Disk(at=at))
    old, new = files_of(frozen / "plan"), files_of(folder)
    assert len(kept) > 8
    between = 0
    for place in kept:
        if (place / "plan").exists():
            assert files_of(place / "plan") in (old, new)
        else:  # between the two names: both lie beside the path, whole
            between += 1
            assert files_of(place / "plan.v1") == old
            with pytest.raises(InputError, match=r"was broken off\. End it: lamplighter migrate"):
                read_plan(place / "plan")
            assert end_broken_off(place / "plan")
        if not look(place / "plan").is_current:
            move(look(place / "plan"))
        assert files_of(place / "plan") == new
        assert answers_of(place / "plan") == ANSWERS
    assert between == 1


def test_with_the_disk_full_at_any_step_the_old_folder_stands(copy: Copy, tmp_path: Path):
    folder = copy("plan")
    before, steps = files_of(folder), 0

    def full(stop: int) -> Disk:
        seen = 0

        def at(step: str) -> None:
            nonlocal seen, steps
            seen, steps = seen + 1, max(steps, seen + 1)
            if seen == stop:
                raise OSError(28, "No space left on device")

        return Disk(at=at)

    for stop in range(1, 12):
        with pytest.raises(InputError, match="was not moved"):
            move(look(folder), disk=full(stop))
        assert files_of(folder) == before
        assert sorted(each.name for each in tmp_path.iterdir()) == ["plan"]


def test_a_plan_json_of_version_1_keeps_to_the_schema_of_today_once_it_is_moved(copy: Copy, frozen: Path):
    path = copy("plan.json")
    done = move(look(path))
    told = json.loads(path.read_bytes())
    jsonschema.validate(told, plan_json_schema())
    found = {rec["id"]: rec["response"] for each in told["promises"] for rec in each["recommendations"]}
    assert found == ANSWERS
    assert told["running"] is None  # version 1 did not tell how the plan is run, and nobody makes it up
    assert done.kept is not None
    assert done.kept.read_bytes() == (frozen / "plan.json").read_bytes()
    before = json.loads((frozen / "plan.json").read_bytes())
    assert told["measures"] == before["measures"]
    assert told["figures"] == before["figures"]
    assert look(path).is_current


def test_a_comparison_and_a_workspace_of_version_1_are_of_today(copy: Copy):
    for name, what in (("comparison.json", "comparison.json"), ("workspace", "workspace")):
        found = look(copy(name))
        assert (found.what, found.version, found.is_current) == (what, 1, True)


def test_a_frozen_comparison_is_read_back_and_a_promise_with_one_recorded_row_too(frozen: Path):
    told = json.loads((frozen / "comparison.json").read_bytes())
    row = {"id": "U1", "promise_id": "A1", "version": "V2", "fate": "changed", "to_ids": ["C1"]}
    promise = {
        "promise_id": "A1", "title": "Train", "outcome": "changed", "words": "", "sentence_ids": ["S1"], "change_ids": [],
        "to_ids": ["C1"], "suggested": None, "recorded": row, "differs": "",
    }  # fmt: skip
    comparison, followed = comparison_from({**told, "promises": [promise]})
    assert len(comparison.changes) == len(told["changes"])
    assert [(each.id, each.to_ids) for each in followed[0].recorded] == [("U1", ("C1",))]


def test_a_workspace_of_version_1_opens_and_every_byte_is_what_its_manifest_says(copy: Copy):
    opened = Workspace.open(copy("workspace"))
    opened.check_intact()
    assert [(each.source, len(each.files)) for each in opened.imports()] == [("mps-vawg", 1)]
    assert (
        opened.digest()
        == json.loads((Path(__file__).parents[2] / "fixtures/v1/plan.json").read_bytes())["digests"]["workspace"]
    )


def test_a_release_of_version_1_is_never_changed_and_its_records_are_moved_on_in_memory(copy: Copy):
    releases = copy("releases")
    before = files_of(releases / "v1")
    plan = _plan_of(releases, read_published(releases, 1).manifest)
    assert {each.id: each.response for each in plan.of("recommendations")} == ANSWERS
    found = look(releases)
    assert "No release is changed" in found.note
    assert "The records of 1 release are of an older version" in found.note
    move(found)
    assert files_of(releases / "v1") == before


def test_releases_of_version_1_are_whole_as_they_are_without_a_feed_and_without_being_moved(copy: Copy):
    releases = copy("releases")
    assert not (releases / "feed.xml").exists()
    told = verify(releases)
    assert told.found == ()
    assert [(each.number, each.manifest.data_version) for each in told.releases] == [(1, None)]
    path = releases / "v1" / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b"6800", b"6801"))
    assert [(each.what, each.path) for each in verify(releases).found] == [("altered", "v1/figures.csv")]


def test_a_file_beside_the_releases_that_is_gone_is_named_and_no_move_puts_it_back(copy: Copy):
    releases = copy("releases")
    (releases / "corrections.csv").unlink()
    found = look(releases)
    assert found.is_current
    assert move(found).files == ()
    assert [(each.what, each.path) for each in verify(releases).found] == [("taken away", "corrections.csv")]


def test_records_of_any_version_give_the_same_plan_as_the_folder_that_was_moved(copy: Copy):
    folder = copy("plan")
    old, problems = read_plan_of_any_version(folder)
    assert problems == []
    move(look(folder))
    assert read_plan(folder)[0].records == old.records
    assert read_plan_of_any_version(folder)[0].digest == old.digest
    assert old.header.as_of == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.json", b'{"schema_version": 99, "promises": [], "figures": [], "digests": {}}', "knows up to 2"),
        ("x.json", b'{"schema_version": 1}', "neither a plan.json nor a comparison.json"),
        ("x.json", b"[1]", "not JSON of ours"),
        ("x.json", b"\xff\xfe", "not JSON that can be read"),
        ("x.json", b"", "not JSON that can be read"),
    ],
)
def test_a_file_that_is_newer_or_not_ours_is_refused_and_left_alone(
    tmp_path: Path, name: str, content: bytes, words: str
):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        look(path)
    assert path.read_bytes() == content


def test_what_belongs_to_a_release_is_refused(copy: Copy):
    releases = copy("releases")
    for path in (releases / "v1", releases / "v1" / "manifest.json", releases / "v1" / "approval.json"):
        with pytest.raises(InputError, match="a release never changes"):
            look(path)


def test_a_place_with_nothing_of_ours_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="no plan folder, no workspace"):
        look(tmp_path)
    with pytest.raises(InputError, match="There is nothing at"):
        look(tmp_path / "gone")
