"""What the release calendar and the list of early access must say: checked with the rest of the plan folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lamplighter.plan.folder import Plan, Problem
from lamplighter.plan.records.releasing import EarlyAccess, ReleaseDay
from lamplighter.schema import day_words

MOST_DAYS_EARLY = 1  # the Pre-release Access to Official Statistics Order 2008 allows 24 hours


def calendar_problems(plan: Plan) -> Iterator[Problem]:
    """Every announcement without its day or its notice, every name announced twice, and access that is given too early."""
    days: dict[str, ReleaseDay] = {each.id: each for each in plan.of("release_calendar")}
    names: dict[str, str] = {}
    for each in days.values():
        yield from _announcement(plan, each)
        if each.name and (other := names.setdefault(each.name, each.id)) != each.id:
            yield _wrong(
                plan, each, "release announced twice",
                f"{each.id} announces {each.name}, and so does {other}. Keep one row a release, and change its state.",
            )  # fmt: skip
    for access in plan.of("pre_release_access"):
        told = days.get(access.release_id or "")
        if told is not None and told.planned_on and access.from_day:
            yield from _access(plan, access, told.planned_on)


def announced(plan: Plan, name: str) -> ReleaseDay | None:
    """The calendar's row of a release, by the release's name."""
    return next((each for each in plan.of("release_calendar") if each.name == name), None)


def _announcement(plan: Plan, row: ReleaseDay) -> Iterator[Problem]:
    if row.state == "confirmed" and row.planned_on is None:
        message = f"{row.id} is confirmed without a day. Fill planned_on, or make it provisional."
        yield _wrong(plan, row, "release without its day", message)
    if row.state == "published" and row.published_on is None:
        message = f"{row.id} is published, but not when. Fill published_on."
        yield _wrong(plan, row, "release without its day", message)
    if row.state in ("postponed", "cancelled") and not row.notice:
        message = f"{row.id} is {row.state} without a public notice. Say why in notice."
        yield _wrong(plan, row, "release without its notice", message)


def _access(plan: Plan, access: EarlyAccess, planned: date) -> Iterator[Problem]:
    early = (planned - access.from_day).days if access.from_day else 0
    if early > MOST_DAYS_EARLY:
        yield Problem(
            file=EarlyAccess.FILE,
            line=plan.line_of("pre_release_access", access.id),
            record_id=access.id,
            name="access too early",
            message=f"{access.id} sees the release {early} days before {day_words(planned)}. Give access for one day at most.",
            serious=False,
        )


def _wrong(plan: Plan, row: ReleaseDay, name: str, message: str) -> Problem:
    line = plan.line_of("release_calendar", row.id)
    return Problem(file=ReleaseDay.FILE, line=line, record_id=row.id, name=name, message=message)
