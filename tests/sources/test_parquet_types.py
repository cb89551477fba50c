"""Parquet gives its own types: whole, decimal, text and date columns of many programs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lamplighter.errors import FileRefused
from lamplighter.sources import mps_vawg

JANUARY = dt.datetime(2014, 1, 1)


def read_with(tmp_path, **replaced):
    columns = {
        "bcu_location": pa.array(["South"] * 2),
        "borough_name": pa.array(["Lambeth"] * 2),
        "ward_name_clean_2": pa.array(["Abbey", None]),
        "recorded_date_months": pa.array([JANUARY] * 2, pa.timestamp("us")),
        "date_committed_from_date_months": pa.array([JANUARY, None], pa.timestamp("us")),
        "count": pa.array([1, 2], pa.int64()),
        "sheet": pa.array(["Offence count location"] * 2),
    }
    path = tmp_path / "file.parquet"
    pq.write_table(pa.table(columns | replaced), path)
    return mps_vawg.read(path)


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([JANUARY] * 2, pa.timestamp("ns")),
        pa.array([JANUARY.date()] * 2, pa.date32()),
        pa.array(["2014-01-01"] * 2, pa.string()),
        pa.array(["01/01/2014"] * 2, pa.large_string()),
        pa.array(["2014-01-01"] * 2).dictionary_encode(),
    ],
)
def test_a_month_is_read_from_every_type_of_date(tmp_path, dates):
    rows = read_with(tmp_path, recorded_date_months=dates).tables["offences_place"]
    assert rows.column("recorded_month").to_pylist() == [24168, 24168]


@pytest.mark.parametrize(
    "counts",
    [
        pa.array([1, 2], pa.uint8()),
        pa.array([1.0, 2.0], pa.float64()),
        pa.array([Decimal(1), Decimal(2)], pa.decimal128(10, 2)),
        pa.array(["1", "2"]),
    ],
)
def test_a_count_is_read_from_every_type_of_number(tmp_path, counts):
    assert read_with(tmp_path, count=counts).tables["offences_place"].column("crimes").to_pylist() == [1, 2]


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (pa.array([1.0, None], pa.float64()), "count missing"),
        (pa.array([1.0, float("nan")], pa.float64()), "count missing"),
        (pa.array([1.0, float("inf")], pa.float64()), "count not a whole number"),
        (pa.array([1.0, 0.5], pa.float64()), "count not a whole number"),
        (pa.array([1, -1], pa.int64()), "count negative"),
        (pa.array([1, 2**64 - 1], pa.uint64()), "count not a whole number"),
    ],
)
def test_a_bad_number_is_refused(tmp_path, counts, reason):
    assert read_with(tmp_path, count=counts).refused == {reason: 1}


@pytest.mark.parametrize("dates", [pa.array([201401] * 2), pa.array([JANUARY] * 2, pa.timestamp("us", tz="UTC"))])
def test_numbers_and_times_with_a_zone_are_no_months(tmp_path, dates):
    with pytest.raises(FileRefused, match=r"recorded month not a date \(2\)"):
        read_with(tmp_path, recorded_date_months=dates)


def test_a_sheet_column_of_numbers_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(FileRefused, match="no sheet of it is known"):
        read_with(tmp_path, sheet=pa.array([1, 2]))


def test_the_refused_row_is_found_by_its_number(tmp_path):
    (row,) = read_with(tmp_path, count=pa.array([1, -1])).refused_rows.to_pylist()
    assert row["found_at"] == "row 2"


def test_a_file_of_no_rows_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="has a header and no rows"):
        read_with(
            tmp_path,
            **{
                name: pa.array([], pa.string())
                for name in ("bcu_location", "borough_name", "ward_name_clean_2", "sheet")
            },
            recorded_date_months=pa.array([], pa.timestamp("us")),
            date_committed_from_date_months=pa.array([], pa.timestamp("us")),
            count=pa.array([], pa.int64()),
        )


def test_a_path_with_wildcards_in_it_is_taken_literally(tmp_path):
    folder = tmp_path / "odd [x] 'q'"
    folder.mkdir()
    assert read_with(folder).rows_kept == 2
