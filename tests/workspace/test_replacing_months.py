"""A later file replaces the months that it has, says so, and leaves a revision for each changed past figure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lamplighter.reductions import Engine
from lamplighter.schema import month_number, month_text
from lamplighter.workspace import Workspace


def live(home, name="crimes_by_month_ward"):
    with Engine(Workspace.open(home)) as engine:
        rows = engine.run(name).to_pylist()
    return [(month_text(row.pop("recorded_month")), *row.values()) for row in rows]


def revisions(home):
    return [
        (
            row["level"],
            row["key_1"],
            row["key_2"],
            month_text(row["recorded_month"]),
            row["old_count"],
            row["new_count"],
        )
        for row in Workspace.open(home).revisions().to_pylist()
    ]


def test_the_months_of_a_later_file_take_the_place_of_the_old_ones_and_the_others_stay(home, march, april, bring_in):
    bring_in(march)
    bring_in(april)
    assert live(home) == [
        ("2014-01", "Lambeth", "Abbey", 3),
        ("2014-01", "Lambeth", None, 1),
        ("2014-02", "Ealing", "Abbey", 4),
        ("2014-02", "Ealing", "Brook", 2),
        ("2014-03", "Lambeth", "Abbey", 7),
    ]


def test_the_result_says_rows_before_and_after(home, march, april, bring_in):
    bring_in(march)
    (change,) = bring_in(april).tables
    assert (change.rows_before, change.rows_after) == (3, 5)
    assert (change.replaced_rows_before, change.replaced_rows_after) == (1, 2)
    assert (change.months_replaced, change.months_added) == (("2014-02",), ("2014-03",))


def test_each_changed_past_figure_is_a_revision_from_old_to_new(home, march, april, bring_in):
    bring_in(march)
    done = bring_in(april)
    assert revisions(home) == [
        ("total", None, None, "2014-02", 5, 6),
        ("borough_ward", "Ealing", "Abbey", "2014-02", 5, 4),
        ("borough_ward", "Ealing", "Brook", "2014-02", 0, 2),
    ]
    assert done.revisions == 3


def test_a_revision_says_when_and_by_which_import(home, march, april, bring_in):
    bring_in(march)
    done = bring_in(april, now=datetime(2026, 7, 1, 1, tzinfo=UTC))
    row = Workspace.open(home).revisions().to_pylist()[0]
    assert (row["at"], row["import_id"], row["table_name"]) == (
        datetime(2026, 7, 1, 1, tzinfo=UTC),
        done.id,
        "offences_place",
    )


def test_new_months_are_no_revisions(home, march, draw, bring_in):
    bring_in(march)
    assert bring_in(draw("later.csv", "Ealing Abbey 2014-03 9")).revisions == 0


def test_the_same_figures_in_other_rows_are_no_revisions(home, draw, bring_in):
    bring_in(draw("one.csv", "Ealing Abbey 2014-01 5"))
    done = bring_in(draw("two.csv", "Ealing Abbey 2014-01 2\nEaling Abbey 2014-01 3"))
    assert (done.revisions, done.tables[0].rows_before, done.tables[0].rows_after) == (0, 1, 2)


def test_a_ward_that_becomes_known_is_two_revisions_and_no_change_of_the_total(home, draw, bring_in):
    bring_in(draw("one.csv", "Ealing - 2014-01 5"))
    bring_in(draw("two.csv", "Ealing Abbey 2014-01 5"))
    assert revisions(home) == [
        ("borough_ward", "Ealing", "Abbey", "2014-01", 0, 5),
        ("borough_ward", "Ealing", None, "2014-01", 5, 0),
    ]


def test_revisions_of_kinds_are_told_by_group_and_subgroup(home, draw, bring_in):
    bring_in(draw("one.csv", "Rape 2014-01 5"))
    bring_in(draw("two.csv", "Rape 2014-01 6"))
    assert revisions(home)[1] == ("group_subgroup", "Rape", "Rape", "2014-01", 5, 6)


def test_revisions_add_up_over_imports(home, draw, bring_in):
    for count in (5, 6, 8):
        bring_in(draw(f"{count}.csv", f"Ealing Abbey 2014-01 {count}"))
    totals = [row[4:] for row in revisions(home) if row[0] == "total"]
    assert totals == [(5, 6), (6, 8)]


def test_in_one_import_the_later_file_replaces_the_earlier(home, march, april, bring_in):
    done = bring_in(march, april)
    assert live(home)[-1] == ("2014-03", "Lambeth", "Abbey", 7)
    assert done.revisions == 3
    assert [line.rows_kept for line in done.files] == [3, 3]


def test_a_table_that_a_file_does_not_hold_is_left_alone(home, march, draw, bring_in):
    bring_in(march)
    bring_in(draw("kinds.csv", "Rape 2014-01 5"))
    assert len(live(home)) == 3


def test_a_month_that_loses_more_than_half_is_asked_about(home, draw, bring_in):
    bring_in(draw("one.csv", "Ealing Abbey 2014-01 100\nLambeth Abbey 2014-01 100"))
    done = bring_in(draw("part.csv", "Ealing Abbey 2014-01 90"))
    assert "loses more than half of its count in 2014-01 (2014-01: 200 became 90)" in done.warnings[0]


def test_a_gap_is_named_and_never_read_as_zero(home, draw, bring_in):
    done = bring_in(draw("gap.csv", "Ealing Abbey 2014-01 1\nEaling Abbey 2014-03 1"))
    assert done.months_missing == ("2014-02",)
    assert "offences_place has no rows for 2014-02: unknown, not zero" in done.warnings[0]
    assert Workspace.open(home).months("offences_place") == (month_number("2014-01"), month_number("2014-03"))


def test_sheets_that_count_the_same_crimes_and_differ_are_named(home, draw, bring_in):
    done = bring_in(draw("both.csv", "Ealing Abbey 2014-01 4\nRape 2014-01 5"))
    assert "should add to the same and differ in 2014-01 (2014-01: 5 and 4)" in done.warnings[0]


def test_a_time_without_its_zone_is_refused(march, bring_in):
    with pytest.raises(ValueError, match="time zone"):
        bring_in(march, now=datetime(2026, 1, 1))
