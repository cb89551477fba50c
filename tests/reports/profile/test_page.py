"""profile.html: one file that asks for nothing, in which every number can be cited and no name of a street is markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from lamplighter.reports.profile.drawings import drawings
from lamplighter.reports.profile.drawn import Drawn
from lamplighter.reports.profile.page import FOLDED_FROM_ROWS, css_text, page


class _Read(HTMLParser):
    """What a browser would make of the page: its elements with their attributes, its ids, its headings, its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self._inside:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [each["id"] or "" for _, each in self.elements if "id" in each]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture
def extract_page(extract_told: dict[str, Any], drawn: Drawn) -> str:
    return page(extract_told, drawings(extract_told, drawn))


def test_it_asks_for_nothing_and_runs_nothing(extract_page: str) -> None:
    read = _Read(extract_page)
    assert not read.all("script")
    assert not read.all("iframe")
    assert not read.all("img")
    addresses = [
        each[name] or "" for _, each in read.elements for name in ("src", "href", "action", "data") if name in each
    ]
    assert all(each.startswith(("#", "data:")) for each in addresses)
    assert not [
        each for each in re.findall(r"url\(([^)]*)\)", extract_page) if not each.strip("\"'").startswith("data:")
    ]
    assert "@import" not in extract_page
    assert not [name for _, each in read.elements for name in each if name.startswith("on")]


def test_a_street_called_like_a_script_is_read_as_words(extract_page: str, profiles: Any) -> None:
    assert profiles.SCRIPT not in extract_page
    assert profiles.SCRIPT in _Read(extract_page).text


def test_every_figure_can_be_cited_by_its_anchor(extract_page: str, extract_told: dict[str, Any]) -> None:
    ids = _Read(extract_page).ids
    for figure in extract_told["figures"]:
        assert ids.count(f"fig-{figure['id']}") == 1


def test_every_link_leads_somewhere_and_no_id_stands_twice(extract_page: str) -> None:
    read = _Read(extract_page)
    targets = [(each.get("href") or "")[1:] for each in read.all("a")]
    assert len(targets) > 20
    assert set(targets) <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))


def test_a_finding_links_to_the_figures_that_carry_it(extract_page: str) -> None:
    first = extract_page.split('class="profile-contents"')[0]
    assert 'href="#fig-places.held"' in first


def test_a_figure_that_is_not_in_the_table_is_named_and_leads_nowhere(
    extract_told: dict[str, Any], drawn: Drawn
) -> None:
    extract_told["summary"]["findings"][0]["figure_ids"] = ["no.such.figure"]
    html = page(extract_told, drawings(extract_told, drawn))
    assert "no.such.figure" in html
    assert "#fig-no.such.figure" not in html


def test_headings_never_skip_a_level_and_there_is_one_title(profiles: Any, drawn: Drawn) -> None:
    for told in (profiles.extract_told(), profiles.street_told(), profiles.empty_told(), profiles.long_told()):
        levels = [
            int(tag[1]) for tag, _ in _Read(page(told, drawings(told, drawn))).elements if re.fullmatch("h[1-6]", tag)
        ]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_caution_stands_at_the_head_at_the_foot_and_on_every_printed_page(
    extract_page: str, extract_told: dict[str, Any]
) -> None:
    head, rest = extract_page.split("<main", 1)
    assert extract_told["caution"] in head.split("</style>")[1]
    assert extract_told["caution"] in rest.split("</main>")[1]
    assert f"@top-center{{content:{css_text(extract_told['caution'])}}}" in head


def test_a_handling_mark_cannot_end_the_style() -> None:
    assert css_text('Secret"}</style><script>') == r'"Secret\22 \7d \3c \2f style\3e \3c script\3e "'


def test_made_up_data_say_so_before_the_first_word(
    extract_page: str, street_told: dict[str, Any], drawn: Drawn
) -> None:
    assert "Made-up data" in extract_page.split("<main", 1)[0]
    assert "Made-up data" not in page(street_told, drawings(street_told, drawn))


def test_street_data_draw_no_patrol_and_say_so_on_the_page(street_told: dict[str, Any], drawn: Drawn) -> None:
    words = _Read(page(street_told, drawings(street_told, drawn))).text
    assert "A violence profile" in words
    assert "No patrol is drawn from these places." in words


def test_what_the_source_cannot_fill_stands_empty_and_named(empty_told: dict[str, Any], drawn: Drawn) -> None:
    html = page(empty_told, drawings(empty_told, drawn))
    words = _Read(html).text
    for heading in ("Victims", "Suspects", "Outcomes", "Time of the week", "Why it happens", "Recommendations"):
        assert f">{heading}</h2>" in html
    assert "Write them in decisions.toml." in words
    assert words.count("Open street data do not tell it.") >= 2
    assert "None" not in words.replace("None of", "")


def test_nothing_of_the_machine_stands_on_the_page(profiles: Any, drawn: Drawn) -> None:
    for told in (profiles.extract_told(), profiles.street_told(), profiles.empty_told()):
        words = _Read(page(told, drawings(told, drawn))).text
        for lump in ("{'", "['", "None,", "nan", "Markup(", "p0000000001 "):
            assert lump not in words


def test_a_table_has_a_caption_heads_and_a_frame_with_a_name_of_its_own(extract_page: str) -> None:
    read = _Read(extract_page)
    assert len(read.all("table")) == len(read.all("caption")) == len(read.all("thead"))
    frames = [each for each in read.all("div") if each.get("role") == "region"]
    assert len(frames) == len(read.all("table"))
    assert all(each.get("tabindex") == "0" for each in frames)
    names = [each.get("aria-label") for each in frames]
    assert len(names) == len(set(names))
    assert all(each.get("scope") in ("col", "row") for each in read.all("th"))


def test_a_long_table_is_folded_and_that_of_the_figures_never(extract_told: dict[str, Any], drawn: Drawn) -> None:
    extract_told["figures"] = [extract_told["figures"][0] | {"id": f"count.{at}"} for at in range(FOLDED_FROM_ROWS + 5)]
    html = page(extract_told, drawings(extract_told, drawn))
    folded = re.findall(r"<details.*?</details>", html, re.DOTALL)
    assert any("table of 36 rows" in each for each in folded)
    assert not any("fig-count.7" in each for each in folded)
    assert "fig-count.7" in html


def test_every_picture_is_an_image_with_a_name_beside_a_table(extract_page: str) -> None:
    read = _Read(extract_page)
    pictures = [each for each in read.all("svg") if each.get("role") == "img"]
    assert len(pictures) == 18
    assert all(len(each.get("aria-label") or "") > 20 for each in pictures)
    assert len(read.all("figure")) == len(read.all("figcaption")) == len(pictures)


def test_without_any_drawing_its_tables_still_stand(extract_told: dict[str, Any]) -> None:
    html = page(extract_told, {})
    assert "<figure" not in html
    assert "Silver Street, High Street and Hall Gate" in html
    assert html.count("<table") > 15


def test_a_count_on_the_page_is_that_of_the_profile(extract_told: dict[str, Any], drawn: Drawn) -> None:
    extract_told["places"][0]["count"] = 4321
    html = page(extract_told, drawings(extract_told, drawn))
    assert html.count("4,321") >= 3  # in the ranking, in its own words, in the bars


def test_shares_are_told_once_in_percent_whether_they_come_as_parts_or_as_percent(
    extract_told: dict[str, Any], drawn: Drawn
) -> None:
    extract_told["compared"]["area"]["share_of_offences"] = 31.5  # percent
    extract_told["concentration"]["holdings"][0]["of_places"] = 0.051  # a part of 1
    words = _Read(page(extract_told, drawings(extract_told, drawn))).text
    assert "31.5%" in words
    assert "5.1%" in words


def test_the_same_profile_is_the_same_page(profiles: Any) -> None:
    once, again = (page(profiles.extract_told(), drawings(profiles.extract_told(), profiles.drawn())) for _ in range(2))
    assert once == again
