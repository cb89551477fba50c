"""What the rules suggest on a ground: a tactic by the kind of place, and none that the source can't carry."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from lamplighter import definitions
from lamplighter.profile.decisions import HOMES, institution_kinds
from lamplighter.schema import number_words, slug_of
from lamplighter.studies.kinds import MAY_BE_HOMES

TOWN_CENTRE = "town_centre"
OWN_RECORDS = "own_records"  # the only thing that open street data can carry
SAFEGUARDING, JOINT_WORK, LICENSING, PLACE_MANAGERS = "safeguarding_review", "joint_work", "licensing", "place_managers"
MOST_PLACES, MOST_STREET_PLACES = 10, 5  # by rank; a longer list is read by nobody, and the table holds the rest
MOST_INSTITUTIONS, MOST_KINDS = 3, 3
FEWEST_ROWS_OF_KIND = 10
HOME_SHARE = 0.5


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What the rules propose at one place, institution or kind of facility, and on which figures that rests.

    public_ground: may a tactic that is carried out in the open be drawn here? check_first: what has to be looked up before.
    """

    target_id: str
    name: str
    target: Literal["place", "institution", "kind"]
    tactic: str
    why_here: str
    figure_ids: tuple[str, ...]
    public_ground: bool
    check_first: str | None = None
    when: str | None = None


def suggestions_of(told: Mapping[str, Any], *, is_street: bool) -> tuple[Suggestion, ...]:
    """What the rules propose, whoever decides: places by rank, then institutions, then kinds of facility."""
    places = sorted(told.get("places", ()), key=lambda place: place["rank"])
    known = None if "figures" not in told else {figure["id"] for figure in told["figures"]}
    time = told.get("time") or {}
    chosen_on = (told.get("places_method") or {}).get("chosen_on")
    period = f" in {chosen_on}" if chosen_on else ""
    women = (told.get("question") or {}).get("victims") == "female"
    if is_street:
        return tuple(
            _of_place(each, OWN_RECORDS, known, period=period, when=None) for each in places[:MOST_STREET_PLACES]
        )
    found = [
        _of_place(each, tactic, known, period=period, when=_when(time, each["id"]) if in_the_open(tactic) else None)
        for each in places[:MOST_PLACES]
        for tactic in [tactic_at(each, women_and_girls=women)]
    ]
    institutions = sorted(
        told.get("institutions", ()),
        key=lambda each: (-(each.get("count") or 0), each["name"], each.get("easting_m") or 0),
    )
    found += [_of_institution(each, period=period) for each in institutions[:MOST_INSTITUTIONS] if each.get("count")]
    facilities = (told.get("kinds") or {}).get("risky_facilities") or ()
    large = [each for each in facilities if each["rows"] >= FEWEST_ROWS_OF_KIND]
    found += [_of_kind(each) for each in large[:MOST_KINDS]]
    return tuple(found)


def tactic_at(place: Mapping[str, Any], *, women_and_girls: bool) -> str:
    """Which tactic fits the ground of a place, by its kind, its settings and whether a patrol may be drawn there.

    women_and_girls: are only rows with a woman or girl as victim looked at? Two tactics are about nothing else, and nobody can
    know that they fit rows of everybody.
    """
    kind = place["kind"]
    if place.get("patrol"):
        fitting = [row for row in definitions.tactics() if women_and_girls or row["women_and_girls"] == "no"]
        return next(
            (row["tactic"] for row in fitting if in_the_open(row["tactic"]) and kind in _kinds(row)), TOWN_CENTRE
        )
    settings = place.get("settings") or {}
    rows = sum(count or 0 for count in settings.values())
    if kind in HOMES or (rows and (settings.get("home") or 0) >= HOME_SHARE * rows):
        return SAFEGUARDING
    if kind in institution_kinds():
        return JOINT_WORK
    return PLACE_MANAGERS if kind != MAY_BE_HOMES and kind in _kinds(tactic_row(PLACE_MANAGERS)) else OWN_RECORDS


def _of_place(
    place: Mapping[str, Any], tactic: str, known: Collection[str] | None, *, period: str, when: str | None
) -> Suggestion:
    because = str(place.get("kind_because") or tactic_row(tactic)["why"])
    tier = f", {place['tier']}" if place.get("tier") else ""
    count = place.get("count")
    ranked_by = " by days of harm" if place.get("chosen_by") == "harm" else ""
    rows = "its rows are unknown" if count is None else f"{number_words(count)} rows"
    course = ""
    if place.get("class"):
        words = f": {place['class_words']}" if place.get("class_words") else ""
        course = f" {place['class'].capitalize()}{words}."
    near, away_m = place.get("near_institution"), place.get("near_institution_m")
    away = "within 500 m" if away_m is None else f"{away_m:.0f} m away"
    figure = f"places.{place['id']}.count"
    kind = f"{because[:1].upper()}{because[1:].rstrip('.')}"
    return Suggestion(
        target_id=place["id"],
        name=place["name"],
        target="place",
        tactic=tactic,
        why_here=f"Rank {place['rank']}{ranked_by}{tier}: {rows}{period}. {kind}.{course}",
        figure_ids=(figure,) if known is None or figure in known else (),
        public_ground=bool(place.get("patrol")),
        check_first=None
        if near is None
        else f"{str(near).capitalize()} {away}: look up whether these rows are the same site under another name.",
        when=when,
    )


def _of_institution(each: Mapping[str, Any], *, period: str) -> Suggestion:
    # Its point is part of the id: a force has several of the bare name "Prison", and points stay from run to run.
    point = [f"{each[key]:.0f}" for key in ("easting_m", "northing_m") if each.get(key) is not None]
    return Suggestion(
        target_id=".".join(("institution", slug_of(each["name"]), *point)),
        name=each["name"],
        target="institution",
        tactic=JOINT_WORK,
        why_here=(
            f"{number_words(each['count'])} {'row' if each['count'] == 1 else 'rows'}{period}, recorded at this {each['kind']}."
            f" {tactic_row(JOINT_WORK)['why']}."
        ),
        figure_ids=(),
        public_ground=False,
    )


def _of_kind(each: Mapping[str, Any]) -> Suggestion:
    tactic = LICENSING if each["kind"] in _kinds(tactic_row(LICENSING)) else PLACE_MANAGERS
    words = f"{number_words(each['points_with_half'])} of {number_words(each['points'])} map points named by a {each['kind']}"
    return Suggestion(
        target_id=f"kind.{slug_of(each['kind'])}",
        name=f"Every {each['kind']}",
        target="kind",
        tactic=tactic,
        why_here=f"{words} hold half of its {number_words(each['rows'])} rows.",
        figure_ids=(),
        public_ground=False,
    )


def in_the_open(tactic: str) -> bool:
    """Is it carried out in the open, and therefore only where the ground is known to be public?"""
    return tactic_row(tactic)["public_ground"] == "yes"


@cache
def tactic_row(name: str) -> Mapping[str, str]:
    """The definition of one tactic."""
    return next(row for row in definitions.tactics() if row["tactic"] == name)


def _when(time: Mapping[str, Any], place_id: str) -> str | None:
    """The windows of the whole area, said to be that, and whether the place's own rows are of the day or of the night."""
    words = [str(each["words"]) for each in time.get("windows") or () if each.get("words")]
    if not words:
        return None
    by_day, by_night = (
        sum(each["count"] or 0 for each in time.get(name) or () if each.get("id") == place_id)
        for name in ("day_places", "night_places")
    )
    own = (
        ""
        if not by_day and not by_night
        else (
            f" Of its own rows {number_words(by_day)} are by day (07:00 to 19:00) and {number_words(by_night)} by night."
        )
    )
    return f"Windows of the whole area: {'; '.join(words)}. This place's own hours may be others.{own}"


def _kinds(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row["kinds"].split(";")) if row["kinds"] else ()
