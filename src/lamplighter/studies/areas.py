"""Which BCUs and boroughs differ from all of them together: in the share recorded late, and in how their counts changed?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lamplighter.methods.effects import count_ratio, wilson
from lamplighter.methods.funnel import TRIM, change_funnel, paired_dispersion, share_funnel
from lamplighter.schema import month_words, number_words
from lamplighter.studies.answers import Provenance, StatedNumber
from lamplighter.studies.area_answers import AreaComparison
from lamplighter.studies.area_judging import NO_AREA, Compared, Values, judge, kept, said_of, size_caveats, stated_of
from lamplighter.studies.evidence import Evidence
from lamplighter.studies.judged import marked_breaks, signed_percent

FEWEST_BEFORE = 10
FEWEST_EXPECTED = 5
OUTSIDE_IN_IT = (
    "All flagged offences are counted, those outside VAWG too (about a fifth of every year): the table by place holds no "
    "kind of offence, so they can't be removed here."
)
NOT_THE_SAME = (
    "Inside the limits does not mean the same as all others: the limits are as wide as areas usually differ, and what all "
    "areas share can't be seen here."
)


@dataclass(frozen=True, kw_only=True)
class Level:
    """One kind of area."""

    key: str
    one: str
    many: str

    def of(self, bcu: str, borough: str) -> str:
        return bcu if self.key == "bcu" else borough


LEVELS = (Level(key="bcu", one="BCU", many="BCUs"), Level(key="borough", one="borough", many="boroughs"))


@dataclass(frozen=True, kw_only=True)
class AreasQuestion:
    """How areas are compared. The defaults are printed with every answer.

    late_months: recorded more than so many months after the offence is late. window_months: the last so many months of the
    table, and for the change as many before them; of whole years, so that no season is compared with another. trim: see
    methods.funnel. fewest_areas: below that no limits are drawn, because the usual spread is then hardly known.
    """

    late_months: int = 12
    window_months: int = 12
    trim: float = TRIM
    fewest_areas: int = 10
    source: str = "mps-vawg"

    def told(self) -> dict[str, str]:
        usual = AreasQuestion()
        asked = {
            name: (getattr(self, name), getattr(usual, name))
            for name in ("late_months", "window_months", "trim", "fewest_areas")
        }
        words = {name: f"{value} (default)" if value == other else str(value) for name, (value, other) in asked.items()}
        return {**words, "limits": "funnel, 95% and 99.8%; spread between areas added (tau²), z trimmed and corrected"}


def area_answers(evidence: Evidence, question: AreasQuestion | None = None) -> list[AreaComparison]:
    """The share late and the change, each over the BCUs and over the boroughs; nothing when no table by place is there.

    Crimes in no area (Unknown, Other) are shown apart and enter neither target nor limits. Crimes without a usable committed
    month have no delay: they are counted apart and enter no share.
    Misleads when read as how well an area does: recording late is also what happens where old crimes are at last reported.
    """
    asked = question or AreasQuestion()
    months = evidence.months("offences_place")
    if not months:
        return []
    return [answer(evidence, asked, months, level) for answer in (_late, _change) for level in LEVELS]


def _late(evidence: Evidence, question: AreasQuestion, months: Sequence[int], level: Level) -> AreaComparison:
    last = months[-1]
    first = last - question.window_months + 1
    reason = _gap(first, last, months)
    compared = _late_compared(evidence, question, level, first, last, reason)
    found = judge(compared, dispersion=None)
    part, whole = (
        sum(counts[each] for each in compared.judged) for counts in (compared.numerators, compared.denominators)
    )
    window, after = _window(first, last), f"more than {question.late_months} months after"
    missing = sum(compared.unknown.values())
    target = 100 * part / whole if whole else None
    lead = (
        ""
        if target is None
        else f"Of the flagged crimes recorded in {window}, {target:.1f}% were recorded {after} the offence. "
    )
    return AreaComparison(
        id=f"areas-late-{level.key}",
        title=f"Share recorded {after} the offence, by {level.one}",
        kind="late",
        level=level.one,
        levels=level.many,
        definition_id="D-AREA-LATE",
        definition_version="1",
        unit="% of flagged crimes with a known delay",
        numerator_words=f"recorded {after}",
        denominator_words="recorded, delay known",
        size_words="Crimes recorded whose delay is known",
        period=window,
        compared_with="all areas together",
        target=kept(target),
        judgement=found,
        not_compared=reason,
        summary=lead + said_of(found, level.many),
        caveats=(
            OUTSIDE_IN_IT,
            "The delay is to the recording, in whole months: the table does not say when somebody came forward.",
            f"{number_words(missing)} of these crimes {'has' if missing == 1 else 'have'} no usable committed month: counted "
            "apart, in no share.",
            *(
                f"Recording changed in {month_words(month)}, within these months, in every area alike."
                for month, *_ in marked_breaks(question.source)
                if first <= month <= last
            ),
            NOT_THE_SAME,
            *size_caveats(compared, level.many, fewest=question.fewest_areas, reason=reason),
        ),
        rise_would_mean=(
            "More old offences came to be recorded: more people came forward late, or recording of them got better. It means "
            "neither that more was committed nor that the police were slow."
        ),
        stated=(
            *_stated_target(
                target, "All areas together: recorded late", "%", window, part, whole, "with a known delay"
            ),
            *stated_of(found, level.many, window),
        ),
        provenance=_how(evidence, question, level, window),
    )


def _late_compared(
    evidence: Evidence, question: AreasQuestion, level: Level, first: int, last: int, reason: str
) -> Compared:
    """Each area's crimes with a known delay and the late ones among them. Where there is a reason not to, nothing is judged."""
    late: dict[str, int] = defaultdict(int)
    known: dict[str, int] = defaultdict(int)
    unknown: dict[str, int] = defaultdict(int)
    within: dict[str, set[str]] = defaultdict(set)
    for month, bcu, borough, delay, crimes in evidence.delays_by_place():
        if first <= month <= last:
            name = level.of(bcu, borough)
            within[name].add(bcu)
            unknown[name] += crimes if delay is None else 0
            known[name] += crimes if delay is not None else 0
            late[name] += crimes if delay is not None and delay > question.late_months else 0
    judged = [] if reason else _enough_late(within, late, known)
    counts = [late[each] for each in judged], [known[each] for each in judged]
    enough = len(judged) >= question.fewest_areas and 0 < sum(counts[0]) < sum(counts[1])
    return Compared(
        numerators=late,
        denominators=known,
        unknown=unknown,
        within=_inside(within, level),
        values={each: _share(late[each], 0 if reason else known[each]) for each in within},
        sizes=known,
        judged=judged,
        funnel=share_funnel(*counts, trim=question.trim) if enough else None,
        plain=share_funnel(*counts, trim=question.trim, how="none") if enough else None,
        on_scale=lambda share: 100 * share,
    )


def _change(evidence: Evidence, question: AreasQuestion, months: Sequence[int], level: Level) -> AreaComparison:
    last = months[-1]
    later_first = last - question.window_months + 1
    first = later_first - question.window_months
    breaks = marked_breaks(question.source)
    reason = _gap(first, last, months) or _across(breaks, first, last)
    compared, spread = _change_compared(evidence, question, level, first, last, reason)
    found = judge(compared, dispersion=spread)
    later, earlier = (
        sum(counts[each] for each in compared.judged) for counts in (compared.numerators, compared.denominators)
    )
    window, window_before = _window(later_first, last), _window(first, later_first - 1)
    target = 100 * (later / earlier - 1) if earlier else None
    lead = (
        ""
        if target is None
        else f"Flagged crimes recorded in {window}, against {window_before}: {signed_percent(target)} in all areas together. "
    )
    return AreaComparison(
        id=f"areas-change-{level.key}",
        title=f"Change in crimes recorded from one year to the next, by {level.one}",
        kind="change",
        level=level.one,
        levels=level.many,
        definition_id="D-AREA-CHANGE",
        definition_version="1",
        unit="% change in flagged crimes recorded",
        numerator_words=f"recorded {window}",
        denominator_words=f"recorded {window_before}",
        size_words="Crimes recorded, both years together",
        period=window,
        compared_with=window_before,
        target=kept(target),
        judgement=found,
        not_compared=reason,
        summary=lead + said_of(found, level.many),
        caveats=(
            OUTSIDE_IN_IT,
            "An area whose first year was out of the ordinary tends back by itself. No change here is the effect of anything.",
            "The last months may still be revised, in every area alike.",
            *(
                f"Recording changed in {month_words(month)}. Both years lie after it; none before it is compared."
                for month, *_ in breaks
                if month < first and not reason
            ),
            *_spread_words(spread),
            NOT_THE_SAME,
            *size_caveats(compared, level.many, fewest=question.fewest_areas, reason=reason),
        ),
        rise_would_mean="More was reported there than the year before, more of it was recorded, or more was done.",
        stated=(
            *_stated_target(
                target, "All areas together: change", "% change", window, later, earlier, f"recorded {window_before}"
            ),
            *stated_of(found, level.many, window),
        ),
        provenance=_how(evidence, question, level, f"{window}, against {window_before}"),
    )


def _change_compared(
    evidence: Evidence, question: AreasQuestion, level: Level, first: int, last: int, reason: str
) -> tuple[Compared, float | None]:
    """Each area's crimes in the two windows from `first` to `last`, and how much more than chance their months vary."""
    by_month: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    within: dict[str, set[str]] = defaultdict(set)
    for month, bcu, borough, _, crimes in evidence.crimes_by_place():
        if first <= month <= last:
            name = level.of(bcu, borough)
            by_month[name][month] += crimes
            within[name].add(bcu)
    window = range(question.window_months)
    starts = first, first + question.window_months
    years = {
        each: tuple([counts.get(start + at, 0) for at in window] for start in starts)
        for each, counts in by_month.items()
    }
    before, after = ({each: sum(year[at]) for each, year in years.items()} for at in (0, 1))
    judged = [] if reason else [each for each in sorted(years) if each not in NO_AREA and before[each] >= FEWEST_BEFORE]
    counts = [before[each] for each in judged], [after[each] for each in judged]
    spread = paired_dispersion(*([years[each][at] for each in judged] for at in (0, 1))) if len(judged) > 1 else None
    allowed = spread or 1.0
    enough = len(judged) >= question.fewest_areas and sum(counts[0]) > 0 and sum(counts[1]) > 0
    compared = Compared(
        numerators=after,
        denominators=before,
        unknown={},
        within=_inside(within, level),
        values={each: _ratio(0 if reason else before[each], after[each], allowed) for each in years},
        sizes={each: before[each] + after[each] for each in years},
        judged=judged,
        funnel=change_funnel(*counts, dispersion=allowed, trim=question.trim) if enough else None,
        plain=change_funnel(*counts, trim=question.trim, how="none") if enough else None,
        on_scale=lambda ratio: 100 * (ratio - 1),
    )
    return compared, spread


def _enough_late(within: Iterable[str], late: Mapping[str, int], known: Mapping[str, int]) -> list[str]:
    """The areas in which the common share would give enough late crimes for limits to mean anything."""
    areas = [each for each in sorted(within) if each not in NO_AREA and known[each]]
    part, whole = (sum(found[each] for each in areas) for found in (late, known))
    return [each for each in areas if known[each] * part >= FEWEST_EXPECTED * whole]


def _share(part: int, whole: int) -> Values:
    if not whole:
        return None, None, None
    found = wilson(part, whole)
    return kept(None if found.share is None else 100 * found.share), kept(100 * found.low), kept(100 * found.high)


def _ratio(before: int, after: int, dispersion: float) -> Values:
    if before < FEWEST_BEFORE:
        return None, None, None
    found = count_ratio(before, after, dispersion=dispersion)
    return kept(found.percent), kept(found.percent_low), kept(found.percent_high)


def _inside(within: Mapping[str, set[str]], level: Level) -> dict[str, str]:
    """The BCU of a borough; a BCU lies in nothing."""
    return {} if level.key == "bcu" else {name: ", ".join(sorted(found)) for name, found in within.items()}


def _gap(first: int, last: int, months: Sequence[int]) -> str:
    missing = [each for each in range(first, last + 1) if each not in set(months)]
    if not missing:
        return ""
    said = f"{month_words(missing[0])} is not" if len(missing) == 1 else f"{len(missing)} months are not"
    return f"Of the months from {month_words(first)} to {month_words(last)}, {said} in the table: nothing is compared."


def _across(breaks: Sequence[tuple[int, str, str]], first: int, last: int) -> str:
    """The month of a change holds both ways of recording: a year that begins with it is not of one kind either."""
    found = [month for month, *_ in breaks if first <= month <= last]
    if not found:
        return ""
    return (
        f"Recording changed in {month_words(found[0])}, within these months: the two years were not counted alike, so no "
        "change is worked out."
    )


def _spread_words(spread: float | None) -> list[str]:
    if spread is None or spread <= 1:
        return []
    return [f"From month to month, counts vary {spread:.1f} times as much as chance alone; the limits allow for that."]


def _window(first: int, last: int) -> str:
    return f"{month_words(first)} to {month_words(last)}"


def _stated_target(
    target: float | None, label: str, unit: str, period: str, part: int, whole: int, words: str
) -> list[StatedNumber]:
    if target is None:
        return []
    return [
        StatedNumber(
            key="all", label=label, value=round(target, 1), unit=unit, period=period, numerator=part, denominator=whole,
            denominator_words=f"flagged crimes {words}",
        )
    ]  # fmt: skip


def _how(evidence: Evidence, question: AreasQuestion, level: Level, months: str) -> Provenance:
    asked = {"areas": level.many, "months": months, **question.told()}
    return evidence.provenance("areas", ("offences_place",), asked)
