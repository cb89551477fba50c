"""A made-up profile.json of Northam: small in its public parts, and with something that must not leave in every other one."""

from __future__ import annotations

from typing import Any

PLANTED = "PLANTED"  # stands in every text that must stay in the profile
FIGURE: dict[str, Any] = {
    "unit": "rows", "numerator": None, "denominator": None, "interval": None, "definition": "Rows of violence in Northam.",
    "period": "January 2023 to December 2023", "rows": 870,
}  # fmt: skip
FINDINGS = [
    {"text": "870 rows in twelve months.", "figure_ids": ["count"], "confidence": "high"},
    {"text": f"{PLANTED} Silver Street holds 61 rows.", "figure_ids": ["places.p1.count"], "confidence": "moderate"},
    {"text": f"{PLANTED} Most victims are young.", "figure_ids": ["victims.rows"], "confidence": "low"},
    {"text": "1 month is missing.", "figure_ids": ["completeness.months_missing"], "confidence": "high"},
]
TOLD: dict[str, Any] = {
    "schema_version": "1",
    "title": "Violence in Northam: a violence profile",
    "what_it_is": "A profile of recorded violence, not of violence against women and girls.",
    "synthetic": False,
    "synthetic_words": None,
    "is_street": True,
    "women_and_girls": False,
    "caution": "Recorded crime at snapped points: not evidence about a person or an address.",
    "question": {
        "area": {"name": "Northam", "kind": "district", "force": "Northam Police", "code": f"{PLANTED}-E01"},
        "offences": ["Violence and sexual offences"], "all_offences": False, "victims": "all", "first_month": "2023-01",
        "last_month": "2023-12", "months_present": 11, "compare": [f"{PLANTED} Westley"], "defaults": [f"{PLANTED} seed"],
    },
    "chosen": [f"{PLANTED} nobody said"],
    "scales": {"place_top": 61},
    "terms": {key: f"{PLANTED} {key}" for key in ("asked_by", "author", "reviewer", "version", "handling")},
    "definition": {
        "words": "Rows of violence recorded by Northam Police.", "source": "data.police.uk, street-level crime",
        "offences": [f"{PLANTED} offence"], "counted": "rows", "status": "unverified: no official list says which these are",
    },
    "summary": {"findings": FINDINGS, "decision_wanted": f"{PLANTED} send officers to Silver Street"},
    "completeness": {
        "heading": f"{PLANTED} heading", "rows_read": 652_082, "located_share": 0.9615, "months_missing": ["2019-07"],
        "months_missing_in_period": ["2023-07"], "months_partial_in_period": [],
        "off_ground": {"rows": 5, "districts": [{"name": f"{PLANTED} Cornwall", "rows": 5}]},
        "by_month": [{"month": "2023-01", "rows": 99, "note": PLANTED}],
    },
    "places": [
        {"id": "p1", "name": "Silver Street, High Street and Hall Gate", "kind": PLANTED, "easting_m": 457123.4,
         "lon": -1.141817, "count": 61, "why": PLANTED},
    ],
    "institutions": [{"id": "i1", "name": f"{PLANTED} Prison", "count": 130}],
    **{name: {"text": PLANTED, "items": [{"text": PLANTED, "owner": PLANTED}]} for name in (
        "trend", "compared", "concentration", "time", "places_method", "kinds", "surface", "harm", "victims", "suspects",
        "outcomes", "drivers", "intelligence_requirements", "present_response", "last_recommendations",
        "evidence_elsewhere", "alternatives",
    )},
    "recommendations": [{"id": "p1.patrol", "text": PLANTED, "decision": {"by": f"{PLANTED} Inspector"}}],
    "glossary": [PLANTED],
    "methods": [PLANTED],
    "how_to_cite": PLANTED,
    "what_this_cannot_say": ["Who did it.", "What was not reported.", "The outcome of 90 of the 870 rows."],
    "figures": [
        {**FIGURE, "id": "count", "label": "Rows of violence", "value": 870},
        {**FIGURE, "id": "completeness.months_missing", "label": "Months missing", "value": 1, "unit": "months",
         "interval": {"low": 1, "high": 1.5, "words": "made up"}},
        {**FIGURE, "id": "places.p1.count", "label": f"{PLANTED} Silver Street", "value": 61},
        {**FIGURE, "id": "victims.rows", "label": f"{PLANTED} victims", "value": 300},
        {**FIGURE, "id": "trend.sigma_z", "label": f"{PLANTED} cited by no finding", "value": 1.4},
    ],
    "inferences": [{"text": PLANTED, "figure_ids": ["count"], "confidence": "low"}],
    "provenance": {
        "made_on": "2022-05-01", "made_by": f"{PLANTED} Ada", "made_with": "Lamplighter 0.1", "source": "police-uk",
        "ground": PLANTED, "imports": [{"files": [{"name": f"{PLANTED}.csv"}]}],
    },
}  # fmt: skip
