"""Tonight's A4 for a sergeant, as a tagged PDF of exactly one page whatever the profile holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lamplighter.errors import LamplighterError
from lamplighter.reports.profile.tonight import ROOMS, tonight
from lamplighter.reports.profile.typesetting import day_of, set_whatever_stands_there
from lamplighter.reports.profile.wording import part

_MAPS = ("tonight-map", "places-map")


class BriefTooLong(LamplighterError):
    """Not even the smallest setting fits one page."""

    def __init__(self) -> None:
        super().__init__("brief.pdf would not fit one page. Please report it with your profile.json.")


def brief_pdf(told: Mapping[str, Any], *, drawings: Mapping[str, str]) -> bytes:
    """Five places and why, two windows, behaviours to look for, what not to conclude, who decided: one A4 page.

    told: profile.json. drawings: SVG by name; `tonight-map`, else `places-map`, is the small map; without one there is
    none. Of an extract only places where a patrol may be drawn stand on it; of open street data the first by rank, with the
    sentence that no patrol is drawn from them. While nobody has decided, the page says that it is a draft, not to be deployed
    from. Where much stands in it, type gets smaller and then texts are cut with “…”; it is never two pages.
    Misleads after `valid until`, and where the source is old: it says which months were counted.
    Raises PartMissing without the typesetting engine, ReportNotSet when the engine refuses.
    """
    day = day_of(part(told, "provenance").get("made_on"))
    drawing = next((drawings[name] for name in _MAPS if drawings.get(name)), None)
    for room in ROOMS:
        data = tonight(told, room)
        data["map"] = drawing if data["places"] else None
        pdf, (pages,) = set_whatever_stands_there("tonight.typ", data, day=day, labels=("pages",))
        if pages == 1:
            return pdf
    raise BriefTooLong
