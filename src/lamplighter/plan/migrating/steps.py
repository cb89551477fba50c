"""The steps from one schema version to the next, and the table of them: records in, records out, nothing read or written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lamplighter.errors import InputError
from lamplighter.plan.comparing.comparison_json import COMPARISON_SCHEMA_VERSION
from lamplighter.schema import PLAN_JSON_SCHEMA_VERSION, PLAN_SCHEMA_VERSION, WORKSPACE_SCHEMA_VERSION

RECOMMENDATIONS = "recommendations.csv"
RESPONSES = {"yes": "accepted", "no": "rejected", "": ""}


@dataclass(frozen=True, kw_only=True)
class Rows:
    """One CSV as text: its heads, its rows and the line that each row begins on."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


Tables = Mapping[str, Rows]
Told = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class FolderStep:
    """From one version of the plan folder to the next. `files`: those that it may change, which it is given if they are there."""

    to: int
    says: str
    files: tuple[str, ...]
    change: Callable[[Tables], Tables]


@dataclass(frozen=True, kw_only=True)
class JsonStep:
    """From one version of a JSON file to the next."""

    to: int
    says: str
    change: Callable[[Told], dict[str, Any]]


def answered_in_three_ways(tables: Tables) -> Tables:
    """recommendations.csv: `accepted` (yes, no) becomes `response` (accepted, rejected); empty stays not known.

    Nothing becomes “accepted in part”: what was written down as yes or no can't be told apart afterwards.
    Raises InputError, naming the line, for an answer that is neither.
    """
    table = tables.get(RECOMMENDATIONS)
    if table is None or "accepted" not in table.heads:
        return tables
    if "response" in table.heads:
        raise InputError(f"{RECOMMENDATIONS} has both columns, accepted and response. Take out the one that is wrong.")
    at = table.heads.index("accepted")
    rows = []
    for line, row in zip(table.lines, table.rows, strict=True):
        if len(row) != len(table.heads):
            raise InputError(
                f"{RECOMMENDATIONS}:{line}: has {len(row)} cells, the first line has {len(table.heads)}. Check commas and quotes."
            )
        answer = row[at].strip()
        if answer not in RESPONSES:
            raise InputError(f"{RECOMMENDATIONS}:{line}: accepted is {row[at]!r}. Write yes or no, or leave it empty.")
        rows.append((*row[:at], RESPONSES[answer], *row[at + 1 :]))
    heads = (*table.heads[:at], "response", *table.heads[at + 1 :])
    return {**tables, RECOMMENDATIONS: replace(table, heads=heads, rows=tuple(rows))}


def json_answered_in_three_ways(told: Told) -> dict[str, Any]:
    """plan.json: the same of the recommendations of every promise; how the plan is run was not told, so it is null.

    Raises InputError for an answer that is neither.
    """
    responses = {True: "accepted", False: "rejected", None: None}

    def recommendation(given: Told) -> dict[str, Any]:
        if "accepted" not in given:
            return dict(given)
        if given["accepted"] not in (True, False, None):
            raise InputError(f"plan.json: recommendation {given.get('id')}: accepted is {given['accepted']!r}.")
        return {
            ("response" if key == "accepted" else key): (responses[value] if key == "accepted" else value)
            for key, value in given.items()
        }

    return {
        **told,
        "promises": [
            {**promise, "recommendations": [recommendation(each) for each in promise.get("recommendations", ())]}
            for promise in told["promises"]
        ],
        "running": told.get("running"),
    }


_ANSWERED = "a recommendation's accepted (yes or no) becomes response (accepted, accepted in part or rejected)"
FOLDER_STEPS: Mapping[int, FolderStep] = {
    1: FolderStep(to=2, says=_ANSWERED, files=(RECOMMENDATIONS,), change=answered_in_three_ways),
}
PLAN_JSON_STEPS: Mapping[int, JsonStep] = {
    1: JsonStep(to=2, says=_ANSWERED, change=json_answered_in_three_ways),
}
COMPARISON_JSON_STEPS: Mapping[int, JsonStep] = {}
WORKSPACE_STEPS: Mapping[int, JsonStep] = {}  # no version but the first was ever written

KNOWN = {
    "plan folder": PLAN_SCHEMA_VERSION,
    "plan.json": PLAN_JSON_SCHEMA_VERSION,
    "comparison.json": COMPARISON_SCHEMA_VERSION,
    "workspace": WORKSPACE_SCHEMA_VERSION,
}


def check_known(version: object, *, what: str, name: str) -> int:
    """The version, if this program can read it or move it on. Raises InputError for one that it can't."""
    known = KNOWN[what]
    if type(version) is not int or version < 1:
        raise InputError(
            f"{name} has schema_version {version!r}, so nobody can say what it holds. Write the version that it was made with."
        )
    if version > known:
        raise InputError(
            f"{name} is a {what} of schema_version {version}, and this Lamplighter knows up to {known}. Update Lamplighter: "
            "nothing is moved back."
        )
    return version
