"""A made-up force's export with women, times and settings, the truth planted in it, and a few broken rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lamplighter.errors import InputError
from lamplighter.simulate.town import (
    ANYBODY,
    ASSAULT,
    COMMON,
    FEAR,
    FORCE,
    HARASSMENT,
    MESSAGES,
    OPEN,
    OUTCOMES,
    SEXUAL,
    SOUTH_M,
    STALKING,
    STREETS,
    WEST_M,
    WIDTH_M,
    Planted,
    planted,
)

HEADER = (
    "Crime Ref", "Force", "Reported", "Committed From", "Committed To", "Offence", "HO Code", "DA Flag", "Online Flag",
    "Victim Sex", "Victim Age", "Relationship", "Premises", "Street", "Easting", "Northing", "Outcome", "Outcome Date",
)  # fmt: skip
DAY_FORMAT, MOMENT_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M"
LEAST_MONTHS = 9
_ONLINE_SHARE, _SPAN_SHARE, _UNKNOWN_SEX_SHARE, _UNKNOWN_AGE_SHARE, _NO_TIME_SHARE = 0.05, 0.2, 0.08, 0.12, 0.03
_BASE_OFFENCES = ((*COMMON, 8), (*ASSAULT, 6), (*FEAR, 5), (*HARASSMENT, 4), (*STALKING, 2), (*SEXUAL, 2))
_ONLINE_OFFENCES = ((*MESSAGES, 6), (*HARASSMENT, 2), (*STALKING, 2))
_BASE_PREMISES = (("Dwelling", 9), ("Street", 7), ("Shop", 2), ("Bar", 1), ("Vehicle", 1), ("", 1))


@dataclass(frozen=True, kw_only=True)
class MadeUpExtract:
    """csv: the export, UTF-8. planted: the places that hold more than chance. refused: reason → broken rows put in.

    rows: all rows under the header. women: unbroken rows with a female victim. unlocated: unbroken rows without a point.
    """

    csv: bytes
    planted: tuple[Planted, ...]
    refused: dict[str, int]
    rows: int
    women: int
    unlocated: int


class _Draws:
    """Draws from one stream of uniform numbers, so that the same seed gives the same rows under any version of NumPy."""

    def __init__(self, seed: int):
        import numpy as np

        self._stream = np.random.Generator(np.random.PCG64(seed))

    def share(self) -> float:
        return float(self._stream.random())

    def below(self, number: int) -> int:
        return int(self.share() * number)

    def happens(self, share: float) -> bool:
        return self.share() < share

    def one_of(self, choices: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
        """One of several, each with its weight last."""
        left = self.share() * sum(each[-1] for each in choices)
        for each in choices:
            left -= each[-1]
            if left < 0:
                return each
        return choices[-1]


@dataclass(frozen=True, kw_only=True)
class _Point:
    street: str
    easting_m: int
    northing_m: int
    weight: float


@dataclass(frozen=True, kw_only=True)
class _Incident:
    happened: datetime
    offence: str
    code: str
    sex: str
    relationship: str
    premises: str
    domestic: bool
    point: tuple[str, int, int] | None


def made_up_extract(
    *, seed: int, background_rows: int = 820, first: date = date(2024, 9, 1), months: int = 24
) -> MadeUpExtract:
    """What would a force's export look like, of which we know what was put into it?

    seed: of all that is drawn. background_rows: incidents spread over sixty streets besides the planted ones. first: the first
    day of the first month. months: at least nine. The rows come in the order of their reports, as an export would give them.
    No place, person or crime in it is real, and it is no model of any town: rates, hours and shares were set by us.
    """
    if months < LEAST_MONTHS or first.day != 1:
        raise InputError(f"A made-up extract begins on the first of a month and has at least {LEAST_MONTHS} months.")
    draws = _Draws(seed)
    places = planted(months)
    points = [
        _Point(
            street=street,
            easting_m=WEST_M + draws.below(WIDTH_M),
            northing_m=SOUTH_M + draws.below(WIDTH_M),
            weight=0.3 + draws.share() ** 2,
        )
        for street in STREETS
    ]
    incidents = [_planted(draws, place, first) for place in places for _ in range(place.rows)]
    incidents += [_background(draws, points, first, months) for _ in range(background_rows)]
    end = datetime.combine(_month_day(first, months), datetime.min.time()) - timedelta(minutes=1)
    made = sorted((_row(draws, each, end) for each in incidents), key=lambda each: each[0])
    rows = [cells for _, cells in made]
    women = sum(cells["Victim Sex"] == "F" for cells in rows)
    unlocated = sum(cells["Easting"] == "" for cells in rows)
    refused = _broken(rows)
    for number, cells in enumerate(rows, start=1):
        cells["Crime Ref"] = f"MU/{number:05d}"
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return MadeUpExtract(
        csv=out.getvalue().encode("utf-8"),
        planted=places,
        refused=refused,
        rows=len(rows),
        women=women,
        unlocated=unlocated,
    )


def _month_day(first: date, month: int) -> date:
    number = first.year * 12 + first.month - 1 + month
    return date(number // 12, number % 12 + 1, 1)


def _planted(draws: _Draws, place: Planted, first: date) -> _Incident:
    month = place.months[0] + draws.below(place.months[1] - place.months[0])
    start, end = _month_day(first, month), _month_day(first, month + 1)
    days = [start + timedelta(each) for each in range((end - start).days)]
    wanted = [day for day in days if day.weekday() in place.weekdays]
    day = wanted[draws.below(len(wanted))]
    opens, closes = place.hours
    minute = opens * 60 + draws.below((closes - opens) * 60)
    offence, code, _ = draws.one_of(place.offences)
    return _Incident(
        happened=datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute),
        offence=offence,
        code=code,
        sex="F" if draws.happens(place.women_share) else "M",
        relationship=draws.one_of(place.relationships)[0],
        premises=place.premises,
        domestic=draws.happens(place.domestic_share),
        point=(place.street, place.easting_m, place.northing_m),
    )


def _background(draws: _Draws, points: Sequence[_Point], first: date, months: int) -> _Incident:
    month = draws.below(months)
    days = (_month_day(first, month + 1) - _month_day(first, month)).days
    minute = draws.below(days * 24 * 60)
    point = draws.one_of([(each, each.weight) for each in points])[0]
    online = draws.happens(_ONLINE_SHARE)
    offence, code, _ = draws.one_of(_ONLINE_OFFENCES if online else _BASE_OFFENCES)
    premises = "Online" if online else draws.one_of(_BASE_PREMISES)[0]
    relationship = draws.one_of(ANYBODY)[0]
    return _Incident(
        happened=datetime.combine(_month_day(first, month), datetime.min.time()) + timedelta(minutes=minute),
        offence=offence,
        code=code,
        sex="F" if draws.happens(0.55) else "M",
        relationship=relationship,
        premises=premises,
        domestic=premises in ("Dwelling", "Online") and relationship in ("Partner", "Ex-partner", "Relative"),
        point=None if online else (point.street, point.easting_m, point.northing_m),
    )


def _row(draws: _Draws, incident: _Incident, end: datetime) -> tuple[datetime, dict[str, str]]:
    """An incident as the force would write it in an export made at `end`: what came later is not in it yet."""
    happened = incident.happened
    until = happened + timedelta(minutes=30 + draws.below(600)) if draws.happens(_SPAN_SHARE) else None
    latest = happened if until is None else min(until, end)
    reported = min(latest + timedelta(minutes=5 + int(60 * 24 * 3 * draws.share() ** 6)), end)
    day_only = draws.happens(_NO_TIME_SHARE)
    outcome = draws.one_of(OUTCOMES)[0]
    settled = reported + timedelta(days=3 + draws.below(160))
    is_open = outcome == OPEN or settled > end
    street, easting, northing = incident.point or ("", "", "")
    return reported, {
        "Force": FORCE,
        "Reported": reported.strftime(MOMENT_FORMAT),
        # Where nobody knew the time, the force writes midnight.
        "Committed From": (happened.strftime(DAY_FORMAT) + " 00:00") if day_only else happened.strftime(MOMENT_FORMAT),
        "Committed To": latest.strftime(MOMENT_FORMAT) if until and not day_only else "",
        "Offence": incident.offence,
        "HO Code": incident.code,
        "DA Flag": "Y" if incident.domestic else "N",
        "Online Flag": "N" if incident.point else "Y",
        "Victim Sex": "U" if draws.happens(_UNKNOWN_SEX_SHARE) else incident.sex,
        "Victim Age": "" if draws.happens(_UNKNOWN_AGE_SHARE) else str(13 + int(60 * draws.share() ** 1.6)),
        "Relationship": incident.relationship,
        "Premises": incident.premises,
        "Street": street,
        "Easting": str(easting),
        "Northing": str(northing),
        "Outcome": OPEN if is_open else outcome,
        "Outcome Date": "" if is_open else settled.strftime(DAY_FORMAT),
    }


def _broken(rows: list[dict[str, str]]) -> dict[str, int]:
    """Put one broken copy of a located row in for each way in which rows of real exports are broken; say what was put in."""
    whole = next(dict(cells) for cells in rows if cells["Easting"])
    breaks: tuple[tuple[str, dict[str, str]], ...] = (
        ("reported not a date or time as the mapping states", {"Reported": "14/13/2025 10:00"}),
        ("from after to", {"Committed From": "02/09/2024 09:00", "Committed To": "01/09/2024 09:00"}),
        ("coordinates zero", {"Easting": "0", "Northing": "0"}),
        ("coordinates swapped", {"Easting": whole["Northing"], "Northing": whole["Easting"]}),
        ("coordinates not numbers", {"Easting": "NOT KNOWN", "Northing": "NOT KNOWN"}),
        ("coordinates not finite", {"Easting": "inf", "Northing": "inf"}),
        ("one coordinate missing", {"Northing": ""}),
        ("offence missing", {"Offence": ""}),
    )
    step = len(rows) // (len(breaks) + 1)
    for number, (_, change) in enumerate(breaks, start=1):
        rows.insert(number * step, {**whole, **change})
    return dict(sorted(Counter(reason for reason, _ in breaks).items()))
