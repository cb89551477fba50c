"""Areas side by side: a page, a table and a picture from the profiles that were made of each, without a figure of their own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lamplighter.plan.cells import format_cell, kept_from_running
from lamplighter.profile.making import Profile
from lamplighter.reports.charts.canvas import Canvas
from lamplighter.reports.charts.look import AMBER, EDGE, GREY, INK, WIDTH_PX
from lamplighter.reports.profile.blocks import Block, Document, Heading, Picture, Run, box, bullets, note, say, table
from lamplighter.reports.profile.document import no_handling
from lamplighter.reports.profile.drawings import figure_files
from lamplighter.reports.profile.page import page_of
from lamplighter.reports.profile.svg import fitted, svg_of
from lamplighter.reports.profile.wording import count, months_in, share, when

COLUMNS = (
    "area", "folder", "count", "last_months", "year_before", "difference", "low", "high", "beyond_chance",
    "located_share_percent", "places_held_share", "places_sure", "first_place", "first_place_count", "institutions_count",
    "why_not",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class AreaProfile:
    """One area: its folder, and its profile or why there is none."""

    name: str
    folder: str
    profile: Profile | None
    why_not: str | None = None

    def row(self) -> dict[str, Any]:
        """What the page and the table compare, under `COLUMNS`; None is unknown."""
        row: dict[str, Any] = dict.fromkeys(COLUMNS)
        row |= {"area": self.name, "folder": self.folder, "why_not": self.why_not}
        if self.profile is None:
            return row
        told = self.profile.told
        figures = {each["id"]: each["value"] for each in told["figures"]}
        beside = told["compared"]["area"]
        first = told["places"][0] if told["places"] else None
        return row | {
            "count": figures["count"],
            "last_months": beside["count"],
            "year_before": beside["before"],
            "difference": beside["difference"],
            "low": beside["low"],
            "high": beside["high"],
            "beyond_chance": beside["beyond_chance"] if beside["difference"] is not None else None,
            "located_share_percent": beside["located_share_percent"],
            "places_held_share": told["places_method"]["held_share"],
            "places_sure": figures["places.sure"],
            "first_place": first["name"] if first else None,
            "first_place_count": first["count"] if first else None,
            "institutions_count": figures["institutions.count"],
        }


_ROW_PX = 40.0
_PICTURE = "areas-change"
_NO_ORDER = (
    "Areas stand in the order of the alphabet. They differ in size and in how many people are there, so an order by count would"
    " say nothing; a rate needs a denominator that somebody supplies ([denominators] in an area's decisions.toml)."
)
_HOW_TO_READ = (
    "Each line is the 95% interval of the difference to the same months a year before; its mark is the difference."
)


def compared_files(made: Sequence[AreaProfile]) -> dict[str, bytes]:
    """index.html, areas.csv, areas.json and the picture, by name. Areas in the order of the alphabet."""
    ordered = sorted(made, key=lambda each: (each.name.casefold(), each.folder))
    rows = [each.row() for each in ordered]
    svg = change_picture(rows)
    drawings = {_PICTURE: svg} if svg else {}
    first = next(each.profile.told for each in ordered if each.profile)
    html = page_of(_document(rows, first), drawings, synthetic=bool(first["synthetic"]))
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _csv_cell(value) for name, value in row.items()} for row in rows)
    files = {
        "index.html": html.encode("utf-8"),
        "areas.csv": b"\xef\xbb\xbf" + text.getvalue().encode("utf-8"),
        "areas.json": (json.dumps(rows, indent=1, ensure_ascii=False) + "\n").encode("utf-8"),
    }
    return files | figure_files(drawings, first)


def _csv_cell(value: Any) -> str:
    """An area may be called `=1+1`: whoever opens the file in a spreadsheet runs nothing."""
    return kept_from_running(value) if isinstance(value, str) else format_cell(value)


def _document(rows: Sequence[dict[str, Any]], first: Any) -> Document:
    question = first["question"]
    what = "all offences of the source" if question["all_offences"] else ", ".join(question["offences"])
    title = f"{what}: {len(rows)} areas side by side"
    return Document(
        title=title,
        short_title="Areas side by side",
        caution=first["caution"],
        handling=first["terms"]["handling"] or no_handling(first),
        subject=first["what_it_is"],
        author=first["terms"]["author"] or "Lamplighter",
        made_on=first["provenance"]["made_on"],
        first=tuple(_first(rows, first)),
        blocks=tuple(_sections(rows, first)),
    )


def _first(rows: Sequence[dict[str, Any]], first: Any) -> Iterator[Block]:
    question = first["question"]
    if first["synthetic"]:
        yield box(first["synthetic_words"])
    yield box(first["what_it_is"])
    yield say(
        f"One question for every area: {when(question['first_month'])} to {when(question['last_month'])}, places that reach"
        f" {question['radius_m']:g} metres, the first {question['places']} shown. The axes of all charts reach equally far."
    )
    yield note(_NO_ORDER)
    empty = [row for row in rows if row["why_not"]]
    if empty:
        yield bullets([[f"{row['area']}: {row['why_not']}"] for row in empty])


def _sections(rows: Sequence[dict[str, Any]], first: Any) -> Iterator[Block]:
    profiled = [row for row in rows if not row["why_not"]]
    yield Heading(level=1, words="Counts, and the same months a year before")
    yield Picture(
        name=_PICTURE,
        alt="Difference of each area to the same months a year before, with its interval",
        caption=_HOW_TO_READ,
    )
    yield table(
        "Counts by area",
        {"Area": 0.24, "Whole period": 0.14, "Last months": 0.14, "A year before": 0.14, "Difference": 0.12,
         "95% interval": 0.22},
        [
            [
                Run(words=row["area"], link=f"{row['folder']}/profile.html"),
                count(row["count"]), count(row["last_months"]), count(row["year_before"]), _signed(row["difference"]),
                f"{_signed(row['low'])} to {_signed(row['high'])}" if row["low"] is not None else "not known",
            ]
            for row in profiled
        ],
        right=(1, 2, 3, 4, 5),
    )  # fmt: skip
    called = [row["area"] for row in profiled if row["beyond_chance"]]
    yield say(
        f"Beyond what the months of an area vary by themselves: {', '.join(called) if called else 'none'}. The more areas are"
        " compared, the more stand out by chance: of 20 in which nothing changed, one."
    )
    yield Heading(level=1, words="Places")
    yield table(
        "Places by area",
        {"Area": 0.2, "First place": 0.34, "Its rows": 0.1, "Held by the first": 0.13, "Almost certain": 0.11,
         "At institutions": 0.12},
        [
            [
                Run(words=row["area"], link=f"{row['folder']}/profile.html"), row["first_place"] or "no place",
                count(row["first_place_count"]), share(row["places_held_share"]), count(row["places_sure"]),
                count(row["institutions_count"]),
            ]
            for row in profiled
        ],
        right=(2, 3, 4, 5),
    )  # fmt: skip
    yield note(f"{months_in(first['places_method']['chosen_on'])}. {first['places_method']['count_words']}")
    if first["places_method"]["chosen_by"] == "harm":
        yield note(first["places_method"]["words"][0])
    yield Heading(level=1, words="Files")
    yield say("areas.csv and areas.json hold this page's numbers; each area's folder holds its whole profile.")


def change_picture(rows: Sequence[dict[str, Any]]) -> str | None:
    """A line an area: the interval of its difference to a year before, from one zero and on one scale."""
    drawn = [row for row in rows if row["low"] is not None]
    if not drawn:
        return None
    furthest = max(max(abs(row["low"]), abs(row["high"])) for row in drawn) or 1
    left, right, top = 10.0, WIDTH_PX - 10.0, 34.0
    middle = (left + right) / 2
    canvas = Canvas(height_px=top + _ROW_PX * len(drawn) + 26)
    canvas.words((2, 10), "Rows more or fewer than a year before", bold=True)
    bottom = top + _ROW_PX * len(drawn)

    def x(value: float) -> float:
        return middle + value / furthest * (right - middle)

    canvas.rule((middle, top), (middle, bottom), colour=EDGE)
    for at, row in enumerate(drawn):
        y = top + _ROW_PX * at
        canvas.words((left, y + 8), fitted(row["area"], WIDTH_PX / 2 - 20))
        canvas.rule((x(row["low"]), y + 24), (x(row["high"]), y + 24), colour=INK, width=2)
        colour = AMBER if row["beyond_chance"] else GREY
        canvas.symbol(
            (x(row["difference"]), y + 24),
            shape="diamond" if row["beyond_chance"] else "circle",
            colour=colour,
            size=80,
        )
        words = _signed(row["difference"])
        canvas.words((right, y + 8), words, align="right", bold=True)
    for value in (-furthest, 0, furthest):
        align = "left" if value < 0 else "right" if value > 0 else "center"
        canvas.words((x(value), bottom + 14), _signed(value), align=align, colour=GREY)
    alt = "; ".join(
        f"{row['area']} {_signed(row['difference'])} rows, {_signed(row['low'])} to {_signed(row['high'])}"
        for row in drawn
    )
    return svg_of(canvas, f"Differences to the same months a year before: {alt}")


def _signed(value: float | None) -> str:
    """+996, −105, 0; not known."""
    if value is None:
        return count(None)
    return f"+{count(round(value))}" if round(value) > 0 else count(round(value))
