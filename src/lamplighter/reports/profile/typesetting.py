"""Sets a profile's pages in type whatever letters its source holds: a street's name can't be mended by who reads it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lamplighter.reports.pdf.setting import LetterNotSet, ReportNotSet, set_in_type

TEMPLATES = "lamplighter.reports.pdf"
UNKNOWN_DAY = date(1970, 1, 1)  # a PDF has to hold a day; the page itself says that none is known
_MOST_TRIES = 24
# Letters that the house font or the engine's own has for certain: Latin, Greek, Cyrillic, the signs of an English page.
_NOT_CERTAIN = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\u017f\u0370-\u03ff\u0400-\u045f\u2010-\u2026\u20ac\u2212]")
_NO_LETTER = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def day_of(made_on: str | None) -> date:
    """The day on which a profile was made; the earliest where it does not say."""
    try:
        return date.fromisoformat(str(made_on))
    except ValueError:
        return UNKNOWN_DAY


def set_whatever_stands_there(
    template: str, data: Mapping[str, Any], *, day: date, labels: Sequence[str]
) -> tuple[bytes, tuple[int, ...]]:
    """The PDF of a template; a letter that no font has stands as “?”, and the first refusal replaces all doubtful ones.

    As `set_in_type` otherwise. Only words are changed, never a drawing's markup.
    """
    told: Any = {**data, "day": (day.year, day.month, day.day)}
    told = _replaced(told, _NO_LETTER)
    for attempt in range(_MOST_TRIES):
        try:
            return set_in_type(TEMPLATES, template, told, day=day, labels=labels)
        except LetterNotSet as lacking:
            if attempt == _MOST_TRIES - 1:
                raise
            told = _replaced(told, _NOT_CERTAIN if attempt == 0 else re.compile(re.escape(lacking.letter)))
        except ReportNotSet:  # in a drawing, the engine refuses an accent that stands by itself without saying which
            if attempt > 0:
                raise
            told = _replaced(told, _NOT_CERTAIN)
    raise AssertionError("the last try returns or raises")


def _replaced(told: Any, letters: re.Pattern[str]) -> Any:
    if isinstance(told, str):
        return letters.sub("?", unicodedata.normalize("NFC", told))
    if isinstance(told, Mapping):
        return {key: _replaced(each, letters) for key, each in told.items()}
    if isinstance(told, list | tuple):
        return [_replaced(each, letters) for each in told]
    return told
