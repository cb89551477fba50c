"""How many days of harm an offence weighs: by the workbook that was loaded, else by medians of groups, which are secondary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from statistics import median

from lamplighter import definitions
from lamplighter.sources.harm_workbook import HarmWorkbook

OWN_ENTRY, GROUP_MEDIAN = "its own entry", "median of its group"
_SHIPPED_NAME = "Days by group of offences, not the Cambridge Crime Harm Index"
_LOADED_STATUS = "loaded by a user; that it is the published workbook was not checked"


@dataclass(frozen=True, kw_only=True)
class Weight:
    """Days of one offence or group, with the least and the most among its entries. how: where they come from."""

    days: float
    low: float
    high: float
    how: str


@dataclass(frozen=True, kw_only=True)
class Weights:
    """All weights of one source. workbook_sha256: None for the shipped medians, which are never called the Cambridge index."""

    name: str
    status: str
    workbook_sha256: str | None
    groups: Mapping[str, Weight]
    codes: Mapping[str, Weight]

    def of(self, *, code: str | None, offence: str | None) -> tuple[str | None, Weight | None]:
        """The harm group and the weight of one offence: by its whole code, else by its group; None is unknown, never 0.

        A code decides before the text. Its text only does where it is exactly the label of one group of our list.
        """
        key = offence_code_key(code)
        group = harm_group_of(code=code, offence=offence)
        own = self.codes.get(key) if key else None
        return group, own or (self.groups.get(group) if group else None)


def weights_of(loaded: HarmWorkbook | None) -> Weights:
    """The weights of the workbook that was loaded into the workspace, or the shipped ones where none was."""
    if loaded is None:
        rows = [row for row in definitions.harm_weights() if row["days"]]
        return Weights(
            name=_SHIPPED_NAME,
            status=listed_status({row["status"] for row in rows}),
            workbook_sha256=None,
            groups={
                row["harm_group"]: Weight(
                    days=float(row["days"]), low=float(row["days_low"]), high=float(row["days_high"]), how=GROUP_MEDIAN
                )
                for row in rows
            },
            codes={},
        )
    group_of = {row["subgroup"].casefold(): row["harm_group"] for row in definitions.harm_subgroups()}
    by_group: dict[str, list[float]] = {}
    by_code: dict[str, list[float]] = {}
    for entry in loaded.entries:
        group = group_of.get((entry.group or "").casefold())
        if group:
            by_group.setdefault(group, []).append(entry.days)
        key = offence_code_key(entry.code)
        if key:
            by_code.setdefault(key, []).append(entry.days)
    return Weights(
        name=loaded.name,
        status=_LOADED_STATUS,
        workbook_sha256=loaded.sha256,
        groups={group: _weight(days, GROUP_MEDIAN) for group, days in sorted(by_group.items())},
        codes={code: _weight(days, OWN_ENTRY) for code, days in sorted(by_code.items())},
    )


def offence_code_key(code: str | None) -> str | None:
    """One way of writing an offence's code: `008/06`, `00806` and ` 8/6 ` are `8/06`; `8n` and `008N` are `8N`.

    Two parts are a class and its subclass, so that `8/06` is never `86` or `806`. None for an empty one.
    """
    text = re.sub(r"\s+", "", code or "").upper()
    parts = re.fullmatch(r"0*(\d{1,3}[A-Z]?)/(\d{1,3})", text) or re.fullmatch(
        r"0{0,2}(\d{1,3})(?<=\d{3})(\d{2})", text
    )
    if parts:
        return f"{parts[1]}/{int(parts[2]):02d}"
    whole = re.fullmatch(r"0*(\d+(?:\.\d+)?[A-Z]?)", text)
    return whole[1] if whole else text or None


def harm_group_of(*, code: str | None, offence: str | None) -> str | None:
    """The harm group of a Home Office code, or of the exact label of our list where it stands for one group only."""
    by_code, by_label = _groups()
    key = offence_code_key(code)
    found = by_code.get(key) if key else None
    return found or by_label.get(" ".join((offence or "").split()).casefold())


def listed_status(statuses: set[str]) -> str:
    """The statuses of several rows in one word or two."""
    return ", ".join(sorted(statuses))


@cache
def _groups() -> tuple[Mapping[str, str], Mapping[str, str]]:
    by_code: dict[str, str] = {}
    labels: dict[str, set[str]] = {}
    for row in definitions.vawg_offences():
        if not row["harm_group"]:
            continue
        key = offence_code_key(row["ho_code"])
        if key:
            by_code[key] = row["harm_group"]
        labels.setdefault(row["label"].casefold(), set()).add(row["harm_group"])
    return by_code, {label: next(iter(groups)) for label, groups in labels.items() if len(groups) == 1}


def _weight(days: list[float], how: str) -> Weight:
    return Weight(days=float(median(days)), low=min(days), high=max(days), how=how)
