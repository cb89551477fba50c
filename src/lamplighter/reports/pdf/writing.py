"""Sets the report in type: the same plan.json and charts give the same bytes, in every time zone and without a clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lamplighter.reports.pdf.setting import set_in_type
from lamplighter.reports.report import report_data
from lamplighter.workspace.durable import write_whole

_FIRST_SIZES_PT = (9.5, 9.0, 8.5)


@dataclass(frozen=True, kw_only=True)
class ReportDone:
    """Where the report is, and on how many pages."""

    path: Path
    pages: int


def write_report(told: Mapping[str, Any], *, charts: Mapping[str, str], out: Path) -> ReportDone:
    """What moved and how surely, what can't be shown, what is overdue; then objective by objective: as one PDF.

    told, charts, what is raised: as for `report_pdf`. out: the file to write, whole or not at all.
    """
    pdf, pages = report_pdf(told, charts=charts)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, pdf, fsync=False)
    return ReportDone(path=out, pages=pages)


def report_pdf(told: Mapping[str, Any], *, charts: Mapping[str, str]) -> tuple[bytes, int]:
    """The report, its first page on one page in the largest type in which it fits; and how many pages it has.

    told: plan.json, as `plan_json` returns it. charts: SVG by measure id, and by `pair:` and pair id for a pair; a measure
    without one is told in words.
    PDF/UA-1, in British English, dated by `as_of`. Every number has its id from plan.json in brackets, and its denominator or
    that none is stated. Misleads when printed without plan.json at hand: it holds each number's definition and source.
    Raises PartMissing without the typesetting engine, LetterNotSet for a letter that no font has, ReportNotSet when
    the engine refuses for another reason.
    """
    data = report_data(told, charts)
    day = date.fromisoformat(str(told["as_of"]))
    for size_pt in _FIRST_SIZES_PT:
        pdf, (first_ends, pages) = set_in_type(
            "lamplighter.reports.pdf",
            "report.typ",
            {**data, "first_size_pt": size_pt},
            day=day,
            labels=("first-page-ends", "pages"),
        )
        if first_ends == 1:
            break
    return pdf, pages
