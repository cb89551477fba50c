"""A workbook of plain tables, written straight as the XML that it is: quick for many rows, the same bytes each time.

openpyxl takes ten times as long and is an optional part, and every site that is built has such a workbook beside its CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from xml.sax.saxutils import escape

from lamplighter.plan.cells import may_run
from lamplighter.workspace.zipping import zip_bytes

Cell = str | float | int | date | None
MOST_ROWS = 1_048_575  # of a sheet, its head not counted
MOST_CHARACTERS = 32_767  # of a cell
CUT = " … (cut: the whole text is in the CSV)"
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel's day numbers are one off: it takes 1900 for a leap year
_DAY_NOUGHT = date(1899, 12, 30).toordinal()
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LIKE_A_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as the letter A
_HEAD, _DAY, _RUNS, _WRAPPED = 1, 2, 3, 4


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table. `wide`: how wide each column is, in characters. `wrap`: long texts go on in the next line of their cell."""

    name: str
    heads: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]
    wide: tuple[int, ...]
    wrap: bool = False


def workbook(sheets: Sequence[Sheet], *, title: str, on: date) -> bytes:
    """The workbook's bytes: one table a sheet, heads frozen, no merged cells, no formulas. `on`: the day in its properties.

    Numbers are numbers, days are days, None is an empty cell. A text never runs, whatever it begins with.
    """
    names = [escape(each.name, {'"': "&quot;"}) for each in sheets]
    files: dict[str, str] = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _RELS,
        "docProps/core.xml": _core(title, on),
        "xl/workbook.xml": _book(names),
        "xl/_rels/workbook.xml.rels": _book_rels(len(sheets)),
        "xl/styles.xml": _STYLES,
    }
    packed: dict[str, bytes] = {name: text.encode("utf-8") for name, text in files.items()}
    for at, sheet in enumerate(sheets, start=1):
        packed[f"xl/worksheets/sheet{at}.xml"] = _sheet(sheet).encode("utf-8")
    return zip_bytes(packed)


def _sheet(sheet: Sheet) -> str:
    letters = [_letters(at) for at in range(len(sheet.heads))]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(sheet.wide, start=1)
    )
    parts = [
        _XML,
        f'<worksheet xmlns="{_MAIN}">{_ONE_PAGE_WIDE if sheet.wrap else ""}<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>",
        _row(1, letters, sheet.heads, style=_HEAD),
    ]
    style = _WRAPPED if sheet.wrap else 0
    parts += (_row(line, letters, row, style=style) for line, row in enumerate(sheet.rows, start=2))
    setup = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>' if sheet.wrap else ""
    parts.append(f"</sheetData>{setup}</worksheet>")
    return "".join(parts)


def _row(line: int, letters: Sequence[str], cells: Sequence[Cell], *, style: int) -> str:
    made = [
        _cell(f"{letter}{line}", cell, style) for letter, cell in zip(letters, cells, strict=True) if cell is not None
    ]
    return f'<row r="{line}">{"".join(made)}</row>'


def _cell(place: str, cell: Cell, style: int) -> str:
    if isinstance(cell, date):
        if cell >= _FIRST_DAY:
            return f'<c r="{place}" s="{_DAY}"><v>{cell.toordinal() - _DAY_NOUGHT}</v></c>'
        cell = cell.isoformat()
    if isinstance(cell, str):
        return f'<c r="{place}"{_words(cell, style)}' if cell else ""
    return f'<c r="{place}"><v>{cell!r}</v></c>'


@lru_cache(maxsize=4096)  # most texts of a table stand in many of its rows
def _words(cell: str, style: int) -> str:
    """A text cell from behind its place on."""
    if 2 * len(cell) > MOST_CHARACTERS and len(cell.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
        cell = cell[: (MOST_CHARACTERS - len(CUT)) // 2] + CUT  # half: a character may take the room of two
    if may_run(cell) and style == 0:
        style = _RUNS
    text = escape(_LIKE_A_CODE.sub("_x005F_", _NO_XML.sub("\ufffd", cell)))
    told = f' s="{style}"' if style else ""
    return f' t="inlineStr"{told}><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(at: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    found = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


_ONE_PAGE_WIDE = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>'
    '</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF2"/><bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1" quotePrefix="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _content_types(sheets: int) -> str:
    own = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{own}</Types>"
    )


def _core(title: str, on: date) -> str:
    stamp = f'xsi:type="dcterms:W3CDTF">{on.isoformat()}T00:00:00Z'
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_NO_XML.sub('', title))}</dc:title><dc:creator>Lamplighter</dc:creator>"
        f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified>"
        "<dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def _book(names: Sequence[str]) -> str:
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, start=1))
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _book_rels(sheets: int) -> str:
    own = "".join(
        f'<Relationship Id="rId{at}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{own}'
        f'<Relationship Id="rId{sheets + 1}" Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>'
    )
