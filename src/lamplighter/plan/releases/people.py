"""Names of people on a release: given, and told apart."""

from __future__ import annotations

import unicodedata

from lamplighter.errors import InputError


def named(name: str, option: str) -> str:
    """The name without white space around and between. Raises InputError if nothing is left."""
    told = " ".join(name.split())
    if not told:
        raise InputError(f"A release needs a name of a person. Give {option} NAME.")
    return told


def same_person(one: str, other: str) -> bool:
    """Is it one name, capitals, accents' spelling and white space aside? Two people of one name need an initial."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
