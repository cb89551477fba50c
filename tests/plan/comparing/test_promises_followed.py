"""Promises across versions: what their sentences became, and what that suggests for successors.csv."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lamplighter.errors import InputError, NoSuchName
from lamplighter.plan.comparing import compare, side_of_text, side_of_version
from lamplighter.plan.comparing.following import Followed, follow
from lamplighter.plan.folder import as_csv, load_plan
from lamplighter.plan.records.promising import Successor

HEADER = """\
schema_version = 2
title = "Safer nights in Northam"
body = "Northam Constabulary (made up)"
as_of = 2023-06-30

[[version]]
id = "V1"
title = "The first plan"
complete = true

[[version]]
id = "V2"
title = "The second plan"
complete = true
"""
SENTENCES = """\
id,version,position,paraphrase
S1,V1,1,More patrols of parks at night.
S2,V1,2,Train 8500 officers in domestic abuse by March.
S3,V1,3,Venues join a scheme to ask for help.
T1,V2,1,Train 9000 officers in domestic abuse by March.
T2,V2,2,More patrols of parks at night.
"""
PROMISES = """\
id,version,kind,title,sentence_ids
A1,V1,action,Patrols,S1
A2,V1,figure,Training,S2
A3,V1,action,Venues,S3
A4,V1,action,No sentence,
B1,V2,action,Patrols,T2
B2,V2,figure,Training,T1
"""


@pytest.fixture
def northam(tmp_path: Path) -> Callable[..., Path]:
    def write(successors: str = "") -> Path:
        folder = tmp_path / "northam"
        folder.mkdir()
        for name, text in {"plan.toml": HEADER, "sentences.csv": SENTENCES, "promises.csv": PROMISES}.items():
            (folder / name).write_text(text, encoding="utf-8")
        if successors:
            (folder / "successors.csv").write_text(successors, encoding="utf-8")
        return folder

    return write


def followed(folder: Path) -> dict[str, Followed]:
    plan = load_plan(folder)
    a, b = (side_of_version(plan, each, name="northam") for each in ("V1", "V2"))
    return {each.promise_id: each for each in follow(compare(a, b), a=plan, version="V1", b=plan, version_b="V2")}


def test_each_promise_is_told_by_what_its_sentences_became(northam: Callable[..., Path]) -> None:
    found = followed(northam())
    assert {each: (told.outcome, told.to_ids) for each, told in found.items()} == {
        "A1": ("carried", ("B1",)),
        "A2": ("changed", ("B2",)),
        "A3": ("gone", ()),
        "A4": ("not recorded", ()),
    }


def test_a_suggested_row_lacks_the_name_of_whoever_reads_it_so(northam: Callable[..., Path]) -> None:
    found = followed(northam())
    rows = [each.suggested for each in found.values() if each.suggested]
    assert as_csv(Successor, rows).splitlines()[1:] == [
        "U-A1-B1,A1,V2,carried,B1,S1 moved to T2.,",
        "U-A2-B2,A2,V2,changed,B2,S2 changed into T1.,",
    ]
    assert [each.read_by for each in rows] == [None, None]


def test_a_reading_that_is_recorded_is_not_suggested_again_and_a_disagreement_is_said(
    northam: Callable[..., Path],
) -> None:
    row = "id,promise_id,version,fate,to_ids,reason,read_by\nU1,A2,V2,carried,B1,Because,Jo Bloggs\n"
    told = followed(northam(row))["A2"]
    assert told.suggested is None
    assert told.differs == "Jo Bloggs reads it as B1; its sentences lead to B2."


def test_against_a_plain_text_nothing_is_suggested(northam: Callable[..., Path]) -> None:
    plan = load_plan(northam())
    text = side_of_text("More patrols of parks at night.", name="B")
    found = compare(side_of_version(plan, "V1", name="northam", own_text="More patrols of parks at night."), text)
    assert [each.suggested for each in follow(found, a=plan, version="V1", b=None, version_b=None)] == [None] * 4


def test_a_folder_with_two_versions_must_be_told_which(northam: Callable[..., Path]) -> None:
    plan = load_plan(northam())
    with pytest.raises(InputError, match="northam@V1"):
        side_of_version(plan, None, name="northam")
    with pytest.raises(NoSuchName):
        side_of_version(plan, "V3", name="northam")


MERGED = """\
id,version,position,paraphrase
S1,V1,1,More patrols of parks and squares at night by officers.
S2,V1,2,Venues join a scheme so that women ask staff for help.
S3,V1,3,Refuges stay open in every borough and phones come back within thirty days.
T1,V2,1,"More patrols of parks and squares at night by officers, and venues join a scheme so that women ask staff for help."
T2,V2,2,Refuges stay open in every borough.
T3,V2,3,Phones come back within thirty days.
"""
LEADING = """\
id,version,kind,title,sentence_ids
A1,V1,action,Patrols,S1
A2,V1,action,Venues,S2
A3,V1,action,Refuges and phones,S3
B1,V2,action,Patrols and venues,T1
B2,V2,action,Refuges,T2
B3,V2,action,Phones,T3
"""


def rewritten(folder: Path, promises: str) -> dict[str, Followed]:
    (folder / "sentences.csv").write_text(MERGED, encoding="utf-8")
    (folder / "promises.csv").write_text(promises, encoding="utf-8")
    return followed(folder)


def test_promises_whose_sentences_became_one_are_proposed_as_merged_and_each_names_the_other(
    northam: Callable[..., Path],
) -> None:
    found = rewritten(northam(), LEADING)
    assert {each: (found[each].outcome, found[each].to_ids) for each in ("A1", "A2")} == {
        "A1": ("merged", ("B1",)),
        "A2": ("merged", ("B1",)),
    }
    assert found["A1"].words == "S1 and S2 merged into T1. A2 leads there too."
    suggested = found["A2"].suggested
    assert suggested is not None
    assert (suggested.fate, suggested.to_ids, suggested.read_by) == ("merged", ("B1",), None)


def test_a_promise_whose_sentence_became_two_promises_is_proposed_as_split(northam: Callable[..., Path]) -> None:
    told = rewritten(northam(), LEADING)["A3"]
    assert (told.outcome, told.to_ids) == ("split", ("B2", "B3"))
    assert told.suggested is not None
    assert told.suggested.fate == "split"


def test_the_data_say_every_outcome_in_the_words_of_their_schema(northam: Callable[..., Path]) -> None:
    import jsonschema

    from lamplighter.plan.comparing.comparison_json import comparison_json, comparison_json_schema

    folder = northam("id,promise_id,version,fate,to_ids,reason,read_by\nU1,A3,V2,dropped,,Because,Jo Bloggs\n")
    found = rewritten(folder, LEADING)
    plan = load_plan(folder)
    held = compare(*(side_of_version(plan, each, name="northam") for each in ("V1", "V2")))
    told = comparison_json(held, list(found.values()))
    jsonschema.Draft202012Validator(comparison_json_schema()).validate(told)
    assert [each["outcome"] for each in told["promises"]] == ["merged", "merged", "split"]
    assert told["promises"][2]["recorded_rows"][0]["id"] == "U1"
    assert told["promises"][2]["differs"] == "Jo Bloggs reads it as dropped; its sentences lead to B2 and B3."


def test_where_several_lead_to_several_nothing_is_proposed(northam: Callable[..., Path]) -> None:
    found = rewritten(northam(), LEADING + "A4,V1,objective,Homes,S3\n")
    assert {each: (found[each].outcome, found[each].suggested) for each in ("A3", "A4")} == {
        "A3": ("unsure", None),
        "A4": ("unsure", None),
    }
    assert found["A3"].words.endswith("A3 and A4 lead to B2 and B3: which became which is for a person to say.")


def test_what_is_proposed_passes_the_check_once_a_person_has_signed_it(northam: Callable[..., Path]) -> None:
    from dataclasses import replace

    from lamplighter.plan.fates import fate_problems

    folder = northam()
    rows = [each.suggested for each in rewritten(folder, LEADING).values() if each.suggested]
    signed = [replace(each, read_by="Jo Bloggs") for each in rows]
    (folder / "successors.csv").write_text(as_csv(Successor, signed), encoding="utf-8")
    assert len(signed) == 3
    assert list(fate_problems(load_plan(folder))) == []
