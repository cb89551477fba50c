"""Releases of the made-up force: a small plan that is ready to go out, a small site, two people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.book import Book
from lamplighter.plan.plan_json import as_bytes, plan_json
from lamplighter.plan.records.showing import Card
from lamplighter.plan.releases.approving import Approved, approve
from lamplighter.plan.releases.candidate import Candidate, make_candidate
from lamplighter.plan.releases.label import ReleaseLabel

NOW = datetime(2022, 7, 4, 9, 30, tzinfo=UTC)
ACCEPT = {"breakdown absent": "Northam publishes none"}
CALENDAR = (
    "id,name,state,planned_on\nR-1,2022-summer,confirmed,2022-07-04\nR-2,2022-autumn,confirmed,2022-07-04\n"
    "R-3,2022-winter,confirmed,2022-07-04\n"
)
PROMISES = "id,version,kind,title,owner\nA1,V1,action,Train officers,The training lead\n"
FIGURES = (
    "id,promise_ids,role,label,value,unit,definition_id,definition_version,as_of,source_id\n"
    "G1,A1,current,Officers trained,6800,officers,D1,1,2022-03-31,Q-AUDIT\n"
)
SOURCES = "id,title,access\nQ-AUDIT,Northam audit office,open\n"


def cards(**told: str) -> list[Mapping[str, str]]:
    """One card on which every field says something, unless told otherwise."""
    usual = {each.name: "n/a" for each in fields(Card) if each.name not in ("pair_with", "status", "needs")}
    named = {"id": "D1", "version": "1", "name": "Officers trained", "plain_definition": "Who finished the course."}
    return [{**usual, **named, **told}]


def small_site(book: Book) -> Callable[[Path, ReleaseLabel], None]:
    """Writes a site of a few files into a folder, as the real one would be written."""

    def build(folder: Path, label: ReleaseLabel) -> None:
        (folder / "promises").mkdir(parents=True)
        figures = "".join(f"<p>{each.label}: {each.value}</p>" for each in book.plan.figures)
        (folder / "index.html").write_bytes(f"<h1>{book.plan.header.title}</h1>\n".encode())
        (folder / "promises" / "A1.html").write_bytes(figures.encode())
        (folder / "releases.html").write_bytes(f"<p>{label.folder}</p>".encode())
        (folder / "corrections.html").write_bytes(f"<p>{len(label.corrections)}</p>".encode())
        (folder / "plan.json").write_bytes(as_bytes(plan_json(book)))
        (folder / ".lamplighter").write_bytes(b"{}")

    return build


class Desk:
    """Where releases are made: a plan folder to edit, and the folder that they go into."""

    now = NOW
    cards = staticmethod(cards)
    site = staticmethod(small_site)

    def __init__(self, tmp_path: Path, write_plan: Callable[..., Path], book_of: Callable[..., Book]):
        self.releases = tmp_path / "releases"
        self._write, self._book_of = write_plan, book_of
        self.write()

    def write(self, **tables: Any) -> Path:
        """Write the plan's tables anew: those that are named; the others as they are at first, if nothing was named."""
        usual: dict[str, Any] = {
            "promises": PROMISES, "figures": FIGURES, "sources": SOURCES, "definitions": cards(),
            "release_calendar": CALENDAR, "corrections": CORRECTIONS, "decisions": DECISIONS,
        }  # fmt: skip
        self.folder = self._write(**{**usual, **tables})
        return self.folder

    def book(self, **more: Any) -> Book:
        return self._book_of(self.folder, **more)

    def candidate(self, name: str = "2022-summer", *, book: Book | None = None, **more: Any) -> Candidate:
        """Make a candidate; every absence of a breakdown is accepted unless told otherwise."""
        book = book or self.book()
        usual: dict[str, Any] = {"builder": "Ann Archer", "accept": ACCEPT, "build": small_site(book)}
        return make_candidate(book=book, releases=self.releases, name=name, **{**usual, **more})

    def approve(self, made: Candidate, **more: Any) -> Approved:
        usual: dict[str, Any] = {"approver": "Ben Baker", "digest": made.digest, "now": NOW}
        return approve(self.releases, f"v{made.number}", **{**usual, **more})

    def publish(self, *names: str) -> list[Approved]:
        """Make and approve one release after another."""
        return [self.approve(self.candidate(each)) for each in names]


CORRECTIONS = "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
DECISIONS = "id,kind,record_id,decided_by,decided_on,reason\n"


@pytest.fixture
def desk(tmp_path: Path, write_plan: Callable[..., Path], book_of: Callable[..., Book]) -> Desk:
    return Desk(tmp_path, write_plan, book_of)


@pytest.fixture
def three(desk: Desk) -> list[Approved]:
    """Three releases, one a season."""
    return desk.publish("2022-summer", "2022-autumn", "2022-winter")


@pytest.fixture(scope="session")
def day() -> Callable[[str], datetime]:
    """Nine in the morning of a day."""
    return lambda text: datetime.combine(date.fromisoformat(text), NOW.timetz())
