"""Versioned facts as data: rules, breaks, groups and sourced figures. Each row has a status, and the product shows it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from lamplighter.errors import PartMissing


def text_of(name: str) -> str:
    """One shipped definition file as text. Raises PartMissing if the installation lacks it."""
    path = files("lamplighter.definitions").joinpath(name)
    if not path.is_file():
        raise PartMissing(f"The definition file {name} is not in this installation. Install lamplighter again.")
    return path.read_text(encoding="utf-8")


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a shipped table, in its own order."""
    return tuple(csv.DictReader(text_of(name).splitlines()))


def evidence_rules() -> tuple[Mapping[str, str], ...]:
    """The rules of the evidence axis; the first that holds decides."""
    return rows("rules_evidence.csv")


def delivery_rules() -> tuple[Mapping[str, str], ...]:
    """The rules of the delivery axis; the first that holds decides."""
    return rows("rules_delivery.csv")


def recommendation_rules() -> tuple[Mapping[str, str], ...]:
    """The rules that say how far a review's recommendation is; the first that holds decides."""
    return rows("rules_recommendations.csv")


def national_framework() -> tuple[Mapping[str, str], ...]:
    """The four parts of the national policing framework of 2024, in words of our own, each with its status."""
    return rows("national_framework.csv")
