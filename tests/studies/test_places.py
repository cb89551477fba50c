"""Places: rolling twelve months, wards only with their borough, and never a place together with an offence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lamplighter.errors import InputError, NoSuchName, QuestionRefused
from lamplighter.schema import month_number
from lamplighter.studies.catalogue import answer_one, answers
from lamplighter.studies.places import rolling
from lamplighter.workspace import Workspace

WorkspaceOf = Callable[..., Workspace]
JANUARY = month_number("2020-01")


def values(counts: dict[int, int], months: list[int]) -> list[float | None]:
    return [point.value for point in rolling(counts, months)]


def test_a_rolling_year_is_unknown_before_twelve_months():
    months = list(range(JANUARY, JANUARY + 13))
    assert values(dict.fromkeys(months, 2), months) == [None] * 11 + [24, 24]


def test_a_rolling_year_is_unknown_across_a_gap_until_twelve_months_are_there_again():
    months = [each for each in range(JANUARY, JANUARY + 30) if each != JANUARY + 12]
    found = values(dict.fromkeys(months, 1), months)
    assert len(found) == 30
    assert found[11] == 12
    assert found[12:24] == [None] * 12
    assert found[24] == 12


def test_a_month_of_the_table_without_a_crime_in_the_place_is_a_true_nought():
    months = list(range(JANUARY, JANUARY + 13))
    assert values({JANUARY: 5}, months) == [None] * 11 + [5, 0]


@pytest.fixture(scope="module")
def northam(workspace_of: WorkspaceOf, rows) -> Workspace:
    """Two boroughs, each with a ward called Abbey; one crime a month, in Southam two; 2020 and 2021 in full."""
    lines = []
    for month in rows.months_of(2020, 2021):
        lines += [rows.place(month, 1), rows.place(month, 2, borough="Southam")]
        lines += [rows.kind(month, 3, subgroup="Rape of a female aged 16 and over")]
    lines.append(rows.place("2021-12", 7, ward=""))
    return workspace_of(offences=lines)


def last(answer) -> float | None:
    return answer.points[-1].value


def test_a_borough_counts_its_wards_and_what_has_none(northam: Workspace):
    told = answer_one(northam, area="Northam")
    assert (told.id, last(told)) == ("place-borough-northam", 19)
    assert [layer.name for layer in told.layers] == ["Abbey", "no ward given"]
    assert [point.value for point in told.layers[0].points] == [12, 12]
    assert [point.value for point in told.layers[1].points] == [0, 7]


def test_a_bcu_counts_its_boroughs(northam: Workspace):
    told = answer_one(northam, area="North")
    assert (told.title, last(told)) == ("North (BCU)", 43)
    assert [layer.name for layer in told.layers] == ["Northam", "Southam"]


def test_a_ward_is_named_with_its_borough_because_names_repeat(northam: Workspace):
    assert last(answer_one(northam, area="Northam / Abbey")) == 12
    assert last(answer_one(northam, area="Southam/Abbey")) == 24


def test_a_ward_by_itself_is_refused_with_the_boroughs_that_have_one(northam: Workspace):
    with pytest.raises(InputError, match="Name it with its borough: Northam / Abbey or Southam / Abbey"):
        answer_one(northam, area="Abbey")


@pytest.mark.parametrize("area", ["northam", "NORTHAM", "northam / abbey", "NORTHAM/Abbey"])
def test_capitals_do_not_matter(northam: Workspace, area: str):
    assert answer_one(northam, area=area).area.casefold().startswith("northam")


@pytest.mark.parametrize(
    ("area", "near"),
    [
        ("Nortam", "Did you mean Northam"),
        ("Nortam / Abbey", "no borough called 'Nortam'. Did you mean Northam"),
        ("Northam / Abey", "no ward of Northam called 'Abey'. Did you mean Abbey"),
        ("Zzz", "Known: "),
    ],
)
def test_a_near_miss_is_named(northam: Workspace, area: str, near: str):
    with pytest.raises(NoSuchName) as told:
        answer_one(northam, area=area)
    assert near in str(told.value)


def test_place_and_offence_together_are_refused_with_the_sentence(northam: Workspace):
    with pytest.raises(QuestionRefused, match="crimes by place or by offence, never both"):
        answer_one(northam, area="Northam", offence="Rape")
    with pytest.raises(QuestionRefused, match="the two sheets hold the same crimes"):
        answer_one(northam, area="Northam", measure_id="recorded-rape")


def test_an_offence_is_found_by_its_name_and_a_near_miss_is_named(northam: Workspace):
    assert answer_one(northam, offence="rape").id == "recorded-rape"
    with pytest.raises(NoSuchName, match="Did you mean Rape"):
        answer_one(northam, offence="Rap")


def test_a_group_comes_before_a_sub_group_of_the_same_name(workspace_of: WorkspaceOf, rows):
    lines = [
        rows.kind(month, 1, group="Modern Slavery", subgroup="Modern Slavery") for month in rows.months_of(2020, 2020)
    ]
    assert answer_one(workspace_of(offences=lines), offence="Modern Slavery").family == "group"


def test_every_page_of_a_place_says_that_offences_outside_vawg_are_in_it(northam: Workspace):
    for told in answers(northam).values():
        if told.family == "place":
            assert "those outside VAWG too" in told.caveats[0]
            assert "can't be removed" in told.caveats[0]
            assert (told.phases, told.signals) == ((), ())


def test_a_question_without_a_name_and_a_measure_that_is_not_there_are_told_apart(northam: Workspace):
    with pytest.raises(InputError, match="Name a measure, an --area or an --offence"):
        answer_one(northam)
    with pytest.raises(NoSuchName, match="Did you mean recorded-vawg"):
        answer_one(northam, measure_id="recorded-vwag")


def test_an_empty_workspace_answers_nothing_and_says_what_to_type(tmp_path):
    empty = Workspace.create_or_open(tmp_path / "workspace")
    assert answers(empty) == {}
    with pytest.raises(InputError, match=r"Nothing was imported into this workspace yet\. Run: lamplighter import"):
        answer_one(empty, measure_id="recorded-vawg")
