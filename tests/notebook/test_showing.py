"""How answers show themselves: chart, caveats, definition and files in a notebook, words in a terminal; all of it escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.notebook.conftest import line, write_workspace

import lamplighter
from lamplighter.errors import PartMissing
from lamplighter.notebook import Measured, OpenWorkspace
from lamplighter.schema import MADE_UP
from lamplighter.typed_table import TypedColumn, TypedTable

VOID = {"br", "hr", "img", "meta"}


class Tags(HTMLParser):
    """The tags of a page, and whether each was closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    found = Tags()
    found.feed(html)
    assert found.open == []
    return found.seen


def with_words(measured: Measured, **words: Any) -> Measured:
    """The same measure with other words."""
    return replace(measured, answer=replace(measured.answer, **words))


def test_a_notebook_gets_chart_caveats_definition_files_and_the_unknown_month(opened: OpenWorkspace) -> None:
    measured = opened.measure("recorded-vawg", as_of="2021-05-31")
    html = measured._repr_html_()
    tags = tags_of(html)
    charts = [attributes for tag, attributes in tags if tag == "svg"]
    assert [each["role"] for each in charts] == ["img"]
    assert "VAWG crimes recorded a month" in (charts[0]["aria-label"] or "")
    assert all(caveat.replace("'", "&#x27;") in html for caveat in measured.caveats)
    assert "as of 31 May 2021, to May 2021" in html
    assert "D-RECORDED, version" in html
    assert measured.provenance.files[0][1] in html  # the file's SHA-256
    assert re.search(r'<th scope="row"[^>]*>2021-03</th><td[^>]*>not known</td>', html)
    assert "Only to be read beside: " in html


def test_a_notebook_gets_no_script_and_no_address_to_fetch_from(opened: OpenWorkspace) -> None:
    tags = tags_of(opened.measure("recorded-vawg")._repr_html_())
    assert not {"script", "link", "iframe", "img", "object"} & {tag for tag, _ in tags}
    assert not {"src", "href", "onclick", "onload"} & {name for _, attributes in tags for name in attributes}


def test_words_that_look_like_tags_are_shown_as_words(opened: OpenWorkspace) -> None:
    sly = '<script>alert("1")</script> & <img src=x>'
    measured = with_words(
        opened.measure("recorded-vawg"), title=sly, summary=sly, caveats=(sly,), unit=sly, area=sly, rise_would_mean=sly
    )
    measured = replace(measured, pair_words=sly)
    assert not {"script", "img"} & {tag for tag, _ in tags_of(measured._repr_html_())}
    cell = TypedTable(title=sly, columns=(TypedColumn(name=sly, kind="text"),), rows=((sly,),))
    assert not {"script", "img"} & {tag for tag, _ in tags_of(cell._repr_html_())}


def test_without_the_drawing_engine_the_words_and_the_table_are_still_there(
    opened: OpenWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*given: Any, **more: Any) -> str:
        raise PartMissing("Charts need the extra part `report`.")

    monkeypatch.setattr("lamplighter.reports.charts.chart_svg", lacking)
    html = opened.measure("recorded-vawg")._repr_html_()
    assert "Not drawn: Charts need the extra part `report`." in html
    assert "<svg" not in html
    assert "2021-05" in html


def test_two_charts_in_one_notebook_share_no_id(bundled: Path) -> None:
    opened = lamplighter.open(bundled)
    pages = [opened.measure(each)._repr_html_() for each in ("recorded-vawg", "recorded-rape")]
    ids = [set(re.findall(r'\bid="([^"]+)"', each)) for each in pages]
    assert not ids[0] & ids[1]


def test_the_same_question_is_shown_in_the_same_bytes(northam: Path) -> None:
    first, second = (lamplighter.open(northam).measure("recorded-vawg")._repr_html_() for _ in range(2))
    assert first == second


def test_a_terminal_gets_the_words_and_the_table(opened: OpenWorkspace) -> None:
    told = repr(opened.measure("recorded-vawg"))
    assert told.splitlines()[:2] == [
        "VAWG crimes recorded a month",
        "London · crimes recorded · count · all months imported, to May 2021",
    ]
    assert "Note: " in told
    assert re.search(r"^2021-03 +not known", told, re.MULTILINE)
    assert re.search(r"^2021-05 +8\b", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "is_said"), [("made-up-offences.csv", True), ("Synthetic_2021.csv", True), ("met.csv", False)]
)
def test_made_up_data_say_so_by_the_name_of_their_file(tmp_path: Path, name: str, is_said: bool) -> None:
    measured = lamplighter.open(write_workspace(tmp_path, [line("2021-01", 4)], name=name)).measure("recorded-vawg")
    assert (MADE_UP in measured._repr_html_()) is is_said
    assert (MADE_UP in repr(measured)) is is_said
    assert measured.to_pandas().attrs["made_up"] is is_said


def test_an_open_workspace_says_what_it_holds(opened: OpenWorkspace) -> None:
    assert repr(opened).splitlines()[0].endswith(": 1 import")
    assert "offences_kind: January 2021 to May 2021" in repr(opened)
    assert "2021-05" in opened._repr_html_()


def numbers(count: int) -> TypedTable:
    columns = (TypedColumn(name="at", kind="whole"), TypedColumn(name="empty", kind="number"))
    return TypedTable(title="Numbers", columns=columns, rows=tuple((at, None) for at in range(count)))


def test_a_long_table_is_cut_in_the_middle_and_says_how_much_is_left_out() -> None:
    html, text = numbers(25).as_html(first=2, last=3), numbers(25).as_text(first=2, last=3)
    assert re.findall(r'scope="row"[^>]*>(\d+)<', html) == ["0", "1", "22", "23", "24"]
    assert "20 rows are not shown here" in html
    assert "… 20 rows more" in text
    assert "not shown here" not in numbers(5).as_html(first=2, last=3)
    assert re.findall(r'scope="row"[^>]*>(\d+)<', numbers(25).as_html(first=2, last=0)) == ["0", "1"]


def test_a_column_in_which_nothing_stands_is_left_out_and_named() -> None:
    assert "Not shown, because nothing stands in them: empty." in numbers(2).as_html()
    assert '<th scope="col"' in numbers(2).as_html()
    assert ">empty</th>" not in numbers(2).as_html()


def test_a_nought_is_shown_as_a_nought_and_no_empty_column() -> None:
    column = (TypedColumn(name="value", kind="number"),)
    shown = TypedTable(title="Noughts", columns=column, rows=((0.0,), (None,))).as_text().splitlines()
    assert [each.strip() for each in shown] == ["Noughts", "value", "0", "not known"]
    assert "nothing stands" not in TypedTable(title="No", columns=column, rows=((0.0,),)).as_html()
    flag = TypedTable(title="No", columns=(TypedColumn(name="flag", kind="flag"),), rows=((False,),))
    assert ">no</th>" in flag.as_html()
