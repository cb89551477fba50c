"""What a real series does to textbook limits: one force's violence by month, counted from its open data."""

import calendar
import csv
from pathlib import Path

import numpy as np
import pytest

from lamplighter.methods.run_rules import run_signals
from lamplighter.methods.spc import phased

FIXTURE = Path(__file__).parents[1] / "fixtures" / "south-yorkshire-violence-monthly.csv"


@pytest.fixture(scope="module")
def months():
    with FIXTURE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def days(months):
    return np.array(
        [calendar.monthrange(int(each["month"][:4]), int(each["month"][5:]))[1] for each in months], dtype=float
    )


def outside(counts, days, method):
    """How many months are outside limits from all months, the exposure being the days of each month; and σz."""
    (phase,) = phased(counts, days, method=method, baseline_points=None)
    signals = run_signals(counts / days, phase.limits, rules=["outside"])
    return sum(each.end - each.start + 1 for each in signals), phase.limits.sigma_z


def test_the_fixture_holds_the_published_months_and_years(months):
    assert len(months) == 44
    assert "2019-07" not in {each["month"] for each in months}
    by_year = {
        year: sum(int(each["rows"]) for each in months if each["month"].startswith(year))
        for year in ("2018", "2019", "2020", "2021")
    }
    assert by_year == {"2018": 48_292, "2019": 46_467, "2020": 52_230, "2021": 42_346}
    located = {year: sum(int(each["located"]) for each in months if each["month"].startswith(year)) for year in by_year}
    assert located == {"2018": 45_877, "2019": 43_503, "2020": 50_301, "2021": 40_883}


@pytest.mark.parametrize(
    ("column", "plain_u", "laney", "xmr", "sigma_z"), [("rows", 29, 8, 8, 2.86), ("located", 27, 8, 8, 2.82)]
)
def test_plain_limits_cry_wolf_where_laney_and_xmr_do_not(months, days, column, plain_u, laney, xmr, sigma_z):
    counts = np.array([float(each[column]) for each in months])
    assert outside(counts, days, "u") == (plain_u, None)
    assert outside(counts, days, "laney") == (laney, pytest.approx(sigma_z, abs=0.005))
    assert outside(counts, days, "xmr") == (xmr, None)


def test_the_gap_told_as_unknown_flags_the_same_months_and_takes_no_range_across_it(months, days):
    counts = np.array([float(each["rows"]) for each in months])
    gap = [each["month"] for each in months].index("2019-08")
    counts, days = np.insert(counts, gap, np.nan), np.insert(days, gap, 31)
    assert outside(counts, days, "u")[0] == 29
    assert outside(counts, days, "laney") == (8, pytest.approx(2.83, abs=0.005))
