"""Sets the one page in type: in the largest room in which it is one page, and never below 9 pt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lamplighter.reports.brief.telling import ROOMS, brief_data
from lamplighter.reports.pdf.setting import ReportNotSet, set_in_type


def brief_pdf(told: Mapping[str, Any], *, calendar: Sequence[Mapping[str, Any]]) -> bytes:
    """One A4 page for a deputy commissioner: promised, shown and kept by version; surprises; slips; dates; corrections; asks.

    told: plan.json. calendar: the release calendar as plain records. PDF/UA-1, British English, dated by `as_of`; the same
    inputs give the same bytes. Misleads if it is taken for all: each list says how many more there are, and where.
    Raises as the report does.
    """
    day = date.fromisoformat(str(told["as_of"]))
    for room in ROOMS:
        data = brief_data(told, calendar=calendar, room=room)
        pdf, (pages,) = set_in_type("lamplighter.reports.brief", "brief.typ", data, day=day, labels=("pages",))
        if pages == 1:
            return pdf
    raise ReportNotSet("the brief does not fit on one page.")
