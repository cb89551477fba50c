"""The site in a real browser: axe finds nothing, nothing scrolls sideways on a small phone, a keyboard gets everywhere."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from lamplighter.reports.site import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPORTS = Path(__file__).resolve().parent.parent / "reports"
KINDS = (
    "index", "objectives", "promises", "promises/A1", "promises/A2", "promises/O1", "promises/A3", "measures",
    "measures/recorded", "measures/ethnicity", "measures/homicide", "measures/place-borough-abbey", "places",
    "definitions", "what-changed", "numbers", "cannot-show", "how-we-know", "versions", "rules", "sources",
    "downloads", "about", "method", "accessibility",
)  # fmt: skip
PHONE, DESKTOP = 320, 1280
# A font that sums up two characters as one would hide a page that is too wide; so would a bar that takes room.
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"made_up_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def northam_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up plan as a site with its real charts: a chart can break a page too."""
    out = tmp_path_factory.mktemp("browser") / "site"
    write_site(module(REPORTS / "fixture_book.py").northam(), out, extra_files={"plan.json": b"{}\n"})
    return out


def opened(page: Page, site: Path, name: str, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((site / f"{name}.html").as_uri())
    return page


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing(
    page: Page, axe: Callable[[Page], list[str]], northam_site: Path, name: str, width: int
) -> None:
    opened(page, northam_site, name, width)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert axe(page) == []


@pytest.mark.parametrize("name", KINDS)
def test_no_page_scrolls_sideways_on_a_small_phone(page: Page, northam_site: Path, name: str) -> None:
    opened(page, northam_site, name, PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert page.evaluate(WIDER_THAN_THE_WINDOW) <= 0


def test_a_wide_table_scrolls_in_its_own_frame_and_a_keyboard_reaches_it(page: Page, northam_site: Path) -> None:
    opened(page, northam_site, "promises/A1", PHONE)
    frame = page.locator(".lamp-scroll").first

    assert frame.evaluate("each => each.scrollWidth > each.clientWidth")
    reached = False
    for _ in range(80):
        page.keyboard.press("Tab")
        reached = reached or frame.evaluate("each => document.activeElement === each")
    assert reached


def test_the_first_two_stops_of_a_keyboard_are_the_words_and_the_way_out(page: Page, northam_site: Path) -> None:
    opened(page, northam_site, "promises/A1", DESKTOP)
    stops = []
    for _ in range(2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent"))

    assert stops == ["Skip to main content", "Leave this page"]


def test_everything_works_without_scripts_and_asks_for_nothing_from_elsewhere(
    browser: Browser, northam_site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": PHONE, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((northam_site / "index.html").as_uri())
    page.get_by_role("link", name="Train 500 officers").first.click()
    page.get_by_text("All the rules, in the order in which they are tried").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Train 500 officers"
    assert page.get_by_text("This is the one that held.").first.is_visible()
    page.get_by_role("link", name="Leave this page").last.scroll_into_view_if_needed()
    assert (
        page.get_by_role("link", name="Leave this page").last.get_attribute("href") == "https://www.bbc.co.uk/weather"
    )
    assert [each for each in asked if not each.startswith("file:")] == []
    context.close()


def test_on_paper_the_tables_are_whole_and_the_buttons_are_gone(page: Page, northam_site: Path) -> None:
    opened(page, northam_site, "promises/A1", DESKTOP)
    page.emulate_media(media="print")

    assert not page.locator(".govuk-exit-this-page").is_visible()
    assert page.locator(".lamp-scroll").first.evaluate("each => getComputedStyle(each).overflowX") == "visible"


def test_where_a_promise_stands_can_be_read_without_colour(page: Page, northam_site: Path) -> None:
    opened(page, northam_site, "index", DESKTOP)
    pills = page.locator(".lamp-status")

    assert pills.count() > 10
    assert all(each.strip() for each in pills.all_inner_texts())
