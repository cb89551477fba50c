"""A site or a release as one ZIP: everything to read it and to check it without a network, opened by a double click."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from lamplighter.errors import InputError, NoSuchName, ReleaseRefused
from lamplighter.plan.cells import KEPT_BY_WINDOWS
from lamplighter.plan.folder import files_of_plan
from lamplighter.plan.releases.chain import CORRECTIONS, LATEST_PAGE, folder_name, number_of, numbers_in, read_published
from lamplighter.plan.releases.feed import FEED
from lamplighter.plan.releases.manifest import MANIFEST, RECORDS, digest_of
from lamplighter.plan.releases.verifying import verify
from lamplighter.reports.receipt import RECEIPT
from lamplighter.reports.replacing import MARKER
from lamplighter.workspace.durable import write_whole
from lamplighter.workspace.zipping import zip_bytes

SUMS = "SHA256SUMS"
HOW = "HOW-TO-CHECK.txt"
START = "index.html"
LONGEST_PATH = 180  # Windows takes 259 characters, those of the folder that it is unpacked into among them
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


def zip_site(site: Path, plan: Path, out: Path) -> int:
    """Writes a built site with the plan's own records as one ZIP; returns how many files are in it.

    site: what `plan build` wrote. plan: the folder that it was built from. The same site and records, the same bytes.
    Raises InputError: no site there, the ZIP would lie in the site, a name that Windows can't hold, the disk.
    """
    check_outside(out, site)
    if not (site / START).is_file() or not (site / "plan.json").is_file():
        raise InputError(f"{site} is no built site. Build it first: lamplighter plan build")
    files = {path: content for path, content in _content(site).items() if path not in (MARKER, RECEIPT)}
    files |= {f"{RECORDS}/{name}": content for name, content in files_of_plan(plan).items()}
    told = json.loads(files["plan.json"])
    sums = {path: digest_of(content) for path, content in sorted(files.items())}
    manifest = {
        "title": told["title"],
        "as_of": told["as_of"],
        "release": None,
        "digests": told["digests"],
        "files": sums,
    }
    files[MANIFEST] = (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    return _write(out, files, _HOW_SITE.format(title=told["title"], as_of=told["as_of"]))


def zip_release(releases: Path, release: str, out: Path) -> int:
    """Writes one published release as one ZIP, its files as they were approved; returns how many files are in it.

    release: `v3`. Beside it lie the feed and the list of corrections as they stand now, and a page in the place of each other
    release that its pages point to. Raises NoSuchName, ReleaseRefused if it is not what was approved, InputError as above.
    """
    number, known = number_of(release), numbers_in(releases)
    if number not in known:
        raise NoSuchName("published release", release, [folder_name(each) for each in known])
    check_outside(out, releases)
    if found := verify(releases).found:
        raise ReleaseRefused(
            "The releases are not what was approved, so none is packed:\n  "
            + "\n  ".join(str(each) for each in found[:12])
        )
    published = read_published(releases, number)
    name = published.manifest.name
    files = {f"{release}/{path}": content for path, content in _content(releases / release).items()}
    for path in (FEED, CORRECTIONS):
        if (releases / path).is_file():
            files[path] = (releases / path).read_bytes()
    for other in known:
        if other != number:
            words = f"This copy holds release {release} alone. {folder_name(other)} stands where the releases are published."
            files[f"{folder_name(other)}/{START}"] = _page(folder_name(other), words, f"../{release}/{START}", release)
    words = f"This copy holds release {release}. Whether there is a later one, only the place where it is published can say."
    files[LATEST_PAGE] = _page("The latest release", words, f"../{release}/{START}", release)
    title = f"{published.manifest.title}: release {release}, {name}"
    files[START] = _page(
        title, "A copy to read and to check without a network.", f"{release}/{START}", release, at_once=True
    )
    how = _HOW_RELEASE.format(
        title=published.manifest.title,
        release=release,
        name=name,
        manifest=published.manifest_sha256,
        approval=published.approval_sha256,
        approver=published.approval.approver,
        at=published.approval.approved_at,
    )
    return _write(out, files, how)


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _write(out: Path, files: Mapping[str, bytes], how: str) -> int:
    """How to check goes in first, so that it is seen first; then the digests of all, then the files by name."""
    check_names(files)
    texts = {HOW: how.replace("\n", "\r\n").encode("utf-8")}  # the one file that somebody opens in an old Notepad
    listed = {**texts, **dict(sorted(files.items()))}
    sums = "".join(f"{digest_of(content)}  {path}\n" for path, content in sorted(listed.items()))
    packed = {**texts, SUMS: sums.encode("utf-8"), **dict(sorted(files.items()))}
    try:
        out.resolve().parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, zip_bytes(packed), fsync=True)
    except OSError as error:
        raise InputError(
            f"{out} can't be written ({error.strerror}). Close it in other programs, or check that you may write there."
        ) from None
    return len(packed)


def check_names(paths: Iterable[str]) -> None:
    """Raises InputError for a path that Windows can't unpack, or two that are one to it."""
    seen: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        reserved = any(part.split(".")[0].casefold() in KEPT_BY_WINDOWS for part in parts)
        if reserved or len(path) > LONGEST_PATH or any(_NOT_ON_WINDOWS.search(part) for part in parts):
            raise InputError(f"{path!r} can't be unpacked on Windows. Rename the record that it is called after.")
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise InputError(f"{other!r} and {path!r} are one file on Windows. Rename one of the records.")


def check_outside(out: Path, folder: Path) -> None:
    """Raises InputError if the ZIP would lie among the files that it is made of. Worth asking before the work of minutes."""
    if folder.resolve() in out.resolve().parents:
        raise InputError(
            f"{out} would lie inside {folder}, and a later command would find a stranger there. Name another place."
        )


def _page(title: str, words: str, address: str, release: str, *, at_once: bool = False) -> bytes:
    """A page that needs no style: it only leads on."""
    title, words, address = html.escape(title), html.escape(words), html.escape(address)
    refresh = f'<meta http-equiv="refresh" content="0; url={address}">\n' if at_once else ""
    head = f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n{refresh}'
    body = f'<h1>{title}</h1>\n<p>{words}</p>\n<p><a href="{address}">Read release {html.escape(release)}</a></p>'
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n{head}<title>{title}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    ).encode()


_HOW_FILES = """
Is every file what it was when this was packed?
  Linux:    sha256sum -c SHA256SUMS
  macOS:    shasum -a 256 -c SHA256SUMS
  Windows:  Get-FileHash FILE        (PowerShell; compare with the line of that file in SHA256SUMS)
"""
_HOW_SITE = (
    """{title}
As of {as_of}. A working copy, not a release: it may change, and nobody approved it.

To read it, unpack the ZIP and open index.html. Nothing is fetched from a network.
records/ holds the plan's own records, one CSV a kind, from which the pages were made. manifest.json names every file by its
SHA-256, and the digests of what the pages were worked out from.
"""
    + _HOW_FILES
    + """
That shows that a file was not changed since, if SHA256SUMS itself was not. For a copy that can be proved, take a release.
"""
)
_HOW_RELEASE = (
    """{title}
Release {release}, {name}.

To read it, unpack the ZIP and open index.html. Nothing is fetched from a network. {release}/records/ holds the plan's own
records, one CSV a kind, from which the pages were made.
"""
    + _HOW_FILES
    + """
Is it the release that was approved?
  1. {release}/manifest.json names every file of the release by its SHA-256. SHA256SUMS has to say the same of each.
  2. The SHA-256 of {release}/manifest.json has to be
     {manifest}
     which is what {release}/approval.json says that {approver} approved at {at}.
  3. The SHA-256 of {release}/approval.json has to be
     {approval}
     Compare it with the digest that was lodged somewhere else when the release was published: this text alone proves
     nothing, because whoever changes a file can change this text.
"""
)
