"""The rows of a profile's tables, out of profile.json alone: one row a fact, unknown an empty cell, nothing worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from lamplighter.reports.profile.drawn import Drawn
from lamplighter.reports.profile.wording import Data, items, part

Row = dict[str, Any]
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SETTINGS = ("public", "home", "online", "unknown")


def places(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    plain = (
        "name", "kind", "kind_because", "kind_suggested", "overruled", "overruled_by", "patrol", "near_institution",
        "near_institution_m", "rank", "tier", "probability", "low_rank", "high_rank", "class", "class_words", "count",
        "count_low", "count_high", "count_period", "chosen_by", "harm", "harm_low", "harm_high", "news", "overlap",
        "district", "points", "radius_m", "reach_m", "easting_m", "northing_m", "lon", "lat",
    )  # fmt: skip
    for place in items(told, "places"):
        settings = part(place, "settings")
        yield {
            "place_id": place["id"],
            **{name: place.get(name) for name in plain},
            "from_ids": tuple(items(place, "from_ids")),
            **{f"rows_{name}": settings.get(name) for name in _SETTINGS},
        }


def place_years(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    in_part = set(items(part(told, "places_method"), "years_in_part"))
    for place in items(told, "places"):
        for year, count in part(place, "years").items():
            yield {
                "place_id": place["id"],
                "name": place["name"],
                "year": int(year),
                "count": count,
                "year_in_part": year in in_part,
            }


def place_months(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    present = months_present(told)
    for place in items(told, "places"):
        for month, count in zip(present, items(place, "months"), strict=True):
            yield {"place_id": place["id"], "name": place["name"], **_month(month), "count": count}


def institutions(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    plain = (
        "name",
        "kind",
        "count",
        "count_period",
        "easting_m",
        "northing_m",
        "lon",
        "lat",
        "decided_by",
        "decided_because",
    )
    for each in items(told, "institutions"):
        yield {
            "place_id": each.get("id"),
            **{name: each.get(name) for name in plain},
            "near_place_ids": tuple(items(each, "near")),
        }


def institution_years(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    in_part = set(items(part(told, "places_method"), "years_in_part"))
    for each in items(told, "institutions"):
        for year, count in part(each, "years").items():
            where = {name: each.get(name) for name in ("name", "kind", "easting_m", "northing_m")}
            yield {**where, "year": int(year), "count": count, "year_in_part": year in in_part}


def months(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    plain = (
        "days", "count", "per_day", "lower", "centre", "upper", "outside", "explained_by_share", "partial",
        "located_share", "force_count",
    )  # fmt: skip
    every = {each["month"]: each for each in items(part(told, "completeness"), "by_month")}
    counts_from = part(told, "trend").get("counts_from")
    for each in items(part(told, "trend"), "months"):
        held = every.get(each["month"], {})
        yield {
            **_month(each["month"]),
            **{name: each.get(name) for name in plain},
            "missing": each.get("count") is None,
            "counts_from": counts_from,
            "force_rows_of_all_offences": held.get("rows"),
        }


def figures(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    plain = ("id", "label", "value", "unit", "numerator", "denominator", "definition", "period", "rows")
    for each in items(told, "figures"):
        inner = part(each, "interval")
        row = {name: each.get(name) for name in plain}
        yield row | {"low": inner.get("low"), "high": inner.get("high"), "interval": inner.get("words")}


def concentration(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    given = part(told, "concentration")
    if not items(given, "holdings"):
        return
    for each in items(given, "holdings"):
        yield {
            "what": "holding", "share_of_rows": each.get("share"), "places": each.get("places"),
            "share_of_places": each.get("of_places"), "share_of_places_used": each.get("of_used"),
        }  # fmt: skip
    for points, rows in items(given, "lorenz"):
        yield {"what": "lorenz", "share_of_places": points, "share_of_rows": rows}
    for name in ("gini", "gini_generalised", "gini_used", "gini_generalised_used"):
        yield {"what": name, "value": given.get(name)}
    for name in ("places_ever", "places_used"):
        yield {"what": name, "places": given.get(name)}
    for each in items(given, "stay"):
        yield {
            "what": "stay", "first": each.get("first"), "from": each.get("from"), "to": each.get("to"),
            "places": each.get("stayed"), "tied": each.get("tied"),
        }  # fmt: skip


def hours(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    given = part(told, "time")
    yield from _week("all", items(given, "hours"), "rows")
    for setting, week in part(given, "by_setting").items():
        yield from _week(setting, week or (), "percent")


def _week(setting: str, week: Iterable[Iterable[float]], what: str) -> Iterator[Row]:
    for weekday, (day, of_day) in enumerate(zip(_DAYS, week, strict=False), start=1):
        for hour, value in enumerate(of_day):
            yield {"weekday": weekday, "day": day, "hour": hour, "setting": setting, what: value}


def outcomes(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    given = part(told, "outcomes")
    for each in items(given, "groups"):
        plain = ("group", "is_outcome", "count", "of_all", "of_known")
        yield {"what": "group", "group_id": each.get("id"), **{name: each.get(name) for name in plain}}
    for each in items(given, "cohorts"):
        month = {"immature": each.get("immature"), **_month(each["month"])}
        yield {"what": "month", **month, "count": each.get("rows")}
        yield {"what": "month, with an outcome", **month, "count": each.get("with_outcome")}
        for group, count in part(each, "groups").items():
            yield {"what": "month and group", **month, "group": group, "count": count}
    for each in items(given, "attrition"):
        shared = {"of_all": each.get("share"), "denominator": each.get("denominator")}
        yield {"what": "stage", "group": each.get("stage"), "count": each.get("count"), **shared}
    for each in items(given, "not_in_list"):
        yield {"what": "label not in our list", "group": each.get("label"), "count": each.get("count")}


def victims(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    given = part(told, "victims")
    for group, each in part(given, "sex").items():
        yield _victim("sex", group, each)
    for each in items(given, "by_age"):
        yield _victim("age", each.get("band"), each)
    for what, name in (("setting", "by_setting"), ("relationship", "by_relationship")):
        for group, each in part(given, name).items():
            yield _victim(what, group, each)
    for group, ways in part(given, "by_relationship_setting").items():
        for setting, each in ways.items():
            yield _victim("relationship and setting", group, each) | {"setting": setting}
    for each in items(given, "by_ethnicity"):
        yield _victim("ethnicity", each.get("group"), each)
    for each in items(given, "completeness"):
        plain = {name: each.get(name) for name in ("known", "of", "share")}
        yield {"what": "completeness", "group": each.get("field"), **plain}


def _victim(what: str, group: str | None, each: Mapping[str, Any]) -> Row:
    return {"what": what, "group": group, **{name: each.get(name) for name in ("count", "shown", "share")}}


def kinds(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    given = part(told, "kinds")
    for each in items(given, "rows_by_kind"):
        yield {"what": "kind", **{name: each.get(name) for name in ("kind", "institution", "rows")}}
    for each in items(given, "risky_facilities"):
        plain = ("kind", "points", "rows", "points_with_half")
        yield {"what": "facility", **{name: each.get(name) for name in plain}}
    for setting, rows in part(given, "settings").items():
        yield {"what": "setting", "kind": setting, "rows": rows}


def compared(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    given = part(told, "compared")
    plain = (
        "counts_from", "count", "before", "difference", "low", "high", "e_test_p", "dispersion", "beyond_chance",
        "share_of_offences", "all_crime", "located_share_percent", "explained_by_share", "words", "why_not",
    )  # fmt: skip
    here = part(given, "area")
    for each in [*([here] if here else []), *items(given, "with")]:
        span, rate = items(each, "months"), part(each, "rate")
        yield {
            "compared_area": each.get("name"), "is_this_area": each is here, "first_month": span[0] if span else None,
            "last_month": span[-1] if span else None, **{name: each.get(name) for name in plain},
            "rate_per_1000": rate.get("value"), "rate_of": rate.get("what"), "rate_source": rate.get("source"),
        }  # fmt: skip


def harm(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    given = part(told, "harm")
    plain = (
        "offence",
        "code",
        "group",
        "rows",
        "shown",
        "days",
        "harm",
        "low",
        "high",
        "share_of_rows",
        "share_of_harm",
        "how",
    )
    for each in items(given, "by_offence"):
        weights = {"weights": given.get("name"), "weights_status": given.get("status")}
        yield {**{name: each.get(name) for name in plain}, **weights}


def map_points(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    """Every map point of open street data. Of an extract none: its points are where people were harmed, homes among them."""
    if drawn is None or not told.get("is_street"):
        return
    place_of = {
        (member[0], member[1]): place["id"] for place in items(told, "places") for member in items(place, "members")
    }
    for (easting, northing), (lon, lat), count in zip(drawn.xy_m, drawn.lonlat, drawn.counts, strict=True):
        yield {
            "easting_m": round(float(easting), 2), "northing_m": round(float(northing), 2), "lon": round(float(lon), 6),
            "lat": round(float(lat), 6), "count_period": int(count),
            "place_id": place_of.get((round(float(easting)), round(float(northing)))),
        }  # fmt: skip


def recommendations(told: Data, drawn: Drawn | None) -> Iterator[Row]:
    plain = (
        "id", "text", "target", "place_id", "place_name", "tactic", "tactic_name", "what", "why_here", "check_first", "when",
        "dosage", "dosage_source", "dosage_status", "look_for", "not_to_conclude", "measure", "review_words", "owner",
        "legal_basis", "equality_check", "state", "state_words", "suggested_tactic",
    )  # fmt: skip
    for each in items(told, "recommendations"):
        decision = part(each, "decision")
        yield {
            **{name: each.get(name) for name in plain},
            "figure_ids": tuple(items(each, "figure_ids")),
            "lacks": tuple(items(each, "lacks")),
            "review_on": day(each.get("review_on")),
            "decision": decision.get("decision"),
            "decided_by": decision.get("by"),
            "decided_on": day(decision.get("on")),
            "reason": decision.get("reason"),
        }


def months_present(told: Data) -> list[str]:
    """The months that `places[].months` go by: those present of the force from the first asked to the last, in order."""
    question = part(told, "question")
    first, last = str(question.get("first_month")), str(question.get("last_month"))
    return [each for each in items(part(told, "completeness"), "months_present") if first <= each <= last]


def day(text: Any) -> date | None:
    """A day as a day, so that a spreadsheet sorts by it; None where there is none."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _month(month: str) -> Row:
    return {"month": month, "month_start": day(f"{month}-01")}
