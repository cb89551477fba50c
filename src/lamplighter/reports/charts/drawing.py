"""From a specification to SVG, and from the cache when the same was drawn before."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import cache as once
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from lamplighter.errors import PartMissing
from lamplighter.reports.charts.canvas import Canvas
from lamplighter.workspace.durable import write_whole

_NOISE = re.compile(
    r' (?:aria-[a-z]+|class|pointer-events|role)="[^"]*"| xmlns:xlink="[^"]*"| stroke-dasharray="1,0"| opacity="1"'
)
_EMPTY_PATH = re.compile(r'<path d=""[^>]*/>|<path d="M0,0h0v0h0Z"[^>]*/>')
_NUMBER = re.compile(r"\d+\.\d{2,}")
_OPENING = re.compile(r"<svg[^>]*>")


def drawn(content: object, draw: Callable[[], tuple[Canvas, str]], *, cache: Path | None) -> str:
    """The SVG that `draw` places and names, or the kept one of the same content.

    content: everything that the picture depends on, as frozen records whose `repr` says all of it; this package's own text and
    the engine's version are added. A kept picture costs neither the placing nor the loading of the drawing engine. Raises
    PartMissing when the engine is needed and not installed.
    """
    path = None
    if cache is not None:
        path = cache / f"{_digest(content)}.svg"
        found = _read(path)
        if found is not None:
            return found
    canvas, alt = draw()
    svg = as_image(_draw(canvas.spec(), canvas.marks()), canvas.lettering(), alt)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, svg.encode("utf-8"), fsync=False)
    return svg


def as_image(svg: str, lettering: str, alt: str) -> str:
    """The picture with its words, as one image with a name.

    What Vega says of its groups to a screen reader is left out: it would be read aloud and says nothing.
    """
    opening = _OPENING.search(svg)
    if opening is None:
        raise ValueError("The drawing engine returned no SVG.")
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', opening[0])
    width, height = (size[1], size[2]) if size else ("640", "320")
    rest = _EMPTY_PATH.sub("", _NOISE.sub("", svg[opening.end() :]))
    rest = _NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), rest)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label={quoteattr(alt)}>{rest.removesuffix("</svg>")}{lettering}</svg>'
    )


def _digest(content: object) -> str:
    return hashlib.sha256(f"{_makers()}\0{content!r}".encode()).hexdigest()[:32]


@once
def _makers() -> str:
    """Who draws: the digest of this package's own text and of how numbers are said, and the engine's version."""
    hashed = hashlib.sha256(files("lamplighter").joinpath("schema.py").read_bytes())
    for each in sorted(files(__package__ or "").iterdir(), key=lambda each: each.name):
        if each.name.endswith(".py"):
            hashed.update(each.read_bytes())
    try:
        engine = metadata.version("vl-convert-python")
    except metadata.PackageNotFoundError:
        engine = "none"
    return f"{hashed.hexdigest()} {engine}"


def _engine() -> Any:
    try:
        import vl_convert
    except ImportError as lacking:
        raise PartMissing(
            "Charts need the extra part `report`. Install it with: python -m pip install 'lamplighter[report]'"
        ) from lacking
    return vl_convert


def _draw(spec: Mapping[str, Any], marks: Mapping[str, list[dict[str, Any]]]) -> str:
    compiled = json.loads(_compiled(json.dumps(spec, sort_keys=True)))
    for each in compiled["data"]:
        if each["name"] in marks:
            each["values"] = marks[each["name"]]
    return str(_engine().vega_to_svg(compiled))


@lru_cache(maxsize=64)
def _compiled(spec: str) -> str:
    """The Vega that a Vega-Lite specification stands for: half of the work of a chart, and the same for most of them."""
    return json.dumps(_engine().vegalite_to_vega(spec))


def _read(path: Path) -> str | None:
    """What is kept, unless it was cut short: a picture that does not end is drawn again."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return text if text.endswith("</svg>") else None
