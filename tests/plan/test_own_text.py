"""A reader's own copy of a text, matched by hash. The text here is made up for these tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lamplighter.errors import FileRefused
from lamplighter.plan.book import Book
from lamplighter.plan.text import digest_of, match, normalised, read_text, sentences_of

LIGHTS = "We will mend 240 of the town's lamps by the spring."
WALKS = 'Officers will walk with anyone who asks - "as far as her door" - at any hour.'
VANS = "Two new vans will stand at the market."
TEXT = f"Safer nights in Northam\n\n{LIGHTS} {WALKS}\n\n- {VANS}\n- Dr. Lee leads it.\n"


@pytest.mark.parametrize(
    "copy",
    [
        "We will mend 240 of the town’s lamps by the spring.",
        "  We  will mend 240 of\tthe town's lamps by the spring.  ",
        "We will mend 240 of the town's lamps by the spring",
        "We will mend 240 of the town's lamps by the spring;",
        "- We will mend 240 of the town's lamps by the spring.",
        "• We will mend 240 of the town's lamps by the spring.",
        "3. We will mend 240 of the town's lamps by the spring.",
        "We will mend\u00a0240 of the town's\nlamps by the spring.",
        "WE WILL MEND 240 of the town's lamps by the spring.",
        "“We will mend 240 of the town’s lamps by the spring.”",
    ],
)
def test_kinds_of_quote_bullet_space_and_last_mark_do_not_matter(copy: str):
    assert digest_of(copy) == digest_of(LIGHTS)


@pytest.mark.parametrize("dash", ["–", "—", "−"])
def test_kinds_of_dash_do_not_matter(dash: str):
    assert digest_of(WALKS.replace("-", dash).replace('"', "”")) == digest_of(WALKS)


@pytest.mark.parametrize(
    "copy",
    [
        "We will mend 250 of the town's lamps by the spring.",
        "We will mend 24 of the town's lamps by the spring.",
        "We will mend 2.40 of the town's lamps by the spring.",
        "We may mend 240 of the town's lamps by the spring.",
        "We will not mend 240 of the town's lamps by the spring.",
        "Will we mend 240 of the town's lamps by the spring?",
    ],
)
def test_a_changed_number_or_word_is_another_sentence(copy: str):
    assert digest_of(copy) != digest_of(LIGHTS)


def test_a_text_is_cut_at_full_stops_bullets_and_empty_lines_and_not_after_a_title():
    assert [each.text for each in sentences_of(TEXT)] == [
        "Safer nights in Northam",
        LIGHTS,
        WALKS,
        f"- {VANS}",
        "- Dr. Lee leads it.",
    ]
    assert [each.position for each in sentences_of(TEXT)] == [1, 2, 3, 4, 5]


def test_the_sentences_of_a_text_are_found_by_their_hashes_and_told_as_they_stand():
    wanted = [digest_of(each) for each in (LIGHTS, WALKS, VANS, "It is not in there.")]
    found = match(TEXT, wanted)
    assert found == {wanted[0]: LIGHTS, wanted[1]: WALKS, wanted[2]: f"- {VANS}"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_copy_broken_over_lines_still_matches(line_end: str):
    broken = TEXT.replace("lamps by", "lamps\nby").replace("as far", "as\n  far").replace("\n", line_end)
    assert set(match(broken, [digest_of(LIGHTS), digest_of(WALKS)])) == {digest_of(LIGHTS), digest_of(WALKS)}


def test_a_copy_broken_over_an_empty_line_by_a_page_still_matches():
    broken = TEXT.replace("240 of the", "240 of the\n\n")
    assert digest_of(LIGHTS) in match(broken, [digest_of(LIGHTS)])


def test_a_text_without_a_letter_has_no_sentences():
    assert sentences_of("\n\n . \n\n. . .\n") == []
    assert match("", [digest_of(LIGHTS)]) == {}
    assert normalised(" . ") == ""


# -- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_copy_in_utf8_or_from_windows_is_read(tmp_path: Path, encoding: str):
    path = tmp_path / "copy.txt"
    path.write_bytes("We will mend 240 of the town’s lamps by the spring.".encode(encoding))
    assert digest_of(read_text(path)) == digest_of(LIGHTS)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"%PDF-1.7 ...", "is not plain text. Save your copy"),
        (b"PK\x03\x04 a docx", "is not plain text. Save your copy"),
        ("A text".encode("utf-16"), "is not plain text. Save your copy"),
    ],
)
def test_what_is_not_plain_text_is_refused_with_the_mend(tmp_path: Path, content: bytes, words: str):
    (tmp_path / "copy.txt").write_bytes(content)
    with pytest.raises(FileRefused, match=f"copy.txt {words}"):
        read_text(tmp_path / "copy.txt")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path):
    with pytest.raises(FileRefused, match=r"There is no file nowhere\.txt"):
        read_text(tmp_path / "nowhere.txt")
    with pytest.raises(FileRefused, match="is a folder"):
        read_text(tmp_path)


def test_the_book_shows_a_reader_her_own_sentences_and_no_others(
    write_plan: Callable[..., Path], book_of: Callable[..., Book]
):
    folder = write_plan(
        sentences=f"id,version,paraphrase,sha256\nS1,V1,Lamps are mended,{digest_of(LIGHTS)}\n"
        f"S2,V1,A thing never said,{digest_of('Not there')}\nS3,V1,Unseen,\n",
        promises="id,version,kind,title,sentence_ids\nA1,V1,action,Lamps,S1;S2;S3\n",
    )
    assert book_of(folder, own_text=TEXT).own_text == {"S1": LIGHTS}
    assert book_of(folder).own_text == {}
