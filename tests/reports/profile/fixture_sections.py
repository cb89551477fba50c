"""The larger sections of the made-up profiles, and the hostile texts in them."""

from __future__ import annotations

from typing import Any

FORMULA = '=HYPERLINK("http://example.invalid","Silver Street")'
SCRIPT = "<script>alert('Hall & Gate')</script>"
LONG = ("Waterdale and Wood Street by the Old Corn Exchange " * 4)[:200]
MONTHS = [f"{2023 + at // 12}-{at % 12 + 1:02d}" for at in range(36)]  # 2023-01 to 2025-12; 2023-07 is missing
MISSING = "2023-07"
CAUTION = "Recorded crime at snapped points: not evidence about a person or an address."
GROUND = "British National Grid (EPSG:27700), OSTN15 by convertbng 2.0.0"
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SETTINGS = ("public", "home", "online", "unknown")


def completeness() -> dict[str, Any]:
    present = [each for each in MONTHS if each != MISSING]
    return {
        "heading": "Northam Police: all its rows, with a point or without.", "rows_read": 1203, "rows_kept": 1200,
        "rows_refused": 3, "rows_duplicate": 0, "refused": {"month 13": 1, "too few fields": 2}, "rows_of_force": 900,
        "rows_of_question": 870, "located": 880, "located_share": 0.9778, "located_of_question": 850, "asb_rows": 30,
        "distinct_crime_ids": 890,
        "off_ground": {"rows": 5, "districts": [{"name": "Cornwall", "rows": 3}, {"name": "Epping Forest", "rows": 2}],
                       "rule": "A district is the force's own ground where it holds at least 1% of its rows with a point."},
        "months_present": present, "months_missing": [MISSING], "months_partial": [], "months_missing_in_period": [MISSING],
        "months_partial_in_period": [],
        "by_month": [{"month": each, "rows": 25, "located": 24, "located_share": 0.96, "offence_located_share": 0.96,
                      "of_question": 24} for each in present],
        "known": [{"field": "victim_sex", "words": "victim's sex", "known": 870, "of": 870, "share": 1.0},
                  {"field": "relationship", "words": "relationship", "known": 780, "of": 870, "share": 0.8966}],
    }  # fmt: skip


def trend() -> dict[str, Any]:
    months = []
    for at, month in enumerate(MONTHS):
        days = 29 if month == "2024-02" else _DAYS[at % 12]
        count = None if month == MISSING else 60 if at == 30 else 20 + at % 5
        months.append(
            {
                "month": month, "days": days, "count": count, "per_day": None if count is None else round(count / days, 2),
                "lower": 10.1, "centre": 24.0, "upper": 39.9, "outside": None if count is None else count > 39.9,
                "explained_by_share": False, "partial": False, "located_share": None if count is None else 0.96,
                "force_count": count,
            }
        )  # fmt: skip
    years = [
        {"month": name, "this_year": f"2025-{at:02d}", "count": 22, "last_year": f"2024-{at:02d}", "count_last_year": 21}
        for at, name in enumerate(
            ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
             "December"), start=1)
    ]  # fmt: skip
    return {
        "counts_from": "all rows", "months": months, "year_on_year": years, "sigma_z": 1.4, "flagged": 1, "flagged_plain": 3,
        "signals": ["In July 2025, above: one month outside the limits."], "not_called": [],
        "share_moved": {"moved": False, "percent": None, "words": "All rows are counted.", "rule": None},
        "caveats": ["The limits know no season.", "Missing months are unknown: they are left out."],
    }  # fmt: skip


def time() -> dict[str, Any]:
    hours = [
        [round(0.5 + (4.0 if day in (4, 5) and hour >= 20 else 0.0) + 0.05 * hour, 2) for hour in range(24)]
        for day in range(7)
    ]
    share = [[round(each / 10, 1) for each in day] for day in hours]
    return {
        "available": True, "why_not": None, "spread": "exact_minute", "spread_words": "each row by the minutes of its window",
        "counted": 800, "within_one_hour": 500, "longer_than_day": 20, "start_unknown": 50, "backwards": 0,
        "without_length": 300, "hours": hours, "by_setting": {"public": share, "home": share, "online": None},
        "by_setting_unit": "percent of the rows of that setting",
        "windows": [
            {"days": "Friday and Saturday", "from_hour": 22, "to_hour": 2, "share": 0.31, "week_share": 0.048, "rows": 95,
             "words": "Friday and Saturday, from ten in the evening until two at night"},
            {"days": "Monday to Thursday", "from_hour": 15, "to_hour": 19, "share": 0.18, "week_share": 0.095, "rows": 55,
             "words": "Monday to Thursday, from three in the afternoon until seven in the evening"},
        ],
        "windows_of": "rows in public, at no institution", "window_rule": "The best four hours in a row.",
        "day_places": [{"id": "p0000000002", "name": FORMULA, "count": 15}],
        "night_places": [{"id": "p0000000001", "name": "Silver Street, High Street and Hall Gate", "count": 40}],
        "places_period": "2023-01 to 2025-12",
        "spikes": {"of": 780, "midnight": 60, "noon": 20, "on_the_hour": 300, "on_the_hour_share": 0.385, "day_only": 20},
        "cannot": ["Where the start is the hour at which a form was opened, it can't be told."],
    }  # fmt: skip


def time_absent(why: str) -> dict[str, Any]:
    counts = ("counted", "within_one_hour", "longer_than_day", "start_unknown", "backwards", "without_length")
    return {
        "available": False, "why_not": why, "spread": None, "spread_words": None, **dict.fromkeys(counts), "hours": None,
        "by_setting": {}, "by_setting_unit": None, "windows": [], "windows_of": None, "window_rule": None, "day_places": [],
        "night_places": [], "places_period": None, "spikes": None, "cannot": [why],
    }  # fmt: skip


def victims() -> dict[str, Any]:
    def shown(count: int | None, words: str) -> dict[str, Any]:
        return {"count": count, "shown": words, "share": None if count is None else round(count / 870, 2)}

    def way(*names: str) -> dict[str, Any]:
        return {name: shown(None, "under 10") if name == "online" else shown(120, "120") for name in names}

    relationships = ("partner or former partner", "family", "known otherwise", "stranger", "unknown")
    return {
        "available": True, "why_not": None, "whose": "women and girls", "rows": 870, "rows_of_all_victims": 1200,
        "sex": {"female": shown(870, "870"), "male": shown(300, "300"), "other": shown(None, "under 10"),
                "unknown": shown(25, "25")},
        "completeness": [{"field": "victim_sex", "known": 1175, "of": 1200, "share": 0.979},
                         {"field": "relationship", "known": 780, "of": 870, "share": 0.897}],
        "by_age": [{"band": "under 18", **shown(None, "under 10")}, {"band": "18 to 24", **shown(240, "240")},
                   {"band": FORMULA, **shown(15, "15")}, {"band": "unknown", **shown(40, "40")}],
        "by_setting": way(*SETTINGS), "by_relationship": way(*relationships),
        "by_relationship_setting": {each: way(*SETTINGS) for each in (*relationships, "known")},
        "known_words": "`known` is partner or former partner, family and known otherwise together.",
        "by_ethnicity": [{"group": "White", **shown(400, "400")}, {"group": "unknown", **shown(310, "310")}],
        "ethnicity_words": "As the source has it. It is counted here and enters no score, rank or place.",
        "small_counts": "The 10-5 rule: a count under 10 is marked, zero too, and any other is rounded to the nearest 5.",
    }  # fmt: skip


def verdict(id_: str, verdict: str) -> dict[str, Any]:
    return {"id": id_, "verdict": verdict, "says": "A made-up trial says so.", "kind_of_evidence": "before and after",
            "limits": "No control.", "source": "A made-up source", "status": "secondary"}  # fmt: skip


def recommendation(place_id: str, name: str, state: str) -> dict[str, Any]:
    decided = {
        "decision": "accept",
        "tactic": None,
        "by": "Ada Example",
        "on": "2026-11-20",
        "reason": "It is where women walk.",
    }
    return {
        "id": f"{place_id}.walk_talk", "text": f"Walk and talk: {name}.", "target": "place", "place_id": place_id,
        "place_name": name, "tactic": "walk_talk", "tactic_name": "Walk and talk", "what": "Officers walk with women.",
        "why_here": "It holds 61 rows.", "figure_ids": ["places.p0000000001.count"],
        "check_first": "Own records of the last month.",
        "when": "Friday and Saturday, from ten in the evening until two at night", "dosage": "15 minutes, 3 times a night",
        "dosage_source": "A made-up trial", "dosage_status": "secondary", "look_for": "Somebody who follows a woman on foot.",
        "not_to_conclude": "Not that those who stand there did anything.",
        "measure": "Rows of the next 12 months against the last.",
        "review_on": "2027-01-15" if state == "accepted" else None, "review_words": "8 weeks after the decision",
        "owner": "Ben Example" if state == "accepted" else None, "legal_basis": None, "equality_check": None,
        "lacks": ["a legal basis", "an equality check"], "state": state,
        "state_words": "accepted by Ada Example, 20 November 2026" if state == "accepted" else "draft: nobody has decided.",
        "suggested_tactic": "walk_talk", "decision": decided if state == "accepted" else None, "earlier_decisions": [],
    }  # fmt: skip


def figure(
    id_: str, label: str, value: float | None, unit: str, *, numerator: float | None = None, denominator: float | None = None,
    interval: dict[str, Any] | None = None, rows: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "id": id_, "label": label, "value": value, "unit": unit, "numerator": numerator, "denominator": denominator,
        "interval": interval, "definition": "Made up.", "period": "2023-01 to 2025-12", "rows": rows,
    }  # fmt: skip
