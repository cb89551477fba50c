"""`lamplighter release verify`: is every release what was approved, and is none missing?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lamplighter.errors import InputError, listed
from lamplighter.plan.releases.chain import (
    CANDIDATES,
    LATEST,
    LATEST_TEXT,
    OURS,
    Published,
    derived_files,
    folder_name,
    number_of,
    numbers_in,
    read_published,
)
from lamplighter.plan.releases.feed import FEED
from lamplighter.plan.releases.manifest import APPROVAL, MANIFEST, digest_of, files_of
from lamplighter.plan.releases.people import same_person

ALTERED, ADDED, TAKEN_AWAY, CUT_OFF = "altered", "added", "taken away", "cut off"


@dataclass(frozen=True, kw_only=True)
class Tampering:
    """One thing that is not as it was approved. `what` is altered, added, taken away or cut off."""

    what: str
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.what}: {self.path}: {self.message}"


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What the check found. `lodged`: the release that the lodged digest is of; None if none was given or it is of none."""

    releases: tuple[Published, ...]
    found: tuple[Tampering, ...]
    waiting: tuple[str, ...] = ()
    lodged: int | None = None


def verify(releases: Path, *, last_digest: str | None = None) -> Verified:
    """Compares every release with its manifest, its approval and the next one's link, and the pointers with the releases.

    last_digest: the digest that was lodged elsewhere when a release was approved (of its approval, or of its manifest).
    Without it, releases cut off the end together with their traces, or a whole chain written anew, can't be seen.
    Raises InputError if there never was a release there.
    """
    numbers = numbers_in(releases)
    told = _last_told(releases)
    waiting = tuple(f"{CANDIDATES}/{folder_name(each)}" for each in numbers_in(releases / CANDIDATES))
    if not numbers and told is None and last_digest is None:
        if waiting:
            return Verified(releases=(), found=(), waiting=waiting)
        raise InputError(
            f"There is no release in {releases}. Make one with: lamplighter plan release FOLDER --out {releases}"
        )
    found = [*_missing(numbers, told), *_strangers(releases)]
    published: list[Published] = []
    for number in numbers:
        try:
            published.append(read_published(releases, number))
        except InputError:
            found += _unreadable(releases, number)
            continue
        found += _files(releases, published[-1])
    found += _links(published)
    if len(published) == len(numbers) and not (told or 0) > max(numbers, default=0):
        found += _derived(releases, published)
    lodged = None
    if last_digest is not None:
        wanted = last_digest.strip().casefold()
        of = {each.approval_sha256: each.number for each in published}
        of |= {each.manifest_sha256: each.number for each in published}
        lodged = of.get(wanted)
        if lodged is None:
            last = folder_name(published[-1].number) if published else "none"
            message = f"no release here has the lodged digest: it was cut off or altered (the last that can be read is {last})"
            found.append(Tampering(what=CUT_OFF, path=wanted[:16], message=message))
    return Verified(releases=tuple(published), found=tuple(found), waiting=waiting, lodged=lodged)


def _last_told(releases: Path) -> int | None:
    """The release that `latest` speaks of, if it can be read."""
    try:
        return number_of((releases / LATEST_TEXT).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None


def _missing(numbers: list[int], told: int | None) -> Iterator[Tampering]:
    last = max(numbers, default=0)
    for number in range(1, last + 1):
        if number not in numbers:
            yield Tampering(what=TAKEN_AWAY, path=folder_name(number), message="the whole release is gone")
    for number in range(last + 1, (told or 0) + 1):
        message = f"{LATEST_TEXT} speaks of {folder_name(told or 0)}, and this release is gone"
        yield Tampering(what=CUT_OFF, path=folder_name(number), message=message)


def _strangers(releases: Path) -> Iterator[Tampering]:
    """What nobody approved and no command wrote, beside the releases. Names that begin with a dot belong to a server."""
    for each in sorted(releases.iterdir()) if releases.is_dir() else ():
        ours = each.name in OURS or (each.is_dir() and number_of(each.name) is not None)
        if each.is_symlink() and ours:
            yield Tampering(what=ALTERED, path=each.name, message="a link stands where a file or folder was written")
        elif not ours and not each.name.startswith("."):
            yield Tampering(what=ADDED, path=each.name, message="it is no part of a release")


def _unreadable(releases: Path, number: int) -> Iterator[Tampering]:
    folder = releases / folder_name(number)
    for name in (MANIFEST, APPROVAL):
        path = f"{folder_name(number)}/{name}"
        if not (folder / name).is_file():
            yield Tampering(what=TAKEN_AWAY, path=path, message="without it nothing in this release can be trusted")
            return
    yield Tampering(
        what=ALTERED,
        path=folder_name(number),
        message=f"its {MANIFEST} or its {APPROVAL} can't be read, so nothing in it can be trusted",
    )


def _files(releases: Path, release: Published) -> Iterator[Tampering]:
    """The release's files against its manifest, and the manifest against its approval."""
    name = folder_name(release.number)
    void = f"so the approval by {release.approval.approver} is void"
    if release.manifest_sha256 != release.approval.manifest_sha256:
        yield Tampering(
            what=ALTERED, path=f"{name}/{MANIFEST}", message=f"it is not the manifest that was approved, {void}"
        )
    if release.manifest.number != release.number or release.approval.number != release.number:
        yield Tampering(
            what=ALTERED, path=name, message=f"its manifest is of v{release.manifest.number}: it was moved here"
        )
    if same_person(release.approval.approver, release.manifest.builder):
        message = f"{release.approval.approver} built it and approved it"
        yield Tampering(what=ALTERED, path=f"{name}/{APPROVAL}", message=message)
    there = files_of(releases / name)
    for path in (MANIFEST, APPROVAL):
        there.pop(path, None)
    for what, path in changes(release.manifest.files, there):
        words = {
            ALTERED: f"its content is not what was approved, {void}",
            ADDED: f"it is not in the manifest, {void}",
            TAKEN_AWAY: f"the manifest names it, {void}",
        }
        yield Tampering(what=what, path=f"{name}/{path}", message=words[what])


def changes(promised: object, there: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Which files are altered, added or taken away, against the digests of a manifest."""
    named: dict[str, str] = dict(promised)  # type: ignore[call-overload]
    for path in sorted(set(named) | set(there)):
        if path not in there:
            yield TAKEN_AWAY, path
        elif path not in named:
            yield ADDED, path
        elif named[path] != there[path]:
            yield ALTERED, path


def _links(published: list[Published]) -> Iterator[Tampering]:
    """Each manifest against the digests of the release before it."""
    by_number = {each.number: each for each in published}
    for release in published:
        link, name = release.manifest.previous, folder_name(release.number)
        if release.number == 1:
            if link is not None:
                yield Tampering(what=CUT_OFF, path=name, message=f"it follows v{link.number}, which is not here")
            continue
        before = by_number.get(release.number - 1)
        if link is None or link.number != release.number - 1:
            yield Tampering(what=ALTERED, path=f"{name}/{MANIFEST}", message="it does not name the release before it")
        elif before is not None:
            wrong = []
            if link.manifest_sha256 != before.manifest_sha256:
                wrong.append(MANIFEST)
            if link.approval_sha256 != before.approval_sha256:
                wrong.append(APPROVAL)
            if wrong:
                message = f"{listed(wrong)} is not what {name} was built on"
                path = f"{folder_name(before.number)}/{wrong[0]}"
                yield Tampering(what=ALTERED, path=path, message=message)


def _derived(releases: Path, published: list[Published]) -> Iterator[Tampering]:
    """`latest`, the list of corrections and the feed against what the releases say."""
    wanted = derived_files(published)
    last = folder_name(published[-1].number) if published else ""
    mend = f"if nobody touched it, an approval was broken off: approve {last} again with the same name and digest"
    for path, content in wanted.items():
        place = releases / path
        if not place.is_file():
            yield Tampering(what=TAKEN_AWAY, path=path, message=mend)
        elif digest_of(place.read_bytes()) != digest_of(content):
            yield Tampering(what=ALTERED, path=path, message=f"it is not what the releases say; {mend}")
    if published and FEED not in wanted and (releases / FEED).exists():
        yield Tampering(what=ADDED, path=FEED, message="no release here has pages that link to a feed")
    for path in files_of(releases / LATEST) if (releases / LATEST).is_dir() else ():
        if f"{LATEST}/{path}" not in wanted:
            yield Tampering(what=ADDED, path=f"{LATEST}/{path}", message="it is no part of a release")
