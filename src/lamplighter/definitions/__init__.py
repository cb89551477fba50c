"""Versioned facts as data: rules, breaks, groups and sourced figures. Each row has a status, and the product shows it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from lamplighter.errors import NoSuchName, PartMissing


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


def kinds_of_place() -> tuple[Mapping[str, str], ...]:
    """Exact texts after "On or near" that name a kind of place instead of a street; any other text is a street."""
    return rows("kinds_of_place.csv")


def premises_kinds(vocabulary: str) -> tuple[Mapping[str, str], ...]:
    """Words of one vocabulary of premises → kind and setting. Raises NoSuchName."""
    found = tuple(row for row in rows("premises_kinds.csv") if row["vocabulary"] == vocabulary)
    if not found:
        raise NoSuchName("vocabulary of premises", vocabulary, premises_vocabularies())
    return found


def premises_vocabularies() -> tuple[str, ...]:
    """The vocabularies of premises that are shipped, by name."""
    return tuple(sorted({row["vocabulary"] for row in rows("premises_kinds.csv")}))


def outcome_labels() -> tuple[Mapping[str, str], ...]:
    """Labels of open street data → group of outcomes. One label stands for 14, 15 and 16, which can't be told apart."""
    return rows("outcome_labels.csv")


def outcome_words() -> tuple[Mapping[str, str], ...]:
    """Outcomes as extracts write them (codes of the Home Office, plain words) → group of outcomes."""
    return rows("outcome_words.csv")


def outcome_groups() -> tuple[Mapping[str, str], ...]:
    """Groups of outcomes in words, and whether a row of the group has an outcome at all."""
    return rows("outcome_groups.csv")


def harm_subgroups() -> tuple[Mapping[str, str], ...]:
    """Subgroups as a harm workbook names them → group of `harm_weights`."""
    return rows("harm_subgroups.csv")


def harm_weights() -> tuple[Mapping[str, str], ...]:
    """Days a group of offences, with the band of its entries: secondary figures, and not the Cambridge index."""
    return rows("harm_weights.csv")


def vawg_offences() -> tuple[Mapping[str, str], ...]:
    """Offences by code → category, the rule by which they count, and harm group: a proposal, no official list."""
    return rows("vawg_offences.csv")


def tactics() -> tuple[Mapping[str, str], ...]:
    """What can be done at a place: for which kinds, with which dosage and whose, what to look for, when to look again."""
    return rows("tactics.csv")


def evidence_register() -> tuple[Mapping[str, str], ...]:
    """What is said to work and who disagrees: each verdict with its kind of evidence, limits, source and status."""
    return rows("evidence_register.csv")


def profile_glossary() -> tuple[Mapping[str, str], ...]:
    """The words of a problem profile, for somebody who has not read one before."""
    return rows("profile_glossary.csv")
