"""From words and a template to a tagged PDF: the engine, its fonts, and what it refuses said as a sentence."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError, LamplighterError, PartMissing
from lamplighter.reports.built import FONT_FAMILY, font_folder

# Letters that the house font lacks (σ, −) are set in the font that the engine carries, so that none is ever missing.
_FALLBACK_FONT = "Libertinus Serif"


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
        self.letter = letter


def set_in_type(
    package: str, template: str, data: Mapping[str, Any], *, day: date, labels: Sequence[str]
) -> tuple[bytes, tuple[int, ...]]:
    """The PDF/UA-1 of a template of a package's `templates` folder, and the numbers that it leaves under labels.

    The template finds data as JSON in sys.inputs.report, with `fonts` added. day: the only date in the document.
    Raises PartMissing without the engine, LetterNotSet for a letter that no font has, ReportNotSet for any other refusal.
    """
    try:
        import typst
    except ImportError as lacking:
        raise PartMissing(
            "The report needs the extra part `report`. Install it with: python -m pip install 'lamplighter[report]'"
        ) from lacking
    folders = _font_folders()
    told = {**data, "fonts": [*([FONT_FAMILY] if folders else []), _FALLBACK_FONT]}
    midnight = calendar.timegm((day.year, day.month, day.day, 0, 0, 0))
    with as_file(files(package).joinpath("templates")) as templates:
        compiler = typst.Compiler(
            str(Path(templates) / template),
            root=str(templates),
            font_paths=[str(each) for each in folders],
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(told, ensure_ascii=False, sort_keys=True)},
        )
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=midnight)
            found = [int(json.loads(compiler.query(f"<{each}>", field="value", one=True))) for each in labels]
        except typst.TypstError as refused:
            raise _said_better(str(refused), data) from refused
    if not isinstance(pdf, bytes):
        raise ReportNotSet("the engine returned no single file.")
    return pdf, tuple(found)


def _font_folders() -> list[Path]:
    """The house font where it was built; a clone without it gets the engine's own font instead of an error."""
    try:
        return [font_folder()]
    except PartMissing:
        return []


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
