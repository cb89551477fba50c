"""What holds for every page: links that lead somewhere, one title, one heading, nothing from elsewhere, no script."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

HELP = ("999", "55", "0808 2000 247", "0808 500 2222", "Nothing on this site is a way to report a crime")
EXPECTED = {
    "index.html", "objectives.html", "promises.html", "measures.html", "places.html", "definitions.html",
    "what-changed.html", "numbers.html", "cannot-show.html", "how-we-know.html", "versions.html", "rules.html",
    "sources.html", "downloads.html", "corrections.html", "releases.html", "about.html", "method.html", "accessibility.html",
    "how-it-is-run.html",
}  # fmt: skip


def test_there_is_a_page_a_promise_and_a_page_a_measure(pages: dict[str, Any], book: Any) -> None:
    promises = {f"promises/{each.promise.id}.html" for each in book.standings}
    measures = {f"measures/{each}.html" for each in book.measures}

    assert set(pages) == EXPECTED | promises | measures


def test_every_link_and_anchor_leads_somewhere(pages: dict[str, Any], site: Path) -> None:
    dead = []
    for name, page in pages.items():
        for link in (*page.links, *page.loads):
            if re.match(r"(https?|tel|mailto):", link):
                continue
            path, _, anchor = link.partition("#")
            target = normpath(join(dirname(name), path)) if path else name
            if not (site / target).is_file() or (anchor and anchor not in pages[target].ids):
                dead.append(f"{name}: {link}")

    assert dead == []


def test_no_link_begins_at_the_root_so_that_any_folder_and_a_double_click_will_do(pages: dict[str, Any]) -> None:
    assert [link for page in pages.values() for link in (*page.links, *page.loads) if link.startswith("/")] == []


def test_every_page_has_a_title_of_its_own_one_heading_one_main_and_a_language(pages: dict[str, Any]) -> None:
    for name, page in pages.items():
        assert page.lang == "en-GB", name
        assert page.tags.count("h1") == 1, name
        assert page.tags.count("main") == 1, name
    titles = [page.title for page in pages.values()]
    assert len(set(titles)) == len(titles)


def test_no_id_stands_twice_on_a_page(pages: dict[str, Any]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name


def test_no_page_runs_a_script_or_loads_anything_from_elsewhere(pages: dict[str, Any], site: Path) -> None:
    for name, page in pages.items():
        assert not {"script", "iframe", "object", "embed", "form"} & set(page.tags), name
        assert [each for each in page.loads if "//" in each] == [], name
        text = (site / name).read_text(encoding="utf-8")
        assert not re.search(r"\son[a-z]+=", text), name
    for sheet in (site / "assets").glob("*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//|@import", sheet.read_text(encoding="utf-8"))


def test_every_page_says_where_help_is_how_to_leave_and_as_of_when(pages: dict[str, Any]) -> None:
    for name, page in pages.items():
        assert all(each in page.words for each in HELP), name
        assert page.links.count("https://www.bbc.co.uk/weather") == 2, name
        assert "As of 31 March 2026" in page.words, name
        assert "Independent of the plan’s author" in page.words, name


def test_made_up_data_say_so_on_every_page(pages: dict[str, Any]) -> None:
    assert all("Made-up data" in page.words for page in pages.values())


def test_every_class_of_ours_is_dressed(site: Path) -> None:
    sheets = "".join(each.read_text(encoding="utf-8") for each in (site / "assets").glob("*.css"))
    used = {
        each
        for path in site.rglob("*.html")
        for names in re.findall(r'class="([^"]+)"', path.read_text(encoding="utf-8"))
        for each in names.split()
    }
    undressed = {each for each in used if f".{each}" not in sheets}

    assert {each for each in undressed if each.startswith(("lamp-", "site-"))} <= KNOWN_PLAIN
    assert {each for each in undressed if each.startswith("govuk-")} <= KNOWN_PLAIN


# Hooks without a look of their own.
KNOWN_PLAIN = {
    "site-version", "site-measure-summary", "site-places", "site-rules", "site-sentence", "site-plain-findings",
    "govuk-service-navigation__wrapper", "govuk-summary-list__row", "govuk-table__body", "govuk-table__head",
    "govuk-table__caption--s",
}  # fmt: skip
