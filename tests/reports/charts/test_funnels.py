"""A funnel names only the areas outside, shows them by shape, and says when its axis does not begin at nought."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lamplighter.reports.charts import funnel_svg, funnel_text
from lamplighter.reports.charts.funnel import ticks_between
from lamplighter.reports.charts.look import AMBER, BRAND
from lamplighter.studies.area_answers import INSIDE

sys.path.insert(0, str(Path(__file__).parents[1]))
from made_up_areas import COMPARISON

SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def marks(svg: str, colour: str) -> int:
    found = ElementTree.fromstring(svg).iter(f"{SVG}path")  # noqa: S314
    return sum(1 for each in found if each.get("fill") == colour)


def test_only_areas_outside_are_named_because_a_funnel_is_no_ranking():
    words = words_of(funnel_svg(COMPARISON, cache=None))
    assert "Abbey <b>" in words
    assert "Dell" in words
    assert not {"Brook", "Castle", "Other"} & set(words)


def test_an_area_outside_has_another_shape_than_one_inside():
    svg = funnel_svg(COMPARISON, cache=None)
    assert marks(svg, AMBER) == 2 + 2, "two outside, two in the key"
    assert marks(svg, BRAND) == 2 + 1, "two inside, one in the key"
    calm = replace(
        COMPARISON,
        judgement=replace(
            COMPARISON.judgement, rows=tuple(replace(each, stands=INSIDE) for each in COMPARISON.judgement.rows)
        ),
    )
    assert marks(funnel_svg(calm, cache=None), AMBER) == 2


def test_the_words_say_the_target_the_limits_and_who_is_outside():
    told = funnel_text(COMPARISON)
    assert "All areas together: 5.0%." in told
    assert "Outside: Abbey <b>, 12.0%, above the 99.8% limits; Dell, 1.0%, below the 95% limits." in told
    svg = funnel_svg(COMPARISON, cache=None)
    assert re.search(r'role="img" aria-label="[^"]*Abbey &lt;b&gt;, 12\.0%', svg)


def test_an_axis_that_does_not_begin_at_nought_says_so():
    assert "The upright axis does not begin at 0." not in words_of(funnel_svg(COMPARISON, cache=None))
    higher = replace(
        COMPARISON,
        judgement=replace(
            COMPARISON.judgement,
            curve=tuple(replace(each, low_998=4.5, low_95=4.7) for each in COMPARISON.judgement.curve),
            rows=tuple(replace(each, value=6.0) for each in COMPARISON.judgement.rows),
        ),
    )
    assert "The upright axis does not begin at 0." in words_of(funnel_svg(higher, cache=None))


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (2.2, 7.4, [2, 3, 4, 5, 6, 7, 8]),
        (-6.0, 28.0, [-10, 0, 10, 20, 30]),
        (0.0, 0.5, [0, 0.1, 0.2, 0.3, 0.4, 0.5]),
    ],
)
def test_ticks_are_round_and_hold_the_values_between_them(low: float, high: float, ticks: list[float]):
    assert ticks_between(low, high) == ticks


def test_the_same_comparison_is_the_same_picture():
    assert funnel_svg(COMPARISON, cache=None) == funnel_svg(COMPARISON, cache=None)
