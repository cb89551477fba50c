"""Approve a candidate: somebody else than its builder names its digest, and it moves to its address for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lamplighter.errors import InputError, NoSuchName, ReleaseRefused
from lamplighter.plan.releases.chain import (
    CANDIDATES,
    derived_files,
    folder_name,
    lock,
    number_of,
    numbers_in,
    read_all,
    read_published,
)
from lamplighter.plan.releases.manifest import (
    APPROVAL,
    MANIFEST,
    Approval,
    Manifest,
    digest_of,
    files_of,
    manifest_from,
)
from lamplighter.plan.releases.people import named, same_person
from lamplighter.plan.releases.verifying import changes, verify
from lamplighter.schema import day_words
from lamplighter.workspace.durable import DISK, Disk


@dataclass(frozen=True, kw_only=True)
class Approved:
    """A release that is out. `lodge`: the digest to keep elsewhere. `unchanged`: it was out already, by this very approval."""

    folder: Path
    number: int
    lodge: str
    unchanged: bool = False


def approve(releases: Path, release: str, *, approver: str, digest: str, now: datetime, disk: Disk = DISK) -> Approved:
    """Publishes a candidate, if it is still what the digest says and somebody else built it.

    release: `v3`. digest: SHA-256 of the candidate's manifest, as `plan release` printed it: any later change makes another.
    now: the time, with its zone, that the release is published at. The same approval again mends what a crash left undone.
    Raises ReleaseRefused, InputError, NoSuchName, WorkspaceBusy.
    """
    number = number_of(release)
    if number is None:
        raise InputError(f"{release!r} is no release. Write it as v3.")
    approver, digest = named(approver, "--approver"), digest.strip().casefold()
    if now.tzinfo is None:
        raise InputError("The time of an approval needs its zone.")
    if not releases.is_dir():
        raise InputError(f"There is no folder {releases}. Make a candidate first: lamplighter plan release")
    with lock(releases):
        if number in numbers_in(releases):
            return _again(releases, number, approver, digest, disk)
        candidate = releases / CANDIDATES / folder_name(number)
        if not candidate.is_dir():
            known = [folder_name(each) for each in numbers_in(releases / CANDIDATES)]
            raise NoSuchName("candidate", release, known or ["none"])
        manifest = _untouched(candidate, number)
        _check_may(manifest, approver, digest, digest_of((candidate / MANIFEST).read_bytes()), now.date())
        _check_follows(releases, manifest)
        approval = Approval(
            number=number,
            manifest_sha256=digest,
            approver=approver,
            approved_at=now.isoformat(timespec="seconds"),
        )
        disk.replace(candidate / APPROVAL, approval.as_bytes())
        disk.settle(candidate)
        place = releases / folder_name(number)
        disk.at(f"move {place.name}")
        candidate.rename(place)
        disk.settle(releases)
        _point(releases, disk)
    return Approved(folder=place, number=number, lodge=digest_of(approval.as_bytes()))


def _again(releases: Path, number: int, approver: str, digest: str, disk: Disk) -> Approved:
    release = read_published(releases, number)
    if release.approval.manifest_sha256 != digest or not same_person(release.approval.approver, approver):
        raise ReleaseRefused(
            f"{folder_name(number)} is published, and never changes. What is new goes into the next release."
        )
    unfinished = {name for path in derived_files([release]) for name in (path, f"{path}.tmp")}
    if worse := [each for each in verify(releases).found if each.path not in unfinished]:
        raise ReleaseRefused(
            "More is wrong here than an approval that was broken off, so nothing is touched:\n  "
            + "\n  ".join(str(each) for each in worse[:12])
        )
    _point(releases, disk)
    return Approved(folder=releases / folder_name(number), number=number, lodge=release.approval_sha256, unchanged=True)


def _untouched(candidate: Path, number: int) -> Manifest:
    """The candidate's manifest, if every file is what it says. Raises ReleaseRefused naming what is not."""
    name = folder_name(number)
    try:
        manifest = manifest_from((candidate / MANIFEST).read_bytes())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ReleaseRefused(f"{name}/{MANIFEST} can't be read. Make the candidate again.") from None
    there = files_of(candidate)
    for each in (MANIFEST, APPROVAL, f"{APPROVAL}.tmp"):
        there.pop(each, None)
    changed = [f"{what}: {name}/{path}" for what, path in changes(manifest.files, there)]
    if changed or manifest.number != number:
        raise ReleaseRefused(
            f"{name} is not what was built, so there is nothing to approve. Make the candidate again.\n  "
            + "\n  ".join(changed[:12] or [f"its manifest is of v{manifest.number}"])
        )
    return manifest


def _check_may(manifest: Manifest, approver: str, digest: str, found: str, today: date) -> None:
    name = folder_name(manifest.number)
    if same_person(approver, manifest.builder):
        raise ReleaseRefused(f"{manifest.builder} built {name} and can't approve it. Somebody else has to.")
    if manifest.approver_asked is not None and not same_person(approver, manifest.approver_asked):
        raise ReleaseRefused(f"{name} is for {manifest.approver_asked} to approve, not for {approver}.")
    if digest != found:
        raise ReleaseRefused(
            f"The digest is not that of {name}: it changed since, or another was meant. Look at {CANDIDATES}/{name} again, and "
            "take the digest that its builder's command printed."
        )
    if manifest.announced_for is not None and today < (day := date.fromisoformat(manifest.announced_for)):
        raise ReleaseRefused(
            f"{name} is announced for {day_words(day)}. Approve it on that day, or change the calendar and build it again."
        )


def _check_follows(releases: Path, manifest: Manifest) -> None:
    """Does the candidate follow the last release, and are all before it what was approved?"""
    if not numbers_in(releases):
        if manifest.previous is not None:
            raise ReleaseRefused(
                f"v{manifest.number} follows v{manifest.previous.number}, which is gone. Bring it back."
            )
        return
    told = verify(releases)
    if told.found:
        raise ReleaseRefused(
            "The releases before it are not what was approved:\n  " + "\n  ".join(str(each) for each in told.found[:12])
        )
    if manifest.previous != told.releases[-1].as_previous:
        raise ReleaseRefused(
            f"v{manifest.number} was not built on v{told.releases[-1].number} as it stands. Make the candidate again."
        )


def _point(releases: Path, disk: Disk) -> None:
    """Write what is made from all releases: `latest`, the list of corrections and the feed."""
    for path, content in derived_files(read_all(releases)).items():
        place = releases / path
        disk.make_folder(place.parent)
        if not place.is_file() or place.read_bytes() != content:
            disk.replace(place, content)
