"""How every page is filled in, of a site or alone: words are never markup, and a name that the page was not given stops it."""

from __future__ import annotations

from jinja2 import BytecodeCache, ChoiceLoader, Environment, PackageLoader, StrictUndefined

from lamplighter.reports.site.formats import FILTERS


def templates_of(*packages: str, compiled: BytecodeCache | None = None) -> Environment:
    """The templates of these packages, with the filters of all pages. A name that is in two packages is the first one's."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(each) for each in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=compiled,
        auto_reload=False,  # no template changes while a site is written, and a look at each file's date for every page costs
    )
    made.filters.update(FILTERS)
    return made
