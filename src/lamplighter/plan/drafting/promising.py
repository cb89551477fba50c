"""Does a sentence promise anything? Rules from a table, the first that holds decides, and its words are the answer's reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lamplighter.definitions import rows
from lamplighter.plan.drafting.cutting import Piece
from lamplighter.plan.drafting.words import listed_words

_DONE_LEAD = re.compile(
    r"\bcompleted\b|\b(?:have|has|had)(?:\s+(?:already|also|so\s+far))?\s*:|\bso\s+far\b|\bachievements?\b|\bprogress\b(?!\s+towards)|\bsigns\s+(?:of|that|may|can|include)\b"
    r"|\bwhat\s+(?:we\s+have|has\s+been|we[’']ve)\s+(?:already\s+)?(?:done|achieved|delivered)\b"
    r"|\byou\s+(?:can|may|could)\b|\bexamples?\b|\bforms?\s+of\b|\b(?:types|kinds)\s+of\b|\bfound\s*:|\bsaid\s*:",
    re.I,
)
_MEASURES_LEAD = re.compile(
    r"\b(?:measures?|commitments?|actions?|plans?|package|investment|funding|announced|includes?|including)\b", re.I
)
_PROMISED_LEAD = re.compile(
    r"\b(?:will|shall)\b|[’']ll\b|\b(?:commit(?:s|ted)?|pledge[sd]?|aims?|plans?|intends?|going|sets?\s+out)\s+to\b"
    r"|\b(?:announcing|launching|introducing)\b|\b(?:new|following|our|these)\s+(?:actions|commitments|pledges|promises)\b"
    r"|^(?:\S+\s+)?(?:\S+\s+)?(?:actions|commitments|pledges|promises|next\s+steps)\W*$|\bwe\s+(?:pledge|promise)\b",
    re.I,
)
_AIM_FIRST = re.compile(r"^\W*(?:to\s+)?(?:[a-z]+ly\s+)?(\w[\w-]*)", re.I)


@dataclass(frozen=True, kw_only=True)
class FoundPromise:
    """Why a sentence is taken for a promise: the rule, its words, how sure, and what kind of promise it looks like."""

    rule: str
    why: str
    sure: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class PromiseRule:
    """One row of drafting/promise_rules.csv; `where` is the shape of sentence that it looks at."""

    name: str
    where: str
    pattern: re.Pattern[str]
    says: bool
    kind: str
    sure: str
    why: str

    def looks_at(self, piece: Piece) -> bool:
        if self.where == "measures":
            return piece.shape == "bullet" and _MEASURES_LEAD.search(piece.lead) is not None
        if self.where == "promised":
            return piece.shape == "bullet" and _PROMISED_LEAD.search(piece.lead) is not None
        return self.where in ("any", piece.shape)


@cache
def promise_rules() -> tuple[PromiseRule, ...]:
    """The rules in the order in which they are tried."""
    verbs = {
        name: "|".join(sorted(_spellings(listed_words("verbs", column)), key=lambda each: (-len(each), each)))
        for name, column in _COLUMNS
    }
    told = []
    for row in rows("drafting/promise_rules.csv"):
        pattern = row["pattern"]
        for name, words in verbs.items():
            pattern = pattern.replace("{" + name + "}", words)
        told.append(
            PromiseRule(
                name=row["rule"],
                where=row["where"],
                pattern=re.compile("." if pattern == "{done_lead}" else pattern, re.I),
                says=row["says"] == "yes",
                kind=row["kind"],
                sure=row["sure"],
                why=row["why"],
            )
        )
    return tuple(told)


def _spellings(words: Sequence[str]) -> set[str]:
    """The words, and as the Oxford and American presses spell those that end in -ise, -ising or -ised."""
    return {*words, *(re.sub(r"is(e|ing|ed)$", r"iz\1", each) for each in words if len(each) > 5)}


_COLUMNS = (("act", "verb"), ("ing", "ing"), ("past", "past"))


def promise_in(piece: Piece, *, figures: Sequence[object] = ()) -> FoundPromise | None:
    """What makes this sentence look like a promise, or None. `figures`: those that stand in it."""
    for rule in promise_rules():
        if not rule.looks_at(piece):
            continue
        if rule.name == "progress" and not _DONE_LEAD.search(piece.lead):
            continue
        found = rule.pattern.search(piece.text)
        if not found:
            continue
        if not rule.says:
            return None
        words = " ".join((found.groupdict().get("words") or found.group()).split())
        return FoundPromise(
            rule=rule.name,
            why=rule.why.replace("{words}", words).replace("{lead}", piece.lead[-80:]),
            sure=rule.sure,
            kind=_kind(piece, rule, has_figure=bool(figures)),
        )
    return None


def _kind(piece: Piece, rule: PromiseRule, *, has_figure: bool) -> str:
    """What kind it looks like: a number makes it a figure promise, its first or chief verb an aim or a process."""
    if has_figure:
        return "figure"
    if rule.kind == "objective":
        return "objective"
    verb = ""
    if piece.shape in ("bullet", "heading"):
        first = _AIM_FIRST.match(piece.text)
        verb = first[1].casefold() if first else ""
    else:
        after = re.search(
            r"\b(?:will|shall|to)\s+(?:(?:also|further|continue|be|now|[a-z]+ly)\s+)*(?:to\s+)?([a-z-]+)",
            piece.text,
            re.I,
        )
        verb = after[1].casefold() if after else ""
    kinds = {row[form]: row["kind"] for row in rows("drafting/verbs.csv") for form in ("past", "ing", "verb")}
    found = kinds.get(verb, "")
    if found == "aim":
        return "objective" if piece.shape in ("bullet", "heading") else "action"
    return "process" if found == "process" else "action"
