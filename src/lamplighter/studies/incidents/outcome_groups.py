"""Which group of outcomes a label of the source stands for, with the status of that reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from lamplighter import definitions

NONE, OPEN, NO_UPDATE, UNKNOWN_LABEL = "none", "open", "unknown", "label_unknown"
NOT_OUTCOMES = frozenset({NONE, OPEN, NO_UPDATE, UNKNOWN_LABEL})
CHARGED = frozenset({"charge"})
FORMAL = frozenset({"charge", "charge_elsewhere", "out_of_court_formal", "out_of_court_informal", "diversion"})
WORDS = {
    "charge": "Charged or summonsed",
    "charge_elsewhere": "Charged or taken into consideration in another case",
    "out_of_court_formal": "Caution or penalty notice",
    "out_of_court_informal": "Community resolution or warning",
    "diversion": "Diversion or education",
    "evidential": "Evidential difficulties",
    "evidential_victim_supporting": "Evidential difficulties, victim supports action",
    "evidential_victim_not_supporting": "Evidential difficulties, victim does not support action",
    "no_suspect": "No suspect identified",
    "not_public_interest": "Not in the public interest",
    "prosecution_prevented": "Prosecution prevented or out of time",
    "transferred": "Passed to another organisation",
    "arrest": "Arrest",
    "cleared_otherwise": "Closed otherwise",
    OPEN: "Under investigation",
    NO_UPDATE: "No update was sent",
    NONE: "No outcome is told",
    UNKNOWN_LABEL: "Label that no table knows",
}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a label is read as. status: of the reading. note: what the label leaves open, empty where nothing."""

    group: str
    status: str
    note: str = ""


def reading_of(label: str | None, *, is_street: bool) -> Reading:
    """The group of a label: by the table of open data, in an extract also by the table of forces' own words.

    No label is `none`; one that no table knows is `label_unknown`, so that it is counted and not guessed at.
    """
    if label is None:
        return Reading(group=NONE, status="none")
    known = _open_labels() if is_street else _open_labels() | _own_words()
    return known.get(label.strip().casefold(), Reading(group=UNKNOWN_LABEL, status="none"))


def slug(group: str) -> str:
    """`out_of_court_formal` → `out-of-court-formal`: as it stands in the id of a figure."""
    return {NONE: "none-told", OPEN: "open", NO_UPDATE: "no-update", UNKNOWN_LABEL: "label-unknown"}.get(
        group, group.replace("_", "-")
    )


@cache
def _open_labels() -> dict[str, Reading]:
    return _readings(definitions.outcome_labels())


@cache
def _own_words() -> dict[str, Reading]:
    return _readings(definitions.rows("outcome_words.csv"))


def _readings(rows: Iterable[Mapping[str, str]]) -> dict[str, Reading]:
    return {
        row["label"].casefold(): Reading(group=row["outcome_group"], status=row["status"], note=row["note"])
        for row in rows
    }
