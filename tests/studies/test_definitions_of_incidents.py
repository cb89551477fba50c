"""What is shipped on places, outcomes, harm and offences says its status and source, row by row."""

from __future__ import annotations

import pytest

from lamplighter import definitions
from lamplighter.errors import NoSuchName

TABLES = {
    "kinds_of_place": definitions.kinds_of_place,
    "outcome_labels": definitions.outcome_labels,
    "harm_weights": definitions.harm_weights,
    "vawg_offences": definitions.vawg_offences,
    "premises_kinds": lambda: definitions.premises_kinds("los-angeles"),
}


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_status_and_a_source_and_none_claims_to_be_official(table):
    for row in TABLES[table]():
        assert row["status"] in ("secondary", "unverified"), row
        assert row["source"], row


def test_no_code_label_or_text_is_there_twice():
    codes = [row["ho_code"] for row in definitions.vawg_offences() if row["ho_code"]]
    labels = [row["label"] for row in definitions.outcome_labels()]
    texts = [row["text"] for row in definitions.kinds_of_place()]
    for each in (codes, labels, texts):
        assert len(each) == len(set(each))


def test_an_offence_whose_code_was_not_read_is_unverified():
    assert all(row["status"] == "unverified" for row in definitions.vawg_offences() if not row["ho_code"])


def test_every_offence_has_a_harm_group_that_is_weighed_and_a_rule_that_is_known():
    groups = {row["harm_group"] for row in definitions.harm_weights()}
    for row in definitions.vawg_offences():
        assert row["harm_group"] in groups
        assert row["rule"] in ("sex", "always", "flag", "none")
        assert bool(row["vawg_category"]) or row["rule"] == "none"


def test_corporate_manslaughter_and_assaults_on_constables_never_count():
    rule = {row["ho_code"]: row["rule"] for row in definitions.vawg_offences()}
    assert [rule[code] for code in ("4.10", "8S", "104")] == ["none", "none", "none"]
    assert [rule[code] for code in ("19C", "8Q", "58A", "88E")] == ["always", "sex", "flag", "always"]


def test_a_harm_weight_lies_within_its_band_and_an_unknown_one_is_empty():
    for row in definitions.harm_weights():
        if row["harm_group"] == "anti_social_behaviour":
            assert row["days"] == ""
            continue
        assert float(row["days_low"]) <= float(row["days"]) <= float(row["days_high"])
    days = {row["harm_group"]: row["days"] for row in definitions.harm_weights()}
    assert (days["rape"], days["stalking_harassment"]) == ("2555", "10")


def test_one_label_of_open_data_stands_for_three_outcomes_and_says_so():
    (row,) = [row for row in definitions.outcome_labels() if row["ho_codes"] == "14; 15; 16"]
    assert row["label"] == "Unable to prosecute suspect"
    assert "can't be told apart" in row["note"]


def test_a_vocabulary_nearly_right_names_the_nearest():
    with pytest.raises(NoSuchName, match="chicago"):
        definitions.premises_kinds("chicgo")
