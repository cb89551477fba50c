"""An address that was once public stays: it leads on, gives a choice, or says that nothing took its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.make_book import make_book
from lamplighter.reports.site import write_site

HEADER = """\
schema_version = 2
title = "Safer nights"
body = "Northam Constabulary (made up)"
as_of = 2024-01-31
[[version]]
id = "V1"
title = "The first plan"
complete = true
[[version]]
id = "V2"
title = "The second plan"
complete = true
"""
PROMISES = "id,version,kind,title\nA1,V1,action,Lamps\nA2,V1,action,Walks\nB1,V2,action,Light and walks\n"
SUCCESSORS = (
    "id,promise_id,version,fate,to_ids,reason,read_by\n"
    "F1,A1,V2,merged,B1,One team does both,R. Reader\nF2,A2,V2,merged,B1,One team does both,R. Reader\n"
)
FIGURES = "id,promise_ids,role,label,value,unit,as_of,source_id\nG1,A1,current,Lamps lit,48,lamps,2023-05-01,Q1\n"
EVIDENCE = "id,promise_ids,title,happened_on,source_id\nE1,A2,Twelve walks held,2023-06-02,Q1\n"
FORMER = (
    "id,kind,title,to_ids,reason,gone_on,told_by\n"
    "X1,promise,Brighter parks,X2,Renamed,2022-05-01,R. Reader\n"
    "X2,promise,Brighter streets,A1,Renamed again,2022-07-01,S. Reader\n"
    "X3,promise,Lamps & <walks>,A1;A2,Became two,2022-05-01,R. Reader\n"
    "X4,promise,A number by mistake,,Published by mistake,2022-05-01,R. Reader\n"
)


@pytest.fixture
def went(tmp_path: Path, charts: Any) -> Callable[[str], str]:
    """The site of a plan with pages that went; gives a page's text."""
    folder = tmp_path / "northam"
    folder.mkdir()
    told = {
        "plan.toml": HEADER, "promises.csv": PROMISES, "successors.csv": SUCCESSORS, "figures.csv": FIGURES,
        "evidence.csv": EVIDENCE, "former_addresses.csv": FORMER, "sources.csv": "id,title,access\nQ1,The council,open\n",
    }  # fmt: skip
    for name, text in told.items():
        (folder / name).write_text(text, encoding="utf-8")
    book = make_book(
        folder,
        as_of=None,
        measures={},
        false_calls=None,
        imports=(),
        revisions=(),
        workspace_digest="none",
        code_version="0",
    )
    write_site(book, tmp_path / "site", charts=charts)
    return lambda name: (tmp_path / "site" / name).read_text(encoding="utf-8")


def test_one_that_became_one_sends_the_reader_on_at_once_and_still_has_the_link(went: Callable[[str], str]) -> None:
    page = went("promises/X1.html")
    assert '<meta http-equiv="refresh" content="0; url=../promises/A1.html">' in page
    assert '<a class="govuk-link" href="../promises/A1.html">Lamps</a>' in page
    assert "Renamed." in page
    assert "By way of X2 (Brighter streets): Renamed again." in page


def test_one_that_became_several_gives_the_choice_and_sends_nobody_anywhere(went: Callable[[str], str]) -> None:
    page = went("promises/X3.html")
    assert "http-equiv" not in page
    assert 'href="../promises/A1.html">Lamps</a>' in page
    assert 'href="../promises/A2.html">Walks</a>' in page
    assert "Lamps &amp; &lt;walks&gt;" in page


def test_one_that_nothing_replaced_says_so_and_why(went: Callable[[str], str]) -> None:
    page = went("promises/X4.html")
    assert "http-equiv" not in page
    assert "Nothing took its place." in page
    assert "Published by mistake." in page


def test_who_lands_on_the_new_page_reads_there_where_she_came_from(went: Callable[[str], str]) -> None:
    page = went("promises/A1.html")
    assert "Brighter parks" in page
    assert "Until 1 May 2022" in page
    assert "http-equiv" not in page


def test_every_page_that_went_is_listed_beside_the_versions(went: Callable[[str], str]) -> None:
    page = went("versions.html")
    for name in ("X1", "X2", "X3", "X4"):
        assert f'href="promises/{name}.html"' in page
    assert "nothing took its place" in page


def test_a_merged_promise_shows_the_figures_and_events_of_those_that_it_came_from(went: Callable[[str], str]) -> None:
    page = went("promises/B1.html")
    assert '<strong>merged</strong>: <a class="govuk-link" href="../promises/A1.html">Lamps</a>' in page
    assert "Lamps lit: <strong>48 lamps</strong>" in page
    assert "2 June 2023: Twelve walks held." in page
    assert page.count("Read so by R. Reader.") == 2


def test_an_earlier_promise_leads_to_what_it_became(went: Callable[[str], str]) -> None:
    page = went("promises/A1.html")
    assert 'merged (<a class="govuk-link" href="../promises/B1.html">B1</a>)' in page
