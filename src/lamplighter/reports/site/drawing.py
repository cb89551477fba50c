"""The charts of a site: each measure's and each pair's picture, drawn once or fetched from the cache, with words for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from markupsafe import Markup

from lamplighter.plan.book import Book, Pair
from lamplighter.schema import OnProgress, tell_nobody
from lamplighter.studies.answers import MeasureAnswer
from lamplighter.studies.area_answers import AreaComparison

_ID = re.compile(r'(\bid="|url\(#|href="#)(?=[A-Za-z])')


class ChartMaker(Protocol):
    """Who draws: the charts package, or a stand-in in a test."""

    def measure(self, measure: MeasureAnswer) -> str: ...

    def pair(self, pair: Pair, measure: MeasureAnswer) -> str: ...

    def alt(self, measure: MeasureAnswer) -> str: ...

    def areas(self, comparison: AreaComparison) -> tuple[str, str]:
        """The picture of a comparison between areas, and what it shows in words."""
        ...

    def counts(self) -> tuple[int, int]:
        """How many were drawn, and how many came from the cache."""
        ...


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The pictures by id, as SVG, and what each shows in words."""

    charts: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)
    alts: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    drawn: int = 0
    cached: int = 0


def draw(book: Book, maker: ChartMaker, on_progress: OnProgress = tell_nobody) -> Drawn:
    """All pictures of the book. A measure without a point has none, and its page says so."""
    drawable = [each for each in book.measures.values() if each.points]
    paired = [each for each in book.pairs if each.measure_id in book.measures]
    funnels = [each for each in book.areas if each.judgement.curve]
    total = len(drawable) + len(paired) + len(funnels)
    charts: dict[str, str] = {}
    for at, measure in enumerate(drawable, 1):
        charts[measure.id] = maker.measure(measure)
        on_progress("drawing and writing pages", at, total)
    pairs: dict[str, str] = {}
    for at, pair in enumerate(paired, len(drawable) + 1):
        pairs[pair.id] = maker.pair(pair, book.measures[pair.measure_id])
        on_progress("drawing and writing pages", at, total)
    areas: dict[str, tuple[str, str]] = {}
    for at, comparison in enumerate(funnels, len(drawable) + len(paired) + 1):
        areas[comparison.id] = maker.areas(comparison)
        on_progress("drawing and writing pages", at, total)
    drawn, cached = maker.counts()
    return Drawn(
        charts=charts,
        pairs=pairs,
        alts={each.id: maker.alt(each) for each in drawable},
        areas=areas,
        drawn=drawn,
        cached=cached,
    )


def inline(svg: str, prefix: str) -> Markup:
    """The SVG as a part of a page: without an XML head, and with ids of its own, so that two charts never share one.

    Trusted as it is: the charts package escapes every word that it draws.
    """
    start = svg.find("<svg")
    return Markup(_ID.sub(lambda found: f"{found[1]}{prefix}-", svg[start:]))  # noqa: S704


def charts_of(cache: Path | None) -> ChartMaker:
    """The charts package as a maker; loaded only when a site is written."""
    from lamplighter.reports.site.charting import PackagedCharts

    return PackagedCharts(cache=cache)
