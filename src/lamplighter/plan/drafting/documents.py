"""The text of a document: plain text, HTML, DOCX, or a PDF that has a text layer."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from lamplighter.errors import FileRefused, PartMissing
from lamplighter.plan.drafting.pages import running_text
from lamplighter.plan.text import read_text

_BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th",
    "tr", "ul",
}  # fmt: skip
_UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "nav", "button", "select", "footer", "dialog"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_CELL = "\x00"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_UNPACKED_BYTES = 200_000_000
_MAIN_AT_LEAST = 0.2
_CELL_AT_LEAST_WORDS = 4


def read_document(path: Path) -> str:
    """The text of a document with one line end, LF. Raises FileRefused for what can't be read, PartMissing for no pypdf.

    A list item becomes a line that begins with "- ", a paragraph or a cell ends with an empty line. Offsets count in this text.
    """
    suffix = path.suffix.casefold()
    if not path.is_file():
        return _plain(read_text(path))  # which says what is wrong
    begins = path.read_bytes()[:8]
    if begins.startswith(b"%PDF") or suffix == ".pdf":
        return _plain(_of_pdf(path))
    if begins.startswith(b"PK\x03\x04") or suffix == ".docx":
        return _plain(_of_docx(path))
    if begins.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(f"{path.name} is an old Word file. Save it as .docx, or as plain text, and give that.")
    text = read_text(path)
    looks = text.lstrip()[:200].casefold()
    if suffix in (".html", ".htm", ".xhtml") or looks.startswith(("<!doctype html", "<html")):
        text = _of_html(text)
    text = _plain(text)
    if not text.strip():
        raise FileRefused(f"{path.name} has no text that a reader would see. Save the text of the page and give that.")
    return text


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\f", "\n\n")


class _Page(HTMLParser):
    """What a reader sees of a page, block by block; of a page that marks its main part, that part by itself too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.main: list[str] = []
        self.mains: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            if tag in _BLOCKS:
                self._add("\n\n")
            return
        told = dict(attrs)
        if self.unseen or tag in _UNSEEN or _is_furniture(tag, told):
            self.unseen.append(tag)
            return
        if self.mains or tag == "main" or told.get("role") == "main":
            self.mains.append(tag)
        if tag == "li":
            self._add("\n- ")
        elif tag in ("td", "th"):
            self._add(f"\n\n{_CELL}")
        elif tag in _BLOCKS:
            self._add("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag in self.unseen:
                while self.unseen.pop() != tag:
                    pass
            return
        if tag in _BLOCKS or tag == "li":
            self._add("\n\n" if tag != "li" else "\n")
        if tag in self.mains:
            while self.mains.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self._add(re.sub(r"\s+", " ", data))

    def _add(self, words: str) -> None:
        self.out.append(words)
        if self.mains:
            self.main.append(words)


def _is_furniture(tag: str, attrs: dict[str, str | None]) -> bool:
    """Does this part belong to the site and not to the page: navigation, banner, foot, cookies?"""
    if "hidden" in attrs or attrs.get("role") in ("navigation", "banner", "contentinfo", "search"):
        return True
    named = f"{attrs.get('id') or ''} {attrs.get('class') or ''}".casefold()
    return (
        tag not in ("html", "body", "main", "article")
        and re.search(r"\b(?:cookies?|breadcrumbs?|skip-?link)", named) is not None
    )


def _of_html(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    whole, main = "".join(page.out), "".join(page.main)
    told = main if len(main.split()) >= _MAIN_AT_LEAST * len(whole.split()) else whole
    told = re.sub(rf"{_CELL}\s*(?P<words>[^\n]*)", lambda found: _cell(found["words"]), told)
    told = re.sub(r"[ \t]*\n[ \t]*", "\n", told)
    told = re.sub(r"\n-\n+", "\n- ", told)  # <li><p>
    return re.sub(r"\n{3,}", "\n\n", told).strip() + "\n"


def _cell(words: str) -> str:
    """A cell of a table. One that holds a sentence is an item of a list, as actions in a plan's table are."""
    return f"- {words}" if len(words.split()) >= _CELL_AT_LEAST_WORDS else words


def _of_docx(path: Path) -> str:
    damaged = FileRefused(f"{path.name} can't be read as DOCX. Open it in a word processor and save it as .docx again.")
    try:
        with zipfile.ZipFile(path) as packed:
            body = packed.getinfo("word/document.xml")
            if body.file_size > _MOST_UNPACKED_BYTES:
                raise FileRefused(f"{path.name} unpacks to {body.file_size:,} bytes of text, which no plan is.")
            raw = packed.read(body)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError):
        raise damaged from None
    if b"<!DOCTYPE" in raw[:2000] or b"<!ENTITY" in raw:
        raise damaged
    try:
        root = ElementTree.fromstring(raw)  # noqa: S314  no DOCTYPE, so no entities to expand
    except ElementTree.ParseError:
        raise damaged from None
    lines = []
    for paragraph, celled in _paragraphs(root, celled=False):
        words = _words_of(paragraph).strip()
        if not words or _style(paragraph).startswith("TOC"):
            continue
        listed = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None or _style(paragraph).startswith("List")
        told = f"- {words}" if listed else _cell(words) if celled else words
        lines.append(f"{told}\n" if listed else f"{told}\n\n")
    if not lines:
        raise FileRefused(f"{path.name} has no text. Save its text as a .txt file and give that.")
    return "".join(lines)


def _paragraphs(within: ElementTree.Element, *, celled: bool) -> Iterator[tuple[ElementTree.Element, bool]]:
    """The paragraphs in order, those in a text box after the one that holds it; is each in a table's cell?"""
    for each in within:
        if each.tag == _FALLBACK:
            continue  # the same text box again, for older word processors
        if each.tag == f"{_WORD}p":
            yield each, celled
        yield from _paragraphs(each, celled=celled or each.tag == f"{_WORD}tc")


def _words_of(paragraph: ElementTree.Element) -> str:
    """The words of one paragraph as they stand after tracked changes: deleted words have another tag and are not read."""
    out = []
    for each in paragraph:
        if each.tag == f"{_WORD}t":
            out.append(each.text or "")
        elif each.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            out.append(" ")
        elif each.tag == f"{_WORD}noBreakHyphen":
            out.append("-")
        elif each.tag not in (f"{_WORD}p", f"{_WORD}pPr", _FALLBACK):
            out.append(_words_of(each))
    return "".join(out)


def _style(paragraph: ElementTree.Element) -> str:
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return "" if style is None else style.get(f"{_WORD}val", "")


def _of_pdf(path: Path) -> str:
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise PartMissing(
            "Reading a PDF needs pypdf: install lamplighter[draft]. Or save the text as a .txt file."
        ) from None
    try:
        reader: Any = pypdf.PdfReader(BytesIO(path.read_bytes()))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileRefused(f"{path.name} is locked with a password. Save it without one and give that.")
        pages = [(page.extract_text() or "").split("\n") for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, NotImplementedError):
        raise FileRefused(f"{path.name} can't be read as a PDF. Save its text as a .txt file and give that.") from None
    if not any(line.strip() for lines in pages for line in lines):
        raise FileRefused(
            f"{path.name} has no text layer: its pages are pictures. Run it through text recognition, or type the text."
        )
    return running_text(pages)
