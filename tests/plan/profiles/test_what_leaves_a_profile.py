"""What goes from a profile.json into a plan, what stays, and which files are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.errors import FileRefused, InputError
from lamplighter.plan.profiles.linking import link_profile
from lamplighter.plan.profiles.reading import READS_VERSION, left_out_words, read_profile

TODAY = date(2022, 6, 1)
Write = Callable[..., Path]


def folder_text(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


def test_of_street_data_the_findings_on_the_whole_area_leave_with_the_figures_that_they_cite(
    told, write_profile: Write
):
    parts = read_profile(write_profile(told))
    assert [each.text for each in parts.findings] == ["870 rows in twelve months.", "1 month is missing."]
    assert [(each.id, each.value, each.unit) for each in parts.figures] == [
        ("count", 870.0, "rows"),
        ("completeness.months_missing", 1.0, "months"),
    ]
    assert parts.figures[1].interval == (1.0, 1.5, "made up")
    assert parts.findings_left_out == 2
    assert left_out_words(parts) == "Not kept: 2 of its first page's findings."


def test_of_an_extract_no_finding_no_figure_and_no_sentence_with_a_number_leaves(extract, write_profile: Write):
    parts = read_profile(write_profile(extract))
    assert (parts.findings, parts.figures) == ((), ())
    assert parts.limits == ("Who did it.", "What was not reported.")
    assert (parts.findings_left_out, parts.limits_left_out) == (4, 1)
    assert parts.located_share == 0.9615


def test_saying_that_an_extract_is_public_lets_nothing_more_of_it_leave(extract, write_profile: Write):
    file = write_profile(extract)
    assert read_profile(file, restricted=False) == read_profile(file)


def test_a_restricted_profile_of_street_data_keeps_its_findings_to_itself(told, write_profile: Write):
    assert read_profile(write_profile(told), restricted=True).findings == ()


@pytest.mark.parametrize("source", ["street", "extract"])
def test_nothing_that_was_planted_in_the_other_sections_reaches_the_plan_folder(
    told, northam: Path, write_profile: Write, source: str
):
    if source == "extract":
        told["is_street"], told["provenance"]["source"] = False, "extract"
    link_profile(northam, write_profile(told), promise="A05", by="A. Analyst", today=TODAY)
    text = folder_text(northam)
    for planted in ("PLANTED", "Silver Street", "Hall Gate", "457123", "1.141817", "652082", "places.p1", "p1.patrol"):
        assert planted not in text
    assert ("870" in text) == (source == "street")


def test_a_finding_that_rests_on_the_count_but_names_a_place_of_the_profile_stays(told, write_profile: Write):
    told["summary"]["findings"] = [
        {"text": "870 rows, most of them near hall gate.", "figure_ids": ["count"], "confidence": "high"},
        {"text": "870 rows, see p1.", "figure_ids": ["count"], "confidence": "high"},
    ]
    assert read_profile(write_profile(told)).findings == ()


def test_a_finding_whose_figure_names_a_place_stays(told, write_profile: Write):
    told["figures"][0]["label"] = "Rows at Silver Street"
    assert [each.text for each in read_profile(write_profile(told)).findings] == ["1 month is missing."]


def test_a_finding_that_rests_on_one_figure_of_the_area_and_one_of_a_place_stays(told, write_profile: Write):
    told["summary"]["findings"] = [
        {"text": "Both.", "figure_ids": ["count", "places.p1.count"], "confidence": "high"},
        {"text": "On nothing.", "figure_ids": [], "confidence": "high"},
    ]
    assert read_profile(write_profile(told)).findings == ()


def test_what_is_unknown_stays_unknown(told, write_profile: Write):
    told["completeness"]["located_share"] = None
    told["figures"][0]["value"] = None
    parts = read_profile(write_profile(told))
    assert parts.located_share is None
    assert parts.figures[0].value is None


def test_a_folder_stands_for_the_profile_in_it(told, write_profile: Write):
    file = write_profile(told)
    assert read_profile(file.parent) == read_profile(file)


def test_the_version_that_is_read_is_the_one_that_a_profile_is_written_in():
    from lamplighter.profile.making import SCHEMA_VERSION

    assert READS_VERSION == SCHEMA_VERSION


# -- files that are refused --------------------------------------------------------------------------------------------


def change(told: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    at: Any = told
    for key in way:
        at = at[key]
    if value is ...:
        del at[last]
    else:
        at[last] = value


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("title", ..., "it lacks title"),
        ("title", "", "title holds no words"),
        ("title", 7, "title holds no words"),
        ("title", "x" * 2_001, "a text of 2,001 letters"),
        ("title", "Northam\u202e", "U\\+202E, which can't be seen"),
        ("question.area", "Northam", "it lacks question.area.name"),
        ("question.months_present", True, "months_present is no count of months"),
        ("question.months_present", -1, "months_present is no count of months"),
        ("question.first_month", "2023-13", "'2023-13', which is no month"),
        ("completeness.months_missing_in_period", "none", "is no list"),
        ("completeness.located_share", 1.01, "no share between 0 and 1"),
        ("completeness.located_share", "96%", "'96%', which is no number"),
        ("provenance.made_on", "yesterday", "made_on is no day"),
        ("provenance.made_on", "20220501", "made_on is no day"),
        ("synthetic", "no", "synthetic is neither true nor false"),
        ("is_street", False, "contradict each other"),
        ("summary.findings", [{"text": "A sentence."}], "something that is no finding"),
        (
            "summary.findings",
            [FINDING := {"text": "A", "figure_ids": ["count"], "confidence": "high"}] * 6,
            "at most 5",
        ),
        ("summary.findings", [{**FINDING, "figure_ids": ["count.nowhere"]}], "'count.nowhere', which is not among"),
        ("summary.findings", [{**FINDING, "figure_ids": "count"}], "does not name its figures"),
        ("figures", [{"id": "count", "label": "Rows", "value": 1, "interval": {"low": 1}}], "an interval without ends"),
        ("schema_version", 1, "its schema_version is 1"),
    ],
)
def test_a_damaged_profile_is_refused_by_the_part_that_is_damaged(
    told, write_profile: Write, path: str, value, words: str
):
    change(told, path, value)
    with pytest.raises(FileRefused, match=words):
        read_profile(write_profile(told))


def test_a_profile_of_a_later_version_asks_for_a_later_lamplighter(told, write_profile: Write):
    told["schema_version"] = "2"
    with pytest.raises(FileRefused, match=r"of schema_version 2; this Lamplighter reads 1. Upgrade Lamplighter"):
        read_profile(write_profile(told))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is no JSON"),
        (b'{"what_it_is": "cut off', "it is no JSON"),
        (b'{"what_it_is": NaN}', "NaN is no number"),
        (b"[" * 100_000, "it is no JSON"),
        (b'{"title": "a plan", "schema_version": 2}', "is no profile.json"),
        (b"[]", "is no profile.json"),
        ('{"what_it_is": "é"}'.encode("cp1252"), "is not UTF-8"),
        (json.dumps({"what_it_is": 1}).encode("utf-16"), "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_profile_is_refused_in_a_sentence(tmp_path: Path, content: bytes, words: str):
    file = tmp_path / "profile.json"
    file.write_bytes(content)
    with pytest.raises(FileRefused, match=words):
        read_profile(file)


def test_a_file_that_is_not_there_names_what_to_give(tmp_path: Path):
    with pytest.raises(InputError, match=r"There is no file .*nowhere"):
        read_profile(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"There is no file .*profile\.json"):
        read_profile(tmp_path)
