"""The document's second half: why it happens, what works elsewhere, what is proposed, and how to cite each number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamplighter.reports.profile.blocks import (
    Block,
    Cell,
    Heading,
    Run,
    Say,
    bold,
    bullets,
    empty,
    ids,
    note,
    quiet,
    runs_of,
    say,
    table,
)
from lamplighter.reports.profile.wording import (
    NOT_FILLED,
    NOT_KNOWN,
    Data,
    capital,
    count,
    items,
    measure,
    part,
    sentence,
    short_months,
    span,
    text,
    when,
    when_or,
    whole_span,
)

_PLURALS = ("rows", "references", "places", "cells", "months", "map points")
_TO_FILL = ("Dosage", "Measure", "Review", "Owner", "Legal basis", "Equality check")
SIDES = (("for", "Speaks for it"), ("against", "Speaks against it"), ("open", "Open"))


def drivers(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Why it happens")
    yield from _written(
        part(told, "drivers"),
        lambda each: [
            text(each.get("text")),
            quiet(f" ({text(each['source'])})") if each.get("source") else quiet(" (no source named)"),
        ],
    )


def inferences(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Inferences, and the figures that carry them")
    every = items(told, "inferences")
    if not every:
        yield empty("Nothing is inferred.")
    for each in every:
        sure = text(each.get("confidence"))
        told_sure = [bold(f"{capital(sure)} confidence. ")] if sure else []
        runs: list[str | Run] = [*told_sure, text(each.get("text")), " ", *ids(items(each, "figure_ids"))]
        yield Say(runs=runs_of(runs), kind="finding")


def requirements(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Intelligence requirements")
    given = part(told, "intelligence_requirements")
    every = items(given, "items")
    if every:
        rows = [
            (text(each.get("text")), text(each.get("owner"), lacking=NOT_FILLED), when_or(each.get("due"), NOT_FILLED))
            for each in every
        ]
        yield table("Intelligence requirements", {"What has to be found out": 0.56, "Owner": 0.24, "By": 0.2}, rows)
    else:
        yield empty(text(given.get("ask"), lacking=f"{NOT_FILLED}."))
    if gaps := items(given, "gaps"):
        yield note(
            f"{count(len(gaps))} things that the source can't say stand above, under “What the source holds, and what it can't "
            "say”: requirements can be written from them. decisions.toml holds each, ready to be filled in."
        )


def response(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="What is done there today")
    present = part(told, "present_response")
    yield (
        say(text(present["text"])) if present.get("text") else empty(text(present.get("ask"), lacking=f"{NOT_FILLED}."))
    )
    yield Heading(level=1, words="What became of the last recommendations")
    last = part(told, "last_recommendations")
    if last.get("from_title"):
        yield note(f"From {text(last['from_title'])}, made {when(last.get('from_made_on'))}.")
    every = items(last, "items")
    if every:
        rows = [
            (
                text(each.get("text")),
                text(each.get("state_then"), lacking=NOT_KNOWN),
                text(each.get("what_became"), lacking=NOT_KNOWN),
            )
            for each in every
        ]
        yield table(
            "What became of the last recommendations",
            {"Recommendation": 0.44, "Then": 0.28, "What became of it": 0.28},
            rows,
        )
    if last.get("ask") or not every:
        yield empty(text(last.get("ask"), lacking=f"{NOT_FILLED}."))


def elsewhere(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="What is known to work elsewhere, and who disagrees")
    given = part(told, "evidence_elsewhere")
    subjects = items(given, "subjects")
    if not subjects:
        yield empty("No evidence from elsewhere is on the register.")
        return
    if given.get("words"):
        yield note(text(given["words"]))
    for each in subjects:
        here = " (recommended here)" if each.get("recommended_here") else ""
        yield Heading(level=2, words=f"{text(each.get('subject'))}{here}")
        sides = [(head, items(each, name)) for name, head in SIDES if items(each, name) or name != "open"]
        depth = max((len(entries) for _, entries in sides), default=0)
        rows = [
            [
                _verdict(entries[at]) if at < len(entries) else "" if at else "No such verdict is on the register."
                for _, entries in sides
            ]
            for at in range(depth)
        ]
        yield table(f"Verdicts on {text(each.get('subject'))}", {head: 1 / len(sides) for head, _ in sides}, rows)


def alternatives(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="What else was considered")
    yield from _written(
        part(told, "alternatives"),
        lambda each: [
            text(each.get("text")),
            ". Not taken: " if each.get("why_not") else "",
            text(each.get("why_not")),
        ],
    )


def recommendations(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Recommendations", new_page=True)
    every = items(told, "recommendations")
    if not every:
        yield empty("It recommends nothing.")
        return
    yield say("A machine suggests by printed rules; a named person decides. Nobody should act on a draft.")
    yield table(
        "Recommendations and where each stands",
        {"Where": 0.34, "Tactic": 0.26, "State": 0.4},
        [
            (
                bold(text(e.get("place_name"))),
                text(e.get("tactic_name") or e.get("tactic")),
                capital(text(e.get("state_words"))),
            )
            for e in every
        ],
    )
    for each in every:
        yield Heading(
            level=2,
            words=f"{text(each.get('place_name'))}: {_lower(text(each.get('tactic_name') or each.get('tactic')))}",
        )
        yield table(
            f"Recommendation for {text(each.get('place_name'))}", {"What": 0.22, "Words": 0.78}, _recommendation(each)
        )


def glossary(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Glossary")
    rows = [(bold(text(each.get("term"))), text(each.get("meaning"))) for each in items(told, "glossary")]
    yield table("Glossary", {"Term": 0.24, "Meaning": 0.76}, rows) if rows else empty("No term needs saying.")
    yield Heading(level=1, words="How it was worked out")
    for each in items(told, "methods"):
        yield say(bold(sentence(text(each.get("name")))), " ", text(each.get("words")))


def citing(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="How to cite each number", new_page=True)
    yield say(text(told.get("how_to_cite"), lacking="Name the figure's id, the title, the period and the day."))
    yield note("A definition stands in full at the first figure that has it; the others name that figure.")
    rows = list(_figures(items(told, "figures")))
    columns = {"Id": 0.25, "What": 0.34, "Value": 0.16, "Period": 0.17, "Rows": 0.08}
    yield table("Figures", columns, rows, right=(4,), small=True) if rows else empty("There is no figure.")


def _figures(figures: Sequence[Data]) -> Iterator[Sequence[Cell]]:
    """A row a figure. A definition, and what an interval is, is said once; a figure that isn't of rows has none."""
    defined: dict[str, str] = {}
    intervals: set[str] = set()
    for each in figures:
        words, name = text(each.get("definition")), text(each.get("id"))
        first = defined.setdefault(words, name)
        what: list[str | Run] = [text(each.get("label"))]
        what += [quiet(f" {words}")] if first == name else [quiet(", counted as "), *ids([first])]
        interval = text(part(each, "interval").get("words"))
        value = [bold(_value(each)), quiet(_interval(each, named=interval not in intervals))]
        intervals.add(interval)
        rows = "" if each.get("rows") is None else count(each["rows"])
        yield ids([name]), what, value, short_months(each.get("period")), rows


def provenance(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Where everything came from")
    given = part(told, "provenance")
    yield say(
        f"Made on {when(given.get('made_on'))} with {text(given.get('made_with'), lacking='Lamplighter')}; by whom: "
        f"{text(given.get('made_by'), lacking='nobody was named')}. Ground: {text(given.get('ground'), lacking=NOT_KNOWN)}."
    )
    files = [
        (text(line.get("name")), count(line.get("rows_read")), count(line.get("rows_kept")), count(line.get("rows_refused")),
         quiet(text(line.get("sha256"))))
        for each in items(given, "imports") for line in items(each, "files")
    ]  # fmt: skip
    if files:
        columns = {"File": 0.24, "Read": 0.08, "Kept": 0.08, "Refused": 0.08, "SHA-256": 0.52}
        yield table("Files imported", columns, files, right=(1, 2, 3), small=True)
    inputs = [
        (text(e.get("name")), quiet(text(e.get("sha256"))))
        for name in ("given", "definitions")
        for e in items(given, name)
    ]
    if inputs:
        yield Heading(level=2, words="Definitions, and what people gave")
        yield table("Definitions, and what people gave", {"Name": 0.4, "SHA-256": 0.6}, inputs, small=True)


def _written(given: Data, words: object) -> Iterator[Block]:
    every = items(given, "items")
    if every:
        yield bullets(words(each) for each in every)  # type: ignore[operator]
    else:
        yield empty(text(given.get("ask"), lacking=f"{NOT_FILLED}."))


def _verdict(each: Data) -> list[str | Run]:
    limits = f" Limits: {sentence(text(each['limits']))}" if each.get("limits") else ""
    source = f" {text(each.get('source'))} ({text(each.get('status'), lacking='unverified')})."
    kind = f" ({text(each['kind_of_evidence'])})" if each.get("kind_of_evidence") else ""
    return [
        bold(sentence(text(each.get("verdict")))),
        f" {sentence(text(each.get('says')))}{kind}{limits}",
        quiet(source),
    ]


def _recommendation(each: Data) -> list[tuple[Run, list[str | Run]]]:
    dosage_source = text(each.get("dosage_source"))
    status = text(each.get("dosage_status"))
    says = f" ({dosage_source}{f'; {status}' if status else ''})" if dosage_source else ""
    review = when(each["review_on"]) if each.get("review_on") else text(each.get("review_words"))
    rows: list[tuple[str, list[str | Run]]] = [
        ("State", [bold(capital(sentence(text(each.get("state_words"), lacking="draft: nobody has decided"))))]),
        ("What", [text(each.get("what") or each.get("text"))]),
        ("Why here", [text(each.get("why_here"), lacking="A person added it."), " ", *ids(items(each, "figure_ids"))]),
        ("Check first", [text(each.get("check_first"))]),
        ("When", [text(each.get("when"))]),
        ("Dosage", [text(each.get("dosage")), quiet(says)]),
        ("Look for", [text(each.get("look_for"))]),
        ("Do not conclude", [text(each.get("not_to_conclude"))]),
        ("Measure", [text(each.get("measure"))]),
        ("Review", [review]),
        ("Owner", [text(each.get("owner"))]),
        ("Legal basis", [text(each.get("legal_basis"))]),
        ("Equality check", [text(each.get("equality_check"))]),
    ]
    filled = [(name, words) for name, words in rows if any(w.words if isinstance(w, Run) else w.strip() for w in words)]
    lacking = [name for name in _TO_FILL if name not in dict(filled)]
    if lacking:
        filled.append((NOT_FILLED, [capital(", ".join(each.casefold() for each in lacking))]))
    return [(bold(name), words) for name, words in filled]


def _value(each: Data) -> str:
    value = each.get("value")
    if value is None:
        return NOT_KNOWN
    unit = text(each.get("unit"))
    if value == 1 and unit in _PLURALS:
        unit = unit.removesuffix("s")
    return f"{measure(value)}{unit if unit == '%' else f' {unit}'.rstrip()}"


def _interval(each: Data, *, named: bool) -> str:
    """named: is said what kind of interval it is?"""
    told = part(each, "interval")
    of = ""
    if each.get("denominator") is not None:
        of = f" ({measure(each.get('numerator'))} of {measure(each['denominator'])})"
    if not told:
        return of
    kind = f", {text(told.get('words'))}" if named else ""
    low, high = told.get("low"), told.get("high")
    # Counts of rows have whole bounds everywhere in the document; profile.json holds them as they were worked out.
    bounds = whole_span(low, high) if text(each.get("unit")) == "rows" else span(low, high)
    return f"{of} {bounds or NOT_KNOWN}{kind}"


def _lower(words: str) -> str:
    """Within a heading; a name of its own (`Project Vigilant`, `Walk and Talk`) keeps its capitals."""
    rest = words[1:]
    return words if any(letter.isupper() for letter in rest) else words[:1].lower() + rest
