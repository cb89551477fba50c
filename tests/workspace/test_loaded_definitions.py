"""Weights of harm: a workbook of the Cambridge index is kept by its digest, and anything else is refused with what it lacks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from lamplighter.errors import FileRefused, InputError, WorkspaceDamaged, WorkspaceNotWritten
from lamplighter.sources import harm_workbook
from lamplighter.sources.harm_workbook import harm_workbook_from
from lamplighter.workspace.loaded_definitions import load_harm, loaded_harm

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEADER = ("ATHENA URN", "FULL_OFFENCE_TITLE", "CCHI Score", "GROUP", "SUB_GROUP", "HOME_OFFICE_CLASSIFICATION")
ROWS = (
    ("A1", "Murder", 5475, "VIOLENCE AGAINST THE PERSON", "HOMICIDE", "1/01"),
    ("A2", "Common assault", "1", "VIOLENCE AGAINST THE PERSON", "VIOLENCE WITHOUT INJURY", "105/01"),
    ("A3", "Rape of a woman", "1,825", "SEXUAL OFFENCES", "RAPE", 19),
)
Sheets = Mapping[str, Sequence[Sequence[Any]]]


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[Sheets], Path]:
    def make(sheets: Sheets) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / "weights.xlsx"
        book.save(path)
        return path

    return make


def read(path: Path) -> Any:
    return harm_workbook_from(path.read_bytes(), file_name=path.name)


def test_a_workbook_of_the_described_shape_gives_days_by_offence(workbook):
    found = read(workbook({"Read me": [("Harm index",)], "CCHI 2026 values sheet": [HEADER, *ROWS]}))
    assert [(each.code, each.title, each.group, each.days) for each in found.entries] == [
        ("1/01", "Murder", "HOMICIDE", 5475.0),
        ("105/01", "Common assault", "VIOLENCE WITHOUT INJURY", 1.0),
        ("19", "Rape of a woman", "RAPE", 1825.0),
    ]
    assert found.rows_read == 3
    assert found.left_out == {}
    assert found.sheet == "CCHI 2026 values sheet"


def test_the_names_of_2021_without_a_subgroup_are_read_too(workbook):
    header = ("Home Office Classification", "Full offence title", "CCHI score", "Notes")
    found = read(
        workbook({"CCHI 2021 values sheet": [("",), ("Updated 2021",), header, ("8/06", "Wounding", 365, "x")]})
    )
    assert [(each.code, each.group, each.days) for each in found.entries] == [("8/06", None, 365.0)]


def test_rows_without_a_weight_are_left_out_and_counted_by_reason(workbook):
    bad = (
        ("B1", "Old offence, EXPIRED 31/03/17", 730, "", "", "2/02"),
        ("B2", "Not decided", None, "", "", "3/03"),
        ("B3", "Worded", "see notes", "", "", "4/04"),
        ("B4", "Nothing", 0, "", "", "5/05"),
        ("B5", "Less than nothing", -5, "", "", "6/06"),
        ("B6", "A formula", "=1+1", "", "", "7/07"),
        ("B7", None, 10, "", "", None),
        (None, None, None, None, None, None),
    )
    found = read(workbook({"CCHI 2026 values sheet": [HEADER, *ROWS, *bad]}))
    assert len(found.entries) == 3
    assert found.rows_read == 10
    assert found.left_out == {
        "expired offence": 1,
        "neither code nor title": 1,
        "no score": 1,
        "the score is a formula without a value": 1,
        "the score is no number": 1,
        "the score is not above 0": 2,
    }


def test_of_several_sheets_with_the_columns_the_one_with_the_values_is_taken(workbook):
    expired = [HEADER, ("X", "An old one", 99, "", "", "9/09")]
    found = read(workbook({"Expired offences": expired, "CCHI 2026 values sheet": [HEADER, *ROWS]}))
    assert found.sheet == "CCHI 2026 values sheet"
    with pytest.raises(FileRefused, match=r"'One' and 'Two' all have the columns"):
        read(workbook({"One": expired, "Two": expired}))


def test_another_workbook_is_refused_with_the_nearest_columns(workbook):
    path = workbook({"Table": [("Home Office Clasification", "Offence title", "Severity"), ("1", "Murder", 7000)]})
    with pytest.raises(FileRefused) as refused:
        read(path)
    assert "worksheet 'Table'" in str(refused.value)
    assert "HOME_OFFICE_CLASSIFICATION (nearest: 'Home Office Clasification')" in str(refused.value)
    assert "CCHI Score" in str(refused.value)
    assert "'Severity'" in str(refused.value)


def test_a_score_that_stands_there_twice_is_refused(workbook):
    header = (*HEADER, "CCHI score")
    with pytest.raises(FileRefused, match="CCHI Score stands there twice"):
        read(workbook({"CCHI 2026 values sheet": [header, (*ROWS[0], 12)]}))


def test_only_formulas_without_values_is_refused_with_what_to_do(workbook):
    row = ("A1", "Murder", "=15*365", "", "", "1/01")
    with pytest.raises(FileRefused, match=r"1 rows: the score is a formula without a value.*Open it in Excel"):
        read(workbook({"CCHI 2026 values sheet": [HEADER, row]}))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"<html>Not found</html>", "no .xlsx workbook: it holds"),
        (b"PK\x03\x04 torn", "cut short or broken"),
        (b"\x89PNG\r\n", "a PNG picture"),
    ],
)
def test_what_is_no_workbook_is_refused_and_leaves_no_workspace(tmp_path, content, what):
    path = tmp_path / "weights.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=rf"weights\.xlsx.*{what}"):
        load_harm(path, workspace=tmp_path / "workspace", now=NOON)
    assert not (tmp_path / "workspace").exists()


def test_a_zip_that_is_no_workbook_and_one_that_would_unpack_to_gigabytes_are_refused(tmp_path, monkeypatch):
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000)
    with pytest.raises(FileRefused, match="no whole Excel workbook"):
        harm_workbook_from(content.getvalue(), file_name="weights.xlsx")
    monkeypatch.setattr(harm_workbook, "MOST_BYTES", 99_999)
    with pytest.raises(FileRefused, match="would unpack to 0 MB"):
        harm_workbook_from(content.getvalue(), file_name="weights.xlsx")


def test_an_empty_workbook_and_a_missing_one_are_said(workbook, tmp_path):
    with pytest.raises(FileRefused, match="holds no table"):
        read(workbook({"Sheet1": []}))
    with pytest.raises(InputError, match="Name the workbook"):
        load_harm(tmp_path / "nowhere.xlsx", workspace=tmp_path / "workspace", now=NOON)


def test_a_loaded_workbook_is_kept_as_it_was_given_and_named_by_its_digest(workbook, tmp_path):
    path = workbook({"CCHI 2026 values sheet": [HEADER, *ROWS]})
    digest = sha256(path.read_bytes()).hexdigest()
    folder = tmp_path / "workspace"
    assert load_harm(path, workspace=folder, now=NOON).workbook.sha256 == digest
    kept = path.read_bytes()
    path.unlink()
    found = loaded_harm(folder)
    assert found is not None
    assert found.kept_as.read_bytes() == kept
    assert found.loaded_at == "2026-03-01T12:00:00+00:00"
    assert digest[:12] in found.workbook.name
    assert found.workbook.name.startswith("Cambridge Crime Harm Index (weights.xlsx, ")
    assert len(found.workbook.entries) == 3


def test_a_later_workbook_takes_over_and_the_earlier_file_stays(workbook, tmp_path):
    folder = tmp_path / "workspace"
    first = load_harm(workbook({"CCHI values": [HEADER, *ROWS]}), workspace=folder, now=NOON)
    second = load_harm(workbook({"CCHI values": [HEADER, ROWS[0]]}), workspace=folder, now=NOON)
    found = loaded_harm(folder)
    assert found is not None
    assert found.workbook.sha256 == second.workbook.sha256
    assert len(found.workbook.entries) == 1
    assert first.kept_as.is_file()


def test_a_refused_workbook_leaves_the_one_in_force(workbook, tmp_path):
    folder = tmp_path / "workspace"
    first = load_harm(workbook({"CCHI values": [HEADER, *ROWS]}), workspace=folder, now=NOON)
    with pytest.raises(FileRefused):
        load_harm(workbook({"CCHI values": [HEADER[:2], ("A1", "Murder")]}), workspace=folder, now=NOON)
    found = loaded_harm(folder)
    assert found is not None
    assert found.workbook.sha256 == first.workbook.sha256


def test_without_a_loaded_workbook_there_is_none(tmp_path):
    assert loaded_harm(tmp_path) is None


@pytest.mark.parametrize("damage", ["changed", "gone", "index"])
def test_a_kept_workbook_that_was_altered_weighs_nothing(workbook, tmp_path, damage):
    folder = tmp_path / "workspace"
    loaded = load_harm(workbook({"CCHI values": [HEADER, *ROWS]}), workspace=folder, now=NOON)
    if damage == "changed":
        loaded.kept_as.write_bytes(loaded.kept_as.read_bytes() + b"\0")
    elif damage == "gone":
        loaded.kept_as.unlink()
    else:
        (folder / "definitions" / "harm.json").write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceDamaged, match="Load the workbook again"):
        loaded_harm(folder)


def test_a_disk_that_refuses_leaves_the_weights_from_before(workbook, tmp_path, monkeypatch):
    folder = tmp_path / "workspace"
    first = load_harm(workbook({"CCHI values": [HEADER, *ROWS]}), workspace=folder, now=NOON)
    from lamplighter.workspace import loaded_definitions

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(loaded_definitions, "write_whole", full)
    with pytest.raises(WorkspaceNotWritten, match="those from before"):
        load_harm(workbook({"CCHI values": [HEADER, ROWS[1]]}), workspace=folder, now=NOON)
    found = loaded_harm(folder)
    assert found is not None
    assert found.workbook.sha256 == first.workbook.sha256


def test_the_commands_load_and_list(workbook, tmp_path, capsys):
    from lamplighter.cli.commands import run

    folder = tmp_path / "workspace"
    path = workbook({"CCHI 2026 values sheet": [HEADER, *ROWS]})
    assert run(["definitions", "load", str(path), "--workspace", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["entries"], told["rows_read"], told["sheet"]) == (3, 3, "CCHI 2026 values sheet")
    assert run(["definitions", "list", "--workspace", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Cambridge Crime Harm Index" in said
    assert told["sha256"] in said
    shutil.rmtree(folder / "definitions")
    assert run(["definitions", "list", "--workspace", str(folder)]) == 0
    assert "not the Cambridge index" in capsys.readouterr().out
