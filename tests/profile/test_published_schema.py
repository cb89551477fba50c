"""Whole profiles keep to the schema that is published beside them, and the schema refuses what is no profile."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator

from lamplighter.profile.published_schema import SECTIONS, profile_schema


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = profile_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_a_whole_profile_fits_the_published_schema(validator, whole_profile):
    mistakes = [
        f"{'/'.join(map(str, each.path))}: {each.message[:200]}" for each in validator.iter_errors(whole_profile.told)
    ]
    assert mistakes == []


def test_the_schema_beside_a_profile_is_the_published_one(whole_profile):
    assert json.loads((whole_profile.out / "profile.schema.json").read_text(encoding="utf-8")) == profile_schema()


def test_every_section_is_demanded_and_described():
    schema = profile_schema()
    assert set(SECTIONS) <= set(schema["required"]) == set(schema["properties"])
    named = ("title", "question", "chosen", "completeness", "trend", "concentration", "places", "institutions", "figures",
             "inferences", "what_this_cannot_say", "recommendations", "provenance")  # fmt: skip
    assert set(named) <= set(schema["required"])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.pop("trend"),
        lambda told: told.update(another_key=1),
        lambda told: told["figures"][0].update(value="39,008"),
        lambda told: told["figures"][0].pop("denominator"),
        lambda told: told["summary"]["findings"].extend(told["summary"]["findings"] * 5),
        lambda told: told["inferences"][0].update(confidence="certain"),
        lambda told: told["places"][0].pop("id"),
        lambda told: told["places"][0].update(count="282"),
        lambda told: told.update(what_this_cannot_say=["one thing"]),
        lambda told: told.update(schema_version="2"),
    ],
)
def test_the_schema_refuses_what_is_no_profile(validator, doncaster_profile, spoil):
    told = deepcopy(doncaster_profile.told)
    spoil(told)
    assert not validator.is_valid(told)
