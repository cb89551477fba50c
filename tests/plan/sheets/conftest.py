"""A small plan of the made-up force, and a person who opens its workbook, types, and saves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lamplighter.plan.sheets.export import export_plan

PROMISES = """\
id,version,kind,title,means,sentence_ids,owner,due_words,due_to,closed_on,note
A1,V1,action,Train officers,"Half of them, by spring",S1;S2,Head of Training,by 31 March 2022,2022-03-31,,
A2,V1,action,=Light the park,,S1,Head of Training,,n/a,,007
A3,V1,process,Ask women,,,Head of Engagement,by 1 June 2022,2022-06-01,,
"""
SENTENCES = "id,version,position,paraphrase\nS1,V1,1,Officers will be trained.\nS2,V1,2,Half of them by spring.\n"
SOURCES = "id,title,by_promiser,published_on,access\nQ1,The audit,no,1899-05-01,open\n"
FIGURES = """\
id,promise_ids,role,label,value,unit,denominator,source_id
G1,A1,current,Officers trained,6800,officers,12.8,Q1
G2,A1,target,Officers to train,1234567890.25,officers,,Q1
"""
CARDS = "id,version,name,plain_definition\nD1,1.10,Officers trained,Officers who finished the course.\n"
CORRECTIONS = (
    "id,record_id,field,old,new,corrected_by,corrected_on,reason\nC1,G1,value,680,6800,Ann,2022-05-01,A lost nought\n"
)
TABLES = {
    "promises": PROMISES,
    "sentences": SENTENCES,
    "sources": SOURCES,
    "figures": FIGURES,
    "definitions": CARDS,
    "corrections": CORRECTIONS,
}

Typed = Mapping[tuple[str, str, str], Any]


@pytest.fixture
def plan(write_plan: Callable[..., Path]) -> Path:
    """Three promises, two sentences, a source, two figures, a card and a correction."""
    return write_plan(**TABLES)


@pytest.fixture
def sheet(plan: Path, tmp_path: Path) -> Path:
    """The plan's workbook, as exported."""
    file = tmp_path / "plan.xlsx"
    export_plan(plan, file)
    return file


def type_in(file: Path, typed: Typed, *, to: Path | None = None) -> Path:
    """Type values into cells named by sheet, record and column, and save."""
    book = openpyxl.load_workbook(file)
    for (kind, record_id, column), value in typed.items():
        cell_of(book, kind, record_id, column).value = value
    book.save(to or file)
    return to or file


def cell_of(book: Any, kind: str, record_id: str, column: str) -> Any:
    """The cell of a record, wherever its row and column stand."""
    sheet = book[kind]
    heads = [cell.value for cell in sheet[1]]
    line = next(row[0].row for row in sheet.iter_rows() if row[heads.index("id")].value == record_id)
    return sheet.cell(line, heads.index(column) + 1)


def add_row(file: Path, sheet: str, **told: Any) -> None:
    """A new row under the last one."""
    book = openpyxl.load_workbook(file)
    heads = [cell.value for cell in book[sheet][1]]
    line = book[sheet].max_row + 1
    for name, value in told.items():
        book[sheet].cell(line, heads.index(name) + 1).value = value
    book.save(file)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
