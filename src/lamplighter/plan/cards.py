"""The definition cards that a plan may use: its own, and those that are shipped for the measures worked out here."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from lamplighter.errors import InputError
from lamplighter.plan.folder import Plan, read_records
from lamplighter.plan.records.showing import Card


def shipped_cards() -> dict[str, Card]:
    """The cards of the measures that are worked out here; every plan may use them."""
    with as_file(files("lamplighter.definitions").joinpath("measure_cards.csv")) as path:
        found, problems = read_records(Path(path), Card)
    if problems:
        raise InputError("The shipped cards can't be read: " + "; ".join(str(each) for each in problems))
    return {record.id: record for _, record in found}


def cards_of(plan: Plan) -> dict[str, Card]:
    """The folder's own cards and the shipped ones. Raises InputError if an id stands for both."""
    shipped = shipped_cards()
    if clash := sorted(set(shipped) & {each.id for each in plan.cards}):
        raise InputError(f"definitions.csv has the card {clash[0]}, which Lamplighter ships. Give yours another id.")
    return {**shipped, **{each.id: each for each in plan.cards}}
