"""`lamplighter profile`, typed as a person would: no options, near misses, and every option given wrongly."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import BUNDLED

FEW = ("--places", "3")


@pytest.fixture(scope="module")
def download(small_csv: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("download") / "download.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(small_csv, "2021-09/2021-09-south-yorkshire-street.csv")
    return path


def test_no_options_on_a_zip_works_and_says_what_was_chosen(run: Callable, download, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("profile", download)
    assert (said.code, said.err) == (0, "")
    for words in (
        "Violence and sexual offences in South Yorkshire: a violence profile from open street data.",
        "No area was named: South Yorkshire Police, which has 3,191 of the 3,191 rows.",
        "No whole period was named: 2018-10 to 2021-09, the last 35 months present.",
        "No offence was named: Violence and sexual offences.",
        "20 places",
        "Left empty, and why stands there: time, victims.",
        "Fill in",
    ):
        assert words in said.out, words
    assert (tmp_path / "profile" / "profile.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "profile" / "workspace").is_dir()
    first = {path.name: path.read_bytes() for path in (tmp_path / "profile").iterdir() if path.is_file()}
    again = run("profile", download)
    assert (again.code, "Nothing new" in again.out) == (0, True)
    changed = [name for name, content in first.items() if (tmp_path / "profile" / name).read_bytes() != content]
    assert changed == [".lamplighter-profile.json"]


def test_an_extract_with_its_mapping_makes_its_profile_and_json_is_all_that_is_printed(run: Callable, tmp_path) -> None:
    source, out = BUNDLED / "made-up-extract", tmp_path / "out"
    said = run(
        "profile", source / "made-up-extract.csv", "--mapping", source / "mapping.toml", "--out", out, "--json", *FEW
    )
    told = json.loads(said.out)
    assert (said.code, told["out"]) == (0, out.as_posix())
    assert told["title"] == "Violence against women and girls in Made-up: problem profile"
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} >= set(told["files"])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--area", "doncastr"], "called 'doncastr'. Did you mean Doncaster"),
        (["--area", "nowhere.gpkg"], "There is no file nowhere.gpkg"),
        (["--area", "EMPTY"], "holds no area"),
        (["--area", "TWO"], "holds 2 areas. Name a file with one, or use --each"),
        (["--force", "South Yorkshir"], "Did you mean South Yorkshire Police"),
        (["--source", "extract"], "There is no source of incidents in this workspace called 'extract'"),
        (["--offence", "Violense and sexual offences"], "Did you mean Violence and sexual offences"),
        (["--victims", "female"], "tells no victim's sex"),
        (["--victims", "women"], "--victims is female or all, not 'women'"),
        (["--from", "2030-01"], "no row after 2021-09. It holds 2018-10 to 2021-09"),
        (["--to", "2010-01"], "no row before 2010-01"),
        (["--from", "2019-07", "--to", "2019-07"], "no row from 2019-07 to 2019-07"),
        (["--from", "2021-13"], "'2021-13' is not a month"),
        (["--from", "2021-09", "--to", "2021-01"], "Swap --from and --to"),
        (["--compare-area", "doncastr", *FEW], "Did you mean Doncaster"),
        (["--each", "EMPTY"], "holds no area"),
        (["--each", "nowhere.gpkg"], "There is no file nowhere.gpkg"),
        (["--each", "districts", "--area", "Doncaster"], "Give one of them"),
        (["--decisions", "BROKEN"], "is no valid TOML"),
        (["--decisions", "nowhere.toml"], "nowhere.toml can't be read"),
        (["--previous", "EMPTY"], "is no profile. Name the profile.json"),
        (["--previous", "nowhere.json"], "nowhere.json can't be read"),
        (["--layer", "BROKEN", *FEW], "is no map layer that is known"),
        (["--layer", "nowhere.gpkg", *FEW], "There is no file nowhere.gpkg"),
        (["--template", "BROKEN"], "is not a Word document"),
        (["--template", "nowhere.docx"], "nowhere.docx can't be opened"),
        (["--places", "0"], "have to be above 0"),
        (["--radius-m", "-3"], "have to be above 0"),
        (["--radius-m", "nan"], "have to be above 0"),
        (["--radius-m", "1e9"], "no place that anybody walks"),
        (["--radius-m", "inf"], "no place that anybody walks"),
        (["--seed", "-1"], "A seed is a whole number from 0, not -1"),
        (["--weigh-by", "fear"], "--weigh-by is count or harm, not 'fear'"),
    ],
)
def test_an_option_given_wrongly_is_one_sentence_with_the_mend_and_nothing_is_written(
    run: Callable, small_workspace, two_squares, tmp_path, options, says
) -> None:
    (tmp_path / "empty.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    (tmp_path / "broken.docx").write_text("[terms\n", encoding="utf-8")
    files = {"EMPTY": tmp_path / "empty.geojson", "TWO": two_squares, "BROKEN": tmp_path / "broken.docx"}
    out = tmp_path / "out"
    said = run("profile", "--workspace", small_workspace, "--out", out, *(files.get(each, each) for each in options))
    assert (said.code, said.out) == (3, "")
    assert len(said.sentences) == 1
    assert says in said.err
    assert not out.exists()


def test_a_folder_that_is_a_file_is_said_before_anything_is_imported(run: Callable, download, tmp_path) -> None:
    (tmp_path / "report.docx").write_bytes(b"mine")
    for out in (tmp_path / "report.docx", tmp_path / "report.docx" / "deeper"):
        said = run("profile", download, "--out", out)
        assert (said.code, said.out) == (3, "")
        assert "is a file, not a folder. Give --out a folder." in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["report.docx"]
    assert (tmp_path / "report.docx").read_bytes() == b"mine"


def test_what_can_be_said_before_a_file_is_imported_is_said_before(run: Callable, download, tmp_path) -> None:
    said = run("profile", download, "--out", tmp_path / "out", "--seed", "-1")
    assert (said.code, (tmp_path / "out").exists()) == (3, False)


@pytest.mark.parametrize("name", ["nowhere.zip", "page.csv"])
def test_a_file_that_is_no_download_is_refused_and_leaves_nothing(run: Callable, tmp_path, name) -> None:
    (tmp_path / "page.csv").write_text("<!DOCTYPE html><title>Sign in</title>", encoding="utf-8")
    said = run("profile", tmp_path / name, "--out", tmp_path / "out")
    assert (said.code, len(said.sentences)) == (3, 1)
    assert name in said.err
    assert not (tmp_path / "out").exists()


def test_nothing_to_look_at_is_said_with_what_to_type(run: Callable, tmp_path, workspace) -> None:
    said = run("profile", "--out", tmp_path / "out")
    assert (said.code, "Name a download of data.police.uk, or --workspace" in said.err) == (3, True)
    said = run("profile", "--workspace", tmp_path / "none", "--out", tmp_path / "out")
    assert (said.code, "There is no workspace at" in said.err) == (3, True)
    said = run("profile", "--workspace", workspace, "--out", tmp_path / "out")  # it holds counts and no incidents
    assert (said.code, len(said.sentences), "import police-uk" in said.err) == (3, 1, True)
    assert not (tmp_path / "out").exists()


def test_a_square_of_a_file_can_be_the_area_and_the_profile_before_keeps_ids(
    run: Callable, small_workspace, one_square, tmp_path
) -> None:
    typed = ("profile", "--workspace", small_workspace, "--area", one_square.path, *FEW)
    assert run(*typed, "--out", tmp_path / "one").code == 0
    before = json.loads((tmp_path / "one" / "profile.json").read_text(encoding="utf-8"))
    said = run(*typed, "--out", tmp_path / "two", "--previous", tmp_path / "one" / "profile.json", "--by", "A. Noor")
    after = json.loads((tmp_path / "two" / "profile.json").read_text(encoding="utf-8"))
    assert said.code == 0
    assert "in West square:" in after["title"]
    assert [each["id"] for each in after["places"]] == [each["id"] for each in before["places"]]
    assert {each["news"] for each in after["places"]} == {"kept"}
    assert after["places_method"]["ended"] == []
    assert after["provenance"]["made_by"] == "A. Noor"
    assert [each["name"] for each in after["provenance"]["given"]] == ["profile.json"]
