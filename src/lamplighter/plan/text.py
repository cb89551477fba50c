"""A reader's own copy of a plan's text, matched sentence by sentence by hash: the text itself is never shipped."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lamplighter.errors import FileRefused

_LOOKALIKES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "\u00a0": " "})
_BULLET = re.compile(r"^\s*(?:[-+*•·▪]|\d{1,2}[.)])\s+")
_ENDS = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9+])")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|vs|e\.g|i\.e|etc|approx)\.$")
_JOIN_AT_MOST = 3


@dataclass(frozen=True, kw_only=True)
class FoundSentence:
    """A sentence as it stands in the reader's text; `plain`: normalised, as the digest is made from it."""

    position: int
    text: str
    sha256: str
    plain: str


def normalised(sentence: str) -> str:
    """The sentence without what differs from copy to copy: kinds of quote and dash, white space, bullets, last mark."""
    plain = unicodedata.normalize("NFKC", sentence).translate(_LOOKALIKES)
    plain = _BULLET.sub("", " ".join(plain.split()))
    return plain.strip(" .;,\"'").casefold()


def digest_of(sentence: str) -> str:
    """SHA-256 of the normalised sentence."""
    return _digest_of_plain(normalised(sentence))


def _digest_of_plain(plain: str) -> str:
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()


def sentences_of(text: str) -> list[FoundSentence]:
    """The text cut into sentences: a blank line or a bullet ends one, and so does a full stop before a capital."""
    blocks: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = paragraph.split("\n")
        block: list[str] = []
        for line in lines:
            if _BULLET.match(line) and block:
                blocks.append(" ".join(block))
                block = []
            block.append(line.strip())
        blocks.append(" ".join(block))
    found: list[str] = []
    for block_text in blocks:
        whole = " ".join(block_text.split())
        if not whole:
            continue
        held = ""
        for piece in _ENDS.split(whole):
            held = f"{held} {piece}".strip()
            if not _ABBREVIATED.search(held):
                found.append(held)
                held = ""
        if held:
            found.append(held)
    kept = [(sentence, plain) for sentence in found if (plain := normalised(sentence))]
    return [
        FoundSentence(position=at, text=sentence, sha256=_digest_of_plain(plain), plain=plain)
        for at, (sentence, plain) in enumerate(kept, 1)
    ]


def match(text: str, digests: Iterable[str]) -> dict[str, str]:
    """Which of the hashed sentences stand in this text, and how do they read? → digest: sentence.

    A copy that breaks sentences over blank lines is met by trying up to three neighbours joined together.
    """
    wanted = set(digests)
    pieces = sentences_of(text)
    matched: dict[str, str] = {}
    for at in range(len(pieces)):
        joined = ""
        for piece in pieces[at : at + _JOIN_AT_MOST]:
            joined = f"{joined} {piece.text}".strip()
            digest = digest_of(joined)
            if digest in wanted:
                matched.setdefault(digest, joined)
    return matched


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 (or Windows-1252). Raises FileRefused for what is not text."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise FileRefused(f"There is no file {path.name}. Give the path of your copy of the text.") from None
    except IsADirectoryError:
        raise FileRefused(f"{path.name} is a folder. Give the path of your copy of the text.") from None
    if not raw.strip():
        raise FileRefused(f"{path.name} is empty. Give the path of your copy of the text.")
    if b"\x00" in raw or raw.startswith((b"%PDF", b"PK\x03\x04")):
        raise FileRefused(
            f"{path.name} is not plain text. Save your copy of the text as UTF-8 plain text and give that."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
