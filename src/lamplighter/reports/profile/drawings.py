"""Every figure of a profile as SVG by its name: what the page shows, the PDF and Word set, and the folder of figures holds."""

from __future__ import annotations

from lamplighter.reports.profile.drawn import Drawn
from lamplighter.reports.profile.figures_svg import charts
from lamplighter.reports.profile.map_drawing import maps
from lamplighter.reports.profile.week_drawing import week_charts
from lamplighter.reports.profile.wording import Data


def drawings(told: Data, drawn: Drawn) -> dict[str, str]:
    """Name → SVG, in the order of the document; a figure that the profile holds no numbers for is not there.

    told: profile.json. drawn: all map points, the surface, the user's layers. The same inputs, the same bytes; no count is worked
    out, only placed. Names: trend, year-on-year, hours, hours-<setting>, lorenz, places-map, places-map-close, tonight-map,
    ranked-bars, inset-<place id>, surface, victims-age, victims-ethnicity, outcomes, outcomes-cohorts, attrition.
    """
    return charts(told) | week_charts(told) | maps(told, drawn)
