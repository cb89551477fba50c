"""The made-up book, a site written from it with a stand-in for the charts, and a reader of its pages."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lamplighter.plan.book import Book, Pair
from lamplighter.reports.site import write_site
from lamplighter.studies.answers import MeasureAnswer


class FakeCharts:
    """Draws a square: the site is tested here, not the charts."""

    def measure(self, measure: MeasureAnswer) -> str:
        return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-label="A square"><g id="a"/></svg>'

    def pair(self, pair: Pair, measure: MeasureAnswer) -> str:
        return self.measure(measure)

    def alt(self, measure: MeasureAnswer) -> str:
        return f"A square for {measure.title}"

    def counts(self) -> tuple[int, int]:
        return 3, 2


class Reader(HTMLParser):
    """What a test asks of a page: ids, links, tags, and the words that a reader sees."""

    def __init__(self, text: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.lang = ""
        self.words = ""
        self.title = ""
        self._in: list[str] = []
        self.feed(text)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag not in ("a", "strong", "q", "code", "span") or "site-block" in str(told.get("class")):
            self.words += " "
        self.tags.append(tag)
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if tag == "html":
            self.lang = told.get("lang") or ""
        if tag == "a":
            self.links.append(told.get("href") or "")
        else:
            self.loads += [
                str(told[name]) for name in ("src", "href", "data", "poster", "xlink:href") if told.get(name)
            ]
        if tag in ("title", "style"):
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("title", "style"):
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if "title" in self._in:
            self.title += data
        elif not self._in:
            self.words += data


def _fixture_book() -> Callable[[], Book]:
    path = Path(__file__).parent.parent / "fixture_book.py"
    spec = importlib.util.spec_from_file_location("northam_fixture_book", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Callable[[], Book] = module.northam
    return made


@pytest.fixture(scope="session")
def book() -> Book:
    return _fixture_book()()


@pytest.fixture
def charts() -> FakeCharts:
    return FakeCharts()


@pytest.fixture(scope="session")
def site(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "northam"
    write_site(book, out, charts=FakeCharts(), extra_files={"plan.json": b"{}\n", "report.pdf": b"%PDF"})
    return out


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Reader]:
    return {
        path.relative_to(site).as_posix(): Reader(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
