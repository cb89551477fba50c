"""What a figure may be for its promise: where it began, what has been reached, or what is promised. A proposal, by a table."""

from __future__ import annotations

import re
from functools import cache

from lamplighter.definitions import rows
from lamplighter.plan.drafting.words import any_of, number_words, qualifiers

TARGET = "what its sentence promises"
NO_ROLE = "nothing says that it is more than context"
_AHEAD = re.compile(r"\b(?:will|shall|to\s+[a-z]+|aims?|target|by\s+(?:the\s+end\s+of\s+)?(?:[A-Z][a-z]+\s+)?20\d\d)\b")


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None, str], ...]:
    names = {"{qualifier}": any_of(qualifiers()), "{number}": any_of(number_words())}

    def pattern(words: str) -> re.Pattern[str] | None:
        for name, stands_for in names.items():
            words = words.replace(name, stands_for)
        return re.compile(words, re.I) if words else None

    return tuple(
        (row["role"], pattern(row["before"]), pattern(row["after"]), row["why"])
        for row in rows("drafting/role_rules.csv")
    )


def role_of(before: str, after: str, *, promised: bool) -> tuple[str, str]:
    """The role of a figure in its sentence, and why. `before` and `after`: the sentence on either side of the number alone.

    The end of a change is a target if the words before it look ahead ("to raise it from 40% to 60%"), else what was reached.
    """
    for role, behind, ahead, why in _rules():
        if (behind is None or behind.search(before)) and (ahead is None or ahead.search(after)):
            if role != "reached":
                return role, why
            start = re.split(r"\bfrom\b", before, flags=re.I)[0]
            return ("target" if promised and _AHEAD.search(start) else "current"), why
    return ("target", TARGET) if promised else ("context", NO_ROLE)
