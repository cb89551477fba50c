"""plan.json: the published shape, no number that is none, and the same bytes wherever it is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from lamplighter import definitions
from lamplighter.errors import InputError
from lamplighter.plan.book import Book, Number
from lamplighter.plan.plan_json import as_bytes, plain, plan_json
from lamplighter.plan.published import folder_schema, plan_json_schema
from lamplighter.plan.records import RECORD_TYPES
from lamplighter.studies.answers import FalseCallRow, Unchanged

Write = Callable[..., Path]
BookOf = Callable[..., Book]

FOLDER = {
    "sentences": "id,version,position,paraphrase,quotation\nS1,V1,1,Officers are trained,6800 of 8500\n",
    "promises": "id,version,kind,title,sentence_ids,objective_ids,owner,due_words,due_to,definition_ids\n"
    "O1,V1,objective,Safer nights,,,,,,\n"
    "A1,V1,action,Train officers,S1,O1,Head of training,by March 2022,2022-03-31,D1\n"
    "A2,V1,action,Light the park,,O1,n/a,,n/a,D1\n",
    "definitions": "id,version,name,plain_definition,denominator,needs,needed_words\n"
    "D1,1,Trained,Officers who finished,officers,training,the training records\n",
    "sources": "id,title,kind,provides\nQ1,The plan,plan text,\n",
    "figures": "id,promise_ids,role,label,value,unit,definition_id,definition_version,as_of,source_id,sentence_id\n"
    "G1,A1,current,Trained,6800,officers,D1,1,2021-11-04,Q1,S1\n"
    "G2,A1,target,To be trained,8500,officers,D1,1,,Q1,S1\n",
    "decisions": "id,kind,record_id,axis,answer,decided_by,decided_on,reason\n"
    "X1,override,A2,delivery,missed,N. Owner,2022-06-01,Told so\n",
}


@pytest.fixture
def folder(write_plan: Write) -> Path:
    return write_plan(**FOLDER)


def faults(told: dict[str, Any]) -> list[str]:
    return [
        f"{list(each.absolute_path)}: {each.message}"
        for each in Draft202012Validator(plan_json_schema()).iter_errors(told)
    ]


def test_the_published_schema_is_itself_a_schema():
    Draft202012Validator.check_schema(plan_json_schema())


def test_a_made_plan_keeps_to_the_published_schema(folder: Path, book_of: BookOf):
    assert faults(plan_json(book_of(folder))) == []


def test_an_empty_plan_keeps_to_it_too(write_plan: Write, book_of: BookOf):
    assert faults(plan_json(book_of(write_plan()))) == []


REQUIRED = {
    "promises": "id sentence_ids evidence evidence_rule delivery delivery_rule owner due_from due_to figures",
    "figures": "id value numerator denominator unit definition source as_of",
    "measures": "id definition series signals",
}


@pytest.mark.parametrize(("part", "key"), [(part, key) for part, keys in REQUIRED.items() for key in keys.split()])
def test_the_schema_requires_what_was_promised_to_readers(part: str, key: str):
    schema = plan_json_schema()
    name = schema["properties"][part]["items"]["$ref"].removeprefix("#/$defs/")
    assert key in schema["$defs"][name]["required"]
    assert {"as_of", "objectives", "promises", "figures", "measures", "digests"} <= set(schema["required"])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.pop("digests"),
        lambda told: told.update(as_of="30 June 2022"),
        lambda told: told["promises"][0].pop("evidence_rule"),
        lambda told: told["promises"][0].update(evidence="going well"),
        lambda told: told["promises"][0].update(delivery_rule="on-track"),
        lambda told: told["promises"][0].update(due_to="spring"),
        lambda told: told["figures"][0].pop("denominator"),
        lambda told: told["figures"][0].update(value="6,800"),
        lambda told: told["digests"].pop("workspace"),
    ],
)
def test_the_schema_refuses_what_a_reader_could_not_use(folder: Path, book_of: BookOf, spoil: Callable[[Any], Any]):
    told = json.loads(as_bytes(plan_json(book_of(folder))))
    assert faults(told) == []
    spoil(told)
    assert faults(told) != []


def test_the_schema_knows_the_answers_and_rules_that_are_printed():
    known = plan_json_schema()["$defs"]
    for axis, rules in (("evidence", definitions.evidence_rules()), ("delivery", definitions.delivery_rules())):
        assert known[axis]["enum"] == [rule["answer"] for rule in rules]
        assert known[f"{axis}_rule"]["enum"] == [rule["id"] for rule in rules]


def test_a_promise_is_told_with_both_answers_their_rules_and_figures(folder: Path, book_of: BookOf):
    told = {each["id"]: each for each in plan_json(book_of(folder))["promises"]}
    trained = told["A1"]
    assert (trained["evidence"], trained["evidence_rule"]) == ("can't be shown", "cannot-be-shown")
    assert (trained["delivery"], trained["delivery_rule"]) == ("partly", "partly")
    assert (trained["owner"], trained["due_from"], trained["due_to"]) == ("Head of training", None, "2022-03-31")
    assert trained["figures"] == ["G1", "G2"]
    assert trained["sentence_ids"] == ["S1"]
    lit = told["A2"]
    assert (lit["owner"], lit["due_to"]) == ("n/a", "n/a")
    assert (lit["delivery"], lit["delivery_worked_out"]) == ("missed", "no date given")
    assert lit["delivery_override"]["decided_by"] == "N. Owner"


def test_an_objective_names_the_promises_that_serve_it(folder: Path, book_of: BookOf):
    (told,) = plan_json(book_of(folder))["objectives"]
    assert told["promises"] == ["A1", "A2"]
    assert (told["has_baseline"], told["has_target"], told["has_denominator"]) == (False, False, False)


def test_every_id_of_a_figure_or_promise_is_there_once_and_links_lead_somewhere(folder: Path, book_of: BookOf):
    told = plan_json(book_of(folder))
    for part in ("promises", "figures", "measures", "findings", "traps", "definitions", "sources"):
        ids = [each["id"] for each in told[part]]
        assert len(ids) == len(set(ids)), part
    figures = {each["id"] for each in told["figures"]}
    linked = {
        each
        for part in ("promises", "findings")
        for one in told[part]
        for each in one.get("figures", one.get("figure_ids"))
    }
    assert linked <= figures


def test_a_number_that_is_none_is_never_written():
    with pytest.raises(ValueError, match="JSON"):
        as_bytes({"value": float("nan")})
    with pytest.raises(ValueError, match="JSON"):
        as_bytes({"value": plain(float("inf"))})


def test_whole_numbers_are_written_whole_and_unknown_as_null():
    number = Number(
        id="N", label="L", value=6800.0, numerator=None, denominator=0.1 + 0.2, denominator_words="", unit="",
        definition="", source="", as_of="",
    )  # fmt: skip
    told = plain(number)
    assert (told["value"], told["numerator"], told["denominator"]) == (6800, None, 0.3)
    assert isinstance(told["value"], int)
    assert plain({"on": date(2022, 1, 2), "yes": True, "of": (1.5,)}) == {"on": "2022-01-02", "yes": True, "of": [1.5]}


def test_two_numbers_under_one_id_are_refused(write_plan: Write, book_of: BookOf):
    figures = FOLDER["figures"].replace("G1,", "N-PREV-2025,")
    with pytest.raises(InputError, match="Two numbers have the id N-PREV-2025"):
        book_of(write_plan(**{**FOLDER, "figures": figures}), as_of=date(2025, 12, 31))


def test_false_calls_are_told_and_their_numbers_listed(folder: Path, book_of: BookOf, measure: Callable[..., Any]):
    row = FalseCallRow(
        mean=200.0, months=48, dispersion=2.4, limits_from="the first 24 months", rules=("outside",), all_rules=True,
        signalling=490, series=1000, share=0.49, low=0.459, high=0.521, seed=0,
    )  # fmt: skip
    calls = Unchanged(rows=(row,), switch_off=("shift",), criterion="c", question={"seed": 0})
    book = book_of(folder, measures={"m": measure("m")}, false_calls=calls)
    told = plan_json(book)
    assert faults(told) == []
    alarm = book.numbers["false-calls.all-rules"]
    assert (alarm.value, alarm.numerator, alarm.denominator) == (49.0, 490, 1000)


SCRIPT = """
import sys
from pathlib import Path
from lamplighter.plan.make_book import make_book
from lamplighter.plan.plan_json import as_bytes, plan_json
book = make_book(Path(sys.argv[1]), as_of=None, measures={}, false_calls=None, imports=(), revisions=(),
                 workspace_digest="no workspace", code_version="0")
sys.stdout.buffer.write(as_bytes(plan_json(book)))
"""


def test_the_same_folder_and_day_give_the_same_bytes_in_new_york_and_tokyo(folder: Path):
    written = {
        zone: subprocess.run(
            [sys.executable, "-c", SCRIPT, str(folder)],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for zone, seed in (("America/New_York", "1"), ("Asia/Tokyo", "2"))
    }
    assert written["America/New_York"] == written["Asia/Tokyo"]
    assert json.loads(written["Asia/Tokyo"])["as_of"] == "2022-06-30"
    assert written["Asia/Tokyo"].endswith(b"}\n")
    assert b"\r" not in written["Asia/Tokyo"]


def test_the_schema_of_the_folder_names_every_file_and_column():
    told = folder_schema()
    assert [each["file"] for each in told["files"]] == [each.FILE for each in RECORD_TYPES.values()]
    assert all(column["says"] for each in told["files"] for column in each["columns"])
    promises = next(each for each in told["files"] if each["file"] == "promises.csv")
    due = next(each for each in promises["columns"] if each["name"] == "due_to")
    assert (due["kind"], due["required"], due["may_be_not_applicable"]) == ("date", False, True)
