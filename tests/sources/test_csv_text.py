"""The ways in which real programs write CSV: marks, line ends, code pages, blank lines."""

from __future__ import annotations

import pytest

from lamplighter.errors import FileRefused
from lamplighter.sources import mps_vawg

GOOD = "South,Lambeth,Abbey,2014-01-01,2014-01-01,1"


def test_a_byte_order_mark_is_no_part_of_the_first_header(place_csv):
    path = place_csv(GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert mps_vawg.read(path).tables["offences_place"].column("bcu").to_pylist() == ["South"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(place_csv, end):
    assert mps_vawg.read(place_csv(GOOD, GOOD, end=end)).rows_kept == 2


def test_mixed_line_ends_lose_no_row(place_csv):
    path = place_csv(GOOD, GOOD, GOOD)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(lines[0] + b"\r\n" + lines[1] + b"\n" + lines[2] + b"\r\n" + lines[3] + b"\n")
    assert mps_vawg.read(path).rows_kept == 3


def test_the_last_line_need_not_end(place_csv):
    path = place_csv(GOOD, GOOD)
    path.write_bytes(path.read_bytes().rstrip())
    assert mps_vawg.read(path).rows_kept == 2


def test_a_file_that_stops_in_the_middle_of_a_line_was_cut_short_and_is_refused_whole(place_csv):
    path = place_csv(GOOD, GOOD, GOOD)
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(FileRefused, match=r"offences.csv: its last line \(4\) stops in the middle.*Download it again"):
        mps_vawg.read(path)


def test_windows_1252_is_read_with_a_warning(place_csv):
    path = place_csv("South,Lambeth,Café Ward,2014-01-01,2014-01-01,1")
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    reading = mps_vawg.read(path)
    assert reading.tables["offences_place"].column("ward").to_pylist() == ["Café Ward"]
    assert "not UTF-8 (line 2); it was read as Windows-1252" in reading.warnings[0]


def test_blank_lines_are_no_rows_and_are_mentioned(place_csv):
    path = place_csv(GOOD)
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    reading = mps_vawg.read(path)
    assert reading.rows_read == 1
    assert "2 empty lines" in reading.warnings[0]


def test_a_quoted_comma_and_a_doubled_quote_are_part_of_the_value(place_csv):
    reading = mps_vawg.read(place_csv('South,Lambeth,"St ""X"", North",2014-01-01,2014-01-01,1'))
    assert reading.tables["offences_place"].column("ward").to_pylist() == ['St "X", North']


def test_many_rows_come_back_in_the_order_of_the_file(place_csv):
    lines = [f"South,Lambeth,Abbey,2014-01-01,2014-01-01,{count}" for count in range(120_000)]
    counts = mps_vawg.read(place_csv(*lines)).tables["offences_place"].column("crimes").to_pylist()
    assert counts == list(range(120_000))
