"""The data dictionary: every column of every table that can be downloaded, with its kind, unit, meaning and what empty means.

Columns of the plan's own records are told by the records themselves; what is worked out is told here, and a test holds the
two against the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lamplighter import definitions
from lamplighter.plan.records import RECORD_TYPES, Column, columns_of
from lamplighter.plan.records.promising import Promise
from lamplighter.plan.records.showing import QUALIFIERS, STATUSES, Card, Source
from lamplighter.reports.running_tables import WORKED_OUT
from lamplighter.reports.tables import PROMISE_COLUMNS, as_csv_bytes

DICTIONARY = "data-dictionary.csv"
HEADS = ("file", "column", "type", "unit", "says", "unknown_means", "choices")
MEASURES = "measures/*.csv"
AREAS = "comparisons between areas"  # each has a name of its own, and all have these columns
NOT_KNOWN = "not known"
UNIT_COLUMN = "as the column unit says"
_TYPES = {
    "id": "id", "ids": "ids, with ; between them", "words": "words, with ; between them", "date": "date",
    "number": "number", "whole": "whole number", "flag": "yes or no", "choice": "choice",
    "choices": "choices, with ; between them", "text": "text",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One column of one table. `unknown_means`: what an empty cell says; "never empty" where there is none."""

    type: str
    says: str
    unit: str = ""
    unknown_means: str = NOT_KNOWN
    choices: tuple[str, ...] = ()


def _text(says: str, *, empty: str = NOT_KNOWN, choices: tuple[str, ...] = ()) -> Entry:
    return Entry(type="choice" if choices else "text", says=says, unknown_means=empty, choices=choices)


def _id(says: str, *, empty: str = "never empty") -> Entry:
    return Entry(type="id", says=says, unknown_means=empty)


def _number(says: str, unit: str = UNIT_COLUMN, *, empty: str = NOT_KNOWN) -> Entry:
    return Entry(type="number", says=says, unit=unit, unknown_means=empty)


def _of(record_type: type) -> dict[str, Entry]:
    """The columns of a record type, as it tells them itself."""
    return {each.name: _entry(each) for each in columns_of(record_type)}


def _entry(told: Column) -> Entry:
    says = told.says + (f" Rows of: {', '.join(told.refers_to)}." if told.refers_to else "")
    if told.may_be_na:
        says += " n/a where it does not apply."
    never = "never empty" if told.required else NOT_KNOWN
    return Entry(type=_TYPES[told.kind], says=says, unknown_means=never, choices=told.choices)


def _promises() -> dict[str, Entry]:
    evidence = tuple(each["answer"] for each in definitions.evidence_rules())
    delivery = tuple(each["answer"] for each in definitions.delivery_rules())
    told = {
        **_of(Promise),
        "evidence": _text("Is it shown? Worked out by the rules; a named person's override counts.", choices=evidence),
        "evidence_rule": _id("The rule that answered, as rules.html prints it."),
        "evidence_because": _text("The rule's words, filled in for this promise.", empty="never empty"),
        "delivery": _text("Is it done? Worked out by the rules; a named person's override counts.", choices=delivery),
        "delivery_rule": _id("The rule that answered, as rules.html prints it."),
        "delivery_because": _text("The rule's words, filled in for this promise.", empty="never empty"),
        "overridden": Entry(
            type="yes or no", says="Did a named person answer instead of a rule?", unknown_means="never empty"
        ),
        "last_change": Entry(type="date", says="The last day on which something real happened.",
                             unknown_means="nothing dated is recorded"),
        "days_since_change": Entry(type="whole number", unit="days", says="Days from then to the day of the pages.",
                                   unknown_means="nothing dated is recorded"),
        "figures": Entry(type="ids, with ; between them", says="Its figures, rows of figures.csv.", unknown_means="it has none"),
        "measures": Entry(type="ids, with ; between them", says="The measures that are shown beside it.",
                          unknown_means="it has none"),
    }  # fmt: skip
    return {name: told[name] for name in PROMISE_COLUMNS}


def _figures() -> dict[str, Entry]:
    return {
        "id": _id("The id by which the number is quoted; with a full stop in it, it is worked out for a sentence."),
        "label": _text("What it counts, in a line.", empty="never empty"),
        "value": _number("The number."),
        "numerator": _number("What is counted on top.", "things counted", empty="not known, or it is no share"),
        "denominator": _number(
            "Out of how many, or against what.", "things counted", empty="not stated, or it is no share"
        ),
        "denominator_words": _text("Out of how many of what.", empty="not stated, or it is no share"),
        "unit": _text("What the value is a number of; % … where it is a share.", empty="never empty"),
        "definition": _text("The card, with its version, or how it is worked out."),
        "source": _text("Where it was read, or from what it is worked out."),
        "as_of": _text("The day or the period that it speaks of, in words."),
        "low": _number("Lower end of its interval.", empty="no interval is known"),
        "high": _number("Upper end of its interval.", empty="no interval is known"),
        "interval_words": _text("What kind of interval that is.", empty="no interval is known"),
        "qualifier": _text("How firmly the source puts it.", empty="the source does not say", choices=QUALIFIERS),
        "status": _text(f"How surely it was read: {', '.join(STATUSES)}; or that it is worked out."),
        "note": _text("Anything that a reader must know.", empty="there is no note"),
    }


def _measures() -> dict[str, Entry]:
    return {
        "measure": _id("The measure, as its page is called."),
        "definition": _text("The card that it is a number of, with its version.", empty="never empty"),
        "area": _text("Where.", empty="never empty"),
        "unit": _text("What the value is a number of.", empty="never empty"),
        "layer": _text("The part of a breakdown (an age group, Unknown).", empty="the row is of the whole series"),
        "period": _text("The month (2022-01) or the year that the row is of.", empty="never empty"),
        "value": _number("The number."),
        "numerator": _number("What is counted on top.", "things counted", empty="not known, or it is no share"),
        "denominator": _number("Out of how many.", "things counted", empty="not known, or it is no share"),
        "low": _number("Lower end of its interval.", empty="no interval is worked out"),
        "high": _number("Upper end of its interval.", empty="no interval is worked out"),
        "immature": Entry(type="yes or no", says="Is the period too young to be read: will later files still change it much?",
                          unknown_means="never empty"),
        "centre": _number("The centre line of the control chart.", empty="no limits hold there"),
        "lower_limit": _number("The lower limit of the control chart.", empty="no limits hold there"),
        "upper_limit": _number("The upper limit of the control chart.", empty="no limits hold there"),
    }  # fmt: skip


def _signals() -> dict[str, Entry]:
    return {
        "measure": _id("The measure that signalled."),
        "title": _text("Its title.", empty="never empty"),
        "unit": _text("What its values are numbers of.", empty="never empty"),
        "rule": _id("The rule that called it, as method.html names it."),
        "rule_words": _text("The rule in words.", empty="never empty"),
        "since": _text("The first period of the signal.", empty="never empty"),
        "until": _text("The last period of the signal.", empty="never empty"),
        "side": _text("Above or below what it is compared with.", empty="never empty"),
        "effect": _number("How far the periods of the signal are from the others, on average."),
        "effect_low": _number("Lower end of its interval."),
        "effect_high": _number("Upper end of its interval."),
        "effect_percent": _number("The same in per cent of what it is compared with.", "%"),
        "compared_with": _text("What it is compared with.", empty="never empty"),
    }


def _corrections() -> dict[str, Entry]:
    kept = _of(RECORD_TYPES["corrections"])
    kept["record_id"] = replace(
        kept["record_id"], says=f"{kept['record_id'].says} Where there is a figure of that id, it is in figures.csv."
    )
    return {
        **kept,
        "period": _text(
            "The day or period that the corrected figure speaks of.", empty="not known, or it is no figure"
        ),
        "published_at": _text(
            "When the first release with the correction was approved.", empty="not published before this"
        ),
        "release": _text("The first release with the correction, such as v3.", empty="not published before this"),
    }


def _revisions() -> dict[str, Entry]:
    return {
        "period": _text("The month whose count was changed.", empty="never empty"),
        "old": _number("The count as the earlier file had it.", "crimes or people, as the table counts", empty="it had no row"),
        "new": _number("The count as the later file has it.", "crimes or people, as the table counts", empty="it has no row"),
        "reason": _text("The import that changed it, with its files. Why the publisher changed it, no file says.",
                        empty="never empty"),
        "published_at": _text("When the first release with the change was approved.", empty="not published before this"),
        "release": _text("The first release with the change, such as v3.", empty="not published before this"),
        "measure": _id("The measure that shows the very figure.", empty="no measure shows this one figure by itself"),
        "area": _text("Where.", empty="not known"),
        "table": _text("The table of the force's file that the count is from.", empty="never empty"),
        "level": _text("The level of that table.", empty="never empty"),
        "key_1": _text("The first name of the row: an offence group or a borough.", empty="the row has none"),
        "key_2": _text("The second name of the row: an offence or a ward.", empty="the row has none"),
        "import": _id("The import that changed it."),
        "imported_at": _text("When that file was imported here.", empty="never empty"),
    }  # fmt: skip


def _areas() -> dict[str, Entry]:
    return {
        "comparison": _id("The comparison, as areas.html names it."),
        "definition": _text("The card that it is a number of, with its version.", empty="never empty"),
        "level": _text("What kind of area.", empty="never empty"),
        "area": _text("Where.", empty="never empty"),
        "within": _text("The larger area that it lies in.", empty="none is named"),
        "period": _text("The period that is compared.", empty="never empty"),
        "compared_with": _text("The period that it is compared with.", empty="it is compared with no other"),
        "unit": _text("What the value is a number of.", empty="never empty"),
        "numerator": _number("What is counted on top.", "things counted"),
        "denominator": _number("Out of how many, or against what.", "things counted"),
        "unknown": _number("How many could be in neither count.", "things counted"),
        "value": _number("The number."),
        "low": _number("Lower end of its own interval.", empty="no interval is known"),
        "high": _number("Upper end of its own interval.", empty="no interval is known"),
        "all_areas": _number("The value of all areas together.", empty="nothing was compared"),
        "limit_99_8_low": _number("Below it, two areas in a thousand of this size.", empty="the row is not judged"),
        "limit_95_low": _number("Below it, one area in forty of this size.", empty="the row is not judged"),
        "limit_95_high": _number("Above it, one area in forty of this size.", empty="the row is not judged"),
        "limit_99_8_high": _number("Above it, two areas in a thousand of this size.", empty="the row is not judged"),
        "stands": _text("Where it stands to those limits. It is no ranking.", empty="never empty"),
    }


def _changelog() -> dict[str, Entry]:
    return {
        "release": _id("The release, such as v3."),
        "name": _text("Its name.", empty="never empty"),
        "data_version": _text("MAJOR.MINOR.PATCH of its data.", empty="never empty"),
        "level": _text("By which rule: something was removed (major), added (minor), or only values differ (patch).",
                       empty="never empty", choices=("first", "major", "minor", "patch", "nothing")),
        "what": _text("What was done.", empty="the release changed nothing, or is the first",
                      choices=("removed", "added", "changed")),
        "kind": _text("To what: a table, column, measure, area, part, period, record, field, schema or value.",
                      empty="the release changed nothing, or is the first"),
        "of": Entry(type="words, with ; between them", says="The tables or measures that it is about.",
                    unknown_means="it is itself a table or a measure, or nothing changed"),
        "count": Entry(type="whole number", unit="things", says="How many.",
                       unknown_means="the release changed nothing, or is the first"),
        "names": Entry(type="words, with ; between them", says="Which; of values only the count is told.",
                       unknown_means="values, or nothing changed"),
    }  # fmt: skip


def _dictionary() -> dict[str, Entry]:
    return {
        "file": _text("The table.", empty="never empty"),
        "column": _text("The column, in the order of the table.", empty="never empty"),
        "type": _text("What its cells hold.", empty="never empty"),
        "unit": _text("What a number is a number of.", empty="it is no number, or one without a unit"),
        "says": _text("What it means.", empty="never empty"),
        "unknown_means": _text("What an empty cell says.", empty="never empty"),
        "choices": Entry(type="words, with ; between them", says="What a choice may be.", unknown_means="it is no choice"),
    }  # fmt: skip


def entries_of(path: str, heads: Iterable[str] = ()) -> Mapping[str, Entry]:
    """The columns of one table of the site by name; path: as it lies in the site. KeyError for a table that nobody told."""
    if path.startswith("measures/"):
        return _measures()
    if path == AREAS or "comparison" in heads:
        return _areas()
    made = {
        "promises.csv": _promises,
        "figures.csv": _figures,
        "definitions.csv": lambda: _of(Card),
        "sources.csv": lambda: _of(Source),
        "signals.csv": _signals,
        "corrections.csv": _corrections,
        "revisions.csv": _revisions,
        "data-changelog.csv": _changelog,
        DICTIONARY: _dictionary,
    }
    if path in made:
        return made[path]()
    record_type = {each.FILE: each for each in RECORD_TYPES.values()}[path]
    return {
        **_of(record_type),
        **{name: _worked_out(path, name, says) for name, says in WORKED_OUT.get(path, {}).items()},
    }


def _worked_out(path: str, name: str, says: str) -> Entry:
    """A column that stands beside a record of how the plan is run."""
    if name in ("answer", "answer_rule", "answer_because"):
        return _text(says, empty="never empty")
    if name in ("expiring", "lacking"):
        return Entry(type="words, with ; between them", says=says, unknown_means="there is none")
    if name == "counted_on":
        return Entry(type="date", says=says)
    unit = "a share, from 0 to 1" if name == "coverage" else "people" if path == "training.csv" else "posts"
    return _number(says, unit)


def known_tables() -> tuple[str, ...]:
    """Every table that a site or a release may have, as the dictionary calls it; comparisons between areas have one shape."""
    run = (*WORKED_OUT, "resources.csv", "dependencies.csv", "crosswalk.csv")
    worked_out = ("promises.csv", "figures.csv", MEASURES, "signals.csv", "definitions.csv", "sources.csv")
    return (*worked_out, *run, "corrections.csv", "revisions.csv", "data-changelog.csv", DICTIONARY)


def dictionary_rows(heads: Mapping[str, Sequence[str]]) -> list[tuple[str, str, Entry]]:
    """File, column and entry of every column of these tables, in their order; all measures have the columns of one.

    heads: the heads of each CSV by its path in the site. Raises KeyError for a column that nobody told.
    """
    told: dict[str, tuple[str, Sequence[str]]] = {}
    for path, names in heads.items():
        told.setdefault(MEASURES if path.startswith("measures/") else path, (path, names))
    found = []
    for shown, (path, names) in told.items():
        entries = entries_of(path, names)
        found += [(shown, name, entries[name]) for name in names]
    return found


def dictionary_csv(heads: Mapping[str, Sequence[str]]) -> bytes:
    """The dictionary of these tables as CSV, itself and what a release adds included."""
    more = {"data-changelog.csv": tuple(_changelog()), DICTIONARY: HEADS}
    rows = dictionary_rows({**heads, **more})
    return as_csv_bytes(
        HEADS,
        ((file, name, each.type, each.unit, each.says, each.unknown_means, each.choices) for file, name, each in rows),
    )
