"""What a report of a large plan prints: some of each kind, chosen by rule, with how many more there are and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_WHOLE = 400
MOST_OBJECTIVES = 24
MOST_SERVING = 8
MOST_OF_AN_ANSWER = 20
MOST_LATE = 12

Told = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """plan.json with the promises and objectives that the report prints; `more` says what is left out, by place."""

    told: Told
    more: Mapping[str, str] = field(default_factory=dict)

    def more_of(self, place: str) -> str:
        return self.more.get(place, "")


def chosen(told: Told) -> Chosen:
    """All of a plan of up to 400 promises. Of a larger one: the first objectives, the first promises that serve each, and
    the first promises of every answer on both axes, in the plan's order.

    Nobody reads a report of thousands of pages; the site, promises.csv and plan.json hold every promise.
    """
    promises: Sequence[Told] = told["promises"]
    if len(promises) <= MOST_WHOLE:
        return Chosen(told=told)
    objectives: list[Told] = []
    more: dict[str, str] = {}
    kept: set[str] = set()
    for each in told["objectives"][:MOST_OBJECTIVES]:
        serving = each["promises"][:MOST_SERVING]
        objectives.append({**each, "promises": serving})
        kept |= {each["id"], *serving}
        more[each["id"]] = _more(
            len(each["promises"]) - len(serving), "promise", "serve this objective", "objectives.html"
        )
    met: Counter[tuple[str, str]] = Counter()
    for each in promises:
        for axis in ("evidence", "delivery"):
            met[axis, each[axis]] += 1
            if met[axis, each[axis]] <= MOST_OF_AN_ANSWER:
                kept.add(each["id"])
    printed = [each for each in promises if each["id"] in kept]
    more["objectives"] = _more(
        len(told["objectives"]) - len(objectives), "objective", "have no page here", "objectives.html"
    )
    more["promises"] = (
        f"{len(printed):,} of {len(promises):,} promises stand here: the first {MOST_OBJECTIVES} objectives, the first "
        f"{MOST_SERVING} promises that serve each of them, and the first {MOST_OF_AN_ANSWER} of every answer. All of them: "
        "promises.html and promises.csv, beside this report."
    )
    figures = {each for promise in printed for each in promise["figures"]}
    cut = {
        **told,
        "promises": printed,
        "objectives": objectives,
        "figures": [each for each in told["figures"] if each["id"] in figures],
    }
    return Chosen(told=cut, more=more)


def first_late(told: Told) -> tuple[list[Told], list[Told], str]:
    """The first overdue and missed promises, as many as the first page holds, and how many more there are."""
    overdue = [each for each in told["promises"] if each["delivery"] == "overdue"]
    missed = [each for each in told["promises"] if each["delivery"] == "missed"]
    first = overdue[: max(MOST_LATE - len(missed), MOST_LATE // 2)]
    then = missed[: MOST_LATE - len(first)]
    left = len(overdue) + len(missed) - len(first) - len(then)
    return first, then, _more(left, "promise", "are overdue or missed", "promises.html")


def _more(count: int, what: str, do: str, where: str) -> str:
    if count <= 0:
        return ""
    if count == 1:
        do = do.replace("are ", "is ").replace("have ", "has ").replace("serve ", "serves ")
    return f"{count:,} more {what if count == 1 else f'{what}s'} {do}: {where}, beside this report."
