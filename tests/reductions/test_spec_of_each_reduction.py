"""Each reduction on a table that can be added up by eye, and the plain-Python reference on the same table."""

from __future__ import annotations

import pytest

from lamplighter.reductions import REDUCTIONS, Engine
from lamplighter.schema import month_number

JAN, FEB = month_number("2014-01"), month_number("2014-02")

TABLES = {
    "offences_place": """
        recorded_month committed_month crimes bcu   borough ward
        2014-01        2014-01         3      South Lambeth Abbey
        2014-01        2013-01         1      South Lambeth Abbey
        2014-01        2014-01         2      South Lambeth -
        2014-01        2014-01         4      West  Ealing  Abbey
        2014-02        -               5      West  Ealing  Abbey
    """,
    "victims_place": """
        recorded_month committed_month victims bcu   borough ward
        2014-01        2014-01         3       South Lambeth Abbey
        2014-01        2013-01         1       South Lambeth Abbey
        2014-01        2014-01         2       South Lambeth -
        2014-01        2014-01         4       West  Ealing  Abbey
        2014-02        -               5       West  Ealing  Abbey
    """,
    "offences_kind": """
        recorded_month committed_month crimes offence_group offence_subgroup offence    vawg_offence
        2014-01        2013-01         3      Rape          Rape_F           Rape_16    Rape
        2014-01        2014-01         2      Rape          Rape_M           Rape_16    Rape
        2014-01        2014-02         1      Rape          Rape_M           Rape_16    Rape
        2014-01        -               4      Rape          Rape_M           Rape_16    Rape
        2014-02        2014-02         9      OUTSIDE       Robbery          Robbery_1  Robbery
    """,
    "victims_age": """
        recorded_month committed_month victims age_group
        2014-01        2014-01         3       10-19
        2014-01        2013-01         1       10-19
        2014-01        2014-01         7       20-29
        2014-02        2014-01         2       -
    """,
    "victims_ethnicity": """
        recorded_month committed_month victims ethnicity
        2014-01        2014-01         3       Black
        2014-01        2013-01         1       Unknown
        2014-01        2014-01         7       Unknown
        2014-02        2014-01         2       White
    """,
}
BY_WARD = [
    (JAN, "Ealing", "Abbey", 4),
    (JAN, "Lambeth", "Abbey", 4),
    (JAN, "Lambeth", None, 2),
    (FEB, "Ealing", "Abbey", 5),
]
OUT = "Other flagged offences outside of VAWG"
ANSWERS = {
    "crimes_by_month_ward": BY_WARD,
    "crimes_by_month_place": [
        (JAN, "South", "Lambeth", "Abbey", 4),
        (JAN, "South", "Lambeth", None, 2),
        (JAN, "West", "Ealing", "Abbey", 4),
        (FEB, "West", "Ealing", "Abbey", 5),
    ],
    "delays_by_month_borough": [
        (JAN, "South", "Lambeth", 0, None, 5),
        (JAN, "South", "Lambeth", 12, None, 1),
        (JAN, "West", "Ealing", 0, None, 4),
        (FEB, "West", "Ealing", None, "committed month unknown", 5),
    ],
    "crimes_by_month_subgroup": [(JAN, "Rape", "Rape_F", 3), (JAN, "Rape", "Rape_M", 7), (FEB, OUT, "Robbery", 9)],
    "victims_by_month": [(JAN, 10), (FEB, 5)],
    "victims_by_month_ward": BY_WARD,
    "delays_by_year_group": [
        (2014, OUT, 0, None, 9),
        (2014, "Rape", 0, None, 2),
        (2014, "Rape", 12, None, 3),
        (2014, "Rape", None, "committed month unknown", 4),
        (2014, "Rape", None, "recorded before committed", 1),
    ],
    "victims_by_month_age": [(JAN, "10-19", 4), (JAN, "20-29", 7), (FEB, None, 2)],
    "victims_by_month_ethnicity": [(JAN, "Black", 3), (JAN, "Unknown", 8), (FEB, "White", 2)],
}


def rows_of(table):
    return [tuple(row.values()) for row in table.to_pylist()]


@pytest.mark.parametrize("name", ANSWERS)
def test_a_reduction_gives_what_the_drawn_table_adds_up_to(drawing, name):
    table = REDUCTIONS[name].table
    rows = drawing.drawn(table, TABLES[table].replace("OUTSIDE", "OUTSIDE_"))
    for row in rows:
        if row.get("offence_group") == "OUTSIDE_":
            row["offence_group"] = OUT
    with drawing.workspace_of(table, rows) as workspace, Engine(workspace) as engine:
        found = engine.run(name)
    assert found.column_names == list(REDUCTIONS[name].columns)
    assert rows_of(found) == ANSWERS[name]
    assert drawing.reference(name, rows, last_month=10**6) == ANSWERS[name]


def test_every_reduction_has_a_drawn_answer_and_a_question():
    counted = {
        name for name, reduction in REDUCTIONS.items() if reduction.table in TABLES
    }  # incidents have a file of their own
    assert set(ANSWERS) == counted
    assert all(reduction.sql.startswith("-- How many") for reduction in REDUCTIONS.values())


def test_counts_come_as_whole_numbers_of_64_bits(drawing):
    rows = drawing.drawn("victims_age", TABLES["victims_age"])
    with drawing.workspace_of("victims_age", rows) as workspace, Engine(workspace) as engine:
        assert str(engine.run("victims_by_month_age").schema.field("victims").type) == "int64"


def test_the_last_month_is_included_and_no_later_one(drawing):
    rows = drawing.drawn("victims_age", TABLES["victims_age"])
    with drawing.workspace_of("victims_age", rows) as workspace, Engine(workspace) as engine:
        assert rows_of(engine.run("victims_by_month_age", last_month=JAN)) == [(JAN, "10-19", 4), (JAN, "20-29", 7)]
        assert rows_of(engine.run("victims_by_month_age", last_month=JAN - 1)) == []
