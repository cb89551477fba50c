"""What tonight's page tells a sergeant: which places and why, when, what to look for, what not to conclude, who decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lamplighter import definitions
from lamplighter.reports.profile.document import no_handling
from lamplighter.reports.profile.place_words import (
    by_harm,
    count_words,
    harm_words,
    kind_words,
    near_words,
    of_harm,
    period_of,
    shown_places,
    tier_words,
)
from lamplighter.reports.profile.wording import (
    NOT_FILLED,
    Data,
    capital,
    count,
    items,
    part,
    sentence,
    share,
    shortened,
    text,
    when,
    when_or,
)

PLACES, WINDOWS = 5, 2
_STANDS = ("accepted", "amended")
_OUT = ("rejected", "held")
_WHOSE_BEHAVIOURS = "vigilant"  # the tactic whose list of behaviours is borrowed where the profile names none
_CHECK = "Own records: was it at home or in public, at what time, is it still so?"
_CHECK_OPEN = "Own records of the last weeks: is it still so?"
_NEVER = (
    "That anybody seen there is a suspect",
    "That a person, a home or a business is to blame",
    "That few reports mean that little happens",
    "That tonight is like the months that were counted",
)
STREET = (
    "A violence profile from open street data: it can't tell crimes against women, homes from public places, or times. "
    "No patrol is drawn from it. Check these places with own records first."
)
DRAFT = "Draft: nobody has decided. Do not deploy from it."


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much may stand on the page: letters of a name, of a sentence, and entries of a list. Less room, smaller type."""

    size_pt: float
    name: int
    words: int
    entries: int
    map_mm: float


ROOMS = (
    Room(size_pt=11.0, name=90, words=230, entries=6, map_mm=88),
    Room(size_pt=10.0, name=90, words=230, entries=6, map_mm=82),
    Room(size_pt=9.5, name=90, words=210, entries=6, map_mm=74),
    Room(size_pt=9.0, name=80, words=190, entries=5, map_mm=66),
    Room(size_pt=8.5, name=70, words=160, entries=5, map_mm=56),
    Room(size_pt=8.0, name=60, words=130, entries=4, map_mm=46),
    Room(size_pt=7.5, name=48, words=100, entries=3, map_mm=36),
)


def tonight(told: Data, room: Room) -> dict[str, Any]:
    """The page as data for its template, cut to a room; every count is the one of profile.json."""
    terms, question = part(told, "terms"), part(told, "question")
    shown = places_for_tonight(told)
    area = shortened(text(part(question, "area").get("name"), lacking="the area"), room.name)
    return {
        "title": f"Tonight in {area}",
        "of": shortened(text(told.get("title")), 2 * room.name),
        "size_pt": room.size_pt,
        "map_mm": room.map_mm,
        "caution": shortened(text(told.get("caution")), 200),
        "handling": shortened(text(terms.get("handling"), lacking=no_handling(told)), 48),
        "made": f"Made {when(part(told, 'provenance').get('made_on'))}",
        "valid": f"Valid until {when_or(terms.get('valid_until'), 'a day that nobody has filled in')}",
        "author": f"Author: {shortened(text(terms.get('author'), lacking=NOT_FILLED.casefold()), room.name)}",
        "banners": _banners(told, room),
        "decided": _decided(told, shown, room),
        "is_draft": not _standing(told),
        "heading": "Check these places" if told.get("is_street") else "Places",
        "places": [_place(told, each, room) for each in shown],
        "places_note": _places_note(told, shown),
        "windows": [shortened(each, room.words) for each in _windows(told)],
        "behaviours": _cut(_behaviours(told, shown), room),
        "behaviours_source": shortened(_behaviours_source(told, shown), room.words),
        "never": _cut(_not_to_conclude(told, shown), room),
        "map_alt": f"Map of the places by rank{of_harm(told)}, over all map points in grey",
    }


def places_for_tonight(told: Data) -> Sequence[Data]:
    """The first five by rank that somebody may go to, or, of street data, look up; none that a person rejected."""
    refused = _places_refused(told)
    ranked = sorted(items(told, "places"), key=lambda each: each.get("rank") or 0)
    fit = [each for each in ranked if each.get("id") not in refused and (told.get("is_street") or each.get("patrol"))]
    return fit[:PLACES]


def _places_refused(told: Data) -> set[Any]:
    """Places about which every recommendation was rejected or is held."""
    states: dict[Any, set[Any]] = {}
    for each in items(told, "recommendations"):
        states.setdefault(each.get("place_id"), set()).add(each.get("state"))
    return {name for name, every in states.items() if every <= set(_OUT)}


def _banners(told: Data, room: Room) -> list[str]:
    made = []
    if told.get("synthetic"):
        made.append(
            shortened(text(told.get("synthetic_words"), lacking="Made-up data: nothing in it is real."), room.words)
        )
    if told.get("is_street"):
        made.append(STREET)
    elif not told.get("women_and_girls"):
        made.append(shortened(text(told.get("what_it_is")), room.words))
    return [each for each in made if each]


def _place(told: Data, place: Data, room: Room) -> dict[str, str]:
    tier = tier_words(place, shown_places(told)).lower()
    said = [
        *([harm_words(place)] if by_harm(told) else []),
        count_words(place, ""),
        "how sure its rank is, can't be told" if tier == "not told" else tier,
    ]
    if place.get("class"):
        said.append(text(place["class"]))
    about = _about(told, place)
    check = [text(each.get("check_first")) for each in about if each.get("check_first")] or [near_words(place)]
    if told.get("is_street"):
        check.append(_CHECK)
    checks = list(dict.fromkeys(sentence(each) for each in check if each))
    return {
        "rank": count(place.get("rank")),
        "name": shortened(text(place.get("name")), room.name),
        "kind": shortened(capital(kind_words(place)), room.name),
        "why": shortened(sentence("; ".join(said)), room.words),
        "check": shortened(" ".join(checks) or _CHECK_OPEN, room.words),
        "tactic": "" if told.get("is_street") else shortened(_tactic(about), room.words),
    }


def _about(told: Data, place: Data) -> list[Data]:
    """What is recommended at a place and neither rejected nor held, decisions first."""
    every = [
        e for e in items(told, "recommendations") if e.get("place_id") == place.get("id") and e.get("state") not in _OUT
    ]
    return sorted(every, key=lambda each: each.get("state") not in _STANDS)


def _tactic(about: Sequence[Data]) -> str:
    if not about:
        return "Nothing is proposed here."
    first = about[0]
    stands = first.get("state") in _STANDS
    state = ("accepted, not complete" if first.get("lacks") else "decided") if stands else "draft"
    dosage = text(first.get("dosage"))
    return (
        f"{text(first.get('tactic_name') or first.get('tactic'))} ({state}){f': {sentence(dosage)}' if dosage else '.'}"
    )


def _standing(told: Data) -> list[Data]:
    """Recommendations that a named person decided and that lack nothing."""
    return [e for e in items(told, "recommendations") if e.get("state") in _STANDS and not e.get("lacks")]


def _decided(told: Data, shown: Sequence[Data], room: Room) -> list[str]:
    standing = _standing(told)
    if not standing:
        short = [each for each in items(told, "recommendations") if each.get("state") in _STANDS]
        lacking = [
            f"{shortened(text(e.get('place_name')), room.name)}: accepted, and it lacks {_all(items(e, 'lacks'))}."
            for e in short
        ]
        return [DRAFT if not short else "Not to be deployed yet.", *lacking[:1]]
    here = {each.get("id") for each in shown}
    ordered = sorted(standing, key=lambda each: each.get("place_id") not in here)
    made = [
        shortened(f"{text(each.get('place_name'))}: {text(each.get('state_words'))}", room.words)
        for each in ordered[:PLACES]
    ]
    return [*made, "Whatever is not named here is a draft: do not deploy from it."]


def _places_note(told: Data, shown: Sequence[Data]) -> str:
    every = len(items(told, "places"))
    if not shown:
        why = "no place was grown" if not every else "no place of this profile is known to be public ground"
        return f"No place stands here: {why}."
    counted = f" Rows are those of {period_of(told)}." if period_of(told) else ""
    if told.get("is_street"):
        return f"The first {count(len(shown))} of {count(every)} places by rank{of_harm(told)}.{counted}"
    last = shown[-1].get("rank") or 0
    left = sum(not each.get("patrol") for each in items(told, "places") if (each.get("rank") or 0) < last)
    are = "is" if left == 1 else "are"
    skipped = (
        f" {count(left)} of higher rank {are} left out: no patrol is drawn at homes or on ground that is not known."
        if left
        else ""
    )
    return (
        f"The first {count(len(shown))} places known to be public, of {count(every)} in the profile, ranked by "
        f"{'days of harm' if by_harm(told) else 'count'}.{skipped}{counted}"
    )


def _windows(told: Data) -> list[str]:
    given = part(told, "time")
    windows = items(given, "windows")[:WINDOWS] if given.get("available") else ()
    if not windows:
        return [f"The source has no times. {sentence(text(given.get('why_not')))}".strip()]
    of = text(given.get("windows_of"), lacking="the rows with a time")
    told_windows = [
        f"{capital(text(each.get('words')))}: {count(each.get('rows'))} rows, {share(each.get('share'))} of {of}."
        for each in windows
    ]
    return [*told_windows, "These are hours of the whole area. A place's own may be others: look them up."]


def _recommended_rows(told: Data, shown: Sequence[Data]) -> list[Mapping[str, str]]:
    """The tactics recommended at the places shown that are carried out in the open, as definitions have them."""
    wanted = {each.get("tactic") for place in shown for each in _about(told, place)}
    return [row for row in definitions.tactics() if row["tactic"] in wanted and row["public_ground"] == "yes"]


def _behaviours(told: Data, shown: Sequence[Data]) -> list[str]:
    open_tactics = {row["tactic"] for row in _recommended_rows(told, shown)}
    said = [text(e.get("look_for")) for place in shown for e in _about(told, place) if e.get("tactic") in open_tactics]
    return _entries(said or [_borrowed()["look_for"]])


def _behaviours_source(told: Data, shown: Sequence[Data]) -> str:
    rows = _recommended_rows(told, shown)
    of = rows[0] if rows else _borrowed()
    lead = (
        "From the list of tactics, which rests on"
        if rows
        else "The source names none; these are those of such teams elsewhere"
    )
    return sentence(f"{lead}: {of['source']} ({of['status']})")


def _borrowed() -> Mapping[str, str]:
    return next(row for row in definitions.tactics() if row["tactic"] == _WHOSE_BEHAVIOURS)


def _not_to_conclude(told: Data, shown: Sequence[Data]) -> list[str]:
    said = [text(each.get("not_to_conclude")) for place in shown for each in _about(told, place)]
    return list(dict.fromkeys([*_NEVER, *_entries(said)]))


def _entries(texts: Iterable[str]) -> list[str]:
    """`This; that` as entries, each once and with a capital."""
    every = (capital(one.strip().rstrip(".")) for each in texts for one in each.split(";"))
    return list(dict.fromkeys(each for each in every if each))


def _cut(entries: Sequence[str], room: Room) -> list[str]:
    return [shortened(each, room.words) for each in entries[: room.entries]]


def _all(names: Sequence[Any]) -> str:
    told = [text(each) for each in names]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
