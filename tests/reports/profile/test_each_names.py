"""The names of areas come from somebody's file: in a table for spreadsheets they are text and nothing else."""

from __future__ import annotations

import pytest

from lamplighter.reports.profile.each_page import _csv_cell


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1"])
def test_a_name_that_a_spreadsheet_would_run_gets_an_apostrophe(name):
    assert _csv_cell(name) == f"'{name}"


def test_a_negative_number_is_no_formula_and_stays_one():
    assert _csv_cell(-3) == "-3"
    assert _csv_cell("High Street") == "High Street"
    assert _csv_cell(None) == ""
