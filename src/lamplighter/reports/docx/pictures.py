"""A chart as a PNG for a Word document, which can't hold SVG that every reader draws."""

from __future__ import annotations

from functools import cache

from lamplighter.errors import PartMissing
from lamplighter.reports.built import font_folder

SCALE = 2.0  # 640 px become 1,280: sharp in print at the width of a page


def png_of(svg: str) -> bytes:
    """The same picture as points, in the house font where it was built. Raises PartMissing without the drawing engine."""
    try:
        import vl_convert
    except ImportError as lacking:
        raise PartMissing(
            "Charts need the extra part `report`. Install it with: python -m pip install 'lamplighter[report]'"
        ) from lacking
    _register_house_font()
    return bytes(vl_convert.svg_to_png(svg, scale=SCALE))


@cache
def _register_house_font() -> None:
    import vl_convert

    try:
        vl_convert.register_font_directory(str(font_folder()))
    except PartMissing:
        return
