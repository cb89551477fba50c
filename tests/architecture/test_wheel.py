"""The wheel carries what a clone has to build, and plain pip can install what it needs by hash."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lamplighter.errors import PartMissing
from lamplighter.reports import built

PROJECT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in a wheel built from this clone."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("lamplighter-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as opened:
        return opened.namelist()


def test_the_wheel_holds_every_built_asset(inside: list[str]) -> None:
    for name in built.asset_names():
        assert f"lamplighter/reports/assets/built/{name}" in inside


def test_the_wheel_holds_every_data_file_of_the_package(inside: list[str]) -> None:
    package = PROJECT / "src" / "lamplighter"
    kinds = {".csv", ".toml", ".sql", ".typ", ".html", ".css", ".json", ".ttf"}
    there = [path.relative_to(package.parent).as_posix() for path in package.rglob("*") if path.suffix in kinds]
    assert len(there) > 5
    assert [name for name in there if name not in inside] == []


def test_the_wheel_holds_nothing_of_the_clone_but_the_package_and_its_licences(inside: list[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in inside} == {"lamplighter"}
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert any(name.endswith("licenses/THIRD_PARTY.md") for name in inside)


def test_an_installation_without_assets_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(built, "files", lambda _package: tmp_path)
    with pytest.raises(PartMissing, match=r"\./run assets; elsewhere install lamplighter from its wheel"):
        built.asset("lamplighter.css")


def test_an_asset_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(PartMissing, match=r"no built asset 'lampligther\.css'.*lamplighter\.css"):
        built.asset("lampligther.css")


def test_the_four_fonts_are_real_truetype_files() -> None:
    fonts = sorted(built.font_folder().glob("*.ttf"))
    assert [path.stem.split("-")[1] for path in fonts] == ["Bold", "BoldItalic", "Italic", "Regular"]
    assert {path.read_bytes()[:4] for path in fonts} == {b"\x00\x01\x00\x00"}


def test_the_style_sheet_shows_nothing_that_only_government_may_show() -> None:
    text = built.asset(built.STYLE_SHEET).read_text(encoding="utf-8").lower()
    assert [mark for mark in ("gds transport", "crown", "crest") if mark in text] == []


def test_the_style_sheet_fetches_nothing_but_its_own_fonts() -> None:
    text = built.asset(built.STYLE_SHEET).read_text(encoding="utf-8")
    fetched = {each.strip("\"'") for each in re.findall(r"url\(([^)]*)\)", text)}
    fonts = {name for name in built.asset_names() if name.startswith("fonts/")}
    assert {each for each in fetched if not each.startswith("data:")} == fonts
    assert "@import" not in text
