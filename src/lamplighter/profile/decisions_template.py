"""The decisions.toml that a profile leaves beside its outputs: every table that people can fill in, with what it asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lamplighter.profile.decisions import DECISIONS, VERDICTS, tactic_names
from lamplighter.workspace.durable import write_whole

_HEAD = """\
# What people fill in and decide about this profile. The machine reads this file and never writes over it.
# Fill in what you know, take away the # before the lines that you use, and run again with: --decisions decisions.toml
# A text stands in quotes, a day and a number without: 2026-03-31, 308000. What stays empty
# is shown in the profile as empty, and named.
"""
_TERMS = """
[terms]
asked_by = ""         # who asked for this profile
author = ""           # who answers for it
reviewer = ""         # who has read it against its sources
version = ""          # such as "1.0"
handling = ""         # the handling mark, such as "OFFICIAL"
decision_wanted = ""  # the decision that page one asks for, in 80 words; without it, to decide on the recommendations
valid_until = ""      # a day
"""
_FREE = """
# Why it happens, as somebody who knows the ground sees it. One block for each.
# [[drivers]]
# text = ""
# source = ""

[present_response]
text = ""             # what is done there today

# What else was considered. One block for each.
# [[alternatives]]
# text = ""
# why_not = ""
"""
_REQUIREMENT = """\
# [[intelligence_requirements]]
# text = {text}
# owner = ""
# due = ""
"""
_LAST = """\
# [[last_recommendations]]
# text = {text}
# what_became = ""
"""
_KIND = """\
# [kinds.{id}]    # {name}: {kind}
# kind = ""
# patrol = false
# because = ""
# by = ""
# on = ""
"""
_DENOMINATOR = """\
# [denominators.{area}]
# value = ""
# what = ""
# source = ""
"""
_DECISION = """\
# [[recommendations]]    # {text}
# place = {place}
# tactic = {tactic}
# decision = ""
# by = ""
# on = ""
# reason = ""
# owner = ""
# legal_basis = ""
# equality_check = ""
# measure = ""
# dosage = ""
# review_on = ""
"""


def template(profile_told: Mapping[str, Any]) -> str:
    """A decisions.toml for one profile, its own places and recommendations named in it, and nothing decided.

    profile_told: profile.json as data; a section that it lacks leaves its examples empty. Read back, it decides nothing.
    """
    told = profile_told
    return "\n".join(_parts(told)).rstrip("\n") + "\n"


def offer_template(folder: Path, profile_told: Mapping[str, Any]) -> bool:
    """Writes decisions.toml into the folder unless one is there, which is left as it is. Was it written?"""
    path = folder / DECISIONS
    if path.exists() or path.is_symlink():
        return False
    write_whole(path, template(profile_told).encode("utf-8"), fsync=False)
    return True


def _parts(told: Mapping[str, Any]) -> Iterator[str]:
    yield _HEAD + _TERMS + _FREE
    yield "# What has to be found out, by whom, by when. What the source can't say stands here as a beginning.\n"
    yield from (_REQUIREMENT.format(text=_quoted(each)) for each in _texts(told.get("what_this_cannot_say")) or ("",))
    yield "# What became of the recommendations of the last profile: its id there, or its words.\n"
    last = [
        each.get("id") or each.get("text") or ""
        for each in _dicts((told.get("last_recommendations") or {}).get("items"))
    ]
    yield from (_LAST.format(text=_quoted(each)) for each in last or ("",))
    yield "# What a place is, where you know better. No patrol is drawn at homes or at an institution.\n"
    places = _dicts(told.get("places"))
    yield from (
        _KIND.format(id=_quoted(each["id"]), name=_plain(each.get("name")), kind=_plain(each.get("kind")))
        for each in places
    )
    yield "# Out of how many a rate is, for an area; no rate is worked out without it.\n"
    area = ((told.get("question") or {}).get("area") or {}).get("name") or ""
    yield _DENOMINATOR.format(area=_quoted(area))
    yield f"# A named person decides: {', '.join(VERDICTS)}. The last two need a reason. Tactics: {', '.join(tactic_names())}.\n"
    for each in _dicts(told.get("recommendations")):
        yield _DECISION.format(
            text=_plain(each.get("text")), place=_quoted(each.get("place_id")), tactic=_quoted(each.get("tactic"))
        )


def _dicts(given: Any) -> Sequence[Mapping[str, Any]]:
    return [each for each in given or () if isinstance(each, Mapping)]


def _texts(given: Any) -> Sequence[str]:
    return [each for each in given or () if isinstance(each, str)]


def _quoted(text: object) -> str:
    """A text as TOML writes it. A name of the source can hold quotes, and must not end the line."""
    return json.dumps(_plain(text), ensure_ascii=False)


def _plain(text: object) -> str:
    """On one line, without letters that a comment of TOML refuses."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in str(text or "")).split())
