"""Where the built assets lie: the style sheet, the fonts and the pictures of pages, report and charts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from lamplighter.errors import PartMissing

FONT_FAMILY = "Atkinson Hyperlegible"
STYLE_SHEET = "lamplighter.css"
DRESS = (STYLE_SHEET, "favicon.svg")


def asset_folder() -> Path:
    """The folder of built assets.

    Raises PartMissing if nothing was built: a clone holds their sources, only the wheel is complete.
    """
    folder = Path(str(files("lamplighter.reports"))) / "assets" / "built"
    if not (folder / STYLE_SHEET).is_file():
        raise PartMissing(
            "The style sheet and the fonts are not in this installation. "
            "In a clone run ./run assets; elsewhere install lamplighter from its wheel."
        )
    return folder


def asset(name: str) -> Path:
    """Which file is this asset? By its name under the folder: `lamplighter.css`, `fonts/AtkinsonHyperlegible-Bold.ttf`.

    Raises PartMissing if it was not built, and names what there is.
    """
    folder = asset_folder()
    path = folder / name
    if not path.is_file():
        there = ", ".join(asset_names())
        raise PartMissing(f"There is no built asset {name!r}. Built: {there}. Run ./run assets to build them again.")
    return path


def asset_names() -> tuple[str, ...]:
    """Every built asset by its name under the folder, sorted: what a site has to copy."""
    folder = asset_folder()
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))


def font_folder() -> Path:
    """The folder with the four font files (regular, italic, bold, bold italic), for typst and vl-convert."""
    return asset("fonts/AtkinsonHyperlegible-Regular.ttf").parent


def dress_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What dresses a page, by its path beside the page: style sheets, favicon, fonts and their licences, and our own CSS."""
    for name in DRESS:
        yield f"assets/{name}", (folder / name).read_bytes()
    for part in ("fonts", "licences"):
        for path in sorted((folder / part).iterdir()):
            yield f"assets/{part}/{path.name}", path.read_bytes()
    yield "assets/site.css", files("lamplighter.reports.site").joinpath("site.css").read_bytes()


def comparing_css() -> tuple[str, bytes]:
    """The style of words taken out and put in, by its path beside the page."""
    return "assets/comparing.css", files("lamplighter.reports.comparing").joinpath("comparing.css").read_bytes()
