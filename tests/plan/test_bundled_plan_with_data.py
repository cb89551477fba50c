"""The bundled plan with the bundled tables behind it: the whole plan.json, its links, and its bytes in two time zones."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from lamplighter.plan.published import plan_json_schema
from lamplighter.workspace import import_files

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from pathlib import Path
from lamplighter.plan.plan_json import as_bytes, plan_json
from lamplighter.reports.build import book_of
sys.stdout.buffer.write(as_bytes(plan_json(book_of(Path(sys.argv[1]), workspace=Path(sys.argv[2]), as_of=None))))
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """plan.json as it is written in New York and in Tokyo, by two processes with other hash seeds."""
    workspace = tmp_path_factory.mktemp("bundled") / "workspace"
    tables = sorted((PROJECT / "data" / "mps").glob("vawg-*.parquet"))
    import_files(tables, workspace=workspace, now=datetime(2026, 3, 31, tzinfo=UTC))
    found = {}
    for zone, seed in (("America/New_York", "1"), ("Asia/Tokyo", "2")):
        found[zone] = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(PROJECT / "plans" / "met-vawg-2021"), str(workspace)],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
    return found


@pytest.fixture(scope="module")
def told(written: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written["Asia/Tokyo"], parse_constant=pytest.fail)
    return found


def test_the_bytes_are_the_same_in_new_york_and_tokyo(written: dict[str, bytes]):
    assert written["America/New_York"] == written["Asia/Tokyo"]


def test_it_keeps_to_the_published_schema(told: dict[str, Any]):
    faults = [
        f"{list(each.absolute_path)}: {each.message}"
        for each in Draft202012Validator(plan_json_schema()).iter_errors(told)
    ]
    assert faults == []


def test_every_link_leads_to_something(told: dict[str, Any]):
    ids = {part: [each["id"] for each in told[part]] for part in ("promises", "figures", "measures", "definitions")}
    for part, found in ids.items():
        assert len(found) == len(set(found)), part
    for promise in told["promises"]:
        assert set(promise["figures"]) <= set(ids["figures"]), promise["id"]
        assert set(promise["measures"]) <= set(ids["measures"]), promise["id"]
        assert set(promise["definition_ids"]) <= set(ids["definitions"]), promise["id"]
        assert {one for fate in promise["fates"] for one in fate["to_ids"]} <= set(ids["promises"]), promise["id"]
    for finding in told["findings"]:
        assert finding["figure_ids"], finding["id"]
        assert set(finding["figure_ids"]) <= set(ids["figures"]), finding["id"]
    assert {each["definition"] for each in told["measures"]} <= set(ids["definitions"])
    assert {each["measure_id"] for each in told["what_changed"]} <= set(ids["measures"])


def test_every_percentage_in_a_sentence_of_the_data_is_a_number_of_the_book(told: dict[str, Any]):
    figures = {each["id"]: each for each in told["figures"]}
    for finding in told["findings"]:
        stated = {f"{abs(figures[each]['value']):.{places}f}" for each in finding["figure_ids"] for places in (0, 1)}
        parts = {f"{figures[each]['numerator']}" for each in finding["figure_ids"]}
        exact = {
            f"{abs(100 * (one['numerator'] / one['denominator'] - 1)):.0f}"
            for one in (figures[each] for each in finding["figure_ids"])
            if one["unit"] == "% change"
        }
        for number in re.findall(r"[0-9]+(?:\.[0-9]+)?(?=%)", finding["text"]):
            assert number in stated | parts | exact, f"{finding['id']}: {number}%"


def test_the_last_day_of_everything_dated_is_not_after_the_day_of_the_plan(told: dict[str, Any]):
    for promise in told["promises"]:
        assert promise["days_since_change"] is None or promise["days_since_change"] >= 0
        assert all(
            each["happened_on"] is None or each["happened_on"] <= told["as_of"] for each in promise["evidence_records"]
        )


def test_a_figure_with_a_numerator_has_the_denominator_beside_it(told: dict[str, Any]):
    for each in told["figures"]:
        assert (each["numerator"] is None) or each["denominator"] is not None, each["id"]
        assert each["denominator_words"], each["id"]
