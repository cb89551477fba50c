"""A made-up profile.json with every section filled by small numbers, hostile texts among them; one of street data; an empty one.

`extract_told()` knows women, times and settings. `street_told()` knows none of these. `empty_told()` has every section and
nothing in it. `drawn()` belongs to all of them. Each call gives a new object: a test may change it.
"""

from __future__ import annotations

import importlib.util
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from lamplighter.reports.profile.drawn import DensityCells, Drawn
from lamplighter.sources.layers import PictureLayer


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("fixture_sections", Path(__file__).parent / name)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


sections, found = _beside("fixture_sections.py"), _beside("fixture_found.py")
FORMULA, SCRIPT, LONG = sections.FORMULA, sections.SCRIPT, sections.LONG
MONTHS, CAUTION, SETTINGS = sections.MONTHS, sections.CAUTION, sections.SETTINGS


def extract_told() -> dict[str, Any]:
    """A profile of violence against women and girls, from a force's own extract that is made up."""
    told: dict[str, Any] = {
        "schema_version": "1",
        "title": "Violence against women and girls in Northam: a problem profile",
        "what_it_is": "A VAWG profile of rows whose victim is recorded as a woman or a girl.",
        "synthetic": True,
        "synthetic_words": "Made-up data: no person, force or crime in it is real.",
        "is_street": False,
        "women_and_girls": True,
        "caution": CAUTION,
        "question": {
            "area": {"name": "Northam", "kind": "force", "force": "Northam Police", "code": None},
            "offences": ["Assault without injury", "Rape of a female", FORMULA],
            "all_offences": False, "victims": "female", "first_month": MONTHS[0], "last_month": MONTHS[-1],
            "months_present": 35, "radius_m": 141.0, "places": 20, "chosen_places": 100, "weigh_by": "count",
            "compare": ["Westley"], "seed": 0,
            "defaults": ["radius_m=141 (default)", "seed=0 (default)"],
        },
        "chosen": ["No area was named: Northam Police, which has 900 of the 1,200 rows."],
        "scales": {"per_day_top": 2.4, "place_top": 61},
        "terms": {
            "filled": False, "ask": "Who asked for it? Write it in decisions.toml under [terms].", "asked_by": None,
            "author": "Ada Example", "reviewer": None, "version": "0.2", "handling": "Made up: for anybody",
            "valid_until": "2026-12-31", "unfilled": ["asked_by", "reviewer"],
        },
        "definition": {
            "words": "Rows of Assault without injury and Rape of a female with a woman or girl, recorded by Northam Police.",
            "source": "the force's own extract, by its mapping", "offences": ["Assault without injury", "Rape of a female"],
            "counted": "rows", "status": "unverified: no official list says which offences these are",
        },
        "summary": {
            "findings": [
                {"text": "20 places hold 41% of the rows.", "figure_ids": ["places.held"], "confidence": "moderate"},
                {"text": "1 month of the period is missing from the source: unknown, not without crime.",
                 "figure_ids": ["completeness.months_missing"], "confidence": "high"},
            ],
            "decision_wanted": "Nobody has named the decision that is wanted. Write it in decisions.toml.",
        },
        "completeness": sections.completeness(),
        "trend": sections.trend(),
        "compared": found.compared(),
        "concentration": found.concentration(),
        "time": sections.time(),
        "places": found.places(),
        "institutions": found.institutions(),
        "places_method": found.places_method(),
        "kinds": found.kinds(),
        "victims": sections.victims(),
        "suspects": {"available": False, "why_not": "The source holds nothing of suspects, and none is imported."},
        "harm": found.harm(),
        "outcomes": found.outcomes(),
        "surface": found.surface(),
        "drivers": {"filled": True, "ask": None, "items": [{"text": SCRIPT, "source": "A made-up workshop"}]},
        "intelligence_requirements": {
            "filled": True, "ask": None,
            "items": [{"text": "Who runs the taxi rank at night?", "owner": "Ben Example", "due": "2026-12-01"}],
            "gaps": ["Whether the same suspect returns."],
        },
        "present_response": {"filled": True, "ask": None, "text": "Two officers on Friday nights."},
        "last_recommendations": {
            "filled": False, "ask": "What became of them? Write it in decisions.toml.", "from_title": "Northam, first profile",
            "from_made_on": "2025-11-02", "not_said": 1,
            "items": [{"id": "p0000000001.walk_talk", "text": "Walk and talk on Silver Street.", "state_then": "accepted",
                       "decided_by": "Ada Example", "what_became": "not said"}],
        },
        "evidence_elsewhere": {
            "words": "Verdicts stand side by side and are not summed up.",
            "subjects": [
                {"subject": "Patrols that talk to women", "tactics": ["walk_talk"], "recommended_here": True,
                 "for": [sections.verdict("e1", "promising")],
                 "against": [sections.verdict("e2", "not shown to work")], "open": []},
            ],
        },
        "alternatives": {"filled": True, "ask": None, "items": [{"text": "More cameras", "why_not": "None sees the alley."}]},
        "recommendations": [
            sections.recommendation("p0000000001", "Silver Street, High Street and Hall Gate", "draft"),
            sections.recommendation("p0000000002", FORMULA, "accepted"),
        ],
        "glossary": [{"term": "place", "meaning": "Map points within 141 m of a middle."}],
        "methods": [{"name": "Rows", "words": "Every figure counts rows of the source."}],
        "how_to_cite": "Name the figure's id, the title, the question's period and the day it was made.",
        "what_this_cannot_say": [
            "How many people were harmed.", "Who did it.", "What was not reported.", "What happened in July 2023.",
            "The relationship of 90 of 870 rows.", "Whether a person lives at a point.", "Which outcome code was used.",
        ],
        "figures": [
            sections.figure("count", "Rows of the question", 870, "rows", rows=870),
            sections.figure("count.located", "of these with a point", 850, "rows", numerator=850, denominator=870, rows=850),
            sections.figure("completeness.months_missing", "Months of the period that are missing", 1, "months"),
            sections.figure("trend.sigma_z", "Spread of the months against chance", 1.4, "times Poisson", rows=870),
            sections.figure("places.held", "Held by the places shown", 41, "%", numerator=120, denominator=293, rows=293),
            sections.figure("places.p0000000001.count", "Silver Street: rows", 61, "rows", rows=61,
                    interval={"low": 44, "high": 81, "words": "95%, with the measured over-dispersion"}),
            sections.figure("harm.per_row", FORMULA, None, "days"),
        ],
        "inferences": [
            {"text": "20 places hold 41% of the rows.", "figure_ids": ["places.held"], "confidence": "moderate"},
            {"text": SCRIPT, "figure_ids": ["count"], "confidence": "low"},
        ],
        "provenance": {
            "made_on": "2026-11-25", "made_by": None, "made_with": "Lamplighter 0.1", "source": "extract",
            "ground": sections.GROUND,
            "state_sha256": "0" * 64, "table": "incidents",
            "imports": [{"id": "1", "files": [{"name": "northam.csv", "sha256": "1" * 64, "rows_read": 1203, "rows_kept": 1200,
                                               "rows_refused": 3, "rows_duplicate": 0}]}],
            "definitions": [{"name": "kinds_of_place.csv", "sha256": "2" * 64}],
            "given": [{"name": "decisions.toml", "sha256": "3" * 64}],
        },
    }  # fmt: skip
    return told


def street_told() -> dict[str, Any]:
    """The same ground from open street data: violence, no victim, no time, no setting, and no patrol anywhere."""
    told = extract_told()
    why = "Open street data do not tell it."
    told |= {
        "title": "Violence and sexual offences in Northam: a violence profile", "synthetic": False, "synthetic_words": None,
        "what_it_is": "A violence profile: the source tells nothing of victims, so it is no profile of violence against women.",
        "is_street": True, "women_and_girls": False,
        "time": sections.time_absent(why),
        "victims": {
            "available": False, "why_not": why, "whose": None, "rows": None, "rows_of_all_victims": None, "sex": None,
            "completeness": [], "by_age": None, "by_setting": None, "by_relationship": None,
            "by_relationship_setting": None, "known_words": None, "by_ethnicity": None, "ethnicity_words": None,
            "small_counts": None,
        },
        "harm": found.harm_of_one_category(),
    }  # fmt: skip
    told["question"] |= {"offences": ["Violence and sexual offences"], "victims": "all"}
    told["kinds"] |= {"settings": {"public": 48, "home": 0, "online": 0, "unknown": 822}, "small_counts": None}
    for place in told["places"]:
        place |= {"patrol": False, "settings": {"public": 0, "home": 0, "online": 0, "unknown": place["count"]},
                  "harm": None, "kind_because": "Check with own records: the nearest map point is not the ground."}  # fmt: skip
    told["recommendations"] = [
        sections.recommendation("p0000000001", told["places"][0]["name"], "draft") | {"tactic": "own_records"}
    ]
    told["provenance"]["source"] = "police-uk"
    return told


def empty_told() -> dict[str, Any]:
    """Every section is there, and nothing is in it: what a renderer has to live with."""
    told = street_told()
    why = "The source can't answer it."
    told |= {
        "chosen": [], "summary": {"findings": [], "decision_wanted": "Nobody has named the decision that is wanted."},
        "trend": {
            "counts_from": "all rows", "months": [], "year_on_year": [], "sigma_z": None, "flagged": None,
            "flagged_plain": None, "signals": [], "not_called": [],
            "share_moved": {"moved": False, "percent": None, "words": "", "rule": None}, "caveats": [f"No limits: {why}"],
        },
        **found.nothing(why),
        "drivers": {"filled": False, "ask": "Write them in decisions.toml.", "items": []},
        "intelligence_requirements": {"filled": False, "ask": "Write them in decisions.toml.", "items": [], "gaps": []},
        "present_response": {"filled": False, "ask": "Write it in decisions.toml.", "text": None},
        "last_recommendations": {"filled": False, "ask": "Give --previous.", "from_title": None, "from_made_on": None,
                                 "not_said": 0, "items": []},
        "evidence_elsewhere": {"words": "", "subjects": []},
        "alternatives": {"filled": False, "ask": "Write them in decisions.toml.", "items": []},
        "recommendations": [], "inferences": [], "figures": [], "glossary": [], "methods": [],
    }  # fmt: skip
    return told


def long_told() -> dict[str, Any]:
    """As many places as are shown, each with a name of 200 letters: what must still fit on tonight's page."""
    told = extract_told()
    first = told["places"][0]
    told["places"] = [
        deepcopy(first) | {"id": f"p{at:010d}", "rank": at, "name": f"{at} {LONG}"[:200], "kind_because": LONG}
        for at in range(1, 21)
    ]
    told["terms"] |= {"author": LONG, "handling": LONG}
    return told


def drawn() -> Drawn:
    """Six map points with 120 rows, four density cells, and one layer of each kind."""
    xy = np.array(
        [[456500, 404000], [457000, 402700], [457500, 403300], [457900, 402500], [458200, 403900], [459000, 404400]],
        dtype=np.float64,
    )
    lonlat = np.array(
        [[-1.149125, 53.529650], [-1.141819, 53.517912], [-1.134169, 53.523251],
         [-1.128284, 53.516017], [-1.123501, 53.528566], [-1.111341, 53.532971]]
    )  # fmt: skip
    ring = np.array(
        [[457000, 403000], [458000, 403000], [458000, 404000], [457000, 404000], [457000, 403000]], np.float64
    )
    return Drawn(
        xy_m=xy,
        lonlat=lonlat,
        counts=np.array([44, 9, 40, 1, 21, 5], dtype=np.int64),
        cells=DensityCells(
            easting_m=np.array([457250.0, 457500.0, 457250.0, 458000.0]),
            northing_m=np.array([403250.0, 403250.0, 403500.0, 403750.0]),
            level=np.array([5, 4, 3, 1], dtype=np.int64),
            size_m=250.0,
        ),
        layers=(
            PictureLayer(name="Town centre", kind="areas", shapes=(ring,), names=("Town centre",)),
            PictureLayer(name="Bus route", kind="lines", shapes=(xy[[1, 2, 4]],), names=(SCRIPT,)),
            PictureLayer(name="Stations", kind="points", shapes=(xy[:2],), names=(None,)),
        ),
    )
