"""A plan of hundreds of promises: long lists are cut into pages, and every page, link and promise is still reached."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from tests.reports.site.conftest import Reader

from lamplighter.plan.make_book import make_book
from lamplighter.reports.site import leaves, write_site
from lamplighter.reports.site.leaves import places

BENCH = Path(__file__).resolve().parents[3] / "bench"
PROMISES = 1_000
MOST_KB = 500


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path, dict[str, Reader]]:
    folder = tmp_path_factory.mktemp("large")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCH)
        importlib.import_module("made_up_plan").write_made_up_plan(folder / "plan", promises=PROMISES, measure_ids=())
    book = make_book(
        folder / "plan", as_of=None, measures={}, false_calls=None, imports=(), revisions=(), workspace_digest="none",
        code_version="test",
    )  # fmt: skip
    write_site(book, folder / "site")
    site = folder / "site"
    read = {
        each.relative_to(site).as_posix(): Reader(each.read_text(encoding="utf-8")) for each in site.rglob("*.html")
    }
    return book, site, read


def test_every_link_and_anchor_of_a_large_plan_leads_somewhere(large: tuple[Any, Path, dict[str, Reader]]) -> None:
    _, site, pages = large
    ids = {name: set(page.ids) for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        for link in set(page.links):
            if re.match(r"(https?|tel|mailto):", link):
                continue
            path, _, anchor = link.partition("#")
            target = normpath(join(dirname(name), path)) if path else name
            if not (site / target).is_file() or (anchor and anchor not in ids[target]):
                dead.append(f"{name}: {link}")
    assert dead == []


def test_no_page_of_a_large_plan_is_too_heavy_for_a_phone(large: tuple[Any, Path, dict[str, Reader]]) -> None:
    _, site, pages = large
    sizes = {name: (site / name).stat().st_size // 1024 for name in pages}
    assert {name: size for name, size in sizes.items() if size > MOST_KB} == {}


def test_no_two_pages_of_a_list_are_called_the_same_and_each_names_the_others(
    large: tuple[Any, Path, dict[str, Reader]],
) -> None:
    _, _, pages = large
    titles = [page.title for page in pages.values()]
    assert len(set(titles)) == len(titles)
    assert pages["definitions.html"].title.startswith("Definitions (page 1 of 2)")
    assert "definitions-2.html" in pages["definitions.html"].links
    assert "definitions.html" in pages["definitions-2.html"].links


def test_every_promise_is_in_the_lists_by_kind_and_in_the_lists_by_answer_on_both_axes(
    large: tuple[Any, Path, dict[str, Reader]],
) -> None:
    book, _, pages = large
    wanted = {f"promises/{each.promise.id}.html" for each in book.standings}

    def reached(*begins: str) -> set[str]:
        return {link for name, page in pages.items() if name.startswith(begins) for link in page.links} & wanted

    assert reached("index.html", "promises-v1-", "promises-v2-") == wanted
    for axis in ("evidence", "delivery"):
        assert reached("promises.html", f"promises-{axis}-") == wanted
    assert reached("objectives") == wanted


def test_every_number_definition_and_source_has_its_anchor_once(
    large: tuple[Any, Path, dict[str, Reader]],
) -> None:
    book, _, pages = large
    for begins, ids in (
        ("how-we-know", [f"n-{each}" for each in book.numbers]),
        ("definitions", list(book.cards)),
        ("sources", list(book.sources)),
    ):
        found = [each for name, page in pages.items() if name.startswith(begins) for each in page.ids]
        assert [each for each in ids if found.count(each) != 1] == []


def test_a_list_is_cut_where_its_places_say() -> None:
    items = ["a", "b", "c", "d", "e"]
    cut = leaves.leaves("list", items, 2)
    assert [(leaf.path, list(some)) for leaf, some in cut] == [
        ("list.html", ["a", "b"]),
        ("list-2.html", ["c", "d"]),
        ("list-3.html", ["e"]),
    ]
    assert (cut[2][0].first, cut[2][0].last, cut[2][0].total) == (5, 5, 5)
    assert places("list", items, 2) == {each: leaf.path for leaf, some in cut for each in some}


def test_a_list_of_nothing_or_of_just_enough_is_one_page_that_names_no_other() -> None:
    for items in ([], ["a"], ["a", "b"]):
        ((leaf, some),) = leaves.leaves("list", items, 2)
        assert (leaf.path, list(some), leaf.others, leaf.titled("List")) == ("list.html", items, (), "List")
