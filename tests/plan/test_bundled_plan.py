"""The bundled plan folder, plans/met-vawg-2021: whole, honest about its sources, and without anybody else's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lamplighter.plan.book import Book
from lamplighter.plan.check import Checked
from lamplighter.plan.folder import Plan, as_csv, read_plan
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.records.showing import STATUSES
from lamplighter.plan.text import digest_of, sentences_of

FOLDER = Path(__file__).resolve().parents[2] / "plans" / "met-vawg-2021"
MOST_WORDS = 12


@pytest.fixture(scope="module")
def plan() -> Plan:
    found, problems = read_plan(FOLDER)
    assert problems == []
    return found


@pytest.fixture(scope="module")
def book(book_of: Callable[..., Book]) -> Book:
    return book_of(FOLDER)


def test_it_has_six_objectives_twelve_actions_and_seven_of_ten_later_commitments(plan: Plan):
    first, second = plan.header.versions
    kinds = [each.kind for each in plan.promises if each.version == first.id]
    assert (kinds.count("objective"), kinds.count("action")) == (6, 12)
    assert sum(each.version == second.id for each in plan.promises) == 7
    assert (second.promises_stated, second.complete) == (10, False)


def test_the_check_finds_no_errors(checked: Callable[..., Checked], plan: Plan):
    assert checked(FOLDER, today=plan.header.as_of).errors == ()


def test_every_definition_is_stamped(checked: Callable[..., Checked], plan: Plan):
    assert "definition not stamped" not in {each.name for each in checked(FOLDER, today=plan.header.as_of).warnings}


def test_the_first_sentence_is_the_one_checked_by_hand(book: Book):
    text = next(each.text for each in book.findings if each.id == "plan.measured")
    for words in (
        "0 of 6 objectives have a baseline, a target or a denominator",
        "explicit figures stand on 3 of 12 actions",
        "6,800 of 8,500 = 80.0%",
        "none says of how many officers",
    ):
        assert words in text


def test_its_counts_are_the_records_own(book: Book, plan: Plan):
    actions = {
        each.id for each in plan.promises if each.kind == "action" and each.version == plan.header.versions[0].id
    }
    figured = {one for each in plan.figures if each.sentence_id for one in each.promise_ids} & actions
    number = book.numbers["plan.actions-figured"]
    assert (number.numerator, number.denominator) == (len(figured), len(actions)) == (3, 12)


def test_a_promise_that_became_nothing_is_not_found_and_never_dropped(book: Book, plan: Plan):
    first = plan.header.versions[0].id
    fates = [each for one in book.standings if one.promise.version == first for each in one.fates]
    assert {each.fate for each in fates} <= {"carried", "changed", "not found"}
    assert all("seven commitments known" in each.words for each in fates if each.fate == "not found")
    assert all(each.read_by for each in fates if each.fate != "not found")


def test_the_promise_of_a_visit_to_every_exposure_victim_cannot_be_shown(book: Book):
    visits = [each for each in book.standings if "exposure-and-voyeurism" in each.promise.measure_ids]
    assert visits
    for each in visits:
        assert each.evidence.rule == "cannot-be-shown"
        assert any("offered" in words.casefold() for one in book.cannot_show for words in one.needed_words)


def test_every_figure_has_a_source_a_status_and_who_typed_it(plan: Plan):
    sources = {each.id for each in plan.sources}
    for each in plan.figures:
        assert each.source_id in sources, each.id
        assert each.status in STATUSES, each.id
        assert each.typed_by, each.id
        assert each.typed_on, each.id


def test_every_source_and_piece_of_evidence_says_how_surely_it_was_read(plan: Plan):
    for each in (*plan.sources, *plan.evidence, *plan.ratings, *plan.of("recommendations")):
        assert each.status in STATUSES, each.id


def test_what_another_person_might_read_otherwise_carries_a_name(plan: Plan):
    assert all(each.due_read_by for each in plan.promises if isinstance(each.due_to, date))
    assert all(each.decided_by and each.reason for each in plan.decisions)


# -- nobody else's text ---------------------------------------------------------------------------------------------------


def test_a_quotation_is_short_and_stands_only_where_a_figure_or_an_ambiguity_hangs_on_it(plan: Plan):
    for each in plan.sentences:
        if each.quotation:
            assert len(each.quotation.split()) <= MOST_WORDS, each.id
            assert digest_of(each.quotation) != each.sha256, f"{each.id} quotes the whole sentence"


def test_every_sentence_of_the_first_version_is_there_by_hash(plan: Plan):
    for each in plan.sentences:
        assert each.paraphrase, each.id
        assert each.sha256 is None or re.fullmatch("[0-9a-f]{64}", each.sha256), each.id
    first = plan.header.versions[0].id
    assert all(each.sha256 for each in plan.sentences if each.version == first)


def test_no_cell_of_any_record_is_a_sentence_of_the_text(plan: Plan):
    hashes = {each.sha256 for each in plan.sentences if each.sha256}
    for kind, record_type in RECORD_TYPES.items():
        for record in plan.of(kind):
            for column in columns_of(record_type):
                if column.kind == "text" and (cell := getattr(record, column.name)):
                    told = {digest_of(cell), *(each.sha256 for each in sentences_of(cell))}
                    assert not told & hashes, f"{kind}, {record.id}, {column.name}"


def test_no_text_beside_the_folder_holds_a_sentence_of_it(plan: Plan):
    hashes = {each.sha256 for each in plan.sentences if each.sha256}
    project = FOLDER.parents[1]
    texts = [
        *FOLDER.glob("*.toml"),
        *project.glob("*.md"),
        *project.glob("docs/**/*.md"),
        *project.glob("tests/**/*.txt"),
    ]
    assert texts
    for path in texts:
        told = {each.sha256 for each in sentences_of(path.read_text(encoding="utf-8"))}
        assert not told & hashes, path.name


# -- as a folder that git can diff -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_each_file_is_utf8_with_plain_line_ends_sorted_by_id_and_written_as_lamplighter_writes(plan: Plan, kind: str):
    path = FOLDER / RECORD_TYPES[kind].FILE
    if not path.exists():
        pytest.fail(f"{path.name} is missing: a record type without records still has its heads")
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert raw.decode("utf-8") == as_csv(RECORD_TYPES[kind], plan.of(kind))
