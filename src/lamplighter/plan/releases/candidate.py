"""Make a candidate: the whole site and its records in a numbered folder, with a manifest that somebody else can approve."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lamplighter.errors import InputError, ReleaseRefused, listed
from lamplighter.plan.book import Book
from lamplighter.plan.folder import HEADER, Plan, read_plan
from lamplighter.plan.known_by import known_by
from lamplighter.plan.migrating.contents import read_plan_of_any_version
from lamplighter.plan.records import RECORD_TYPES
from lamplighter.plan.releases.calendar import announced
from lamplighter.plan.releases.chain import (
    BUILDING,
    CANDIDATES,
    OURS,
    Published,
    folder_name,
    lock,
    numbers_in,
)
from lamplighter.plan.releases.checklist import Checklist, checklist, definitions_of
from lamplighter.plan.releases.corrections import corrections_of
from lamplighter.plan.releases.data_changes import CHANGELOG_PAGE, DataRelease, changelog, write_changelog
from lamplighter.plan.releases.findings import Found
from lamplighter.plan.releases.label import ReleaseLabel, label_of
from lamplighter.plan.releases.manifest import APPROVAL, MANIFEST, RECORDS, Definition, Manifest, digest_of, files_of
from lamplighter.plan.releases.people import named, same_person
from lamplighter.plan.releases.verifying import verify
from lamplighter.workspace.durable import DISK, Disk

PLAN_JSON = "plan.json"
RECEIPTS = (".lamplighter", "build.json")  # they let a later build replace a site, and no build may replace a release
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A candidate: where it lies and the digest to approve. `unchanged`: it lay there already, byte for byte."""

    folder: Path
    number: int
    digest: str
    files: int
    data_version: str
    checklist: Checklist
    unchanged: bool = False


DataPage = Callable[[ReleaseLabel, Sequence[DataRelease]], bytes]


class ChecklistRefused(ReleaseRefused):
    """The checklist stands against the release; it goes with the error, for whoever prints it."""

    def __init__(self, found: Checklist):
        self.checklist = found
        lines = [f"error: {each.message} [{each.key}]" for each in found.errors]
        lines += [f'warning: {each.message} [accept it with: --accept "{each.key}=REASON"]' for each in found.warnings]
        super().__init__(
            f"Nothing was released. Errors to mend: {len(found.errors)}. "
            f"Warnings to mend or to accept: {len(found.warnings)}.\n  " + "\n  ".join(lines)
        )


def make_candidate(
    *,
    book: Book,
    build: Callable[[Path, ReleaseLabel], object],
    releases: Path,
    name: str,
    builder: str,
    approver: str | None = None,
    accept: Mapping[str, str] | None = None,
    also: Sequence[Found] = (),
    data_page: DataPage | None = None,
    disk: Disk = DISK,
) -> Candidate:
    """Freezes a plan into RELEASES/candidates/vN, N being the number after the last published release.

    build(folder, label): writes the whole site of that very book, under that label, into the folder. approver: who is asked
    to approve; anybody but the builder may if it is None. accept: warning → reason. also: what stands
    against something that is built in beside the plan. data_page(label, log): the page that
    tells how the data changed, if there is to be one. An earlier candidate is replaced; a published release never is.
    Raises ReleaseRefused (checklist, or releases that are not what was approved), InputError, WorkspaceBusy.
    """
    builder, asked = named(builder, "--builder"), named(approver, "--approver") if approver is not None else None
    if asked is not None and same_person(builder, asked):
        raise ReleaseRefused(f"{builder} can't both build and approve a release. Name somebody else as approver.")
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} is no name for a release. Write letters, digits, hyphens: 2026-spring")
    _check_room(releases)
    with lock(releases):
        published = _chain(releases)
        if any(each.manifest.name == name for each in published):
            raise InputError(
                f"A release {name} is published already, and never changes. Give the next one another name."
            )
        last = published[-1] if published else None
        number = last.number + 1 if last else 1
        found = checklist(
            book,
            name=name,
            builder=builder,
            accept=accept or {},
            previous=replace(last.manifest, definitions=_ever_defined(published)) if last else None,
            previous_plan=_plan_of(releases, last.manifest) if last else None,
            also=also,
        )
        if found.errors or found.warnings:
            raise ChecklistRefused(found)
        staged = releases / BUILDING / folder_name(number)
        day = _announced_for(book.plan, name)
        label = label_of(releases, published, number=number, name=name, announced_for=day)
        _sweep(releases, disk)
        try:
            _freeze(book, build, label, staged, disk)
            log = changelog(_folders(releases, published), new=(staged.name, name, staged))
            write_changelog(staged, log, disk=disk)
            if data_page is not None:
                disk.write_new(staged / CHANGELOG_PAGE, data_page(label, log))
            manifest = Manifest(
                number=number,
                name=name,
                title=book.plan.header.title,
                as_of=book.as_of.isoformat(),
                builder=builder,
                approver_asked=asked,
                announced_for=day.isoformat() if day else None,
                previous=last.as_previous if last else None,
                data_version=log[-1].data_version,
                digests=book.digests,
                breakdowns=found.breakdowns,
                accepted=found.accepted,
                definitions=definitions_of(book),
                corrections=corrections_of(book.plan),
                files=files_of(staged),
            )
            content = manifest.as_bytes()
            disk.write_new(staged / MANIFEST, content)
            place = releases / CANDIDATES / folder_name(number)
            unchanged = _put(staged, place, disk)
        finally:
            shutil.rmtree(releases / BUILDING, ignore_errors=True)
    return Candidate(
        folder=place,
        number=number,
        digest=digest_of(content),
        files=len(manifest.files),
        data_version=log[-1].data_version,
        checklist=found,
        unchanged=unchanged,
    )


def _check_room(releases: Path) -> None:
    """Releases lie by themselves: whatever else lay in their folder would look as if somebody had added it."""
    if not releases.is_dir() or numbers_in(releases) or numbers_in(releases / CANDIDATES):
        return
    strange = sorted(
        each.name for each in releases.iterdir() if not each.name.startswith(".") and each.name not in OURS
    )
    if strange:
        raise InputError(f"{releases} holds {listed(strange, most=4)}. Give --out a folder that is for releases alone.")


def _folders(releases: Path, published: Sequence[Published]) -> list[tuple[str, str, Path]]:
    names = [(folder_name(each.number), each.manifest.name) for each in published]
    return [(folder, name, releases / folder) for folder, name in names]


def _ever_defined(published: Sequence[Published]) -> tuple[Definition, ...]:
    """Every definition as it was published last: one that was left out for a while is not forgotten."""
    return tuple({each.id: each for release in published for each in release.manifest.definitions}.values())


def _chain(releases: Path) -> tuple[Published, ...]:
    """The published releases, every one what was approved. Raises ReleaseRefused if one is not."""
    if not numbers_in(releases) and not (releases / "latest").exists():
        return ()
    told = verify(releases)
    if told.found:
        raise ReleaseRefused(
            "The releases there are not what was approved, so nothing is built on them:\n  "
            + "\n  ".join(str(each) for each in told.found[:12])
        )
    return told.releases


def _plan_of(releases: Path, manifest: Manifest) -> Plan:
    """The plan as the release before had it: its frozen records, as they were known on its day."""
    plan, problems = read_plan_of_any_version(releases / folder_name(manifest.number) / RECORDS)
    if problems:
        raise InputError(
            f"The records of v{manifest.number} can't be read by this version, so nothing can be compared with them: "
            f"{problems[0]}"
        )
    return known_by(plan, date.fromisoformat(manifest.as_of))


def _announced_for(plan: Plan, name: str) -> date | None:
    """The day that the calendar confirms for the release; None if it confirms none."""
    row = announced(plan, name)
    return row.planned_on if row and row.state == "confirmed" else None


def _freeze(
    book: Book, build: Callable[[Path, ReleaseLabel], object], label: ReleaseLabel, staged: Path, disk: Disk
) -> None:
    """The site and the plan's own records, and that both are of the book that was checked."""
    disk.at(f"build {staged.name}")
    build(staged, label)
    for each in RECEIPTS:
        (staged / each).unlink(missing_ok=True)
    try:
        told = json.loads((staged / PLAN_JSON).read_bytes())
        same = told["digests"] == dict(book.digests) and told["as_of"] == book.as_of.isoformat()
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"The site that was built has no {PLAN_JSON} that can be read. Build it again.") from None
    if taken := [each for each in (MANIFEST, APPROVAL, RECORDS) if (staged / each).exists()]:
        raise InputError(
            f"The site has {listed(taken)}, which a release needs for itself. Rename the record that makes it."
        )
    records = staged / RECORDS
    disk.make_folder(records)
    for name in (HEADER, *(each.FILE for each in RECORD_TYPES.values())):
        source = book.plan.folder / name
        if source.is_file():
            disk.write_new(records / name, source.read_bytes())
    if not same or read_plan(records)[0].digest != book.plan.digest:
        raise InputError("The plan folder or the workspace changed while the release was built. Build it again.")


def _put(staged: Path, place: Path, disk: Disk) -> bool:
    """Put the candidate in its place in one step; True if the same one lay there already, which is then left alone."""
    if place.exists():
        there = files_of(place)
        there.pop(APPROVAL, None)
        if there == files_of(staged):
            return True
        disk.at(f"aside {place.name}")
        place.rename(staged.with_name(f"{place.name}.old"))
    disk.make_folder(place.parent)
    disk.at(f"move {place.name}")
    staged.rename(place)
    disk.settle(place.parent)
    return False


def _sweep(releases: Path, disk: Disk) -> None:
    """Clear up after a command that was killed, and make room."""
    building = releases / BUILDING
    if building.exists():
        disk.remove(building)
    disk.make_folder(building)
