"""The word lists of the drafting rules as patterns; spaces in a list match any white space of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from lamplighter.definitions import rows


def spaced(words: str) -> str:
    """A pattern for these words, whatever white space stands between them."""
    return r"\s+".join(re.escape(word) for word in words.split())


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these, the longest first."""
    return "(?:" + "|".join(spaced(each) for each in sorted(set(words), key=lambda each: (-len(each), each))) + ")"


@cache
def listed_words(name: str, column: str, *, where: str = "", holding: str = "") -> tuple[str, ...]:
    """One column of drafting/NAME.csv, of the rows whose column `where` holds `holding` (all if not given)."""
    return tuple(row[column] for row in rows(f"drafting/{name}.csv") if not where or row[where] == holding)


@cache
def number_words() -> dict[str, tuple[float, str]]:
    """`two-thirds` → (66.6667, share): the number and what kind of word it is."""
    return {row["word"]: (float(row["value"]), row["kind"]) for row in rows("drafting/number_words.csv")}


@cache
def qualifiers() -> dict[str, str]:
    """`at least` → `more than`: how firmly a text puts a number, in the words of the plan folder."""
    return {row["words"]: row["qualifier"] for row in rows("drafting/qualifiers.csv")}
