"""What a site is told of the release that it is built for: its number and name, what was published before, and since when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lamplighter.plan.releases.chain import Published, folder_name
from lamplighter.plan.releases.feed import FEED

REVISIONS = "revisions.csv"


@dataclass(frozen=True, kw_only=True)
class EarlierRelease:
    """A release that was published before, as its pages are linked to: number, name, the day it looked from, when it came."""

    number: int
    name: str
    as_of: str
    published_at: str

    @property
    def folder(self) -> str:
        return folder_name(self.number)


@dataclass(frozen=True, kw_only=True)
class FirstPublished:
    """The release that published something first, and when."""

    number: int
    published_at: str

    @property
    def folder(self) -> str:
        return folder_name(self.number)


@dataclass(frozen=True, kw_only=True)
class ReleaseLabel:
    """The release that a site is built for, as far as it is known before anybody has approved it.

    announced_for: the day that the calendar confirms; when it is published is known only afterwards, so no page can say it.
    corrections, imports: which release was the first to publish a correction, or a past figure that an import changed.
    """

    number: int
    name: str
    announced_for: date | None = None
    earlier: tuple[EarlierRelease, ...] = ()
    corrections: Mapping[str, FirstPublished] = field(default_factory=dict)
    imports: Mapping[str, FirstPublished] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        return folder_name(self.number)

    @property
    def feed(self) -> str:
        return FEED

    def told(self) -> dict[str, Any]:
        """The label as plain values, for the key of a build."""
        return asdict(self)


def label_of(
    releases: Path, published: Sequence[Published], *, number: int, name: str, announced_for: date | None
) -> ReleaseLabel:
    """The label of the release that follows those that are published, which have to be what was approved.

    Reads the list of revisions of each earlier release; one that has none published none.
    """
    corrections: dict[str, FirstPublished] = {}
    imports: dict[str, FirstPublished] = {}
    for each in published:
        first = FirstPublished(number=each.number, published_at=each.approval.approved_at)
        for correction in each.manifest.corrections:
            corrections.setdefault(correction.id, first)
        for import_id in _revising_imports(releases / folder_name(each.number) / REVISIONS):
            imports.setdefault(import_id, first)
    return ReleaseLabel(
        number=number,
        name=name,
        announced_for=announced_for,
        earlier=tuple(
            EarlierRelease(
                number=each.number,
                name=each.manifest.name,
                as_of=each.manifest.as_of,
                published_at=each.approval.approved_at,
            )
            for each in published
        ),
        corrections=corrections,
        imports=imports,
    )


def _revising_imports(path: Path) -> Iterable[str]:
    if not path.is_file():
        return ()
    rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""))
    found = {row.get("import") or row.get("import_id") or "" for row in rows}  # import_id: as version 0.1 wrote it
    return sorted(found - {""})
