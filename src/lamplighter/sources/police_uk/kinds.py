"""Which of the site's three kinds of file is this, by its header, and where are the columns that we use?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from lamplighter.errors import FileRefused, listed
from lamplighter.sources.columns import official_name


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """One kind of file. tells: the column that only this kind has. needed: columns that it must have, that one included.

    known: columns that the site writes and we don't use; any other is told of.
    """

    name: str
    tells: str
    needed: tuple[str, ...]
    known: tuple[str, ...] = ()


STREET = FileKind(
    name="street",
    tells="crime type",
    needed=(
        "crime id", "month", "reported by", "longitude", "latitude", "location", "lsoa code", "lsoa name",
        "crime type", "last outcome category",
    ),
    known=("falls within", "context"),
)  # fmt: skip

OUTCOME = FileKind(
    name="outcomes",
    tells="outcome type",
    needed=("crime id", "month", "reported by", "lsoa code", "outcome type"),
    known=("falls within", "longitude", "latitude", "location", "lsoa name"),
)

SEARCH = FileKind(
    name="stop-and-search",
    tells="object of search",
    needed=("type", "date", "object of search"),
    known=(
        "part of a policing operation", "policing operation", "latitude", "longitude", "gender", "age range",
        "self-defined ethnicity", "officer-defined ethnicity", "legislation", "outcome",
        "outcome linked to object of search", "removal of more than just outer clothing",
    ),
)  # fmt: skip

KINDS = (STREET, OUTCOME, SEARCH)

_FILE_NAME = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))-(.+)-(?:street|outcomes|stop-and-search)$")


@dataclass(frozen=True, kw_only=True)
class Header:
    """The header of one file. at: column → position, for the columns that we use. unused: headers that nobody knows."""

    kind: FileKind
    headers: tuple[str, ...]
    at: dict[str, int]
    unused: tuple[str, ...]


def header_of(headers: Sequence[str], *, file_name: str) -> Header:
    """Tell the kind of a file by its header. Raises FileRefused, naming the nearest column for each that is missing."""
    names = [official_name(each) for each in headers]
    kind = next((each for each in KINDS if each.tells in names), None) or _nearest(names)
    missing = [each for each in kind.needed if each not in names]
    if missing:
        raise FileRefused(_sentence(missing, headers, kind, file_name=file_name))
    twice = [each for each in kind.needed if names.count(each) > 1]
    if twice:
        raise FileRefused(f"{file_name}: the column {twice[0]} is there twice. Keep one of them.")
    unused = tuple(
        str(each).strip()
        for each, name in zip(headers, names, strict=True)
        if name and name not in kind.needed + kind.known
    )
    return Header(
        kind=kind, headers=tuple(headers), at={each: names.index(each) for each in kind.needed}, unused=unused
    )


def month_and_force_of(stem: str) -> tuple[str | None, str | None]:
    """`2018-10-south-yorkshire-street` → (`2018-10`, `south-yorkshire`); neither where the name is another."""
    found = _FILE_NAME.fullmatch(stem)
    return (found[1], found[2]) if found else (None, None)


def force_words(slug: str) -> str:
    """`avon-and-somerset` → `Avon and Somerset`: how a force is called where only the file's name says it."""
    return " ".join(word if word in ("and", "of") else word.capitalize() for word in slug.split("-"))


def same_force(one: str, other: str) -> bool:
    """Is `South Yorkshire`, from a file's name, the `South Yorkshire Police` of the rows?"""
    return _core(one) == _core(other)


def _core(name: str) -> str:
    words = re.findall(r"[a-z]+", name.casefold().replace("&", "and"))
    return " ".join(word for word in words if word not in ("police", "constabulary", "service"))


def _nearest(names: Sequence[str]) -> FileKind:
    return max(KINDS, key=lambda kind: sum(each in names for each in kind.needed) / len(kind.needed))


def _sentence(missing: Sequence[str], headers: Sequence[str], kind: FileKind, *, file_name: str) -> str:
    if len(headers) == 1:
        return (
            f"{file_name} is no file of data.police.uk as it stands: it has one column only. Is it separated by"
            " semicolons or tabs? Save it comma-separated."
        )
    spare = {official_name(each): str(each).strip() for each in headers if official_name(each) not in kind.needed}
    words = []
    for name in missing:
        near = get_close_matches(name, list(spare), n=1, cutoff=0.6)
        words.append(f"{name} (did you mean its column {spare[near[0]]!r}?)" if near else name)
    return (
        f"{file_name}: no column {listed(words)}, which a {kind.name} file of data.police.uk has. Download it again, or"
        f" rename the header; it has {listed((str(each).strip() for each in headers), most=12)}."
    )
