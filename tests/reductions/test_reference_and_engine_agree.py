"""Whatever the rows, and whichever months a later import replaced: DuckDB and plain Python answer the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter.reductions import REDUCTIONS, Engine
from lamplighter.sources.layouts import LAYOUT_OF

NAMES = st.sampled_from([None, "Abbey", "abbey", "N/K", "O'Brien", "Ångström", "Zoë", ":last_month"])


@st.composite
def rows_of(draw, table):
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        recorded = draw(st.integers(24168, 24172))
        committed = draw(st.none() | st.integers(24160, 24173))
        row = {"recorded_month": recorded, "committed_month": committed}
        row["delay_months"] = recorded - committed if committed is not None and committed <= recorded else None
        row[LAYOUT_OF[table].count_column] = draw(st.integers(0, 2**40))
        for name, _ in LAYOUT_OF[table].columns:
            row[name] = draw(NAMES)
        rows.append(row)
    return rows


@pytest.mark.parametrize("table", LAYOUT_OF)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_the_reference_and_duckdb_agree_after_a_replacement(drawing, table, data):
    first, later = data.draw(rows_of(table)), data.draw(rows_of(table))
    last_month = data.draw(st.integers(24167, 24173))
    replaced = {row["recorded_month"] for row in later}
    live = [row for row in first if row["recorded_month"] not in replaced] + later
    with drawing.workspace_of(table, first, later) as workspace, Engine(workspace) as engine:
        for name, reduction in REDUCTIONS.items():
            if reduction.table != table:
                continue
            found = engine.run(name, last_month=last_month)
            expected = drawing.reference(name, live, last_month=last_month)
            assert [tuple(row.values()) for row in found.to_pylist()] == expected
        assert set(workspace.months(table)) == {row["recorded_month"] for row in live}
