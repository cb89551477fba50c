"""Every figure of a profile as SVG by its name: what the page shows, the PDF and Word set, and the folder of figures holds."""

from __future__ import annotations

from collections.abc import Mapping

from lamplighter.reports.profile.drawn import Drawn
from lamplighter.reports.profile.figures_svg import charts
from lamplighter.reports.profile.map_drawing import maps
from lamplighter.reports.profile.svg import marked
from lamplighter.reports.profile.week_drawing import week_charts
from lamplighter.reports.profile.wording import Data, text


def drawings(told: Data, drawn: Drawn) -> dict[str, str]:
    """Name → SVG, in the order of the document; a figure that the profile holds no numbers for is not there.

    told: profile.json. drawn: all map points, the surface, the user's layers. The same inputs, the same bytes; no count is worked
    out, only placed. Names: trend, year-on-year, hours, hours-<setting>, lorenz, places-map, places-map-close, tonight-map,
    ranked-bars, inset-<place id>, surface, victims-age, victims-ethnicity, outcomes, outcomes-cohorts, attrition.
    """
    return charts(told) | week_charts(told) | maps(told, drawn)


def figure_files(svg: Mapping[str, str], told: Data) -> dict[str, bytes]:
    """`figures/<name>.svg` for each: a picture of made-up data says so itself, since it is passed on by itself."""
    words = text(told.get("synthetic_words"), lacking="Made-up data") if told.get("synthetic") else None
    return {
        f"figures/{name}.svg": (marked(drawn, words) if words else drawn).encode("utf-8") for name, drawn in svg.items()
    }
