"""The text of a document of each kind, and what is said of one that can't be read."""

from __future__ import annotations

import builtins
import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from lamplighter.errors import FileRefused, PartMissing
from lamplighter.plan.drafting.cutting import cut
from lamplighter.plan.drafting.documents import read_document
from lamplighter.plan.drafting.draft import draft
from lamplighter.plan.drafting.pages import running_text

_HERE = importlib.util.spec_from_file_location("documents_by_hand", Path(__file__).parent / "conftest.py")
assert _HERE is not None
assert _HERE.loader is not None
by_hand: ModuleType = importlib.util.module_from_spec(_HERE)
_HERE.loader.exec_module(by_hand)


def sentences(path: Path) -> list[str]:
    return [piece.text for piece in cut(read_document(path))]


LAMPS, VANS = "We will mend 240 lamps by March 2023.", "Two new vans will stand at the market."


def test_html_is_read_as_a_reader_sees_it(tmp_path: Path):
    page = tmp_path / "plan.html"
    page.write_text(
        "<!doctype html><html><head><title>Plan</title><script>let x = 99;</script></head><body><nav>Home 7</nav>"
        f"<h1>Safer nights</h1><p>{LAMPS}</p><ul><li>{VANS}</li><li>Walk &amp; talk</li></ul><table><tr><td>12</td></tr></table>",
        encoding="utf-8",
    )
    assert sentences(page) == ["Safer nights", LAMPS, VANS, "Walk & talk", "12"]
    assert [piece.shape for piece in cut(read_document(page))] == ["heading", "sentence", "bullet", "bullet", "heading"]


def test_html_under_another_name_is_still_html(tmp_path: Path):
    page = tmp_path / "plan.txt"
    page.write_text(f"<!DOCTYPE html><p>{LAMPS}</p>", encoding="utf-8")
    assert sentences(page) == [LAMPS]


def test_a_docx_gives_its_paragraphs_and_its_list_items(tmp_path: Path):
    made = by_hand.docx(
        tmp_path / "plan.docx", [("By March 2023 we will:", False), ("mend 240 lamps", True), (VANS, False)]
    )
    assert [(p.text, p.shape, p.lead) for p in cut(read_document(made))] == [
        ("By March 2023 we will:", "lead", ""),
        ("mend 240 lamps", "bullet", "By March 2023 we will:"),
        (VANS, "sentence", ""),
    ]


def test_words_that_were_deleted_under_tracked_changes_are_not_read(tmp_path: Path):
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{by_hand.WORD}"><w:body><w:p><w:r><w:t xml:space="preserve">We will mend </w:t></w:r>'
            "<w:del><w:r><w:delText>300</w:delText></w:r></w:del><w:ins><w:r><w:t>240</w:t></w:r></w:ins>"
            '<w:r><w:t xml:space="preserve"> lamps.</w:t></w:r></w:p></w:body></w:document>',
        )
    assert sentences(path) == ["We will mend 240 lamps."]


def test_a_docx_with_entities_to_expand_is_refused(tmp_path: Path):
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    with pytest.raises(FileRefused, match=r"save it as \.docx again"):
        read_document(path)


def test_a_pdf_gives_its_text_without_page_numbers_and_running_heads(tmp_path: Path):
    pages = [["Safer nights in Northam", LAMPS, "1"], ["Safer nights in Northam", VANS, "2"]]
    pages.append(["Safer nights in Northam", "We will walk the river path every night.", "Page 3 of 3"])
    made = by_hand.pdf(tmp_path / "plan.pdf", pages)
    assert sentences(made) == [LAMPS, VANS, "We will walk the river path every night."]


def test_a_long_pdf_loses_its_contents_its_feet_and_its_footnotes_break_no_sentence(tmp_path: Path):
    foot = "Northam Police | 2022"
    pages = [
        ["Contents", "1. Safer streets ........ 2", "2. Safer homes 3", "1. Safer streets", LAMPS, f"{foot} 1"],
        ["Officers will visit each of the 312 women.1 We will ask", "1 Police records, table 9.", f"{foot} 2"],
        ["those who wrote to us.", f"{foot} 3"],
    ]
    read = read_document(by_hand.pdf(tmp_path / "plan.pdf", pages))
    assert sentences(tmp_path / "plan.pdf") == [
        "Safer streets",
        LAMPS,
        "Officers will visit each of the 312 women.",
        "We will ask those who wrote to us.",
        "Police records, table 9.",
    ]
    assert "Contents" not in read
    assert [each.found.value for each in draft(read).figures] == [240, 312]


def test_two_pages_with_the_same_foot_but_for_the_number_lose_it_and_a_line_that_two_share_stays_in_a_long_text():
    assert running_text([["We walk.", "Northam 1"], ["We talk.", "Northam 2"]]) == "We walk.\nWe talk."
    many = [["We walk.", f"Thing {'abcd'[at]}"] for at in range(2)] + [["x", f"y{'abcd'[at]}"] for at in range(4)]
    assert running_text(many).count("We walk.") == 2


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("The commis-\nsioner spoke", "The commissioner\nspoke"),
        ("a face-to-face talk, then a face-to-\nface visit", "a face-to-face talk, then a face-to-face\nvisit"),
        ("we base it on gender: gender and based work, gender-\nbased harm", "gender-based\nharm"),
        ("in south Lon\u00ad\ndon we", "in south London\nwe"),
        ("from 2020-\n21 on", "from 2020-\n21 on"),
    ],
)
def test_words_that_a_line_end_broke_are_whole_again(broken: str, whole: str):
    assert running_text([broken.split("\n")]).endswith(whole)


@pytest.mark.parametrize("mark", ["•", "\uf0b7", "\uf0a7", "➢", "o"])
def test_marks_of_symbol_fonts_are_bullets_though_they_stand_in_a_line_of_their_own(mark: str):
    text = running_text([["We will:", f"{mark} Mend lamps along", "the path", mark, "Walk there"]])
    assert [piece.text for piece in cut(text)] == ["We will:", "Mend lamps along the path", "Walk there"]


def test_of_a_page_with_a_main_part_banner_cookies_and_foot_are_not_read(tmp_path: Path):
    page = tmp_path / "plan.html"
    page.write_text(
        "<!doctype html><body><div class='cookie-banner'>We will set 14 cookies.</div><header role=banner>We will</header>"
        f"<main><div id=breadcrumbs>Home 3</div><h1>Plan</h1><p>{LAMPS}<br>Next<p>{VANS}</main>"
        "<div>We will send you a form. It takes 2 minutes.</div><footer><p>We will stay</footer>",
        encoding="utf-8",
    )
    assert sentences(page) == ["Plan", LAMPS, "Next", VANS]


def test_an_action_in_a_cell_of_a_table_is_an_item_and_a_short_cell_is_not(tmp_path: Path):
    page = tmp_path / "plan.html"
    page.write_text(
        "<!doctype html><table><tr><th>What we will do</th><th>Owner</th></tr>"
        "<tr><td><p>Recruit four advisers by May</p></td><td>Dr. Lee</td></tr></table>",
        encoding="utf-8",
    )
    made = draft(read_document(page))
    assert [piece.text for piece, _ in made.promises] == ["Recruit four advisers by May"]
    assert [(piece.shape, piece.text) for piece in made.sentences][-1] == ("heading", "Dr. Lee")


def test_a_docx_has_its_text_boxes_once_its_cells_as_items_and_no_contents(tmp_path: Path):
    path = tmp_path / "plan.docx"
    box = "<w:txbxContent><w:p><w:r><w:t>In a box we will walk.</w:t></w:r></w:p></w:txbxContent>"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{by_hand.WORD}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
            '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Safer streets 2</w:t></w:r></w:p>'
            f"<w:p><w:r><w:t>Before.</w:t></w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Mend 12 lamps each week</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>Dr. Lee</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
        )
    assert read_document(path) == "Before.\n\nIn a box we will walk.\n\n- Mend 12 lamps each week\n\nDr. Lee\n\n"


def test_a_pdf_of_pictures_is_told_to_be_one(tmp_path: Path):
    with pytest.raises(FileRefused, match="no text layer"):
        read_document(by_hand.pdf(tmp_path / "scan.pdf", [[]]))


def test_a_damaged_pdf_is_refused_in_a_sentence(tmp_path: Path):
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    with pytest.raises(FileRefused, match=r"plan\.pdf"):
        read_document(tmp_path / "plan.pdf")


def test_without_pypdf_a_pdf_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made = by_hand.pdf(tmp_path / "plan.pdf", [[LAMPS]])
    real = builtins.__import__

    def without(name: str, *rest, **more):
        if name.split(".")[0] == "pypdf":
            raise ImportError(name)
        return real(name, *rest, **more)

    for name in [each for each in sys.modules if each.split(".")[0] == "pypdf"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PartMissing, match=r"lamplighter\[draft\]"):
        read_document(made)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.txt", None),
        ("empty.txt", b"  \n"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("broken.docx", b"PK\x03\x04 but not really"),
        ("sixteen.txt", "We will.".encode("utf-16")),
        ("hollow.html", b"<!doctype html><script>1</script>"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, name: str, content: bytes | None):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FileRefused, match=name):
        read_document(tmp_path / name)
