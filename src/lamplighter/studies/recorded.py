"""How many crimes were recorded a month, by kind of offence, and did that move by stated rules?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from lamplighter.schema import slug_of
from lamplighter.studies.answers import MeasureAnswer, StatedNumber
from lamplighter.studies.evidence import OFTEN, Evidence, full_years, year_total
from lamplighter.studies.judged import MonthlyQuestion, judged, marked_breaks, signed_percent

EXPOSURE = "exposure and voyeurism"
RISE = (
    "More crimes recorded: more was reported, more of what was reported was recorded, or more was done. The table can't tell "
    "which; read it beside prevalence."
)


Counts = Mapping[int, int]


def recorded_answers(evidence: Evidence) -> list[MeasureAnswer]:
    """Crimes a month: all VAWG groups, each group, each sub-group, and the group outside VAWG kept apart.

    From the table by kind of offence, which holds no place. Counts are by the month recorded, not committed.
    """
    groups: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    subgroups: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    headline: dict[int, int] = defaultdict(int)
    inside = evidence.groups_inside()
    for month, group, subgroup, crimes in evidence.crimes_by_kind():
        groups[group][month] += crimes
        subgroups[group, subgroup][month] += crimes
        if group in inside:
            headline[month] += crimes
    return [
        _headline_answer(evidence, headline, groups),
        *(_group_answer(evidence, each, groups[each], headline) for each in sorted(groups)),
        *_subgroup_answers(evidence, subgroups),
    ]


def _headline_answer(evidence: Evidence, headline: Counts, groups: Mapping[str, Counts]) -> MeasureAnswer:
    stated, summary = _say_break(headline, groups, evidence.groups_inside(), set(evidence.months("offences_kind")))
    return _answer(
        evidence, "recorded-vawg", "VAWG crimes recorded a month", "headline", headline,
        definition_id="D-RECORDED", summary=summary, stated=stated, pair_with="D-PREVALENCE",
        caveats=("Inside the publisher's own VAWG groups; the group outside VAWG is not in it.",),
    )  # fmt: skip


def _group_answer(evidence: Evidence, group: str, counts: Counts, headline: Counts) -> MeasureAnswer:
    apart = group not in evidence.groups_inside()
    stated, summary = _say_outside(headline, counts, set(evidence.months("offences_kind"))) if apart else ([], "")
    caveats = ("Flagged offences that the publisher's own VAWG definition leaves out.",) if apart else ()
    return _answer(
        evidence, f"recorded-{evidence.group_slug(group)}", group, "group", counts,
        definition_id="D-RECORDED-OUTSIDE" if apart else "D-RECORDED-GROUP",
        summary=summary, stated=stated, caveats=caveats,
    )  # fmt: skip


def _subgroup_answers(evidence: Evidence, subgroups: Mapping[tuple[str, str], Counts]) -> list[MeasureAnswer]:
    """Each sub-group of a group that has several; exposure and voyeurism in any case, for the promise that hangs on it."""
    in_group = Counter(group for group, _ in subgroups)
    of_name = Counter(subgroup for _, subgroup in subgroups)
    answers = []
    for (group, subgroup), counts in sorted(subgroups.items()):
        if subgroup.casefold() == EXPOSURE:
            answers.append(_exposure_answer(evidence, group, subgroup, counts))
        elif in_group[group] > 1:
            name = subgroup if of_name[subgroup] == 1 else f"{group} {subgroup}"
            answers.append(
                _answer(
                    evidence, f"recorded-sub-{slug_of(name)}", subgroup, "subgroup", counts,
                    definition_id="D-RECORDED-GROUP", summary="", stated=[], caveats=(f"Part of the group {group!r}.",),
                )
            )  # fmt: skip
    return answers


def _exposure_answer(evidence: Evidence, group: str, subgroup: str, counts: Counts) -> MeasureAnswer:
    stated, summary = _say_exposure(counts, set(evidence.months("offences_kind")))
    return _answer(
        evidence, "exposure-and-voyeurism", subgroup, "subgroup", counts,
        definition_id="D-EXPOSURE-CRIMES", summary=summary, stated=stated,
        caveats=(
            f"Part of the group {group!r}.",
            "Crimes, not victims, and exposure together with voyeurism: no more than an upper proxy for how many people "
            "should have been offered a visit.",
        ),
    )  # fmt: skip


def _answer(
    evidence: Evidence,
    measure_id: str,
    title: str,
    family: str,
    counts: Mapping[int, int],
    *,
    definition_id: str,
    summary: str,
    stated: list[StatedNumber],
    caveats: tuple[str, ...],
    pair_with: str | None = None,
) -> MeasureAnswer:
    question = MonthlyQuestion()
    found = judged(counts, evidence.months("offences_kind"), question)
    return MeasureAnswer(
        id=measure_id,
        title=title,
        family=family,
        definition_id=definition_id,
        definition_version="1",
        area="London",
        unit="crimes recorded",
        statistic="count",
        summary=summary,
        points=found.points,
        phases=found.phases,
        signals=found.signals,
        breaks=found.breaks,
        caveats=(*caveats, *found.caveats),
        rise_would_mean=RISE,
        pair_with=pair_with,
        stated=tuple(stated),
        provenance=evidence.provenance("recorded", ("offences_kind",), {"kind": title, **question.told()}),
    )


def _change(
    key: str, label: str, counts: Mapping[int, int], present: set[int], years: tuple[int, int]
) -> StatedNumber | None:
    before, after = (year_total(counts, present, each) for each in years)
    if not before or after is None:
        return None
    return StatedNumber(
        key=key,
        label=label,
        value=round(100 * (after / before - 1), 1),
        unit="% change",
        period=f"{years[1]} against {years[0]}",
        numerator=after,
        denominator=before,
        denominator_words=f"crimes recorded in {years[0]}",
    )


def _exactly(change: StatedNumber) -> float:
    """The change before it was rounded to be printed: rounding twice turns −28.54% into −28%."""
    return 100 * ((change.numerator or 0) / (change.denominator or 1) - 1)


def _say_break(
    headline: Mapping[int, int], groups: Mapping[str, Mapping[int, int]], inside: set[str], present: set[int]
) -> tuple[list[StatedNumber], str]:
    """What a change of record system does to each kind of offence: not one step, but a different one for each."""
    for month, words, _ in marked_breaks("mps-vawg"):
        year = month // 12
        total = _change(f"change-{year}", "All VAWG groups", headline, present, (year - 1, year))
        big = [
            each for each in groups if each in inside and (year_total(groups[each], present, year - 1) or 0) >= OFTEN
        ]
        across = [
            (name, found)
            for name in big
            if (found := _change(f"across-{slug_of(name)}", name, groups[name], present, (year - 1, year + 1)))
        ]
        if total is None or not across:
            continue
        across.sort(key=lambda each: each[1].value or 0)
        listed = ", ".join(f"{name.lower()} {signed_percent(_exactly(found))}" for name, found in across)
        moved, much = ("fell", "less") if (total.value or 0) < 0 else ("rose", "more")
        text = (
            f"Recorded VAWG crime {moved} {abs(_exactly(total)):.0f}% in {year}. {words}, and the step differs by kind of "
            f"offence ({year + 1} against {year - 1}, leaving {year} out: {listed}): it can't be read as that much {much} "
            "crime."
        )
        return [total, *(found for _, found in across)], text
    return [], ""


def _say_outside(
    headline: Mapping[int, int], outside: Mapping[int, int], present: set[int]
) -> tuple[list[StatedNumber], str]:
    shares: list[StatedNumber] = []
    for year in full_years(sorted(present)):
        part, rest = year_total(outside, present, year) or 0, year_total(headline, present, year) or 0
        if part + rest:
            shares.append(
                StatedNumber(
                    key=f"share-{year}",
                    label="Flagged offences outside VAWG",
                    value=round(100 * part / (part + rest), 1),
                    unit="%",
                    period=str(year),
                    numerator=part,
                    denominator=part + rest,
                    denominator_words="flagged offences recorded",
                )
            )
    if not shares:
        return [], ""
    least, most = (pick(shares, key=lambda each: each.value or 0) for pick in (min, max))
    text = (
        f"Between {least.value:.1f}% ({least.period}) and {most.value:.1f}% ({most.period}) of the flagged offences of a year "
        "are outside VAWG by the publisher's own grouping, and no page by place or by victim can leave them out."
    )
    return [least, most] if least != most else [least], text


def _say_exposure(counts: Mapping[int, int], present: set[int]) -> tuple[list[StatedNumber], str]:
    years = full_years(sorted(present))
    if not years:
        return [], ""
    last = years[-1]
    total = year_total(counts, present, last)
    stated = StatedNumber(
        key=f"crimes-{last}",
        label="Exposure and voyeurism crimes recorded",
        value=total,
        unit="crimes",
        period=str(last),
    )
    text = (
        f"{total:,} crimes of exposure or voyeurism were recorded in {last}; how many victims that is, how many were offered a "
        "visit by an officer, and how many accepted is in no open source."
    )
    return [stated], text
