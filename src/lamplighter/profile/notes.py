"""How the numbers were worked out, in the words that a reader needs to defend them, and how to cite one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CITE = (
    "Name the figure's id, the title, the question's period and the day it was made: "
    "“places.p1a2b3c4d.count, Violence and sexual offences in Doncaster, 2018-10 to 2021-09, made 25 November 2026”. "
    "The id stays the same from run to run; provenance names every file by its SHA-256."
)
_NOTES = (
    (
        "Rows",
        "Every figure counts rows of the source unless it says otherwise. Exact repeats are rows; a Crime ID is no key.",
    ),
    (
        "Months",
        "A month without any row of the force is missing: unknown, not zero. Rates are per day of the months present.",
    ),
    (
        "Trend",
        "Events a day with Laney's u-prime limits, which allow for the spread that counts of crime really have; the limits come"
        " from all months of the period, since no quiet stretch of it is known.",
    ),
    (
        "Places",
        "Circles around map points, chosen greedily so that together they hold most of the last 12 months present; no map"
        " point belongs to two. The linear programme's bound says how much any choice could hold. Choosing flatters: the same"
        " places will hold less in the months to come.",
    ),
    (
        "Tiers",
        "The probability that a place is truly among the first, the chosen places held fixed, from counts with the measured"
        " over-dispersion: almost certainly at 0.95, possibly at 0.20.",
    ),
    (
        "Classes",
        "A printed rule on a place's share of the area's rows, made slow to call a change; its false calls are measured.",
    ),
    (
        "Surface",
        "Gi* on 250 m cells and kernel density are evidence and picture. Half a cell's shift changes which cells come first, so"
        " no ranking is made of cells.",
    ),
    (
        "Change",
        "Two counts are compared by their difference, its interval and an exact test, never by a percentage alone.",
    ),
)
_BY_HARM = (
    " Here they are chosen by days of harm, which are days of sentences: places, bound and tiers are of days, counts stand"
    " beside, and classes are of counts. A few grave crimes decide, so that no place of fewer than ten rows is listed."
)


def method_notes(told: Mapping[str, Any]) -> list[dict[str, str]]:
    """The notes that belong to the sections of this profile, a heading and a text each."""
    left_out = set() if told["surface"].get("cells") else {"Surface"}
    by_harm = {"Places": _BY_HARM} if told["places_method"].get("chosen_by") == "harm" else {}
    return [{"name": name, "words": words + by_harm.get(name, "")} for name, words in _NOTES if name not in left_out]
