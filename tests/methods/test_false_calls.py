"""How often the product's own rules call a change when there is none."""

from itertools import pairwise

import numpy as np
import pytest

from lamplighter.errors import InputError, NoSuchName
from lamplighter.methods.false_calls import (
    COMBINATIONS,
    FalseCallRates,
    FalseCalls,
    _unchanged,
    cautious_rules,
    false_call_rates,
    in_order,
)
from lamplighter.methods.level_break import level_break
from lamplighter.methods.run_rules import RULES, run_signals
from lamplighter.methods.spc import laney_limits, xmr_limits

ALL = tuple(RULES)


@pytest.fixture(scope="module")
def rates():
    return false_call_rates()


def test_with_all_four_rules_nearly_half_of_unchanged_series_are_called_on_limits_of_the_first_24_months(rates):
    for dispersion, share in ((1.0, 0.472), (2.4, 0.490)):
        row = rates.row(dispersion=dispersion, baseline_points=24, rules=ALL)
        assert row.share_signalling == pytest.approx(share, abs=0.05)
        assert row.limits_from == "the first 24 months"


def test_and_between_a_third_and_two_fifths_on_limits_of_all_months(rates):
    for dispersion, share in ((1.0, 0.377), (2.4, 0.387)):
        row = rates.row(dispersion=dispersion, baseline_points=48, rules=ALL)
        assert row.share_signalling == pytest.approx(share, abs=0.05)
        assert row.limits_from == "all 48 months"


def test_one_in_three_is_the_rate_without_two_of_three_on_limits_of_all_months(rates):
    row = rates.row(dispersion=1.0, baseline_points=48, rules=("outside", "shift", "trend"))
    assert row.low < 1 / 3 < row.high


def test_there_is_a_row_for_every_set_of_rules_dispersion_and_baseline(rates):
    assert len(COMBINATIONS) == 15
    assert len(rates.rows) == 15 * 2 * 2
    assert {row.series for row in rates.rows} == {1000}
    assert all(row.low <= row.share_signalling <= row.high for row in rates.rows)


def test_a_set_of_rules_calls_at_least_as_often_as_each_of_its_rules_and_at_most_as_their_sum(rates):
    for row in rates.rows:
        alone = [
            rates.row(dispersion=row.dispersion, baseline_points=row.baseline_points, rules=[rule]).signalling
            for rule in row.rules
        ]
        assert max(alone) <= row.signalling <= sum(alone)


def test_the_same_seed_gives_the_same_rates_and_another_seed_others(rates):
    assert false_call_rates() == rates
    assert false_call_rates(seed=1) != rates


def test_a_dispersion_more_leaves_the_rows_of_the_others_as_they_were(rates):
    more = false_call_rates(dispersions=(1.0, 2.4, 5.0))
    assert more.rows[: len(rates.rows)] == rates.rows


@pytest.mark.parametrize("dispersion", [1.0, 2.4])
def test_the_quick_rates_are_those_of_the_products_own_rules_series_by_series(dispersion):
    values = _unchanged(np.random.default_rng([5, 0]), 20.0, dispersion, (150, 48))
    rates = false_call_rates(mean=20.0, dispersions=[dispersion], series=150, seed=5)
    for points in (24, 48):
        signals = [run_signals(each, xmr_limits(each, points)) for each in values]
        for rules in COMBINATIONS:
            slow = sum(any(found.rule in rules for found in each) for each in signals)
            assert rates.row(dispersion=dispersion, baseline_points=points, rules=rules).signalling == slow


def test_laney_limits_of_equal_months_would_give_the_same_calls():
    for each in _unchanged(np.random.default_rng(2), 200.0, 2.4, (50, 48)):
        assert run_signals(each, laney_limits(each, [1] * 48, 24)) == run_signals(each, xmr_limits(each, 24))


def test_the_made_up_counts_have_the_mean_and_the_dispersion_that_was_asked_for():
    for dispersion in (1.0, 2.4):
        counts = _unchanged(np.random.default_rng(0), 200.0, dispersion, (1000, 48))
        assert counts.mean() == pytest.approx(200, rel=0.01)
        assert counts.var() / counts.mean() == pytest.approx(dispersion, rel=0.05)


def test_a_cautious_reader_keeps_outside_and_trend_and_is_still_called_for_nothing_in_one_of_five(rates):
    chosen = cautious_rules(rates)
    assert chosen.keep == ("outside", "trend")
    assert chosen.switch_off == ("shift", "two_of_three")
    assert 0.15 < chosen.share_after < 0.28 < chosen.share_before
    assert "no more than 5%" in chosen.criterion


def test_what_the_rules_add_sums_to_the_rate_of_all_four(rates):
    chosen = cautious_rules(rates)
    assert chosen.added[0][0] == "outside"
    assert sum(more for _, more in chosen.added) == pytest.approx(chosen.share_before)
    assert all(first <= second for first, second in pairwise(more for _, more in chosen.added[1:]))


def test_what_caution_costs_a_fall_of_a_tenth_is_seen_by_the_level_break_more_than_by_the_rules_kept():
    means = 200 * np.where(np.arange(48) < 30, 1, 0.9)
    series = np.random.default_rng(0).negative_binomial(means / 1.4, 1 / 2.4, (300, 48)).astype(float)
    kept = [
        any(
            each.side in ("below", "falling") and each.end >= 30
            for each in run_signals(values, limits, rules=["outside", "trend"])
        )
        for values, limits in ((each, xmr_limits(each, 24)) for each in series)
    ]
    breaks = [level_break(each) for each in series]
    assert 0.2 < np.mean(kept) < 0.4
    assert np.mean([each.found and each.mean_after < each.mean_before for each in breaks]) > 0.65


def made_up(shares):
    """Rates where each set of rules has the share given for it, in thousandths."""
    rows = tuple(
        FalseCalls(
            dispersion=1.0,
            limits_from="the first 24 months",
            baseline_points=24,
            rules=rules,
            signalling=shares(rules),
            series=1000,
            share_signalling=shares(rules) / 1000,
            low=0.0,
            high=1.0,
        )
        for rules in COMBINATIONS
    )
    return FalseCallRates(mean=200.0, months=48, seed=0, rows=rows)


def test_a_rule_that_adds_exactly_the_tolerance_is_kept_and_one_that_adds_more_is_not():
    each = {"outside": 100, "shift": 51, "trend": 50, "two_of_three": 50}
    chosen = cautious_rules(made_up(lambda rules: sum(each[rule] for rule in rules)), tolerance=0.05)
    assert chosen.switch_off == ("shift",)
    assert chosen.share_after == pytest.approx(0.2)


def test_with_a_wide_tolerance_nothing_is_switched_off(rates):
    assert cautious_rules(rates, tolerance=1.0).switch_off == ()


def test_rules_are_printed_in_one_order_and_unknown_ones_are_refused():
    assert in_order({"trend", "outside"}) == ("outside", "trend")
    with pytest.raises(NoSuchName, match="Did you mean trend"):
        in_order(["trand"])


def test_a_baseline_as_long_as_the_series_is_reported_once():
    assert len(false_call_rates(months=24, series=10).rows) == 15 * 2


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"dispersions": [0.5]}, "dispersion of 0.5"),
        ({"dispersions": [float("nan")]}, "dispersion of nan"),
        ({"mean": 0}, "mean must be above 0"),
        ({"series": 0}, "at least one series"),
        ({"baseline_points": 49}, "fit into it"),
        ({"baseline_points": 1}, "2 or more baseline months"),
    ],
)
def test_what_can_not_be_drawn_is_refused(question, words):
    with pytest.raises(InputError, match=words):
        false_call_rates(**question)


def test_rates_that_were_not_worked_out_are_asked_for(rates):
    with pytest.raises(InputError, match="Ask false_call_rates"):
        cautious_rules(rates, baseline_points=12)
    with pytest.raises(InputError, match="at least one dispersion"):
        cautious_rules(false_call_rates(dispersions=[]))
    with pytest.raises(InputError, match="tolerance of 5"):
        cautious_rules(rates, tolerance=5)
