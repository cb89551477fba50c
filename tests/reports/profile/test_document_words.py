"""The document says each thing once, in words that a reader of no code understands, and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest

from lamplighter.reports.profile.blocks import Block, Bullets, Heading, Table
from lamplighter.reports.profile.document import document_of, no_handling
from lamplighter.reports.profile.figures_svg import charts
from lamplighter.reports.profile.page import page
from lamplighter.reports.profile.pdf import _MOST_LETTERS_OF_A_MARK
from lamplighter.reports.profile.place_sections import _settings_of
from lamplighter.reports.profile.tonight import ROOMS, tonight
from lamplighter.reports.profile.wording import counted


def _figure(name: str, **more: Any) -> dict[str, Any]:
    told = {
        "id": name, "label": f"label of {name}", "value": 12, "unit": "rows", "numerator": None, "denominator": None,
        "interval": None, "definition": "Rows at its points.", "period": "2020-10 to 2021-09 (12 months present)", "rows": 12,
    }  # fmt: skip
    return told | more


def _under(told: dict[str, Any], heading: str) -> list[Block]:
    blocks, found, inside = document_of(told, {}).blocks, [], False
    for each in blocks:
        if isinstance(each, Heading):
            inside = each.words == heading
        elif inside:
            found.append(each)
    return found


def _table(told: dict[str, Any], caption: str) -> list[list[str]]:
    [made] = [each for each in document_of(told, {}).blocks if isinstance(each, Table) and each.caption == caption]
    return [["".join(run.words for run in cell) for cell in row] for row in made.rows]


def test_the_first_eight_limits_stand_open_the_others_are_folded_and_none_is_lost(street_told: dict[str, Any]) -> None:
    street_told["what_this_cannot_say"] = [f"Limit {at}." for at in range(1, 12)]
    first, more = [each for each in _under(street_told, "What this cannot say") if isinstance(each, Bullets)]
    assert [each[0].words for each in first.items] == [f"Limit {at}." for at in range(1, 9)]
    assert [each[0].words for each in more.items] == ["Limit 9.", "Limit 10.", "Limit 11."]
    assert (first.fold, more.fold) == ("", "And 3 more that this cannot say")
    assert ">And 3 more that this cannot say</span></summary>" in page(street_told, {})


def test_eight_limits_are_not_folded(street_told: dict[str, Any]) -> None:
    street_told["what_this_cannot_say"] = [f"Limit {at}." for at in range(1, 9)]
    [only] = _under(street_told, "What this cannot say")
    assert isinstance(only, Bullets)
    assert not only.fold


def test_a_definition_stands_once_and_the_other_figures_name_the_first_that_has_it(street_told: dict[str, Any]) -> None:
    street_told["figures"] = [
        _figure("places.a.count"),
        _figure("places.b.count"),
        _figure("trend.months", definition="M."),
    ]
    assert [row[1] for row in _table(street_told, "Figures")] == [
        "label of places.a.count Rows at its points.",
        "label of places.b.count, counted as places.a.count",
        "label of trend.months M.",
    ]


def test_what_kind_an_interval_is_is_said_once_and_its_bounds_each_time(street_told: dict[str, Any]) -> None:
    bounds = {"low": 8.4, "high": 16.7, "words": "95%, from a model"}
    street_told["figures"] = [_figure("a", interval=bounds), _figure("b", interval=bounds)]
    assert [row[2] for row in _table(street_told, "Figures")] == [
        "12 rows 8 to 17, 95%, from a model",
        "12 rows 8 to 17",
    ]


def test_a_row_that_begins_with_nothing_has_no_empty_head(street_told: dict[str, Any]) -> None:
    said = {"verdict": "Works.", "says": "So it is said", "source": "A study", "status": "secondary"}
    street_told["evidence_elsewhere"] = {"subjects": [{"subject": "Patrol", "for": [said], "against": [said, said]}]}
    html = page(street_told, {})
    assert html.count("Works.") == 3
    assert '<th scope="row" class="govuk-table__header"></th>' not in html


def test_one_row_is_no_rows_and_a_figure_of_no_rows_has_none(street_told: dict[str, Any]) -> None:
    street_told["figures"] = [
        _figure("a", value=1, rows=1),
        _figure("b", unit="months", rows=None),
        _figure("c", value=None),
    ]
    told = _table(street_told, "Figures")
    assert [row[2] for row in told] == ["1 row", "12 months", "not known"]
    assert [row[4] for row in told] == ["1", "", "12"]
    assert {row[3] for row in told} == {"Oct 2020 to Sep 2021"}


def test_months_are_written_out_where_a_choice_or_a_definition_names_them(street_told: dict[str, Any]) -> None:
    street_told["chosen"] = ["No whole period was named: 2018-10 to 2021-09."]
    street_told["definition"]["words"] = "Rows from 2018-10 to 2021-09."
    html = page(street_told, {})
    assert "No whole period was named: October 2018 to September 2021." in html
    assert "Rows from October 2018 to September 2021." in html


def test_limits_of_months_are_whole_rows_unless_they_lie_near_nothing(street_told: dict[str, Any]) -> None:
    street_told["trend"]["months"] = [
        {"month": "2021-01", "count": 1000, "per_day": 32.3, "lower": 924.2, "upper": 1346.7, "outside": False},
        {"month": "2021-02", "count": 4, "per_day": 0.1, "lower": 0.4, "upper": 9.6, "outside": False},
    ]
    assert [row[3] for row in _table(street_told, "Trend by month")] == ["924 to 1,347", "0.40 to 9.6"]


def test_without_limits_no_column_and_no_sentence_speaks_of_them(street_told: dict[str, Any]) -> None:
    street_told["trend"] |= {
        "sigma_z": None, "flagged": None, "flagged_plain": None, "signals": [], "caveats": ["No limits: 2 months are too few."],
        "months": [
            {"month": f"2021-0{at}", "count": 4, "per_day": 1, "lower": None, "upper": None, "outside": None, "located_share": 1}
            for at in (1, 2)
        ],
        "year_on_year": [{"this_year": "2021-01", "count": 4, "last_year": "2020-01", "count_last_year": None}],
    }  # fmt: skip
    [months] = [each for each in _under(street_told, "Trend") if isinstance(each, Table)]
    assert months.heads == ("Month", "Rows", "A day", "With a point")
    assert months.right == (1, 2, 3)
    html = page(street_told, {})
    assert "No limits are drawn, so no rise and no fall is called; why stands below." in html
    assert "This year stands beside no other: the source holds no month of the year before." in html
    assert "limits of chance" not in charts(street_told)["trend"]


def test_a_count_without_a_year_before_is_compared_in_one_column(street_told: dict[str, Any]) -> None:
    street_told["compared"] = {
        "area": {"name": "Northam", "count": 353},
        "with": [],
        "words": "There is no year before.",
    }
    assert _table(street_told, "Compared with") == [["Northam", "353"]]
    assert "By chance alone" not in page(street_told, {})


def test_the_smallest_kind_of_area_is_named_as_its_publisher_names_it(street_told: dict[str, Any]) -> None:
    street_told["question"]["area"] = {"name": "Northam 001A", "kind": "lsoa", "force": "Norshire Police"}
    assert _table(street_told, "The question")[0] == ["Area", "Northam 001A, LSOA"]


def test_institutions_have_a_column_a_year_and_a_year_that_is_not_told_is_not_known(
    street_told: dict[str, Any],
) -> None:
    street_told["institutions"] = [
        {"name": "Prison", "kind": "prison", "count": 30, "years": {"2020": 4, "2021": 26}},
        {"name": "Hospital", "kind": "hospital", "count": 9, "years": {"2021": 9}},
    ]
    assert _table(street_told, "Institutions") == [
        ["Prison", "Prison", "30", "4", "26"],
        ["Hospital", "Hospital", "9", "not known", "9"],
    ]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"public": 9, "home": 7, "online": 0, "unknown": 2}, "public 9, home 7, unknown 2."),
        ({"public": 0, "home": 0, "online": 0, "unknown": 20}, ""),
        ({}, ""),
    ],
)
def test_a_setting_without_a_row_is_not_listed(settings: dict[str, int], words: str) -> None:
    assert _settings_of({"settings": settings}).endswith(words)
    assert bool(_settings_of({"settings": settings})) == bool(words)


def test_what_nobody_filled_in_of_a_recommendation_is_named_in_one_row(street_told: dict[str, Any]) -> None:
    street_told["recommendations"] = [
        {
            "place_name": "Silver Street",
            "tactic": "check",
            "what": "Look it up.",
            "owner": "Sgt A",
            "state_words": "draft",
        }
    ]
    assert _table(street_told, "Recommendation for Silver Street") == [
        ["State", "Draft."],
        ["What", "Look it up."],
        ["Why here", "A person added it. "],
        ["Owner", "Sgt A"],
        ["Not filled in", "Dosage, measure, review, legal basis, equality check"],
    ]


def test_a_force_s_records_without_a_mark_are_restricted_on_every_page_in_words_that_are_not_cut(
    extract_told: dict[str, Any],
) -> None:
    extract_told["terms"]["handling"] = None
    assert no_handling(extract_told).startswith("Restricted")
    assert len(no_handling(extract_told)) <= _MOST_LETTERS_OF_A_MARK
    assert tonight(extract_told, ROOMS[0])["handling"] == no_handling(extract_told)


def test_one_of_a_thing_is_counted_without_its_plural():
    assert [counted(number, "point") for number in (0, 1, 1234)] == ["0 points", "1 point", "1,234 points"]
