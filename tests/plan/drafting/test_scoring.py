"""Scores of a draft against labels, on a text and labels of our own that can be counted by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lamplighter.errors import FileRefused
from lamplighter.plan.drafting.documents import read_document
from lamplighter.plan.drafting.draft import draft
from lamplighter.plan.drafting.scoring import KINDS, Label, Score, read_labels, score

HERE = Path(__file__).parent
TEXT = "We will train 20 officers by March 2023. Nobody knows. We will walk."


def scores(labels: list[Label]) -> dict[str, Score]:
    return {each.kind: each for each in score(draft(TEXT), labels)}


def label(kind: str, words: str, value: str = "", id: str = "X1") -> Label:  # noqa: A002
    start = TEXT.index(words)
    return Label(kind=kind, id=id, start=start, end=start + len(words), value=value)


def test_the_made_up_plan_is_read_within_reach(northam: str):
    found = {each.kind: each for each in score(draft(northam), read_labels(HERE / "northam-plan.csv", text=northam))}
    assert {kind: (each.labelled, each.found) for kind, each in found.items()} == {
        "promise": (8, 8),
        "figure": (13, 13),
        "date": (5, 5),
    }
    assert found["figure"].right == found["figure"].drafted == 13
    assert found["date"].right == found["date"].drafted == 5
    assert found["promise"].precision is not None
    assert found["promise"].precision >= 0.7


def test_a_public_text_labelled_by_somebody_else_is_read_within_reach():
    """The rules were fitted on it, so that this shows harm done by a change of them, not their reach."""
    text = read_document(HERE / "public" / "fact-sheet-2024.txt")
    found = {
        each.kind: each for each in score(draft(text), read_labels(HERE / "public" / "fact-sheet-2024.csv", text=text))
    }
    assert {kind: each.labelled for kind, each in found.items()} == {"promise": 6, "figure": 10, "date": 8}
    assert {kind: each.recall for kind, each in found.items()} == {"promise": 1.0, "figure": 1.0, "date": 1.0}
    assert {kind: each.wrong for kind, each in found.items()} == {"promise": (), "figure": (), "date": ()}


def test_a_promise_of_two_sentences_is_found_by_either():
    found = scores([label("promise", "We will train", id="A1"), label("promise", "Nobody knows", id="A1")])["promise"]
    assert (found.labelled, found.found, found.drafted, found.right) == (1, 1, 2, 1)
    assert found.wrong == ("We will walk.",)


def test_a_figure_with_another_value_is_missed_and_wrong():
    found = scores([label("figure", "20", "21")])["figure"]
    assert (found.recall, found.precision, found.missed, found.wrong) == (0.0, 0.0, ("X1",), ("20",))


def test_a_date_needs_only_its_place_where_the_label_has_no_value():
    assert scores([label("date", "March 2023")])["date"].recall == 1.0
    assert scores([label("date", "March 2023", "2023-03-01")])["date"].recall == 0.0


def test_shares_of_nothing_are_unknown_and_not_nought():
    found = scores([label("promise", "We will walk")])["figure"]
    assert (found.recall, found.precision) == (None, 0.0)
    none = score(draft("Rain."), [Label(kind="date", id="D", start=0, end=4)])[1]
    assert (none.recall, none.precision) == (None, None)


def test_labels_by_words_meet_each_of_their_places_in_turn(tmp_path: Path):
    path = tmp_path / "truth.csv"
    path.write_text("kind,id,words,value\nfigure,F1,20,20\nfigure,F2,20,20\n", encoding="utf-8")
    found = read_labels(path, text="20 men and 20\nwomen")
    assert [(each.start, each.end) for each in found] == [(0, 2), (11, 13)]


def test_offsets_win_over_the_first_place_of_the_same_words(tmp_path: Path):
    path = tmp_path / "truth.csv"
    path.write_text("kind,id,words,start,end,value\nfigure,F1,20,11,13,20\n", encoding="utf-8")
    assert [
        each.start for each in read_labels(path, text="$20 million 20 men".replace("$20 million", "£20m for a"))
    ] == [11]


def test_sentences_of_many_styles_are_read_within_reach():
    """Plans, speeches, minutes, letters: labelled before the rules ran on them, mended by them since, not all read rightly."""
    with (HERE / "sentences.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    hits = {kind: [0, 0, 0] for kind in KINDS}  # right, drafted, labelled
    for row in rows:
        made = draft(row["sentence"])
        wanted = [float(each) for each in row["figures"].split()]
        values = [round(each.found.value, 2) for each in made.figures]
        days = int(row["dates"])
        for kind, right, drafted, labelled in (
            ("promise", row["promise"] == "yes" and bool(made.promises), bool(made.promises), row["promise"] == "yes"),
            (
                "figure",
                sum(min(values.count(each), wanted.count(each)) for each in {*wanted}),
                len(values),
                len(wanted),
            ),
            ("date", min(days, len(made.dates)), len(made.dates), days),
        ):
            hits[kind] = [old + int(new) for old, new in zip(hits[kind], (right, drafted, labelled), strict=True)]
    assert len(rows) > 100
    for kind, recall, precision in (("promise", 0.85, 0.7), ("figure", 0.95, 0.9), ("date", 0.95, 0.9)):
        right, drafted, labelled = hits[kind]
        assert (kind, right >= recall * labelled, right >= precision * drafted) == (kind, True, True)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("kind,id,value\nfigure,F1,20\n", "start and end or words"),
        ("kind,id,words,value\nnumber,F1,20,20\n", "line 2: 'number' is not one of"),
        ("kind,id,words,value\nfigure,F1,21,21\n", "don't stand in the text"),
        ("kind,id,words,value\nfigure,F1,20,many\n", "needs a value"),
        ("kind,id,start,end\ndate,D1,5,900\n", "is not a stretch of this text"),
        ("kind,id,start,end\ndate,D1,five,9\n", "whole numbers"),
        ("kind,id,words,start,end\ndate,D1,March,0,9\n", "other words stand at 0 to 9"),
        ("kind,id,start,end\n", "has no label"),
    ],
)
def test_labels_that_cannot_be_used_are_refused_by_line(tmp_path: Path, rows: str, says: str):
    path = tmp_path / "truth.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(FileRefused, match=says):
        read_labels(path, text=TEXT)


def test_labels_of_texts_that_are_not_ours_quote_nothing():
    for path in sorted((HERE / "truth").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        assert set(rows[0]) == {"kind", "id", "start", "end", "value"}
        assert all(row["kind"] in KINDS and not any(c.isalpha() for c in row["value"]) for row in rows)
