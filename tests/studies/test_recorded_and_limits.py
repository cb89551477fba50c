"""Recorded crimes a month: limits from a stated baseline, re-based at a marked break; immature and rare months."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice

import pytest

from lamplighter.schema import month_number, month_text
from lamplighter.studies.catalogue import answers
from lamplighter.studies.evidence import year_total
from lamplighter.studies.judged import MonthlyQuestion, judged, marked_breaks, signed_percent
from lamplighter.workspace import Workspace

WorkspaceOf = Callable[..., Workspace]
RECORD_SYSTEM = month_number("2024-02")
QUESTION = MonthlyQuestion()


def series(first: str, last: str, *levels: int) -> dict[int, int]:
    """Counts that go round and round the levels, from a month to a month."""
    months = range(month_number(first), month_number(last) + 1)
    return dict(zip(months, islice(cycle(levels), len(months)), strict=True))


def told(counts: dict[int, int], months: list[int] | None = None):
    return judged(counts, months if months is not None else sorted(counts), QUESTION)


def test_one_change_of_the_record_system_is_marked_with_its_month_and_source():
    assert [(month_text(month), bool(words), bool(source)) for month, words, source in marked_breaks("mps-vawg")] == [
        ("2024-02", True, True)
    ]
    assert marked_breaks("another force") == ()


def test_limits_are_rebased_at_the_marked_break_from_its_own_first_months():
    counts = series("2020-01", "2024-01", 96, 100, 104) | series("2024-02", "2026-12", 46, 50, 54)
    found = told(counts)
    assert [(each.first, each.last, each.baseline_first, each.baseline_last) for each in found.phases] == [
        ("2020-01", "2024-01", "2020-01", "2021-12"),
        ("2024-02", "2026-12", "2024-02", "2026-01"),
    ]
    before, after = found.phases
    assert min(before.centre) > 90
    assert max(after.centre) < 56
    assert [each for each in found.signals if each.since <= "2024-02" <= each.until] == []


def test_a_single_month_before_the_break_has_no_limits_and_none_are_told():
    counts = series("2024-01", "2024-01", 100) | series("2024-02", "2026-12", 46, 50, 54)
    found = told(counts)
    assert [(each.first, each.last) for each in found.phases] == [("2024-02", "2026-12")]
    assert all(limit == limit for each in found.phases for limit in (*each.centre, *each.lower, *each.upper))  # no nan


def test_the_step_leaves_the_year_of_the_break_out_and_gives_it_by_itself():
    counts = series("2023-01", "2023-12", 100) | series("2024-01", "2024-12", 80) | series("2025-01", "2025-12", 72)
    marked = next(each for each in told(counts).breaks if each.marked)
    assert marked.period == "2024-02"
    assert marked.change_percent == -28.0
    assert "2025 against 2023, leaving 2024 out: −28%; 2024 alone against 2023: −20%." in marked.words


def test_without_a_whole_year_on_both_sides_no_step_is_given():
    counts = series("2023-02", "2023-12", 100) | series("2024-01", "2025-12", 72)
    marked = next(each for each in told(counts).breaks if each.marked)
    assert marked.change_percent is None
    assert "against" not in marked.words


def test_the_last_two_months_are_immature_and_never_signal():
    calm = series("2018-01", "2022-12", 96, 100, 104)
    wild = calm | {month_number("2022-11"): 900, month_number("2022-12"): 900}
    found = told(wild)
    assert [each.period for each in found.points if each.immature] == ["2022-11", "2022-12"]
    assert [each for each in found.signals if each.until >= "2022-11"] == []
    grown = told(wild | series("2023-01", "2023-03", 96, 100, 104))
    assert [each.since for each in grown.signals if each.rule == "outside"] == ["2022-11"]


def test_immature_months_do_not_move_the_limits_either():
    calm = series("2021-01", "2022-12", 96, 100, 104)
    wild = calm | {month_number("2022-12"): 9000}
    assert told(wild).phases[0].centre == told(calm).phases[0].centre


def test_a_rare_series_carries_no_limits_and_says_why():
    found = told(series("2020-01", "2022-12", 0, 1, 9))
    assert (found.phases, found.signals) == ((), ())
    assert found.caveats == ("Fewer than 5 a month on average: control limits would mean little, and none are drawn.",)
    assert told(series("2020-01", "2022-12", 4, 5, 6)).phases != ()


def test_a_short_series_carries_no_limits_and_says_why():
    found = told(series("2022-01", "2022-11", 100))
    assert found.phases == ()
    assert found.caveats == ("Only 11 months are known: no limits are drawn from less than a year.",)


def test_no_months_at_all_are_an_empty_answer():
    found = told({})
    assert (found.points, found.phases, found.signals, found.breaks) == ((), (), (), ())


def test_a_month_without_a_crime_is_nought_and_a_month_that_is_missing_is_unknown():
    months = [month_number(each) for each in ("2022-01", "2022-02", "2022-04")]
    found = told({months[0]: 3}, months)
    assert [each.value for each in found.points] == [3, 0, None, 0]


def test_a_gap_inside_a_series_breaks_no_limits_and_signals_nothing_by_itself():
    counts = series("2018-01", "2022-12", 96, 100, 104)
    months = [each for each in counts if month_text(each) != "2021-06"]
    found = told({each: counts[each] for each in months}, months)
    assert next(each for each in found.points if each.period == "2021-06").value is None
    assert [each for each in found.signals if each.since == each.until == "2021-06"] == []


def test_every_signal_has_its_rule_in_words_its_size_with_an_interval_and_never_a_cause():
    counts = series("2018-01", "2020-12", 96, 100, 104) | series("2021-01", "2022-12", 196, 200, 204)
    found = told(counts)
    assert {"outside", "shift"} <= {each.rule for each in found.signals}
    for each in found.signals:
        assert each.rule_words
        assert each.effect is not None
        assert each.effect_low is not None
        assert each.effect_high is not None
        assert each.effect_low < each.effect < each.effect_high
        assert "because" not in each.words
    high = next(each for each in found.signals if each.rule == "outside" and each.side == "above")
    assert high.effect_percent == pytest.approx(100, abs=1)


def test_the_defaults_of_the_question_are_printed_with_the_answer():
    assert QUESTION.told()["baseline_months"] == "24 (default)"
    assert MonthlyQuestion(baseline_months=12).told()["baseline_months"] == "12"


@pytest.mark.parametrize(
    ("value", "words"), [(None, "not known"), (-17.2, "−17%"), (4.4, "+4%"), (0.0, "0%"), (0.3, "0%"), (-0.3, "0%")]
)
def test_a_change_is_written_with_its_sign_and_nothing_is_not_signed(value: float | None, words: str):
    assert signed_percent(value) == words


def test_a_year_that_lacks_a_month_has_no_total():
    counts = series("2020-01", "2020-12", 1)
    assert year_total(counts, set(counts), 2020) == 12
    assert year_total(counts, set(counts) - {month_number("2020-05")}, 2020) is None


# -- from a workspace ---------------------------------------------------------------------------------------------------

OUTSIDE = "Other flagged offences outside of VAWG"


@pytest.fixture(scope="module")
def found(workspace_of: WorkspaceOf, rows):
    lines = []
    for month in rows.months_of(2020, 2020):
        lines += [
            rows.kind(month, 6, subgroup="Rape of a female aged 16 and over"),
            rows.kind(month, 10, group="Other Sexual Offences", subgroup="Exposure and Voyeurism"),
            rows.kind(month, 4, group=OUTSIDE, subgroup="Non-Vawg Crime"),
            rows.kind(month, 100, group="A group nobody knows", subgroup="Something new"),
        ]
    return answers(workspace_of(offences=lines))


def test_the_only_sub_group_of_a_group_is_the_group_and_not_told_twice(found):
    assert "recorded-sub-non-vawg-crime" not in found
    assert found["recorded-rape"].title == "Rape"


def last_value(answer) -> float | None:
    return answer.points[-1].value


def test_the_headline_holds_the_groups_inside_vawg_and_nothing_else(found):
    assert last_value(found["recorded-vawg"]) == 16


def test_what_is_outside_vawg_or_of_an_unknown_group_is_kept_apart(found):
    assert last_value(found["recorded-outside-vawg"]) == 4
    assert last_value(found["recorded-a-group-nobody-knows"]) == 100
    assert "leaves out" in found["recorded-outside-vawg"].caveats[0]


def test_the_share_outside_vawg_is_of_all_flagged_offences(found):
    (stated,) = found["recorded-outside-vawg"].stated
    assert (stated.numerator, stated.denominator, stated.value) == (48, 240, 20.0)


def test_exposure_is_crimes_and_not_victims_and_no_more_than_an_upper_proxy(found):
    told = found["exposure-and-voyeurism"]
    assert (told.stated[0].value, told.stated[0].period) == (120, "2020")
    assert "how many victims that is" in told.summary
    assert any("no more than an upper proxy" in each for each in told.caveats)


def test_an_answer_says_how_we_know(found):
    told = found["recorded-vawg"].provenance
    assert (told.rows_read, told.rows_used, told.rows_refused) == (48, 48, 0)
    assert [name for name, _ in told.files] == ["offences.csv"]
    assert len(told.files[0][1]) == 64
    assert told.question["baseline_months"] == "24 (default)"


def test_every_measure_has_a_shipped_card_and_its_own_id(found):
    from lamplighter.plan.cards import shipped_cards

    assert {each.definition_id for each in found.values()} <= set(shipped_cards())
    assert all(key == each.id for key, each in found.items())


# -- what the size of a signal is held against ---------------------------------------------------------------------------


def test_a_month_that_may_still_be_revised_is_no_part_of_what_a_signal_is_held_against():
    """Twenty-four months from the marked break, the last two immature and nearly empty: the usual stays 100."""
    counts = series("2020-01", "2024-01", 100) | series("2024-02", "2025-11", 99, 101) | series("2025-12", "2026-01", 1)
    counts[month_number("2025-06")] = 200
    found = told(counts)
    signal = next(each for each in found.signals if (each.since, each.rule) == ("2025-06", "outside"))
    assert signal.effect_percent == pytest.approx(103, abs=1), (
        "a June of 30 days; with the immature months it would be 121"
    )
    assert found.phases[-1].baseline_last == "2025-11"


def test_a_code_that_was_not_in_use_in_the_baseline_carries_no_limits_and_says_why():
    found = told(series("2018-01", "2019-12", 0) | series("2020-01", "2022-12", 30, 34))
    assert found.phases == ()
    assert found.signals == ()
    assert (
        "From January 2018 to December 2022 no limits are drawn: the baseline has fewer than 5 a month."
        in found.caveats
    )


def test_the_month_in_which_recording_changed_is_in_no_baseline_and_signals_nothing():
    """Twenty-four even months, the month of the change far out, and then a new even level."""
    found = told(
        series("2022-01", "2024-01", 100, 104)
        | series("2024-02", "2024-02", 500)
        | series("2024-03", "2026-02", 60, 64)
    )
    assert [(each.first, each.last) for each in found.phases] == [("2022-01", "2024-01"), ("2024-02", "2026-02")]
    assert found.signals == ()
    assert found.phases[1].upper[0] < 80
    assert any("holds both ways of it" in each for each in found.caveats)


def test_where_nothing_was_recorded_before_the_words_say_so_and_give_no_size():
    counts = series("2018-01", "2019-05", 0) | series("2019-06", "2022-12", 30, 34)
    signal = next(each for each in told(counts).signals if (each.rule, each.side) == ("shift", "above"))
    assert (signal.effect, signal.effect_low, signal.effect_percent) == (None, None, None)
    assert "none were recorded in the other months of the baseline" in signal.words
