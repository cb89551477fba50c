"""The charts: every measure as one SVG that reads at a glance, with the unknown, the breaks and the limits drawn."""

from __future__ import annotations

from pathlib import Path

from lamplighter.plan.book import Pair
from lamplighter.reports.charts.canvas import Canvas
from lamplighter.reports.charts.drawing import drawn
from lamplighter.reports.charts.funnel import funnel_chart, funnel_text
from lamplighter.reports.charts.pairs import pair_chart
from lamplighter.reports.charts.series import series_chart
from lamplighter.reports.charts.shares import is_shares_chart, shares_chart
from lamplighter.reports.charts.words import alt_text, pair_text
from lamplighter.studies.answers import MeasureAnswer
from lamplighter.studies.area_answers import AreaComparison

__all__ = ["alt_text", "chart_svg", "funnel_svg", "funnel_text", "pair_svg", "pair_text"]


def chart_svg(measure: MeasureAnswer, *, cache: Path | None) -> str:
    """How did this measure run, as one picture?

    Returns SVG, 640 px wide by nature and free to scale, with `role="img"` and the words of `alt_text` as its name: it
    needs no figure, id or script around it. Unknown is a gap, immature points are hollow, signals are triangles, limits
    begin anew at each marked break, the value axis begins at 0. Parts of a whole are small charts with Unknown first.
    The same measure gives the same bytes in every time zone. `cache`: a folder for pictures, or None.
    Misleads where months differ much in the number of days: the limits step with them, the eye does not.
    Raises PartMissing when it has to be drawn and the drawing engine is not installed.
    """

    def draw() -> tuple[Canvas, str]:
        return shares_chart(measure) if is_shares_chart(measure) else series_chart(measure), alt_text(measure)

    return drawn(_content(measure), draw, cache=cache)


def pair_svg(pair: Pair, measure: MeasureAnswer, *, cache: Path | None) -> str:
    """How did recording run beside prevalence, as one picture?

    Two panels with their own axes over the same years, because neither may be read alone. A survey figure has its interval
    as a whisker; one whose interval is unknown is hollow with a dashed stub, and one whose year was not read stands beside
    the axis. Returns, caches and raises as `chart_svg`.
    """
    return drawn((pair, _content(measure)), lambda: (pair_chart(pair, measure), pair_text(pair, measure)), cache=cache)


def funnel_svg(comparison: AreaComparison, *, cache: Path | None) -> str:
    """Which areas lie outside the limits that areas of their size usually keep, as one picture?

    Only areas outside are named: a funnel is no ranking, and the table has them all. The upright axis need not begin at 0, and
    then says so. Returns, caches and raises as `chart_svg`; only for a comparison that has limits.
    """
    judgement = comparison.judgement
    content = (
        comparison.title, comparison.unit, comparison.size_words, comparison.period, comparison.target,
        judgement.rows, judgement.curve,
    )  # fmt: skip
    return drawn(content, lambda: (funnel_chart(comparison), funnel_text(comparison)), cache=cache)


def _content(measure: MeasureAnswer) -> tuple[object, ...]:
    """What a measure's picture depends on. Not its provenance: the same numbers from a new import are the same picture."""
    return (
        measure.title, measure.family, measure.area, measure.unit, measure.statistic,
        measure.points, measure.phases, measure.signals, measure.breaks, measure.layers,
    )  # fmt: skip
