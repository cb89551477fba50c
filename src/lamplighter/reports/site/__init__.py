"""The plan as a static site: pages that any web server or a double click opens, written from one frozen book."""

from lamplighter.reports.site.write import SiteDone, write_site

__all__ = ["SiteDone", "write_site"]
