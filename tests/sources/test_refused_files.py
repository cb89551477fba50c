"""A file that can't be trusted as a whole is refused in one sentence that names the file and the mend."""

from __future__ import annotations

import pytest

from lamplighter.errors import FileRefused
from lamplighter.sources import mps_vawg

HEADER = (
    b"bcu_location,borough_name,ward_name_clean_2,recorded_date_months,date_committed_from_date_months,count,sheet\n"
)
ROW = b"South,Lambeth,Abbey,2014-01-01,2014-01-01,1,Offence count location\n"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", r"a\.csv is empty"),
        ("a.csv", b"\xef\xbb\xbf\n\n", r"a\.csv is empty"),
        ("a.csv", HEADER, "has a header and no rows"),
        ("a.csv", b"<!DOCTYPE html><html>404 not found</html>", "web page, perhaps an error page"),
        ("a.csv", b'{"error": "not found"}', "holds JSON"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "PNG picture"),
        ("a.csv", HEADER.decode().encode("utf-16"), r"UTF-16\. Save it again as UTF-8"),
        ("a.csv", HEADER.decode().encode("utf-16-le"), "NUL bytes"),
        ("a.csv", HEADER + ROW * 200 + b"South,Lam\0beth\n", "line 202 holds NUL bytes"),
        ("a.csv", HEADER + b"\x81\x8d,,,,,,\n", "line 2 is neither UTF-8 nor Windows-1252"),
        ("a.csv", HEADER.replace(b",", b";") + ROW.replace(b",", b";"), "separated by semicolons or tabs"),
        ("a.csv", b"PAR1" + b"x" * 100, r"holds Parquet\. Rename it to \.parquet"),
        ("a.parquet", HEADER + ROW, "is not Parquet"),
        ("a.parquet", b"PAR1" + b"x" * 100, "damaged or cut short"),
        ("a.xlsx", HEADER + ROW, "is not XLSX"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 100, "no whole Excel workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 100, "without a password"),
        ("a.txt", HEADER + ROW, r"\.txt can't be read\. Give a \.parquet, \.csv or \.xlsx"),
        ("a.csv.gz", b"\x1f\x8b" + b"x" * 100, "unpack archives first"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused(raw_file, name, content, words):
    with pytest.raises(FileRefused, match=words):
        mps_vawg.read(raw_file(name, content))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileRefused, match=r"gone\.csv is not there"):
        mps_vawg.read(tmp_path / "gone.csv")


def test_a_folder_is_not_a_file(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(FileRefused, match=r"folder\.csv"):
        mps_vawg.read(tmp_path / "folder.csv")


def test_a_misspelt_column_is_named_with_its_nearest(raw_file):
    path = raw_file("a.csv", HEADER.replace(b"ward_name_clean_2", b"ward_nam_clean2") + ROW)
    with pytest.raises(
        FileRefused, match=r"no column ward_name_clean_2 \(did you mean its column 'ward_nam_clean2'\?\)"
    ):
        mps_vawg.read(path)


def test_a_missing_count_column_is_named(raw_file):
    with pytest.raises(FileRefused, match=r"no column count\."):
        mps_vawg.read(raw_file("a.csv", HEADER.replace(b",count,", b",") + ROW.replace(b",1,", b",")))


def test_a_column_that_is_there_twice_is_refused(raw_file):
    with pytest.raises(FileRefused, match="the column count is there twice"):
        mps_vawg.read(raw_file("a.csv", HEADER.replace(b"bcu_location", b"count") + ROW))


def test_swapped_columns_are_read_by_name_not_by_position(raw_file):
    header = HEADER.replace(b"bcu_location,borough_name", b"borough_name,bcu_location")
    row = mps_vawg.read(raw_file("a.csv", header + ROW)).tables["offences_place"].to_pylist()[0]
    assert (row["borough"], row["bcu"]) == ("South", "Lambeth")


def test_a_sheet_without_its_columns_is_refused(raw_file):
    with pytest.raises(FileRefused, match=r"Offence count classification\): no column crimsec_group"):
        mps_vawg.read(raw_file("a.csv", HEADER + ROW.replace(b"location", b"classification")))


def test_a_file_of_unknown_sheets_names_the_known_ones(raw_file):
    with pytest.raises(
        FileRefused, match=r"no sheet of it is known \('Sheet1'\)\. Known sheets: Offence count location"
    ):
        mps_vawg.read(raw_file("a.csv", HEADER + ROW.replace(b"Offence count location", b"Sheet1")))


def test_offences_and_victims_in_one_file_are_refused(raw_file):
    victims = ROW.replace(b"Offence count location", b"Victim count by location")
    with pytest.raises(FileRefused, match="mixes offence and victim sheets"):
        mps_vawg.read(raw_file("a.csv", HEADER + ROW + victims))


def test_an_unclosed_quote_refuses_the_file_and_counts_the_lines_after_it(raw_file):
    content = HEADER + ROW + b'"' + ROW + ROW * 5
    with pytest.raises(FileRefused, match="a quote opened on line 3 is not closed there, and the 5 lines after it"):
        mps_vawg.read(raw_file("a.csv", content))


def test_an_unclosed_quote_that_meets_the_next_quote_refuses_the_file_too(raw_file):
    content = HEADER + ROW + b'"' + ROW + ROW + b'"South"' + ROW[5:] + ROW
    with pytest.raises(FileRefused, match="a quote opened on line 3"):
        mps_vawg.read(raw_file("a.csv", content))


def test_an_unclosed_quote_on_the_last_line_is_found(raw_file):
    with pytest.raises(FileRefused, match="a quote opened on line 3 is not closed there, and the 0 lines"):
        mps_vawg.read(raw_file("a.csv", HEADER + ROW + b'"South,Lambeth'))


def test_a_parquet_file_cut_in_the_middle_is_refused(raw_file, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = tmp_path / "whole.parquet"
    pq.write_table(pa.table({"sheet": ["Offence count location"] * 5000, "count": list(range(5000))}), whole)
    content = whole.read_bytes()
    with pytest.raises(FileRefused, match="damaged or cut short"):
        mps_vawg.read(raw_file("cut.parquet", content[: len(content) // 2]))
    with pytest.raises(FileRefused, match=r"damaged or cut short|no column"):
        mps_vawg.read(raw_file("torn.parquet", content[:100] + content[-100:]))
