"""One ZIP of a site or of a release: whole, the same bytes each time, opened by a double click, checked without a network."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest

from lamplighter.errors import InputError, NoSuchName, ReleaseRefused
from lamplighter.plan.releases.approving import approve
from lamplighter.plan.releases.candidate import make_candidate
from lamplighter.plan.releases.chain import folder_name
from lamplighter.reports.build import book_of, build_site
from lamplighter.reports.self_contained import check_names, zip_release, zip_site
from lamplighter.reports.site.data_page import data_page

HEADER = (
    'schema_version = 2\ntitle = "Northam: a synthetic plan"\nbody = "Northam"\nas_of = 2024-06-30\n\n'
    '[[version]]\nid = "V1"\ntitle = "First"\ncomplete = true\n'
)
ACCEPT = {"breakdown absent": "Northam publishes none", "release not announced": "made up"}


class Loads(HTMLParser):
    """What a page loads, and where its links lead."""

    def __init__(self, text: str):
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        where = self.links if tag == "a" else self.loads
        where += [str(told[name]) for name in ("src", "href", "data", "poster", "srcset") if told.get(name)]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan") / "northam"
    folder.mkdir()
    (folder / "plan.toml").write_text(HEADER, encoding="utf-8")
    (folder / "promises.csv").write_text(
        "id,version,kind,title,owner\nA1,V1,action,Train officers,The training lead\n", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def site(plan: Path) -> Path:
    out = plan.parent / "site"
    build_site(plan, out=out, workspace=None)
    return out


@pytest.fixture(scope="module")
def releases(plan: Path) -> Path:
    """Two releases with the real site."""
    out = plan.parent / "releases"
    for number, name in ((1, "2024-summer"), (2, "2024-autumn")):
        book = book_of(plan, workspace=None, as_of=None)
        made = make_candidate(
            book=book,
            build=lambda folder, label: build_site(plan, out=folder, workspace=None, release=label),
            data_page=lambda label, log, book=book: data_page(book, label, log),
            releases=out,
            name=name,
            builder="Ann Archer",
            accept=ACCEPT,
        )
        now = datetime(2024, 7, number, 9, tzinfo=UTC)
        approve(out, folder_name(number), approver="Ben Baker", digest=made.digest, now=now)
    return out


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def dead_and_foreign(files: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """Links of pages that lead to no file in the ZIP, and whatever a page or a style sheet would fetch from elsewhere."""
    dead, foreign = [], []
    for name, content in files.items():
        if name.endswith(".css"):
            foreign += [f"{name}: {each}" for each in re.findall(r"url\(\s*['\"]?(https?:|//)[^)]*", content.decode())]
            foreign += [f"{name}: @import" for _ in re.findall(r"@import", content.decode())]
        if not name.endswith(".html"):
            continue
        page = Loads(content.decode("utf-8"))
        foreign += [f"{name}: {each}" for each in page.loads if re.match(r"[a-z]+:|//", each)]
        for link in (*page.links, *page.loads):
            path = link.partition("#")[0]
            if not path or re.match(r"[a-z]+:", path):
                continue
            place: list[str] = []
            for part in (PurePosixPath(name).parent / path).parts:
                if part == "..":
                    if not place:
                        dead.append(f"{name}: {link} leaves the copy")
                        break
                    place.pop()
                else:
                    place.append(part)
            if "/".join(place) not in files:
                dead.append(f"{name}: {link}")
    return dead, foreign


def sums_of(files: dict[str, bytes]) -> dict[str, str]:
    return {line[66:]: line[:64] for line in files["SHA256SUMS"].decode().splitlines()}


def test_the_copy_of_a_site_opens_at_its_first_page_and_fetches_nothing(site: Path, plan: Path, tmp_path: Path):
    count = zip_site(site, plan, tmp_path / "site.zip")
    files = unpacked(tmp_path / "site.zip")
    assert len(files) == count
    assert files["index.html"] == (site / "index.html").read_bytes()
    assert files["records/promises.csv"] == (plan / "promises.csv").read_bytes()
    assert dead_and_foreign(files) == ([], [])
    assert not {".lamplighter", "build.json"} & set(files)


def test_every_file_but_the_list_itself_is_in_the_list_of_digests(site: Path, plan: Path, tmp_path: Path):
    zip_site(site, plan, tmp_path / "site.zip")
    files = unpacked(tmp_path / "site.zip")
    assert sums_of(files) == {n: hashlib.sha256(c).hexdigest() for n, c in files.items() if n != "SHA256SUMS"}
    told = json.loads(files["manifest.json"])
    assert set(told["files"]) == set(files) - {"SHA256SUMS", "HOW-TO-CHECK.txt", "manifest.json"}
    assert (told["as_of"], told["release"]) == ("2024-06-30", None)
    assert b"A working copy, not a release" in files["HOW-TO-CHECK.txt"]


def test_the_same_site_gives_the_same_bytes_wherever_it_lies(site: Path, plan: Path, tmp_path: Path):
    other = shutil.copytree(site, tmp_path / "elsewhere" / "site")
    zip_site(site, plan, tmp_path / "one.zip")
    zip_site(other, plan, tmp_path / "other.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_the_copy_of_a_release_holds_it_as_it_was_approved_and_no_link_leads_nowhere(releases: Path, tmp_path: Path):
    zip_release(releases, "v2", tmp_path / "v2.zip")
    files = unpacked(tmp_path / "v2.zip")
    for path in sorted((releases / "v2").rglob("*")):
        if path.is_file():
            assert files[path.relative_to(releases).as_posix()] == path.read_bytes()
    assert dead_and_foreign(files) == ([], [])
    assert b'url=v2/index.html"' in files["index.html"]
    assert b"v1 stands where the releases are published" in files["v1/index.html"]
    assert b'href="data-changes.html"' in files["v2/downloads.html"]


def test_how_to_check_names_the_digests_and_the_list_says_the_same_as_the_manifest(releases: Path, tmp_path: Path):
    zip_release(releases, "v2", tmp_path / "v2.zip")
    files = unpacked(tmp_path / "v2.zip")
    how, sums = files["HOW-TO-CHECK.txt"].decode(), sums_of(files)
    for name in ("manifest.json", "approval.json"):
        assert hashlib.sha256((releases / "v2" / name).read_bytes()).hexdigest() in how
    for path, digest in json.loads(files["v2/manifest.json"])["files"].items():
        assert sums[f"v2/{path}"] == digest
    assert "that Ben Baker approved at 2024-07-02T09:00:00+00:00" in how


def test_the_same_release_gives_the_same_bytes(releases: Path, tmp_path: Path):
    zip_release(releases, "v1", tmp_path / "one.zip")
    zip_release(releases, "v1", tmp_path / "other.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_releases_that_were_altered_are_not_packed(releases: Path, tmp_path: Path):
    copy = shutil.copytree(releases, tmp_path / "releases")
    (copy / "v1" / "index.html").write_bytes(b"kept!")
    with pytest.raises(ReleaseRefused, match=r"altered: v1/index\.html"):
        zip_release(copy, "v2", tmp_path / "v2.zip")
    assert not (tmp_path / "v2.zip").exists()


def test_what_is_no_release_or_no_site_is_refused(releases: Path, site: Path, plan: Path, tmp_path: Path):
    with pytest.raises(NoSuchName, match="published release called 'v9'"):
        zip_release(releases, "v9", tmp_path / "v9.zip")
    with pytest.raises(InputError, match="is no built site"):
        zip_site(plan, plan, tmp_path / "x.zip")
    with pytest.raises(InputError, match="would lie inside"):
        zip_site(site, plan, site / "x.zip")
    assert not (site / "x.zip").exists()


@pytest.mark.parametrize(
    "path", ["promises/CON.html", "promises/a:b.html", "promises/a./x", "promises/aux.tar.gz", "a?.csv", "x" * 181]
)
def test_a_name_that_windows_cant_hold_is_refused(path: str):
    check_names(["promises/a space.html", "x" * 180])
    with pytest.raises(InputError, match="can't be unpacked on Windows"):
        check_names([path])


def test_two_names_that_are_one_on_windows_are_refused():
    with pytest.raises(InputError, match="are one file on Windows"):
        check_names(["promises/A1.html", "promises/a1.html"])


def test_a_zip_is_whole_or_not_there(site: Path, plan: Path, tmp_path: Path):
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(InputError, match="can't be written"):
        zip_site(site, plan, tmp_path / "taken" / "site.zip")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["taken"]
