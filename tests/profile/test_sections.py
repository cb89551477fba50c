"""What nobody filled in stands there empty and named; what the last profile recommended is asked after; verdicts are opposed."""

from __future__ import annotations

import json

import jsonschema
import pytest

from lamplighter import definitions
from lamplighter.errors import InputError
from lamplighter.profile import sections
from lamplighter.profile.decisions import NO_DECISIONS, decisions_of, known_kinds
from lamplighter.profile.elsewhere import evidence_elsewhere
from lamplighter.profile.recommending import recommend

STREET_PLACE = {
    "id": "p1", "name": "High Street", "kind": "unknown, may be homes", "patrol": False, "rank": 1, "tier": None,
    "class": None, "count": 12, "count_period": 30, "near_institution": None, "settings": {},
}  # fmt: skip
FILLED = decisions_of(
    b"""
[terms]
asked_by = "C. Insp. D. Price"
author = "A. Noor"
reviewer = "B. Oyelaran"
version = "1.0"
handling = "OFFICIAL"
valid_until = 2027-03-31
decision_wanted = "Two walks a week until March"
[[drivers]]
text = "Two venues close at the same time"
source = "licensing records"
[[intelligence_requirements]]
text = "Who was known to whom"
owner = "A. Noor"
due = 2026-12-31
[present_response]
text = "A van on Saturdays"
[[last_recommendations]]
text = "p1.own_records"
what_became = "Looked up: all at home"
[[last_recommendations]]
text = "More light in the lane"
[[alternatives]]
text = "Cameras"
why_not = "They were there already"
[[recommendations]]
place = "p1"
decision = "reject"
reason = "known already"
by = "A. Noor"
on = 2026-11-20
"""
)


def every_section(decisions, previous):
    made = recommend({"places": [STREET_PLACE]}, decisions, is_street=True)
    return {
        "terms": sections.terms_of(decisions),
        "drivers": sections.drivers_of(decisions),
        "intelligence_requirements": sections.intelligence_requirements_of(
            decisions, cannot_say=["Who the victim was."]
        ),
        "present_response": sections.present_response_of(decisions),
        "alternatives": sections.alternatives_of(decisions),
        "last_recommendations": sections.last_recommendations_of(decisions, previous),
        "evidence_elsewhere": evidence_elsewhere([each.tactic for each in made]),
        "recommendations": [each.told() for each in made],
    }


def previous_profile():
    made = recommend({"places": [STREET_PLACE]}, NO_DECISIONS, is_street=True)
    return {
        "title": "The one before",
        "provenance": {"made_on": "2026-05-04"},
        "recommendations": [each.told() for each in made],
    }


@pytest.mark.parametrize("decisions", [NO_DECISIONS, FILLED], ids=["nothing filled in", "all filled in"])
@pytest.mark.parametrize("previous", [None, previous_profile()], ids=["no profile before", "one before"])
def test_each_section_keeps_to_its_published_schema(decisions, previous):
    for name, told in every_section(decisions, previous).items():
        schema = json.loads(definitions.text_of(f"profile_schema/{name}.json"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(json.loads(json.dumps(told)), schema)


@pytest.mark.parametrize("name", list(every_section(FILLED, previous_profile())))
def test_a_schema_refuses_a_section_with_a_key_missing_or_a_key_too_many(name):
    schema = json.loads(definitions.text_of(f"profile_schema/{name}.json"))
    told = every_section(FILLED, previous_profile())[name]
    whole = told[0] if isinstance(told, list) else told
    for broken in ({**whole, "surplus": 1}, dict(list(whole.items())[1:])):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([broken] if isinstance(told, list) else broken, schema)


def test_what_nobody_filled_in_is_empty_and_names_the_table_to_fill():
    told = every_section(NO_DECISIONS, None)
    for name in (
        "terms",
        "drivers",
        "intelligence_requirements",
        "present_response",
        "last_recommendations",
        "alternatives",
    ):
        assert told[name]["filled"] is False
        assert f"[{name}]" in told[name]["ask"]
    assert told["terms"]["unfilled"] == ["asked_by", "author", "reviewer", "version", "handling", "valid_until"]


def test_what_was_filled_in_asks_for_nothing():
    told = every_section(FILLED, None)
    for name in ("terms", "drivers", "intelligence_requirements", "present_response", "alternatives"):
        assert (told[name]["filled"], told[name]["ask"]) == (True, None)
    assert told["terms"]["valid_until"] == "2027-03-31"


def test_terms_filled_in_by_half_name_the_other_half():
    told = sections.terms_of(decisions_of(b'[terms]\nauthor = "A"\nversion = ""'))
    assert (told["filled"], told["author"]) == (False, "A")
    assert told["unfilled"] == ["asked_by", "reviewer", "version", "handling", "valid_until"]


def test_what_became_of_each_last_recommendation_is_told_or_said_not_to_be_said():
    told = sections.last_recommendations_of(NO_DECISIONS, previous_profile())
    assert [each["what_became"] for each in told["items"]] == ["not said"]
    assert (told["not_said"], told["filled"], told["from_title"]) == (1, False, "The one before")
    told = sections.last_recommendations_of(FILLED, previous_profile())
    assert [(each["id"], each["what_became"]) for each in told["items"]] == [
        ("p1.own_records", "Looked up: all at home"),
        (None, "not said"),
    ]
    assert told["items"][0]["state_then"] == "draft: nobody has decided"


def test_a_last_recommendation_is_found_by_its_words_too():
    words = previous_profile()["recommendations"][0]["text"].upper()
    given = decisions_of(f'[[last_recommendations]]\ntext = "{words}"\nwhat_became = "Done"\n'.encode())
    [only] = sections.last_recommendations_of(given, previous_profile())["items"]
    assert only["what_became"] == "Done"


@pytest.mark.parametrize(
    "previous", [{}, {"recommendations": "none"}, {"recommendations": [{"id": "p1"}]}, {"recommendations": [1]}]
)
def test_a_file_that_is_no_profile_is_refused_as_the_one_before(previous):
    with pytest.raises(InputError, match=r"Name the profile\.json of a profile"):
        sections.last_recommendations_of(NO_DECISIONS, previous)


def test_the_decision_wanted_is_a_person_s_else_what_waits_for_one():
    draft = recommend({"places": [STREET_PLACE]}, NO_DECISIONS, is_street=True)
    decided = recommend({"places": [STREET_PLACE]}, FILLED, is_street=True)
    no_words = decisions_of(b"")
    assert sections.decision_wanted_of(FILLED, draft) == "Two walks a week until March"
    assert (
        sections.decision_wanted_of(no_words, draft)
        == "Accept, amend or reject the draft recommendation, by name, day and reason."
    )
    assert sections.decision_wanted_of(no_words, draft * 3).startswith("Accept, amend or reject each of the 3 draft")
    assert sections.decision_wanted_of(no_words, decided).startswith("None:")
    assert sections.decision_wanted_of(no_words, ()).endswith("no recommendation.")


def test_every_subject_that_is_praised_is_also_doubted_and_what_is_recommended_comes_first():
    told = evidence_elsewhere(["walk_talk"])["subjects"]
    assert [each["recommended_here"] for each in told] == sorted(
        (each["recommended_here"] for each in told), reverse=True
    )
    assert told[0]["recommended_here"]
    assert "walk_talk" in told[0]["tactics"]
    for each in told:
        assert each["for"], each["subject"]
        assert each["against"], each["subject"]


def test_every_row_of_the_register_says_how_surely_it_was_read_and_by_what_evidence():
    ids = [row["id"] for row in definitions.evidence_register()]
    assert len(ids) == len(set(ids))
    tactics = {row["tactic"] for row in definitions.tactics()}
    for row in definitions.evidence_register():
        assert row["status"] in ("secondary", "unverified")
        assert row["stance"] in ("for", "against", "open")
        assert all(row[key].strip() for key in row)
        assert set(row["tactics"].split(";")) <= tactics


def test_every_tactic_is_whole_and_names_kinds_that_exist():
    for row in definitions.tactics():
        assert row["status"] in ("secondary", "unverified")
        assert row["dosage_status"] in ("secondary", "unverified")
        assert int(row["review_weeks"]) > 0
        assert all(row[key].strip() for key in row if key != "kinds")
        assert {kind for kind in row["kinds"].split(";") if kind} <= set(known_kinds())


def test_no_kind_of_ground_is_claimed_by_two_tactics_in_the_open():
    claimed = [
        kind for row in definitions.tactics() if row["public_ground"] == "yes" for kind in row["kinds"].split(";")
    ]
    assert len(claimed) == len(set(claimed))


def test_the_glossary_has_each_word_once_in_the_order_of_the_alphabet():
    terms = [each["term"] for each in sections.glossary()]
    assert terms == sorted(set(terms), key=str.casefold)
