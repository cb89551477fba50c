"""Hour by day of the week as a picture of 168 squares in five steps, from profile.json; each step is also told by its bounds."""

from __future__ import annotations

from collections.abc import Sequence

from lamplighter.reports.charts.canvas import Canvas
from lamplighter.reports.charts.look import EDGE, GREY, INK
from lamplighter.reports.profile.svg import svg_of
from lamplighter.reports.profile.wording import Data, capital, items, measure, part, text

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STEPS = ("#f7f2f6", "#dcc3d7", "#b886ad", "#8a4a80", "#4a1942")  # light to dark: told apart in grey too
_LEFT, _TOP, _CELL_PX, _ROW_PX = 44.0, 50.0, 24.4, 24.0


def week_charts(told: Data) -> dict[str, str]:
    """`hours`, and `hours-public`, `hours-home`, `hours-online` where the setting has enough rows to be told."""
    given = part(told, "time")
    if not given.get("available"):
        return {}
    windows = items(given, "windows")
    made: dict[str, str] = {}
    if _is_week(items(given, "hours")):
        made["hours"] = _week(items(given, "hours"), "Rows by hour and day of the week", "rows", windows)
    unit = text(given.get("by_setting_unit"), lacking="share of its rows")
    for setting, hours in part(given, "by_setting").items():
        if isinstance(hours, list | tuple) and _is_week(hours):
            made[f"hours-{setting}"] = _week(hours, f"{capital(_WORDS.get(setting, setting))}: {unit}", unit, ())
    return made


_WORDS = {"public": "in public", "home": "at home", "online": "online"}


def _is_week(hours: Sequence[Sequence[float]]) -> bool:
    return len(hours) == len(DAYS) and all(len(each) == 24 for each in hours)


def _week(hours: Sequence[Sequence[float]], title: str, unit: str, windows: Sequence[Data]) -> str:
    highest = max(max(each) for each in hours)
    canvas = Canvas(height_px=_TOP + 7 * _ROW_PX + 78)
    canvas.words((2, 10), title, bold=True)
    for hour in range(0, 24, 3):
        canvas.words((_LEFT + hour * _CELL_PX, _TOP - 12), f"{hour:02d}:00", colour=GREY)
    for at, of_day in enumerate(hours):
        y = _TOP + at * _ROW_PX
        canvas.words((_LEFT - 8, y + _ROW_PX / 2), DAYS[at][:3], align="right")
        for hour, value in enumerate(of_day):
            x = _LEFT + hour * _CELL_PX
            canvas.box(x, y, x + _CELL_PX - 1.5, y + _ROW_PX - 1.5, fill=STEPS[_step(value, highest)])
    for x, y, right, bottom in _frames(windows):
        corners = [(x, y), (right, y), (right, bottom), (x, bottom), (x, y)]
        canvas.line(corners, colour="#ffffff", width=5)
        canvas.line(corners, colour=INK, width=2.4)
    _key(canvas, _TOP + 7 * _ROW_PX + 26, highest, unit, framed=bool(windows))
    peak = max(
        ((value, at, hour) for at, each in enumerate(hours) for hour, value in enumerate(each)),
        key=lambda each: each[0],
    )
    alt = (
        f"{title}: seven days by 24 hours. The most is {measure(peak[0])} {unit} on {DAYS[peak[1]]} from {peak[2]:02d}:00."
        f"{' Framed windows: ' + '; '.join(text(each.get('words')) for each in windows) + '.' if windows else ''}"
    )
    return svg_of(canvas, alt)


def _step(value: float, highest: float) -> int:
    """0 to 4: fifths of the highest hour."""
    return 0 if highest <= 0 else min(4, int(5 * value / highest))


def _frames(windows: Sequence[Data]) -> list[tuple[float, float, float, float]]:
    """A frame a day of each window; one that runs past midnight goes on at the left of the next day."""
    found = []
    for each in windows:
        begins, ends = each.get("from_hour"), each.get("to_hour")
        if begins is None or ends is None:
            continue
        for day in _days_in(text(each.get("days"))):
            if begins < ends:
                found.append(_frame(day, begins, ends))
            else:
                found.append(_frame(day, begins, 24))
                if ends:
                    found.append(_frame((day + 1) % 7, 0, ends))
    return found


def _frame(day: int, begins: int, ends: int) -> tuple[float, float, float, float]:
    y = _TOP + day * _ROW_PX
    return _LEFT + begins * _CELL_PX - 1, y - 1, _LEFT + ends * _CELL_PX - 0.5, y + _ROW_PX - 0.5


def _days_in(words: str) -> list[int]:
    """`Friday and Saturday` → 4, 5; `Monday to Thursday` → 0 to 3; words that name no day → nothing is framed."""
    named = [at for _, at in sorted((words.find(day), at) for at, day in enumerate(DAYS) if day in words)]
    if " to " in words and len(named) == 2:
        first, last = named
        return [(first + each) % 7 for each in range((last - first) % 7 + 1)]
    return named


def _key(canvas: Canvas, y: float, highest: float, unit: str, *, framed: bool) -> None:
    x = _LEFT
    for at, colour in enumerate(STEPS):
        canvas.band([(x, y + 7), (x + 22, y + 7)], [(x, y - 7), (x + 22, y - 7)], fill=colour, edge=EDGE)
        bounds = f"{measure(highest * at / 5)}–{measure(highest * (at + 1) / 5)}"
        canvas.words((x + 27, y), bounds, colour=GREY)
        x += 112
    words = f"Each step is a fifth of the highest hour, in {unit}."
    canvas.words(
        (_LEFT, y + 26), f"{words}{' A frame is a window that the text names.' if framed else ''}", colour=GREY
    )
