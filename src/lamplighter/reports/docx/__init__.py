"""The progress report as a Word document: the same sentences and numbers as the PDF, for who has to work in them."""

from __future__ import annotations

from lamplighter.reports.docx.writing import report_docx

__all__ = ["report_docx"]
