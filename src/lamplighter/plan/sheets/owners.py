"""Whom the plan names as owners, what is theirs, and by what name and address they are written to."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import date
from pathlib import Path

from lamplighter.errors import FileRefused, InputError, NoSuchName
from lamplighter.plan.folder import Plan
from lamplighter.plan.records import is_known
from lamplighter.plan.records.promising import Promise

_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@[^\s@,;:<>()\[\]\"\\]+")


def named_owners(plan: Plan) -> list[str]:
    """Everybody whom a promise names as its owner, once each, whatever the capitals. Raises InputError if none does."""
    found: dict[str, str] = {}
    for each in plan.promises:
        if is_known(each.owner):
            name = " ".join(str(each.owner).split())
            found.setdefault(name.casefold(), name)
    if not found:
        raise InputError(
            f"No promise of {plan.folder} names its owner. Write a post or a name into the column owner of promises.csv "
            f"(or of the sheet promises: lamplighter plan export {plan.folder} --xlsx FILE), and ask again."
        )
    return sorted(found.values())


def owner_called(plan: Plan, name: str) -> str:
    """The owner as the plan writes her. Raises NoSuchName with near names, InputError if the plan names nobody."""
    owners = {each.casefold(): each for each in named_owners(plan)}
    found = owners.get(" ".join(name.split()).casefold())
    if found is None:
        raise NoSuchName("owner", name, list(owners.values()))
    return found


def open_promises_of(plan: Plan, owner: str, *, on: date) -> list[Promise]:
    """Her promises that are not closed by a day."""
    return [
        each
        for each in plan.promises
        if " ".join(str(each.owner or "").split()).casefold() == owner.casefold()
        and not (isinstance(each.closed_on, date) and each.closed_on <= on)
    ]


def file_name_of(owner: str) -> str:
    """Her name as a part of a file name that every system takes, and no other owner's."""
    plain = re.sub(r"[^a-z0-9]+", "-", owner.casefold()).strip("-")[:60]
    # Two owners may come to the same letters, and a name may have none that every file system takes.
    mark = hashlib.sha256(owner.casefold().encode("utf-8")).hexdigest()[:6]
    return f"{plain}-{mark}" if plain else mark


def is_address(text: str) -> bool:
    """One mail address and nothing else, such as name@example.org."""
    return _ADDRESS.fullmatch(text) is not None


def read_addresses(path: Path) -> dict[str, str]:
    """Owners' mail addresses from a CSV with the columns owner and address. Raises InputError or FileRefused.

    What is wrong is named by line alone: an address is personal data, and an error ends in logs.
    """
    if not path.is_file():
        raise InputError(f"There is no file {path}. Write a CSV with the columns owner and address.")
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        raise FileRefused(f"{path.name} is not UTF-8. Save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise FileRefused(f"{path.name} can't be read ({error}). Save it as CSV UTF-8.") from None
    found: dict[str, str] = {}
    for line, row in enumerate(rows, start=2):
        owner, address = " ".join((row.get("owner") or "").split()), (row.get("address") or "").strip()
        if not owner or not is_address(address):
            raise InputError(f"{path.name}:{line}: needs an owner and one address, such as name@example.org.")
        if found.setdefault(owner.casefold(), address) != address:
            raise InputError(f"{path.name}:{line}: {owner} stands with two addresses. Keep one of them.")
    return found
