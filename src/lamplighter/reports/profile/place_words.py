"""How a place is said in the document and on tonight's page: its kind, how sure its rank is, its rows and harm, what is near."""

from __future__ import annotations

from lamplighter.reports.profile.wording import Data, capital, count, months_in, part, text, whole_span


def kind_words(place: Data) -> str:
    """`nightclub`; what a person overruled says so."""
    kind = text(place.get("kind"), lacking="unknown")
    return f"{kind} (decided by a person)" if place.get("overruled") else kind


def tier_words(place: Data, first: int | None) -> str:
    """`Almost certainly among the first 20`, or that it can't be told."""
    tier = text(place.get("tier"))
    if tier in ("almost certainly", "possibly"):
        return f"{capital(tier)} among the first {count(first)}" if first else capital(tier)
    return capital(tier or "not told")


def count_words(place: Data, period: str) -> str:
    """`412 rows (interval 370 to 455) in October 2020 to September 2021`: those of the months that it was chosen on."""
    within = f" in {period}" if period else ""
    interval = whole_span(place.get("count_low"), place.get("count_high"))
    return f"{count(place.get('count'))} rows{f' (interval {interval})' if interval else ''}{within}"


def by_harm(told: Data) -> bool:
    """Were the places chosen by days of harm, and not by count?"""
    return part(told, "places_method").get("chosen_by") == "harm"


def of_harm(told: Data) -> str:
    """` by days of harm`, to stand behind the word rank; empty where places are chosen by count."""
    return " by days of harm" if by_harm(told) else ""


def harm_words(place: Data) -> str:
    """`4,400 days of harm (interval 2,100 to 8,900)`; empty where a place's harm is not told."""
    if place.get("harm") is None:
        return ""
    interval = whole_span(place.get("harm_low"), place.get("harm_high"))
    return f"{count(round(place['harm']))} days of harm{f' (interval {interval})' if interval else ''}"


def period_of(told: Data) -> str:
    """The months that places were chosen on and are counted in, in words; empty where they are not said."""
    return months_in(part(told, "places_method").get("chosen_on"))


def shown_places(told: Data) -> int | None:
    """How many places the question asks to be shown: the number that a tier speaks of."""
    return part(told, "question").get("places")


def near_words(place: Data) -> str:
    """What to look up where an institution is near; empty where none is."""
    if not place.get("near_institution"):
        return ""
    far = place.get("near_institution_m")
    distance = "" if far is None else f", {count(round(far))} m away"
    return f"Near it: {text(place['near_institution'])}{distance}. Look up whether it is the same site."
