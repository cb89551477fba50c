"""Are the columns there that a table needs, and if not, which of the file's own is the nearest?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from lamplighter.errors import FileRefused, listed
from lamplighter.sources.layouts import MPS_VAWG_TABLES

ALWAYS = ("recorded_date_months", "date_committed_from_date_months", "count")
SHEET = "sheet"
KNOWN: tuple[str, ...] = tuple(
    dict.fromkeys((*ALWAYS, SHEET, *(theirs for layout in MPS_VAWG_TABLES for _, theirs in layout.columns)))
)


def official_name(header: object) -> str:
    """A header as the Met writes it: case, spaces at the ends and a byte order mark don't matter."""
    return str(header if header is not None else "").strip().strip("\ufeff").casefold()


def known_columns(headers: Sequence[object], *, file_name: str) -> dict[str, int]:
    """Official name → position, for the columns that we know. Raises FileRefused when one is there twice."""
    found: dict[str, int] = {}
    for position, header in enumerate(headers):
        name = official_name(header)
        if name not in KNOWN:
            continue
        if name in found:
            raise FileRefused(f"{file_name}: the column {name} is there twice. Keep one of them.")
        found[name] = position
    return found


def unknown_columns(headers: Iterable[object]) -> list[str]:
    """Headers of the file that no table of ours uses."""
    return [str(header) for header in headers if official_name(header) and official_name(header) not in KNOWN]


def check_columns(needed: Iterable[str], headers: Sequence[object], *, file_name: str) -> None:
    """Refuse the file when a needed column is missing, naming the nearest header that it has."""
    have = {official_name(header) for header in headers}
    missing = [name for name in needed if name not in have]
    if not missing:
        return
    spare = {official_name(header): str(header).strip() for header in headers if official_name(header) not in KNOWN}
    words = []
    for name in missing:
        near = get_close_matches(name, list(spare), n=1, cutoff=0.6)
        words.append(f"{name} (did you mean its column {spare[near[0]]!r}?)" if near else name)
    mend = f"Rename the header or export all columns again; the file has {listed(headers, most=12)}."
    if len(headers) == 1:
        mend = "It has one column only: is it separated by semicolons or tabs? Save it comma-separated."
    raise FileRefused(f"{file_name}: no column {listed(words)}. {mend}")
