"""The frozen answers: every measure's points, limits, signals, layers and provenance, and how often rules call for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

READILY = "it calls too readily"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One number of a series. `value` None is unknown, never 0; a share carries its numerator and denominator."""

    period: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    immature: bool = False


@dataclass(frozen=True, kw_only=True)
class PhaseLimits:
    """Control limits of one stretch between marked breaks: a value a point, from a stated baseline window."""

    first: str
    last: str
    baseline_first: str
    baseline_last: str
    centre: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    sigma_z: float | None
    method: str
    short_baseline: bool = False


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A change called by a stated rule, with its size and interval; never why."""

    rule: str
    rule_words: str
    since: str
    until: str
    side: str
    effect: float | None
    effect_low: float | None
    effect_high: float | None
    effect_percent: float | None
    compared_with: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Break:
    """A month where the series can't be read across: marked by us (a change of recording) or found by the level test."""

    period: str
    words: str
    marked: bool
    source: str = ""
    change_percent: float | None = None

    @property
    def is_doubtful(self) -> bool:
        """Do its own words say that the level test finds breaks too easily in this series?"""
        return READILY in self.words


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One part of a breakdown (an age group, an ethnicity, Unknown), as points over the same periods."""

    name: str
    points: tuple[Point, ...]
    is_unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class StatedNumber:
    """A number that the summary of a measure prints, with its parts. The book knows it as `<measure id>.<key>`."""

    key: str
    label: str
    value: float | None
    unit: str
    period: str
    numerator: float | None = None
    denominator: float | None = None
    denominator_words: str = ""
    low: float | None = None
    high: float | None = None
    interval_words: str = ""


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """How we know: which study with which question, on which imports and files, with rows used and refused."""

    study: str
    question: Mapping[str, str]
    import_ids: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    rows_read: int
    rows_used: int
    rows_refused: int
    tables: tuple[str, ...]
    code_version: str


@dataclass(frozen=True, kw_only=True)
class MeasureAnswer:
    """One measure, answered. `family` groups measures in lists: headline, group, subgroup, delay, victims, place."""

    id: str
    title: str
    family: str
    definition_id: str
    definition_version: str
    area: str
    unit: str
    statistic: str
    summary: str
    points: tuple[Point, ...]
    phases: tuple[PhaseLimits, ...] = ()
    signals: tuple[Signal, ...] = ()
    breaks: tuple[Break, ...] = ()
    layers: tuple[Layer, ...] = ()
    caveats: tuple[str, ...] = ()
    rise_would_mean: str = ""
    pair_with: str | None = None
    provenance: Provenance
    stated: tuple[StatedNumber, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FalseCallRow:
    """Of so many series in which nothing changed, how many signalled by these rules."""

    mean: float
    months: int
    dispersion: float
    limits_from: str
    rules: tuple[str, ...]
    all_rules: bool
    signalling: int
    series: int
    share: float
    low: float
    high: float
    seed: int


@dataclass(frozen=True, kw_only=True)
class Unchanged:
    """How often a series in which nothing changed signals, by rules; and the rules that a cautious reader switches off."""

    rows: tuple[FalseCallRow, ...]
    switch_off: tuple[str, ...]
    criterion: str
    question: Mapping[str, float | int | str]
