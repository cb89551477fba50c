"""Who was harmed: women and girls by age, setting and relationship, with small counts marked before they leave the workspace."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lamplighter.methods.small_counts import LEAST, Sum, small_counts
from lamplighter.schema import distinct_slugs, number_words, slug_of
from lamplighter.studies.incidents.chosen import FEMALE
from lamplighter.studies.incidents.saying import Confidence, Figure, Finding

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen

UNKNOWN = "unknown"
SEXES = (FEMALE, "male", "other", UNKNOWN)
PUBLIC = "public"
SETTINGS = (PUBLIC, "home", "online", UNKNOWN)
PARTNER, STRANGER = "partner or former partner", "stranger"
RELATIONSHIPS = (PARTNER, "family", "known otherwise", STRANGER, UNKNOWN)
KNOWN_TO = (PARTNER, "family", "known otherwise")
WOMEN, EVERYBODY = "women and girls", "all victims"
FIELDS: tuple[tuple[str, str], ...] = (
    ("victim_sex", "victim_sex is not null"),
    ("victim_age_band", "victim_age_band is not null"),
    ("relationship", "relationship is not null"),
    ("setting", "place_setting <> 'unknown'"),
    ("victim_ethnicity", "victim_ethnicity is not null"),
)
ALL, KNOWN = "all", "known"
KNOWN_WORDS = "“known” is partner or former partner, family and known otherwise together."
UNDER, WITHHELD = f"under {LEAST}", "withheld"
RULE_WORDS = (
    "The 10-5 rule: a count under 10 is marked, zero too, and any other is rounded to the nearest 5. Where adding up would"
    " narrow a marked count, another is withheld with it; where that is not enough, the whole table is. How many rows there are,"
    " how many have a woman or girl, how many were in public and how many are unknown is exact: places are counted from them."
    " Another profile that overlaps in place or time can open what is marked here: hand out one of them."
)
ETHNICITY_WORDS = (
    "As the source has it: self-defined, or as an officer saw it. It is counted and enters no score, rank or place."
)
_WHY_STREET = (
    "Open street data say nothing of victims: no sex, no age, no relationship, no domestic abuse. This is a profile of violence,"
    " not of violence against women and girls; check with own records."
)
_WHY_NOTHING = (
    "The extract says nothing of victims. Map victim_sex, victim_age and relationship where the force records them, and import"
    " it again."
)
_WHY_FEW = f"Fewer than {LEAST} rows have such a victim: any breakdown would tell who they are."
_WHY_NO_SUSPECTS = (
    "The source holds nothing of suspects, and none is imported: no age, no sex, no history, no link between crimes. A profile"
    " of high-harm suspects needs the force's own records, under its own rules."
)


@dataclass(frozen=True, kw_only=True)
class Marked:
    """One count as it may leave: count None where it is marked or withheld; shown is what a table prints.

    share: of all rows looked at, of the count as shown, to a hundredth.
    """

    count: int | None
    shown: str
    share: float | None = None

    def told(self) -> dict[str, Any]:
        """As it stands in profile.json."""
        return {"count": self.count, "shown": self.shown, "share": self.share}


@dataclass(frozen=True, kw_only=True)
class VictimsOf:
    """The section `victims` of a profile. Nothing in it is a small count, and none follows from it by adding up.

    whose: `women and girls`, or `all victims` where the source tells no sex. Counts are of rows: a woman who was harmed three
    times is three rows.
    """

    section: Mapping[str, Any]
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    cannot_say: tuple[str, ...] = ()

    def told(self) -> Mapping[str, Any]:
        """The section of profile.json."""
        return self.section


@dataclass(frozen=True, kw_only=True)
class SuspectsOf:
    """The section `suspects` of a profile: said to be absent."""

    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    cannot_say: tuple[str, ...] = (f"Who did it: {_WHY_NO_SUSPECTS}",)

    def told(self) -> Mapping[str, Any]:
        """The section of profile.json."""
        return {"available": False, "why_not": _WHY_NO_SUSPECTS}


def suspects_of(chosen: Chosen) -> SuspectsOf:
    """Who are the suspects? No source that is imported says, and the profile says so."""
    return SuspectsOf()


def victims_of(chosen: Chosen) -> VictimsOf:
    """Who was harmed in the rows of a question: by age, by setting, by relationship, and by both; by ethnicity where told.

    Women and girls where the source tells the victim's sex, all victims where it doesn't. Every count stands beside how many
    are unknown. What is told may leave the workspace: see `RULE_WORDS` and `methods.small_counts`.
    Misleads where the unknown are not like the known: a relationship is known more often where somebody was found.
    """
    people = {"victim_sex", "victim_age_band", "victim_ethnicity", "relationship"} & chosen.told
    if chosen.is_street or not people:
        return _absent(_WHY_STREET if chosen.is_street else _WHY_NOTHING)
    among = "in_area and in_period and of_offence" + ("" if chosen.area.all_rows else " and located")
    sexes: Counter[str] = Counter(
        dict(
            chosen.db.execute(
                f"select coalesce(victim_sex, '{UNKNOWN}') as sex, count(*) from asked where {among} group by 1 order by 1"  # noqa: S608
            ).fetchall()
        )
    )
    whose = WOMEN if "victim_sex" in chosen.told else EVERYBODY
    where = f"{among} and victim_sex = '{FEMALE}'" if whose == WOMEN else among
    rows = sexes[FEMALE] if whose == WOMEN else sexes.total()
    if rows < LEAST:
        return _absent(_WHY_FEW)
    counted = _counted_where(chosen, where)
    age = _one_way(_summed(counted, 0), _bands(chosen), rows) if "victim_age_band" in chosen.told else None
    ethnicity = _one_way(_summed(counted, 3), _groups(chosen), rows) if "victim_ethnicity" in chosen.told else None
    relationships = _seen(chosen, "relationship", RELATIONSHIPS) if "relationship" in chosen.told else ()
    settings = _seen(chosen, "place_setting", SETTINGS) if "setting" in chosen.told else ()
    both = _two_ways(counted, relationships, settings)
    sex = _sex(sexes, _seen(chosen, "victim_sex", SEXES)) if whose == WOMEN else None
    completeness = _completeness(chosen, among, where)
    section: dict[str, Any] = {
        "available": True,
        "why_not": None,
        "whose": whose,
        "rows": rows,
        "rows_of_all_victims": sexes.total(),
        "sex": None if sex is None else {each: count.told() for each, count in sex.items()},
        "completeness": completeness,
        "by_age": None if age is None else [{"band": band, **count.told()} for band, count in age.items()],
        "by_setting": {each: both[ALL, each].told() for each in settings} or None,
        "by_relationship": {each: both[each, ALL].told() for each in _rows_of(relationships)} or None,
        "by_relationship_setting": {
            relationship: {setting: both[relationship, setting].told() for setting in settings}
            for relationship in _rows_of(relationships)
        }
        if relationships and settings
        else None,
        "known_words": KNOWN_WORDS,
        "by_ethnicity": None
        if ethnicity is None
        else [{"group": group, **count.told()} for group, count in ethnicity.items()],
        "ethnicity_words": None if ethnicity is None else ETHNICITY_WORDS,
        "small_counts": RULE_WORDS,
    }
    figures = _figures(chosen, whose, rows, {"age": age, "ethnicity": ethnicity}, both)
    return VictimsOf(
        section=section,
        figures=figures,
        findings=_findings(whose, rows, both, completeness),
        cannot_say=_cannot(whose, completeness, chosen.told),
    )


_Counted = Sequence[tuple[str, str, str, str, int]]
_Both = dict[tuple[str, str], Marked]


def settings_as_told(chosen: Chosen) -> dict[str, Marked]:
    """Rows of the question by the settings that the source uses, as they may be told beside the victims' tables.

    Where those are of the same rows, the counts are theirs, so that no second mark is undone by another table.
    """
    same = chosen.women_and_girls or "victim_sex" not in chosen.told
    relationships = _seen(chosen, "relationship", RELATIONSHIPS) if same and "relationship" in chosen.told else ()
    settings = _seen(chosen, "place_setting", SETTINGS)
    both = _two_ways(_counted_where(chosen, "of_question"), relationships, settings)
    return {each: both[ALL, each] for each in settings}


def _counted_where(chosen: Chosen, where: str) -> _Counted:
    """Rows by age, relationship, setting and ethnicity."""
    found = chosen.db.execute(
        f"select coalesce(victim_age_band, '{UNKNOWN}') as age, coalesce(relationship, '{UNKNOWN}') as relationship,"  # noqa: S608
        f" place_setting, coalesce(victim_ethnicity, '{UNKNOWN}') as ethnicity, count(*) from asked where {where}"
        " group by 1, 2, 3, 4 order by 1, 2, 3, 4"
    ).fetchall()
    return [
        (str(age), str(relationship), str(setting), str(ethnicity), int(count))
        for age, relationship, setting, ethnicity, count in found
    ]


def _absent(why_not: str) -> VictimsOf:
    empty = ("whose", "rows", "rows_of_all_victims", "sex", "by_age", "by_setting", "by_relationship",
             "by_relationship_setting", "known_words", "by_ethnicity", "ethnicity_words", "small_counts")  # fmt: skip
    section: dict[str, Any] = {"available": False, "why_not": why_not, "completeness": [], **dict.fromkeys(empty)}
    return VictimsOf(section=section, cannot_say=(f"Who was harmed: {why_not}",))


def _summed(counted: _Counted, at: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for each in counted:
        sums[str(each[at])] += each[4]
    return sums


def _bands(chosen: Chosen) -> list[str]:
    """Age bands from young to old. All that the source knows of: a band that is listed need not hold anybody here."""
    bands = _distinct(chosen, "victim_age_band")

    def youngest(band: str) -> tuple[float, str]:
        found = re.search(r"\d+", band)
        begins = float(found[0]) if found else 999.0
        return (begins - 0.5 if re.match(r"\s*(under|<|below)", band, re.IGNORECASE) else begins, band)

    return sorted(bands, key=youngest)


def _groups(chosen: Chosen) -> list[str]:
    return sorted(_distinct(chosen, "victim_ethnicity"))


def _distinct(chosen: Chosen, column: str) -> list[str]:
    found = chosen.db.execute(
        f"select distinct {column} from asked where {column} is not null order by 1"  # noqa: S608
    ).fetchall()
    return [row[0] for row in found]


def _marked(counts: Sequence[int], sums: Sequence[Sum], exact: Sequence[int]) -> list[Marked]:
    """Each count as it may leave, the first being all rows. Where a mark stays open, nothing but what is exact is told."""
    found = small_counts(counts, sums=sums, exact=exact)
    told = []
    for value, state in zip(found.shown, found.state, strict=True):
        if state == "exact" or (state == "rounded" and not found.open):
            share = round(int(value) / counts[0], 2) if counts[0] else None
            told.append(Marked(count=int(value), shown=number_words(int(value)), share=share))
        else:
            told.append(Marked(count=None, shown=UNDER if state == "small" and not found.open else WITHHELD))
    return told


def _one_way(found: Counter[str], names: Sequence[str], rows: int) -> dict[str, Marked]:
    """One column's counts, the unknown last."""
    listed = [each for each in names if each != UNKNOWN] + [UNKNOWN]
    counts = [rows, *(found[each] for each in listed)]
    marked = _marked(counts, [(0, range(1, len(counts)))], (0, len(counts) - 1))
    return dict(zip(listed, marked[1:], strict=True))


def _sex(found: Counter[str], sexes: Sequence[str]) -> dict[str, Marked]:
    """The sexes of the victims of all rows. Women and girls are the rows of the profile, and so are exact."""
    counts = [found.total(), *(found[each] for each in sexes)]
    exact = [0, *(at for at, each in enumerate(sexes, start=1) if each in (FEMALE, UNKNOWN))]
    return dict(zip(sexes, _marked(counts, [(0, range(1, len(counts)))], exact)[1:], strict=True))


def _seen(chosen: Chosen, column: str, words: Sequence[str]) -> tuple[str, ...]:
    """Those of our words that the source ever uses, in our order; the unknown always.

    Looked for in all its rows, not in those of the profile: that a word stands in a table must not tell that somebody is in it.
    """
    found = _distinct(chosen, column)
    return tuple(each for each in words if each in found or each == UNKNOWN)


def _rows_of(relationships: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Each row of the table and the relationships that it adds up: each by itself, and all that are known to her."""
    rows = {each: (each,) for each in relationships}
    known = tuple(each for each in KNOWN_TO if each in relationships)
    return {**rows, **({KNOWN: known} if len(known) > 1 else {})}


def _two_ways(counted: _Counted, relationships: Sequence[str], settings: Sequence[str]) -> _Both:
    """(relationship, setting) → count, with `all` either way and `known`; all of it is attacked together."""
    ways: Counter[tuple[str, str]] = Counter()
    for _, relationship, setting, _, count in counted:
        ways[relationship if relationships else UNKNOWN, setting if settings else UNKNOWN] += count
    rows = {ALL: tuple(relationships or (UNKNOWN,)), **_rows_of(relationships)}
    columns: dict[str, tuple[str, ...]] = {ALL: tuple(settings or (UNKNOWN,)), **{each: (each,) for each in settings}}
    cells = [(row, column) for row in rows for column in columns]
    at = {cell: number for number, cell in enumerate(cells)}
    counts = [sum(ways[row, column] for row in rows[each] for column in columns[other]) for each, other in cells]
    sums: list[Sum] = []
    if settings:
        sums += [(at[row, ALL], [at[row, each] for each in settings]) for row in rows]
    for column in columns if relationships else ():
        parts = [at[each, column] for each in relationships]
        if KNOWN in rows:
            sums.append((at[KNOWN, column], [at[each, column] for each in rows[KNOWN]]))
            parts = [at[KNOWN, column], *(at[each, column] for each in relationships if each not in rows[KNOWN])]
        sums.append((at[ALL, column], parts))
    # Places are counted from rows in public and of no known setting: how many those are is told there, whatever is marked here.
    exact = [at[cell] for cell in ((ALL, ALL), (ALL, PUBLIC), (ALL, UNKNOWN), (UNKNOWN, ALL)) if cell in at]
    # Where nothing is unknown, nothing is unknown in any part, and everybody may see it.
    nought = {cell for cell in ((ALL, UNKNOWN), (UNKNOWN, ALL)) if cell in at and not counts[at[cell]]}
    exact += [at[row, column] for row, column in cells
              if (row == UNKNOWN and (row, ALL) in nought) or (column == UNKNOWN and (ALL, column) in nought)]  # fmt: skip
    return dict(zip(cells, _marked(counts, sums, exact), strict=True))


def _completeness(chosen: Chosen, among: str, where: str) -> list[dict[str, Any]]:
    """How many rows tell each field: of all rows for the sex, of the rows looked at for the others."""
    told = []
    for field, known in FIELDS:
        of = among if field == "victim_sex" else where
        total = chosen.number(f"select count(*) from asked where {of}")  # noqa: S608
        count = chosen.number(f"select count(*) from asked where {of} and {known}")  # noqa: S608
        told.append({"field": field, "known": count, "of": total, "share": round(count / total, 3) if total else None})
    return told


def _figures(
    chosen: Chosen, whose: str, rows: int, one_way: Mapping[str, dict[str, Marked] | None], both: _Both
) -> tuple[Figure, ...]:
    """Every count that may be cited: what is marked is none."""
    told = [
        Figure(id="victims.rows", label=f"Rows of {whose}", value=rows, unit="rows", rows=rows, period=chosen.period_words,
               definition=f"Rows of the offences, area and period, of {whose}.")
    ]  # fmt: skip

    def add(id: str, label: str, count: Marked) -> None:  # noqa: A002
        if count.count is not None:
            told.append(
                Figure(id=id, label=label, value=count.count, unit="rows", rows=count.count, period=chosen.period_words,
                       definition=f"Rows of {whose}; to the nearest 5, the unknown exact."),
            )  # fmt: skip

    for way, counts in one_way.items():
        names = list(counts or {})  # as the source writes them: `<18` and `18` leave the same letters
        for name, slug in zip(names, distinct_slugs(names, lacking="other"), strict=True):
            add(f"victims.{way}.{slug}", f"{way.capitalize()}: {name}", (counts or {})[name])
    for (relationship, setting), count in both.items():
        if relationship == ALL and setting != ALL:
            add(f"victims.setting.{slug_of(setting)}", f"Setting: {setting}", count)
        elif setting == ALL and relationship != ALL:
            add(f"victims.relationship.{slug_of(relationship)}", f"Relationship: {relationship}", count)
        elif relationship != ALL:
            slugs = f"{slug_of(relationship)}.{slug_of(setting)}"
            add(f"victims.relationship_setting.{slugs}", f"{relationship.capitalize()}, {setting}", count)
    return tuple(told)


def _findings(whose: str, rows: int, both: _Both, completeness: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    stranger, partner = both.get((STRANGER, "public")), both.get((PARTNER, "home"))
    parts = [
        (f"about {count.shown} {words}", f"victims.relationship_setting.{slug}")
        for count, words, slug in (
            (stranger, "were by a stranger in public", "stranger.public"),
            (partner, "by a partner or former partner at home", "partner-or-former-partner.home"),
        )
        if count is not None and count.count is not None
    ]
    if len(parts) != 2:
        return ()
    shares = {each["field"]: each["share"] or 0 for each in completeness}
    confidence: Confidence = "moderate" if min(shares["relationship"], shares["setting"]) >= 0.8 else "low"
    text = f"Of the {number_words(rows)} rows of {whose}, {parts[0][0]} and {parts[1][0]}, where no patrol goes."
    return (
        Finding(text=text, figure_ids=("victims.rows", *(each for _, each in parts)), confidence=confidence, weight=70),
    )


def _cannot(whose: str, completeness: Sequence[Mapping[str, Any]], told: frozenset[str]) -> tuple[str, ...]:
    sentences = ["How many people were harmed: a row is a crime, and who was harmed three times is three rows."]
    if whose == EVERYBODY:
        sentences.append("Which victims are women and girls: the source does not tell the victim's sex.")
    names = {"victim_sex": "the victim's sex", "victim_age_band": "the victim's age", "relationship": "who the suspect is to her",
             "victim_ethnicity": "the victim's ethnicity"}  # fmt: skip
    for each in completeness:
        words = names.get(each["field"])
        if words and each["field"] in told and each["known"] < each["of"]:
            sentences.append(
                f"{words[:1].upper()}{words[1:]} is known of {each['known']:,} of {each['of']:,} rows; the others may differ."
            )
        elif words and each["field"] not in told and each["field"] != "victim_sex":
            sentences.append(f"{words[:1].upper()}{words[1:]}: the source does not tell it.")
    return tuple(sentences)
