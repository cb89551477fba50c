"""How a number, a share, a date, a month and an answer are written on a page: the one place that rounds for the eye."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lamplighter.plan.book import Number
from lamplighter.plan.records.showing import Card, Figure
from lamplighter.schema import (
    NOT_APPLICABLE,
    NOT_KNOWN,
    NOT_STATED,
    brief_words,
    day_words,
    in_unit,
    measured_by,
    period_words,
    slug_of,
)
from lamplighter.studies.answers import StatedNumber

STATUS_CLASSES = {
    "shown": "shown",
    "claimed, not shown": "claimed",
    "can't be shown": "cannot",
    "nothing claimed": "nothing",
    "contradicted": "contradicted",
    "kept": "kept",
    "missed": "missed",
    "partly": "partly",
    "overdue": "overdue",
    "not yet due": "notyet",
    "no date given": "nodate",
    "done, verified": "kept",
    "said to be done": "claimed",
    "reopened": "missed",
    "slipping": "overdue",
    "in hand": "partly",
    "rejected": "nothing",
    "answer not known": "nodate",
    "accepted, nothing promised": "nothing",
}


def status_class(answer: str) -> str:
    """The class of an answer's pill. The words carry the meaning; an answer that we don't know is drawn plain."""
    known = STATUS_CLASSES.get(answer)
    return f"lamp-status lamp-status--{known}" if known else "lamp-status"


def number(value: float | str | None) -> str:
    """6800 → 6,800; 12.8 → 12.8; None → not known. At most one decimal, two below 1."""
    if isinstance(value, str):
        return value
    return brief_words(value)


def quantity(value: float | str | None, unit: str | None = "", qualifier: str | None = "") -> str:
    """A number with its unit: `more than 2,100 arrests`, `12.8% of women 16 and over`, `not known`."""
    written = number(value)
    if value is None or value == NOT_APPLICABLE:
        return written
    return in_unit(written, unit, qualifier=qualifier)


def share(value: float | None) -> str:
    """0.8 → 80.0%; None → not known."""
    return NOT_KNOWN if value is None else f"{100 * value:.1f}%"


def worked_out(value: float | None, unit: str) -> str:
    """A measure's value: a percentage always with one decimal, so that 80 reads 80.0%."""
    if value is not None and unit.startswith("%"):
        return f"{value:.1f}{unit}"
    return quantity(value, unit)


def bare(value: float | None, unit: str) -> str:
    """A measure's value without its unit, for a table whose column head carries it."""
    if value is not None and unit.startswith("%"):
        return f"{round(value, 1) + 0.0:.1f}%"  # −0.04 is 0.0 for the eye: a nought has no sign
    return number(value)


def day(value: date | str | None) -> str:
    """4 April 2022; None → not known."""
    if value is None or value == "":
        return NOT_KNOWN
    return period_words(value) if isinstance(value, str) else day_words(value)


def interval(low: float | None, high: float | None, words: str = "") -> str:
    """`62.1 to 74.4`, or the words given instead, or nothing."""
    if low is None and high is None:
        return words
    return f"{number(low)} to {number(high)}"


def out_of(told: Number | StatedNumber) -> str:
    """`of 8,500 officers`, `a count`, or `denominator not stated`: never silence."""
    words = told.denominator_words
    if told.denominator is None:
        return words.removeprefix("n/a: ") if words else NOT_STATED
    whole = f"{measured_by(told.unit)} {number(told.denominator)}"
    return f"{whole} {words}".strip() if words != NOT_STATED else whole


def figure_out_of(figure: Figure) -> str:
    """The same for a figure of the plan folder."""
    if figure.denominator is None:
        if figure.base is not None:
            return f"base: {number(figure.base)} asked"
        return figure.denominator_label if figure.denominator_label == NOT_APPLICABLE else NOT_STATED
    return f"of {quantity(figure.denominator, figure.denominator_label)}"


def known(value: object) -> str:
    """A text as it is, `not known` for an unknown one and `does not apply` for `n/a`."""
    if value in (None, "", ()):
        return NOT_KNOWN
    if value == NOT_APPLICABLE:
        return "does not apply"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return str(value)


def slug(text: str) -> str:
    """An anchor from an answer: `can't be shown` → `cant-be-shown`."""
    return slug_of(text.replace("'", ""))


def sentence(text: str | None) -> str:
    """A text that ends like a sentence."""
    told = (text or "").strip()
    return told if not told or told[-1] in ".!?" else f"{told}."


CARD_WORDS = (
    ("numerator", "Counted on top"),
    ("denominator", "Out of"),
    ("leaves_out", "Leaves out"),
    ("why_chosen", "Why this number"),
    ("rise_would_mean", "What a rise would mean"),
    ("direction_wanted", "Wanted direction"),
    ("baseline", "Compared with"),
    ("source", "Source"),
    ("statistic_status", "Kind of statistic"),
    ("period", "Period"),
    ("interval_method", "How its uncertainty is worked out"),
    ("quality_issues", "Quality issues"),
    ("completeness", "How complete"),
    ("revision_policy", "Revisions"),
    ("disclosure_rule", "Disclosure rule"),
    ("owner", "Who answers for it"),
    ("needed_words", "Needed to show it"),
    ("status", "How well sourced the definition is"),
)


@dataclass(frozen=True, kw_only=True)
class CardRows:
    """What a card says, field by field, and the fields about which nobody has said anything."""

    said: tuple[tuple[str, str], ...]
    unsaid: tuple[str, ...]


def card_rows(card: Card) -> CardRows:
    """A card's fields for a reader: the known ones in full, the names of the unknown ones together."""
    told = [(words, getattr(card, field)) for field, words in CARD_WORDS]
    return CardRows(
        said=tuple((words, known(value)) for words, value in told if value not in (None, "", ())),
        unsaid=tuple(words[0].lower() + words[1:] for words, value in told if value in (None, "", ())),
    )


def size(length_bytes: int) -> str:
    """How big a file is, for who pays by the byte: `9 KB`, `1.2 MB`."""
    if length_bytes < 1_000_000:
        return f"{max(1, round(length_bytes / 1000)):,} KB"
    return f"{length_bytes / 1_000_000:.1f} MB"


FILTERS = {
    "size": size,
    "card_rows": card_rows,
    "number": number,
    "quantity": quantity,
    "day": day,
    "period": period_words,
    "worked_out": worked_out,
    "interval": interval,
    "known": known,
    "sentence": sentence,
    "status_class": status_class,
    "out_of": out_of,
    "figure_out_of": figure_out_of,
}
