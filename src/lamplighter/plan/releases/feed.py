"""The Atom feed of the releases: one entry a release, one a correction, made from the chain and from nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from lamplighter.plan.releases.manifest import Approval, Manifest, PublishedCorrection

FEED = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
_CORRECTIONS_PAGE = "corrections.html"


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One published release, as the feed needs it."""

    folder: str
    manifest: Manifest
    approval: Approval


def feed(issues: Sequence[Issue]) -> bytes:
    """The feed as RFC 4287 wants it, the newest first: always the same bytes for the same releases.

    Ids are made from the digest that the first approval names, so they need no domain and never change. Times are those of
    the approvals. Addresses are relative to the feed, so that it works wherever the releases lie.
    Raises ValueError if there is no release.
    """
    if not issues:
        raise ValueError("A feed needs a release.")
    last, chain = issues[-1], issues[0].approval.manifest_sha256
    Xml.register_namespace("", ATOM)
    root = Xml.Element(_atom("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _say(root, "id", _id_of(chain))
    _say(root, "title", f"{last.manifest.title}: releases and corrections")
    _say(root, "updated", last.approval.approved_at)
    Xml.SubElement(root, _atom("link"), {"rel": "self", "type": "application/atom+xml", "href": FEED})
    page = {"rel": "alternate", "type": "text/html", "href": "latest/index.html"}
    Xml.SubElement(root, _atom("link"), page)
    seen: set[str] = set()
    entries: list[Xml.Element] = []
    for issue in issues:
        entries.append(_release(chain, issue))
        entries += [_correction(chain, issue, each) for each in _fresh(issue, seen)]
    root.extend(reversed(entries))
    Xml.indent(root, space=" ")
    told: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return told + b"\n"


def _fresh(issue: Issue, seen: set[str]) -> Iterator[PublishedCorrection]:
    """The corrections that this release is the first to publish."""
    for each in issue.manifest.corrections:
        if each.id not in seen:
            seen.add(each.id)
            yield each


def _release(chain: str, issue: Issue) -> Xml.Element:
    manifest = issue.manifest
    entry = _entry(
        identity=_id_of(f"{chain} release {issue.folder}"),
        title=f"Release {issue.folder}: {manifest.name}",
        updated=issue.approval.approved_at,
        author=manifest.builder,
        href=f"{issue.folder}/index.html",
    )
    words = f"{manifest.title}, looked at from {manifest.as_of}. "
    words += f"Built by {manifest.builder}, approved by {issue.approval.approver}."
    _say(entry, "summary", words)
    return entry


def _correction(chain: str, issue: Issue, each: PublishedCorrection) -> Xml.Element:
    has_list = _CORRECTIONS_PAGE in issue.manifest.files
    page = f"{_CORRECTIONS_PAGE}#correction-{each.id}" if has_list else "index.html"
    entry = _entry(
        identity=_id_of(f"{chain} correction {each.id}"),
        title=f"Correction: {each.record_id}, {each.field}",
        updated=issue.approval.approved_at,
        author=each.corrected_by or issue.manifest.builder,
        href=f"{issue.folder}/{page}",
    )
    words = f"It said: {each.old or 'nothing'}. It says: {each.new or 'nothing'}. Why: {each.reason}"
    _say(entry, "summary", words)
    return entry


def _entry(*, identity: str, title: str, updated: str, author: str, href: str) -> Xml.Element:
    entry = Xml.Element(_atom("entry"))
    _say(entry, "id", identity)
    _say(entry, "title", title)
    _say(entry, "updated", updated)
    _say(Xml.SubElement(entry, _atom("author")), "name", author)
    Xml.SubElement(entry, _atom("link"), {"rel": "alternate", "type": "text/html", "href": href})
    return entry


def _say(parent: Xml.Element, name: str, words: str) -> None:
    Xml.SubElement(parent, _atom(name)).text = "".join(each for each in words if _may_stand_in_xml(each))


def _may_stand_in_xml(character: str) -> bool:
    """XML 1.0 has no way at all to write most control characters; a feed with one is read by nobody."""
    code = ord(character)
    return character in "\t\n\r" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _id_of(told: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, told)}"
