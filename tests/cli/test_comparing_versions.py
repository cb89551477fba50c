"""`plan compare`, as a person types it: what it says, what it writes, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lamplighter.cli.comparing import app
from lamplighter.errors import InputError, LamplighterError

Compare = Callable[..., str]
PLAN = Path(__file__).resolve().parent.parent.parent / "plans" / "met-vawg-2021"


@pytest.fixture
def compare(capsys: pytest.CaptureFixture[str]) -> Compare:
    """Run the command; what it said."""

    def type_in(*arguments: str | Path) -> str:
        app([str(each) for each in arguments], standalone_mode=False)
        return capsys.readouterr().out

    return type_in


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    a, b = tmp_path / "draft.txt", tmp_path / "final.txt"
    a.write_text("We will train 8,500 officers by March.\n\nRefuges stay open.\n", encoding="utf-8")
    b.write_text("We will train 9,000 officers by March.\n\nRefuges stay open.\n", encoding="utf-8")
    return a, b


def test_it_says_each_change_and_that_no_reason_is_recorded(compare: Compare, texts: tuple[Path, Path]) -> None:
    said = compare(*texts)
    assert "1 same, 1 changed, 0 moved, 0 merged, 0 split, 0 new, 0 gone, 0 unsure." in said
    assert "S001 changed into S001" in said
    assert "no reason recorded" in said


def test_a_reason_from_the_csv_stands_beside_its_change(
    compare: Compare, texts: tuple[Path, Path], tmp_path: Path
) -> None:
    reasons = tmp_path / "reasons.csv"
    reasons.write_text("before,after,reason\nS001,,More recruits\n", encoding="utf-8")
    said = compare(*texts, "--reasons", reasons)
    assert "More recruits" in said
    assert "no reason recorded" not in said


def test_json_is_json_and_nothing_else(compare: Compare, texts: tuple[Path, Path]) -> None:
    assert json.loads(compare(*texts, "--json"))["counts"]["changed"] == 1


def test_two_versions_of_a_folder_follow_its_promises(compare: Compare) -> None:
    told = json.loads(compare(f"{PLAN}@V2021", f"{PLAN}@V2023", "--json"))
    assert {each["outcome"] for each in told["promises"]} <= {"carried", "changed", "unsure", "not recorded"}
    assert (
        told["counts"]["gone"] == 0
    )  # three commitments of the second plan were not found: nothing can be called gone


def test_the_rows_for_successors_are_printed_and_not_written(compare: Compare) -> None:
    before = (PLAN / "successors.csv").read_bytes()
    said = compare(f"{PLAN}@V2021", f"{PLAN}@V2023", "--successors")
    assert said.splitlines()[0] == "id,promise_id,version,fate,to_ids,reason,read_by"
    assert (PLAN / "successors.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("a", "b", "options", "mend"),
    [
        ("nowhere.txt", "draft.txt", (), "There is no file nowhere.txt"),
        (str(PLAN), "draft.txt", (), "Say which"),
        (f"{PLAN}@V1999", "draft.txt", (), "no version called"),
        ("draft.txt@V1", "final.txt", (), "is no plan folder"),
        ("draft.txt", "final.txt", ("--text-a", "final.txt"), "Leave out --text-a"),
        ("draft.txt", "final.txt", ("--json", "--successors"), "Ask for one of them"),
    ],
)
def test_what_can_not_be_compared_is_said_with_the_mend(
    compare: Compare,
    texts: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    a: str,
    b: str,
    options: tuple[str, ...],
    mend: str,
) -> None:
    monkeypatch.chdir(texts[0].parent)
    with pytest.raises(LamplighterError, match=mend) as refused:
        compare(a, b, *options)
    assert isinstance(refused.value, InputError)
