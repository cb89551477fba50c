"""House rules that a machine can check: short files, no clock in the library, plain names, no address of a registry."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import lamplighter

PACKAGE = Path(lamplighter.__file__).parent
PROJECT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400
NAMELESS = re.compile(r"(^|_)(utils?|helpers?|services?|managers?|misc|common)$|^base_")
# Put together here, so that this file passes its own test.
REGISTRY_WORDS = ("pypi org", "pythonhosted org", "npmjs org", "npmjs com", "yarnpkg com", "deb debian org")
REGISTRIES = tuple(words.replace(" ", ".") for words in REGISTRY_WORDS)
# What reads the clock: the call's last two names. A duration (perf_counter, monotonic) is not a date.
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
CLOCKS |= {("time", "localtime"), ("time", "gmtime"), ("time", "strftime"), ("time", "time_ns")}


def clock_readings(text: str) -> list[str]:
    """Each call in a module's text that reads the clock, as `line: call`."""
    return [
        f"{node.lineno}: {ast.unparse(node.func)}()"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (ast.unparse(node.func.value).rsplit(".", 1)[-1], node.func.attr) in CLOCKS
    ]


def registry_names(text: str) -> list[str]:
    """The hosts of package registries that a text names."""
    return [host for host in REGISTRIES if host in text.lower()]


def committed_texts() -> Iterator[tuple[str, str]]:
    """Every text file that git knows or would add, with its content."""
    listing = subprocess.run(
        ["git", "-c", f"safe.directory={PROJECT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    for name in listing.stdout.decode("utf-8").split("\0"):
        path = PROJECT / name
        if name and path.is_file() and b"\0" not in (content := path.read_bytes())[:4096]:
            yield name, content.decode("utf-8", errors="replace")


def test_no_source_file_is_longer_than_anybody_wants_to_open() -> None:
    lines = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES
    }
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_every_module_opens_with_a_sentence_that_says_what_it_is() -> None:
    silent = [
        path.relative_to(PACKAGE).as_posix()
        for path in SOURCES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_room_is_called_by_a_name_that_says_nothing() -> None:
    rooms = {path.stem for path in SOURCES} | {path.name for path in PACKAGE.rglob("*") if path.is_dir()}
    assert sorted(room for room in rooms if NAMELESS.search(room)) == []


def test_only_the_command_line_reads_the_clock() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): readings
        for path in SOURCES
        if path.relative_to(PACKAGE).parts[0] != "cli"
        and (readings := clock_readings(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "time.time()"])
def test_a_seeded_reading_of_the_clock_is_found(line: str) -> None:
    assert clock_readings(f"x = {line}") == [f"1: {line.split('(')[0]}()"]


def test_a_duration_is_not_taken_for_the_clock() -> None:
    assert clock_readings("import time\nbegun = time.perf_counter()") == []


def test_the_repository_names_no_package_registry() -> None:
    assert {name: hosts for name, text in committed_texts() if (hosts := registry_names(text))} == {}


def test_a_seeded_address_of_a_registry_is_found() -> None:
    assert registry_names(f"--index-url https://{REGISTRIES[0].upper()}/simple") == [REGISTRIES[0]]


def test_every_locked_package_has_a_hash_and_no_address() -> None:
    for path in sorted((PROJECT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        packages = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
        assert packages
        assert [line for line in packages if "--hash=sha256:" not in line or "://" in line] == [], path.name
