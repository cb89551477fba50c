"""What was published and reads otherwise now, as CSV: corrections by a person, and revisions by a later file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lamplighter.errors import listed
from lamplighter.plan.book import Book
from lamplighter.plan.releases import corrections as published
from lamplighter.plan.releases.corrections import ListedCorrection, corrections_of
from lamplighter.plan.releases.label import FirstPublished, ReleaseLabel
from lamplighter.reports.tables import as_csv_bytes
from lamplighter.studies.answers import MeasureAnswer

REVISION_COLUMNS = (
    "period", "old", "new", "reason", "published_at", "release", "measure", "area", "table", "level", "key_1", "key_2",
    "import", "imported_at",
)  # fmt: skip
_BY_PLACE = "borough_ward"


def listed_corrections(book: Book, release: ReleaseLabel | None) -> tuple[ListedCorrection, ...]:
    """Every correction, the latest first. In a release, with the release that published it first; the time of this very
    release is not known before it is approved, so it stays empty."""
    found = []
    for each in sorted(corrections_of(book.plan), key=lambda each: (each.corrected_on, each.id), reverse=True):
        at, folder = _first(release, each.id, release.corrections if release else {})
        found.append(ListedCorrection(correction=each, published_at=at, release=folder))
    return tuple(found)


def corrections_csv(book: Book, release: ReleaseLabel | None) -> bytes:
    """The corrections, in the columns in which the list beside the releases has them."""
    return published.corrections_csv(listed_corrections(book, release))


def revisions_csv(book: Book, release: ReleaseLabel | None) -> bytes:
    """Every past figure that a later import changed: period, old, new, why, and since which release it is public.

    `measure` is the closest series that the figure goes into (a ward into its borough's, a sub-group without a series into
    its group's): empty where that is not one (a table's total holds offences that no series does), so an empty cell does
    not say that no series was touched. `imported_at` is when we read the file, not when its publisher changed it.
    """
    return as_csv_bytes(REVISION_COLUMNS, revision_rows(book, release))


def revision_rows(book: Book, release: ReleaseLabel | None) -> list[tuple[Any, ...]]:
    """The same as rows, in the order of REVISION_COLUMNS."""
    files = {str(each.get("id")): _file_names(each) for each in book.imports}
    rows: list[tuple[Any, ...]] = []
    for each in book.revisions:
        import_id = str(each["import_id"])
        at, folder = _first(release, import_id, release.imports if release else {})
        measure = _measure(book, each)
        names = files.get(import_id, ())
        reason = f"import {import_id}: {listed(names, most=3)}" if names else f"import {import_id}"
        rows.append(
            (
                each["recorded_month"], each["old_count"], each["new_count"], reason, at, folder,
                measure.id if measure else None, _area(each, measure), each["table_name"], each["level"], each["key_1"],
                each["key_2"], import_id, each["at"],
            )
        )  # fmt: skip
    return rows


def _first(release: ReleaseLabel | None, key: str, known: Mapping[str, FirstPublished]) -> tuple[str, str]:
    if release is None:
        return "", ""
    first = known.get(key)
    return (first.published_at, first.folder) if first else ("", release.folder)


def _file_names(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(each["name"]) for each in entry.get("files") or ())


def _area(revision: Mapping[str, Any], measure: MeasureAnswer | None) -> str | None:
    """Ward and borough where the table has them, else the area of the series that shows the figure."""
    if revision["level"] == _BY_PLACE:
        return ", ".join(str(each) for each in (revision["key_2"], revision["key_1"]) if each) or None
    return measure.area if measure else None


def _measure(book: Book, revision: Mapping[str, Any]) -> MeasureAnswer | None:
    """The closest series that the figure goes into; None if there is none, or more than one."""
    keys = [str(each) for each in (revision["key_2"], revision["key_1"]) if each]
    if not keys:
        return None
    reading = [each for each in book.measures.values() if revision["table_name"] in each.provenance.tables]
    if revision["level"] == _BY_PLACE:
        found = [each for each in reading if each.area == revision["key_1"]]
    else:
        named = ([each for each in reading if each.title == key] for key in keys)
        parts = [each for each in reading if len(keys) == 1 and keys[0] in {layer.name for layer in each.layers}]
        found = next((each for each in named if each), parts)
    return found[0] if len(found) == 1 else None
