"""Small foreign files, drawn as a reader would draw them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

PLACE_HEADER = (
    "bcu_location,borough_name,ward_name_clean_2,recorded_date_months,date_committed_from_date_months,count,sheet"
)
PLACE = "Offence count location"

Write = Callable[..., Path]


@pytest.fixture
def place_csv(tmp_path: Path) -> Write:
    """Write a place file from its lines (without header and sheet); other text of the file can be given."""

    def write(*lines: str, name: str = "offences.csv", header: str = PLACE_HEADER, end: str = "\n") -> Path:
        path = tmp_path / name
        path.write_bytes((end.join([header, *(f"{line},{PLACE}" for line in lines)]) + end).encode("utf-8"))
        return path

    return write


@pytest.fixture
def raw_file(tmp_path: Path) -> Write:
    """Write any bytes under any name."""

    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write
