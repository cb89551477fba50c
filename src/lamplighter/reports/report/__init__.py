"""What the progress report says, for every form that it is written in: arranged from plan.json, with no number of its own."""

from __future__ import annotations

from lamplighter.reports.report.telling import report_data

__all__ = ["report_data"]
