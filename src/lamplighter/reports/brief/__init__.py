"""One page for somebody who decides: what was promised, what stands, what slipped, what comes next and what to ask."""

from __future__ import annotations

from lamplighter.reports.brief.writing import brief_pdf

__all__ = ["brief_pdf"]
