"""The lines of printed pages as running text: without heads, feet, contents and broken words, the notes after the last page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lamplighter.plan.drafting.cutting import BULLET_MARK

_PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?\W*$", re.I)
_LEADERS = re.compile(r"(?:[.…_·]\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})?\s*$", re.I)
_CONTENTS = re.compile(r"^\W*(?:table\s+of\s+)?contents\W*$", re.I)
_ENDS_WITH_PAGE = re.compile(r"\D\s+(\d{1,3})\s*$")
_NOTE = re.compile(r"^\s*(\d{1,3})\s?(?=[A-Z“‘(]|https?:|www\.)")
_NOTE_AT_MOST_LINES = 4
_BROKEN = re.compile(r"(?P<first>[^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010][ \t]*\n[ \t]*(?P<second>[a-z]+\S*)[ \t]?")
_SOFT = "\u00ad"
_LONE_BULLET = re.compile(rf"^[ \t]*({BULLET_MARK}|o(?=[ \t]*\n[A-Z]))[ \t]*\n(?=[^\n\s])", re.M)


def running_text(pages: Sequence[Sequence[str]]) -> str:
    """One text of the lines of each page. Of two pages a head that both have is dropped; of many, one that three have."""
    edges = Counter(_shape(line) for lines in pages for line in {*_edge(lines)})
    repeated = 2 if len(pages) <= 3 else 3
    kept: list[str] = []
    notes: list[str] = []
    for lines in pages:
        edge = {*_edge(lines)}
        body = [
            line
            for line in lines
            if not _PAGE_NUMBER.match(line) and not (line in edge and edges[_shape(line)] >= repeated)
        ]
        body, found = _without_notes(body)
        while body and not body[-1].strip():
            body.pop()  # a sentence that runs on over the page must not meet an empty line
        while body and not body[0].strip():
            body.pop(0)
        kept += body
        notes += found
    text = "\n".join(_without_contents(kept))
    if notes:
        text = text.rstrip() + "\n\n" + "\n\n".join(notes) + "\n"
    return _mended(text)


def _edge(lines: Sequence[str]) -> list[str]:
    filled = [line for line in lines if line.strip()]
    return [*filled[:2], *filled[-2:]]


def _shape(line: str) -> str:
    """The line with its page number left open, so that "Page 3 of 40" is the same foot as "Page 4 of 40"."""
    words = " ".join(line.split())
    words = re.sub(r"\bpage\s+\d+(?:\s+of\s+\d+)?", "page #", words, flags=re.I)
    return re.sub(r"^\d{1,4}\s+(?=\D)|(?<=\S)\s+\d{1,4}$", " # ", words)


def _without_contents(lines: Sequence[str]) -> list[str]:
    """The lines without those of a list of contents: dot leaders, or page numbers that rise after the word "Contents"."""
    kept: list[str] = []
    listing, page = False, 0
    for line in lines:
        if _LEADERS.search(line):
            continue
        if _CONTENTS.match(line):
            listing, page = True, 0
            continue
        if listing and line.strip():
            number = _ENDS_WITH_PAGE.search(line)
            if number and int(number[1]) >= page:
                page = int(number[1])
                continue
            listing = False
        kept.append(line)
    return kept


def _without_notes(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of a page without its footnotes and their marks, and the notes: a note breaks the sentence that runs on."""
    body: list[str] = []
    notes: list[str] = []
    at = 0
    while at < len(lines):
        told = _NOTE.match(lines[at])
        mark = re.compile(rf"(?<=[^\W\d_])(?P<stop>[.,;:)”’\"]*){told[1]}(?!\d)(?=\s|$|[.,;:)])") if told else None
        if not told or mark is None or not any(mark.search(line) for line in body):
            body.append(lines[at])
            at += 1
            continue
        note = [lines[at]]
        while (
            not re.search(r"[.)\d]\s*$", note[-1]) and len(note) < _NOTE_AT_MOST_LINES and at + len(note) < len(lines)
        ):
            note.append(lines[at + len(note)])
        notes.append(" ".join(" ".join(note).split())[len(told[1]) :].strip())
        body = [mark.sub(lambda found: found["stop"], line) for line in body]
        at += len(note)
    return body, notes


def _mended(text: str) -> str:
    """Words that a line end broke are whole again, items stand by their marks.

    A hyphen stays where the text has the same word with it elsewhere.
    """
    text = re.sub(rf"{_SOFT}[ \t]*\n[ \t]*([a-z]\S*)[ \t]?", r"\1\n", text)
    text = _LONE_BULLET.sub(lambda found: f"{found[1]} ", text)
    text = re.sub(rf"(?<=\s){_SOFT}(?=\s|$)", "-", text).replace(_SOFT, "")
    known = {word.casefold() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-?\s*\n)", text)}

    def joined(found: re.Match[str]) -> str:
        ahead, behind = found["first"], found["second"]
        second = re.match(r"[a-z]+", behind)[0]  # type: ignore[index]  # the pattern begins with letters
        last = ahead.split("-")[-1].casefold()
        keeps = f"{ahead}-{second}".casefold() in known or (
            f"{ahead}{second}".casefold() not in known
            and f"{last}{second}" not in known
            and last in known
            and second in known
        )
        return f"{ahead}{'-' if keeps else ''}{behind}\n"  # the line stays a line: where it ends says what belongs together

    return _BROKEN.sub(joined, text)
