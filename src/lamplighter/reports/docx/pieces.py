"""The few shapes that the Word document is made of, in styles of its own: headings, sentences with ids, tables, pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lamplighter.errors import PartMissing
from lamplighter.reports.docx.numbering import bullet_number
from lamplighter.reports.docx.template import Template

FONT = "Arial"  # on every computer; a font of ours would be replaced where it is not installed
BRAND, QUIET, AMBER, HAIR = "4A1942", "574057", "B45309", "B48FAE"
TEXT_WIDTH_MM = 174.0
_TWIPS_A_MM = 1440 / 25.4
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TABLE_STYLE = "Tablewords"
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words in one dress: plain, bold, small, quiet, or the bracketed id of a number."""

    words: str
    bold: bool = False
    quiet: bool = False
    size_pt: float | None = None


Words = str | Piece


def bold(words: str) -> Piece:
    return Piece(words=words, bold=True)


def quiet(words: str, *, size_pt: float | None = None) -> Piece:
    return Piece(words=words, quiet=True, size_pt=size_pt)


def ref(name: str) -> Piece:
    """The id under which a number, a measure or a promise stands in plan.json."""
    return Piece(words=f"[{name}]", quiet=True, size_pt=8.0)


def joined(parts: Iterable[Sequence[Words]], between: str) -> list[Words]:
    """Several runs of words with the same words between them."""
    found: list[Words] = []
    for at, each in enumerate(parts):
        found += [*([between] if at else []), *each]
    return found


class Pages:
    """The document as it is written, from the first heading to the last; it knows the library, its callers only words."""

    def __init__(
        self,
        *,
        title: str,
        author: str,
        subject: str,
        day: datetime,
        footer: str,
        header: Sequence[Words] = (),
        template: Template | None = None,
    ) -> None:
        """header: a line at the head of every page. template: a force's own document, whose styles, paper and heads stand."""
        try:
            import docx
        except ImportError as lacking:
            raise PartMissing(
                "The Word document needs the extra part `report`. Install it with: "
                "python -m pip install 'lamplighter[report]'"
            ) from lacking
        from docx.shared import Mm

        kept: frozenset[str] = frozenset()
        self.document: Any = None
        if template:
            self.document, kept = template.opened()
        else:
            self.document = docx.Document()
        self.text_width_mm = TEXT_WIDTH_MM
        self._style_ids: dict[str, str | None] = {}
        section = self.document.sections[0]
        if template:
            self.text_width_mm = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
        else:
            section.page_width, section.page_height = Mm(210), Mm(297)
            section.left_margin = section.right_margin = Mm(18)
            section.top_margin, section.bottom_margin = Mm(16), Mm(18)
        self._dress(kept, has_template=template is not None)
        told = self.document.core_properties
        told.title, told.author, told.subject, told.language = _plain(title), _plain(author), _plain(subject), "en-GB"
        told.last_modified_by, told.comments, told.keywords, told.revision = "Lamplighter", "", "", 1
        told.created = told.modified = day
        self._header(header)
        if template is None or not _has_words(section.footer):
            self._footer(footer)

    def heading(self, level: int, *words: Words, new_page: bool = False) -> None:
        """A real heading: 0 is the document's title."""
        paragraph = self._paragraph("Title" if level == 0 else f"Heading {level}")
        paragraph.paragraph_format.page_break_before = new_page or None
        _fill(paragraph, words)

    def say(self, *words: Words, style: str = "Normal", with_next: bool = False) -> None:
        paragraph = self._paragraph(style)
        paragraph.paragraph_format.keep_with_next = with_next or None
        _fill(paragraph, words)

    def bullets(self, items: Iterable[Sequence[Words]]) -> None:
        for each in items:
            self.say(*each, style="List Bullet")

    def table(
        self, caption: str, heads: Sequence[str], shares: Sequence[float], rows: Iterable[Sequence[Sequence[Words]]]
    ) -> None:
        """A table whose head row is marked as one and stands on every page. shares: of the width; `\\n` parts lines."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        widths = [round(self.text_width_mm * each * _TWIPS_A_MM) for each in shares]
        made = [_row([(bold(each),) for each in heads], widths, is_head=True), *(_row(each, widths) for each in rows)]
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
        told = f"<w:tbl {nsdecls('w')}>{_table_look(caption)}<w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"
        self.document.element.body.sectPr.addprevious(parse_xml(told))
        self._paragraph("Table words")

    def picture(self, png: bytes, *, alt: str, caption: Sequence[Words], share: float = 0.86) -> None:
        """share: of the width of the text."""
        from docx.shared import Mm

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(self.text_width_mm * share))
        shape._inline.docPr.set("descr", _plain(alt))
        shape._inline.docPr.set("name", f"Chart {shape._inline.docPr.id}")
        self.say(*caption, style="Caption")

    def _paragraph(self, style: str) -> Any:
        """A paragraph in a style. The library looks through all styles each time, which is half of a long document's time."""
        paragraph = self.document.add_paragraph()
        if style not in self._style_ids:
            paragraph.style = style
            self._style_ids[style] = paragraph._p.style
        paragraph._p.style = self._style_ids[style]
        return paragraph

    def _dress(self, kept: frozenset[str], *, has_template: bool) -> None:
        """Our styles where there is no template, and in a template those that it lacks."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        styles = self.document.styles
        if not has_template:
            kept = frozenset()
            for fonts in styles.element.iter(qn("w:rFonts")):
                for each in _THEMED:
                    fonts.attrib.pop(qn(f"w:{each}"), None)
                for each in ("ascii", "hAnsi", "eastAsia", "cs"):
                    fonts.set(qn(f"w:{each}"), FONT)
            for lang in styles.element.iter(qn("w:lang")):
                lang.set(qn("w:val"), "en-GB")
        told = (
            ("Normal", 10.5, None, False, 0, 6), ("Table words", 9, None, False, 0, 2), ("Title", 22, BRAND, True, 0, 6),
            ("Heading 1", 16, BRAND, True, 16, 6), ("Heading 2", 12.5, BRAND, True, 12, 4),
            ("Heading 3", 11, BRAND, True, 8, 3), ("Caption", 9, QUIET, False, 0, 8), ("List Bullet", 10.5, None, False, 0, 3),
        )  # fmt: skip
        there = {each.name for each in styles if each.type == WD_STYLE_TYPE.PARAGRAPH}
        for name, size_pt, colour, is_bold, before_pt, after_pt in told:
            if name in kept:
                continue
            if name not in there:
                self._add_style(name)
            style = styles[name]
            style.font.name, style.font.size, style.font.bold = FONT, Pt(size_pt), is_bold
            if colour:
                style.font.color.rgb = RGBColor.from_string(colour)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before_pt), Pt(after_pt)
        if "Title" not in kept:
            for border in styles["Title"].element.iter(qn("w:pBdr")):
                border.getparent().remove(border)
                break

    def _add_style(self, name: str) -> None:
        """A style that the document lacks: a heading with its level, a list with its bullet, else a plain paragraph."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        style = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name != "Table words")
        if name != "Normal":
            style.base_style = self.document.styles["Normal"]
        inner = ""
        if name.startswith("Heading "):
            style.paragraph_format.keep_with_next = True
            inner = f'<w:outlineLvl {nsdecls("w")} w:val="{int(name[-1]) - 1}"/>'
        elif name == "List Bullet":
            inner = f'<w:numPr {nsdecls("w")}><w:numId w:val="{bullet_number(self.document)}"/></w:numPr>'
        if inner:
            style.element.get_or_add_pPr().append(parse_xml(inner))

    def _header(self, words: Sequence[Words]) -> None:
        """A line at the head of every page, under what a template has there: first and even pages too."""
        if not words:
            return
        section = self.document.sections[0]
        heads = [section.header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        if self.document.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        for head in heads:
            paragraph = head.add_paragraph() if _has_words(head) else head.paragraphs[0]
            _fill(paragraph, words)

    def _footer(self, words: str) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        _fill(paragraph, (quiet(f"{words}, page ", size_pt=8),))
        _field(paragraph, "PAGE")
        _fill(paragraph, (quiet(" of ", size_pt=8),))
        _field(paragraph, "NUMPAGES")


def _has_words(part: Any) -> bool:
    """Does a head or a foot hold anything: words, a table or a picture?"""
    from docx.oxml.ns import qn

    inner = (
        each
        for tag in ("w:t", "w:tbl", "w:drawing", "w:pict", "w:fldSimple", "w:sdt")
        for each in part._element.iter(qn(tag))
    )
    return next(inner, None) is not None


def _plain(words: str) -> str:
    """Without the characters that XML can't hold."""
    return _NOT_XML.sub("\ufffd", words)


def _fill(paragraph: Any, words: Iterable[Words]) -> None:
    from docx.shared import Pt, RGBColor

    for each in words:
        piece = each if isinstance(each, Piece) else Piece(words=each)
        if not piece.words:
            continue
        run = paragraph.add_run(_plain(piece.words))
        if piece.bold:
            run.bold = True
        if piece.quiet:
            run.font.color.rgb = RGBColor.from_string(QUIET)
        if piece.size_pt is not None:
            run.font.size = Pt(piece.size_pt)


# A table is written as text and read once: through the library's own objects a long one takes ten times as long.


def _table_look(caption: str) -> str:
    """Lines between rows only, and the table's name for a screen reader."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{HAIR}"'
    return (
        f'<w:tblPr><w:tblW w:type="auto" w:w="0"/><w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1" w:val="0420"/><w:tblCaption w:val={quoteattr(_plain(caption))}/></w:tblPr>'
    )


def _row(cells: Sequence[Sequence[Words]], widths: Sequence[int], *, is_head: bool = False) -> str:
    """No row is torn over two pages; the head is marked as one."""
    made = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{_TABLE_STYLE}"/></w:pPr>'
        f"{''.join(_run(each) for each in words)}</w:p></w:tc>"
        for words, width in zip(cells, widths, strict=True)
    ]
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(made)}</w:tr>"


def _run(words: Words) -> str:
    piece = words if isinstance(words, Piece) else Piece(words=words)
    dress = "<w:b/>" if piece.bold else ""
    dress += f'<w:color w:val="{QUIET}"/>' if piece.quiet else ""
    dress += f'<w:sz w:val="{round(2 * piece.size_pt)}"/>' if piece.size_pt is not None else ""
    lines = (f'<w:t xml:space="preserve">{escape(each)}</w:t>' for each in _plain(piece.words).split("\n"))
    return f"<w:r><w:rPr>{dress}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def _field(paragraph: Any, code: str) -> None:
    """A number that the reader's program fills in: the page, or how many there are."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    size = f'<w:rPr><w:color w:val="{QUIET}"/><w:sz w:val="16"/></w:rPr>'
    field = f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r>{size}<w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))
