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
