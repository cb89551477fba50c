"""How a measure shows itself: in a notebook as chart, words and table, in a terminal as words and table."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from lamplighter.errors import PartMissing
from lamplighter.reports.site.drawing import inline
from lamplighter.schema import MADE_UP, NOT_KNOWN, brief_words, day_words, period_words

if TYPE_CHECKING:
    from lamplighter.notebook.measured import Measured

LATEST = 13  # a year and the month before it
SIGNALS = 5
PARTS = 40
# Black on white by itself: a notebook may be dark, and the chart's ink is not.
_FRAME = "background:#ffffff;color:#0b0c0c;padding:12px 16px;max-width:60em;line-height:1.4"
_BANNER = "background:#0b0c0c;color:#ffffff;padding:4px 8px;font-weight:bold"


def as_html(measured: Measured) -> str:
    """The measure for a notebook: every word escaped, the chart inline, no script; what is long is folded away."""
    answer = measured.answer
    parts = [f'<p style="{_BANNER}">{escape(MADE_UP)}</p>' if measured.is_made_up else ""]
    parts.append(f'<h3 style="margin:0">{escape(answer.title)}</h3>')
    parts.append(f"<p>{escape(' · '.join(subtitle(measured)))}</p>")
    parts.append(f"<p><strong>{escape(answer.summary)}</strong></p>" if answer.summary else "")
    parts.append(_chart(measured))
    parts.append(_list("Before you use it", answer.caveats))
    parts.append(_list("Where it can’t be read across", (break_words(measured))))
    parts += [f"<p>{escape(each)}</p>" for each in reading_words(measured)]
    parts.append(f"<p>{escape(signal_words(measured))}</p>")
    if answer.signals:
        parts.append(_list("The latest signals", latest_signals(measured)))
    parts.append(measured.points.as_html(first=0, last=LATEST))
    parts.append(measured.latest_layers.as_html(first=PARTS, last=0) if answer.layers else "")
    told = "".join(
        f"<dt><strong>{escape(name)}</strong></dt><dd>{escape(words)}</dd>" for name, words in known_by(measured)
    )
    parts.append(f"<details><summary>Definition, and how we know</summary><dl>{told}</dl></details>")
    return f'<section aria-label="{escape(answer.title)}" style="{_FRAME}">{"".join(parts)}</section>'


def as_text(measured: Measured) -> str:
    """The measure for a terminal."""
    answer = measured.answer
    told = [MADE_UP] if measured.is_made_up else []
    told += [answer.title, " · ".join(subtitle(measured))]
    told += [answer.summary] if answer.summary else []
    told += [f"  Note: {each}" for each in answer.caveats]
    told += [f"  {each}" for each in break_words(measured)]
    told += [f"  {each}" for each in (*reading_words(measured), signal_words(measured))]
    told += [f"  {each}" for each in latest_signals(measured)]
    told.append(measured.points.as_text(first=0, last=LATEST))
    told += [measured.latest_layers.as_text(first=PARTS, last=0)] if answer.layers else []
    return "\n".join(told)


def subtitle(measured: Measured) -> list[str]:
    """Area, unit, kind of statistic, and up to when it was looked at."""
    answer = measured.answer
    last = period_words(answer.points[-1].period) if answer.points else NOT_KNOWN
    seen = "all months imported" if measured.as_of is None else f"as of {day_words(measured.as_of)}"
    return [answer.area, answer.unit, answer.statistic, f"{seen}, to {last}"]


def break_words(measured: Measured) -> list[str]:
    """Each break with who says so."""
    return [
        f"{period_words(each.period)}: {each.words.rstrip('.')} ({'marked by us' if each.marked else 'found by the level test'})"
        for each in measured.answer.breaks
    ]


def reading_words(measured: Measured) -> list[str]:
    """What a rise would mean, and what it may only be read beside."""
    answer = measured.answer
    told = [f"What a rise would mean: {answer.rise_would_mean}"] if answer.rise_would_mean else []
    return [*told, *([f"Only to be read beside: {measured.pair_words}."] if measured.pair_words else [])]


def signal_words(measured: Measured) -> str:
    """How many changes the rules called, or that none are applied."""
    answer = measured.answer
    if not answer.phases:
        return "No rules are applied to this measure."
    if not answer.signals:
        return "No rule called a change in this series."
    many = "1 change was" if len(answer.signals) == 1 else f"{len(answer.signals)} changes were"
    return f"{many} called by stated rules; a series in which nothing changed signals now and then too."


def latest_signals(measured: Measured) -> list[str]:
    """The latest signals, each with its rule and its size."""
    ordered = sorted(measured.answer.signals, key=lambda each: (each.until, each.since), reverse=True)
    return [
        f"{period_words(each.since)} to {period_words(each.until)}: {each.rule_words.rstrip('.')}; {each.words}."
        for each in ordered[:SIGNALS]
    ]


def known_by(measured: Measured) -> list[tuple[str, str]]:
    """The definition and the provenance, a name and words each."""
    answer, known = measured.answer, measured.provenance
    said = NOT_KNOWN if measured.card is None else measured.card.plain_definition or NOT_KNOWN
    leaves_out = None if measured.card is None else measured.card.leaves_out
    return [
        ("Definition", f"{said} ({answer.definition_id}, version {answer.definition_version})"),
        ("Leaves out", leaves_out or NOT_KNOWN),
        ("Study", known.study),
        ("Asked with", "; ".join(f"{name}: {value}" for name, value in known.question.items())),
        ("Imports", ", ".join(known.import_ids) or "none"),
        *(("File", f"{name}, SHA-256 {sha256}") for name, sha256 in known.files),
        (
            "Rows",
            f"{brief_words(known.rows_read)} read, {brief_words(known.rows_used)} used, "
            f"{brief_words(known.rows_refused)} refused",
        ),
        ("Made by", f"Lamplighter {known.code_version}"),
    ]


def _chart(measured: Measured) -> str:
    """The chart as it stands on the site, with ids of its own; or why there is none."""
    if not measured.answer.points:
        return "<p>Not drawn: there is no number to draw.</p>"
    try:
        svg = str(inline(measured.svg, measured.id))
    except PartMissing as lacking:
        return f"<p>Not drawn: {escape(str(lacking))}</p>"
    scaled = svg.replace("<svg ", '<svg style="max-width:100%;min-width:32em;height:auto" ', 1)
    return f'<div role="region" aria-label="Chart" tabindex="0" style="overflow-x:auto">{scaled}</div>'


def _list(heading: str, words: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(each)}</li>" for each in words)
    return f"<p><strong>{escape(heading)}</strong></p><ul>{items}</ul>" if items else ""
