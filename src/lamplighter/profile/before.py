"""Is the profile before this one whole enough to go on from? What a run reads of it is checked, whoever changed the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MOST_BYTES = 64_000_000  # that of a whole force has a third of a million
_MOST_LETTERS = 5_000  # of one text: a recommendation has a few hundred
_MOST_METRES = 100_000_000  # beyond any grid
_PLACE_ID = re.compile("p[0-9a-f]{8}")  # it becomes a part of file names


def check_before(told: Mapping[str, Any]) -> None:
    """Raises ValueError unless title, day, recommendations and known places are such as a profile writes."""
    _texts(told, "title")
    provenance = told.get("provenance") or {}
    _mapping(provenance)
    _texts(provenance, "made_on")
    recommendations = told.get("recommendations")
    if not isinstance(recommendations, list):
        raise ValueError("recommendations")
    for each in recommendations:
        _mapping(each)
        _texts(each, "id", "text", "state_words")
        decision = each.get("decision") or {}
        _mapping(decision)
        _texts(decision, "by")
    method = told["places_method"]
    _mapping(method)
    for place in method.get("known", []):
        _mapping(place)
        if not isinstance(place["id"], str) or not _PLACE_ID.fullmatch(place["id"]):
            raise ValueError("id")
        for easting_m, northing_m in place["points"]:
            if not (_is_metres(easting_m) and _is_metres(northing_m)):
                raise ValueError("points")


def _mapping(value: Any) -> None:
    if not isinstance(value, Mapping):
        raise ValueError("no table of keys")


def _texts(told: Mapping[str, Any], *keys: str) -> None:
    for key in keys:
        value = told.get(key)
        if value is not None and not (isinstance(value, str) and len(value) <= _MOST_LETTERS):
            raise ValueError(key)


def _is_metres(value: Any) -> bool:
    return type(value) is int and abs(value) <= _MOST_METRES
