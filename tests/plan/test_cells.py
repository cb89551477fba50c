"""One cell of a CSV as a value, and back."""

from __future__ import annotations

from datetime import date

import pytest

from lamplighter.plan.cells import (
    format_cell,
    kept_from_running,
    may_be_not_applicable,
    parse_cell,
    without_apostrophe,
)
from lamplighter.plan.records import RECORD_TYPES, Column, columns_of
from lamplighter.schema import quantity_words

MANY = ("ids", "words", "choices")
KINDS = ("text", "id", "date", "number", "whole", "choice", "flag", *MANY)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", ["", "   ", "\t"])
def test_an_empty_cell_is_unknown_and_never_nought_or_no(kind: str, cell: str):
    assert parse_cell(cell, Column(kind=kind)) == (() if kind in MANY else None)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("text", "  A street, at night ", "A street, at night"),
        ("id", "A09", "A09"),
        ("id", "D-TRAINED.v1_a", "D-TRAINED.v1_a"),
        ("date", "2021-11-04", date(2021, 11, 4)),
        ("number", "12.8", 12.8),
        ("number", "-3", -3.0),
        ("number", "0", 0.0),
        ("number", "123456789012345", 123456789012345.0),
        ("number", "33.333333333333336", 100 / 3),
        ("text", "two\nlines and\ta tab", "two\nlines and\ta tab"),
        ("whole", "12", 12),
        ("flag", "yes", True),
        ("flag", "no", False),
        ("choice", "about", "about"),
        ("ids", "S1;S2", ("S1", "S2")),
        ("ids", " S1 ; S2 ;", ("S1", "S2")),
        ("words", "training.numbers;posts", ("training.numbers", "posts")),
        ("choices", "exactly;about", ("exactly", "about")),
    ],
)
def test_each_kind_of_cell_becomes_its_value(kind: str, cell: str, value: object):
    assert parse_cell(cell, Column(kind=kind, choices=("about", "exactly"))) == value


def test_not_applicable_is_kept_as_itself_and_is_not_unknown():
    assert parse_cell("n/a", Column(kind="text")) == "n/a"
    assert parse_cell("n/a", Column(kind="date", may_be_na=True)) == "n/a"
    assert parse_cell("n/a", Column(kind="number", may_be_na=True)) == "n/a"
    assert parse_cell("n/a", Column(kind="ids")) == ("n/a",)
    assert parse_cell("n/a", Column(kind="words")) == ("n/a",)


@pytest.mark.parametrize("kind", ["date", "number", "whole", "choice", "flag", "id"])
def test_not_applicable_is_refused_where_the_rules_reckon_with_the_cell(kind: str):
    with pytest.raises(ValueError, match="n/a"):
        parse_cell("n/a", Column(kind=kind, choices=("about",)))


def test_a_promise_may_have_no_due_date_by_nature_and_a_count_no_denominator():
    may_be = {
        (name, each.name)
        for name, kind in RECORD_TYPES.items()
        for each in columns_of(kind)
        if may_be_not_applicable(each)
    }
    assert {("promises", "due_from"), ("promises", "due_to"), ("figures", "denominator_label")} <= may_be
    assert not {("figures", "value"), ("figures", "denominator"), ("figures", "as_of"), ("promises", "kind")} & may_be


@pytest.mark.parametrize(
    ("kind", "cell", "mend"),
    [
        ("id", "9A", "An id begins with a letter"),
        ("id", "A 9", "letters, digits, full stops, hyphens and underscores only"),
        ("id", "P03/a", "letters, digits, full stops, hyphens and underscores only"),
        ("id", "aux.1", "can't be the name of a file on Windows"),
        ("id", "A9;B", "An id begins with a letter"),
        ("ids", "S1;2", "2 is not an id. An id begins with a letter"),
        ("date", "4 November 2021", "Write it as 2021-11-04"),
        ("date", "04/11/2021", "Write it as 2021-11-04"),
        ("date", "20211104", "Write it as 2021-11-04"),
        ("date", "2021-W44-4", "Write it as 2021-11-04"),
        ("date", "2021-02-30", "Write it as 2021-11-04"),
        ("number", "6,800", "without commas"),
        ("number", "80%", "without commas or %"),
        ("number", "nan", "is not a number"),
        ("number", "inf", "is not a number"),
        ("number", "1e3", "is not a number"),
        ("number", "٣", "is not a number"),
        ("number", "9" * 400, "more than 15 digits"),
        ("number", "1" + "0" * 15, "more than 15 digits"),
        ("number", "-0.12345678901234567", "has more digits than can be kept. Round it"),
        ("whole", "9" * 5000, "more than 15 digits"),
        ("text", "red \x1b[31m", "holds the character U\\+001B, which can't be seen"),
        ("text", "turned \u202e round", "holds the character U\\+202E"),
        ("whole", "1.5", "is not a whole number"),
        ("whole", "twelve", "is not a whole number"),
        ("flag", "true", "is neither yes nor no"),
        ("flag", "Yes", "is neither yes nor no"),
        ("choice", "roughly", "is not one of about and exactly"),
        ("choices", "about;roughly", "roughly is not one of about and exactly"),
    ],
)
def test_a_bad_cell_is_refused_with_what_would_do(kind: str, cell: str, mend: str):
    with pytest.raises(ValueError, match=mend):
        parse_cell(cell, Column(kind=kind, choices=("about", "exactly")))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ((), ""),
        (True, "yes"),
        (False, "no"),
        (6800.0, "6800"),
        (12.8, "12.8"),
        (0.00001, "0.00001"),
        (date(2021, 11, 4), "2021-11-04"),
        (("S1", "S2"), "S1;S2"),
        (7, "7"),
        ("two\r\nlines", "two\nlines"),
    ],
)
def test_a_value_is_written_as_it_is_read(value: object, cell: str):
    assert format_cell(value) == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("+44 20", "'+44 20"), ("-5 to 5", "'-5 to 5"), ("@home", "'@home"), ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"), ("1 = 1", "1 = 1"), ("", ""), ("'tis", "'tis"), ("'", "'"),
    ],
)  # fmt: skip
def test_a_text_that_a_spreadsheet_would_run_has_an_apostrophe_in_a_csv_and_comes_back_without(text: str, cell: str):
    assert kept_from_running(text) == cell
    assert without_apostrophe(cell) == text


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (700_000, "£", "£700,000"),
        (-5, "£", "−£5"),
        (2, "£ a head", "£2 a head"),
        (12.5, "€", "€12.5"),
        (50, "%", "50%"),
        (1, "van", "1 van"),
        (None, "£", "not known £"),
    ],
)
def test_a_sum_of_money_is_written_with_its_sign_before_it(value: float | None, unit: str, words: str):
    assert quantity_words(value, unit) == words


def test_how_firmly_a_sum_is_put_stands_before_its_sign():
    assert quantity_words(5e6, "£", qualifier="more than") == "more than £5,000,000"
