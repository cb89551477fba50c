"""The document's findings on the whole: trend, compared with others, time of the week, harm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lamplighter.reports.profile.blocks import (
    Block,
    Heading,
    absent,
    bold,
    bullets,
    drawing,
    note,
    say,
    table,
    table_of_known,
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
    whole_span,
)

_WHOLE_FROM_ROWS = 20
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def trend(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(level=1, words="Trend", new_page=True)
    given = part(told, "trend")
    months = items(given, "months")
    if not months:
        yield absent(given, "The source holds no months from which a trend could be drawn.")
        yield bullets([text(each)] for each in items(given, "caveats"))
        return
    yield say(bold("Counted from: "), sentence(text(given.get("counts_from"), lacking=NOT_KNOWN)))
    yield from drawing(
        drawings,
        "trend",
        "Rows by month, with the limits of chance. The table below holds it.",
        "Rows by month, and the limits of chance",
    )
    yield say(*_calls(given))
    if signals := items(given, "signals"):
        yield bullets([sentence(text(each))] for each in signals)
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
            _limits(each) or NOT_KNOWN, _outside(each), share(each.get("located_share")),
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
    yield table_of_known("Trend by month", columns, rows, right=(1, 2, 3, 4, 5))
    years = items(given, "year_on_year")
    if years and all(each.get("count_last_year") is None for each in years):
        yield note("This year stands beside no other: the source holds no month of the year before.")
    elif years:
        yield Heading(level=2, words="This year beside last year")
        yield from drawing(
            drawings, "year-on-year", "Each month beside the same month a year before; the table below holds it.",
            "Rows by month, and in the same month a year before",
        )  # fmt: skip
        beside = [
            (when(each.get("this_year")), count(each.get("count")), count(each.get("count_last_year")))
            for each in years
        ]
        columns = {"Month": 0.4, "Rows": 0.25, "The same month a year before": 0.35}
        yield table("This year beside last year", columns, beside, right=(1, 2))


def compared(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Compared with")
    given = part(told, "compared")
    area = part(given, "area")
    every = [each for each in (area, *items(given, "with")) if each]
    if not every:
        yield absent(given, "No other area was named to compare it with.")
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
        "By chance alone": 0.11, "Share of crime": 0.13,
    }  # fmt: skip
    yield table_of_known("Compared with", columns, rows, right=(1, 2, 3, 4, 5, 6))
    if any(each.get("e_test_p") is not None for each in every):
        yield note(
            "By chance alone: how often two counts would differ so much if rows came one by one, without bursts (E-test). They "
            "come in bursts, which the interval allows for: where the two disagree, go by the interval. The trend looks at "
            "single months and at runs of months, so it can call a run where the year as a whole is not called."
        )
    rate = part(given, "rate")
    if rate.get("words"):
        yield say(bold("Rate. "), sentence(text(rate["words"])))
    elif not rate:
        yield note("No rate is given: nobody has supplied what to divide by.")


def time(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(level=1, words="Time of the week")
    given = part(told, "time")
    if not given.get("available"):
        yield absent(given, "The source has no times.")
        return
    for each in items(given, "windows"):
        yield say(bold(f"{capital(text(each.get('words')))}. "), *_window(each, given))
    if rule := text(given.get("window_rule")):
        yield note(sentence(rule))
    yield from drawing(
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
        yield from drawing(
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


def harm(told: Data) -> Iterator[Block]:
    given = part(told, "harm")
    yield Heading(level=1, words="Harm")
    if not given.get("available"):
        yield absent(given, "Harm was not worked out.")
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
            text(each.get("offence") or each.get("group")), text(each.get("shown"), lacking=count(each.get("rows"))),
            _days(each.get("harm")), whole_span(each.get("low"), each.get("high")) or NOT_KNOWN,
        )
        for each in items(given, "by_offence")
    ]  # fmt: skip
    if rows:
        yield table(
            "Harm by offence", {"Offence": 0.46, "Rows": 0.16, "Days": 0.16, "Band": 0.22}, rows, right=(1, 2, 3)
        )
        band = whole_span(given.get("total_low"), given.get("total_high"))
        yield note(
            f"In all {_days(given.get('total'))} days{f' (band {band})' if band else ''}; rows without a weight: "
            f"{count(given.get('rows_without_weight'))}."
        )


def _days(value: float | None) -> str:
    """Days of harm without a fraction: a weight's band is many times wider."""
    return count(None if value is None else round(value))


def _limits(month: Data) -> str:
    """Whole rows, and fractions only where limits lie near 0."""
    low, high = month.get("lower"), month.get("upper")
    return whole_span(low, high) if high is not None and high >= _WHOLE_FROM_ROWS else span(low, high)


def _window(each: Data, given: Data) -> list[str]:
    of = text(given.get("windows_of"), lacking="the rows with a time")
    even = "" if each.get("week_share") is None else f"; an even week would put {share(each['week_share'])} there"
    return [f"{count(each.get('rows'))} rows, {share(each.get('share'))} of {of}{even}."]


def _calls(given: Data) -> list[str]:
    sigma, flagged, plain = given.get("sigma_z"), given.get("flagged"), given.get("flagged_plain")
    if flagged is None:
        return ["No limits are drawn, so no rise and no fall is called; why stands below."]
    told = [
        f"Months outside the limits: {count(flagged)}. The limits allow for months that vary {measure(sigma)} times as much as "
        f"chance alone would make them (sigma z); limits for chance alone would have called {count(plain)}. "
    ]
    return told if items(given, "signals") else [*told, "No rise and no fall is called."]


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


def _cannot(given: Data) -> Iterator[Block]:
    cannot = given.get("cannot")
    if isinstance(cannot, list | tuple) and cannot:
        yield bullets([text(each)] for each in cannot)
    elif isinstance(cannot, str):
        yield note(sentence(cannot))
