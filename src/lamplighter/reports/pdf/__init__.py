"""The progress report: one page first, then a page an objective, as a tagged PDF/UA made from plan.json and from nothing else."""

from __future__ import annotations

from lamplighter.reports.pdf.writing import ReportDone, report_pdf, write_report

__all__ = ["ReportDone", "report_pdf", "write_report"]
