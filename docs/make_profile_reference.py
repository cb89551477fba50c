"""Pages of docs/reference about a problem profile: profile.json and its schema, tables, map layers, decisions.toml.

docs/make_reference.py calls this; run that one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Table = Callable[[Sequence[str], Iterable[Sequence[object]]], str]
DEPTH = 3  # how far the page of profile.json goes into a section; the schema goes to the end
PLAIN = {"string": "text", "integer": "whole number", "number": "number", "boolean": "yes or no", "null": "null"}
OF_THE_WHOLE = {
    "title": "What it is called; of street data it says that it is a violence profile.",
    "what_it_is": "What was counted and what must not be read into it, in a sentence.",
    "synthetic_words": "The sentence that made-up data carry on every page; null where the data are real.",
    "caution": "The sentence that stands on every page.",
    "question": "Area, offences, victims, period, radius and number of places, with every default spelt out.",
    "definition": "The definition box: which rows are counted, in words, from which source, and how official that is.",
    "summary": "Page one: at most five findings with the ids of their figures, and the decision that is wanted.",
    "what_this_cannot_say": "At least six things that the source or the method can't answer, a sentence each.",
    "inferences": "Every sentence that a study found, with the ids of the figures that carry it and its confidence.",
    "figures": "Every number that can be cited, by id, with its parts, interval, definition, period and rows.",
    "glossary": "The words that it uses, with their meaning.",
    "methods": "How the numbers were worked out, in notes.",
    "how_to_cite": "How to cite one number.",
    "places_method": "How places were chosen, on which months, how much they hold, how sure their order and their classes are.",
    "kinds": "At what kinds of place the rows lie, and of which facilities few hold half.",
}
DECISION_KEYS = {
    "terms.asked_by": "Who asked for the profile.",
    "terms.author": "Who answers for it.",
    "terms.reviewer": "Who has read it against its sources.",
    "terms.version": "Such as `1.0`.",
    "terms.handling": "The handling mark; it stands on every page.",
    "terms.valid_until": "The day after which it must not be used.",
    "terms.decision_wanted": "The decision that page one asks for.",
    "drivers.text": "What drives it.",
    "drivers.source": "What that rests on.",
    "intelligence_requirements.text": "What has to be found out.",
    "intelligence_requirements.owner": "Who finds it out.",
    "intelligence_requirements.due": "By when.",
    "present_response.text": "What is done.",
    "last_recommendations.text": "The recommendation's id in the last profile, or its words there.",
    "last_recommendations.what_became": "What became of it.",
    "alternatives.text": "What was considered.",
    "alternatives.why_not": "Why it was not taken.",
    "kinds.kind": "A kind of place from the list in the [definitions](rules.md#kinds-of-place).",
    "kinds.patrol": "`true` lets a patrol be drawn here; not at homes, not at an institution, not from street data.",
    "kinds.because": "How the person knows.",
    "kinds.by": "The person's name.",
    "kinds.on": "The day.",
    "denominators.value": "The number, above 0.",
    "denominators.what": "What it counts, such as residents or visits.",
    "denominators.source": "Who published it.",
    "recommendations.place": "The id of a place, institution or kind, or a name that only one of them has.",
    "recommendations.decision": "`accept`, `amend` or `reject`; the last two need a `reason`.",
    "recommendations.by": "Who decided.",
    "recommendations.on": "The day.",
    "recommendations.tactic": "Another tactic than the one suggested.",
    "recommendations.reason": "Why.",
    "recommendations.measure": "What will show whether it worked.",
    "recommendations.review_on": "When it is looked at again.",
    "recommendations.owner": "Who does it.",
    "recommendations.legal_basis": "By which power or law.",
    "recommendations.equality_check": "What was looked at under the equality duty.",
    "recommendations.dosage": "How much: minutes, stays, visits.",
}
POINT_WORDS = {
    "place_id": "The place that the point belongs to.",
    "place_name": "Its name.",
    "place_rank": "Its rank.",
    "easting_m": "Easting in metres of the ground that provenance names.",
    "northing_m": "Northing in metres of the same.",
    "count": "Ranked rows at the point in the last 12 months present.",
}
FILES = (
    ("profile.html", "The profile, one file that asks for nothing from a network; prints, and reads on a phone"),
    ("profile.pdf", "The same for paper: tagged PDF/UA"),
    ("profile.docx", "The same for Word, with its styles, or those of `--template`"),
    ("brief.pdf", "Tonight's A4 for a sergeant"),
    ("profile.json", "Every number and sentence of the above: [profile.json](profile-json.md)"),
    ("profile.schema.json", "The schema of that file"),
    ("places.gpkg, places.geojson", "[The map layers](profile-tables.md#the-map-layers)"),
    ("tables/*.csv, tables.xlsx", "[The tables](profile-tables.md)"),
    ("figures/*.svg", "Every figure"),
    ("decisions.toml", "[What people fill in and decide](profile-decisions.md): written once, never over"),
)


def profile_pages(made: str, table: Table) -> dict[str, str]:
    """File name → content. made: the line that says who wrote them. table: makes a Markdown table."""
    from lamplighter.profile.published_schema import profile_schema

    schema = profile_schema()
    return {
        "profile-json.md": made + profile_json_page(schema, table),
        "profile-tables.md": made + profile_tables_page(table),
        "profile-decisions.md": made + decisions_page(table),
        "profile.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n",
    }


# -- profile.json -----------------------------------------------------------------------------------------------------


def profile_json_page(schema: Mapping[str, Any], table: Table) -> str:
    version = schema["properties"]["schema_version"]["const"]
    parts = [
        "# profile.json\n",
        f"All that a problem profile says, as data; schema version {version}. The other documents are written from it and "
        "work nothing out. [The schema](profile.schema.json) (JSON Schema 2020-12) holds every key; this page goes "
        f"{DEPTH} steps deep. Counts are of rows. `null` is unknown, never 0. The same question of the same rows gives the same "
        "file, however the rows were shuffled, split or packed: only `provenance` may differ.\n",
        "## What `lamplighter profile` writes\n",
        table(("file", "what"), ((f"`{name}`", says) for name, says in FILES)),
        "## The whole\n",
    ]
    sections = {name: each for name, each in schema["properties"].items() if _fields(each)}
    rows = []
    for name, each in schema["properties"].items():
        says = each.get("description") or OF_THE_WHOLE.get(name, "")
        link = f"[`{name}`](#{name})" if name in sections else f"`{name}`"
        rows.append((link, _type(each), says))
    parts.append(table(("key", "holds", "what it means"), rows))
    for name, each in sections.items():
        parts.append(f"## {name}\n")
        if says := each.get("description") or OF_THE_WHOLE.get(name):
            parts.append(f"{says}\n")
        parts.append(table(("key", "holds", "what it means"), _rows(each, "", DEPTH)))
    return "\n".join(parts)


def _fields(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The keys of an object, or of the objects in a list."""
    found: Mapping[str, Any] = schema.get("properties") or (schema.get("items") or {}).get("properties") or {}
    return found


def _rows(schema: Mapping[str, Any], before: str, depth: int) -> Iterator[tuple[str, str, str]]:
    for name, each in _fields(schema).items():
        key = f"{before}{name}"
        yield f"`{key}`", _type(each), each.get("description", "")
        if depth > 1:
            mark = "[]." if "items" in each else "."
            yield from _rows(each, f"{key}{mark}", depth - 1)


def _type(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return "one of " + ", ".join("null" if each is None else f"`{each}`" for each in schema["enum"])
    kinds = schema.get("type", "any")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return " or ".join(_kind(each, schema) for each in kinds)


def _kind(kind: str, schema: Mapping[str, Any]) -> str:
    if kind == "array":
        inner = schema.get("items") or schema.get("prefixItems")
        return f"list of {_type(inner)}" if isinstance(inner, Mapping) and inner.get("type") != "object" else "list"
    return "table" if kind == "object" else PLAIN.get(kind, kind)


# -- tables and layers ------------------------------------------------------------------------------------------------


def profile_tables_page(table: Table) -> str:
    from lamplighter.reports.profile.table_columns import EVERYWHERE, SAYS
    from lamplighter.reports.profile.tables import dictionary

    columns: dict[str, list[tuple[str, str]]] = {}
    for name, column, says in dictionary():
        columns.setdefault(name, []).append((f"`{column}`", says))
    everywhere = ", ".join(f"`{name}`" for name in EVERYWHERE)
    parts = [
        "# A profile's tables and map layers\n",
        f"`tables/<name>.csv`, and the same as sheets of `tables.xlsx`. Names and columns do not change between runs, so that a "
        f"folder of them in Power BI goes on working: a new column goes behind the others. Every table begins with {everywhere}, "
        "so that tables of several profiles can be put together. A table is always there; where the profile has nothing to put "
        "into it, it has its heads only. CSV is UTF-8 with a byte order mark and LF; days are ISO; an empty cell is unknown, "
        "never 0; a text that a spreadsheet would run has an apostrophe before it.\n",
    ]
    for name, found in columns.items():
        parts += [f"## {name}\n", f"{SAYS[name]}\n", table(("column", "what it means"), found)]
    return "\n".join([*parts, *_layers(table)])


def _layers(table: Table) -> Iterator[str]:
    from lamplighter.profile.published_schema import profile_schema
    from lamplighter.reports.profile.layers import INSTITUTION_COLUMNS, PLACE_COLUMNS, POINT_COLUMNS
    from lamplighter.reports.profile.table_columns import COLUMNS

    schema = profile_schema()["properties"]

    def says_of(layer: str, name: str) -> str:
        if layer == "place_points":
            return POINT_WORDS[name]
        return str(_fields(schema[layer]).get(name, {}).get("description") or COLUMNS[layer].get(name, ""))

    yield "## The map layers\n"
    yield (
        "`places.gpkg` has three layers in the metres of the profile's ground, each with a default style in `layer_styles`; "
        "`places.geojson` has the first of them in degrees (WGS84). Properties are named as in "
        "[profile.json](profile-json.md#places); lists and tables of counts are JSON in the GeoPackage. A circle is as far as a "
        "place may reach, not the ground of the crimes.\n"
    )
    for layer, says, columns in (
        ("places", "A circle a place.", PLACE_COLUMNS),
        ("place_points", "The map points of the places.", POINT_COLUMNS),
        ("institutions", "A point an institution: listed apart, ranked nowhere.", INSTITUTION_COLUMNS),
    ):
        yield f"### Layer `{layer}`\n"
        yield f"{says}\n"
        yield table(
            ("property", "type", "what it means"),
            [(f"`{name}`", kind, says_of(layer, name)) for name, kind in columns.items()],
        )


# -- decisions.toml ---------------------------------------------------------------------------------------------------


def decisions_page(table: Table) -> str:
    from lamplighter.profile import decisions

    heads = decisions._HEADS
    holds = {"flag": "`true` or `false`", "day": "a day, `2026-03-31`", "tactic": "a tactic", "verdict": "a decision"}
    parts = [
        "# decisions.toml\n",
        "What the source can't fill, people fill in here. The first run writes it with the profile's own places and "
        "recommendations in comments; no run ever writes over it, and none reads it unless `--decisions` names it. A text stands "
        "in quotes, a day and a number without. A table or key that is not on this page is refused with its line and the nearest "
        "name. How to use it: [decide on a profile](../how-to/decide-on-a-profile.md).\n",
    ]
    for name, shape in decisions._SHAPES.items():
        parts.append(f"## {name}\n")
        parts.append(f"{' '.join((shape.made.__doc__ or '').split())}\n")
        parts.append(f"```toml\n{heads[shape.written].format(name)}\n```\n")
        rows = [
            (
                f"`{key}`",
                holds.get(kind, kind),
                DECISION_KEYS[f"{name}.{key}"] + (" **Required.**" if key in shape.needs else ""),
            )
            for key, kind in shape.keys.items()
        ]
        parts.append(table(("key", "holds", "what it means"), rows))
    parts.append("## Tactics\n")
    parts.append(
        table(
            ("tactic", "in words", "only where the ground is public", "dosage", "its source"),
            [(f"`{each['tactic']}`", each["name"], each["public_ground"], each["dosage"], each["dosage_source"])
             for each in _tactics()],
        )
    )  # fmt: skip
    return "\n".join(parts)


def _tactics() -> Iterable[Mapping[str, str]]:
    from lamplighter import definitions

    return definitions.tactics()
