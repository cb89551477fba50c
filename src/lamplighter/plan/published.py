"""The published schemas: the plan folder's files and columns, and the JSON Schema of plan.json."""

from __future__ import annotations

import json
from typing import Any

from lamplighter import definitions
from lamplighter.plan.cells import may_be_not_applicable
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.schema import NOT_APPLICABLE, PLAN_SCHEMA_VERSION


def folder_schema() -> dict[str, Any]:
    """Every file of a plan folder, with its columns, what each may hold, and what it means."""
    return {
        "schema_version": PLAN_SCHEMA_VERSION,
        "format": {
            "encoding": "UTF-8",
            "line_end": "LF",
            "order": "by id",
            "between_ids": ";",
            "unknown": "empty",
            "not_applicable": NOT_APPLICABLE,
            "id": "begins with a letter; letters, digits, full stop, hyphen, underscore",
            "date": "2021-11-04",
        },
        "files": [
            {
                "file": record_type.FILE,
                "title": record_type.TITLE,
                "says": (record_type.__doc__ or "").split("\n")[0],
                "columns": [
                    {
                        "name": each.name,
                        "kind": each.kind,
                        "says": each.says,
                        "required": each.required,
                        "may_be_not_applicable": may_be_not_applicable(each),
                        **({"choices": list(each.choices)} if each.choices else {}),
                        **({"refers_to": list(each.refers_to)} if each.refers_to else {}),
                    }
                    for each in columns_of(record_type)
                ],
            }
            for record_type in RECORD_TYPES.values()
        ],
    }


def plan_json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every plan.json keeps to."""
    found: dict[str, Any] = json.loads(definitions.text_of("plan.schema.json"))
    return found
