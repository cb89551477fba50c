"""What must be seen in every chart: asked of the SVG itself."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from lamplighter.plan.book import Pair
from lamplighter.reports.charts import alt_text, chart_svg, pair_svg
from lamplighter.reports.charts.look import AMBER, BRAND, TEAL, UNKNOWN
from lamplighter.studies.answers import Break, MeasureAnswer, Point

SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def paths(svg: str, **wanted: str) -> list[str]:
    """The `d` of each path that has these attributes."""
    found = ElementTree.fromstring(svg).iter(f"{SVG}path")  # noqa: S314
    return [each.get("d", "") for each in found if all(each.get(k.replace("_", "-")) == v for k, v in wanted.items())]


def test_an_unknown_month_is_a_gap_and_never_a_zero(recorded: MeasureAnswer) -> None:
    lines = paths(chart_svg(recorded, cache=None), stroke=BRAND, stroke_width="2")
    assert len(lines) == 2
    whole = replace(recorded, points=tuple(replace(p, value=p.value or 200.0) for p in recorded.points))
    assert len(paths(chart_svg(whole, cache=None), stroke=BRAND, stroke_width="2")) == 1


def test_signals_have_another_shape_and_immature_points_are_hollow(recorded: MeasureAnswer) -> None:
    svg = chart_svg(recorded, cache=None)
    triangles = paths(svg, fill=AMBER)
    assert len(triangles) == 1 + 9 + 2, "one high month, nine low ones, and one of each in the key"
    assert all("A" not in each for each in triangles), "a triangle has no arc"
    hollow = paths(svg, fill="#ffffff", stroke=BRAND)
    assert len(hollow) == 2 + 1
    assert all("A" in each for each in hollow)
    assert {"signal: high or rising", "signal: low or falling", "immature: may be revised"} <= set(words_of(svg))


def test_limits_begin_anew_at_a_marked_break_and_each_has_its_baseline(recorded: MeasureAnswer) -> None:
    words = words_of(chart_svg(recorded, cache=None))
    assert words.count("baseline") == 2
    assert "Change of recording" in words
    assert "Jan 2023, marked" in words
    assert {"upper limit", "centre", "lower limit"} <= set(words)


def test_a_short_baseline_is_called_short(recorded: MeasureAnswer) -> None:
    first, second = recorded.phases
    words = words_of(chart_svg(replace(recorded, phases=(first, replace(second, short_baseline=True))), cache=None))
    assert "short baseline" in words


def test_a_break_that_was_found_is_not_drawn_like_one_that_was_marked(recorded: MeasureAnswer) -> None:
    found = Break(period="2020-06", words="Found by the level test.", marked=False)
    svg = chart_svg(replace(recorded, breaks=(*recorded.breaks, found)), cache=None)
    assert 'stroke-dasharray="6,4"' in svg
    assert 'stroke-dasharray="2,3"' in svg
    assert "Jun 2020, by test" in words_of(svg)


def test_labels_of_two_breaks_in_one_month_do_not_lie_on_each_other(recorded: MeasureAnswer) -> None:
    twin = Break(period=recorded.breaks[0].period, words="Found by the level test.", marked=False)
    svg = chart_svg(replace(recorded, breaks=(recorded.breaks[0], twin)), cache=None)
    heights = re.findall(r'y="([\d.]+)"[^>]*>Change of', svg)
    assert abs(float(heights[0]) - float(heights[1])) >= 28


def test_the_value_axis_begins_at_zero_and_the_last_mature_value_is_written(recorded: MeasureAnswer) -> None:
    words = words_of(chart_svg(recorded, cache=None))
    assert {"0", "100", "200", "300", "400"} <= set(words)
    assert "157, Oct 2025" in words


def test_unknown_has_a_chart_of_its_own_and_every_part_shows_what_it_allows(ethnicity: MeasureAnswer) -> None:
    svg = chart_svg(ethnicity, cache=None)
    words = words_of(svg)
    assert words.index("Unknown") < words.index("Amber") < words.index("Beige")
    assert len(paths(svg, fill=UNKNOWN)) == 1
    # Amber in 2017: 45 of 100 recorded; 45 of the 70 known are 64.3%. Beige: 25, and 25 of 70 are 35.7%.
    assert {"30.0%", "45.0%", "64.3%", "25.0%", "35.7%"} <= set(words)
    assert len(paths(svg, stroke=TEAL)) == 2 + 1, "among the known: one line a part and one in the key"


def test_a_place_is_a_rolling_year_and_its_wards_are_left_to_the_table(place: MeasureAnswer) -> None:
    words = words_of(chart_svg(place, cache=None))
    assert "Flagged crimes recorded in twelve months" in words
    assert not any(each.startswith("Ward") for each in words)
    assert not any("baseline" in each for each in words)


def test_a_pair_has_two_axes_whiskers_and_says_which_interval_is_unknown(recorded: MeasureAnswer, pair: Pair) -> None:
    svg = pair_svg(pair, recorded, cache=None)
    words = words_of(svg)
    assert {"Crimes recorded a month", "% of women 16 and over, by survey"} <= set(words)
    assert {"14.0%", "12.8%", "13.1%"} <= set(words)
    assert {"interval unknown", "with its interval", "year not read"} <= set(words)
    assert len(paths(svg, fill="#ffffff", stroke=TEAL)) == 2 + 1, "hollow: two figures and the key"


def test_the_picture_is_one_image_with_a_name_and_reaches_for_nothing(
    recorded: MeasureAnswer, ethnicity: MeasureAnswer, pair: Pair
) -> None:
    for svg in (
        chart_svg(recorded, cache=None),
        chart_svg(ethnicity, cache=None),
        pair_svg(pair, recorded, cache=None),
    ):
        root = ElementTree.fromstring(svg)  # noqa: S314
        assert root.get("role") == "img"
        assert len(root.get("aria-label", "")) > 80
        assert not re.findall(r"<script|<image|<use|@import|url\(|href=", svg)
        assert not re.findall(r'\bid="', svg), "two charts on one page share no id"
        assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_no_letter_is_smaller_than_twelve_pixels_at_the_natural_width(
    recorded: MeasureAnswer, ethnicity: MeasureAnswer, pair: Pair
) -> None:
    for svg in (
        chart_svg(recorded, cache=None),
        chart_svg(ethnicity, cache=None),
        pair_svg(pair, recorded, cache=None),
    ):
        sizes = {float(each) for each in re.findall(r'font-size="([\d.]+)"', svg)}
        assert min(sizes) >= 12
        assert 'width="640"' in svg


def test_hostile_words_stay_words(recorded: MeasureAnswer) -> None:
    svg = chart_svg(replace(recorded, title='<script>"&', unit='<script>alert("1")</script>'), cache=None)
    assert "<script" not in svg
    ElementTree.fromstring(svg)  # noqa: S314


@pytest.mark.parametrize("values", [(), (None, None), (5.0,), (0.0, 0.0, 0.0), (-3.0, 4.0), (1e9, 2e9)])
def test_a_series_of_nothing_of_one_point_or_of_zeros_can_be_drawn(
    recorded: MeasureAnswer, values: tuple[float | None, ...]
) -> None:
    points = tuple(Point(period=f"2020-{at + 1:02d}", value=each) for at, each in enumerate(values))
    measure = replace(recorded, points=points, phases=(), signals=(), breaks=())
    svg = chart_svg(measure, cache=None)
    assert "NaN" not in svg
    assert "Infinity" not in svg
    if not any(each is not None for each in values):
        assert "No value is known." in alt_text(measure)


def test_the_words_for_a_chart_say_what_it_shows_and_never_why(
    recorded: MeasureAnswer, ethnicity: MeasureAnswer
) -> None:
    told = alt_text(recorded)
    assert "highest 320 in July 2020" in told
    assert "1 high or rising, 9 low or falling" in told
    assert "1 period is unknown" in told
    assert "The last 2 points are immature" in told
    assert "because" not in told
    assert "Amber: 60.0% in 2014, 45.0% in 2017; of those known 66.7% and 64.3%" in alt_text(ethnicity)
    assert "the unknown allows 45.0% to 75.0% in 2017" in alt_text(ethnicity)
