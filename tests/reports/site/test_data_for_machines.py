"""data.xlsx and data-dictionary.csv: every table of the site as a sheet, every column explained, no number told twice."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.reports.data_xlsx import READ_ME, data_xlsx, made_from_tables
from lamplighter.reports.dictionary import dictionary_csv, entries_of, known_tables
from lamplighter.reports.running_tables import WORKED_OUT
from lamplighter.reports.site import write_site


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.fixture(scope="session")
def tables(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.csv"))}


@pytest.fixture(scope="session")
def told(site: Path) -> dict[tuple[str, str], dict[str, str]]:
    rows = csv.DictReader(io.StringIO((site / "data-dictionary.csv").read_text(encoding="utf-8"), newline=""))
    return {(row["file"], row["column"]): row for row in rows}


@pytest.fixture(scope="session")
def workbook(site: Path) -> Any:
    return openpyxl.load_workbook(site / "data.xlsx")


def test_every_column_of_every_csv_on_the_site_is_in_the_dictionary(tables, told):
    heads = {
        ("measures/*.csv" if path.startswith("measures/") else path, head)
        for path, content in tables.items()
        for head in rows_of(content)[0]
    }
    assert len(heads) > 90
    assert heads <= set(told)
    # what a release adds is told too, and nothing that is nowhere
    assert {file for file, _ in set(told) - heads} == {"data-changelog.csv"}


def test_every_entry_says_what_it_means_and_what_empty_means(told):
    assert [key for key, row in told.items() if not (row["says"] and row["type"] and row["unknown_means"])] == []
    assert told["promises.csv", "evidence"]["choices"].split(";")[0]
    assert told["measures/*.csv", "lower_limit"]["unknown_means"] == "no limits hold there"
    assert told["promises.csv", "days_since_change"]["unit"] == "days"


def test_a_column_of_a_record_is_told_in_the_record_s_own_words(told):
    card = {each.name: each for each in columns_of(RECORD_TYPES["definitions"])}
    for name, column in card.items():
        assert told["definitions.csv", name]["says"].startswith(column.says)
    assert told["definitions.csv", "status"]["choices"] == ";".join(card["status"].choices)


def test_every_table_of_how_the_plan_is_run_is_told_whether_or_not_this_plan_has_a_row():
    for path, columns in WORKED_OUT.items():
        entries = entries_of(path)
        assert {name: entries[name].says for name in columns} == dict(columns)


def test_every_table_of_the_site_is_known_and_has_no_more_columns_than_are_told(tables):
    for path, content in tables.items():
        heads = rows_of(content)[0]
        assert set(entries_of(path, heads)) == set(heads)
        assert path.startswith("measures/") or "comparison" in heads or path in known_tables()


def test_a_column_that_nobody_told_is_not_written_without_words():
    with pytest.raises(KeyError, match="new_column"):
        dictionary_csv({"promises.csv": ("id", "new_column")})
    with pytest.raises(KeyError, match=r"strange\.csv"):
        dictionary_csv({"strange.csv": ("id",)})


def test_the_workbook_has_a_sheet_a_table_and_says_first_what_it_is(workbook, tables, book):
    names = workbook.sheetnames
    assert names[:4] == [READ_ME, "promises", "figures", "measures"]
    assert names[-1] == "data-dictionary"
    wanted = {"measures" if path.startswith("measures/") else path.removesuffix(".csv") for path in tables}
    assert set(names) == {READ_ME, *wanted}
    said = {row[0]: row[1] for row in workbook[READ_ME].iter_rows(values_only=True)}
    assert said["Plan"] == book.plan.header.title
    assert said["Release"].startswith("none: a working copy")
    assert said["Empty cells"].startswith("Unknown, never nought.")


def test_every_sheet_holds_what_its_csv_holds_cell_by_cell(workbook, tables):
    """Numbers and days as themselves, unknown empty, and a text without the apostrophe that a CSV needs."""
    by_sheet: dict[str, list[list[str]]] = {}
    for path, content in tables.items():
        name = "measures" if path.startswith("measures/") else path.removesuffix(".csv")
        head, *rows = rows_of(content)
        by_sheet.setdefault(name, [head]).extend(rows)
    for name, rows in by_sheet.items():
        cells = list(workbook[name].iter_rows(values_only=True))
        assert len(cells) == len(rows)
        if name == "measures":  # the workbook has the measures in the book's order, the folder by name
            cells, rows = sorted(cells, key=str), sorted(rows, key=str)
            assert sorted(_as_text(each) for row in cells for each in row) == sorted(
                _bare(e) for row in rows for e in row
            )
            continue
        assert [[_as_text(each) for each in row] for row in cells] == [[_bare(each) for each in row] for row in rows]


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def test_a_text_like_a_formula_has_its_apostrophe_in_the_csv_and_none_in_the_workbook(book):
    csvs = {"sources.csv": b"id,title\nQ1,'=1+1\nQ2,'tis known\n"}
    found = openpyxl.load_workbook(io.BytesIO(data_xlsx(csvs, book, None)))
    assert [row[1] for row in found["sources"].iter_rows(min_row=2, values_only=True)] == ["=1+1", "'tis known"]


def test_numbers_are_numbers_in_the_workbook(workbook):
    heads, *rows = workbook["figures"].iter_rows(values_only=True)
    at = heads.index("value")
    assert rows
    assert all(row[at] is None or isinstance(row[at], int | float) for row in rows)


def test_no_sheet_has_a_merged_cell_and_each_has_its_head_frozen(workbook):
    for sheet in workbook.worksheets:
        assert sheet.merged_cells.ranges == set()
        assert sheet.freeze_panes == "A2"


def test_the_same_tables_give_the_same_workbook(tables, book, site: Path):
    csvs = {path: content for path, content in tables.items() if path != "data-dictionary.csv"}
    assert made_from_tables(csvs, book, None) == made_from_tables(csvs, book, None)
    assert data_xlsx(tables, book, None)[:2] == b"PK"


def test_a_table_of_more_rows_than_a_sheet_holds_is_left_to_its_csv_and_that_is_said(
    book, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("lamplighter.reports.data_xlsx.MOST_ROWS", 1)
    csvs = {"sources.csv": b"id,title\nS1,One\n", "signals.csv": b"measure\nm1\nm2\n"}
    found = openpyxl.load_workbook(io.BytesIO(data_xlsx(csvs, book, None)))
    assert found.sheetnames == [READ_ME, "sources"]
    said = {row[0]: row[1] for row in found[READ_ME].iter_rows(values_only=True)}
    assert said["Not here: signals"] == "2 rows are more than a sheet holds. Take the CSV."


def test_the_downloads_page_names_both_with_their_sizes(site: Path):
    page = (site / "downloads.html").read_text(encoding="utf-8")
    assert 'href="data.xlsx">All tables in one workbook (Excel, XLSX, ' in page
    assert 'href="data-dictionary.csv">What every column means (data dictionary, CSV, ' in page
    assert 'href="sources.csv"' in page


def test_a_site_of_another_release_says_so_in_its_workbook(book, charts, tmp_path: Path):
    from lamplighter.plan.releases.label import ReleaseLabel

    write_site(book, tmp_path / "site", charts=charts, release=ReleaseLabel(number=3, name="2026-spring"))
    found = openpyxl.load_workbook(tmp_path / "site" / "data.xlsx")
    assert ("Release", "v3, 2026-spring") in list(found[READ_ME].iter_rows(values_only=True))
