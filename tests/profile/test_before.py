"""A profile before this one that somebody forged or broke is refused in a sentence, and steers nothing."""

from __future__ import annotations

import copy
import json

import pytest

from lamplighter.errors import FileRefused
from lamplighter.profile.before import check_before
from lamplighter.reports.profile.build import profile_told

WHOLE = {
    "schema_version": "1",
    "title": "Violence in Northam",
    "provenance": {"made_on": "2026-03-01"},
    "recommendations": [{"id": "p1.walk", "text": "Walk.", "state_words": "draft", "decision": {"by": "A. Noor"}}],
    "places_method": {"known": [{"id": "p0123abcd", "points": [[437000, 403000], [437100, 403000]]}]},
}


def test_a_whole_one_is_read():
    assert profile_told(json.dumps(WHOLE).encode(), name="profile.json") == WHOLE


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), ["a", "list"]),
        (("title",), "A" * 10_000),
        (("provenance",), ["2026"]),
        (("provenance", "made_on"), {"day": 1}),
        (("recommendations",), "Walk."),
        (("recommendations",), None),
        (("recommendations", 0), "Walk."),
        (("recommendations", 0, "id"), 7),
        (("recommendations", 0, "text"), ["Walk."]),
        (("recommendations", 0, "decision"), "accepted"),
        (("recommendations", 0, "decision", "by"), {}),
        (("places_method",), []),
        (("places_method", "known"), 7),
        (("places_method", "known", 0), "p0123abcd"),
        (("places_method", "known", 0, "id"), "../../p0123abcd"),
        (("places_method", "known", 0, "id"), 7),
        (("places_method", "known", 0, "points", 0), [437000]),
        (("places_method", "known", 0, "points", 0), [437000, float("nan")]),
        (("places_method", "known", 0, "points", 0), [437000, float("inf")]),
        (("places_method", "known", 0, "points", 0), [437000, 1e400]),
        (("places_method", "known", 0, "points", 0), [437000, True]),
        (("places_method", "known", 0, "points", 0), [437000, 10**30]),
        (("places_method", "known", 0, "points", 0), [437000, "403000"]),
    ],
)
def test_one_with_a_forged_part_is_refused_with_the_mend(path, value):
    forged = copy.deepcopy(WHOLE)
    inner = forged
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(FileRefused, match=r"before\.json was changed by hand.*as `lamplighter profile` wrote it"):
        profile_told(json.dumps(forged).encode(), name="before.json")


def test_one_without_known_places_or_decisions_is_read():
    bare = copy.deepcopy(WHOLE)
    bare["places_method"] = {}
    bare["recommendations"] = [{"text": "Walk."}]
    check_before(bare)


@pytest.mark.parametrize("content", [b"[" * 100_000, b"{" * 10, b"\xff\xfe", b"[]", b"null", b" " * 64_000_001])
def test_what_is_no_profile_is_refused(content):
    with pytest.raises(FileRefused, match=r"is no profile"):
        profile_told(content, name="profile.json")
