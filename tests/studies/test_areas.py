"""Comparing areas: late by delay, change by two whole years, limits only where they mean something, and never a ranking."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lamplighter.schema import month_number
from lamplighter.studies.area_answers import ABOVE_95, ABOVE_998, INSIDE, NOT_JUDGED, AreaComparison
from lamplighter.studies.areas import area_answers
from lamplighter.studies.evidence import Evidence
from lamplighter.workspace import Workspace

WorkspaceOf = Callable[..., Workspace]
NAMES = tuple(f"Area {letter}" for letter in "ABCDEFGHIJKL")


def asked(workspace: Workspace, *, until: str | None = None) -> dict[str, AreaComparison]:
    evidence = Evidence(workspace, until=None if until is None else month_number(until))
    try:
        return {each.id: each for each in area_answers(evidence)}
    finally:
        evidence.close()


def line(month: str, count: int, *, borough: str, bcu: str = "North", committed: str | None = "same") -> str:
    """A row of the sheet by place, with the month committed."""

    def day(text: str | None) -> str:
        return f"{text}-01" if text else ""

    began = month if committed == "same" else committed
    return f"{bcu},{borough},Abbey,{day(month)},{day(began)},{count},Offence count location,,,,"


def twelve(rows, first: int, last: int, **changed: int) -> list[str]:
    """Twelve boroughs, ten crimes a month; in 2022 so many as `changed` says for the borough of that letter."""
    return [
        line(month, changed.get(name[-1], 10) if month.startswith("2022") else 10, borough=name)
        for month in rows.months_of(first, last)
        for name in NAMES
    ]


def by_name(found: AreaComparison) -> dict[str, object]:
    return {each.name: each for each in (*found.judgement.rows, *found.judgement.apart)}


@pytest.fixture(scope="module")
def level(workspace_of: WorkspaceOf, rows) -> dict[str, AreaComparison]:
    """2021 and 2022: all alike but L, where 2022 has twice as many; a tenth late, in L a half; some in no area."""
    lines = twelve(rows, 2021, 2022, L=20)
    lines += [line("2022-12", 12, borough=name, committed="2021-11") for name in NAMES[:-1]]
    lines += [line("2022-12", 240, borough="Area L", committed="2021-11")]
    lines += [
        line("2022-12", 7, borough="Area A", committed="2021-12"),
        line("2022-12", 3, borough="Area A", committed=None),
    ]
    lines += [
        line("2022-12", 5, borough="Area A", committed="2023-04"),
        line("2022-12", 900, borough="Other", bcu="Other"),
    ]
    lines += [line("2022-12", 40, borough="", bcu="", committed="1990-01")]
    return asked(workspace_of(offences=lines))


def test_late_is_more_than_twelve_months_and_what_nobody_knows_is_counted_apart(level):
    area = by_name(level["areas-late-borough"])["Area A"]
    assert (area.numerator, area.denominator, area.unknown) == (12, 139, 8)
    assert area.value == pytest.approx(100 * 12 / 139)
    assert any(each.startswith("8 of these crimes have no usable") for each in level["areas-late-borough"].caveats)


def test_what_lies_in_no_area_is_shown_apart_and_in_no_limit(level):
    found = level["areas-late-borough"]
    assert [each.name for each in found.judgement.apart] == ["Other", "Unknown"]
    assert [(each.limits, each.stands) for each in found.judgement.apart] == [(None, NOT_JUDGED)] * 2
    part, whole = 11 * 12 + 240, 10 * 132 + 139 + 480
    assert found.target == pytest.approx(100 * part / whole)
    assert by_name(found)["Unknown"].numerator == 40


def test_the_one_area_that_stands_out_is_called_and_the_others_are_inside(level):
    for id_ in ("areas-late-borough", "areas-change-borough"):
        found = level[id_]
        assert [each.name for each in found.judgement.called] == ["Area L"]
        assert by_name(found)["Area L"].stands in (ABOVE_95, ABOVE_998)
        assert {each.stands for each in found.judgement.rows if each.name != "Area L"} == {INSIDE}
        assert found.judgement.outside_95 == 1
        assert (found.judgement.by_chance_95, found.judgement.by_chance_998) == (0.6, 0.02)
        assert (
            "1 of 12 boroughs lies outside limits that usually hold 19 in 20 (Area L); if none stood out, about 0.6 would"
            in found.summary
        )


def test_a_change_holds_two_whole_years_against_each_other_and_says_from_what_to_what(level):
    found = level["areas-change-borough"]
    area = by_name(found)["Area B"]
    assert (found.period, found.compared_with) == ("January 2022 to December 2022", "January 2021 to December 2021")
    assert (area.numerator, area.denominator, area.value) == (132, 120, pytest.approx(10))
    assert area.low < 10 < area.high


def test_areas_stand_in_the_order_of_their_names_whatever_their_numbers(level):
    for each in level.values():
        names = [row.name for row in each.judgement.rows]
        assert names == sorted(names)


def test_two_bcus_are_shown_with_their_own_intervals_and_no_limits(workspace_of: WorkspaceOf, rows):
    lines = [
        line(month, 10, borough=bcu, bcu=bcu) for month in rows.months_of(2021, 2022) for bcu in ("North", "South")
    ]
    found = asked(workspace_of(offences=lines))["areas-change-bcu"]
    assert [(each.value, each.limits, each.stands) for each in found.judgement.rows] == [(0, None, NOT_JUDGED)] * 2
    assert (found.judgement.curve, found.judgement.outside_95) == ((), None)
    assert any("No limits are drawn: of 2 BCUs" in each for each in found.caveats)
    assert any("North holds 50%" in each for each in found.caveats)


def test_no_change_is_worked_out_over_a_change_of_recording(workspace_of: WorkspaceOf, rows):
    everything = workspace_of(
        offences=[line(month, 10, borough=name) for month in rows.months_of(2023, 2026) for name in NAMES]
    )
    across = asked(everything, until="2026-01")["areas-change-borough"]
    assert "Recording changed in February 2024" in across.not_compared
    assert {(each.value, each.stands) for each in across.judgement.rows} == {(None, NOT_JUDGED)}
    assert (across.judgement.curve, across.target, across.summary) == ((), None, "")
    after = asked(everything, until="2026-02")["areas-change-borough"]
    assert (after.not_compared, after.target) == ("", 0)
    assert any("Both years lie after it" in each for each in after.caveats)


def test_a_share_over_a_change_of_recording_says_so(workspace_of: WorkspaceOf, rows):
    lines = [line(month, 10, borough=name) for month in rows.months_of(2023, 2024) for name in NAMES]
    found = asked(workspace_of(offences=lines))
    assert any("Recording changed in February 2024" in each for each in found["areas-late-borough"].caveats)


@pytest.mark.parametrize(("crimes", "judged"), [(50, False), (60, True)])
def test_an_area_is_judged_from_five_late_crimes_on_that_the_common_share_would_give_it(
    workspace_of: WorkspaceOf, rows, crimes: int, judged: bool
):
    """Twelve areas have 12 late of 132 each: of 50 more crimes 144 / 1,634 is 4.4 late ones, of 60 it is 144 / 1,644, or 5.3."""
    lines = twelve(rows, 2022, 2022)
    lines += [line("2022-12", 12, borough=name, committed="2021-11") for name in NAMES]
    lines += [line("2022-12", crimes, borough="Small")]
    small = by_name(asked(workspace_of(offences=lines))["areas-late-borough"])["Small"]
    assert (small.denominator, small.value) == (crimes, 0)
    assert (small.stands != NOT_JUDGED) is judged


def test_nobody_late_is_a_share_of_nought_without_limits(workspace_of: WorkspaceOf, rows):
    found = asked(workspace_of(offences=twelve(rows, 2022, 2022)))["areas-late-borough"]
    assert {each.value for each in found.judgement.rows} == {0}
    assert found.judgement.curve == ()


def test_a_missing_month_compares_nothing_and_names_it(workspace_of: WorkspaceOf, rows):
    lines = [each for each in twelve(rows, 2021, 2022) if ",2022-05-01," not in each]
    found = asked(workspace_of(offences=lines))
    assert "May 2022 is not in the table" in found["areas-late-borough"].not_compared
    assert found["areas-change-borough"].judgement.rows[0].value is None


def test_an_area_with_hardly_anything_is_shown_and_not_judged(workspace_of: WorkspaceOf, rows):
    lines = [*twelve(rows, 2021, 2022), line("2021-03", 9, borough="Hamlet"), line("2022-03", 90, borough="Hamlet")]
    found = asked(workspace_of(offences=lines))["areas-change-borough"]
    hamlet = by_name(found)["Hamlet"]
    assert (hamlet.denominator, hamlet.numerator, hamlet.value, hamlet.stands) == (9, 90, None, NOT_JUDGED)
    assert found.target == 0
    assert any("Too little is counted for limits in Hamlet" in each for each in found.caveats)


def test_one_year_is_no_change(workspace_of: WorkspaceOf, rows):
    found = asked(workspace_of(offences=twelve(rows, 2022, 2022)))["areas-change-borough"]
    assert "12 months are not in the table" in found.not_compared


def test_without_a_table_by_place_nothing_is_compared(workspace_of: WorkspaceOf, rows):
    assert asked(workspace_of(offences=[rows.kind("2022-01", 1)])) == {}


def test_the_real_areas_differ_more_than_chance_and_few_stand_out(real: Workspace):
    found = asked(real)
    late, change = found["areas-late-borough"], found["areas-change-borough"]
    assert late.target == pytest.approx(100 * 6383 / 132060, abs=0.01)
    assert (late.judgement.outside_95, late.judgement.outside_counts_alone) == (0, 9)
    assert [each.name for each in change.judgement.called] == ["Kingston upon Thames", "Merton"]
    assert change.judgement.dispersion == pytest.approx(1.346259, abs=1e-6)  # not rounded before it is printed
    assert [len(each.judgement.rows) for each in found.values()] == [12, 32, 12, 32]
