"""The made-up profiles say what a real one says: without this, the outputs would be tested on something that never comes."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from lamplighter.profile.published_schema import profile_schema


@pytest.mark.parametrize("which", ["extract_told", "street_told", "empty_told", "long_told"])
def test_a_made_up_profile_follows_the_published_schema(profiles, which):
    told = getattr(profiles, which)()
    wrong = [f"{list(each.path)}: {each.message}" for each in Draft202012Validator(profile_schema()).iter_errors(told)]
    assert wrong == []
    json.dumps(told, allow_nan=False)


def test_a_places_months_add_up_to_its_years_and_to_its_count(extract_told):
    for place in extract_told["places"]:
        assert sum(place["months"]) == sum(place["years"].values()) == place["count_period"]
        assert sum(place["months"][-12:]) == sum(member[2] for member in place["members"]) == place["count"]
