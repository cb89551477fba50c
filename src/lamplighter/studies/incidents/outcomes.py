"""What became of the rows of a question: outcomes by group and by month of the crime, with months that are too young marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from lamplighter import definitions
from lamplighter.methods.small_counts import small_counts, stages_as_shown, ten_five
from lamplighter.schema import brief_words, month_text
from lamplighter.studies.incidents.outcome_days import Days, days_of
from lamplighter.studies.incidents.saying import Confidence, Figure, Finding

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen

OPEN_SHARE = 0.10
YOUNGEST = 3
NOT_IN_LIST, NONE, OPEN = "not_in_list", "none", "open"
CHARGED = ("charge", "charge_elsewhere", "arrest")
FEWEST_FOUND = 20  # a percentage of fewer rows is a figure, but no finding
MUCH_UNKNOWN = 0.2
IMMATURE_RULE = (
    f"The last {YOUNGEST} months that the source holds are immature, and so is each month before them, going back without a gap,"
    f" in which more than {OPEN_SHARE:.0%} of the rows are still under investigation or tell no outcome."
)
NOT_TOLD_APART = (
    "Open data have one label for outcomes 14, 15 and 16: whether a suspect was known, and whether the victim supported action,"
    " can't be told apart."
)
SMALL_WORDS = (
    "Counts of an extract are told by the 10-5 rule: under 10 is not told, zero too, and any other is rounded to 5."
)
_ALL, _WITH = "all rows", "rows with an outcome"


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """The rows of one month of the crime by group of outcome."""

    month: int
    groups: Mapping[str, int]
    immature: bool = False

    @property
    def rows(self) -> int:
        """All rows of the month."""
        return sum(self.groups.values())

    @property
    def with_outcome(self) -> int:
        """Rows whose group is an outcome."""
        return sum(count for group, count in self.groups.items() if is_outcome(group))

    @property
    def unfinished(self) -> int:
        """Rows under investigation or without an outcome."""
        return self.groups.get(OPEN, 0) + self.groups.get(NONE, 0)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """How many rows are left at one stage, of the rows of months that are old enough."""

    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """The section `outcomes`. Counts are of rows; `counted` says how a count may be told (None: it is too small)."""

    why_not: str | None
    period: str
    is_street: bool
    cohorts: tuple[Cohort, ...] = ()
    stages: tuple[Stage, ...] = ()
    days: Days | None = None
    not_in_list: tuple[tuple[str, int], ...] = ()
    counted: Callable[[int], int | None] = field(default=int)

    @property
    def groups(self) -> Counter[str]:
        """Rows by group over all months."""
        return Counter({group: 0 for each in self.cohorts for group in each.groups}) + _sum(self.cohorts)

    @property
    def mature(self) -> tuple[Cohort, ...]:
        """The months that are old enough."""
        return tuple(each for each in self.cohorts if not each.immature)

    def told(self) -> dict[str, Any]:
        """The section of profile.json."""
        immature = [month_text(each.month) for each in self.cohorts if each.immature]
        return {
            "available": self.why_not is None,
            "why_not": self.why_not,
            "rows": sum(each.rows for each in self.cohorts),
            "groups": self._groups(),
            "denominators": [f"of_all: {_ALL}", f"of_known: {_WITH}"],
            "not_in_list": [{"label": label, "count": self.counted(count)} for label, count in self.not_in_list],
            "cohorts": [self._cohort(each) for each in self.cohorts],
            "immature_months": immature,
            "immature_rule": IMMATURE_RULE,
            "not_told_apart": NOT_TOLD_APART if self.groups["evidential"] else None,
            "attrition": self._attrition(),
            "days": None if self.days is None else self.days.told(),
            "small_counts": None if self.is_street or self.why_not else SMALL_WORDS,
        }

    def _groups(self) -> list[dict[str, Any]]:
        found = self.groups
        rows = found.total()
        known = sum(count for group, count in found.items() if is_outcome(group))
        names = sorted(found)
        counts = [found[name] for name in names]
        shown = counts if self.is_street else _marked(counts)
        groups: list[dict[str, Any]] = [
            {
                "id": _slug(group),
                "group": words_of(group),
                "is_outcome": is_outcome(group),
                "count": count,
                "of_all": _share(count, rows),
                "of_known": _share(count, self.counted(known)) if is_outcome(group) else None,
            }
            for group, count in zip(names, shown, strict=True)
        ]
        # By the counts as they are told: a marked one that stood between two others would be told by where it stands.
        return sorted(groups, key=lambda each: (not each["is_outcome"], -(each["count"] or 0), each["id"]))

    def _cohort(self, cohort: Cohort) -> dict[str, Any]:
        # A month of an extract has few rows of each outcome: its groups would nearly all be marked.
        groups = {words_of(group): count for group, count in sorted(cohort.groups.items())} if self.is_street else {}
        return {
            "month": month_text(cohort.month),
            "rows": cohort.rows,
            "with_outcome": self.counted(cohort.with_outcome),
            "immature": cohort.immature,
            "groups": groups,
        }

    def _attrition(self) -> list[dict[str, Any]]:
        if not self.stages:
            return []
        first = self.stages[0].count
        counts = [each.count for each in self.stages]
        shown = counts if self.is_street else stages_as_shown(counts)
        denominator = f"rows recorded in the {len(self.mature)} months that are old enough"
        return [
            {
                "stage": each.name,
                "count": count,
                "share": _share(count, first),
                "denominator": denominator,
            }
            for each, count in zip(self.stages, shown, strict=True)
        ]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Rows by group of outcome, and the share charged by both denominators in months that are old enough."""
        return () if self.why_not else tuple(self._figures())

    def _figures(self) -> Iterator[Figure]:
        rows = sum(each.rows for each in self.cohorts)
        for each in self._groups():
            yield Figure(
                id=f"outcomes.{each['id']}", label=f"Outcome: {each['group']}", value=each["count"], unit="rows",
                definition="Rows of the question by the group of their last known outcome, all months, young ones too.",
                period=self.period, rows=each["count"],
            )  # fmt: skip
        if self.mature:
            span = f"{month_text(self.mature[0].month)} to {month_text(self.mature[-1].month)}"
            for name, words, part in self._parts():
                for ending, whole, of in (
                    ("of_all", self._mature_rows, _ALL), ("of_known", self.counted(self._mature_known), _WITH),
                ):  # fmt: skip
                    count = self.counted(part)
                    yield Figure(
                        id=f"outcomes.mature.{name}.{ending}", label=f"{words}, of {of}", value=_percent(count, whole),
                        unit="%", definition=f"{words}, of {of}, in months that are old enough. {IMMATURE_RULE}",
                        period=span, rows=whole, numerator=count, denominator=whole,
                    )  # fmt: skip
        yield Figure(
            id="outcomes.rows", label="Rows whose outcome was looked for", value=rows, unit="rows",
            definition="All rows of the question.", period=self.period, rows=rows,
        )  # fmt: skip
        if self.days is not None:
            yield from self.days.figures(self.period)

    @property
    def _mature_rows(self) -> int:
        return sum(each.rows for each in self.mature)

    @property
    def _mature_known(self) -> int:
        return sum(each.with_outcome for each in self.mature)

    def _parts(self) -> list[tuple[str, str, int]]:
        """Figure name, label and rows of what page one may say: charged, and what victims did not support."""
        found = _sum(self.mature)
        charged = sum(found[group] for group in CHARGED)
        word = "Arrest" if found["arrest"] else "Charged or summonsed"
        parts = [("charged", word, charged)]
        for group, name in (("victim_not_supporting", "Victim does not support action"),
                            ("evidential", "Evidential difficulties (14, 15 and 16 together)")):  # fmt: skip
            if found[group]:
                parts.append((_slug(group), name, found[group]))
        return parts

    @property
    def findings(self) -> tuple[Finding, ...]:
        """How many rows ended in a charge by both denominators, and how many where the victim did not support action."""
        values = {each.id: each.value for each in self.figures}
        told: list[Finding] = []
        if self._mature_rows < FEWEST_FOUND:
            return ()
        unknown = 1 - self._mature_known / self._mature_rows if self._mature_rows else 1.0
        confidence: Confidence = "low" if unknown > MUCH_UNKNOWN else "moderate"
        for name, words, _ in self._parts() if self.mature else []:
            ids = (f"outcomes.mature.{name}.of_all", f"outcomes.mature.{name}.of_known")
            of_all, of_known = (values.get(each) for each in ids)
            if of_all is None or of_known is None:
                continue
            verb = {"charged": "ended in an arrest" if words == "Arrest" else "ended in a charge or summons",
                    "victim-not-supporting": "ended because the victim did not support action"}.get(
                        name, "ended in evidential difficulties, with or without the victim's support")  # fmt: skip
            text = (
                f"In months that are old enough, {brief_words(of_all)}% of all rows {verb}; of rows with an outcome,"
                f" {brief_words(of_known)}%."
            )
            told.append(
                Finding(text=text, figure_ids=ids, confidence=confidence, weight=60 if name == "charged" else 45)
            )
        return tuple(told)

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What outcomes here leave open."""
        if self.why_not:
            return (f"What became of the rows: {self.why_not}.",)
        found = self.groups
        told = ["Whether anybody was convicted: an outcome is where the police's part ended."]
        if not self.mature:
            told.append(
                "What share of the rows ends how: no month is old enough, nearly all have many rows still open."
            )
        if found["evidential"]:
            told.append(NOT_TOLD_APART)
        if found["unknown"]:
            told.append(
                "What became of rows without an update: no update was sent, and neither an end nor an open case can be told."
            )
        if found[NOT_IN_LIST]:
            told.append("What outcomes outside our list mean: they are counted as such, and in no other group.")
        return tuple(told)


def outcomes(chosen: Chosen) -> Outcomes:
    """What became of the rows of a question, by group and by month of the crime, of all rows and of those with an outcome?

    Labels are grouped by `outcome_labels.csv` (open data) or `outcome_words.csv` (extracts); a label in neither is counted as
    not in our list. Months too young to have ended are marked by `IMMATURE_RULE`, and the attrition leaves them out.
    Misleads where updates stop being sent (a third of some forces' rows): the share of rows with an outcome is flattered, and
    forces differ in it more than in what they do.
    """
    if "outcome" not in chosen.told:
        why = (
            "the source tells no outcome"
            if chosen.is_street
            else "the extract tells no outcome. Map `outcome`, and import it again"
        )
        return Outcomes(why_not=why, period=chosen.period_words, is_street=chosen.is_street)
    rows = chosen.ask(
        "select month, outcome, cast(count(*) as bigint) as rows from asked where of_question group by 1, 2 order by 1, 2"
    ).to_pylist()
    by_month: dict[int, Counter[str]] = {month: Counter() for month in chosen.months}
    strangers: Counter[str] = Counter()
    for each in rows:
        group = group_of(each["outcome"], is_street=chosen.is_street)
        by_month[each["month"]][group] += each["rows"]
        if group == NOT_IN_LIST:
            strangers[each["outcome"]] += each["rows"]
    cohorts = with_maturity(by_month, last_month=chosen.all_months[-1])
    return Outcomes(
        why_not=None,
        period=chosen.period_words,
        is_street=chosen.is_street,
        cohorts=cohorts,
        stages=stages_of([each for each in cohorts if not each.immature]),
        days=days_of(chosen) if "outcome_day" in chosen.told else None,
        not_in_list=tuple(sorted(strangers.items(), key=lambda each: (-each[1], each[0]))),
        counted=int if chosen.is_street else ten_five,
    )


def with_maturity(by_month: Mapping[int, Mapping[str, int]], *, last_month: int) -> tuple[Cohort, ...]:
    """Each month with whether it is too young to be read, by `IMMATURE_RULE`. last_month: the newest that the source holds."""
    told: list[Cohort] = []
    going_back = True
    for month in sorted(by_month, reverse=True):
        cohort = Cohort(month=month, groups=dict(by_month[month]))
        young = month > last_month - YOUNGEST
        if not young:
            # An empty month says nothing of itself and does not end the way back.
            going_back &= not cohort.rows or cohort.unfinished > OPEN_SHARE * cohort.rows
        told.append(Cohort(month=month, groups=cohort.groups, immature=young or going_back))
    return tuple(reversed(told))


def stages_of(cohorts: Sequence[Cohort]) -> tuple[Stage, ...]:
    """How many rows are left at each stage: each stage is a part of the one before. Empty without a month that is old enough."""
    if not cohorts:
        return ()
    found = _sum(cohorts)
    left = sum(each.rows for each in cohorts)
    stages = [Stage(name="recorded", count=left)]
    left -= sum(count for group, count in found.items() if not is_outcome(group))
    stages.append(Stage(name="an outcome is known", count=left))
    left -= found["no_suspect"]
    stages.append(Stage(name="not closed for want of a suspect", count=left))
    if found["victim_not_supporting"]:
        left -= found["victim_not_supporting"]
        stages.append(Stage(name="not closed because the victim did not support action", count=left))
    charged = sum(found[group] for group in CHARGED)
    stages.append(Stage(name="arrest" if found["arrest"] else "charged or summonsed", count=charged))
    return tuple(stages)


def group_of(label: str | None, *, is_street: bool) -> str:
    """The group of one label as the source writes it, whatever its case and spaces; `none` for no label."""
    if label is None:
        return NONE
    return _groups_by_label(is_street).get(_key(label), NOT_IN_LIST)


@cache
def _groups_by_label(is_street: bool) -> Mapping[str, str]:
    street = {_key(row["label"]): row["outcome_group"] for row in definitions.outcome_labels()}
    if is_street:
        return street
    return {**street, **{_key(row["label"]): row["outcome_group"] for row in definitions.outcome_words()}}


@cache
def _words() -> Mapping[str, tuple[str, bool]]:
    return {row["outcome_group"]: (row["words"], row["is_outcome"] == "yes") for row in definitions.outcome_groups()}


def words_of(group: str) -> str:
    """A group as a reader sees it."""
    return _words()[group][0]


def is_outcome(group: str) -> bool:
    """Does a row of this group have an outcome?"""
    return _words()[group][1]


def _sum(cohorts: Sequence[Cohort]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in cohorts:
        found.update(each.groups)
    return found


def _marked(counts: Sequence[int]) -> list[int | None]:
    """The parts of a known number of rows as they may leave; none of them where adding up would give one away."""
    found = small_counts([sum(counts), *counts], sums=[(0, range(1, len(counts) + 1))], exact=(0,))
    if found.open:
        return [None] * len(counts)
    return [
        int(value) if state == "rounded" else None
        for value, state in zip(found.shown[1:], found.state[1:], strict=True)
    ]


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else round(part / whole, 3)


def _percent(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else round(100 * part / whole, 1)


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()


def _slug(group: str) -> str:
    return group.replace("_", "-")
