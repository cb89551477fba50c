"""What the one page says: chosen by rule from plan.json, cut to the room that there is, with how many more there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lamplighter.reports.brief.asking import clipped, questions
from lamplighter.reports.report.figures import in_a_line
from lamplighter.schema import period_words

LEAD = "plan.standing"  # the table by version says it better
MOST_FINDINGS = 3
SLIPPED = ("missed", "overdue")

Told = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much the page holds: items of each list, numbers a finding, and letters an item. Tried from the largest."""

    versions: int
    slipped: int
    dates: int
    corrections: int
    asks: int
    numbers: int
    letters: int


ROOMS = (
    Room(versions=5, slipped=8, dates=8, corrections=5, asks=7, numbers=3, letters=420),
    Room(versions=4, slipped=6, dates=6, corrections=4, asks=6, numbers=3, letters=340),
    Room(versions=4, slipped=5, dates=5, corrections=3, asks=5, numbers=3, letters=260),
    Room(versions=3, slipped=4, dates=4, corrections=2, asks=4, numbers=2, letters=190),
    Room(versions=2, slipped=3, dates=3, corrections=1, asks=3, numbers=1, letters=130),
    Room(versions=2, slipped=2, dates=2, corrections=1, asks=2, numbers=1, letters=80),
)


def brief_data(told: Told, *, calendar: Sequence[Told], room: Room) -> dict[str, Any]:
    """Everything that the page prints, in words. calendar: the plan's release calendar, as plain records."""
    numbers = {each["id"]: each for each in told["figures"]}
    return {
        "title": clipped(str(told["title"]), 110),
        "body": clipped(str(told["body"]), 90),
        "as_of": period_words(str(told["as_of"])),
        "day": [int(each) for each in str(told["as_of"]).split("-")],
        "versions": _versions(told, room),
        "findings": _findings(told, numbers, room),
        "slipped": _slipped(told, numbers, room),
        "dates": _dates(told, calendar, room),
        "corrections": _corrections(told, calendar, room),
        "asks": _cut(
            questions(told, numbers, letters=room.letters), room.asks, "questions", "report.pdf, “All promises”"
        ),
    }


def _cut(items: Sequence[Any], most: int, what: str, where: str) -> dict[str, Any]:
    """The first of them, and how many more there are and where: `12 more dates: promises.html.`"""
    left = len(items) - most
    more = f"{left:,} more {what if left > 1 else what.removesuffix('s')}: {where}." if left > 0 else ""
    return {"items": list(items[:most]), "more": more}


def _versions(told: Told, room: Room) -> dict[str, Any]:
    """Where the promises of each version stand, the latest version last."""
    rows = []
    for version in told["versions"]:
        ours = [each for each in told["promises"] if each["version"] == version["id"]]
        stated = version.get("promises_stated")
        rows.append(
            {
                "title": clipped(f"{version['id']}: {version['title']}", 80),
                "promises": f"{len(ours):,}" + (f" of {stated:,} stated" if stated not in (None, len(ours)) else ""),
                "shown": _count(ours, "evidence", ("shown",)),
                "cannot": _count(ours, "evidence", ("can't be shown",)),
                "kept": _count(ours, "delivery", ("kept",)),
                "slipped": _count(ours, "delivery", SLIPPED),
                "no_date": f"{sum(1 for each in ours if each['due_to'] is None):,}",
            }
        )
    left = len(rows) - room.versions
    return {
        "items": rows[-room.versions :],
        "more": f"{left:,} earlier version{'s' if left > 1 else ''}: versions.html." if left > 0 else "",
    }


def _count(promises: Iterable[Told], axis: str, answers: Sequence[str]) -> str:
    return f"{sum(1 for each in promises if each[axis] in answers):,}"


def _findings(told: Told, numbers: Mapping[str, Told], room: Room) -> dict[str, Any]:
    """The most surprising, by the rank that the first page of the site uses."""
    whole = [each for each in told["findings"] if all(number in numbers for number in each["figure_ids"])]
    ranked = sorted(whole, key=lambda each: -each["surprising"])
    found = [each for each in ranked if each["surprising"] > 0 and each["id"] != LEAD]
    shown = [
        {
            "text": clipped(str(each["text"]), room.letters),
            "numbers": [
                {**line, "words": clipped(line["words"], 70)}
                for line in (in_a_line(numbers[number]) for number in each["figure_ids"][: room.numbers])
            ],
            "more": f"{left} more in report.pdf" if (left := len(each["figure_ids"]) - room.numbers) > 0 else "",
        }
        for each in found
    ]
    return _cut(shown, MOST_FINDINGS, "findings", "index.html")


def _slipped(told: Told, numbers: Mapping[str, Told], room: Room) -> dict[str, Any]:
    """Missed and overdue promises, the longest gone first; those without a date are counted."""
    late = [each for each in told["promises"] if each["delivery"] in SLIPPED]
    late.sort(key=lambda each: (SLIPPED.index(each["delivery"]), each["due_to"] or "9999", each["id"]))
    items = [
        {
            "id": str(each["id"]),
            "words": clipped(str(each["title"]), min(90, room.letters)),
            "because": clipped(str(each["delivery_because"]), min(90, room.letters)),
        }
        for each in late
    ]
    without = in_a_line(numbers["plan.no-date"]) if "plan.no-date" in numbers else None
    return {**_cut(items, room.slipped, "promises", "promises.html"), "without": without}


def _day(value: Any, *, after: str) -> str | None:
    """An ISO day on or after the day of the page; anything else is none."""
    try:
        return str(value) if date.fromisoformat(str(value)) and str(value) >= after else None
    except ValueError:
        return None


def _dates(told: Told, calendar: Sequence[Told], room: Room) -> dict[str, Any]:
    """What comes next: steps not done, last dates of promises, and releases, the first first."""
    today = str(told["as_of"])
    found: list[tuple[str, str, str]] = []
    for each in told["promises"]:
        if each["delivery"] not in ("kept", "missed") and (day := _day(each["due_to"], after=today)):
            found.append((day, str(each["id"]), f"Last date: {each['title']}"))
        for step in each["milestones"]:
            if step["done_on"] is None and (day := _day(step["due_to"], after=today)):
                found.append((day, str(step["id"]), f"Step of {each['id']}: {step['title']}"))
    for row in calendar:
        if row["state"] in ("provisional", "confirmed", "postponed") and (day := _day(row["planned_on"], after=today)):
            found.append((day, str(row["id"]), f"Release {row['name']} ({row['state']})"))
    items = [
        {"id": id_, "day": period_words(day), "words": clipped(words, min(100, room.letters))}
        for day, id_, words in sorted(set(found))
    ]
    return _cut(items, room.dates, "dates", "promises.html")


def _corrections(told: Told, calendar: Sequence[Told], room: Room) -> dict[str, Any]:
    """Corrections after the last release that the calendar says was published; all of them if it names none."""
    out = sorted(str(each["published_on"]) for each in calendar if each["published_on"])
    since = next((each for each in reversed(out) if each <= str(told["as_of"])), None)
    found = [each for each in told["corrections"] if since is None or str(each["corrected_on"]) > since]
    found.sort(key=lambda each: (str(each["corrected_on"]), each["id"]), reverse=True)
    items = [
        {
            "id": str(each["id"]),
            "words": clipped(
                f"{each['record_id']}, {each['field']}: {each['old'] or 'nothing'} became {each['new'] or 'nothing'} on "
                f"{period_words(str(each['corrected_on']))}. {each['reason']}",
                min(170, room.letters),
            ),
        }
        for each in found
    ]
    which = (
        f"since the release of {period_words(since)}" if since else "so far; the calendar names no published release"
    )
    return {**_cut(items, room.corrections, "corrections", "plan.json"), "since": which}
