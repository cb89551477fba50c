"""Each change carries its reason, from a CSV or from a plan's decisions, or says that none is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lamplighter.errors import FileRefused, InputError
from lamplighter.plan.comparing import Comparison, compare, side_of_version
from lamplighter.plan.comparing.reasons import read_reasons, with_decisions, with_rows
from lamplighter.plan.folder import load_plan

A = "We will train 8,500 officers by March.\nPhones come back in thirty days.\nRefuges stay open."
B = "We will train 9,000 officers by March.\nRefuges stay open."


def reasons(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "reasons.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_reason_stands_on_its_change_and_every_other_change_says_that_none_is_recorded(
    held: Callable[[str, str], Comparison], tmp_path: Path
) -> None:
    path = reasons(tmp_path, "before,after,reason,by,on\nS001,S001,More recruits,Jo Bloggs,2023-02-01\n")
    found = with_rows(held(A, B), read_reasons(path), name=path.name)
    told = {each.kind: each for each in found.changes}
    assert told["changed"].reason_words == "More recruits"
    assert told["changed"].reasons[0].on == date(2023, 2, 1)
    assert told["changed"].reasons[0].recorded_in == "reasons.csv:2"
    assert told["gone"].reason_words == "no reason recorded"
    assert found.by_before["S001"].reasons == told["changed"].reasons


@pytest.mark.parametrize(
    ("row", "mend"),
    [
        ("S099,,Why", "there is no sentence S099 before"),
        ("S001;S002,,Why", "Write one line for each"),
        ("S003,,Why", "same in both versions"),
    ],
)
def test_a_reason_that_is_about_no_one_change_is_refused_with_its_line(
    held: Callable[[str, str], Comparison], tmp_path: Path, row: str, mend: str
) -> None:
    path = reasons(tmp_path, f"before,after,reason\n{row}\n")
    with pytest.raises(InputError, match=mend) as refused:
        with_rows(held(A, B), read_reasons(path), name=path.name)
    assert "reasons.csv:2" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("before,reason\nS001,Why\n", "its first line must be"),
        ("before,after,reason\n,,Why\n", "names no sentence"),
        ("before,after,reason\nS001,,\n", "gives no reason"),
        ("before,after,reason\nS001,Why\n", "has 2 cells"),
        ("before,after,reason,on\nS001,,Why,1/2/23\n", "is not a date"),
        ('before,after,reason\nS001,,"Why\n', "can't be read"),
        ("", "is empty"),
    ],
)
def test_a_file_of_reasons_that_can_not_be_used_says_where_and_how_to_mend_it(
    tmp_path: Path, text: str, mend: str
) -> None:
    with pytest.raises(FileRefused, match=mend):
        read_reasons(reasons(tmp_path, text))


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


def test_a_decision_that_reads_a_sentence_is_the_reason_of_its_change(tmp_path: Path) -> None:
    folder = tmp_path / "northam"
    folder.mkdir()
    (folder / "plan.toml").write_text(HEADER, encoding="utf-8")
    (folder / "sentences.csv").write_text(
        "id,version,position,paraphrase\nS1,V1,1,More patrols of parks.\nT1,V2,1,More patrols of parks at night.\n",
        encoding="utf-8",
    )
    (folder / "decisions.csv").write_text(
        "id,kind,record_id,decided_by,decided_on,reason\nX1,reading,T1,Jo Bloggs,2023-01-02,Parks are busy by day.\n",
        encoding="utf-8",
    )
    plan = load_plan(folder)
    a, b = (side_of_version(plan, each, name="northam") for each in ("V1", "V2"))
    found = with_decisions(compare(a, b), a=plan, b=plan)
    assert [(each.kind, each.reason_words) for each in found.changes] == [("changed", "Parks are busy by day.")]
    assert found.changes[0].reasons[0].recorded_in == "decision X1"
