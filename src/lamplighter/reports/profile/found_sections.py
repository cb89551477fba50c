"""The document's findings: trend, compared with others, time, victims, suspects, outcomes, harm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lamplighter.reports.profile.blocks import (
    Block,
    Heading,
    Picture,
    Say,
    Table,
    bold,
    bullets,
    empty,
    note,
    say,
    table,
)
from lamplighter.reports.profile.wording import (
    NOT_KNOWN,
    Data,
    capital,
    count,
    items,
    measure,
    part,
    sentence,
    share,
    span,
    text,
    when,
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SETTINGS = ("public", "home", "online", "unknown")
_MOST_COHORTS = 24


def trend(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(level=1, words="Trend", new_page=True)
    given = part(told, "trend")
    months = items(given, "months")
    if not months:
        yield _absent(given, "The source holds no months from which a trend could be drawn.")
        yield bullets([text(each)] for each in items(given, "caveats"))
        return
    yield say(bold("Counted from: "), sentence(text(given.get("counts_from"), lacking=NOT_KNOWN)))
    yield from _picture(
        drawings, "trend", "Rows by month, with the limits of chance. The table below holds it.", "Trend"
    )
    yield say(*_calls(given))
    moved = part(given, "share_moved")
    if moved.get("words"):
        yield say(bold("The share with a point. "), sentence(text(moved["words"])))
    if caveats := items(given, "caveats"):
        yield bullets([text(each)] for each in caveats)
    if not_called := items(given, "not_called"):
        yield say(
            bold("Not called, because the share with a point could explain it. "),
            " ".join(text(each) for each in not_called),
        )
    rows = [
        (
            when(each.get("month")), count(each.get("count")), measure(each.get("per_day")),
            span(each.get("lower"), each.get("upper")) or NOT_KNOWN, _outside(each), share(each.get("located_share")),
        )
        for each in months
    ]  # fmt: skip
    columns = {
        "Month": 0.22,
        "Rows": 0.12,
        "A day": 0.12,
        "Limits, rows a month": 0.22,
        "Outside them": 0.16,
        "With a point": 0.16,
    }
    yield table("Trend by month", columns, rows, right=(1, 2, 3, 5))
    if years := items(given, "year_on_year"):
        yield Heading(level=2, words="This year beside last year")
        yield from _picture(
            drawings, "year-on-year", "Each month beside the same month a year before; the table below holds it.",
            "This year beside last year",
        )  # fmt: skip
        beside = [
            (
                when(each.get("this_year")),
                count(each.get("count")),
                when(each.get("last_year")),
                count(each.get("count_last_year")),
            )
            for each in years
        ]
        columns = {"Month": 0.3, "Rows": 0.2, "A year before": 0.3, "Rows then": 0.2}
        yield table("This year beside last year", columns, beside, right=(1, 3))


def compared(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Compared with")
    given = part(told, "compared")
    area = part(given, "area")
    every = [each for each in (area, *items(given, "with")) if each]
    if not every:
        yield _absent(given, "No other area was named to compare it with.")
        return
    if given.get("words"):
        yield say(text(given["words"]))
    rows = [
        (
            text(each.get("name"), lacking="this area"), count(each.get("before")), count(each.get("count")),
            _signed(each.get("difference")), span(each.get("low"), each.get("high")) or NOT_KNOWN,
            _probability(each.get("e_test_p")), _percent(each.get("share_of_offences")),
        )
        for each in every
    ]  # fmt: skip
    columns = {
        "Area": 0.22, "Rows before": 0.12, "Rows now": 0.11, "Difference": 0.14, "95% interval": 0.17,
        "Chance of such": 0.11, "Share of crime": 0.13,
    }  # fmt: skip
    yield table("Compared with", columns, rows, right=(1, 2, 3, 4, 5, 6))
    rate = part(given, "rate")
    if rate.get("words"):
        yield say(bold("Rate. "), sentence(text(rate["words"])))
    elif not rate:
        yield note("No rate is given: nobody has supplied what to divide by.")


def time(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(level=1, words="Time of the week")
    given = part(told, "time")
    if not given.get("available"):
        yield _absent(given, "The source has no times.")
        return
    for each in items(given, "windows"):
        yield say(bold(f"{capital(text(each.get('words')))}. "), *_window(each, given))
    if rule := text(given.get("window_rule")):
        yield note(sentence(rule))
    yield from _picture(
        drawings, "hours", "Rows by hour of the day and day of the week; the darker, the more. The table below holds it.",
        "Hour by day of the week", share=0.9,
    )  # fmt: skip
    quality = (
        ("Known within the hour", "within_one_hour"), ("Known only to more than a day", "longer_than_day"),
        ("Start not known", "start_unknown"), ("Counted", "counted"),
    )  # fmt: skip
    yield bullets([bold(f"{words}: "), f"{count(given.get(key))} rows"] for words, key in quality if key in given)
    if spread := text(given.get("spread_words") or given.get("spread")):
        yield note(sentence(capital(spread)))
    hours = items(given, "hours")
    if len(hours) == len(DAYS):
        yield table("Rows by part of the day", *_parts_of_the_day(hours), right=tuple(range(1, 9)))
    for setting, words in (("public", "In public"), ("home", "At home"), ("online", "Online")):
        yield from _picture(
            drawings, f"hours-{setting}", f"{words}, hour by day of the week: the share of its rows.",
            f"{words}: hour by day of the week", share=0.9,
        )  # fmt: skip
    for name, words in (
        ("day_places", "Places by day, 07:00 to 19:00"),
        ("night_places", "Places by night, 19:00 to 07:00"),
    ):
        if ranked := items(given, name):
            yield Heading(level=2, words=words)
            yield bullets([f"{text(each.get('name'))}: ", count(each.get("count"))] for each in ranked[:5])
    yield from _cannot(given)


def victims(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(level=1, words="Victims")
    given = part(told, "victims")
    if given.get("available"):
        yield from _victims(given, drawings)
    else:
        yield _absent(given, "The source tells nothing of victims.")
    yield Heading(level=1, words="Suspects")
    yield _absent(part(told, "suspects"), "The source tells nothing of suspects.")


def _victims(given: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    whose = text(given.get("whose"), lacking="victims")
    yield say(bold(f"{capital(whose)}: "), f"{count(given.get('rows'))} rows. ", text(given.get("small_counts")))
    if sexes := part(given, "sex"):
        yield Heading(level=2, words="Sex, of all victims")
        rows = [(capital(text(name)), _shown(value)) for name, value in sexes.items()]
        yield table("Victims by sex", {"Sex": 0.7, "Rows": 0.3}, rows, right=(1,))
    if ages := items(given, "by_age"):
        yield Heading(level=2, words="Age")
        yield from _picture(drawings, "victims-age", "Rows by age; the table below holds it.", "Rows by age", share=0.7)
        rows = [(capital(text(each.get("band"))), _shown(each)) for each in ages]
        yield table("Victims by age", {"Age": 0.7, "Rows": 0.3}, rows, right=(1,))
    for name, words in (("by_setting", "Setting"), ("by_relationship", "Relationship")):
        if counted := part(given, name):
            yield Heading(level=2, words=words)
            rows = [(capital(text(key)), _shown(value)) for key, value in counted.items()]
            yield table(f"Victims by {words.casefold()}", {words: 0.7, "Rows": 0.3}, rows, right=(1,))
    if crossed := part(given, "by_relationship_setting"):
        yield Heading(level=2, words="Relationship and setting")
        yield _crossed(crossed)
    if known := text(given.get("known_words")):
        yield note(sentence(known))
    if groups := items(given, "by_ethnicity"):
        yield Heading(level=2, words="Ethnicity as recorded")
        if words := text(given.get("ethnicity_words")):
            yield note(words)
        yield from _picture(
            drawings, "victims-ethnicity", "Rows by ethnicity, the unknown drawn; the table below holds it.", "Rows by ethnicity",
            share=0.7,
        )  # fmt: skip
        rows = [(capital(text(each.get("group"))), _shown(each)) for each in groups]
        yield table("Victims by ethnicity as recorded", {"Ethnicity": 0.7, "Rows": 0.3}, rows, right=(1,))
    if known_fields := items(given, "completeness"):
        yield Heading(level=2, words="How complete it is")
        fields = [
            (
                capital(text(each.get("field")).replace("_", " ")),
                count(each.get("known")),
                count(each.get("of")),
                share(each.get("share")),
            )
            for each in known_fields
        ]
        columns = {"Field": 0.46, "Known": 0.18, "Out of rows": 0.18, "Share": 0.18}
        yield table("How complete what is known of victims is", columns, fields, right=(1, 2, 3))


def _crossed(crossed: Data) -> Table:
    """A row a relationship, a column a setting; a pair that is not there is not known."""
    settings = list(dict.fromkeys(name for each in crossed.values() for name in each))
    columns = {"Relationship": 0.3, **{capital(name): 0.7 / len(settings) for name in settings}}
    rows = [
        (capital(text(name)), *(_shown(each.get(setting)) for setting in settings)) for name, each in crossed.items()
    ]
    return table("Victims by relationship and setting", columns, rows, right=tuple(range(1, len(settings) + 1)))


def outcomes(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(level=1, words="Outcomes")
    given = part(told, "outcomes")
    if not given.get("available"):
        yield _absent(given, "The source tells no outcomes.")
        return
    yield from _picture(
        drawings, "outcomes", "What became of the rows, by group of outcome. The table below holds it.", "Outcomes"
    )
    rows = [
        (
            capital(text(each.get("group"))),
            count(each.get("count")),
            share(each.get("of_all")),
            share(each.get("of_known")),
        )
        for each in items(given, "groups")
    ]
    columns = {"Group": 0.46, "Rows": 0.16, "Of all rows": 0.18, "Of rows with an outcome": 0.2}
    yield table("Outcomes by group", columns, rows, right=(1, 2, 3))
    if words := text(given.get("not_told_apart")):
        yield say(sentence(words))
    if stages := items(given, "attrition"):
        yield Heading(level=2, words="How many are left at each stage")
        left = [
            (
                capital(text(each.get("stage"))),
                count(each.get("count")),
                share(each.get("share")),
                text(each.get("denominator")),
            )
            for each in stages
        ]
        yield from _picture(
            drawings, "attrition", "Rows left at each stage; the table below holds them.", "Rows left at each stage"
        )
        yield table("Attrition", {"Stage": 0.4, "Rows": 0.15, "Share": 0.15, "Out of": 0.3}, left, right=(1, 2))
    if days := part(given, "days"):
        yield say(bold("Days to the outcome. "), sentence(_days_words(days)))
    if cohorts := items(given, "cohorts"):
        yield Heading(level=2, words="By month of the crime")
        yield from _picture(
            drawings, "outcomes-cohorts", "Rows by month of the crime and those of them with an outcome.",
            "Rows by month of the crime, and those with an outcome",
        )  # fmt: skip
        if len(cohorts) > _MOST_COHORTS:
            yield note(f"The last {_MOST_COHORTS} of {len(cohorts)} months; profile.json holds them all.")
        by_month = [
            (
                when(e.get("month")),
                count(e.get("rows")),
                count(e.get("with_outcome")),
                "immature: still open" if e.get("immature") else "",
            )
            for e in cohorts[-_MOST_COHORTS:]
        ]
        columns = {"Month": 0.3, "Rows": 0.2, "With an outcome": 0.2, "Read with care": 0.3}
        yield table("Outcomes by month of the crime", columns, by_month, right=(1, 2))


def harm(told: Data) -> Iterator[Block]:
    given = part(told, "harm")
    yield Heading(level=1, words="Harm")
    if not given.get("available"):
        yield _absent(given, "Harm was not worked out.")
        return
    if words := text(given.get("words")):
        yield say(sentence(words))
    name, status = text(given.get("name")), text(given.get("status"))
    if name or status:
        yield note(sentence(f"Weights: {name}{f' ({status})' if status else ''}"))
    if given.get("adds_nothing"):
        return
    rows = [
        (
            text(each.get("offence") or each.get("group")), count(each.get("rows", each.get("count"))),
            measure(each.get("harm", each.get("days"))), span(each.get("low"), each.get("high")) or NOT_KNOWN,
        )
        for each in items(given, "by_offence")
    ]  # fmt: skip
    if rows:
        yield table(
            "Harm by offence", {"Offence": 0.46, "Rows": 0.16, "Days": 0.16, "Band": 0.22}, rows, right=(1, 2, 3)
        )


def _window(each: Data, given: Data) -> list[str]:
    of = text(given.get("windows_of"), lacking="the rows with a time")
    even = "" if each.get("week_share") is None else f"; an even week would put {share(each['week_share'])} there"
    return [f"{count(each.get('rows'))} rows, {share(each.get('share'))} of {of}{even}."]


def _absent(given: Data, otherwise: str) -> Say:
    """A section that the source can't fill stands empty and named."""
    return empty(sentence(text(given.get("why_not") or given.get("words") or given.get("ask"), lacking=otherwise)))


def _picture(drawings: Mapping[str, str], name: str, alt: str, caption: str, *, share: float = 1.0) -> Iterator[Block]:
    """A drawing where there is one."""
    if drawings.get(name):
        yield Picture(name=name, alt=alt, caption=caption, share=share)


def _calls(given: Data) -> list[str]:
    sigma, flagged, plain = given.get("sigma_z"), given.get("flagged"), given.get("flagged_plain")
    told = [
        f"Months outside limits that allow for the spread that the counts have (sigma z {measure(sigma)}): {count(flagged)}. "
        f"Limits for chance alone would have called {count(plain)}. "
    ]
    signals = [sentence(text(each)) for each in items(given, "signals")]
    return told + ([" ".join(signals)] if signals else ["No rise and no fall is called."])


def _outside(each: Data) -> str:
    if each.get("count") is None:
        return "missing"
    return {True: "yes", False: "no"}.get(each.get("outside"), NOT_KNOWN)  # type: ignore[arg-type]


def _signed(value: float | None) -> str:
    return f"+{count(value)}" if value is not None and value > 0 else count(value)


def _percent(value: float | None) -> str:
    """31.0 → 31%, of what is told in percent already."""
    return NOT_KNOWN if value is None else f"{measure(value)}%"


def _probability(value: float | None) -> str:
    if value is None:
        return NOT_KNOWN
    return "below 0.001" if value < 0.001 else f"{value:.3f}"


def _parts_of_the_day(hours: Any) -> tuple[dict[str, float], list[tuple[str, ...]]]:
    """Seven days by eight stretches of three hours, each the sum of its hours."""
    heads = {"Day": 0.2, **{f"{at:02d}–{at + 3:02d}": 0.1 for at in range(0, 24, 3)}}
    rows = [
        (day, *(measure(round(sum(of_day[at : at + 3]), 1)) for at in range(0, 24, 3)))
        for day, of_day in zip(DAYS, hours, strict=True)
    ]
    return heads, rows


def _shown(value: Any) -> str:
    """A count that leaves the workspace, as the rule for small counts shows it; a plain number where it is one."""
    if isinstance(value, Mapping):
        return text(value.get("shown"), lacking=count(value.get("count")))
    return count(value)


def _days_words(days: Data) -> str:
    if days.get("words"):
        return text(days["words"])
    middle = f"Half of the rows with a date had it within {measure(days.get('median'))} days"
    quartiles = span(days.get("lower_quartile"), days.get("upper_quartile"))
    return f"{middle}{f'; the middle half, {quartiles}' if quartiles else ''}"


def _cannot(given: Data) -> Iterator[Block]:
    cannot = given.get("cannot")
    if isinstance(cannot, list | tuple) and cannot:
        yield bullets([text(each)] for each in cannot)
    elif isinstance(cannot, str):
        yield note(sentence(cannot))
