"""A promise's sentence as a line that can stand as its title: a proposal, which the plan's owner may reword."""

from __future__ import annotations

import re

_AT_MOST = 110
_AT_LEAST = 35
_LABEL = re.compile(
    r"^(?:(?:goal|aim|objective|commitment|action|pledge|promise|priority|target|outcome)s?(?:\s+(?:\d+(?:\.\d+)*\w?|[A-Z]))?\s*[:.–—-]"
    r"|\d+(?:\.\d+)*[.)])\s+",
    re.I,
)
_OPENS = re.compile(
    r"^(?:and|but|so|also|further(?:more)?|in\s+addition|as\s+announced\s+[\w\s]{3,30}),?\s+(?=\w)", re.I
)
_WE_WILL = re.compile(
    r"^we\s+(?:will|shall|are\s+going\s+to|’ll|'ll)\s+(?:also\s+|therefore\s+|now\s+)?(?=[a-z])", re.I
)
_NOT_A_DOING = re.compile(r"^(?:not|never|be|have|no)\b", re.I)
# Where a long sentence may end. Never before a condition: "if funds allow" is part of what was promised.
_MAY_END = re.compile(
    r";\s|\s[–—-]\s|,?\s+so\s+that\s|,\s+(?:which|who|including|with|such\s+as|and\s+we|to\s+ensure|in\s+order\s+to)\s"
    r"|\s+in\s+order\s+to\s|\s+by\s+\w+ing\s"
)
_CONDITION = re.compile(r"\b(?:if|unless|subject\s+to|provided|depending|where\s+possible|except)\b", re.I)

_SMALL = r"(?:a|an|the|and|or|as|at|by|for|from|in|into|of|on|to|with|that|which|who|our|their|its|\S+-\s+and)"


def title_of(sentence: str) -> str:
    """`“We will train 640 officers by March.` → `Train 640 officers by March`. What is left out is marked with " …"."""
    words = " ".join(sentence.split()).replace("**", "").strip("“”\"'‘* ")
    words = _OPENS.sub("", _LABEL.sub("", words))
    bare = _WE_WILL.sub("", words)
    words = words if _NOT_A_DOING.match(bare) else bare
    words = re.sub(r"(?:[;,:]\s*and|[.;,:])$", "", words.strip('“”" ')).strip()
    words = words[:1].upper() + words[1:] or sentence
    if len(words) <= _AT_MOST:
        return words
    ends = [found.start() for found in _MAY_END.finditer(words) if _AT_LEAST <= found.start() <= _AT_MOST]
    if ends and not _CONDITION.search(words[ends[-1] :]):
        return words[: ends[-1]].rstrip(" ,") + " …"
    cut = words[:_AT_MOST].rsplit(" ", 1)[0]
    return re.sub(rf"(?:\s+{_SMALL})+$", "", cut.rstrip(" ,;–—-"), flags=re.I).rstrip(" ,;–—-") + " …"
