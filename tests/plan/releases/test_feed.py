"""The Atom feed: what RFC 4287 requires is there, it is made from the chain alone, and verify knows it."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree as Xml

import pytest

from lamplighter.plan.releases.chain import derived_files, read_all
from lamplighter.plan.releases.feed import feed
from lamplighter.plan.releases.verifying import verify

ATOM = {"a": "http://www.w3.org/2005/Atom"}
WRONG = (
    "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
    "K1,G1,value,6080,6800,Ann Archer,2022-06-01,Typed <wrongly> & in haste\n"
)


def read(desk) -> Xml.Element:
    return Xml.fromstring((desk.releases / "feed.xml").read_bytes())  # noqa: S314 (our own file)


def texts(feed: Xml.Element, path: str) -> list[str]:
    return [each.text or "" for each in feed.findall(path, ATOM)]


def test_a_feed_has_each_element_that_atom_requires(desk):
    desk.write(corrections=WRONG)
    desk.publish("2022-summer")
    told = read(desk)
    assert told.tag == "{http://www.w3.org/2005/Atom}feed"
    for place in [told, *told.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):
            (found,) = texts(place, f"a:{name}")
            assert found, name
        (identity,) = texts(place, "a:id")
        assert identity.startswith("urn:uuid:")
        (updated,) = texts(place, "a:updated")
        assert datetime.fromisoformat(updated) == desk.now
    for entry in told.findall("a:entry", ATOM):
        assert texts(entry, "a:author/a:name") == ["Ann Archer"]
        (link,) = entry.findall("a:link[@rel='alternate']", ATOM)
        assert (desk.releases / link.attrib["href"].partition("#")[0]).is_file()
    (self_link,) = told.findall("a:link[@rel='self']", ATOM)
    assert self_link.attrib["href"] == "feed.xml"


def test_one_entry_a_release_and_one_a_correction_the_newest_first(desk):
    desk.publish("2022-summer")
    desk.write(corrections=WRONG)
    desk.publish("2022-autumn", "2022-winter")
    assert texts(read(desk), "a:entry/a:title") == [
        "Release v3: 2022-winter",
        "Correction: G1, value",
        "Release v2: 2022-autumn",
        "Release v1: 2022-summer",
    ]
    assert "It said: 6080. It says: 6800. Why: Typed <wrongly> & in haste" in texts(read(desk), "a:entry/a:summary")


def test_no_id_stands_twice_and_none_changes_when_a_release_follows(desk):
    desk.publish("2022-summer")
    before = texts(read(desk), ".//a:id")
    desk.write(corrections=WRONG)
    desk.publish("2022-autumn")
    after = texts(read(desk), ".//a:id")
    assert len(after) == len(set(after)) == 4
    assert set(before) < set(after)


def test_a_feed_that_was_altered_is_named(desk):
    desk.publish("2022-summer")
    place = desk.releases / "feed.xml"
    place.write_bytes(place.read_bytes().replace(b"2022-summer", b"2022-autumn"))
    assert [(each.what, each.path) for each in verify(desk.releases).found] == [("altered", "feed.xml")]


def test_a_feed_that_was_taken_away_is_named_and_the_same_approval_brings_it_back(desk):
    made = desk.candidate("2022-summer")
    desk.approve(made)
    before = (desk.releases / "feed.xml").read_bytes()
    (desk.releases / "feed.xml").unlink()
    (found,) = verify(desk.releases).found
    assert (found.what, found.path) == ("taken away", "feed.xml")
    assert desk.approve(made).unchanged
    assert (desk.releases / "feed.xml").read_bytes() == before
    assert verify(desk.releases).found == ()


def older(desk):
    """A build as a version before the feed wrote it: without a page of releases."""
    write = desk.site(desk.book())

    def build(folder, label) -> None:
        write(folder, label)
        (folder / "releases.html").unlink()

    return build


def test_releases_of_a_version_that_knew_no_feed_stay_whole_and_a_feed_put_beside_them_is_named(desk):
    desk.approve(desk.candidate("2022-summer", build=older(desk)))
    assert not (desk.releases / "feed.xml").exists()
    assert b"feed.xml" not in (desk.releases / "latest" / "index.html").read_bytes()
    assert verify(desk.releases).found == ()
    (desk.releases / "feed.xml").write_bytes(b"<feed/>")
    assert [(each.what, each.path) for each in verify(desk.releases).found] == [("added", "feed.xml")]


def test_the_next_release_of_this_version_has_the_older_one_in_its_feed(desk):
    desk.approve(desk.candidate("2022-summer", build=older(desk)))
    desk.publish("2022-autumn")
    assert texts(read(desk), "a:entry/a:title") == ["Release v2: 2022-autumn", "Release v1: 2022-summer"]
    assert b'href="../feed.xml"' in (desk.releases / "latest" / "index.html").read_bytes()
    assert verify(desk.releases).found == ()


def test_a_character_that_xml_cannot_hold_does_not_break_the_feed(desk):
    made = desk.candidate(builder="Ann\x07 Archer\ufffe")
    desk.approve(made)
    assert texts(read(desk), "a:entry/a:author/a:name") == ["Ann Archer"]


def test_the_same_releases_give_the_same_bytes(desk, three):
    published = read_all(desk.releases)
    assert derived_files(published)["feed.xml"] == (desk.releases / "feed.xml").read_bytes()


def test_no_release_is_no_feed():
    with pytest.raises(ValueError, match="needs a release"):
        feed([])
