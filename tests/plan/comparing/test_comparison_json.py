"""comparison.json keeps to its published schema, and says every change."""

from __future__ import annotations

from collections.abc import Callable

import jsonschema
import pytest

from lamplighter.plan.comparing import Comparison
from lamplighter.plan.comparing.comparison_json import comparison_json, comparison_json_schema
from lamplighter.plan.plan_json import as_bytes

A = "We will train 8,500 officers by March.\nPhones come back in thirty days.\nRefuges stay open."
B = "We will train 9,000 officers by March.\nRefuges stay open.\nStreets get brighter lamps."


def test_every_change_is_in_it_and_it_keeps_to_its_schema(held: Callable[[str, str], Comparison]) -> None:
    told = comparison_json(held(A, B))
    jsonschema.Draft202012Validator(comparison_json_schema()).validate(told)
    assert [each["kind"] for each in told["changes"]] == ["changed", "gone", "same", "new"]
    assert [each["reason"] for each in told["changes"]] == ["no reason recorded"] * 2 + [None, "no reason recorded"]


def test_the_same_texts_give_the_same_bytes(held: Callable[[str, str], Comparison]) -> None:
    assert as_bytes(comparison_json(held(A, B))) == as_bytes(comparison_json(held(A, B)))


def test_a_kind_that_nobody_knows_breaks_the_schema(held: Callable[[str, str], Comparison]) -> None:
    told = comparison_json(held(A, B))
    told["changes"][0]["kind"] = "rewritten"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, comparison_json_schema())
