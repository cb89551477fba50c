"""Sets the report in type: the same plan.json and charts give the same bytes, in every time zone and without a clock."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError, LamplighterError, PartMissing
from lamplighter.reports.built import FONT_FAMILY, font_folder
from lamplighter.reports.report.telling import report_data
from lamplighter.workspace.durable import write_whole

# Letters that the house font lacks (σ, −) are set in the font that the engine carries, so that none is ever missing.
_FALLBACK_FONT = "Libertinus Serif"
_FIRST_SIZES_PT = (9.5, 9.0, 8.5)


@dataclass(frozen=True, kw_only=True)
class ReportDone:
    """Where the report is, and on how many pages."""

    path: Path
    pages: int


class ReportNotSet(LamplighterError):
    """The typesetting engine refused the report."""

    def __init__(self, message: str):
        super().__init__(f"The report could not be set: {message} Please report it with your plan.json.")


class LetterNotSet(InputError):
    """A letter that no font of the report has: nothing but the words can be mended."""

    def __init__(self, letter: str, words: str):
        where = f" It stands in: {words[:80]}" if words else ""
        super().__init__(
            f"The report's fonts have no {letter!r} (U+{ord(letter[0]):04X}). Write it in Latin, Greek or Cyrillic "
            f"letters, without picture signs.{where}"
        )


def write_report(told: Mapping[str, Any], *, charts: Mapping[str, str], out: Path) -> ReportDone:
    """What moved and how surely, what can't be shown, what is overdue; then objective by objective: as one PDF.

    told: plan.json, as `plan_json` returns it. charts: SVG by measure id, and by `pair:` and pair id for a pair; a measure
    without one is told in words. out: the file to write, whole or not at all.
    PDF/UA-1, in British English, dated by `as_of`. Every number has its id from plan.json in brackets, and its denominator or
    that none is stated. Misleads when printed without plan.json at hand: it holds each number's definition and source.
    Raises PartMissing without the typesetting engine, LetterNotSet for a letter that no font has, ReportNotSet when
    the engine refuses for another reason.
    """
    data = report_data(told, charts)
    font_folders = _font_folders()
    data["fonts"] = [*([FONT_FAMILY] if font_folders else []), _FALLBACK_FONT]
    pdf, pages = _set_in_type(data, font_folders, date.fromisoformat(str(told["as_of"])))
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, pdf, fsync=False)
    return ReportDone(path=out, pages=pages)


def _font_folders() -> list[Path]:
    """The house font where it was built; a clone without it gets the engine's own font instead of an error."""
    try:
        return [font_folder()]
    except PartMissing:
        return []


def _set_in_type(data: Mapping[str, Any], font_folders: list[Path], day: date) -> tuple[bytes, int]:
    """The report with its first page on one page, in the largest type in which it fits; and how many pages it has."""
    try:
        import typst
    except ImportError as lacking:
        raise PartMissing(
            "The report needs the extra part `report`. Install it with: python -m pip install 'lamplighter[report]'"
        ) from lacking
    midnight = calendar.timegm((day.year, day.month, day.day, 0, 0, 0))
    with as_file(files("lamplighter.reports.pdf").joinpath("templates")) as templates:
        for size_pt in _FIRST_SIZES_PT:
            compiler = typst.Compiler(
                str(Path(templates) / "report.typ"),
                root=str(templates),
                font_paths=[str(each) for each in font_folders],
                ignore_system_fonts=True,
                sys_inputs={
                    "report": json.dumps({**data, "first_size_pt": size_pt}, ensure_ascii=False, sort_keys=True)
                },
            )
            try:
                pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=midnight)
                first_ends, pages = (
                    int(json.loads(compiler.query(f"<{label}>", field="value", one=True)))
                    for label in ("first-page-ends", "pages")
                )
            except typst.TypstError as refused:
                raise _said_better(str(refused), data) from refused
            if first_ends == 1:
                break
    if not isinstance(pdf, bytes):
        raise ReportNotSet("the engine returned no single file.")
    return pdf, pages


def _said_better(message: str, data: Mapping[str, Any]) -> LamplighterError:
    """The engine's refusal; for a letter that no font has, which letter and in which words."""
    lacking = re.search(r'the text `"(.+?)"` could not be displayed', message)
    if lacking is None:
        return ReportNotSet(message)
    letter = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), lacking[1])
    return LetterNotSet(letter, next((words for words in _all_words(data) if letter in words), ""))


def _all_words(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for each in told.values():
            yield from _all_words(each)
    elif isinstance(told, list | tuple):
        for each in told:
            yield from _all_words(each)
