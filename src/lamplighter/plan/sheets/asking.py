"""The one page that a coordinator mails to one owner: her promises, five columns; and what her answers become.

An answer is the owner's word, so it becomes evidence whose source is that answer, published by the promiser: it can make a
promise claimed, and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError
from lamplighter.plan.cells import format_cell
from lamplighter.plan.folder import Plan, load_plan
from lamplighter.plan.records import Column, is_known
from lamplighter.plan.records.promising import Promise
from lamplighter.plan.sheets.export import FONT, put, write_heads, write_memory
from lamplighter.plan.sheets.harm import meant
from lamplighter.plan.sheets.layout import (
    ANSWERS,
    Memory,
    cell_digest,
    check_is_carried,
    check_is_closed,
    openpyxl,
)
from lamplighter.plan.sheets.owners import file_name_of, named_owners, open_promises_of, owner_called
from lamplighter.plan.sheets.reading import Returned, SheetCell, SheetProblem, SheetRow
from lamplighter.plan.sheets.whole_files import make_folder, workbook_bytes, write_file
from lamplighter.schema import day_words

HEAD_ROW = 4
ONE_PAGE = 15
DAYS_TO_ANSWER = 14
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
    *((each.name, each.says, True) for each in (WHAT, WHEN, WHERE)),
)
# Together as wide as an upright A4 page at a size that can be read on paper.
_WIDTHS = (10, 33, 34, 14, 23)
_WIDE = sum(_WIDTHS)
_READ_ONLY, _LINE = "FFF3F2F1", "FFB1B4B6"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One page: whose, where it was written, how many promises are on it, and by when it is wanted back."""

    owner: str
    file: Path
    promises: int
    back_by: date


def ask_owner(
    folder: Path, *, owner: str, file: Path, asked_on: date, back_by: date | None = None, send_to: str = ""
) -> Asked:
    """Writes the page of one owner.

    back_by: the day by which it is wanted back; two weeks after the asking if None. send_to: to whom, in words.
    Raises NoSuchName if no promise names the owner, InputError if all of hers are closed, the day lies before the asking or
    the file is open.
    """
    plan = load_plan(folder)
    name = owner_called(plan, owner)
    if not open_promises_of(plan, name, on=asked_on):
        raise InputError(f"Every promise of {name} was closed by {asked_on.isoformat()}. There is nothing to ask.")
    return _ask(plan, name, file, asked_on=asked_on, back_by=back_by, send_to=send_to)


def ask_all(
    folder: Path, *, into: Path, asked_on: date, back_by: date | None = None, send_to: str = ""
) -> tuple[Asked, ...]:
    """Writes a page into a folder for everybody who owns a promise that is open. Raises InputError as `ask_owner` does."""
    plan = load_plan(folder)
    owners = [each for each in named_owners(plan) if open_promises_of(plan, each, on=asked_on)]
    if not owners:
        raise InputError(f"Every promise with an owner was closed by {asked_on.isoformat()}. There is nothing to ask.")
    make_folder(into)
    files = {each: into / f"{asked_on.isoformat()}-{file_name_of(each)}.xlsx" for each in owners}
    return tuple(
        _ask(plan, each, file, asked_on=asked_on, back_by=back_by, send_to=send_to) for each, file in files.items()
    )


def _ask(plan: Plan, owner: str, file: Path, *, asked_on: date, back_by: date | None, send_to: str) -> Asked:
    back_by = back_by or asked_on + timedelta(days=DAYS_TO_ANSWER)
    if back_by < asked_on:
        raise InputError(
            f"{back_by.isoformat()} lies before the day of asking, {asked_on.isoformat()}. Give a later day."
        )
    check_is_closed(file)
    hers = open_promises_of(plan, owner, on=asked_on)
    book = openpyxl().Workbook()
    _write_top(book.active, plan, owner=owner, asked_on=asked_on, back_by=back_by, send_to=send_to)
    _write_rows(book.active, hers)
    _set_up_print(book.active, last_line=HEAD_ROW + len(hers), fits=len(hers) <= ONE_PAGE)
    cells = {("promises", each.id): {"id": cell_digest(each.id)} for each in hers}
    write_memory(
        book, Memory(about="ask", plan_digest=plan.digest, owner=owner, asked_on=asked_on.isoformat(), cells=cells)
    )
    write_file(file, workbook_bytes(book, on=asked_on))
    return Asked(owner=owner, file=file, promises=len(hers), back_by=back_by)


def _write_top(sheet: Any, plan: Plan, *, owner: str, asked_on: date, back_by: date, send_to: str) -> None:
    """Whose page it is, what to do with it, and by when and to whom it goes back."""
    from openpyxl.styles import Alignment, Font

    sheet.title = ANSWERS
    told = (
        f"{' '.join(plan.header.title.split())}: the promises of {owner}",
        "What has happened since? Fill the three white columns, one row a promise. Leave a row empty if nothing has.",
        f"Asked on {day_words(asked_on)}. Save it and send it back by {day_words(back_by)} to "
        f"{' '.join(send_to.split()) or 'whoever sent it to you'}.",
    )
    check_is_carried(" ".join(told), where="The title, the owner's name or whom to send it to")
    for line, (text, size) in enumerate(zip(told, (15, 11, 11), strict=True), start=1):
        cell = sheet.cell(line, 1)
        put(cell, text, text, "text")
        cell.font = Font(name=FONT, bold=line != 2, size=size)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=len(_WIDTHS))
        sheet.row_dimensions[line].height = size * 1.5 * _lines(text, width=_WIDE * 10 / size) + (6 if line == 3 else 2)
    write_heads(sheet, HEAD_ROW, _HEADS)
    for cell in sheet[HEAD_ROW]:
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left", indent=1)
    sheet.row_dimensions[HEAD_ROW].height = 34


def _write_rows(sheet: Any, promises: list[Promise]) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side
    from openpyxl.worksheet.datavalidation import DataValidation

    thin = Side(style="thin", color=_LINE)
    for line, promise in enumerate(promises, start=HEAD_ROW + 1):
        words = promise.title or promise.id
        due = promise.due_to if isinstance(promise.due_to, date) else promise.due_words
        if is_known(due):
            words += f"\nDue: {day_words(due) if isinstance(due, date) else format_cell(due)}"
        check_is_carried(words, where=f"promises.csv: {promise.id}, title")
        for at, text in enumerate((promise.id, words, "", "", ""), start=1):
            cell = sheet.cell(line, at)
            # The month in letters: who types 04/05/22 sees at once which day the program has made of it.
            cell.number_format = "d mmm yyyy" if at == 4 else "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            if at <= 2:
                cell.fill = PatternFill("solid", fgColor=_READ_ONLY)
            put(cell, text, text, "text")
        needed = max(_lines(words, width=_WIDTHS[1]), _lines(promise.id, width=_WIDTHS[0]))
        sheet.row_dimensions[line].height = 15 * max(4, needed)
    day = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)  # since 2000
    day.errorStyle = "warning"
    day.errorTitle, day.error = "Is this a day?", "Write the day as 2021-11-04."
    day.add(f"D{HEAD_ROW + 1}:D{HEAD_ROW + len(promises)}")
    sheet.add_data_validation(day)


def _lines(text: str, *, width: float) -> int:
    """How many lines a text takes in a column of some characters, a little too many rather than too few."""
    return sum(max(1, -(-len(each) // max(1, int(width * 0.9)))) for each in text.split("\n"))


def _set_up_print(sheet: Any, *, last_line: int, fits: bool) -> None:
    for at, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDE"[at]].width = width
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 1)
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    # One page as long as it can be read; a long list runs on, with its heads on every page.
    sheet.page_setup.fitToHeight = 1 if fits else 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:E{last_line}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.4
    sheet.oddFooter.right.text = "Page &P of &N"


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

    if merged := sorted(str(each) for each in sheet.merged_cells.ranges if each.max_row >= HEAD_ROW):
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
