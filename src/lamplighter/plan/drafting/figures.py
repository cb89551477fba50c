"""Numbers that a text gives for something: counts, shares, money, rates; with unit, how firmly put, and what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lamplighter.plan.drafting.words import any_of, listed_words, number_words, qualifiers

_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "hundred": 1e2}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SMALL = r"one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
_EMERGENCY = {"101", "111", "999", "112"}
_NOTE = re.compile(r"(?:\[|footnote\s*)$", re.I)
_AGES = re.compile(r"^\s*(?:[-–]|to|and)\s*\d+\b|^[\s-]*(?:year|yr)s?[\s-]old|^s\b(?!\w)", re.I)
_ROUND_CLOCK = re.compile(r"^\s*(?:/\s*7|hours?\s+a\s+day|days?\s+a\s+week)", re.I)
_PERIOD = re.compile(
    r"^(?:[\s-]+(?:days?|hours?)\s+(?:plan|review|pilot|programme|helpline|service|of\s+action)"
    r"|[\s-]+(?:weeks?|months?|years?|decades?|fortnights?|point|page|step|stage|strand|part)"
    r"|\s+(?:Act|Bill|Regulations|Strategy|Plan))\b",
    re.I,
)
_ENDS_A_NAME = {"people", "women", "men", "children", "staff"}
_MONEY = {"£": "£", "$": "$", "€": "€"}


@dataclass(frozen=True, kw_only=True)
class FoundFigure:
    """A number: `unit` is None where the words next to it name none; `counts` is the stretch that says of what."""

    start: int
    end: int
    words: str
    value: float
    unit: str | None
    qualifier: str
    counts: str
    sure: str
    why: str


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    scale = "|".join(sorted(_SCALES, key=len, reverse=True))
    shares = any_of(word for word, (_, kind) in number_words().items() if kind == "share")
    cuts = any_of(word for word, (_, kind) in number_words().items() if kind in ("cut", "times"))
    counts = any_of(word for word, (_, kind) in number_words().items() if kind == "count")
    forms = (
        ("money", rf"(?P<sign>[£$€])\s?(?P<n>{_DIGITS})(?:\s*(?P<scale>{scale})\b)?"),
        ("share", rf"(?<![\w.])(?P<n>{_DIGITS})\s*(?:%|per\s*cent\b|percent\b|percentage\s+points?\b)"),
        (
            "one in",
            rf"\b(?P<a>{_SMALL}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<b>{_SMALL}|\d{{1,3}})\b"
            r"(?![,/]\d|\s+(?:thousand|million|billion))",
        ),
        ("share word", rf"\b(?P<word>{shares})\b"),
        ("change word", rf"\b(?P<word>{cuts})\b"),
        ("number", rf"(?<![\w£$€.,/#@:])(?P<n>{_DIGITS})(?:\s*(?P<scale>{scale})\b)?(?![\w@]|[/.:]\d)"),
        ("number word", rf"\b(?P<word>{counts})(?:\s+(?P<scale>hundred|thousand|million|billion))?\b"),
    )
    return tuple((form, re.compile(pattern, re.I)) for form, pattern in forms)


def figures_in(text: str, *, dates: Sequence[tuple[int, int]] = ()) -> tuple[FoundFigure, ...]:
    """The figures in a text, in order. `dates`: spans that are dates already and hold no figure."""
    blocked = list(dates)
    taken: list[FoundFigure] = []
    for form, pattern in _forms():
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(start < b and a < end for a, b in blocked):
                continue
            told = _read(form, found, text)
            if told is not None:
                taken.append(told)
                blocked.append((start, end))
    return tuple(sorted(taken, key=lambda each: each.start))


def _read(form: str, found: re.Match[str], text: str) -> FoundFigure | None:
    before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 120]
    groups = found.groupdict()
    sure, why = "firm", ""
    unit: str | None
    noun = _noun_after(after)
    if form == "money":
        unit, value, why = _MONEY[groups["sign"]], _number(groups), "a sum of money"
    elif form == "share":
        unit, value, why = "%", _number(groups), "a share in per cent"
        if "point" in found.group().casefold():
            unit, why = "percentage points", "a change in percentage points"
    elif form == "one in":
        first, of = (_small(groups[key]) for key in ("a", "b"))
        if not of or first >= of:
            return None
        unit, value, why = "%", round(100 * first / of, 4), "a share said as so many in so many"
    elif form == "share word":
        if not _is_share(before, after):
            return None
        unit, value = "%", number_words()[_folded(groups["word"])][0]
        sure, why = "likely", "a share said in a word"
    elif form == "change word":
        value, kind = number_words()[_folded(groups["word"])]
        if re.match(r"-|\s+(?:check|standards?|glaz|figures?|down|decker)", after):
            return None
        unit = "%" if kind == "cut" else "times"
        sure, why = "doubtful", "a change said in a word"
    elif form == "number":
        if _is_no_figure(found, before, after):
            return None
        value, unit, why = _number(groups), noun, "a number"
        sure = "firm" if noun or value >= 100 else "likely"
    else:
        value = number_words()[_folded(groups["word"])][0] * _SCALES.get((groups["scale"] or "").casefold(), 1)
        if not _counts_things(before, after, noun):
            return None
        unit, sure, why = noun, "likely", "a number in words before what it counts"
    qualifier, begins = _qualifier(before)
    return FoundFigure(
        start=found.start(),
        end=found.end(),
        words=" ".join(f"{begins} {found.group()}".split()),
        value=value,
        unit=unit,
        qualifier=qualifier,
        counts=_counts(after),
        sure=sure,
        why=why if unit else f"{why}; the words beside it name no unit",
    )


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def _number(groups: dict[str, str | None]) -> float:
    value = float(str(groups["n"]).replace(",", ""))
    return round(value * _SCALES.get((groups.get("scale") or "").casefold(), 1), 4)


def _small(text: str) -> float:
    folded = text.casefold()
    return float(folded) if folded.isdigit() else {"one": 1.0}.get(folded) or number_words()[folded][0]


def _is_share(before: str, after: str) -> bool:
    """Is a `half` or `quarter` a share of something, and not half an hour, a quarter of a year or a half-truth?"""
    if re.match(r"-|\s+(?:an?\s+)?(?:hour|day|year|term|way|past)\b", after):
        return False
    return re.search(r"\b(?:other|second|first|latter|better|this|last|next|previous)\s+$", before, re.I) is None


def _is_no_figure(found: re.Match[str], before: str, after: str) -> bool:
    """Is a bare number a name, a reference, an age, a note, a telephone number or a period?"""
    text = found.group()
    if _NOTE.search(before) or re.match(r"\s*\]", after) or _ROUND_CLOCK.match(after) or _PERIOD.match(after):
        return not re.match(r"-point", after)
    last = re.search(r"([A-Za-z]+)\.?\s*$", before)
    if last and last[1].casefold() in listed_words("not_counted", "word", where="where", holding="before"):
        return True
    if re.search(r"\bage[ds]?\s+(?:of\s+)?(?:\d+\s*(?:-|–|to|and)\s*)?$|\bunder[- ]$|\bover[- ]$(?<=-)", before, re.I):
        return True
    if _AGES.match(after) and re.search(
        r"\b(?:aged?|ages|women|men|girls|boys|people|those)\s+(?:\w+\s+)?$", before, re.I
    ):
        return True
    if re.match(r"[\s-]*(?:year|yr)s?[\s-]old|s\b", after):
        return True
    if text in _EMERGENCY and not _noun_after(after):
        return True
    if re.fullmatch(r"0\d+", text) or re.match(r"\s\d{3}", after) or re.search(r"\d\s$", before):
        return True
    if re.search(r"[A-Za-z]-$", before) or re.match(r"(?:st|nd|rd|th)\b", after):
        return True
    noun = _noun_after(after)
    if re.fullmatch(r"(?:19|20)\d{2}", text) and not noun:
        return True
    named = re.search(r"(?<![.!?:]\s)(?<!\n)\b[A-Z][\w’'-]*\s+$", before) and re.search(
        r"\S\s+\S+\s+$|^\S+\s+$", before
    )
    return bool(named and not noun and text.isdigit()) or not _has_say(before, after, text)


def _bare(text: str) -> str:
    return re.sub(r"[^\d.]", "", text).rstrip(".") or "0"


def _has_say(before: str, after: str, text: str) -> bool:
    """A lone number with nothing on either side of it (a page number, a cell) says nothing about anything."""
    if re.search(r"(?:^|\n)\s*$", before) and re.match(r"\s*(?:\n|$|[.)]\s)", after):
        return False
    small = float(_bare(text)) < 10 and text.isdigit()
    first = re.match(r"\s*([A-Za-z]+)", after)
    structure = listed_words("not_counted", "word", where="where", holding="after")
    return not (small and first is not None and first[1].casefold() in structure)


def _counts_things(before: str, after: str, noun: str | None) -> bool:
    """Does a number word stand before things, and not before periods or the text's own parts?"""
    if not noun or _PERIOD.match(after) or re.match(r"\s+of\s+(?:us|them|these|which|the\s+same)\b", after):
        return False
    first = noun.split()[0].casefold()
    if first in listed_words("not_counted", "word", where="where", holding="after"):
        return False
    plural = noun.split()[-1].casefold()
    if not (plural.endswith("s") or plural in ("people", "women", "men", "children", "staff", "police", "per")):
        return False
    if plural in listed_words("not_counted", "word", where="where", holding="after"):
        return False
    last = re.search(r"([A-Za-z]+)\s+$", before)
    return not last or last[1].casefold() not in listed_words("not_counted", "word", where="where", holding="before")


def _noun_after(after: str) -> str | None:
    """The few words after a number up to the first that can't be part of a name of things; None if there are none."""
    told = re.match(r"\s*(?:\+\s*)?((?:[a-zA-Z][\w’'-]*)(?:[ \t\n]+[a-zA-Z][\w’'-]*){0,4})", after)
    if not told:
        return None
    ends = listed_words("unit_ends", "word")
    words = told[1].split()
    kept: list[str] = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word.casefold() in ends:
            break
        kept.append(word)
        if word.casefold() in _ENDS_A_NAME or (_is_plural(word) and not _is_plural(following)):
            break
    return " ".join(kept) or None


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "’s", "'s"))


def _counts(after: str) -> str:
    """The stretch after a number that says what it counts, up to the end of its clause."""
    return " ".join(re.split(r"[.;:!?](?:\s|$)|\n\s*\n|,\s", after, maxsplit=1)[0].split()[:14])


def _qualifier(before: str) -> tuple[str, str]:
    found = re.search(rf"\b({any_of(qualifiers())})\s+(?:the\s+|an?\s+)?(?:additional\s+|extra\s+)?$", before, re.I)
    if not found:
        return "", ""
    return qualifiers()[_folded(found[1])], found[1]
