"""Who are the recorded victims, by age and ethnicity, with the unknown always drawn and the bounds that it allows?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lamplighter.methods.effects import share_bounds
from lamplighter.schema import month_words
from lamplighter.studies.answers import Layer, MeasureAnswer, Point, StatedNumber
from lamplighter.studies.evidence import FINE, UNKNOWN, Evidence, full_years
from lamplighter.studies.judged import MonthlyQuestion, judged

HARDLY_POINTS = 0.5
YOUNGEST = "Aged 10 to 19 years"
OUTSIDE_CAVEAT = (
    "The table includes victims of the flagged offences outside VAWG (a fifth of offences in every year); they can't be "
    "removed here."
)


def victim_answers(evidence: Evidence) -> list[MeasureAnswer]:
    """Victims a month; their age groups by year; their ethnicity by year with the unknown and its bounds.

    The three victim sheets hold the same victims counted three ways: they are never added. None says the victim's sex.
    """
    return [_all(evidence), _ages(evidence), _ethnicities(evidence)]


def _all(evidence: Evidence) -> MeasureAnswer:
    months = evidence.months("victims_place")
    counts = evidence.victims_by_month()
    found = judged(counts, months, MonthlyQuestion())
    return MeasureAnswer(
        id="victims-all",
        title="Victims recorded a month",
        family="victims",
        definition_id="D-VICTIMS",
        definition_version="1",
        area="London",
        unit="victims recorded",
        statistic="count",
        summary="",
        points=found.points,
        phases=found.phases,
        signals=found.signals,
        breaks=found.breaks,
        caveats=("The table does not say the victim's sex.", OUTSIDE_CAVEAT, *found.caveats),
        rise_would_mean="More victims recorded: more came forward, more were recorded, or more was done to them.",
        provenance=evidence.provenance("victims", ("victims_place",), MonthlyQuestion().told()),
    )


def _by_year(rows: Sequence[tuple[int, str, int]]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for month, name, victims in rows:
        found[name][month // 12] += victims
    return found


def _ages(evidence: Evidence) -> MeasureAnswer:
    rows = evidence.victims_by_age()
    years = full_years(evidence.months("victims_age"))
    found = _by_year(rows)
    totals = {year: sum(each[year] for each in found.values()) for year in years}
    young = sum(found[YOUNGEST].values()) if YOUNGEST in found else 0
    everybody = sum(sum(each.values()) for each in found.values())
    first, last = min(month for month, *_ in rows), max(month for month, *_ in rows)
    period = f"{month_words(first)} to {month_words(last)}"
    stated = StatedNumber(
        key="aged-10-19",
        label="Victims aged 10 to 19",
        value=round(100 * young / everybody, 1) if everybody else None,
        unit="%",
        period=period,
        numerator=young,
        denominator=everybody,
        denominator_words="victims in the age table",
    )
    return MeasureAnswer(
        id="victims-age",
        title="Victims by age group",
        family="victims",
        definition_id="D-VICTIM-AGE",
        definition_version="1",
        area="London",
        unit="% of victims in the age table",
        statistic="share",
        summary=(
            f"{stated.value:.1f}% of the victims recorded from {period} are aged 10 to 19, in a table that holds no sex, "
            "nobody under ten and no unknown age: they can't be called girls, and who is missing can't be told."
        ),
        points=tuple(Point(period=str(year), value=totals[year]) for year in years),
        layers=tuple(
            Layer(name=name, points=tuple(_share(found[name][year], totals[year], year) for year in years))
            for name in sorted(found, key=_age_order)
        ),
        caveats=(
            "No row has an unknown age and none is under ten: whoever had no age recorded was left out before the table was "
            "published, and how many is not known.",
            "The table does not say the victim's sex: nobody here can be counted as a girl or a woman.",
            OUTSIDE_CAVEAT,
        ),
        rise_would_mean="A larger part of the recorded victims is of that age; it says nothing about how many were not recorded.",
        stated=(stated,),
        provenance=evidence.provenance("victims", ("victims_age",), {"by": "age group and calendar year"}),
    )


def _age_order(name: str) -> str:
    return name.replace("Aged ", "")


def _share(part: int, whole: int, year: int) -> Point:
    return Point(
        period=str(year),
        value=round(100 * part / whole, FINE) if whole else None,
        numerator=part,
        denominator=whole,
    )


def _ethnicities(evidence: Evidence) -> MeasureAnswer:
    years = full_years(evidence.months("victims_ethnicity"))
    found = _by_year(evidence.victims_by_ethnicity())
    totals = {year: sum(each[year] for each in found.values()) for year in years}
    unknown = {year: found.get(UNKNOWN, {}).get(year, 0) for year in years}
    names = sorted((each for each in found if each != UNKNOWN), key=lambda each: -sum(found[each].values()))
    layers: list[Layer] = []
    for name in names:
        layers.append(Layer(name=name, points=tuple(_bounded(found[name][y], totals[y], unknown[y], y) for y in years)))
        of_known = tuple(_share(found[name][y], totals[y] - unknown[y], y) for y in years)
        layers.append(Layer(name=f"{name}, of those known", points=of_known))
    layers.append(Layer(name=UNKNOWN, points=tuple(_share(unknown[y], totals[y], y) for y in years), is_unknown=True))
    stated, summary = _say_ethnicity(found, totals, unknown, years, names)
    return MeasureAnswer(
        id="victims-ethnicity",
        title="Victims by ethnicity, with the unknown drawn",
        family="victims",
        definition_id="D-VICTIM-ETHNICITY",
        definition_version="1",
        area="London",
        unit="% of victims in the ethnicity table",
        statistic="share",
        summary=summary,
        points=tuple(_share(unknown[year], totals[year], year) for year in years),
        layers=tuple(layers),
        caveats=(
            "The share as recorded falls when more is unknown, whatever happened. The share among the known is right only if "
            "the unknown are like the known, which nothing here shows; the bounds assume nothing.",
            "Ethnicity here is appearance as recorded by the police, in five values, not what the victim said.",
            "The table does not say the victim's sex.",
            OUTSIDE_CAVEAT,
        ),
        rise_would_mean="A rise of the unknown means that less is known about who was harmed; it hides every other change.",
        stated=tuple(stated),
        provenance=evidence.provenance("victims", ("victims_ethnicity",), {"by": "ethnicity and calendar year"}),
    )


def _bounded(part: int, whole: int, unknown: int, year: int) -> Point:
    bounds = share_bounds(part, known=whole - unknown, unknown=unknown)
    return Point(
        period=str(year),
        value=None if bounds.low is None else round(100 * bounds.low, FINE),
        numerator=part,
        denominator=whole,
        low=None if bounds.low is None else round(100 * bounds.low, FINE),
        high=None if bounds.high is None else round(100 * bounds.high, FINE),
    )


def most_misleading(
    found: Mapping[str, Mapping[int, int]],
    totals: Mapping[int, int],
    unknown: Mapping[int, int],
    years: Sequence[int],
    names: Sequence[str],
) -> tuple[str, int, int] | None:
    """The group and pair of years where the recorded share misleads most.

    By rule: against the first year, the group and year whose recorded share moved most while the share among the known moved
    the other way or by less than half a point. None if there is none.
    """
    best: tuple[float, str, int] | None = None
    for name in names:
        for year in years[1:]:
            first, counts = years[0], found[name]
            recorded = _of(counts[year], totals[year]) - _of(counts[first], totals[first])
            known = _of(counts[year], totals[year] - unknown[year]) - _of(counts[first], totals[first] - unknown[first])
            hides = recorded * known < 0 or abs(known) < HARDLY_POINTS
            if hides and (best is None or abs(recorded) > best[0]):
                best = (abs(recorded), name, year)
    return (best[1], years[0], best[2]) if best else None


def _of(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _say_ethnicity(
    found: Mapping[str, Mapping[int, int]],
    totals: Mapping[int, int],
    unknown: Mapping[int, int],
    years: Sequence[int],
    names: Sequence[str],
) -> tuple[list[StatedNumber], str]:
    chosen = most_misleading(found, totals, unknown, years, names)
    if chosen is None:
        return [], ""
    name, first, worst = chosen
    last = years[-1]
    stated: list[StatedNumber] = []

    def say(key: str, label: str, part: int, whole: int, of: str, year: int) -> str:
        value = round(_of(part, whole), 1)
        stated.append(
            StatedNumber(
                key=f"{key}-{year}",
                label=label,
                value=value,
                unit="%",
                period=str(year),
                numerator=part,
                denominator=whole,
                denominator_words=of,
            )
        )
        return f"{value:.1f}%"

    everybody, known = "victims recorded", "victims whose ethnicity is known"

    def recorded(year: int) -> str:
        return say("recorded", f"Recorded as {name}", found[name][year], totals[year], everybody, year)

    def of_known(year: int) -> str:
        whole = totals[year] - unknown[year]
        return say("of-known", f"{name}, of those known", found[name][year], whole, known, year)

    def missing(year: int) -> str:
        return say("unknown", "Ethnicity unknown", unknown[year], totals[year], everybody, year)

    rises = found[name][worst] / totals[worst] > found[name][first] / totals[first]
    top = found[name][worst] + unknown[worst]
    text = (
        f"Ethnicity is unknown for {missing(first)} of victims in {first} and {missing(worst)} in "
        f"{worst}; the share recorded as {name} seems to {'rise' if rises else 'fall'} from {recorded(first)} "
        f"to {recorded(worst)}, yet among those whose ethnicity is known it goes from {of_known(first)} to "
        f"{of_known(worst)} (the unknown could put it anywhere from {_of(found[name][worst], totals[worst]):.1f}% to "
        f"{say('at-most', f'{name} if all the unknown were', top, totals[worst], everybody, worst)})"
    )
    if last != worst and totals[last] > unknown[last]:
        text += (
            f"; in {last} it is {recorded(last)} of all, {of_known(last)} of the known, with {missing(last)} unknown"
        )
    return stated, text + "."
