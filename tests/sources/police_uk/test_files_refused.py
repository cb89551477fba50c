"""A file that is no file of the site is refused whole, in a sentence that names it and the mend."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib

import pytest

from lamplighter.errors import FileRefused
from lamplighter.sources.police_uk import offered_files


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty. Download it again"),
        (b"\r\n\r\n", "is empty. Download it again"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "is no CSV: it holds a PNG picture. Download it again"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "holds a web page, perhaps an error page. Download it again"),
        ("Crime ID,Month\r\n".encode("utf-16"), "is text in UTF-16. Save it again as UTF-8"),
        (b"PK\x03\x04" + b"\x00" * 40, "is no CSV: it holds XLSX. Download it again"),
        (b"%PDF-1.7", "is no CSV: it holds a PDF"),
    ],
)
def test_what_is_no_csv_is_refused_by_what_it_is(read_bytes, content, says):
    with pytest.raises(FileRefused, match=says):
        read_bytes(content)


def test_a_header_without_rows_is_refused(drawn, read_bytes):
    with pytest.raises(FileRefused, match=r"has a header and no rows. Download it again, or leave it out"):
        read_bytes(drawn.street())


def test_a_missing_column_is_named_with_the_nearest_that_is_there(drawn, read_bytes):
    header = drawn.HEADER.replace("Longitude", "Longitud").replace("LSOA name", "Area")
    with pytest.raises(FileRefused) as told:
        read_bytes(drawn.street(drawn.row(), header=header))
    assert "no column longitude (did you mean its column 'Longitud'?) and lsoa name" in str(told.value)
    assert "rename the header" in str(told.value)


def test_another_table_altogether_is_refused_with_what_it_has(read_bytes):
    with pytest.raises(FileRefused, match="it has name and age"):
        read_bytes(b"name,age\r\nAda,36\r\n")


def test_semicolons_are_told(drawn, read_bytes):
    with pytest.raises(FileRefused, match=r"one column only. Is it separated by semicolons"):
        read_bytes(drawn.street(drawn.row()).replace(b",", b";"))


def test_a_column_that_is_there_twice_is_refused(drawn, read_bytes):
    with pytest.raises(FileRefused, match=r"the column month is there twice. Keep one"):
        read_bytes(drawn.street(drawn.row() + ",2018-10", header=drawn.HEADER + ",Month"))


def test_nul_bytes_are_refused_with_their_line(drawn, read_bytes):
    with pytest.raises(FileRefused, match="line 3 holds NUL bytes"):
        read_bytes(drawn.street(drawn.row(), drawn.row().replace("On or", "On\x00or")))


def test_a_file_of_which_no_row_can_be_used_is_refused(drawn, read_bytes):
    with pytest.raises(FileRefused, match=r"not one of its 2 rows can be used: month not a month \(2\)"):
        read_bytes(drawn.street(drawn.row(month="2018-13"), drawn.row(month="2018-14")))


def test_a_gzip_that_was_cut_short_is_refused_wherever_it_was_cut(tmp_path, drawn, found_in):
    whole = gzip.compress(drawn.street(*[drawn.row(str(number)) for number in range(50)]))
    path = tmp_path / "2018-10-northam-street.csv.gz"
    for size in (2, 12, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(FileRefused, match=r"is cut short: its gzip archive has no end. Download it again"):
            found_in(path)


def test_a_gzip_with_a_wrong_sum_or_that_is_none_is_refused(tmp_path, drawn, found_in):
    path = tmp_path / "2018-10-northam-street.csv.gz"
    whole = bytearray(gzip.compress(drawn.street(drawn.row())))
    whole[-6] ^= 0xFF
    path.write_bytes(bytes(whole))
    with pytest.raises(FileRefused, match="is a broken gzip archive"):
        found_in(path)
    path.write_bytes(drawn.street(drawn.row()))
    with pytest.raises(FileRefused, match=r"is called .gz and is no gzip archive"):
        found_in(path)


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory(tmp_path, found_in):
    path = tmp_path / "2018-10-northam-street.csv.gz"
    path.write_bytes(gzip.compress(b"\n" * 2**26))
    with pytest.raises(FileRefused, match="as a ZIP bomb does"):
        found_in(path)


def zip_of(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def test_a_zip_that_is_broken_empty_or_holds_no_csv_is_refused(tmp_path, drawn, found_in):
    path = tmp_path / "site.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(FileRefused, match="is a broken ZIP"):
        found_in(path)
    with pytest.raises(FileRefused, match="holds no CSV"):
        found_in(zip_of(path))
    with pytest.raises(FileRefused, match="holds no CSV"):
        found_in(zip_of(path, **{"readme.txt": "hello", "__MACOSX/._2018-10-northam-street.csv": "x"}))
    whole = zip_of(path, **{"2018-10-northam-street.csv": drawn.street(drawn.row())}).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileRefused, match="is a broken ZIP"):
        found_in(path)


def test_a_zip_whose_member_is_damaged_is_refused(tmp_path, drawn, found_in):
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("2018-10-northam-street.csv", drawn.street(drawn.row("abc1")))
    path.write_bytes(path.read_bytes().replace(b"abc1", b"abc2"))
    with pytest.raises(FileRefused, match=r"site.zip/2018-10-northam-street.csv can't be unpacked"):
        found_in(path)


@pytest.mark.parametrize("name", ["../2018-10-x-street.csv", "/etc/x.csv", "a/../../x.csv", "C:\\x.csv", "..\\x.csv"])
def test_a_zip_that_climbs_out_of_its_folder_is_refused_whole(tmp_path, drawn, name):
    files = {"2018-10-northam-street.csv": drawn.street(drawn.row()), name: drawn.street(drawn.row())}
    with pytest.raises(FileRefused, match="climbs out of its folder"):
        offered_files([zip_of(tmp_path / "site.zip", **files)])


def test_a_zip_bomb_is_refused_by_its_directory_alone(tmp_path):
    path = zip_of(tmp_path / "site.zip", **{"2018-10-northam-street.csv": b"\n" * 2**26})
    with pytest.raises(FileRefused, match="as a ZIP bomb does"):
        offered_files([path])


def test_zips_within_zips_have_an_end(tmp_path, drawn):
    inner = io.BytesIO()
    zip_of(inner, **{"2018-10-northam-street.csv": drawn.street(drawn.row())})
    for _ in range(4):
        outer = io.BytesIO()
        zip_of(outer, **{"next.zip": inner.getvalue()})
        inner = outer
    path = tmp_path / "site.zip"
    path.write_bytes(inner.getvalue())
    with pytest.raises(FileRefused, match="more than 3 deep"):
        offered_files([path])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("crimes.xlsx", "is a workbook; the site gives CSV"),
        ("crimes.json", "can't be read. Name a folder"),
        ("crimes.csv.bz2", "can't be read. Name a folder"),
    ],
)
def test_other_files_are_refused_by_their_ending(tmp_path, name, says):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(FileRefused, match=says):
        offered_files([tmp_path / name])


def test_what_is_not_there_and_a_folder_without_csv_are_told(tmp_path):
    with pytest.raises(FileRefused, match=r"is not there. Check the name"):
        offered_files([tmp_path / "none.csv"])
    with pytest.raises(FileRefused, match=r"holds no .csv, .csv.gz or .zip file"):
        offered_files([tmp_path])
    with pytest.raises(FileRefused, match="No file was named"):
        offered_files([])


def test_a_gzip_made_of_two_is_whole_and_padding_does_no_harm(tmp_path, drawn, found_in):
    content = drawn.street(drawn.row("a"), drawn.row("b"))
    path = tmp_path / "2018-10-northam-street.csv.gz"
    path.write_bytes(gzip.compress(content[:100]) + gzip.compress(content[100:]) + b"\x00" * 8)
    assert found_in(path) == {path.name: content}
    assert zlib.decompress(gzip.compress(content), 31) == content
