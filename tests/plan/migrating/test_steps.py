"""Each step from one version to the next, on rows that can be read at a glance."""

from __future__ import annotations

import pytest

from lamplighter.errors import FileRefused, InputError
from lamplighter.plan.comparing import comparison_json
from lamplighter.plan.migrating import steps
from lamplighter.plan.migrating.contents import folder_now, json_now
from lamplighter.schema import PLAN_JSON_SCHEMA_VERSION, PLAN_SCHEMA_VERSION, WORKSPACE_SCHEMA_VERSION

HEADER = b'# Ours\nschema_version = 1 # the first\ntitle = "T"\n'


def answered(text: str) -> str:
    now = folder_now({"plan.toml": HEADER, "recommendations.csv": text.encode()}, name="plan")
    return now["recommendations.csv"].decode()


def test_yes_becomes_accepted_no_rejected_and_what_is_not_known_stays_so():
    assert answered("id,accepted,reason\nR1,yes,Agreed\nR2,no,Too dear\nR3,,\n") == (
        "id,response,reason\nR1,accepted,Agreed\nR2,rejected,Too dear\nR3,,\n"
    )


def test_the_columns_and_the_rows_keep_their_order_and_their_line_breaks():
    before = 'status,accepted,id\nsecondary,yes,R9\nsecondary,no,"R1"\n,yes,"two\nlines"\n'
    assert (
        answered(before) == 'status,response,id\nsecondary,accepted,R9\nsecondary,rejected,R1\n,accepted,"two\nlines"\n'
    )


def test_an_answer_that_is_neither_is_named_with_its_line():
    with pytest.raises(
        InputError, match=r"recommendations\.csv:4: accepted is 'partly'\. Write yes or no, or leave it empty"
    ):
        answered('id,accepted\n"R\n1",yes\nR2,partly\n')


def test_a_row_with_too_many_cells_is_named_with_its_line():
    with pytest.raises(InputError, match=r"recommendations\.csv:3: has 3 cells, the first line has 2"):
        answered("id,accepted\nR1,yes\nR2,no,more\n")


def test_a_file_that_has_the_new_column_already_is_left_as_it_is():
    assert answered("id,response\r\nR1,accepted\r\n") == "id,response\r\nR1,accepted\r\n"


def test_a_file_with_both_columns_is_refused_because_nobody_can_say_which_is_right():
    with pytest.raises(InputError, match="has both columns"):
        answered("id,accepted,response\nR1,yes,rejected\n")


def test_a_folder_without_recommendations_only_gets_the_new_version():
    assert folder_now({"plan.toml": HEADER}, name="plan") == {
        "plan.toml": HEADER.replace(b"= 1 ", b"= 2 ")  # its comments stay
    }


def test_an_empty_file_stays_empty():
    assert folder_now({"plan.toml": HEADER, "recommendations.csv": b""}, name="plan")["recommendations.csv"] == b""


@pytest.mark.parametrize("content", ["é".encode("latin-1"), b'id,accepted\nR1,"yes\n'])
def test_a_file_that_cant_be_read_is_refused_by_name(content: bytes):
    with pytest.raises(FileRefused, match=r"recommendations\.csv"):
        folder_now({"plan.toml": HEADER, "recommendations.csv": content}, name="plan")


@pytest.mark.parametrize(
    ("version", "words"),
    [("99", "knows up to 2"), ("0", "nobody can say"), ('"1"', "nobody can say"), ("true", "nobody can say")],
)
def test_a_version_that_is_newer_or_no_version_is_refused(version: str, words: str):
    with pytest.raises(InputError, match=words):
        folder_now({"plan.toml": f"schema_version = {version}\n".encode()}, name="plan")


def test_a_step_changes_nothing_that_it_was_given():
    given = steps.Rows(heads=("id", "accepted"), rows=(("R1", "yes"),), lines=(2,))
    tables = {"recommendations.csv": given}
    assert steps.answered_in_three_ways(tables) != tables
    assert tables == {"recommendations.csv": given}
    told = {"promises": [{"id": "A1", "recommendations": [{"id": "R1", "accepted": False}]}]}
    assert steps.json_answered_in_three_ways(told)["promises"][0]["recommendations"] == [
        {"id": "R1", "response": "rejected"}
    ]
    assert told["promises"][0]["recommendations"] == [{"id": "R1", "accepted": False}]


def test_a_plan_json_that_is_none_is_refused_with_its_name():
    with pytest.raises(FileRefused, match=r"x\.json is not a plan\.json of schema_version 1"):
        json_now({"schema_version": 1}, what="plan.json", steps=steps.PLAN_JSON_STEPS, name="x.json")


@pytest.mark.parametrize(
    ("table", "known"),
    [
        (steps.FOLDER_STEPS, PLAN_SCHEMA_VERSION),
        (steps.PLAN_JSON_STEPS, PLAN_JSON_SCHEMA_VERSION),
        (steps.COMPARISON_JSON_STEPS, comparison_json.COMPARISON_SCHEMA_VERSION),
        (steps.WORKSPACE_STEPS, WORKSPACE_SCHEMA_VERSION),
    ],
)
def test_there_is_a_step_from_every_older_version_to_the_next(table: object, known: int):
    assert {version: step.to for version, step in table.items()} == {each: each + 1 for each in range(1, known)}
