"""A mapping: which columns of a force's export say what, in which format, and what its words mean. TOML, read strictly."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lamplighter import definitions
from lamplighter.errors import InputError, NoSuchName, listed
from lamplighter.sources.extract.personal import check_headers

VERSION = 1

FIELDS: dict[str, str] = {  # what a mapping may ask for; nothing else of a file is ever read
    "force": "the force, where one file holds several",
    "reference": "the crime's own reference; stored as a keyed hash",
    "reported": "the day, or the day and time, on which it was reported",
    "reported_time": "the time of `reported`, where it has a column of its own",
    "from": "the day, or the day and time, from which it can have happened",
    "from_time": "the time of `from`, where it has a column of its own",
    "to": "the day, or the day and time, until which it can have happened",
    "to_time": "the time of `to`, where it has a column of its own",
    "offence": "the offence in words",
    "offence_code": "the offence's code",
    "victim_sex": "the victim's sex",
    "victim_age": "the victim's age in years; stored as a band",
    "victim_age_band": "the victim's age band, where the file has bands",
    "victim_ethnicity": "the victim's ethnicity; only counted, never part of a score",
    "relationship": "who the suspect is to the victim",
    "premises": "the kind of premises",
    "setting": "public, home or online, where the file says so",
    "location": "the street's name, never a house",
    "district": "the district or borough",
    "lsoa_code": "the LSOA's code",
    "lsoa_name": "the LSOA's name",
    "lon": "longitude in degrees",
    "lat": "latitude in degrees",
    "easting": "easting in metres of `ground.crs`",
    "northing": "northing in metres of `ground.crs`",
    "outcome": "the outcome in words",
    "outcome_date": "the day of the outcome",
}
DAYS = ("reported", "from", "to", "outcome_date")
TIMES = ("reported_time", "from_time", "to_time")
TIME_OF_DAY = "time_of_day"  # under [missing]: times such as 00:00 that are written where nobody knew the time
SEXES = ("female", "male", "other")
RELATIONSHIPS = ("partner or former partner", "family", "known otherwise", "stranger")
SETTINGS = ("public", "home", "online")
_WORDS: dict[str, Sequence[str]] = {"victim_sex": SEXES, "relationship": RELATIONSHIPS, "setting": SETTINGS}
_OWN_WORDS = ("victim_ethnicity",)  # groups differ from force to force: the mapping writes them as they shall stand
_KEYS = (
    "lamplighter_mapping", "title", "made_up", "force", "offence", "month_by", "file", "columns", "dates", "missing", "ground",
    "words", "premises", "location", "ages", "flags",
)  # fmt: skip
BANDS = (0, 10, 18, 25, 35, 45, 55, 65)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a column's words mean. means: their word → ours. separated_by: between several in one cell (the first of ours
    in the order of the mapping is taken)."""

    means: Table[str, str]
    separated_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A mark on an incident. It stands where the column holds any of the words."""

    name: str
    column: str
    any_of: frozenset[str]
    separated_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Ground:
    """crs: of the file's coordinates. metres: of what is stored. within: the box of degrees in which a point can lie
    (west, south, east, north); the area of use of `metres` where None."""

    crs: str = "EPSG:4326"
    metres: str = "EPSG:27700"
    within: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """One mapping, checked. columns: our field → the file's header. digest: SHA-256 of what it says.

    force, offence: what stands for all rows, where no column says it. made_up: no person or crime in the file is real, which
    every page made from it then says.
    """

    title: str
    made_up: bool
    force: str | None
    offence: str | None
    month_by: str
    columns: Table[str, str]
    dates: Table[str, str]
    missing: Table[str, frozenset[str]]
    ground: Ground
    words: Table[str, Words]
    flags: tuple[Flag, ...]
    vocabulary: str | None
    drops_house_numbers: bool
    age_bands: tuple[int, ...]
    separator: str
    worksheet: str | None
    digest: str = field(compare=False)

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header of the file that is read, once."""
        return tuple(dict.fromkeys((*self.columns.values(), *(flag.column for flag in self.flags))))


def load_mapping(path: Path) -> Mapping:
    """Read and check a mapping. Raises InputError with the key that is wrong and the mend."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{path} can't be opened ({error.strerror}). Make one: lamplighter mapping draft FILE."
        ) from error
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not UTF-8. Save it as UTF-8.") from None
    return mapping_of(text, name=path.name)


def mapping_of(text: str, *, name: str) -> Mapping:
    """A mapping from its text. name: as it is told to a person."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name} is no valid TOML: {error}. Mend that line.") from None
    _known(told, _KEYS, f"key of {name}")
    if told.get("lamplighter_mapping") != VERSION:
        raise InputError(f"{name} does not say `lamplighter_mapping = {VERSION}`. Put it on its first line.")
    columns = _texts(told, "columns", name)
    _known(columns, tuple(FIELDS), "field of a mapping")
    dates = _texts(told, "dates", name)
    _known(dates, (*DAYS, *TIMES), "date of a mapping")
    words = {each: _words(each, given, name) for each, given in _tables(told, "words", name).items()}
    flags = tuple(_flag(each, given, name) for each, given in sorted(_tables(told, "flags", name).items()))
    missing = {each: _set(given, f"{name}: missing.{each}") for each, given in _table(told, "missing", name).items()}
    _known(missing, (*FIELDS, TIME_OF_DAY), "field of a mapping")
    file, location = _table(told, "file", name), _table(told, "location", name)
    _known(file, ("separator", "worksheet"), "key of [file]")
    _known(location, ("drop_house_numbers",), "key of [location]")
    mapping = Mapping(
        title=str(told.get("title") or name),
        made_up=_made_up(told, name),
        force=_optional(told, "force"),
        offence=_optional(told, "offence"),
        month_by=str(told.get("month_by") or ("reported" if "reported" in columns else "from")),
        columns=columns,
        dates=dates,
        missing=missing,
        ground=_ground(_table(told, "ground", name), name),
        words=words,
        flags=flags,
        vocabulary=_vocabulary(_table(told, "premises", name)),
        drops_house_numbers=location.get("drop_house_numbers") is True,
        age_bands=_bands(_table(told, "ages", name), name),
        separator=str(file.get("separator") or ","),
        worksheet=_optional(file, "worksheet"),
        digest=hashlib.sha256(repr(_sorted(told)).encode("utf-8")).hexdigest(),
    )
    _check(mapping, name)
    return mapping


def _check(mapping: Mapping, name: str) -> None:
    columns = mapping.columns
    if not mapping.force and "force" not in columns:
        raise InputError(f'{name} names no force. Put `force = "…"` at its top, or a column for it under [columns].')
    if mapping.month_by not in ("reported", "from"):
        raise InputError(f'{name}: month_by is {mapping.month_by!r}. Write "reported" or "from".')
    if mapping.month_by not in columns:
        raise InputError(f"{name}: month_by asks for `{mapping.month_by}`, and [columns] has none. Name its column.")
    if "offence" not in columns and "offence_code" not in columns and not mapping.offence:
        raise InputError(
            f'{name} maps neither offence nor offence_code. Name one under [columns], or put `offence = "…"` at its top'
            " where all rows are of one."
        )
    if "offence" in columns and mapping.offence:
        raise InputError(f"{name} says one offence for all rows and maps a column of offences. Keep one.")
    for day in DAYS:
        if day in columns and day not in mapping.dates:
            raise InputError(
                f'{name}: no format for {day}. Under [dates] write {day} = "%d/%m/%Y %H:%M" or as the file has it.'
            )
        form = mapping.dates.get(day, "%Y%m%d")
        if not all(any(part in form for part in parts) for parts in (("%Y", "%y"), ("%m", "%b", "%B"), ("%d",))):
            raise InputError(
                f"{name}: dates.{day} is {form!r}. It needs a year (%Y), a month (%m or %b) and a day (%d)."
            )
    for time in TIMES:
        if time in columns and time not in mapping.dates:
            raise InputError(
                f'{name}: no format for {time}. Under [dates] write {time} = "%H:%M", or "HHMM" for 930 or 0930.'
            )
        if time in columns and time.removesuffix("_time") not in columns:
            raise InputError(f"{name} maps {time} and not {time.removesuffix('_time')}. A time needs its day.")
    pairs = [pair for pair in (("lon", "lat"), ("easting", "northing")) if set(pair) & set(columns)]
    if len(pairs) > 1:
        raise InputError(f"{name} maps degrees and metres. Keep one pair of coordinates.")
    if pairs and not set(pairs[0]) <= set(columns):
        raise InputError(f"{name} maps one of {pairs[0][0]} and {pairs[0][1]}. A point needs both.")
    for clock in sorted(mapping.missing.get(TIME_OF_DAY, ())):
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", clock):
            raise InputError(f'{name}: missing.{TIME_OF_DAY} has {clock!r}. Write times as "00:00".')
    if {"victim_age", "victim_age_band"} <= set(columns):
        raise InputError(f"{name} maps victim_age and victim_age_band. Keep one.")
    for word in _WORDS:
        if word in columns and word not in mapping.words:
            raise InputError(
                f"{name}: [words.{word}] is missing. Say which of the file's words mean {listed(_WORDS[word])}."
            )
    check_headers(columns, [(flag.name, flag.column) for flag in mapping.flags], name=name)


def _words(which: str, given: dict[str, Any], name: str) -> Words:
    ours = _WORDS.get(which)
    if ours is None and which not in _OWN_WORDS:
        raise NoSuchName("field with words", which, (*_WORDS, *_OWN_WORDS))
    separated_by = _optional(given, "separated_by")
    means: dict[str, str] = {}
    for our, theirs in given.items():
        if our == "separated_by":
            continue
        if ours is not None and our not in ours:
            raise NoSuchName(f"word for {which}", our, ours)
        for word in sorted(_set(theirs, f"{name}: words.{which}.{our}")):
            if means.setdefault(word, our) != our:
                raise InputError(f"{name}: words.{which} gives {word!r} two meanings. Keep one.")
    return Words(means=means, separated_by=separated_by)


def _flag(flag: str, given: dict[str, Any], name: str) -> Flag:
    _known(given, ("column", "any_of", "separated_by"), f"key of flags.{flag}")
    if "|" in flag or not isinstance(given.get("column"), str):
        raise InputError(f"{name}: the flag {flag!r} needs a column, and a name without “|”.")
    any_of = _set(given.get("any_of"), f"{name}: flags.{flag}.any_of")
    return Flag(name=flag, column=given["column"], any_of=any_of, separated_by=_optional(given, "separated_by"))


def _ground(given: dict[str, Any], name: str) -> Ground:
    _known(given, ("crs", "metres", "within"), "key of [ground]")
    within = given.get("within")
    box = None
    if within is not None:
        if not (
            isinstance(within, list) and len(within) == 4 and all(isinstance(each, (int, float)) for each in within)
        ):
            raise InputError(f"{name}: ground.within is four numbers in degrees: [west, south, east, north].")
        west, south, east, north = (float(each) for each in within)
        if west >= east or south >= north:
            raise InputError(
                f"{name}: ground.within is [west, south, east, north], and its numbers are not in that order."
            )
        box = (west, south, east, north)
    crs = _optional(given, "crs") or Ground.crs
    return Ground(crs=crs, metres=_optional(given, "metres") or Ground.metres, within=box)


def _made_up(told: Table[str, Any], name: str) -> bool:
    found = told.get("made_up", False)
    if not isinstance(found, bool):
        raise InputError(f"{name}: made_up is {found!r}. Write true where no person or crime in the file is real.")
    return found


def _vocabulary(given: dict[str, Any]) -> str | None:
    _known(given, ("vocabulary",), "key of [premises]")
    vocabulary = _optional(given, "vocabulary")
    if vocabulary is not None:
        definitions.premises_kinds(vocabulary)
    return vocabulary


def _bands(given: dict[str, Any], name: str) -> tuple[int, ...]:
    _known(given, ("bands_from",), "key of [ages]")
    starts = given.get("bands_from", list(BANDS))
    whole = isinstance(starts, list) and starts and all(type(each) is int and 0 <= each <= 120 for each in starts)
    if not whole or starts != sorted(set(starts)) or starts[0] != 0:
        raise InputError(f"{name}: ages.bands_from is a rising list of whole years that begins with 0.")
    return tuple(starts)


def _known(given: Table[str, Any], known: Sequence[str], what: str) -> None:
    for each in given:
        if each not in known:
            raise NoSuchName(what, each, known)


def _table(told: dict[str, Any], key: str, name: str) -> dict[str, Any]:
    found = told.get(key, {})
    if not isinstance(found, dict):
        raise InputError(f"{name}: {key} is a table. Write [{key}] on a line of its own, and its keys below.")
    return found


def _tables(told: dict[str, Any], key: str, name: str) -> dict[str, dict[str, Any]]:
    found = _table(told, key, name)
    return {each: _table(found, each, f"{name}: {key}") for each in found}


def _texts(told: dict[str, Any], key: str, name: str) -> dict[str, str]:
    found = _table(told, key, name)
    for each, given in found.items():
        if not isinstance(given, str) or not given.strip():
            raise InputError(f"{name}: {key}.{each} must be a text in quotation marks.")
    return dict(found)


def _optional(told: Table[str, Any], key: str) -> str | None:
    found = told.get(key)
    return str(found) if found not in (None, "") else None


def _set(given: object, what: str) -> frozenset[str]:
    if not isinstance(given, list) or not given or not all(isinstance(each, str) for each in given):
        raise InputError(f'{what} is a list of texts, such as ["F", "Female"].')
    return frozenset(folded(each) for each in given)


def folded(word: str) -> str:
    """A word as it is compared: case and runs of spaces aside."""
    return " ".join(word.split()).casefold()


def _sorted(told: object) -> object:
    if isinstance(told, dict):
        return [(key, _sorted(told[key])) for key in sorted(told)]
    return [_sorted(each) for each in told] if isinstance(told, list) else told
