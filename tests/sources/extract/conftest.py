"""A small export, drawn as its lines, and the mapping that reads it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import pytest

from lamplighter.sources.extract import mapping_of, read
from lamplighter.sources.extract.mapping import Mapping
from lamplighter.sources.reading import Reading

CELLS = {
    "Ref": "A1", "Reported": "31/03/2026 10:00", "From": "30/03/2026 23:30", "To": "31/03/2026 01:00", "Offence": "Stalking",
    "DA": "Y", "Sex": "F", "Age": "24", "Premises": "Dwelling", "Street": "Acre Lane", "Lon": "-1.45", "Lat": "53.5",
}  # fmt: skip
HEADER = ",".join(CELLS)
MAPPING = """
lamplighter_mapping = 1
force = "Northam Police"
[columns]
reference = "Ref"
reported = "Reported"
from = "From"
to = "To"
offence = "Offence"
victim_sex = "Sex"
victim_age = "Age"
premises = "Premises"
location = "Street"
lon = "Lon"
lat = "Lat"
[dates]
reported = "%d/%m/%Y %H:%M"
from = "%d/%m/%Y %H:%M"
to = "%d/%m/%Y %H:%M"
[words.victim_sex]
female = ["F"]
male = ["M"]
[premises]
vocabulary = "plain"
[flags.domestic_abuse]
column = "DA"
any_of = ["Y"]
"""
KEY = b"k" * 32


@pytest.fixture
def header() -> list[str]:
    """The header of the export, cell by cell."""
    return list(CELLS)


@pytest.fixture
def line() -> Callable[..., str]:
    """A whole row as CSV with some cells changed: `line(Lon="inf")`."""
    return lambda **changed: ",".join((CELLS | changed).values())


@pytest.fixture
def mapped() -> Callable[..., Mapping]:
    """The mapping, with pieces of its text replaced: `mapped(("from", "to"), …)`."""

    def change(*changes: tuple[str, str], text: str = MAPPING) -> Mapping:
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        return mapping_of(text, name="m.toml")

    return change


@pytest.fixture
def export() -> Callable[..., Reading]:
    """Read lines under the header by the mapping."""

    def of(
        *lines: str, mapping: Mapping | None = None, header: str = HEADER, key: bytes = KEY, end: str = "\n"
    ) -> Reading:
        content = ("\n".join([header, *lines]) + end).encode("utf-8")
        used = mapping or mapping_of(MAPPING, name="m.toml")
        return read(
            content, name="export.csv", mapping=used, content_sha256=sha256(content).hexdigest(), reference_key=key
        )

    return of
