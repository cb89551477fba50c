"""The charts package as the maker of a site's pictures; imported only when a site is really drawn."""

from __future__ import annotations

from pathlib import Path

from lamplighter.plan.book import Pair
from lamplighter.reports.charts import alt_text, chart_svg, funnel_svg, funnel_text, pair_svg
from lamplighter.studies.answers import MeasureAnswer
from lamplighter.studies.area_answers import AreaComparison


class PackagedCharts:
    """Draws with the charts package and counts what came new into the cache."""

    def __init__(self, *, cache: Path | None):
        self._cache = cache
        self._asked = 0
        self._there_before = self._kept()

    def measure(self, measure: MeasureAnswer) -> str:
        self._asked += 1
        return chart_svg(measure, cache=self._cache)

    def pair(self, pair: Pair, measure: MeasureAnswer) -> str:
        self._asked += 1
        return pair_svg(pair, measure, cache=self._cache)

    def alt(self, measure: MeasureAnswer) -> str:
        return alt_text(measure)

    def areas(self, comparison: AreaComparison) -> tuple[str, str]:
        self._asked += 1
        return funnel_svg(comparison, cache=self._cache), funnel_text(comparison)

    def counts(self) -> tuple[int, int]:
        drawn = self._asked if self._cache is None else self._kept() - self._there_before
        return drawn, self._asked - drawn

    def _kept(self) -> int:
        return 0 if self._cache is None else sum(1 for _ in self._cache.glob("*.svg"))
