"""The comparison as a Word document with tracked changes, written by hand: a few XML parts in a ZIP.

Accepting all changes leaves the later version, refusing all leaves the earlier one. What a change is and why it was made
stands in a comment beside it, so that neither gets into the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from lamplighter.plan.comparing.changes import Change, Comparison
from lamplighter.plan.comparing.following import sentence_words
from lamplighter.plan.comparing.tracked import Paragraph, tracked
from lamplighter.plan.comparing.wording import KEPT, PUT, TAKEN
from lamplighter.workspace.zipping import zip_bytes

AUTHOR = "Lamplighter"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>
<Override PartName="/word/comments.xml" ContentType="{_WORD}.comments+xml"/>
</Types>
"""
_ROOT_RELATED = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="word/document.xml"/>
</Relationships>
"""
_DOCUMENT_RELATED = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATED}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_RELATED}/comments" Target="comments.xml"/>
</Relationships>
"""
_STYLES = f"""{_HEAD}<w:styles xmlns:w="{_W}">
<w:docDefaults>
<w:rPrDefault><w:rPr><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
</w:styles>
"""


def comparison_docx(comparison: Comparison) -> bytes:
    """The document's bytes: the same for the same comparison."""
    paragraphs = list(tracked(comparison))
    numbers = {change.id: at for at, change in enumerate(each for each in comparison.changes if each.kind != "same")}
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT_RELATED,
        "word/document.xml": "".join(_document(paragraphs, numbers)),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATED,
        "word/styles.xml": _STYLES,
        "word/comments.xml": "".join(_comments(comparison, numbers)),
    }
    return zip_bytes({name: text.encode("utf-8") for name, text in parts.items()})


def _document(paragraphs: list[Paragraph], numbers: dict[str, int]) -> Iterator[str]:
    yield f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>\n'
    revision = 0
    commented: set[str] = set()
    for paragraph in paragraphs:
        number = numbers.get(paragraph.change.id)
        fresh = number is not None and paragraph.change.id not in commented
        commented.add(paragraph.change.id)
        yield "<w:p>"
        if paragraph.mark != KEPT:  # the end of the paragraph is taken out or put in with it
            revision += 1
            yield f"<w:pPr><w:rPr>{_opening(paragraph.mark, revision, closed=True)}</w:rPr></w:pPr>"
        if fresh:
            yield f'<w:commentRangeStart w:id="{number}"/>'
        for piece in paragraph.pieces:
            revision += 1
            yield _run(piece.mark, piece.words, revision)
        if fresh:
            yield f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
        yield "</w:p>\n"
    yield '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
    yield 'w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>\n'


def _opening(mark: str, revision: int, *, closed: bool = False) -> str:
    kind = "del" if mark == TAKEN else "ins"
    return f'<w:{kind} w:id="{revision}" w:author={quoteattr(AUTHOR)}{"/" if closed else ""}>'


def _run(mark: str, words: str, revision: int) -> str:
    text = _plain(words)
    if mark == TAKEN:
        told = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
        return f"{_opening(mark, revision)}{told}</w:del>"
    told = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"{_opening(mark, revision)}{told}</w:ins>" if mark == PUT else told


def _comments(comparison: Comparison, numbers: dict[str, int]) -> Iterator[str]:
    yield f'{_HEAD}<w:comments xmlns:w="{_W}">\n'
    for change in comparison.changes:
        if change.id in numbers:
            told = f'w:id="{numbers[change.id]}" w:author={quoteattr(AUTHOR)} w:initials="L"'
            run = f'<w:r><w:t xml:space="preserve">{_plain(_comment(change))}</w:t></w:r>'
            yield f"<w:comment {told}><w:p>{run}</w:p></w:comment>\n"
    yield "</w:comments>\n"


def _comment(change: Change) -> str:
    """`C007: S16 changed into S14 (83% of their telling words are shared). Reason: …`"""
    reasons = [f"{each.words} ({each.by})" if each.by else each.words for each in change.reasons]
    why = f"Reason: {' '.join(reasons)}" if reasons else f"{change.reason_words[0].upper()}{change.reason_words[1:]}."
    return f"{change.id}: {sentence_words(change)} ({change.how}). {why}"


def _plain(words: str) -> str:
    """Escaped, and without the characters that XML can't hold."""
    return escape(_NOT_XML.sub("\ufffd", words))
