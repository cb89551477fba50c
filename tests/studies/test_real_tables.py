"""The sentences that the Met's open tables write, each number counted again here by a few lines of plain Python."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

Rows = dict[str, list[dict[str, Any]]]
KIND, ETHNICITY, AGE = "Offence count classification", "Victim count by ethnic group", "Victim count by age group"
OUTSIDE = "Other flagged offences outside of VAWG"
VIOLENCE, FEAR = "Violence with Injury", "Public fear, alarm, distress"
STALKING = "Stalking and Harassment"


@pytest.fixture(scope="module")
def by_ethnicity(real_rows: Rows) -> Counter[tuple[int, str]]:
    found: Counter[tuple[int, str]] = Counter()
    for row in real_rows[ETHNICITY]:
        found[row["recorded_date_months"].year, row["ethnic_appearance_group_group"]] += row["count"]
    return found


@pytest.fixture(scope="module")
def by_group(real_rows: Rows) -> Counter[tuple[int, str]]:
    found: Counter[tuple[int, str]] = Counter()
    for row in real_rows[KIND]:
        found[row["recorded_date_months"].year, row["crimsec_group"]] += row["count"]
    return found


def shares(by_ethnicity: Counter[tuple[int, str]], year: int, name: str) -> dict[str, float]:
    everybody = sum(count for (when, _), count in by_ethnicity.items() if when == year)
    unknown, part = by_ethnicity[year, "Unknown"], by_ethnicity[year, name]
    return {
        "unknown": round(100 * unknown / everybody, 1),
        "recorded": round(100 * part / everybody, 1),
        "of-known": round(100 * part / (everybody - unknown), 1),
        "at-most": round(100 * (part + unknown) / everybody, 1),
    }


def stated(answer: Any) -> dict[str, float]:
    return {each.key: each.value for each in answer.stated}


def test_the_rows_counted_here_say_what_was_checked_by_hand(by_ethnicity: Counter[tuple[int, str]]):
    assert shares(by_ethnicity, 2014, "Black") == {"unknown": 3.6, "recorded": 22.5, "of-known": 23.4, "at-most": 26.2}
    assert shares(by_ethnicity, 2021, "Black") == {"unknown": 29.1, "recorded": 16.7, "of-known": 23.6, "at-most": 45.8}
    in_2025 = shares(by_ethnicity, 2025, "Black")
    assert (in_2025["recorded"], in_2025["of-known"], in_2025["unknown"]) == (19.3, 25.9, 25.4)


def test_ethnicity_says_the_same_with_every_number_stated(real_answers, by_ethnicity: Counter[tuple[int, str]]):
    told = real_answers["victims-ethnicity"]
    assert told.summary == (
        "Ethnicity is unknown for 3.6% of victims in 2014 and 29.1% in 2021; the share recorded as Black seems to fall "
        "from 22.5% to 16.7%, yet among those whose ethnicity is known it goes from 23.4% to 23.6% (the unknown could put "
        "it anywhere from 16.7% to 45.8%); in 2025 it is 19.3% of all, 25.9% of the known, with 25.4% unknown."
    )
    for key, value in stated(told).items():
        what, year = key.rsplit("-", 1)
        assert value == shares(by_ethnicity, int(year), "Black")[what], key
    in_words = {float(each) for each in re.findall(r"[0-9.]+(?=%)", told.summary)}
    assert in_words <= set(stated(told).values())


def test_the_bounds_of_every_group_and_year_hold_the_recorded_share_and_the_unknown(
    real_answers, by_ethnicity: Counter[tuple[int, str]]
):
    layers = {each.name: each for each in real_answers["victims-ethnicity"].layers}
    for point in layers["Black"].points:
        counted = shares(by_ethnicity, int(point.period), "Black")
        assert round(point.low, 1) == counted["recorded"]
        assert point.high == pytest.approx(counted["at-most"], abs=0.06)


def test_ten_to_nineteen_are_14_point_1_percent_of_the_age_table(real_answers, real_rows: Rows):
    young = sum(row["count"] for row in real_rows[AGE] if row["age_group"] == "Aged 10 to 19 years")
    everybody = sum(row["count"] for row in real_rows[AGE])
    assert round(100 * young / everybody, 1) == 14.1
    (told,) = real_answers["victims-age"].stated
    assert (told.value, told.numerator, told.denominator) == (14.1, young, everybody)


def change(by_group: Counter[tuple[int, str]], group: str, before: int, after: int) -> int:
    return round(100 * (by_group[after, group] / by_group[before, group] - 1))


@pytest.mark.parametrize(
    ("group", "measure_id", "across", "alone"),
    [
        (VIOLENCE, "recorded-violence-with-injury", -28, -23),
        (FEAR, "recorded-public-fear-alarm-distress", -27, -29),
        (STALKING, "recorded-stalking-and-harassment", -6, -17),
        ("Rape", "recorded-rape", 4, -6),
    ],
)
def test_the_step_over_the_record_system_differs_by_group_and_leaves_2024_out(
    real_answers, by_group: Counter[tuple[int, str]], group: str, measure_id: str, across: int, alone: int
):
    assert change(by_group, group, 2023, 2025) == across
    assert change(by_group, group, 2023, 2024) == alone
    marked = next(each for each in real_answers[measure_id].breaks if each.marked)
    assert marked.period == "2024-02"
    assert round(marked.change_percent) == across
    signed = {number: f"{number:+d}%".replace("-", "−") for number in (across, alone)}
    assert marked.words.endswith(
        f"2025 against 2023, leaving 2024 out: {signed[across]}; 2024 alone against 2023: {signed[alone]}."
    )


def test_the_headline_sentence_names_the_step_of_each_large_group(real_answers, by_group: Counter[tuple[int, str]]):
    told = real_answers["recorded-vawg"]
    for words in ("violence with injury −28%", "distress −27%", "stalking and harassment −6%", "rape +4%"):
        assert words in told.summary
    total = {
        year: sum(count for (when, group), count in by_group.items() if when == year and group != OUTSIDE)
        for year in (2023, 2024)
    }
    first = told.stated[0]
    assert (first.numerator, first.denominator) == (total[2024], total[2023])
    assert first.value == round(100 * (total[2024] / total[2023] - 1), 1)


def test_exposure_and_voyeurism_were_1734_in_2024(real_answers, real_rows: Rows):
    counted = Counter(
        {
            year: sum(
                row["count"]
                for row in real_rows[KIND]
                if row["crimseccodeexpansion"] == "Exposure and Voyeurism" and row["recorded_date_months"].year == year
            )
            for year in (2024, 2025)
        }
    )
    assert counted[2024] == 1734
    points = real_answers["exposure-and-voyeurism"].points
    assert sum(point.value for point in points if point.period.startswith("2024")) == 1734
    assert stated(real_answers["exposure-and-voyeurism"]) == {"crimes-2025": counted[2025]}


def test_a_fifth_of_every_year_is_outside_vawg(real_answers, by_group: Counter[tuple[int, str]]):
    for year in range(2014, 2026):
        whole = sum(count for (when, _), count in by_group.items() if when == year)
        assert 0.19 < by_group[year, OUTSIDE] / whole < 0.24
    for told in real_answers["recorded-outside-vawg"].stated:
        year = int(told.period)
        whole = sum(count for (when, _), count in by_group.items() if when == year)
        assert (told.numerator, told.denominator) == (by_group[year, OUTSIDE], whole)


def test_the_share_recorded_after_more_than_a_year_is_that_of_the_rows(real_answers, real_rows: Rows):
    late = known = 0
    for row in real_rows[KIND]:
        recorded, began = row["recorded_date_months"], row["date_committed_from_date_months"]
        if recorded.year != 2025 or row["crimsec_group"] == OUTSIDE or began is None or began > recorded:
            continue
        known += row["count"]
        late += row["count"] * ((recorded.year - began.year) * 12 + recorded.month - began.month > 12)
    point = real_answers["delay-over-a-year"].points[-1]
    assert (point.period, point.numerator, point.denominator) == ("2025", late, known)


def test_the_two_offence_sheets_hold_the_same_crimes(real_answers, real_rows: Rows):
    totals = {sheet: sum(row["count"] for row in real_rows[sheet]) for sheet in (KIND, "Offence count location")}
    assert len(set(totals.values())) == 1


def test_every_borough_is_the_sum_of_its_wards(real_answers):
    boroughs = [each for each in real_answers.values() if each.id.startswith("place-borough-")]
    assert len(boroughs) == 34
    for answer in boroughs:
        december = next(point.value for point in answer.points if point.period == "2025-12")
        of_wards = sum(point.value for layer in answer.layers for point in layer.points if point.period == "2025")
        assert december == of_wards, answer.id


def test_every_offence_group_and_sub_group_with_company_has_a_measure_of_its_own(real_answers, real_rows: Rows):
    pairs = {(row["crimsec_group"], row["crimseccodeexpansion"]) for row in real_rows[KIND]}
    groups = Counter(group for group, _ in pairs)
    told = Counter(each.family for each in real_answers.values())
    assert told["group"] == len(groups)
    assert told["subgroup"] == sum(number for number in groups.values() if number > 1)


def test_immature_months_are_the_last_two_and_nothing_signals_in_them(real_answers):
    for answer in real_answers.values():
        young = [point.period for point in answer.points if point.immature]
        assert young in ([], ["2026-01", "2026-02"])
        assert not [each for each in answer.signals if each.until > "2025-12"], answer.id


@pytest.mark.parametrize("area", ["lambeth", "Lambeth", "LAMBETH"])
def test_a_borough_of_london_is_found_in_any_capitals(real, area: str):
    from lamplighter.studies.catalogue import answer_one

    assert answer_one(real, area=area).id == "place-borough-lambeth"


def test_no_sentence_claims_a_cause(real_answers):
    causes = re.compile(r" because | due to | led to | thanks to ")
    for answer in real_answers.values():
        for words in (
            answer.summary,
            *(each.words for each in answer.signals),
            *(each.words for each in answer.breaks),
        ):
            assert not causes.search(words), words
