"""The one page that a coordinator mails to one owner: her promises, five columns; and what her answers become.

An answer is the owner's word, so it becomes evidence whose source is that answer, published by the promiser: it can make a
promise claimed, and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError, NoSuchName
from lamplighter.plan.cells import format_cell
from lamplighter.plan.folder import Plan, load_plan
from lamplighter.plan.records import Column, is_known
from lamplighter.plan.records.promising import Promise
from lamplighter.plan.sheets.export import put, write_heads, write_memory
from lamplighter.plan.sheets.harm import meant
from lamplighter.plan.sheets.layout import (
    ANSWERS,
    Memory,
    cell_digest,
    check_is_carried,
    check_is_closed,
    openpyxl,
)
from lamplighter.plan.sheets.reading import Returned, SheetCell, SheetProblem, SheetRow
from lamplighter.plan.sheets.whole_files import replace_all, workbook_bytes
from lamplighter.schema import day_words

HEAD_ROW = 4
ONE_PAGE = 15
WHAT = Column(
    name="what was done", kind="text", says="In a line or two, what has happened since. Empty if nothing has."
)
WHEN = Column(name="on what day", kind="date", says="The day it happened or was finished: 2021-11-04.")
WHERE = Column(
    name="where it can be checked", kind="text", says="A document, an address, a person's post. No names of victims."
)
_HEADS = (
    ("promise", "The promise's id. Leave it as it is.", False),
    ("what was promised", "For you to read; changes here are not taken.", False),
    *((each.name, each.says, False) for each in (WHAT, WHEN, WHERE)),
)
_WIDTHS = (11, 46, 46, 14, 30)


def named_owners(plan: Plan) -> list[str]:
    """Everybody whom a promise names as its owner, once each."""
    return sorted({str(each.owner).strip() for each in plan.promises if is_known(each.owner)})


def ask_owner(folder: Path, *, owner: str, file: Path, asked_on: date) -> int:
    """Writes the sheet of one owner; returns how many promises are on it.

    Raises NoSuchName if no promise names the owner, InputError if all of hers are closed or the file is open.
    """
    check_is_closed(file)
    plan = load_plan(folder)
    owners = {each.casefold(): each for each in named_owners(plan)}
    if not owners:
        raise InputError("No promise names its owner. Fill the column owner of promises.csv first.")
    name = owners.get(owner.strip().casefold())
    if name is None:
        raise NoSuchName("owner", owner, list(owners.values()))
    hers = [
        each
        for each in plan.promises
        if str(each.owner or "").strip().casefold() == name.casefold()
        and not (isinstance(each.closed_on, date) and each.closed_on <= asked_on)
    ]
    if not hers:
        raise InputError(f"Every promise of {name} was closed by {asked_on.isoformat()}. There is nothing to ask.")
    book = openpyxl().Workbook()
    _write_page(book.active, plan, hers, owner=name, asked_on=asked_on)
    cells = {("promises", each.id): {"id": cell_digest(each.id)} for each in hers}
    write_memory(
        book, Memory(about="ask", plan_digest=plan.digest, owner=name, asked_on=asked_on.isoformat(), cells=cells)
    )
    replace_all({file: workbook_bytes(book, on=asked_on)})
    return len(hers)


def _write_page(sheet: Any, plan: Plan, promises: list[Promise], *, owner: str, asked_on: date) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    sheet.title = ANSWERS
    title = f"{plan.header.title}: the promises of {owner}"
    check_is_carried(title, where="The title or the owner's name")
    put(sheet.cell(1, 1), title, title, "text")
    sheet.cell(1, 1).font = Font(bold=True, size=13)
    sheet.cell(
        2,
        1,
        f"Asked on {day_words(asked_on)}. Fill the last three columns, one line a promise, save, and send it back.",
    )
    write_heads(sheet, HEAD_ROW, _HEADS)
    thin = Side(style="thin", color="FFB0B8C0")
    for line, promise in enumerate(promises, start=HEAD_ROW + 1):
        due = promise.due_to if isinstance(promise.due_to, date) else promise.due_words
        words = promise.title or promise.id
        if is_known(due):
            words += f" (due: {format_cell(due)})"
        check_is_carried(words, where=f"promises.csv: {promise.id}, title")
        for at, text in enumerate((promise.id, words, "", "", ""), start=1):
            cell = sheet.cell(line, at)
            cell.number_format = "yyyy-mm-dd" if at == 4 else "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            put(cell, text, text, "text")
        sheet.row_dimensions[line].height = 15 * max(3, -(-len(words) // 42))
    for at, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDE"[at]].width = width
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    # One page as long as it can be read; a long list runs on, with its heads on every page.
    sheet.page_setup.fitToHeight = 1 if len(promises) <= ONE_PAGE else 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"


@dataclass(frozen=True, kw_only=True)
class _Answer:
    promise_id: str
    line: int
    what: SheetCell
    when: SheetCell
    where: SheetCell


def read_answers(book: Any, memory: Memory, *, file: str) -> Returned:
    """The answers as new evidence, and the source that they are read from: this owner's answer of this day."""
    sheet, problems, notes = book[ANSWERS], [], []  # type: Any, list[SheetProblem], list[str]
    asked = {record_id for kind, record_id in memory.cells if kind == "promises"}
    answers: dict[str, _Answer] = {}

    def wrong(cell: str | None, message: str) -> None:
        problems.append(SheetProblem(file=file, sheet=ANSWERS, cell=cell, message=message))

    if merged := sorted(str(each) for each in sheet.merged_cells.ranges):
        wrong(merged[0], "the cells are merged, so all but one of them look empty. Unmerge them.")
    elif [str(cell.value or "").strip() for cell in sheet[HEAD_ROW][:5]] != [name for name, _, _ in _HEADS]:
        wrong(
            f"row {HEAD_ROW}",
            "the heads are not those that were mailed. Put back: " + ", ".join(h[0] for h in _HEADS) + ".",
        )
    else:
        for answer in _answers(sheet, wrong, notes, file=file, epoch=book.epoch):
            if answer.promise_id not in asked:
                wrong(
                    f"A{answer.line}",
                    f"{answer.promise_id!r} is none of the promises that were asked. Put its id back.",
                )
            elif answer.promise_id in answers:
                earlier = answers[answer.promise_id].line
                wrong(
                    f"A{answer.line}",
                    f"{answer.promise_id} is answered here and in row {earlier}. Put both into one row.",
                )
            elif not answer.what.text:
                wrong(
                    answer.what.at,
                    f"{answer.promise_id} has a day or a place, but not what was done. Say it, or empty the row.",
                )
            else:
                answers[answer.promise_id] = answer
    rows = [row for each in answers.values() for row in _rows(each, memory, file=file)]
    if rows:
        rows.insert(0, _source(memory, file=file))
    notes.append(f"{file}: {memory.owner} answers {len(answers)} of {len(asked)} promises asked on {memory.asked_on}.")
    # No sheet of whole record types came back, so none of their rows is missing.
    return Returned(file=file, memory=memory, rows=tuple(rows), kinds=(), problems=tuple(problems), notes=tuple(notes))


def _answers(sheet: Any, wrong: Any, notes: list[str], *, file: str, epoch: Any) -> Iterator[_Answer]:
    for row in sheet.iter_rows(min_row=HEAD_ROW + 1, max_col=5):
        cells = {}
        broken = False
        for told, cell in zip((WHAT, WHEN, WHERE), row[2:], strict=True):
            try:
                found = meant(cell, told, epoch=epoch)
            except ValueError as error:
                wrong(cell.coordinate, f"{told.name}: {error}.")
                broken = True
                continue
            if found.note:
                notes.append(f"{file}, sheet {ANSWERS}, {cell.coordinate}: {found.note}.")
            cells[told.name] = SheetCell(text=found.text, at=cell.coordinate)
        if broken or not any(each.text for each in cells.values()):
            continue
        yield _Answer(
            promise_id=str(row[0].value or "").strip(),
            line=row[0].row,
            what=cells[WHAT.name],
            when=cells[WHEN.name],
            where=cells[WHERE.name],
        )


def _source_id(memory: Memory) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", memory.owner.casefold()).strip("-") or cell_digest(memory.owner)
    return f"src-answer-{plain}-{memory.asked_on}"


def _rows(answer: _Answer, memory: Memory, *, file: str) -> Iterator[SheetRow]:
    record_id = f"E-{answer.promise_id}-{memory.asked_on}"
    at = answer.what.at
    yield SheetRow(
        kind="evidence",
        id=record_id,
        file=file,
        sheet=ANSWERS,
        line=answer.line,
        cells={
            "id": SheetCell(text=record_id, at=at),
            "promise_ids": SheetCell(text=answer.promise_id, at=f"A{answer.line}"),
            "title": answer.what,
            "says": SheetCell(
                text=f"The owner's word. Where it can be checked: {answer.where.text}" if answer.where.text else "",
                at=answer.where.at,
            ),
            "happened_on": answer.when,
            "source_id": SheetCell(text=_source_id(memory), at=at),
            "status": SheetCell(text="unverified", at=at),
            "added_by": SheetCell(text=memory.owner, at=at),
        },
    )


def _source(memory: Memory, *, file: str) -> SheetRow:
    told = {
        "id": _source_id(memory),
        "title": f"Answer of {memory.owner}, asked on {memory.asked_on}",
        "publisher": memory.owner,
        "by_promiser": "yes",
        "kind": "owner's answer",
        "status": "unverified",
    }
    cells = {name: SheetCell(text=text, at="A1") for name, text in told.items()}
    return SheetRow(kind="sources", id=told["id"], file=file, sheet=ANSWERS, line=1, cells=cells)
