"""The comparison as page, tracked document and data: whole, well formed, the same bytes for the same texts."""

from __future__ import annotations

import io
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter.errors import InputError
from lamplighter.plan.comparing import Comparison, compare, side_of_text
from lamplighter.plan.comparing.changes import Reason, with_reasons
from lamplighter.reports.comparing import write_comparison
from lamplighter.reports.comparing.docx import comparison_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "\n\n".join(
    (
        "We will train 8,500 officers by March.",
        "Phones come back in <30> days & nights.",
        "Refuges stay open.",
        "One thing, and another thing entirely.",
    )
)
B = "\n\n".join(
    (
        "We will train 9,000 officers by March.",
        "Refuges stay open.",
        "Streets get brighter lamps.",
        "Phones come back in <30> days & nights.",
    )
)


@pytest.fixture
def dress(tmp_path: Path) -> Path:
    """Stand-ins for the built assets."""
    folder = tmp_path / "built"
    for name in ("lamplighter.css", "favicon.svg", "lamp.svg", "fonts/a.ttf", "licences/a.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<svg></svg>" if name.endswith("svg") else "x", encoding="utf-8")
    return folder


def held(a: str = A, b: str = B) -> Comparison:
    return compare(side_of_text(a, name="a.txt"), side_of_text(b, name="b.txt"))


def parts(told: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(told)) as file:
        assert file.testzip() is None
        return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist()}  # noqa: S314 (our own bytes)


def sentences(document: ElementTree.Element, *, without: str) -> list[str]:
    """The paragraphs of a document after all its changes were accepted (without `del`) or refused (without `ins`)."""
    found = []
    for paragraph in document.iter(f"{W}p"):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{without}") is not None:
            continue
        hidden = {id(run) for each in paragraph.iter(f"{W}{without}") for run in each.iter(f"{W}r")}
        runs = [run for run in paragraph.iter(f"{W}r") if id(run) not in hidden]
        found.append("".join(text.text or "" for run in runs for text in run if text.tag in (f"{W}t", f"{W}delText")))
    return found


def test_every_part_of_the_document_is_well_formed_and_named_in_the_package() -> None:
    told = parts(comparison_docx(held()))
    assert set(told) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/comments.xml",
    }
    named = {each.get("PartName", "").lstrip("/") for each in told["[Content_Types].xml"] if each.get("PartName")}
    assert named <= set(told)
    targets = {f"word/{each.get('Target')}" for each in told["word/_rels/document.xml.rels"]}
    assert targets <= set(told)


def test_accepting_all_changes_leaves_the_later_text_and_refusing_all_the_earlier() -> None:
    found = held()
    document = parts(comparison_docx(found))["word/document.xml"]
    assert sentences(document, without="del") == [each.words for each in found.b.lines]
    assert sentences(document, without="ins") == [each.words for each in found.a.lines]


@settings(max_examples=40, deadline=None)
@given(
    a=st.lists(st.text("ab <&>'\"é\x07\ud83d", min_size=1, max_size=12), min_size=1, max_size=6),
    b=st.lists(st.text("ab <&>'\"é\x07", min_size=1, max_size=12), min_size=1, max_size=6),
)
def test_no_text_breaks_the_document(a: list[str], b: list[str]) -> None:
    sides = ["\n\n".join([*(each.encode("utf-8", "ignore").decode() for each in lines), "End"]) for lines in (a, b)]
    found = held(*sides)
    document = parts(comparison_docx(found))["word/document.xml"]
    assert sentences(document, without="del") == [each.words.replace("\x07", "\ufffd") for each in found.b.lines]


def test_every_change_has_one_comment_with_its_reason() -> None:
    found = held()
    first = next(each for each in found.changes if each.kind == "changed")
    found = with_reasons(found, {first.id: (Reason(words="More recruits", by="Jo Bloggs"),)})
    told = parts(comparison_docx(found))
    said = ["".join(each.itertext()) for each in told["word/comments.xml"]]
    assert len(said) == sum(1 for each in found.changes if each.kind != "same")
    assert said[0].endswith("Reason: More recruits (Jo Bloggs)")
    assert all(each.endswith("No reason recorded.") for each in said[1:])
    marks = [each.get(f"{W}id") for each in told["word/document.xml"].iter(f"{W}commentReference")]
    assert sorted(marks) == sorted(each.get(f"{W}id") for each in told["word/comments.xml"])


def test_no_two_tracked_changes_share_a_number() -> None:
    document = parts(comparison_docx(held()))["word/document.xml"]
    numbers = [each.get(f"{W}id") for tag in ("ins", "del") for each in document.iter(f"{W}{tag}")]
    assert len(numbers) == len(set(numbers)) > 0


class Tags(HTMLParser):
    """Every tag that a page opens, and the links in it."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def test_the_page_has_no_script_and_every_link_leads_to_a_file_beside_it(tmp_path: Path, dress: Path) -> None:
    out = tmp_path / "out"
    names = write_comparison(held(), (), out, assets=dress)
    assert names == ("comparison.html", "comparison.docx", "comparison.json", "comparison.schema.json")
    page = Tags()
    page.feed((out / "comparison.html").read_text(encoding="utf-8"))
    assert "script" not in page.opened
    assert {"ins", "del"} <= set(page.opened)
    beside = [each for each in page.links if not each.startswith(("https://", "#"))]
    assert all((out / each).is_file() for each in beside)
    assert json.loads((out / "comparison.json").read_text(encoding="utf-8"))["counts"]["changed"] == 1


def test_words_of_a_text_are_never_markup_on_the_page(tmp_path: Path, dress: Path) -> None:
    write_comparison(held(b="<script>alert(1)</script> is new here."), (), tmp_path / "out", assets=dress)
    page = (tmp_path / "out" / "comparison.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_written_twice_the_bytes_are_the_same(tmp_path: Path, dress: Path) -> None:
    for name in ("one", "two", "two"):
        write_comparison(held(), (), tmp_path / name, assets=dress)
    one, two = (
        {
            each.relative_to(tmp_path / name): each.read_bytes()
            for each in (tmp_path / name).rglob("*")
            if each.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two


def test_a_folder_with_a_file_of_somebody_else_is_left_as_it_is(tmp_path: Path, dress: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="left as it is"):
        write_comparison(held(), (), out, assets=dress)
    assert [each.name for each in out.iterdir()] == ["mine.txt"]
