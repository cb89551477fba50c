"""What the studies found in the made-up profiles: places, concentration, kinds, surface, harm, outcomes, compared."""

from __future__ import annotations

from typing import Any

FORMULA = '=HYPERLINK("http://example.invalid","Silver Street")'
SCRIPT = "<script>alert('Hall & Gate')</script>"
LONG = ("Waterdale and Wood Street by the Old Corn Exchange " * 4)[:200]
MONTHS = 36
MISSING_AT = 6  # 2023-07
YEAR = [f"2025-{at:02d}" for at in range(1, 13)]


def places() -> list[dict[str, Any]]:
    """Four places: an ordinary one, one whose name is a formula, one with markup by a prison, one with a name of 200 letters."""
    first = _place(
        "p0000000001", "Silver Street, High Street and Hall Gate", 1, (457500, 403300), (-1.134169, 53.523251), 61,
        tier="almost certainly among the first 20", kind="nightclub", patrol=True, class_="persistent",
    )  # fmt: skip
    second = _place(
        "p0000000002", FORMULA, 2, (458200, 403900), (-1.123501, 53.528566), 30,
        tier="possibly among the first 20", kind="unknown, may be homes", patrol=False, class_="emerging",
    )  # fmt: skip
    third = _place(
        "p0000000003", SCRIPT, 3, (456900, 404200), (-1.143055, 53.531404), 18,
        tier="possibly among the first 20", kind="park", patrol=True, class_=None,
    )  # fmt: skip
    third |= {"near_institution": "prison", "near_institution_m": 447.2, "harm": None, "news": "born"}
    fourth = _place(
        "p0000000004", LONG, 4, (457000, 402700), (-1.141819, 53.517912), 11,
        tier=None, kind="street", patrol=True, class_="fading",
    )  # fmt: skip
    fourth |= {
        "kind_suggested": "unknown, may be homes", "overruled": True, "overruled_by": "Ada Example", "news": "merged",
        "from_ids": ["p0000000007", "p0000000008"], "district": None, "overlap": 0.62,
    }  # fmt: skip
    return [first, second, third, fourth]


def _place(
    id_: str, name: str, rank: int, xy: tuple[int, int], lonlat: tuple[float, float], count: int, *,
    tier: str | None, kind: str, patrol: bool, class_: str | None,
) -> dict[str, Any]:  # fmt: skip
    by_month = [count // 12 + (at % 12 < count % 12) for at in range(MONTHS)]
    present = [each for at, each in enumerate(by_month) if at != MISSING_AT]
    years = {"2023": sum(present[:11]), "2024": sum(present[11:23]), "2025": sum(present[23:])}
    return {
        "id": id_, "name": name, "kind": kind, "kind_because": f"Most of its rows name a {kind}.", "kind_suggested": kind,
        "overruled": False, "overruled_by": None, "patrol": patrol, "near_institution": None, "near_institution_m": None,
        "rank": rank, "tier": tier, "probability": round(1 - 0.2 * (rank - 1), 2) if tier else None,
        "low_rank": max(1, rank - 1), "high_rank": rank + 2, "class": class_,
        "class_words": f"{class_}: by the printed rule" if class_ else "too few months to tell", "easting_m": xy[0],
        "northing_m": xy[1], "lon": lonlat[0], "lat": lonlat[1], "radius_m": 141.0, "reach_m": 116.6, "points": 2,
        "members": [[xy[0], xy[1], count - 1], [xy[0] + 100, xy[1] - 60, 1]], "district": "Northam", "count": count,
        "count_period": sum(present), "count_low": round(count * 0.72), "count_high": round(count * 1.33),
        "chosen_by": "count", "harm": round(count * 12.5, 1), "harm_low": None, "harm_high": None, "years": years,
        "settings": {"public": count - 5, "home": 3, "online": 0, "unknown": 2}, "months": present, "news": "kept",
        "from_ids": [], "overlap": 1.0,
    }  # fmt: skip


def institutions() -> list[dict[str, Any]]:
    return [
        {"id": None, "decided_by": None, "decided_because": None, "name": "Northam Prison", "kind": "prison", "count": 44,
         "count_period": 130, "easting_m": 456500, "northing_m": 404000,
         "lon": -1.149125, "lat": 53.52965,
         "years": {"2023": 42, "2024": 44, "2025": 44},
         "near": ["p0000000003"]},
    ]  # fmt: skip


def places_method() -> dict[str, Any]:
    return {
        "chosen_by": "count", "unit": "rows", "left_out": 0, "harm_total": None, "harm_held": None, "weight_held_share": 0.41,
        "radius_m": 141.0, "chosen": 100, "shown": 4, "chosen_on": "2025-01 to 2025-12",
        "count_words": "Ranked rows of the last 12 months present.", "total": 293, "held": 120, "held_share": 0.41,
        "bound": 121.0, "bound_share": 0.413, "bound_method": "linear programme", "chosen_held": 260.0, "chosen_bound": 262.0,
        "decisions_unused": [{"name": "p00000000aa", "why": "no chosen place has this id"}], "dispersion": 1.9,
        "interval_words": "95%, with the measured over-dispersion",
        "tier_rule": "Almost certainly among the first 20: probability 0.95 or more; possibly: 0.20 or more.",
        "class_rules": [
            {"class": "persistent", "when": "its share has not changed", "words": "persistent: as much of the area as ever"},
            {"class": None, "when": "otherwise", "words": "not called"},
        ],
        "false_calls": {"measured": True, "pasts": 20, "seed": 0, "judged": 100, "called": 4, "sure": 60, "sure_wrong": 3,
                        "flattery": 1.12, "words": "4 of 100 places are called a change where nothing was planted."},
        "years_in_part": ["2023"],
        "others_possible": [{"id": "p0000000021", "name": "Bridge Road", "rank": 21, "probability": 0.24, "count": 11,
                             "harm": None}],
        "ended": [{"id": "p00000000ff", "news": "gone", "into_ids": []}],
        "words": ["No map point belongs to two places; circles may overlap on paper."],
        "known": [{"id": each["id"], "points": [member[:2] for member in each["members"]]} for each in places()],
    }  # fmt: skip


def kinds() -> dict[str, Any]:
    return {
        "risky_facilities": [
            {"kind": "nightclub", "points": 6, "rows": 48, "points_with_half": 2},
            {"kind": FORMULA, "points": 1, "rows": 3, "points_with_half": 1},
        ],
        "rows_by_kind": [
            {"kind": "unknown, may be homes", "rows": 520, "institution": False},
            {"kind": "prison", "rows": 130, "institution": True},
            {"kind": "nightclub", "rows": 48, "institution": False},
        ],
        "settings": {"public": 310, "home": 420, "online": None, "unknown": 80},
        "small_counts": "Rows at home and online are told by the 10-5 rule.",
    }


def concentration() -> dict[str, Any]:
    return {
        "available": True, "why_not": None, "unit": "map point", "period": "2025-01 to 2025-12", "months": 12,
        "places_ever": 40, "places_used": 25, "crimes": 293,
        "holdings": [
            {"share": 0.25, "places": 2, "of_places": 0.05, "of_used": 0.08},
            {"share": 0.5, "places": 5, "of_places": 0.125, "of_used": 0.2},
            {"share": 0.8, "places": 12, "of_places": 0.3, "of_used": 0.48},
        ],
        "lorenz": [[0.0, 0.0], [0.5, 0.1], [0.8, 0.3], [0.95, 0.7], [1.0, 1.0]],
        "gini": 0.71, "gini_generalised": 0.68, "gini_used": 0.52, "gini_generalised_used": 0.52, "places_grown": 100,
        "stay": [{"first": 20, "from": "2024-01 to 2024-12", "to": "2025-01 to 2025-12", "stayed": 14, "tied": True}],
        "caveat": "Places are held fixed over the whole period.",
    }  # fmt: skip


def harm() -> dict[str, Any]:
    def offence(name: str, code: str, group: str, rows: int | None, shown: str, **more: Any) -> dict[str, Any]:
        return {"offence": name, "code": code, "group": group, "rows": rows, "shown": shown,
                "how": "median of its group", **more}  # fmt: skip

    return {
        "available": True, "why_not": None, "adds_nothing": False, "name": "Secondary weights", "status": "secondary",
        "workbook_sha256": None, "words": "Days of a sentence's starting point by offence group.", "unit": "days",
        "weights": [{"group": "rape", "days": 1825.0, "low": 1460.0, "high": 2190.0, "status": "secondary"}],
        "rows": 870, "rows_without_weight": 5, "total": 20400.0, "total_low": 16260.0, "total_high": 24990.0,
        "by_offence": [
            offence("Rape of a female", "19C", "rape", 10, "10", days=1825.0, harm=18250.0, low=14600.0, high=21900.0,
                    share_of_rows=0.011, share_of_harm=0.895),
            offence("Assault without injury", "105A", "assault", 855, "855", days=2.5, harm=2150.0, low=1660.0, high=3090.0,
                    share_of_rows=0.983, share_of_harm=0.105),
            offence(FORMULA, "99", "unknown", None, "under 10", days=None, harm=None, low=None, high=None,
                    share_of_rows=None, share_of_harm=None),
        ],
    }  # fmt: skip


def harm_of_one_category() -> dict[str, Any]:
    return harm() | {
        "adds_nothing": True, "words": "Within one category harm is the count times a constant: it adds nothing.",
        "weights": [], "rows_without_weight": None, "total": None, "total_low": None, "total_high": None, "by_offence": [],
    }  # fmt: skip


def outcomes() -> dict[str, Any]:
    def group(name: str, id_: str, count: int | None, of_all: float | None, of_known: float | None) -> dict[str, Any]:
        return {
            "id": id_,
            "group": name,
            "is_outcome": id_ != "none",
            "count": count,
            "of_all": of_all,
            "of_known": of_known,
        }

    return {
        "available": True, "why_not": None, "rows": 870,
        "groups": [
            group("Evidential difficulties", "evidential", 480, 0.552, 0.686),
            group("Charged or summonsed", "charged", 70, 0.08, 0.1),
            group(FORMULA, "formula", None, None, None),
            group("No outcome yet", "none", 170, 0.195, None),
        ],
        "denominators": ["of_all: 870 rows.", "of_known: 700 rows with an outcome."],
        "not_in_list": [{"label": SCRIPT, "count": 12}],
        "cohorts": [
            {"month": "2025-10", "rows": 21, "with_outcome": 18, "immature": False,
             "groups": {"Charged or summonsed": 2, "Evidential difficulties": 16}},
            {"month": "2025-11", "rows": 20, "with_outcome": None, "immature": True, "groups": {}},
            {"month": "2025-12", "rows": 21, "with_outcome": 6, "immature": True, "groups": {"Evidential difficulties": 6}},
        ],
        "immature_months": ["2025-11", "2025-12"], "immature_rule": "A month of which half is still open.",
        "not_told_apart": "14, 15 and 16 can't be told apart in these labels.",
        "attrition": [
            {"stage": "recorded", "count": 850, "share": 1.0, "denominator": "rows recorded"},
            {"stage": "charged", "count": 70, "share": 0.0824, "denominator": "rows recorded"},
        ],
        "days": {"median": 41.0, "lower_quartile": 12.0, "upper_quartile": 120.0, "known": 690, "unknown": 10, "backwards": 1,
                 "begins": "the report", "words": "Half of the outcomes came within 41 days."},
        "small_counts": "The 10-5 rule.",
    }  # fmt: skip


def surface() -> dict[str, Any]:
    def hot(control: str, cells: int, *, chosen: bool) -> dict[str, Any]:
        return {
            "control": control,
            "words": f"{control}, in words",
            "hot": cells,
            "hot_permuted": cells,
            "chosen": chosen,
        }

    return {
        "available": True, "why_not": None, "period": "2025-01 to 2025-12", "rows": 293, "cell_size_m": 250, "cells": 320,
        "cell_rule": "Squares with a map point.",
        "gi": {
            "permutations": 999, "seed": 0, "level": 0.05, "around_m": 354.0, "control_chosen": "FDR",
            "control_rule": "It is the one that is stated in advance.",
            "hot": [hot("none", 5, chosen=False), hot("FDR", 1, chosen=True)],
            "top": [{"easting_m": 457375.0, "northing_m": 403375.0, "count": 61, "z": 6.2, "p": 0.001, "p_permuted": 0.001}],
        },
        "gi_why_not": None,
        "density": {"bandwidth_m": 300, "bandwidth_rule": "It is a choice.", "kernel": "gaussian", "highest_per_km2": 210.5,
                    "level_rule": "Fifths of the highest."},
        "half_cell": {"first": 20, "held": 130, "share_lost_low": 0.1, "share_lost_high": 0.35, "highest": 61,
                      "highest_shifted": [44, 58, 40]},
    }  # fmt: skip


def compared() -> dict[str, Any]:
    def area(name: str, count: int | None, before: int | None, **more: Any) -> dict[str, Any]:
        known = count is not None and before is not None
        return {
            "name": name, "counts_from": "all rows", "months": YEAR, "count": count, "before": before,
            "difference": count - before if known else None, "low": -41 if known else None, "high": 87 if known else None,
            "e_test_p": 0.48 if known else None, "dispersion": 1.9 if known else None, "beyond_chance": False,
            "share_of_offences": 31.0 if known else None, "all_crime": 945 if known else None, "located_share_percent": None,
            "explained_by_share": False, "rate": None, "words": f"{name}: as much as the year before.",
            "why_not": None if known else "It has no rows.", **more,
        }  # fmt: skip

    return {
        "area": area("Northam", 293, 270), "with": [area(SCRIPT, 120, 118), area("Westley", None, None)], "rate": None,
        "words": "The last 12 months present against the 12 before them.", "rule": "The interval has to leave out 0.",
        "months_left_out": [],
    }  # fmt: skip


def nothing(why: str) -> dict[str, Any]:
    """The sections above when the source can answer none of them."""
    absent = {"available": False, "why_not": why}
    return {
        "compared": compared() | {"with": []},
        "concentration": concentration() | absent | {
            "places_ever": 0, "places_used": 0, "crimes": 0, "holdings": [], "lorenz": [], "gini": None,
            "gini_generalised": None, "gini_used": None, "gini_generalised_used": None, "places_grown": 0, "stay": [],
        },
        "places": [], "institutions": [],
        "places_method": places_method() | {
            "chosen": 0, "shown": 0, "held": 0, "held_share": None, "bound": None, "chosen_held": 0, "chosen_bound": 0,
            "decisions_unused": [], "bound_share": None,
            "dispersion": None, "tier_rule": None, "class_rules": [], "false_calls": None,
            "years_in_part": [], "others_possible": [], "ended": [], "words": [], "known": [],
        },
        "kinds": {"risky_facilities": [], "rows_by_kind": [],
                  "settings": dict.fromkeys(("public", "home", "online", "unknown"), 0), "small_counts": None},
        "harm": harm_of_one_category() | absent | {"adds_nothing": False, "name": None, "status": None, "words": why},
        "outcomes": outcomes() | absent | {
            "groups": [], "denominators": [], "not_in_list": [], "cohorts": [],
            "immature_months": [], "not_told_apart": None, "attrition": [], "days": None, "small_counts": None,
        },
        "surface": surface() | absent | {"cells": 0, "gi": None, "gi_why_not": why, "density": None, "half_cell": None},
    }  # fmt: skip
