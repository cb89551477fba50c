"""The releases that stand in a folder: who may write there, which are published, and what is made from all of them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lamplighter.errors import InputError, WorkspaceBusy
from lamplighter.plan.releases.corrections import ListedCorrection, corrections_csv
from lamplighter.plan.releases.feed import FEED, Issue, feed
from lamplighter.plan.releases.manifest import (
    APPROVAL,
    MANIFEST,
    Approval,
    Manifest,
    Previous,
    approval_from,
    digest_of,
    manifest_from,
)

CANDIDATES = "candidates"
BUILDING = ".building"
LATEST = "latest"
LATEST_PAGE = "latest/index.html"
LATEST_TEXT = "latest/latest.txt"
CORRECTIONS = "corrections.csv"
RELEASES_PAGE = "releases.html"
OURS = frozenset({CANDIDATES, LATEST, CORRECTIONS, FEED})
_LOCK = ".releases.lock"
_NUMBERED = re.compile(r"v([1-9][0-9]{0,5})")
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, kw_only=True)
class Published:
    """One release that is out, with the digests that the next one is chained to."""

    number: int
    manifest: Manifest
    manifest_sha256: str
    approval: Approval
    approval_sha256: str

    @property
    def as_previous(self) -> Previous:
        return Previous(number=self.number, manifest_sha256=self.manifest_sha256, approval_sha256=self.approval_sha256)


def folder_name(number: int) -> str:
    """3 → `v3`: the address of a release, for good."""
    return f"v{number}"


def number_of(name: str) -> int | None:
    """`v3` → 3; None for a name that is no release's."""
    found = _NUMBERED.fullmatch(name)
    return int(found[1]) if found else None


def numbers_in(folder: Path) -> list[int]:
    """The numbers of the releases in a folder, in order."""
    if not folder.is_dir():
        return []
    found = (number_of(each.name) for each in folder.iterdir() if each.is_dir())
    return sorted(each for each in found if each is not None)


def read_published(releases: Path, number: int) -> Published:
    """One published release's manifest and approval. Raises InputError, naming the file, if one can't be read."""
    folder = releases / folder_name(number)
    try:
        manifest = (folder / MANIFEST).read_bytes()
        told = manifest_from(manifest)
    except _UNREADABLE:
        raise InputError(_unreadable(number, MANIFEST)) from None
    try:
        approval = (folder / APPROVAL).read_bytes()
        approved = approval_from(approval)
    except _UNREADABLE:
        raise InputError(_unreadable(number, APPROVAL)) from None
    return Published(
        number=number,
        manifest=told,
        manifest_sha256=digest_of(manifest),
        approval=approved,
        approval_sha256=digest_of(approval),
    )


def read_all(releases: Path) -> list[Published]:
    """Every published release, the first first. Raises InputError if one can't be read."""
    return [read_published(releases, number) for number in numbers_in(releases)]


def derived_files(published: Sequence[Published]) -> dict[str, bytes]:
    """What stands beside the releases and is made from them: where `latest` points, every correction, the feed.

    The feed is there once a release's pages link to it: releases of an older version of this program stay whole without it.
    """
    if not published:
        return {}
    last = published[-1]
    has_feed = RELEASES_PAGE in last.manifest.files
    made = {
        LATEST_PAGE: _latest_page(last, has_feed=has_feed),
        LATEST_TEXT: f"{folder_name(last.number)}\n".encode(),
        CORRECTIONS: _corrections(published),
    }
    return {**made, FEED: feed([_issue(each) for each in published])} if has_feed else made


@contextmanager
def lock(releases: Path, *, wait_s: float = 30.0) -> Iterator[None]:
    """Only one command writes releases at a time. Raises WorkspaceBusy, or InputError if nothing can be written there."""
    import filelock

    try:
        releases.mkdir(parents=True, exist_ok=True)
        held = filelock.FileLock(releases / _LOCK, timeout=wait_s)
        held.acquire()
    except filelock.Timeout:
        raise WorkspaceBusy(f"Another command is writing to {releases}. Try again when it has ended.") from None
    except OSError as error:
        raise InputError(
            f"{releases} can't be written ({error.strerror}). Name a folder that you may write to."
        ) from None
    try:
        yield
    except OSError as error:
        where = error.filename or releases
        raise InputError(
            f"{where} can't be written ({error.strerror}). Close it in other programs and look at the disk, then try again."
        ) from None
    finally:
        held.release()


def _unreadable(number: int, name: str) -> str:
    return (
        f"{folder_name(number)}/{name} can't be read, so nothing is built on it. "
        "See what happened: lamplighter release verify; then bring the file back from a copy."
    )


def _issue(release: Published) -> Issue:
    return Issue(folder=folder_name(release.number), manifest=release.manifest, approval=release.approval)


def _latest_page(last: Published, *, has_feed: bool) -> bytes:
    address = f"../{folder_name(last.number)}/index.html"
    title = html.escape(f"{last.manifest.title}: release {last.manifest.name}")
    alternate = (
        f'<link rel="alternate" type="application/atom+xml" title="Releases and corrections" href="../{FEED}">\n'
    )
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n<title>{title}</title>\n'
        f'<link rel="canonical" href="{address}">\n{alternate if has_feed else ""}</head>\n<body>\n'
        f'<p>The latest release is <a href="{address}">{title}</a>.</p>\n</body>\n</html>\n'
    ).encode()


def _corrections(published: Sequence[Published]) -> bytes:
    """Each correction once, dated by the release that published it first."""
    listed: dict[str, ListedCorrection] = {}
    for release in published:
        for each in release.manifest.corrections:
            listed.setdefault(
                each.id,
                ListedCorrection(
                    correction=each, published_at=release.approval.approved_at, release=folder_name(release.number)
                ),
            )
    return corrections_csv(listed.values())
