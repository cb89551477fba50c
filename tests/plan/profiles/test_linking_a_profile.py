"""A profile linked to a promise: the rows that it makes, all in one step, and that it moves nothing but the record of events."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lamplighter.errors import FileRefused, InputError, NoSuchName
from lamplighter.plan.folder import load_plan
from lamplighter.plan.packing.choosing import chosen
from lamplighter.plan.packing.knowing import known_on
from lamplighter.plan.plan_json import plan_json
from lamplighter.plan.profiles.linking import link_profile
from lamplighter.plan.releases.checklist import checklist

TODAY = date(2022, 6, 1)
Write = Callable[..., Path]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def link(folder: Path, file: Path, promise: str = "A05", **more):
    return link_profile(folder, file, promise=promise, **{"by": "A. Analyst", "today": TODAY, **more})


def test_it_writes_a_source_an_event_and_the_public_parts(told, northam: Path, write_profile: Write, checked):
    done = link(northam, write_profile(told))
    plan = load_plan(northam)
    [profile], [source], [event] = plan.of("profiles"), plan.sources, plan.evidence
    digest = profile.sha256
    assert (profile.id, source.id, event.id) == (f"PP-{digest[:8]}", f"src-PP-{digest[:8]}", f"E-PP-{digest[:8]}")
    assert (source.kind, source.access, source.publisher) == ("problem profile", "open", "A. Analyst")
    assert (source.published_on, source.not_before) == (None, date(2022, 5, 1))
    assert (event.promise_ids, event.happened_on, event.added_by) == (("A05",), date(2022, 5, 1), "A. Analyst")
    assert "January 2023 to December 2023" in event.says
    assert "not that officers went where it points" in event.says
    assert (profile.months_present, profile.months_missing, profile.located_share) == (11, ("2023-07",), 0.9615)
    assert profile.limits == tuple(told["what_this_cannot_say"])
    assert [each.figure_ids for each in plan.of("profile_findings")] == [
        (f"{profile.id}.count",),
        (f"{profile.id}.completeness.months_missing",),
    ]
    assert done.files == ("profiles.csv", "profile_figures.csv", "profile_findings.csv", "sources.csv", "evidence.csv")
    assert checked(northam).errors == ()


def test_the_same_profile_twice_changes_nothing(told, northam: Path, write_profile: Write):
    file = write_profile(told)
    link(northam, file)
    before = contents(northam)
    again = link(northam, file, today=date(2022, 6, 29), by="Somebody else")
    assert not again.changed
    assert contents(northam) == before


def test_for_a_second_promise_only_the_event_changes(told, northam: Path, write_profile: Write):
    file = write_profile(told)
    link(northam, file)
    assert link(northam, file, promise="A06").files == ("evidence.csv",)
    [event] = load_plan(northam).evidence
    assert event.promise_ids == ("A05", "A06")


def test_a_later_profile_of_the_same_area_is_a_second_one(told, northam: Path, write_profile: Write):
    link(northam, write_profile(told))
    told["provenance"]["made_on"] = "2022-06-01"
    link(northam, write_profile(told))
    assert len(load_plan(northam).of("profiles")) == 2


def test_an_unknown_promise_names_the_near_miss_and_writes_nothing(told, northam: Path, write_profile: Write):
    before = contents(northam)
    with pytest.raises(NoSuchName, match="Did you mean A05"):
        link(northam, write_profile(told), promise="A055")
    assert contents(northam) == before


def test_a_damaged_profile_writes_nothing(told, northam: Path, write_profile: Write):
    before = contents(northam)
    told["figures"][0]["value"] = 12345678901234567890
    with pytest.raises(FileRefused, match="more than 15 digits"):
        link(northam, write_profile(told))
    assert contents(northam) == before


def test_a_figure_id_that_is_no_id_is_refused(told, northam: Path, write_profile: Write):
    told["figures"][0]["id"] = "count.<b>"
    told["summary"]["findings"][0]["figure_ids"] = ["count.<b>"]
    with pytest.raises(FileRefused, match="is not an id"):
        link(northam, write_profile(told))


def test_an_extract_is_restricted_unless_somebody_says_that_it_is_public(extract, northam: Path, write_profile: Write):
    assert link(northam, write_profile(extract)).source.access == "restricted"
    extract["title"] = "Another"
    assert link(northam, write_profile(extract), access="open").source.access == "open"
    assert load_plan(northam).of("profile_figures") == ()


def test_who_may_read_it_can_not_be_changed_by_linking_again(told, northam: Path, write_profile: Write):
    file = write_profile(told)
    link(northam, file)
    with pytest.raises(InputError, match="is linked already, as open"):
        link(northam, file, access="restricted")


def test_a_profile_of_made_up_data_is_called_so_and_tells_no_rule_anything(
    extract, northam: Path, write_profile: Write, book_of
):
    before = book_of(northam).standing("A05")
    extract["synthetic"] = True
    done = link(northam, write_profile(extract))
    assert (done.source.kind, done.source.access, done.source.status) == ("made up", "open", "unverified")
    assert done.source.is_made_up
    assert done.source.title.startswith("A problem profile of made-up data")
    assert "it shows nothing of the promise" in done.evidence.says
    after = book_of(northam).standing("A05")
    assert (after.evidence, after.delivery, after.last_change) == (before.evidence, before.delivery, None)
    assert after.evidence_records == (done.evidence,)


def test_a_profile_is_an_event_and_none_of_its_numbers_is_a_number_of_the_plan(
    told, northam: Path, write_profile: Write, book_of
):
    before = book_of(northam)
    done = link(northam, write_profile(told))
    after = book_of(northam)
    assert after.numbers == before.numbers
    assert before.standing("A05").evidence.rule == "nothing-claimed"
    assert after.standing("A05").evidence.rule == "claimed-not-shown"
    assert after.standing("A05").evidence.because == f"Said to have happened: {done.evidence.title}."
    assert after.standing("A06").evidence == before.standing("A06").evidence
    assert [each.profile.id for each in after.profiles] == [done.profile.id]


def test_before_the_day_on_which_it_was_made_the_plan_does_not_know_it(
    told, northam: Path, write_profile: Write, book_of
):
    done = link(northam, write_profile(told))
    book = book_of(northam, as_of=date(2022, 4, 30))
    assert book.profiles == ()
    assert done.profile.source_id not in book.sources
    assert done.shown_from is None
    told["provenance"]["made_on"] = "2022-07-01"
    assert link(northam, write_profile(told)).shown_from == date(2022, 7, 1)


def test_plan_json_tells_it_apart_from_the_figures(told, northam: Path, write_profile: Write, book_of):
    done = link(northam, write_profile(told))
    whole = plan_json(book_of(northam))
    [profile] = whole["profiles"]
    assert (profile["access"], profile["promise_ids"]) == ("open", ["A05"])
    assert profile["cannot_say"] == told["what_this_cannot_say"]
    assert [(each["id"], each["value"]) for each in profile["figures"]] == [
        (f"{done.profile.id}.completeness.months_missing", 1),
        (f"{done.profile.id}.count", 870),
    ]
    assert not any(done.profile.id in each["id"] for each in whole["figures"])
    assert "PLANTED" not in json.dumps(whole)


def test_a_folder_without_the_three_files_reads_as_one_that_has_them_empty(northam: Path):
    assert not (northam / "profiles.csv").exists()
    assert load_plan(northam).of("profiles") == ()


def test_findings_that_somebody_adds_to_a_closed_profile_are_an_error_and_are_not_shown(
    told, northam: Path, write_profile: Write, checked, named
):
    link(northam, write_profile(told))
    sources = northam / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace(",open,", ",restricted,"), encoding="utf-8")
    assert len(named(checked(northam), "closed profile")) == 4


def test_a_finding_that_is_made_to_rest_on_a_figure_of_another_profile_is_an_error(
    told, northam: Path, write_profile: Write, checked, named
):
    one = link(northam, write_profile(told)).profile.id
    told["title"] = "The same area a month later"
    other = link(northam, write_profile(told)).profile.id
    assert named(checked(northam), "figure of another profile") == []
    findings = northam / "profile_findings.csv"
    lines = findings.read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(f"{other}.finding-") and f"{other}.count" in line)
    lines[at] = lines[at].replace(f"{other}.count", f"{one}.count")
    findings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    [found] = named(checked(northam), "figure of another profile")
    assert (found.file, found.line) == ("profile_findings.csv", at + 1)


def test_check_names_a_link_that_leads_nowhere_and_made_up_data_that_are_not_called_so(
    extract, northam: Path, write_profile: Write, checked, named
):
    extract["synthetic"] = True
    link(northam, write_profile(extract))
    sources = northam / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace("made up", "statistics"), encoding="utf-8")
    [found] = named(checked(northam), "made up and not called so")
    assert found.file == "profiles.csv"
    (northam / "evidence.csv").unlink()
    assert any("evidence_id" in each.message for each in named(checked(northam), "dead link"))


def test_linking_again_names_the_row_that_somebody_took_out(told, northam: Path, write_profile: Write):
    file = write_profile(told)
    link(northam, file)
    (northam / "evidence.csv").unlink()
    with pytest.raises(InputError, match=r"evidence\.csv no longer has its row E-PP-"):
        link(northam, file)


def test_a_row_that_has_the_id_already_is_not_written_over(told, northam: Path, write_profile: Write):
    file = write_profile(told)
    done = link(northam, file)
    for name in ("profiles.csv", "profile_findings.csv", "profile_figures.csv", "evidence.csv"):
        (northam / name).unlink()
    sources = northam / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace("A. Analyst", "Somebody"), encoding="utf-8")
    before = contents(northam)
    with pytest.raises(InputError, match=f"has a row {done.source.id} that is another thing"):
        link(northam, file)
    assert contents(northam) == before


def test_a_change_of_the_folder_that_was_broken_off_writes_all_of_it_or_nothing(
    told, northam: Path, write_profile: Write, monkeypatch: pytest.MonkeyPatch
):
    def full(*_arguments, **_named):
        raise OSError(28, "No space left on device")

    before = contents(northam)
    monkeypatch.setattr("lamplighter.workspace.durable.Disk.write_new", full)
    with pytest.raises(InputError, match="Nothing was written"):
        link(northam, write_profile(told))
    assert contents(northam) == before


def test_a_release_refuses_a_restricted_profile_and_lets_an_open_one_pass(
    told, northam: Path, write_profile: Write, book_of
):
    def refused() -> list[str]:
        found = checklist(
            book_of(northam), name="one", builder="A. Builder", accept={}, previous=None, previous_plan=None
        )
        return [each.about for each in found.errors if each.name == "restricted source"]

    link(northam, write_profile(told))
    assert refused() == []
    told["title"] = "For some eyes only"
    done = link(northam, write_profile(told), access="restricted")
    assert refused() == [done.source.id]


def test_a_pack_of_a_recommendation_holds_the_profile_that_is_evidence_for_its_promise(
    told, write_plan: Callable[..., Path], write_profile: Write
):
    folder = write_plan(
        promises=[{"id": each, "version": "V1", "kind": "action", "title": "Profiles"} for each in ("A05", "A06")],
        recommendations=[
            {"id": "RC-1", "review": "A review", "says": "Look.", "promise_ids": "A05", "source_id": "Q"},
            {"id": "RC-2", "review": "A review", "says": "Look.", "promise_ids": "A06", "source_id": "Q"},
        ],
        sources=[{"id": "Q", "title": "A review", "publisher": "Reviewers", "access": "open"}],
    )
    done = link(folder, write_profile(told))
    plan = load_plan(folder)
    found = chosen(plan, "RC-1")
    assert [len(found.of(kind)) for kind in ("profiles", "profile_figures", "profile_findings")] == [1, 2, 2]
    assert done.source in found.of("sources")
    assert chosen(plan, "RC-2").of("profiles") == ()
    earlier = known_on(plan, date(2022, 5, 31))  # made by then, linked a day later
    assert [len(earlier.plan.of(kind)) for kind in ("profiles", "profile_figures", "profile_findings")] == [0, 0, 0]
