"""A text cut into sentences that know where they stand: offsets, the list they belong to, and an id that survives edits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lamplighter.plan.drafting.words import listed_words
from lamplighter.plan.text import digest_of, normalised

# Marks of the symbol fonts of word processors arrive as characters of the private use area, their hollow round one as "o".
BULLET_MARK = r"(?:[-+*•·▪▫◦‣–●○■□❑❖➢➤►▶✓✔✗➔→\ue000-\uf8ff]|o(?=[ \t]+[A-Z]))"
_BULLET = re.compile(rf"[ \t]*(?:{BULLET_MARK}|\(?\d{{1,2}}[.)]|\([a-z]\)|[a-z]\))[ \t]+")
_FULL_STOP = re.compile(r"[.!?]+[\"”’')\]*]*(?:(?<=[a-z\"”’')][.!?])\d{1,2}|\[\d{1,3}\])?(?=\s+[\"“‘'(\[+]*[A-Z0-9£])")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|No|vs|e\.g|i\.e|approx|Det|Supt|Insp|Sgt|Ch|Prof|Rt|Hon|Cllr|[A-Z])\.$"
)
_ENDED = re.compile(r"[.!?;,]+[\"”’')\]]*$")
_HEADING_AT_MOST_WORDS = 14
_WRAPPED_AT_MOST = 130
# Headings that say of the list under them whether it is to be done or done, as a line with a colon does.
_HEADING_OPENS = re.compile(
    r"^(?!how\b)(?:.*\b(?:we|i|council|force|police|service)\s+(?:will|are\s+going\s+to|pledge|promise)\b.*"
    r"|(?:\d+[.)]?\s+)?(?:our\s+|key\s+|next\s+|planned\s+|proposed\s+|new\s+)*(?:actions|commitments|pledges|promises|next\s+steps)"
    r"|(?:our\s+|key\s+)?achievements.*|what\s+(?:we\s+have|has\s+been|we[’']ve)\s+(?:already\s+)?(?:done|achieved|delivered)\b.*)\W*$",
    re.I,
)
_FIRST_WORD = re.compile(r"[ \t]*[“\"'‘]?([A-Z][\w-]*)\s+[a-z£\d]")
_GOES_ON = re.compile(r"\w,$|\b(?:a|an|and|at|by|for|from|in|of|on|or|our|that|the|their|to|with)$", re.I)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One sentence: `shape` is sentence, bullet, heading or lead (it ends with a colon); `lead` opened the list it is in."""

    id: str
    position: int
    start: int
    end: int
    text: str
    sha256: str
    shape: str
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class _Block:
    start: int
    end: int
    bullet: bool


def cut(text: str) -> tuple[Piece, ...]:
    """The sentences of a text in order. An id is made of the sentence's own words: edits elsewhere leave it as it is."""
    found: list[Piece] = []
    times: dict[str, int] = {}
    lead = ""
    for block in _blocks(text):
        if not block.bullet:
            lead = ""
        spans = [span for span in _sentences(text, block) if normalised(text[span[0] : span[1]])]
        for start, end in spans:
            raw = text[start:end]
            words = " ".join(raw.split())
            digest = digest_of(raw)
            times[digest] = times.get(digest, 0) + 1
            again = f"-{times[digest]}" if times[digest] > 1 else ""
            shape = _shape(words, bullet=block.bullet, alone=len(spans) == 1)
            found.append(
                Piece(
                    id=f"S-{digest[:8]}{again}",
                    position=len(found) + 1,
                    start=start,
                    end=end,
                    text=words,
                    sha256=digest,
                    shape=shape,
                    lead=lead if block.bullet else "",
                )
            )
            if shape == "lead":
                lead = f"{found[-1].lead} {words}".strip()
            elif shape == "heading" and _HEADING_OPENS.match(words):
                lead = words
    return tuple(found)


def _shape(words: str, *, bullet: bool, alone: bool) -> str:
    if words.rstrip("\"”’'").endswith(":"):
        return "lead"
    if bullet:
        return "bullet"
    if alone and not _ENDED.search(words) and len(words.split()) <= _HEADING_AT_MOST_WORDS:
        return "heading"
    return "sentence"


def _blocks(text: str) -> Iterator[_Block]:
    """Runs of lines that belong together: an empty line, a bullet or a line that had room for the next word ends one."""
    lines = [(found.start(), found.end()) for found in re.finditer(r"[^\n]+", text)]
    lines = [(start, end) for start, end in lines if text[start:end].strip()]
    lengths = sorted(end - start for start, end in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    held: list[int] = []
    bullet = False
    listing = False  # after "We will:" lines that begin with what to do are items, though their marks were lost
    for at, (start, end) in enumerate(lines):
        mark = _BULLET.match(text, start, end)
        item = listing and not mark and (_begins_with_a_doing(text[start:end]) or _goes_on_as_item(text, lines, at))
        follows = (
            bool(held)
            and not mark
            and not item
            and not _is_heading(text, lines, at)
            and not _ends_block(text, lines[at - 1], (start, end), width=width, bullet=bullet)
        )
        if not follows:
            if held:
                yield _Block(start=held[0], end=held[1], bullet=bullet)
            listing = item or (listing and mark is not None)
            bullet = item or mark is not None
            held = [mark.end() if mark else start, end]
        else:
            held[1] = end
        listing = listing or text[start:end].rstrip().endswith(":")
    if held:
        yield _Block(start=held[0], end=held[1], bullet=bullet)


def _is_heading(text: str, lines: list[tuple[int, int]], at: int) -> bool:
    """A few words after a full stop and before a list or an empty line, though the line above may have had no room for them."""
    words = text[slice(*lines[at])].strip()
    if len(words.split()) > _HEADING_AT_MOST_WORDS // 2 or _ENDED.search(words) or not words[0].isupper():
        return False
    above = text[slice(*lines[at - 1])].rstrip()
    asks = re.match(r"(?:how|what|why|who|where|when|next|our)\b", words, re.I) and not _GOES_ON.search(above)
    if at + 1 == len(lines) or not (asks or re.search(r"[.!?][\"”’')\]]*$", above)):
        return False
    begins, ends = lines[at + 1]
    return text.count("\n", lines[at][1], begins) > 1 or _BULLET.match(text, begins, ends) is not None


def _begins_with_a_doing(line: str) -> bool:
    first = _FIRST_WORD.match(line)
    return first is not None and first[1].casefold() in _doings()


def _goes_on_as_item(text: str, lines: list[tuple[int, int]], at: int) -> bool:
    """After an item that ended, and an empty line or a new one, a line in small letters is the next item of the same lead."""
    if not at:
        return False
    above, words = text[slice(*lines[at - 1])].rstrip(), text[slice(*lines[at])].lstrip("“\"'‘ \t")
    ended = above.endswith((":", ";")) or (above.endswith(".") and text.count("\n", lines[at - 1][1], lines[at][0]) > 1)
    return ended and words[:1].islower()


@cache
def _doings() -> frozenset[str]:
    return frozenset({*listed_words("verbs", "verb"), *listed_words("verbs", "ing")})


def _ends_block(text: str, line: tuple[int, int], following: tuple[int, int], *, width: int, bullet: bool) -> bool:
    """Did the line end on purpose? A list item does as soon as the next word had room; other lines may be ragged."""
    if text.count("\n", line[1], following[0]) > 1:
        return True
    words, after = text[line[0] : line[1]].strip(), text[following[0] : following[1]].strip()
    if words.endswith(":"):
        return True
    if after[0].islower() or _GOES_ON.search(words):
        return False
    if width > _WRAPPED_AT_MOST or _begins_with_a_doing(after):
        return True
    return len(words) + 1 + len(after.split()[0]) <= (0.92 if bullet else 0.85) * width


def _sentences(text: str, block: _Block) -> Iterator[tuple[int, int]]:
    start = block.start
    for stop in _FULL_STOP.finditer(text, block.start, block.end):
        if _ABBREVIATED.search(text[start : stop.end()]):
            continue
        yield _trimmed(text, start, stop.end())
        start = stop.end()
    yield _trimmed(text, start, block.end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
