"""Each area with its interval, its limits and where it stands; the same for every comparison between areas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lamplighter.methods.funnel import NARROW, WIDE, Funnel
from lamplighter.schema import number_words
from lamplighter.studies.answers import StatedNumber
from lamplighter.studies.area_answers import (
    ABOVE_95,
    ABOVE_998,
    BELOW_95,
    BELOW_998,
    INSIDE,
    NOT_JUDGED,
    AreaLimits,
    AreaRow,
    Judgement,
)
from lamplighter.studies.evidence import FINE, UNKNOWN

NO_AREA = frozenset({UNKNOWN, "Other", "N/K"})
CURVE_POINTS = 48
MUCH = 0.25
NAMED_AT_MOST = 4

Values = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What was counted in each area, and the funnels that judge it. All mappings by area; a name that is missing counts 0.

    values: the value with its own interval, None unknown. sizes: what the limits depend on. judged: the areas in the funnels,
    in their order. plain: the funnel that knows nothing but chance. on_scale: from a share or ratio to the printed value.
    """

    numerators: Mapping[str, int]
    denominators: Mapping[str, int]
    unknown: Mapping[str, int]
    within: Mapping[str, str]
    values: Mapping[str, Values]
    sizes: Mapping[str, int]
    judged: Sequence[str]
    funnel: Funnel | None
    plain: Funnel | None
    on_scale: Callable[[float], float]


def judge(compared: Compared, *, dispersion: float | None) -> Judgement:
    """Where every area stands; without a funnel each is `not judged`."""
    names = sorted(compared.values)
    rows = tuple(_row(compared, each) for each in names if each not in NO_AREA)
    apart = tuple(_row(compared, each) for each in names if each in NO_AREA)
    funnel, plain = compared.funnel, compared.plain
    if funnel is None or plain is None:
        return Judgement(rows=rows, apart=apart)
    areas = range(len(compared.judged))
    return Judgement(
        rows=rows,
        apart=apart,
        curve=_curve(compared, funnel),
        outside_95=sum(1 for at in areas if funnel.side(at, level=NARROW)),
        outside_998=sum(1 for at in areas if funnel.side(at, level=WIDE)),
        by_chance_95=round(funnel.spread.areas * (1 - NARROW), 1),
        by_chance_998=round(funnel.spread.areas * (1 - WIDE), 2),
        outside_counts_alone=sum(1 for at in areas if plain.side(at, level=NARROW)),
        phi=kept(funnel.spread.phi),
        tau=kept(funnel.spread.tau),
        dispersion=kept(dispersion),
    )


def kept(value: float | None) -> float | None:
    """A value as it is kept: what prints it rounds once."""
    return None if value is None else round(value, FINE)


def said_of(judgement: Judgement, levels: str) -> str:
    """How many areas lie outside, which, and how many would by chance alone. Empty when no limits were drawn."""
    if judgement.outside_95 is None or judgement.by_chance_95 is None:
        return ""
    called, areas = judgement.called, sum(1 for each in judgement.rows if each.limits)
    named = f" ({', '.join(each.name for each in called)})" if 0 < len(called) <= NAMED_AT_MOST else ""
    verb = "lies" if len(called) == 1 else "lie"
    return (
        f"{len(called) or 'None'} of {areas} {levels} {verb} outside limits that usually hold 19 in 20{named}; "
        f"if none stood out, about {number_words(judgement.by_chance_95)} would by chance. "
        f"Limits that know nothing but chance would have called {judgement.outside_counts_alone or 'none'}."
    )


def stated_of(judgement: Judgement, levels: str, period: str) -> list[StatedNumber]:
    """The counts that the summary prints."""
    if judgement.outside_95 is None:
        return []
    counts = (
        ("outside", "Areas outside the 95% limits", float(judgement.outside_95)),
        ("by-chance", "Areas that would fall outside the 95% limits by chance", judgement.by_chance_95),
        ("chance-alone", "Areas outside limits that know nothing but chance", judgement.outside_counts_alone),
    )
    return [
        StatedNumber(
            key=key, label=label, value=value, unit=levels, period=period, numerator=value,
            denominator=sum(1 for each in judgement.rows if each.limits), denominator_words=f"{levels} compared",
        )
        for key, label, value in counts
    ]  # fmt: skip


def size_caveats(compared: Compared, levels: str, *, fewest: int, reason: str) -> list[str]:
    """Too few areas for limits, and an area that is most of what it is held against."""
    whole = sum(compared.sizes[each] for each in compared.judged)
    said = [
        f"{each} holds {100 * compared.sizes[each] / whole:.0f}% of all that is compared: it is held largely against itself."
        for each in compared.judged
        if compared.sizes[each] > MUCH * whole
    ]
    thin = [each for each in sorted(compared.values) if each not in NO_AREA and each not in compared.judged]
    if thin and compared.funnel is not None:
        said.append(
            f"Too little is counted for limits in {', '.join(thin)}: shown, not judged, and in no other area's limits."
        )
    if compared.funnel is None and not reason:
        said.append(
            f"No limits are drawn: of {len(compared.judged)} {levels} that can be judged the usual spread is hardly known. "
            f"It takes {fewest}, with something counted in them."
        )
    return said


def _row(compared: Compared, name: str) -> AreaRow:
    value, low, high = compared.values[name]
    at = compared.judged.index(name) if name in compared.judged and value is not None else None
    funnel = compared.funnel
    return AreaRow(
        name=name,
        within=compared.within.get(name, ""),
        numerator=compared.numerators.get(name, 0),
        denominator=compared.denominators.get(name, 0),
        unknown=compared.unknown.get(name, 0),
        value=value,
        low=low,
        high=high,
        limits=None if funnel is None or at is None else _limits(compared, funnel, compared.sizes[name]),
        stands=NOT_JUDGED if funnel is None or at is None else _stands(funnel, at),
    )


def _stands(funnel: Funnel, at: int) -> str:
    if side := funnel.side(at, level=WIDE):
        return ABOVE_998 if side > 0 else BELOW_998
    if side := funnel.side(at, level=NARROW):
        return ABOVE_95 if side > 0 else BELOW_95
    return INSIDE


def _limits(compared: Compared, funnel: Funnel, size: float) -> AreaLimits:
    narrow, wide = (funnel.limits(size, level=level) for level in (NARROW, WIDE))
    low_998, low_95, high_95, high_998 = (
        round(compared.on_scale(each), FINE) for each in (wide[0], narrow[0], narrow[1], wide[1])
    )
    return AreaLimits(size=size, low_998=low_998, low_95=low_95, high_95=high_95, high_998=high_998)


def _curve(compared: Compared, funnel: Funnel) -> tuple[AreaLimits, ...]:
    """The limits from a little below the smallest area to a little above the largest, closer where they bend."""
    sizes = [compared.sizes[each] for each in compared.judged]
    grid = np.unique(np.geomspace(0.8 * min(sizes), 1.08 * max(sizes), CURVE_POINTS).round(1))
    return tuple(_limits(compared, funnel, float(size)) for size in grid)
