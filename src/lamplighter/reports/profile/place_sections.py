"""The document's places: how concentrated crime is, the ranked places with a small map each, institutions, kinds, the surface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lamplighter.reports.profile.blocks import (
    Block,
    Cell,
    Group,
    Heading,
    Picture,
    bold,
    bullets,
    empty,
    ids,
    note,
    say,
    table,
)
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
    NOT_KNOWN,
    Data,
    capital,
    count,
    items,
    measure,
    months_in,
    part,
    sentence,
    share,
    text,
    whole_span,
)

SETTINGS = ("public", "home", "online", "unknown")
NOT_TOLD = "not told"
CONTROLS = {
    "none": "if each cell were the only one tested",
    "benjamini_hochberg": "with false finds held down over all cells (Benjamini and Hochberg)",
    "benjamini_hochberg_one_sided": "the same, asking for many rows only",
    "benjamini_yekutieli": "with false finds held down though neighbours resemble each other (Benjamini and Yekutieli)",
}
_MOST_YEARS = 6
_INSET_SHARE = 0.28


def concentration(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(level=1, words="How concentrated it is")
    given = part(told, "concentration")
    if not items(given, "holdings"):
        yield empty(
            sentence(text(given.get("why_not"), lacking="Too few rows have a point to say how concentrated they are."))
        )
        return
    yield say(
        f"{count(given.get('crimes'))} rows lie at {count(given.get('places_used'))} of {count(given.get('places_ever'))} "
        f"{text(given.get('unit'), lacking='map points')}. Gini, allowing for fewer rows than points: "
        f"{measure(given.get('gini_generalised'))} (0 is as even as their number allows, 1 is all at one)."
    )
    rows = [
        (share(each.get("share")), count(each.get("places")), share(each.get("of_places")), share(each.get("of_used")))
        for each in items(given, "holdings")
    ]
    columns = {"Share of rows": 0.25, "Held by": 0.25, "Of all": 0.25, "Of those with a row": 0.25}
    yield table("How few hold how much", columns, rows, right=(0, 1, 2, 3))
    if drawings.get("lorenz"):
        yield Picture(name="lorenz", alt="Lorenz curve of rows over map points; the table above holds its points.",
                      caption="Rows over map points", share=0.4)  # fmt: skip
    if stay := items(given, "stay"):
        yield bullets(
            [
                f"Of the {count(each.get('first'))} places with most rows in {months_in(each.get('from'))}, "
                f"{count(each.get('stayed'))} were among the {count(each.get('first'))} of {months_in(each.get('to'))}."
            ]
            for each in stay
        )
        yield note("For this, places are grown once over the whole period, institutions left out, and held fixed.")


def places(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(level=1, words="Places")
    every = items(told, "places")
    how = part(told, "places_method")
    if told.get("is_street"):
        yield say(
            bold("No patrol is drawn from these places. "),
            "The source tells neither what happened in public nor when: check each with own records first.",
        )
    if not every:
        yield empty("Too few rows have a point for a place to be grown.")
        if by_harm(told):
            yield from (note(sentence(text(each))) for each in items(how, "words")[:2])
        return
    if how.get("chosen_on"):
        held = (
            f"; together they hold {share(how.get('held_share'))} of them" if how.get("held_share") is not None else ""
        )
        if by_harm(told) and held:
            held += f" and {share(how.get('weight_held_share'))} of their harm"
        yield say(
            bold(f"By {'days of harm' if by_harm(told) else 'count of rows'}. "),
            sentence(
                f"Chosen on the rows of {period_of(told)}, each within {count(how.get('radius_m'))} m of a middle{held}"
            ),
        )
    for each in items(how, "words"):
        yield note(sentence(months_in(each)))
    if drawings.get("places-map"):
        names = "; ".join(f"{count(each.get('rank'))}. {text(each.get('name'))}" for each in every)
        yield Picture(name="places-map", alt=f"Map of all map points in grey with the places by rank: {names}",
                      caption=f"The places by rank{of_harm(told)}, over all map points in grey; north is up")  # fmt: skip
    if drawings.get("places-map-close"):
        yield Picture(name="places-map-close", alt="The same map closer: where most places lie together.",
                      caption="Closer: where most places lie together")  # fmt: skip
    yield _ranked(every, shown_places(told), harm=by_harm(told))
    if drawings.get("ranked-bars"):
        what = "Days of harm" if by_harm(told) else "Rows"
        yield Picture(name="ranked-bars", alt=f"{what} at each place with their intervals; the table above holds them.",
                      caption=f"{what} at each place, with intervals")  # fmt: skip
    yield from _how(how)
    yield Heading(level=2, words="Place by place")
    for each in every:
        yield from _one_place(told, each, drawings)
    yield from _institutions(told)


def kinds(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Kinds of place")
    given = part(told, "kinds")
    facilities, rows = items(given, "risky_facilities"), items(given, "rows_by_kind")
    if not facilities and not rows:
        yield empty("No row tells what kind of place it was at.")
    if facilities:
        yield say(
            "Few of the places of a kind often hold most of its rows. A busy place, and one that reports, has more."
        )
        told_rows = [
            (
                capital(text(e.get("kind"))),
                count(e.get("points")),
                count(e.get("rows")),
                count(e.get("points_with_half")),
            )
            for e in facilities
        ]
        columns = {"Kind": 0.4, "Map points": 0.2, "Rows": 0.2, "Points that hold half": 0.2}
        yield table("Risky facilities", columns, told_rows, right=(1, 2, 3))
    if rows:
        counted = [
            (
                capital(text(e.get("kind"))),
                NOT_TOLD if e.get("rows") is None else count(e.get("rows")),
                "listed apart, no patrol" if e.get("institution") else "",
            )
            for e in rows
        ]
        yield table("Rows by kind of place", {"Kind": 0.5, "Rows": 0.2, "Treated as": 0.3}, counted, right=(1,))
    settings = part(given, "settings")
    if settings:
        yield say(bold("Where it happened: "), sentence(_settings_words(settings)))
    if rule := text(given.get("small_counts")):
        yield note(rule)


def surface(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    given = part(told, "surface")
    if not given.get("cells"):
        return
    yield Heading(level=1, words="The surface, as evidence and picture")
    yield note("Half a cell's shift changes which cells come first, so no ranking is made of cells.")
    if drawings.get("surface"):
        yield Picture(
            name="surface", alt="Density of rows in five levels over the area.", caption="Density of rows", share=0.8
        )
    gi, density, shift = part(given, "gi"), part(given, "density"), part(given, "half_cell")
    hot = "; ".join(
        f"{count(each.get('hot'))} {CONTROLS.get(text(each.get('control')), text(each.get('control')))}"
        for each in items(gi, "hot")
    )
    bandwidth = f"{count(density.get('bandwidth_m'))} m, {text(density.get('kernel'), lacking=NOT_KNOWN)}"
    told_rows = [
        ("Cells", f"{count(given.get('cells'))} of {count(given.get('cell_size_m'))} m"),
        ("Hot cells (Gi*)", hot or NOT_KNOWN),
        ("How often rows were shuffled to see what chance does", count(gi.get("permutations"))),
        ("How far a row is spread (bandwidth of the density)", bandwidth),
        ("Half a cell's shift takes out of the first " + count(shift.get("first")),
         f"{share(shift.get('share_lost_low'))} to {share(shift.get('share_lost_high'))} of their rows"),
    ]  # fmt: skip
    yield table("Of the surface", {"What": 0.5, "Value": 0.5}, told_rows)


def _ranked(every: Sequence[Data], first: int | None, *, harm: bool) -> Block:
    rows: list[Sequence[Cell]] = []
    for each in every:
        district = [f" ({text(each['district'])})"] if each.get("district") else []
        ends = ("harm_low", "harm_high") if harm else ("count_low", "count_high")
        interval = whole_span(*(each.get(end) for end in ends)) or NOT_KNOWN
        called = capital(text(each.get("class"), lacking="not called"))
        rows.append(
            (
                count(each.get("rank")), [bold(text(each.get("name"))), *district], kind_words(each),
                tier_words(each, first), *([count(each.get("harm"))] if harm else []), count(each.get("count")), interval,
                called,
            )
        )  # fmt: skip
    columns = {"Rank": 0.07, "Place": 0.27, "Kind": 0.16, "Tier": 0.17, "Rows": 0.08, "Interval": 0.11, "Class": 0.14}
    if harm:
        columns = {
            "Rank": 0.07, "Place": 0.23, "Kind": 0.14, "Tier": 0.16, "Days of harm": 0.09, "Rows": 0.07,
            "Interval of harm": 0.11, "Class": 0.13,
        }  # fmt: skip
        return table("Places by rank by days of harm", columns, rows, right=(0, 4, 5, 6))
    return table("Places by rank", columns, rows, right=(0, 4, 5))


def _one_place(told: Data, place: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    name = text(place.get("name"))
    yield Heading(level=3, words=f"{count(place.get('rank'))}. {name}")
    figure = f"places.{text(place.get('id'))}.count"
    because = f": {text(place['kind_because'])}" if place.get("kind_because") else ""
    patrol = "" if place.get("patrol") else " No patrol is drawn here."
    says = [
        say(
            bold(count_words(place, period_of(told))),
            " ",
            *ids([figure]),
            ". ",
            tier_words(place, shown_places(told)),
            ". ",
            sentence(capital(_class(place))),
        ),
        say(bold("Kind. "), sentence(f"{capital(kind_words(place))}{because}"), patrol),
    ]
    extra = [
        near_words(place),
        _whole_period(place),
        _by_year(place),
        _settings_of(place),
        _harm(place),
        _news(told, place),
    ]
    if said := " ".join(each for each in extra if each):
        says.append(note(said))
    inset = f"inset-{text(place.get('id'))}"
    picture = None
    if drawings.get(inset):
        alt = f"Map points of {name} and around it."
        picture = Picture(name=inset, alt=alt, caption=f"{name}, grid {_grid(place)}", share=_INSET_SHARE)
    yield Group(picture=picture, says=tuple(says))


def _rule(each: Data) -> str:
    """A line of the rule of the classes, the first that holds decides: `emerging: its share of the area …`."""
    return f"{text(each.get('class'), lacking='no class')}: {text(each.get('when'))}"


def _institutions(told: Data) -> Iterator[Block]:
    every = items(told, "institutions")
    yield Heading(level=2, words="Institutions, listed apart and never ranked for patrol")
    if not every:
        yield empty("No row lies at a prison, a hospital or a police station that the source names.")
        return
    period = period_of(told)
    if period:
        yield note(f"Rows are those of {period}; beside them those of each year that the whole period holds.")
    years = sorted({year for each in every for year in part(each, "years")})[-_MOST_YEARS:]
    rows = [
        (
            text(e.get("name")), capital(text(e.get("kind"))), count(e.get("count")),
            *(count(part(e, "years").get(year)) for year in years),
        )
        for e in every
    ]  # fmt: skip
    columns = {"Institution": 0.34, "Kind": 0.18, "Rows": 0.1, **dict.fromkeys(years, 0.38 / max(1, len(years)))}
    yield table("Institutions", columns, rows, right=tuple(range(2, 3 + len(years))))


def _class(place: Data) -> str:
    name, words = text(place.get("class")), text(place.get("class_words"))
    return ": ".join(each for each in (name, words) if each) or "no class is called"


def _how(how: Data) -> Iterator[Block]:
    """By which rules places were ranked and classed, how often these rules are wrong, which places just missed."""
    yield Heading(level=2, words="How sure that is")
    told = [text(how.get("tier_rule")), text(part(how, "false_calls").get("words")), text(how.get("interval_words"))]
    bound, harm = how.get("bound_share"), how.get("chosen_by") == "harm"
    if bound is not None:
        told.append(
            f"No choice of as many places could hold more than {share(bound)}{' of the harm' if harm else ''}; these hold"
            f" {share(how.get('weight_held_share'))}"
        )
    yield bullets(
        [sentence(capital(each))] for each in [*told, *(_rule(each) for each in items(how, "class_rules"))] if each
    )
    if others := items(how, "others_possible"):
        rows = [
            (count(e.get("rank")), text(e.get("name")), count(e.get("count")), measure(e.get("probability")))
            for e in others
        ]
        columns = {"Rank": 0.1, "Not shown, but possibly among the first": 0.5, "Rows": 0.15, "Probability": 0.25}
        yield table("Places that may be among the first too", columns, rows, right=(0, 2, 3))
    if ended := items(how, "ended"):
        names = "; ".join(f"{text(e.get('id'))} {text(e.get('news'))}" for e in ended)
        yield note(sentence(f"Places of the last profile that are no longer: {names}"))


def _whole_period(place: Data) -> str:
    rows = place.get("count_period")
    return f"{count(rows)} rows over the whole period." if isinstance(rows, int) else ""


def _years(place: Data) -> str:
    told = part(place, "years")
    return ", ".join(f"{year}: {count(number)}" for year, number in told.items())


def _by_year(place: Data) -> str:
    years = _years(place)
    return f"By year, {years}." if years else ""


def _settings_of(place: Data) -> str:
    settings = part(place, "settings")
    told = {name: rows for name, rows in settings.items() if rows}
    if not told or set(told) == {"unknown"}:
        return ""
    return f"Of all rows at its map points, those at home and online too: {_settings_words(told)}."


def _settings_words(settings: Data) -> str:
    order = [*(each for each in SETTINGS if each in settings), *(each for each in settings if each not in SETTINGS)]
    # Of an extract rows at home and online may be marked or withheld; how many there are is never unknown.
    return ", ".join(f"{each} {NOT_TOLD if settings[each] is None else count(settings[each])}" for each in order)


def _harm(place: Data) -> str:
    words = harm_words(place)
    return f"{words} in the same months." if words else ""


def _news(told: Data, place: Data) -> str:
    """What became of it since the profile before; nothing in a first profile, where every place is new."""
    news = place.get("news")
    is_first = all(each.get("news") in (None, "born") for each in items(told, "places"))
    if not news or (is_first and not items(part(told, "places_method"), "ended")):
        return ""
    before = ", ".join(text(each) for each in items(place, "from_ids"))
    return f"Since the last profile: {text(news)}{f' (from {before})' if before else ''}."


def _grid(place: Data) -> str:
    east, north = place.get("easting_m"), place.get("northing_m")
    return NOT_KNOWN if east is None or north is None else f"{round(east)} {round(north)}"
