"""What a plan folder says, and what is said when it can't be read: by file and line, with the mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lamplighter.errors import FileRefused, InputError
from lamplighter.plan.folder import load_plan, read_header, read_plan

Write = Callable[..., Path]
PROMISES = "id,version,kind,title\nA1,V1,action,Light the park\n"


def test_a_folder_of_two_promises_is_read_in_id_order_with_the_line_of_each(write_plan: Write):
    plan, problems = read_plan(write_plan(promises="id,version,kind,title\nB2,V1,action,Second\nA1,V1,action,First\n"))
    assert problems == []
    assert [each.id for each in plan.promises] == ["A1", "B2"]
    assert (plan.line_of("promises", "B2"), plan.line_of("promises", "A1")) == (2, 3)
    assert plan.header.title == "Safer nights in Northam"


def test_a_file_that_is_not_there_is_a_record_type_without_records(write_plan: Write):
    plan, problems = read_plan(write_plan())
    assert problems == []
    assert plan.figures == ()


def test_columns_may_stand_in_any_order_and_be_left_out(write_plan: Write):
    plan, problems = read_plan(write_plan(promises="title,kind,id,version\nLight the park,action,A1,V1\n"))
    assert problems == []
    assert plan.promises[0].owner is None
    assert plan.promises[0].title == "Light the park"


def test_every_bad_cell_of_a_file_is_named_with_its_line_and_mend(write_plan: Write):
    _, problems = read_plan(
        write_plan(
            figures="id,role,label,value,unit,as_of\n"
            "G1,current,Trained,6800,officers,2022-03-31\n"
            'G2,current,"Two\nlines","6,800",officers,2022-03-31\n'
            "G3,wish,Trained,6800,officers,spring\n"
        )
    )
    assert [(each.file, each.line, each.record_id) for each in problems] == [
        ("figures.csv", 3, "G2"),
        ("figures.csv", 5, "G3"),
        ("figures.csv", 5, "G3"),
    ]
    assert str(problems[0]) == (
        "figures.csv:3: G2, value: '6,800' is not a number. Write 6800 or 12.8, without commas or %."
    )
    assert "wish" in problems[1].message
    assert "Write it as 2021-11-04" in problems[2].message


def test_a_required_cell_left_empty_is_named(write_plan: Write):
    _, problems = read_plan(write_plan(promises="id,version,kind,title\nA1,V1,,Light the park\n"))
    assert [str(each) for each in problems] == ["promises.csv:2: A1 has no kind. What kind of promise it is."]


def test_a_row_without_an_id_is_named_and_is_no_record(write_plan: Write):
    plan, problems = read_plan(write_plan(promises="id,version,kind,title\n,V1,action,Light the park\n"))
    assert plan.promises == ()
    assert [each.line for each in problems] == [2]
    assert "a row has no id" in problems[0].message


def test_an_id_that_stands_twice_is_named_with_both_lines_and_the_first_is_kept(write_plan: Write):
    plan, problems = read_plan(write_plan(promises=PROMISES + "A2,V1,action,Other\nA1,V1,action,Light the station\n"))
    assert [(each.line, each.name) for each in problems] == [(4, "id twice")]
    assert "line 2" in problems[0].message
    assert plan.promises[0].title == "Light the park"


def test_ids_that_differ_only_in_capitals_are_one_page_and_named_with_both_lines(write_plan: Write):
    _, problems = read_plan(write_plan(promises=PROMISES + "a1,V1,action,Light the station\n"))
    assert [(each.line, each.name) for each in problems] == [(3, "id twice")]
    assert "as A1 on line 2; capitals don't count" in problems[0].message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "is empty. Its first line must be: id,version,kind,title"),
        ("\n\n", 1, "lacks the column id, version, kind and title"),
        ("id,version,kind\nA1,V1,action\n", 1, "lacks the column title"),
        ("id;version;kind;title\nA1;V1;action;Light\n", 1, "is separated by semicolons"),
        ("id,version,kind,title,mood\nA1,V1,action,Light,good\n", 1, "has the unknown column mood"),
        ("id,version,kind,title,status\nA1,V1,action,Light,kept\n", 1, "has the unknown column status"),
        ("id,version,kind,title,owner,owner\nA1,V1,action,Light,me,you\n", 1, "has the column owner twice"),
        (PROMISES + "A2,V1,action\n", 3, "has 3 cells, the first line has 4"),
        (PROMISES + "A2,V1,action,Light, the park\n", 3, "has 5 cells, the first line has 4"),
        (PROMISES + 'A2,V1,action,"Light the park\nA3,V1,action,Other\n', 3, "Look for a quote that is not closed"),
        (PROMISES + 'A2,V1,action,"Light" the park\n', 3, "Look for a quote that is not closed"),
    ],
)
def test_a_broken_file_is_named_with_the_line_to_look_at(write_plan: Write, text: str, line: int, words: str):
    _, problems = read_plan(write_plan(promises=text))
    assert problems[0].line == line
    assert words in problems[0].message


def test_an_unclosed_quote_keeps_the_rows_before_it(write_plan: Write):
    plan, _ = read_plan(write_plan(promises=PROMISES + 'A2,V1,action,"Light\nA3,V1,action,Other\n'))
    assert [each.id for each in plan.promises] == ["A1"]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (PROMISES.encode("utf-16"), None, "UTF-16"),
        (b"id,version\x00,kind,title\n", None, "NUL"),
        (PROMISES.encode() + b"A2,V1,action,Caf\xe9s\n", 3, "is not UTF-8. Save it as UTF-8"),
    ],
)
def test_a_file_in_another_encoding_is_named_with_the_mend(
    write_plan: Write, content: bytes, line: int | None, words: str
):
    folder = write_plan()
    (folder / "promises.csv").write_bytes(content)
    plan, problems = read_plan(folder)
    assert plan.promises == ()
    assert [each.line for each in problems] == [line]
    assert words in problems[0].message


def test_a_byte_order_mark_from_a_spreadsheet_changes_nothing(write_plan: Write):
    folder = write_plan()
    (folder / "promises.csv").write_bytes(b"\xef\xbb\xbf" + PROMISES.encode())
    (folder / "plan.toml").write_bytes(b"\xef\xbb\xbf" + (folder / "plan.toml").read_bytes())
    plan, problems = read_plan(folder)
    assert problems == []
    assert plan.promises[0].id == "A1"


def test_empty_lines_between_rows_are_passed_over_and_lines_still_counted(write_plan: Write):
    plan, problems = read_plan(write_plan(promises=PROMISES + "\n,,,\nA2,V1,action,Other\n"))
    assert problems == []
    assert plan.line_of("promises", "A2") == 5


def test_line_ends_of_windows_give_the_same_records_and_the_same_digest(write_plan: Write):
    ours = read_plan(write_plan(name="ours", promises=PROMISES))[0]
    folder = write_plan(name="theirs", promises=PROMISES)
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    theirs, problems = read_plan(folder)
    assert problems == []
    assert theirs.promises == ours.promises
    assert theirs.digest == ours.digest


def test_a_changed_word_changes_the_digest(write_plan: Write):
    one = read_plan(write_plan(name="one", promises=PROMISES))[0]
    other = read_plan(write_plan(name="other", promises=PROMISES.replace("park", "port")))[0]
    assert one.digest != other.digest


def test_loading_a_folder_that_cannot_be_read_whole_names_the_lines(write_plan: Write):
    with pytest.raises(InputError, match=r"promises\.csv:3: has 3 cells"):
        load_plan(write_plan(promises=PROMISES + "A2,V1,action\n"))


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", "schema_version None"),
        ("schema_version = 99\n", "schema_version 99; this Lamplighter reads 2"),
        ("schema_version = 2\n", "lacks 'title'. Add a line such as: title = "),
        ('schema_version = 2\ntitle = "T"\nbody = "B"\n', "lacks 'as_of'"),
        ('schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = "2022-06-30"\n', "a date without quotes"),
        ('schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30T00:00:00\n', "a date without quotes"),
        ('schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n', "names no [[version]]"),
        (
            'schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n[[version]]\nid = "V1"\n',
            "each [[version]] needs an id and a title",
        ),
        (
            'schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n'
            '[[version]]\nid = "V1"\ntitle = "One"\ncolour = "red"\n',
            "[[version]] V1 has the unknown line colour",
        ),
        (
            'schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n'
            '[[version]]\nid = "V1"\ntitle = "One"\npublished_on = "2021-11-04"\n',
            "[[version]] V1: published_on must be a date without quotes",
        ),
        (
            'schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n'
            '[[version]]\nid = "V1"\ntitle = "One"\ncomplete = "no"\n',
            "[[version]] V1: complete must be true or false",
        ),
        (
            'schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n'
            '[[version]]\nid = "V1"\ntitle = "One"\n[[version]]\nid = "V1"\ntitle = "Two"\n',
            "two versions have the id V1",
        ),
    ],
)
def test_a_header_that_is_no_use_is_refused_with_the_mend(write_plan: Write, header: str, words: str):
    with pytest.raises(InputError) as told:
        read_header(write_plan(header=header))
    assert words in str(told.value)


def test_a_header_that_is_not_toml_is_refused(write_plan: Write):
    with pytest.raises(FileRefused, match=r"plan\.toml can't be read"):
        read_header(write_plan(header="title = Safer nights\n"))


def test_a_missing_folder_and_a_folder_without_a_header_are_told_apart(tmp_path: Path):
    with pytest.raises(InputError, match="There is no folder"):
        read_header(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"has no plan\.toml, so it is not a plan folder"):
        read_header(tmp_path)
