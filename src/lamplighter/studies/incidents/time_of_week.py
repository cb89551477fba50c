"""At what hours of the week do the incidents of a question happen, and which two windows would a patrol choose?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lamplighter.methods.aoristic import SPREADS, HourWeights, Spread, hour_weights, hours_between, share_within
from lamplighter.schema import brief_words
from lamplighter.studies.incidents.saying import Confidence, Figure, Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lamplighter.studies.incidents.chosen import Chosen

WINDOW_HOURS = 4
DAY_FROM, DAY_TO = 7, 19
LEAST_ROWS = 30  # a window chosen on fewer is chosen by chance
LEAST_OF_SETTING = 50  # 168 hours of fewer rows say nothing
# A share of so many rows, to so much of a percent, tells no hour more finely than to ten rows, as a count would be told.
COARSE, FINE = (1_000, 1.0), (10_000, 0.1)
LEAST_SHARE = 0.05
SAME_POINT_M = 0.75  # a member may have been rounded to whole metres
DAY_MINUTES, HOUR_MINUTES = 24 * 60, 60
SETTINGS = ("public", "home", "online")
DAY_GROUPS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("Monday to Thursday", (0, 1, 2, 3)),
    ("Friday and Saturday", (4, 5)),
    ("Sunday", (6,)),
)
WINDOW_RULE = (
    f"Of all windows of {WINDOW_HOURS} hours in a row that begin on the hour, on Monday to Thursday, on Friday and Saturday, or"
    " on Sunday (a night belongs to the day on which it begins), the one with most rows in each of its hours, if it holds at"
    f" least {LEAST_SHARE:.0%} of the rows; the second is the best of those that share no hour with the first. Windows are chosen"
    " on the same rows that they are counted on, which flatters both, the second less than the first."
)
_HOUR_WORDS = (
    "midnight", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "noon",
)  # fmt: skip
_WHY_STREET = "Open street data give the month of a crime and no day or hour. Own records have both: import an extract."
_WHY_NO_TIME = (
    "The extract tells no time at which it happened. Map `from`, and `to` where there is one, and import it again."
)
_WHY_DAYS_ONLY = (
    "The extract tells the day and no hour: every row spans a whole day, so no hour of the week stands out."
)


@dataclass(frozen=True, kw_only=True)
class Window:
    """A patrol's window: days, from_hour until to_hour (after midnight where it is not later).

    share: of the rows' weight. week_share: its part of the 168 hours. rows: to the nearest 5 in an extract.
    """

    days: str
    from_hour: int
    to_hour: int
    share: float
    week_share: float
    rows: int

    @property
    def words(self) -> str:
        """`Friday and Saturday, from ten in the evening until two at night`."""
        return f"{self.days}, from {hour_words(self.from_hour)} until {hour_words(self.to_hour)}"

    def told(self) -> dict[str, Any]:
        """As it stands in profile.json."""
        return {
            "days": self.days, "from_hour": self.from_hour, "to_hour": self.to_hour, "share": self.share,
            "week_share": self.week_share, "rows": self.rows, "words": self.words,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TimeOfWeek:
    """The section `time` of a profile.

    hours: rows by weekday and hour (Monday first), each row shared out over its window, shape (7, 24). by_setting: of the
    rows of one setting, each hour's share in percent: in public of 50 rows or more, at home and online of 1,000 or more, since
    a share would tell how few there were in an hour. day_places, night_places: of the
    places given, rows between 07 and 19, and between 19 and 07, most first.
    """

    why_not: str | None
    section: Mapping[str, Any]
    windows: tuple[Window, ...] = ()
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    cannot_say: tuple[str, ...] = ()

    def told(self) -> Mapping[str, Any]:
        """The section of profile.json."""
        return self.section


def time_of_week(
    chosen: Chosen, *, places: Sequence[Mapping[str, Any]] = (), spread: Spread = "exact_minute"
) -> TimeOfWeek:
    """When in the week do the rows of a question happen, at which two windows most, and which places by day and by night?

    places: each with `id`, `name` and `members` ([easting_m, northing_m, …] of its map points), as in profile.json; rows of
    the whole period that were ranked are counted at them. spread: see `methods.aoristic`. Windows look at rows in public and
    at no institution, where the source tells settings: a patrol's window is about those.
    A source without hours is answered with the reason, never with a table of nothing.
    Misleads where the start is the hour at which a form was opened: `spikes` counts midnight, noon and full hours.
    """
    why_not = _why_not(chosen)
    if why_not:
        return TimeOfWeek(why_not=why_not, section=_nothing(why_not), cannot_say=(f"When it happens: {why_not}",))
    rows = chosen.ask(
        "select from_minute, to_minute, place_setting, institution is not null as at_institution, ranked, easting_m, northing_m"
        " from asked where of_question"
        " order by from_minute, to_minute, place_setting, at_institution, ranked, easting_m, northing_m"
    )
    start, end = (_minutes(rows.column(name).to_numpy()) for name in ("from_minute", "to_minute"))
    setting = np.array(rows.column("place_setting").to_pylist(), dtype=str)
    week = hour_weights(start, end, spread=spread)
    for_patrol = ~np.array(rows.column("at_institution").to_pylist(), dtype=bool)
    tells_setting = "setting" in chosen.told
    if tells_setting:
        for_patrol &= setting == "public"
    windows = best_windows(hour_weights(start[for_patrol], end[for_patrol], spread=spread), rounds=not chosen.is_street)
    of = "rows in public, at no institution" if tells_setting else "rows at no institution; the source tells no setting"
    by_setting = {
        each: _percent(
            hour_weights(start[setting == each], end[setting == each], spread=spread),
            least=LEAST_OF_SETTING if each == "public" or chosen.is_street else COARSE[0],
        )
        for each in SETTINGS
    }
    spikes = spikes_of(start, end)
    ranked = np.array(rows.column("ranked").to_pylist(), dtype=bool)
    xy = np.column_stack([_minutes(rows.column(name).to_numpy())[ranked] for name in ("easting_m", "northing_m")])
    day, night = _places_by_time(places, xy, start[ranked], end[ranked], spread)
    cannot = _cannot(week, spikes, windows)
    section = {
        "available": True,
        "why_not": None,
        "spread": spread,
        "spread_words": SPREADS[spread],
        "counted": week.counted,
        "within_one_hour": week.within_one_hour,
        "longer_than_day": week.longer_than_day,
        "start_unknown": week.start_unknown,
        "backwards": week.backwards,
        "without_length": week.without_length,
        "hours": [[round(float(each), 2) for each in one] for one in week.weights],
        "by_setting": by_setting,
        "by_setting_unit": "percent of the rows of that setting",
        "windows": [each.told() for each in windows],
        "windows_of": of,
        "window_rule": WINDOW_RULE,
        "day_places": day,
        "night_places": night,
        "places_period": chosen.period_words,
        "spikes": spikes,
        "cannot": list(cannot),
    }
    return TimeOfWeek(
        why_not=None,
        section=section,
        windows=windows,
        figures=_figures(chosen, week, windows, of),
        findings=_findings(week, windows, tells_setting=tells_setting),
        cannot_say=cannot,
    )


def best_windows(week: HourWeights, *, rounds: bool) -> tuple[Window, ...]:
    """The two best windows by `WINDOW_RULE`, fewer where there are fewer than 30 rows or none holds enough.

    rounds: rows to the nearest 5, as everything that leaves of a source that is not public.
    """
    if week.counted < LEAST_ROWS:
        return ()
    total = float(week.weights.sum())
    hours = week.weights.ravel()
    found: list[tuple[float, float, int, int, frozenset[int]]] = []
    for group, (_, days) in enumerate(DAY_GROUPS):
        for first in range(24):
            cells = frozenset((day * 24 + first + step) % (7 * 24) for day in days for step in range(WINDOW_HOURS))
            held = float(hours[sorted(cells)].sum())
            if held >= LEAST_SHARE * total:
                found.append((round(held / len(cells), 9), held, group, first, cells))
    # Rows an hour, then the earlier in the week, so that equal ones do not change places from run to run.
    found.sort(key=lambda each: (-each[0], each[2], each[3]))
    chosen: list[tuple[float, float, int, int, frozenset[int]]] = []
    for each in found:
        if len(chosen) < 2 and all(not each[4] & other[4] for other in chosen):
            chosen.append(each)
    return tuple(
        Window(
            days=DAY_GROUPS[group][0],
            from_hour=first,
            to_hour=(first + WINDOW_HOURS) % 24,
            share=round(held / total, 2),
            week_share=round(len(cells) / (7 * 24), 3),
            rows=5 * round(held / 5) if rounds else round(held),
        )
        for _, held, group, first, cells in chosen
    )


def spikes_of(start: NDArray[np.float64], end: NDArray[np.float64]) -> dict[str, int | float | None]:
    """Starts at exactly midnight, noon and on the hour, of those that have a time; by chance one in 60 is on the hour.

    A day without a time stands from midnight to midnight: it is counted as `day_only`, not as a spike.
    """
    known = ~np.isnan(start)
    day_only = known & (start % DAY_MINUTES == 0) & (end - start == DAY_MINUTES)
    timed = known & ~day_only
    on_the_hour = int((timed & (start % HOUR_MINUTES == 0)).sum())
    return {
        "of": int(timed.sum()),
        "midnight": int((timed & (start % DAY_MINUTES == 0)).sum()),
        "noon": int((timed & (start % DAY_MINUTES == DAY_MINUTES // 2)).sum()),
        "on_the_hour": on_the_hour,
        "on_the_hour_share": round(on_the_hour / int(timed.sum()), 3) if timed.any() else None,
        "day_only": int(day_only.sum()),
    }


def percent(share: float) -> float:
    """0.048 → 4.8: without the noise of 100 × 0.048."""
    return round(100 * share, 1)


def hour_words(hour: int) -> str:
    """22 → `ten in the evening`: an hour without digits, so that no sentence holds a number that is no figure."""
    if hour in (0, 12):
        return _HOUR_WORDS[hour]
    part = (
        "at night"
        if hour < 5
        else "in the morning"
        if hour < 12
        else "in the afternoon"
        if hour < 18
        else "in the evening"
    )
    return f"{_HOUR_WORDS[hour % 12 or 12]} {part}"


def _why_not(chosen: Chosen) -> str | None:
    if "from_minute" not in chosen.told:
        return _WHY_STREET if chosen.is_street else _WHY_NO_TIME
    timed = chosen.number(
        "select count(*) from asked where of_question and from_minute is not null"
        " and not (from_minute % 1440 = 0 and coalesce(to_minute, from_minute) - from_minute >= 1440)"
    )
    return None if timed else _WHY_DAYS_ONLY


def _nothing(why_not: str) -> dict[str, Any]:
    counts = ("counted", "within_one_hour", "longer_than_day", "start_unknown", "backwards", "without_length")
    return {
        "available": False, "why_not": why_not, "spread": None, "spread_words": None, **dict.fromkeys(counts),
        "hours": None, "by_setting": {}, "by_setting_unit": None, "windows": [], "windows_of": None, "window_rule": None,
        "day_places": [], "night_places": [], "places_period": None, "spikes": None, "cannot": [why_not],
    }  # fmt: skip


def _minutes(values: Any) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)


def _percent(week: HourWeights, *, least: int) -> list[list[float]] | None:
    """Each hour's share in percent, to a tenth of 10,000 rows or more and to a whole one of fewer; None of fewer than `least`."""
    if week.counted < least:
        return None
    total = float(week.weights.sum())
    step = FINE[1] if week.counted >= FINE[0] else COARSE[1]
    return [[round(step * round(100 * float(each) / total / step), 1) for each in one] for one in week.weights]


def _places_by_time(
    places: Sequence[Mapping[str, Any]],
    xy: NDArray[np.float64],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    spread: Spread,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Places by rows of the day and by rows of the night, most first; a place without such a row is left out."""
    points = [(at, member[0], member[1]) for at, place in enumerate(places) for member in place["members"]]
    if not points or not len(xy):
        return [], []
    from scipy.spatial import cKDTree

    tree = cKDTree(np.array([each[1:] for each in points], dtype=np.float64))
    metres, nearest = tree.query(xy, distance_upper_bound=SAME_POINT_M)
    hit = np.isfinite(metres)
    of_place = np.array([each[0] for each in points])[nearest[hit]]
    by_day = np.nan_to_num(share_within(start[hit], end[hit], hours=hours_between(DAY_FROM, DAY_TO), spread=spread))
    counted = ~np.isnan(start[hit])
    day = np.bincount(of_place, weights=by_day, minlength=len(places))
    night = np.bincount(of_place, weights=counted - by_day, minlength=len(places))
    told = []
    for sums in (day, night):
        rounded = [round(float(each)) for each in sums]
        order = sorted(range(len(places)), key=lambda at: (-rounded[at], str(places[at]["id"])))
        told.append(
            [{"id": places[at]["id"], "name": places[at]["name"], "count": rounded[at]} for at in order if rounded[at]]
        )
    return told[0], told[1]


def _cannot(week: HourWeights, spikes: Mapping[str, Any], windows: tuple[Window, ...]) -> tuple[str, ...]:
    told = []
    if week.counted and week.within_one_hour < week.counted / 2:
        told.append(
            "Most rows are not known to the hour: spreading them over their windows makes the peaks flatter than they are."
        )
    share = spikes["on_the_hour_share"]
    if share is not None and share > 0.1:
        told.append(
            "Far more starts stand on the full hour than chance gives: hours may be off by one, and minutes say nothing."
        )
    if spikes["of"] and max(spikes["midnight"], spikes["noon"]) > 0.02 * spikes["of"]:
        told.append(
            "Midnight and noon are written more often than chance gives: part of them may mean that nobody knew the time."
        )
    if not windows:
        told.append(f"No window for a patrol is drawn: fewer than {LEAST_ROWS} rows have a time, or none stands out.")
    told.append("An hour with few rows is not a safe hour: it may be one at which fewer people are about, or report.")
    return tuple(told)


def _figures(chosen: Chosen, week: HourWeights, windows: tuple[Window, ...], of: str) -> tuple[Figure, ...]:
    def figure(id: str, label: str, value: float | None, unit: str, definition: str, rows: int | None) -> Figure:  # noqa: A002
        return Figure(
            id=id, label=label, value=value, unit=unit, definition=definition, period=chosen.period_words, rows=rows
        )

    told = [
        figure("time.counted", "Rows with a time", week.counted, "rows", "Rows whose start is known.", week.counted),
        Figure(
            id="time.within_one_hour", label="Known to the hour", unit="%",
            value=round(100 * week.within_one_hour / week.counted) if week.counted else None,
            numerator=week.within_one_hour, denominator=week.counted, period=chosen.period_words, rows=week.counted,
            definition="Rows whose window lies within one clock hour, of those with a known start.",
        ),
    ]  # fmt: skip
    for number, window in enumerate(windows, start=1):
        at, held = f"time.window.{number}", f"Rows within the window, of {of} with a time."
        of_week = "Hours of the window, of the 168 of a week."
        told += [
            figure(f"{at}.share", window.words, percent(window.share), "%", held, window.rows),
            figure(f"{at}.rows", window.words, window.rows, "rows", held, window.rows),
            figure(f"{at}.week_share", window.words, percent(window.week_share), "%", of_week, None),
        ]
    return tuple(told)


def _findings(week: HourWeights, windows: tuple[Window, ...], *, tells_setting: bool) -> tuple[Finding, ...]:
    if not windows:
        return ()
    first = windows[0]
    if first.share < 2 * first.week_share:
        return ()  # hardly more than an even week would give: nothing to put on page one
    known = week.within_one_hour / week.counted
    confidence: Confidence = "moderate" if first.rows >= 100 and known >= 0.5 else "low"
    what = "the rows in public" if tells_setting else "the rows"
    held, of_week = (brief_words(percent(each)) for each in (first.share, first.week_share))
    text = f"{held}% of {what} fall on {first.words}, which is {of_week}% of the week."
    return (
        Finding(
            text=text, figure_ids=("time.window.1.share", "time.window.1.week_share"), confidence=confidence, weight=60
        ),
    )
