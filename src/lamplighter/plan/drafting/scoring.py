"""How well a draft meets labels made by a person: precision and recall of promises, figures and dates, with the counts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lamplighter.errors import FileRefused, listed
from lamplighter.plan.drafting.draft import Draft
from lamplighter.plan.text import read_text

KINDS = ("promise", "figure", "date")
HEADS = ("kind", "id", "start", "end", "words", "value")
_VALUE = re.compile(r"-?\d+(?:\.\d+)?")
_CLOSE = 1e-3


@dataclass(frozen=True, kw_only=True)
class Label:
    """One stretch of a text that a person labelled. Rows of one promise share its id; an empty value is not compared."""

    kind: str
    id: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Score:
    """One kind: how many labelled, found of those, drafted, right of those; shares are None where there is nothing to share."""

    kind: str
    labelled: int
    found: int
    drafted: int
    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float | None:
        return self.found / self.labelled if self.labelled else None

    @property
    def precision(self) -> float | None:
        return self.right / self.drafted if self.drafted else None


def read_labels(path: Path, *, text: str) -> tuple[Label, ...]:
    """The labels of a CSV with the columns kind, id, value and either start and end (offsets in the text) or words.

    Offsets win over words, which must then be the words that stand there. Without offsets words are looked for in the text;
    the second row with the same words is their second place. Raises FileRefused by line.
    """
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    heads = reader.fieldnames or []
    if not {"kind", "id"} <= set(heads) or not ({"start", "end"} <= set(heads) or "words" in heads):
        raise FileRefused(f"{path.name} needs the columns kind, id, value and either start and end or words.")
    labels: list[Label] = []
    wrong: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for row in reader:
        kind, words = (row.get("kind") or "").strip(), " ".join((row.get("words") or "").split())
        where = f"line {reader.line_num}"
        value = (row.get("value") or "").strip()
        if kind not in KINDS:
            wrong.append(f"{where}: {kind!r} is not one of {listed(KINDS)}")
            continue
        if kind == "figure" and not _VALUE.fullmatch(value):
            wrong.append(f"{where}: a figure needs a value such as 6800 or 12.8, not {value!r}")
            continue
        offsets = (row.get("start") or "").strip(), (row.get("end") or "").strip()
        if any(offsets) or not words:
            try:
                start, end = int(offsets[0]), int(offsets[1])
            except ValueError:
                wrong.append(f"{where}: needs start and end as whole numbers, or words")
                continue
            if not 0 <= start < end <= len(text):
                wrong.append(f"{where}: {start} to {end} is not a stretch of this text of {len(text):,} characters")
                continue
            if words and " ".join(text[start:end].split()) != words:
                wrong.append(f"{where}: other words stand at {start} to {end} of the text than the row has")
                continue
        else:
            begins = seen.get((kind, words), 0)
            place = re.compile(r"\s+".join(re.escape(word) for word in words.split())).search(text, begins)
            if place is None:
                wrong.append(f"{where}: its words don't stand in the text" + (" once more" if begins else ""))
                continue
            seen[kind, words] = place.end()
            start, end = place.span()
        labels.append(Label(kind=kind, id=(row.get("id") or "").strip(), start=start, end=end, value=value))
    if wrong:
        raise FileRefused(f"{path.name} can't be used:\n  " + "\n  ".join(wrong[:20]))
    if not labels:
        raise FileRefused(f"{path.name} has no label. Add a row a promise, figure and date.")
    return tuple(labels)


@dataclass(frozen=True, kw_only=True)
class _Drafted:
    start: int
    end: int
    value: str
    words: str


def score(drafted: Draft, labels: Sequence[Label]) -> tuple[Score, ...]:
    """A promise is found if one of its sentences is drafted; a figure or a date if its place and value agree.

    One drafted figure meets one label at most. A sentence that is drafted and holds no label is wrong.
    """
    promises = [_Drafted(start=p.start, end=p.end, value="", words=p.text) for p, _ in drafted.promises]
    figures = [
        _Drafted(start=f.found.start, end=f.found.end, value=str(f.found.value), words=f.found.words)
        for f in drafted.figures
    ]
    dates = [_Drafted(start=d.start, end=d.end, value=d.value, words=d.words) for _, d in drafted.dates]
    return (
        _promises(promises, [each for each in labels if each.kind == "promise"]),
        _paired("figure", figures, [each for each in labels if each.kind == "figure"]),
        _paired("date", dates, [each for each in labels if each.kind == "date"]),
    )


def _meet(drafted: _Drafted, label: Label) -> bool:
    return drafted.start < label.end and label.start < drafted.end


def _promises(drafted: Sequence[_Drafted], labels: Sequence[Label]) -> Score:
    ids = list(dict.fromkeys(each.id for each in labels))
    found = {each.id for each in labels if any(_meet(one, each) for one in drafted)}
    wrong = tuple(one.words for one in drafted if not any(_meet(one, each) for each in labels))
    return Score(
        kind="promise",
        labelled=len(ids),
        found=len(found),
        drafted=len(drafted),
        right=len(drafted) - len(wrong),
        missed=tuple(each for each in ids if each not in found),
        wrong=wrong,
    )


def _paired(kind: str, drafted: Sequence[_Drafted], labels: Sequence[Label]) -> Score:
    left = list(drafted)
    missed = []
    for label in labels:
        hit = next((one for one in left if _meet(one, label) and _agree(kind, one.value, label.value)), None)
        if hit is None:
            missed.append(label.id)
        else:
            left.remove(hit)
    return Score(
        kind=kind,
        labelled=len(labels),
        found=len(labels) - len(missed),
        drafted=len(drafted),
        right=len(drafted) - len(left),
        missed=tuple(missed),
        wrong=tuple(one.words for one in left),
    )


def _agree(kind: str, drafted: str, label: str) -> bool:
    if not label:
        return True
    if kind == "figure":
        return abs(float(drafted) - float(label)) <= _CLOSE * max(1.0, abs(float(label)))
    return drafted == label
