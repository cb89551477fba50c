"""Two versions side by side, for a reader: a page, a document with tracked changes, and the data."""

from lamplighter.reports.comparing.write import write_comparison

__all__ = ["write_comparison"]
