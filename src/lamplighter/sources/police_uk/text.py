"""Is this text a CSV that can be read, and in which encoding?"""

from __future__ import annotations

from lamplighter.errors import FileRefused
from lamplighter.sources.signatures import what_it_is

_BOM = b"\xef\xbb\xbf"


def utf8_of(content: bytes, *, name: str) -> tuple[bytes, list[str]]:
    """The same text as UTF-8 without a byte order mark, and a warning where it was Windows-1252.

    Raises FileRefused when it is empty, no text at all, UTF-16, or holds NUL bytes.
    """
    content = content.removeprefix(_BOM)
    if not content[:4096].strip() and not content.strip():
        raise FileRefused(f"{name} is empty. Download it again.")
    found = what_it_is(content[:4096])
    if "UTF-16" in found:
        raise FileRefused(f"{name} is text in UTF-16. Save it again as UTF-8 (in Excel: “CSV UTF-8”).")
    if found != "CSV" and "NUL" not in found:
        raise FileRefused(f"{name} is no CSV: it holds {found}. Download it again, and open it once to see a table.")
    at = content.find(b"\x00")
    if at >= 0:
        line = content.count(b"\n", 0, at) + 1
        raise FileRefused(f"{name}: line {line} holds NUL bytes, so it is damaged or in UTF-16. Save it as UTF-8.")
    if content.isascii():
        return content, []
    try:
        content.decode("utf-8")
        return content, []
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise FileRefused(f"{name}: line {line} is neither UTF-8 nor Windows-1252. Save it as UTF-8.") from None
    warning = f"{name} is not UTF-8 (line {line}); it was read as Windows-1252. Check the names with accents."
    return text.encode("utf-8"), [warning]
