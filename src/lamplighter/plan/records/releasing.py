"""How a plan is published: the calendar of its releases, and who saw one before everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lamplighter.plan.records.columns import column

CALENDAR_STATES = ("provisional", "confirmed", "published", "postponed", "cancelled")


@dataclass(frozen=True, kw_only=True)
class ReleaseDay:
    """A release as it is announced: what comes, on which day, and the public notice if that day was moved or given up."""

    FILE: ClassVar[str] = "release_calendar.csv"
    TITLE: ClassVar[str] = "Release calendar"
    id: str = column("id", "Short and stable, such as R-2026-SPRING.", required=True)
    name: str | None = column("text", "The release's name, such as 2026-spring.", required=True)
    state: str | None = column("choice", "How firm the day is.", required=True, choices=CALENDAR_STATES)
    planned_on: date | None = column("date", "The day announced; empty while only the words are known.")
    planned_words: str | None = column("text", "When, in words, while the day is provisional.")
    moved_from: date | None = column("date", "The day announced before, for a release that was postponed.")
    published_on: date | None = column("date", "When it was published.")
    notice: str | None = column("text", "The public notice; needed where a release is postponed or cancelled.")
    notice_on: date | None = column("date", "When the notice was given.")


@dataclass(frozen=True, kw_only=True)
class EarlyAccess:
    """Somebody who sees a release before everybody else does, and why. The list is public, as the release is."""

    FILE: ClassVar[str] = "pre_release_access.csv"
    TITLE: ClassVar[str] = "Pre-release access"
    id: str = column("id", "Short and stable.", required=True)
    release_id: str | None = column("id", "The release.", required=True, refers_to="release_calendar")
    who: str | None = column("text", "The post, or the name.", required=True)
    body: str | None = column("text", "Whose post it is.", required=True)
    reason: str | None = column("text", "Why it is needed.", required=True)
    from_day: date | None = column("date", "The day from which it may be seen.")
