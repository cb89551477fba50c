"""Small files of data.police.uk, drawn as rows of a few words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from lamplighter.sources.police_uk import offered_files, read
from lamplighter.sources.reading import Reading

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
FORCE = "Northam Police,Northam Police"
PLACE = "-1.451664,53.599163,On or near Jack Close Orchard,E01007434,Northam 001A"

Read = Callable[..., Reading]


def row(reference: str = "", month: str = "2018-10", place: str = PLACE, offence: str = "Burglary") -> str:
    """One line of a street file."""
    return f"{reference},{month},{FORCE},{place},{offence},Under investigation,"


def street(*rows: str, header: str = HEADER, end: str = "\r\n") -> bytes:
    """A street file with its lines ended as the site ends them."""
    return (end.join([header, *rows]) + end).encode("utf-8")


class Drawn:
    """The functions above, for tests that are handed them by name."""

    HEADER = HEADER
    FORCE = FORCE
    PLACE = PLACE
    row = staticmethod(row)
    street = staticmethod(street)


@pytest.fixture
def drawn() -> type[Drawn]:
    return Drawn


@pytest.fixture
def read_bytes() -> Read:
    """Read the bytes of one CSV under a name of the site's."""

    def run(content: bytes, name: str = "2018-10-northam-street.csv") -> Reading:
        stem = name.removesuffix(".csv")
        return read(content, name=name, stem=stem, content_sha256=hashlib.sha256(content).hexdigest())

    return run


@pytest.fixture
def found_in() -> Callable[..., dict[str, bytes]]:
    """Name → content of every CSV behind some paths."""

    def run(*paths: Path) -> dict[str, bytes]:
        return {each.name: each.content() for each in offered_files(paths)[0]}

    return run
