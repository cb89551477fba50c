"""The site is written whole or not at all, the same bytes every time, and never over what is not ours."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lamplighter.errors import InputError
from lamplighter.reports.site import write_site


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_says_how_much_it_wrote(book: Any, charts: Any, tmp_path: Path) -> None:
    done = write_site(book, tmp_path / "site", charts=charts, extra_files={"plan.json": b"{}"})

    assert done.pages == len(list((tmp_path / "site").rglob("*.html")))
    assert done.files == len(digests(tmp_path / "site"))
    assert (done.charts_drawn, done.charts_cached) == (3, 2)


def test_writing_it_again_changes_no_byte_and_leaves_nothing_beside_it(book: Any, charts: Any, tmp_path: Path) -> None:
    write_site(book, tmp_path / "site", charts=charts)
    before = digests(tmp_path / "site")
    write_site(book, tmp_path / "site", charts=charts, cache=tmp_path / "cache")

    assert digests(tmp_path / "site") == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cache", "site"]


def test_two_time_zones_and_two_hash_seeds_write_the_same_bytes(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    program = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path\n"
        "from conftest import FakeCharts, _fixture_book\n"
        "from lamplighter.reports.site import write_site\n"
        "write_site(_fixture_book()(), Path(sys.argv[1]), charts=FakeCharts())\n"
    )
    found = []
    for zone, seed in (("Asia/Tokyo", "1"), ("America/New_York", "2")):
        out = tmp_path / zone.replace("/", "-")
        subprocess.run(
            [sys.executable, "-c", program, str(out), str(root / "src"), str(Path(__file__).parent)],
            check=True,
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
        )
        found.append(digests(out))

    assert found[0] == found[1]


def test_a_folder_that_is_not_a_site_of_ours_is_left_as_it_is(book: Any, charts: Any, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")

    with pytest.raises(InputError, match="not a site that Lamplighter wrote"):
        write_site(book, tmp_path / "thesis", charts=charts)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"


def test_a_strangers_file_in_our_site_is_not_deleted(book: Any, charts: Any, tmp_path: Path) -> None:
    write_site(book, tmp_path / "site", charts=charts)
    (tmp_path / "site" / "CNAME").write_text("example.org")

    with pytest.raises(InputError, match="CNAME, which Lamplighter did not write"):
        write_site(book, tmp_path / "site", charts=charts)
    assert (tmp_path / "site" / "CNAME").read_text() == "example.org"


def test_a_damaged_list_of_files_is_no_leave_to_delete(book: Any, charts: Any, tmp_path: Path) -> None:
    write_site(book, tmp_path / "site", charts=charts)
    (tmp_path / "site" / ".lamplighter").write_text("{")

    with pytest.raises(InputError, match="can't be read"):
        write_site(book, tmp_path / "site", charts=charts)


def test_a_file_in_the_place_of_the_folder_is_refused(book: Any, charts: Any, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")

    with pytest.raises(InputError, match="is a file"):
        write_site(book, tmp_path / "site", charts=charts)


def test_a_strangers_link_in_our_site_is_not_deleted(book: Any, charts: Any, tmp_path: Path) -> None:
    write_site(book, tmp_path / "site", charts=charts)
    (tmp_path / "letters").mkdir()
    (tmp_path / "site" / "hers").symlink_to(tmp_path / "letters")
    with pytest.raises(InputError, match="holds hers, which Lamplighter did not write"):
        write_site(book, tmp_path / "site", charts=charts)
    assert (tmp_path / "site" / "hers").is_symlink()


def test_an_empty_folder_may_be_used(book: Any, charts: Any, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    write_site(book, tmp_path / "site", charts=charts)

    assert (tmp_path / "site" / "index.html").is_file()


def test_a_page_that_fails_leaves_the_old_site_whole(book: Any, charts: Any, tmp_path: Path) -> None:
    write_site(book, tmp_path / "site", charts=charts)
    before = digests(tmp_path / "site")

    with pytest.raises(FileNotFoundError):
        write_site(book, tmp_path / "site", charts=charts, extra_files={"report.pdf": tmp_path / "missing.pdf"})
    assert digests(tmp_path / "site") == before
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_build_left_beside_is_cleared_away(book: Any, charts: Any, tmp_path: Path) -> None:
    (tmp_path / ".site.writing").mkdir()
    (tmp_path / ".site.writing" / "half.html").write_text("half a page")
    write_site(book, tmp_path / "site", charts=charts)

    assert [each.name for each in tmp_path.iterdir()] == ["site"]
    assert not (tmp_path / "site" / "half.html").exists()


@pytest.mark.parametrize(
    ("promise_id", "said"), [("a1", "Two records would make"), ("CON", "not every computer can hold")]
)
def test_ids_that_windows_can_not_hold_apart_are_refused(
    book: Any, charts: Any, tmp_path: Path, promise_id: str, said: str
) -> None:
    extra = replace(book.standings[0], promise=replace(book.standings[0].promise, id=promise_id))
    clashing = replace(book, standings=(*book.standings, extra))

    with pytest.raises(InputError, match=said):
        write_site(clashing, tmp_path / "site", charts=charts)
    assert not (tmp_path / "site").exists()
