"""The published JSON Schema of profile.json, joined from one part a section."""

from __future__ import annotations

import json
from typing import Any

from lamplighter import definitions

LISTS = ("places", "institutions")  # sections that are lists, whose part describes one entry or the whole list
SECTIONS = (
    "completeness", "trend", "compared", "concentration", "time", "places", "institutions", "places_method", "kinds",
    "surface", "harm", "victims", "suspects", "outcomes", "terms", "drivers", "intelligence_requirements",
    "present_response", "last_recommendations", "evidence_elsewhere", "alternatives", "recommendations",
)  # fmt: skip

_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_FINDING: dict[str, Any] = {
    "type": "object",
    "required": ["text", "figure_ids", "confidence"],
    "properties": {
        "text": _TEXT,
        "figure_ids": {**_TEXTS, "description": "Figures that carry the sentence, by id."},
        "confidence": {"enum": ["high", "moderate", "low"]},
    },
    "additionalProperties": False,
}
_FIGURE: dict[str, Any] = {
    "type": "object",
    "required": [
        "id",
        "label",
        "value",
        "unit",
        "numerator",
        "denominator",
        "interval",
        "definition",
        "period",
        "rows",
    ],
    "properties": {
        "id": {**_TEXT, "description": "The same for the same question, run after run."},
        "label": _TEXT,
        "value": {"type": ["number", "null"], "description": "null is unknown, never 0."},
        "unit": _TEXT,
        "numerator": {"type": ["number", "null"]},
        "denominator": {"type": ["number", "null"], "description": "null where the value is a count."},
        "interval": {
            "type": ["object", "null"],
            "required": ["low", "high", "words"],
            "properties": {"low": {"type": "number"}, "high": {"type": "number"}, "words": _TEXT},
        },
        "definition": _TEXT,
        "period": _TEXT,
        "rows": {"type": ["integer", "null"], "description": "Rows of the source behind it."},
    },
    "additionalProperties": False,
}
_OF_THE_WHOLE: dict[str, Any] = {
    "schema_version": {"const": "1"},
    "title": _TEXT,
    "what_it_is": _TEXT,
    "synthetic": {"type": "boolean", "description": "true: made-up data, no person or crime in it is real."},
    "synthetic_words": {"type": ["string", "null"]},
    "is_street": {"type": "boolean", "description": "true: open street data; no patrol is drawn from it."},
    "women_and_girls": {"type": "boolean", "description": "true: only rows whose victim is a woman or a girl."},
    "caution": _TEXT,
    "question": {
        "type": "object",
        "required": ["area", "offences", "first_month", "last_month", "radius_m", "places", "weigh_by"],
    },
    "chosen": {**_TEXTS, "description": "What was chosen because nobody said, a sentence each."},
    "scales": {"type": "object", "description": "How far the axes of charts reach, so that several profiles compare."},
    "definition": {"type": "object", "required": ["words", "source", "offences", "counted", "status"]},
    "summary": {
        "type": "object",
        "required": ["findings", "decision_wanted"],
        "properties": {"findings": {"type": "array", "items": _FINDING, "maxItems": 5}, "decision_wanted": _TEXT},
    },
    "what_this_cannot_say": {**_TEXTS, "minItems": 6},
    "inferences": {"type": "array", "items": _FINDING},
    "figures": {"type": "array", "items": _FIGURE},
    "glossary": {"type": "array"},
    "methods": {"type": "array"},
    "how_to_cite": _TEXT,
    "provenance": {
        "type": "object",
        "description": "Files, imports, definitions, code: what a shuffled source may change.",
    },
}


def profile_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of profile.json. Raises PartMissing if a part is not in this installation."""
    parts = {name: json.loads(definitions.text_of(f"profile_schema/{name}.json")) for name in SECTIONS}
    properties = {**_OF_THE_WHOLE, **parts}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A problem profile, as Lamplighter writes it",
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }
