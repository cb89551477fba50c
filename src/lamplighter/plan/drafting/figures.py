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
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_EMERGENCY = {"000", "101", "105", "111", "112", "911", "999"}
# Addresses of pages and people, sizes of files, and marks such as (1, 2, B) that refer to a list: no number in them counts.
_NOT_READ = re.compile(
    r"\b(?:https?://|www\.)\S+|\]\([^)\s]*\)|\S+@\S+\.\w+|\b\d+(?:\.\d+)?\s?[KMG]B\b"
    r"|\((?:\d{1,2}|[A-Za-z]|[ivx]+)(?:\s*[,;]\s*(?:and\s+)?(?:\d{1,2}|[A-Za-z]|[ivx]+))+\)|\(\d\)|\[\d{1,3}\]"
    r"|(?<![.…])(?<![.…]\s)(?:[.…]\s?){4,}\s*\d{1,4}[ \t]*$"
    r"|\b(?:19|20)\d{2}\s?[-–/]\s?(?:(?:19|20)\d{2}|\d{2})\b",
    re.M,
)
_NOTE = re.compile(r"(?:\[|footnote\s*)$", re.I)
_AGED = re.compile(r"\bage[ds]?\s+(?:of\s+)?(?:\d+\s*(?:-|–|to|and)\s*)?$", re.I)
_ROUND_CLOCK = re.compile(
    r"^\s*(?:/\s*7|[ap]\.?m\b|o[’']clock|(?:-|–|to|and)\s*\d+\s?[ap]\.?m\b|hours?\s+a\s+day|days?\s+a\s+week)", re.I
)
_PART = re.compile(
    r"^[\s-]+(?:points?|pages?|steps?|stages?|strands?|parts?)(?:\s+(?:plan|programme|program|strategy|framework|test|approach)s?)?\b"
    r"|^\s+(?-i:Act|Bill|Regulations|Strategy|Plan|Points?|Days\s+of)\b",
    re.I,
)
_LENGTH = re.compile(
    r"^[\s-]+(?:(?:working|calendar|business|school|full|further|more|consecutive|successive|extra)\s+)?(?P<length>minute|second|hour|day|night|week|fortnight|month|quarter|year|decade)s?(?:[’'])?(?![\w’'])",
    re.I,
)
_ENDS_A_NAME = {"people", "women", "men", "children", "staff", "police", "per"}
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
        ("number", rf"(?<![\w£$€.,/#@:%)”])(?P<n>{_DIGITS})(?:\s*(?P<scale>{scale})\b)?(?!(?-i:(?!s\b)\w)|@|[/.:]\d)"),
        (
            "number word",
            rf"\b(?P<word>(?P<tens>{_TENS})[- ](?P<ones>{_ONES}))(?:\s+(?P<scale>thousand|million|billion))?\b",
        ),
        (
            "number word",
            rf"\b(?P<word>{counts})(?:\s+(?P<scale>hundred|thousand|million|billion))?"
            rf"(?:\s+and\s+(?P<tens>{_TENS})(?:[- ](?P<ones>{_ONES}))?)?\b",
        ),
    )
    return tuple((form, re.compile(pattern, re.I)) for form, pattern in forms)


def figures_in(text: str, *, dates: Sequence[tuple[int, int]] = ()) -> tuple[FoundFigure, ...]:
    """The figures in a text, in order. `dates`: spans that are dates already and hold no figure."""
    blocked = bytearray(
        len(text)
    )  # a letter that is part of something already; overlaps are looked up, not searched for
    for start, end in (*dates, *(found.span() for found in _NOT_READ.finditer(text))):
        blocked[start:end] = b"\1" * (end - start)
    taken: list[FoundFigure] = []
    for form, pattern in _forms():
        for found in pattern.finditer(text):
            start, end = found.span()
            if blocked.find(1, start, end) >= 0:
                continue
            told = _read(form, found, text)
            if told is not None:
                taken.append(told)
                blocked[start:end] = b"\1" * (end - start)
    return tuple(sorted(taken, key=lambda each: each.start))


def _read(form: str, found: re.Match[str], text: str) -> FoundFigure | None:
    before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 120]
    groups = found.groupdict()
    sure, why = "firm", ""
    unit: str | None
    noun = _length(after) or _noun_after(re.sub(r"^s\b", "", after))
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
        value = _in_words(groups)
        if not _counts_things(found.group(), before, after, noun):
            return None
        unit, sure, why = noun, "likely", "a number in words before what it counts"
    qualifier, begins = _qualifier(before, after)
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


def _in_words(groups: dict[str, str | None]) -> float:
    """`twenty-five`, `two hundred and fifty`, `six million`."""
    tens, ones, scale = (_folded(groups.get(each) or "") for each in ("tens", "ones", "scale"))
    rest = sum(_small(each) for each in (tens, ones) if each)
    word = _folded(groups["word"] or "")
    if word not in number_words():
        return rest * _SCALES.get(scale, 1)
    return number_words()[word][0] * _SCALES.get(scale, 1) + rest


def _small(text: str) -> float:
    folded = text.casefold()
    return float(folded) if folded.isdigit() else {"one": 1.0}.get(folded) or number_words()[folded][0]


def _is_share(before: str, after: str) -> bool:
    """Is a `half` or `quarter` a share of something, and not half an hour, a quarter of a year or a half-truth?"""
    if re.match(r"-|\s+(?:an?\s+)?(?:hour|day|year|term|way|past|million|billion|dozen)\b", after):
        return False
    return re.search(r"\b(?:other|second|first|latter|better|this|last|next|previous)\s+$", before, re.I) is None


def _is_no_figure(found: re.Match[str], before: str, after: str) -> bool:
    """Is a bare number a name, a reference, an age, a note, a telephone number or a period?"""
    text = found.group()
    if (
        _is_marker(text, before, after)
        or _NOTE.search(before)
        or re.match(r"\s*\]", after)
        or _ROUND_CLOCK.match(after)
        or _PART.match(after)
    ):
        return not re.match(r"-point", after)
    last = re.search(r"([A-Za-z]+)\.?\s*$", before)
    if last and last[1].casefold() in listed_words("not_counted", "word", where="where", holding="before"):
        return True
    if after.startswith("s"):
        return re.search(r"\b(?:under|over)[- ]$", before, re.I) is None
    if _LENGTH.match(after) or _AGED.search(before):
        return False
    if re.match(r"\s?[A-Z]{4,}\b", after) and len(text) == 4:
        return True  # a telephone number such as 1800 RESPECT
    if text in _EMERGENCY and _first(_noun_after(after)) in (
        "",
        *listed_words("not_counted", "word", where="where", holding="after"),
    ):
        return True
    if re.fullmatch(r"0\d+", text) or re.match(r"\s\d{3}", after) or re.search(r"\d\s$", before):
        return True
    if re.search(r"[A-Za-z]-$", before) or re.match(r"(?:st|nd|rd|th)\b", after):
        return True
    noun = _noun_after(after)
    if re.fullmatch(r"(?:19|20)\d{2}", text) and not noun:
        return True
    if re.match(r"\s*(?:-|–|to|and|or)\s*[£$€]?\d", after):
        return False  # the lower end of a range
    named = re.search(r"(?<![.!?:•*–-]\s)(?<!\n)\b[A-Z][\w’'-]*\s+$", before) and re.search(r"\S\s+\S+\s+$", before)
    return bool(named and not noun and text.isdigit()) or not _has_say(before, after)


def _is_marker(text: str, before: str, after: str) -> bool:
    """The number of an item in a running list, of a row or section at the start of its line, or of a page at its foot."""
    if len(text) > 4:
        return False
    return (
        re.match(r"\)\s", after) is not None
        or (re.search(r"\|\s*$", before) is not None and re.match(r"\s*(?:\n|$)", after) is not None)
        or (
            re.search(r"(?:^|\n)[\s“\"]*$", before) is not None
            and re.match(r"(?:\s{2,}|\s(?=[A-Z][a-z]*ing\b))[A-Z]", after) is not None
        )
    )


def _has_say(before: str, after: str) -> bool:
    """A lone number with nothing on either side of it (a page number, a cell) says nothing about anything."""
    return not (re.search(r"(?:^|\n)\s*$", before) and re.match(r"\s*(?:\n|$|[.)]\s)", after))


def _first(noun: str | None) -> str:
    return noun.split()[0].casefold() if noun else ""


def _counts_things(words: str, before: str, after: str, noun: str | None) -> bool:
    """Does a number word stand before things or lengths of time, and not in a name or before "of them"?"""
    if words[0].isupper() and re.search(r"\w[ \t]+$", before) and re.match(r"\s+[A-Z]", after):
        return False  # Six Point Plan
    last = re.search(r"([A-Za-z]+)\s+$", before)
    if last and last[1].casefold() in listed_words("not_counted", "word", where="where", holding="before"):
        return False
    if _PART.match(after) or re.match(r"\s+of\s+(?:us|them|these|which|the\s+same)\b", after):
        return False
    if _LENGTH.match(after) or _AGED.search(before):
        return True
    if not noun:
        return False
    plural = noun.split()[-1].casefold()
    return plural.endswith("s") or plural in _ENDS_A_NAME


def _length(after: str) -> str | None:
    """`years` for a number before a length of time, in "five-year" too."""
    found = _LENGTH.match(after)
    return found and found["length"].casefold() + "s"


def _noun_after(after: str) -> str | None:
    """The few words after a number up to the first that can't be part of a name of things; None if there are none."""
    told = re.match(r"-?\s*(?:\+\s*)?((?:[a-zA-Z][\w’'-]*)(?:[ \t\n]+[a-zA-Z][\w’'-]*){0,4})", after)
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


def _qualifier(before: str, after: str) -> tuple[str, str]:
    found = re.search(rf"\b({any_of(qualifiers())})\s+(?:the\s+|an?\s+)?(?:additional\s+|extra\s+)?$", before, re.I)
    if not found:
        return "", ""
    if _folded(found[1]) == "over" and _LENGTH.match(after):
        return "", found[1]  # "£5m over five years" is a span and no "more than": how firmly it is put, a person says
    return qualifiers()[_folded(found[1])], found[1]
