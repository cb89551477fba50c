"""The bullet of a list in a Word document that has none: a real list, not a sign before the words."""

from __future__ import annotations

from typing import Any

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"


def bullet_number(document: Any) -> int:
    """The number of a new bulleted list in the document, which gets the part that holds lists where it has none."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.parts.numbering import NumberingPart

    part = document.part
    lists = next((rel.target_part for rel in part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.NUMBERING), None)
    if lists is None:
        lists = NumberingPart(PackURI("/word/numbering.xml"), _TYPE, parse_xml(f"<w:numbering {_W}/>"), part.package)
        part.relate_to(lists, RELATIONSHIP_TYPE.NUMBERING)
    root = lists.element
    looks, numbers = root.findall(qn("w:abstractNum")), root.findall(qn("w:num"))
    look = 1 + max((int(each.get(qn("w:abstractNumId"))) for each in looks), default=-1)
    number = 1 + max((int(each.get(qn("w:numId"))) for each in numbers), default=0)
    made = parse_xml(
        f'<w:abstractNum {_W} w:abstractNumId="{look}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    )
    if numbers:
        numbers[0].addprevious(made)  # all looks stand before the lists that use them
    else:
        root.append(made)
    last = numbers[-1] if numbers else made
    last.addnext(parse_xml(f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{look}"/></w:num>'))
    return number
