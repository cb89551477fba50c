"""The page of a linked problem profile, and the way to it from the promise."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.plan.profiles.made_up_profile import TOLD

from lamplighter.plan.make_book import make_book
from lamplighter.plan.profiles.linking import link_profile
from lamplighter.reports.site import write_site

HEADER = """\
schema_version = 2
title = "Safer nights"
body = "Northam Constabulary"
as_of = 2022-06-30
[[version]]
id = "V1"
title = "The first plan"
complete = true
"""
PROMISES = "id,version,kind,title\nA05,V1,action,Make problem profiles\nA06,V1,action,Send officers\n"


class Made:
    """The site of a plan to which one profile is linked."""

    def __init__(self, site: Path, profile_id: str):
        self.site, self.id = site, profile_id

    def text(self, path: str) -> str:
        return (self.site / path).read_text(encoding="utf-8")

    @property
    def page(self) -> str:
        return self.text(f"profiles/{self.id}.html")

    @property
    def everything(self) -> str:
        return "".join(
            path.read_text(encoding="utf-8")
            for path in sorted(self.site.rglob("*"))
            if path.suffix in (".html", ".csv")
        )


@pytest.fixture
def linked(tmp_path: Path, charts: Any) -> Callable[..., Made]:
    """Link the made-up profile, changed as told, and write the site."""

    def make(*, extract: bool = False, access: Any = None, **changes: Any) -> Made:
        folder = tmp_path / "northam"
        folder.mkdir()
        (folder / "plan.toml").write_text(HEADER, encoding="utf-8")
        (folder / "promises.csv").write_text(PROMISES, encoding="utf-8")
        told = {**deepcopy(TOLD), **changes}
        if extract:
            told["is_street"], told["provenance"]["source"] = False, "extract"
        (tmp_path / "profile.json").write_text(json.dumps(told), encoding="utf-8")
        done = link_profile(
            folder, tmp_path / "profile.json", promise="A05", by="A. Analyst", today=date(2022, 6, 1), access=access
        )
        book = make_book(
            folder, as_of=None, measures={}, false_calls=None, imports=(), revisions=(), workspace_digest="none",
            code_version="0",
        )  # fmt: skip
        write_site(book, tmp_path / "site", charts=charts)
        return Made(tmp_path / "site", done.profile.id)

    return make


def test_the_promise_leads_to_the_page_and_the_page_back(linked: Callable[..., Made]) -> None:
    made = linked()
    assert f'href="../profiles/{made.id}.html"' in made.text("promises/A05.html")
    assert f"profiles/{made.id}.html" not in made.text("promises/A06.html")
    assert 'href="../promises/A05.html"' in made.page
    assert f'href="../sources.html#src-{made.id}"' in made.page


def test_the_page_says_what_it_is_how_complete_and_what_it_can_not_say(linked: Callable[..., Made]) -> None:
    page = linked().page
    for words in (
        "Violence in Northam: a violence profile", "not of violence against women and girls", "not evidence about a person",
        "January 2023 to December 2023", "July 2023", "Unknown, not without crime.", ">96.2%", "Who did it.",
        "By A. Analyst", "None of its numbers is a figure of this plan",
    ):  # fmt: skip
        assert words in page, words


def test_of_street_data_findings_stand_with_confidence_and_figures_and_how_many_are_not_here(
    linked: Callable[..., Made],
) -> None:
    page = linked().page
    assert "870 rows in twelve months." in page
    assert "Confidence: high. Rests on <code>count</code>." in page
    assert "Rows of violence (count)" in page
    assert "1 to 1.5 (made up)" in page
    assert "Not here: 2 of the findings on its first page" in page


@pytest.mark.parametrize("extract", [False, True])
def test_nothing_that_must_stay_in_the_profile_is_anywhere_in_the_site(
    linked: Callable[..., Made], extract: bool
) -> None:
    everything = linked(extract=extract).everything
    for planted in ("PLANTED", "Silver Street", "Hall Gate", "457123"):
        assert planted not in everything


def test_of_an_extract_no_number_of_rows_is_told(linked: Callable[..., Made]) -> None:
    made = linked(extract=True)
    assert "870" not in made.everything
    assert "The profile itself is not for everybody." in made.page
    assert "What it found is not here." in made.page
    assert "Not here: 1 more of what it can’t say" in made.page


def test_a_made_up_profile_says_so_wherever_it_stands_and_the_plan_is_not_called_made_up(
    linked: Callable[..., Made],
) -> None:
    made = linked(synthetic=True)
    assert "Made-up data. No person or crime in this profile is real." in made.page
    assert "<strong>Made-up data.</strong>" in made.text("promises/A05.html")
    assert "A problem profile of made-up data" in made.text("sources.html")
    assert "No person, force or crime on these pages is real" not in made.everything


def test_hostile_words_in_the_public_parts_are_words(linked: Callable[..., Made]) -> None:
    page = linked(title="<script>alert(1)</script> & more").page
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page


def test_a_site_without_profiles_has_no_such_page(site: Path) -> None:
    assert not (site / "profiles").exists()


def test_every_link_of_the_page_leads_somewhere(linked: Callable[..., Made]) -> None:
    made = linked()
    for target in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', made.page):
        assert (made.site / "profiles" / target).resolve().exists(), target
