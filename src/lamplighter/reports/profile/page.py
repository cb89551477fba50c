"""The profile as one page that asks for nothing: no script, no request, readable on a phone, by ear and on paper.

It walks the same blocks as the PDF and the Word document, so that none can say another number than the others.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import assert_never

from markupsafe import Markup

from lamplighter.reports.built import asset
from lamplighter.reports.profile.blocks import Block, Bullets, Document, Group, Heading, Picture, Say, Table
from lamplighter.reports.profile.document import document_of
from lamplighter.reports.profile.wording import Data, items, text, when_or
from lamplighter.reports.site.pages import SITE_NAME
from lamplighter.reports.site.templating import templates_of
from lamplighter.schema import slug_of

FIGURES = "Figures"
FOLDED_FROM_ROWS = (
    25  # longer tables are folded, and unfolded on paper; that of the figures never is: links lead into it
)
_HOUSE = "lamplighter.reports.profile"
_FONTS = ("Regular", "Bold")
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_PLAIN = re.compile(r"[A-Za-z0-9 .,]")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A block with what the page needs besides: where links lead, its rank as a heading, whether it is folded.

    what: heading, say, bullets, table, picture or group. label: how its frame is called, once on the page. named: does a heading
    just above already say its caption? svg: of a picture, and of the one that a group holds.
    """

    what: str
    block: Block
    rank: int = 0
    anchor: str = ""
    label: str = ""
    named: bool = False
    folded: bool = False
    svg: Markup = Markup("")


def page(told: Data, drawings: Mapping[str, str]) -> str:
    """profile.html, as text.

    told: profile.json. drawings: name → SVG as `drawings` gives it; a name that is not there leaves no hole. Every figure of told
    has an anchor `fig-<id>`; the same inputs, the same page. Raises PartMissing if the style sheet was not built.
    """
    figures = frozenset(text(each.get("id")) for each in items(told, "figures"))
    return page_of(document_of(told, drawings), drawings, figures=figures, synthetic=bool(told.get("synthetic")))


def page_of(
    document: Document, drawings: Mapping[str, str], *, figures: frozenset[str] = frozenset(), synthetic: bool
) -> str:
    """Any document of these blocks as one page. figures: the ids that have an anchor on it. Raises PartMissing."""
    laid = _Laying(drawings)
    first, rest = list(laid.pieces(document.first)), list(laid.pieces(document.blocks))
    made = templates_of(_HOUSE)
    return made.get_template("profile.html").render(
        it=document,
        first=first,
        rest=rest,
        contents=[each for each in rest if each.what == "heading" and each.rank == 2],
        figures=figures,
        synthetic=synthetic,
        made_on=when_or(document.made_on, "a day that is not known"),
        style=Markup(_style(document.caution, document.handling)),  # noqa: S704 (ours, and texts as CSS escapes)
        mark=Markup(asset("lamp.svg").read_text(encoding="utf-8")),  # noqa: S704 (a built asset of ours)
        icon=_data_address(asset("favicon.svg").read_bytes(), "image/svg+xml"),
        name=SITE_NAME,
    )


class _Laying:
    """Gives headings their anchors and frames their names, each once."""

    def __init__(self, drawings: Mapping[str, str]) -> None:
        self._drawings = drawings
        self._anchors: set[str] = set()
        self._labels: set[str] = set()

    def pieces(self, blocks: Iterable[Block]) -> Iterator[Piece]:
        rank, above = 1, ""  # the rank of the page's title
        for each in blocks:
            if isinstance(each, Heading):
                rank = min(each.level + 1, rank + 1)  # a level is never skipped, whatever a section begins with
                yield Piece(
                    what="heading", block=each, rank=rank, anchor=self._once(self._anchors, _slug(each.words), "-")
                )
                above = each.words
            elif isinstance(each, Table):
                folded = len(each.rows) >= FOLDED_FROM_ROWS and each.caption != FIGURES
                label = self._once(self._labels, each.caption, " ")
                yield Piece(what="table", block=each, label=label, named=each.caption == above, folded=folded)
            elif isinstance(each, Picture):
                if each.name in self._drawings:
                    yield Piece(what="picture", block=each, svg=self._svg(each))
            elif isinstance(each, Group):
                yield Piece(what="group", block=each, svg=self._svg(each.picture))
            elif isinstance(each, Bullets | Say):
                yield Piece(
                    what=type(each).__name__.lower(), block=each, folded=isinstance(each, Bullets) and bool(each.fold)
                )
            else:
                assert_never(each)

    def _svg(self, picture: Picture | None) -> Markup:
        return Markup(self._drawings.get(picture.name, "") if picture else "")  # noqa: S704 (drawn by us, its words escaped)

    @staticmethod
    def _once(seen: set[str], name: str, before: str) -> str:
        """The name, or with a number behind it where it was used before. An address holds no space: `before` says what does."""
        told, number = name, 2
        while told in seen:
            told, number = f"{name}{before}{number}", number + 1
        seen.add(told)
        return told


def _slug(words: str) -> str:
    return "s-" + (slug_of(words)[:60].strip("-") or "section")


def _style(caution: str, handling: str) -> str:
    """The house style with its fonts inside, what is the page's own, and the sentence that stands on every printed page."""
    house = _FACE.sub("", asset("lamplighter.css").read_text(encoding="utf-8-sig"))
    faces = "".join(_face(each) for each in _FONTS)
    own = files(_HOUSE).joinpath("profile.css").read_text(encoding="utf-8")
    foot = f"@page{{@top-center{{content:{css_text(caution)}}}@bottom-left{{content:{css_text(handling)}}}}}"
    return f"{faces}{house}{own}{foot}"


def _face(weight: str) -> str:
    font = _data_address(asset(f"fonts/AtkinsonHyperlegible-{weight}.ttf").read_bytes(), "font/ttf")
    number = {"Regular": 400, "Bold": 700}[weight]
    return (
        f'@font-face{{font-family:"Atkinson Hyperlegible";font-weight:{number};src:url("{font}") format("truetype")}}'
    )


def css_text(words: str) -> str:
    """Any words as a string of CSS: whatever could end the string or the style is written as its number."""
    return '"' + "".join(each if _PLAIN.match(each) else f"\\{ord(each):x} " for each in words) + '"'


def _data_address(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
