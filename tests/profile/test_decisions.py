"""decisions.toml is read strictly, and what is wrong in it is said with line, key and mend."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lamplighter.errors import FileRefused, InputError, NoSuchName
from lamplighter.profile.decisions import NO_DECISIONS, Decision, KindDecision, decisions_of, read_decisions
from lamplighter.profile.decisions_template import offer_template, template

DECIDED = """
[[recommendations]]
place = "p1"
decision = "accept"
by = "Sgt A. Noor"
on = 2026-11-02
"""
OVERRULED = """
[kinds."High Street"]
kind = "street"
patrol = true
because = "a market, no homes"
by = "A. Noor"
on = 2026-11-02
"""
TOLD = {
    "question": {"area": {"name": 'The "Old" Town'}},
    "places": [{"id": "p1", "name": 'High Street "East"\n[terms]', "kind": "street"}],
    "recommendations": [{"place_id": "p1", "tactic": "town_centre", "text": "High Street: walk.\x07"}],
    "what_this_cannot_say": ['Who the victim was, "as such"'],
    "last_recommendations": {"items": [{"id": None, "text": "Walk more"}]},
}


def decided(text: str):
    return decisions_of(text.encode())


def test_every_table_is_read_into_what_it_means():
    given = decided(
        """
        [terms]
        author = "A. Noor"
        valid_until = 2027-01-31
        [[drivers]]
        text = "Two venues close at the same time"
        [[intelligence_requirements]]
        text = "Who was known to whom"
        due = 2026-12-31
        [present_response]
        text = "None"
        [[last_recommendations]]
        text = "p1.town_centre"
        what_became = "Done in March"
        [[alternatives]]
        text = "Cameras"
        why_not = "They were there already"
        [denominators."Doncaster"]
        value = 308000
        what = "residents"
        source = "Census 2021"
        """
        + OVERRULED
        + DECIDED
    )
    assert (given.terms.author, given.terms.reviewer, given.terms.valid_until) == ("A. Noor", None, date(2027, 1, 31))
    assert given.drivers[0].text == "Two venues close at the same time"
    assert given.intelligence_requirements[0].due == date(2026, 12, 31)
    assert given.present_response.text == "None"
    assert given.last_recommendations[0].what_became == "Done in March"
    assert given.alternatives[0].why_not == "They were there already"
    assert given.denominators["Doncaster"].value == 308000.0
    assert given.kinds["High Street"] == KindDecision(
        kind="street", patrol=True, because="a market, no homes", by="A. Noor", on=date(2026, 11, 2)
    )
    assert given.recommendations == (Decision(place="p1", decision="accept", by="Sgt A. Noor", on=date(2026, 11, 2)),)


def test_an_empty_file_decides_nothing():
    assert decided("") == NO_DECISIONS


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read():
    assert decisions_of(b'\xef\xbb\xbf[terms]\r\nauthor = "A"\r\n').terms.author == "A"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[term]\nauthor = "A"', r"line 1.*'term'.*Did you mean terms"),
        ('[terms]\n\nauthr = "A"', r"\[terms\] in decisions\.toml \(line 3\).*'authr'.*Did you mean author"),
        (
            '[[drivers]]\ntext = "a"\n[[drivers]]\ntxt = "b"',
            r"\[\[drivers\]\] 2 in decisions\.toml \(line 4\).*Did you mean text",
        ),
        (
            DECIDED.replace('"accept"', '"acept"'),
            r"decision in decisions\.toml \(line 4\).*'acept'.*Did you mean accept",
        ),
        (DECIDED + 'tactic = "town_center"', r"tactic in decisions\.toml \(line 7\).*Did you mean town_centre"),
        (OVERRULED.replace('"street"', '"nightclb"'), r"kind in decisions\.toml \(line 3\).*Did you mean nightclub"),
    ],
)
def test_a_name_nearly_right_is_refused_with_its_line_and_the_nearest(text, said):
    with pytest.raises(NoSuchName, match=said):
        decided(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DECIDED.replace('by = "Sgt A. Noor"\n', ""), r"line 2.*lacks by\. Write by ="),
        (DECIDED.replace('"Sgt A. Noor"', '"  "'), r"line 2.*lacks by"),
        (DECIDED.replace('"Sgt A. Noor"', '"\u200b."'), r"line 5.*words that can be read"),
        (DECIDED.replace('"accept"', '"reject"'), r"line 2.*'reject' without a reason"),
        (DECIDED.replace("2026-11-02", '"2 November"'), r"line 6.*a day without quotes"),
        (DECIDED.replace("2026-11-02", "2026-11-02T10:00:00"), r"a day without quotes and no time"),
        ("[terms]\nversion = 1", r"line 2.*version has to be a text in quotes"),
        ("terms = 1", r"line 1.*terms is a table\. Write \[terms\]"),
        ('[drivers]\ntext = "a"', r"line 1.*drivers is a list.*\[\[drivers\]\]"),
        ('[kinds]\n"High Street" = "street"', r"line 2.*kinds needs a name before its keys"),
        (OVERRULED.replace("true", '"yes"'), r"line 4.*patrol has to be true or false"),
        (OVERRULED.replace("patrol = true\n", ""), r"lacks patrol\. Write patrol = false"),
        (OVERRULED.replace('"street"', '"prison"'), r"line 4.*no patrol is drawn at 'prison'"),
        (OVERRULED.replace('"street"', '"home"'), r"line 4.*no patrol is drawn at 'home'"),
        (OVERRULED.replace('"street"', '"unknown, may be homes"'), r"no patrol is drawn"),
        (
            '[denominators."D"]\nvalue = "308,000"\nwhat = "w"\nsource = "s"',
            r"line 2.*a number from 1 to 10,000,000,000 without quotes or commas",
        ),
        ('[denominators."D"]\nvalue = 0\nwhat = "w"\nsource = "s"', r"a number from 1"),
        ('[denominators."D"]\nvalue = 1e-320\nwhat = "w"\nsource = "s"', r"a number from 1"),
        (f'[denominators."D"]\nvalue = 1{"0" * 400}\nwhat = "w"\nsource = "s"', r"a number from 1"),
        (f'[denominators."D"]\nvalue = 1{"0" * 5000}\nwhat = "w"\nsource = "s"', r"no valid TOML"),
        ("drivers = " + "[" * 5000, r"nests its brackets too deep"),
        ('[denominators."D"]\nvalue = nan\nwhat = "w"\nsource = "s"', r"a number from 1"),
        ('[denominators."D"]\nvalue = true\nwhat = "w"\nsource = "s"', r"a number from 1"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line_and_the_mend(text, said):
    with pytest.raises(InputError, match=said):
        decided(text)


def test_a_line_inside_a_long_text_is_not_taken_for_a_head_or_a_key():
    text = '[terms]\nasked_by = """\n[[drivers]]\ntxt = 1\n"""\n[[drivers]]\ntxt = "b"'
    with pytest.raises(NoSuchName, match=r"line 7"):
        decided(text)


def test_the_line_is_that_of_the_block_that_is_wrong_not_of_the_same_key_in_the_one_before():
    with pytest.raises(InputError, match=r"line 13.*\[\[recommendations\]\] 2 on has to be a day"):
        decided(DECIDED + "\n" + DECIDED.replace("2026-11-02", '"soon"'))


def test_a_name_written_twice_is_refused_with_its_line():
    with pytest.raises(FileRefused, match=r"no valid TOML.*line 3"):
        decided('[terms]\nauthor = "A"\nauthor = "B"')


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[terms]\nauthor = "J\xfcrgen"'.encode("latin-1"), "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not UTF-8"),
        (b"<html>\n</html>", "no valid TOML.*line 1"),
        (b"[terms]\nauthor = A", "no valid TOML.*line 2"),
        (b"#" * 2_000_001, "no decisions file"),
    ],
)
def test_a_file_that_is_something_else_is_refused_whole(content, said):
    with pytest.raises(FileRefused, match=said):
        decisions_of(content)


def test_a_file_that_is_not_there_is_told_how_to_get_one(tmp_path: Path):
    with pytest.raises(InputError, match=r"can't be opened.*a template is written"):
        read_decisions(tmp_path / "decisions.toml")
    with pytest.raises(InputError, match="is a folder"):
        read_decisions(tmp_path)


def test_the_template_read_back_decides_nothing_even_where_a_name_holds_quotes_and_line_ends():
    assert decided(template(TOLD)) == NO_DECISIONS
    assert decided(template({})) == NO_DECISIONS


def test_the_template_s_blocks_are_read_once_their_marks_are_taken_away():
    """What a person does by hand: take the # away, and fill in."""
    lines = template(TOLD).split("\n")

    def block(head: str, **filled: str) -> str:
        at = lines.index(head)
        text = "\n".join(line.removeprefix("# ") for line in lines[at:]).split("\n\n")[0]
        for key, value in filled.items():
            assert f'\n{key} = ""' in text
            text = text.replace(f'\n{key} = ""', f"\n{key} = {value}")
        return text

    kind = {"kind": '"park"', "because": '"seen"', "by": '"A"', "on": "2026-11-02"}
    assert decided(block('# [kinds."p1"]    # High Street "East" [terms]: street', **kind)).kinds["p1"].kind == "park"
    head = "# [[recommendations]]    # High Street: walk."
    [given] = decided(block(head, decision='"accept"', by='"A"', on="2026-11-02")).recommendations
    assert (given.place, given.tactic, given.owner, given.review_on) == ("p1", "town_centre", None, None)
    with pytest.raises(InputError, match=r"lacks decision, by and on"):
        decided(block(head))


def test_every_key_that_can_be_read_stands_in_the_template():
    from lamplighter.profile.decisions import _SHAPES

    text = template(TOLD)
    for name, shape in _SHAPES.items():
        assert f"[{name}" in text
        for key in shape.keys:
            assert f"\n{key} =" in text or f"# {key} =" in text, (name, key)


def test_a_template_is_written_once_and_never_over_what_somebody_filled_in(tmp_path: Path):
    assert offer_template(tmp_path, TOLD)
    assert read_decisions(tmp_path / "decisions.toml") == NO_DECISIONS
    (tmp_path / "decisions.toml").write_text('[terms]\nauthor = "A. Noor"\n', encoding="utf-8")
    assert not offer_template(tmp_path, TOLD)
    assert read_decisions(tmp_path / "decisions.toml").terms.author == "A. Noor"
    assert [path.name for path in tmp_path.iterdir()] == ["decisions.toml"]


def test_a_reader_sees_every_letter_of_what_a_person_wrote():
    """A mark that turns the direction would show other words than stand there; an escape would steer a terminal."""
    terms = decided('[terms]\nasked_by = "A.\\u202e Noor\\u200b\\u001b[31m"').terms
    assert terms.asked_by == "A. Noor[31m"
