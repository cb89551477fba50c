"""Corrections as they are published: what each says of which period, and the one table that lists them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lamplighter.plan.cells import format_cell, kept_from_running
from lamplighter.plan.folder import Plan
from lamplighter.plan.records.running import Correction
from lamplighter.plan.releases.manifest import PublishedCorrection

COLUMNS = (
    "period", "old", "new", "reason", "published_at", "release", "id", "record_id", "field", "corrected_by", "corrected_on",
)  # fmt: skip
_NUMBER = re.compile(r"[-+]?[0-9.,]+%?")


@dataclass(frozen=True, kw_only=True)
class ListedCorrection:
    """A correction and the release that published it first; both empty while that is not known."""

    correction: PublishedCorrection
    published_at: str = ""
    release: str = ""


def corrections_of(plan: Plan) -> tuple[PublishedCorrection, ...]:
    """Every correction of the plan, as a manifest keeps it."""
    figures = {each.id: each for each in plan.figures}

    def period(correction: Correction) -> str:
        figure = figures.get(correction.record_id or "")
        return "" if figure is None else format_cell(figure.as_of) or figure.as_of_words or ""

    return tuple(
        PublishedCorrection(
            id=each.id,
            record_id=each.record_id or "",
            field=each.field or "",
            period=period(each),
            old=each.old or "",
            new=each.new or "",
            reason=each.reason or "",
            corrected_by=each.corrected_by or "",
            corrected_on=format_cell(each.corrected_on),
        )
        for each in plan.corrections
    )


def corrections_csv(listed: Iterable[ListedCorrection]) -> bytes:
    """The list as CSV: period, old, new, reason, published_at first. Without a correction it is its head alone."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in listed:
        told = {"published_at": each.published_at, "release": each.release}
        cells = (told[name] if name in told else getattr(each.correction, name) for name in COLUMNS)
        writer.writerow([_cell(cell) for cell in cells])
    return out.getvalue().encode("utf-8")


def _cell(text: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe before it; a number never does."""
    return text if _NUMBER.fullmatch(text) else kept_from_running(text)
