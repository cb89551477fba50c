"""Did a place hold steady, rise, fall, or come and go? Four classes by a printed rule, made to be slow to call a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.dispersion import dispersion, level_of, months_of
from lamplighter.methods.series import Numbers

LAST = 12
FEWEST_MONTHS = 24
FEWEST_EXPECTED = 10.0  # below it in the last months, or in those before, the normal approximation of z is no use
Z = 3.0
RATIO = 1.25
QUARTER = 3
UNEVEN_P = 0.001
LEAST_YEAR = 2 / 3


@dataclass(frozen=True, kw_only=True)
class Course:
    """What the rule looks at: how a place's part in the area's crime went.

    ratio: its share of the area in the last months over its share before; z: that difference in standard errors that
    know the dispersion; uneven_p: how often quarters would differ this much by chance and dispersion alone; least_year:
    the share in its lowest year over its share in all. None where too little is known.
    """

    months: int
    expected_last: float
    expected_before: float
    ratio: float | None
    z: float | None
    uneven_p: float | None
    least_year: float | None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One line of the printed rule: its class (None: not called), when it holds in words, and what is said of a place."""

    name: str | None
    holds: Callable[[Course], bool]
    when: str
    words: str


def _few(course: Course) -> bool:
    return course.months < FEWEST_MONTHS or min(course.expected_last, course.expected_before) < FEWEST_EXPECTED


def _rose(course: Course) -> bool:
    return course.z is not None and course.ratio is not None and course.z >= Z and course.ratio >= RATIO


def _fell(course: Course) -> bool:
    return course.z is not None and course.ratio is not None and course.z <= -Z and course.ratio <= 1 / RATIO


def _comes_and_goes(course: Course) -> bool:
    return course.uneven_p is not None and course.uneven_p < UNEVEN_P


def _held_every_year(course: Course) -> bool:
    return course.least_year is not None and course.least_year >= LEAST_YEAR


RULES = (  # the first that holds decides
    Rule(
        name=None,
        holds=_few,
        when="fewer than 24 months, or fewer than 10 crimes expected in the last 12 months or in those before",
        words="too few to call: {months} months, {expected_last:.0f} crimes expected in the last 12",
    ),
    Rule(
        name="emerging",
        holds=_rose,
        when="its share of the area in the last 12 months is at least 1.25 times that before, and z at least 3",
        words="its share of the area in the last 12 months is {ratio:.2f} times that before (z {z:.1f})",
    ),
    Rule(
        name="fading",
        holds=_fell,
        when="its share of the area in the last 12 months is at most 0.80 times that before, and z at most −3",
        words="its share of the area in the last 12 months is {ratio:.2f} times that before (z {z:.1f})",
    ),
    Rule(
        name="intermittent",
        holds=_comes_and_goes,
        when="its quarters differ more than chance from month to month explains, p below 0.001",
        words="it comes and goes: its quarters differ more than chance explains (p {uneven_words})",
    ),
    Rule(
        name="persistent",
        holds=_held_every_year,
        when="no change is called, and in every year it held at least two thirds of its usual share of the area",
        words="in its lowest year it held {least_year:.2f} of its usual share of the area",
    ),
    Rule(
        name=None,
        holds=lambda course: True,
        when="none of these holds",
        words="no change is called, and in its lowest year it held only {least_year:.2f} of its usual share of the area",
    ),
)


@dataclass(frozen=True, kw_only=True)
class PlaceClass:
    """The class of one place (None: not called), the words of the rule that decided, and what it looked at."""

    name: str | None
    words: str
    course: Course


def classes_of(values: ArrayLike, *, level: ArrayLike) -> tuple[PlaceClass, ...]:
    """Which of these places are persistent, emerging, fading or intermittent?

    values: counts, shape (places, months), the months present in the source, in time order; level: what the whole
    area had in each, shape (months,). All is judged by a place's *share* of the area, so that a rise of everything,
    a season or a lockdown is nobody's class. "The last" are the last 12 months present, "before" all earlier ones;
    years and quarters are counted back from the last month in months present. The noise is measured from month to
    month (`dispersion` without lasting changes), half the place's own and half that of all places given.
    Where nothing changed, about 1 place in 100 is called emerging, fading or intermittent, those chosen for their last
    12 months included (`place_false_calls` measures it for an area); of two forces' first hundred places, 25 to 27 are.
    Misleads where the source changed how it records or locates at one place, and a class is no reason: a fading place
    may still be the first of all. Raises InputError as `dispersion`.
    """
    counts = months_of(values)
    common = level_of(level, counts.shape[1])
    spread = dispersion(counts, level=common, lasting_changes=False).of_places
    return tuple(_class(course) for course in courses(counts, common, spread))


def courses(counts: Numbers, level: Numbers, spread: Numbers) -> list[Course]:
    """What the rule looks at, for each place."""
    places, months = counts.shape
    if len(spread) != places:
        raise InputError(f"{len(spread)} dispersions for {places} places. Give one a place.")
    total = counts.sum(axis=1)
    last = min(LAST, months)
    part = float(level[-last:].sum() / level.sum())
    in_last = counts[:, -last:].sum(axis=1)
    expected_last, expected_before = total * part, total * (1 - part)
    found = []
    quarters, years = _blocks(months, QUARTER), _blocks(months, LAST, at_least=LAST // 2)
    for i in range(places):
        known = expected_last[i] > 0 and expected_before[i] > 0
        before = total[i] - in_last[i]
        found.append(
            Course(
                months=months,
                expected_last=float(expected_last[i]),
                expected_before=float(expected_before[i]),
                # Half a crime stands in for none before, so that a place that is new has a ratio.
                ratio=float(in_last[i] / part / (max(before, 0.5) / (1 - part))) if known else None,
                z=float((in_last[i] - expected_last[i]) / np.sqrt(spread[i] * total[i] * part * (1 - part)))
                if known
                else None,
                uneven_p=_uneven(counts[i], level, float(spread[i]), quarters),
                least_year=min(
                    float(counts[i, a:b].sum() / level[a:b].sum() / (total[i] / level.sum())) for a, b in years
                )
                if total[i] > 0 and years
                else None,
            )
        )
    return found


def _class(course: Course) -> PlaceClass:
    rule = next(each for each in RULES if each.holds(course))
    p = course.uneven_p
    uneven = "not known" if p is None else "below 0.0001" if p < 0.0001 else f"{p:.4f}"
    words = rule.words.format(**vars(course), uneven_words=uneven).replace("(z -", "(z \u2212")
    return PlaceClass(name=rule.name, words=words, course=course)


def _blocks(months: int, size: int, *, at_least: int | None = None) -> list[tuple[int, int]]:
    """[start, end) of whole blocks counted back from the last month; an earlier rest of `at_least` months is one too."""
    found = [(end - size, end) for end in range(months, size - 1, -size)]
    rest = months % size
    return [*found, (0, rest)] if at_least is not None and rest >= at_least else found


def _uneven(counts: Numbers, level: Numbers, spread: float, quarters: list[tuple[int, int]]) -> float | None:
    """How often would quarters differ this much by chance and dispersion alone? None for fewer than two, or no crime."""
    from scipy.special import chdtrc

    observed = np.array([counts[a:b].sum() for a, b in quarters])
    share = np.array([level[a:b].sum() for a, b in quarters])
    if len(quarters) < 2 or observed.sum() == 0:
        return None
    expected = observed.sum() * share / share.sum()
    return float(chdtrc(len(quarters) - 1, ((observed - expected) ** 2 / expected).sum() / spread))
