"""The built style sheet in a real browser: readable by everyone, at 320 px, on paper, without a request to anybody."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lamplighter.reports.built import asset, asset_folder

if TYPE_CHECKING:
    from playwright.sync_api import Page

STATUSES = (
    "shown",
    "claimed",
    "cannot",
    "nothing",
    "contradicted",
    "kept",
    "missed",
    "partly",
    "overdue",
    "notyet",
    "nodate",
)
LONG = "a" * 64


@pytest.fixture
def specimen(tmp_path: Path) -> Path:
    """One page with one of everything that the style sheet dresses."""
    shutil.copytree(asset_folder(), tmp_path / "assets")
    pills = " ".join(f'<strong class="lamp-status lamp-status--{each}">Words for {each}</strong>' for each in STATUSES)
    heads = "".join(
        f'<th scope="col" class="govuk-table__header govuk-table__header--numeric">20{y}</th>' for y in range(10, 26)
    )
    cells = '<td class="govuk-table__cell govuk-table__cell--numeric">123,456</td>' * 16
    path = tmp_path / "page.html"
    path.write_text(
        f"""<!doctype html>
<html lang="en-GB" class="govuk-template"><head><meta charset="utf-8"><title>Specimen – Lamplighter</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="assets/favicon.svg"><link rel="stylesheet" href="assets/lamplighter.css"></head>
<body class="govuk-template__body">
<a href="#main" class="govuk-skip-link">Skip to main content</a>
<header class="lamp-header"><div class="govuk-width-container lamp-header__container">
<a class="lamp-header__link" href="page.html">{asset("lamp.svg").read_text(encoding="utf-8")}Lamplighter</a>
<span class="lamp-header__words">The plan as it runs</span></div></header>
<nav class="govuk-service-navigation" aria-label="Pages"><div class="govuk-width-container">
<ul class="govuk-service-navigation__list">
<li class="govuk-service-navigation__item govuk-service-navigation__item--active">
<a class="govuk-service-navigation__link" href="page.html" aria-current="page">The plan</a></li>
<li class="govuk-service-navigation__item">
<a class="govuk-service-navigation__link" href="page.html">What changed</a></li></ul>
</div></nav>
<div class="govuk-width-container">
<div class="govuk-exit-this-page" role="region" aria-label="Leave this page">
<a class="govuk-button govuk-button--warning govuk-exit-this-page__button"
 href="page.html" rel="nofollow noreferrer">Exit this page</a></div>
<main class="govuk-main-wrapper" id="main"><h1 class="govuk-heading-l">Specimen</h1>
<p class="lamp-synthetic">Made-up data: nothing on this page happened.</p>
<p class="govuk-body">Text with <a class="govuk-link" href="page.html">a link</a>.</p><p>{pills}</p>
<p class="lamp-big">6,800 of 8,500</p><p class="lamp-meta">On 1 November 2021, from the release.</p>
<div class="lamp-finding"><p class="govuk-body">Ethnicity is unknown for 29.1% of victims.</p></div>
<p class="lamp-rule">By rule: its card's needs are in no source.</p>
<figure class="lamp-chart" tabindex="0" aria-label="A chart of nothing">
<svg viewBox="0 0 640 200" role="img" aria-label="A line"><path d="M0 100h640" stroke="#4a1942"/></svg>
<figcaption>A caption</figcaption></figure>
<div class="lamp-scroll" tabindex="0" role="region" aria-label="Years"><table class="govuk-table">
<caption class="govuk-table__caption">Years</caption>
<thead><tr><th scope="col" class="govuk-table__header">Group</th>{heads}</tr></thead>
<tbody><tr><th scope="row" class="govuk-table__header">All</th>{cells}</tr></tbody></table></div>
<dl class="govuk-summary-list"><div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">SHA-256</dt>
<dd class="govuk-summary-list__value"><span class="lamp-digest">{LONG}</span></dd></div></dl>
</main></div>
<footer class="lamp-footer"><div class="govuk-width-container"><ul><li><a href="page.html">About</a></li></ul>
<p>Not a government service.</p></div></footer></body></html>""",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("width_px", [320, 1024])
def test_axe_finds_nothing_on_a_page_with_one_of_everything(
    page: Page, axe: Callable[[Page], list[str]], specimen: Path, width_px: int
) -> None:
    page.set_viewport_size({"width": width_px, "height": 900})
    page.goto(specimen.as_uri())
    assert axe(page) == []


def test_axe_finds_a_picture_without_words_and_pale_text_when_they_are_seeded(
    page: Page, axe: Callable[[Page], list[str]], specimen: Path
) -> None:
    text = specimen.read_text(encoding="utf-8")
    seed = '<img src="assets/favicon.svg"><p style="color:#aaa;background:#fff">Pale</p></main>'
    specimen.write_text(text.replace("</main>", seed), encoding="utf-8")
    page.goto(specimen.as_uri())
    assert [each.split(" ")[0] for each in axe(page)] == ["color-contrast", "image-alt"]


def test_at_320_px_the_page_does_not_scroll_sideways_but_the_wide_table_and_the_chart_do(
    page: Page, specimen: Path
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(specimen.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for frame in (".lamp-scroll", ".lamp-chart"):
        assert page.evaluate(
            f"(() => {{const e = document.querySelector('{frame}'); return e.scrollWidth > e.clientWidth}})()"
        )
    assert page.evaluate("document.querySelector('.lamp-chart svg').getBoundingClientRect().width") == 640


def test_the_page_is_set_in_the_font_that_the_wheel_carries(page: Page, specimen: Path) -> None:
    page.goto(specimen.as_uri())
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Atkinson Hyperlegible\"'))")
    loaded = page.evaluate(
        "Array.from(document.fonts).filter(f => f.status === 'loaded').map(f => f.family + f.weight)"
    )
    assert "Atkinson Hyperlegible400" in [each.replace('"', "") for each in loaded]


def test_a_page_served_on_the_loopback_address_asks_nobody_else_for_anything(
    page: Page, serve: Callable[[Path], str], specimen: Path
) -> None:
    address = serve(specimen.parent)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/page.html", wait_until="networkidle")
    assert len(asked) > 2
    assert [url for url in asked if not url.startswith(address)] == []


def test_words_are_drawn_even_before_the_fonts_have_come(page: Page) -> None:
    page.set_content("<h1>Lamplighter</h1>")
    assert page.inner_text("h1") == "Lamplighter"


def test_on_paper_there_is_no_navigation_and_the_whole_table_shows(page: Page, specimen: Path) -> None:
    page.goto(specimen.as_uri())
    page.emulate_media(media="print")
    assert not page.is_visible(".govuk-service-navigation")
    assert not page.is_visible(".govuk-exit-this-page")
    assert page.evaluate("getComputedStyle(document.querySelector('.lamp-scroll')).overflowX") == "visible"
