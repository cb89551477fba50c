"""The document's first half page by page: page one, terms of reference, definition, what the source holds and can't say."""

from __future__ import annotations

from collections.abc import Iterator

from lamplighter.reports.profile.blocks import (
    Block,
    Heading,
    Say,
    bold,
    box,
    bullets,
    empty,
    ids,
    note,
    runs_of,
    say,
    table,
)
from lamplighter.reports.profile.wording import (
    NOT_FILLED,
    Data,
    capital,
    count,
    items,
    months_in,
    part,
    sentence,
    share,
    text,
    when,
    when_or,
)

LIMITS_FIRST = 8  # of what the source can't say; the others follow, folded on a screen
# Reasons as an import names them that would not be understood outside it.
REFUSALS = {
    "from after to": "it begins after it ends",
    "reported not a date or time as the mapping states": "the time of report is none that the mapping allows",
}
TERMS = (
    ("asked_by", "Asked for by"),
    ("author", "Author"),
    ("reviewer", "Reviewer"),
    ("version", "Version"),
    ("handling", "Handling mark"),
    ("valid_until", "Valid until"),
)


def first_page(told: Data) -> Iterator[Block]:
    """What it is and is not, at most five findings with how sure they are, and the decision that is wanted."""
    if told.get("synthetic"):
        yield box(bold(text(told.get("synthetic_words"), lacking="Made-up data: no person or crime in it is real.")))
    yield box(text(told.get("what_it_is")))
    summary = part(told, "summary")
    yield Heading(level=1, words="What was found")
    findings = items(summary, "findings")
    if not findings:
        yield empty("Nothing was found that the source is strong enough to say.")
    for each in findings:
        yield _finding(each)
    yield Heading(level=1, words="The decision wanted")
    yield say(text(summary.get("decision_wanted"), lacking="Nobody has asked for a decision."))
    yield note(_draft_or_decided(told))


def terms(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="Terms of reference", new_page=True)
    given = part(told, "terms")
    rows = [(bold(label), when_or(given.get(key), NOT_FILLED)) for key, label in TERMS]
    yield table("Terms of reference", {"What": 0.3, "As filled in": 0.7}, rows)
    if given.get("ask"):
        yield empty(text(given["ask"]))
    question = part(told, "question")
    area = part(question, "area")
    asked = [
        ("Area", ", ".join(each for each in (text(area.get("name")), _area_kind(area)) if each)),
        ("Force", text(area.get("force"), lacking="not known")),
        ("Period", f"{when(question.get('first_month'))} to {when(question.get('last_month'))}"),
        ("Months present", count(question.get("months_present"))),
        ("A place reaches", f"{count(question.get('radius_m'))} metres from its middle"),
        ("Places shown", count(question.get("places"))),
        ("Places chosen by", "days of harm" if question.get("weigh_by") == "harm" else "count of rows"),
    ]
    yield Heading(level=2, words="The question")
    yield table("The question", {"What": 0.3, "As asked": 0.7}, [(bold(name), words) for name, words in asked])
    if chosen := items(told, "chosen"):
        yield Heading(level=2, words="Chosen because nobody said otherwise")
        yield bullets([months_in(each)] for each in chosen)


def definition(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="What is counted")
    given = part(told, "definition")
    yield box(bold("Definition. "), months_in(given.get("words")) or "not said")
    yield say(bold("Source: "), sentence(text(given.get("source"), lacking="not said")))
    if offences := items(given, "offences"):
        yield say(bold("Offences: "), sentence("; ".join(text(each) for each in offences)))
    yield say(bold("Status: "), sentence(text(given.get("status"), lacking="not said")))


def completeness(told: Data) -> Iterator[Block]:
    yield Heading(level=1, words="What the source holds, and what it can't say")
    given = part(told, "completeness")
    rows = [
        ("Rows read", count(given.get("rows_read"))),
        ("Rows kept", count(given.get("rows_kept"))),
        ("Rows refused", count(given.get("rows_refused"))),
        ("Rows of a file that was there before", count(given.get("rows_duplicate"))),
        ("Rows of the force", count(given.get("rows_of_force"))),
        ("Of these with a point on the map", f"{count(given.get('located'))} ({share(given.get('located_share'))})"),
        ("Rows of this question", count(given.get("rows_of_question"))),
        ("Of these with a point on the map", count(given.get("located_of_question"))),
        ("Anti-social behaviour, never counted as crime", count(given.get("asb_rows"))),
        ("Distinct crime references", count(given.get("distinct_crime_ids"))),
    ]
    if heading := text(given.get("heading")):
        yield say(bold(sentence(heading)))
    yield table("Rows of the source", {"What": 0.7, "Rows": 0.3}, rows, right=(1,))
    if refused := part(given, "refused"):
        yield Heading(level=2, words="Why rows were refused")
        yield bullets([f"{_refusal(text(reason))}: ", count(number)] for reason, number in refused.items())
    yield say(*_months_of(given))
    ground = part(given, "off_ground")
    if ground.get("rows"):
        names = ", ".join(
            f"{text(each.get('name'))} ({count(each.get('rows'))})" for each in items(ground, "districts")
        )
        yield say(
            "Off the force's own ground, so that they set no map's extent: "
            f"{'1 row' if ground['rows'] == 1 else count(ground['rows']) + ' rows'}: ",
            sentence(names),
        )
    if known := items(given, "known"):
        yield Heading(level=2, words="How complete each field is")
        fields = [
            (
                capital(text(each.get("words") or each.get("field"))),
                count(each.get("known")),
                count(each.get("of")),
                share(each.get("share")),
            )
            for each in known
        ]
        columns = {"Field": 0.46, "Known": 0.18, "Out of rows": 0.18, "Share": 0.18}
        yield table("How complete each field is", columns, fields, right=(1, 2, 3))
    yield Heading(level=2, words="What this cannot say")
    limits = [[text(each)] for each in items(told, "what_this_cannot_say")]
    yield bullets(limits[:LIMITS_FIRST])
    if more := limits[LIMITS_FIRST:]:
        yield bullets(more, fold=f"And {count(len(more))} more that this cannot say")


def _area_kind(area: Data) -> str:
    kind = text(area.get("kind"))
    return kind.upper() if kind == "lsoa" else kind


def _refusal(reason: str) -> str:
    return capital(REFUSALS.get(reason, reason))


def _finding(each: Data) -> Say:
    sure = text(each.get("confidence"))
    told = [bold(f"{capital(sure)} confidence. ")] if sure else []
    return Say(runs=runs_of([*told, text(each.get("text")), " ", *ids(items(each, "figure_ids"))]), kind="finding")


def _draft_or_decided(told: Data) -> str:
    recommended = items(told, "recommendations")
    waiting = sum(each.get("state") == "draft" for each in recommended)
    if not recommended:
        return "It recommends nothing."
    if waiting:
        return f"{count(waiting)} of {count(len(recommended))} recommendations are drafts: nobody has decided them."
    return "Every recommendation has been decided; who decided stands beside each."


def _months_of(given: Data) -> list[str]:
    told = [f"Months present: {count(len(items(given, 'months_present')))}. "]
    missing, partial = items(given, "months_missing"), items(given, "months_partial")
    told.append(f"Missing, so unknown and not zero: {_listed(missing)}. " if missing else "No month is missing. ")
    if partial:
        told.append(f"They look partial beside their neighbours: {_listed(partial)}.")
    return told


def _listed(months: object) -> str:
    return ", ".join(when(each if not isinstance(each, dict) else each.get("month")) for each in months)  # type: ignore[attr-defined]
