"""The document's findings on people: victims, suspects, and what became of what was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lamplighter.reports.profile.blocks import Block, Heading, Table, absent, bold, drawing, note, say, table
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

_MOST_COHORTS = 24


def victims(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(level=1, words="Victims")
    given = part(told, "victims")
    if given.get("available"):
        yield from _victims(given, drawings)
    else:
        yield absent(given, "The source tells nothing of victims.")
    yield Heading(level=1, words="Suspects")
    yield absent(part(told, "suspects"), "The source tells nothing of suspects.")


def _victims(given: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    whose = text(given.get("whose"), lacking="victims")
    yield say(bold(f"{capital(whose)}: "), f"{count(given.get('rows'))} rows. ", text(given.get("small_counts")))
    if sexes := part(given, "sex"):
        yield Heading(level=2, words="Sex, of all victims")
        rows = [(capital(text(name)), _shown(value)) for name, value in sexes.items()]
        yield table("Victims by sex", {"Sex": 0.7, "Rows": 0.3}, rows, right=(1,))
    if ages := items(given, "by_age"):
        yield Heading(level=2, words="Age")
        yield from drawing(drawings, "victims-age", "Rows by age; the table below holds it.", "Rows by age", share=0.7)
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
        yield from drawing(
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
        yield absent(given, "The source tells no outcomes.")
        return
    # A count of an extract that is null was too small to tell; one of street data is not known.
    small = "under 10" if given.get("small_counts") else NOT_KNOWN
    yield from drawing(
        drawings, "outcomes", "What became of the rows, by group of outcome. The table below holds it.", "Outcomes"
    )
    rows = [
        (capital(text(each.get("group"))), _or(each.get("count"), small), share(each.get("of_all")), _of_known(each))
        for each in items(given, "groups")
    ]
    columns = {"Group": 0.46, "Rows": 0.16, "Of all rows": 0.18, "Of rows with an outcome": 0.2}
    yield table("Outcomes by group", columns, rows, right=(1, 2, 3))
    for name in ("small_counts", "not_told_apart", "immature_rule"):
        if words := text(given.get(name)):
            yield note(sentence(words))
    if stages := items(given, "attrition"):
        yield Heading(level=2, words="How many are left at each stage")
        yield from drawing(
            drawings, "attrition", "Rows left at each stage; the table below holds it.", "Rows left at each stage"
        )
        left = [
            (
                capital(text(each.get("stage"))),
                _or(each.get("count"), small),
                share(each.get("share")),
                text(each.get("denominator")),
            )
            for each in stages
        ]
        yield table("Attrition", {"Stage": 0.4, "Rows": 0.15, "Share": 0.15, "Out of": 0.3}, left, right=(1, 2))
    if days := part(given, "days"):
        yield say(bold("Days to the outcome. "), sentence(_days_words(days)))
    if cohorts := items(given, "cohorts"):
        yield Heading(level=2, words="By month of the crime")
        yield from drawing(
            drawings, "outcomes-cohorts", "Rows by month of the crime, and how many have an outcome; the table below holds it.",
            "Rows by month of the crime, and those with an outcome",
        )  # fmt: skip
        if len(cohorts) > _MOST_COHORTS:
            yield note(f"The last {_MOST_COHORTS} of {len(cohorts)} months; profile.json holds them all.")
        by_month = [
            (
                when(each.get("month")), count(each.get("rows")), _or(each.get("with_outcome"), small),
                "immature: still open" if each.get("immature") else "",
            )
            for each in cohorts[-_MOST_COHORTS:]
        ]  # fmt: skip
        columns = {"Month": 0.3, "Rows": 0.2, "With an outcome": 0.2, "Read with care": 0.3}
        yield table("Outcomes by month of the crime", columns, by_month, right=(1, 2))


def _or(value: float | None, lacking: str) -> str:
    return lacking if value is None else count(value)


def _of_known(group: Data) -> str:
    """A group that is no outcome has no share of those that are."""
    return "no outcome" if group.get("is_outcome") is False else share(group.get("of_known"))


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
