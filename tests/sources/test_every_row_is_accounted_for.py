"""Whatever stands in the cells: rows read are rows kept and rows refused, and the three formats say the same."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter.errors import FileRefused
from lamplighter.sources import mps_vawg

HEADER = ["bcu_location", "borough_name", "ward_name_clean_2", "recorded_date_months"]
HEADER += ["date_committed_from_date_months", "count", "sheet"]

NAMES = st.sampled_from(["Lambeth", "N/K", "Ealing", "", 'O\'Brien "x", y', "Brixton"])
DATES = st.sampled_from(["2014-01-01", "01/02/2014", "2015-12-31 00:00:00", "", "soon", "2014-13-01"])
COUNTS = st.one_of(st.integers(-3, 300).map(str), st.sampled_from(["", "x", "1.5", "2.0"]))
SHEETS = st.sampled_from(["Offence count location"] * 5 + ["Sheet 9"])
ROWS = st.lists(st.tuples(NAMES, NAMES, NAMES, DATES, DATES, COUNTS, SHEETS), min_size=1, max_size=12)


def outcome(path):
    try:
        reading = mps_vawg.read(path)
    except FileRefused:
        return None
    assert reading.rows_read == reading.rows_kept + reading.rows_refused
    assert sum(reading.refused.values()) == reading.rows_refused == reading.refused_rows.num_rows
    return reading.rows_read, reading.refused, {name: rows.to_pylist() for name, rows in reading.tables.items()}


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_csv_xlsx_and_parquet_of_the_same_text_give_the_same_rows_and_reasons(rows):
    with tempfile.TemporaryDirectory() as folder:
        as_csv = Path(folder) / "a.csv"
        with as_csv.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        as_parquet = Path(folder) / "a.parquet"
        columns = list(zip(*rows, strict=True))
        pq.write_table(pa.table({name: list(column) for name, column in zip(HEADER, columns, strict=True)}), as_parquet)
        as_xlsx = Path(folder) / "a.xlsx"
        book = openpyxl.Workbook()
        for row in [HEADER, *rows]:
            book.active.append([cell or None for cell in row])
        book.save(as_xlsx)
        first = outcome(as_csv)
        assert outcome(as_parquet) == first
        assert outcome(as_xlsx) == first
        if first:
            assert first[0] == len(rows)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.sampled_from('ab,"\r\n1; '), max_size=60))
def test_no_text_after_the_header_ends_in_a_traceback(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes((",".join(HEADER) + "\n" + text).encode("utf-8"))
        assert outcome(path) == outcome(path)
