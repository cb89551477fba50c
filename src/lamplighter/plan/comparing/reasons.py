"""Why a change was made: from a small CSV of reasons, or from the decisions of a plan folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lamplighter.errors import FileRefused, InputError, listed
from lamplighter.plan.cells import parse_cell
from lamplighter.plan.comparing.changes import Change, Comparison, Reason, with_reasons
from lamplighter.plan.folder import Plan
from lamplighter.plan.records.columns import Column
from lamplighter.plan.text import read_text

COLUMNS = ("before", "after", "reason", "by", "on")
READING = "reading"


@dataclass(frozen=True, kw_only=True)
class ReasonRow:
    """One line of the CSV: the sentences of A or of B (or of both) that it is about, and the reason."""

    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: Reason


def read_reasons(path: Path) -> tuple[ReasonRow, ...]:
    """The rows of a CSV with the columns before, after, reason, by, on. Raises FileRefused naming every line to mend."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    wrong: list[str] = []
    found: list[ReasonRow] = []
    try:
        heads = next(reader, [])
        if set(heads) - set(COLUMNS) or not {"before", "after", "reason"} <= set(heads) or len(set(heads)) < len(heads):
            raise FileRefused(f"{path.name}: its first line must be: {','.join(COLUMNS)} (by and on may be left out)")
        for cells in reader:
            if not any(each.strip() for each in cells):
                continue
            try:
                found.append(_row(path.name, reader.line_num, heads, cells))
            except ValueError as error:
                wrong.append(f"{path.name}:{reader.line_num}: {error}.")
    except csv.Error as error:
        raise FileRefused(f"{path.name} can't be read from line {reader.line_num} on ({error}).") from None
    if wrong:
        raise FileRefused("The reasons can't be used:\n  " + "\n  ".join(wrong[:20]))
    return tuple(found)


def _row(name: str, line: int, heads: list[str], cells: list[str]) -> ReasonRow:
    if len(cells) != len(heads):
        raise ValueError(f"has {len(cells)} cells, the first line has {len(heads)}. Check commas and quotes")
    told = dict(zip(heads, cells, strict=True))
    ids = Column(kind="ids")
    before, after = parse_cell(told["before"], ids), parse_cell(told["after"], ids)
    words = " ".join(told["reason"].split())
    if not before and not after:
        raise ValueError("names no sentence. Give its id under before, after or both")
    if not words:
        raise ValueError("gives no reason. Write one, or take the line out")
    day = parse_cell(told.get("on", ""), Column(kind="date"))
    reason = Reason(words=words, by=told.get("by", "").strip() or None, on=day, recorded_in=f"{name}:{line}")
    return ReasonRow(line=line, before=before, after=after, reason=reason)


def with_rows(comparison: Comparison, rows: Iterable[ReasonRow], *, name: str) -> Comparison:
    """Each reason on the change that holds all its sentences. Raises InputError for a row that is about no change."""
    found: dict[str, tuple[Reason, ...]] = {}
    wrong: list[str] = []
    for row in rows:
        changes = {change.id: change for change in map(comparison.by_before.get, row.before) if change}
        changes |= {change.id: change for change in map(comparison.by_after.get, row.after) if change}
        unknown = [f"{each} before" for each in row.before if each not in comparison.by_before]
        unknown += [f"{each} after" for each in row.after if each not in comparison.by_after]
        if unknown:
            wrong.append(
                f"{name}:{row.line}: there is no sentence {listed(unknown)}. Look its id up in the comparison."
            )
        elif len(changes) > 1:
            told = listed(f"{each.id} ({each.kind})" for each in changes.values())
            wrong.append(f"{name}:{row.line}: its sentences are in {told}. Write one line for each.")
        else:
            change = next(iter(changes.values()))
            if change.kind == "same":
                wrong.append(f"{name}:{row.line}: that sentence is the same in both versions. Take the line out.")
            found[change.id] = (*found.get(change.id, ()), row.reason)
    if wrong:
        raise InputError("The reasons can't be used:\n  " + "\n  ".join(wrong[:20]))
    return with_reasons(comparison, found)


def with_decisions(comparison: Comparison, *, a: Plan | None, b: Plan | None) -> Comparison:
    """The reasons of decisions of the kind `reading` about a sentence of either side, as its own folder records them."""
    found: dict[str, tuple[Reason, ...]] = {}
    for plan, changes in _sides(comparison, a, b):
        for each in plan.decisions:
            change = changes.get(each.record_id or "")
            if each.kind != READING or change is None or change.kind == "same" or not each.reason:
                continue
            where = f"decision {each.id}"
            told = Reason(words=each.reason, by=each.decided_by, on=each.decided_on, recorded_in=where)
            if told not in found.get(change.id, ()):
                found[change.id] = (*found.get(change.id, ()), told)
    return with_reasons(comparison, found)


def _sides(comparison: Comparison, a: Plan | None, b: Plan | None) -> list[tuple[Plan, Mapping[str, Change]]]:
    told = [(a, comparison.by_before), (b, comparison.by_after)]
    return [(plan, changes) for plan, changes in told if plan is not None]
