"""A review: one answer an item, kept at once, undone in order, and records that only a person's word brings about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lamplighter.errors import InputError, NoSuchName
from lamplighter.plan.check import check
from lamplighter.plan.drafting.confirming import write_confirmed
from lamplighter.plan.drafting.draft import draft
from lamplighter.plan.drafting.draft_folder import write_draft
from lamplighter.plan.drafting.review import Review, decide, open_review, undo
from lamplighter.plan.folder import as_csv, load_plan, read_plan
from lamplighter.plan.records import Milestone, Promise, Sentence

TODAY = date(2021, 11, 5)
TEXT = "We will train 640 officers by 31 March 2023. Nobody should be afraid. We will walk."
Drafted = Callable[[str], Path]


def answer(folder: Path, **answers: str) -> Review:
    """Answers by item id, in the order given; then the records are written."""
    review = open_review(folder)
    for item_id, given in answers.items():
        review = decide(review, item_id, given, by="Ann Lee", today=TODAY)
    write_confirmed(review)
    return review


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_a_draft_confirms_nothing(drafted: Drafted):
    plan = load_plan(drafted(TEXT))
    assert {kind: records for kind, records in plan.records.items() if records} == {}


def test_items_are_asked_in_the_order_of_the_text(drafted: Drafted):
    assert [each.id for each in open_review(drafted(TEXT)).items] == ["P01", "G01", "W01", "P02"]


def test_a_confirmed_promise_gets_its_figure_its_date_and_the_name_of_who_confirmed(drafted: Drafted):
    folder = drafted(TEXT)
    answer(folder, P01="confirmed", G01="confirmed", W01="confirmed", P02="refused")
    plan = load_plan(folder)
    (promise,), (figure,) = plan.promises, plan.figures
    assert (promise.id, promise.kind, promise.due_words, promise.due_to) == (
        "P01",
        "figure",
        "31 March 2023",
        date(2023, 3, 31),
    )
    assert promise.due_read_by == "Ann Lee"
    assert (figure.value, figure.unit, figure.role, figure.promise_ids) == (640, "officers", "target", ("P01",))
    assert (figure.typed_by, figure.typed_on) == ("Ann Lee", TODAY)
    assert {(each.record_id, each.decided_by) for each in plan.decisions} == {("P01", "Ann Lee"), ("G01", "Ann Lee")}
    assert "says “will”" in str(plan.decisions[1].reason)


def test_the_folder_of_a_whole_review_has_no_error(drafted: Drafted, northam: str):
    folder = drafted(northam)
    answer(folder, **{each.id: "confirmed" for each in open_review(folder).items})
    plan, unreadable = read_plan(folder)
    assert unreadable == []
    assert check(plan, unreadable, today=TODAY, cards={}).errors == ()


def test_a_date_that_looks_back_is_no_due_date(drafted: Drafted):
    folder = drafted("As announced last month, we will deploy new teams.")
    answer(folder, P01="confirmed", W01="confirmed")
    assert load_plan(folder).promises[0].due_words is None


def test_a_review_goes_on_where_it_was_left(drafted: Drafted):
    folder = drafted(TEXT)
    answer(folder, P01="confirmed")
    assert [each.id for each in open_review(folder).left] == ["G01", "W01", "P02"]


def test_an_answer_is_kept_before_the_next_is_asked(drafted: Drafted):
    folder = drafted(TEXT)
    decide(open_review(folder), "P01", "confirmed", by="Ann Lee", today=TODAY)  # and then the power goes
    assert [each.id for each in open_review(folder).answered("confirmed")] == ["P01"]


def test_writing_twice_changes_nothing(drafted: Drafted):
    folder = drafted(TEXT)
    review = answer(folder, P01="confirmed", G01="confirmed")
    before = all_bytes(folder)
    done = write_confirmed(review)
    assert (done.added, done.taken_back, done.kept) == ({}, {}, ())
    assert all_bytes(folder) == before


def test_undo_takes_the_last_answer_back_and_its_record_too(drafted: Drafted):
    folder = drafted(TEXT)
    review = answer(folder, P01="confirmed", P02="confirmed")
    review, back = undo(review)
    done = write_confirmed(review)
    assert back == "P02"
    assert done.taken_back == {"promises": 1, "decisions": 1, "sentences": 1}
    assert [each.id for each in load_plan(folder).promises] == ["P01"]


def test_an_undo_of_everything_leaves_the_folder_as_it_was(drafted: Drafted):
    folder = drafted(TEXT)
    empty = {kind: records for kind, records in load_plan(folder).records.items() if records}
    review = answer(folder, P01="confirmed", G01="confirmed", W01="confirmed")
    for _ in range(3):
        review = undo(review)[0]
    done = write_confirmed(review)
    assert done.taken_back == {"figures": 1, "promises": 1, "decisions": 2, "sentences": 1, "sources": 1}
    assert {kind: records for kind, records in load_plan(folder).records.items() if records} == empty


def test_an_undo_leaves_what_another_record_needs_and_says_which(drafted: Drafted):
    folder = drafted(TEXT)
    review = answer(folder, P02="confirmed")
    step = Milestone(id="M1", promise_id="P02", title="Walk once")
    (folder / "milestones.csv").write_bytes(as_csv(Milestone, [step]).encode())
    done = write_confirmed(undo(review)[0])
    assert (done.used, done.taken_back) == ((("P02", ("M1",)),), {})
    plan = load_plan(folder)
    assert ([each.id for each in plan.promises], len(plan.sentences), len(plan.sources)) == (["P02"], 1, 1)


def test_a_sentence_put_into_words_of_ones_own_stays_after_an_undo_and_is_named(drafted: Drafted):
    folder = drafted(TEXT)
    review = answer(folder, P02="confirmed")
    mine = replace(load_plan(folder).sentences[0], paraphrase="They mean to walk.")
    (folder / "sentences.csv").write_bytes(as_csv(Sentence, [mine]).encode())
    done = write_confirmed(undo(review)[0])
    assert done.kept == (mine.id,)
    assert load_plan(folder).sentences == (mine,)
    assert [each.id for each in load_plan(folder).sources] == [mine.source_id]


def test_what_was_reached_goes_to_the_promise_of_the_sentence_before(drafted: Drafted):
    folder = drafted("We will train 8,500 officers. So far 6,800 have been trained. It rained on 12 days.")
    answer(folder, P01="confirmed", G01="confirmed", G02="confirmed", G03="confirmed")
    assert [(each.value, each.role, each.promise_ids) for each in load_plan(folder).figures] == [
        (8500, "target", ("P01",)),
        (6800, "current", ("P01",)),
        (12, "context", ()),
    ]


def test_a_confirmed_name_stands_in_the_note_of_the_promise_that_has_it(drafted: Drafted):
    folder = drafted("Project Lantern will grow. We will walk.")
    review = answer(folder, N01="confirmed", P01="confirmed", P02="confirmed")
    assert [each.note for each in load_plan(folder).promises] == ["Names Project Lantern.", None]
    assert write_confirmed(review).names == ("Project Lantern",)
    assert write_confirmed(undo(undo(review)[0])[0]).taken_back["promises"] == 2


def test_a_draft_made_before_figures_had_a_role_is_still_read(drafted: Drafted):
    folder = drafted(TEXT)
    path = folder / "draft" / "figures.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    at = rows[0].index("role")
    path.write_text("\n".join(",".join(row[:at] + row[at + 1 :]) for row in rows) + "\n", encoding="utf-8")
    answer(folder, P01="confirmed", G01="confirmed")
    assert [each.role for each in load_plan(folder).figures] == ["target"]


def test_undo_of_nothing_is_nothing(drafted: Drafted):
    review = open_review(drafted(TEXT))
    assert undo(review) == (review, None)


def test_a_record_changed_by_hand_is_neither_removed_nor_written_over(drafted: Drafted):
    folder = drafted(TEXT)
    review = answer(folder, P02="confirmed")
    mine = replace(load_plan(folder).promises[0], title="Walk the river path", owner="Dr. Lee")
    (folder / "promises.csv").write_bytes(as_csv(Promise, [mine]).encode())
    write_confirmed(review)
    assert load_plan(folder).promises == (mine,)
    done = write_confirmed(undo(review)[0])
    assert done.kept == ("P02",)
    assert load_plan(folder).promises == (mine,)
    assert [each.record_id for each in load_plan(folder).decisions] == ["P02"]


def test_a_figure_that_loses_its_promise_does_not_point_at_nothing(drafted: Drafted):
    folder = drafted(TEXT)
    review = answer(folder, P01="confirmed", G01="confirmed")
    review = undo(undo(review)[0])[0]
    review = decide(review, "P01", "refused", by="Bo", today=TODAY)
    write_confirmed(decide(review, "G01", "confirmed", by="Bo", today=TODAY))
    plan = load_plan(folder)
    assert plan.promises == ()
    assert [(each.promise_ids, each.role, each.typed_by) for each in plan.figures] == [((), "context", "Bo")]


def test_an_answer_needs_a_name_and_an_item_that_waits(drafted: Drafted):
    review = open_review(drafted(TEXT))
    with pytest.raises(InputError, match="--by"):
        decide(review, "P01", "confirmed", by="  ", today=TODAY)
    with pytest.raises(InputError, match="P99"):
        decide(review, "P99", "confirmed", by="Ann Lee", today=TODAY)


def test_a_second_draft_does_not_lose_the_answers_to_the_first(drafted: Drafted):
    folder = drafted(TEXT)
    with pytest.raises(InputError, match="holds a draft already"):
        drafted(TEXT)
    assert len(open_review(folder).items) == 4


def test_a_draft_in_a_folder_with_records_takes_ids_that_are_free(drafted: Drafted):
    folder = drafted(TEXT)
    answer(folder, P01="confirmed", P02="confirmed")
    (folder / "draft").rename(folder / "draft of V1")
    told = write_draft(
        draft("We will talk."), folder=folder, name="2.txt", title=None, body=None, version=None, today=TODAY
    )
    assert [row.id for rows in told.values() for row in rows if row.id.startswith("P")] == ["P03"]
    assert len(load_plan(folder).promises) == 2


def test_a_version_that_the_plan_has_not_is_refused(drafted: Drafted):
    folder = drafted(TEXT)
    (folder / "draft").rename(folder / "old")
    with pytest.raises(NoSuchName, match="V7"):
        write_draft(draft(TEXT), folder=folder, name="a.txt", title=None, body=None, version="V7", today=TODAY)


def test_a_draft_with_a_broken_line_is_named_by_file_and_line(drafted: Drafted):
    folder = drafted(TEXT)
    (folder / "draft" / "dates.csv").write_text(
        "id,sentence_id,words,begins,why\nW01,S,now,31/3/23,x\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"draft/dates.csv:2.*not a date"):
        open_review(folder)


def test_a_folder_without_a_draft_says_how_to_make_one(tmp_path: Path):
    with pytest.raises(InputError, match="lamplighter plan draft TEXT"):
        open_review(tmp_path)
