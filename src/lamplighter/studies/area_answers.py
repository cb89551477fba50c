"""The frozen answer of a comparison between areas: each area with its interval and limits, and how many would fall outside."""

from __future__ import annotations

from dataclasses import dataclass

from lamplighter.studies.answers import Provenance, StatedNumber

INSIDE = "inside the limits"
NOT_JUDGED = "not judged"
ABOVE_95, ABOVE_998 = "above the 95% limits", "above the 99.8% limits"
BELOW_95, BELOW_998 = "below the 95% limits", "below the 99.8% limits"


@dataclass(frozen=True, kw_only=True)
class AreaLimits:
    """Between which values areas of one size usually lie: nineteen in twenty, and all but two in a thousand."""

    size: float
    low_998: float
    low_95: float
    high_95: float
    high_998: float


@dataclass(frozen=True, kw_only=True)
class AreaRow:
    """One area: what was counted, its value with its own interval, the limits for its size, and where it stands.

    `value` None is unknown. `limits` None: not judged. `unknown`: crimes that could be in neither count.
    """

    name: str
    within: str
    numerator: int
    denominator: int
    unknown: int
    value: float | None
    low: float | None
    high: float | None
    limits: AreaLimits | None
    stands: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Where each area stands, and what the limits are made of.

    rows: the areas, in the order of their names. apart: what is no area (Unknown, Other), in no limit. curve: the limits over
    all sizes, for the picture; empty when none were drawn, and all counts below are then None.
    by_chance_95, by_chance_998: how many areas would fall outside if none differed from the rest more than areas usually do.
    outside_counts_alone: how many fall outside the narrower 95% limits that know nothing but chance.
    phi, tau: see methods.funnel.Spread. dispersion: variance over mean of the monthly counts; None where it is not used.
    """

    rows: tuple[AreaRow, ...]
    apart: tuple[AreaRow, ...]
    curve: tuple[AreaLimits, ...] = ()
    outside_95: int | None = None
    outside_998: int | None = None
    by_chance_95: float | None = None
    by_chance_998: float | None = None
    outside_counts_alone: int | None = None
    phi: float | None = None
    tau: float | None = None
    dispersion: float | None = None

    @property
    def called(self) -> tuple[AreaRow, ...]:
        """The areas outside the 95% limits."""
        return tuple(each for each in self.rows if each.stands not in (INSIDE, NOT_JUDGED))


@dataclass(frozen=True, kw_only=True)
class AreaComparison:
    """Areas of one kind held against all of them together: never a ranking.

    kind: late or change. level, levels: `borough`, `boroughs`. target: the value of all areas together; None when nothing was
    compared, and `not_compared` then says why.
    """

    id: str
    title: str
    kind: str
    level: str
    levels: str
    definition_id: str
    definition_version: str
    unit: str
    numerator_words: str
    denominator_words: str
    size_words: str
    period: str
    compared_with: str
    target: float | None
    judgement: Judgement
    not_compared: str
    summary: str
    caveats: tuple[str, ...]
    rise_would_mean: str
    stated: tuple[StatedNumber, ...]
    provenance: Provenance
