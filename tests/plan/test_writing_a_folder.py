"""What is written is what was read: every record type, any value that a cell can hold."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.plan.cells import CANNOT_BE_SEEN, KEPT_BY_WINDOWS, may_be_not_applicable
from lamplighter.plan.editing import change_as_of, start_folder
from lamplighter.plan.folder import as_csv, read_plan, read_records
from lamplighter.plan.records import RECORD_TYPES, Column, columns_of
from lamplighter.plan.records.promising import Promise

IDS = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,6}", fullmatch=True).filter(
    lambda text: text.split(".")[0].casefold() not in KEPT_BY_WINDOWS
)
MOST = 10**15 - 1
WORDS = (
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
    .map(lambda text: CANNOT_BE_SEEN.sub("", text).strip())
    .filter(lambda text: text != "")
)
PARTS = WORDS.map(lambda text: text.replace(";", ",")).filter(lambda text: text.strip() == text)


def _values(told: Column) -> st.SearchStrategy[Any]:
    found = {
        "text": WORDS,
        "id": IDS,
        "date": st.dates(),
        "number": st.floats(min_value=-MOST, max_value=MOST).map(lambda value: value + 0.0),
        "whole": st.integers(min_value=-MOST, max_value=MOST),
        "flag": st.booleans(),
        "choice": st.sampled_from(told.choices or ("x",)),
        "ids": st.lists(IDS, max_size=3).map(tuple),
        "words": st.lists(PARTS, max_size=3).map(tuple),
        "choices": st.lists(st.sampled_from(told.choices or ("x",)), max_size=3).map(tuple),
    }[told.kind]
    if may_be_not_applicable(told):
        found |= st.just(("n/a",) if told.kind in ("ids", "words", "choices") else "n/a")
    if not told.required:
        found |= st.just(()) if told.kind in ("ids", "words", "choices") else st.none()
    elif told.kind in ("ids", "words", "choices"):
        found = found.filter(bool)
    return found


def _records(record_type: type) -> st.SearchStrategy[list[Any]]:
    one = st.fixed_dictionaries({told.name: _values(told) for told in columns_of(record_type)})
    return st.lists(one.map(lambda told: record_type(**told)), max_size=4, unique_by=lambda each: each.id)


@pytest.mark.parametrize("kind", RECORD_TYPES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_is_written_is_read_back_as_it_was(
    kind: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
):
    record_type = RECORD_TYPES[kind]
    records = data.draw(_records(record_type))
    path = tmp_path_factory.mktemp("written") / "records.csv"
    path.write_bytes(as_csv(record_type, records).encode("utf-8"))
    found, problems = read_records(path, record_type)
    assert problems == []
    assert [record for _, record in found] == sorted(records, key=lambda each: each.id)


def test_records_are_written_by_id_with_all_columns_and_plain_line_ends():
    park = Promise(id="B1", version="V1", kind="action", title='Light the "park", at night')
    station = Promise(id="A1", version="V1", kind="action", title="Light the station", due_to=date(2022, 3, 31))
    text = as_csv(Promise, (park, station))
    heads, first, second, end = text.split("\n")
    assert heads == ",".join(each.name for each in fields(Promise))
    assert first.startswith("A1,V1,action,Light the station,")
    assert '"Light the ""park"", at night"' in second
    assert end == ""
    assert "\r" not in text


def test_writing_twice_gives_the_same_bytes_whatever_the_order():
    one = Promise(id="A1", version="V1", kind="action", title="One")
    other = replace(one, id="A2")
    assert as_csv(Promise, (one, other)) == as_csv(Promise, (other, one))


def test_a_new_folder_reads_without_a_problem(tmp_path: Path):
    start_folder(tmp_path / "new", title='The "new" plan', body="Northam \\ Constabulary", today=date(2022, 1, 2))
    plan, problems = read_plan(tmp_path / "new")
    assert problems == []
    assert (plan.header.title, plan.header.body) == ('The "new" plan', "Northam \\ Constabulary")
    assert plan.header.as_of == date(2022, 1, 2)
    assert {each.FILE for each in RECORD_TYPES.values()} <= {each.name for each in (tmp_path / "new").iterdir()}


def test_a_new_folder_is_not_started_over_something(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(InputError, match=r"is not empty\. Name a new folder"):
        start_folder(tmp_path, title="T", body="B", today=date(2022, 1, 2))
    with pytest.raises(InputError, match="is not empty"):
        start_folder(tmp_path / "mine.txt", title="T", body="B", today=date(2022, 1, 2))


def test_changing_the_day_keeps_comments_order_and_everything_else(tmp_path: Path):
    before = (
        '# Ours\nschema_version = 2\nas_of = 2022-06-30  # the day\ntitle = "T"\nbody = "B"\n\n'
        '[[version]]\nid = "V1" # one\ntitle = "One"\n'
    )
    (tmp_path / "plan.toml").write_text(before, encoding="utf-8", newline="\n")
    change_as_of(tmp_path, date(2023, 1, 31))
    assert (tmp_path / "plan.toml").read_bytes().decode() == before.replace("2022-06-30", "2023-01-31")
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]
