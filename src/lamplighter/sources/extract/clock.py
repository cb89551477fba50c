"""Days and times of a force's export → minutes since 1970-01-01 on the local clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MINUTES_A_DAY = 24 * 60
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2})?)?")
_COMPACT = re.compile(r"\d{1,4}")
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_CLOCK_PARTS = ("%H", "%I", "%c", "%X", "%T")


@dataclass(frozen=True, kw_only=True)
class Moments:
    """minute: since 1970-01-01 00:00; 0 where not known. known: has a day. timed: has a time of day. wrong: no date as stated."""

    minute: NDArray[np.int64]
    known: NDArray[np.bool_]
    timed: NDArray[np.bool_]
    wrong: NDArray[np.bool_]


def moments_of(
    days: Sequence[str | None],
    *,
    day_format: str,
    times: Sequence[str | None] | None = None,
    time_format: str | None = None,
    unknown_clocks: frozenset[str] = frozenset(),
    from_workbook: bool = False,
) -> Moments:
    """Read a column of days, with its own time or with a column of times.

    A day without a time keeps its midnight and `timed` False: nothing is known of the hour. Where the times have a column of
    their own, whatever time the day's column writes (12:00:00 AM) says nothing. A day or time that is not as stated is `wrong`.
    unknown_clocks: times (`00:00`) that are written where nobody knew the time; such a day has none.
    Misleads where a force writes 00:00 or 12:00 for a time that nobody knew, and the mapping does not say so.
    """
    import numpy as np

    read_day = lru_cache(maxsize=1 << 16)(lambda text: _moment(text, day_format, from_workbook))
    has_time = times is None and any(part in day_format for part in _CLOCK_PARTS)
    rows = len(days)
    minute, known = np.zeros(rows, np.int64), np.zeros(rows, bool)
    timed, wrong = np.zeros(rows, bool), np.zeros(rows, bool)
    for at, text in enumerate(days):
        if text is None:
            continue
        found = read_day(text)
        if found is None:
            wrong[at] = True
            continue
        known[at] = True
        minute[at] = found if has_time else found - found % MINUTES_A_DAY
        timed[at] = has_time
    if times is not None:
        read_time = lru_cache(maxsize=1 << 16)(lambda text: _time(text, time_format or "%H:%M"))
        for at, text in enumerate(times):
            clock = read_time(text) if text is not None and known[at] else None
            if clock is not None:
                minute[at] += clock
                timed[at] = True
            elif text is not None and known[at]:
                wrong[at] = True
    for written in unknown_clocks:
        heap = timed & (minute % MINUTES_A_DAY == int(written[:2]) * 60 + int(written[3:]))
        minute[heap] -= minute[heap] % MINUTES_A_DAY
        timed[heap] = False
    return Moments(minute=minute, known=known, timed=timed, wrong=wrong)


def month_of(minute: NDArray[np.int64]) -> NDArray[np.int32]:
    """Month numbers (year * 12 + month − 1) of minutes."""
    import numpy as np

    days = (minute // MINUTES_A_DAY).astype("datetime64[D]")
    return (days.astype("datetime64[M]").astype(np.int64) + 1970 * 12).astype(np.int32)


def _moment(text: str, form: str, from_workbook: bool) -> int | None:
    if from_workbook:  # a cell that was a date, whatever the mapping says of those that are text
        iso = _ISO.fullmatch(text)
        if iso:
            form, text = ("%Y-%m-%d %H:%M", f"{iso[1]} {iso[2]}:{iso[3]}") if iso[2] else ("%Y-%m-%d", iso[1])
    try:
        found = datetime.strptime(text, form)  # noqa: DTZ007  (the local clock of the force, as it is written)
    except ValueError:
        return None
    if found.tzinfo is not None or not _FIRST <= found.date() <= _LAST:
        return None
    return (found.toordinal() - _EPOCH_DAY) * MINUTES_A_DAY + found.hour * 60 + found.minute


def _time(text: str, form: str) -> int | None:
    if form == "HHMM":
        if not _COMPACT.fullmatch(text):
            return None
        hour, minute = divmod(int(text), 100)
        return hour * 60 + minute if hour < 24 and minute < 60 else None
    try:
        found = datetime.strptime(text, form)  # noqa: DTZ007
    except ValueError:
        return None
    return found.hour * 60 + found.minute
