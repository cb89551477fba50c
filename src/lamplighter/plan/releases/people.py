"""Names of people on a release: given, and told apart."""

from __future__ import annotations

import unicodedata

from lamplighter.errors import InputError

_UNSEEN = {"Cf", "Cc", "Mn"}  # joiners, marks of direction, control characters, accents
_LOOK_ALIKE = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u03b1\u03bf\u03c1\u03b9\u03bd",
    "ABEKMHOPCTYXIJSaeopcyxijshABEZHIKMNOPTYXaopiv",  # Cyrillic and Greek capitals and small letters, in the order above
)


def named(name: str, option: str) -> str:
    """The name without white space around and between. Raises InputError if nothing that can be seen is left."""
    told = " ".join(name.split())
    if not _words(told):
        raise InputError(f"A release needs a name of a person. Give {option} NAME.")
    return told


def same_person(one: str, other: str) -> bool:
    """Is it one name, however it is written? Two people of one name need an initial.

    Capitals, accents, white space, full stops and commas, the order of the words, characters that nobody sees and Cyrillic or
    Greek letters that look like Latin ones make no other person. It misleads where one person gives two names: "A. Archer" is not
    known to be "Ann Archer".
    """
    left, right = _words(one), _words(other)
    return sorted(left) == sorted(right) or "".join(left) == "".join(right)


def _words(name: str) -> list[str]:
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    seen = (
        "".join(each for each in parted if unicodedata.category(each) not in _UNSEEN).translate(_LOOK_ALIKE).casefold()
    )
    return "".join(each if each.isalnum() else " " for each in seen).split()
