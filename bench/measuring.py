"""How a bench takes its times, and the row that it prints: ours beside a peer's."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def timed(
    work: Callable[[], Any], times: int = 1, *, clock: Callable[[], float] = time.perf_counter
) -> tuple[float, Any]:
    """The best of several runs, in seconds, and the last answer."""
    best, answer = float("inf"), None
    for _ in range(times):
        start = clock()
        answer = work()
        best = min(best, clock() - start)
    return best, answer


def by_turns(works: dict[str, Callable[[], Any]], times: int) -> dict[str, tuple[float, Any]]:
    """Several pieces of work of one thread by turns, in processor seconds: the best time of each, and its last answer.

    What else the machine does is not counted, and meets all of them alike.
    """
    found = {name: timed(work, clock=time.process_time) for name, work in works.items()}
    for _ in range(times - 1):
        for name, work in works.items():
            took_s, answer = timed(work, clock=time.process_time)
            found[name] = (min(took_s, found[name][0]), answer)
    return found


def row(work: str, peer: str, ours_s: float, peer_s: float, *, same_answer: bool, note: str = "") -> dict[str, Any]:
    """One row of the table."""
    told = {
        "work": work,
        "peer": peer,
        "ours_s": round(ours_s, 4),
        "peer_s": round(peer_s, 4),
        "same_answer": same_answer,
    }
    return {**told, "note": note} if note else told
