"""Page one: at most five findings with their confidence, and the decision that is wanted, in 350 words."""

from __future__ import annotations

from collections.abc import Sequence

from lamplighter.studies.incidents.saying import Finding

FINDINGS = 5
MOST_WORDS = 350
FIXED_WORDS = 45  # headings, the handling mark and what says whether anybody decided


def first_findings(findings: Sequence[Finding], *, other_words: int) -> tuple[Finding, ...]:
    """The five that weigh most, fewer where the page would grow past its words; those of equal weight in the order given.

    other_words: the words that stand on the page besides (title, what it is, the decision wanted).
    """
    left = MOST_WORDS - FIXED_WORDS - other_words
    chosen: list[Finding] = []
    for each in sorted(findings, key=lambda one: -one.weight):
        needed = len(each.text.split()) + len(each.figure_ids) + 2  # its figures' ids, and its confidence
        if len(chosen) < FINDINGS and needed <= left:
            chosen.append(each)
            left -= needed
    return tuple(chosen)


def words_in(*texts: str) -> int:
    """How many words stand in these texts."""
    return sum(len(each.split()) for each in texts)
