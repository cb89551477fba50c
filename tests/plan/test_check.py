"""`plan check`: each warning and error by name, with file, line and mend; accepting, and stamping definitions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.errors import InputError
from lamplighter.plan.check import CARD_FIELDS, Checked, as_told, card_digest, sentences_about, told_by_record
from lamplighter.plan.editing import accept_warning, stamp_definitions
from lamplighter.plan.folder import Problem, load_plan, read_plan

Write = Callable[..., Path]
Check = Callable[..., Checked]
Named = Callable[..., list[Problem]]

WHOLE_CARD = dict.fromkeys(("name", "plain_definition", *CARD_FIELDS), "said")
WHOLE: dict[str, Any] = {
    "sentences": [{"id": "S1", "version": "V1", "paraphrase": "So many are trained"}],
    "promises": [
        {
            "id": "A1",
            "version": "V1",
            "kind": "action",
            "title": "Train officers",
            "sentence_ids": "S1",
            "owner": "Head of training",
            "due_words": "by 31 December 2022",
            "due_to": "2022-12-31",
            "definition_ids": "D1",
        }
    ],
    "definitions": [{"id": "D1", "version": "1", **WHOLE_CARD}],
    "sources": [{"id": "Q1", "title": "Audit"}],
    "figures": [
        {"id": "G0", "role": "baseline", "value": "0", "definition_id": "D1"},
        {"id": "G1", "role": "current", "value": "6800", "denominator": "9000", "definition_id": "D1"},
        {"id": "G2", "role": "target", "value": "8500", "definition_id": "D1"},
    ],
}
for each in WHOLE["figures"]:
    each.update(promise_ids="A1", label="Trained", unit="officers", source_id="Q1", definition_version="1")


def changed(table: str, at: int = 0, /, **told: str) -> dict[str, Any]:
    """The whole folder with some cells of one row changed."""
    rows = [dict(row) for row in WHOLE[table]]
    rows[at].update(told)
    return {**WHOLE, table: rows}


@pytest.fixture
def whole(write_plan: Write) -> Path:
    folder = write_plan(**WHOLE)
    stamp_definitions(folder, by="S. Tamper", today=date(2022, 1, 1))
    return folder


def test_a_whole_folder_has_nothing_to_mend(whole: Path, checked: Check):
    assert checked(whole) == Checked(errors=(), warnings=(), accepted=())


# -- warnings about a promise ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("no owner", changed("promises", owner="")),
        ("no due date", changed("promises", due_to="", due_words="")),
        ("no definition", changed("promises", definition_ids="")),
        ("no source", changed("promises", sentence_ids="")),
        ("no baseline", changed("figures", 0, role="context")),
        ("no target", changed("figures", 2, role="context")),
        ("no denominator", changed("figures", 1, denominator="")),
        ("reading without a name", changed("promises", due_words="in the spring")),
        ("due date gone by", changed("promises", due_words="by May 2022", due_to="2022-05-31")),
    ],
)
def test_what_a_promise_lacks_is_a_warning_by_name_with_line_and_mend(
    write_plan: Write, checked: Check, named: Named, name: str, tables: dict[str, Any]
):
    folder = write_plan(**tables)
    stamp_definitions(folder, by="S. Tamper", today=date(2022, 1, 1))
    found = checked(folder)
    assert [each.name for each in found.warnings] == [name]
    problem = found.warnings[0]
    assert (problem.file, problem.line, problem.record_id, problem.serious) == ("promises.csv", 2, "A1", False)
    assert problem.message.startswith("A1")
    assert problem.message.count(".") >= 2, "a sentence for the fault and one for the mend"
    assert found.errors == ()


@pytest.mark.parametrize("text", ["=1+1", "-2+3 officers", "+44 20", "@home"])
def test_a_text_that_a_spreadsheet_takes_for_a_formula_is_a_warning(
    write_plan: Write, checked: Check, named: Named, text: str
):
    """A number below nought is none: it is no text."""
    folder = write_plan(**changed("promises", title=text, note=text))
    (problem,) = named(checked(folder), "taken for a formula")
    assert (problem.file, problem.line, problem.record_id, problem.serious) == ("promises.csv", 2, "A1", False)
    assert "its title and note with" in problem.message
    below = write_plan(name="below", **changed("figures", value="-5"))
    assert named(checked(below), "taken for a formula") == []


@pytest.mark.parametrize(
    ("told", "warned"),
    [
        ([("K1", "value", "6500", "6800", "2022-02-01")], []),
        ([("K1", "value", "6800", "6500", "2022-02-01")], ["K1"]),  # another number stands there
        ([("K1", "value", "6800", "6500", "2022-02-01"), ("K2", "value", "6500", "6800", "2022-03-01")], []),
        ([("K1", "value", "6500", "6800", "2022-03-01"), ("K2", "value", "6800", "6500", "2022-02-01")], []),
        ([("K1", "value", "too few", "some more", "2022-02-01")], []),  # in words that the column can't hold
        ([("K1", "label", "a", "b", "2022-02-01"), ("K2", "the chart", "a", "b", "2022-02-01")], ["K1"]),
    ],
)
def test_a_correction_whose_new_value_does_not_stand_there_is_a_warning(
    write_plan: Write, checked: Check, named: Named, told: list[tuple[str, ...]], warned: list[str]
):
    rows = [
        {"id": id_, "record_id": "G1", "field": field, "old": old, "new": new, "corrected_by": "A", "corrected_on": on,
         "reason": "Miscounted"}
        for id_, field, old, new, on in told
    ]  # fmt: skip
    found = named(checked(write_plan(**WHOLE, corrections=rows)), "correction not in place")
    assert [each.record_id for each in found] == warned
    assert not any(each.serious for each in found)


@pytest.mark.parametrize("cell", [{"owner": "n/a"}, {"due_to": "n/a", "due_words": ""}])
def test_not_applicable_is_an_answer_to_the_check(write_plan: Write, checked: Check, cell: dict[str, str]):
    folder = write_plan(**changed("promises", **cell))
    stamp_definitions(folder, by="S. Tamper", today=date(2022, 1, 1))
    assert checked(folder).warnings == ()


def test_a_count_of_its_own_needs_no_denominator(write_plan: Write, checked: Check, named: Named):
    folder = write_plan(**changed("figures", 1, denominator="", denominator_label="n/a"))
    assert named(checked(folder), "no denominator") == []


def test_a_process_is_not_asked_for_baseline_target_and_denominator(write_plan: Write, checked: Check):
    told = {
        each.name for each in checked(write_plan(**{**changed("promises", kind="process"), "figures": ""})).warnings
    }
    assert not told & {"no baseline", "no target", "no denominator"}


def test_a_date_gone_by_is_told_only_after_the_day_and_not_once_closed(whole: Path, checked: Check, named: Named):
    assert named(checked(whole, today=date(2022, 12, 31)), "due date gone by") == []
    assert len(named(checked(whole, today=date(2023, 1, 1)), "due date gone by")) == 1


def test_a_closed_promise_is_not_asked_again(write_plan: Write, checked: Check, named: Named):
    folder = write_plan(**changed("promises", closed_on="2023-01-01"))
    assert named(checked(folder, today=date(2023, 2, 1)), "due date gone by") == []


def test_a_figure_without_a_source_is_named_once_with_its_line(write_plan: Write, checked: Check, named: Named):
    found = named(checked(write_plan(**changed("figures", 1, source_id=""))), "figure without source")
    assert [(each.file, each.line, each.record_id) for each in found] == [("figures.csv", 3, "G1")]


def test_a_figure_that_speaks_to_two_promises_is_still_named_once(write_plan: Write, checked: Check, named: Named):
    tables = changed("figures", 1, source_id="", promise_ids="A1;A2")
    tables["promises"] = [*tables["promises"], {**tables["promises"][0], "id": "A2"}]
    assert len(named(checked(write_plan(**tables)), "figure without source")) == 1


def test_a_figure_of_no_promise_without_a_source_is_named_too(write_plan: Write, checked: Check, named: Named):
    found = named(checked(write_plan(**changed("figures", 1, source_id="", promise_ids=""))), "figure without source")
    assert [each.record_id for each in found] == ["G1"]


def test_a_figure_out_of_nought_stops_the_build(write_plan: Write, checked: Check, named: Named):
    (found,) = named(checked(write_plan(**changed("figures", 1, denominator="0"))), "out of nothing")
    assert (found.file, found.line, found.serious) == ("figures.csv", 3, True)
    assert "G1 is out of 0" in found.message


# -- cards and figures ---------------------------------------------------------------------------------------------------


def test_a_card_with_empty_fields_is_named_with_all_of_them(write_plan: Write, checked: Check, named: Named):
    (found,) = named(checked(write_plan(**changed("definitions", why_chosen="", owner=""))), "card not filled")
    assert (found.file, found.line) == ("definitions.csv", 2)
    assert "why_chosen and owner" in found.message


def test_one_number_with_two_meanings_is_named(write_plan: Write, checked: Check, named: Named):
    tables = changed("figures", 1, value="8500")
    tables["figures"][1]["definition_id"] = "D2"
    tables["definitions"] = [*WHOLE["definitions"], {**WHOLE["definitions"][0], "id": "D2"}]
    (found,) = named(checked(write_plan(**tables)), "one number, two meanings")
    assert (found.file, found.line, found.record_id, found.serious) == ("figures.csv", 3, "G1", False)
    assert "8,500 officers is D2 in G1 and D1 in G2" in found.message


def test_the_same_number_of_another_unit_or_place_is_no_second_meaning(write_plan: Write, checked: Check, named: Named):
    for other in ({"unit": "visits"}, {"area": "Southam"}):
        tables = changed("figures", 1, value="8500", definition_id="D2", **other)
        tables["definitions"] = [*WHOLE["definitions"], {**WHOLE["definitions"][0], "id": "D2"}]
        assert named(checked(write_plan(**tables)), "one number, two meanings") == []


# -- errors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tables", "file", "words"),
    [
        (changed("promises", sentence_ids="S1;S9"), "promises.csv", "sentence_ids: there is no sentences row 'S9'"),
        (changed("promises", definition_ids="D9"), "promises.csv", "definition_ids: there is no definitions row 'D9'"),
        (changed("promises", part_of_id="A9"), "promises.csv", "part_of_id: there is no promises row 'A9'"),
        (changed("figures", source_id="Q9"), "figures.csv", "source_id: there is no sources row 'Q9'"),
        (changed("figures", promise_ids="A9"), "figures.csv", "promise_ids: there is no promises row 'A9'"),
        (
            {
                **WHOLE,
                "decisions": "id,kind,record_id,decided_by,decided_on,reason\nX1,reading,A9,N,2022-01-01,So read\n",
            },
            "decisions.csv",
            "X1 is about 'A9', which is not in the folder",
        ),
    ],
)
def test_a_dead_link_is_an_error_with_file_and_line(
    write_plan: Write, checked: Check, named: Named, tables: dict[str, Any], file: str, words: str
):
    (found,) = named(checked(write_plan(**tables)), "dead link")
    assert (found.file, found.line, found.serious) == (file, 2, True)
    assert words in found.message


def test_a_correction_may_outlive_its_record_and_is_only_warned_of(write_plan: Write, checked: Check, named: Named):
    corrections = "id,record_id,field,corrected_by,corrected_on,reason\nK1,G9,value,N,2022-01-01,Wrong\n"
    found = checked(write_plan(**{**WHOLE, "corrections": corrections}))
    (told,) = named(found, "correction of no record")
    assert (told.file, told.line, told.serious) == ("corrections.csv", 2, False)
    assert "K1 corrects 'G9', which is not in the folder" in told.message
    assert found.errors == ()


def test_a_link_to_a_card_that_lamplighter_ships_is_alive(write_plan: Write, checked: Check, named: Named):
    assert named(checked(write_plan(**changed("promises", definition_ids="D1;D-RECORDED"))), "dead link") == []


def test_a_card_under_the_id_of_a_shipped_one_is_refused(write_plan: Write, checked: Check):
    with pytest.raises(InputError, match="D-RECORDED, which Lamplighter ships"):
        checked(write_plan(**changed("definitions", id="D-RECORDED")))


def test_a_version_that_the_header_does_not_know_is_an_error(write_plan: Write, checked: Check, named: Named):
    (found,) = named(checked(write_plan(**changed("promises", version="V9"))), "unknown version")
    assert (found.file, found.line) == ("promises.csv", 2)
    assert "plan.toml knows V1" in found.message


@pytest.mark.parametrize(
    ("axis", "answer", "words"),
    [("delivery", "done", "Known: kept, "), ("evidence", "kept", "Known: "), ("", "kept", "no axis")],
)
def test_an_override_with_an_answer_that_no_rule_gives_is_an_error(
    write_plan: Write, checked: Check, named: Named, axis: str, answer: str, words: str
):
    decisions = (
        "id,kind,record_id,axis,answer,decided_by,decided_on,reason\n"
        f"X1,override,A1,{axis},{answer},N. Owner,2022-06-01,Because\n"
    )
    (found,) = named(checked(write_plan(**WHOLE, decisions=decisions)), "unknown answer")
    assert (found.file, found.line) == ("decisions.csv", 2)
    assert words in found.message


def test_lines_that_cannot_be_read_are_errors_of_the_check(write_plan: Write, checked: Check, named: Named):
    found = checked(write_plan(**changed("figures", value="many")))
    assert [(each.name, each.line) for each in found.errors] == [("unreadable", 2)]


# -- stamping ------------------------------------------------------------------------------------------------------------


def test_a_card_without_a_stamp_is_a_warning_until_it_is_stamped(write_plan: Write, checked: Check, named: Named):
    folder = write_plan(**WHOLE)
    assert [each.line for each in named(checked(folder), "definition not stamped")] == [2]
    assert stamp_definitions(folder, by=" S. Tamper ", today=date(2022, 1, 1)) == 1
    assert named(checked(folder), "definition not stamped") == []
    (stamp,) = load_plan(folder).card_versions
    assert (stamp.card_id, stamp.version, stamp.stamped_by, stamp.stamped_on) == (
        "D1",
        "1",
        "S. Tamper",
        date(2022, 1, 1),
    )


def test_stamping_twice_changes_nothing(whole: Path):
    before = (whole / "definition_versions.csv").read_bytes()
    assert stamp_definitions(whole, by="Somebody else", today=date(2022, 2, 2)) == 0
    assert (whole / "definition_versions.csv").read_bytes() == before


@pytest.mark.parametrize("column", ["name", "plain_definition", "leaves_out", "numerator", "denominator", "needs"])
def test_a_defining_word_changed_under_the_same_version_is_an_error(
    write_plan: Write, whole: Path, checked: Check, named: Named, column: str
):
    write_plan(definitions=changed("definitions", **{column: "otherwise"})["definitions"])
    (found,) = named(checked(whole), "definition changed")
    assert (found.file, found.line, found.record_id, found.serious) == ("definitions.csv", 2, "D1", True)
    assert "Give it a new version, or put the words back." in found.message


def test_the_same_words_under_a_new_version_only_want_a_stamp(
    write_plan: Write, whole: Path, checked: Check, named: Named
):
    write_plan(definitions=changed("definitions", version="2", numerator="otherwise")["definitions"])
    assert [each.name for each in checked(whole).errors] == []
    assert len(named(checked(whole), "definition not stamped")) == 1
    stamp_definitions(whole, by="S. Tamper", today=date(2022, 2, 2))
    assert [each.id for each in load_plan(whole).card_versions] == ["D1.v1", "D1.v2"]
    assert checked(whole).errors == ()


def test_a_word_that_defines_nothing_may_change(whole: Path, write_plan: Write, checked: Check):
    write_plan(definitions=changed("definitions", why_chosen="another reason")["definitions"])
    assert checked(whole).errors == ()


def test_moving_a_word_from_one_field_to_the_next_changes_the_digest(made):
    one = made.card(numerator="officers", denominator=None)
    assert card_digest(one) != card_digest(made.card(numerator=None, denominator="officers"))


def test_a_figure_of_a_version_never_stamped_is_an_error(whole: Path, write_plan: Write, checked: Check, named: Named):
    write_plan(figures=changed("figures", 1, definition_version="7")["figures"])
    (found,) = named(checked(whole), "unknown definition version")
    assert (found.file, found.line) == ("figures.csv", 3)


# -- accepting -----------------------------------------------------------------------------------------------------------


def accepted(
    folder: Path, *, record: str = "A1", warning: str = "no owner", by: str = "N. Owner", reason: str = "So"
) -> str:
    return accept_warning(folder, record=record, warning=warning, by=by, reason=reason, today=date(2022, 6, 1))


def test_a_warning_accepted_by_name_is_kept_with_its_reason_and_no_longer_warns(write_plan: Write, checked: Check):
    folder = write_plan(**changed("promises", owner=""))
    assert accepted(folder, reason="The post is vacant") == "X-A1-1"
    found = checked(folder)
    assert "no owner" not in {each.name for each in found.warnings}
    ((problem, why),) = found.accepted
    assert (problem.name, why) == ("no owner", "The post is vacant (N. Owner, 2022-06-01)")


def test_accepting_one_warning_leaves_the_others(write_plan: Write, checked: Check):
    folder = write_plan(**changed("promises", owner="", definition_ids=""))
    accepted(folder)
    assert "no definition" in {each.name for each in checked(folder).warnings}


def test_an_error_cannot_be_accepted(write_plan: Write, checked: Check):
    folder = write_plan(**changed("promises", definition_ids="D9"))
    with pytest.raises(InputError, match="A1 has no warning 'dead link' to accept"):
        accepted(folder, warning="dead link")
    decisions = (
        "id,kind,record_id,warning,decided_by,decided_on,reason\nX1,accepted warning,A1,dead link,N,2022-01-01,No\n"
    )
    found = checked(write_plan(**changed("promises", definition_ids="D9"), decisions=decisions))
    assert [each.name for each in found.errors] == ["dead link"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"warning": "no ownr"}, r"A1 has no warning 'no ownr' to accept\. It has: 'no owner'"),
        ({"record": "A9"}, r"A9 has no warning 'no owner' to accept\. It has none"),
        ({"by": "  "}, "needs a name and a reason"),
        ({"reason": ""}, "needs a name and a reason"),
    ],
)
def test_what_cannot_be_accepted_is_refused_and_nothing_is_written(write_plan: Write, told: dict[str, str], words: str):
    folder = write_plan(**changed("promises", owner=""))
    with pytest.raises(InputError, match=words):
        accepted(folder, **told)
    assert not (folder / "decisions.csv").exists()


def test_a_second_acceptance_gets_its_own_id(write_plan: Write):
    folder = write_plan(**changed("promises", owner="", definition_ids=""))
    assert [accepted(folder), accepted(folder, warning="no definition")] == ["X-A1-1", "X-A1-2"]


def test_an_acceptance_without_a_warnings_name_is_an_error(write_plan: Write, checked: Check, named: Named):
    decisions = "id,kind,record_id,decided_by,decided_on,reason\nX1,accepted warning,A1,N,2022-01-01,Why not\n"
    (found,) = named(checked(write_plan(**WHOLE, decisions=decisions)), "unknown warning")
    assert (found.file, found.line, found.serious) == ("decisions.csv", 2, True)


# -- telling -------------------------------------------------------------------------------------------------------------


def test_a_problem_is_told_with_file_line_record_name_and_mend(write_plan: Write, checked: Check):
    folder = write_plan(**changed("promises", owner=""))
    found = next(each for each in checked(folder).warnings if each.name == "no owner")
    assert str(found) == "promises.csv:2: A1 has no owner. Name the post that answers for it, or n/a."
    assert as_told(found) == {
        "file": "promises.csv",
        "line": 2,
        "record": "A1",
        "name": "no owner",
        "message": "A1 has no owner. Name the post that answers for it, or n/a.",
        "serious": False,
    }


def test_a_promises_page_is_told_what_is_said_of_its_records_alone(write_plan: Write, checked: Check):
    tables = changed("promises", owner="")
    tables["promises"] = [*tables["promises"], {**tables["promises"][0], "id": "A2"}]
    told = sentences_about(told_by_record(checked(write_plan(**tables))), {"A1"})
    assert any(each.startswith("A1 has no owner") for each in told)
    assert not any(each.startswith("A2") for each in told)


def test_the_check_of_an_empty_folder_finds_nothing(write_plan: Write, checked: Check):
    folder = write_plan()
    assert read_plan(folder)[1] == []
    assert checked(folder) == Checked(errors=(), warnings=(), accepted=())
