"""The draft inside a plan folder: draft/*.csv, one row an item with why it was picked and how sure, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from lamplighter.errors import InputError, NoSuchName
from lamplighter.plan.drafting.draft import Draft
from lamplighter.plan.editing import start_folder, write_text
from lamplighter.plan.folder import HEADER, Plan, as_csv, load_plan, read_records
from lamplighter.plan.records.columns import Record, column
from lamplighter.plan.records.promising import KINDS
from lamplighter.plan.records.showing import QUALIFIERS, ROLES

DRAFT = "draft"
SURENESS = ("firm", "likely", "doubtful")
NOT_SAID = "Not said yet"


@dataclass(frozen=True, kw_only=True)
class DraftedText:
    """The text that the draft was made from, and the version of the plan that it is."""

    FILE: ClassVar[str] = "texts.csv"
    TITLE: ClassVar[str] = "Drafted text"
    id: str = column("id", "Always T1.", required=True)
    name: str | None = column("text", "The file's name.", required=True)
    sha256: str | None = column("text", "SHA-256 of its text.", required=True)
    version: str = column("id", "The version of the plan that it is.", required=True)


@dataclass(frozen=True, kw_only=True)
class DraftSentence:
    """One sentence of the text, with its place in it."""

    FILE: ClassVar[str] = "sentences.csv"
    TITLE: ClassVar[str] = "Drafted sentences"
    id: str = column("id", "Made of the sentence's own words, so that edits elsewhere leave it.", required=True)
    position: int = column("whole", "Its place, from 1.", required=True)
    start: int = column("whole", "Where it begins, in characters.", required=True)
    end: int = column("whole", "Where it ends.", required=True)
    shape: str | None = column("choice", "What it looks like.", choices=("sentence", "bullet", "heading", "lead"))
    sha256: str | None = column("text", "SHA-256 of the normalised sentence.", required=True)
    text: str = column("text", "The sentence.", required=True)


@dataclass(frozen=True, kw_only=True)
class DraftPromise:
    """A sentence that may promise something."""

    FILE: ClassVar[str] = "promises.csv"
    TITLE: ClassVar[str] = "Drafted promises"
    id: str = column("id", "The id that the promise gets when it is confirmed.", required=True)
    sentence_id: str = column("id", "Its sentence.", required=True)
    kind: str | None = column("choice", "What kind it looks like.", choices=KINDS)
    why: str = column("text", "Why it was picked.", required=True)
    sure: str | None = column("choice", "How sure the rule is.", choices=SURENESS)
    rule: str = column("text", "The rule, by its name in the table of rules.", required=True)


@dataclass(frozen=True, kw_only=True)
class DraftFigure:
    """A number that may be a figure of the plan."""

    FILE: ClassVar[str] = "figures.csv"
    TITLE: ClassVar[str] = "Drafted figures"
    id: str = column("id", "The id that the figure gets when it is confirmed.", required=True)
    sentence_id: str = column("id", "Its sentence.", required=True)
    words: str = column("text", "The number as it stands there.", required=True)
    value: float = column("number", "The number.", required=True)
    unit: str | None = column("text", "Of what; empty if the words beside it don't say.")
    qualifier: str | None = column("choice", "How firmly it is put.", choices=QUALIFIERS)
    counts: str | None = column("text", "The stretch that says what it counts.")
    date_words: str | None = column("text", "The date nearest to it in its sentence.")
    role: str | None = column("choice", "What it may be for its promise: a proposal.", choices=ROLES)
    why: str = column("text", "Why it was picked.", required=True)
    sure: str | None = column("choice", "How sure the rule is.", choices=SURENESS)


@dataclass(frozen=True, kw_only=True)
class DraftDate:
    """Words that name a time."""

    FILE: ClassVar[str] = "dates.csv"
    TITLE: ClassVar[str] = "Drafted dates"
    id: str = column("id", "Short and stable.", required=True)
    sentence_id: str = column("id", "Its sentence.", required=True)
    words: str = column("text", "The words.", required=True)
    begins: date | None = column("date", "First day that the words mean, where they say it.")
    ends: date | None = column("date", "Last day that they mean.")
    partly: str | None = column("text", "What they say of a day without its year: --11-03.")
    looks: str | None = column("choice", "Which way the words look.", choices=("forward", "back"))
    why: str = column("text", "Why it was picked.", required=True)
    sure: str | None = column("choice", "How sure the rule is.", choices=SURENESS)


@dataclass(frozen=True, kw_only=True)
class DraftProgramme:
    """The name of a programme, an operation, a fund or a unit."""

    FILE: ClassVar[str] = "programmes.csv"
    TITLE: ClassVar[str] = "Drafted programmes"
    id: str = column("id", "Short and stable.", required=True)
    sentence_id: str = column("id", "The sentence that names it first.", required=True)
    words: str = column("text", "The name.", required=True)
    why: str = column("text", "Why it was picked.", required=True)
    sure: str | None = column("choice", "How sure the rule is.", choices=SURENESS)


@dataclass(frozen=True, kw_only=True)
class ReviewAnswer:
    """What a named person answered about one item."""

    FILE: ClassVar[str] = "answers.csv"
    TITLE: ClassVar[str] = "Review's answers"
    id: str = column("id", "The item.", required=True)
    number: int = column("whole", "In which order it was answered, so that the last can be undone.", required=True)
    answer: str | None = column("choice", "What was answered.", required=True, choices=("confirmed", "refused"))
    answered_by: str = column("text", "Who.", required=True)
    answered_on: date = column("date", "When.", required=True)


DRAFT_TYPES: tuple[type[Record], ...] = (DraftSentence, DraftPromise, DraftFigure, DraftDate, DraftProgramme)


def rows_of(draft: Draft, *, taken: frozenset[str] = frozenset()) -> dict[type[Record], list[Any]]:
    """The draft as rows. Items are numbered in the order of the text, past the ids that the folder has `taken`."""

    def numbered(letter: str, found: Sequence[Any]) -> list[tuple[str, Any]]:
        begin = max((int(each[1:]) for each in taken if each[0] == letter and each[1:].isdigit()), default=0)
        width = max(2, len(str(begin + len(found))))
        return [(f"{letter}{begin + at:0{width}d}", each) for at, each in enumerate(found, 1)]

    return {
        DraftSentence: [
            DraftSentence(id=p.id, position=p.position, start=p.start, end=p.end, shape=p.shape, sha256=p.sha256, text=p.text)
            for p in draft.sentences
        ],
        DraftPromise: [
            DraftPromise(id=key, sentence_id=p.id, kind=told.kind, why=told.why, sure=told.sure, rule=told.rule)
            for key, (p, told) in numbered("P", draft.promises)
        ],
        DraftFigure: [
            DraftFigure(
                id=key,
                sentence_id=each.sentence.id,
                words=each.found.words,
                value=each.found.value,
                unit=each.unit,
                qualifier=each.found.qualifier or None,
                counts=each.found.counts or None,
                date_words=each.date_words or None,
                role=each.role,
                why=each.found.why
                + (f"; unit taken from “{each.unit_from}” before it" if each.unit_from else "")
                + f"; {each.role}: {each.role_why}",
                sure="doubtful" if each.unit_from else each.found.sure,
            )
            for key, each in numbered("G", draft.figures)
        ],
        DraftDate: [
            DraftDate(
                id=key,
                sentence_id=p.id,
                words=told.words,
                begins=told.begins,
                ends=told.ends,
                partly=told.partly or None,
                looks=told.looks or None,
                why=(f"names {told.form}" if told.form != "today" else "names a day by when it is read")
                + (f"; counted from {told.counted_from}, the day at the top of the text" if told.counted_from else ""),
                sure="firm" if told.begins and not told.counted_from else "likely",
            )
            for key, (p, told) in numbered("W", draft.dates)
        ],
        DraftProgramme: [
            DraftProgramme(id=key, sentence_id=p.id, words=told.name, why=told.why, sure=told.sure)
            for key, (p, told) in numbered("N", draft.programmes)
        ],
    }  # fmt: skip


def write_draft(
    draft: Draft, *, folder: Path, name: str, title: str | None, body: str | None, version: str | None, today: date
) -> dict[type[Record], list[Any]]:
    """Writes the draft into a plan folder, which is started if it is not there. Its records are left as they are.

    Raises InputError if the folder holds a draft already: what was answered about it must not be lost.
    """
    if (folder / DRAFT / DraftedText.FILE).is_file():
        raise InputError(
            f"{folder} holds a draft already. Go on with it: lamplighter plan review {folder} --by NAME. "
            f"Or move {folder / DRAFT} away first."
        )
    if not (folder / HEADER).is_file():
        start_folder(folder, title=title or Path(name).stem, body=body or NOT_SAID, today=today)
    plan = load_plan(folder)
    known = [each.id for each in plan.header.versions]
    chosen = version or known[-1]
    if chosen not in known:
        raise NoSuchName("version in plan.toml", chosen, known)
    rows = rows_of(draft, taken=taken_ids(plan))
    (folder / DRAFT).mkdir(exist_ok=True)
    for kind, found in rows.items():
        write_text(folder / DRAFT / kind.FILE, as_csv(kind, found))
    write_text(folder / DRAFT / ReviewAnswer.FILE, as_csv(ReviewAnswer, ()))
    text = DraftedText(id="T1", name=name, sha256=draft.sha256, version=chosen)
    write_text(folder / DRAFT / DraftedText.FILE, as_csv(DraftedText, (text,)))  # last: a draft without it is none
    return rows


def taken_ids(plan: Plan) -> frozenset[str]:
    """Every id that a record of the folder has."""
    return frozenset(record.id for records in plan.records.values() for record in records)


def read_draft(folder: Path) -> dict[type, tuple[Any, ...]]:
    """The draft of a folder, with its text and the answers so far. Raises InputError naming the lines that can't be read."""
    if not (folder / DRAFT / DraftedText.FILE).is_file():
        raise InputError(f"{folder} holds no draft. Make one: lamplighter plan draft TEXT --out {folder}")
    told: dict[type, tuple[Any, ...]] = {}
    kinds: tuple[type[Record], ...] = (DraftedText, *DRAFT_TYPES, ReviewAnswer)
    problems: list[str] = []
    for kind in kinds:
        path = folder / DRAFT / kind.FILE
        if not path.is_file():
            problems.append(f"{DRAFT}/{path.name} is gone.")
            continue
        found, wrong = read_records(path, kind)
        problems += [f"{DRAFT}/{each}" for each in wrong]
        told[kind] = tuple(record for _, record in found)
    if not problems and len(told[DraftedText]) != 1:
        problems.append(f"{DRAFT}/{DraftedText.FILE} must have one row.")
    if problems:
        raise InputError("The draft can't be read. Mend it, or make it again:\n  " + "\n  ".join(problems[:20]))
    return told
