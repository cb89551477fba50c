"""Compared: the same calendar months a year apart, here, in the force and elsewhere; never a percentage of a small count."""

from __future__ import annotations

import json
from dataclasses import dataclass

import jsonschema
import pytest

from lamplighter import definitions
from lamplighter.errors import InputError, NoSuchName
from lamplighter.methods.two_counts import two_counts
from lamplighter.studies.incidents.chosen import choose
from lamplighter.studies.incidents.compared import compared
from lamplighter.studies.incidents.question import ProfileQuestion
from lamplighter.studies.incidents.year_before import could_explain, pairs_dispersion


@dataclass(frozen=True, kw_only=True)
class Residents:
    value: float = 2000
    what: str = "residents, mid-2020"
    source: str = "a census"


@pytest.fixture(scope="session")
def two_years(street, street_workspace):
    """2019 to 2020, a row a month in Northam and four in Southam, two of theft in Northam; March 2019 is missing.

    In 2020 Northam has three rows a month instead of one. A second force has two rows a month.
    """
    rows = []
    for year in (2019, 2020):
        for number in range(1, 13):
            month = f"{year}-{number:02d}"
            if month == "2019-03":
                continue
            rows += street(month, 1 if year == 2019 else 3)
            rows += street(month, 4, lsoa="Southam 001A", at=(5000, 0))
            rows += street(month, 2, offence="Theft")
            rows += street(month, 5, offence="Anti-social behaviour")
    for year in (2019, 2020):
        for number in range(1, 13):
            rows += street(f"{year}-{number:02d}", 2, force="Eastshire Constabulary", lsoa="Eastham 001A")
    return street_workspace(rows)


@pytest.fixture
def compared_of(chosen_of):
    """The answer of a question of this workspace; the others are asked on an engine of their own."""

    def ask(workspace, question, **more):
        return compared(chosen_of(workspace, question), choose_other=lambda other: chosen_of(workspace, other), **more)

    return ask


def test_the_same_months_are_held_against_each_other_and_a_month_without_its_partner_is_left_out(
    two_years, compared_of
):
    told = compared_of(two_years, ProfileQuestion(area="Norshire")).told()
    area = told["area"]
    assert told["months_left_out"] == ["2020-03"]
    assert len(area["months"]) == 11
    assert "2020-03" not in area["months"]
    assert (area["count"], area["before"], area["difference"]) == (11 * 7, 11 * 5, 22)
    assert "March 2020" in told["words"]


def test_the_difference_has_its_interval_and_the_exact_test(two_years, compared_of):
    area = compared_of(two_years, ProfileQuestion(area="Norshire")).told()["area"]
    by_hand = two_counts(55, 77)
    assert area["dispersion"] == 1.0
    assert (area["low"], area["high"]) == (round(by_hand.low), round(by_hand.high))
    assert area["e_test_p"] == float(f"{by_hand.e_test_p:.2g}")
    assert area["beyond_chance"] is by_hand.beyond_chance


def test_a_district_stands_beside_its_force_on_rows_with_a_point(two_years, compared_of):
    told = compared_of(two_years, ProfileQuestion(area="Northam")).told()
    assert (told["area"]["count"], told["area"]["before"]) == (33, 11)
    assert told["area"]["beyond_chance"] is True
    [force] = told["with"]
    assert (force["name"], force["counts_from"], force["count"], force["before"]) == (
        "Norshire Police",
        "located rows",
        77,
        55,
    )


def test_a_force_that_is_held_only_inside_the_area_does_not_stand_beside_it(street, street_workspace, compared_of):
    months = [f"{year}-{month:02d}" for year in (2020, 2021) for month in range(1, 13)]
    rows = [row for month in months for row in street(month, 6)]
    answer = compared_of(street_workspace(rows), ProfileQuestion(area="Northam"))
    told = answer.told()
    assert (told["area"]["count"], told["with"]) == (72, [])
    assert told["words"].endswith(
        " Norshire Police does not stand beside it: all its rows that were imported lie in Northam."
    )
    assert not any("force" in each.id for each in answer.figures)
    assert not any("Norshire" in each.text for each in answer.findings)


@pytest.mark.parametrize(("rows", "is_found"), [(19, False), (20, True)])
def test_a_share_of_fewer_than_twenty_rows_is_a_figure_and_no_finding(
    rows, is_found, street, street_workspace, compared_of
):
    held = [*street("2020-01", rows), *street("2020-01", 10, offence="Theft")]
    held += street("2020-01", 10, lsoa="Southam 001A", at=(5000, 0))
    answer = compared_of(street_workspace(held), ProfileQuestion(area="Northam"))
    assert "compared.area.share" in {each.id for each in answer.figures}
    assert any("of all recorded crime" in each.text for each in answer.findings) is is_found


def test_anti_social_behaviour_is_no_part_of_all_crime(two_years, compared_of):
    area = compared_of(two_years, ProfileQuestion(area="Northam")).told()["area"]
    assert area["all_crime"] == 33 + 22
    assert area["share_of_offences"] == 60.0


def test_anti_social_behaviour_itself_is_no_share_of_crime(two_years, compared_of):
    answer = compared_of(two_years, ProfileQuestion(area="Northam", offences=("Anti-social behaviour",)))
    area = answer.told()["area"]
    assert (area["count"], area["share_of_offences"], area["all_crime"]) == (55, None, None)
    assert not [each for each in answer.figures if each.id.endswith(".share")]


def test_another_force_is_asked_the_same_question_in_the_same_months(two_years, compared_of):
    question = ProfileQuestion(area="Northam", compare=("Eastshire Constabulary", "Southam"))
    told = compared_of(two_years, question).told()
    eastshire, southam = told["with"][1:]
    assert (eastshire["name"], eastshire["counts_from"], eastshire["count"], eastshire["before"]) == (
        "Eastshire Constabulary",
        "all rows",
        22,
        22,
    )
    assert (southam["count"], southam["before"], southam["beyond_chance"]) == (44, 44, False)
    assert eastshire["words"].endswith("no more than its months vary by themselves.")


def test_one_engine_serves_for_all_when_it_is_asked_last(two_years, chosen_of, compared_of):
    question = ProfileQuestion(area="Northam", compare=("Southam",))
    from lamplighter.reductions import Engine

    with Engine(two_years) as engine:
        one = compared(choose(engine, question), choose_other=lambda other: choose(engine, other))
    assert one.told() == compared_of(two_years, question).told()


def test_an_area_that_lacks_the_offence_is_told_with_the_reason_and_unknown_numbers(two_years, compared_of):
    question = ProfileQuestion(area="Northam", offences=("Theft",), compare=("Eastshire Constabulary",))
    other = compared_of(two_years, question).told()["with"][1]
    assert (other["count"], other["before"], other["difference"]) == (None, None, None)
    assert "Theft" in other["why_not"]


def test_an_area_that_is_not_there_is_an_error_with_the_near_miss(two_years, compared_of):
    with pytest.raises(NoSuchName, match="Did you mean Southam"):
        compared_of(two_years, ProfileQuestion(area="Northam", compare=("Sutham",)))


def test_a_rate_is_told_only_where_somebody_supplied_what_it_is_out_of(two_years, compared_of):
    question = ProfileQuestion(area="Northam")
    without = compared_of(two_years, question)
    assert without.told()["rate"] is None
    assert without.cannot_say == (
        "A rate for Northam: nobody supplied a number of people, visits or hours to divide by.",
    )
    answer = compared_of(two_years, question, denominators={"northam": Residents()})
    rate = answer.told()["rate"]
    assert (rate["value"], rate["rows"], rate["months"]) == (16.5, 33, 11)
    assert "no risk" in rate["limit"]
    assert {each.id: each.value for each in answer.figures}["compared.area.rate"] == 16.5


def test_nothing_is_divided_by_nobody(two_years, compared_of):
    with pytest.raises(InputError, match="denominator of Northam is 0"):
        compared_of(two_years, ProfileQuestion(area="Northam"), denominators={"Northam": Residents(value=0)})


def test_without_a_year_before_the_count_is_told_and_nothing_is_compared(street, street_workspace, compared_of):
    workspace = street_workspace(
        [*street("2020-01", 4), *street("2020-02", 6), *street("2020-02", 10, offence="Theft")]
    )
    answer = compared_of(workspace, ProfileQuestion())
    area = answer.told()["area"]
    assert (area["count"], area["before"], area["difference"], area["share_of_offences"]) == (10, None, None, 50.0)
    assert "nothing to hold them against" in area["words"]
    assert answer.findings == ()


def test_two_years_without_a_row_differ_by_nothing_that_can_be_tested(street, street_workspace, compared_of):
    months = [f"{year}-{month:02d}" for year in (2019, 2020) for month in range(1, 13)]
    rows = [row for month in months for row in street(month, 1, offence="Theft")]
    workspace = street_workspace([*rows, *street("2018-12", 3)])
    area = compared_of(workspace, ProfileQuestion(first=2018 * 12 + 11, last=2020 * 12 + 11)).told()["area"]
    assert (area["count"], area["before"], area["difference"], area["e_test_p"]) == (0, 0, None, None)


def test_pairs_that_all_change_alike_have_no_dispersion_however_strong_their_season():
    assert pairs_dispersion([10, 100, 10, 100], [20, 200, 20, 200]) == 1.0


def test_pairs_that_change_differently_do():
    # expected 15 in each cell: X² = 4 · 5²/15 = 6.67 on one degree of freedom
    assert pairs_dispersion([10, 20], [20, 10]) == pytest.approx(20 / 3)


@pytest.mark.parametrize(("before", "after"), [([5], [7]), ([0, 0], [3, 4]), ([0, 3], [0, 4])])
def test_from_fewer_than_two_pairs_or_an_empty_year_no_dispersion_is_measured(before, after):
    assert pairs_dispersion(before, after) is None


@pytest.mark.parametrize(
    ("after", "share_change", "explained"),
    [(1068, 0.94 / 0.88, True), (1200, 0.94 / 0.88, False), (1068, 1.0, False), (932, 0.94, True), (932, 1.06, False)],
)
def test_a_difference_is_explained_if_what_the_share_alone_makes_lies_inside_its_interval(
    after, share_change, explained
):
    assert could_explain(two_counts(1000, after), share_change) is explained


def test_a_rise_as_large_as_that_of_the_located_share_is_not_called(street, street_workspace, compared_of):
    rows = []
    for year, located in ((2019, 60), (2020, 90)):
        for number in range(1, 13):
            month = f"{year}-{number:02d}"
            rows += [*street(month, located), *street(month, 100 - located, at=None)]
    workspace = street_workspace(rows)
    answer = compared_of(workspace, ProfileQuestion(area="Northam"))
    area = answer.told()["area"]
    assert (area["count"], area["before"], area["located_share_percent"]) == (1080, 720, 50.0)
    assert (area["beyond_chance"], area["explained_by_share"]) == (False, True)
    assert "not called, since the change of the located share could explain it" in area["words"]
    force = compared_of(workspace, ProfileQuestion()).told()["area"]
    assert (force["count"], force["before"], force["located_share_percent"]) == (1200, 1200, None)


def test_the_section_is_as_published_and_its_findings_cite_figures(
    two_years, made_up, compared_of, every_number_is_cited
):
    schema = json.loads(definitions.text_of("profile_schema/compared.json"))
    question = ProfileQuestion(area="Northam", compare=("Southam", "Eastshire Constabulary"))
    for answer in (
        compared_of(two_years, question, denominators={"Northam": Residents()}),
        compared_of(made_up, ProfileQuestion()),
    ):
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(answer.told(), allow_nan=False)))
        every_number_is_cited(answer)


def test_where_the_source_holds_no_other_crime_there_is_no_share_of_crime(street, street_workspace, compared_of):
    rows = [
        row
        for month in ("2019-01", "2020-01")
        for row in [*street(month, 3), *street(month, 5, offence="Anti-social behaviour")]
    ]
    area = compared_of(street_workspace(rows), ProfileQuestion()).told()["area"]
    assert (area["count"], area["share_of_offences"], area["all_crime"]) == (3, None, None)
