"""What blocks a release, and what has to be accepted by name and with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from lamplighter.errors import InputError
from lamplighter.plan.releases.checklist import Checklist, breakdowns_of, checklist
from lamplighter.studies.answers import Layer, MeasureAnswer, Point

Measure = Callable[..., MeasureAnswer]
ABSENT = {"breakdown absent": "Northam publishes none"}


def checked(desk, *, accept: Mapping[str, str] = ABSENT, name: str = "2022-summer", **more: Any) -> Checklist:
    return checklist(
        desk.book(**more), name=name, builder="Ann Archer", accept=accept, previous=None, previous_plan=None
    )


def errors(found: Checklist) -> list[str]:
    return [each.key for each in found.errors]


def warnings(found: Checklist) -> list[str]:
    return [each.key for each in found.warnings]


def months(*, marked: int, last: int = 6) -> tuple[Point, ...]:
    """January to June 2022, the last so many marked as immature."""
    return tuple(
        Point(period=f"2022-{month:02d}", value=float(month), immature=month > last - marked)
        for month in range(1, last + 1)
    )


def test_a_plan_that_is_ready_has_nothing_against_it(desk):
    found = checked(desk)
    assert (errors(found), warnings(found)) == ([], [])
    assert len(found.accepted) == 7


# -- sources ----------------------------------------------------------------------------------------------------------


def test_a_restricted_source_blocks_with_a_sentence_and_can_not_be_accepted(desk):
    desk.write(sources="id,title,access\nQ-AUDIT,Northam audit office,restricted\n")
    found = checked(desk)
    assert errors(found) == ["Q-AUDIT: restricted source"]
    assert "a release is public" in found.errors[0].message
    with pytest.raises(InputError, match="There is no warning 'Q-AUDIT: restricted source' to accept"):
        checked(desk, accept={**ABSENT, "Q-AUDIT: restricted source": "please"})


def test_a_source_that_does_not_say_who_may_read_it_is_not_taken_for_open(desk):
    desk.write(sources="id,title\nQ-AUDIT,Northam audit office\n")
    assert errors(checked(desk)) == ["Q-AUDIT: source not marked open"]


# -- cards ------------------------------------------------------------------------------------------------------------


def test_a_card_that_lacks_a_field_is_named_with_the_field(desk):
    desk.write(definitions=desk.cards(completeness="", owner=""))
    found = checked(desk)
    assert warnings(found) == ["D1: card not filled"]
    assert "completeness and owner" in found.warnings[0].message


def test_a_card_that_no_figure_and_no_measure_uses_is_nobodys_business_here(desk):
    desk.write(definitions=[*desk.cards(), *desk.cards(id="D2", name="Visits", owner="")])
    assert warnings(checked(desk)) == []


# -- breakdowns -------------------------------------------------------------------------------------------------------


def test_what_a_reader_expects_and_does_not_find_is_a_warning_each(desk):
    found = checked(desk, accept={})
    expected = ("sex", "age", "ethnicity", "disability", "area", "relationship", "setting")
    assert warnings(found) == [f"{each}: breakdown absent" for each in expected]
    assert "Present: none" in found.warnings[0].message


def test_a_breakdown_is_present_where_a_drawn_measures_card_needs_that_fact(desk, measure: Measure):
    layers = (
        Layer(name="Black", points=(Point(period="2021", value=20.0),)),
        Layer(name="Unknown", points=(Point(period="2021", value=25.44),), is_unknown=True),
    )
    ethnicity = measure(
        "victims-ethnicity", definition_id="D-VICTIM-ETHNICITY", unit="% of victims", points=(), layers=layers
    )
    book = desk.book(measures={ethnicity.id: ethnicity})
    shown = {each.name: each for each in breakdowns_of(book)}
    assert shown["ethnicity"].measures == ("victims-ethnicity",)
    assert shown["ethnicity"].unknown == "25.4% of victims unknown in 2021 (victims-ethnicity)"
    assert [each.name for each in shown.values() if each.measures] == ["ethnicity"]


def test_a_measure_without_any_number_shows_nothing(desk, measure: Measure):
    empty = measure("victims-age", definition_id="D-VICTIM-AGE", points=(Point(period="2021", value=None),))
    shown = {each.name: each for each in breakdowns_of(desk.book(measures={empty.id: empty}))}
    assert shown["age"].measures == ()


# -- immature months --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "found"), [(2, []), (1, ["M: immature period unmarked"]), (0, ["M: immature period unmarked"])]
)
def test_the_last_two_months_have_to_be_marked(desk, measure: Measure, marked: int, found: list[str]):
    told = measure("M", points=months(marked=marked))
    assert errors(checked(desk, measures={"M": told})) == found


def test_a_month_without_a_number_needs_no_mark(desk, measure: Measure):
    last = Point(period="2022-06", value=None)
    told = measure("M", points=(*months(marked=1, last=5), last))
    assert errors(checked(desk, measures={"M": told})) == []


def test_a_year_that_is_not_over_has_to_be_marked(desk, measure: Measure):
    counts = measure("M", points=months(marked=2))
    share = measure("S", points=(Point(period="2021", value=1.0), Point(period="2022", value=2.0)), statistic="share")
    found = checked(desk, measures={"M": counts, "S": share})
    assert errors(found) == ["S: immature period unmarked"]
    assert "shows 2022 as final" in found.errors[0].message
    young = replace(share, points=(share.points[0], replace(share.points[1], immature=True)))
    assert errors(checked(desk, measures={"M": counts, "S": young})) == []


def test_a_year_that_is_over_but_ends_in_young_months_is_a_warning(desk, measure: Measure):
    counts = measure("M", points=(*months(marked=0, last=4), *months(marked=2, last=12)[10:]))
    share = measure("S", points=(Point(period="2022", value=2.0),), statistic="share", definition_id="D-VICTIM-AGE")
    found = checked(desk, measures={"M": counts, "S": share}, accept={})
    assert errors(found) == []
    assert "D-VICTIM-AGE: immature months in a longer period" in warnings(found)


def test_a_year_long_past_needs_no_mark(desk, measure: Measure):
    counts = measure("M", points=months(marked=2))
    share = measure("S", points=(Point(period="2021", value=1.0),), statistic="share")
    assert errors(checked(desk, measures={"M": counts, "S": share})) == []


def test_a_layer_is_looked_at_too(desk, measure: Measure):
    layer = Layer(name="Abbey", points=months(marked=0))
    told = measure("M", points=months(marked=2), layers=(layer,))
    assert errors(checked(desk, measures={"M": told})) == ["M: immature period unmarked"]


def test_sums_over_months_are_one_warning_a_definition(desk, measure: Measure):
    sums = {
        name: measure(name, points=months(marked=0), statistic="rolling 12 months", definition_id="D-RECORDED-PLACE")
        for name in ("P1", "P2")
    }
    found = checked(desk, measures=sums, accept={})
    assert errors(found) == []
    (said,) = [each for each in found.warnings if each.name == "immature months in a longer period"]
    assert "(P1 and P2)" in said.message


# -- accepting --------------------------------------------------------------------------------------------------------


def test_one_warning_is_accepted_by_its_own_name_and_the_others_stay(desk):
    found = checked(desk, accept={"sex: breakdown absent": "not in the tables"})
    assert "sex: breakdown absent" not in warnings(found)
    assert len(found.warnings) == 6
    (one,) = found.accepted
    assert (one.about, one.reason, one.accepted_by) == ("sex", "not in the tables", "Ann Archer")


def test_a_reason_for_one_goes_before_the_reason_for_all(desk):
    found = checked(desk, accept={**ABSENT, "sex: breakdown absent": "not in the tables"})
    assert {each.about: each.reason for each in found.accepted}["sex"] == "not in the tables"


def test_nothing_is_accepted_without_a_reason(desk):
    with pytest.raises(InputError, match="can't be accepted without a reason"):
        checked(desk, accept={"sex: breakdown absent": "  "})


def test_a_warning_that_is_not_there_can_not_be_accepted_in_advance(desk):
    with pytest.raises(InputError, match=r"There is no warning 'D1: card not filled' to accept\. There is: 'age: "):
        checked(desk, accept={**ABSENT, "D1: card not filled": "later"})


def test_what_the_plans_decisions_accept_is_accepted_under_that_name(desk):
    desk.write(
        definitions=desk.cards(owner=""),
        decisions="id,kind,record_id,warning,decided_by,decided_on,reason\n"
        "X1,accepted warning,D1,card not filled,Cat Cook,2022-06-01,nobody owns it\n",
    )
    found = checked(desk)
    assert warnings(found) == []
    told = next(each for each in found.accepted if each.about == "D1")
    assert (told.accepted_by, told.reason) == ("Cat Cook", "nobody owns it")


# -- the calendar -----------------------------------------------------------------------------------------------------


def test_a_release_that_nobody_announced_is_a_warning(desk):
    assert warnings(checked(desk, name="2023-spring")) == ["2023-spring: release not announced"]


@pytest.mark.parametrize("state", ["provisional", "postponed"])
def test_a_day_that_is_not_confirmed_is_a_warning(desk, state: str):
    desk.write(release_calendar=f"id,name,state,notice\nR-1,2022-summer,{state},More time is needed\n")
    assert warnings(checked(desk)) == ["2022-summer: release not confirmed"]


def test_a_cancelled_release_is_not_made(desk):
    desk.write(release_calendar="id,name,state,notice\nR-1,2022-summer,cancelled,The data are wrong\n")
    assert errors(checked(desk)) == ["2022-summer: release cancelled"]
