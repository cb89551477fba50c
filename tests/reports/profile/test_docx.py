"""The profile as a Word document: real headings, heads and words for pictures, and a force's own template used or refused."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pypdf import PdfReader

from lamplighter.errors import FileRefused, InputError
from lamplighter.reports.docx.template import MOST_BYTES, Template, read_template
from lamplighter.reports.profile.brief import brief_pdf
from lamplighter.reports.profile.docx import profile_docx
from lamplighter.reports.profile.drawings import drawings
from lamplighter.reports.profile.drawn import Drawn
from lamplighter.reports.profile.pdf import profile_pdf

Told = dict[str, Any]
NUMBERING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def words_of(document: Any) -> str:
    """Every word in the body, tables too, in order."""
    return re.sub(r"\s+", " ", " ".join(each.text or "" for each in document.element.body.iter(qn("w:t"))))


def saved(document: Any, path: Path) -> Path:
    document.save(str(path))
    return path


@pytest.fixture
def force() -> Any:
    """A force's own template: its heading's font, its crest in the head, its own words in the body, narrower paper."""
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Courier New"
    document.sections[0].header.paragraphs[0].text = "NORTHAM POLICE"
    document.sections[0].page_width = Mm(180)
    document.add_paragraph("Words of the template")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "A table of the template"
    return document


def test_headings_are_real_and_in_order(extract_told: Told) -> None:
    document = opened(profile_docx(extract_told, drawings={}))
    levels = [int(each.style.name[-1]) for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert document.paragraphs[0].style.name == "Title"
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    heads = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert heads[:4] == ["What was found", "The decision wanted", "Terms of reference", "What is counted"]


def test_the_head_row_of_every_table_repeats_and_every_table_has_a_name(extract_told: Told) -> None:
    tables = opened(profile_docx(extract_told, drawings={})).tables
    assert len(tables) > 20
    for each in tables:
        assert each.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert each._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_every_drawing_is_there_with_its_words(extract_told: Told, drawn: Drawn) -> None:
    made = drawings(extract_told, drawn)
    pictures = opened(profile_docx(extract_told, drawings=made)).inline_shapes
    alts = [each._inline.docPr.get("descr") for each in pictures]
    assert len(alts) >= 8
    assert all(alts)
    assert any(
        alt.startswith("Map of all map points in grey with the places by rank: 1. Silver Street") for alt in alts
    )


def test_without_drawings_the_tables_stand(extract_told: Told) -> None:
    document = opened(profile_docx(extract_told, drawings={}))
    assert not document.inline_shapes
    assert "Places by rank" in words_of(document)


def test_the_caution_and_the_mark_stand_at_the_head_of_every_page(extract_told: Told) -> None:
    head = opened(profile_docx(extract_told, drawings={})).sections[0].header
    assert "".join(each.text for each in head.paragraphs) == f"{extract_told['caution']} Made up: for anybody"


def test_the_properties_are_those_of_the_profile(extract_told: Told) -> None:
    told = opened(profile_docx(extract_told, drawings={})).core_properties
    assert (told.title, told.author, told.language) == (extract_told["title"], "Ada Example", "en-GB")
    assert told.created.strftime("%Y-%m-%d") == "2026-11-25"


def test_word_pdf_and_tonights_page_say_the_same_count_of_each_place(extract_told: Told) -> None:
    for place in extract_told["places"]:
        place["patrol"] = True
    word = words_of(opened(profile_docx(extract_told, drawings={})))
    others = [
        re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
        for made in (profile_pdf(extract_told, drawings={}), brief_pdf(extract_told, drawings={}))
    ]
    for place in extract_told["places"]:
        counted = f"{place['count']} rows (interval {place['count_low']} to {place['count_high']})"
        assert all(counted in each for each in (word, *others)), counted


def test_signs_that_xml_cannot_hold_do_not_break_it(extract_told: Told) -> None:
    extract_told["places"][0]["name"] = "A\x00B\x0c]]> & <w:p> \ufffe"
    assert "]]> & <w:p>" in words_of(opened(profile_docx(extract_told, drawings={})))


def test_an_empty_profile_is_a_document_too(empty_told: Told) -> None:
    assert "Too few rows have a point for a place to be grown." in words_of(
        opened(profile_docx(empty_told, drawings={}))
    )


def test_the_same_profile_gives_the_same_bytes(extract_told: Told, drawn: Drawn) -> None:
    made = drawings(extract_told, drawn)
    assert profile_docx(extract_told, drawings=made) == profile_docx(extract_told, drawings=made)


def test_a_template_gives_its_styles_paper_and_head_and_not_its_words(
    extract_told: Told, force: Any, tmp_path: Path
) -> None:
    template = read_template(saved(force, tmp_path / "force.docx"))
    document = opened(profile_docx(extract_told, drawings={}, template=template))
    head = [each.text for each in document.sections[0].header.paragraphs]
    assert document.styles["Heading 1"].font.name == "Courier New"
    assert document.styles["Heading 1"].font.size == force.styles["Heading 1"].font.size
    assert head == ["NORTHAM POLICE", f"{extract_told['caution']} Made up: for anybody"]
    assert abs(document.sections[0].page_width - Mm(180)) < Mm(0.1)
    assert "of the template" not in words_of(document)
    widths = [int(each.get(qn("w:w"))) for each in document.tables[0]._tbl.tblGrid.findall(qn("w:gridCol"))]
    room = document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    assert sum(widths) * 635 <= room + 2000  # a twip is 635 of the units of python-docx


def test_a_style_that_the_template_lacks_is_ours(extract_told: Told, force: Any, tmp_path: Path) -> None:
    for name in ("Heading 2", "Heading 3", "List Bullet", "Caption", "Title"):
        style = force.styles[name].element
        style.getparent().remove(style)
    template = read_template(saved(force, tmp_path / "force.docx"))
    document = opened(profile_docx(extract_told, drawings={}, template=template))
    second = document.styles["Heading 2"]
    assert (second.font.name, second.font.size) == ("Arial", Pt(12.5))
    assert second.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "1"
    number = document.styles["List Bullet"].element.pPr.find(qn("w:numPr")).find(qn("w:numId")).get(qn("w:val"))
    assert number in {each.get(qn("w:numId")) for each in document.part.numbering_part.element.findall(qn("w:num"))}


def test_a_template_without_any_list_gets_one(extract_told: Told, force: Any, tmp_path: Path) -> None:
    style = force.styles["List Bullet"].element
    style.getparent().remove(style)
    [lists] = [name for name, each in force.part.rels.items() if each.reltype == NUMBERING]
    del force.part.rels[lists]
    template = read_template(saved(force, tmp_path / "force.docx"))
    document = opened(profile_docx(extract_told, drawings={}, template=template))
    assert document.part.numbering_part.element.find(qn("w:abstractNum")).find(qn("w:lvl")) is not None
    assert any(each.style.name == "List Bullet" for each in document.paragraphs)


def test_the_head_of_a_templates_first_section_is_carried_to_its_last(
    extract_told: Told, force: Any, tmp_path: Path
) -> None:
    force.add_section(WD_SECTION.NEW_PAGE)
    force.add_paragraph("Second section of the template")
    template = read_template(saved(force, tmp_path / "force.docx"))
    document = opened(profile_docx(extract_told, drawings={}, template=template))
    assert len(document.sections) == 1
    assert document.sections[0].header.paragraphs[0].text == "NORTHAM POLICE"


def test_first_and_even_pages_with_heads_of_their_own_carry_the_caution(
    extract_told: Told, force: Any, tmp_path: Path
) -> None:
    force.sections[0].different_first_page_header_footer = True
    force.settings.odd_and_even_pages_header_footer = True
    template = read_template(saved(force, tmp_path / "force.docx"))
    section = opened(profile_docx(extract_told, drawings={}, template=template)).sections[0]
    for head in (section.header, section.first_page_header, section.even_page_header):
        assert extract_told["caution"] in "".join(each.text for each in head.paragraphs)


def test_a_dotx_is_a_template_like_a_docx(extract_told: Told, force: Any, tmp_path: Path) -> None:
    content = saved(force, tmp_path / "force.docx").read_bytes()
    changed = with_type(content, b"document.main+xml", b"template.main+xml")
    document = opened(profile_docx(extract_told, drawings={}, template=Template(name="force.dotx", content=changed)))
    assert document.styles["Heading 1"].font.name == "Courier New"


def with_type(content: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as made:
        for each in packed.infolist():
            part = packed.read(each)
            made.writestr(each.filename, part.replace(old, new) if each.filename == "[Content_Types].xml" else part)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"Heading 1", b"PK\x03\x04 torn", zipped(a=b"no document"), zipped(**{"[Content_Types].xml": b"<Types"})],
    ids=["empty", "words", "torn", "another zip", "broken xml"],
)
def test_a_broken_template_is_a_sentence_that_says_what_to_do(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "force.docx"
    path.write_bytes(content)
    with pytest.raises(
        FileRefused, match=r"^force\.docx is not a Word document that can be filled\. Open it in Word, save it"
    ):
        read_template(path)


def test_a_template_cut_in_half_is_refused(force: Any, tmp_path: Path) -> None:
    path = saved(force, tmp_path / "force.docx")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(FileRefused, match="is not a Word document"):
        read_template(path)


def test_an_old_or_locked_document_a_macro_and_a_huge_one_are_refused_with_the_mend(force: Any, tmp_path: Path) -> None:
    content = saved(force, tmp_path / "force.docx").read_bytes()
    macro = with_type(
        content,
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"vnd.ms-word.document.macroEnabled.main",
    )
    for given, words in (
        (bytes.fromhex("d0cf11e0a1b11ae1"), "old .doc or is locked with a password"),
        (macro, "holds macros. Save it as .docx"),
        (content + b" " * MOST_BYTES, "larger than 50,000,000 bytes"),
    ):
        with pytest.raises(FileRefused, match=re.escape(words)):
            Template(name="force.docx", content=given).opened()


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"force\.docx can't be opened .* Name a Word document"):
        read_template(tmp_path / "force.docx")
