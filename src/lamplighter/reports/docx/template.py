"""A force's own Word document as a template: its styles, paper, heads and feet are taken, its words are not."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lamplighter.errors import FileRefused, InputError, PartMissing
from lamplighter.workspace.zipping import zip_bytes

MOST_BYTES, MOST_UNPACKED = 50_000_000, 200_000_000
NEEDED = ("Normal", "Table words", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet")
_OLD_WORD = bytes.fromhex("d0cf11e0")
_TYPES = "[Content_Types].xml"
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml."
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, KeyError, ValueError, IndexError, AttributeError, TypeError, SyntaxError,
    RuntimeError, NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Template:
    """A .docx or .dotx as it was read. name: as it is told to a person."""

    name: str
    content: bytes

    def opened(self) -> tuple[Any, frozenset[str]]:
        """The document without its words, and which of the styles that are needed it has. Raises FileRefused."""
        try:
            import docx
            from docx.enum.style import WD_STYLE_TYPE
            from docx.opc.exceptions import OpcError
        except ImportError as lacking:
            raise PartMissing(
                "The Word document needs the extra part `report`. Install it with: "
                "python -m pip install 'lamplighter[report]'"
            ) from lacking
        try:
            document = docx.Document(io.BytesIO(_as_document(self.content, self.name)))
            _emptied(document)
            have = {each.name for each in document.styles if each.type == WD_STYLE_TYPE.PARAGRAPH}
        except (OpcError, *_BROKEN) as broken:
            raise FileRefused(_no_word(self.name)) from broken
        return document, frozenset(have & set(NEEDED))


def read_template(path: Path) -> Template:
    """The template in a file, looked through once. Raises InputError or FileRefused, each with the mend."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"{path} can't be opened ({error.strerror}). Name a Word document (.docx) with --template."
        ) from None
    template = Template(name=path.name, content=content)
    template.opened()
    return template


def _as_document(content: bytes, name: str) -> bytes:
    """The content as a document that may be filled; a .dotx is one under another name."""
    if content.startswith(_OLD_WORD):
        raise FileRefused(f"{name} is an old .doc or is locked with a password. Save it as .docx without one.")
    if len(content) > MOST_BYTES:
        raise FileRefused(f"{name} is larger than {MOST_BYTES:,} bytes. Take the pictures out and keep the styles.")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
            raise FileRefused(f"{name} unpacks to more than {MOST_UNPACKED:,} bytes. Name another template.")
        types = packed.read(_TYPES)
        if b"macroEnabled" in types:
            raise FileRefused(f"{name} holds macros. Save it as .docx, without them.")
        if _MAIN + b"template.main+xml" not in types:
            return content
        parts: Mapping[str, bytes] = {each.filename: packed.read(each) for each in packed.infolist()}
    return zip_bytes({**parts, _TYPES: types.replace(_MAIN + b"template.main+xml", _MAIN + b"document.main+xml")})


def _emptied(document: Any) -> None:
    """Takes every word out, keeps the last section's paper, and gives it the heads and feet of sections before it."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    body = document.element.body
    last = body.get_or_add_sectPr()
    kinds = ("headerReference", "footerReference")
    named: dict[tuple[str, str | None], Any] = {}
    for section in body.iter(qn("w:sectPr")):
        for kind in kinds:
            for each in section.findall(qn(f"w:{kind}")):
                named[kind, each.get(qn("w:type"))] = each
    own = {(kind, each.get(qn("w:type"))) for kind in kinds for each in last.findall(qn(f"w:{kind}"))}
    for key, each in named.items():
        if key not in own:
            last.insert(0, each)
    for child in list(body):
        if child is not last:
            body.remove(child)
    for columns in last.findall(qn("w:cols")):
        last.remove(columns)
    section = document.sections[0]
    for name, millimetres in (
        ("page_width", 210), ("page_height", 297), ("left_margin", 18), ("right_margin", 18), ("top_margin", 16),
        ("bottom_margin", 18),
    ):  # fmt: skip
        if getattr(section, name) is None:
            setattr(section, name, Mm(millimetres))
    if section.page_width - section.left_margin - section.right_margin < Mm(60):
        raise ValueError("no room for words between the margins")


def _no_word(name: str) -> str:
    return f"{name} is not a Word document that can be filled. Open it in Word, save it as .docx, and try again."
