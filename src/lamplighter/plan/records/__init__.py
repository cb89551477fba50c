"""The record types of a plan folder: one CSV each, one row a record, and one dataclass that says what its columns mean."""

from lamplighter.plan.records.columns import Column, Record, columns_of, is_answered, is_known
from lamplighter.plan.records.promising import Milestone, Promise, Sentence, Successor
from lamplighter.plan.records.releasing import EarlyAccess, ReleaseDay
from lamplighter.plan.records.running import (
    Correction,
    Decision,
    Post,
    Recommendation,
    Reference,
    Risk,
    Training,
)
from lamplighter.plan.records.showing import Card, CardVersion, Evidence, Figure, Rating, Source

RECORD_TYPES: dict[str, type[Record]] = {
    "sentences": Sentence,
    "promises": Promise,
    "definitions": Card,
    "definition_versions": CardVersion,
    "figures": Figure,
    "sources": Source,
    "milestones": Milestone,
    "evidence": Evidence,
    "ratings": Rating,
    "recommendations": Recommendation,
    "training": Training,
    "posts": Post,
    "risks": Risk,
    "references": Reference,
    "successors": Successor,
    "decisions": Decision,
    "corrections": Correction,
    "release_calendar": ReleaseDay,
    "pre_release_access": EarlyAccess,
}

__all__ = [
    "RECORD_TYPES",
    "Card",
    "CardVersion",
    "Column",
    "Correction",
    "Decision",
    "EarlyAccess",
    "Evidence",
    "Figure",
    "Milestone",
    "Post",
    "Promise",
    "Rating",
    "Recommendation",
    "Record",
    "Reference",
    "ReleaseDay",
    "Risk",
    "Sentence",
    "Source",
    "Successor",
    "Training",
    "columns_of",
    "is_answered",
    "is_known",
]
