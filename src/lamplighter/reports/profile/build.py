"""From a workspace to the files of one profile: everything made first, then written whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lamplighter.errors import FileRefused, InputError
from lamplighter.profile.before import MOST_BYTES, check_before
from lamplighter.profile.decisions import DECISIONS, NO_DECISIONS, decisions_of
from lamplighter.profile.decisions_template import template
from lamplighter.profile.making import SCHEMA_VERSION, Given, Profile, make_profile
from lamplighter.profile.published_schema import profile_schema
from lamplighter.profile.studying import known_places
from lamplighter.reports.profile.wording import counted
from lamplighter.schema import OnProgress, tell_nobody
from lamplighter.studies.incidents.question import Polygon, ProfileQuestion
from lamplighter.workspace import Workspace

if TYPE_CHECKING:
    from lamplighter.reports.docx.template import Template
    from lamplighter.reports.profile.drawn import Drawn
    from lamplighter.sources.layers import PictureLayer

PROFILE_JSON = "profile.json"
_CODE = re.compile(r"EPSG:\d+")


@dataclass(frozen=True, kw_only=True)
class ProfileOrder:
    """What somebody asked for: the workspace, the question, what people gave, and where the files go."""

    workspace: Path
    source: str | None = None
    question: ProfileQuestion
    decisions: Path | None = None
    previous: Path | None = None
    layers: tuple[str, ...] = ()
    template: Path | None = None
    made_on: date
    made_by: str | None = None
    out: Path


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written, and what a person wants to know of it at once."""

    out: Path
    files: tuple[str, ...]
    sentences: tuple[str, ...]
    told: Mapping[str, Any]

    def as_told(self) -> dict[str, Any]:
        """As `lamplighter profile --json` prints it."""
        return {
            "out": self.out.as_posix(),
            "files": list(self.files),
            "title": self.told["title"],
            "chosen": self.told["chosen"],
            "summary": self.told["summary"],
        }


def write_profile(order: ProfileOrder, *, on_progress: OnProgress = tell_nobody) -> Written:
    """Makes the profile and writes all its files into `order.out`.

    A decisions.toml that lies there is read when none is named, and never written over; without one a template is written.
    Raises InputError and its kin for everything that people can get wrong; nothing half-done is left.
    """
    from lamplighter.reports.profile.writing import kept_words, write_files

    check_can_be_written(order.out)
    given, word = given_of(order), word_template(order)
    workspace = Workspace.open(order.workspace)
    profile = make_profile(
        workspace, order.question, made_on=order.made_on, given=given, source=order.source, on_progress=on_progress
    )
    layers = picture_layers(order, profile)
    files = files_of(profile, layers=layers, word=word, on_progress=on_progress)
    files |= beginnings(order, profile)
    kept = kept_words(write_files(order.out, files))
    return Written(
        out=order.out,
        files=tuple(sorted(files)),
        sentences=(*_sentences(profile, order), *([kept] if kept else [])),
        told=profile.told,
    )


def files_of(
    profile: Profile,
    *,
    layers: tuple[PictureLayer, ...] = (),
    word: Template | None = None,
    on_progress: OnProgress = tell_nobody,
) -> dict[str, bytes]:
    """Every file of a profile by its path in the folder. The same profile, the same bytes."""
    from lamplighter.reports.profile.brief import brief_pdf
    from lamplighter.reports.profile.docx import profile_docx
    from lamplighter.reports.profile.drawings import drawings, figure_files
    from lamplighter.reports.profile.layers import places_geojson, places_gpkg
    from lamplighter.reports.profile.page import page
    from lamplighter.reports.profile.pdf import profile_pdf
    from lamplighter.reports.profile.tables import table_files

    told, drawn = profile.told, drawn_of(profile, layers)
    on_progress("figures", 0, 6)
    svg = drawings(told, drawn)
    files = figure_files(svg, told)
    files[PROFILE_JSON] = profile.as_json()
    files["profile.schema.json"] = (json.dumps(profile_schema(), indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    on_progress("page", 1, 6)
    files["profile.html"] = page(told, svg).encode("utf-8")
    on_progress("PDF", 2, 6)
    files["profile.pdf"] = profile_pdf(told, drawings=svg)
    files["brief.pdf"] = brief_pdf(told, drawings=svg)
    on_progress("Word", 3, 6)
    files["profile.docx"] = profile_docx(told, drawings=svg, template=word)
    on_progress("map layers", 4, 6)
    files["places.gpkg"] = places_gpkg(told)
    files["places.geojson"] = places_geojson(told)
    on_progress("tables", 5, 6)
    return files | table_files(told, drawn)


def drawn_of(profile: Profile, layers: tuple[PictureLayer, ...]) -> Drawn:
    """What the pictures need beside profile.json."""
    from lamplighter.reports.profile.drawn import DensityCells, Drawn

    points, surface = profile.points, profile.surface
    cells = None
    if surface is not None:
        cells = DensityCells(
            easting_m=surface.easting_m, northing_m=surface.northing_m, level=surface.level, size_m=surface.size_m
        )
    return Drawn(xy_m=points.xy_m, lonlat=points.lonlat, counts=points.counts.sum(axis=1), cells=cells, layers=layers)


def given_of(order: ProfileOrder) -> Given:
    """What people gave, read and checked: decisions, the profile before, the name of who makes it."""
    inputs: list[tuple[str, bytes]] = []
    path = order.decisions or (order.out / DECISIONS if (order.out / DECISIONS).is_file() else None)
    decisions = NO_DECISIONS
    if path is not None:
        content = _bytes_of(path)
        decisions = decisions_of(content, name=path.name)
        if decisions != NO_DECISIONS:  # our own template, not filled in yet, is nothing that somebody gave
            inputs.append((path.name, content))
    previous = None
    if order.previous is not None:
        content = _bytes_of(order.previous)
        previous = profile_told(content, name=str(order.previous))
        inputs.append((order.previous.name, content))
    return Given(decisions=decisions, previous=previous, inputs=tuple(inputs), made_by=order.made_by)


def profile_told(content: bytes, *, name: str) -> Mapping[str, Any]:
    """A profile.json as data. Raises FileRefused for another file and for one that a later version wrote."""
    try:
        told = json.loads(content) if len(content) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or "places_method" not in told or "schema_version" not in told:
        raise FileRefused(f"{name} is no profile. Name the profile.json that `lamplighter profile` wrote.")
    if str(told["schema_version"]) != SCHEMA_VERSION:
        raise FileRefused(
            f"{name} has schema version {told['schema_version']}; this version reads {SCHEMA_VERSION}. Use a later Lamplighter."
        )
    try:
        check_before(told)
        known_places(told)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise FileRefused(
            f"{name} was changed by hand: its places can't be read. Name a profile.json as `lamplighter profile` wrote it."
        ) from None
    return told


def area_named(words: str) -> str | Polygon:
    """An area as it was typed: a layer file with one outline, or a name. Raises InputError for a file with several."""
    from lamplighter.sources.layer_files import is_layer_file
    from lamplighter.sources.layers import read_areas

    if not is_layer_file(words):
        return words
    found = read_areas(words)
    if len(found) != 1:
        raise InputError(
            f"{words} holds {len(found)} areas. Name a file with one, or use --each for one profile an area."
        )
    return Polygon(name=found[0].name, outline=found[0].outline)


def picture_layers(order: ProfileOrder, profile: Profile) -> tuple[PictureLayer, ...]:
    """The user's own layers for the maps, in the metres that the profile is drawn in."""
    if not order.layers:
        return ()
    from lamplighter.sources.layers import read_layer

    ground = _CODE.search(profile.told["provenance"]["ground"] or "")
    if ground is None:
        raise InputError(
            "No row of the source has a point, so there is no map to draw a layer under. Leave --layer out."
        )
    return tuple(layer for each in order.layers for layer in read_layer(each, ground=ground[0]))


def word_template(order: ProfileOrder) -> Template | None:
    """The force's own Word file, read before anything is worked out."""
    if order.template is None:
        return None
    from lamplighter.reports.docx.template import read_template

    return read_template(order.template)


def check_can_be_written(out: Path) -> None:
    """Raises InputError where the folder can't be one: asked before the work, not after it."""
    for place in (out, *out.parents):
        if place.exists() and not place.is_dir():
            raise InputError(f"{place} is a file, not a folder. Give --out a folder.")


def beginnings(order: ProfileOrder, profile: Profile) -> dict[str, bytes]:
    """The decisions.toml to fill in, where there is none yet."""
    if order.decisions is not None or (order.out / DECISIONS).exists():
        return {}
    return {DECISIONS: template(profile.told).encode("utf-8")}


def with_scales(profile: Profile, scales: Mapping[str, float]) -> Profile:
    """The same profile with axes that reach as far as those of others beside it."""
    return replace(profile, told={**profile.told, "scales": dict(scales)})


def _sentences(profile: Profile, order: ProfileOrder) -> list[str]:
    told = profile.told
    count = next(each for each in told["figures"] if each["id"] == "count")
    empty = [name for name in ("time", "victims", "outcomes", "harm") if not told[name].get("available", True)]
    left_out = f" Left empty, and why stands there: {', '.join(empty)}." if empty else ""
    return [
        f"{told['title']}.",
        *told["chosen"],
        f"{counted(count['value'], 'row')}; {counted(len(told['places']), 'place')}, and apart from them"
        f" {counted(len(told['institutions']), 'point')} of institutions.{left_out}",
        f"Wrote {order.out / 'profile.html'}, profile.pdf, profile.docx, brief.pdf, profile.json, map layers, tables, figures.",
        *([f"Fill in {order.out / DECISIONS} and run it again."] if order.decisions is None else []),
    ]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}). Name the file itself.") from None
