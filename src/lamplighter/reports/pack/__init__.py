"""The evidence pack as a ZIP that an inspectorate reads without the site and without Lamplighter."""

from __future__ import annotations

from lamplighter.reports.pack.writing import PackDone, write_pack

__all__ = ["PackDone", "write_pack"]
