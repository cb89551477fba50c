"""The problem profile as a Word document, for analysts who finish it there: the PDF's blocks in real headings and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from lamplighter.reports.docx.pictures import png_of
from lamplighter.reports.docx.pieces import Pages, Piece, Words, bold, quiet, ref
from lamplighter.reports.docx.template import Template
from lamplighter.reports.profile.blocks import Block, Bullets, Group, Heading, Picture, Run, Say, Table, with_names
from lamplighter.reports.profile.document import document_of
from lamplighter.reports.profile.typesetting import day_of
from lamplighter.workspace.zipping import zip_bytes

_WIDEST = 0.95
_SMALL_PT = 7.0


def profile_docx(told: Mapping[str, Any], *, drawings: Mapping[str, str], template: Template | None = None) -> bytes:
    """The profile that `profile_pdf` sets, as DOCX: every sentence and number of it, with the drawings as pictures.

    told, drawings: as for the PDF. template: a force's own document; its styles, paper, heads and feet are used, its words
    are not, and a style that it lacks is ours. The caution and the handling mark stand at the head of every page.
    The same inputs give the same bytes. Misleads once it was edited: the numbers of record are those of profile.json.
    Raises PartMissing without the library, FileRefused for a template that can't be filled.
    """
    document = document_of(told, drawings)
    day = day_of(document.made_on)
    pages = Pages(
        title=document.title,
        author=document.author,
        subject=document.subject,
        day=datetime(day.year, day.month, day.day),  # noqa: DTZ001 (a document's properties hold no zone)
        footer=document.short_title,
        header=(quiet(f"{document.caution} ", size_pt=8), Piece(words=document.handling, bold=True, size_pt=8)),
        template=template,
    )
    pages.heading(0, document.title)
    for each, named in with_names((*document.first, *document.blocks)):
        _write(pages, each, named=named, drawings=drawings)
    out = io.BytesIO()
    pages.document.save(out)
    with zipfile.ZipFile(out) as made:
        return zip_bytes({each.filename: made.read(each) for each in made.infolist()})


def _write(pages: Pages, block: Block, *, named: bool, drawings: Mapping[str, str]) -> None:
    if isinstance(block, Heading):
        pages.heading(block.level, block.words, new_page=block.new_page)
    elif isinstance(block, Say):
        _say(pages, block)
    elif isinstance(block, Bullets):
        if block.fold:
            pages.say(bold(f"{block.fold}:"), with_next=True)
        pages.bullets(_words(each) for each in block.items)
    elif isinstance(block, Table):
        if named:
            pages.say(bold(block.caption), with_next=True)
        pages.table(
            block.caption,
            block.heads,
            block.shares,
            ([_words(cell, size_pt=_SMALL_PT if block.small else None) for cell in row] for row in block.rows),
        )
    elif isinstance(block, Picture):
        _picture(pages, block, drawings)
    else:
        _group(pages, block, drawings)


def _say(pages: Pages, block: Say) -> None:
    size_pt = 9.0 if block.kind == "note" else None
    pages.say(*_words(block.runs, is_quiet=block.kind in ("note", "empty"), size_pt=size_pt))


def _group(pages: Pages, block: Group, drawings: Mapping[str, str]) -> None:
    for each in block.says:
        _say(pages, each)
    if block.picture is not None:
        _picture(pages, block.picture, drawings)


def _picture(pages: Pages, block: Picture, drawings: Mapping[str, str]) -> None:
    pages.picture(
        png_of(drawings[block.name]), alt=block.alt, caption=(block.caption,), share=min(block.share, _WIDEST)
    )


def _words(runs: Iterable[Run], *, is_quiet: bool = False, size_pt: float | None = None) -> Sequence[Words]:
    return [_piece(each, is_quiet=is_quiet, size_pt=size_pt) for each in runs]


def _piece(run: Run, *, is_quiet: bool, size_pt: float | None) -> Piece:
    if run.dress == "id":
        return ref(run.words) if size_pt is None else quiet(f"[{run.words}]", size_pt=size_pt)
    return Piece(words=run.words, bold=run.dress == "bold", quiet=is_quiet or run.dress == "quiet", size_pt=size_pt)
