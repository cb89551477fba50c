"""A first mapping of an export, as TOML to be read and mended: what is only likely is marked "unsure" on its own line."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lamplighter.sources.extract.guessing import (
    DAY_FORMATS,
    TIME_FORMATS,
    fields_of,
    flag_of,
    formats_of,
    vocabulary_of,
    words_of,
)
from lamplighter.sources.extract.mapping import DAYS, FIELDS, TIMES, VERSION
from lamplighter.sources.extract.personal import personal_header
from lamplighter.sources.extract.rows import ExportRows, export_rows
from lamplighter.sources.police_uk.judging import LAT_MAX, LAT_MIN, LON_MAX, LON_MIN

_LOOKED_AT = 3_000
_MOST_WORDS = 40
_MARGIN_DEGREES = 0.5
_GRID_EAST_M, _GRID_NORTH_M = 700_000, 1_300_000  # how far the British National Grid reaches
_MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$|[ T]12:00:00 AM$")
_WORDED = ("victim_sex", "relationship", "setting")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """toml: the mapping. unsure: what a person should look at. left_out: headers that are not mapped, and why."""

    toml: str
    unsure: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


class _Page:
    """The lines of the TOML, and what was marked unsure on the way."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.unsure: list[str] = []

    def say(self, line: str, unsure: str | None = None) -> None:
        self.lines.append(f"{line}  # unsure: {unsure}" if unsure else line)
        if unsure:
            self.unsure.append(f"{line.split(' =')[0].strip()}: {unsure}")

    def head(self, title: str) -> None:
        self.lines += ["", f"[{title}]"]


def drafted(content: bytes, *, name: str, worksheet: str | None = None) -> Draft:
    """Which columns of this export say what, as far as headers and values tell?

    content: of a CSV (comma, semicolon or tab) or an XLSX. The draft is a valid mapping once its unsure lines were looked at;
    nothing is imported by drafting. Misleads where a header says one thing and the column holds another.
    Raises FileRefused when the file can't be read.
    """
    separator = _separator(content)
    rows = export_rows(content, name=name, wanted=None, separator=separator, worksheet=worksheet)
    values = {header: Counter(each for each in cells[:_LOOKED_AT] if each) for header, cells in rows.columns.items()}
    fields, flags, left_out = _sorted_out(values)
    page = _Page()
    page.say(f"lamplighter_mapping = {VERSION}")
    page.say(f"title = {_text(name)}")
    if "force" not in fields:
        page.say('force = "NAME OF THE FORCE"', "the file does not say which force it is of")
    if not {"offence", "offence_code"} & set(fields):
        page.lines.append('offence = "WHAT ALL ROWS ARE"  # unsure: no column of the offence was found')
    by = "reported" if "reported" in fields else "from"
    page.say(f'month_by = "{by}"', None if by in fields else "no column of a day was found")
    if separator != "," or worksheet:
        page.head("file")
        page.say(f"separator = {_text(separator)}" if separator != "," else f"worksheet = {_text(worksheet or '')}")
    page.head("columns")
    for ours in FIELDS:
        if ours in fields:
            page.say(f"{ours} = {_text(fields[ours])}", _doubt(ours, fields))
    if not {"offence", "offence_code"} & set(fields):
        page.unsure.append("offence: no column was found; what are the rows of this file?")
    _say_dates(page, fields, values, rows)
    _say_missing(page, fields, values)
    _say_ground(page, fields, rows)
    for ours in _WORDED:
        if ours in fields:
            _say_words(page, ours, values[fields[ours]])
    if "premises" in fields:
        _say_premises(page, values[fields["premises"]])
    if "location" in fields:
        page.head("location")
        page.say("drop_house_numbers = true")
    for flag, (header, yes) in sorted(flags.items()):
        page.head(f"flags.{flag}")
        page.say(f"column = {_text(header)}")
        page.say(f"any_of = {_list(yes)}")
    if left_out:
        page.lines += ["", "# Left out:", *(f"#   {_shown(header)}: {why}" for header, why in left_out)]
    return Draft(toml="\n".join(page.lines) + "\n", unsure=tuple(page.unsure), left_out=tuple(left_out))


def _separator(content: bytes) -> str:
    first = content[: 1 << 16].split(b"\n", 1)[0]
    counts = {mark: first.count(mark.encode("ascii")) for mark in (",", ";", "\t")}
    return max(counts, key=lambda mark: (counts[mark], mark == ","))


def _sorted_out(
    values: dict[str, Counter[str]],
) -> tuple[dict[str, str], dict[str, tuple[str, list[str]]], list[tuple[str, str]]]:
    flags: dict[str, tuple[str, list[str]]] = {}
    left_out = []
    free: dict[str, Counter[str]] = {}
    for header, found in values.items():
        personal = personal_header(header)
        flag = flag_of(header, found)
        if personal:
            left_out.append((header, f"by its header it holds {personal}"))
        elif not found:
            left_out.append((header, "empty"))
        elif flag:
            flags.setdefault(flag[0], (header, flag[1]))
        else:
            free[header] = found
    fields = fields_of(free)
    left_out += [(header, "nothing of ours fits it") for header in free if header not in fields.values()]
    for one, other in (("lon", "lat"), ("easting", "northing")):
        if (one in fields) != (other in fields) or (one == "easting" and "lon" in fields and one in fields):
            left_out += [(fields.pop(each), "a coordinate without its other, or a second pair") for each in (one, other)
                         if each in fields]  # fmt: skip
    for time in TIMES:
        if time in fields and time.removesuffix("_time") not in fields:
            left_out.append((fields.pop(time), "a time without its day"))
    return fields, flags, left_out


def _doubt(ours: str, fields: dict[str, str]) -> str | None:
    if ours == "from" and "to" not in fields:
        return "taken for the time at which it happened; the file has no end"
    if ours == "location":
        return "house numbers are dropped; take it out if it names homes"
    if ours == "district":
        return "is this an area that people know by name?"
    if ours == "victim_ethnicity":
        return "only ever counted, with the unknown beside it; name its codes under [words.victim_ethnicity]"
    return None


def _say_dates(page: _Page, fields: dict[str, str], values: dict[str, Counter[str]], rows: ExportRows) -> None:
    page.head("dates")
    for ours in (*DAYS, *TIMES):
        if ours not in fields:
            continue
        is_time = ours in TIMES
        found = list(values[fields[ours]])
        fitting = formats_of(found, TIME_FORMATS if is_time else DAY_FORMATS)
        doubt = None
        if not fitting:
            fitting = ["%H:%M" if is_time else "%d/%m/%Y"]
            doubt = "no format that is known fits; write the one that the file has"
        elif not is_time and any(_turned(form) in fitting for form in fitting):
            doubt = "day first or month first? Both fit"
        elif rows.from_workbook:
            doubt = None
        page.say(f"{ours} = {_text(fitting[0])}", doubt)


def _turned(form: str) -> str:
    return form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m") if form.startswith("%d/%m") else ""


def _say_missing(page: _Page, fields: dict[str, str], values: dict[str, Counter[str]]) -> None:
    said = []
    for time in ("from_time", "to_time"):
        if time not in fields:
            continue
        found = values[fields[time]]
        heaps = [word for word in ("0", "0000", "00:00", "1", "0001", "00:01", "1200", "12:00") if
                 found[word] * 25 > sum(found.values())]  # fmt: skip
        if heaps:
            said.append(
                (
                    f"{time} = {_list(heaps)}",
                    "written for a time that nobody knew? Many rows have it; else delete this line",
                )
            )
    start = fields.get("from")
    if start and "from_time" not in fields:
        found = values[start]
        midnight = sum(count for word, count in found.items() if _MIDNIGHT.search(word))
        if midnight * 50 > sum(found.values()) and midnight < sum(found.values()):
            said.append(
                ('time_of_day = ["00:00"]', f"{midnight:,} of {sum(found.values()):,} rows looked at say midnight")
            )
    age = values.get(fields.get("victim_age", ""), Counter())
    if age["0"] * 25 > sum(age.values()) > 0:
        said.append(('victim_age = ["0"]', "0 is on many rows: no age known?"))
    if said:
        page.head("missing")
        for line, doubt in said:
            page.say(line, doubt)


def _say_ground(page: _Page, fields: dict[str, str], rows: ExportRows) -> None:
    if "lon" not in fields and "easting" not in fields:
        page.lines += ["", "# No coordinates were found: no place can be named from this file."]
        return
    page.head("ground")
    pair = ("lon", "lat") if "lon" in fields else ("easting", "northing")
    x, y = (_middle(rows.columns[fields[each]]) for each in pair)
    in_metres = pair[0] == "easting"
    if in_metres and (x is None or y is None or not (0 < x[1] < _GRID_EAST_M and 0 < y[1] < _GRID_NORTH_M)):
        page.say('crs = "EPSG:…"', "not the British National Grid: write the code of the system that the metres are of")
        page.say('metres = "EPSG:…"', "the UTM zone of the place, such as EPSG:32610")
        return
    page.say(f"crs = {_text('EPSG:27700' if in_metres else 'EPSG:4326')}",
             "taken for the British National Grid" if in_metres else None)  # fmt: skip
    if x is None or y is None:
        page.say('metres = "EPSG:27700"', "the coordinates could not be read")
        return
    corners = [_degrees(x[at], y[at]) if in_metres else (x[at], y[at]) for at in (0, 1, 2)]
    (west, south), (lon, lat), (east, north) = corners
    british = in_metres or (LON_MIN <= lon <= LON_MAX and LAT_MIN <= lat <= LAT_MAX)
    if british:
        page.say('metres = "EPSG:27700"')
    else:
        from lamplighter.sources.ground_abroad import utm_of

        page.say(f"metres = {_text(utm_of(lon, lat))}")
    sides = (west - _MARGIN_DEGREES, south - _MARGIN_DEGREES, east + _MARGIN_DEGREES, north + _MARGIN_DEGREES)
    if all(side == side for side in sides):  # NaN where the metres are none of the British grid
        box = json.dumps([round(side, 1) for side in sides])
        page.say(
            f"within = {box}", "where a point can lie (west, south, east, north): 98% of the rows, and half a degree"
        )


def _degrees(easting_m: float, northing_m: float) -> tuple[float, float]:
    import numpy as np
    from convertbng.cutil import convert_lonlat

    lon, lat = convert_lonlat(np.array([easting_m]), np.array([northing_m]))
    return float(lon[0]), float(lat[0])


def _middle(cells: Sequence[str | None]) -> tuple[float, float, float] | None:
    """The value that 1%, half and 99% lie below, of the cells that are numbers."""
    told = (_number(cell) for cell in cells)
    numbers = sorted(each for each in told if each is not None and math.isfinite(each) and each != 0)
    if not numbers:
        return None
    return tuple(numbers[min(int(len(numbers) * share), len(numbers) - 1)] for share in (0.01, 0.5, 0.99))  # type: ignore[return-value]


def _number(cell: str | None) -> float | None:
    try:
        return float(cell or "")
    except ValueError:
        return None


def _say_words(page: _Page, ours: str, values: Counter[str]) -> None:
    means, left = words_of(ours, values)
    page.head(f"words.{ours}")
    for our, theirs in sorted(means.items()):
        page.say(f"{_text(our)} = {_list(theirs)}", "by their sound" if ours == "relationship" else None)
    if not means:
        page.lines.append(f"# no word of the file could be placed; without one, take {ours} out of [columns]")
        page.unsure.append(f"words.{ours}: no word could be placed")
    if left:
        page.lines.append(f"# unsure: left unknown: {_list(left[:_MOST_WORDS])}")
        page.unsure.append(f"words.{ours}: left unknown: {', '.join(left[:_MOST_WORDS])}")


def _say_premises(page: _Page, values: Counter[str]) -> None:
    vocabulary, share = vocabulary_of(values)
    page.head("premises")
    if vocabulary is None:
        page.lines.append(
            "# unsure: no shipped vocabulary knows half of these words, so kinds and settings stay unknown"
        )
        page.unsure.append("premises.vocabulary: none that is shipped knows half of these words")
        return
    page.say(f"vocabulary = {_text(vocabulary)}", None if share > 0.99 else f"it knows {share:.0%} of the rows' words")


def _shown(header: str) -> str:
    """A header in a comment, where TOML allows no control characters."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in header).split())


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(words: Sequence[str]) -> str:
    return "[" + ", ".join(_text(word) for word in words) + "]"
